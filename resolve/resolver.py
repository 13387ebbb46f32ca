"""The path itself."""

from __future__ import annotations

import gc
import math
import sys
from bisect import bisect_right
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from resolve import caseless, chances, decide, lookup, memory, mentions, quiet, shorthand
from resolve.bodies import is_body, read
from resolve.channel import weights
from resolve.endings import nominatives
from resolve.errors import UsageError
from resolve.gazetteer import curated
from resolve.index import Index, is_compiled, open_index, open_sources
from resolve.letters import fold
from resolve.model import Comparison, Document, Entity, Evidence, Link, Mention, Name, Role, Token
from resolve.names import alternatives, parse, parts
from resolve.regnal import renderings
from resolve.respelling import whole_heard
from resolve.scan import Words
from resolve.score import (
    Least,
    Look,
    Reading,
    compare as compare_names,
    compare_bodies,
    kin,
    look,
    organizations,
    phrase_reading,
    places,
    read_as,
    readings,
    second_look,
    shown_by,
    sounds_like_body,
    supporters,
    whole,
)

if TYPE_CHECKING:
    import pandas as pd

MAX_MEMO = 100_000
"""The readings of so many different runs are remembered."""

PAIR_PRIOR = 0.001
"""The probability that two names put side by side are one person's before anything is compared."""


