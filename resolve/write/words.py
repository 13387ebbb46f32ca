"""Which words does a text consist of, for formats that are made of words?

A word never crosses the edge of a mention, so that every mention is a whole number of words; joining the words and
what stands between them gives the text back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from resolve.model import Document, EntityType, Link
from resolve.text import WORD
from resolve.view import Known

_PIECE = re.compile(rf"{WORD.pattern}|\d+(?:[.,:]\d+)*|\S")
_SOLID = re.compile(r"\S+")
_CLOSING = frozenset(".!?…。！？؟۔।")
_QUOTES = frozenset("\"'»”’)]")
_BLANK = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark of punctuation, what follows it up to the next one, and the mention it belongs to."""

    text: str
    start: int
    after: str = ""
    link: Link | None = None
    first: bool = False

    @property
    def end(self) -> int:
        """Where it ends, in code points."""
        return self.start + len(self.text)


def kind(link: Link, known: Known | None = None) -> EntityType:
    """What a mention names; of an ambiguous one its best candidate; persons are all that is found of strangers.

    >>> kind(Link(0, 5, "Minsk", "resolved", "by-minsk", "Minsk", "place"))
    'place'
    """
    if link.type in {"organization", "place"}:
        return "organization" if link.type == "organization" else "place"
    if link.type is None and link.candidates and known:
        best = known(link.candidates[0].entity_id, link.candidates[0].name)
        return best.type if best else "person"
    return "person"


def disjoint(document: Document) -> Iterator[Link]:
    """The links that do not overlap an earlier one and are not empty."""
    place = 0
    for link in document.links:
        if link.start >= place and link.end > link.start:
            yield link
            place = link.end


def words(document: Document) -> Iterator[Word]:
    r"""The words of a document in reading order.

    >>> [(w.text, w.after) for w in words(Document("a", "Лукашенко, 65 \n"))]
    [('Лукашенко', ''), (',', ' '), ('65', ' \n')]
    """
    spans = list(_spans(document))
    ends = [*(start for start, *_ in spans[1:]), len(document.text)][: len(spans)]
    for (start, end, link, first), following in zip(spans, ends, strict=True):
        yield Word(document.text[start:end], start, document.text[end:following], link, first)


def _spans(document: Document) -> Iterator[tuple[int, int, Link | None, bool]]:
    place = 0
    for link in disjoint(document):
        yield from ((start, end, None, False) for start, end in _cut(document.text, place, link.start))
        for number, (start, end) in enumerate(_cut(document.text, link.start, link.end)):
            yield start, end, link, not number
        place = link.end
    yield from ((start, end, None, False) for start, end in _cut(document.text, place, len(document.text)))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The pieces between two places; a word that a line end broke is two."""
    for piece in _PIECE.finditer(text, start, end):
        for part in _SOLID.finditer(text, piece.start(), piece.end()):
            yield part.span()


def sentences(document: Document) -> Iterator[list[Word]]:
    """The words by the sentence: up to a closing mark before a capital, or to a blank line; never within a mention."""
    held: list[Word] = []
    closed = False
    for word in words(document):
        if held and word.link is held[-1].link and word.link is not None:
            held.append(word)
            continue
        gap = held[-1].after if held else ""
        if held and (_BLANK.search(gap) or (closed and gap and not word.text[0].islower() and _ends(held))):
            yield held
            held = []
        held.append(word)
        closed = word.text in _CLOSING or (closed and word.text in _QUOTES)
    if held:
        yield held


def _ends(held: list[Word]) -> bool:
    """Whether the mark that closes is more than the point of an initial or of an ordinal number."""
    before = next((word for word in reversed(held) if word.text not in _CLOSING | _QUOTES), None)
    mark = next((word for word in reversed(held) if word.text in _CLOSING), None)
    if before is None or mark is None or mark.text != ".":
        return True
    return not ((len(before.text) == 1 and before.text.isupper()) or (before.text.isdigit() and len(before.text) < 3))
