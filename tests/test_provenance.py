"""Which system explains a spelling, and which language is it based on?"""

from __future__ import annotations

import pytest

import resolve
from resolve.model import Link
from resolve.names import parse
from resolve.provenance import Origin, origin

BELARUSIAN = [("Святлана Ціханоўская", "be")]
BOTH = [*BELARUSIAN, ("Светлана Тихановская", "ru")]
LATIN = [("Sviatlana Tsikhanouskaya", "en")]
PRESIDENT = [("Аляксандр Лукашэнка", "be")]


def source(seen: str, names: list[tuple[str, str]], lang: str = "") -> Origin:
    """Where a spelling of somebody with these names comes from."""
    return origin(parse(seen, lang), [(parse(name, spoken), spoken) for name, spoken in names], lang)


@pytest.mark.parametrize(
    ("seen", "names", "lang", "scheme", "base"),
    [
        # whole names and surnames alone, under a system of the gazetteer's language
        ("Sviatlana Tsikhanouskaya", BELARUSIAN, "", "be: passport 2010", "be"),
        ("Tsikhanouskaya", BOTH, "", "be: passport 2010", "be"),
        ("Svetlana Tikhanovskaya", BOTH, "", "ru: BGN/PCGN 1947", "ru"),
        ("A. Lukashenka", PRESIDENT, "", "be: BGN/PCGN 1979", "be"),
        # derived where the gazetteer does not have the language
        ("Svetlana Tikhanovskaya", BELARUSIAN, "", "ru: BGN/PCGN 1947, derived from be", "ru"),
        ("Swetlana Tichanowskaja", BELARUSIAN, "de", "ru: German press, derived from be", "ru"),
        ("Svitlana Tykhanovska", BOTH, "", "uk: national 2010, derived from be", "uk"),
        # case endings come off
        ("Swiatłany Cichanouskiej", BELARUSIAN, "pl", "be: Polish press", "be"),
        ("Светланой Тихановской", BOTH, "ru", "ru", "ru"),
        # Cyrillic to Cyrillic
        ("Светлана Тихановская", BELARUSIAN, "ru", "ru, derived from be", "ru"),
        ("Святлану Ціханоўскую", BELARUSIAN, "be", "be", "be"),
        ("Світлана Тихановська", BOTH, "uk", "uk, derived from be", "uk"),
        ("Беларуси", [("Беларусь", "be"), ("Беларусь", "ru")], "ru", "ru", "ru"),  # a form that no table knows
        # several languages fit: that of the gazetteer's names, then that of the text
        ("Lukashenko", PRESIDENT, "", "ru: BGN/PCGN 1947, derived from be", "ru/uk"),
        ("Lukashenko", [*PRESIDENT, ("Александр Лукашенко", "ru")], "", "ru: BGN/PCGN 1947", "ru"),
        ("Лукашенко", PRESIDENT, "uk", "uk, derived from be", "uk"),
        # a word that no system gives does not hide what the others tell
        ("Alexander Lukashenka", PRESIDENT, "", "be", "be"),
        # words of two languages
        ("Svetlana Tsikhanouskaya", BOTH, "", None, "be+ru"),
        # only Latin letters are known: given names and endings tell
        ("Sviatlana Tsikhanouskaya", LATIN, "", "be", "be"),
        ("Swetlana Tichanowskaja", LATIN, "de", "ru", "ru"),
        ("Светлана Тихановская", LATIN, "ru", "ru", "ru"),
        ("Lukashenko", [("Alexander Lukashenko", "en")], "", None, "ru/uk"),
        # nobody's
        ("Wisława Szymborska", [("Wisława Szymborska", "pl")], "pl", None, ""),
        ("Novak Djokovic", [("Novak Đoković", "sr")], "", None, ""),
        ("Joe Biden", [("Joe Biden", "en")], "", None, ""),
        ("Angela Merkel", [("Angela Merkel", "de")], "", None, ""),
        ("Donald Tusk", [("Donald Tusk", "pl"), ("Дональд Туск", "ru")], "", None, ""),
        ("Дональду Туску", [("Donald Tusk", "pl"), ("Дональд Туск", "ru")], "ru", "ru", "ru"),
        ("Putin", [("Wladimir Putin", "en"), ("Владимир Путин", "ru")], "lt", "ru: BGN/PCGN 1947", "ru"),
        ("Putinas", [("Владимир Путин", "ru")], "lt", "ru: Lithuanian press", "ru"),
        ("", PRESIDENT, "", None, ""),
    ],
)  # fmt: skip
def test_a_spelling_has_its_origin(
    seen: str, names: list[tuple[str, str]], lang: str, scheme: str | None, base: str
) -> None:
    assert source(seen, names, lang) == Origin(scheme, base)


def test_the_language_of_a_gazetteer_name_is_found_where_the_source_does_not_say() -> None:
    assert source("Siarhei Tsikhanouski", [("Сяргей Ціханоўскі", "")]).base == "be"


def test_links_say_which_system_explains_them(curated: resolve.Resolver) -> None:
    text = "Sviatlana Tsikhanouskaya und Swetlana Tichanowskaja. Вчера Светлана Тихановская приехала."
    found = [(link.text, link.scheme, link.base) for link in curated.text(text).links]
    assert found == [
        ("Sviatlana Tsikhanouskaya", "be: passport 2010", "be"),
        ("Swetlana Tichanowskaja", "ru: German press", "ru"),
        ("Светлана Тихановская", "ru", "ru"),
    ]


def test_a_profile_counts_bases_by_entity(curated: resolve.Resolver) -> None:
    text = (
        "Alyaksandr Lukashenka spoke. Lukashenka said that Lukashenka would go. "
        "Sviatlana Tsikhanouskaya and Svetlana Tikhanovskaya are one. Angela Merkel left."
    )
    profile = curated.text(text, id="a.txt").profile()
    assert profile.bases("by-lukashenko-alexander") == {"be": 3}
    assert profile.bases("by-tsikhanouskaya-sviatlana") == {"be": 1, "ru": 1}
    assert profile.bases() == {"be": 4, "other": 1, "ru": 1}
    assert str(profile).splitlines()[:2] == [
        "a.txt: 6 mentions of 3 entities: 4 be, 1 other, 1 ru",
        "  Alexander Lukashenko      3 be     Lukashenka 2, Alyaksandr Lukashenka 1",
    ]


def test_a_profile_leaves_out_organisations_and_what_is_not_resolved() -> None:
    links = (
        Link(0, 3, "KGB", "resolved", "by-org-kgb", "KGB", "organization"),
        Link(4, 9, "Putin", "ambiguous"),
    )
    profile = resolve.Document("a.txt", "KGB Putin", links).profile()
    assert (profile.usages, profile.bases(), str(profile)) == ((), {}, "a.txt: 0 mentions of 0 entities")
