"""What does a run of words read as, and what do the words around it say?

A run is read as every name of the gazetteer that a part of it could spell. The words next to that
part are evidence too: another given name before a surname is another person, a street sign no person.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import pairwise
from typing import Literal, NamedTuple

from resolve.channel import telling, weights, worth
from resolve.endings import is_act, nominatives
from resolve.given import may_be_given
from resolve.index import ROLES, Index
from resolve.letters import is_other, letters
from resolve.lookup import candidates, meeting
from resolve.model import Entity, Evidence, Mention, Name, Token
from resolve.names import (
    CORE,
    NAMING,
    alternatives,
    bears_name,
    fold,
    is_given,
    is_given_as_written,
    is_institution,
    is_patronymic,
    is_place,
    is_title_or_common,
    is_word_in,
    parse,
)
from resolve.score.pair import Judge, Worth, compare, cut, fit, kin, spendings
from resolve.score.shortlist import HOPELESS, paired, stages
from resolve.score.sift import SILENT, Least, gather, sift
from resolve.text import is_common, particles, script

FAMILY_FIRST = frozenset({"hu", "ja", "ko", "zh", "vi"})
"""Languages in which the family name stands first."""

CYRILLIC_TEXTS = frozenset({"ru", "uk", "be", "bg", "mk", "kk", "ky", "tt", "tg", "mn"})
"""Languages that are written in Cyrillic letters alone and respell foreign persons."""

ACRONYM = 5
"""A word of at most so many capitals may be an acronym."""

QUOTES = frozenset("\"'“”„‟«»‹›‘’‚")

MARGIN = 12.0
"""A name that is likely to be worth so many bits less than the best is not compared."""

ENOUGH, TRIED = 5, 20
"""After so many names that share something, or so many at all, of which none is likely, no other is compared that is not."""

STEM = 4
"""Two words that open with the same letters, so many of them, may be one name in two cases."""

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
    bits: float = field(init=False, compare=False, repr=False)
    """The sum of the evidence, in bits."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "bits", sum([piece.bits for piece in self.evidence]))

    def also(self, *pieces: Evidence) -> Reading:
        """The reading with more evidence."""
        if not pieces:
            return self
        evidence = (*self.evidence, *pieces)
        return Reading(self.start, self.end, self.entity, self.name, self.level, self.seen, evidence)


def readings(mention: Mention, index: Index, lang: str = "", names: Iterable[int] = ()) -> list[Reading]:
    """Every name of the gazetteer that a part of a mention could spell, with the evidence.

    Args:
        mention: a run of words.
        index: the compiled gazetteer.
        lang: ISO 639-1 code of the text, where known.
        names: names to read it as beside those that its words meet.

    """
    return look(mention, index, lang, names).readings


class Look(NamedTuple):
    """What a mention reads as, and the names that it could be if the document supports them; None: any that its words meet.

    Names that are ``idle`` make no link, but show another bearer of the surname of somebody whom the document may mean;
    neither does any of a ``crowd`` who bear one surname, unless the document names one of them.
    """

    readings: list[Reading]
    waiting: list[int] | None
    idle: Sequence[int] = ()
    crowd: Sequence[int] = ()


def look(mention: Mention, index: Index, lang: str = "", names: Iterable[int] = (), least: Least | None = None) -> Look:
    """Read a mention as `readings` does, but leave out what cannot reach ``least`` without support."""
    run = (*mention.tokens, *mention.borrowed)
    elsewhere = partial(_is_elsewhere, mention, index=index, lang=lang)
    against = partial(_against, mention, lang=lang)
    asked = _Asked(mention, index, lang)
    if least is not None and (gathered := gather(run, index, lang, least)) is not None:
        sifted = sift(mention, gathered, index, lang, elsewhere, least, against)
        if not sifted.read:
            return Look([], None, sifted.idle, sifted.crowd)
        found = _all_read(asked, sifted.read)
        given = [t.text for t in run if is_given(t.text, lang)]
        named = any(piece.left in given for r in found if r.level == "surname" for piece in r.evidence if piece.right)
        if not named and not _has_rivals(found, least):
            return Look(found, None, sifted.idle, sifted.crowd)
    numbers = list(dict.fromkeys((*candidates(run, index, lang), *names)))
    if not numbers:
        return Look([], [])
    sifted = sift(mention, numbers, index, lang, elsewhere, least, against)
    found = _all_read(asked, sifted.read)
    if least is not None and _has_rivals(found, least) and (rivals := [*sifted.idle, *sifted.crowd, *sifted.wait]):
        return Look(_all_read(asked, [*sifted.read, *rivals]), [])
    return Look(found, sifted.wait, sifted.idle, sifted.crowd)


