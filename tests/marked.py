"""Mention cases as marked text: ``Вчера [Сергей Нарышкин|ru-naryshkin-sergey] прилетел``.

``[span|id]`` is a mention of the entity, ``[span]`` a person's name that no entity explains. Escapes: ``\\n``,
``\\r`` and ``\\N{NAME OF A CHARACTER}``. Lines that begin with ``#`` are remarks; one case a line.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "cases"

_MARK = re.compile(r"\[([^\[\]|]+)(?:\|([^\[\]]*))?\]")
_NAMED = re.compile(r"\\N\{([^}]+)\}")


@dataclass(frozen=True)
class Case:
    """A text without its marks, and the marked spans as ``(start, end, entity_id)``."""

    text: str
    spans: tuple[tuple[int, int, str | None], ...]


def read(name: str) -> list[str]:
    """The marked lines of a case file."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def unmark(line: str) -> Case:
    """Take the marks off a line.

    >>> unmark("Met [Ilhan Omar|us-omar-ilhan].").spans
    ((4, 14, 'us-omar-ilhan'),)
    """
    line = _NAMED.sub(lambda match: unicodedata.lookup(match[1]), line).replace("\\r", "\r").replace("\\n", "\n")
    text, spans, last = "", [], 0
    for match in _MARK.finditer(line):
        text += line[last : match.start()]
        spans.append((len(text), len(text) + len(match[1]), match[2] or None))
        text += match[1]
        last = match.end()
    return Case(text + line[last:], tuple(spans))
