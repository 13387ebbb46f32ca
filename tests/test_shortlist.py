"""Which few names of the gazetteer are worth comparing with a name in full?"""

from __future__ import annotations

from array import array
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import example, given, settings, strategies as st
from rapidfuzz.distance import OSA

import resolve
from resolve._shortlist import Keys, Names, slips
from resolve.channel import at_most, is_apart, same, telling, weights
from resolve.index import spellings_of
from resolve.multigram import Table, load
from resolve.names import parse
from resolve.score.pair import compare, token_evidence
from resolve.score.reading import worth_in
from resolve.score.shortlist import shortlist, stages
from resolve.score.spelt import paired
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


held_names = st.lists(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)), min_size=1, max_size=4).map(tuple), min_size=1, max_size=8
)
met_words = st.lists(st.sets(st.integers(0, 9), max_size=4), min_size=1, max_size=4)


@given(held_names, met_words, st.integers(0, 20))
def test_together_are_the_tokens_of_names_that_two_words_meet(
    written: list[tuple[tuple[int, int], ...]], words: list[set[int]], few: int
) -> None:
    held = names(*written, ((9, 3),))
    tokens, ends = array("I", [token for some in words for token in sorted(some)]), array("i")
    for some in words:
        ends.append((ends[-1] if ends else 0) + len(some))
    reach = [held.shared(array("I", sorted(some))) for some in words]
    silent = max(range(len(words)), key=reach.__getitem__)
    asking = set().union(*(some for i, some in enumerate(words) if i != silent or reach[i] <= few))
    expected: list[set[int]] = [set() for _ in words]
    for name in written:
        counted = [(token, kind) for token, kind in name if kind != 3]
        met = [token for token, _ in counted if any(token in some for some in words)]
        rest = [token for token, kind in counted if token not in met and kind in (GIVEN, SURNAME)]
        by = {i for token in met for i, some in enumerate(words) if token in some}
        if not {token for token, _ in name} & asking or not met or (rest and (len(met) < 2 or len(by) < 2)):
            continue
        for i, some in enumerate(words):
            expected[i] |= some & set(met)
    assert [set(found) for found in held.together(tokens, ends, few)] == expected


@given(
    held_names,
    st.lists(st.dictionaries(st.integers(0, 11), st.sampled_from([1.0, 2.5, 6.0]), max_size=5), max_size=4),
    st.integers(0, 6),
)
def test_summed_are_the_names_with_most_of_every_word(
    written: list[tuple[tuple[int, int], ...]], words: list[dict[int, float]], most: int
) -> None:
    tokens = array("I", [token for worth in words for token in worth])
    ends = array("i", accumulate(map(len, words)))
    totals = {
        number: sum(max((worth.get(token, 0.0) for token, _ in name), default=0.0) for worth in words)
        for number, name in enumerate(written)
    }
    expected = sorted((number for number in totals if totals[number]), key=lambda number: (-totals[number], number))
    found = names(*written).summed(tokens, array("d", [w for worth in words for w in worth.values()]), ends, most)
    assert found == expected[:most]


def test_summing_what_is_damaged_leads_nowhere() -> None:
    one, bits, end = array("I", [0]), array("d", [1.0]), array("i", [1])
    damaged = Names(array("I", [9]), array("I", [0, 1]), array("I", [0]), array("I", [0, 1]), b"\1", bytes(range(4)))
    assert damaged.summed(one, bits, end, 5) == []
    backwards = Names(array("I", [0]), array("I", [1, 0]), array("I", [0]), array("I", [0, 1]), b"\1", bytes(range(4)))
    assert backwards.summed(one, bits, end, 5) == []
    with pytest.raises(ValueError, match="its tokens"):
        damaged.summed(one, bits, array("i", [2]), 5)


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5)), max_size=30), st.lists(st.integers(0, 20), max_size=6)
)
def test_the_tokens_under_keys_are_each_found_once(filed: list[tuple[int, int]], asked: list[int]) -> None:
    hashes = sorted({key for key, _ in filed})
    tokens, at = array("I"), array("I", [0])
    for key in hashes:
        tokens.extend(sorted({token for other, token in filed if other == key}))
        at.append(len(tokens))
    keys = Keys(array("Q", hashes), tokens, at, array("I", range(0, 14, 2)), bytes([0, 1] * 6))
    found = list(keys.under(array("Q", asked)))
    assert found == sorted({token for key, token in filed if key in asked})
    rows = {script: (list(rows), list(of)) for script, (rows, of) in keys.rows(array("I", found)).items()}
    expected = {script: ([2 * token + script for token in found], found) for script in (0, 1)} if found else {}
    assert rows == expected