def _has_rivals(found: Iterable[Reading], least: Least) -> bool:
    """Whether somebody may be meant by a surname alone, so that all who bear it have to be read."""
    return any(reading.level == "surname" and reading.bits >= least.surname for reading in found)


def _against(mention: Mention, place: int, *, lang: str) -> float:
    """What speaks at least against the word at ``place`` being a surname by itself: its neighbours and itself, in bits."""
    run = mention.tokens
    around = [run[i] for i in (place - 1, place + 1) if 0 <= i < len(run)]
    if any(is_patronymic(token.text, lang) for token in around):
        return 0.0
    word = run[place]
    part = Part(mention, place, place + 1, "surname", True)
    pieces = _something_else(part, word, lang)
    if all(t.role in {"unknown", "title", "common"} and t.text.casefold() not in particles() for t in around):
        pieces += [*_before(run[place - 1] if place else None, mention, lang, place == 1), *_after(part, lang)]
    return sum(piece.bits for piece in pieces if piece.feature != OPENER)


@dataclass(frozen=True, slots=True)
class Met:
    """Who was met in a document: those ``named`` in full, and all who may be meant; by the tokens of their names.

    Those who are ``alive`` may be meant if words beside a surname speak for them.
    """

    named: frozenset[int]
    possible: frozenset[int]
    alive: frozenset[int]
    by_token: Mapping[int, frozenset[int]]
    tokens: frozenset[int]


def meet(named: Iterable[int], possible: Iterable[int], alive: Iterable[int], index: Index) -> Met:
    """Gather the tokens of those named in full, and the surnames of those who may be meant."""
    known, others = frozenset(named), frozenset(possible)
    found: dict[int, set[int]] = {}
    for entity in known | others:
        for name in index.names_of(entity):
            for token, role in zip(index.token_numbers(name), index.roles_of(name), strict=True):
                if entity in known or ROLES[role % len(ROLES)] == "surname":
                    found.setdefault(token, set()).add(entity)
    by_token = {token: frozenset(entities) for token, entities in found.items()}
    return Met(known, known | others, known | others | frozenset(alive), by_token, frozenset(by_token))


def supporters(mention: Mention, look: Look, met: Met, index: Index, lang: str) -> frozenset[int]:
    """Those whom a document has elsewhere and whose names a mention could be, or contradict, beyond what was read."""
    if look.waiting is not None:
        return met.possible.intersection(map(index.entity_of, look.waiting))
    if not met.by_token:
        return frozenset()
    words = (meeting(t.text, index, lang) for t in (*mention.tokens, *mention.borrowed) if t.role not in SILENT)
    shared = (word & met.tokens for word in words if not word.isdisjoint(met.tokens))
    return frozenset().union(*(met.by_token[token] for tokens in shared for token in tokens))


def shown_by(look: Look, met: Met, index: Index) -> tuple[int, ...]:
    """The idle names of a mention, if the document may mean one of their bearers elsewhere: they are each other's rivals."""
    names = (*look.idle, *look.crowd)
    if met.alive.isdisjoint(map(index.entity_of, names)):
        return ()
    return tuple(dict.fromkeys(names))


def second_look(
    mention: Mention, first: Look, entities: Iterable[int], index: Index, lang: str
) -> list[Reading] | None:
    """What a mention reads as once the document supports some entities; None where every name has to be read.

    Where the words beside it show that it is none of them, it only says that others bear the name.
    """
    names = sorted(name for entity in entities for name in index.names_of(entity))
    elsewhere = partial(_is_elsewhere, mention, index=index, lang=lang)
    more = read_as(mention, sift(mention, names, index, lang, elsewhere).read, index, lang)
    if any(_is_open(reading, crowded=bool(first.crowd)) for reading in more):
        return None
    known = {(r.start, r.end, r.entity) for r in first.readings}
    return sorted([*first.readings, *(r for r in more if (r.start, r.end, r.entity) not in known)], key=order)


HYPHENED = "part of a compound"

OPENER = "beside the word that opens the sentence"
"""What is taken back where that word is known to be no name."""

