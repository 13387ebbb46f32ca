"""What have reviewers decided, and how is it kept?

A decision is one or more rows of a gazetteer: ``alias`` says that a spelling means an entity, ``exclude`` that
it does not. They are appended to a plain CSV in one write that is forced to disk; a line that broke off when the
machine went down is cut off at the next start, and the file may be given to any command as a further gazetteer.
The last decision about a spelling holds. Rows of one decision share its time, which is its ID.
"""

from __future__ import annotations

import csv
import io
import os
import re
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from resolve.errors import GazetteerError, OutputError, UsageError
from resolve.letters import fold
from resolve.text import words
from resolve.write import csv_line

COLUMNS = ("id", "name", "lang", "kind", "decided")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


@dataclass(frozen=True, slots=True)
class Decided:
    """One row: a spelling that means an entity (``alias``), or does not (``exclude``); ``time`` is the decision's ID."""

    id: str
    name: str
    kind: str
    lang: str = ""
    time: str = ""


def key(spelling: str) -> str:
    """What two spellings share that a decision does not tell apart: letter case, spaces, marks of stress.

    >>> key("Светлана  ТИХАНОВСКАЯ") == key("Светлана Тихановская")
    True
    """
    return " ".join(fold(token.text) for token in words(spelling))


def effective(rows: Iterable[Decided]) -> list[Decided]:
    """The rows that hold: the last about every spelling and entity, and of aliases the last of a spelling.

    >>> rows = [Decided("a", "Petrov", "alias"), Decided("b", "Petrov", "alias"), Decided("c", "Petrov", "exclude")]
    >>> [(row.id, row.kind) for row in effective(rows)]
    [('b', 'alias'), ('c', 'exclude')]
    """
    found: dict[tuple[str, str], Decided] = {}
    for row in rows:
        spelling = key(row.name)
        if row.kind == "alias":
            for other in [k for k, old in found.items() if k[0] == spelling and old.kind == "alias"]:
                del found[other]
        found.pop((spelling, row.id), None)
        found[spelling, row.id] = row
    return list(found.values())


