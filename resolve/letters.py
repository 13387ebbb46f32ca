"""Which letters does a word have for the learned channels, in the writing of its script?

Channels read native letters: marks that people leave out are gone (points of Hebrew and Arabic, accents
of Greek), letters that two keyboards write in two ways are one, hiragana is read as katakana, a syllable
of Hangul as its jamo, and a character of Han as the initial and the final of its reading in pinyin, one
symbol each, for a channel has room for 124 letters and not for thousands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from resolve import tables
from resolve.indic import SCRIPTS as INDIC, devanagari
from resolve.text import APOSTROPHES, script

CACHE = 65536
WRITINGS = {
    "Greek": "Greek", "Georgian": "Georgian", "Armenian": "Armenian", "Hebrew": "Hebrew", "Arabic": "Arabic",
    "Katakana": "Kana", "Katakana-hiragana": "Kana", "Hiragana": "Kana", "Hangul": "Hangul", "Cjk": "Han",
    "Devanagari": "Devanagari", **dict.fromkeys(INDIC, "Devanagari"), "Bengali": "Bengali",
}  # fmt: skip
"""The writing that the letters of a script belong to, by the first word of their Unicode names."""

GERESH = "\N{HEBREW PUNCTUATION GERESH}"
_TO_GERESH = dict.fromkeys(map(ord, APOSTROPHES), GERESH)
_ARABIC = {
    "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}": "\N{ARABIC LETTER ALEF}",
    "\N{ARABIC LETTER ALEF WITH HAMZA BELOW}": "\N{ARABIC LETTER ALEF}",
    "\N{ARABIC LETTER ALEF WASLA}": "\N{ARABIC LETTER ALEF}",
    "\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}",
    "\N{ARABIC LETTER FARSI YEH}": "\N{ARABIC LETTER YEH}",
    "\N{ARABIC LETTER YEH BARREE}": "\N{ARABIC LETTER YEH}",
    "\N{ARABIC LETTER KEHEH}": "\N{ARABIC LETTER KAF}",
    "\N{ARABIC LETTER SWASH KAF}": "\N{ARABIC LETTER KAF}",
    "\N{ARABIC LETTER HEH GOAL}": "\N{ARABIC LETTER HEH}",
    "\N{ARABIC LETTER HEH DOACHASHMEE}": "\N{ARABIC LETTER HEH}",
    "\N{ARABIC LETTER AE}": "\N{ARABIC LETTER HEH}",
    "\N{ARABIC TATWEEL}": None,
}
# letters of Urdu, Pashto, Sindhi, Kurdish and Uyghur that few names were there to learn from
_FURTHER_ARABIC = (
    ("ت", "ٹټٿٺ"), ("د", "ڈډ"), ("ر", "ڑړڕڙ"), ("ن", "ںڼڻ"), ("ي", "ۓېێ"), ("ژ", "ږ"), ("ش", "ښ"), ("گ", "ګڱ"), ("و", "ۇۆۈۋ"),
    ("ل", "ڵ"), ("ف", "ڦڤ"), ("چ", "ڇ"), ("ج", "ڄڃ"), ("ب", "ٻڀ"), ("ه", "ۀۂ"), ("نگ", "ڭ"),
)  # fmt: skip
_ONE_ARABIC = str.maketrans(_ARABIC | {letter: base for base, letters in _FURTHER_ARABIC for letter in letters})
_KURDISH_E = re.compile("\N{ARABIC LETTER AE}(?=\\w)")
"""A short vowel that Kurdish and Uyghur write and Arabic does not."""

_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw")
_FINALS = (
    "a", "o", "e", "ai", "ei", "ao", "ou", "an", "en", "ang", "eng", "ong", "i", "ia", "ie", "iao", "iu", "ian", "in",
    "iang", "ing", "iong", "u", "ua", "uo", "uai", "ui", "uan", "un", "uang", "ue", "er",
)  # fmt: skip
LONGEST_NAME, LONGEST_GIVEN = 4, 2
"""The most characters of a Chinese or Korean name without spaces, and of the given name in it."""

LONGEST_SYLLABLE = 6
"""The most Latin letters of a syllable of a Chinese or Korean given name."""

SYMBOLS = 0xE000
"""Where the symbols of initials and finals begin: the private use area."""


def writing(word: str) -> str:
    """The writing that a word's channel is named after; other scripts are named as they are.

    >>> writing("ちはの"), writing("习"), writing("Лукашенко")
    ('Kana', 'Han', 'Cyrillic')
    """
    name = script(word)
    return WRITINGS.get(name, name)


def is_other(word: str) -> bool:
    """Whether a word is in one of the `WRITINGS`: neither Latin nor Cyrillic, but with a channel to Latin.

    >>> is_other("Τιχανόφσκαγια"), is_other("Tikhanovskaya")
    (True, False)
    """
    return not word.isascii() and script(word) in WRITINGS


@lru_cache(maxsize=CACHE)
def native(word: str) -> str:
    """The letters of a word in one of the `WRITINGS`, as its channel reads them.

    >>> native("Τιχανόφσκαγια"), native("ちはの"), native("مُحَمَّد") == native("محمد")
    ('τιχανοφσκαγια', 'チハノ', True)
    """
    composed = unicodedata.normalize("NFKC", word)
    # the letter that decided may be written out as a mark or a letter of another script
    reader = _READERS.get(writing(composed)) or _READERS.get(writing(word), _bare)
    return reader(composed)


def letters(word: str) -> int:
    """How many letters a word has, those that its channel reads in a script beyond Cyrillic.

    >>> letters("바이든"), letters("Biden")
    (7, 5)
    """
    return len(native(word)) if is_other(word) else len(word)


def _bare(word: str) -> str:
    """Small letters without marks."""
    kept = (c for c in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(c))
    return "".join(c for c in kept if c.isalpha())


def _georgian(word: str) -> str:
    return "".join(c for c in word.lower() if c.isalpha())


def _hebrew(word: str) -> str:
    """Geresh stays: it makes other sounds of ג, ז and צ."""
    bare = (c for c in unicodedata.normalize("NFD", word.translate(_TO_GERESH)) if not unicodedata.combining(c))
    return "".join(c for c in bare if c.isalpha() or c == GERESH)


def _arabic(word: str) -> str:
    composed = _KURDISH_E.sub("", unicodedata.normalize("NFC", word)).translate(_ONE_ARABIC)
    return "".join(c for c in composed if c.isalpha())


def _kana(word: str) -> str:
    return "".join(c for c in word.translate(_TO_KATAKANA) if c.isalpha())


def _hangul(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if c.isalpha())


def _devanagari(word: str) -> str:
    """Vowel signs are marks in Unicode, but no points that one could leave out; other scripts of India are read in these letters."""
    return _NASAL.sub("\N{DEVANAGARI SIGN ANUSVARA}", _signed(devanagari(word)))


_NASAL = re.compile("[ङञणनम]\N{DEVANAGARI SIGN VIRAMA}(?=[क-घच-झट-ढत-धप-भ])")
"""A nasal before a stop of its place, which is written as a point as well: नरेन्द्र, नरेंद्र."""


def _signed(word: str) -> str:
    """Letters with their vowel signs."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if c.isalpha() or unicodedata.category(c)[0] == "M")


