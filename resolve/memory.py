"""What does a document say elsewhere of those who may be meant?

Who was named in full, which other bearers of a surname were introduced, and the words beside a name are evidence like any
other.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from resolve.bearers import MAX_KIN, kin_word, marked
from resolve.chances import DEFAULT_THRESHOLD, OFTEN, least, needed, prior
from resolve.channel import weights
from resolve.endings import nominatives
from resolve.given import is_given
from resolve.index import ROLES, Index
from resolve.keys import skeletons
from resolve.letters import fold
from resolve.model import Evidence, Mention, Role
from resolve.names import gender
from resolve.score import Met, Reading, meet
from resolve.score.beside import HYPHENED, OPENER
from resolve.witness import (
    GENDERED,
    Beside,
    Known,
    Spans,
    beside,
    company,
    introduced,
    joined,
    surnames,
    verb_gender,
)

BRIEF = 5
"""A lone word of fewer letters has to stand beside something that shows a person."""

OPENING = 4
"""Two words that open with the same letters, so many of them, may be one name in two cases."""

MAX_PARAGRAPH = 5000
"""A paragraph is looked at so far back, in code points."""


@dataclass
class Memory:
    """What a document says of whom: where entities are named in full, and where others are, or may be."""

    named: dict[int, list[int]] = field(default_factory=dict)
    others: dict[int, list[int]] = field(default_factory=dict)
    doubts: dict[int, list[int]] = field(default_factory=dict)
    beside: dict[int, Beside] = field(default_factory=dict)
    lone: dict[int, set[int]] = field(default_factory=dict)
    company: Evidence | None = None


def met(found: Iterable[Sequence[Reading]], index: Index, threshold: float) -> Met:
    """Who is named in full in a document, and who else may be meant."""
    sure, (alone, enough, _rivals) = least(index, DEFAULT_THRESHOLD), needed(index, threshold)
    every = [reading for group in found for reading in group]
    named = {r.entity for r in every if r.level in {"full", "phrase"} and r.bits >= sure}
    alive = {r.entity for r in every if r.bits >= alone}
    return meet(named, {r.entity for r in every if r.bits >= enough}, alive, index)


def hopeful(text: str, found: Sequence[list[Reading]], index: Index, threshold: float) -> list[list[Reading]]:
    """The readings without those of runs where nobody is read whom the document can mean.

    What is left out can be no link, nor change one: all that may speak for its entities is counted, and not enough.

    Args:
        text: the document.
        found: the readings of every mention.
        index: the compiled gazetteer.
        threshold: the probability from which a link is resolved.

    """
    w, enough, sure = weights(), least(index, threshold), least(index, DEFAULT_THRESHOLD)
    named = {r.entity for group in found for r in group if r.level in {"full", "phrase"} and r.bits >= sure}
    around = w["beside_most"] + w["recurs"] * OFTEN + (w["company_most"] if named else 0.0)
    around += w["joined"] if _surely_named(found, index) else 0.0
    most = {"surname": around, "given": w["kin_named"] if named else 0.0}
    alive = set(named)
    for group in found:
        for reading in group:
            if reading.entity in alive:
                continue
            bits = reading.bits + most.get(reading.level, 0.0)
            if not reading.features.isdisjoint(_TAKEN_BACK):
                bits -= sum([piece.bits for piece in reading.evidence if piece.feature in _TAKEN_BACK])
            short = enough - bits
            if short <= 0 or (short <= w["mark_same"] and marked(text, reading.start, reading.end)[0]):
                alive.add(reading.entity)
    return [group if group and not alive.isdisjoint([r.entity for r in group]) else [] for group in found]


_TAKEN_BACK = frozenset({OPENER, HYPHENED})
"""What may be taken back of the evidence once all is known of the words around."""


def remember(
    found: Sequence[Sequence[Reading]], index: Index, text: str = "", runs: Sequence[Mention] = (), lang: str = ""
) -> Memory:
    """Gather who is named in full where, where other bearers of a surname are introduced, and what stands beside names."""
    memory = Memory(company=_company(found, index, runs, lang))
    sure, known = -math.log2(1 / DEFAULT_THRESHOLD - 1), prior(index)
    for group in filter(None, found):
        full = [r for r in group if r.level in {"full", "phrase"} and r.bits + known >= sure]
        for reading in full:
            memory.named.setdefault(reading.entity, []).append(reading.start)
        if full:
            continue
        for reading in group:
            if _shows(reading, _ANOTHER_GIVEN):
                memory.others.setdefault(reading.entity, []).append(reading.start)
            elif _shows(reading, _ANOTHER):
                memory.doubts.setdefault(reading.entity, []).append(reading.start)
    around = _Around(text, lang, _surely_named(found, index))
    for group in filter(None, found):
        for reading in group:
            if _hopes(reading, memory, known):
                entity = index.entity(reading.entity)
                sex = entity.gender or gender(index.name(reading.name))
                pieces = around.said(reading.start, reading.end, sex, entity.description)
                if _is_plain(reading):
                    memory.lone.setdefault(reading.entity, set()).add(reading.start)
                else:
                    pieces = [piece for piece in pieces if piece.bits < 0]
                for piece in pieces:
                    memory.beside.setdefault(reading.entity, Beside()).add(reading.start, piece)
    for places in (*memory.named.values(), *memory.others.values(), *memory.doubts.values()):
        places.sort()
    return memory


class _Around:
    """What the words around names say of them, which is the same for all who are alike and may be meant by one."""

    def __init__(self, text: str, lang: str, persons: Iterable[tuple[int, int]]) -> None:
        self._text, self._lang, self._persons = text, lang, Spans(persons)
        self._said: dict[tuple[int, int, str, str], list[Evidence]] = {}

    def said(self, start: int, end: int, sex: str, description: str) -> list[Evidence]:
        """What they say of the name of somebody of a gender of whom the gazetteer says so much."""
        asked = (start, end, sex, description)
        if asked not in self._said:
            pieces = beside(self._text, start, end, self._lang, Known(sex, description))
            self._said[asked] = pieces + joined(self._text, start, end, self._persons)
        return self._said[asked]


def _surely_named(found: Sequence[Sequence[Reading]], index: Index) -> set[tuple[int, int]]:
    """Where a person is named whom the words alone give away, in full or by a rare surname."""
    sure = weights()["joined_sure"] - prior(index)
    return {
        (reading.start, reading.end)
        for group in found
        for reading in group[:1]
        if reading.level in {"full", "surname"} and reading.bits >= sure
    }


def _hopes(reading: Reading, memory: Memory, known: float) -> bool:
    """Whether the words around a reading may decide it: a part of a name that the document does not give in full."""
    partial = reading.level not in {"full", "phrase"} and reading.entity not in memory.named
    return partial and reading.bits + known > -weights()["beside_most"] and not is_barred(reading)


def _company(found: Sequence[Sequence[Reading]], index: Index, runs: Sequence[Mention], lang: str) -> Evidence | None:
    """What the persons named in full say of those named by a part of the name."""
    sure = -math.log2(1 / DEFAULT_THRESHOLD - 1) - prior(index)
    known: set[int] = set()
    unknown = []
    for run, group in zip(runs, found, strict=False):
        full = {r.entity for r in group if r.level == "full" and r.bits >= sure} if group else ()
        known.update(full)
        if not full and len(run.tokens) > 1:
            unknown.append(introduced(run, lang))
    return company(len(known), len(surnames(unknown)))


def spelt(found: Sequence[Sequence[Reading]], index: Index, lang: str = "") -> dict[str, set[tuple[int, Role]]]:
    """How the document spells those it names in full: folded word, or its nominative → names, and what it is in them."""
    sure = -math.log2(1 / DEFAULT_THRESHOLD - 1) - prior(index)
    known: dict[str, set[tuple[int, Role]]] = {}
    for group in found:
        for reading in group:
            if reading.level == "full" and reading.bits >= sure:
                for token in reading.seen.tokens:
                    if token.role in {"given", "surname"}:
                        for spelling in (token.text, *(stem for stem, _sex in nominatives(token.text, lang))):
                            known.setdefault(fold(spelling), set()).add((reading.name, token.role))
    return known


_ANOTHER_GIVEN = frozenset({"other given name", "other initial", "beside another given name"})

_ANOTHER = _ANOTHER_GIVEN | {"beside another name"}

_BARRING = _ANOTHER | {"named after a person", HYPHENED, "another mark", "a mark"}


def is_barred(reading: Reading) -> bool:
    """Whether the words around a reading contradict it, so that no support from elsewhere may count."""
    return not reading.features.isdisjoint(_BARRING)


def _shows(reading: Reading, features: frozenset[str]) -> bool:
    """Whether a reading shows another person with the entity's surname, by one of some features."""
    if reading.features.isdisjoint(features):
        return False
    return any(piece.feature == "surname" and piece.bits > 0 for piece in reading.evidence)


