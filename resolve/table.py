"""How are columns of names read, matched and written again?

A table is read in chunks, so that a file of any length needs bounded memory. What is written of a row
is what came in, unchanged, and then what was found.
"""

from __future__ import annotations

import csv
import json
import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from resolve.errors import InputError, TableError, UnreadableError
from resolve.stream import Stream
from resolve.write import csv_line, round_down

if TYPE_CHECKING:
    from resolve.resolver import Resolver

ADDED = ("entity_id", "entity_name", "probability", "status")
CANDIDATES = "candidates"
CHUNK = 200
"""So many rows are read, matched and written at a time."""
MAX_FIELD = 1 << 24
"""The longest field of a table, in code points."""
MAX_MEMO = 100_000
"""So many names and what they mean are remembered, those met last."""
CHOOSE = "choose one with --column, or several with one --column each"
DELIMITERS = {"csv": ",", "tsv": "\t"}
_RETURN = re.compile(r"[^\r]*\r(?!\n)|[^\r]+(?:\r\n)?|\r\n", re.DOTALL)


class Answer(NamedTuple):
    """What is written of a name: its entity, how sure that is, and the candidates that were asked for."""

    entity_id: str | None
    name: str | None
    probability: float
    status: str
    candidates: tuple[tuple[str, float], ...] = ()


class JsonRow(NamedTuple):
    """A JSON object as it was written, without the brace that ends it, and its fields."""

    opening: str
    fields: dict[str, Any]


@dataclass
class Chunk:
    """Rows as they were read (lists of fields, `JsonRow` or dictionaries), their names, and Arrow's form of them."""

    rows: list[Any]
    names: list[str]
    batch: Any = None


@dataclass
class Table:
    """A table of names being read; ``failures`` grows with the rows that cannot be."""

    path: str
    named_by: tuple[str, ...]
    columns: list[str]
    chunks: Iterator[Chunk]
    share: Callable[[], float] = lambda: 0.0
    schema: Any = None
    added: Sequence[str] = (*ADDED, CANDIDATES)
    close: Callable[[], None] = lambda: None
    failures: list[str] = field(default_factory=list)

    def fail(self, line: int, problem: str, advice: str) -> None:
        """Note that a row was left out, and why."""
        self.failures.append(str(TableError(self.path, line, problem, advice)))


# ---------------------------------------------------------------- reading


def suffix(path: str) -> str:
    """What the name of a table says about its format.

    >>> suffix("people.TSV.gz"), suffix("people.ndjson"), suffix("-")
    ('tsv', 'jsonl', 'csv')
    """
    found = Path(path.lower().removesuffix(".gz").removesuffix(".zst")).suffix.removeprefix(".")
    return {"ndjson": "jsonl"}.get(found, found) if found in {"tsv", "jsonl", "ndjson", "parquet"} else "csv"


def read(
    path: str, column: str | Sequence[str], tabular: bool = True, added: Sequence[str] = (*ADDED, CANDIDATES)
) -> Table:
    r"""Read a table of names: CSV, TSV, JSON lines or Parquet by its name; ``-`` is CSV on standard input.

    Args:
        path: the file, also ``.gz``.
        column: the column of the names; several where the parts of a name stand apart (given name, surname), in the
            order in which they are to be read.
        tabular: the result is to have columns, so that those of all JSON lines have to be known.
        added: columns that the table must not have already.

    Raises:
        TableError: there is no header or no such column; names the columns there are.
        InputError: the file cannot be read or decoded.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "people.csv"
    ...     _ = path.write_text("name\nЯкуб Колас\n", encoding="utf-8")
    ...     [chunk.names for chunk in read(str(path), "name").chunks]
    [['Якуб Колас']]

    """
    named_by = (column,) if isinstance(column, str) else tuple(column)
    if suffix(path) == "parquet":
        return _parquet(path, named_by, added)
    stream = Stream(path)
    table = Table(path, named_by, [], iter(()), lambda: stream.share, added=added, close=stream.close)
    if suffix(path) == "jsonl":
        if tabular and path != "-":
            try:
                table.columns = _all_fields(path)
            except InputError:
                stream.close()
                raise
        table.chunks = _json_chunks(stream, table, tabular)
        return table
    csv.field_size_limit(MAX_FIELD)
    place = [0]
    reader = csv.reader(_texts(stream, place), delimiter=DELIMITERS[suffix(path)])
    try:
        table.columns = next(reader, [])
        _check_columns(table)
    except csv.Error as error:
        stream.close()
        raise TableError(path, 1, f"no header of a table: {error}", "mend the quoting") from None
    except InputError:
        stream.close()
        raise
    table.chunks = _chunks(_csv_rows(reader, table, place))
    return table