_SYMBOL = {part: chr(SYMBOLS + place) for place, part in enumerate((*_INITIALS, *_FINALS))}

PALATALS = frozenset(_SYMBOL[part] for part in ("j", "q"))
"""The symbols of initials that stand for soft *t* and *d* in foreign names as well."""


@lru_cache(maxsize=1)
def _surnames() -> dict[str, str]:
    """Chinese and Korean surnames, with their readings in pinyin where these are others than those of the characters elsewhere."""
    return {row[0]: row[1] for row in tables.rows("surnames_first.tsv")}


def surname_first(word: str) -> tuple[str, str]:
    """The surname and the given name of a Chinese or Korean name without spaces; both empty for other words.

    >>> surname_first("欧阳修"), surname_first("김대중"), surname_first("大卫")
    (('欧阳', '修'), ('김', '대중'), ('', ''))
    """
    kind, table = writing(word), _surnames()
    if kind not in {"Han", "Hangul"} or not 2 <= len(word) <= LONGEST_NAME:
        return "", ""
    for size in (2, 1):
        if word[:size] in table and 1 <= len(word) - size <= LONGEST_GIVEN:
            return word[:size], word[size:]
    return "", ""


def is_surname_first(surname: str, given: str, more: str) -> bool:
    """Whether Latin words are a Chinese or Korean name in its own order, told by the hyphen in the given name.

    >>> is_surname_first("Kim", "Yong", "il"), is_surname_first("Jean", "Luc", "Martin")
    (True, False)
    """
    return surname.lower() in _surnames() and max(len(given), len(more)) <= LONGEST_SYLLABLE


