"""What does a run of words read as?

A run is read as every name of the gazetteer that a part of it could spell. The words next to that
part are evidence too: another given name before a surname is another person, a street sign no person.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import NamedTuple

from resolve import chinese, korean
from resolve.arabic import is_tail
from resolve.channel import weights, worth
from resolve.endings import nominatives
from resolve.given import is_given, is_given_as_written, is_patronymic
from resolve.index import ROLES, Index
from resolve.letters import fold, is_other
from resolve.lookup import candidates, meeting
from resolve.model import Entity, Evidence, Mention, Name, Role, Token
from resolve.names import CORE, NAMING, alternatives, parse
from resolve.regnal import reign_of, roman
from resolve.respelling import whole_heard
from resolve.score.beside import (
    OPENER,
    Level,
    Part,
    after_it,
    alone,
    before_it,
    context,
    loose,
    something_else,
    torn,
)
from resolve.score.contradiction import kin
from resolve.score.pair import Judge, Worth, compare, cut, fit, is_met_alone
from resolve.score.shortlist import HOPELESS, stages
from resolve.score.sift import SILENT, Least, bearing, gather, may_spell, sift, spelt_in
from resolve.score.spelt import paired
from resolve.text import particles, script

MARGIN = 12.0
"""A name that is likely to be worth so many bits less than the best is not compared."""

ENOUGH, TRIED = 5, 20
"""After so many names that share something, or so many at all, of which none is likely, no other is compared that is not."""

SETTLED = 2.0
"""All readings together may be worth so many bits more than what is too little for one to be meant, and nobody is."""

FURTHER = 20, 60
"""The same of a name in a script beyond Cyrillic: two words that spell one together are not estimated."""

STEM = 4
"""Two words that open with the same letters, so many of them, may be one name in two cases."""


ALONE: frozenset[Role] = frozenset({"given", "patronymic", "surname"})
"""What the tokens of a name are of which a text may have one alone."""

LACKING = frozenset({"absent", "extra name"})
"""What is said of a token that a text lacks."""

SPELT = frozenset({"surname_shared", "name_shared"})
"""What evidence is made of where one word spells another."""


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
    features: frozenset[str] = field(init=False, compare=False, repr=False)
    """Of what features there is evidence."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "bits", sum([piece.bits for piece in self.evidence]))
        object.__setattr__(self, "features", frozenset([piece.feature for piece in self.evidence]))

    def also(self, *pieces: Evidence) -> Reading:
        """The reading with more evidence."""
        if not pieces:
            return self
        evidence = (*self.evidence, *pieces)
        return Reading(self.start, self.end, self.entity, self.name, self.level, self.seen, evidence)

    def without(self, features: Collection[str]) -> Reading:
        """The reading without the evidence of some features."""
        if self.features.isdisjoint(features):
            return self
        return replace(self, evidence=tuple([piece for piece in self.evidence if piece.feature not in features]))

    def moved(self, by: int) -> Reading:
        """The same so many code points further on in the text; what was counted of it is not counted again."""
        other, put = object.__new__(Reading), object.__setattr__
        put(other, "start", self.start + by)
        put(other, "end", self.end + by)
        put(other, "entity", self.entity)
        put(other, "name", self.name)
        put(other, "level", self.level)
        put(other, "seen", self.seen)
        put(other, "evidence", self.evidence)
        put(other, "bits", self.bits)
        put(other, "features", self.features)
        return other

    def of(self, entity: int, name: int, evidence: tuple[Evidence, ...]) -> Reading:
        """The reading as the name of another, of whom other evidence says as much."""
        other, put = object.__new__(Reading), object.__setattr__
        put(other, "start", self.start)
        put(other, "end", self.end)
        put(other, "entity", entity)
        put(other, "name", name)
        put(other, "level", self.level)
        put(other, "seen", self.seen)
        put(other, "evidence", evidence)
        put(other, "bits", self.bits)
        put(other, "features", self.features)
        return other


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
        if not gathered:
            return Look([], None, [], [])
        sifted = sift(mention, gathered, index, lang, elsewhere, least, against)
        if not sifted.read:
            return Look([], None, sifted.idle, sifted.crowd)
        found = _all_read(asked, sifted.read)
        given = [t.text for t in run if is_given(t.text, lang)]
        named = any(piece.left in given for r in found if r.level == "surname" for piece in r.evidence if piece.right)
        if not named and not _has_rivals(found, least):
            return Look(found, None, sifted.idle, sifted.crowd)
    met = bearing(run, index, lang)
    numbers = list(dict.fromkeys((*(candidates(run, index, lang) if met is None else met), *names)))
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
    pieces = something_else(part, word, lang)
    if all(t.role in {"unknown", "title", "common"} and t.text.casefold() not in particles() for t in around):
        pieces += [*before_it(run[place - 1] if place else None, mention, lang, place == 1), *after_it(part, lang)]
    return sum(piece.bits for piece in pieces if piece.feature != OPENER)


