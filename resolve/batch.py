"""How is a column of any length matched, by several processes, so that a killed run can go on?

Unfinished output never has the final name: text grows in ``.NAME.partial`` beside it, Parquet as one
file for every `PART` rows in the folder ``.NAME.partial``. Both stay when a run is killed, and
`resume` goes on behind the last complete line or part.
"""

from __future__ import annotations

import os
import shutil
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from resolve.arrow import NameKernel, Work, match, with_answers
from resolve.errors import OutputError, ResumeError, UnknownChoiceError, UsageError
from resolve.pool import ordered
from resolve.resolver import Resolver
from resolve.table import ADDED, CANDIDATES, FORMATS, Answer, Chunk, Table, Writer, cell, suffix, writer

if TYPE_CHECKING:
    import pyarrow as pa

ALONE = 2
"""So many chunks are matched before further processes are started, which takes about a second."""
AHEAD = 2
"""So many chunks wait for every process."""
PART = 20_000
"""Rows of a part and row group of Parquet; a multiple of a chunk."""
PROVED = 20
"""So many of the last rows of an unfinished output are matched again, to see whether the options are the same."""


@dataclass(frozen=True)
class Matcher:
    """How names are matched.

    Args:
        resolver: the open gazetteer.
        limit: so many candidates are written.
        lang: ISO 639-1 code of the language of the names, where known.
        workers: so many processes share the work; each maps the same compiled gazetteer.

    """

    resolver: Resolver
    limit: int = 1
    lang: str = ""
    workers: int = 1

    def one(self, name: str) -> Answer:
        """Match one name in this process."""
        return match(self.resolver, [name], self.limit, self.lang)[0]

    def all(self, chunks: Iterator[Chunk]) -> Iterator[tuple[Chunk, list[Answer]]]:
        """Match the names of every chunk, in order. Each name of a chunk is matched once, or remembered.

        Raises:
            UsageError: a worker process was ended from outside.

        """
        kernel = NameKernel(self.resolver, "", self.limit, self.lang)
        for chunk in islice(chunks, ALONE if self.workers > 1 else None):
            yield chunk, kernel.answers(chunk.names)
        if self.workers > 1:
            yield from self._shared(chunks, kernel)

    def _shared(self, chunks: Iterator[Chunk], kernel: NameKernel) -> Iterator[tuple[Chunk, list[Answer]]]:
        # where nothing is left, nobody is needed to share it
        first = next(chunks, None)
        if first is None:
            return
        chunks = chain([first], chunks)
        asked: set[str] = set()

        def jobs() -> Iterator[tuple[tuple[Chunk, list[str]], list[str]]]:
            for chunk in chunks:
                names = [name for name in kernel.new(chunk.names) if name not in asked]
                asked.update(names)
                yield (chunk, names), names

        work = Work("names", threshold=self.resolver.threshold, limit=self.limit, lang=self.lang)
        folder = str(self.resolver.index.folder)

        def here(names: Sequence[str]) -> list[Answer]:
            return match(self.resolver, names, self.limit, self.lang)

        for (chunk, names), found in ordered(work, folder, jobs(), self.workers, AHEAD, here, dealt=True):
            asked.difference_update(names)
            yield chunk, kernel.answers(chunk.names, dict(zip(names, found, strict=True)))


# ---------------------------------------------------------------- text


def chosen(format: str | None, output: Path | None) -> str:
    """The format of the result: the one asked for, or by the name of the output, or CSV.

    >>> chosen(None, Path("matched.jsonl")), chosen(None, None)
    ('jsonl', 'csv')

    Raises:
        UnknownChoiceError: no such format; lists the known ones.
        UsageError: Parquet on standard output.

    """
    found = format or suffix(str(output or ""))
    if found not in FORMATS:
        raise UnknownChoiceError("format", found, FORMATS)
    if found == "parquet" and output is None:
        raise UsageError("Parquet cannot go to standard output; name a file with -o")
    return found


def texts(matcher: Matcher, table: Table, format: str) -> Iterator[tuple[int, str]]:
    """What is written of a table as text, with the number of rows: the header, then chunk by chunk."""
    write, done = None, 0
    for chunk, answers in matcher.all(table.chunks):
        if write is None:
            write = writer(format, table, matcher.limit)
            yield 0, write.header()
        done += len(chunk.rows)
        yield done, "".join(map(write.line, chunk.rows, answers))
    if write is None:
        yield 0, writer(format, table, matcher.limit).header()


