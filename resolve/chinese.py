"""Are two words one Chinese name, spelt by Wade and Giles and in pinyin?

*Teng Hsiao-ping* and *Deng Xiaoping*, *Chou* and *Zhou*: the older system writes with the letters of breathed consonants those
without breath, so that one spelling stands for several syllables. ``tables/chinese.tsv`` has both, and the Russian one of Palladius.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import product

from resolve import tables
from resolve.text import APOSTROPHES, script

PINYIN, WADE, CYRILLIC = range(3)
"""The systems, in the order of the columns of the table."""

LONGEST = 14
"""The most letters of a surname or given name, of two syllables at most."""

MOST_SYLLABLES = 2
WHOLE = (2, 4)
"""The fewest and the most syllables of a whole name."""

Reading = tuple[str, ...]
"""The syllables of a word, in pinyin."""

_DROPPED = str.maketrans(dict.fromkeys(f"-{APOSTROPHES}\N{MODIFIER LETTER TURNED COMMA}", ""))


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, frozenset[str]], ...]:
    """The syllables, in pinyin, that every spelling of one may stand for, by system."""
    parts: dict[str, list[tuple[list[str], ...]]] = {"initial": [], "final": [], "whole": []}
    for part, *columns in tables.rows("chinese.tsv"):
        parts[part].append(tuple(column.split() for column in columns))
    found: tuple[dict[str, set[str]], ...] = ({}, {}, {})
    for system, spellings in enumerate(found):
        for whole in parts["whole"]:
            for spelling in whole[system]:
                spellings.setdefault(spelling, set()).add(whole[PINYIN][0])
        for first, second in product(parts["initial"], parts["final"]):
            for one, other in product(first[system], second[system]):
                spellings.setdefault(one + other, set()).add(first[PINYIN][0] + second[PINYIN][0])
    return tuple({spelling: frozenset(sounds) for spelling, sounds in one.items()} for one in found)


@lru_cache(maxsize=16384)
def syllables(word: str, system: int = WADE) -> frozenset[Reading]:
    """Every way to read a word of a system as one or two syllables, in pinyin; none where it cannot be such a name.

    >>> sorted(syllables("Hsiao-p'ing"))
    [('xiao', 'bing'), ('xiao', 'ping')]
    >>> ("xiao", "ping") in syllables("Сяопин", CYRILLIC), syllables("Merkel")
    (True, frozenset())
    """
    if len(word) > LONGEST or (script(word) == "Cyrillic") != (system == CYRILLIC):
        return frozenset()
    plain = "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if not _is_mark(c)).translate(_DROPPED)
    return frozenset(_read(unicodedata.normalize("NFC", plain), system, MOST_SYLLABLES))


def _is_mark(letter: str) -> bool:
    """Whether a character is a mark that the systems leave out; that of *й* is none."""
    return unicodedata.combining(letter) > 0 and letter != "\N{COMBINING BREVE}"


def _read(word: str, system: int, most: int) -> list[Reading]:
    """The ways to read a word as so many syllables or fewer."""
    spellings = _table()[system]
    found: list[Reading] = [(sound,) for sound in spellings.get(word, ())]
    if most > 1:
        for place in range(1, len(word)):
            for first in spellings.get(word[:place], ()):
                found += [(first, *rest) for rest in _read(word[place:], system, most - 1)]
    return found


def spells(left: str, right: str) -> bool:
    """Whether one of two words spells by Wade and Giles the Chinese name that the other spells in another system; symmetric.

    >>> spells("Teng", "Deng"), spells("Чжоу", "Chou"), spells("Dan", "Tang"), spells("Zhou", "Zhou")
    (True, True, False, False)
    """
    return _by_wade(left, right) or _by_wade(right, left)


def _by_wade(word: str, other: str) -> bool:
    return bool(read := syllables(word)) and any(not read.isdisjoint(syllables(other, s)) for s in (PINYIN, CYRILLIC))


def is_by_wade(words: Sequence[str]) -> bool:
    """Whether some words are a Chinese name that only Wade and Giles spell so: two to four syllables, one of them not in pinyin.

    >>> is_by_wade(["Teng", "Hsiaoping"]), is_by_wade(["Deng", "Xiaoping"]), is_by_wade(["Dan", "Smith"])
    (True, False, False)
    """
    read = [syllables(word) for word in words]
    if not all(read) or all(syllables(word, PINYIN) for word in words):
        return False
    return WHOLE[0] <= sum(min(map(len, ways)) for ways in read) <= WHOLE[1]
