"""Which few names of the gazetteer are worth comparing with a name in full?"""

from __future__ import annotations

from array import array
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from rapidfuzz.distance import OSA

import resolve
from resolve._shortlist import Names, slips
from resolve.channel import passing, same, telling, weights
from resolve.multigram import load
from resolve.names import parse
from resolve.score.pair import compare, token_evidence
from resolve.score.reading import worth_in
from resolve.score.shortlist import paired, shortlist
from tests import strategies

GIVEN, SURNAME = 1, 2


def names(*written: tuple[tuple[int, int], ...]) -> Names:
    """Names of so many (token, kind)."""
    tokens = array("I", (token for name in written for token, _ in name))
    starts = array("I", [0])
    for name in written:
        starts.append(starts[-1] + len(name))
    bearers: list[list[int]] = [[] for _ in range(max(tokens, default=-1) + 1)]
    for number, name in enumerate(written):
        for token in dict.fromkeys(token for token, _ in name):
            bearers[token].append(number)
    postings = array("I", (number for some in bearers for number in some))
    at = array("I", [0])
    for some in bearers:
        at.append(at[-1] + len(some))
    return Names(postings, at, tokens, starts, bytes(kind for name in written for _, kind in name), bytes(range(4)))


def best(
    held: Names, *words: tuple[int, int, dict[int, tuple[float, float]]], most: int = 10
) -> list[tuple[int, float, int]]:
    """What `Names.best` finds for words of a kind, a least number of words met, and worths as other name and surname."""
    tokens = array("I", (token for _, _, some in words for token in some))
    ends = array("i", [0])
    for _, _, some in words:
        ends.append(ends[-1] + len(some))
    as_other, as_surname = (
        array("f", (worth[side] for _, _, some in words for worth in some.values())) for side in (0, 1)
    )
    kinds, sources = bytes(kind for kind, _, _ in words), bytes(least for _, least, _ in words)
    return held.best(tokens, as_other, as_surname, ends[1:], kinds, sources, -8.0, -8.0, most)


def test_the_name_with_most_of_the_words_comes_first() -> None:
    held = names(((0, GIVEN), (1, SURNAME)), ((0, GIVEN), (2, SURNAME)), ((3, GIVEN), (1, SURNAME)))
    words = (GIVEN, 1, {0: (8.0, 1.0)}), (SURNAME, 1, {1: (1.0, 15.0)})
    assert best(held, *words) == [(0, 23.0, 2), (2, 7.0, 1), (1, 0.0, 1)]
    assert best(held, *words, most=1) == [(0, 23.0, 2)]


def test_a_token_is_given_to_one_word_only() -> None:
    held = names(((0, GIVEN),), ((0, GIVEN), (0, SURNAME)))
    both = (GIVEN, 1, {0: (8.0, 3.0)}), (SURNAME, 1, {0: (2.0, 9.0)})
    assert best(held, *both) == [(1, 17.0, 2), (0, 8.0, 1)]


def test_a_word_that_many_bear_brings_those_that_have_another() -> None:
    held = names(((0, GIVEN), (1, SURNAME)), ((0, GIVEN), (2, SURNAME)))
    assert best(held, (GIVEN, 2, {0: (8.0, 1.0)}), (SURNAME, 0, {1: (1.0, 15.0)})) == [(0, 23.0, 2)]
    assert best(held, (GIVEN, 0, {0: (8.0, 1.0)})) == []


def test_numbers_out_of_place_lead_nowhere() -> None:
    held = names(((0, GIVEN),))
    assert best(held, (GIVEN, 1, {7: (8.0, 8.0)})) == []
    damaged = Names(array("I", [9]), array("I", [0, 1]), array("I", [0]), array("I", [0, 1]), b"\1", bytes(range(4)))
    assert best(damaged, (GIVEN, 1, {0: (8.0, 8.0)})) == []
    beyond = Names(array("I", [0]), array("I", [0, 5]), array("I", [0]), array("I", [0, 5]), b"\1", bytes(range(4)))
    assert best(beyond, (GIVEN, 1, {0: (8.0, 8.0)})) == []


