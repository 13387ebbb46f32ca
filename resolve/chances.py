"""How likely is a reading, in a gazetteer of this size?

The probability of an entity is a softmax over all readings of a span and the possibility "none of them", whose prior grows
with the gazetteer.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from resolve.channel import weights
from resolve.crowd import namesakes
from resolve.index import Index
from resolve.score import Least, Reading
from resolve.score.reading import order
from resolve.score.shortlist import HOPELESS

DEFAULT_THRESHOLD = 0.9
"""The probability from which a link is written."""

OFTEN = 4.0
"""A surname that recurs is rarely met more often than two to the power of this."""

IMPROBABLE = 0.05
"""Where an unknown name is asked for the outcome alone, a candidate that is at most so probable is not looked for."""

MARGIN = 1.0
"""Two who bear one surname differ by no more bits in what their other names cost."""


def prior(index: Index, alone: bool = False) -> float:
    """The prior of one entity against "none of them", in bits: smaller in a larger gazetteer.

    A text speaks of those that its gazetteer lists; a name that stands ``alone`` is anybody's.
    """
    return -weights()["none"] - max(math.log2(max(len(index), 1)), weights()["world"] if alone else 0.0)


def least(index: Index, threshold: float) -> float:
    """The bits of a reading that make a link of at least some probability, without support from the document."""
    return math.log2(threshold / (1.0 - threshold)) - prior(index) if threshold < 1.0 else math.inf


def too_little(index: Index) -> float:
    """The bits that a name standing alone has to be worth to be looked for where only the outcome counts."""
    return min(math.log2(IMPROBABLE / (1.0 - IMPROBABLE)) - prior(index, alone=True), HOPELESS)


def needed(index: Index, threshold: float, gendered: bool = True) -> Least:
    """The same of a reading whose bearer is met nowhere else in the document.

    Words beside a surname may speak for it, other mentions of it and those whom the document names; of a given name
    alone they say nothing. Of many who bear a surname alike only the description, and the gender that a verb tells,
    can single out one, and that a name recurs.

    Args:
        index: the compiled gazetteer.
        threshold: the probability from which a link is resolved.
        gendered: whether a verb beside the name tells the gender.

    """
    w, enough = weights(), least(index, threshold)
    told = w["office"] if index.described else 0.0
    verb = w["person_word"] + w["verb"] + w["verb_woman"]
    around = min(w["beside_most"], w["titled"] + verb + told) + w["company_most"] + w["joined"]
    apart = told + w["recurs"] * OFTEN + (w["verb_woman"] - w["verb_gender"] if gendered else 0.0)
    rivals = (1.0 - threshold) / threshold * 2.0 ** (apart + MARGIN)
    return Least(enough - around - w["recurs"] * OFTEN, enough, rivals)


def posterior(group: Sequence[Reading], index: Index, alone: bool = False) -> list[tuple[Reading, float]]:
    """The probability of every reading of one span, best first; what is missing to 1 is "none".

    The best reading of every entity counts. Bits are set against the prior of the gazetteer's size. A
    name that stands ``alone`` is somebody of the whole world, however small the gazetteer.
    """
    best: dict[int, Reading] = {}
    for reading in sorted(group, key=order):
        best.setdefault(reading.entity, reading)
    ranked = list(best.values())
    shares = [2.0 ** max(reading.bits - ranked[0].bits, -200.0) for reading in ranked]
    bits = ranked[0].bits + math.log2(sum(shares)) + prior(index, alone)
    if alone:
        evidence = ranked[0].evidence
        bits = bounded(bits, any(piece.feature == "spelt the same" for piece in evidence), namesakes(evidence))
    known, total = 1.0 / (1.0 + 2.0 ** max(min(-bits, 200.0), -200.0)), sum(shares)
    return [(reading, known * share / total) for reading, share in zip(ranked, shares, strict=True)]


def bounded(bits: float, identical: bool, others: float = 0.0) -> float:
    """What names alone can say at most and at least: a namesake may be meant, or a person of two names.

    The odds of a namesake, and those of another name, are added to what the spellings leave open.

    Args:
        bits: what the spellings say, in bits at even odds.
        identical: whether the names are spelt the same.
        others: how much likelier a namesake is than where the whole name agrees, in bits.

    """
    w = weights()
    most = w["namesake"] + (w["namesake_identical"] if identical else 0.0) - others
    against = 2.0 ** min(-bits, 200.0) + 2.0**-most
    return -math.log2(1.0 / (1.0 / against + 2.0 ** w["another_name"]))
