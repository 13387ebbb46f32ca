"""What do titles, verbs, roles, numerals, relatives and the company of a name say of who is meant?"""

from __future__ import annotations

from pathlib import Path

import pytest

import resolve
from resolve.bearers import generation, marked
from resolve.endings import plural_of
from resolve.witness import Known, Spans, beside, company, is_adjective_of, joined, roles_of


def people(tmp_path: Path, *rows: str) -> resolve.Resolver:
    """Open a gazetteer of some rows ``id,name,gender,description`` among many that no text has."""
    others = (f"x{a}{b},Xq{a}{b}x Zz{b}{a}{a}qx,," for a in "bcdfghjklmnprstvwz" for b in "aeiouy")
    path = tmp_path / "people.csv"
    path.write_text("\n".join(["id,name,gender,description", *rows, *others]) + "\n", encoding="utf-8")
    return resolve.open(path)


def resolved(resolver: resolve.Resolver, text: str) -> list[tuple[str, str | None]]:
    """The resolved mentions with their entities."""
    return [(link.text, link.entity_id) for link in resolver.text(text).links]


def features(resolver: resolve.Resolver, text: str, name: str) -> set[str]:
    """What is said of a mention."""
    return {piece.feature for x in resolver.text(text, all=True).links if x.text == name for piece in x.evidence}


# ---------------------------------------------------------------- titles, verbs, roles


@pytest.mark.parametrize(
    "text",
    [
        "Wczoraj premier Tusk nie był tam, gdzie się go spodziewano.",
        "To nie jest tak, że się nie da, mówił Tusk na konferencji.",
    ],
)
def test_a_title_or_a_verb_of_saying_shows_a_person(tmp_path: Path, text: str) -> None:
    known = people(tmp_path, "tusk,Donald Tusk,m,")
    plain = known.text("Nie jest tak, że się nie da, a przed Tusk nie było.", all=True).links
    (told,) = (link for link in known.text(text, all=True).links if link.text == "Tusk")
    assert told.entity_id == "tusk"
    assert all(told.bits > link.bits for link in plain)


def test_a_role_of_the_description_decides_between_bearers(tmp_path: Path) -> None:
    known = people(
        tmp_path, "pres,Ivan Zaborov,m,President of Nowhere", "spok,Petr Zaborov,m,Press secretary of the president"
    )
    assert ("Заборов", "spok") in resolved(known, "Об этом сказал пресс-секретарь Заборов, а это не так.")
    assert ("Заборов", "pres") in resolved(known, "Об этом сказал президент страны Заборов, а это не так.")
    assert resolved(known, "Об этом было известно, но Заборов был против, а это не так.") == []


def test_a_verb_of_the_other_gender_speaks_against_a_bearer(tmp_path: Path) -> None:
    known = people(tmp_path, "she,Theresa Mallory,f,", "he,Joseph Mallory,m,")
    assert resolved(known, "To nie jest tak, podkreśliła Mallory na konferencji.") == [("Mallory", "she")]
    assert resolved(known, "To nie jest tak, podkreślił Mallory na konferencji.") == [("Mallory", "he")]


def test_words_that_only_look_alike_say_nothing() -> None:
    assert beside("Petycja Tusk nowa", 8, 12, "pl") == []
    assert roles_of("Presidential", "en") == frozenset()
    assert not is_adjective_of("Тихановская", "сказала", "ru")
    assert is_adjective_of("Нобелевскую", "премию", "ru")


def test_a_role_needs_the_same_clause() -> None:
    text = "The president left. Zaborov stayed."
    assert [e.feature for e in beside(text, 20, 27, "en", Known("m", "President of Nowhere"))] == []


def test_and_joins_persons(tmp_path: Path) -> None:
    known = people(tmp_path, "b,Michel Barnierowski,m,", "d,David Davis,m,")
    text = "To jest ważne, a dziś Barnierowski {} Davis nie byli tam, gdzie się ich spodziewano."
    assert "joined to a known person" in features(known, text.format("i"), "Davis")
    assert "joined to a known person" not in features(known, text.format("oprócz"), "Davis")


def test_company_counts_both_ways() -> None:
    known, unknown = company(4, 0), company(0, 4)
    assert known is not None
    assert unknown is not None
    assert known.bits == -unknown.bits > 0
    assert company(2, 2) is None


def test_an_adjective_before_its_noun_is_no_surname(tmp_path: Path) -> None:
    known = people(tmp_path, "n,Анна Михайловская,f,")
    assert "reads as an adjective" in features(known, "Это Михайловская больница, а это не то.", "Михайловская")
    assert "reads as an adjective" not in features(known, "Это Михайловская сказала, а это не так.", "Михайловская")


def test_himself_before_a_surname_is_no_given_name(tmp_path: Path) -> None:
    """*Sam* is himself in Polish, and a given name in English."""
    known = people(tmp_path, "z,Mark Zuckerberg,m,")
    assert ("Zuckerberg", "z") in resolved(known, "Nie było go tam. Sam Zuckerberg się do tego nie pali, że tak.")
    assert resolved(known, "He was not there. Sam Zuckerberg said that it was not so.") == []


def test_a_platform_beside_a_surname_is_no_other_name(tmp_path: Path) -> None:
    known = people(tmp_path, "j,Jan Kowalczewski,m,")
    text = "To nie jest tak - napisał na Twitterze Kowalczewski i nie było go."
    assert resolved(known, text) == [("Kowalczewski", "j")]
    assert resolved(known, text.replace("Twitterze", "Ludwiku")) == []


