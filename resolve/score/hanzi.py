"""Which Chinese name in characters is none that pinyin spells, however near the sounds are?"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from resolve import chinese, letters, readings, tables
from resolve.letters import fold, writing
from resolve.model import Name
from resolve.names import NAMING

GIVEN = (1, 2)
"""A Chinese given name has so many characters."""


def clash(characters: Name, spelt: Name) -> tuple[str, str, str]:
    """What of a Chinese name in characters another name cannot spell that is in pinyin: its role, and the two words.

    Pinyin has one spelling for every character, or few. What other systems, the languages of the South and the neighbours make
    of a character is allowed as well.

    >>> from resolve.names import parse
    >>> clash(parse("周平"), parse("Zhao Ping")), clash(parse("王润梅"), parse("Wang Jumei"))
    (('surname', '周', 'Zhao'), ('given', '润梅', 'Jumei'))
    >>> clash(parse("周平"), parse("Zhou Ping")), clash(parse("李嘉誠"), parse("Li Ka-shing"))
    (('', '', ''), ('', '', ''))

    """
    nothing = "", "", ""
    own = [token for token in characters.tokens if token.role in NAMING]
    if [token.role for token in own] != ["surname", "given"] or any(writing(token.text) != "Han" for token in own):
        return nothing
    surname, given = (token.text for token in own)
    theirs = [token for token in spelt.tokens if token.role in NAMING]
    family = [token.text for token in theirs if token.role == "surname"]
    called = "".join(token.text for token in theirs if token.role == "given")
    if len(surname) != 1 or len(given) not in GIVEN or len(family) != 1 or not (called + family[0]).isascii():
        return nothing
    if not called or fold(family[0]) not in _families():
        return nothing
    ways = [read for read in chinese.syllables(called, chinese.PINYIN) if len(read) == len(given)]
    if not ways:
        return nothing
    if not _may_be(surname, fold(family[0])):
        return "surname", surname, family[0]
    if not any(all(map(_may_be, given, read)) for read in ways):
        return "given", given, called
    return nothing


@lru_cache(maxsize=1)
def _families() -> frozenset[str]:
    """The spellings of one syllable that Chinese family names have in pinyin."""
    listed = (letters.syllables(row[0]) for row in tables.rows("surnames_first.tsv") if writing(row[0]) == "Han")
    return frozenset(read[0] for read in listed if len(read) == 1)


@lru_cache(maxsize=8192)
def _may_be(character: str, syllable: str) -> bool:
    """Whether a syllable in Latin letters may be a character, in any language that is known."""
    if _fits(syllable, (*letters.syllables(character), letters.mandarin(character), *readings.spelt(character))):
        return True
    # a character may have several readings; loaded here, for the dictionary takes a quarter of a second
    from pypinyin import Style, pinyin

    return _fits(syllable, [one.replace("v", "u") for one in pinyin(character, Style.NORMAL, heteronym=True)[0]])


def _fits(syllable: str, read: Iterable[str]) -> bool:
    return any(syllable == one or chinese.spells(syllable, one) for one in read)
