"""Who else of the whole world could a name that stands alone be?

What two spellings of a surname share says as much as it would be rare to share it by chance: *Simeonow* could be
*Semyonov*, but *Simeonov* fits better and is borne as well. Were the surnames of all persons known, the likelihood ratio of
a spelling s and a surname k would be ``P(s | k) / sum over all surnames w of P(w) P(s | w)`` (after Fellegi and Sunter 1969, who
weigh agreement by how frequent a value is); with the channel's ``bits(s, w) = log2 P(s, w) / (P(s) P(w))`` the letters'
own P(s) cancels out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from resolve import tables
from resolve.channel import common_ending, singled, weights
from resolve.keys import skeletons
from resolve.letters import fold, is_other, writing
from resolve.model import Evidence, Name
from resolve.multigram import load

RARE = 16.0
"""A surname that no table has is borne by fewer persons than one in two to the power of this."""

ENOUGH = 12.0
"""What so many bits say more of a surname than of all others together is as much as any rare surname says."""

MOST = 10.0
"""More bits than these are not missed."""

FIRST_HALF = 0.4
"""What it says, beside any other half, that the second half of a surname is missing: many add a name to their own."""


@lru_cache(maxsize=1)
def _borne() -> tuple[dict[str, str], int]:
    """The surnames by skeleton, as the table has them, and how many persons were counted."""
    table = {bones: surnames for bones, surnames in tables.rows("surnames.tsv")}  # noqa: C416 - rows are of any width
    return table, int(table.pop("*"))


def _surnames(word: str) -> dict[str, int]:
    """The surnames that share a skeleton with a word, and how many persons bear them."""
    table, _persons = _borne()
    found: dict[str, int] = {}
    for bones in skeletons(word):
        for entry in table.get(bones, "").split():
            surname, _, count = entry.partition("=")
            found[surname] = int(count or 1)
    return found


def _bits(spelling: str, surname: str) -> float:
    """How much likelier a spelling and a Latin surname are together than apart, in bits."""
    if is_other(spelling):
        return load().bits(spelling, surname)
    ways = (
        (spelling, surname),
        (common_ending(spelling), common_ending(surname)),
        (singled(spelling), singled(surname)),
    )
    return max(load().bits(one, other) for one, other in dict.fromkeys(ways))


@lru_cache(maxsize=16384)
def rivals(spelling: str) -> tuple[tuple[str, float], ...]:
    """The surnames of the world that a spelling could be, each with log2 of its share of persons and what speaks for it, in bits.

    >>> [surname for surname, bits in sorted(rivals("Браун"), key=lambda rival: -rival[1])][:2]
    ['brown', 'braun']
    """
    _table, persons = _borne()
    return tuple(
        (surname, math.log2(count / persons) + _bits(spelling, surname))
        for surname, count in _surnames(spelling).items()
        if load().covers(spelling, surname)
    )


@lru_cache(maxsize=16384)
def missed(spelling: str, surname: str) -> float:
    """What a spelling says less of a Latin surname than of a rare one that nothing else fits, in bits.

    >>> missed("Simeonow", "semyonov") > missed("Simeonow", "simeonov")
    True
    >>> missed("Тихановская", "Tikhanovskaya")
    0.0
    """
    if not load().covers(spelling, surname):
        return 0.0
    own = _bits(spelling, surname)
    others = math.log2(2.0**-RARE + sum(2.0 ** min(bits - own, RARE) for _surname, bits in rivals(spelling)))
    return min(max(others + ENOUGH, 0.0), MOST)


def crowded(evidence: Iterable[Evidence]) -> list[Evidence]:
    """What is taken off where the surname that two names share could be another as well.

    Args:
        evidence: that of two names; of its pieces those of surnames in two spellings are asked, one of them in Latin letters.

    """
    found = []
    for piece in evidence:
        if piece.feature == "surname" and fold(piece.left) != fold(piece.right):
            words = sorted((piece.left, piece.right), key=lambda word: writing(word) == "Latin")
            amount = missed(words[0], fold(words[1])) if writing(words[1]) == "Latin" else 0.0
            if amount > 0:
                found.append(
                    Evidence(
                        "other surnames fit",
                        weights()["crowd"] * amount,
                        piece.left,
                        piece.right,
                        parts=(("crowd", amount),),
                    )
                )
    return found


def halved(seen: Name, known: Name, evidence: Iterable[Evidence]) -> list[Evidence]:
    """One half of a name with a hyphen that is missing where the names share the other: *Jean-Pierre Grin* is not *Jean Grin*.

    Args:
        seen: the name as found.
        known: the name of the gazetteer.
        evidence: that of the two.

    """
    missing = [(piece.left, piece.right) for piece in evidence if piece.feature in {"extra name", "name left out"}]
    found = []
    for left, right in missing:
        tokens, word = (seen.tokens, left) if left else (known.tokens, right)
        for before, after in pairwise(tokens):
            if after.glue == "-" and word in {before.text, after.text}:
                added = after.role == "surname" and word == after.text
                amount = FIRST_HALF if added else 1.0
                parts = (("half_compound", amount),)
                found.append(Evidence("half of a name", weights()["half_compound"] * amount, left, right, parts=parts))
                break
    return found
