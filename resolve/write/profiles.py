"""How is the profile of a document written: on which language the spellings of its entities are based?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from resolve.model import OTHER, Document
from resolve.write.lines import csv_line


def table(documents: Iterable[Document]) -> Iterator[str]:
    """The profile of every document as a table, a blank line between two."""
    for number, document in enumerate(documents):
        yield ("\n" if number else "") + f"{document.profile()}\n"


def jsonl(documents: Iterable[Document]) -> Iterator[str]:
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


def csv_rows(documents: Iterable[Document]) -> Iterator[str]:
    """CSV with a header: one row for every document, entity and spelling. Line ends are LF."""
    yield csv_line(("doc", "entity_id", "name", "base", "spelling", "count"))
    for document in documents:
        yield "".join(
            csv_line((document.id, u.entity_id, u.name, u.base or OTHER, u.spelling, u.count))
            for u in document.profile().usages
        )