_NOBODY: frozenset[int] = frozenset()


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
    _by_word: dict[str, frozenset[int]] = field(default_factory=dict, compare=False, repr=False)

    def bearing(self, word: str, index: Index, lang: str) -> frozenset[int]:
        """Those of whose tokens a word of the document meets one."""
        found = self._by_word.get(word)
        if found is None:
            shared = meeting(word, index, lang) & self.tokens
            found = frozenset().union(*[self.by_token[token] for token in shared]) if shared else _NOBODY
            self._by_word[word] = found
        return found


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
    words = [t.text for t in (*mention.tokens, *mention.borrowed) if t.role not in SILENT]
    if len(words) == 1:
        return met.bearing(words[0], index, lang)
    return frozenset().union(*[met.bearing(word, index, lang) for word in words])


def shown_by(look: Look, met: Met, index: Index) -> tuple[int, ...]:
    """The idle names of a mention, if the document may mean one of their bearers elsewhere: they are each other's rivals."""
    names = (*look.idle, *look.crowd)
    if not names or met.alive.isdisjoint(map(index.entity_of, names)):
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
        any(piece.bits <= BARRING for piece in context(Part(mention, *span, "given", True), entity, lang))
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


def whole(text: str, index: Index, lang: str = "", margin: float = MARGIN, least: float = -math.inf) -> list[Reading]:
    """Every name of a person in the gazetteer that a name standing alone could spell, with the evidence.

    Nothing is cut off: what the two names do not share counts, on both sides.

    Args:
        text: a name, or several with a slash or parentheses between them.
        index: the compiled gazetteer.
        lang: ISO 639-1 code of its language, where known.
        margin: names estimated so many bits below the best are not compared; infinite for all of the shortlist.
        least: where nobody is meant, names that cannot be worth so many bits are not compared; at most `HOPELESS`.

    """
    worth_of = worth_in(index)
    names = [parse(one, lang) for one in (*alternatives(text), *(() if lang else whole_heard(text)))]
    best: dict[int, Reading] = {}
    cut = [_read_whole(seen, best, len(text), index, lang, margin, worth_of, least) for seen in names]
    if any(cut) and not _is_nobody([reading.bits for reading in best.values()], least):
        # what every other name is worth counts
        for seen in (name for name, is_cut in zip(names, cut, strict=True) if is_cut):
            _read_whole(seen, best, len(text), index, lang, margin, worth_of)
    return sorted(_without_excluded(best.values(), index), key=order)


def _is_nobody(found: Sequence[float], least: float) -> bool:
    """Whether readings worth so many bits mean nobody, whatever some names that are worth less than ``least`` add to them."""
    most = max(found, default=-math.inf)
    return most < HOPELESS and (
        not found or most + math.log2(sum(2.0 ** (bits - most) for bits in found)) < least + SETTLED
    )