class Ledger:
    """The decisions of a service, in a file or only in memory. One service at a time writes a file.

    Args:
        path: the CSV; None keeps decisions only until the service ends.

    Raises:
        GazetteerError: the file holds something else; names the line.
        UsageError: another service is writing it, or it cannot be written.

    """

    def __init__(self, path: Path | None = None) -> None:
        self.path, self.rows, self.repaired = path, list[Decided](), ""
        self._stream: IO[bytes] | None = None
        self._seen: tuple[int, int] = (0, 0)
        if path is not None:
            self._open(path)

    def _open(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._stream = open(path, "a+b", buffering=0)  # noqa: SIM115 - held until `close`
        except OSError as error:
            raise OutputError(str(path), error.strerror or str(error)) from None
        try:
            _lock(self._stream, path)
            self._mend()
            self._read()
        except UsageError:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        if self._stream:
            self._stream.close()
            self._stream = None

    # ------------------------------------------------------------ reading

    def _mend(self) -> None:
        """Cut off a last line that is not whole; a whole one without its end gets it."""
        data = self._content()
        whole, _, last = data.rpartition(b"\n")
        if not last:
            return
        try:
            fields = next(csv.reader([last.decode("utf-8", "replace")]), [])
        except csv.Error:
            fields = []
        if len(fields) == len(COLUMNS) and (_TIME.fullmatch(fields[-1]) or tuple(fields) == COLUMNS):
            self._write(b"\n")
            return
        assert self._stream is not None
        os.ftruncate(self._stream.fileno(), len(whole) + bool(whole))
        os.fsync(self._stream.fileno())
        self.repaired = (
            f"{self.path}: the last line was not whole and was left out: {last.decode('utf-8', 'replace')!r}"
        )

    def _content(self) -> bytes:
        assert self._stream is not None
        self._stream.seek(0)
        return self._stream.read()

    def _read(self) -> None:
        """Read the rows as they stand in the file."""
        text = self._content().decode("utf-8", "replace").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
        self.rows = []
        self._seen = self._signature()
        if not text:
            self._write(csv_line(COLUMNS).encode())
            return
        # an open quotation mark would take what is decided from now on into it
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            self._take(reader)
        except csv.Error as error:
            raise GazetteerError(
                str(self.path), reader.line_num, f"no row of decisions: {error}", "mend the quoting, or delete the row"
            ) from None

    def _take(self, reader: Any) -> None:
        """The rows of the file."""
        header = [column.strip() for column in next(reader, [])]
        missing = [column for column in ("id", "name", "kind") if column not in header]
        if missing:
            raise GazetteerError(
                str(self.path),
                1,
                f"no column {missing[0]!r}",
                f"give a file of decisions ({','.join(COLUMNS)}), or a new name",
            )
        if tuple(header[: len(COLUMNS)]) != COLUMNS or len(set(header)) < len(header):
            # decisions are added in this order, so that in another they would say something else
            raise GazetteerError(
                str(self.path),
                1,
                f"the columns are {','.join(header)}",
                f"let them begin with {','.join(COLUMNS)}, each once",
            )
        for fields in reader:
            row = dict(zip(header, fields, strict=False))
            if not any(fields):
                continue
            kind = row.get("kind", "")
            if kind not in {"alias", "exclude"} or not row.get("id") or not row.get("name"):
                raise GazetteerError(
                    str(self.path), reader.line_num, f"{row.get('name', '')!r} of kind {kind!r} is no decision",
                    "decisions have an id, a name and the kind alias or exclude",
                )  # fmt: skip
            self.rows.append(Decided(row["id"], row["name"], kind, row.get("lang", ""), row.get("decided", "")))

    def _signature(self) -> tuple[int, int]:
        assert self._stream is not None
        found = os.fstat(self._stream.fileno())
        return found.st_size, found.st_mtime_ns

    # ------------------------------------------------------------ writing

    def add(self, rows: Iterable[Decided]) -> str:
        """Keep a decision, all of its rows or none; returns its time, which is its ID.

        Raises:
            OutputError: it cannot be written; nothing was kept.

        """
        self._refresh()
        now = datetime.now(UTC)
        time = f"{now:%Y-%m-%dT%H:%M:%S}.{now.microsecond:06d}Z"
        made = [Decided(row.id, row.name, row.kind, row.lang, time) for row in rows]
        if self._stream:
            self._write("".join(csv_line(_fields(row)) for row in made).encode("utf-8"))
        self.rows += made
        return time

    def _refresh(self) -> None:
        """Read again what somebody else changed in the file."""
        if self._stream and self._signature() != self._seen:
            self._read()

    def _write(self, data: bytes) -> None:
        assert self._stream is not None
        fd = self._stream.fileno()
        before = os.fstat(fd).st_size
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(fd, rest) :]
            os.fsync(fd)
        except OSError as error:
            with suppress(OSError):
                os.ftruncate(fd, before)
            raise OutputError(str(self.path), error.strerror or str(error)) from None
        self._seen = self._signature()

    def undo(self, time: str) -> bool:
        """Take a decision back; False where there is none of that time. The file is replaced in one step."""
        self._refresh()
        kept = [row for row in self.rows if row.time != time]
        if len(kept) == len(self.rows):
            return False
        if self._stream and self.path:
            self._replace(self.path, kept)
        self.rows = kept
        return True

    def _replace(self, path: Path, rows: Iterable[Decided]) -> None:
        target = path.resolve()
        temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
        try:
            with open(temporary, "xb") as stream:
                stream.write("".join(map(csv_line, [COLUMNS, *map(_fields, rows)])).encode("utf-8"))
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(temporary, target)
            _sync_folder(target.parent)
        except OSError as error:
            raise OutputError(str(path), error.strerror or str(error)) from None
        finally:
            temporary.unlink(missing_ok=True)
        self.close()
        self._stream = open(path, "a+b", buffering=0)  # noqa: SIM115 - held until `close`
        _lock(self._stream, path)
        self._seen = self._signature()


def _fields(row: Decided) -> tuple[str, ...]:
    return row.id, row.name, row.lang, row.kind, row.time


def _lock(stream: IO[bytes], path: Path) -> None:
    """Keep other services from writing; systems without such locks go without."""
    try:
        import fcntl
    except ImportError:  # pragma: no cover - Windows
        return
    try:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise UsageError(f"{path}: another service writes its decisions there; end it, or give another file") from None


def _sync_folder(folder: Path) -> None:
    """Make a new name durable, where folders can be opened."""
    with suppress(OSError):
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
