"""Which entities does this source hold, and is it sound?

A source is a file with one row per name (CSV, TSV, JSONL, Parquet), a plain list of names (.txt), a
file of another program that nothing else looks like (`importers.DIRECT`), or a folder of such files.
Rows are read as they stand; `problems` says what is wrong with them.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from resolve import importers
from resolve.errors import GazetteerError, InputError, ResolveError
from resolve.keys import skeletons
from resolve.letters import fold
from resolve.model import ENTITY_TYPES, NAME_KINDS, Row
from resolve.stream import Stream
from resolve.text import decode, is_mixed, read_bytes, words

SUFFIXES = (".csv", ".tsv", ".jsonl", ".ndjson", ".txt", ".parquet")
FOREIGN = (".json", ".ttl")
"""Further kinds of files, which hold a gazetteer if `importers` knows the format."""
COLUMNS = ("id", "name", "lang", "kind", "type", "gender", "description", "wikidata")
MAX_NAME = 1000
"""A longer name is a mistake in the file, in code points."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a row of a source. Errors make the gazetteer unusable, warnings do not."""

    source: str
    line: int
    message: str
    advice: str
    fatal: bool = True

    def __str__(self) -> str:
        kind = "error" if self.fatal else "warning"
        where = f"{self.source}:{self.line}" if self.line else self.source
        return f"{where}: {kind}: {self.message}; {self.advice}"


def curated() -> Path:
    """The folder of the curated default gazetteer: in the wheel, or in the checkout."""
    packaged = Path(__file__).parent / "curated"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "gazetteer"


def files(source: str | Path) -> list[Path]:
    """The source files that a path stands for: itself, or the tables of a folder, sorted.

    Raises:
        GazetteerError: nothing is there, or the kind of file is unknown.

    """
    path = Path(source)
    if path.is_dir():
        found = sorted(p for p in path.iterdir() if _suffix(p) in SUFFIXES and p.is_file())
        if found:
            return found
        raise GazetteerError(str(path), 0, "holds no gazetteer", f"put {', '.join(SUFFIXES)} files in it")
    if not path.exists():
        raise GazetteerError(str(path), 0, "no such gazetteer", "check the path")
    if _suffix(path) not in SUFFIXES and not (_suffix(path) in FOREIGN and importers.direct(path)):
        raise GazetteerError(
            str(path), 0, f"unknown kind of file {path.suffix!r}", f"give one of {', '.join(SUFFIXES)}"
        )
    return [path]


def _suffix(path: Path) -> str:
    name = path.name.lower().removesuffix(".gz")
    return Path(name).suffix


def rows(path: str | Path) -> Iterator[Row]:
    """Read the rows of one source file as they stand.

    Raises:
        GazetteerError: the file cannot be read or decoded, or lacks a column; names file and line.

    """
    path = Path(path)
    reader = {".jsonl": _json_rows, ".ndjson": _json_rows, ".txt": _plain_rows, ".parquet": _parquet_rows}
    try:
        if _suffix(path) in {*FOREIGN, ".csv", ".jsonl", ".ndjson"} and (format := importers.direct(path)):
            yield from importers.Import([path], format, skip=_refuse)
        else:
            yield from reader.get(_suffix(path), _table_rows)(path)
    except GazetteerError:
        raise
    except InputError as error:
        line = getattr(error, "line", 0)
        problem = str(error).removeprefix(f"{path}:{line}: ").removeprefix(f"{path}: ")
        raise GazetteerError(str(path), line, problem, "mend the gazetteer") from None


def _refuse(skip: importers.Skip) -> None:
    """A file of another program is used as a whole or not at all, unless it is imported first."""
    raise GazetteerError(
        skip.source, skip.line, skip.message,
        f"{skip.advice}; or leave such lines out with `resolve gazetteer import`",
    )  # fmt: skip


def _table_rows(path: Path) -> Iterator[Row]:
    """CSV and TSV, told apart by the name, with a header line."""
    with Stream(path) as stream:
        reader = csv.reader(_lines(stream), delimiter="\t" if _suffix(path) == ".tsv" else ",")
        try:
            header = [column.strip() for column in next(reader, [])]
            _check_header(header, path)
            columns = _Columns(header, str(path))
            line = reader.line_num + 1
            for fields in reader:
                if any(fields):
                    if len(fields) > len(header):
                        raise GazetteerError(
                            str(path), line, f"{len(fields)} fields where the header has {len(header)}",
                            "quote fields that contain the delimiter",
                        )  # fmt: skip
                    yield from columns.rows(fields, line)
                line = reader.line_num + 1
        except csv.Error as error:
            raise GazetteerError(str(path), reader.line_num, str(error), "mend the quoting") from None


