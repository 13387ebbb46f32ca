"""Where was each part of an extracted text in what it was extracted from?"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

_PRESENTATION = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]")
# a soft hyphen, or what PDFium puts for a hyphen at a line end, with the line end that it may stand at
_SOFT = re.compile("[\u00ad\ufffe\x02][ \t]*(?:\r?\n[ \t]*)?")
_LINE_END_HYPHEN = "\ufffe"


@dataclass(frozen=True)
class Mapped:
    """A text and, for every code point of it, the place it came from; both are numbers of code points.

    ``parts`` are the names of the parts of the source (``page 3``) with the place where each begins.
    """

    text: str
    places: array[int]
    parts: tuple[tuple[int, str], ...] = ()

    @classmethod
    def of(cls, text: str, parts: Iterable[tuple[int, str]] = ()) -> Mapped:
        """A text that is its own source."""
        return cls(text, array("I", range(len(text))), tuple(parts))

    def origin(self, offset: int) -> tuple[str, int]:
        """The part that an offset belongs to, and the offset within that part as it was before any change.

        >>> Mapped.of("ab", [(0, "page 1"), (1, "page 2")]).origin(1)
        ('page 2', 0)
        """
        place = self.places[offset] if offset < len(self.places) else (self.places[-1] + 1 if self.places else 0)
        number = bisect_right([start for start, _ in self.parts], place) - 1
        return (self.parts[number][1], place - self.parts[number][0]) if number >= 0 else ("", place)

    def segments(self) -> list[tuple[int, int]]:
        """The map in short: from each of these offsets on, places run on from the second number.

        >>> plain(Mapped.of("Luka\N{SOFT HYPHEN}shenka")).segments()
        [(0, 0), (4, 5)]
        """
        found: list[tuple[int, int]] = []
        for offset, place in enumerate(self.places):
            if not offset or place != self.places[offset - 1] + 1:
                found.append((offset, place))
        return found


def plain(raw: Mapped) -> Mapped:
    r"""The text as it would be typed: whole words at soft hyphens, letters for presentation forms, LF for line ends.

    A hyphen at a line end of a PDF stays where the next letter is a capital (*Kara-Murza*).

    >>> plain(Mapped.of("Tsikha\N{SOFT HYPHEN}nous\N{SOFT HYPHEN}\r\nkaya\r\n")).text
    'Tsikhanouskaya\n'
    """
    dropped = {place for match in _SOFT.finditer(raw.text) for place in range(*match.span())}
    kept = {
        match.start() for match in _SOFT.finditer(raw.text)
        if match[0][0] == _LINE_END_HYPHEN and raw.text[match.end() : match.end() + 1].isupper()
    }  # fmt: skip
    letters: list[str] = []
    places = array("I")
    for offset, letter in enumerate(raw.text):
        if offset in kept:
            letters.append("-")
            places.append(raw.places[offset])
            continue
        if offset in dropped or (letter == "\r" and raw.text[offset + 1 : offset + 2] == "\n"):
            continue
        typed = unicodedata.normalize("NFKC", letter) if _PRESENTATION.match(letter) else letter
        letters.append(typed)
        places.extend([raw.places[offset]] * len(typed))
    return Mapped("".join(letters), places, raw.parts)