BARRING = -15.0
"""What words beside a given name say of another name at least, in bits: more than any given name is worth."""


def _is_open(reading: Reading, crowded: bool) -> bool:
    """Whether all who bear a name have to be weighed before it can be said who is meant: it is a given name, a weak one, or a
    surname that many bear.
    """
    if any(piece.bits <= BARRING and not piece.right for piece in reading.evidence):
        return False
    return (
        reading.level == "given"
        or (crowded and reading.level == "surname")
        or any(piece.feature == "weak name" for piece in reading.evidence)
    )


def _is_elsewhere(mention: Mention, number: int, *, index: Index, lang: str) -> bool:
    """Whether the words beside what meets a given name show that it is somebody else's."""
    if mention.borrowed or index.kind_of(number) == "weak":
        return False
    entity = index.entity(index.entity_of(number))
    return all(
        any(piece.bits <= BARRING for piece in _context(Part(mention, *span, "given", True), entity, lang))
        for span in _spans(mention.tokens, index.name(number), lang)
    )


def read_as(mention: Mention, numbers: Iterable[int], index: Index, lang: str) -> list[Reading]:
    """A mention read as some names of the gazetteer."""
    return _all_read(_Asked(mention, index, lang), numbers)


def _all_read(asked: _Asked, numbers: Iterable[int]) -> list[Reading]:
    """The best reading of every part of a mention as one of each entity."""
    index = asked.index
    best: dict[tuple[int, int, int], Reading] = {}
    for number in numbers:
        for reading in asked.readings(number):
            key = (reading.start, reading.end, reading.entity)
            if key not in best or order(reading) < order(best[key]):
                best[key] = reading
    return sorted(_without_excluded(best.values(), index), key=order)


def whole(text: str, index: Index, lang: str = "", margin: float = MARGIN) -> list[Reading]:
    """Every name of a person in the gazetteer that a name standing alone could spell, with the evidence.

    Nothing is cut off: what the two names do not share counts, on both sides.

    Args:
        text: a name, or several with a slash or parentheses between them.
        index: the compiled gazetteer.
        lang: ISO 639-1 code of its language, where known.
        margin: names estimated so many bits below the best are not compared; infinite for all of the shortlist.

    """
    best: dict[int, Reading] = {}
    worth_of = worth_in(index)
    for one in alternatives(text):
        seen = parse(one, lang)
        # what is written in further scripts was not looked up word by word
        judge = paired(index, apart=not any(is_other(token.text) for token in seen.tokens))
        most = top = -math.inf
        compared: set[int] = set()
        for listed, beyond in stages(seen, index, lang, worth_of):
            for place, (number, estimate) in enumerate(listed):
                enough = len(compared) >= ENOUGH or place >= TRIED
                if estimate < top - margin or (enough and max(most, estimate) < HOPELESS and margin < math.inf):
                    break
                if number in compared or not (
                    reading := _compared(seen, number, len(text), index, lang, worth_of, judge)
                ):
                    continue
                compared.add(number)
                # what only the whole pair tells, such as one spelling, the names to come may have as well
                most, top = max(most, reading.bits), max(top, min(reading.bits, estimate))
                entity = reading.entity
                if entity not in best or order(reading) < order(best[entity]):
                    best[entity] = reading
            if beyond < top - margin:
                break
    return sorted(_without_excluded(best.values(), index), key=order)


def _compared(
    seen: Name, number: int, size: int, index: Index, lang: str, worth_of: Worth, judge: Judge
) -> Reading | None:
    """A name of so many code points that stands alone, read as one name of a person in the gazetteer."""
    known = index.name(number)
    if known.tokens[0].role == "word":
        return None
    evidence = compare(seen, known, lang, worth_of, judge)
    level = _level(known, evidence)
    if level is None:
        return None
    if index.kind_of(number) == "weak":
        evidence.append(Evidence("weak name", weights()["weak_name"], right=known.text))
    return Reading(0, size, index.entity_of(number), number, level, seen, tuple(evidence))


def order(reading: Reading) -> tuple[float, int]:
    """Sort key: most bits first."""
    return (-reading.bits, reading.name)