def _lines(stream: Stream) -> Iterator[str]:
    """The lines of a table; those that end in a carriage return alone, as once on a Macintosh, are lines too."""
    for _, line in stream.lines():
        if "\r" in line and line.index("\r") < len(line) - 2:
            yield from io.StringIO(line, newline="")
        else:
            yield line


class _Columns:
    """The columns of a table, whose rows are read by place."""

    def __init__(self, header: list[str], source: str) -> None:
        self._source, self._width = source, len(header)
        places = {column: place for place, column in enumerate(header)}
        # what a table lacks is empty in every row
        self._known = [places.get(column, self._width) for column in COLUMNS]
        self._extra = [
            (column, place) for column, place in places.items() if column and column not in {*COLUMNS, "aliases"}
        ]
        self._aliases = places.get("aliases", self._width)

    def rows(self, fields: list[str], line: int) -> Iterator[Row]:
        """The row for a name and those of its aliases."""
        fields += [""] * (self._width + 1 - len(fields))
        id, name, lang, kind, type, gender, description, wikidata = [fields[place].strip() for place in self._known]
        extra = tuple((column, fields[place]) for column, place in self._extra if fields[place]) if self._extra else ()
        named = (id, name, lang, kind or "name", type, gender, description, wikidata)
        yield Row(*named, extra, self._source, line)  # type: ignore[arg-type]
        if fields[self._aliases]:
            for alias, spoken in _aliases(fields[self._aliases]):
                yield Row(id, alias, spoken, "alias", source=self._source, line=line)


def _check_header(header: list[str], path: Path) -> None:
    if not header:
        raise GazetteerError(str(path), 1, "the file is empty", f"give it the columns {','.join(COLUMNS)}")
    for needed in ("id", "name"):
        if needed not in header:
            raise GazetteerError(
                str(path), 1, f"no column {needed!r} among {', '.join(map(repr, header))}",
                f"add it to the header ({','.join(COLUMNS)}), "
                "or save a plain list of names as .txt, one name a line",
            )  # fmt: skip
    doubled = {column for column in header if header.count(column) > 1}
    if doubled:
        raise GazetteerError(str(path), 1, f"column {min(doubled)!r} stands twice", "rename one of them")


def _json_rows(path: Path) -> Iterator[Row]:
    """JSON lines: one object per name or per entity, with optional ``aliases``."""
    with Stream(path) as stream:
        yield from _of_objects(stream, path)


def _of_objects(stream: Stream, path: Path) -> Iterator[Row]:
    for line, ended in stream.lines():
        text = ended.removesuffix("\n")
        if not text.strip("\N{ZERO WIDTH NO-BREAK SPACE} \r\t"):
            continue
        try:
            record = json.loads(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))
        except (ValueError, RecursionError) as error:
            raise GazetteerError(str(path), line, f"no JSON: {error}", "write one object a line") from None
        if not isinstance(record, dict):
            raise GazetteerError(str(path), line, "no JSON object", "write one object a line")
        for needed in ("id", "name"):
            if needed not in record:
                raise GazetteerError(str(path), line, f"no field {needed!r}", "add it to the object")
            if isinstance(record[needed], (list, dict)):
                raise GazetteerError(
                    str(path), line, f"field {needed!r} is no text: {json.dumps(record[needed], ensure_ascii=False)[:60]}",
                    "write one name a row; further ones go to aliases",
                )  # fmt: skip
        yield from _row(record, path, line)


def _plain_rows(path: Path) -> Iterator[Row]:
    """A plain list: the name is the ID, so that one column is enough."""
    text = decode(read_bytes(path), str(path)).removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    for line, name in enumerate(text.splitlines(), 1):
        if name.strip():
            yield Row(name.strip(), name.strip(), source=str(path), line=line)


def _parquet_rows(path: Path) -> Iterator[Row]:
    try:
        import pyarrow.parquet
    except ImportError:
        raise GazetteerError(
            str(path), 0, "reading Parquet needs pyarrow", "pip install 'onomast[parquet]', or give a CSV"
        ) from None
    try:
        table = pyarrow.parquet.ParquetFile(path)
        _check_header(table.schema_arrow.names, path)
        line = 1
        for batch in table.iter_batches():
            for record in batch.to_pylist():
                yield from _row(record, path, line)
                line += 1
    except (OSError, pyarrow.ArrowException) as error:
        raise GazetteerError(str(path), 0, f"no Parquet: {error}", "check the file") from None


