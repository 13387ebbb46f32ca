"""Which words are given or family names anywhere in the world?

``tables/lexicon.bin`` keeps of every such word, folded, its CRC-32, sorted (little-endian u32): one word in ten thousand that is no
name is taken for one, which costs less than the words would. It is read when it is first asked.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from bisect import bisect_left
from functools import lru_cache

from resolve.letters import fold
from resolve.tables import FOLDER
from resolve.text import is_common

TABLE = "lexicon.bin"

SHORTEST = 3
"""Words of fewer code points are names everywhere, and something else as well."""


def fingerprint(word: str) -> int:
    """What the table keeps of a word (32 bits).

    >>> fingerprint("Łukasz") == fingerprint("lukasz")
    True
    """
    return zlib.crc32(fold(word).encode())


@lru_cache(maxsize=1)
def _known() -> array[int]:
    found = array("I", (FOLDER / TABLE).read_bytes())
    if sys.byteorder == "big":
        found.byteswap()
    return found


@lru_cache(maxsize=16384)
def is_name_word(word: str) -> bool:
    """Whether a word is somebody's name as it stands, and no common word of any language.

    Args:
        word: a word of any script but Han, kana and Hangul, of which nothing is known.

    >>> is_name_word("Chelsea"), is_name_word("Yesterday"), is_name_word("Отставка")
    (True, False, False)

    """
    if len(word) < SHORTEST or is_common(word):
        return False
    known, mark = _known(), fingerprint(word)
    place = bisect_left(known, mark)
    return place < len(known) and known[place] == mark
