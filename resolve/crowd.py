"""Who else of the whole world could a name that stands alone be?

What two spellings of a surname share says as much as it would be rare to share it by chance: *Simeonow* could be
*Semyonov*, but *Simeonov* fits better and is borne as well. Were the surnames of all persons known, the likelihood ratio of
a spelling s and a surname k would be ``P(s | k) / sum over all surnames w of P(w) P(s | w)`` (after Fellegi and Sunter 1969, who
weigh agreement by how frequent a value is); with the channel's ``bits(s, w) = log2 P(s, w) / (P(s) P(w))`` the letters'
own P(s) cancels out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
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

ENOUGH = 16.0
"""What so many bits say more of a surname than of all others together is as much as any rare surname says."""

MOST = 15.0
"""More bits than these are not missed."""

CROWD = "other surnames fit"
"""What evidence is called that they do."""

FEWEST = 2
"""A name of which so many words have met is more than a word alone."""

MANY = 3
"""Few namesakes share so many words: a further one that is missing leaves no more room for them."""

OPEN = (
    ("crowd", "namesake_crowd"), ("equivalent", "namesake_equivalent"), ("alone_missing", "namesake_alone_missing"),
)  # fmt: skip
"""What leaves room for a namesake, and by which weight."""

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
def missed(spelling: str, surname: str, without: frozenset[str] = frozenset()) -> float:
    """What a spelling says less of a Latin surname than of a rare one that nothing else fits, in bits.

    Args:
        spelling: a surname as it was found.
        surname: a folded Latin surname.
        without: folded surnames of which one bearer is not counted: the table that training asks knows the one who is meant.

    >>> missed("Simeonow", "semyonov") > missed("Simeonow", "simeonov")
    True
    >>> missed("Тихановская", "Tikhanovskaya")
    0.0

    """
    if not load().covers(spelling, surname):
        return 0.0
    own = _bits(spelling, surname)
    fitting = sum(
        2.0 ** min(bits - own, RARE) * (_counted_out(spelling, rival) if rival in without else 1.0)
        for rival, bits in rivals(spelling)
    )
    return min(max(math.log2(2.0**-RARE + fitting) + ENOUGH, 0.0), MOST)


def _counted_out(spelling: str, surname: str) -> float:
    """The share of the bearers of a surname that is left where one of them is not counted."""
    return 1.0 - 1.0 / _surnames(spelling)[surname]


def crowded(evidence: Iterable[Evidence], without: frozenset[str] = frozenset()) -> list[Evidence]:
    """What is taken off where the surname that two names share could be another as well.

    Args:
        evidence: that of two names; of its pieces those of surnames in two spellings are asked, one of them in Latin letters.
        without: folded surnames of which one bearer is not counted.

    """
    found = []
    for piece in evidence:
        if piece.feature == "surname" and fold(piece.left) != fold(piece.right):
            words = sorted((piece.left, piece.right), key=lambda word: writing(word) == "Latin")
            amount = missed(words[0], fold(words[1]), without) if writing(words[1]) == "Latin" else 0.0
            if amount > 0:
                found.append(
                    Evidence(
                        CROWD,
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


def complete(seen: Name, known: Name, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Whether every word of two names has met one of the other: no text says what is meant by a part.

    A word alone is weighed elsewhere.

    Args:
        seen: the name as found.
        known: the name of the gazetteer.
        evidence: that of the two.

    """
    met = [piece for piece in evidence if piece.bits > 0 and piece.parts]
    if len(met) < FEWEST:
        return []
    missing = _unmet(seen, [piece.left for piece in met]) or _unmet(known, [piece.right for piece in met])
    part = "alone_missing" if missing else "alone_whole"
    found = [Evidence("a word is missing" if missing else "every word is there", weights()[part], parts=((part, 1.0),))]
    short = sum(amount for piece in met for name, amount in piece.parts if name == "diminutive")
    if short:
        parts = (("alone_diminutive", short),)
        found.append(Evidence("everyday form", weights()["alone_diminutive"] * short, parts=parts))
    return found


def _unmet(name: Name, words: Iterable[str]) -> bool:
    """Whether a given name or surname is in none of some words, of which one may be several of the name in one."""
    met = " ".join(words).casefold()
    return any(token.role in {"given", "surname"} and token.text.casefold() not in met for token in name.tokens)


def namesakes(evidence: Iterable[Evidence]) -> float:
    """How much likelier a namesake is where a name that stands alone is not the whole name in its own spelling, in bits.

    However rare what two names share, somebody else may bear them where a word is missing, where the given name is only an
    equivalent, where other surnames fit the spelling, or where the surname of one is not that of the other.

    >>> from resolve.names import parse
    >>> from resolve.score.pair import compare
    >>> namesakes(compare(parse("Светлана Тихановская"), parse("Svetlana Tikhanovskaya")))
    0.0
    """
    w, parts, met = weights(), dict[str, float](), 0
    for piece in evidence:
        met += bool(piece.bits > 0 and piece.left and piece.right)
        for name, amount in piece.parts:
            parts[name] = parts.get(name, 0.0) + amount
    found = sum(w[weight] * parts.get(part, 0.0) for part, weight in OPEN if part != "alone_missing" or met < MANY)
    crossed = "surname_shared" not in parts and ("alone_whole" in parts or "alone_missing" in parts)
    return 0.0 - found - (w["namesake_crossed"] if crossed else 0.0)
