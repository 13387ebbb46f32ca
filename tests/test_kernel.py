"""The compiled kernel agrees with the slow, obviously right algorithm."""

from __future__ import annotations

import math
from array import array
from functools import cache
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from rapidfuzz.distance import Levenshtein

from resolve._kernel import END, FIRST, MAX_LETTERS, START, UNKNOWN, Blocks, Letters, Sounds, Speller, Spelling
from resolve.channel import _ways, _weigher
from resolve.multigram import load

SIZE = FIRST + 3
SHAPES = [(m, n) for m in range(4) for n in range(4) if m + n and (m, n) not in {(3, 0), (0, 3)}]
FLOORS = (1e-4, 1e-3)

letters = st.integers(UNKNOWN, SIZE - 1)
words = st.lists(letters, max_size=7).map(bytes)
Model = dict[tuple[bytes, bytes], float]


def block(shape: tuple[int, int]) -> st.SearchStrategy[tuple[bytes, bytes]]:
    """A block of m and n letters, edges among them."""
    codes = st.integers(START, SIZE - 1)
    return st.tuples(*(st.lists(codes, min_size=n, max_size=n).map(bytes) for n in shape))


weight = st.floats(2**-13, 1.0, width=32)
models = st.dictionaries(st.sampled_from(SHAPES).flatmap(block), weight, max_size=60)


def compiled(model: Model) -> Blocks:
    flat = b"".join(a.ljust(3, b"\0") + b.ljust(3, b"\0") for a, b in model)
    return Blocks(SIZE, SIZE, flat, array("f", model.values()), *FLOORS)


def weight_of(model: Model, a: bytes, b: bytes) -> float:
    """The weight of a block, or the floor of single letters."""
    edges = {START, END}
    if (a, b) in model:
        return model[a, b]
    if len(a) == len(b) == 1 and (a == b or not edges & {*a, *b}):
        return FLOORS[0]
    if len(a) + len(b) == 1 and not edges & {*a, *b}:
        return FLOORS[1]
    return 0.0


def framed(word: bytes) -> bytes:
    return bytes([START]) + word[:MAX_LETTERS] + bytes([END])


def probability(model: Model, left: bytes, right: bytes) -> float:
    """The sum over all ways to cut two words into blocks, by its definition."""
    a, b = framed(left), framed(right)

    @cache
    def rest(i: int, j: int) -> float:
        total = 1.0 if (i, j) == (len(a), len(b)) else 0.0
        for m, n in SHAPES:
            if i + m <= len(a) and j + n <= len(b):
                total += weight_of(model, a[i : i + m], b[j : j + n]) * rest(i + m, j + n)
        return total

    return rest(0, 0)


def uses(model: Model, left: bytes, right: bytes) -> dict[tuple[bytes, bytes], float]:
    """Expected uses of every block: how the log of the sum moves with the log of its weight."""
    total, found = probability(model, left, right), {}
    for key, value in model.items():
        more, less = ({**model, key: value * factor} for factor in (1.001, 1 / 1.001))
        found[key] = (probability(more, left, right) - probability(less, left, right)) / total / (2 * math.log(1.001))
    return found


@given(models, words, words)
def test_forward_is_the_sum_over_all_cuts(model: Model, left: bytes, right: bytes) -> None:
    expected = probability(model, left, right)
    assert compiled(model).bits(left, right) == pytest.approx(math.log2(expected), abs=1e-4)


@settings(max_examples=30)
@given(models, words, words)
def test_expected_counts_are_the_gradient_of_the_sum(model: Model, left: bytes, right: bytes) -> None:
    blocks = compiled(model)
    counts, out = array("d", bytes(8 * len(blocks.weights))), array("d", [0.0])
    starts = [array("q", [0, len(word)]) for word in (left, right)]
    zero = array("i", [0])
    blocks.expect(left, starts[0], right, starts[1], zero, zero, array("d", [1.0]), counts, out)
    assert out[0] == pytest.approx(blocks.bits(left, right), abs=1e-6)
    for value, index in zip(uses(model, left, right).values(), blocks.indices, strict=True):
        assert counts[index] == pytest.approx(value, rel=1e-2, abs=1e-3)


@given(models, st.lists(st.tuples(words, words), min_size=1, max_size=8))
def test_batch_says_what_single_calls_say(model: Model, pairs: list[tuple[bytes, bytes]]) -> None:
    blocks = compiled(model)
    words, starts = [], []
    for side in (0, 1):
        starts.append(array("q", [0, *accumulate(len(pair[side]) for pair in pairs)]))
        words.append(b"".join(pair[side] for pair in pairs))
    index, out = array("i", range(len(pairs))), array("d", bytes(8 * len(pairs)))
    blocks.batch(words[0], starts[0], words[1], starts[1], index, index, out)
    assert list(out) == [blocks.bits(*pair) for pair in pairs]


