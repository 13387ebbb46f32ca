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

from resolve.bearers import MAX_KIN, generation, kin_word, mark, marked, marks_of
from resolve.channel import weights
from resolve.endings import nominatives, plural_of
from resolve.index import ROLES, Index
from resolve.keys import skeletons
from resolve.model import Candidate, Evidence, Link, Mention, Name, Role, Token
from resolve.names import fold, gender, is_given
from resolve.provenance import Origin, origin
from resolve.quiet import weighed
from resolve.score import NAMING, Least, Met, Reading, meet
from resolve.score.reading import HYPHENED, OPENER, order
from resolve.text import script
from resolve.witness import (
    GENDERED,
    Beside,
    Known,
    beside,
    company,
    introduced,
    is_person_word,
    joined,
    opening,
    surnames,
    verb_gender,
)

DEFAULT_THRESHOLD = 0.9
"""The probability from which a link is written."""

BRIEF = 5
"""A lone word of fewer letters has to stand beside something that shows a person."""

OFTEN = 4.0
"""A surname that recurs is rarely met more often than two to the power of this."""

OPENING = 4
"""Two words that open with the same letters, so many of them, may be one name in two cases."""

MARGIN = 1.0
"""Two who bear one surname differ by no more bits in what their other names cost."""

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
    beside: dict[int, Beside] = field(default_factory=dict)
    lone: dict[int, set[int]] = field(default_factory=dict)
    company: Evidence | None = None


def prior(index: Index, alone: bool = False) -> float:
    """The prior of one entity against "none of them", in bits: smaller in a larger gazetteer.

    A text speaks of those that its gazetteer lists; a name that stands ``alone`` is anybody's.
    """
    return -weights()["none"] - max(math.log2(max(len(index), 1)), weights()["world"] if alone else 0.0)


def least(index: Index, threshold: float) -> float:
    """The bits of a reading that make a link of at least some probability, without support from the document."""
    return math.log2(threshold / (1.0 - threshold)) - prior(index) if threshold < 1.0 else math.inf


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
    around = min(w["beside_most"], w["titled"] + w["person_word"] + w["verb"] + told) + w["company_most"] + w["joined"]
    apart = told + w["recurs"] * OFTEN - (w["verb_gender"] if gendered else 0.0)
    rivals = (1.0 - threshold) / threshold * 2.0 ** (apart + MARGIN)
    return Least(enough - around - w["recurs"] * OFTEN, enough, rivals)


# ---------------------------------------------------------------- the document as a witness


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
            bits -= sum([piece.bits for piece in reading.evidence if piece.feature in _TAKEN_BACK])
            short = enough - bits
            if short <= 0 or (short <= w["mark_same"] and marked(text, reading.start, reading.end)[0]):
                alive.add(reading.entity)
    return [group if any(reading.entity in alive for reading in group) else [] for group in found]


_TAKEN_BACK = frozenset({OPENER, HYPHENED})
"""What may be taken back of the evidence once all is known of the words around."""


def remember(
    found: Sequence[Sequence[Reading]], index: Index, text: str = "", runs: Sequence[Mention] = (), lang: str = ""
) -> Memory:
    """Gather who is named in full where, where other bearers of a surname are introduced, and what stands beside names."""
    memory = Memory(company=_company(found, index, runs, lang))
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
    persons = _surely_named(found, index)
    for group in found:
        for reading in group:
            if _hopes(reading, memory, index):
                known = _known(reading, index)
                pieces = beside(text, reading.start, reading.end, lang, known)
                pieces += joined(text, reading.start, reading.end, persons)
                if _is_plain(reading):
                    memory.lone.setdefault(reading.entity, set()).add(reading.start)
                else:
                    pieces = [piece for piece in pieces if piece.bits < 0]
                for piece in pieces:
                    memory.beside.setdefault(reading.entity, Beside()).add(reading.start, piece)
    for places in (*memory.named.values(), *memory.others.values(), *memory.doubts.values()):
        places.sort()
    return memory


def _surely_named(found: Sequence[Sequence[Reading]], index: Index) -> set[tuple[int, int]]:
    """Where a person is named whom the words alone give away, in full or by a rare surname."""
    return {
        (reading.start, reading.end)
        for group in found
        for reading in group[:1]
        if reading.level in {"full", "surname"} and reading.bits + prior(index) >= weights()["joined_sure"]
    }


