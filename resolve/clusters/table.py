"""How are the rows of a column written with the clusters of their names, and the clusters as a gazetteer?"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from resolve.batch import arrow_of
from resolve.clusters.grouping import Member
from resolve.errors import UsageError
from resolve.table import Chunk, Table, appending
from resolve.write import csv_line

if TYPE_CHECKING:
    import pyarrow as pa

ADDED = ("cluster", "cluster_name", "probability")
COLUMNS = ("id", "name", "kind", "type", "count")
"""The columns of a gazetteer of clusters; how often a spelling was met is kept as an attribute."""

Found = Mapping[str, Member]


def written(table: Table, chunks: Iterable[Chunk], found: Found, format: str) -> Iterator[str | bytes]:
    """The rows of a table as they were read, in order, with the cluster of each name.

    Args:
        table: the table that was read.
        chunks: its rows.
        found: where each name belongs.
        format: one of `table.FORMATS`.

    Raises:
        UsageError: Parquet is asked for without pyarrow.

    """
    if format == "parquet":
        yield _parquet(table, chunks, found)
        return
    write = appending(format, table, ADDED, _values)
    yield write.header()
    for chunk in chunks:
        rows = zip(chunk.rows, chunk.names, strict=True)
        yield "".join(write.line(row, found.get(name)) for row, name in rows)


def _values(member: Member | None) -> tuple[str | None, str | None, float]:
    return (member.cluster, member.name, member.probability) if member else (None, None, 0.0)


def _parquet(table: Table, chunks: Iterable[Chunk], found: Found) -> bytes:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise UsageError("writing Parquet needs pyarrow; pip install 'onomast[parquet]', or write a CSV") from None
    stream = io.BytesIO()
    types = (pa.string(), pa.string(), pa.float64())
    writer: Any = None
    for chunk in chunks or [Chunk([], [])]:
        rows: pa.Table = arrow_of(chunk, table)
        columns = zip(*(_values(found.get(name)) for name in chunk.names), strict=True) if chunk.names else ([],) * 3
        for name, type, values in zip(ADDED, types, columns, strict=True):
            rows = rows.append_column(name, pa.array(list(values), type))
        writer = writer or pq.ParquetWriter(stream, rows.schema)
        writer.write_table(rows)
    writer.close()
    return stream.getvalue()


def gazetteer(found: Found) -> Iterator[str]:
    """The clusters as a gazetteer: a row for every spelling, first the one that stands for the cluster.

    Names of one word or with initials are ``weak`` where there is another: never enough alone.

    >>> from resolve.clusters.grouping import group
    >>> print("".join(gazetteer(group(["Віктар Бабарыка", "В. Бабарыка", "Віктар Бабарыка"]))), end="")
    id,name,kind,type,count
    viktar-babaryka,Віктар Бабарыка,name,person,2
    viktar-babaryka,В. Бабарыка,weak,person,1
    """
    yield csv_line(COLUMNS)
    for name, member in sorted(found.items(), key=lambda item: (item[1].cluster, item[0] != item[1].name, item[0])):
        kind = "weak" if member.vague and name != member.name else "name"
        yield csv_line((member.cluster, name, kind, "person", member.count))