def to_file(
    matcher: Matcher, table: Table, output: Path, format: str, resume: bool, tell: Callable[[int, int], None]
) -> None:
    """Match a table into a file; ``tell`` hears of the rows done, and of those that an earlier run did.

    Args:
        matcher: how names are matched.
        table: the table being read.
        output: the file; whatever has its name stays there until the result is complete.
        format: one of `table.FORMATS`.
        resume: go on with what a killed run left behind; start anew where it left nothing.
        tell: called after every chunk.

    Raises:
        ResumeError: what was left behind does not fit the input, the gazetteer or the options.
        OutputError: the place cannot be written.

    """
    if output.is_dir():
        raise OutputError(str(output), "is a directory")
    partial = output.with_name(f".{output.name}.partial")
    try:
        if format == "parquet":
            _to_parquet(matcher, table, output, partial, resume, tell)
        else:
            _to_text(matcher, table, output, partial, format, resume, tell)
    except OSError as error:
        raise OutputError(str(output), error.strerror or str(error)) from None


def _to_text(
    matcher: Matcher, table: Table, output: Path, partial: Path, format: str, resume: bool,
    tell: Callable[[int, int], None],
) -> None:  # fmt: skip
    done = keep = 0
    begun = partial if partial.exists() else output
    if resume and begun.exists():
        with open(begun, "rb") as stream:
            done, keep = _Checked(matcher, table, str(begun), format).all(stream)
        if begun is output:
            os.replace(output, partial)
    with open(partial, "r+b" if keep else "wb") as stream:
        stream.truncate(keep)
        stream.seek(keep)
        for new, text in texts(matcher, table, format):
            # the header is there already
            if new or not keep:
                stream.write(text.encode("utf-8", "surrogatepass"))
                stream.flush()
            tell(done + new, done)
        os.fsync(stream.fileno())
    os.replace(partial, output)


class _Checked:
    """An unfinished output, held against the input line by line; the table is left behind the last complete one."""

    def __init__(self, matcher: Matcher, table: Table, path: str, format: str) -> None:
        self.matcher, self.table, self.path, self.format = matcher, table, path, format

    def all(self, stream: BinaryIO) -> tuple[int, int]:
        """How many rows are complete, and how many bytes they and the header take."""
        chunks = self.table.chunks
        chunk = next(chunks, None)
        write = writer(self.format, self.table, self.matcher.limit)
        lines = _complete(stream, self.format)
        header = write.header().encode("utf-8", "surrogatepass")
        size = len(header)
        if header and (first := next(lines, None)) != header:
            if first is None:
                self.table.chunks = _again(chunk, 0, chunks)
                return 0, 0
            raise ResumeError(self.path, 0, "the header is another one")
        done = place = 0
        last: deque[tuple[Any, str, bytes]] = deque(maxlen=PROVED)
        for line in lines:
            while chunk is not None and place == len(chunk.rows):
                chunk, place = next(chunks, None), 0
            if chunk is None:
                raise ResumeError(self.path, done + 1, "the input has fewer rows")
            if not line.startswith(write.opening(chunk.rows[place]).encode("utf-8", "surrogatepass")):
                raise ResumeError(self.path, done + 1, f"the input has {chunk.names[place]!r} there")
            last.append((chunk.rows[place], chunk.names[place], line))
            done, place, size = done + 1, place + 1, size + len(line)
        self._prove(write, last, done)
        self.table.chunks = _again(chunk, place, chunks)
        return done, size

    def _prove(self, write: Writer, last: deque[tuple[Any, str, bytes]], done: int) -> None:
        for number, (row, name, line) in enumerate(last, done - len(last) + 1):
            if write.line(row, self.matcher.one(name)).encode("utf-8", "surrogatepass") != line:
                raise ResumeError(
                    self.path, number, f"{name!r} gives another result with this gazetteer and these options"
                )