def test_damaged_keys_lead_nowhere() -> None:
    keys = Keys(array("Q", [7]), array("I", [4294967295]), array("I", [0, 1]), array("I", [0, 9]), b"\0")
    found = keys.under(array("Q", [7]))
    assert list(found) == [4294967295]
    assert keys.rows(found) == {} == keys.rows(array("I", [0]))
    beyond = Keys(array("Q", [7]), array("I", [0]), array("I", [0, 5]), array("I", [0, 1]), b"\0")
    assert list(beyond.under(array("Q", [7]))) == []
    assert names(((0, GIVEN),)).counted(4294967295) == []
    with pytest.raises(ValueError, match="every key needs its tokens"):
        Keys(array("Q", [7]), array("I"), array("I", [0]), array("I", [0]), b"")


letters = st.lists(st.integers(3, 6), min_size=1, max_size=6).map(bytes)


@given(letters, st.lists(letters, min_size=1, max_size=5))
def test_slips_are_words_one_edit_apart(word: bytes, others: list[bytes]) -> None:
    starts = array("I", [0])
    for other in others:
        starts.append(starts[-1] + len(other))
    expected = [number for number, other in enumerate(others) if OSA.distance(word, other) == 1]
    assert list(slips(word, b"".join(others), starts, array("I", range(len(others))))) == expected


@settings(max_examples=100, deadline=None)
@given(strategies.words, st.lists(strategies.words, min_size=1, max_size=6))
@example("Тихановская", ["Cichanouská", "Tsimanouskaya", "Τιχανόφσκαγια"])
@example("Abbott", ["Эбот", "Abbot", "Эббот"])
def test_the_gate_lets_pass_whatever_the_measures_let_pass(word: str, others: list[str]) -> None:
    model, gate = load(), weights()["channel_gate"]
    table = tables(others)
    rows: dict[int, array[int]] = {}
    for row in range(len(table.scripts)):
        rows.setdefault(table.scripts[row], array("I")).append(row)
    most: dict[str, float] = {}
    for row, bits in at_most([word], table, rows, gate):
        assert bits >= gate - 0.011
        most[owners(others)[row]] = max(bits, most.get(owners(others)[row], bits))
    for other in others:
        if model.covers(word, other) and same(word, other) and word != other:
            # what letters alone do not tell: slips and the forms of sister languages
            assert (
                other in most or telling(word, other) <= weights()["channel_typo"] or is_apart(word) or is_apart(other)
            )
        if other in most and not (is_apart(word) or is_apart(other)):
            assert telling(word, other) <= max(
                most[other] + 0.011, weights()["korean_reading"], weights()["channel_clean"]
            )


def tables(words: list[str]) -> Table:
    """Words by the spellings that a gazetteer compares them by."""
    spelt = [item for word in words for item in spellings_of(word).items()]
    return replace(load().table([spelling for spelling, _ in spelt]), kinds=bytes(kind for _, kind in spelt))


def owners(words: list[str]) -> list[str]:
    """The word of every row of that table."""
    return [word for word in words for _ in spellings_of(word)]


def test_who_has_two_of_the_words_comes_before_who_has_one(tmp_path: Path) -> None:
    source = tmp_path / "two.csv"
    source.write_text(
        "id,name\na,Svetlana Alexievich\nb,Maria Tikhanovskaya\nc,Svetlana Tikhanovskaya\n", encoding="utf-8"
    )
    resolver = resolve.open(source)
    index, worth_of = resolver.index, worth_in(resolver.index)
    (first, beyond), (every, nothing) = stages(parse("Sviatlana Tsikhanouskaya"), index, "", worth_of)
    assert [index.name(number).text for number, _ in first] == ["Svetlana Tikhanovskaya"]
    assert first[0][1] > beyond > nothing
    assert {index.name(number).text for number, _ in every} >= {"Svetlana Tikhanovskaya", "Maria Tikhanovskaya"}


def test_what_was_asked_before_does_not_decide(tmp_path: Path) -> None:
    source = tmp_path / "some.csv"
    rows = ["Andrew Arbuckle", "Tom Arbuckle", "Benedictus Hamon", "Léo Hamon", "Kasingo Loide", "Matthias Platzeck"]
    source.write_text("id,name\n" + "".join(f"{i},{name}\n" for i, name in enumerate(rows)), encoding="utf-8")
    asked = [
        "Anndra Ardbuckle",
        "Benoît Hamon",
        "Loide Kasingo",
        "Маціяс Платцэк",
        "Hamon",
        "Arbuckle Tom",
        "Ardbuckle",
    ]
    opened = resolve.open(source)
    forth = [opened.match(name) for name in asked]
    again = resolve.open(source)
    back = [again.match(name) for name in reversed(asked)]
    assert forth == back[::-1]


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


def test_a_particle_behind_a_hyphen_stops_nothing(tmp_path: Path) -> None:
    source = tmp_path / "people.csv"
    source.write_text("id,name\n1,Omar Karim\n2,Ludwig Beethoven\n3,Ivan Petrov\n", encoding="utf-8")
    resolver = resolve.open(source)
    for asked in ("Omar-el Karim", "Ludwig-van Beethoven", "Juan-de la Cruz Perez", "Abdel-al-Karim", "Petrov-van-der"):
        assert resolver.match(asked).status in {"resolved", "ambiguous", "unknown"}


