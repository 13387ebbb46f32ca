"""How is this token written in Latin letters, under which published schemes?"""

from __future__ import annotations

import pytest
from hypothesis import given

from resolve import romanize
from resolve.errors import ResolveError, UsageError
from resolve.romanize import explaining, schemes, spellings
from tests import strategies


def spelt(name: str, lang: str = "") -> set[str]:
    """All spellings of a name."""
    return {form.text for form in romanize(name, lang)}


@pytest.mark.parametrize(
    ("name", "lang", "spelling"),
    [
        ("Ціханоўская", "be", "Tsikhanowskaya"), ("Ціханоўская", "be", "Cichanoŭskaja"), ("Ціханоўская", "be", "Tsikhanouskaya"),
        ("Лукашэнка", "be", "Lukashenka"), ("Лукашэнка", "be", "Łukašenka"), ("Лукашэнка", "be", "Lukaschenka"),
        ("Лукашэнка", "be", "Łukaszenka"), ("Тихановская", "ru", "Tikhanovskaya"), ("Тихановская", "ru", "Tichanowskaja"),
        ("Тихановская", "ru", "Tikhanovskaia"), ("Пушкин", "ru", "Pouchkine"),
        ("Хрущёв", "ru", "Chruschtschow"), ("Ельцин", "ru", "Yeltsin"), ("Ельцин", "ru", "Jelzin"),
        ("Зеленський", "uk", "Zelenskyi"), ("Зеленський", "uk", "Selenskyj"), ("Київ", "uk", "Kyiv"),
    ],
)  # fmt: skip
def test_a_name_is_written_as_the_schemes_of_its_language_say(name: str, lang: str, spelling: str) -> None:
    assert spelling in spelt(name, lang)


def test_every_form_names_its_scheme() -> None:
    for form in romanize("Ціханоўская", lang="be"):
        assert form.scheme.startswith("be: ")


def test_the_letters_tell_the_language_where_nobody_does() -> None:
    assert {form.scheme[:3] for form in romanize("Ціханоўская")} == {"be:"}
    assert {form.scheme[:3] for form in romanize("Їжакевич")} == {"uk:"}
    assert "ru:" in {form.scheme[:3] for form in romanize("Тихановская")}


def test_a_single_scheme_can_be_asked_for() -> None:
    assert {form.scheme for form in romanize("Навальный", scheme="press_en-rus-Cyrl")} == {"ru: English press"}
    assert romanize("Навальный", scheme="press_en-rus-Cyrl")[0].text == "Navalny"


def test_an_unknown_scheme_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"'morse'.*bgnpcgn-bel-Cyrl-1979") as caught:
        romanize("Навальный", scheme="morse")
    assert isinstance(caught.value, ResolveError)


def test_several_words_keep_what_stands_between_them() -> None:
    assert "Sviatlana Tsikhanouskaya-Pilipchuk" in spelt("Святлана Ціханоўская-Піліпчук", "be")


def test_capitals_stay_capitals() -> None:
    assert "LUKASHENKA" in spelt("ЛУКАШЭНКА", "be")
    assert "lukashenka" in spelt("лукашэнка", "be")


@pytest.mark.parametrize("name", ["Tsikhanouskaya", "Łukaszenka", ""])
def test_latin_letters_stay_as_they_are(name: str) -> None:
    forms = romanize(name)
    assert [(form.text, form.scheme) for form in forms] == [(name, "")]


@pytest.mark.parametrize("name", ["チハノフスカヤ", "محمد", "문재인"])
def test_other_scripts_are_romanised_without_a_scheme(name: str) -> None:
    (form,) = romanize(name)
    assert form.scheme == ""
    assert form.text.isascii()
    assert form.text.strip()


@pytest.mark.parametrize(
    ("native", "seen", "lang", "label"),
    [
        ("Лукашэнка", "Lukashenka", "be", "be: BGN/PCGN 1979"),
        ("Лукашэнка", "LUKASHENKA", "be", "be: BGN/PCGN 1979"),
        ("Навальный", "Navalny", "ru", "ru: English press"),
    ],
)
def test_a_spelling_is_explained_by_its_scheme(native: str, seen: str, lang: str, label: str) -> None:
    assert label in explaining(native, seen, lang)


def test_a_spelling_that_no_scheme_gives_is_not_explained() -> None:
    assert explaining("Лукашэнка", "Loekasjenko", "be") == ()
    assert explaining("Lukashenka", "Lukashenka") == ()


def test_scheme_labels_are_unique_so_that_they_explain() -> None:
    labels = [scheme.label for scheme in schemes().values()]
    assert len(labels) == len(set(labels))


@given(strategies.texts)
def test_law_anything_can_be_romanised_without_duplicates(text: str) -> None:
    forms = [form.text for form in romanize(text)]
    assert forms
    assert len(forms) == len(set(forms))


@given(strategies.words)
def test_law_the_main_spelling_of_every_scheme_comes_first_and_is_not_empty_for_a_letter(word: str) -> None:
    for key in schemes():
        found = spellings(word, key)
        assert found
        assert len(found) == len(set(found))


@pytest.mark.parametrize("key", sorted(schemes()))
def test_every_explained_spelling_replays(key: str) -> None:
    """What a scheme writes, the scheme explains."""
    scheme = schemes()[key]
    for native, _ in scheme.examples:
        for word in native.split():
            seen = spellings(word, key)[0]
            assert scheme.label in explaining(word, seen, scheme.lang)
