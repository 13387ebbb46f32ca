"""Given the whole document: which entity, which are ambiguous, which are nobody we know?

Every run of words is read as each name it could spell (`readings`). What the document says elsewhere
(who was named in full, which other bearers of a surname were introduced) is evidence like any other.
The probability of an entity is a softmax over all readings of a span and the possibility "none of
them", whose prior grows with the gazetteer.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from resolve.channel import cost, rarity, same, weights
from resolve.index import Index
from resolve.lookup import Phrase, candidates
from resolve.model import Candidate, Entity, Evidence, Link, Mention, Name, Token
from resolve.names import CORE, bears_name, fold, is_given, nominatives
from resolve.romanize import explaining
from resolve.score import NAMING, compare, cut, fit, spendings
from resolve.text import is_common

DEFAULT_THRESHOLD = 0.9
"""The probability from which a link is written."""

MAX_LISTED = 5
"""At most so many candidates are listed with a link."""

ACRONYM = 5
"""A name of at most so many capitals is an acronym, in letters."""

Level = Literal["full", "surname", "given", "phrase"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a span: as this name of this entity, because of this evidence."""

    start: int
    end: int
    entity: int
    name: int
    level: Level
    seen: Name
    evidence: tuple[Evidence, ...]

    @property
    def bits(self) -> float:
        """The sum of the evidence, in bits."""
        return sum(piece.bits for piece in self.evidence)

    def also(self, *pieces: Evidence) -> Reading:
        """The reading with more evidence."""
        return replace(self, evidence=(*self.evidence, *pieces))


@dataclass
class Memory:
    """What a document says of whom: where entities are named in full, and where others are."""

    named: dict[int, list[int]] = field(default_factory=dict)
    others: dict[int, list[int]] = field(default_factory=dict)


def prior(index: Index) -> float:
    """The prior of one entity against "none of them", in bits: smaller in a larger gazetteer."""
    return -weights()["none"] - math.log2(max(len(index), 1))


# ---------------------------------------------------------------- one mention


def readings(mention: Mention, index: Index, lang: str = "") -> list[Reading]:
    """Every name of the gazetteer that a part of a mention could spell, with the evidence.

    Args:
        mention: a run of words.
        index: the compiled gazetteer.
        lang: ISO 639-1 code of the text, where known.

    """
    run = (*mention.tokens, *mention.borrowed)
    best: dict[tuple[int, int, int], Reading] = {}
    for number in candidates(run, index, lang):
        reading = _read(mention, run, number, index, lang)
        if reading is None:
            continue
        key = (reading.start, reading.end, reading.entity)
        if key not in best or _order(reading) < _order(best[key]):
            best[key] = reading
    return sorted(_without_excluded(best.values(), index), key=_order)


def _order(reading: Reading) -> tuple[float, int]:
    return (-reading.bits, reading.name)


def _read(mention: Mention, run: Sequence[Token], number: int, index: Index, lang: str) -> Reading | None:
    """Read a run as one name of the gazetteer; None where no part of it can be that name."""
    known = index.name(number)
    if known.tokens and known.tokens[0].role == "word":
        return None
    span = fit(run, known, lang)
    if span is None or (mention.borrowed and (span[0] != 0 or span[1] <= len(mention.tokens))):
        return None
    first, last = span
    seen = cut(run, first, last, lang)
    entity = index.entity_of(number)
    evidence = compare(seen, known, lang, lambda word: math.log2(max(index.frequency(word), 1)))
    level = _level(known, evidence)
    if level is None:
        return None
    if level == "surname" or (level == "given" and not any("given name" in e.feature for e in evidence)):
        evidence += _loose(seen, known, lang)
    own_end = min(last, len(mention.tokens))
    evidence += _context(mention, first, own_end, level, index.entity(entity), lang)
    if index.kind_of(number) == "weak":
        evidence.append(Evidence("weak name", weights()["weak_name"], right=known.text))
    start, end = run[first].start, run[own_end - 1].end
    return Reading(start, end, entity, number, level, seen, tuple(evidence))


def _level(known: Name, evidence: Iterable[Evidence]) -> Level | None:
    """How much of the known name the evidence covers."""
    met = {piece.right for piece in evidence if piece.bits > 0 and piece.left}
    surname = any(token.text in met for token in known.tokens if token.role == "surname")
    given = any(token.text in met for token in known.tokens if token.role in {"given", "initial"})
    alone = sum(1 for token in known.tokens if token.role in NAMING) == 1
    if (surname and given) or (met and alone):
        return "full"
    return "surname" if surname else "given" if given else None


