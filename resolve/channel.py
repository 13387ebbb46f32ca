"""How many bits say that these two tokens spell one name?

The evidence of a token pair is what sharing so rare a name is worth, less what the differences
between the two spellings cost. Differences are counted by edit distance on three readings of the
token: its sounds in detail, its contour (coarse consonants, broad vowels) and its skeleton
(consonants alone). Weighting edits by what the language does to them goes back to Ristad and
Yianilos (1998).
"""

from __future__ import annotations

import math
from functools import lru_cache

from rapidfuzz.distance import OSA, Levenshtein

from resolve import tables
from resolve.keys import contour, skeleton, sounds
from resolve.names import fold
from resolve.text import script

MAX_TOKEN = 64
"""Longer tokens are compared by their first letters only, in code points."""


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """All weights by name (``tables/weights.tsv`` says what each means and what taught it)."""
    return {row[0]: float(row[1]) for row in tables.rows("weights.tsv")}


@lru_cache(maxsize=131072)
def _readings(word: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((sound, contour(sound), skeleton(sound)) for sound in sounds(word[:MAX_TOKEN]))


@lru_cache(maxsize=65536)
def rarity(word: str) -> float:
    """What sharing a surname of this length is worth, in bits.

    >>> round(rarity("Ціханоўская"), 1)
    22.0
    """
    w = weights()
    length = min((len(sound) for sound in sounds(word[:MAX_TOKEN])), default=0)
    return min(w["rarity_cap"], w["rarity_base"] + w["rarity_sound"] * length) if length else 0.0


@lru_cache(maxsize=1)
def _frequencies() -> dict[str, int]:
    return {name: int(persons) for name, persons in tables.rows("name_frequencies.tsv")}


@lru_cache(maxsize=65536)
def worth(word: str) -> float:
    """What sharing a name is worth, in bits: its rarity, or how few persons bear it if many do.

    >>> worth("Kim") < worth("Naryshkin")
    True
    """
    table = _frequencies()
    bearers = table.get(fold(word))
    return rarity(word) if bearers is None else min(rarity(word), math.log2(table["*"] / (bearers + 1)))


@lru_cache(maxsize=262144)
def cost(left: str, right: str) -> float:
    """What the differences between two spellings cost, in bits; symmetric, 0 for the same spelling.

    >>> cost("Vlasova", "Ulasava") < cost("Kovalev", "Kovalchuk")
    True
    """
    if fold(left) == fold(right):
        return 0.0
    if left > right:
        left, right = right, left
    w = weights()
    best = min(
        (
            w["detail"] * Levenshtein.distance(a, b)
            + w["contour"] * Levenshtein.distance(ca, cb)
            + w["skeleton"] * Levenshtein.distance(sa, sb)
            for a, ca, sa in _readings(left)
            for b, cb, sb in _readings(right)
        ),
        default=float("inf"),
    )
    if script(left) == script(right) and min(len(left), len(right)) >= w["typo_length"]:
        # a slip changes letters, not sounds
        slips = OSA.distance(fold(left)[:MAX_TOKEN], fold(right)[:MAX_TOKEN], score_cutoff=1)
        if slips == 1 and _inner_slip(fold(left), fold(right)):
            best = min(best, w["typo"])
    return best


def _inner_slip(left: str, right: str) -> bool:
    """A slip inside the word: another ending is another grammatical form, not a slip."""
    return left[-1:] == right[-1:] and len(left) > 1


def same(left: str, right: str) -> bool:
    """Whether two tokens may spell one name: the differences cost less than a share of the rarity."""
    return cost(left, right) <= weights()["match_share"] * min(rarity(left), rarity(right))