class Resolver:
    """A gazetteer, open for matching. Use `open`.

    Args:
        index: a compiled gazetteer.
        threshold: the probability from which a link is resolved.
        warnings: what was noticed when the source was compiled.

    """

    def __init__(
        self, index: Index, threshold: float = chances.DEFAULT_THRESHOLD, warnings: Sequence[str] = ()
    ) -> None:
        if not 0.0 < threshold <= 1.0:
            raise UsageError(f"threshold {threshold} is no probability; give one above 0 and at most 1")
        self.index, self.threshold, self.warnings = index, threshold, tuple(warnings)
        self._caseless = caseless.Finder(index)
        self._memo: dict[Hashable, tuple[int, Look]] = {}

    def __repr__(self) -> str:
        return f"<Resolver of {len(self.index)} entities, {self.index.names} names>"

    def text(self, text: str, id: str = "", all: bool = False) -> Document:
        """Find which names of a text are which entities.

        Args:
            text: the document; offsets are code points into it.
            id: what the document is called in the results.
            all: also list ambiguous mentions and persons whom no entity explains.

        >>> doc = open().text("Вчера Светлана Тихановская встретилась с Дональдом Туском.")
        >>> [(link.text, link.entity_id) for link in doc.links]
        [('Светлана Тихановская', 'by-tsikhanouskaya-sviatlana'), ('Дональдом Туском', 'pl-tusk-donald')]

        """
        with undisturbed():
            return self._text(text, id, all)

    def _text(self, text: str, id: str, all: bool) -> Document:
        tokens = Words(text)
        runs, lang = mentions.find(text, tokens)
        found = self._found(text, runs, lang, lazy=not all)
        for run, names in self._caseless.find(text):
            runs.append(run)
            found.append(readings(run, self.index, lang, names))
        found = self._again(runs, found, lang)
        found += self._phrases(mentions.bare(text, tokens, lang), runs, lang) + self._quiet(text, tokens, found, lang)
        if not all:
            found = memory.hopeful(text, found, self.index, self.threshold)
        links = shorthand.used(text, decide.links(text, found, self.index, self.threshold, lang, runs, all))
        strangers = decide.strangers(text, runs, links, lang) if all else []
        return Document(id, text, tuple(sorted([*links, *strangers], key=lambda link: link.start)))

    def entity(self, id: str, name: str) -> Entity | None:
        """What the gazetteer knows of an entity: its type, description, Wikidata number and attributes.

        Args:
            id: its ID, as a link or candidate has it.
            name: one of its names, as the same link or candidate has it; it is found by its words.

        >>> open().entity("by-tsikhanouskaya-sviatlana", "Sviatlana Tsikhanouskaya").gender
        'f'

        """
        return lookup.entity(self.index, id, name)

    def _found(self, text: str, runs: list[Mention], lang: str, lazy: bool) -> list[list[Reading]]:
        """The readings of all runs.

        Where only links are wanted (``lazy``), a run that needs the document's support is read as those names only
        if their bearers were met elsewhere in it.
        """
        if not lazy:
            return [self._look(run, lang, None).readings for run in runs]
        told = memory.gendered(runs, lang)
        ways = [chances.needed(self.index, self.threshold, gendered) for gendered in (False, True)]
        looks = [self._look(run, lang, ways[bool(told) and _is_told(run, told)]) for run in runs]
        met = memory.met((first.readings for first in looks), self.index, self.threshold)
        kin = memory.relatives(text, runs, [first.readings for first in looks], self.index, lang)
        result = []
        for place, (run, first) in enumerate(zip(runs, looks, strict=True)):
            found = first.readings
            entities = supporters(run, first, met, self.index, lang)
            if entities := entities | kin[place] if place in kin else entities:
                found = self._second(run, first, tuple(sorted(entities)), lang)
            elif names := shown_by(first, met, self.index):
                found = [*found, *self._read_as(run, names, lang)]
            result.append(found)
        return result

    def _read_as(self, run: Mention, names: tuple[int, ...], lang: str) -> list[Reading]:
        """The readings of a run as some names."""
        return self._remembered(
            run, (lang, "as", names), lambda: Look(read_as(run, names, self.index, lang), [])
        ).readings

    def _second(self, run: Mention, first: Look, entities: tuple[int, ...], lang: str) -> list[Reading]:
        """The readings of a run once some entities were met elsewhere in the document."""

        def read() -> Look:
            found = second_look(run, first, entities, self.index, lang)
            return look(run, self.index, lang) if found is None else Look(found, [])

        return self._remembered(run, (lang, "second", entities), read).readings

    def _look(self, run: Mention, lang: str, least: Least | None) -> Look:
        """The readings of a run."""
        return self._remembered(run, (lang, least), lambda: look(run, self.index, lang, least=least))

    def _remembered(self, run: Mention, asked: Hashable, read: Callable[[], Look]) -> Look:
        """What was read of a run; one that was written before is only moved to its place."""
        key = (_shape(run), run.opens, run.loud, run.before, run.after, asked)
        known = self._memo.get(key)
        if known is None:
            if len(self._memo) >= MAX_MEMO:
                self._memo.clear()
            known = self._memo[key] = (run.start, read())
        place, found = known
        shift = run.start - place
        if not shift or not found.readings:
            return found
        moved = [reading.moved(shift) for reading in found.readings]
        return Look(moved, *found[1:])

    def _again(self, runs: list[Mention], found: list[list[Reading]], lang: str) -> list[list[Reading]]:
        """Read the runs once more that hold a word by which the document named somebody in full elsewhere.

        A surname that is spelt too differently to be looked up alone is known once it was met beside its given name.
        """
        known = memory.spelt(found, self.index, lang)
        if not known:
            return found
        spelt: dict[str, set[tuple[int, Role]]] = {}
        result = []
        for run, group in zip(runs, found, strict=True):
            names: set[tuple[int, Role]] = set()
            for token in run.tokens:
                if token.text not in spelt:
                    spelt[token.text] = _all_of(known, _spellings(token.text, lang))
                names |= spelt[token.text]
            result.append(self._once_more(run, group, names, lang) if names else group)
        return result

    def _once_more(
        self, run: Mention, group: list[Reading], names: Iterable[tuple[int, Role]], lang: str
    ) -> list[Reading]:
        """The readings of a run that holds words of some names, if it was not read as their bearers yet."""
        met, lone = {reading.entity for reading in group}, len(run.tokens) == 1
        new = {
            name for name, role in names if (role == "surname" or lone) and self.index.entity_of(name) not in met
        }  # fmt: skip
        return self._again_as(run, tuple(sorted(new)), lang) if new else group

    def _again_as(self, run: Mention, names: tuple[int, ...], lang: str) -> list[Reading]:
        """The readings of a run, some names among them."""
        return self._remembered(run, (lang, "again", names), lambda: look(run, self.index, lang, names)).readings

    def _quiet(self, text: str, tokens: Sequence[Token], found: list[list[Reading]], lang: str) -> list[list[Reading]]:
        """The readings of what is written as no name is: in lower case, as a hashtag or a handle."""
        whole = [*quiet.pairs(tokens, lang), *quiet.tags(text)]
        result = [self._weighed(text, mention, lang) for mention in whole]
        known = memory.spelt([*found, *result], self.index, lang)
        surnames = {word for word, names in known.items() if any(role == "surname" for _name, role in names)}
        return result + [self._weighed(text, mention, lang) for mention in quiet.surnames(text, tokens, surnames, lang)]

    def _weighed(self, text: str, mention: Mention, lang: str) -> list[Reading]:
        """The readings of words that are written as no name is: of several the whole name only."""
        found = [quiet.weighed(text, reading) for reading in self._look(mention, lang, None).readings]
        return [reading for reading in found if reading.level == "full" or len(mention.tokens) == 1]

    def _phrases(self, tokens: Sequence[Token], runs: list[Mention], lang: str) -> list[list[Reading]]:
        """The readings as organisations and places."""
        loud = sorted((run.start, run.end) for run in runs if run.loud)
        found = []
        for phrase in lookup.phrases(tokens, self.index, lang, self._caseless.opens):
            place = tokens[phrase.first].start
            last = bisect_right(loud, (place, sys.maxsize)) - 1
            is_loud = last >= 0 and place < loud[last][1]
            reading = phrase_reading(phrase, tokens, is_loud, self.index, lang)
            found += [[reading]] if reading else []
        return found

    def match(self, name: str, limit: int = 5, lang: str = "") -> Link:
        """Find the entity that a name, standing alone, means.

        Args:
            name: the name as written, in any order and script.
            limit: at most so many candidates are returned with it.
            lang: ISO 639-1 code of the language it is written in, where known.

        Returns:
            A link over the whole name; ``status`` says whether it is resolved.

        >>> open().match("Тихановская Светлана").entity_id
        'by-tsikhanouskaya-sviatlana'

        """
        return self._match(name, limit, lang, explain=True)

    def outcome(self, name: str, limit: int = 1, lang: str = "") -> Link:
        """What `match` finds, without the scheme and the language that the spelling is based on: sooner.

        With a ``limit`` of 1 only the outcome counts: of an unknown name candidates are missing that could not have reached
        a probability of 5 %, and where there is none its probability is 0.

        >>> open().outcome("Тихановская Светлана").entity_id
        'by-tsikhanouskaya-sviatlana'
        """
        return self._match(name, limit, lang, explain=False)

    def _match(self, name: str, limit: int, lang: str, explain: bool) -> Link:
        if not parts(name):
            return Link(0, len(name), name, "unknown")
        others: list[Reading] = []
        if self.index.openers:
            others = [*places(name, self.index, lang), *organizations(name, self.index)]
        # beside a place or an organisation every person counts that could be meant as well
        least = chances.too_little(self.index) if limit <= 1 and not explain and not others else -math.inf
        found = whole(name, self.index, lang, least=least) + others
        return decide.decide_alone(name, found, self.index, self.threshold, limit, lang, explain)

    def match_many(self, names: Iterable[str | None], lang: str = "") -> pd.DataFrame:
        """Match a column of names.

        Args:
            names: any number of names; None and empty ones match nothing.
            lang: ISO 639-1 code of the language they are written in, where known.

        Returns:
            A data frame with the columns name, entity_id, entity_name, probability and status, one
            row per name in the order given.

        """
        import pandas as pd

        asked = list(names)
        texts = [name if isinstance(name, str) else "" for name in asked]
        with undisturbed():
            memo = {name: self.outcome(name, 1, lang) for name in dict.fromkeys(texts)}
        found = [memo[name] for name in texts]
        return pd.DataFrame(
            {
                "name": asked,
                "entity_id": [link.entity_id for link in found],
                "entity_name": [link.name for link in found],
                "probability": [link.probability for link in found],
                "status": [link.status for link in found],
            }
        )


