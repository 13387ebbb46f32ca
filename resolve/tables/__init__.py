"""Tables are data: one reader for the package's TSV files.

A table has ``#`` comment lines, a header line and tab-separated fields without quoting.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent


def rows(name: str) -> Iterator[tuple[str, ...]]:
    """Yield the data rows of table ``name`` (a path below this folder), padded to the header's width.

    >>> next(rows("patronymics.tsv"))[0]
    'ович'
    """
    lines = (FOLDER / name).read_text(encoding="utf-8").split("\n")
    body = [line for line in lines if line and not line.startswith("#")]
    width = body[0].count("\t") + 1
    for line in body[1:]:
        fields = line.split("\t")
        yield (*fields, *("",) * (width - len(fields)))
