"""Which words of a text are written like names, without making an object of every other one?

`Words` is what `text.words` gives, found in one compiled pass; a `Token` is made where somebody asks for it. What is
known of a word for itself is found once and remembered with the word.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, overload

from resolve import text as texts
from resolve._scan import APOSTROPHE, HYPHEN, INNER, LETTER, NONE, ODD_LETTER, POSSESSIVE, Lexicon
from resolve.given import is_given_as_written
from resolve.model import Token
from resolve.names import is_namelike
from resolve.text import is_lower

if TYPE_CHECKING:
    from resolve._scan import Description

MAX_WORDS = 400_000
"""So many different words are remembered."""

NO_VOTE = 1e-9
"""What rounding may leave of votes that were taken back."""

NAMELIKE, SMALL, LOWER, PARTICLE, GIVEN, OPENER = 1, 2, 4, 8, 16, 32
"""A word opens with a capital; is of small letters; is written small where it could be large; is a particle of names;
is a given name written small; opens with no small letter."""

SHORTEST_GIVEN = 3
"""A shorter word in lower case is taken for no given name."""


class Words(Sequence[Token]):
    """The words of a text.

    Args:
        text: the document.

    >>> words = Words("Вчера Kara-Murza’s dog")
    >>> [words[place].text for place in words.having(NAMELIKE)]
    ['Вчера', 'Kara', 'Murza']
    >>> words[2] == list(texts.words("Вчера Kara-Murza’s dog"))[2]
    True

    """

    def __init__(self, text: str) -> None:
        self.text, self._lexicon = text, lexicon()
        self.starts, self.ends, self.numbers, self.glued = self._lexicon.scan(text)
        self._spelt = self._lexicon.words
        self._made: dict[int, Token] = {}

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, place: int) -> Token: ...

    @overload
    def __getitem__(self, place: slice) -> list[Token]: ...

    def __getitem__(self, place: int | slice) -> Token | list[Token]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        found = self._made.get(place)
        if found is None:
            place = range(len(self))[place]
            word, glue = self._spelt[self.numbers[place]], "-" if self.glued[place] else ""
            found = self._made[place] = Token(word, self.starts[place], self.ends[place], glue=glue)
        return found

    def __iter__(self) -> Iterator[Token]:
        return (self[place] for place in range(len(self)))

    def spelling(self, place: int) -> str:
        """The word at a place, cleaned."""
        return self._spelt[self.numbers[place]]

    def has(self, place: int, flags: int) -> bool:
        """Whether the word at a place has one of some flags."""
        return bool(self._lexicon.flags[self.numbers[place]] & flags)

    def texts(self) -> list[str]:
        """All words, cleaned, in order."""
        return list(map(self._spelt.__getitem__, self.numbers))

    def flags(self) -> bytes:
        """The flags of all words, in order."""
        return bytes(map(self._lexicon.flags.__getitem__, self.numbers))

    def having(self, flags: int) -> array[int]:
        """The places of the words that have one of some flags."""
        return self._lexicon.having(self.numbers, flags)

    def spellings(self, flag: int) -> set[str]:
        """The different words that have a flag."""
        return self._lexicon.spelt(self.numbers, flag)

    def language(self) -> str:
        """What `text.guess_language` says of the words.

        >>> Words("Gestern hat der Sprecher mit der Presse und dem Rat gesprochen").language()
        'de'
        """
        langs = _languages()
        votes = list(self._lexicon.voted(self.numbers[: texts.VOTERS], len(langs)))
        for place in self._inside_names():
            for number, vote in _votes(self.spelling(place)):
                votes[number] -= vote
        return texts.elected({lang: vote for lang, vote in zip(langs, votes, strict=True) if vote > NO_VOTE})

    def _inside_names(self) -> Iterator[int]:
        """The places of the voting words that are particles inside a name, which every language leaves as it is."""
        last = min(len(self), texts.VOTERS) - 1
        for place in self.having(PARTICLE):
            if (
                0 < place < last
                and self.has(place - 1, NAMELIKE | PARTICLE)
                and self.has(place + 1, NAMELIKE | PARTICLE)
            ):
                yield place

    def loud(self, least: int, share: float) -> list[tuple[int, bool]]:
        """Where every line with words ends, and whether so many and such a share of its words open with a capital."""
        return self._lexicon.lines(self.text, self.starts, self.ends, self.numbers, NAMELIKE, least, share)


def lexicon() -> Lexicon:
    """The words that this process met; a new one where it met too many, for what was found keeps its own."""
    if len(_known()) >= MAX_WORDS:
        _known.cache_clear()
    return _known()


@lru_cache(maxsize=1)
def _known() -> Lexicon:
    return Lexicon(_classes(), _describe)


@lru_cache(maxsize=1)
def _classes() -> bytes:
    """What every code point is in a word, as far as the marks of `text.MARKS` go."""
    return bytes(_class(chr(code)) for code in range(0x3100))


def _class(letter: str) -> int:
    if texts.is_opening(letter):
        return LETTER if letter.isalpha() else ODD_LETTER
    if texts.is_inner(letter):
        return INNER
    return APOSTROPHE if letter in texts.APOSTROPHES else HYPHEN if letter in texts.HYPHENS else NONE


def _describe(raw: str, plain: bool) -> Description:
    """A word as `text.words` cuts and cleans it, and what is known of it for itself."""
    skip = texts.prefix(raw) if plain else 0
    word, skip, size, possessive = (
        texts.cut(raw) if not plain else (texts.clean(raw[skip:]), skip, len(raw) - skip, False)
    )
    lower = is_lower(word)
    flags = (
        NAMELIKE * is_namelike(word)
        | SMALL * word.islower()
        | LOWER * lower
        | PARTICLE * (word in texts.particles())
        | GIVEN * (lower and len(word) >= SHORTEST_GIVEN and is_given_as_written(word))
        | OPENER * (not is_lower(word[:1]))
        | POSSESSIVE * possessive
    )
    return word, skip, size, flags, _votes(word)


@lru_cache(maxsize=1)
def _languages() -> tuple[str, ...]:
    """The languages that words vote for."""
    return tuple(sorted(frozenset().union(*texts.common_words().values())))


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    """The number of every language that words vote for."""
    return {lang: place for place, lang in enumerate(_languages())}


def _votes(word: str) -> tuple[tuple[int, float], ...]:
    """For which languages, by number, a word votes, and how much."""
    return tuple((_numbers()[lang], vote) for lang, vote in texts.votes_of(word).items())
