"""What does a word in a script beyond Cyrillic tell of the tokens of a gazetteer, and what else may be words in such a script?"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from resolve.channel import at_most_beyond, rarity, same, weights
from resolve.letters import is_other
from resolve.lookup import unspaced
from resolve.model import Role, Token
from resolve.multigram import Table
from resolve.readings import spells
from resolve.score.pair import spending

Rows: TypeAlias = "dict[int, tuple[array[int], array[int]]]"
"""Rows of the letters of tokens, and the token of each, by the number of their script."""


class Part(Token):
    """What is no word of a name itself, but a part of one, or two of them as one; it contradicts nothing."""


def apart_or_together(words: Sequence[Token]) -> Iterator[Part]:
    """What may be words elsewhere: two in scripts beyond Cyrillic as one, and parts of one in a script without spaces.

    >>> from resolve.names import parse
    >>> [part.text for part in apart_or_together(parse("習近平").tokens)]
    ['習近平', '近', '平']
    """
    for first, second in pairwise(words):
        if is_other(first.text) and is_other(second.text):
            role: Role = "surname" if "surname" in {first.role, second.role} else "given"
            yield Part(first.text + second.text, first.start, second.end, role)
    for word in words:
        yield from (Part(part, word.start, word.end, word.role) for part in unspaced(word.text))


def telling_beyond(
    word: str, rows: Rows, table: Table, starts: Sequence[int], token_of: Callable[[int], str]
) -> Iterator[tuple[int, float]]:
    """The tokens that a word in a script beyond Cyrillic may spell, each with the bits that would cost as much in Latin letters.

    What the letters of such a word leave open of a name's rarity costs as well.

    Args:
        word: the word.
        rows: what is asked for.
        table: the tokens of the gazetteer.
        starts: where the rows of every token begin.
        token_of: gives the text of a token.

    """
    latin = {script: found for script, (found, _) in rows.items() if table.names[script] == "Latin"}
    for row, told, shared in at_most_beyond(word, table, latin):
        text = token_of(token := bisect_right(starts, row) - 1)
        yield token, _as_told(told, min(rarity(word), rarity(text)) - max(shared, 0.0))
    w = weights()
    for script, (_, tokens) in rows.items():
        for token in dict.fromkeys(tokens):
            text = token_of(token)
            if script not in latin:
                if same(word, text):
                    yield token, w["channel_clean"] - spending(word, text) / w["channel_slope"]
            elif spells(word, text):
                yield token, _as_told(w["other_reading"], 0.0)


def _as_told(told: float, left_open: float) -> float:
    """The bits that would cost in Latin letters what a word in a script beyond Cyrillic costs."""
    w = weights()
    cost = max(w["channel_slope"] * max(0.0, w["channel_clean"] - told), left_open, 0.0)
    return w["channel_clean"] - w["other_script"] * cost / w["channel_slope"]
