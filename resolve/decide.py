"""Given the whole document: which entity, which are ambiguous, which are nobody we know?

What the document says elsewhere (who was named in full, which other bearers of a surname were
introduced) is evidence like any other. The probability of an entity is a softmax over all readings
of a span and the possibility "none of them", whose prior grows with the gazetteer.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from resolve.channel import weights
from resolve.index import Index
from resolve.model import Candidate, Evidence, Link, Mention, Role, Token
from resolve.names import fold, is_given, nominatives
from resolve.provenance import Origin, origin
from resolve.score import NAMING, Met, Reading, meet
from resolve.score.reading import order

DEFAULT_THRESHOLD = 0.9
"""The probability from which a link is written."""

MAX_PARAGRAPH = 5000
"""A paragraph is looked at so far back, in code points."""

MIN_LISTED = 0.0001
"""Candidates less probable than this are not listed."""

MAX_LISTED = 5
"""At most so many candidates are listed with a link."""


@dataclass
class Memory:
    """What a document says of whom: where entities are named in full, and where others are, or may be."""

    named: dict[int, list[int]] = field(default_factory=dict)
    others: dict[int, list[int]] = field(default_factory=dict)
    doubts: dict[int, list[int]] = field(default_factory=dict)


def prior(index: Index, alone: bool = False) -> float:
    """The prior of one entity against "none of them", in bits: smaller in a larger gazetteer.

    A text speaks of those that its gazetteer lists; a name that stands ``alone`` is anybody's.
    """
    return -weights()["none"] - max(math.log2(max(len(index), 1)), weights()["world"] if alone else 0.0)


def least(index: Index, threshold: float) -> float:
    """The bits of a reading that make a link of at least some probability, without support from the document."""
    return math.log2(threshold / (1.0 - threshold)) - prior(index) if threshold < 1.0 else math.inf


# ---------------------------------------------------------------- the document as a witness


def met(found: Iterable[Sequence[Reading]], index: Index, threshold: float) -> Met:
    """Who is named in full in a document, and who else may be meant."""
    sure, enough = least(index, DEFAULT_THRESHOLD), least(index, threshold)
    every = [reading for group in found for reading in group]
    named = {r.entity for r in every if r.level in {"full", "phrase"} and r.bits >= sure}
    return meet(named, {r.entity for r in every if r.bits >= enough}, index)


def remember(found: Sequence[Sequence[Reading]], index: Index) -> Memory:
    """Gather who is named in full where, and where other bearers of a surname are introduced."""
    memory = Memory()
    sure = -math.log2(1 / DEFAULT_THRESHOLD - 1)
    for group in found:
        full = [r for r in group if r.level in {"full", "phrase"} and r.bits + prior(index) >= sure]
        for reading in full:
            memory.named.setdefault(reading.entity, []).append(reading.start)
        if full:
            continue
        for reading in group:
            if _shows(reading, _ANOTHER_GIVEN):
                memory.others.setdefault(reading.entity, []).append(reading.start)
            elif _shows(reading, _ANOTHER):
                memory.doubts.setdefault(reading.entity, []).append(reading.start)
    for places in (*memory.named.values(), *memory.others.values(), *memory.doubts.values()):
        places.sort()
    return memory


def spelt(found: Sequence[Sequence[Reading]], index: Index, lang: str = "") -> dict[str, set[tuple[int, Role]]]:
    """How the document spells those it names in full: folded word, or its nominative → names, and what it is in them."""
    sure = -math.log2(1 / DEFAULT_THRESHOLD - 1)
    known: dict[str, set[tuple[int, Role]]] = {}
    for group in found:
        for reading in group:
            if reading.level == "full" and reading.bits + prior(index) >= sure:
                for token in reading.seen.tokens:
                    if token.role in {"given", "surname"}:
                        for spelling in (token.text, *(stem for stem, _sex in nominatives(token.text, lang))):
                            known.setdefault(fold(spelling), set()).add((reading.name, token.role))
    return known


_ANOTHER_GIVEN = frozenset({"other given name", "other initial", "beside another given name"})
_ANOTHER = _ANOTHER_GIVEN | {"beside another name"}

_NO_PERSON = frozenset({"named after a person", "part of a compound"})


def _barred(reading: Reading) -> bool:
    """Whether the words around a reading contradict it, so that no support from elsewhere may count."""
    return any(piece.feature in _ANOTHER | _NO_PERSON for piece in reading.evidence)


def _shows(reading: Reading, features: frozenset[str]) -> bool:
    """Whether a reading shows another person with the entity's surname, by one of some features."""
    surname = any(piece.feature == "surname" and piece.bits > 0 for piece in reading.evidence)
    return surname and any(piece.feature in features for piece in reading.evidence)


