"""How would Russian spell a foreign name that is written as it sounds?

Which sounds the letters of *Shakespeare* and *Bush* have was learned from Cyrillic spellings, most of them Russian.
Latvian, Azerbaijani, Albanian, Georgian, Macedonian and the scripts of India spell such names as they sound as well, but
few of their spellings were there to learn from: *Шекспир* tells more of *Šekspīr* than Latin letters do, and *Жискар* more
of *ჟისკარ*.
"""

from __future__ import annotations

import re
from functools import lru_cache

from resolve import tables
from resolve.indian import is_indian, of_india
from resolve.text import script

SCRIPTS = ("Latin", "Georgian", "Cyrillic")
"""The scripts that the table respells; Latin words are asked for only where an ending or a letter shows a language that respells."""

LANGUAGES = {
    "az": "az", "crh": "az", "gag": "az", "ku": "ku", "sq": "sq", "tk": "tk", "uz": "uz",
    "bs": "Latin", "hr": "Latin", "sh": "Latin", "sr": "Latin",
}  # fmt: skip
"""Which rows of the table the languages have that spell foreign names as they sound and add no ending that would show it."""

SHOWN = (("az", re.compile("[əğış]")), ("sq", re.compile("xh|ë")), ("Latin", re.compile("[čćđšž]")))
"""Letters that show in which of these a word may be spelt."""

_SHOWN = re.compile("|".join(shown.pattern for _, shown in SHOWN))
"""Any of them: few words have one."""

GEORGIAN_NOMINATIVE = "ი"
"""What Georgian adds to every name that ends in a consonant: ბაიდენი, *Biden*."""

_WORD = re.compile(r"[^\W\d_]+")

LEAST_STEM = 3
"""It is taken off only where so many letters remain, in code points."""

GEORGIAN_VOWELS = "აეიოუ"


@lru_cache(maxsize=16)
def _table(kind: str) -> tuple[dict[str, str], int]:
    """What letters of a script or language are in Russian, and the length of the longest."""
    table = {letters: cyrillic for one, letters, cyrillic in tables.rows("respelling.tsv") if one == kind}
    return table, max(map(len, table), default=0)


@lru_cache(maxsize=65536)
def in_cyrillic(word: str, written: str = "") -> str:
    """A foreign name in small letters that is spelt as it sounds, as Russian would spell it; empty where a letter is not known.

    Args:
        word: a word in small letters.
        written: the rows of the table that its letters are read by; those of its script where that is empty.

    >>> in_cyrillic("šekspīr"), in_cyrillic("džordž"), in_cyrillic("washington")
    ('шекспир', 'джордж', '')
    >>> in_cyrillic("ჟისკარ"), in_cyrillic("стерџен")
    ('жискар', 'стерджен')
    >>> in_cyrillic("corc", "az"), in_cyrillic("xhorxh", "sq")
    ('джордж', 'джордж')

    """
    kind = written or script(word)
    if not written and kind not in SCRIPTS:
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
def heard(word: str, lang: str = "") -> tuple[str, ...]:
    """How Russian would spell a Latin word in small letters of a language that spells foreign names as they sound.

    Args:
        word: a word in small letters.
        lang: ISO 639-1 code of the text; where it is empty, or *und* for a gazetteer, the letters have to show the language.

    >>> heard("tramp", "az"), heard("tramp"), heard("širak")
    (('трамп',), (), ('ширак',))

    """
    if lang in {"", "und"}:
        kinds = [kind for kind, shown in SHOWN if shown.search(word)] if _SHOWN.search(word) else []
    else:
        kinds = [LANGUAGES[lang]] if lang in LANGUAGES else []
    return tuple(dict.fromkeys(filter(None, (in_cyrillic(word, kind) for kind in kinds))))


def whole_heard(name: str) -> tuple[str, ...]:
    """How Russian would spell a whole name of which a word shows that its language spells foreign names as they sound.

    >>> whole_heard("Corc Buş"), whole_heard("Šarl de Gol"), whole_heard("George Bush"), whole_heard("Vaclav Dvořáček")
    (('Джордж Буш',), ('Шарл Де Гол',), (), ())

    """
    lower = name.replace("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "i").lower()
    found: dict[str, None] = {}
    for kind, shown in SHOWN:
        if shown.search(lower):
            spelt = [in_cyrillic(word, kind) for word in _WORD.findall(lower)]
            if all(spelt):
                words = iter(spelt)
                found[_WORD.sub(lambda _word, words=words: next(words).capitalize(), lower)] = None  # type: ignore[misc]
    return tuple(found)


@lru_cache(maxsize=65536)
def sounded(word: str) -> tuple[str, ...]:
    """How Russian would spell a Georgian, Macedonian or Serbian word, or one in a script of India; none for other words.

    >>> sounded("ბაიდენი"), sounded("Фијон"), sounded("Фийон")
    (('байден', 'байдени'), ('Фийон',), ())
    >>> sounded("जेम्स"), sounded("জেমস"), sounded("பிரவுன்")
    (('джемс',), ('джемос', 'джемс'), ('пираун', 'праун', 'браун'))
    """
    kind = "" if word.isascii() else script(word)
    if kind == "Cyrillic":
        spelt = in_cyrillic(word.lower())
        return (spelt.capitalize(),) if spelt and spelt != word.lower() else ()
    if is_indian(kind):
        return of_india(word, kind)
    if kind != "Georgian":
        return ()
    lower = word.lower()
    stems = [lower[:-1]] if is_declined(lower) else []
    return tuple(filter(None, map(in_cyrillic, (*stems, lower))))


def is_declined(word: str) -> bool:
    """Whether a Georgian word may end in the ending of the nominative behind a consonant."""
    return word.endswith(GEORGIAN_NOMINATIVE) and len(word) > LEAST_STEM and word[-2] not in GEORGIAN_VOWELS
