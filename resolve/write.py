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
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from resolve.errors import OutputError, UnknownChoiceError
from resolve.model import OTHER, Document, Link

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
    yield csv_line(fields)
    for document in documents:
        lines = []
        for link in document.links:
            row = record(document.id, link)
            row["candidates"] = json.dumps(row["candidates"])
            lines.append(csv_line(row.get(field) for field in fields))
        yield "".join(lines)


def csv_with_clusters(documents: Iterable[Document]) -> Iterator[str]:
    """CSV with one more column: the cluster of persons whom no entity explains."""
    yield from csv_rows(documents, (*FIELDS, "cluster"))


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


WRITERS: dict[str, Callable[[Iterable[Document]], Iterator[str]]] = {"jsonl": jsonl, "csv": csv_rows}
ALL_WRITERS: dict[str, Callable[[Iterable[Document]], Iterator[str]]] = {"jsonl": jsonl, "csv": csv_with_clusters}
"""The formats of links where those of persons whom nobody knows are among them."""


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


EXPLAINED: dict[str, Callable[[Iterable[Document]], Iterator[str]]] = {
    "text": explained_text, "jsonl": explained_jsonl,
}  # fmt: skip
"""The formats of links with their evidence; the first is the default."""


def profile_table(documents: Iterable[Document]) -> Iterator[str]:
    """The profile of every document as a table, a blank line between two."""
    for number, document in enumerate(documents):
        yield ("\n" if number else "") + f"{document.profile()}\n"


def profile_jsonl(documents: Iterable[Document]) -> Iterator[str]:
    """One JSON object a line for every document and entity: its mentions by base, and its spellings."""
    for document in documents:
        profile = document.profile()
        lines = []
        for key, name in {usage.entity_id: usage.name for usage in profile.usages}.items():
            bases = profile.bases(key)
            spellings = [
                {"text": u.spelling, "base": u.base or OTHER, "count": u.count}
                for u in profile.usages if u.entity_id == key
            ]  # fmt: skip
            row = {
                "doc": document.id, "entity_id": key, "name": name,
                "mentions": sum(bases.values()), "bases": bases, "spellings": spellings,
            }  # fmt: skip
            lines.append(json.dumps(row, ensure_ascii=False) + "\n")
        yield "".join(lines)


def profile_csv(documents: Iterable[Document]) -> Iterator[str]:
    """CSV with a header: one row for every document, entity and spelling. Line ends are LF."""
    yield csv_line(("doc", "entity_id", "name", "base", "spelling", "count"))
    for document in documents:
        yield "".join(
            csv_line((document.id, u.entity_id, u.name, u.base or OTHER, u.spelling, u.count))
            for u in document.profile().usages
        )


PROFILES: dict[str, Callable[[Iterable[Document]], Iterator[str]]] = {
    "table": profile_table, "jsonl": profile_jsonl, "csv": profile_csv,
}  # fmt: skip
"""The formats of profiles; the first is the default."""


def writer(
    name: str | None, profile: bool = False, explain: bool = False, all: bool = False
) -> Callable[[Iterable[Document]], Iterator[str]]:
    """The writer for a format, or for the first one where none is named; of profiles, of links or of explained links.

    Raises:
        UnknownChoiceError: no such format; lists the known ones.

    """
    known = PROFILES if profile else EXPLAINED if explain else ALL_WRITERS if all else WRITERS
    chosen = next(iter(known)) if name is None else name
    if chosen not in known:
        raise UnknownChoiceError("format", chosen, known)
    return known[chosen]


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
