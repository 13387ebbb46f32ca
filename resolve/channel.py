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
from resolve.multigram import load
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


MEASURES = ("evidence", "similarity", "bits", "sounds", "share", "loss")
"""What is measured of two tokens: the learned evidence that they spell one name, their similarity, bits and
loss against themselves in the multigram channel, the cost by sounds, and its share of the rarity."""

MAX_SOUNDS = 40.0
"""Costs by sounds count up to here, in bits."""

CLIP = 3.0
"""Measures count up to so many spreads from their mean, as they were learned."""


def measures(left: str, right: str) -> tuple[float, ...]:
    """The `MEASURES` of two tokens; symmetric.

    >>> len(measures("Babaryka", "Бабарико")) == len(MEASURES)
    True
    """
    model = load()
    by_sounds = min(plain_cost(left, right), MAX_SOUNDS)
    share = by_sounds / max(min(rarity(left), rarity(right)), 1.0)
    bits = model.bits(left, right)
    itself = math.sqrt(max(model.self_bits(left), 1.0) * max(model.self_bits(right), 1.0))
    return (model.evidence(left, right), model.similarity(left, right), bits, by_sounds, share, itself - bits)


@lru_cache(maxsize=1)
def _learned() -> tuple[float, tuple[tuple[float, float, float], ...]]:
    """The constant, and mean, spread and weight of every measure."""
    found = {row[0]: tuple(map(float, row[1:])) for row in tables.rows("token_evidence.tsv")}
    return found["1"][2], tuple(found[name] for name in MEASURES)  # type: ignore[misc]


@lru_cache(maxsize=262144)
def telling(left: str, right: str) -> float:
    """How much likelier two tokens are to spell one name than two similar ones, in bits at even odds.

    >>> telling("Babaryka", "Бабарико") > 0 > telling("Kovalev", "Kovalchuk")
    True
    """
    if not load().covers(left, right):
        w = weights()
        share = plain_cost(left, right) / max(min(rarity(left), rarity(right)), 1.0)
        return w["channel_clean"] - share * (w["channel_clean"] - w["channel_gate"]) / w["match_share"]
    total, learned = _learned()
    for value, (mean, spread, weight) in zip(measures(left, right), learned, strict=True):
        total += weight * min(max((value - mean) / spread, -CLIP), CLIP)
    return total


@lru_cache(maxsize=262144)
def cost(left: str, right: str) -> float:
    """What the differences between two spellings cost, in bits; symmetric, 0 for the same spelling.

    >>> cost("Vlasova", "Ulasava") < cost("Kovalev", "Kovalchuk")
    True
    """
    if fold(left) == fold(right):
        return 0.0
    w = weights()
    return w["channel_slope"] * max(0.0, w["channel_clean"] - telling(left, right))


def same(left: str, right: str) -> bool:
    """Whether two tokens are likelier to spell one name than two similar ones."""
    return fold(left) == fold(right) or telling(left, right) >= weights()["channel_gate"]


@lru_cache(maxsize=262144)
def plain_cost(left: str, right: str) -> float:
    """What the differences cost by edit distance on sounds: for scripts that nothing was learned of, in bits."""
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
