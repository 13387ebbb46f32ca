"""Which rows of a gazetteer do the files of other programs hold?

Each format has a reader that turns lines into rows; `read` puts the rows of an entity together, keeps
the types and languages that were asked for, and hands them on one entity after the other.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from resolve.errors import GazetteerError, UnknownChoiceError
from resolve.importers import geonames, lists, opensanctions, records, skos, wikidata
from resolve.importers.shelf import entities, together
from resolve.importers.source import Skip, Source
from resolve.model import ENTITY_TYPES, NAME_KINDS, Row
from resolve.stream import head

COLUMNS = (
    "id", "name", "lang", "kind", "type", "gender", "description", "wikidata", "birth_date", "country",
)  # fmt: skip
"""What an imported gazetteer has: the columns of the format, and two attributes."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its reader, whether a source scatters the rows of an entity, what it is."""

    read: Callable[[Source], Iterator[Row]]
    scattered: bool
    title: str


FORMATS = {
    "ftm": Format(opensanctions.ftm, False, "FollowTheMoney entities, JSON lines (OpenSanctions entities.ftm.json)"),
    "targets": Format(opensanctions.targets, False, "OpenSanctions targets.simple.csv"),
    "statements": Format(opensanctions.statements, True, "OpenSanctions statements.csv"),
    "wikidata": Format(wikidata.dump, False, "Wikidata JSON dump"),
    "jrc": Format(lists.jrc, True, "JRC-Names"),
    "geonames": Format(geonames.main, False, "GeoNames allCountries.txt, with alternateNamesV2.txt"),
    "popolo": Format(records.popolo, False, "Popolo JSON"),
    "skos": Format(skos.turtle, True, "SKOS vocabulary in Turtle"),
    "senzing": Format(records.senzing, False, "Senzing JSON lines"),
    "gate": Format(lists.gate_list, True, "GATE gazetteer list (.lst)"),
    "gate-def": Format(lists.gate_definition, True, "GATE definition (.def) with the lists beside it"),
    "spacy": Format(lists.spacy, True, "spaCy EntityRuler patterns, JSON lines"),
    "table": Format(lists.table, True, "CSV with id and name"),
    "jsonl": Format(lists.json_lines, True, "JSON lines with id and name"),
    "plain": Format(lists.plain, True, "one name a line"),
}
DIRECT = frozenset({"ftm", "targets", "statements", "wikidata", "popolo", "skos", "senzing", "spacy"})
"""Formats that a gazetteer may be in without being imported first: one file, which nothing else looks like."""
_ALTERNATES = "geonames-alternates"


# ---------------------------------------------------------------- which format


def guess(path: str | Path) -> str:
    """The format of a file by what stands at its beginning and by its name; empty where nothing fits.

    Raises:
        UnreadableError: the file cannot be read.

    """
    suffix = Path(str(path).lower().removesuffix(".gz")).suffix
    by_name = {".ttl": "skos", ".def": "gate-def", ".lst": "gate"}.get(suffix, "")
    if by_name:
        return by_name
    beginning = head(path)
    opening = beginning.lstrip()[:1]
    if opening in {"{", "["}:
        return _json_format(beginning)
    if opening == "@" and re.match(r"\s*@(prefix|base)\b", beginning):
        return "skos"
    first = next((line for line in beginning.splitlines() if line.strip() and not line.startswith("#")), "")
    fields = first.split("\t")
    if len(fields) > 3:
        return _tabbed_format(fields)
    return _table_format(first) or ("plain" if suffix == ".txt" and len(fields) == 1 else "")


def _json_format(beginning: str) -> str:
    """The format of JSON by the fields of its first object."""
    line = next((x for x in (y.strip() for y in beginning.split("\n")) if x not in {"", "[", "{"}), "")
    if not line.startswith("{") or not re.search(r'"[^"]*"\s*:', line):
        line = beginning
    fields = _fields(line)
    signs = (
        ("ftm", {"schema", "properties"}), ("wikidata", {"labels", "claims"}), ("wikidata", {"labels", "aliases", "type"}),
        ("senzing", {"RECORD_ID"}), ("spacy", {"label", "pattern"}), ("popolo", {"persons"}),
        ("popolo", {"organizations"}), ("popolo", {"memberships"}), ("jsonl", {"id", "name"}),
    )  # fmt: skip
    return next((name for name, needed in signs if needed <= fields), "")


def _fields(line: str) -> set[str]:
    """The fields of an object; of one that is cut off, those of its inner objects too."""
    try:
        record = json.loads(line.removesuffix(","))
    except (ValueError, RecursionError):
        return set(re.findall(r'"(\w+)"\s*:', line))
    return set(record) if isinstance(record, dict) else set()


def _tabbed_format(fields: list[str]) -> str:
    if len(fields) == geonames.WIDTH and fields[0].isdigit():
        return "geonames"
    if len(fields) in geonames.OTHER_WIDTHS and fields[0].isdigit() and fields[1].isdigit():
        return _ALTERNATES
    return "jrc" if len(fields) == 4 and fields[0].isdigit() and len(fields[1]) == 1 else ""


def _table_format(header: str) -> str:
    columns = {column.strip() for column in next(csv.reader([header]), [])}
    signs = (
        ("statements", {"canonical_id", "prop", "value"}), ("targets", {"id", "schema", "name", "aliases", "dataset"}),
        ("table", {"id", "name"}),
    )  # fmt: skip
    return next((name for name, needed in signs if needed <= columns), "")


# ---------------------------------------------------------------- reading