def _row(record: Mapping[str, Any], path: Path, line: int) -> Iterator[Row]:
    """One row for the name and one for each of its ``aliases``; unknown columns are attributes."""
    known = {column: _text(record.get(column)) for column in COLUMNS}
    extra = tuple(
        (key, _text(value)) for key, value in record.items()
        if key not in COLUMNS and key != "aliases" and key and _text(value)
    )  # fmt: skip
    kind = known.pop("kind").strip() or "name"
    common: dict[str, Any] = {key: value.strip() for key, value in known.items()}
    yield Row(**common, kind=kind, attributes=extra, source=str(path), line=line)  # type: ignore[arg-type]
    for alias in _aliases(record.get("aliases")):
        yield Row(known["id"].strip(), alias[0], alias[1], "alias", source=str(path), line=line)


def _text(value: object) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _aliases(value: object) -> Iterator[tuple[str, str]]:
    """Further names of a wide row: ``a|b`` in a table, strings or objects in JSON."""
    items = value.split("|") if isinstance(value, str) else value if isinstance(value, list) else []
    for item in items:
        name, lang = (item.get("name"), item.get("lang")) if isinstance(item, dict) else (item, "")
        if isinstance(name, str) and name.strip():
            yield name.strip(), lang if isinstance(lang, str) else ""


# ---------------------------------------------------------------- soundness


def problems(found: Iterable[Row], thorough: bool = True) -> Iterator[Problem]:
    """Everything that is wrong with the rows of a gazetteer.

    Errors: empty IDs and names, unknown kinds, types and genders, control characters, rows of one ID
    that contradict each other. Warnings: what is likely a slip (a row twice, letters of two scripts
    in one word, IDs that differ by letter case, an ID used for names that have nothing in common, two
    entities that nothing tells apart).

    Args:
        found: the rows of all sources.
        thorough: also compare the names of all entities with one another.

    """
    kept = []
    for row in found:
        yield from _row_problems(row)
        kept.append(row)
    ids = _Ids()
    for row in kept:
        yield from ids.problems(row)
    if thorough:
        yield from _twins(kept)


_CYRILLIC = "\u0400-\u052f\u1c80-\u1c8f\u1d2b\u1d78\ua640-\ua69f\U0001e030-\U0001e08f"
_ONE_SCRIPT = re.compile(rf"[^{_CYRILLIC}]*|[{_CYRILLIC}\W\d_]*")
"""A name that cannot mix Latin and Cyrillic letters: none of it is Cyrillic, or all."""


def _is_plainly_sound(row: Row) -> bool:
    """Whether a row is seen at once to have no problem of its own, as nearly all have none."""
    id, name = row.id, row.name
    return bool(
        id and name and name[0].isalpha() and len(name) <= MAX_NAME and row.kind in NAME_KINDS
        and (not row.type or row.type in ENTITY_TYPES) and row.gender in {"", "m", "f"}
        # what cannot be printed is more than what is a problem
        and id.isprintable() and name.isprintable() and (name.isascii() or _ONE_SCRIPT.fullmatch(name))
    )  # fmt: skip


