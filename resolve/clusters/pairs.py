"""Which names of a column may be one person's, and how likely is it?

The names are compiled as a gazetteer of their own, so that the same keys, channels and evidence find the few that a
name is compared with as in matching. The odds of a pair are those of `chances.posterior` for a name that stands alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from resolve.chances import bounded, prior
from resolve.index import Index, compile_rows, open_index
from resolve.letters import is_other, writing
from resolve.model import Evidence, Name, Row, Token
from resolve.names import NAMING, alternatives, parse
from resolve.score import compare
from resolve.score.pair import Judge
from resolve.score.reading import worth_in
from resolve.score.shortlist import shortlist
from resolve.score.spelt import paired

LEAST = 10.0
"""Names whose estimate is worth fewer bits are not compared: a surname alone is worth more."""

CONTRADICTION = (0.2, 0.03, 0.01)
"""What a contradiction weighs beside an agreement where none, one or both of the names are in scripts beyond Cyrillic.

Agreement is no accident, but spellings differ for many reasons: *Kevin Rudd* and *Кевин Рад*, *Geoffrey Howe* and 贺维.
Set on the tenth of persons kept for development."""

SILENT = 0.001
"""What a pair weighs where too little agrees and nothing contradicts."""

MOST_OPEN = 80
"""Of the names that one in a script beyond Cyrillic may spell, which come likeliest first, so many are compared."""

HALF = 0.5
"""A contradiction counts as one where there is more of it than this."""

COMPACT = {"Han": 2, "Kana": 3, "Hangul": 2}
"""So many characters of a writing without spaces are a name in full: 金英日."""

_LABEL = re.compile(r"^\s*\w+:\s*(?=\w)")


@dataclass(frozen=True, slots=True)
class Pair:
    """How likely two names are one person's, in bits of log-odds; whether something in them contradicts; what that weighs."""

    bits: float
    against: bool = False
    weight: float = 1.0

    @property
    def probability(self) -> float:
        """The same as a probability.

        >>> Pair(0.0).probability
        0.5
        """
        return float(1.0 / (1.0 + 2.0 ** max(min(-self.bits, 200.0), -200.0)))


NOBODY = Pair(bounded(-100.0, identical=False))
"""A name that is like no other may still be somebody's other name."""


class Pairs:
    """The names of a column, ready to be compared with one another; a name is known by its place among them.

    Args:
        index: a gazetteer of the names, in whose order they are numbered, each an entity of its own.
        lang: ISO 639-1 code of the language they are written in, where known.

    """

    def __init__(self, index: Index, lang: str = "") -> None:
        self.index, self.lang = index, lang
        self._worth = worth_in(index)
        self._prior = prior(index, alone=True)

    def near(self, place: int) -> dict[int, Pair]:
        """The names that may be spellings of one, with what speaks for each."""
        found: dict[int, Pair] = {}
        for seen in self._read(place):
            listed = shortlist(seen, self.index, self.lang, self._worth)
            # what is written in further scripts was not looked up word by word
            judge = paired(self.index, apart=not any(is_other(token.text) for token in seen.tokens))
            for rank, (number, estimate) in enumerate(listed):
                if rank >= MOST_OPEN and estimate == math.inf:
                    break
                other = self.index.entity_of(number)
                if other == place or estimate < LEAST:
                    continue
                pair = self._compare(seen, self.index.name(number), judge)
                if other not in found or pair.bits > found[other].bits:
                    found[other] = pair
        return found

    def pair(self, left: int, right: int) -> Pair:
        """What two names say, compared both ways; the better reading counts."""
        return max(
            (
                self._compare(seen, self.index.name(number), paired(self.index))
                for one, other in ((left, right), (right, left))
                for seen in self._read(one)
                for number in self.index.names_of(other)
            ),
            key=lambda pair: pair.bits,
        )

    def words(self, place: int) -> int:
        """How many words of a name say in full who is meant: no initials, titles or particles."""
        return max(sum(map(_weight, seen.tokens)) for seen in self._read(place))

    def beyond(self, place: int) -> bool:
        """Whether a name is in a script beyond Latin and Cyrillic."""
        return any(is_other(token.text) for seen in self._read(place) for token in seen.tokens)

    def _read(self, place: int) -> tuple[Name, ...]:
        return tuple(parse(one, self.lang) for one in alternatives(self.index.entity(place).name))

    def _compare(self, seen: Name, known: Name, judge: Judge) -> Pair:
        return self._pair(seen, known, compare(seen, known, self.lang, self._worth, judge))

    def _pair(self, seen: Name, known: Name, evidence: Sequence[Evidence]) -> Pair:
        identical = any(piece.feature == "spelt the same" for piece in evidence)
        bits = bounded(sum(piece.bits for piece in evidence) + self._prior, identical)
        against = max((_contradicted(piece) for piece in evidence), default=0.0)
        if bits >= 0.0:
            return Pair(bits, against > HALF)
        beyond = sum(any(is_other(token.text) for token in name.tokens) for name in (seen, known))
        return Pair(bits, against > HALF, max(against * CONTRADICTION[beyond], SILENT))


def _weight(token: Token) -> int:
    """How many words in full a token stands for."""
    if token.role not in NAMING or token.role == "initial":
        return 0
    return 2 if len(token.text) >= COMPACT.get(writing(token.text), len(token.text) + 1) else 1


def _contradicted(piece: Evidence) -> float:
    """How much of a contradiction a piece of evidence is, 0 to 1."""
    return max((n for part, n in piece.parts if part.startswith(("contradiction", "surname_gender"))), default=0.0)


def without_label(name: str) -> str:
    """A name without the label that wikis and lists put before it.

    >>> without_label("Category:Якуб Колас"), without_label("Якуб Колас")
    ('Якуб Колас', 'Якуб Колас')
    """
    return _LABEL.sub("", name)


def compiled(names: Iterable[str], folder: Path) -> Index:
    """A gazetteer of names, each a person of its own whose ID is its place."""
    try:
        compile_rows((Row(str(place), without_label(name)) for place, name in enumerate(names)), folder)
    except OSError as error:
        # the place is a temporary one, which nobody has named
        raise OSError(error.errno, error.strerror, str(folder)) from None
    return open_index(folder)
