"""Which text does a document of a word processor hold?"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from resolve.documents.mapped import Mapped, plain
from resolve.documents.packed import members
from resolve.errors import InputError, UnreadableError


def docx(data: bytes, name: str, _encoding: str | None = None) -> Mapped:
    """The paragraphs of a DOCX and the cells of its tables, in their order.

    Raises:
        UnreadableError: it is damaged, unpacks to too much, or python-docx is not installed.

    """
    try:
        from docx import Document
    except ImportError:
        raise UnreadableError(name, "reading DOCX needs python-docx", "pip install 'onomast[documents]'") from None
    _check(data, name)
    try:
        lines = list(_lines(Document(io.BytesIO(data))))
    except Exception as error:  # noqa: BLE001 - of a damaged file the library raises whatever it meets first
        raise UnreadableError(name, f"no sound DOCX: {error}", UnreadableError.DAMAGED) from None
    return plain(Mapped.of("\n".join(lines)))


def _check(data: bytes, name: str) -> None:
    """Unpack every part once within bounds, before the library does so without."""

    def refuse(error: InputError) -> None:
        raise error

    try:
        for _ in members(data, lambda _: True, refuse, name):
            pass
    except zipfile.BadZipFile as error:
        raise UnreadableError(name, f"no DOCX: {error}", UnreadableError.DAMAGED) from None


def _lines(holder: Any) -> Iterator[str]:
    """The text of what a document or a cell of a table holds, line by line."""
    for block in holder.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield "\t".join("\n".join(_lines(cell)) for cell in _once(row.cells))
        else:
            yield block.text


def _once(cells: Any) -> Iterator[Any]:
    """The cells of a row; those that are merged come once."""
    last = None
    for cell in cells:
        if last is None or cell._tc is not last:  # noqa: SLF001 - merged cells share it
            yield cell
        last = cell._tc  # noqa: SLF001