def _without_excluded(found: Iterable[Reading], index: Index) -> list[Reading]:
    """Drop the readings of a spelling that the gazetteer excludes for the entity."""
    kept = list(found)
    banned = {
        (reading.start, reading.end, reading.entity)
        for reading in kept
        if index.kind_of(reading.name) == "exclude" and _spelt_alike(reading.seen, index.name(reading.name))
    }
    return [
        reading for reading in kept
        if index.kind_of(reading.name) != "exclude" and (reading.start, reading.end, reading.entity) not in banned
    ]  # fmt: skip


def _spelt_alike(left: Name, right: Name) -> bool:
    return [fold(t.text) for t in left.tokens] == [fold(t.text) for t in right.tokens]


# ---------------------------------------------------------------- the words around a span


def _context(mention: Mention, first: int, last: int, level: Level, entity: Entity, lang: str) -> list[Evidence]:
    """What the words next to a span say about it."""
    run, w = mention.tokens, weights()
    found: list[Evidence] = []
    outer = first
    while outer and run[outer - 1].role == "particle":
        outer -= 1
    left = run[outer - 1] if outer else None
    right = run[last] if last < len(run) else None
    before = left.text if left else mention.before
    after = right.text if right else mention.after
    if _hyphened(mention, first, last):
        found.append(Evidence("part of a compound", w["neighbour_hyphen"], left=f"{before} {after}".strip()))
    if before and bears_name(before.strip("-"), "before"):
        found.append(Evidence("named after a person", w["named_thing"], left=before))
    if after and bears_name(after.strip("-"), "after"):
        found.append(Evidence("named after a person", w["named_thing"], left=after))
    if left is not None and left.role == "title" and left.gender and entity.gender not in {"", left.gender}:
        found.append(Evidence("title of the other gender", w["title_gender"], left=left.text))
    if level in {"surname", "given"} and not mention.borrowed:
        found += _neighbour(left, mention, lang, first == 1)
        found += _neighbour(right, mention, lang, False)
    core = [token for token in run[first:last] if token.role not in {"initial", "particle", "suffix"}]
    if level != "full" and not mention.borrowed and len(core) == 1:
        found += _alone(core[0])
    return found


def _hyphened(mention: Mention, first: int, last: int) -> bool:
    """Whether a hyphen binds the span to a word that is not part of it."""
    run = mention.tokens
    inside_left = first > 0 and run[first].glue == "-"
    inside_right = last < len(run) and run[last].glue == "-"
    outside_left = first == 0 and mention.before.endswith("-")
    outside_right = last == len(run) and mention.after.startswith("-")
    return inside_left or inside_right or outside_left or outside_right


def _neighbour(token: Token | None, mention: Mention, lang: str, at_start: bool) -> list[Evidence]:
    """A name-like word beside a partial name may be the missing part, of somebody else."""
    if token is None or token.role in {"title", "common", "particle"} or token.glue == "-":
        return []
    w = weights()
    if is_given(token.text, lang):
        return [Evidence("beside another given name", w["neighbour_given"], left=token.text)]
    if token.glue == "\n":
        return [Evidence("beside a word of another line", w["neighbour_line"], left=token.text)]
    if mention.loud or lang == "de" or (at_start and mention.opens):
        return [Evidence("beside a capitalised word", w["neighbour_vague"], left=token.text)]
    return [Evidence("beside another name", w["neighbour_name"], left=token.text)]


def _alone(token: Token) -> list[Evidence]:
    """A lone word that is also a common word needs support."""
    w = weights()
    if token.role in {"common", "title"} or is_common(token.text):
        return [Evidence("also a common word", w["common_single"], left=token.text)]
    return []


def _loose(seen: Name, known: Name, lang: str) -> list[Evidence]:
    """A lone word has to be spelt closely, for nothing else holds it."""
    w = weights()
    core = [token for token in seen.tokens if token.role in CORE]
    if len(core) != 1:
        return []
    spent, worth, word = min(
        (spent, worth, word.text) for word in known.tokens for spent, worth in spendings(core[0], word, lang)
    )
    if spent <= w["loose_share"] * worth:
        return []
    return [Evidence("loosely spelt", w["loose_single"], core[0].text, word)]


# ---------------------------------------------------------------- organisations and places