def _read_whole(
    seen: Name, best: dict[int, Reading], size: int, index: Index, lang: str, margin: float, worth_of: Worth,
    least: float = -math.inf,
) -> bool:  # fmt: skip
    """Read a name of so many code points as names of persons in the gazetteer; of each entity the best is kept.

    Returns:
        Whether names were left out that cannot be worth ``least`` bits.

    """
    # what is written in further scripts was not looked up word by word
    further = any(is_other(token.text) for token in seen.tokens)
    judge, enough_of, tried = paired(index, apart=not further), *(FURTHER if further else (ENOUGH, TRIED))
    most = top = -math.inf
    compared: set[int] = set()
    for listed, beyond in stages(seen, index, lang, worth_of, least):
        for place, (number, estimate) in enumerate(listed):
            enough = len(compared) >= enough_of or place >= tried
            if estimate < top - margin or (enough and max(most, estimate) < HOPELESS and margin < math.inf):
                break
            if number in compared or not (reading := _compared(seen, number, size, index, lang, worth_of, judge)):
                continue
            compared.add(number)
            # what only the whole pair tells, such as one spelling, the names to come may have as well
            most, top = max(most, reading.bits), max(top, min(reading.bits, estimate))
            entity = reading.entity
            if entity not in best or order(reading) < order(best[entity]):
                best[entity] = reading
        if beyond == least > -math.inf:
            return True
        if beyond < top - margin:
            break
    return False


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
        self._bearers: dict[Hashable, tuple[Reading | None, list[int]] | None] = {}

    def readings(self, number: int) -> list[Reading]:
        """The readings as one name; who is met again among more names is not read again."""
        found = self._read.get(number)
        if found is None:
            alike = self._as_bearer(number)
            found = self._read[number] = list(_read(self, number)) if alike is None else alike
        return found

    def _as_bearer(self, number: int) -> list[Reading] | None:
        """The reading as one more of those of whom a run has one name alone: what it says of one it says of all who bear that.

        Returns:
            None where the run may have more of the name, or where what is read differs by more than who it is.

        """
        index, known = self.index, self.index.name(number)
        shape = tuple([token.role for token in known.tokens])
        if not ALONE.issuperset(shape) or index.kind_of(number) == "weak":
            return None
        tokens = index.token_numbers(number)
        met = spelt_in(self.run, tokens, index, self.lang)
        if met is None or len(met) != 1 or (shape[met[0]] == "given" and shape.count("given") > 1):
            return None
        entity, place = index.entity_of(number), met[0]
        scripts = tuple([script(token.text) for token in known.tokens])
        key = tokens[place], place, shape, scripts, index.entity(entity).gender
        if key not in self._bearers:
            found = list(_read(self, number))
            lacking = _lacking(found, known, place)
            self._bearers[key] = (found[0] if found else None, lacking) if lacking is not None else None
            return found
        if (alike := self._bearers[key]) is None:
            return None
        first, lacking = alike
        if first is None and len(self.run) > 1:
            return None
        seen_as = self.names(*((0, 1) if first is None else self._words_of(first)), known)
        if not all(is_met_alone(seen, known, place, self.lang, self.worth_of, self.judge) for seen in seen_as):
            return None
        if first is None:
            return []
        texts = iter([known.tokens[at].text for at in lacking])
        evidence = [replace(e, right=next(texts)) if e.feature in LACKING else e for e in first.evidence]
        return [first.of(entity, number, tuple(evidence))]

    def may_meet(self, number: int) -> Callable[[str, int], bool]:
        """Whether a word may meet the token at a place of a name: those that it was asked about and does not spell do not."""
        tokens, index, lang = self.index.token_numbers(number), self.index, self.lang
        return lambda word, place: may_spell(word, tokens[place], index, lang) is not False

    def _words_of(self, reading: Reading) -> tuple[int, int]:
        """Where the words stand in the run that a reading is of."""
        starts = [token.start for token in self.run]
        first = starts.index(reading.start)
        return first, first + len(reading.seen.tokens)

    def names(self, first: int, last: int, known: Name) -> tuple[Name, ...]:
        """The words ``first:last`` as names, as `_lone` has them, beside a known one."""
        key = first, last, frozenset([fold(token.text) for token in known.tokens if token.role == "particle"])
        if key not in self._names:
            self._names[key] = tuple(_lone(cut(self.run, first, last, self.lang, known)))
        return self._names[key]

    def context(self, part: Part, entity: Entity) -> list[Evidence]:
        """What `context` says of a part; of an entity only the gender counts."""
        key = part.first, part.last, part.level, part.partial, entity.gender
        if key not in self._beside:
            self._beside[key] = context(part, entity, self.lang)
        return self._beside[key]