def _hopes(reading: Reading, memory: Memory, index: Index) -> bool:
    """Whether the words around a reading may decide it: a part of a name that the document does not give in full."""
    partial = reading.level not in {"full", "phrase"} and reading.entity not in memory.named
    return partial and reading.bits + prior(index) > -weights()["beside_most"] and not _barred(reading)


def _known(reading: Reading, index: Index) -> Known:
    entity = index.entity(reading.entity)
    return Known(entity.gender or gender(index.name(reading.name)), entity.description)


def _company(found: Sequence[Sequence[Reading]], index: Index, runs: Sequence[Mention], lang: str) -> Evidence | None:
    """What the persons named in full say of those named by a part of the name."""
    sure = -math.log2(1 / DEFAULT_THRESHOLD - 1)
    known, unknown = set(), []
    for run, group in zip(runs, found, strict=False):
        full = {r.entity for r in group if r.level == "full" and r.bits + prior(index) >= sure}
        known |= full
        if not full:
            unknown.append(introduced(run, lang))
    return company(len(known), len(surnames(unknown)))


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

_NEIGHBOUR = frozenset(
    {
        "beside another name",
        "before a capitalised word",
        OPENER,
        HYPHENED,
    }
)
"""What speaks against a surname beside another word, unless that word is known to name somebody else."""

PLURAL = "plural"
ADJECTIVE_COUNTRIES = frozenset({"sl", "hr"})
"""Languages in which countries have the form of an adjective: *Hrvaška* is the country, *hrvaška vlada* its government."""

SLAVIC = frozenset({"be", "ru", "uk", "pl", "cs", "sk"})
"""Languages in which a plural is never a surname's nominative."""


_NO_PERSON = frozenset({"named after a person", HYPHENED, "another mark", "a mark"})


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
    if not places:
        several = reading.entity in memory.others or reading.entity in memory.doubts
        pieces += _unnamed(reading, memory, several)
    return reading.also(*pieces, *_other_bearers(reading, memory, earlier))


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
    odd = ("also ", "beside another", "beside the word", "before ")
    return reading.level == "surname" and not any(piece.feature.startswith(odd) for piece in reading.evidence)


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
    runs: Sequence[Mention] = (),
) -> list[Link]:
    """Decide over all readings of a document.

    Args:
        text: the document.
        found: the readings of every mention.
        index: the compiled gazetteer.
        threshold: the probability from which a link is resolved.
        lang: ISO 639-1 code of the document, where known.
        runs: the mentions themselves, which also tell of persons nobody knows.

    Returns:
        Links that do not overlap, in reading order, of status resolved or ambiguous.

    """
    found = _routes(text, _relieved(found, index), index)
    found = [[_plural(reading, lang) for reading in group] for group in found]
    found = [[_behind_verb(reading, lang) for reading in group] for group in found]
    found = [[_opening(text, reading, index, lang) for reading in group] for group in found]
    found = _kin(text, found, index, lang)
    found = [_generations(text, group, index) for group in found]
    if "@" in text:
        found = [[weighed(text, reading) for reading in group] for group in found]
    memory = remember(found, index, text, runs, lang)
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


def _generations(text: str, group: Sequence[Reading], index: Index) -> list[Reading]:
    """Readings with what says the elder or the younger, the first or the second; the name ends behind it."""
    result = []
    said: dict[tuple[int, int], tuple[str, int]] = {}
    for reading in group:
        span = (reading.start, reading.end)
        if reading.level == "phrase":
            result.append(reading)
            continue
        if span not in said:
            said[span] = marked(text, *span)
        mark, end = said[span]
        suffixed = any(token.role == "suffix" for token in index.name(reading.name).tokens)
        names = [index.name(number).text for number in index.names_of(reading.entity)] if mark or suffixed else ()
        pieces = generation(mark, marks_of(names))
        if any(piece.bits > 0 for piece in pieces):
            # Буш-младший is no compound
            kept = tuple(piece for piece in reading.evidence if piece.feature != HYPHENED)
            reading = replace(reading, end=end, evidence=kept)  # noqa: PLW2901
        result.append(reading.also(*pieces))
    return result


def _behind_verb(reading: Reading, lang: str) -> Reading:
    """A reading of a surname behind the verb that opens the sentence, which is nobody's name: *Говорила Тихановская*."""
    kept = tuple(
        piece for piece in reading.evidence
        if piece.feature != OPENER or not is_person_word(piece.left, lang)
    )  # fmt: skip
    return reading if len(kept) == len(reading.evidence) else replace(reading, evidence=kept)