class Import:
    """What the files of other programs hold, entity by entity; iterate over it once.

    Args:
        paths: the files; those of GeoNames' alternate names go with its table of places.
        format: one of `FORMATS`; guessed from every file where it is empty.
        types: keep only these types of entities; a single one is also the type of those without any.
        langs: keep only names in these languages (ISO 639-1), and those whose language is not known.
        skip: is told of every line that is left out because of a mistake in it.

    Attributes:
        entities, names: how many were handed on.
        left_out: how many records were not asked for: of other types, or without a name that was.
        untyped: how many entities have no type, and so count as persons.
        skipped: how many lines were left out because of a mistake.

    Raises:
        GazetteerError: the format of a file cannot be guessed.
        UnknownChoiceError: an unknown format or type.
        UnreadableError: a file cannot be read.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "entities.ftm.json"
    ...     line = {"id": "a", "schema": "Person", "properties": {"name": ["Якуб Колас"], "weakAlias": ["ЯК"]}}
    ...     _ = path.write_text(json.dumps(line), encoding="utf-8")
    ...     [(row.id, row.name, row.kind, row.type) for row in Import([path])]
    [('a', 'Якуб Колас', 'name', 'person'), ('a', 'ЯК', 'weak', '')]

    """

    def __init__(
        self,
        paths: Sequence[str | Path],
        format: str = "",
        types: Sequence[str] = (),
        langs: Sequence[str] = (),
        skip: Callable[[Skip], None] | None = None,
    ) -> None:
        for what, values, known in (("format", [format] if format else [], FORMATS), ("type", types, ENTITY_TYPES)):
            for value in values:
                if value not in known:
                    raise UnknownChoiceError(what, value, known)
        self.entities = self.names = self.left_out = self.untyped = self.skipped = 0
        self._types, self._langs, self._skip = types, frozenset(langs), skip
        self._now: Source | None = None
        self._sources = self._planned([str(path) for path in paths], format)

    def _planned(self, paths: list[str], format: str) -> list[tuple[Format, Source]]:
        """Which reader reads which file; the alternate names of GeoNames go with its places."""
        kinds = {path: _kind(path, format) for path in paths}
        besides = tuple(path for path in paths if kinds[path] == _ALTERNATES)
        if besides and "geonames" not in kinds.values():
            raise GazetteerError(
                besides[0], 0, "alternate names of GeoNames say nothing about the places",
                "give the table of places too, such as allCountries.txt",
            )  # fmt: skip
        return [
            (FORMATS[kinds[path]], Source(path, self._skipped, besides if kinds[path] == "geonames" else ()))
            for path in paths if kinds[path] != _ALTERNATES
        ]  # fmt: skip

    def _skipped(self, skip: Skip) -> None:
        self.skipped += 1
        if self._skip:
            self._skip(skip)

    @property
    def share(self) -> float:
        """Which part of the file being read is done, from 0 to 1."""
        return self._now.share if self._now else 0.0

    def __iter__(self) -> Iterator[Row]:
        for format, source in self._sources:
            self._now = source
            rows = format.read(source)
            for entity in entities(together(rows) if format.scattered else rows):
                kept = self._kept(entity)
                self.entities += bool(kept)
                self.names += len(kept)
                self.left_out += not kept
                self.untyped += bool(kept) and not kept[0].type
                yield from kept
            self.left_out += source.left_out

    def _kept(self, rows: list[Row]) -> list[Row]:
        """The rows of an entity as they were asked for: names first, none twice, the facts in the first."""
        merged: dict[str, Any] = {
            column: next((value for row in rows if (value := getattr(row, column))), "")
            for column in ("type", "gender", "description", "wikidata")
        }
        merged["type"] = merged["type"] or (self._types[0] if len(self._types) == 1 else "")
        if self._types and merged["type"] not in self._types:
            return []
        asked = [row for row in rows if not self._langs or not row.lang or row.lang in self._langs]
        named = Counter(row.name for row in asked if row.lang)
        first: dict[tuple[str, str], Row] = {}
        for row in sorted(asked, key=lambda row: NAME_KINDS.index(row.kind)):
            # a name without a language says nothing beside the same one with it
            if row.lang or not named[row.name]:
                first.setdefault((row.name, row.lang), row)
        kept = list(first.values())
        if not kept:
            return []
        attributes = dict(pair for row in reversed(rows) for pair in row.attributes)
        opener = replace(kept[0], **merged, attributes=tuple(attributes.items()))
        others = [replace(row, type="", gender="", description="", wikidata="", attributes=()) for row in kept[1:]]
        return [opener, *others]


def _kind(path: str, format: str) -> str:
    """The format of a file: the one given, or guessed; GeoNames' second table is known by its width."""
    if format and format != "geonames":
        return format
    found = guess(path)
    if format:
        return found if found == _ALTERNATES else format
    if not found:
        raise GazetteerError(path, 0, "is of no format that can be told", f"name it with --from: {', '.join(FORMATS)}")
    return found


def to_csv(rows: Iterable[Row]) -> Iterator[str]:
    r"""The rows as a gazetteer in CSV, line by line, with the header.

    >>> list(to_csv([Row("a", "Якуб Колас", "be")]))[1]
    'a,Якуб Колас,be,name,,,,,,\n'
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        attributes = dict(row.attributes)
        writer.writerow([getattr(row, column, "") or attributes.get(column, "") for column in COLUMNS])
    yield buffer.getvalue()


def direct(path: Path) -> str:
    """The format of a file that may be a gazetteer as it is; empty where it is none of them.

    >>> direct(Path("nowhere.csv"))
    ''
    """
    found = guess(path) if path.is_file() else ""
    return found if found in DIRECT else ""


__all__ = ["COLUMNS", "DIRECT", "FORMATS", "Format", "Import", "Skip", "direct", "guess", "to_csv"]