def with_document(reading: Reading, rivals: Sequence[Reading], memory: Memory, text: str) -> Reading:
    """Add what the document says elsewhere to a reading that names only a part of the name."""
    places = memory.named.get(reading.entity, [])
    if places and "weak name" in reading.features:
        return reading.also(Evidence("named elsewhere", weights()["named_before"]))
    if reading.level in {"full", "phrase"} or is_barred(reading):
        return reading
    earlier = _last_before(places, reading.start)
    pieces = _named(reading, rivals, memory, text, earlier) if places else []
    if not places:
        several = reading.entity in memory.others or reading.entity in memory.doubts
        pieces += _unnamed(reading, memory, several)
    return reading.also(*pieces, *_other_bearers(reading, memory, earlier))


def _named(
    reading: Reading, rivals: Sequence[Reading], memory: Memory, text: str, earlier: int | None
) -> list[Evidence]:
    """What it says of somebody that the document names him in full, ``earlier`` or later."""
    w, places = weights(), memory.named[reading.entity]
    if earlier is not None:
        pieces = [Evidence("named in full before", w["named_before"], note=f"at {earlier}")]
    else:
        pieces = [Evidence("named in full later", w["named_later"], note=f"at {places[0]}")]
    if len(places) > 1:
        pieces.append(Evidence("named often", w["named_again"] * math.log2(len(places)), note=f"{len(places)} times"))
    if reading.level == "surname":
        paragraph = text.rfind("\n", max(0, reading.start - MAX_PARAGRAPH), reading.start) + 1
        if _only_here(reading, rivals, memory, paragraph):
            pieces.append(Evidence("named in this paragraph", w["same_paragraph"]))
    return pieces


