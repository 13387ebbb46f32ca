"""What does every importer share: a source being read, what it leaves out, and the parts of a row."""

from __future__ import annotations

import csv
import json
import unicodedata
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from resolve import tables
from resolve.errors import InputError, TableError
from resolve.model import NameKind, Row
from resolve.stream import Stream

MAX_SHOWN = 60
"""A value is shown in a message with at most so many code points."""


@dataclass(frozen=True, slots=True)
class Skip:
    """A line that an importer left out: where, what stands there, and what to do about it."""

    source: str
    line: int
    message: str
    advice: str

    def __str__(self) -> str:
        return f"{self.source}:{self.line}: {self.message}; {self.advice}"


@dataclass
class Source:
    """A file being imported. ``skip`` is told of every line that is left out because of a mistake in it.

    ``besides`` are further files that belong to it; ``left_out`` counts what the file holds that was
    not asked for, which is no mistake.
    """

    path: str
    skip: Callable[[Skip], None]
    besides: tuple[str, ...] = ()
    left_out: int = 0
    streams: list[Stream] = field(default_factory=list)

    def refuse(self, line: int, message: str, advice: str) -> None:
        """Say that a line was left out, and why."""
        self.skip(Skip(self.path, line, message, advice))

    def lines(self) -> Generator[tuple[int, str], None, None]:
        """The lines of the file with their numbers; those that are no UTF-8 are refused."""
        with Stream(self.path) as stream:
            self.streams.append(stream)
            yield from stream.lines(self._refused)
            self.streams.remove(stream)

    def _refused(self, error: InputError, line: int) -> None:
        message, _, advice = str(error).removeprefix(f"{self.path}:{line}: ").partition("; ")
        self.refuse(line, message, advice)

    @property
    def share(self) -> float:
        """Which part of the file being read is done, from 0 to 1."""
        return self.streams[-1].share if self.streams else 0.0

    def beside(self, path: str) -> Source:
        """A further file of the same import."""
        return Source(path, self.skip, streams=self.streams)

    def objects(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """The JSON objects of a file with one a line, also where they are the lines of an array."""
        for line, text in self.lines():
            written = text.strip().removesuffix(",")
            if written in {"", "[", "]"}:
                continue
            try:
                record = json.loads(written)
            except (ValueError, RecursionError) as error:
                self.refuse(line, f"no JSON: {error} in {shown(written)}", "write one object a line")
                continue
            if isinstance(record, dict):
                yield line, record
            else:
                self.refuse(line, f"no JSON object: {shown(written)}", "write one object a line")

    def records(self, *needed: str) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows of a CSV as fields by column.

        Raises:
            TableError: a column that is ``needed`` is not there; names those that are.

        """
        place = [0]

        def texts() -> Iterator[str]:
            for number, text in lines:
                place[0] = number
                yield text

        with closing(self.lines()) as lines:
            yield from self._rows(csv.reader(texts()), place, needed)

    def _rows(self, reader: Any, place: list[int], needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows of a reader with their lines, which ``place`` follows."""
        try:
            header: list[str] = next(filter(None, reader), [])
        except csv.Error as error:
            raise TableError(self.path, 1, f"no header of a table: {error}", "mend the quoting") from None
        if header and (missing := [column for column in needed if column not in header]):
            known = ", ".join(map(shown, header[:20]))
            raise TableError(self.path, 1, f"no column {missing[0]!r} among {known}", "give the format with --from")
        while True:
            first = place[0] + 1
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                self.refuse(first, f"no row of a table: {error}", "mend the quoting")
                continue
            if fields and len(fields) == len(header):
                yield first, dict(zip(header, fields, strict=True))
            elif fields:
                self.refuse(
                    first, f"{len(fields)} fields where the header has {len(header)}: {shown(','.join(fields))}",
                    "quote fields that contain the delimiter",
                )  # fmt: skip

    def row(
        self, line: int, id: str, name: object, lang: str = "", kind: NameKind = "name", type: str = "",
        gender: str = "", description: str = "", wikidata: str = "", **attributes: str,
    ) -> Iterator[Row]:  # fmt: skip
        """One row, or none where there is no name or one that no gazetteer can hold."""
        text = squeezed(name)
        known = tuple((key, squeezed(value)) for key, value in attributes.items() if squeezed(value))
        if not text:
            return
        if fault := unsound(id, text):
            self.refuse(line, fault, "mend it in the source, or leave it out")
            return
        yield Row(
            id, text, short_lang(lang), kind, type, gender, squeezed(description), qid(wikidata), known,
            self.path, line,
        )  # fmt: skip


def shown(value: object) -> str:
    """A value as a message shows it, cut where it is long.

    >>> shown("Ціханоўская")
    "'Ціханоўская'"
    """
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return repr(text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…")


def squeezed(value: object) -> str:
    r"""A text in NFC without line breaks and doubled spaces; empty for what is no text.

    >>> squeezed(" Янка\n Купала "), squeezed(None)
    ('Янка Купала', '')
    """
    return unicodedata.normalize("NFC", " ".join(value.split())) if isinstance(value, str) else ""


def unsound(id: str, name: str) -> str:
    r"""What makes a row unfit for a gazetteer, empty where nothing does.

    >>> unsound("a", "1984"), unsound("a", "Якуб Колас")
    ("name '1984' has no letters", '')
    """
    if not id.strip():
        return f"no ID for {shown(name)}"
    if not any(letter.isalpha() for letter in name):
        return f"name {shown(name)} has no letters"
    if len(name) > MAX_NAME:
        return f"name of {len(name)} characters: {shown(name)}"
    for label, value in (("ID", id), ("name", name)):
        if control := next((c for c in value if unicodedata.category(c) in {"Cc", "Cs"}), ""):
            return f"{label} {shown(value)} holds the control character U+{ord(control):04X}"
    return ""


MAX_NAME = 1000
"""A longer name is refused by the gazetteer too, in code points."""


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    return {row[0]: row[1] for row in tables.rows("iso639.tsv")}


@lru_cache(maxsize=4096)
def short_lang(code: str) -> str:
    """A language code as the gazetteer has it: the primary subtag, two letters where there are any.

    >>> [short_lang(code) for code in ("rus", "ru-Latn", "zh_Hant", "mul", "und", "u", "simple")]
    ['ru', 'ru', 'zh', '', '', '', 'en']
    """
    primary = code.strip().lower().replace("_", "-").partition("-")[0]
    if primary in {"mul", "und", "zxx", "mis"} or len(primary) < 2:
        return ""
    return "en" if primary == "simple" else _codes().get(primary, primary)


def qid(value: str) -> str:
    """The Wikidata ID at the end of a text such as its address; empty where there is none.

    >>> qid("http://www.wikidata.org/entity/Q649"), qid("NK-abc")
    ('Q649', '')
    """
    last = value.strip().rsplit("/", 1)[-1]
    return last if last[:1] == "Q" and last[1:].isascii() and last[1:].isdigit() else ""


def genders(values: Iterable[object]) -> str:
    """The gender that a source states; empty where it states none or several.

    >>> genders(["female"]), genders(["M"]), genders(["male", "female"])
    ('f', 'm', '')
    """
    found = {str(value).strip().lower()[:1] for value in values if value}
    return found.pop() if len(found) == 1 and found <= {"m", "f"} else ""


def texts(value: object) -> list[str]:
    """The texts of a JSON value: itself, or those of a list.

    >>> texts("a"), texts(["a", 1, "b"]), texts(None)
    (['a'], ['a', 'b'], [])
    """
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str) and item.strip()]


def members(value: object) -> list[dict[str, Any]]:
    """The objects of a JSON list, none where it is something else.

    >>> members([{"a": 1}, "b"]), members(None), members(5)
    ([{'a': 1}], [], [])
    """
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
