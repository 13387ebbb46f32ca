"""How is a column matched in DuckDB? `register` adds functions of SQL to a connection.

>>> import duckdb
>>> from resolve.integrations.duckdb import register
>>> connection = register(duckdb.connect())
>>> connection.execute("SELECT resolve_match('Светлана Тихановская').entity_id").fetchone()
('by-tsikhanouskaya-sviatlana',)
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from resolve.arrow import NameKernel, TextKernel, answer_fields, mention_fields
from resolve.integrations.opened import Gazetteer, opened

if TYPE_CHECKING:
    import duckdb

MATCH = "STRUCT(entity_id VARCHAR, entity_name VARCHAR, probability DOUBLE, status VARCHAR)"
"""What ``resolve_match`` gives."""
MENTIONS = (
    'STRUCT("start" BIGINT, "end" BIGINT, "text" VARCHAR, entity_id VARCHAR, "name" VARCHAR, "type" VARCHAR, '
    "probability DOUBLE, bits DOUBLE, status VARCHAR, scheme VARCHAR, "
    "candidates STRUCT(entity_id VARCHAR, probability DOUBLE)[])[]"
)
"""What ``resolve_text`` gives; offsets count code points."""


def register(
    connection: duckdb.DuckDBPyConnection, gazetteer: Gazetteer = None, threshold: float | None = None, lang: str = ""
) -> duckdb.DuckDBPyConnection:
    """Add ``resolve_match(name)`` and ``resolve_text(text)`` to a connection, which is returned.

    Args:
        connection: where the functions shall be known; they take whole vectors, and NULL gives NULL.
        gazetteer: an open resolver or a path; the curated default where nothing is given.
        threshold: the probability from which a link is resolved.
        lang: ISO 639-1 code of the language of the names, where known.

    """
    resolver = opened(gazetteer, threshold)
    names, texts = NameKernel(resolver, "it", lang=lang), TextKernel(resolver, "it")
    # a query may call from several threads, and the kernels remember what they met
    alone = threading.Lock()

    def match(column: Any) -> Any:
        with alone:
            (batch,) = names([pa.record_batch({"it": _whole(column)})])
        fields = answer_fields()
        struct = pa.StructArray.from_arrays([batch.column(field.name) for field in fields], fields=fields)
        return pa.chunked_array([struct])

    def text(column: Any) -> Any:
        whole = _whole(column)
        rows = pa.record_batch({"row": pa.array(range(len(whole)), pa.int64()), "it": whole})
        fields = mention_fields()
        counts, pieces = [0] * len(whole), []
        with alone:
            found = list(texts([rows]))
        for batch in found:
            for row in batch.column("row").to_pylist():
                counts[row] += 1
            pieces.append(pa.StructArray.from_arrays([batch.column(field.name) for field in fields], fields=fields))
        offsets = [0]
        for count in counts:
            offsets.append(offsets[-1] + count)
        return pa.chunked_array([pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.concat_arrays(pieces))])

    # its stubs know the kind of a function by a class that moves between versions
    add: Any = connection.create_function
    for name, function, type in (("resolve_match", match, MATCH), ("resolve_text", text, MENTIONS)):
        add(name, function, ["VARCHAR"], type, type="arrow")
    return connection


def _whole(column: Any) -> Any:
    """A column as one array."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
