"""Which characters does this file hold, and where was each in the original?

Nothing here changes the text: words are found in it as it is stored, and every cleaned word keeps
the code points it came from. So offsets never need to be mapped back.
"""

from __future__ import annotations

import gzip
import re
import sys
import unicodedata
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from resolve import tables
from resolve.errors import EncodingError, UnreadableError
from resolve.model import Token

MAX_BYTES = 1 << 30
"""The largest text that is read at once, after decompression, in bytes."""

APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}\N{MODIFIER LETTER TURNED COMMA}\N{LEFT SINGLE QUOTATION MARK}\N{MODIFIER LETTER PRIME}`\N{PRIME}"
HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
INVISIBLE = "\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}"
MARKS = (
    "\u0300-\u036f\u0483-\u0487"
    # points of Hebrew, vowel marks of Arabic, signs of Indic scripts, voicing marks of kana
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc\u09be-\u09cd\u0a01-\u0a03\u0a3c-\u0a4d\u0a81-\u0a83\u0abc\u0abe-\u0acd"
    "\u0b01-\u0b03\u0b3c\u0b3e-\u0b4d\u0b82\u0bbe-\u0bcd\u0c01-\u0c03\u0c3e-\u0c4d\u0c81-\u0c83\u0cbc\u0cbe-\u0ccd\u0d01-\u0d03\u0d3b\u0d3c\u0d3e-\u0d4d"
    "\u09d7\u0a51\u0a70\u0a71\u0a75\u0b56\u0b57\u0bd7\u0c55\u0c56\u0cd5\u0cd6\u0d57\u0d81-\u0d83\u0dca\u0dcf-\u0ddf\u0df2\u0df3"
    # of Thaana, N'Ko, Thai, Lao, Tibetan, Burmese, Ethiopic and Khmer
    "\u07a6-\u07b0\u07eb-\u07f3\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
    "\u0f39\u0f71-\u0f84\u0f8d-\u0fbc\u102b-\u103e\u1056-\u1059\u105e-\u1060\u135d-\u135f\u17b4-\u17d3"
    "\u3099\u309a"
)

VOTERS = 5000
"""So many words at most vote for the language of a text."""

LETTER_VOTE = 0.3
"""What a letter that few languages write says of the language of a text; a common word says 1."""

ENDING_VOTE = 0.2
"""What the ending of a word says of it."""

LONGEST_ENDING = 7
"""No ending in the table is longer, in code points."""

_LETTER = rf"[^\W\d_{MARKS}]"
_INNER = rf"[^\W_]|[{MARKS}{INVISIBLE}]"
WORD = re.compile(
    rf"{_LETTER}(?:{_INNER})*"
    rf"(?:[{APOSTROPHES}]{_LETTER}(?:{_INNER})*)*"
    # a word that a line end broke goes on: Luka-⏎shenka
    rf"(?:[{HYPHENS}]\r?\n(?=[^\W\d_])(?:{_INNER})+)?"
)
_OPENING, _GOES_ON = re.compile(_LETTER), re.compile(_INNER)
_BROKEN = re.compile(rf"[{HYPHENS}]\r?\n")
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}][sS]$")
# French, Italian and Maltese elision before a capital, in Cyrillic letters too: d’Alexandre, all’Ucraina, f’Minsk, д’Эстен
_ELISION = re.compile(
    rf"(?:[bdflsnjcmtx]|qu|[adsn]ell|all|dall|sull)[{APOSTROPHES}](?=[A-ZÀ-ÖØ-Þ])|[дл][{APOSTROPHES}](?=[ЀЁЄІЇЎА-ЯҐ])"
)
# what Nguni languages and Irish write before the capital of a name: uCyril, noDuduzane, UZuma, hÉireann
_PREFIX = re.compile("(?:[a-z]{1,4}|[AEIOU])(?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{2,}$)")
_DROP = dict.fromkeys(map(ord, INVISIBLE))
_STRESS = re.compile("\N{COMBINING GRAVE ACCENT}|(?<![ГгКк])\N{COMBINING ACUTE ACCENT}")

# Letters that look alike in Latin and Cyrillic print. Spelt by name: the eye cannot check them.
_LATIN_CYRILLIC = {
    "A": "\N{CYRILLIC CAPITAL LETTER A}", "a": "\N{CYRILLIC SMALL LETTER A}",
    "B": "\N{CYRILLIC CAPITAL LETTER VE}",
    "C": "\N{CYRILLIC CAPITAL LETTER ES}", "c": "\N{CYRILLIC SMALL LETTER ES}",
    "E": "\N{CYRILLIC CAPITAL LETTER IE}", "e": "\N{CYRILLIC SMALL LETTER IE}",
    "H": "\N{CYRILLIC CAPITAL LETTER EN}",
    "I": "\N{CYRILLIC CAPITAL LETTER BYELORUSSIAN-UKRAINIAN I}",
    "i": "\N{CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I}",
    "K": "\N{CYRILLIC CAPITAL LETTER KA}", "k": "\N{CYRILLIC SMALL LETTER KA}",
    "M": "\N{CYRILLIC CAPITAL LETTER EM}",
    "O": "\N{CYRILLIC CAPITAL LETTER O}", "o": "\N{CYRILLIC SMALL LETTER O}",
    "P": "\N{CYRILLIC CAPITAL LETTER ER}", "p": "\N{CYRILLIC SMALL LETTER ER}",
    "T": "\N{CYRILLIC CAPITAL LETTER TE}",
    "X": "\N{CYRILLIC CAPITAL LETTER HA}", "x": "\N{CYRILLIC SMALL LETTER HA}",
    "y": "\N{CYRILLIC SMALL LETTER U}", "Y": "\N{CYRILLIC CAPITAL LETTER U}",
    "J": "\N{CYRILLIC CAPITAL LETTER JE}", "j": "\N{CYRILLIC SMALL LETTER JE}",
    "S": "\N{CYRILLIC CAPITAL LETTER DZE}", "s": "\N{CYRILLIC SMALL LETTER DZE}",
}  # fmt: skip
_TO_CYRILLIC = str.maketrans(_LATIN_CYRILLIC)
_TO_LATIN = str.maketrans({cyrillic: latin for latin, cyrillic in _LATIN_CYRILLIC.items()})


def read(path: str | Path, encoding: str = "utf-8") -> str:
    """Read and decode one text file (``-`` is standard input, ``.gz`` is unpacked).

    No newline, byte order mark or Unicode form is changed, so that offsets hold for the file as it
    is stored.

    Raises:
        UnreadableError: the file is missing, not readable, damaged or larger than `MAX_BYTES`.
        EncodingError: the bytes are no text in ``encoding``; names the line.

    """
    return decode(read_bytes(path), str(path), encoding)


def read_bytes(path: str | Path) -> bytes:
    """The bytes of a file, unpacked if its name ends in ``.gz``, at most `MAX_BYTES` of them."""
    name = str(path)
    try:
        if name == "-":
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        elif name.endswith(".gz"):
            with gzip.open(name, "rb") as packed:
                data = packed.read(MAX_BYTES + 1)
        else:
            with open(name, "rb") as stream:
                data = stream.read(MAX_BYTES + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableError(name, str(error), UnreadableError.DAMAGED) from None
    except OSError as error:
        raise UnreadableError(name, error.strerror or str(error)) from None
    if len(data) > MAX_BYTES:
        raise UnreadableError(name, f"larger than {MAX_BYTES} bytes", "split it")
    return data


def decode(data: bytes, source: str, encoding: str = "utf-8") -> str:
    r"""Decode bytes without losing or moving a character.

    >>> decode("Ціханоўская\r\n".encode(), "a.txt")
    'Ціханоўская\r\n'

    Raises:
        EncodingError: with the line of the first bad byte.

    """
    if b"\0" in data and not encoding.lower().replace("-", "").startswith(("utf16", "utf32")):
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise EncodingError(
            source, line, "holds NUL bytes, so it is no text",
            "give text files, or name the encoding with --encoding (utf-16, ...)",
        )  # fmt: skip
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        bad = data[error.start : error.start + 4].hex(" ")
        raise EncodingError(
            source, line, f"bytes {bad} at offset {error.start} are not {encoding}",
            "convert the file or name its encoding with --encoding (windows-1251, ...)",
        ) from None  # fmt: skip
    except (LookupError, ValueError):
        raise EncodingError(source, 1, f"unknown encoding {encoding!r}", "try utf-8") from None


def words(text: str) -> Iterator[Token]:
    """Find the words of a text, cleaned, with their places in the original.

    Parts of a hyphenated word are tokens of their own whose ``glue`` is ``"-"``; an English
    possessive ``'s`` and a French or Italian elided article, in Cyrillic too, do not belong to the word.

    >>> [(t.text, t.start, t.end, t.glue) for t in words("Kara-Murza’s")]
    [('Kara', 0, 4, ''), ('Murza', 5, 10, '-')]
    """
    last = -2
    for match in WORD.finditer(text):
        start, end = match.span()
        raw = match.group()
        if raw.isalpha():
            skip = prefix(raw)
            glued = start - last == 1 and text[last] in HYPHENS and not skip
            yield Token(clean(raw[skip:]), start + skip, end, glue="-" if glued else "")
            last = end
            continue
        word, skip, size, possessive = cut(raw)
        start += skip
        glued = start - last == 1 and text[last] in HYPHENS
        yield Token(word, start, start + size, glue="-" if glued else "")
        last = end if not possessive else -2


def prefix(word: str) -> int:
    """How many letters of a word stand before the capital of a name, without which names are cited.

    >>> prefix("noDuduzane"), prefix("UZuma"), prefix("McDonald")
    (2, 1, 0)
    """
    if word[1:].islower() or word.isupper():
        return 0
    found = _PREFIX.match(word)
    return found.end() if found else 0


def cut(raw: str) -> tuple[str, int, int, bool]:
    """A word as it stands in a text without an elided article before it and an English possessive behind it.

    Returns:
        The word cleaned, how many code points are cut off before it, how many it has, and whether it was a possessive.

    >>> cut("d’Alexandre"), cut("Minsk’s")
    (('Alexandre', 2, 9, False), ('Minsk', 0, 5, True))

    """
    elision = _ELISION.match(raw)
    skip = elision.end() if elision else prefix(raw)
    raw = raw[skip:]
    possessive = _POSSESSIVE.search(raw)
    kept = raw[: possessive.start()] if possessive else raw
    # the mention ends before marks that only look like part of the word
    kept = kept.rstrip(INVISIBLE)
    return clean(kept), skip, len(kept), possessive is not None


def is_opening(letter: str) -> bool:
    """Whether a word may open with a character."""
    return _OPENING.fullmatch(letter) is not None


def is_inner(letter: str) -> bool:
    """Whether a word goes on with a character."""
    return _GOES_ON.fullmatch(letter) is not None


@lru_cache(maxsize=65536)
def clean(word: str) -> str:
    r"""Fold what print does to a word but spelling does not know.

    Composes to NFC, removes invisible characters, line-end hyphens and stress marks, folds
    look-alike letters to the script of the rest of the word and every apostrophe to U+2019.

    >>> clean("Тихано\u0301вская"), clean("Luka-\nshenka"), clean("D'Arc")
    ('Тихановская', 'Lukashenka', 'D’Arc')
    """
    if word.isascii() and word.isalpha():
        return word
    word = _DIGIT_INSIDE.sub(_letter, word) if _few_digits(word) else word
    cleaned = fold_lookalikes(unicodedata.normalize("NFC", _BROKEN.sub("", word).translate(_DROP)))
    if any("\u0400" <= letter <= "\u04ff" for letter in cleaned):
        # й, ё, ї, ў decompose to other marks, and no stress falls on ѓ, ќ, so only stress marks go
        cleaned = unicodedata.normalize("NFC", _STRESS.sub("", unicodedata.normalize("NFD", cleaned)))
    for mark in APOSTROPHES:
        cleaned = cleaned.replace(mark, "\N{RIGHT SINGLE QUOTATION MARK}")
    # a letter without its stress mark may turn out to be a look-alike
    return cleaned if cleaned == word else clean(cleaned)


_DIGIT_INSIDE = re.compile(r"(?<=[^\W\d_])[01345789](?=[^\W\d_])")
_LETTERS_OF_DIGITS = {"0": "o", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g"}
_LATIN_VOWELS = frozenset("aeiouyAEIOUY")


def _few_digits(word: str) -> bool:
    """Whether a word is of letters but for a few digits."""
    digits = sum("0" <= c <= "9" for c in word)
    return 0 < 3 * digits < len(word)


def _letter(match: re.Match[str]) -> str:
    """The letter that a digit inside a word looks like: *Ig0r*, *Sech1n*, *A1ena*."""
    if match[0] != "1":
        return _LETTERS_OF_DIGITS[match[0]]
    around = {match.string[match.start() - 1], match.string[match.end()]}
    return "l" if around & _LATIN_VOWELS else "i"


def fold_lookalikes(word: str) -> str:
    """Bring a word of Latin and Cyrillic letters to the script that most of its letters need.

    >>> fold_lookalikes("Лук\N{LATIN SMALL LETTER A}шенко") == "Лукашенко"
    True
    """
    latin = sum(1 for letter in word if "A" <= letter <= "Z" or "a" <= letter <= "z")
    cyrillic = sum(1 for letter in word if "\u0400" <= letter <= "\u04ff")
    if not latin or not cyrillic:
        return word
    return word.translate(_TO_CYRILLIC if cyrillic >= latin else _TO_LATIN)


def is_mixed(word: str) -> bool:
    """Whether one word holds letters of both the Latin and the Cyrillic script."""
    scripts = {script(letter) for letter in word if letter.isalpha()}
    return "Latin" in scripts and "Cyrillic" in scripts


def script(word: str) -> str:
    """The script of the first letter of a word, as the first word of its Unicode name.

    >>> script("Ціханоўская"), script("Tsikhanouskaya"), script("チハノフスカヤ")
    ('Cyrillic', 'Latin', 'Katakana')
    """
    # nearly all words open so, which is sooner seen than remembered of each
    first = word[:1]
    if "a" <= first <= "z" or "A" <= first <= "Z":
        return "Latin"
    return "Cyrillic" if "А" <= first <= "я" else _script(word)


@lru_cache(maxsize=65536)
def _script(word: str) -> str:
    for letter in word:
        if letter.isascii() and letter.isalpha():
            return "Latin"
        if letter.isalpha():
            return unicodedata.name(letter, "Unknown").split()[0].capitalize()
    return "Common"


def is_lower(word: str) -> bool:
    """Whether a word is written small where it could be written large.

    The everyday letters of Georgian count as lower case in Unicode, but no name is written otherwise.

    >>> is_lower("of"), is_lower("Минск"), is_lower("საქართველო")
    (True, False, False)
    """
    return word.islower() and script(word) != "Georgian"


@lru_cache(maxsize=1)
def common_words() -> dict[str, frozenset[str]]:
    """Every common word with the languages that have it."""
    found: dict[str, set[str]] = {}
    for lang, word in tables.rows("common_words.tsv"):
        found.setdefault(word, set()).add(lang)
    return {word: frozenset(langs) for word, langs in found.items()}


def is_common(word: str, lang: str = "") -> bool:
    """Whether a word is one that is often capitalised although it is no name (*Сегодня*, *Photo*), in a language or any."""
    langs = common_words().get(word.casefold(), frozenset())
    return lang in langs if lang else bool(langs)


def guess_language(tokens: Sequence[Token]) -> str:
    """Guess the language of a text by its common words; empty where they do not tell.

    Only the words written in lower case vote, those that are no common words by their letters; a word of two languages votes
    for each by half. A particle inside a name (*Ursula von der Leyen*) says nothing.

    >>> guess_language(list(words("Gestern hat der Sprecher mit der Presse und dem Rat gesprochen")))
    'de'
    """
    votes: dict[str, float] = {}
    for place, token in enumerate(tokens[:VOTERS]):
        if _is_inside_a_name(tokens, place):
            continue
        for lang, vote in votes_of(token.text).items():
            votes[lang] = votes.get(lang, 0.0) + vote
    return elected(votes)


@lru_cache(maxsize=65536)
def votes_of(word: str) -> Mapping[str, float]:
    """For which languages a word speaks, and how much: one of their common words, or one in lower case with their letters.

    >>> votes_of("běžel"), votes_of("ţi")
    ({'cs': 0.3}, {})
    """
    if langs := common_words().get(word):
        return dict.fromkeys(langs, 1.0 / len(langs))
    if not word.islower():
        return {}
    told = [_language_letters()[letter] for letter in word if letter in _language_letters()]
    by_letter = min(told, key=len, default=frozenset())
    found = {lang: LETTER_VOTE / len(by_letter) for lang in by_letter}
    by_ending = _langs_of_ending(word)
    for lang in by_ending:
        found[lang] = found.get(lang, 0.0) + ENDING_VOTE / len(by_ending)
    return found


def _langs_of_ending(word: str) -> frozenset[str]:
    """The languages of the longest ending of a word that some language has; of several letters before it at least two."""
    endings = _word_endings()
    sizes = range(min(LONGEST_ENDING, len(word) - 2), 0, -1)
    return next((endings[word[-size:]] for size in sizes if word[-size:] in endings), frozenset())


@lru_cache(maxsize=1)
def _word_endings() -> dict[str, frozenset[str]]:
    """Endings of words, with the languages that have them."""
    found: dict[str, set[str]] = {}
    for lang, ending in tables.rows("word_endings.tsv"):
        found.setdefault(ending, set()).add(lang)
    return {ending: frozenset(langs) for ending, langs in found.items()}


@lru_cache(maxsize=1)
def _language_letters() -> dict[str, frozenset[str]]:
    """Letters that few languages write, with those languages."""
    found: dict[str, set[str]] = {}
    for letters, langs in tables.rows("language_letters.tsv"):
        for letter in letters:
            found.setdefault(letter, set()).update(langs.split())
    return {letter: frozenset(langs) for letter, langs in found.items()}


def _is_inside_a_name(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word is a particle between words with capitals or further particles."""
    if tokens[place].text not in particles() or not 0 < place < min(len(tokens), VOTERS) - 1:
        return False
    around = (tokens[place - 1].text, tokens[place + 1].text)
    return all(word[:1].isupper() or word[:1].istitle() or word in particles() for word in around)


@lru_cache(maxsize=1)
def particles() -> frozenset[str]:
    """Particles of names in lower case: *van*, *bin*, *оглы*."""
    return frozenset(word for word, scope in tables.rows("particles.tsv") if scope != "suffix")


SISTERS = ({"hr", "sr"}, {"cs", "sk"}, {"da", "no"})
"""Languages that decline names alike and share so many words that a short text tells no difference."""


def elected(votes: Mapping[str, float]) -> str:
    """The language with clearly the most votes, more than one ending gives; empty where there is none.

    >>> elected({"ru": 10.0, "be": 2.0}), elected({"ru": 10.0, "be": 9.0})
    ('ru', '')
    """
    ranked = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    if not ranked:
        return ""
    best, most = ranked[0]
    if most <= ENDING_VOTE:
        return ""
    rivals = [lang for lang, vote in ranked[1:] if most < 1.2 * vote]
    return "" if any({best, lang} not in SISTERS for lang in rivals) else best