@given(st.binary(max_size=200).map(lambda b: bytes(UNKNOWN + x % (SIZE - UNKNOWN) for x in b)), words)
def test_long_words_are_cut_and_never_underflow(long: bytes, short: bytes) -> None:
    blocks = compiled({})
    assert blocks.bits(long, short) == blocks.bits(long[:MAX_LETTERS], short)
    assert blocks.bits(long, long) > -1999
    assert blocks.bits(long, short) > -1999


def test_the_longest_words_keep_their_precision() -> None:
    word = bytes([FIRST]) * MAX_LETTERS
    other = bytes([FIRST + 1]) * MAX_LETTERS
    model = {(b"", bytes([FIRST + 1])): 2e-6, (bytes([FIRST]), b""): 2e-6}
    expected = probability_log(model, word, other)
    assert compiled(model).bits(word, other) == pytest.approx(expected, abs=1e-3)


def probability_log(model: Model, left: bytes, right: bytes) -> float:
    """The same sum in logarithms, where plain numbers would end."""
    a, b = framed(left), framed(right)
    cells = {(0, 0): 0.0}
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            terms = [
                cells[i - m, j - n] + math.log2(w)
                for m, n in SHAPES
                if (i - m, j - n) in cells and (i, j) != (0, 0)
                and (w := weight_of(model, a[i - m : i], b[j - n : j])) > 0
            ]  # fmt: skip
            if terms:
                cells[i, j] = max(terms) + math.log2(sum(2 ** (t - max(terms)) for t in terms))
    return cells[len(a), len(b)]


@pytest.mark.parametrize("bad", [bytes([0]), bytes([SIZE]), bytes([START]), bytes([255])])
def test_letters_outside_the_alphabet_are_refused(bad: bytes) -> None:
    with pytest.raises(ValueError, match="outside the alphabet"):
        compiled({}).bits(bad, b"")


@pytest.mark.parametrize(
    ("starts", "index"),
    [([0, 9], [0]), ([1, 2], [0]), ([0, 2, 1, 2], [0]), ([0, 2], [1]), ([0, 2], [-1]), ([], [0]), ([0, 2], [0, 0])],
)
def test_batches_that_do_not_fit_are_refused(starts: list[int], index: list[int]) -> None:
    word = bytes([FIRST, FIRST])
    good, zero = array("q", [0, 2]), array("i", [0])
    with pytest.raises(ValueError, match=r"start|end|word|there"):
        compiled({}).batch(word, array("q", starts), word, good, array("i", index), zero, array("d", [0.0]))


@given(st.lists(st.binary(min_size=6, max_size=6), max_size=5))
def test_blocks_of_any_bytes_are_read_or_refused(blocks: list[bytes]) -> None:
    weights = array("f", [0.1] * len(blocks))
    try:
        model = Blocks(SIZE, SIZE, b"".join(blocks), weights)
    except ValueError:
        return
    assert model.bits(bytes([FIRST]), bytes([FIRST])) < 1


def test_letters_sum_up_their_triples() -> None:
    pairs, backoff = array("f", [-1.0] * SIZE**2), array("f", [-2.0] * SIZE**2)
    model = Letters(SIZE, pairs, backoff, bytes([START, START, FIRST]), array("f", [-0.5]))
    assert model.bits(b"") == -3
    assert model.bits(bytes([FIRST])) == -3.5
    assert model.bits(bytes([FIRST] * 500)) == model.bits(bytes([FIRST] * MAX_LETTERS))
    with pytest.raises(ValueError, match="outside"):
        model.bits(bytes([SIZE]))


@settings(deadline=None)
@given(models, words, st.lists(words, min_size=1, max_size=5))
def test_one_word_beside_those_of_a_table_is_what_every_pair_is(model: Model, word: bytes, others: list[bytes]) -> None:
    blocks = compiled(model)
    starts, rows = array("I", [0, *accumulate(map(len, others))]), array("I", range(len(others)))
    for left, alike in ((True, False), (False, False), (True, True)):
        out = array("d", bytes(8 * len(others)))
        blocks.against(word, left, alike, b"".join(others), starts, rows, out)
        sides = [(word, other) if (word <= other if alike else left) else (other, word) for other in others]
        assert list(out) == [blocks.bits(*pair) for pair in sides]


@settings(deadline=None)
@given(models, words, st.lists(words, min_size=1, max_size=5), st.floats(-60, 6))
def test_a_limit_leaves_out_only_what_is_below_it(model: Model, word: bytes, others: list[bytes], below: float) -> None:
    blocks = compiled(model)
    starts, rows = array("I", [0, *accumulate(map(len, others))]), array("I", range(len(others)))
    for left, alike in ((True, False), (False, False), (True, True)):
        every, out = array("d", bytes(8 * len(others))), array("d", bytes(8 * len(others)))
        blocks.against(word, left, alike, b"".join(others), starts, rows, every)
        limits = array("d", (bits + below for bits in every))
        blocks.against(word, left, alike, b"".join(others), starts, rows, out, limits)
        assert all(some == bits or (some < bits < limit) for some, bits, limit in zip(out, every, limits, strict=True))