def _opening(text: str, reading: Reading, index: Index, lang: str) -> Reading:
    """A reading of a lone word as a place, with what the beginning of a sentence says against it."""
    if reading.level != "phrase" or len(reading.seen.tokens) != 1:
        return reading
    word = reading.seen.tokens[0].text
    if word.isupper():
        return reading
    known = {fold(token.text) for token in index.name(reading.name).tokens}
    as_known = fold(word) in known
    declined = any(fold(stem) in known for stem, _sex in nominatives(word, lang))
    changed = not as_known and not declined and script(word) == script(index.name(reading.name).text)
    if as_known and lang not in ADJECTIVE_COUNTRIES:
        return reading
    return reading.also(*opening(text, reading.start, reading.end, lang, changed))


def _kin(text: str, found: Sequence[Sequence[Reading]], index: Index, lang: str) -> list[list[Reading]]:
    """Lone given names with what a word for a relative beside them says: they bear the relative's surname."""
    sure = -math.log2(1 / DEFAULT_THRESHOLD - 1)
    whole = [r for group in found for r in group if r.level == "full" and r.bits + prior(index) >= sure]
    return [[_with_kin(text, reading, whole, index, lang) for reading in group] for group in found]


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
                near[place] = near.get(place, frozenset()) | _bearers_of(_surname(other.name, index), index)
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


def _with_kin(text: str, reading: Reading, whole: Sequence[Reading], index: Index, lang: str) -> Reading:
    if reading.level != "given" or _barred(reading):
        return reading
    surname = _surname(reading.name, index)
    for other in whole:
        if other.entity == reading.entity or abs(other.start - reading.start) > 2 * MAX_KIN:
            continue
        word = kin_word(text, reading.start, reading.end, (other.start, other.end), lang)
        if word and surname & _surname(other.name, index):
            name = index.name(other.name).text
            return reading.also(Evidence("beside a relative", weights()["kin_named"], left=word, right=name))
    return reading


def _surname(name: int, index: Index) -> frozenset[str]:
    """Under which keys the surname of a name is filed."""
    return frozenset(key for token in index.name(name).role("surname") for key in skeletons(token.text))


def _plural(reading: Reading, lang: str) -> Reading:
    """Say of a lone surname that it stands in the plural, where it can be nothing else: a family is meant, not one of it."""
    for piece in reading.evidence if reading.level == "surname" else ():
        if piece.feature == "surname" and (singular := plural_of(piece.left, lang)):
            stem = piece.note.removeprefix("inflected: ")
            inflected = stem != piece.note
            # Тихановские ~ Tikhanovsky: the comparison knows the endings of adjectives for one
            alike = not inflected and lang in SLAVIC and fold(piece.left) != fold(piece.right)
            if (inflected and stem in singular) or alike:
                return reading.also(Evidence(PLURAL, weights()["plural"], left=piece.left))
    return reading


def _relieved(found: Sequence[Sequence[Reading]], index: Index) -> Sequence[Sequence[Reading]]:
    """Take back what a neighbouring word says against a lone surname where that word names another person.

    *Według Johnsona Hammond uważa*, *rozmowa Morawiecki-Juncker*: of both the document says elsewhere who they are.
    """
    sure = -math.log2(1 / DEFAULT_THRESHOLD - 1)
    named = {r.entity for group in found for r in group if r.level == "full" and r.bits + prior(index) >= sure}
    if len(named) < 2:
        return found
    return [[_beside_known(reading, group, named) for reading in group] for group in found]


def _beside_known(reading: Reading, group: Sequence[Reading], named: set[int]) -> Reading:
    """A reading without what its neighbours say against it, if they are surnames of others named in full."""
    if reading.level != "surname" or reading.entity not in named:
        return reading
    others = {
        piece.left
        for other in group
        if other.level == "surname" and other.entity in named and other.entity != reading.entity
        if other.end <= reading.start or reading.end <= other.start
        for piece in other.evidence
        if piece.feature == "surname" and piece.bits > 0
    }
    kept = tuple(
        piece for piece in reading.evidence
        if piece.feature not in _NEIGHBOUR or not others.intersection(piece.left.replace("-", " ").split())
    )  # fmt: skip
    return reading if len(kept) == len(reading.evidence) else replace(reading, evidence=kept)