def _shape(run: Mention) -> Hashable:
    """The words of a run, wherever it stands."""
    start = run.start
    if len(run.tokens) == 1 and not run.borrowed:
        (token,) = run.tokens
        return token.text, token.role, token.glue, token.start - start, token.end - start
    words = [(t.text, t.role, t.glue, t.start - start, t.end - start) for t in (*run.tokens, *run.borrowed)]
    return len(run.tokens), *words


def _is_told(run: Mention, told: Collection[str]) -> bool:
    """Whether a word of a run opens as one of those beside which a verb tells the gender."""
    return any(fold(token.text)[: memory.OPENING] in told for token in run.tokens)


_NOTHING: set[tuple[int, Role]] = set()


def _all_of(known: Mapping[str, set[tuple[int, Role]]], spellings: Iterable[str]) -> set[tuple[int, Role]]:
    """What is known of any of some spellings."""
    found = [known[spelling] for spelling in spellings if spelling in known]
    return set().union(*found) if found else _NOTHING


@lru_cache(maxsize=65536)
def _spellings(word: str, lang: str) -> tuple[str, ...]:
    """A word and its nominatives, folded."""
    return tuple({fold(spelling): None for spelling in (word, *(stem for stem, _sex in nominatives(word, lang)))})


LOOKED_AT, GROWN = 64, 0.25
"""Every so many texts it is looked whether others made so large a share of what is in memory since cyclic garbage was searched."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """Without the search for cyclic garbage: what is remembered of names is much, and holds none.

    >>> with undisturbed():
    ...     gc.isenabled()
    False
    """
    was = gc.isenabled()
    if was:
        _KEPT.count_others()
    gc.disable()
    try:
        yield
    finally:
        if was:
            _KEPT.put_aside()
            gc.enable()


class _Kept:
    """What was remembered goes to the oldest objects at once, or the next search for garbage would look at all of it.

    So do the objects of others that are there by then, which no search of young ones finds any more. What they take is counted
    between two calls, for only they can be cyclic garbage: however much is remembered, it is no reason to search all of it.
    """

    def __init__(self) -> None:
        self._calls, self._others, self._left = 0, 0, sys.getallocatedblocks()

    def count_others(self) -> None:
        """Add what was made since the last call, in blocks of memory."""
        self._others += sys.getallocatedblocks() - self._left

    def put_aside(self) -> None:
        """Put all objects among the oldest; where a program has frozen its own, nothing is done."""
        if not gc.get_freeze_count():
            gc.freeze()
            gc.unfreeze()
            self._calls += 1
            if self._calls % LOOKED_AT == 0 and self._others > GROWN * sys.getallocatedblocks():
                gc.collect()
                self._others = 0
        self._left = sys.getallocatedblocks()


_KEPT = _Kept()


def open(
    source: str | Path | Sequence[str | Path] | None = None,
    threshold: float = chances.DEFAULT_THRESHOLD,
) -> Resolver:
    """Open a gazetteer.

    Args:
        source: a source file (CSV, TSV, JSONL, Parquet, or .txt with one name a line), a folder of
            them, a compiled directory, or several sources that are read as one; the curated default
            where nothing is given. Sources are compiled once into the user's cache.
        threshold: the probability from which a link is resolved.

    Raises:
        GazetteerError: a source is unusable; names file, line and value.
        CompiledError: a compiled directory is damaged or of another version.
        UsageError: the threshold is no probability.

    >>> open()
    <Resolver of ... entities, ... names>

    """
    sources = [curated()] if source is None else [source] if isinstance(source, (str, Path)) else list(source)
    if not sources:
        raise UsageError("no gazetteer given; name at least one source, or none for the curated default")
    if len(sources) == 1 and is_compiled(sources[0]):
        return Resolver(open_index(sources[0]), threshold)
    index, noticed = open_sources(sources)
    return Resolver(index, threshold, noticed)


def compare(left: str, right: str, lang: str = "", prior: float = PAIR_PRIOR) -> Comparison:
    """Say how much speaks for two names being one person's, or one organisation's where a legal form says so.

    Args:
        left: a name.
        right: another name.
        lang: ISO 639-1 code of the language they are written in, where known.
        prior: the probability that they are one person's before anything is compared.

    Returns:
        A comparison of the two names that fit best where a slash or parentheses offer several;
        ``str()`` of it is the waterfall of evidence in bits. Symmetric.

    Raises:
        UsageError: the prior is no probability between 0 and 1.

    >>> compare("Vlasova", "Уласава").bits > 10
    True

    """
    if not 0.0 < prior < 1.0:
        raise UsageError(f"prior {prior} is no probability; give one between 0 and 1")
    if (sounds_like_body(left) and sounds_like_body(right)) or is_body(left) or is_body(right):
        return _compared_as_bodies(left, right, prior)
    bits, one, other, evidence = max(
        (
            (sum(piece.bits for piece in evidence), one, other, evidence)
            for one in _ways(left, lang)
            for other in _ways(right, lang)
            for evidence in _both_ways(parse(one, lang), parse(other, lang), lang)
        ),
        key=lambda best: best[0],
    )
    taken = [tuple((token.text, token.role) for token in parse(name, lang).tokens) for name in (one, other)]
    return Comparison(one, other, bits, _posterior(bits, prior), tuple(evidence), *taken)


def _posterior(bits: float, prior: float) -> float:
    """The probability that two names are one's, from that before and the bits that speak for it."""
    odds: float = prior / (1.0 - prior) * 2.0 ** max(min(bits, 200.0), -200.0)
    return odds / (1.0 + odds)