def _check_columns(table: Table) -> None:
    path, header = table.path, table.columns
    if not header:
        raise TableError(path, 1, "the file is empty", "give it a header line and a row per name")
    for column in table.named_by:
        if column not in header:
            known = ", ".join(map(repr, header))
            raise TableError(path, 1, f"no column {column!r} among {known}", CHOOSE)
        if header.count(column) > 1:
            raise TableError(path, 1, f"column {column!r} stands twice", "rename one of them")
    clash = [name for name in header if name in table.added]
    if clash:
        raise TableError(path, 1, f"there is a column {clash[0]!r} already", "rename it first")


def _whole(parts: Iterable[object]) -> str:
    """The name that stands in one field, as it is, or in several, without those that are empty.

    >>> _whole(["Якуб"]), _whole(["Якуб", "", "Колас"]), _whole(["Якуб", None]), _whole([None])
    ('Якуб', 'Якуб Колас', 'Якуб', '')
    """
    return " ".join(part for part in parts if isinstance(part, str) and part)


def _texts(stream: Stream, place: list[int]) -> Iterator[str]:
    """The lines for the CSV reader, also where a lone carriage return ends them; ``place`` follows the line."""
    with stream:
        for number, text in stream.lines():
            place[0] = number
            if "\r" in text.removesuffix("\r\n"):
                yield from _RETURN.findall(text)
            else:
                yield text


def _chunks(rows: Iterable[tuple[Any, str]]) -> Iterator[Chunk]:
    """Rows and their names by the chunk; what was read before an error comes before it."""
    chunk = Chunk([], [])
    try:
        for row, name in rows:
            chunk.rows.append(row)
            chunk.names.append(name)
            if len(chunk.rows) == CHUNK:
                yield chunk
                chunk = Chunk([], [])
    except InputError:
        if chunk.rows:
            yield chunk
        raise
    if chunk.rows:
        yield chunk


def _csv_rows(reader: Any, table: Table, place: list[int]) -> Iterator[tuple[list[str], str]]:
    """The rows as lists (columns may repeat), with their names."""
    places, width = [table.columns.index(column) for column in table.named_by], len(table.columns)
    while True:
        line = place[0] + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            table.fail(line, str(error), "the row is left out; mend the quoting")
            continue
        if fields and len(fields) != width:
            table.fail(
                line, f"{len(fields)} fields where the header has {width}",
                "the row is left out; quote fields that contain the delimiter",
            )  # fmt: skip
        elif fields:
            yield fields, _whole(fields[at] for at in places)


def _json_rows(stream: Stream, table: Table) -> Iterator[tuple[int, JsonRow]]:
    with stream:
        for line, text in stream.lines():
            written = text.strip()
            if not written:
                continue
            try:
                record = json.loads(written)
            except (ValueError, RecursionError):
                record = None
            if not isinstance(record, dict):
                table.fail(line, "no JSON object", "the row is left out")
            else:
                yield line, JsonRow(written.removesuffix("}").rstrip(), record)