def with_document(reading: Reading, rivals: Sequence[Reading], memory: Memory, text: str) -> Reading:
    """Add what the document says elsewhere to a reading that names only a part of the name."""
    w = weights()
    places = memory.named.get(reading.entity, [])
    weak = any(piece.feature == "weak name" for piece in reading.evidence)
    if weak and places:
        return reading.also(Evidence("named elsewhere", w["named_before"]))
    if reading.level in {"full", "phrase"} or _barred(reading):
        return reading
    pieces = []
    earlier = _last_before(places, reading.start)
    if earlier is not None:
        pieces.append(Evidence("named in full before", w["named_before"], note=f"at {earlier}"))
    elif places:
        pieces.append(Evidence("named in full later", w["named_later"], note=f"at {places[0]}"))
    if len(places) > 1:
        pieces.append(Evidence("named often", w["named_again"] * math.log2(len(places)), note=f"{len(places)} times"))
    paragraph = text.rfind("\n", max(0, reading.start - MAX_PARAGRAPH), reading.start) + 1
    if reading.level == "surname" and _only_here(reading, rivals, memory, paragraph):
        pieces.append(Evidence("named in this paragraph", w["same_paragraph"]))
    return reading.also(*pieces, *_other_bearers(reading, memory, earlier))


def _other_bearers(reading: Reading, memory: Memory, earlier: int | None) -> list[Evidence]:
    """What other bearers of the name say who were introduced since the entity was named in full."""
    for places, weight in ((memory.others, "other_bearer"), (memory.doubts, "other_bearer_vague")):
        another = _last_before(places.get(reading.entity, []), reading.start)
        if another is not None and (earlier is None or another > earlier):
            return [Evidence("another bearer introduced", weights()[weight], note=f"at {another}")]
    return []


def _last_before(places: Sequence[int], start: int) -> int | None:
    """The last of some sorted places before another, None where there is none."""
    place = bisect_left(places, start)
    return places[place - 1] if place else None


def _only_here(reading: Reading, rivals: Sequence[Reading], memory: Memory, paragraph: int) -> bool:
    """Whether of all rivals only this entity was named in full before in the paragraph."""

    def here(entity: int) -> bool:
        last = _last_before(memory.named.get(entity, []), reading.start)
        return last is not None and last >= paragraph

    return here(reading.entity) and not any(here(r.entity) for r in rivals if r.entity != reading.entity)


def links(
    text: str,
    found: Sequence[Sequence[Reading]],
    index: Index,
    threshold: float = DEFAULT_THRESHOLD,
    lang: str = "",
) -> list[Link]:
    """Decide over all readings of a document.

    Args:
        text: the document.
        found: the readings of every mention.
        index: the compiled gazetteer.
        threshold: the probability from which a link is resolved.
        lang: ISO 639-1 code of the document, where known.

    Returns:
        Links that do not overlap, in reading order, of status resolved or ambiguous.

    """
    memory = remember(found, index)
    spans: dict[tuple[int, int], list[Reading]] = {}
    for group in found:
        for reading in group:
            rivals = [r for r in group if (r.start, r.end) == (reading.start, reading.end)]
            spans.setdefault((reading.start, reading.end), []).append(with_document(reading, rivals, memory, text))
    made = [
        (_decide(text, span, group, index, threshold, lang), any(r.level in {"full", "phrase"} for r in group))
        for span, group in spans.items()
    ]
    return _disjoint((link, full) for link, full in made if link.status != "unknown")


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
        bits = _bounded(bits, any(piece.feature == "spelt the same" for piece in ranked[0].evidence))
    known = 1.0 / (1.0 + 2.0 ** max(min(-bits, 200.0), -200.0))
    return [(reading, known * share / sum(shares)) for reading, share in zip(ranked, shares, strict=True)]


def _bounded(bits: float, identical: bool) -> float:
    """What names alone can say at most and at least: a namesake may be meant, or a person of two names.

    The odds of a namesake, and those of another name, are added to what the spellings leave open.
    """
    w = weights()
    most = w["namesake"] + (w["namesake_identical"] if identical else 0.0)
    against = 2.0 ** min(-bits, 200.0) + 2.0**-most
    return -math.log2(1.0 / (1.0 / against + 2.0 ** w["another_name"]))


