"""How would Russian spell a foreign name that is written in a script of India?

The northern scripts leave open which consonants have no vowel, and Tamil which stops have a voice, so that a word has several
such spellings. What the letters of Devanagari are in Russian stands in ``tables/respelling.tsv``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from resolve import tables
from resolve.indic import SCRIPTS, VIRAMA, devanagari

NORTHERN = frozenset({"Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya"})
"""The scripts of India whose languages drop vowels that stand in every letter."""

_VOWELS = frozenset("аеиоуэюя")
_BEARS = re.compile("[क-ह]\N{DEVANAGARI SIGN NUKTA}?")
"""A letter of Devanagari that has a vowel of its own where no sign behind it says otherwise."""

_SIGN = re.compile("[\N{DEVANAGARI VOWEL SIGN AA}-\N{DEVANAGARI SIGN VIRAMA}\N{DEVANAGARI VOWEL SIGN CANDRA E}]")
_SOFTER = (
    ("йа", "я"), ("йу", "ю"), ("аву", "ау"), ("нп", "мп"), ("нб", "мб"),
    ("аи", "ай"), ("еи", "ей"), ("ои", "ой"), ("уи", "уй"),
)  # fmt: skip
"""What two letters that stand side by side are in Russian."""

_BENGALI_W = re.compile("ओय(?=[\N{DEVANAGARI VOWEL SIGN AA}-\N{DEVANAGARI VOWEL SIGN AU}])")
_BENGALI_A = f"{VIRAMA}या"
"""How Bengali writes *wa* and the short *a* of English: ওয়াশিংটন, ক্যালাহান."""

_TAMIL_FIRST = str.maketrans("кптч", "гбдс")
"""What else the first letter of a Tamil word may be, which writes voiced and voiceless stops alike."""

_DOUBLED = re.compile(r"([гджклмнпрст])\1")
_TAMIL_LATER = re.compile("(?<=р)[кпт]")
_PARTED = re.compile("^([бгдкпт])и(?=[рл])|^и?(с)[иу](?=[кмнпт])|^и(?=[жлрс])")
"""A vowel that Tamil puts between the first two consonants of a name, or before them: பிரவுன், *Brown*; இசுமித், *Smith*."""


@lru_cache(maxsize=65536)
def of_india(word: str, kind: str) -> tuple[str, ...]:
    """How Russian would spell a word in a script of India, in the ways that its letters leave open.

    Args:
        word: the word.
        kind: the name of its script.

    >>> of_india("जेम्स", "Devanagari"), of_india("பிரவுன்", "Tamil")
    (('джемс',), ('пираун', 'праун', 'браун'))

    """
    letters = unicodedata.normalize("NFD", devanagari(unicodedata.normalize("NFC", word)))
    if kind == "Bengali":
        letters = _BENGALI_W.sub("व", letters).replace(_BENGALI_A, "ॅ")
    letters = letters.replace("अॅ", "ॲ")
    full = _with_vowels(letters, "о" if kind == "Bengali" else "а")
    if not full:
        return ()
    found = [full]
    if kind in NORTHERN:
        found.append(_with_vowels(letters, ""))
    if kind == "Tamil":
        full = _DOUBLED.sub(r"\1", full)
        first = full[0].translate(_TAMIL_FIRST) + full[1:]
        later = _TAMIL_LATER.sub(lambda stop: stop.group().translate(_TAMIL_FIRST), first)
        found += [_PARTED.sub(r"\1\2", one) for one in (full, first, later)]
    return tuple(dict.fromkeys(found))


def _with_vowels(letters: str, inherent: str) -> str:
    """Letters of Devanagari in Russian ones, the consonants without a sign with a vowel, but for the last; empty where one is unknown.

    Where nothing is ``inherent``, only a word that would have no vowel before its second consonant gets one.
    """
    table = _letters()
    found, place = "", 0
    while place < len(letters):
        bears = _BEARS.match(letters, place)
        letter = bears.group() if bears else letters[place]
        place += len(letter)
        if letter == VIRAMA:
            continue
        if letter not in table:
            return ""
        spelt = table[letter]
        if found and not bears and letter in "एऎ":
            spelt = "э"
        found += spelt
        if bears and place < len(letters) and not _SIGN.match(letters, place):
            found += inherent if inherent or _VOWELS.intersection(found) else "о"
    for one, other in _SOFTER:
        found = found.replace(one, other)
    return "э" + found[1:] if found.startswith("е") else found


@lru_cache(maxsize=1)
def _letters() -> dict[str, str]:
    """What the letters of Devanagari are in Russian."""
    return {letters: cyrillic for kind, letters, cyrillic in tables.rows("respelling.tsv") if kind == "Devanagari"}


def is_indian(kind: str) -> bool:
    """Whether a script is one of India's.

    >>> is_indian("Tamil"), is_indian("Thai")
    (True, False)
    """
    return kind == "Devanagari" or kind in SCRIPTS