class _Asked:
    """A mention that is read as many names, with what is the same for all of them: *Ivanov* is cut out once for all who bear it."""

    def __init__(self, mention: Mention, index: Index, lang: str) -> None:
        self.mention, self.index, self.lang = mention, index, lang
        self.run = (*mention.tokens, *mention.borrowed)
        self.worth_of, self.judge = worth_in(index), paired(index)
        self.persons = math.log2(max(len(index), 1))
        self._names: dict[tuple[int, int, frozenset[str]], tuple[Name, ...]] = {}
        self._beside: dict[tuple[int, int, Level, bool, str], list[Evidence]] = {}
        self._read: dict[int, list[Reading]] = {}

    def readings(self, number: int) -> list[Reading]:
        """The readings as one name; who is met again among more names is not read again."""
        if number not in self._read:
            self._read[number] = list(_read(self, number))
        return self._read[number]

    def names(self, first: int, last: int, known: Name) -> tuple[Name, ...]:
        """The words ``first:last`` as names, as `_lone` has them, beside a known one."""
        key = first, last, frozenset([fold(token.text) for token in known.tokens if token.role == "particle"])
        if key not in self._names:
            self._names[key] = tuple(_lone(cut(self.run, first, last, self.lang, known)))
        return self._names[key]

    def context(self, part: Part, entity: Entity) -> list[Evidence]:
        """What `_context` says of a part; of an entity only the gender counts."""
        key = part.first, part.last, part.level, part.partial, entity.gender
        if key not in self._beside:
            self._beside[key] = _context(part, entity, self.lang)
        return self._beside[key]


def _read(asked: _Asked, number: int) -> Iterator[Reading]:
    """Read a mention as one name of the gazetteer, wherever a part of it can be that name."""
    mention, known = asked.mention, asked.index.name(number)
    if known.tokens and known.tokens[0].role == "word":
        return
    for first, last in _spans(asked.run, known, asked.lang):
        if mention.borrowed and (first != 0 or last <= len(mention.tokens)):
            continue
        reading = _read_span(asked, first, last, number)
        if reading is not None:
            yield reading


def _spans(run: Sequence[Token], known: Name, lang: str) -> Iterator[tuple[int, int]]:
    """The parts of a run that could be a name: one, or two where the run goes on with a word that it had before.

    A caption and the line below it are one run: *Angela Merkel ⏎ Angela Merkel*.
    """
    span = fit(run, known, lang)
    if span is None:
        return
    yield span
    first, last = span
    inside = {fold(token.text)[:STEM] for token in run[first:last]}
    for start, end in ((0, first), (last, len(run))):
        if any(fold(token.text)[:STEM] in inside for token in run[start:end]) and (
            other := fit(run[start:end], known, lang)
        ):
            yield start + other[0], start + other[1]


def _read_span(asked: _Asked, first: int, last: int, number: int) -> Reading | None:
    """Read a part of a run as one name of the gazetteer; None where the evidence covers nothing of it."""
    mention, run, index, lang = asked.mention, asked.run, asked.index, asked.lang
    known = index.name(number)
    entity = index.entity_of(number)
    seen, evidence = max(
        [(name, compare(name, known, lang, asked.worth_of, asked.judge)) for name in asked.names(first, last, known)],
        key=_total,
    )
    level = _level(known, evidence)
    if level is None:
        return None
    if level == "given":
        # that it is not the first of several says nothing of a lone given name: Lula
        evidence = [piece for piece in evidence if piece.feature != "first name left out"]
    if level == "surname" or (level == "given" and not any("given name" in e.feature for e in evidence)):
        evidence += _loose(seen, known, lang)
    own_end = min(last, len(mention.tokens))
    part = Part(mention, first, own_end, level, level != "full" or _is_mononym(known))
    evidence += asked.context(part, index.entity(entity))
    evidence += _alone(part, known, evidence, lang) if part.partial else _torn(part, seen, known, evidence, lang)
    evidence += kin(evidence, asked.persons)
    if index.kind_of(number) == "weak":
        evidence.append(Evidence("weak name", weights()["weak_name"], right=known.text))
    start, end = run[first].start, run[own_end - 1].end
    return Reading(start, end, entity, number, level, seen, tuple(evidence))


def _total(read: tuple[Name, list[Evidence]]) -> float:
    """The bits of a name with its evidence."""
    return sum([piece.bits for piece in read[1]])