def _lacking(found: Sequence[Reading], known: Name, place: int) -> list[int] | None:
    """Which tokens are lacking where a name was read as one of its tokens alone, written with one word.

    Returns:
        Their places; None where more is said of the name than that, and nothing follows for others who bear the token.

    """
    if not found:
        return []
    if len(found) != 1 or len(found[0].seen.tokens) != 1 or found[0].level not in {"surname", "given"}:
        return None
    first, *others = found[0].evidence
    word, met = found[0].seen.tokens[0].text, known.tokens[place].text
    # what is spelt so is met closer than what is not; and of an equivalent given name that is not asked
    parts = dict(first.parts)
    spelt = not SPELT.isdisjoint(parts) and "slip" not in parts
    if not spelt and not (found[0].level == "given" and first.feature.endswith("given name")):
        return None
    if first.right != met or korean.spells(word, met) or chinese.spells(word, met):
        return None
    texts = [token.text for token in known.tokens]
    lacking = [piece.right for piece in others if piece.feature in LACKING]
    rest = {piece.right for piece in others if piece.feature not in LACKING}
    if not rest <= {"", met} or len(set(texts)) < len(texts) or not set(lacking) <= set(texts):
        return None
    return [texts.index(text) for text in lacking]


def _read(asked: _Asked, number: int) -> Iterator[Reading]:
    """Read a mention as one name of the gazetteer, wherever a part of it can be that name."""
    mention, known = asked.mention, asked.index.name(number)
    if known.tokens and known.tokens[0].role == "word":
        return
    for first, last in _spans(asked.run, known, asked.lang, asked.may_meet(number)):
        if mention.borrowed and (first != 0 or last <= len(mention.tokens)):
            continue
        reading = _read_span(asked, first, last, number)
        if reading is not None:
            yield reading


def _spans(
    run: Sequence[Token], known: Name, lang: str, may_meet: Callable[[str, int], bool] | None = None
) -> Iterator[tuple[int, int]]:
    """The parts of a run that could be a name: one, or two where the run goes on with a word that it had before.

    A caption and the line below it are one run: *Angela Merkel ⏎ Angela Merkel*.
    """
    span = fit(run, known, lang, may_meet)
    if span is None:
        return
    yield span
    first, last = span
    inside = {fold(token.text)[:STEM] for token in run[first:last]}
    for start, end in ((0, first), (last, len(run))):
        if any(fold(token.text)[:STEM] in inside for token in run[start:end]) and (
            other := fit(run[start:end], known, lang, may_meet)
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
    if level is None or (level == "full" and _unnumbered(known, mention, first, min(last, len(mention.tokens)))):
        return None
    if level == "given":
        # that it is not the first of several says nothing of a lone given name: Lula
        evidence = [piece for piece in evidence if piece.feature != "first name left out"]
    single = _is_mononym(known)
    if level == "surname" or (level == "given" and not any("given name" in e.feature for e in evidence)):
        evidence += loose(seen, known, lang)
    elif level == "full" and single:
        # however short, it is whole
        evidence += [piece for piece in loose(seen, known, lang) if piece.bits == weights()["loose_single"]]
    own_end = min(last, len(mention.tokens))
    part = Part(mention, first, own_end, level, level != "full" or single)
    evidence += asked.context(part, index.entity(entity))
    evidence += alone(part, known, evidence, lang) if part.partial else torn(part, seen, known, evidence, lang)
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
    if reign_of(known):
        # a ruler is called by all of it
        own = [token.text for token in known.tokens if token.role in {"given", "surname"}]
        return "full" if all(word in met for word in own) else None
    surname = any(token.text in met for token in known.tokens if token.role == "surname")
    given = any(token.text in met for token in known.tokens if token.role in {"given", "initial"})
    if surname and not given and all(is_tail(token.text) for token in known.tokens if token.text in met):
        return None
    alone = sum(1 for token in known.tokens if token.role in NAMING) == 1
    if (surname and given) or (met and alone):
        return "full"
    return "surname" if surname else "given" if given else None


def _unnumbered(known: Name, mention: Mention, first: int, last: int) -> bool:
    """Whether a part of a run is a ruler's only name without a number inside it or beside: *Karl* is hardly Charles III."""
    if sum(token.role == "given" for token in known.tokens) > 1 or not reign_of(known):
        return False
    near = [token.text for token in mention.tokens[max(first - 1, 0) : last + 1]]
    return not any(map(roman, (*near, mention.after.rstrip("."))))


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