def test_a_limit_spares_sums_that_cannot_reach_it() -> None:
    blocks, word = compiled({}), bytes([FIRST] * 20)
    out = array("d", [0.0])
    blocks.against(
        word, True, False, bytes([FIRST + 1] * 20), array("I", [0, 20]), array("I", [0]), out, array("d", [-1.0])
    )
    assert out[0] == -2000.0
    with pytest.raises(ValueError, match="limits"):
        blocks.against(word, True, False, b"", array("I", [0, 0]), array("I", [0]), out, array("d"))


def test_rows_that_are_not_in_the_table_are_like_nothing() -> None:
    blocks, word = compiled({}), bytes([FIRST])
    out = array("d", [0.0, 0.0, 0.0])
    blocks.against(word, True, False, bytes([FIRST, 99]), array("I", [0, 1, 2]), array("I", [0, 1, 7]), out)
    assert out[0] > out[1] == out[2]


spoken = st.lists(st.tuples(*(st.text("abgkst", max_size=9) for _ in range(3))), max_size=4)


@given(spoken, spoken)
def test_sounds_are_apart_by_the_edits_of_their_nearest_readings(
    left: list[tuple[str, str, str]], right: list[tuple[str, str, str]]
) -> None:
    costs = (0.5, 1.8, 7.0)
    expected = min(
        (
            sum(c * Levenshtein.distance(a, b) for c, a, b in zip(costs, one, other, strict=True))
            for one in left
            for other in right
        ),
        default=math.inf,
    )
    assert Sounds(left).apart(Sounds(right), *costs) == pytest.approx(expected)


def test_a_spelling_without_letters_or_of_another_script_is_refused() -> None:
    with pytest.raises(ValueError, match="0 letters"):
        Spelling("a", "a", 0, b"", 0.0, lambda _text: None)
    with pytest.raises(ValueError, match="script 2"):
        Spelling("a", "a", 2, bytes([FIRST]), 0.0, lambda _text: None)


def test_sounds_beyond_the_room_are_refused() -> None:
    with pytest.raises(ValueError, match="13 readings"):
        Sounds([("a",)] * 13)
    with pytest.raises(ValueError, match="65 letters"):
        Sounds([("a" * 65,)])


def test_rows_that_are_damaged_spell_nothing() -> None:
    ways, table = _ways("Putin"), load().table(["Putin", "Путин", "Merkel"])
    assert ways is not None

    def passing(**damaged: Any) -> list[int]:
        columns: dict[str, Any] = {
            "letters": table.letters, "starts": table.starts, "kinds": table.kinds, "scripts": table.scripts, "bits": table.bits,
            "selves": table.selves, "rows": array("I", [0, 1, 2, 9]), "numbers": table.weighed,
        } | damaged  # fmt: skip
        return list(_weigher().passing(words=[ways], least=0.0, **columns)[0])

    assert passing() == [0, 1]
    assert passing(letters=bytes([255]) * len(table.letters)) == []
    assert passing(starts=array("I", [99] * 4)) == passing(starts=array("I", [9, 8, 7, 6])) == []
    assert passing(kinds=bytes(3)) == passing(scripts=array("B", [9, 9, 9])) == []
    with pytest.raises(ValueError, match="every row"):
        passing(kinds=bytes(2))
    with pytest.raises(ValueError, match="every number"):
        passing(numbers=b"")


rule = st.tuples(words.map(lambda w: w[:3]), words.map(lambda w: w[:2]), st.integers(-20, 0).map(float))
rules = st.dictionaries(words.map(lambda w: w[:3]).filter(bool), st.lists(rule, max_size=3), max_size=8)


def spelt(ways: dict[bytes, list[tuple[bytes, bytes, float]]], codes: bytes) -> list[tuple[float, bytes]]:
    """The search of `Speller` with nothing left out."""
    reached: list[dict[bytes, tuple[float, bytes]]] = [{} for _ in range(len(codes) + 1)]
    reached[0][b""] = (0.0, b"")
    for place in range(len(codes)):
        best = sorted(reached[place].items(), key=lambda item: (-item[1][0], item[0]))[:24]
        for size in range(1, min(3, len(codes) - place) + 1):
            for right, bones, bits in ways.get(codes[place : place + size], ()):
                for kept, (total, text) in best:
                    key = kept + (bones[1:] if kept[-1:] == bones[:1] else bones)
                    found = reached[place + size].get(key)
                    if found is None or found[0] < total + bits:
                        reached[place + size][key] = total + bits, text + right
    return sorted(((-total, text) for total, text in reached[-1].values()))


@settings(deadline=None)
@given(rules, words)
def test_the_spellings_are_those_of_the_slow_search(
    ways: dict[bytes, list[tuple[bytes, bytes, float]]], codes: bytes
) -> None:
    assert Speller(ways).spell(codes, 1024) == [text for _, text in spelt(ways, codes)]