def phrase_reading(phrase: Phrase, tokens: Sequence[Token], loud: bool, index: Index, lang: str) -> Reading | None:
    """Read words of a text as the name of an organisation or place; every word of it must be there."""
    known, w = index.name(phrase.name), weights()
    seen = tokens[phrase.first : phrase.last]
    evidence: list[Evidence] = []
    for token, word in zip(seen, known.tokens, strict=True):
        piece = _word_evidence(token, word, loud, lang)
        if piece is None:
            return None
        evidence.append(piece)
    left = tokens[phrase.first - 1] if phrase.first else None
    if (
        left is not None
        and len(seen) == 1
        and is_given(left.text)
        and left.text[:1].isupper()
        and left.end + 1 == seen[0].start
    ):
        evidence.append(Evidence("beside another given name", w["neighbour_given"], left=left.text))
    if seen[0].glue == "-" or (phrase.last < len(tokens) and tokens[phrase.last].glue == "-"):
        evidence.append(Evidence("part of a compound", w["neighbour_hyphen"]))
    if index.kind_of(phrase.name) == "weak":
        evidence.append(Evidence("weak name", w["weak_name"], right=known.text))
    name = Name(" ".join(token.text for token in seen), tuple(seen))
    entity = index.entity_of(phrase.name)
    return Reading(seen[0].start, seen[-1].end, entity, phrase.name, "phrase", name, tuple(evidence))


def _word_evidence(token: Token, word: Token, loud: bool, lang: str) -> Evidence | None:
    """One word of a phrase: acronyms must be in capitals, other words may be inflected."""
    w = weights()
    if len(word.text) > 1 and word.text.isupper() and len(word.text) <= ACRONYM:
        fits = token.text == word.text and not loud
        return Evidence("acronym", w["acronym"], token.text, word.text) if fits else None
    spellings = (token.text, *(stem for stem, _ in nominatives(token.text, lang)))
    fitting = [spelling for spelling in spellings if same(spelling, word.text)]
    if not fitting:
        return None
    best = min(fitting, key=lambda spelling: (cost(spelling, word.text), spelling != token.text))
    inner = token.text.islower() or is_common(word.text)
    worth = w["phrase_inner"] if inner else min(w["phrase_cap"], rarity(word.text))
    spent = cost(best, word.text) + (w["inflected"] if best != token.text else 0.0)
    note = f"inflected: {best}" if best != token.text else ""
    return Evidence("word of a name", worth - spent, token.text, word.text, note)


# ---------------------------------------------------------------- the whole document


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
            if _introduces_another(reading):
                memory.others.setdefault(reading.entity, []).append(reading.start)
    for places in (*memory.named.values(), *memory.others.values()):
        places.sort()
    return memory


_ANOTHER = frozenset({"other given name", "other initial", "beside another given name", "beside another name"})


def _introduces_another(reading: Reading) -> bool:
    """Whether a reading shows another person with the entity's surname."""
    surname = any(piece.feature == "surname" and piece.bits > 0 for piece in reading.evidence)
    return surname and any(piece.feature in _ANOTHER for piece in reading.evidence)


def with_document(reading: Reading, rivals: Sequence[Reading], memory: Memory, text: str) -> Reading:
    """Add what the document says elsewhere to a reading that names only a part of the name."""
    w = weights()
    places = memory.named.get(reading.entity, [])
    weak = any(piece.feature == "weak name" for piece in reading.evidence)
    if weak and places:
        return reading.also(Evidence("named elsewhere", w["named_before"]))
    if reading.level in {"full", "phrase"}:
        return reading
    pieces = []
    earlier = [place for place in places if place < reading.start]
    if earlier:
        pieces.append(Evidence("named in full before", w["named_before"], note=f"at {earlier[-1]}"))
    elif places:
        pieces.append(Evidence("named in full later", w["named_later"], note=f"at {places[0]}"))
    if len(places) > 1:
        pieces.append(Evidence("named often", w["named_again"] * math.log2(len(places)), note=f"{len(places)} times"))
    paragraph = text.rfind("\n", 0, reading.start) + 1
    if reading.level == "surname" and _only_here(reading, rivals, memory, paragraph):
        pieces.append(Evidence("named in this paragraph", w["same_paragraph"]))
    another = [place for place in memory.others.get(reading.entity, []) if place < reading.start]
    if another and (not earlier or another[-1] > earlier[-1]):
        pieces.append(Evidence("another bearer introduced", w["other_bearer"], note=f"at {another[-1]}"))
    return reading.also(*pieces)


def _only_here(reading: Reading, rivals: Sequence[Reading], memory: Memory, paragraph: int) -> bool:
    """Whether of all rivals only this entity was named in full before in the paragraph."""

    def here(entity: int) -> bool:
        return any(paragraph <= place < reading.start for place in memory.named.get(entity, []))

    return here(reading.entity) and not any(here(r.entity) for r in rivals if r.entity != reading.entity)