def _lone(seen: Name) -> Iterator[Name]:
    """A name, and where it is a single word that only declines like a given name, the same as a surname: *Mayové*."""
    yield seen
    core = [token for token in seen.tokens if token.role in CORE]
    if len(core) == 1 and core[0].role == "given" and not is_given_as_written(core[0].text):
        tokens = tuple(replace(token, role="surname") if token is core[0] else token for token in seen.tokens)
        yield replace(seen, tokens=tokens)


def _is_mononym(known: Name) -> bool:
    """Whether a name of the gazetteer is a single word, so that any word beside it is of another name."""
    return sum(token.role in NAMING for token in known.tokens) == 1


def worth_in(index: Index) -> Worth:
    """What a word of a text is worth: the same for every candidate that it may spell, less half of
    what many bearers in the gazetteer take from it.
    """

    def worth_of(seen: str, known: str, lang: str) -> float:
        most = _worth(seen, lang)
        return most - min(math.log2(max(index.frequency(known), 1)), most) / 2

    return worth_of


@lru_cache(maxsize=65536)
def _worth(seen: str, lang: str) -> float:
    """What a word is worth that may stand in a case, in bits: the commonest of what it may be."""
    return min(worth(spelling) for spelling in (seen, *(stem for stem, _ in nominatives(seen, lang))))


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


@dataclass(frozen=True, slots=True)
class Part:
    """The words ``first:last`` of a mention that are read as a name, or as a part of it (``partial``)."""

    mention: Mention
    first: int
    last: int
    level: Level
    partial: bool


def _context(part: Part, entity: Entity, lang: str) -> list[Evidence]:
    """What the words next to a span say about it."""
    mention, first, last = part.mention, part.first, part.last
    run, w = mention.tokens, weights()
    found: list[Evidence] = []
    outer = first
    while outer and run[outer - 1].role == "particle":
        outer -= 1
    left, at_start = (run[outer - 1], outer == 1) if outer else (None, False)
    right = run[last] if last < len(run) else None
    before = left.text if left else mention.before
    after = right.text if right else mention.after
    if _hyphened(mention, first, last):
        found.append(Evidence(HYPHENED, w["neighbour_hyphen"], left=f"{before} {after}".strip()))
    while outer and run[outer - 1].role == "title":
        outer -= 1
    bearer = run[outer - 1].text if outer else mention.before
    if bearer and bears_name(bearer.strip("-"), "before"):
        found.append(Evidence("named after a person", w["named_thing"], left=bearer))
    if after and bears_name(after.strip("-"), "after"):
        found.append(Evidence("named after a person", w["named_thing"], left=after))
    if left is not None and left.role == "title" and left.gender and entity.gender not in {"", left.gender}:
        found.append(Evidence("title of the other gender", w["title_gender"], left=left.text))
    if part.partial and not mention.borrowed:
        found += _before(left, mention, lang, at_start)
        found += _after(part, lang)
    return found


def _hyphened(mention: Mention, first: int, last: int) -> bool:
    """Whether a hyphen binds the span to a word that is not part of it."""
    run = mention.tokens
    inside_left = first > 0 and run[first].glue == "-"
    inside_right = last < len(run) and run[last].glue == "-"
    outside_left = first == 0 and mention.before.endswith("-")
    outside_right = last == len(run) and mention.after.startswith("-")
    return inside_left or inside_right or outside_left or outside_right


def _is_silent(token: Token | None) -> bool:
    """Whether a word beside a name says nothing of who is named."""
    return token is None or token.role in {"title", "common", "particle"}


def _is_acronym(token: Token, mention: Mention) -> bool:
    """Whether a word is a few capitals in a line of small letters: *EU*, *МИД*."""
    return 1 < len(token.text) <= ACRONYM and token.text.isupper() and not mention.loud


def _before(token: Token | None, mention: Mention, lang: str, at_start: bool) -> list[Evidence]:
    """A name-like word before a partial name may be the missing part, of somebody else."""
    if token is None or _is_silent(token):
        return []
    w = weights()
    if at_start and mention.opens and is_common(token.text, lang or "-"):
        # Sam Zuckerberg: in Polish Zuckerberg himself
        return [Evidence("beside a capitalised word", w["neighbour_vague"], left=token.text)]
    if may_be_given(token.text, lang) and not is_place(token.text, lang):
        return [Evidence("beside another given name", w["neighbour_given"], left=token.text)]
    vague = mention.loud or lang == "de" or _is_acronym(token, mention) or _is_no_person(token.text, lang)
    if vague or (at_start and mention.opens and is_act(token.text, lang)):
        return [Evidence("beside a capitalised word", w["neighbour_vague"], left=token.text)]
    if at_start and mention.opens:
        return [Evidence(OPENER, w["neighbour_start"], left=token.text)]
    return [Evidence("beside another name", w["neighbour_name"], left=token.text)]