def _compared_as_bodies(left: str, right: str, prior: float) -> Comparison:
    """The comparison of two names of which a legal form says that an organisation bears it."""
    ways = [(one, other, compare_bodies(one, other)) for one in read(left) for other in read(right)]
    ways = [way for way in ways if way[2]]
    if not ways:
        nothing = Evidence("no word shared", weights()["body_no_own"], left, right)
        return Comparison(left, right, nothing.bits, _posterior(nothing.bits, prior), (nothing,))
    one, other, evidence = max(ways, key=lambda way: sum(piece.bits for piece in way[2]))
    bits = sum(piece.bits for piece in evidence)
    role: Role = "word"
    taken = [tuple((word.text, role) for word in body.words) for body in (one, other)]
    return Comparison(one.text, other.text, bits, _posterior(bits, prior), tuple(evidence), *taken)


def _ways(name: str, lang: str) -> tuple[str, ...]:
    """The names that a written name offers, and as Russian would spell it where it shows that it is spelt as it sounds."""
    return (*alternatives(name), *renderings(parse(name, lang)), *(() if lang else whole_heard(name)))


def _both_ways(left: Name, right: Name, lang: str) -> list[list[Evidence]]:
    """The evidence with either name as the one that may be inflected; the better reading counts."""
    found = [compare_names(left, right, lang), [flip(piece) for piece in compare_names(right, left, lang)]]
    marks = decide.another_mark(left, [right])
    return [evidence + kin(evidence, -math.log2(PAIR_PRIOR), alone=True) + marks for evidence in found]


def flip(piece: Evidence) -> Evidence:
    """The same evidence with its two spellings exchanged."""
    return replace(piece, left=piece.right, right=piece.left)


__all__ = ["Resolver", "compare", "open", "weights"]
