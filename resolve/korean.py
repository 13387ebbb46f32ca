"""Are two words one Korean name, spelt by different systems?

*Park Geun-hye*, *Pak Kŭnhye* and *Пак Кын Хе* share hardly a letter: one sound has several spellings in each system, and one
spelling several sounds. ``tables/korean.tsv`` has both; two words are one name where some sounds are spelt by both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product

from resolve import tables
from resolve.text import script

LONGEST = 14
"""The most letters of a surname or given name, of two syllables at most."""

MOST_SYLLABLES = 2
WHOLE = (3, 4)
"""The fewest and the most syllables of a whole name: many words of one syllable are names elsewhere too."""

Sounds = tuple[frozenset[str], ...]
"""What an initial, a vowel and a final may be."""

_MARKS = str.maketrans("ŏŭ’'-", "ou   ")
_PARTS = ("initial", "vowel", "final")
_SHAPES = {
    "Latin": re.compile("[bcčdghjklmnprstwyž]{0,3}[aeiouwy]{1,4}[bdghklmnprst]{0,3}(?:[bcčdghjklmnprstwyž]{0,3}[aeiouwy]{1,4}[bdghklmnprst]{0,3})?"),
    "Cyrillic": re.compile("[а-яёіїєџ]{1,10}"),
}  # fmt: skip


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[dict[str, frozenset[str]], ...], dict[str, Sounds], tuple[int, ...]]:
    """The sounds that a spelling of each part may stand for, those of surnames, and how long the longest of each part is."""
    parts: dict[str, dict[str, set[str]]] = {part: {} for part in _PARTS}
    surnames: dict[str, list[str]] = {}
    for part, sound, spellings in tables.rows("korean.tsv"):
        for spelling in spellings.split():
            plain = "" if spelling == "-" else spelling
            if part == "surname":
                surnames.setdefault(plain, []).append(sound)
            else:
                parts[part].setdefault(plain, set()).add("" if sound == "-" else sound)
    folded = tuple({s: frozenset(sounds) for s, sounds in parts[part].items()} for part in _PARTS)
    full = {spelling: _together(sounds) for spelling, sounds in surnames.items()}
    return folded, full, tuple(max(map(len, part)) for part in folded)


def _together(sounds: Iterable[str]) -> Sounds:
    """The parts of one syllable that may be any of some."""
    split = [(s[0], s[1], s[2:]) if s[0] < "ㅏ" else ("ㅇ", s[0], s[1:]) for s in sounds]
    return tuple(frozenset(part) for part in zip(*split, strict=True))


@lru_cache(maxsize=65536)
def syllables(word: str) -> tuple[tuple[Sounds, ...], ...]:
    """Every way to read a word as one or two Korean syllables; none where it cannot be such a name.

    >>> len(syllables("Geunhye")[0]), syllables("Lukashenko")
    (2, ())
    """
    if len(word) > LONGEST or (shape := _SHAPES.get(script(word))) is None:
        return ()
    plain = word.casefold().translate(_MARKS).replace(" ", "")
    if not shape.fullmatch(plain):
        return ()
    surname = _table()[1].get(plain)
    found = [reading for reading in _read(plain, 0) if reading]
    return tuple(dict.fromkeys([(surname,), *found] if surname else found))


def _read(word: str, done: int) -> Iterator[tuple[Sounds, ...]]:
    """The ways to read what is left of a word behind so many syllables."""
    if not word:
        yield ()
    if not word or done == MOST_SYLLABLES:
        return
    (initials, vowels, finals), _surnames, (most, open_, closed) = _table()
    size, last = len(word), done + 1 == MOST_SYLLABLES
    if size > (MOST_SYLLABLES - done) * (most + open_ + closed):
        return
    for first in range(min(most, size) + 1):
        if (initial := initials.get(word[:first])) is None:
            continue
        for second in range(first + 1, min(first + open_, size) + 1):
            if (vowel := vowels.get(word[first:second])) is None or (last and size > second + closed):
                continue
            for third in range(size if last else second, min(second + closed, size) + 1):
                if (final := finals.get(word[second:third])) is not None:
                    yield from (((initial, vowel, final), *rest) for rest in _read(word[third:], done + 1))


def spells(left: str, right: str) -> bool:
    """Whether two words may be one Korean name of one or two syllables; symmetric.

    >>> spells("Пак", "Park"), spells("Кынхе", "Geunhye"), spells("Чен", "Jong"), spells("Ир", "Un")
    (True, True, True, False)
    """
    # most words are none, which is known of each of them
    return bool(syllables(left)) and bool(syllables(right)) and _spells(left, right)


@lru_cache(maxsize=65536)
def _spells(left: str, right: str) -> bool:
    return any(
        len(one) == len(other) and all(_meet(a, b) for a, b in zip(one, other, strict=True))
        for one in syllables(left)
        for other in syllables(right)
    )


def _meet(left: Sounds, right: Sounds) -> bool:
    return all(not a.isdisjoint(b) for a, b in zip(left, right, strict=True))


def is_surname(word: str) -> bool:
    """Whether a word is one of the commoner Korean surnames.

    >>> is_surname("Пак"), is_surname("Merkel")
    (True, False)
    """
    return word.casefold() in _table()[1]


def is_name(words: Sequence[str]) -> bool:
    """Whether some words are a Korean name: three or four syllables, a surname first or last.

    >>> is_name(["Kim", "Jong", "un"]), is_name(["Syngman", "Rhee"]), is_name(["Dan", "Lee"]), is_name(["Kim", "Campbell"])
    (True, False, False, False)
    """
    if not words or not (is_surname(words[0]) or is_surname(words[-1])):
        return False
    lengths = [{len(reading) for reading in syllables(word)} for word in words]
    if not all(lengths):
        return False
    return WHOLE[0] <= sum(map(min, lengths)) <= WHOLE[1]


@lru_cache(maxsize=65536)
def keys(word: str) -> tuple[str, ...]:
    """What two spellings of one Korean name share: the kind of every initial, and the finals.

    >>> set(keys("Geun")) & set(keys("Кын")) != set(), keys("Lukashenko")
    (True, ())
    """
    return tuple(sorted({"".join(key) for reading in syllables(word) for key in product(*map(_shape, reading))}))


def _shape(syllable: Sounds) -> list[str]:
    """The kinds of a syllable's initial, each with each of its finals."""
    initials, _vowels, finals = syllable
    return [kind + final for kind in sorted({_KINDS.get(i, i) for i in initials}) for final in sorted(finals)]


_KINDS = {"ㄲ": "ㄱ", "ㅋ": "ㄱ", "ㄸ": "ㄷ", "ㅌ": "ㄷ", "ㅃ": "ㅂ", "ㅍ": "ㅂ", "ㅆ": "ㅅ", "ㅉ": "ㅈ", "ㅊ": "ㅈ"}
"""Stops and sibilants by place, whether plain, tense or with breath."""