def _json_chunks(stream: Stream, table: Table, tabular: bool) -> Iterator[Chunk]:
    """JSON lines by the chunk; columns that nobody could look up first are those of the first chunk."""
    rows = _json_rows(stream, table)
    first: list[tuple[int, JsonRow]] = []
    if tabular and not table.columns:
        for row in rows:
            first.append(row)
            if len(first) == CHUNK:
                break
        table.columns.extend(dict.fromkeys(key for _, row in first for key in row.fields))
    known = set(table.columns)

    def sound() -> Iterator[tuple[JsonRow, str]]:
        for line, row in chain(first, rows):
            if not any(column in row.fields for column in table.named_by):
                missing = " or ".join(map(repr, table.named_by))
                table.fail(line, f"no field {missing}", f"the row is left out; {CHOOSE}")
            elif clash := next((name for name in table.added if name in row.fields), ""):
                table.fail(line, f"there is a field {clash!r} already", "the row is left out; rename it first")
            elif tabular and (new := next((key for key in row.fields if key not in known), "")):
                table.fail(
                    line, f"field {new!r} is none of the first {CHUNK} rows",
                    "the row is left out; write --format jsonl, or read from a file",
                )  # fmt: skip
            else:
                yield row, _whole(row.fields.get(column) for column in table.named_by)

    yield from _chunks(sound())


def _all_fields(path: str) -> list[str]:
    """The fields of all objects of a file, in the order of their appearance."""
    found: dict[str, None] = {}
    for _, row in _json_rows(Stream(path), Table(path, (), [], iter(()))):
        found.update(dict.fromkeys(row.fields))
    return list(found)


def _parquet(path: str, named_by: tuple[str, ...], added: Sequence[str]) -> Table:
    try:
        import pyarrow.parquet
    except ImportError:
        raise TableError(
            path, 0, "reading Parquet needs pyarrow", "pip install 'onomast[parquet]', or give a CSV"
        ) from None
    try:
        source = pyarrow.parquet.ParquetFile(path)
    except (OSError, pyarrow.ArrowException) as error:
        raise UnreadableError(path, f"no Parquet: {error}", UnreadableError.DAMAGED) from None
    table = Table(path, named_by, source.schema_arrow.names, iter(()), schema=source.schema_arrow, added=added)
    _check_columns(table)
    done = [0]
    table.share = lambda: done[0] / source.metadata.num_rows if source.metadata.num_rows else 0.0

    def chunks() -> Iterator[Chunk]:
        try:
            for batch in source.iter_batches(CHUNK):
                done[0] += batch.num_rows
                rows = batch.to_pylist()
                yield Chunk(rows, [_whole(row[column] for column in named_by) for row in rows], batch)
        except (OSError, pyarrow.ArrowException) as error:
            raise UnreadableError(path, f"no Parquet: {error}", UnreadableError.DAMAGED) from None

    table.chunks = chunks()
    return table


# ---------------------------------------------------------------- matching


def answer(resolver: Resolver, name: str, limit: int = 1, lang: str = "") -> Answer:
    """What a name means, as far as it is written.

    >>> from resolve.resolver import open
    >>> answer(open(), "Тихановская Светлана").entity_id
    'by-tsikhanouskaya-sviatlana'
    """
    link = resolver.outcome(name, limit, lang)
    found = tuple((c.entity_id, round_down(c.probability)) for c in link.candidates[:limit]) if limit > 1 else ()
    return Answer(link.entity_id, link.name, round_down(link.probability), link.status, found)


