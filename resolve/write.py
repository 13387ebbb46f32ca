"""How do other programs read it?

A writer turns documents into text, one chunk per document, so that output appears while work goes on.
"""

from __future__ import annotations

import csv
import io
import json
import math
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from resolve.errors import OutputError, UnknownChoiceError
from resolve.model import Document, Link

FIELDS = (
    "doc", "start", "end", "text", "entity_id", "name", "type", "probability", "bits", "status",
    "scheme", "candidates",
)  # fmt: skip
DIGITS = 4
"""Probabilities are written with so many digits after the point."""


def record(document_id: str, link: Link) -> dict[str, Any]:
    """One link as the fields of the contract.

    >>> record("a.txt", Link(0, 5, "Putin", "unknown"))["entity_id"] is None
    True
    """
    return {
        "doc": document_id,
        "start": link.start,
        "end": link.end,
        "text": link.text,
        "entity_id": link.entity_id,
        "name": link.name,
        "type": link.type,
        "probability": round_down(link.probability),
        "bits": round(link.bits, 1),
        "status": link.status,
        "scheme": link.scheme,
        "candidates": [{"entity_id": c.entity_id, "probability": round_down(c.probability)} for c in link.candidates],
    }


def round_down(probability: float) -> float:
    """Round down, so that nothing short of certainty is written as 1."""
    return math.floor(probability * 10.0**DIGITS) / 10.0**DIGITS


def jsonl(documents: Iterable[Document]) -> Iterator[str]:
    """One JSON object a line for every link, in reading order."""
    for document in documents:
        yield "".join(json.dumps(record(document.id, link), ensure_ascii=False) + "\n" for link in document.links)


def csv_rows(documents: Iterable[Document]) -> Iterator[str]:
    """CSV with a header; ``candidates`` holds JSON. Line ends are LF."""
    yield csv_line(FIELDS)
    for document in documents:
        lines = []
        for link in document.links:
            row = record(document.id, link)
            row["candidates"] = json.dumps(row["candidates"])
            lines.append(csv_line(row[field] for field in FIELDS))
        yield "".join(lines)


def csv_line(fields: Iterable[object]) -> str:
    r"""One CSV row that ends in LF; a lone CR in a field is quoted too.

    >>> csv_line(["Lukashenka\rAlyaksandr", 1])
    '"Lukashenka\rAlyaksandr",1\n'
    """
    buffer = io.StringIO()
    # the writer quotes the characters of its own line end
    csv.writer(buffer, lineterminator="\r\n").writerow("" if field is None else field for field in fields)
    return buffer.getvalue().removesuffix("\r\n") + "\n"


WRITERS: dict[str, Callable[[Iterable[Document]], Iterator[str]]] = {"jsonl": jsonl, "csv": csv_rows}


def writer(name: str) -> Callable[[Iterable[Document]], Iterator[str]]:
    """The writer for a format.

    Raises:
        UnknownChoiceError: no such format; lists the known ones.

    """
    if name not in WRITERS:
        raise UnknownChoiceError("format", name, WRITERS)
    return WRITERS[name]


def to_file(path: str | Path, chunks: Iterable[str]) -> None:
    """Write chunks beside ``path`` and rename at the end: no partial file ever has the final name.

    Raises:
        OutputError: the place cannot be written.

    """
    path = Path(path)
    if path.is_dir():
        raise OutputError(str(path), "is a directory")
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with open(temporary, "x", encoding="utf-8", newline="", errors="surrogatepass") as stream:
            stream.writelines(chunks)
        os.replace(temporary, path)
    except OSError as error:
        raise OutputError(str(path), error.strerror or str(error)) from None
    finally:
        temporary.unlink(missing_ok=True)
