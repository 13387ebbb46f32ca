"""What does a word in a script beyond Cyrillic tell of the tokens of a gazetteer, and what else may be words in such a script?"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from resolve.channel import at_most_beyond, rarity, same, spelt_beyond, weights
from resolve.index import Index
from resolve.letters import is_other, writing
from resolve.lookup import han_spelt, unspaced
from resolve.model import Role, Token
from resolve.score.pair import spending


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


def telling_beyond(word: str, tokens: array[int], index: Index) -> Iterator[tuple[int, float]]:
    """The tokens that a word in a script beyond Cyrillic may spell, each with the bits that would cost as much in Latin letters.

    What the letters of such a word leave open of a name's rarity costs as well.

    Args:
        word: the word.
        tokens: those tokens of the gazetteer that are asked for.
        index: the compiled gazetteer.

    """
    table, starts = index.letters, index.spelt()
    for script, (rows, of) in index.filing.rows(tokens, plain=True).items():
        if table.names[script] == "Latin":
            for row, told, shared in at_most_beyond(word, table, script, rows, starts):
                text = index.token(token := bisect_right(starts, row) - 1)
                yield token, _as_told(told, min(rarity(word), rarity(text)) - max(shared, 0.0))
            if writing(word) == "Han":
                told = _as_told(weights()["other_reading"], 0.0)
                yield from ((token, told) for token in han_spelt(word, rows, of, index))
            continue
        texts = [index.token(token) for token in of]
        places = spelt_beyond(word, texts) if table.names[script] == "Cyrillic" else range(len(texts))
        yield from ((of[place], _exactly(word, text)) for place in places if same(word, text := texts[place]))


def _exactly(word: str, text: str) -> float:
    w = weights()
    return w["channel_clean"] - spending(word, text) / w["channel_slope"]


def _as_told(told: float, left_open: float) -> float:
    """The bits that would cost in Latin letters what a word in a script beyond Cyrillic costs."""
    w = weights()
    cost = max(w["channel_slope"] * max(0.0, w["channel_clean"] - told), left_open, 0.0)
    return w["channel_clean"] - w["other_script"] * cost / w["channel_slope"]
