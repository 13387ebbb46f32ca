"""How do links, their evidence and profiles read as lines: JSON objects, rows of a table, plain text?"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from resolve.model import Document, Link

FIELDS = (
    "doc", "start", "end", "text", "entity_id", "name", "type", "probability", "bits", "status",
    "scheme", "candidates",
)  # fmt: skip
OFFSET_UNIT = "unicode code point"
"""What offsets count, as files say it that have room for it."""

DIGITS = 4
"""Probabilities are written with so many digits after the point."""


def record(document_id: str, link: Link) -> dict[str, Any]:
    """One link as the fields of the contract.

    >>> record("a.txt", Link(0, 5, "Putin", "unknown"))["entity_id"] is None
    True
    """
    fields = {
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
    return fields if link.cluster is None else {**fields, "cluster": link.cluster}


def round_down(probability: float) -> float:
    """Round down, so that nothing short of certainty is written as 1."""
    return math.floor(probability * 10.0**DIGITS) / 10.0**DIGITS


def jsonl(documents: Iterable[Document]) -> Iterator[str]:
    """One JSON object a line for every link, in reading order."""
    for document in documents:
        yield "".join(json.dumps(record(document.id, link), ensure_ascii=False) + "\n" for link in document.links)


def csv_rows(documents: Iterable[Document], fields: Sequence[str] = FIELDS) -> Iterator[str]:
    """CSV with a header; ``candidates`` holds JSON. Line ends are LF."""
    return csv_documents(documents, lambda field: field, fields)


def csv_with_clusters(documents: Iterable[Document]) -> Iterator[str]:
    """CSV with one more column: the cluster of persons whom no entity explains."""
    return csv_rows(documents, (*FIELDS, "cluster"))


def csv_documents(
    documents: Iterable[Document], field: Callable[[object], object], fields: Sequence[str] = FIELDS
) -> Iterator[str]:
    """The header, then the rows of every document, with each field as ``field`` gives it."""
    yield csv_line(fields)
    for document in documents:
        lines = []
        for link in document.links:
            row = record(document.id, link)
            row["candidates"] = json.dumps(row["candidates"])
            lines.append(csv_line(field(row.get(name)) for name in fields))
        yield "".join(lines)


def csv_line(fields: Iterable[object], delimiter: str = ",") -> str:
    r"""One CSV row that ends in LF; a lone CR in a field is quoted too.

    >>> csv_line(["Lukashenka\rAlyaksandr", 1])
    '"Lukashenka\rAlyaksandr",1\n'
    """
    buffer = io.StringIO()
    # the writer quotes the characters of its own line end
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerow(
        "" if field is None else field for field in fields
    )
    return buffer.getvalue().removesuffix("\r\n") + "\n"


FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A field that begins so is computed, not shown, by spreadsheet programs."""


def spreadsheet(documents: Iterable[Document]) -> Iterator[str]:
    """CSV for spreadsheet programs: with a byte order mark, and with an apostrophe before what they would compute."""
    for number, document in enumerate(csv_documents(documents, _harmless)):
        yield document if number else "\N{ZERO WIDTH NO-BREAK SPACE}" + document


def _harmless(field: object) -> object:
    """A field that no spreadsheet program takes for a formula.

    >>> _harmless("=1+1"), _harmless(-0.5)
    ("'=1+1", -0.5)
    """
    return f"'{field}" if isinstance(field, str) and field.startswith(FORMULA) else field


def explained_text(documents: Iterable[Document]) -> Iterator[str]:
    """Every link as a head line and its evidence in bits, a blank line between two."""
    for document in documents:
        yield "".join(explanation(document.id, link) + "\n" for link in document.links)


def explanation(document_id: str, link: Link) -> str:
    """One link with all that speaks for and against its best candidate.

    >>> print(explanation("a.txt", Link(0, 5, "Putin", "unknown")))
    a.txt:0-5 Putin: unknown, 0.0 bits, probability 0.000
    """
    meant = f" {link.entity_id} ({link.name})" if link.entity_id else ""
    text = " ".join(link.text.split())
    head = f"{document_id}:{link.start}-{link.end} {text}: {link.status}{meant}, {link.bits:.1f} bits"
    return "\n".join([f"{head}, probability {link.probability:.3f}", *(f"  {piece}" for piece in link.evidence)])


def explained_jsonl(documents: Iterable[Document]) -> Iterator[str]:
    """`jsonl` with the field ``evidence``: the pieces for the best candidate."""
    for document in documents:
        lines = []
        for link in document.links:
            pieces = [
                {"feature": e.feature, "bits": round(e.bits, 1), "left": e.left, "right": e.right, "note": e.note}
                for e in link.evidence
            ]
            lines.append(json.dumps({**record(document.id, link), "evidence": pieces}, ensure_ascii=False) + "\n")
        yield "".join(lines)
