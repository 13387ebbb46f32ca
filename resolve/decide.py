"""Given the whole document: which entity, which are ambiguous, which are nobody we know?

What the document says elsewhere (who was named in full, which other bearers of a surname were
introduced) is evidence like any other. The probability of an entity is a softmax over all readings
of a span and the possibility "none of them", whose prior grows with the gazetteer.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from resolve.bearers import MAX_KIN, generation, kin_word, mark, marked, marks_of
from resolve.chances import DEFAULT_THRESHOLD, least, posterior, prior
from resolve.channel import weights
from resolve.crowd import complete, crowded, halved
from resolve.endings import nominatives, plural_of
from resolve.index import ROLES, Index
from resolve.letters import fold
from resolve.memory import at_most, is_barred, remember, surname_of, with_document
from resolve.model import Candidate, Evidence, Link, Mention, Name
from resolve.names import gender, is_womans
from resolve.provenance import Origin, origin
from resolve.quiet import weighed
from resolve.score import Reading
from resolve.score.beside import HYPHENED, OPENER
from resolve.text import script
from resolve.witness import (
    introduced,
    is_person_word,
    opening,
)

MIN_LISTED = 0.0001
"""Candidates less probable than this are not listed."""

MAX_LISTED = 5
"""At most so many candidates are listed with a link."""

SUFFIX = bytes([ROLES.index("suffix")])
"""The role of a name's last token that is a mark such as *Jr.*, as it is filed."""

MAX_ORIGINS = 65536
"""Of so many spellings it is remembered where they come from."""

ROUNDING = 1.0
"""What cannot reach the threshold is told by so many bits at least."""

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

DECLINES_MEN = SLAVIC | {"hr", "sr", "sl"}
"""Languages that decline a man's surname that ends in a consonant, and leave a woman's as it is."""

INFLECTED = "inflected: "
"""How the note of a comparison begins that took a case ending off."""


def links(
    text: str,
    found: Sequence[Sequence[Reading]],
    index: Index,
    threshold: float = DEFAULT_THRESHOLD,
    lang: str = "",
    runs: Sequence[Mention] = (),
    all: bool = True,
) -> list[Link]:
    """Decide over all readings of a document.

    Args:
        text: the document.
        found: the readings of every mention.
        index: the compiled gazetteer.
        threshold: the probability from which a link is resolved.
        lang: ISO 639-1 code of the document, where known.
        runs: the mentions themselves, which also tell of persons nobody knows.
        all: also what is ambiguous, which else is not worked out.

    Returns:
        Links that do not overlap, in reading order, of status resolved or ambiguous.

    """
    judged = [
        [
            _opening(text, _behind_verb(_declined(_plural(reading, lang), index, lang), lang), index, lang)
            for reading in group
        ]
        if group
        else []
        for group in _routes(text, _relieved(found, index), index)
    ]
    judged = [_generations(text, group, index) if group else group for group in _kin(text, judged, index, lang)]
    judged = [[_dated(text, reading) for reading in group] for group in judged]
    if "@" in text:
        judged = [[weighed(text, reading) for reading in group] for group in judged]
    memory = remember(judged, index, text, runs, lang)
    enough = -math.inf if all or threshold >= 1.0 else least(index, threshold) - ROUNDING
    spans: dict[tuple[int, int], list[list[Reading]]] = {}
    for group in judged:
        for span, rivals in _by_span(group).items():
            spans.setdefault(span, []).append(rivals)
    made = []
    for span, groups in spans.items():
        if not any(reading.bits + at_most(reading, memory) >= enough for rivals in groups for reading in rivals):
            continue
        told = [with_document(reading, rivals, memory, text) for rivals in groups for reading in rivals]
        link = _decide(text, span, told, index, threshold, lang)
        if link.status == "resolved" or (all and link.status != "unknown"):
            made.append((link, any(reading.level in {"full", "phrase"} for reading in told)))
    return _disjoint(made)


def _by_span(group: Sequence[Reading]) -> dict[tuple[int, int], list[Reading]]:
    """Readings by where they begin and end."""
    found: dict[tuple[int, int], list[Reading]] = {}
    for reading in group:
        found.setdefault((reading.start, reading.end), []).append(reading)
    return found


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
        if not mark and "suffix" not in [token.role for token in index.name(reading.name).tokens]:
            result.append(reading)
            continue
        pieces = generation(mark, marks_of([index.name(number).text for number in index.names_of(reading.entity)]))
        if any(piece.bits > 0 for piece in pieces):
            # Буш-младший is no compound
            reading = replace(reading, end=end).without({HYPHENED})  # noqa: PLW2901
        result.append(reading.also(*pieces))
    return result


