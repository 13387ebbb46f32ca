"""How do other programs read it?

A writer turns documents into chunks, at least one per document where the format allows it, so that output
appears while work goes on. Chunks are text, bytes (Parquet, spaCy) or named files of a folder (brat).
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from resolve.errors import OutputError, UnknownChoiceError, UsageError
from resolve.model import Document
from resolve.view import Known
from resolve.write import annotation, brat, conll, docbin, ftm, html, lines, parquet, profiles, tei
from resolve.write.lines import DIGITS, FIELDS, csv_line, record, round_down

Documents = Iterable[Document]


@dataclass(frozen=True)
class Format:
    """A way to write links.

    Args:
        write: gives the chunks for documents and what the gazetteer knows of their entities.
        about: what it is, in a few words.
        suffixes: the names of files that mean it.
        place: where it can go: a ``stream``, only a ``file``, or only a ``folder``.

    """

    write: Callable[[Documents, Known | None], Iterator[Any]]
    about: str
    suffixes: tuple[str, ...] = ()
    place: str = "stream"


def _plain(write: Callable[[Documents], Iterator[str]]) -> Callable[[Documents, Known | None], Iterator[str]]:
    """A writer that needs to know nothing of entities but what the links say."""
    return lambda documents, _known: write(documents)


FORMATS: dict[str, Format] = {
    "jsonl": Format(_plain(lines.jsonl), "a JSON object for each mention", (".jsonl", ".ndjson")),
    "csv": Format(_plain(lines.csv_rows), "a table for programs", (".csv",)),
    "spreadsheet": Format(_plain(lines.spreadsheet), "a CSV that Excel and LibreOffice read without harm"),
    "parquet": Format(parquet.write, "a typed table", (".parquet",), "file"),
    "html": Format(html.write, "a report for people", (".html", ".htm")),
    "webanno": Format(annotation.write, "W3C Web Annotation as JSON-LD", (".jsonld",)),
    "brat": Format(brat.write, "brat standoff, a folder", (), "folder"),
    "conllu": Format(conll.conllu, "CoNLL-U", (".conllu",)),
    "iob2": Format(conll.iob2, "words with IOB2 tags", (".iob2", ".conll")),
    "tei": Format(tei.write, "TEI P5", (".tei", ".xml")),
    "ftm": Format(ftm.write, "FollowTheMoney entities", (".ftm.json", ".ftm")),
    "spacy": Format(docbin.write, "spaCy's DocBin", (".spacy",), "file"),
}
"""The formats of links; the first is the default."""

WITH_CLUSTERS: Mapping[str, Format] = {
    **FORMATS, "csv": Format(_plain(lines.csv_with_clusters), "a table for programs", (".csv",)),
}  # fmt: skip
"""The formats of links where those of persons whom nobody knows are among them."""

EXPLAINED: Mapping[str, Format] = {
    "text": Format(_plain(lines.explained_text), "evidence to read"),
    "jsonl": Format(_plain(lines.explained_jsonl), "evidence as a field"),
}
"""The formats of links with their evidence; the first is the default."""

PROFILES: Mapping[str, Format] = {
    "table": Format(_plain(profiles.table), "a table to read"),
    "jsonl": Format(_plain(profiles.jsonl), "a JSON object for each document and entity"),
    "csv": Format(_plain(profiles.csv_rows), "a row for each spelling"),
}
"""The formats of profiles; the first is the default."""


def chosen(
    name: str | None,
    path: str | Path | None = None,
    profile: bool = False,
    explain: bool = False,
    all: bool = False,
) -> Format:
    """The format that is asked for; or the one that the name of the output means; or the default.

    Args:
        name: the name of the format, where one is given.
        path: where the output goes, where that is known.
        profile: of profiles, not of links.
        explain: of links with their evidence.
        all: with persons whom no entity explains among the links.

    Raises:
        UnknownChoiceError: no such format; lists the known ones.
        UsageError: the format is a folder or bytes, and no place is given for it.

    >>> chosen(None, "links.jsonld").about, chosen(None).about
    ('W3C Web Annotation as JSON-LD', 'a JSON object for each mention')

    """
    known = PROFILES if profile else EXPLAINED if explain else WITH_CLUSTERS if all else FORMATS
    if name is None:
        end = "" if path is None else Path(path).name.lower()
        meant = (key for key, one in known.items() if end.endswith(one.suffixes))
        name = next(meant, next(iter(known)))
    if name not in known:
        raise UnknownChoiceError("format", name, known)
    found = known[name]
    if found.place != "stream" and path is None:
        raise UsageError(f"{name} cannot go to standard output; name a {found.place} with -o")
    return found


def writer(
    name: str | None, profile: bool = False, explain: bool = False, known: Known | None = None
) -> Callable[[Documents], Iterator[Any]]:
    """The writer for a format: of links, of profiles or of links with their evidence.

    Args:
        name: the name of the format; the first one where none is given.
        profile: of profiles, not of links.
        explain: of links with their evidence.
        known: gives what the gazetteer knows of an ID and a name of the entity (`Resolver.entity`).

    Raises:
        UnknownChoiceError: no such format; lists the known ones.

    """
    write = chosen(name, "anywhere" if name else None, profile, explain).write
    return lambda documents: write(documents, known)


def save(documents: Documents, path: str | Path, format: str | None = None, known: Known | None = None) -> None:
    """Write documents to a file, or to a folder for brat. Nothing unfinished has the final name.

    Args:
        documents: what `Resolver.text` gave.
        path: the file; its name decides the format where none is given.
        format: one of `FORMATS`.
        known: gives what the gazetteer knows of an ID and a name of the entity (`Resolver.entity`): its Wikidata
            number and description, which some formats write.

    Raises:
        UnknownChoiceError: no such format; lists the known ones.
        OutputError: the place cannot be written.

    >>> import tempfile
    >>> from resolve.resolver import open
    >>> resolver = open()
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save([resolver.text("Владимир Путин молчал.", id="a.txt")], Path(folder) / "links.csv", known=resolver.entity)
    ...     (Path(folder) / "links.csv").read_text(encoding="utf-8").splitlines()[1][:30]
    'a.txt,0,14,Владимир Путин,ru-p'

    """
    found = chosen(format, path)
    to_place(path, found.write(documents, known), found)


def to_place(path: str | Path, chunks: Iterable[Any], format: Format) -> None:
    """Write the chunks of a format where it goes, a file or a folder.

    Raises:
        OutputError: the place cannot be written.

    """
    if format.place == "folder":
        to_folder(path, chunks)
    else:
        to_file(path, chunks)


def to_file(path: str | Path, chunks: Iterable[str | bytes]) -> None:
    """Write chunks beside ``path`` and rename at the end: no partial file ever has the final name.

    Raises:
        OutputError: the place cannot be written.

    """
    path = Path(path)
    if path.is_dir():
        raise OutputError(str(path), "is a directory")
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with open(temporary, "xb") as stream:
            stream.writelines(_bytes(chunk) for chunk in chunks)
        os.replace(temporary, path)
    except OSError as error:
        raise OutputError(str(path), error.strerror or str(error)) from None
    finally:
        temporary.unlink(missing_ok=True)


def to_folder(path: str | Path, files: Iterable[tuple[str, str]]) -> None:
    """Write named files into a new folder, which has its name when all are there.

    Raises:
        OutputError: the place cannot be written, or something is there already.

    """
    path = Path(path)
    if path.exists():
        raise OutputError(str(path), "is there already, and a folder is never overwritten")
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        temporary.mkdir()
        for name, text in files:
            (temporary / name).write_bytes(_bytes(text))
        os.replace(temporary, path)
    except OSError as error:
        raise OutputError(str(path), error.strerror or str(error)) from None
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _bytes(chunk: str | bytes) -> bytes:
    return chunk if isinstance(chunk, bytes) else chunk.encode("utf-8", "surrogatepass")


__all__ = [
    "DIGITS",
    "EXPLAINED",
    "FIELDS",
    "FORMATS",
    "PROFILES",
    "Format",
    "chosen",
    "csv_line",
    "record",
    "round_down",
    "save",
    "to_file",
    "to_folder",
    "to_place",
    "writer",
]