def _again(chunk: Chunk | None, place: int, chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """The rest of a chunk, then the others."""
    if chunk is not None and place < len(chunk.rows):
        batch = None if chunk.batch is None else chunk.batch.slice(place)
        yield Chunk(chunk.rows[place:], chunk.names[place:], batch)
    yield from chunks


def _complete(stream: BinaryIO, format: str) -> Iterator[bytes]:
    """The complete lines of a file; of a table the complete rows, which may be of several lines."""
    row = b""
    for line in stream:
        row += line
        if line.endswith(b"\n") and (format == "jsonl" or row.count(b'"') % 2 == 0):
            yield row
            row = b""


# ---------------------------------------------------------------- Parquet


def _to_parquet(
    matcher: Matcher, table: Table, output: Path, parts: Path, resume: bool, tell: Callable[[int, int], None]
) -> None:
    try:
        import pyarrow.parquet as pq
    except ImportError:
        raise UsageError("writing Parquet needs pyarrow; pip install 'onomast[parquet]', or write a CSV") from None
    if not resume:
        shutil.rmtree(parts, ignore_errors=True)
    parts.mkdir(exist_ok=True)
    kept = _kept_parts(matcher, table, output, parts) if resume else 0
    done = kept * PART
    waiting: list[pa.Table] = []
    number = kept
    for chunk, answers in matcher.all(table.chunks):
        waiting.append(with_answers(arrow_of(chunk, table), answers, matcher.limit))
        done += len(chunk.rows)
        if sum(piece.num_rows for piece in waiting) >= PART:
            whole = _joined(waiting)
            _write_part(parts, number, whole.slice(0, PART))
            waiting, number = [whole.slice(PART)], number + 1
        tell(done, kept * PART)
    if not waiting and not number:
        waiting = [with_answers(arrow_of(Chunk([], []), table), [], matcher.limit)]
    if waiting and (waiting[0].num_rows or len(waiting) > 1 or not number):
        _write_part(parts, number, _joined(waiting))
        number += 1
    whole_path = parts / "whole"
    with pq.ParquetWriter(whole_path, pq.read_schema(_part(parts, 0))) as out:
        for i in range(number):
            out.write_table(pq.read_table(_part(parts, i)), row_group_size=PART)
    os.replace(whole_path, output)
    shutil.rmtree(parts)


def _part(parts: Path, number: int) -> Path:
    return parts / f"{number:06}.parquet"


def _joined(pieces: list[pa.Table]) -> pa.Table:
    import pyarrow as pa

    return pa.concat_tables(pieces).combine_chunks()


def _write_part(parts: Path, number: int, rows: pa.Table) -> None:
    import pyarrow.parquet as pq

    temporary = parts / "unfinished"
    pq.write_table(rows, temporary)
    os.replace(temporary, _part(parts, number))


def _kept_parts(matcher: Matcher, table: Table, output: Path, parts: Path) -> int:
    """How many full parts an earlier run left; they are held against the input, which is left behind them."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    if output.exists() and not _part(parts, 0).exists():
        _take_apart(output, parts)
    number = 0
    pieces: list[Any] = []
    while _part(parts, number).exists():
        found = pq.read_table(_part(parts, number))
        if found.num_rows != PART:
            # the end of an input, which may have grown
            break
        while sum(piece.num_rows for piece, _ in pieces) < PART:
            chunk = next(table.chunks, None)
            if chunk is None:
                raise ResumeError(str(parts), number * PART + 1, "the input has fewer rows")
            pieces.append((arrow_of(chunk, table), chunk))
        came = _joined([piece for piece, _ in pieces])
        same = found.drop_columns([name for name in (*ADDED, CANDIDATES) if name in found.column_names])
        if not _alike(same, came.slice(0, PART)):
            raise ResumeError(str(parts), number * PART + 1, "the input has other rows from there on")
        names = [name for _, chunk in pieces for name in chunk.names][:PART]
        proof = pa.concat_tables([came.slice(PART - PROVED, PROVED)])
        again = with_answers(proof, [matcher.one(name) for name in names[-PROVED:]], matcher.limit)
        if not _alike(found.slice(PART - PROVED, PROVED), again):
            raise ResumeError(
                str(parts), (number + 1) * PART, "gives another result with this gazetteer and these options"
            )
        _, last = pieces[-1]
        used = len(last.rows) - (came.num_rows - PART)
        table.chunks = _again(last, used, table.chunks)
        pieces, number = [], number + 1
    return number


def _take_apart(output: Path, parts: Path) -> None:
    """The full row groups of a file as parts."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        whole = pq.ParquetFile(output)
    except pa.ArrowException as error:
        raise ResumeError(str(output), 0, f"it is no Parquet ({error})") from None
    for group in range(whole.num_row_groups):
        rows = whole.read_row_group(group)
        if rows.num_rows != PART:
            return
        _write_part(parts, group, rows)


def _alike(left: pa.Table, right: pa.Table) -> bool:
    """Whether two tables hold the same; what is no number is the same as itself here."""
    if left.column_names != right.column_names:
        return False
    return bool(left.equals(right)) or repr(left.to_pylist()) == repr(right.to_pylist())


def arrow_of(chunk: Chunk, table: Table) -> pa.Table:
    """The input of a chunk: as it was in Parquet, else all texts."""
    import pyarrow as pa

    if chunk.batch is not None:
        return pa.Table.from_batches([chunk.batch])
    if table.schema is not None:
        return table.schema.empty_table()
    columns: list[list[Any]] = [[] for _ in table.columns]
    for row in chunk.rows:
        values = row if isinstance(row, list) else [_text(row.fields.get(column)) for column in table.columns]
        for column, value in zip(columns, values, strict=True):
            column.append(value)
    return pa.table([pa.array(column, pa.string()) for column in columns], names=table.columns)


def _text(value: object) -> str | None:
    return None if value is None else cell(value)