def _row_problems(row: Row) -> Iterator[Problem]:
    """What is wrong with a row alone."""

    def problem(message: str, advice: str, fatal: bool = True) -> Problem:
        return Problem(row.source, row.line, message, advice, fatal)

    if not row.id:
        yield problem("empty id", "give every row the ID of its entity")
    if not row.name:
        yield problem(f"empty name for {row.id!r}", "write the name or delete the row")
    elif not any(letter.isalpha() for letter in row.name):
        yield problem(f"name {row.name!r} has no letters", "write the name or delete the row", False)
    if len(row.name) > MAX_NAME:
        yield problem(f"name of {len(row.name)} characters", "check the quoting of the file")
    if row.kind not in NAME_KINDS:
        yield problem(f"unknown kind {row.kind!r}", f"use one of {', '.join(NAME_KINDS)}")
    if row.type and row.type not in ENTITY_TYPES:
        yield problem(f"unknown type {row.type!r}", f"use one of {', '.join(ENTITY_TYPES)}")
    if row.gender not in {"", "m", "f"}:
        yield problem(f"unknown gender {row.gender!r}", "use m, f or leave it empty")
    for label, value in (("id", row.id), ("name", row.name)):
        if control := next((c for c in value if unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs"}), ""):
            yield problem(
                f"{label} {value!r} holds the control character U+{ord(control):04X}", "delete it",
                fatal=unicodedata.category(control) == "Cc",
            )  # fmt: skip
    for word in row.name.split():
        if is_mixed(word):
            yield problem(f"{word!r} mixes Latin and Cyrillic letters", "type it in one script", False)


class _Ids:
    """The IDs of rows that are seen one after the other, with what the first row of each says.

    Most gazetteers have one name an entity, and some have millions: what a first row says is kept as bytes.

    Args:
        numbers: is filled with the numbers of the IDs, in their order.

    """

    def __init__(self, numbers: dict[str, int] | None = None) -> None:
        self._numbers: dict[str, int] = {} if numbers is None else numbers
        self._sources: dict[str, int] = {}
        self._source_of, self._lines = array("I"), array("Q")
        self._told, self._ends = bytearray(), array("Q", [0])
        self._odd: dict[int, Row] = {}
        self._last: dict[str, str] = {}
        # what the first row of an ID has is not kept again
        self._further: set[tuple[str, str, str, str]] = set()
        self._folded: dict[str, str] = {}

    def problems(self, row: Row) -> Iterator[Problem]:
        """What is wrong with a row beside those before it."""
        number = self._numbers.setdefault(row.id, len(self._lines))
        if number == len(self._lines):
            self._open(number, row)
        else:
            yield from self._again(self._opener(number, row.id), row)
        self._last[row.source] = row.id
        twin = self._twin_of(row.id)
        if twin != row.id:
            yield Problem(
                row.source, row.line, f"id {row.id!r} differs from {twin!r} only by letter case or form",
                "use one of them", False,
            )  # fmt: skip

    def _open(self, number: int, row: Row) -> None:
        """Keep what the first row of an ID says."""
        told = _UNIT.join((row.name, row.lang, row.kind, row.type, row.gender, row.wikidata))
        if told.count(_UNIT) != _UNITS - 1:
            self._odd[number], told = row, ""
        self._source_of.append(self._sources.setdefault(row.source, len(self._sources)))
        self._lines.append(row.line)
        self._told += told.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._told))

    def _opener(self, number: int, id: str) -> Row:
        """The first row of an ID, as far as others are compared with it."""
        if number in self._odd:
            return self._odd[number]
        told = self._told[self._ends[number] : self._ends[number + 1]].decode("utf-8", "surrogatepass")
        name, lang, kind, type, gender, wikidata = told.split(_UNIT)
        source = list(self._sources)[self._source_of[number]]
        return Row(id, name, lang, kind, type, gender, "", wikidata, (), source, self._lines[number])  # type: ignore[arg-type]

    def _again(self, opener: Row, row: Row) -> Iterator[Problem]:
        """What is wrong with a further row of an ID."""
        key = _key(row)
        if key == _key(opener) or key in self._further:
            yield Problem(row.source, row.line, f"{row.id!r} has the name {row.name!r} twice", "delete one row", False)
        else:
            where = f"{opener.source}:{opener.line}"
            yield from _contradictions(opener, row, where)
            scattered = opener.source == row.source and self._last.get(row.source) != row.id
            yield from _doubtful(opener, row, where, scattered)
        self._further.add(key)

    def _twin_of(self, id: str) -> str:
        """The first ID that is the same but for letter case or form: itself where there is none before it.

        IDs that are not in small letters are remembered where none in small letters came before.
        """
        form = unicodedata.normalize("NFKC", id).casefold()
        if form in self._folded:
            return self._folded[form]
        if form == id or form in self._numbers:
            return form
        self._folded[form] = id
        return id


_UNIT, _UNITS = "\x1f", 6
"""What stands between the columns that are kept, and how many there are."""


def _key(row: Row) -> tuple[str, str, str, str]:
    """Two rows of one key say the same."""
    return row.id, row.name, row.lang, row.kind


def _contradictions(opener: Row, row: Row, where: str) -> Iterator[Problem]:
    for column in ("type", "gender", "wikidata"):
        left, right = getattr(opener, column), getattr(row, column)
        if left and right and left != right:
            yield Problem(
                row.source, row.line,
                f"duplicate id {row.id!r}: {column} {right!r} contradicts {left!r} at {where}",
                "give the second entity an id of its own",
            )  # fmt: skip