def _is_no_person(word: str, lang: str) -> bool:
    """Whether a word is the name of a place or an institution: *na Twitterze Tusk*."""
    return is_place(word, lang) or is_institution(word, lang)


def _after(part: Part, lang: str) -> list[Evidence]:
    """A name-like word after a partial name: the missing part, of somebody else, or the next name."""
    run, mention = part.mention.tokens, part.mention
    token = run[part.last] if part.last < len(run) else None
    if token is None or _is_silent(token) or token.glue == "-":
        return []
    w, surname = weights(), part.level != "given"
    if may_be_given(token.text, lang) and not is_place(token.text, lang):
        if surname and _opens_a_name(run[part.last + 1 :], lang):
            return [Evidence("before another name", w["neighbour_vague"], left=token.text)]
        return [Evidence("beside another given name", w["neighbour_given"], left=token.text)]
    if token.glue == "\n":
        return [Evidence("beside a word of another line", w["neighbour_line"], left=token.text)]
    if mention.loud or lang == "de" or _is_acronym(token, mention):
        return [Evidence("beside a capitalised word", w["neighbour_vague"], left=token.text)]
    if surname:
        return [Evidence("before a capitalised word", w["neighbour_after"], left=token.text)]
    return [Evidence("beside another name", w["neighbour_name"], left=token.text)]


def _opens_a_name(rest: Sequence[Token], lang: str) -> bool:
    """Whether a given name goes on to a surname: the adviser of *Putin, Mikhail Lesin*, not *Putin Mikhail Ivanovich*."""
    return bool(rest) and rest[0].glue != "\n" and not _is_silent(rest[0]) and not is_patronymic(rest[0].text, lang)


def _alone(part: Part, known: Name, evidence: Sequence[Evidence], lang: str) -> list[Evidence]:
    """A lone word that is something else as well needs support."""
    mention, w = part.mention, weights()
    core = [t for t in mention.tokens[part.first : part.last] if t.role not in {"initial", "particle", "suffix"}]
    if len(core) != 1 or mention.borrowed:
        return []
    token = core[0]
    found = _something_else(part, token, lang)
    if mention.opens and not part.first and _is_changed(token, known, evidence):
        found.append(Evidence("opens the sentence", w["opens_other"], left=token.text))
    if part.level == "given" and not any(piece.feature.endswith("given name") for piece in evidence):
        found.append(Evidence("a given name alone", w["given_alone"], left=token.text))
    if len(mention.tokens) == 1 and {mention.before, mention.after} <= QUOTES:
        found.append(Evidence("in quotation marks", w["quoted_single"], left=token.text))
    return found


def _something_else(part: Part, token: Token, lang: str) -> list[Evidence]:
    """What else a lone word may be: a common word, a place, an institution, an acronym, a given name."""
    w, found = weights(), []
    if is_place(token.text, lang):
        found.append(Evidence("also a country or city", w["place_single"], left=token.text))
    elif _is_word(token, lang):
        found.append(Evidence("also a common word", w["common_single"], left=token.text))
    elif is_institution(token.text, lang):
        found.append(Evidence("also an institution", w["institution_single"], left=token.text))
    if _is_acronym(token, part.mention) and len(token.text) < ACRONYM:
        found.append(Evidence("also an acronym", w["acronym_single"], left=token.text))
    if lang in CYRILLIC_TEXTS and script(token.text) == "Latin":
        found.append(Evidence("in another script than the text", w["latin_single"], left=token.text))
    if part.level == "surname" and is_given_as_written(token.text):
        found.append(Evidence("also a given name", w["given_as_surname"], left=token.text))
    return found


def _torn(part: Part, seen: Name, known: Name, evidence: Sequence[Evidence], lang: str) -> list[Evidence]:
    """What shows that a whole name is a part of something longer, or of two names."""
    return [
        *_inverted(part, seen, known, lang),
        *_hyphen_inside(part, known, evidence),
        *_longer(part, seen, known, lang),
    ]


