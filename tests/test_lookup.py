"""Which few names of the gazetteer could this be?"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

import resolve
from resolve.lookup import MAX_CANDIDATES, candidates, phrases
from resolve.text import words
from tests import strategies


def found(text: str, resolver: resolve.Resolver) -> list[str]:
    """The entities that a text brings as candidates, best met first."""
    index = resolver.index
    names = candidates(list(words(text)), index)
    return list(dict.fromkeys(index.entity(index.entity_of(name)).id for name in names))


@pytest.mark.parametrize(
    "text",
    [
        "Святлана Ціханоўская", "Светлана Тихановская", "Swiatłana Cichanouska", "Tichanowskaja", "Tsikhanouskaya Sviatlana",
        "Святланай Ціханоўскай", "Tsikhanouskya", "Tsihanouskaya",
    ],
)  # fmt: skip
def test_every_spelling_brings_the_entity(family: resolve.Resolver, text: str) -> None:
    assert "by-tsikhanouskaya-sviatlana" in found(text, family)


@pytest.mark.parametrize("seen", ["Sevcsenko", "Chevtchenko", "Szewczenko", "Schewtschenko", "Ševčenka", "Shevchenko"])
def test_a_native_surname_is_met_under_the_spellings_of_the_press(tmp_path: Path, seen: str) -> None:
    source = tmp_path / "native.csv"
    source.write_text("id,name,lang\nx,Андрій Шевченко,uk\n", encoding="utf-8")
    assert found(seen, resolve.open(source)) == ["x"]


def test_what_meets_in_more_words_comes_first(family: resolve.Resolver) -> None:
    assert found("Эдуард Бабарико", family)[0] == "by-babaryka-eduard"
    assert found("Билл Клинтон", family)[0] == "us-clinton-bill"


def test_what_meets_in_no_word_brings_nobody(family: resolve.Resolver) -> None:
    assert found("Zbigniew Rau", family) == []
    assert found("", family) == []


def test_candidates_stay_few_and_distinct(curated: resolve.Resolver) -> None:
    names = candidates(list(words("Аляксандр Андрэй Сяргей Уладзімір Віктар Мікалай Юры Дзмітрый")), curated.index)
    assert len(names) == len(set(names)) <= MAX_CANDIDATES


def test_a_phrase_is_met_word_by_word_in_order(family: resolve.Resolver) -> None:
    tokens = list(words("the Coordination Council of the opposition"))
    spans = {(phrase.first, phrase.last) for phrase in phrases(tokens, family.index)}
    assert (1, 3) in spans
    assert not [p for p in phrases(list(words("Council Coordination")), family.index) if p.last - p.first == 2]


def test_a_phrase_opens_with_a_capital(family: resolve.Resolver) -> None:
    assert list(phrases(list(words("a coordination council")), family.index)) == []


@given(strategies.texts)
def test_law_candidates_are_names_of_the_gazetteer(curated: resolve.Resolver, text: str) -> None:
    names = candidates(list(words(text)), curated.index)
    assert all(0 <= name < curated.index.names for name in names)
    assert len(names) == len(set(names)) <= MAX_CANDIDATES
