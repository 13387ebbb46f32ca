"""How are columns of names read, matched and written again?"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from resolve.errors import TableError
from resolve.text import decode, read_bytes
from resolve.write import csv_line, round_down

if TYPE_CHECKING:
    from resolve.model import Link
    from resolve.resolver import Resolver

ADDED = ("entity_id", "entity_name", "probability", "status")
CANDIDATES = "candidates"


@dataclass
class Table:
    """A table of names being read; ``failures`` grows with the rows that cannot be."""

    path: str
    column: str
    columns: list[str]
    rows: Iterator[dict[str, Any]]
    failures: list[str] = field(default_factory=list)


def read(path: str, column: str) -> Table:
    """Read a table of names: CSV, TSV (by the name) or JSON lines; ``-`` is CSV on standard input.

    Raises:
        TableError: there is no header or no such column; names the columns there are.
        InputError: the file cannot be read or decoded.

    """
    text = decode(read_bytes(path), path).removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    suffix = Path(path.lower().removesuffix(".gz")).suffix
    if suffix in {".jsonl", ".ndjson"}:
        table = Table(path, column, [], iter(()))
        table.rows = _json_rows(text, table)
        return table
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if suffix == ".tsv" else ",")
    header = next(reader, [])
    if not header:
        raise TableError(path, 1, "the file is empty", "give it a header line and a row per name")
    if column not in header:
        known = ", ".join(map(repr, header))
        raise TableError(path, 1, f"no column {column!r} among {known}", "choose one with --column")
    if header.count(column) > 1:
        raise TableError(path, 1, f"column {column!r} stands twice", "rename one of them")
    clash = [name for name in header if name in ADDED]
    if clash:
        raise TableError(path, 1, f"there is a column {clash[0]!r} already", "rename it first")
    table = Table(path, column, header, iter(()))
    table.rows = _csv_rows(reader, table)
    return table


def _csv_rows(reader: Any, table: Table) -> Iterator[dict[str, Any]]:
    """The rows as lists under the key "" (columns may repeat), with the name under "name"."""
    place = table.columns.index(table.column)
    line = reader.line_num + 1
    while True:
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            table.failures.append(str(TableError(table.path, reader.line_num, str(error), "mend the quoting")))
            return
        if fields and len(fields) != len(table.columns):
            table.failures.append(
                str(TableError(
                    table.path, line, f"{len(fields)} fields where the header has {len(table.columns)}",
                    "the row is left out; quote fields that contain the delimiter",
                ))
            )  # fmt: skip
        elif fields:
            yield {"": fields, "name": fields[place]}
        line = reader.line_num + 1


def _json_rows(text: str, table: Table) -> Iterator[dict[str, Any]]:
    for line, written in enumerate(text.split("\n"), 1):
        if not written.strip():
            continue
        try:
            record = json.loads(written)
        except (ValueError, RecursionError):
            record = None
        if not isinstance(record, dict):
            table.failures.append(str(TableError(table.path, line, "no JSON object", "the row is left out")))
        elif table.column not in record:
            problem = f"no field {table.column!r}"
            table.failures.append(
                str(TableError(table.path, line, problem, "the row is left out; choose one with --column"))
            )
        else:
            if not table.columns:
                table.columns.extend(record)
            yield {"": record, "name": record[table.column]}


def match(resolver: Resolver, table: Table, limit: int = 1, lang: str = "") -> Iterator[tuple[Any, Link]]:
    """Match every row; a name that occurs again is matched once."""
    memo: dict[str, Link] = {}
    for row in table.rows:
        name = row["name"] if isinstance(row["name"], str) else ""
        if name not in memo:
            memo[name] = resolver.match(name, limit, lang)
        yield row[""], memo[name]


def _added(link: Link, limit: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        "entity_id": link.entity_id,
        "entity_name": link.name,
        "probability": round_down(link.probability),
        "status": link.status,
    }
    if limit > 1:
        found[CANDIDATES] = [
            {"entity_id": c.entity_id, "probability": round_down(c.probability)} for c in link.candidates[:limit]
        ]
    return found


def to_csv(found: Iterable[tuple[Any, Link]], columns: list[str], limit: int) -> Iterator[str]:
    """CSV: the input's columns unchanged and in order, then what was added."""
    header_done = False
    for row, link in found:
        added = _added(link, limit)
        if not header_done:
            yield csv_line([*columns, *added])
            header_done = True
        values = [row.get(c, "") for c in columns] if isinstance(row, dict) else row
        if limit > 1:
            added[CANDIDATES] = json.dumps(added[CANDIDATES])
        yield csv_line([*values, *added.values()])
    if not header_done:
        yield csv_line([*columns, *ADDED, *([CANDIDATES] if limit > 1 else [])])


def to_jsonl(found: Iterable[tuple[Any, Link]], columns: list[str], limit: int) -> Iterator[str]:
    """JSON lines: the input's fields, then what was added."""
    for row, link in found:
        fields = row if isinstance(row, dict) else dict(zip(columns, row, strict=True))
        yield json.dumps({**fields, **_added(link, limit)}, ensure_ascii=False) + "\n"


WRITERS: dict[str, Callable[[Iterable[tuple[Any, Link]], list[str], int], Iterator[str]]] = {
    "csv": to_csv,
    "jsonl": to_jsonl,
}