def test_two_known_surnames_side_by_side_are_two_persons(tmp_path: Path) -> None:
    known = people(tmp_path, "j,Boris Johnson,m,", "h,Philip Hammond,m,", "m,Mateusz Morawiecki,m,")
    opened = "Boris Johnson i Philip Hammond byli tam. Mateusz Morawiecki też."
    found = resolved(known, f"{opened} Według Johnsona Hammond nie jest tym, który się myli.")
    assert found[-2:] == [("Johnsona", "j"), ("Hammond", "h")]
    found = resolved(known, f"{opened} To jest rozmowa Morawiecki-Johnson, która się nie udała.")
    assert found[-2:] == [("Morawiecki", "m"), ("Johnson", "j")]


# ---------------------------------------------------------------- several bearers


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Babarykas were not there.", []),
        ("Бабарыки сказали, что их там не было.", []),
        ("Тихановские уехали из страны, и это было видно.", []),
        ("Говорила Тихановская, а это было не так.", ["Тихановская"]),
    ],
)
def test_the_plural_of_a_surname_is_nobody_alone(curated: resolve.Resolver, text: str, names: list[str]) -> None:
    assert [link.text for link in curated.text(text).links if link.type == "person"] == names


def test_the_plural_of_a_surname_lists_its_bearers(curated: resolve.Resolver) -> None:
    links = curated.text("Тихановские уехали из страны, и это было видно.", all=True).links
    (link,) = (link for link in links if link.candidates)
    assert link.status == "ambiguous"
    assert {c.entity_id for c in link.candidates} >= {"by-tsikhanouskaya-sviatlana", "by-tsikhanouski-siarhei"}


def test_a_form_that_may_be_singular_is_no_plural() -> None:
    assert "Обама" not in plural_of("Обамы", "ru")
    assert plural_of("Williams", "de") == frozenset()


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Pope John Paul II died in the city.", "second"),
        ("Pope John Paul I died in the city.", "first"),
        ("Pope John Paul XXIII was not there.", None),
        ("Pope John Paul was not there.", None),
    ],
)
def test_a_numeral_tells_popes_apart(tmp_path: Path, text: str, entity: str | None) -> None:
    known = people(tmp_path, "first,John Paul I,m,", "second,John Paul II,m,")
    assert [id for _, id in resolved(known, text)] == ([entity] if entity else [])


def test_the_younger_is_not_the_elder(tmp_path: Path) -> None:
    known = people(tmp_path, "t,Donald Trump,m,", "b1,George Bush Sr.,m,", "b2,George Bush Jr.,m,")
    for text in (
        "Donald Trump Jr. said no.",
        "Дональд Трамп-младший сказал, что нет.",
        "Donald Trump mlajši je rekel.",
    ):
        assert resolved(known, text) == []
    assert resolved(known, "Donald Trump said no.") == [("Donald Trump", "t")]
    assert resolved(known, "Then George Bush Sr. said no.") == [("George Bush Sr", "b1")]
    assert resolved(known, "Потом Джордж Буш-младший сказал, что нет.") == [("Джордж Буш-младший", "b2")]


def test_a_mark_is_a_word_of_its_own() -> None:
    assert marked("John Paul Ivanov said", 0, 9) == ("", 9)
    assert marked("met Bush, senior adviser", 4, 8) == ("", 8)
    assert marked("met Sobecki młodszy menedżer", 4, 11) == ("", 11)
    assert marked("Трамп младший сказал", 0, 5) == ("junior", 13)
    assert sum(piece.bits for piece in generation("senior", frozenset())) == 0


@pytest.mark.parametrize(
    ("lead", "said"),
    [
        ("the elder ", "senior"), ("(elder\N{NO-BREAK SPACE}", "senior"), ("the elder. ", "senior"), ("elder  ", "senior"),
        ("2elder ", "senior"), ("the elder", ""), ("the elder-", ""), ("the elders ", ""), ("elder, ", ""), ("", ""), (" ", ""),
    ],
)  # fmt: skip
def test_a_mark_may_stand_before_a_name(lead: str, said: str) -> None:
    assert marked(f"{lead}Bush left", len(lead), len(lead) + 4) == (said, len(lead) + 4)


def test_and_joins_to_the_longest_name_beside_it() -> None:
    text = "Michel Barnier i Davis i Theresa May"
    found = [joined(text, 17, 22, Spans(spans)) for spans in ([(7, 14), (0, 14)], [(25, 36), (25, 32)], [(0, 13)], [])]
    assert [[piece.left for piece in pieces] for pieces in found] == [["Michel Barnier"], ["Theresa May"], [], []]


def test_a_given_name_beside_a_relative_bears_the_relatives_surname(curated: resolve.Resolver) -> None:
    assert ("Viktar", "by-lukashenka-viktar") in resolved(curated, "The son of Alexander Lukashenko, Viktar, left.")
    assert ("Viktar", None) not in resolved(curated, "Alexander Lukashenko met Viktar there.")
    assert [t for t, _ in resolved(curated, "Alexander Lukashenko met Viktar there.")] == ["Alexander Lukashenko"]


# ---------------------------------------------------------------- endings


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Cumhurbaşkanı Erdoğan'ın sözleri ve bu çok iyi bir şey değil.", "Erdoğan"),
        ("Bu çok iyi bir şey ve Recep Tayyip Erdoğan'a göre değil.", "Recep Tayyip Erdoğan"),
        ("Bu çok iyi ve Vladimir Putin’le görüşmesi bir şey değil.", "Vladimir Putin"),
    ],
)
def test_a_turkish_ending_is_no_part_of_the_mention(curated: resolve.Resolver, text: str, mention: str) -> None:
    assert mention in [link.text for link in curated.text(text).links]
