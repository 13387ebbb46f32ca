"""Which spellings of names does no rule explain, and are known to be so?

*Бёрд* is *Byrd*, *Гатри* *Guthrie* and *בירד* *Byrd*: English and French letters leave open how they sound. Where the learned channel
doubts, a table says what the labels of persons attest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from resolve import tables
from resolve.letters import fold
from resolve.respelling import sounded
from resolve.text import script

_SISTERS = frozenset("іїєґўэ'ы")
"""Letters by which a word may be Ukrainian or Belarusian."""

_UKRAINIAN = frozenset("иїєґщ")
"""Those that Belarusian lacks."""

_RUSSIAN = str.maketrans({"і": "и", "ї": "и", "є": "е", "ґ": "г", "ў": "у", "'": None})
_HARD_E = re.compile("(?<=[бвгджзклмнпрстфхцчш])э")
_HARD_I = re.compile("(?<=[жшчц])ы")
"""What Belarusian writes where Russian has *е* and *и*: behind a consonant these show that it is hard."""


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """The Latin names of every folded spelling in another script, which the table has composed, and all those names."""
    found: dict[str, set[str]] = {}
    for latin, others in tables.rows("attested.tsv"):
        for other in others.split():
            found.setdefault(fold(other), set()).add(latin)
    return {other: frozenset(names) for other, names in found.items()}, frozenset().union(*found.values())


@lru_cache(maxsize=65536)
def names(word: str) -> frozenset[str]:
    """The folded Latin names that a word in another script, or how Russian would spell it, is attested to spell.

    >>> "byrd" in names("Бёрд"), "kasich" in names("Кейсік")
    (True, True)
    """
    if word.isascii():
        return frozenset()
    table, _ = _table()
    return frozenset().union(
        *(table.get(fold(form), frozenset()) for form in (word, *sounded(word), *_in_russian(word)))
    )


def _in_russian(word: str) -> Iterator[str]:
    """How Russian, of whose spellings most are attested, would write a Ukrainian or Belarusian word: *Кейсік*, *Стэрджан*."""
    lower = word.lower()
    if script(word) != "Cyrillic" or not _SISTERS.intersection(lower):
        return
    plain = lower.translate(_RUSSIAN)
    hard = _HARD_E.sub("е", _HARD_I.sub("и", plain))
    for form in dict.fromkeys((plain, hard)):
        yield form
        if not _UKRAINIAN.intersection(lower):
            # Belarusian writes unstressed o as it sounds
            yield from (f"{form[:place]}о{form[place + 1 :]}" for place, letter in enumerate(form) if letter == "а")


def spells(left: str, right: str) -> bool:
    """Whether one of two words is attested as a spelling of the other.

    >>> spells("Byrd", "Бёрд"), spells("Byrd", "Борд")
    (True, False)
    """
    if left.isascii() == right.isascii():
        return False
    latin, other = (left, right) if left.isascii() else (right, left)
    return fold(latin) in names(other)


def keys(word: str) -> frozenset[str]:
    """The names under which a word and its attested spellings meet.

    >>> keys("Byrd") & keys("Бёрд")
    frozenset({'byrd'})
    """
    return frozenset({fold(word)}) & _table()[1] if word.isascii() else names(word)
