"""Which names do two words meet both? The kernel agrees with what is slow and obvious."""

from __future__ import annotations

from array import array
from itertools import accumulate

import pytest
from hypothesis import given, strategies as st

from resolve._finder import Names

TOKENS, ROLES = 9, 4
SURNAME, SILENT = 1, 3
NAMING = bytes([1, 1, 1, 0])

Gazetteer = list[list[tuple[int, int]]]

gazetteers = st.lists(
    st.lists(st.tuples(st.integers(0, TOKENS - 1), st.integers(0, ROLES - 1)), min_size=1, max_size=4), max_size=12
)
"""Names, each of tokens with their roles."""

some = st.lists(st.integers(0, TOKENS + 1), max_size=5)
"""Tokens, and now and then a number that none has."""


def finder(names: Gazetteer) -> Names:
    """The kernel on the sections of a gazetteer."""
    postings = [sorted({i for i, name in enumerate(names) if token in {t for t, _ in name}}) for token in range(TOKENS)]
    return Names(
        array("I", accumulate(map(len, names), initial=0)),
        array("I", (token for name in names for token, _ in name)),
        bytes(role for name in names for _, role in name),
        array("I", accumulate(map(len, postings), initial=0)),
        array("I", (name for found in postings for name in found)),
        NAMING,
    )


def naming(name: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The tokens of a name that name somebody."""
    return [(token, role) for token, role in name if role != SILENT]


@given(gazetteers, some, some)
def test_both_finds_the_names_with_a_token_of_either(names: Gazetteer, lefts: list[int], rights: list[int]) -> None:
    slow = [
        i for i, name in enumerate(names)
        if any(
            a in lefts and b in rights and here != there
            for here, (a, _) in enumerate(naming(name)) for there, (b, _) in enumerate(naming(name))
        )
    ]  # fmt: skip
    kernel = finder(names)
    assert kernel.both(array("I", lefts), array("I", rights)) == slow
    assert kernel.both(array("I", lefts), array("I", rights)) == slow, "asking leaves nothing behind"


@given(gazetteers, some, some)
def test_sharing_finds_the_names_with_tokens_of_both(names: Gazetteer, lefts: list[int], rights: list[int]) -> None:
    told = [{token for token, _ in name} for name in names]
    slow = [i for i, tokens in enumerate(told) if tokens & set(lefts) and tokens & set(rights)]
    found = finder(names).sharing(array("I", lefts), array("I", rights))
    assert sorted(found) == slow


@given(gazetteers, some)
def test_beside_finds_every_other_token_once(names: Gazetteer, lefts: list[int]) -> None:
    slow = {
        token
        for left in lefts for name in names if left in {t for t, _ in name}
        for token, _ in naming(name) if token != left
    }  # fmt: skip
    found = finder(names).beside(array("I", lefts)).tolist()
    assert len(found) == len(set(found))
    assert set(found) == slow


@given(gazetteers, some, st.booleans())
def test_meant_finds_names_that_one_word_can_be(names: Gazetteer, lefts: list[int], any_surname: bool) -> None:
    def fits(name: list[tuple[int, int]]) -> bool:
        named = naming(name)
        lone = len(named) == 1 or all(role != SURNAME for _, role in named)
        shared = any_surname and any(token in lefts and role == SURNAME for token, role in named)
        return bool(named) and any(token in lefts for token, _ in name) and (lone or shared)

    assert finder(names).meant(array("I", lefts), SURNAME, any_surname) == [i for i, n in enumerate(names) if fits(n)]


def test_sections_that_do_not_fit_together_are_refused() -> None:
    empty = array("I", [0])
    with pytest.raises(ValueError, match="do not fit together"):
        Names(empty, array("I", [1]), b"", empty, array("I"), NAMING)


def test_a_damaged_section_brings_nothing() -> None:
    starts = array("I", [0, 2, 1])
    kernel = Names(starts, array("I", [0, 1]), bytes([0, 1]), array("I", [0, 9, 2]), array("I", [7, 1]), NAMING)
    assert kernel.both(array("I", [0, 1]), array("I", [0, 1])) == []
    assert kernel.meant(array("I", [0, 1]), SURNAME, True) == []
    assert kernel.beside(array("I", [0, 1])).tolist() == []