def _hyphen_inside(part: Part, known: Name, evidence: Sequence[Evidence]) -> list[Evidence]:
    """A hyphen joins no surname to a given name behind it: *Сан-Франциско* is no Francesco Sanna, but *Азия-Биби* is Asia Bibi."""
    usual = [token.role for token in known.tokens if token.role in {"given", "surname"}]
    if usual[:1] == ["surname"]:
        return []
    surnames = {piece.left for piece in evidence if piece.feature == "surname" and piece.bits > 0}
    others = {piece.left for piece in evidence if "name" in piece.feature and piece.bits > 0} - surnames
    run = part.mention.tokens[part.first : part.last]
    for left, right in pairwise(run):
        if right.glue == "-" and left.text in surnames and right.text in others:
            return [Evidence(HYPHENED, weights()["neighbour_hyphen"], left=f"{left.text}-{right.text}")]
    return []


def _longer(part: Part, seen: Name, known: Name, lang: str) -> list[Evidence]:
    """A surname that is a given name too, with another name behind it: *Нил Эндрю Мэгсон* is no Neil Andrew."""
    core = [token for token in seen.tokens if token.role in {"given", "surname"}]
    usual = [token.role for token in known.tokens if token.role in {"given", "surname"}]
    if [token.role for token in core] != ["given", "surname"] or usual[:1] == ["surname"] or lang in FAMILY_FIRST:
        return []
    return _goes_on(part, lang) if is_given_as_written(core[-1].text) else []


def _goes_on(part: Part, lang: str) -> list[Evidence]:
    """What a further name right behind a given name says against a reading that ends before it."""
    run, w = part.mention.tokens, weights()
    right = run[part.last] if part.last < len(run) else None
    if right is None or _is_silent(right) or right.glue in {"-", "\n"} or _is_no_person(right.text, lang):
        return []
    vague = part.mention.loud or lang == "de" or _is_acronym(right, part.mention)
    return [Evidence("the given name goes on", w["neighbour_vague" if vague else "neighbour_name"], left=right.text)]


def _inverted(part: Part, seen: Name, known: Name, lang: str) -> list[Evidence]:
    """A surname and a given name behind it are of two persons, or none, where another name follows, or the first is a place.

    *пресс-секретарь Медведева Наталья Тимакова*, *МИД России Александр Лукашевич*
    """
    order = [token.role for token in seen.tokens if token.role in {"given", "surname"}]
    usual = [token.role for token in known.tokens if token.role in {"given", "surname"}]
    if (
        order != ["surname", "given"]
        or seen.tokens[-1].role != "given"
        or usual[:1] == ["surname"]
        or lang in FAMILY_FIRST
    ):
        return []
    w, found = weights(), []
    surname = next(token for token in seen.tokens if token.role == "surname")
    if is_place(surname.text, lang):
        found.append(Evidence("also a country or city", w["place_single"], left=surname.text))
    return [*found, *_goes_on(part, lang)]


def _is_changed(token: Token, known: Name, evidence: Sequence[Evidence]) -> bool:
    """Whether a word is spelt otherwise than the name is in the same script, or stands in a case."""
    alike = any(fold(token.text) == fold(word.text) or script(token.text) != script(word.text) for word in known.tokens)
    return not alike or any(piece.note.startswith("inflected") for piece in evidence)


def _is_word(token: Token, lang: str) -> bool:
    """Whether a word is one of the text's language, or was met in lower case in the text."""
    if not lang:
        return token.role in {"common", "title"} or is_common(token.text)
    met = token.role == "common" and not is_title_or_common(token.text)
    return met or is_word_in(token.text, lang)


def _loose(seen: Name, known: Name, lang: str) -> list[Evidence]:
    """A lone word has to be spelt closely, for nothing else holds it."""
    w = weights()
    core = [token for token in seen.tokens if token.role in CORE]
    if len(core) != 1:
        return []
    spent, worth, word = min(
        (spent, worth, word.text) for word in known.tokens for spent, worth in spendings(core[0], word, lang)
    )
    found = []
    # letters that leave a name open are not loose
    open_letters = is_other(core[0].text) and telling(core[0].text, word) >= w["loose_other"]
    if spent > w["loose_share"] * worth and not open_letters:
        found.append(Evidence("loosely spelt", w["loose_single"], core[0].text, word))
    if (missing := w["lone_length"] - letters(core[0].text)) > 0:
        found.append(Evidence("short and alone", w["lone_short"] * missing, core[0].text))
    return found