def _behind_verb(reading: Reading, lang: str) -> Reading:
    """A reading of a surname behind the verb that opens the sentence, which is nobody's name: *Говорила Тихановская*."""
    if OPENER not in reading.features:
        return reading
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


def _kin(text: str, found: Sequence[list[Reading]], index: Index, lang: str) -> Sequence[list[Reading]]:
    """Lone given names with what a word for a relative beside them says: they bear the relative's surname."""
    given = {place for place, group in enumerate(found) if "given" in [r.level for r in group]}
    whole = _sure(found, index) if given else []
    if not whole:
        return found
    near = _Near(whole)
    return [
        [_with_kin(text, reading, near, index, lang) if reading.level == "given" else reading for reading in group]
        if place in given
        else group
        for place, group in enumerate(found)
    ]


def _sure(found: Iterable[Sequence[Reading]], index: Index) -> list[Reading]:
    """The readings of those whom a text surely names in full."""
    sure, known = -math.log2(1 / DEFAULT_THRESHOLD - 1), prior(index)
    return [r for group in found for r in group if r.level == "full" and r.bits + known >= sure]


class _Near:
    """Readings by their place, so that not all of a document are looked through for those beside one."""

    def __init__(self, found: Sequence[Reading]) -> None:
        self._found = found
        self._order = sorted(range(len(found)), key=lambda number: found[number].start)
        self._starts = [found[number].start for number in self._order]
        self._last: tuple[int, list[Reading]] = (-1, [])

    def around(self, place: int) -> list[Reading]:
        """Those that begin near enough to a place for a word between to join both, in the order given."""
        reach = 2 * MAX_KIN
        if self._last[0] != place:
            first, last = bisect_left(self._starts, place - reach), bisect_right(self._starts, place + reach)
            self._last = place, [self._found[number] for number in sorted(self._order[first:last])]
        return self._last[1]


def _with_kin(text: str, reading: Reading, near: _Near, index: Index, lang: str) -> Reading:
    if is_barred(reading):
        return reading
    for other in near.around(reading.start):
        if other.entity == reading.entity:
            continue
        word = kin_word(text, reading.start, reading.end, (other.start, other.end), lang)
        if word and surname_of(reading.name, index) & surname_of(other.name, index):
            name = index.name(other.name).text
            return reading.also(Evidence("beside a relative", weights()["kin_named"], left=word, right=name))
    return reading


def _plural(reading: Reading, lang: str) -> Reading:
    """Say of a lone surname that it stands in the plural, where it can be nothing else: a family is meant, not one of it."""
    for piece in reading.evidence if reading.level == "surname" and "surname" in reading.features else ():
        if piece.feature == "surname" and (singular := plural_of(piece.left, lang)):
            stem = piece.note.removeprefix(INFLECTED)
            inflected = stem != piece.note
            # Тихановские ~ Tikhanovsky: the comparison knows the endings of adjectives for one
            alike = not inflected and lang in SLAVIC and fold(piece.left) != fold(piece.right)
            if (inflected and stem in singular) or alike:
                return reading.also(Evidence(PLURAL, weights()["plural"], left=piece.left))
    return reading


def _declined(reading: Reading, index: Index, lang: str) -> Reading:
    """Say of a lone surname that it stands in a case in which no woman's does, where a woman is meant: *Трампа* is no Melania."""
    if reading.level != "surname" or (lang and lang not in DECLINES_MEN):
        return reading
    for piece in reading.evidence:
        # where the language is not told, Cyrillic letters say that a case ending is a Slavic one
        declines = lang or script(piece.left) == "Cyrillic"
        if piece.feature == "surname" and piece.note.startswith(INFLECTED) and declines:
            stem = piece.note.removeprefix(INFLECTED)
            sexes = {sex for one, sex in nominatives(piece.left, lang) if one == stem}
            if sexes == {"m"} and _gender(reading, index) == "f":
                return reading.also(Evidence("declined like a man's name", weights()["declined_man"], left=piece.left))
    return reading


MONTHS = frozenset(
    {"may", "march", "april", "august", "june", "mai", "mars", "juni", "juli", "maj", "mayo", "marzo", "julio"}
)
"""Months that are surnames as well."""

_DAY = re.compile(
    r"(?:\b\d{1,2}(?:st|nd|rd|th|\.)?|\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ll]ast|[Nn]ext|[Ee]arly|[Ll]ate|[Ii]m|[Ee]n)) $"
)
_YEAR = re.compile(r" \d{1,4}\b")