def _doubtful(opener: Row, row: Row, where: str, scattered: bool) -> Iterator[Problem]:
    """Signs that one ID was given to two entities: rows that stand apart, names that are nothing alike."""
    alike = row.kind == opener.kind == "name" and row.lang == opener.lang and _person(opener)
    unlike = alike and _unlike(opener.name, row.name)
    if unlike:
        yield Problem(
            row.source, row.line,
            f"duplicate id {row.id!r}: {row.name!r} has nothing in common with {opener.name!r} at {where}",
            "give the second entity an id of its own, or mark another name of the same one as kind alias",
            fatal=scattered,
        )  # fmt: skip
    elif scattered:
        yield Problem(
            row.source, row.line, f"duplicate id {row.id!r}, first used at {where}",
            "put the rows of one entity together, or give the second entity its own id", fatal=False,
        )  # fmt: skip


def _person(row: Row) -> bool:
    return row.type in {"", "person"}


def _unlike(left: str, right: str) -> bool:
    """Whether no word of one name could spell a word of the other."""
    bones = [{s for t in words(name) for s in skeletons(t.text)} for name in (left, right)]
    return bool(bones[0]) and bool(bones[1]) and not bones[0] & bones[1]


def _twins(found: list[Row]) -> Iterator[Problem]:
    """Names of two entities of one type that nothing tells apart."""
    first = {row.id: row for row in reversed(found)}
    bearers: dict[tuple[str, str, str], Row] = {}
    for row in found:
        if row.kind not in {"name", "alias"} or not row.name:
            continue
        head = first[row.id]
        key = (head.type or "person", head.gender, " ".join(sorted(fold(t.text) for t in words(row.name))))
        twin = bearers.setdefault(key, row)
        if twin.id != row.id:
            yield Problem(
                row.source, row.line,
                f"nothing tells {row.id!r} ({row.name}) from {twin.id!r} at {twin.source}:{twin.line}",
                "they will be reported as ambiguous; add a middle name, or mark the name as weak", False,
            )  # fmt: skip


def load(sources: Iterable[str | Path]) -> tuple[list[Row], list[Problem]]:
    """Read all rows of all sources; return them with the warnings.

    Raises:
        GazetteerError: the first error that makes the gazetteer unusable.

    """
    noticed: list[Problem] = []
    return list(checked(sources, noticed)), noticed


def checked(
    sources: Iterable[str | Path], noticed: list[Problem], numbers: dict[str, int] | None = None
) -> Iterator[Row]:
    """The rows of all sources as they are read, in memory that does not grow with what they say.

    Args:
        sources: files or folders of them.
        noticed: is given the warnings, once all rows are read.
        numbers: is filled with a number for every ID, in the order of their first rows.

    Raises:
        GazetteerError: the first error that makes the gazetteer unusable, once all rows are read; behind the row that has
            it none is given.

    >>> noticed = []
    >>> len(list(checked([curated()], noticed))) > 1000, noticed
    (True, [])

    """
    sources, ids = list(sources), _Ids(numbers)
    of_ids: list[Problem] = []
    # what is wrong with a row alone is said first, wherever it stands
    wrong: list[Problem] = []
    contradictory: list[Problem] = []
    any_ = False
    for row in (row for source in sources for path in files(source) for row in rows(path)):
        any_ = True
        if not _is_plainly_sound(row):
            for problem in _row_problems(row):
                (wrong if problem.fatal else noticed).append(problem)
        for problem in ids.problems(row):
            (contradictory if problem.fatal else of_ids).append(problem)
        if not wrong and not contradictory:
            yield row
    for problem in (*wrong, *contradictory):
        raise GazetteerError(problem.source, problem.line, problem.message, problem.advice)
    if not any_:
        raise GazetteerError(", ".join(map(str, sources)), 1, "holds no names", "add a row per name")
    noticed += of_ids


def check(sources: Iterable[str | Path]) -> list[Problem]:
    """All problems of all sources, also those that make a file unreadable."""
    found: list[Row] = []
    unreadable: list[Problem] = []
    for source in sources:
        try:
            for path in files(source):
                found.extend(rows(path))
        except GazetteerError as error:
            message, _, advice = str(error).partition("; ")
            where, line = str(source), error.line
            unreadable.append(
                Problem(where, line, message.removeprefix(f"{where}:{line}: " if line else f"{where}: "), advice)
            )
        except ResolveError as error:  # pragma: no cover - every reader raises GazetteerError
            unreadable.append(Problem(str(source), 0, str(error), "check the file"))
    return [*unreadable, *problems(found)]