class Memo:
    """What names mean, for those met last. Asking for a name makes it one of them."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Answer] = OrderedDict()

    def get(self, name: str) -> Answer | None:
        """What is remembered of a name."""
        found = self._known.get(name)
        if found is not None:
            self._known.move_to_end(name)
        return found

    def put(self, name: str, found: Answer) -> None:
        """Remember a name; the one not met for longest may be forgotten for it."""
        self._known[name] = found
        if len(self._known) > MAX_MEMO:
            self._known.popitem(last=False)


# ---------------------------------------------------------------- writing


@dataclass(frozen=True)
class Writer:
    """How rows become text: what came in (`opening`), which alone decides how a line begins, and what was found."""

    header: Callable[[], str]
    opening: Callable[[Any], str]
    ending: Callable[[Any], str]

    def line(self, row: Any, found: Any) -> str:
        """The whole line of a row."""
        return self.opening(row) + self.ending(found)


def writer(format: str, table: Table, limit: int = 1) -> Writer:
    """The writer of a table with an `Answer` to every row, as text: ``csv``, ``tsv`` or ``jsonl``."""
    columns = [*ADDED, CANDIDATES] if limit > 1 else ADDED
    return appending(format, table, columns, lambda found: list(added(found, limit).values()))


def appending(format: str, table: Table, columns: Sequence[str], values: Callable[[Any], Sequence[object]]) -> Writer:
    """The writer of a table with further columns.

    Args:
        format: ``csv``, ``tsv`` or ``jsonl``.
        table: the table as it was read.
        columns: what the further columns are called.
        values: what stands in them, of whatever was found for a row; a list is JSON in a field.

    """
    if format == "jsonl":
        return Writer(
            lambda: "", partial(_json_opening, table),
            lambda found: json.dumps(dict(zip(columns, values(found), strict=True)), ensure_ascii=False)[1:] + "\n",
        )  # fmt: skip
    delimiter = DELIMITERS[format]
    return Writer(
        lambda: csv_line([*table.columns, *columns], delimiter),
        # a field after them, for the writer quotes a row of one empty field alone
        lambda row: csv_line([*_cells(row, table.columns), "x"], delimiter)[:-2],
        lambda found: csv_line([json.dumps(v) if isinstance(v, list) else v for v in values(found)], delimiter),
    )  # fmt: skip


def _json_opening(table: Table, row: Any) -> str:
    if isinstance(row, JsonRow):
        start = row.opening
    else:
        fields = row if isinstance(row, dict) else dict(zip(table.columns, row, strict=True))
        start = json.dumps(fields, ensure_ascii=False, default=plain)[:-1]
    return start + ("" if start == "{" else ", ")


def added(found: Answer, limit: int) -> dict[str, Any]:
    """The fields that are added to a row."""
    fields: dict[str, Any] = dict(zip(ADDED, found[:4], strict=True))
    return {**fields, CANDIDATES: _candidates(found)} if limit > 1 else fields


def _candidates(found: Answer) -> list[dict[str, Any]]:
    return [{"entity_id": id, "probability": probability} for id, probability in found.candidates]


def _cells(row: Any, columns: list[str]) -> list[str]:
    """The fields of a row as texts, in the order of the columns."""
    if isinstance(row, list):
        return row
    fields = row.fields if isinstance(row, JsonRow) else row
    return [cell(fields.get(column)) for column in columns]


def value(row: Any, column: str, columns: list[str]) -> object:
    """What a row, as it was read, has in a column; None where it has none.

    >>> value(["1", "Якуб"], "name", ["id", "name"])
    'Якуб'
    """
    if isinstance(row, list):
        return row[columns.index(column)]
    return (row.fields if isinstance(row, JsonRow) else row).get(column)


def cell(value: object) -> str:
    """A value of JSON or Parquet as a field of a table; nothing is empty, what is no text is JSON.

    >>> cell("Якуб"), cell(None), cell(1.5), cell(["Якуб"])
    ('Якуб', '', '1.5', '["Якуб"]')
    """
    if value is None:
        return ""
    if isinstance(value, (str, bytes)) or not isinstance(value, (bool, int, float, list, dict)):
        return plain(value)
    return json.dumps(value, ensure_ascii=False, default=plain)


def plain(value: object) -> str:
    r"""A value that JSON does not know as text: a date in its ISO form, bytes as hexadecimal digits.

    >>> plain(b"\x00\xff")
    '00ff'
    """
    return value.hex() if isinstance(value, bytes) else str(value)


FORMATS = ("csv", "tsv", "jsonl", "parquet")
