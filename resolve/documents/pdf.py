"""Which text does a PDF show, in the order it is read?

A PDF holds glyphs with their places. Extractors give Arabic and Hebrew words letter by letter from the left, in some words and not in
others; here the places of the letters decide. Soft hyphens and presentation forms go (`plain`), and the map says
where each letter was.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Callable, Sequence
from itertools import pairwise

from resolve.documents.mapped import Mapped, plain
from resolve.errors import UnreadableError

# letters and their marks, without marks of punctuation and digits, which are in their places
_RIGHT = (
    "\u0590-\u060b\u060d-\u061a\u061c-\u061e\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u08ff"
    "\ufb1d-\ufd3d\ufd50-\ufdff\ufe70-\ufefc"
)
_WORD = re.compile(rf"[{_RIGHT}]+")
# words written to the left with what stands between them on one line
_RUN = re.compile(rf"(?<![{_RIGHT}])[{_RIGHT}]++(?:[ \N{{NO-BREAK SPACE}}]++[{_RIGHT}]++)+")
MAX_PAGES = 20_000
"""A PDF with more pages is refused."""


def text(data: bytes, name: str, _encoding: str | None = None) -> Mapped:
    """The text of all pages, a form feed between two.

    Raises:
        UnreadableError: it is damaged, encrypted or has too many pages, or pypdfium2 is not installed.

    """
    try:
        import pypdfium2
    except ImportError:
        raise UnreadableError(name, "reading PDF needs pypdfium2", "pip install 'onomast[documents]'") from None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        advice = "save it without a password" if "password" in str(error).lower() else UnreadableError.DAMAGED
        raise UnreadableError(name, f"no PDF that can be read: {error}", advice) from None
    try:
        if len(document) > MAX_PAGES:
            raise UnreadableError(name, f"{len(document)} pages, more than {MAX_PAGES}", "split it")
        pages = []
        for number in range(len(document)):
            found = document[number].get_textpage()
            pages.append(_page(found))
            found.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(name, f"page {len(pages) + 1}: {error}", UnreadableError.DAMAGED) from None
    finally:
        document.close()
    return plain(_joined(pages))


def _joined(pages: Sequence[Mapped]) -> Mapped:
    """All pages as one text whose parts are the pages."""
    letters, places, parts, start = [], array("I"), [], 0
    for number, page in enumerate(pages, 1):
        if number > 1:
            letters.append("\f")
            places.append(start)
            start += 1
        parts.append((start, f"page {number}"))
        letters.append(page.text)
        places.extend(start + place for place in page.places)
        start += len(page.text)
    return Mapped("".join(letters), places, tuple(parts))


def _page(page: object) -> Mapped:
    """One page, its letters in the order they are read."""
    count: Callable[[], int] = page.count_chars  # type: ignore[attr-defined]
    whole: str = page.get_text_range(0, count())  # type: ignore[attr-defined]
    box: Callable[[int], tuple[float, float, float, float]] = page.get_charbox  # type: ignore[attr-defined]
    if len(whole) != count() or not _WORD.search(whole):
        # letters beyond the Basic Multilingual Plane count twice there, so places are not known
        return Mapped.of(whole)
    middles = {i: sum(box(i)[::2]) / 2 for match in _WORD.finditer(whole) for i in range(*match.span())}
    return reordered(whole, middles)


def reordered(whole: str, middles: dict[int, float]) -> Mapped:
    """A text with its words to the left in the order they are read.

    Args:
        whole: the text as it was extracted.
        middles: where the middle of every letter of these words is, from the left.

    >>> reordered("םולש", {0: 1.0, 1: 2.0, 2: 3.0, 3: 4.0}).text
    'שלום'

    """
    order = list(range(len(whole)))
    for match in _WORD.finditer(whole):
        start, end = match.span()
        if _rises([middles[i] for i in range(start, end) if not unicodedata.combining(whole[i])]):
            order[start:end] = _turned(whole, start, end)
    for match in _RUN.finditer(whole):
        start, end = match.span()
        spans = [word.span() for word in _WORD.finditer(whole, start, end)]
        if _rises([middles[left] for left, _ in spans]):
            edges = [(a, b) for (_, a), (b, _) in pairwise(spans)]
            pieces = [
                order[left:right] for pair in zip(spans, [*edges, (end, end)], strict=True) for left, right in pair
            ]
            order[start:end] = [i for piece in reversed(pieces) for i in piece]
    return Mapped("".join(whole[i] for i in order), array("I", order))


def _rises(middles: Sequence[float]) -> bool:
    """Whether most letters stand to the right of the one before."""
    steps = [right - left for left, right in pairwise(middles)]
    return sum(step > 0 for step in steps) > sum(step < 0 for step in steps)


def _turned(whole: str, start: int, end: int) -> list[int]:
    """The places of a word from behind, every mark still behind its letter."""
    groups: list[list[int]] = []
    for i in range(start, end):
        if groups and unicodedata.combining(whole[i]):
            groups[-1].append(i)
        else:
            groups.append([i])
    return [i for group in reversed(groups) for i in group]
