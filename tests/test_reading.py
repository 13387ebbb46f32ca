"""What do the words around a name say, and what else may a lone word be?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import resolve
from resolve import decide, memory, mentions
from resolve.chances import least
from resolve.endings import nominatives
from resolve.model import Evidence, Name
from resolve.score import Reading, readings

Open = Callable[..., resolve.Resolver]


@pytest.fixture
def of(tmp_path: Path) -> Open:
    """Open a gazetteer of a few names among many that no text has; every name is its own ID."""

    def make(*names: str) -> resolve.Resolver:
        path = tmp_path / "people.txt"
        others = (f"Xq{a}{b}x Zz{b}{a}{a}qx" for a in "bcdfghjklmnprstvwz" for b in "aeiouy")
        path.write_text("\n".join([*names, *others]) + "\n", encoding="utf-8")
        return resolve.open(path)

    return make


def linked(resolver: resolve.Resolver, text: str) -> list[tuple[str, str | None]]:
    """The resolved mentions with their entities."""
    return [(link.text, link.entity_id) for link in resolver.text(text).links]


def test_a_country_is_not_a_person_of_that_surname(of: Open) -> None:
    people = of("Marek Kanada")
    assert linked(people, "Wczoraj rząd mówił o tym, że Kanada nie chce tego.") == []
    assert linked(people, "Wczoraj Marek Kanada mówił o tym. Potem Kanada wyszedł.") == [
        ("Marek Kanada", "Marek Kanada"), ("Kanada", "Marek Kanada"),
    ]  # fmt: skip


@pytest.mark.parametrize("word", ["NATO", "EU", "HN"])
def test_an_acronym_before_a_surname_is_no_given_name(of: Open, word: str) -> None:
    people = of("Alena Tichanovičová")
    assert linked(people, f"mluvčí {word} Tichanovičová to řekla, že není") == [
        ("Tichanovičová", "Alena Tichanovičová")
    ]


def test_a_lone_acronym_is_no_surname(of: Open) -> None:
    assert linked(of("Petra Abba"), "ker je za ljudi v VB to grožnja, je dejal") == []


def test_a_capitalised_word_after_a_surname_introduces_nobody(of: Open) -> None:
    """Whatever stands between: a long text keeps the support of the name it gave in full."""
    people = of("Александр Лукашенко", "Виктор Лукашенко")
    text = "Александр Лукашенко приехал. Решение по Лукашенко Конституционный суд отложил. Потом Лукашенко уехал."
    assert linked(people, text)[-1] == ("Лукашенко", "Александр Лукашенко")


def test_the_next_name_is_not_the_given_name_of_the_one_before(of: Open) -> None:
    people = of("Александр Лукашенко")
    text = "Приехал Александр Лукашенко. О советнике Лукашенко Михаиле Иванове не было известно."
    assert [name for name, _ in linked(people, text)] == ["Александр Лукашенко", "Лукашенко"]


def test_an_inverted_name_of_another_is_another(of: Open) -> None:
    text = "Приехал Александр Лукашенко. Потом говорил Лукашенко Михаил Иванович, слесарь."
    assert len(linked(of("Александр Лукашенко"), text)) == 1


def test_a_name_of_one_word_is_not_a_part_of_another_name(of: Open) -> None:
    people = of("Каратаев")
    assert linked(people, "вчера об этом говорил Каратаев.") == [("Каратаев", "Каратаев")]
    assert linked(people, "вчера об этом говорил Николай Каратаев.") == []


def test_a_surname_is_known_again_where_the_document_spelt_it_in_full(of: Open) -> None:
    """No key joins the two spellings; beside the given name they are compared."""
    people = of("Peter Johnson")
    assert linked(people, "За това говори Джонсън, който не беше там.") == []
    assert linked(people, "За това говори Петър Джонсън. После каза на Джонсън, че е така.") == [
        ("Петър Джонсън", "Peter Johnson"), ("Джонсън", "Peter Johnson"),
    ]  # fmt: skip


def test_a_caption_and_the_line_below_it_are_two_mentions(of: Open) -> None:
    assert linked(of("Krystyna Wolańska"), "Krystyna Wolańska\nKrystyna Wolańska mówiła o tym.") == [
        ("Krystyna Wolańska", "Krystyna Wolańska"), ("Krystyna Wolańska", "Krystyna Wolańska"),
    ]  # fmt: skip


def test_a_firm_is_no_person(of: Open) -> None:
    people = of("Erik Thorvald")
    assert linked(people, "made by Thorvald in the city") == [("Thorvald", "Erik Thorvald")]
    assert linked(people, "made by Thorvald & Thorvald in the city") == []


def test_a_lone_word_in_quotation_marks_is_less_likely_a_person(of: Open) -> None:
    people = of("Erik Thorvald")
    plain, quoted = (people.text(text, all=True).links[0].bits for text in ("by Thorvald now", 'by "Thorvald" now'))
    assert quoted < plain


def test_words_of_another_language_do_not_speak_against_a_surname(of: Open) -> None:
    """*Conte* is a title in Italian, not in Slovene."""
    people = of("Giuseppe Contessi", "Paolo Conte")
    assert ("Conte", "Paolo Conte") in linked(people, "To je v nedeljo dejal Conte in dodal, da ne bo tako.")


def test_given_names_that_are_one_spelling_in_two_scripts_are_one(of: Open) -> None:
    """*Ася* and *Asia* are two names of the table, of which either script knows one."""
    assert linked(of("Asia Korenewska"), "вчера там говорила Ася Кореневска, каза той") == [
        ("Ася Кореневска", "Asia Korenewska")
    ]


@pytest.mark.parametrize(
    ("word", "lang", "name"),
    [
        ("Novakovih", "sl", "Novak"),
        ("Kovačičevi", "sl", "Kovačič"),
        ("Janezovega", "sl", "Janez"),
        ("Novakovými", "cs", "Novak"),
        ("Kučerin", "cs", "Kučera"),
        ("Готьє", "uk", "Готьєр"),
        ("Мерсие", "bg", "Мерсиер"),
    ],
)
def test_possessives_and_french_endings_have_a_nominative(word: str, lang: str, name: str) -> None:
    assert name in [stem for stem, _sex in nominatives(word, lang)]


def test_a_reading_that_is_moved_or_relieved_is_like_one_made_anew() -> None:
    pieces = (Evidence("surname", 9.0, "Bush", "Bush"), Evidence("company", -1.5), Evidence("recurs", 0.5))
    reading = Reading(3, 7, 1, 2, "surname", Name("Bush", ()), pieces)
    moved = reading.moved(40)
    assert (moved.start, moved.end) == (43, 47)
    assert moved.moved(-40) == reading
    assert moved.bits == reading.bits == 8.0
    assert moved.features == reading.features == frozenset({"surname", "company", "recurs"})
    relieved = reading.without({"company", "nothing"})
    assert (relieved.evidence, relieved.bits) == ((pieces[0], pieces[2]), 9.5)
    assert reading.without({"nothing"}) is reading


TEXTS = [
    "Premier Babaryka powiedział. Babaryka i Viktar Babaryka mówili. Babaryka wyszedł, dodał Babaryka.",
    "Эдуард Бабарико приехал. Бабарико заявил, что Лукашенко ушёл. Лукашенко сказал. Лукашенко и Бабарико уехали.",
    "Clinton said no. Clinton and Viktar Babaryka spoke. Minister Clinton left. Then Bill Clinton came, Clinton said.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_document_adds_at_most_what_is_foretold(family: resolve.Resolver, text: str) -> None:
    runs, lang = mentions.find(text)
    found = [readings(run, family.index, lang) for run in runs]
    known = memory.remember(found, family.index, text, runs, lang)
    told = [
        (memory.with_document(reading, group, known, text).bits - reading.bits, memory.at_most(reading, known))
        for group in found
        for reading in group
    ]
    assert any(more > 0 for more, _ in told)
    assert all(more <= most + 1e-9 for more, most in told)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("threshold", [0.5, 0.9, 0.999, 1.0])
def test_what_is_not_worked_out_is_no_link(family: resolve.Resolver, text: str, threshold: float) -> None:
    runs, lang = mentions.find(text)
    found = [readings(run, family.index, lang) for run in runs]
    every = decide.links(text, found, family.index, threshold, lang, runs)
    some = decide.links(text, found, family.index, threshold, lang, runs, all=False)
    assert some == [link for link in every if link.status == "resolved"]
    assert threshold < 1.0 or least(family.index, threshold) > 1e9
