"""How are names of Thai and Ethiopic letters spelt in Latin ones, and where in a text may they stand?

No channel is learned for these writings. Their letters are spelt one by one (``tables/syllabic.tsv``), and what that gives is
compared like any Latin word. Thai sets no spaces between words, but between a given name and a surname: the first is
the end of what stands before a space, the second the beginning of what follows. Ethiopic words stand apart, with
prepositions and case endings written together with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from resolve import tables

THAI, ETHIOPIC = "\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e4e", "\u1200-\u135a"
LETTERS = re.compile(f"[{THAI}{ETHIOPIC}]")
"""Whether a text has any letter of these writings."""

_RUNS = re.compile(f"[{THAI}]+|[{ETHIOPIC}]+")

SHORTEST, LONGEST = 3, 16
"""A part of a name has so many Latin letters at least and is so long at most, in code points of the text."""

CONSONANTS = 2
"""A part of a name has so many consonants at least: shorter ones stand everywhere."""

Spelt = tuple[str, int, int]
"""Latin letters, and the place in the text that they spell."""


def runs(text: str) -> Iterator[tuple[int, int, list[Spelt], list[Spelt]]]:
    """The runs of letters of a text, with what a given name may be that ends there, and a surname that begins there.

    >>> [(closing[0][0], opening[0][0]) for _, _, closing, opening in runs("ቭላዲሚር ፑቲን")]
    [('vladimir', 'vladimir'), ('putin', 'putin')]
    """
    for match in _RUNS.finditer(text):
        start, end = match.span()
        if match[0][0] >= "\u1200":
            ways = list(_words(match[0], start))
            yield start, end, ways, ways
        else:
            yield start, end, list(_endings(match[0], end)), list(_openings(match[0], start))


def is_thai(letter: str) -> bool:
    """Whether a letter is Thai: a space before a surname says there that a given name ends, whoever's.

    >>> is_thai("ป"), is_thai("p")
    (True, False)
    """
    return letter in _thai()


def _words(word: str, start: int) -> Iterator[Spelt]:
    """An Ethiopic word as it stands, and without what is written together with it."""
    heads = ["", *(form for form in _attached("prefix") if word.startswith(form))]
    tails = ["", *(form for form in _attached("suffix") if word.endswith(form))]
    for head in heads:
        for tail in tails:
            first, last = len(head), len(word) - len(tail)
            if is_name(spelt := latin(word[first:last])):
                yield spelt, start + first, start + last


def _openings(run: str, start: int) -> Iterator[Spelt]:
    """What a run of Thai letters may begin with."""
    for size in range(min(LONGEST, len(run)), 1, -1):
        if _may_end(run, size) and is_name(spelt := latin(run[:size])):
            yield spelt, start, start + size


def _endings(run: str, end: int) -> Iterator[Spelt]:
    """What a run of Thai letters may end in."""
    for size in range(min(LONGEST, len(run)), 1, -1):
        place = len(run) - size
        if _may_end(run, place) and is_name(spelt := latin(run[place:])):
            yield spelt, end - size, end


def _may_end(run: str, place: int) -> bool:
    """Whether a syllable may begin at a place of a Thai run: with a consonant or a vowel written before it."""
    kinds = _thai()
    if place in {0, len(run)}:
        return True
    here, before = kinds[run[place]][0], kinds[run[place - 1]][0]
    return here in {"consonant", "carrier", "before"} and before != "before"


def is_name(spelt: str) -> bool:
    """Whether Latin letters are enough for a part of a name."""
    return len(spelt) >= SHORTEST and sum(letter not in "aeiou" for letter in spelt) >= CONSONANTS


@lru_cache(maxsize=65536)
def latin(word: str) -> str:
    """A word of Thai or Ethiopic letters in Latin ones, in lower case.

    >>> latin("วลาดีมีร์"), latin("ปูติน"), latin("โมดี"), latin("ዘውዴ")
    ('vladimir', 'putin', 'modi', 'zewde')
    """
    if word[:1] >= "\u1200":
        return "".join(_ethiopic().get(letter, "") for letter in word)
    found, waiting, behind = "", "", False
    for letter in word:
        kind, spelt = _thai().get(letter, ("sign", ""))
        if kind == "before":
            waiting = spelt
        elif kind == "carrier":
            # after a consonant it is the vowel, elsewhere it bears one: ทอง, อูซา
            found += waiting or (spelt if behind else "")
            waiting, behind = "", False
        elif kind == "consonant":
            found, waiting, behind = found + spelt + waiting, "", not waiting
        elif kind == "vowel":
            found, behind = found + spelt, False
    return found


@lru_cache(maxsize=1)
def _thai() -> dict[str, tuple[str, str]]:
    rows = tables.rows("syllabic.tsv")
    return {letter: (kind, "" if spelt == "-" else spelt) for writing, kind, letter, spelt in rows if writing == "Thai"}


@lru_cache(maxsize=1)
def _ethiopic() -> dict[str, str]:
    rows = tables.rows("syllabic.tsv")
    return {letter: "" if spelt == "-" else spelt for _, kind, letter, spelt in rows if kind == "syllable"}


@lru_cache(maxsize=2)
def _attached(kind: str) -> tuple[str, ...]:
    """What is written together with Ethiopic names."""
    return tuple(letter for _, one, letter, _ in tables.rows("syllabic.tsv") if one == kind)