def _decide(
    text: str,
    span: tuple[int, int],
    group: Sequence[Reading],
    index: Index,
    threshold: float,
    lang: str = "",
    alone: bool = False,
) -> Link:
    """The link of one span."""
    ranked = posterior(group, index, alone)
    listed = tuple(_candidate(reading, p, index) for reading, p in ranked[:MAX_LISTED] if p >= MIN_LISTED)
    known = sum(p for _, p in ranked)
    (best, probability) = ranked[0]
    start, end = span
    if probability >= threshold:
        entity, source = index.entity(best.entity), origin_of(best, index, lang)
        return Link(
            start, end, text[start:end], "resolved", entity.id, entity.name, entity.type,
            probability, best.bits, source.scheme, listed, source.base,
        )  # fmt: skip
    status: Literal["ambiguous", "unknown"] = "ambiguous" if known >= 0.5 else "unknown"
    return Link(start, end, text[start:end], status, None, None, None, probability, best.bits, None, listed)


def spanning(found: Iterable[Reading], tokens: Sequence[Token]) -> list[Reading]:
    """The readings of a name that stands alone: what they leave out of it counts against them."""
    w = weights()
    kept = []
    for reading in found:
        left_out = [
            token for token in tokens
            if not reading.start <= token.start < reading.end and token.role in NAMING
        ]  # fmt: skip
        noticed = {piece.left for piece in reading.evidence}
        pieces = [
            Evidence("left out", w["neighbour_name"], left=token.text)
            for token in left_out if token.text not in noticed
        ]  # fmt: skip
        kept.append(reading.also(*pieces))
    return kept


def decide_alone(
    text: str, found: Sequence[Reading], index: Index, threshold: float, limit: int, lang: str = ""
) -> Link:
    """The link of a name that stands alone, over its whole text."""
    if not found:
        return Link(0, len(text), text, "unknown")
    link = _decide(text, (0, len(text)), found, index, threshold, lang, alone=True)
    return replace(link, candidates=link.candidates[:limit])


def _candidate(reading: Reading, probability: float, index: Index) -> Candidate:
    entity = index.entity(reading.entity)
    name = index.name(reading.name).text
    return Candidate(entity.id, name, reading.bits, probability, reading.evidence)


def _disjoint(found: Iterable[tuple[Link, bool]]) -> list[Link]:
    """Keep the strongest of links that overlap: resolved ones, then whole names, then more bits."""
    ranked = sorted(found, key=lambda item: (item[0].status != "resolved", not item[1], -item[0].bits, item[0].start))
    taken = Taken()
    return sorted((link for link, _ in ranked if taken.take(link.start, link.end)), key=lambda link: link.start)


class Taken:
    """Spans of a text that are taken; a span that overlaps one of them is refused.

    >>> taken = Taken()
    >>> taken.take(0, 5), taken.take(3, 8), taken.take(5, 8)
    (True, False, True)
    """

    def __init__(self) -> None:
        self._spans: list[tuple[int, int]] = []

    def take(self, start: int, end: int) -> bool:
        """Take a span if it is free."""
        place = bisect_left(self._spans, (start, end))
        free_left = not place or self._spans[place - 1][1] <= start
        free_right = place == len(self._spans) or end <= self._spans[place][0]
        if free_left and free_right:
            self._spans.insert(place, (start, end))
        return free_left and free_right


def origin_of(reading: Reading, index: Index, lang: str = "") -> Origin:
    """Which system explains the spelling of a reading, and which language it is based on."""
    known = [(index.name(number), index.lang_of(number)) for number in index.names_of(reading.entity)]
    return origin(reading.seen, known, lang)


def strangers(text: str, mentions: Sequence[Mention], made: Sequence[Link], lang: str = "") -> list[Link]:
    """Names of persons in the text that no entity explains: a given name or initial and another name.

    >>> from resolve.mentions import find
    >>> text = "Nikolay Petrov spoke. Later Petrov left."
    >>> [link.text for link in strangers(text, find(text)[0], [])]
    ['Nikolay Petrov', 'Petrov']
    """
    taken = Taken()
    for link in made:
        taken.take(link.start, link.end)
    surnames: set[str] = set()
    found = []
    for mention in mentions:
        tokens = [t for t in mention.tokens if t.role not in {"title", "common"}]
        if not tokens:
            continue
        core = [t for t in tokens if t.role == "unknown"]
        opened = tokens[0].role == "initial" or is_given(tokens[0].text, lang)
        named = opened and len(tokens) >= 2 and bool(core)
        if not named and not (len(core) == 1 and fold(core[0].text) in surnames):
            continue
        start, end = tokens[0].start, tokens[-1].end
        if taken.take(start, end):
            surnames.add(fold(core[-1].text))
            found.append(Link(start, end, text[start:end], "unknown"))
    return found