@pytest.mark.parametrize("name", ["Saif-ul Mulook", "Abd-al-Rahman Hasan", "Ahmad bin-al Hasan", "Noor-ul-Haq Ahmad"])
def test_an_article_behind_a_hyphen_goes_with_the_name_before_it(tmp_path: Path, name: str) -> None:
    source = tmp_path / "articles.csv"
    source.write_text(f"id,name\nx,{name.replace('-', ' ')}\ny,Saiful Mulook\n", encoding="utf-8")
    assert resolve.open(source).match(name).candidates[0].entity_id in {"x", "y"}


def test_namesakes_spelt_the_same_are_all_compared(tmp_path: Path) -> None:
    source = tmp_path / "namesakes.csv"
    source.write_text("id,name\na,Mustafa Öztürk\nb,Mustafa Öztürk\nc,Mustafa Öztürk\n", encoding="utf-8")
    link = resolve.open(source).match("Mustafa Öztürk")
    assert link.status == "ambiguous"
    assert {candidate.entity_id for candidate in link.candidates} == {"a", "b", "c"}


def test_tokens_without_a_word_are_refused() -> None:
    held = names(((0, GIVEN), (1, SURNAME)))
    one = array("f", [1.0])
    with pytest.raises(ValueError, match="every word its tokens"):
        held.best(array("I", [0]), one, one, array("i"), b"", b"", -8.0, -8.0, 9)
    with pytest.raises(ValueError, match="every token is one's"):
        held.together(array("I", [0]), array("i"), 9)


FURTHER = (
    "Σβετλάνα Τιχανόφσκαγια",
    "სვეტლანა ტიხანოვსკაია",
    "סבטלנה טיחנובסקאיה",
    "スヴェトラーナ・チハノフスカヤ",
    "스베틀라나 티하놉스카야",
)


@pytest.mark.parametrize("name", FURTHER)
def test_names_in_further_scripts_are_listed_by_what_they_are_worth(tmp_path: Path, name: str) -> None:
    """The one that is meant comes first, and the estimate is near what comparing says."""
    source = tmp_path / "people.csv"
    others = ("Svetlana Tikhomirova", "Sviatlana Tsimanouskaya", "Svetlana Petrova", "Ivan Tikhanovsky", "Svein Tiller")
    rows = ["s,Svetlana Tikhanovskaya", *(f"o{i},{other}" for i, other in enumerate(others))]
    source.write_text("id,name\n" + "\n".join(rows) + "\n", encoding="utf-8")
    index = resolve.open(source).index
    number, estimate = shortlist(parse(name), index, "", worth_in(index))[0]
    assert index.spelling(number) == "Svetlana Tikhanovskaya"
    compared = sum(piece.bits for piece in compare(parse(name), index.name(number), "", worth_in(index)))
    assert abs(estimate - compared) < 8.0


OUTCOMES = (
    "Omer Barlev", "Nicholas Dakin", "Nic Dakin", "Reid Ribble", "Maria Ribble", "J. Ribble", "Peter Smithson", "Ribble",
    "Кен Рибл", "Саломея Рыбл", "Ken Ribblle", "Ribble Mary Ann", "Maria Tikhanovskaya", "Woldeyohannes Haile",
    "Weldeyohannes Haile", "Александр Григорьевич Дакин",
)  # fmt: skip


def test_the_outcome_is_that_of_all_candidates(tmp_path: Path) -> None:
    """What is left out where only the outcome is asked for changes neither who is found nor how probable that is."""
    source = tmp_path / "several.csv"
    rows = [
        "Omer Bar-Lev", "Nic Dakin", "Reid Ribble", "Mary Ribble", "Peter Smith", "Ann Smithsonian", "Haile Woldeyohannes",
        "Aliaksandr Ryhoravich Dakin", "Светлана Тихановская",
    ]  # fmt: skip
    source.write_text("id,name\n" + "".join(f"{i},{name}\n" for i, name in enumerate(rows)), encoding="utf-8")
    resolver = resolve.open(source)
    statuses = set()
    for name in OUTCOMES:
        full, outcome = resolver.match(name), resolver.outcome(name)
        assert (outcome.status, outcome.entity_id) == (full.status, full.entity_id), name
        if full.status != "unknown":
            assert outcome.probability == pytest.approx(full.probability, abs=1e-9), name
        statuses.add(full.status)
    assert statuses >= {"resolved", "unknown"}
    # whoever asks for several candidates gets them
    asked = resolver.match("Maria Ribble").candidates
    assert asked
    assert resolver.outcome("Maria Ribble", limit=5).candidates == asked
    assert len(resolver.outcome("Maria Ribble").candidates) <= 1