def links(
    text: str, found: Sequence[Sequence[Reading]], index: Index, threshold: float = DEFAULT_THRESHOLD
) -> list[Link]:
    """Decide over all readings of a document.

    Args:
        text: the document.
        found: the readings of every mention.
        index: the compiled gazetteer.
        threshold: the probability from which a link is resolved.

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
        (_decide(text, span, group, index, threshold), any(r.level in {"full", "phrase"} for r in group))
        for span, group in spans.items()
    ]
    return _disjoint((link, full) for link, full in made if link.status != "unknown")


def posterior(group: Sequence[Reading], index: Index) -> list[tuple[Reading, float]]:
    """The probability of every reading of one span, best first; what is missing to 1 is "none".

    The best reading of every entity counts.
    """
    best: dict[int, Reading] = {}
    for reading in sorted(group, key=_order):
        best.setdefault(reading.entity, reading)
    ranked = list(best.values())
    odds = [2.0 ** max(min(reading.bits + prior(index), 200.0), -200.0) for reading in ranked]
    total = 1.0 + sum(odds)
    return [(reading, value / total) for reading, value in zip(ranked, odds, strict=True)]


def _decide(text: str, span: tuple[int, int], group: Sequence[Reading], index: Index, threshold: float) -> Link:
    """The link of one span."""
    ranked = posterior(group, index)
    listed = tuple(_candidate(reading, p, index) for reading, p in ranked[:MAX_LISTED])
    known = sum(p for _, p in ranked)
    (best, probability) = ranked[0]
    start, end = span
    if probability >= threshold:
        entity = index.entity(best.entity)
        return Link(
            start, end, text[start:end], "resolved", entity.id, entity.name, entity.type,
            probability, best.bits, scheme_of(best, index), listed,
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


def decide_alone(text: str, found: Sequence[Reading], index: Index, threshold: float, limit: int) -> Link:
    """The link of a name that stands alone, over its whole text."""
    if not found:
        return Link(0, len(text), text, "unknown")
    link = _decide(text, (0, len(text)), found, index, threshold)
    return replace(link, candidates=link.candidates[:limit])


def _candidate(reading: Reading, probability: float, index: Index) -> Candidate:
    entity = index.entity(reading.entity)
    name = index.name(reading.name).text
    return Candidate(entity.id, name, reading.bits, probability, reading.evidence)


def _disjoint(found: Iterable[tuple[Link, bool]]) -> list[Link]:
    """Keep the strongest of links that overlap: resolved ones, then whole names, then more bits."""
    kept: list[Link] = []
    ranked = sorted(found, key=lambda item: (item[0].status != "resolved", not item[1], -item[0].bits, item[0].start))
    for link, _ in ranked:
        if not any(link.start < other.end and other.start < link.end for other in kept):
            kept.append(link)
    return sorted(kept, key=lambda link: link.start)


def scheme_of(reading: Reading, index: Index) -> str | None:
    """The published scheme that gives every word as it was seen from a native name of the entity."""
    for number in index.names_of(reading.entity):
        known, lang = index.name(number), index.lang_of(number)
        matched = [
            (token, max(known.tokens, key=lambda other: -cost(token.text, other.text), default=None))
            for token in reading.seen.tokens
            if token.role not in {"initial", "particle", "suffix"}
        ]
        labels = [explaining(other.text, token.text, lang) for token, other in matched if other]
        for label in labels[0] if labels else ():
            if all(label in others for others in labels):
                return label
    return None


def strangers(text: str, mentions: Sequence[Mention], made: Sequence[Link], lang: str = "") -> list[Link]:
    """Names of persons in the text that no entity explains: a given name or initial and another name.

    >>> from resolve.mentions import find
    >>> text = "Nikolay Petrov spoke. Later Petrov left."
    >>> [link.text for link in strangers(text, find(text)[0], [])]
    ['Nikolay Petrov', 'Petrov']
    """
    taken = [(link.start, link.end) for link in made]
    surnames: set[str] = set()
    found = []
    for mention in mentions:
        tokens = [t for t in mention.tokens if t.role not in {"title", "common"}]
        if not tokens or any(a < tokens[-1].end and tokens[0].start < b for a, b in taken):
            continue
        core = [t for t in tokens if t.role == "unknown"]
        opened = tokens[0].role == "initial" or is_given(tokens[0].text, lang)
        named = opened and len(tokens) >= 2 and bool(core)
        if not named and not (len(core) == 1 and fold(core[0].text) in surnames):
            continue
        surnames.add(fold(core[-1].text))
        start, end = tokens[0].start, tokens[-1].end
        taken.append((start, end))
        found.append(Link(start, end, text[start:end], "unknown"))
    return found