def _routes(text: str, found: Sequence[Sequence[Reading]], index: Index) -> Sequence[Sequence[Reading]]:
    """Take back that a place is part of a compound where all that hyphens bind to it are places: *Москва-Минск-Брест*."""
    bound = [
        reading
        for group in found
        for reading in group
        if reading.level == "phrase" and _shows_compound(reading) and index.entity(reading.entity).type == "place"
    ]
    if len(bound) < 2:
        return found
    free = {(reading.start, reading.end) for reading in bound}
    while True:
        starts, ends = {start for start, _ in free}, {end for _, end in free}
        kept = {
            (start, end)
            for start, end in free
            if (text[start - 1 : start] != "-" or start - 1 in ends)
            and (text[end : end + 1] != "-" or end + 1 in starts)
        }
        if kept == free:
            break
        free = kept
    return [
        [_unbound(reading) if (reading.start, reading.end) in free else reading for reading in group] for group in found
    ]


def _shows_compound(reading: Reading) -> bool:
    return any(piece.feature == HYPHENED for piece in reading.evidence)


def _unbound(reading: Reading) -> Reading:
    return replace(reading, evidence=tuple(p for p in reading.evidence if p.feature != HYPHENED))


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
        bits = bounded(bits, any(piece.feature == "spelt the same" for piece in ranked[0].evidence))
    known = 1.0 / (1.0 + 2.0 ** max(min(-bits, 200.0), -200.0))
    return [(reading, known * share / sum(shares)) for reading, share in zip(ranked, shares, strict=True)]


def bounded(bits: float, identical: bool) -> float:
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
    explain: bool = True,
) -> Link:
    """The link of one span; with the system that explains its spelling where that is asked for."""
    ranked = posterior(group, index, alone)
    listed = tuple(_candidate(reading, p, index) for reading, p in ranked[:MAX_LISTED] if p >= MIN_LISTED)
    known = sum(p for _, p in ranked)
    (best, probability) = ranked[0]
    start, end = span
    if any(piece.feature == PLURAL for piece in best.evidence):
        return Link(start, end, text[start:end], "ambiguous", None, None, None, probability, best.bits, None, listed)
    if probability >= threshold:
        entity = index.entity(best.entity)
        source = origin_of(best, index, lang) if explain else Origin()
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
    text: str,
    found: Sequence[Reading],
    index: Index,
    threshold: float,
    limit: int,
    lang: str = "",
    explain: bool = True,
) -> Link:
    """The link of a name that stands alone, over its whole text."""
    if not found:
        return Link(0, len(text), text, "unknown")
    found = bearers_alone(found, index)
    link = _decide(text, (0, len(text)), found, index, threshold, lang, alone=True, explain=explain)
    return replace(link, candidates=link.candidates[:limit])


def bearers_alone(found: Iterable[Reading], index: Index) -> list[Reading]:
    """Readings of a name that stands alone, with what marks such as *Jr.* and *III* say that one of the two names lacks."""
    result = []
    for reading in found:
        said = _marks_in(reading.seen)
        held = frozenset().union(*(_marks_in(index.name(number)) for number in index.names_of(reading.entity)))
        apart = said.isdisjoint(held) and (said | held) - {"senior", "1"}
        marks = " ".join(sorted(said)), " ".join(sorted(held))
        piece = Evidence("another mark", weights()["mark_alone"], *marks, parts=(("mark_alone", 1.0),))
        result.append(reading.also(piece) if apart else reading)
    return result


def _marks_in(name: Name) -> frozenset[str]:
    """The marks behind the surname of a name; those of popes and kings are a part of their names."""
    if name.tokens and name.tokens[-1].role == "suffix" and any(token.role == "given" for token in name.tokens[:-2]):
        return frozenset({mark(name.tokens[-1].text)} - {""})
    return frozenset()


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
        named = bool(core) and bool(introduced(mention, lang))
        if not named and not (len(core) == 1 and surnames & _spellings(core[0].text, lang)):
            continue
        start, end = tokens[0].start, tokens[-1].end
        if taken.take(start, end):
            surnames |= _spellings(core[-1].text, lang) if named else set()
            found.append(Link(start, end, text[start:end], "unknown"))
    return found


def _spellings(word: str, lang: str) -> set[str]:
    """A surname and its nominatives, folded."""
    return {fold(spelling) for spelling in (word, *(stem for stem, _sex in nominatives(word, lang)))}
