"""How would Russian spell a foreign name that is written as it sounds?

Which sounds the letters of *Shakespeare* and *Bush* have was learned from Cyrillic spellings, most of them Russian.
Latvian, Georgian and Macedonian spell such names as they sound as well, but few of their spellings were there to
learn from: *Шекспир* tells more of *Šekspīr* than Latin letters do, and *Жискар* more of *ჟისკარ*.
"""

from __future__ import annotations

from functools import lru_cache

from resolve import tables
from resolve.text import script

SCRIPTS = ("Latin", "Georgian", "Cyrillic")
"""The scripts that the table respells; Latin words are asked for only where an ending shows a language that respells."""

GEORGIAN_NOMINATIVE = "ი"
"""What Georgian adds to every name that ends in a consonant: ბაიდენი, *Biden*."""

LEAST_STEM = 3
"""It is taken off only where so many letters remain, in code points."""

GEORGIAN_VOWELS = "აეიოუ"


@lru_cache(maxsize=8)
def _table(kind: str) -> tuple[dict[str, str], int]:
    """What letters of a script are in Russian, and the length of the longest."""
    table = {letters: cyrillic for one, letters, cyrillic in tables.rows("respelling.tsv") if one == kind}
    return table, max(map(len, table), default=0)


@lru_cache(maxsize=65536)
def in_cyrillic(word: str) -> str:
    """A foreign name in small letters that is spelt as it sounds, as Russian would spell it; empty where a letter is not known.

    >>> in_cyrillic("šekspīr"), in_cyrillic("džordž"), in_cyrillic("washington")
    ('шекспир', 'джордж', '')
    >>> in_cyrillic("ჟისკარ"), in_cyrillic("стерџен")
    ('жискар', 'стерджен')
    """
    kind = script(word)
    if kind not in SCRIPTS:
        return ""
    table, longest = _table(kind)
    found, place = "", 0
    while place < len(word):
        size = next((n for n in range(longest, 0, -1) if word[place : place + n] in table), 0)
        if not size and kind != "Cyrillic":
            return ""
        found += table[word[place : place + size]] if size else word[place]
        place += size or 1
    return "э" + found[1:] if found.startswith("е") and word[0] in "eēėე" else found


@lru_cache(maxsize=65536)
def sounded(word: str) -> tuple[str, ...]:
    """How Russian would spell a Georgian, Macedonian or Serbian word; none for other words.

    >>> sounded("ბაიდენი"), sounded("Фијон"), sounded("Фийон")
    (('байден', 'байдени'), ('Фийон',), ())
    """
    kind = "" if word.isascii() else script(word)
    if kind == "Cyrillic":
        spelt = in_cyrillic(word.lower())
        return (spelt.capitalize(),) if spelt and spelt != word.lower() else ()
    if kind != "Georgian":
        return ()
    lower = word.lower()
    stems = [lower[:-1]] if is_declined(lower) else []
    return tuple(filter(None, map(in_cyrillic, (*stems, lower))))


def is_declined(word: str) -> bool:
    """Whether a Georgian word may end in the ending of the nominative behind a consonant."""
    return word.endswith(GEORGIAN_NOMINATIVE) and len(word) > LEAST_STEM and word[-2] not in GEORGIAN_VOWELS