@pytest.mark.parametrize("words", [13 * ((GIVEN, 1, {0: (1.0, 1.0)}),)])
def test_more_words_than_there_is_room_for_are_refused(
    words: tuple[tuple[int, int, dict[int, tuple[float, float]]], ...],
) -> None:
    with pytest.raises(ValueError, match="13 words"):
        best(names(((0, GIVEN),)), *words)


letters = st.lists(st.integers(3, 6), min_size=1, max_size=6).map(bytes)


@given(letters, st.lists(letters, min_size=1, max_size=5))
def test_slips_are_words_one_edit_apart(word: bytes, others: list[bytes]) -> None:
    starts = array("I", [0])
    for other in others:
        starts.append(starts[-1] + len(other))
    expected = [number for number, other in enumerate(others) if OSA.distance(word, other) == 1]
    assert list(slips(word, b"".join(others), starts, array("I", range(len(others))))) == expected


@settings(max_examples=60, deadline=None)
@given(strategies.words, st.lists(strategies.words, min_size=1, max_size=6))
def test_the_gate_lets_pass_whatever_the_measures_let_pass(word: str, others: list[str]) -> None:
    model = load()
    table = model.table(others)
    passed = passing(word, table, range(len(others)), weights()["channel_gate"])
    for row, other in enumerate(others):
        if model.covers(word, other) and same(word, other) and row not in passed:
            # what letters alone do not tell: slips, forms of sister languages, other endings of the table's words
            assert telling(word, other) <= weights()["channel_typo"] or word == other


def test_what_is_remembered_of_two_words_is_their_evidence(family: resolve.Resolver) -> None:
    judge, worth_of = paired(family.index), worth_in(family.index)
    seen, known = parse("Светлана Тихановская"), parse("Sviatlana Tsikhanouskaya")
    for a in seen.tokens:
        for b in known.tokens:
            assert judge(a, b, "", worth_of) == token_evidence(a, b, "", worth_of) == judge(a, b, "", worth_of)
    assert compare(seen, known, "", worth_of, judge) == compare(seen, known, "", worth_of)


@pytest.mark.parametrize(
    "text", ["Светлана Тихановская", "Tichanowskaja", "Эдуард Бабарико", "Лукашенко Александр Григорьевич", "B. Clinton"]
)  # fmt: skip
def test_nobody_beyond_the_list_is_the_best(curated: resolve.Resolver, text: str) -> None:
    """Comparing with every name of the gazetteer finds the same best one."""
    index, seen = curated.index, parse(text)
    worth_of = worth_in(index)

    def bits(number: int) -> float:
        known = index.name(number)
        return sum(piece.bits for piece in compare(seen, known, "", worth_of))

    persons = [n for n in range(index.names) if index.name(n).tokens[0].role != "word"]
    most = max(map(bits, persons))
    listed = [number for number, _ in shortlist(seen, index, "", worth_of)]
    assert max(map(bits, listed)) == pytest.approx(most)


def test_a_name_of_parts_is_one_word_elsewhere(tmp_path: Path) -> None:
    source = tmp_path / "joined.csv"
    source.write_text("id,name\nx,KIM Miae\ny,KIM Soohyun\n", encoding="utf-8")
    resolver = resolve.open(source)
    index, worth_of = resolver.index, worth_in(resolver.index)
    (first, _), *_ = shortlist(parse("Kim Mi-ae"), index, "", worth_of)
    assert index.name(first).text == "KIM Miae"


def test_namesakes_spelt_the_same_are_all_compared(tmp_path: Path) -> None:
    source = tmp_path / "namesakes.csv"
    source.write_text("id,name\na,Mustafa Öztürk\nb,Mustafa Öztürk\nc,Mustafa Öztürk\n", encoding="utf-8")
    link = resolve.open(source).match("Mustafa Öztürk")
    assert link.status == "ambiguous"
    assert {candidate.entity_id for candidate in link.candidates} == {"a", "b", "c"}
