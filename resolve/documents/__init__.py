"""Which texts do the files hold that people have: pages, mails, tables, archives?

`read` gives every text of a file with the name that results call it by. A text file is taken as it is stored; of anything else
the text is extracted, offsets count code points of what was extracted, and that can be written beside the result.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from resolve import table as table_room
from resolve.documents import office, page, pdf
from resolve.documents.mapped import Mapped
from resolve.documents.packed import SUFFIXES as PACKED, members, unpacked
from resolve.errors import EncodingError, InputError, TableError, UnreadableError
from resolve.text import decode, read_bytes

TEXTS = (".txt", ".text", ".md", ".markdown")
"""Files that are text as they are stored."""
EXTRACTED: dict[str, Callable[[bytes, str, str | None], Mapped]] = {
    ".html": page.html, ".htm": page.html, ".xhtml": page.html,
    ".pdf": pdf.text, ".docx": office.docx, ".eml": page.mail,
}  # fmt: skip
"""Files of which the text is extracted, and how: from the bytes, the name, and the encoding that was asked for."""
TABLES = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet")
ARCHIVE = ".zip"
KNOWN = (*TEXTS, *EXTRACTED, ARCHIVE)
"""What is taken from a folder; tables only when they are named themselves."""
AUTO = "auto"
"""The encoding that asks for detection."""
FOREIGN: dict[bytes, tuple[str, str]] = {
    b"%PDF-": ("a PDF", "rename it to .pdf"),
    b"{\\rtf": ("an RTF document", "save it as .docx or .txt"),
    b"\xd0\xcf\x11\xe0": ("a document of Microsoft Office as of before 2007", "save it as .docx, .txt or .csv"),
    b"PK\x03\x04": ("an archive or office document (.odt, .epub, .xlsx)", "save it as .docx, .html, .txt or .csv"),
    b"\x1f\x8b": ("packed with gzip", "unpack it, or let its name end in .gz"),
    b"\x28\xb5\x2f\xfd": ("packed with Zstandard", "unpack it, or let its name end in .zst"),
    b"PAR1": ("a Parquet table", "let its name end in .parquet"),
    b"\x89PNG": ("a picture", "recognise its text first"),
    b"\xff\xd8\xff": ("a picture", "recognise its text first"),
}  # fmt: skip
"""What files begin with that are no text, what they are, and what to do about it."""


@dataclass(frozen=True)
class Source:
    """A text and what results call it; ``extracted`` says that it is not stored as it is, and where each part was."""

    id: str
    text: str
    extracted: Mapped | None = None


def suffix(name: str) -> str:
    """What a name says about the kind of file, without what it is packed in.

    >>> suffix("news/A.HTML.gz"), suffix("-"), suffix("notes")
    ('.html', '', '')
    """
    path = PurePath(name.lower())
    return PurePath(path.stem).suffix if path.suffix in PACKED else path.suffix


def is_known(name: str) -> bool:
    """Whether a file of a folder is one of those that are read."""
    return suffix(name) in KNOWN


def _is_text_of_archive(name: str) -> bool:
    """Whether a member is read; archives in archives are not, nor what macOS puts beside every file."""
    return is_known(name) and suffix(name) != ARCHIVE and not name.startswith("__MACOSX/")


def read(
    path: str,
    encoding: str | None = None,
    column: str | None = None,
    id: str | None = None,
    failed: Callable[[InputError], None] | None = None,
    noticed: Callable[[str], None] = lambda _: None,
) -> Iterator[Source]:
    r"""The texts of a file: one, or one for each row of a table or member of an archive.

    Args:
        path: the file; ``-`` is text on standard input.
        encoding: of the bytes; ``auto`` to have it detected; UTF-8 where nothing is given, or what a page or mail declares.
        column: the column of a table that holds the texts; ``text`` where nothing is given.
        id: the column of a table that names them; the number of the row where nothing is given.
        failed: hears of members and rows that cannot be read, while the others are; without it the first such ends it.
        noticed: hears what encoding was detected.

    Raises:
        InputError: the file cannot be read; names it and says what to do.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "a.html"
    ...     _ = file.write_text("<title>Навіны</title><p>Лука&shy;шэнка", encoding="utf-8")
    ...     [source.text for source in read(str(file))]
    ['Навіны\n\nЛукашэнка']

    """

    def refuse(error: InputError) -> None:
        if failed is None:
            raise error
        failed(error)

    kind = suffix(path)
    if kind in TABLES:
        yield from _rows(path, column or "text", id, refuse)
    elif kind == ARCHIVE:
        yield from _members(path, encoding, refuse, noticed)
    else:
        yield one(path, unpacked(path), encoding, noticed)


def one(name: str, data: bytes, encoding: str | None = None, noticed: Callable[[str], None] = lambda _: None) -> Source:
    """The text of one file's bytes, by its name.

    Raises:
        InputError: they are not what the name says, or need a library that is not installed.

    """
    extract = EXTRACTED.get(suffix(name))
    if extract is not None:
        found = extract(data, name, _detected(data, name, noticed) if _wants_detection(name, encoding) else encoding)
        return Source(name, found.text, found)
    return Source(name, decoded(data, name, encoding, noticed))


def _wants_detection(name: str, encoding: str | None) -> bool:
    return encoding == AUTO and suffix(name) in {".html", ".htm", ".xhtml"}


def decoded(
    data: bytes, name: str, encoding: str | None = None, noticed: Callable[[str], None] = lambda _: None
) -> str:
    """Bytes as text, in the encoding that is asked for, the one that is detected, or UTF-8.

    Raises:
        UnreadableError: they are of a kind that is no text.
        EncodingError: they are no text in that encoding.

    """
    for beginning, (kind, advice) in FOREIGN.items():
        if data.startswith(beginning):
            raise UnreadableError(name, f"it is no text but {kind}", advice)
    return decode(data, name, _detected(data, name, noticed) if encoding == AUTO else encoding or "utf-8")


def _detected(data: bytes, name: str, noticed: Callable[[str], None]) -> str:
    """The encoding that bytes seem to have; UTF-8 wherever it fits.

    Raises:
        EncodingError: none seems likely enough.

    """
    try:
        data.decode("utf-8")
        if b"\0" not in data:
            return "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        raise EncodingError(
            name, 1, "no UTF-8, and detecting an encoding needs charset-normalizer",
            "pip install 'onomast[documents]', or name it with --encoding (windows-1251, ...)",
        ) from None  # fmt: skip
    best = from_bytes(data).best()
    if best is None:
        raise EncodingError(name, 1, "no encoding seems likely", "name it with --encoding (windows-1251, ...)")
    noticed(f"{name}: read as {best.encoding}, as it seems")
    return best.encoding


def _rows(path: str, column: str, id: str | None, refuse: Callable[[InputError], None]) -> Iterator[Source]:
    """The texts of a table."""
    table = table_room.read(path, column, tabular=False, added=())
    try:
        if id is not None and table.columns and id not in table.columns:
            known = ", ".join(map(repr, table.columns))
            raise TableError(path, 1, f"no column {id!r} among {known}", "choose one with --id")
        number = 0
        for chunk in table.chunks:
            for row, text in zip(chunk.rows, chunk.names, strict=True):
                number += 1
                name = f"{path}#{number}" if id is None else table_room.cell(table_room.value(row, id, table.columns))
                yield Source(name, text)
            while table.failures:
                refuse(InputError(table.failures.pop(0)))
    finally:
        table.close()


def _members(
    path: str, encoding: str | None, refuse: Callable[[InputError], None], noticed: Callable[[str], None]
) -> Iterator[Source]:
    """The texts of the members of an archive that are known; archives within it are left out."""
    try:
        for name, data in members(path, _is_text_of_archive, refuse):
            try:
                yield one(f"{path}/{name}", data, encoding, noticed)
            except InputError as error:
                refuse(error)
    except (OSError, zipfile.BadZipFile) as error:
        raise UnreadableError(path, f"no sound archive: {error}", UnreadableError.DAMAGED) from None


__all__ = ["AUTO", "EXTRACTED", "KNOWN", "TABLES", "TEXTS", "Mapped", "Source", "is_known", "one", "read", "read_bytes"]
