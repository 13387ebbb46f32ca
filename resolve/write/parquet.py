"""How does a data frame read it: typed columns, a row for each mention?"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from resolve.errors import UsageError
from resolve.model import Document
from resolve.version import __version__
from resolve.view import Known
from resolve.write.lines import OFFSET_UNIT, record

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 20_000
"""A row group has at least so many rows, but for the last one."""


def schema() -> pa.Schema:
    """The columns of a table of mentions, with what its offsets count.

    >>> schema().names[:4], schema().metadata[b"offset_unit"]
    (['doc', 'start', 'end', 'text'], b'unicode code point')
    """
    import pyarrow as pa

    candidate = pa.struct([("entity_id", pa.string()), ("probability", pa.float64())])
    fields = [
        pa.field("doc", pa.string()),
        pa.field("start", pa.int64()),
        pa.field("end", pa.int64()),
        pa.field("text", pa.string()),
        pa.field("entity_id", pa.string()),
        pa.field("name", pa.string()),
        pa.field("type", pa.string()),
        pa.field("probability", pa.float64()),
        pa.field("bits", pa.float64()),
        pa.field("status", pa.string()),
        pa.field("scheme", pa.string()),
        pa.field("candidates", pa.list_(candidate)),
    ]
    return pa.schema(fields, {"offset_unit": OFFSET_UNIT, "writer": f"resolve {__version__}"})


def write(documents: Iterable[Document], _known: Known | None = None) -> Iterator[bytes]:
    """The bytes of a Parquet file.

    Raises:
        UsageError: pyarrow is not installed.

    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise UsageError("writing Parquet needs pyarrow; pip install 'onomast[parquet]', or write a CSV") from None
    sink = _Sink()
    rows: list[dict[str, Any]] = []
    with parquet.ParquetWriter(pa.PythonFile(sink, mode="w"), schema()) as out:
        for document in documents:
            rows += [_clean(record(document.id, link)) for link in document.links]
            if len(rows) >= ROWS:
                out.write_table(pa.Table.from_pylist(rows, schema()))
                rows = []
                yield sink.taken()
        if rows:
            out.write_table(pa.Table.from_pylist(rows, schema()))
    yield sink.taken()


def _clean(row: dict[str, Any]) -> dict[str, Any]:
    """Arrow's texts hold no half of a surrogate pair."""
    return {
        key: value.encode("utf-8", "replace").decode() if isinstance(value, str) and not value.isascii() else value
        for key, value in row.items()
    }


class _Sink(io.RawIOBase):
    """What a writer writes, taken away piece by piece."""

    def __init__(self) -> None:
        self._held, self._place = bytearray(), 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        size = memoryview(data).nbytes
        self._held += data
        self._place += size
        return size

    def tell(self) -> int:
        return self._place

    def taken(self) -> bytes:
        """What was written since the last time."""
        held, self._held = bytes(self._held), bytearray()
        return held