def _dated(text: str, reading: Reading) -> Reading:
    """Say of a lone surname that is a month as well that it stands in a date: *In May*, *3 May*."""
    if reading.level != "surname" or text[reading.start : reading.end].lower() not in MONTHS:
        return reading
    if not (_DAY.search(text, max(0, reading.start - 8), reading.start) or _YEAR.match(text, reading.end)):
        return reading
    return reading.also(Evidence("in a date", weights()["dated"], left=text[reading.start : reading.end]))


def _gender(reading: Reading, index: Index) -> str:
    name = index.name(reading.name)
    return index.entity(reading.entity).gender or gender(name) or ("f" if is_womans(name) else "")


def _relieved(found: Sequence[Sequence[Reading]], index: Index) -> Sequence[Sequence[Reading]]:
    """Take back what a neighbouring word says against a lone surname where that word names another person.

    *Według Johnsona Hammond uważa*, *rozmowa Morawiecki-Juncker*: of both the document says elsewhere who they are.
    """
    named = {reading.entity for reading in _sure(found, index)}
    if len(named) < 2:
        return found
    return [[_beside_known(reading, group, named) for reading in group] if group else group for group in found]


def _beside_known(reading: Reading, group: Sequence[Reading], named: set[int]) -> Reading:
    """A reading without what its neighbours say against it, if they are surnames of others named in full."""
    if reading.level != "surname" or reading.entity not in named or reading.features.isdisjoint(_NEIGHBOUR):
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
        if reading.level == "phrase" and HYPHENED in reading.features and index.entity(reading.entity).type == "place"
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
        [reading.without({HYPHENED}) if (reading.start, reading.end) in free else reading for reading in group]
        for group in found
    ]


def _decide(
    text: str,
    span: tuple[int, int],
    group: Sequence[Reading],
    index: Index,
    threshold: float,
    lang: str = "",
    alone: bool = False,
    explain: bool = True,
    limit: int = MAX_LISTED,
) -> Link:
    """The link of one span with at most so many candidates; with the system that explains its spelling where that is asked for."""
    ranked = posterior(group, index, alone)
    listed = tuple(_candidate(reading, p, index) for reading, p in ranked[: min(limit, MAX_LISTED)] if p >= MIN_LISTED)
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
    return _decide(
        text, (0, len(text)), found, index, threshold, lang, alone=True, explain=explain, limit=max(limit, 0)
    )


def bearers_alone(found: Iterable[Reading], index: Index) -> list[Reading]:
    """Readings of a name that stands alone, with what it leaves open beside others of the world.

    To these come marks such as *Jr.* and *III* that one of the two names lacks. Readings that are improbable without are left alone.
    """
    result = []
    enough = -prior(index, alone=True)
    for reading in found:
        pieces = another_mark(reading.seen, map(index.name, _with_suffix(reading.entity, index)))
        if reading.bits > enough:
            names = reading.seen, index.name(reading.name)
            pieces += crowded(reading.evidence) + halved(*names, reading.evidence)
            pieces += complete(*names, reading.evidence) if reading.level != "phrase" else []
        result.append(reading.also(*pieces))
    return result


def _with_suffix(entity: int, index: Index) -> list[int]:
    """The names of an entity that end with a suffix: few do, and the others need not be read."""
    return [number for number in index.names_of(entity) if bytes(index.roles_of(number)[-1:]) == SUFFIX]


def another_mark(seen: Name, known: Iterable[Name]) -> list[Evidence]:
    """What it says that a name that stands alone has a mark such as *Jr.* that no name of a person has, or lacks theirs."""
    said, held = _marks_in(seen), frozenset().union(*map(_marks_in, known))
    if not said.isdisjoint(held) or not (said | held) - {"senior", "1"}:
        return []
    marks = " ".join(sorted(said)), " ".join(sorted(held))
    return [Evidence("another mark", weights()["mark_alone"], *marks, parts=(("mark_alone", 1.0),))]


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
    memo, seen = index.origins, reading.seen
    key = reading.entity, lang, seen.text, *[(token.text, token.role) for token in seen.tokens]
    if key not in memo:
        if len(memo) >= MAX_ORIGINS:
            memo.clear()
        known = [(index.name(number), index.lang_of(number)) for number in index.names_of(reading.entity)]
        memo[key] = origin(seen, known, lang)
    found: Origin = memo[key]
    return found


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
