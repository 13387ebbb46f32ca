"""Which spellings of names does no rule explain, and are known to be so?

*Бёрд* is *Byrd*, *Гатри* *Guthrie* and *בירד* *Byrd*: English and French letters leave open how they sound. Where the learned channel
doubts, a table says what the labels of persons attest.
"""

from __future__ import annotations

from functools import lru_cache

from resolve import tables
from resolve.letters import fold
from resolve.respelling import sounded


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """The Latin names of every folded spelling in another script, which the table has composed, and all those names."""
    found: dict[str, set[str]] = {}
    for latin, others in tables.rows("attested.tsv"):
        for other in others.split():
            found.setdefault(fold(other), set()).add(latin)
    return {other: frozenset(names) for other, names in found.items()}, frozenset().union(*found.values())


@lru_cache(maxsize=16384)
def names(word: str) -> frozenset[str]:
    """The folded Latin names that a word in another script, or how Russian would spell it, is attested to spell.

    >>> "byrd" in names("Бёрд")
    True
    """
    if word.isascii():
        return frozenset()
    table, _ = _table()
    return frozenset().union(*(table.get(fold(form), frozenset()) for form in (word, *sounded(word))))


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
