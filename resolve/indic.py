"""Which letters of Devanagari stand for those of the other scripts of India?

ISCII gave the scripts of India one order of letters, and Unicode kept it: the same letter has the same place in the
block of every script (*The Unicode Standard*, chapter 12), so that one channel reads them all but Bengali, of which enough is known for one of its own. Letters that a script
has alone, and those of Sinhala, which has an order of its own, stand in a table. Tamil writes voiced and voiceless
stops with one letter: between vowels and after a nasal it is voiced, doubled it is not; between vowels its *ch* is an *s*.
"""

from __future__ import annotations

import re
import unicodedata

VIRAMA = "\N{DEVANAGARI SIGN VIRAMA}"
LONGEST_LETTER = 8
"""No letter has a longer name, in code points."""

FIRST, SIZE = 0x0900, 0x80
"""Where Devanagari begins, and how many places the block of a script has."""

BLOCKS = {
    "Bengali": 0x0980, "Gurmukhi": 0x0A00, "Gujarati": 0x0A80, "Oriya": 0x0B00, "Tamil": 0x0B80, "Telugu": 0x0C00,
    "Kannada": 0x0C80, "Malayalam": 0x0D00,
}  # fmt: skip
"""Where the blocks begin, by the name of the script."""

SCRIPTS = (*BLOCKS, "Sinhala")
"""The scripts whose letters those of Devanagari can stand for."""

_ALONE = {
    # short e and o, which Hindi lacks
    "ऎ": "ए", "ऒ": "ओ", "ॆ": "े", "ॊ": "ो",
    # letters that only southern names have
    "ऩ": "न", "ऱ": "र", "ऴ": "ल", "ळ": "ल",
    # Bengali: khanda ta, Assamese ra and va
    "\N{BENGALI LETTER KHANDA TA}": "त्", "\N{BENGALI LETTER RA WITH MIDDLE DIAGONAL}": "र",
    "\N{BENGALI LETTER RA WITH LOWER DIAGONAL}": "व",
    # Gurmukhi: the nasal is an anusvara, the sign that doubles the next letter is left out
    "\N{GURMUKHI TIPPI}": "ं", "\N{GURMUKHI ADDAK}": "",
    # Malayalam: letters without a vowel
    "\N{MALAYALAM LETTER CHILLU NN}": "ण्", "\N{MALAYALAM LETTER CHILLU N}": "न्",
    "\N{MALAYALAM LETTER CHILLU RR}": "र्", "\N{MALAYALAM LETTER CHILLU L}": "ल्",
    "\N{MALAYALAM LETTER CHILLU LL}": "ल्", "\N{MALAYALAM LETTER CHILLU K}": "क्",
    "\N{MALAYALAM AU LENGTH MARK}": "ौ",
}  # fmt: skip
_SINHALA = dict(
    zip(
        "ංඃඅආඇඈඉඊඋඌඍඑඒඓඔඕඖකඛගඝඞචඡජඣඤටඨඩඪණතථදධනපඵබභමයරලවශෂසහළෆ්ාැෑිීුූෘෙේෛොෝෞ",
        "ंःअआऐऐइईउऊऋएएऐओओऔकखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहलफ्ाैैिीुूृेेैोोौ",
        strict=True,
    )
) | {"ඟ": "ंग", "ඦ": "ंज", "ඬ": "ंड", "ඳ": "ंद", "ඹ": "ंब"}
_VOICED = {"க": "ग", "ட": "ड", "த": "द", "ப": "ब"}
_TAMIL_S = re.compile("(?<=[அ-ௌ])ச(?!்)")
_TAMIL_STOP = re.compile("(?<=[ங்ஞ்ண்ந்ம்ன்][்])[கடதப](?!்)|(?<=[அ-ௌ])[கடதப](?!்)")
_NASALS = re.compile("\u0919\u094d(?=[\u0915-\u0918])|\u091e\u094d(?=[\u091a-\u091d])")
"""Nasals that Hindi writes as a dot over the letter before: *Singh*, *Sanjay*."""

_NG = re.compile("\u0919\u094d$")
"""What Tamil writes where a name ends in *ng*: *Singh*."""

_BENGALI_Y = re.compile("(?<!\N{BENGALI SIGN VIRAMA})\N{BENGALI LETTER YA}(\N{BENGALI SIGN NUKTA}?)")


def devanagari(word: str) -> str:
    """A word in one of the `SCRIPTS`, composed, in Devanagari letters; other letters stay.

    Bengali writes *j* with the letter for *y*, which has a dot where it is one.

    >>> devanagari("নরেন্দ্র"), devanagari("நரேந்திர"), devanagari("ਮੋਦੀ")
    ('नरेन्द्र', 'नरेन्दिर', 'मोदी')
    """
    word = _BENGALI_Y.sub(lambda y: "\N{BENGALI LETTER YA}" if y[1] else "\N{BENGALI LETTER JA}", word)
    word = _TAMIL_S.sub("स", word)
    found = "".join(_letter(letter) for letter in _TAMIL_STOP.sub(lambda stop: _VOICED[stop[0]], word))
    return _NASALS.sub(
        "\N{DEVANAGARI SIGN ANUSVARA}", _NG.sub("\N{DEVANAGARI SIGN ANUSVARA}\N{DEVANAGARI LETTER GA}", found)
    )


LETTER_NAMES = {
    "ए": "A", "बी": "B", "सी": "C", "डी": "D", "टी": "T", "ई": "E", "एफ": "F", "जी": "G", "एच": "H", "आई": "I", "ऐ": "I", "जे": "J",
    "के": "K", "एल": "L", "एम": "M", "एन": "N", "ओ": "O", "पी": "P", "क्यू": "Q", "आर": "R", "अर": "R", "एस": "S", "यू": "U", "वी": "V",
    "डब्ल्यू": "W", "एक्स": "X", "वाई": "Y", "वाय": "Y", "जेड": "Z",
    "बि": "B", "सि": "C", "डि": "D", "टि": "T", "इ": "E", "जि": "G", "एइच": "H", "आइ": "I", "पि": "P", "भि": "V",
}  # fmt: skip
"""What the letters of English are called in the scripts of India, in those of Devanagari without the sign that takes a vowel."""


def letter_name(word: str) -> str:
    """The Latin letter of which a word in a script of India is the name: initials are written so; empty for other words.

    >>> letter_name("எம்"), letter_name("एस"), letter_name("മോദി")
    ('M', 'S', '')
    """
    if word.isascii() or len(word) > LONGEST_LETTER:
        return ""
    return LETTER_NAMES.get(unicodedata.normalize("NFC", devanagari(word)).rstrip(VIRAMA), "")


def _letter(letter: str) -> str:
    code = ord(letter)
    if letter in _SINHALA:
        return _SINHALA[letter]
    if letter not in _ALONE and BLOCKS["Bengali"] <= code < BLOCKS["Malayalam"] + SIZE:
        letter = chr(FIRST + code % SIZE)
    return _ALONE.get(letter, letter)
