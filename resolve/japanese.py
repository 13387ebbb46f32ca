"""How is a Japanese name in Chinese characters read?

A name is read as its bearer reads it, and seldom as its characters are read elsewhere: 安倍 is *Abe*. ``tables/japanese.tsv``
has the readings of names, and those of single characters in names for given names that it lacks (`resolve.training.japanese`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, product

from resolve import tables
from resolve.letters import writing

LONGEST = 4
"""The most characters of a surname or given name."""

LONGEST_WHOLE = 6
"""The most characters of a name without spaces."""

MOST = 24
"""At most so many readings of a word are listed."""

_LONG_VOWEL = re.compile("([ou])(?:u|(?<=o)o|h(?![aeiouy]))")


@lru_cache(maxsize=1)
def _japanese() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Readings of Japanese names, and of single characters in names."""
    found: dict[str, dict[str, tuple[str, ...]]] = {"name": {}, "character": {}}
    for kind, word, read in tables.rows("japanese.tsv"):
        found[kind][word] = tuple(read.split())
    return found["name"], found["character"]


def short_vowels(latin: str) -> str:
    """A Japanese name in Latin letters without what shows long vowels, which few keep: *Shinzou*, *Ohno*.

    >>> short_vowels("shinzou"), short_vowels("yuuki"), short_vowels("ohno")
    ('shinzo', 'yuki', 'ono')
    """
    return _LONG_VOWEL.sub(r"\1", latin)


@lru_cache(maxsize=16384)
def japanese(word: str) -> tuple[str, ...]:
    """How a Han word is read as a Japanese name, without long vowels; names that are not known by their characters.

    >>> "abe" in japanese("安倍"), japanese("純一郎"), japanese("Abe")
    (True, ('junichiro',), ())
    """
    if writing(word) != "Han" or len(word) > LONGEST:
        return ()
    names, characters = _japanese()
    if word in names:
        return names[word]
    options = [characters.get(character, ()) for character in word]
    return tuple(islice(dict.fromkeys(map("".join, product(*options))), MOST))


def japanese_parts(word: str) -> tuple[str, str]:
    """The surname and the given name of a Japanese name without spaces; both empty where they are not known.

    Surnames of two characters are the commonest; either part has to be known as a name, or the given name by its
    characters, of which behind a surname of several one is enough.

    >>> japanese_parts("岸田文雄"), japanese_parts("小泉純一郎"), japanese_parts("安倍晋三"), japanese_parts("大卫")
    (('岸田', '文雄'), ('小泉', '純一郎'), ('安倍', '晋三'), ('', ''))
    """
    names, characters = _japanese()
    if writing(word) == "Han" and 3 <= len(word) <= LONGEST_WHOLE:
        for size in (2, 3, 1):
            surname, given = word[:size], word[size:]
            read = sum(character in characters for character in given)
            known = given in names or (len(given) > 1 and read >= (len(given) if size == 1 else 1))
            if surname in names and given and known:
                return surname, given
    return "", ""


def is_surname(word: str) -> bool:
    """Whether a Han word is known as a Japanese name.

    >>> is_surname("大坂"), is_surname("大统")
    (True, False)
    """
    return word in _japanese()[0]
