"""Tables are data: one reader for the package's TSV files.

A table has ``#`` comment lines, a header line and tab-separated fields without quoting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

FOLDER = Path(__file__).parent


def rows(name: str) -> Iterator[tuple[str, ...]]:
    """Yield the data rows of table ``name`` (a path below this folder), padded to the header's width.

    >>> next(rows("patronymics.tsv"))[0]
    'ович'
    """
    lines = (FOLDER / name).read_text(encoding="utf-8").split("\n")
    body = [line for line in lines if line and line[0] != "#"]
    width = body[0].count("\t") + 1
    for line in body[1:]:
        fields = tuple(line.split("\t"))
        yield fields if len(fields) >= width else (*fields, *("",) * (width - len(fields)))


def facts(name: str) -> dict[str, list[str]]:
    """What the comment lines of table ``name`` say: every ``# key: value``, in order.

    >>> facts("romanize/bgnpcgn-bel-Cyrl-1979.tsv")["language"]
    ['be']
    """
    found: dict[str, list[str]] = {}
    for line in (FOLDER / name).read_text(encoding="utf-8").split("\n"):
        if line.startswith("# "):
            key, _, value = line[2:].partition(": ")
            found.setdefault(key, []).append(value)
    return found


def pairs(examples: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Examples written ``source = result``.

    >>> pairs(["Ёж = Yozh"])
    (('Ёж', 'Yozh'),)
    """
    return tuple((source, result) for source, _, result in (example.partition(" = ") for example in examples))
