"""Whose is a part of a name that stands alone where no capital says so: of the one named in full, of somebody else, nobody's?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from functools import lru_cache

from resolve import syllabic
from resolve.given import may_be_given
from resolve.letters import native, writing
from resolve.text import clean
from resolve.units import ARTICLE, INSIDE, Hit, Part, Unit, attached

GIVEN_FIRST = frozenset(
    chr(letter) for letter in (*range(0x0531, 0x0588), *range(0x05D0, 0x0700), *range(0x0900, 0x0E00))
)
"""Letters of writings whose languages hardly ever name the surname first without a comma."""

_NISBA = re.compile(r" ال\w+ي\b")
"""An Arabic surname that tells where somebody is from."""

SET_APART = re.compile("[,،、՝][ \u00a0]$"), re.compile("[,،、]")
"""What stands before and behind a name that is set apart from its sentence."""

_BEYOND_ARABIC = re.compile("[پچڤگکیەےټډړںھ]")
"""Letters of Persian, Urdu, Pashto, Kurdish and Uyghur, which Arabic does not write."""

_ENDS = frozenset(".!?…:;\n।۔؟՜”»")
"""What ends a sentence."""

SHORTEST_GIVEN = 3
"""A shorter word that opens a sentence is a particle, in letters."""


def is_office(word: str, unit: Unit) -> bool:
    """Whether a word and the one behind it are an office: *وزیر اعظم*."""
    kind = (writing(word), "office")
    return any(form == f"{word} {unit.parts[0].text}" for form, _ in attached().get(kind, ()))


def calls_by_given(letter: str, text: str) -> bool:
    """Whether the press calls people by their given names where a letter is written: in India, Pakistan, Ethiopia and South-East Asia."""
    if "\u0600" <= letter < "\u0700":
        return bool(_BEYOND_ARABIC.search(text))
    return "\u0900" <= letter < "\u0f00" or "\u1200" <= letter < "\u1380" or syllabic.is_unspaced(letter)


def ends_here(text: str, unit: Unit, part: Part) -> bool:
    """Whether a given name is no part of a longer name: a case ending or postposition, or nothing, follows it."""
    if "\u1200" <= text[part.start] < "\u1380" or part.toll == INSIDE:
        return True
    behind = text[unit.end : unit.end + WORD]
    if not behind.startswith(" "):
        return True
    word = FIRST.match(behind)
    return word is not None and word[1] in _postpositions()


@lru_cache(maxsize=1)
def _postpositions() -> frozenset[str]:
    return frozenset(form for (_, kind), forms in attached().items() if kind == "postposition" for form, _ in forms)


def has_article(text: str, part: Part, known: Collection[str]) -> bool:
    """Whether a surname has no Arabic article that it lacks in full: *سلام* is nobody in *السلام خيار*."""
    return not text.startswith(ARTICLE, part.start) or part.text.startswith(ARTICLE) or ARTICLE + part.text in known


def goes_on_in_arabic(text: str, part: Part) -> bool:
    """Whether a surname that is a given name as well is one here, before a surname like *الموسوي*."""
    return bool(_NISBA.match(text, part.end)) and may_be_given(part.text)


def opens_name(text: str, units: Sequence[Unit], place: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a word before a surname opens a name of somebody else: it opens the sentence, or stands behind an office, a relative
    or a conjunction, and is itself none of the words that do.

    Arabic and Hebrew sentences open with verbs; Chinese and Japanese names are found otherwise.
    """
    unit, first = units[place], units[place - 1] if place else None
    if first is None or not unit.gap or unit.gap.strip(" \u00a0") or not is_free(first.parts[0], taken):
        return False
    word, name = first.parts[0].text, writing(first.parts[0].text)
    if (name, "opener") not in attached() or (name == "Arabic" and not _BEYOND_ARABIC.search(text)):
        return False
    if word in _openers(name) or len(native(word)) < SHORTEST_GIVEN:
        return False
    if first.gap:
        return first.gap.isspace() and units[place - 2].parts[0].text in _openers(name)
    return opens_sentence(text, first.start)


def opens_sentence(text: str, start: int) -> bool:
    """Whether a word opens a sentence."""
    head = text[max(0, start - WORD) : start].rstrip(" \u00a0\"'“„«‘(")[-1:]
    return not head or head in _ENDS


@lru_cache(maxsize=16)
def _openers(name: str) -> frozenset[str]:
    """The words of a writing that open sentences before a name."""
    return frozenset(clean(form) for form, _ in attached()[name, "opener"])


def is_free(part: Part | Hit, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a part overlaps none of some sorted places; these lie apart, so that only its neighbours could."""
    place = bisect_left(taken, (part.start, part.end))
    return all(part.end <= start or end <= part.start for start, end in taken[max(0, place - 1) : place + 1])


WORD = 24
"""A word next to a name is looked at so far, in code points."""

LAST, FIRST = re.compile(r"(\w+)[ \u00a0]$"), re.compile(r"[ \u00a0](\w+)")