def at_most(reading: Reading, memory: Memory) -> float:
    """The bits that `with_document` adds to a reading at most; infinite where the document names the entity in full."""
    if reading.entity in memory.named:
        return math.inf
    if reading.level != "surname":
        return 0.0
    said, times = memory.beside.get(reading.entity), len(memory.lone.get(reading.entity, ()))
    around = (said.most() if said else 0.0) + (
        memory.company.bits if memory.company and memory.company.bits > 0 else 0.0
    )
    return around + (weights()["recurs"] * math.log2(times) if times > 1 else 0.0)


def _unnamed(reading: Reading, memory: Memory, several: bool) -> list[Evidence]:
    """What speaks for somebody whom the document does not name in full: the words beside the name, and the company.

    A word that may be something else, or a part of another name, gets nothing for it.
    """
    said = memory.beside.get(reading.entity)
    pieces = said.pooled(reading.start, alone=several) if said else []
    if memory.company and (memory.company.bits < 0 or pieces or not _is_brief(reading)):
        pieces.append(memory.company)
    if (times := len(memory.lone.get(reading.entity, ()))) > 1 and not several:
        pieces.append(Evidence("recurs", weights()["recurs"] * math.log2(times), note=f"{times} times"))
    return pieces if _is_plain(reading) else [piece for piece in pieces if piece.bits < 0]


def _is_brief(reading: Reading) -> bool:
    """Whether a word is so short that it is easily no name at all, whatever persons the document has: *Roku*."""
    return any(len(piece.left) < BRIEF for piece in reading.evidence if piece.feature == "surname")


def _is_plain(reading: Reading) -> bool:
    """Whether a reading is of a surname, and nothing suggests that it is another word or a part of another name.

    That a person is meant says nothing of a given name, which too many bear.
    """
    return reading.level == "surname" and not _odd(reading.features)


@lru_cache(maxsize=4096)
def _odd(features: frozenset[str]) -> bool:
    """Whether some features suggest that a word is another or a part of another name."""
    return any(feature.startswith(("also ", "beside another", "beside the word", "before ")) for feature in features)


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


def gendered(runs: Iterable[Mention], lang: str) -> frozenset[str]:
    """How those words open beside which a verb of the document tells the gender of who acts."""
    if lang not in GENDERED:
        return frozenset()
    return frozenset(
        fold(token.text)[:OPENING]
        for run in runs
        if verb_gender(run.before, lang) or verb_gender(run.after, lang)
        for token in run.tokens
    )


def relatives(
    text: str, runs: Sequence[Mention], found: Sequence[Sequence[Reading]], index: Index, lang: str
) -> dict[int, frozenset[int]]:
    """For the runs that a word for a relative joins to somebody named in full: who bears that person's surname.

    Returns:
        Entities by the place of the run among ``runs``.

    """
    sure = least(index, DEFAULT_THRESHOLD)
    whole = [r for group in found for r in group if r.level == "full" and r.bits >= sure]
    near: dict[int, frozenset[int]] = {}
    for other in whole:
        first = bisect_left(runs, other.start - 2 * MAX_KIN, key=lambda run: run.start)
        last = bisect_left(runs, other.start + 2 * MAX_KIN, key=lambda run: run.start)
        for place in range(first, last):
            run = runs[place]
            alone = len(run.tokens) == 1 and is_given(run.tokens[0].text, lang)
            if alone and kin_word(text, run.start, run.end, (other.start, other.end), lang):
                near[place] = near.get(place, frozenset()) | _bearers_of(surname_of(other.name, index), index)
    return near


def _bearers_of(bones: Iterable[str], index: Index) -> frozenset[int]:
    """Who bears a surname with one of some skeletons."""
    tokens = {token for bone in bones for token in index.lookup(f"s{bone}")}
    return frozenset(
        index.entity_of(name)
        for token in tokens
        for name in index.postings(token)
        for number, role in zip(index.token_numbers(name), index.roles_of(name), strict=True)
        if number == token and ROLES[role % len(ROLES)] == "surname"
    )


def surname_of(name: int, index: Index) -> frozenset[str]:
    """Under which keys the surname of a name is filed."""
    return frozenset(key for token in index.name(name).role("surname") for key in skeletons(token.text))