_remembered: dict[str, tuple[str, ...]] = {}


def remember(readings: Mapping[str, Iterable[str]]) -> None:
    """Take over what `syllables` said of Han words before, so that no dictionary has to be loaded for them."""
    _remembered.update((word, tuple(read)) for word, read in readings.items())


@lru_cache(maxsize=CACHE)
def syllables(word: str) -> tuple[str, ...]:
    """The reading of every character of a Han word in pinyin without tones, a surname's where it is one.

    >>> syllables("单"), syllables("戴维")
    (('shan',), ('dai', 'wei'))
    """
    if word in _remembered:
        return _remembered[word]
    if reading := _surnames().get(word):
        return tuple(reading.split())
    read = (mandarin(character) for character in word)
    return tuple(syllable for syllable in read if syllable)


@lru_cache(maxsize=1)
def readings() -> dict[str, tuple[str, str]]:
    """The readings of common Chinese characters in pinyin and in Jyutping, without tones."""
    return {row[0]: (row[1], row[2]) for row in tables.rows("han.tsv")}


def mandarin(character: str) -> str:
    """How a character is read in Mandarin, in pinyin without tones; empty if it is none.

    Characters that the table lacks are asked of pypinyin, whose dictionaries take a quarter of a second.

    >>> mandarin("戴"), mandarin("a")
    ('dai', '')
    """
    if known := readings().get(character):
        return known[0]
    if writing(character) != "Han":
        return ""
    from pypinyin import lazy_pinyin

    read = lazy_pinyin(character)[0].replace("v", "u")
    return read if read.isascii() and read.isalpha() else ""


def _han(word: str) -> str:
    """Two symbols a syllable, one where it has no initial."""
    found = []
    for syllable in syllables(word):
        initial = next((part for part in _INITIALS if syllable.startswith(part)), "")
        found += [_SYMBOL[part] for part in (initial, syllable[len(initial) :]) if part in _SYMBOL]
    return "".join(found)


_READERS = {
    "Greek": _bare, "Georgian": _georgian, "Armenian": _bare, "Hebrew": _hebrew, "Arabic": _arabic, "Kana": _kana,
    "Hangul": _hangul, "Han": _han, "Devanagari": _devanagari, "Bengali": _signed,
}  # fmt: skip

_RUSSIAN = re.compile("[а-я]+")
"""Letters of which nothing is folded, as nearly all Cyrillic ones are."""

_SPLIT_LETTERS = {"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ё": "е"}


def fold(word: str) -> str:
    """Fold case, marks on Latin letters, ё and apostrophes; the letters stay in their script.

    Of a script beyond Cyrillic the letters are those that its channel reads.

    >>> fold("Łukašenka"), fold("Дар’я"), fold("Пётр"), fold("مُحَمَّد") == fold("محمد")
    ('lukasenka', 'даря', 'петр', True)
    """
    folded = word.casefold()
    return folded if folded.isascii() else _fold(folded)


@lru_cache(maxsize=131072)
def _fold(word: str) -> str:
    if _RUSSIAN.fullmatch(word):
        return word
    if is_other(word) and writing(word) != "Han":
        return native(word)
    if any("a" <= letter <= "z" or "\u00c0" <= letter <= "\u024f" for letter in word):
        word = "".join(_SPLIT_LETTERS.get(letter, letter) for letter in word)
        word = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return "".join(_SPLIT_LETTERS.get(c, c) for c in word if c.isalpha() or unicodedata.combining(c))
