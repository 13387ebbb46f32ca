"""How are rows put together by entity where a source scatters them, in bounded memory?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby

from resolve.model import NameKind, Row


def together(rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows, those of one ID together, entities in the order in which they first appear.

    They are sorted on disk, in a database without a name that goes with the process.

    >>> [row.name for row in together([Row("a", "А"), Row("b", "Б"), Row("a", "Я")])]
    ['А', 'Я', 'Б']
    """
    import sqlite3

    base = sqlite3.connect("")
    try:
        base.execute("CREATE TABLE entity (number INTEGER PRIMARY KEY, id TEXT UNIQUE)")
        base.execute("CREATE TABLE row (entity INTEGER, place INTEGER, record TEXT)")
        for place, row in enumerate(rows):
            base.execute("INSERT OR IGNORE INTO entity (id) VALUES (?)", (row.id,))
            record = json.dumps(asdict(row))
            base.execute("INSERT INTO row SELECT number, ?, ? FROM entity WHERE id = ?", (place, record, row.id))
        for (record,) in base.execute("SELECT record FROM row ORDER BY entity, place"):
            found = json.loads(record)
            yield Row(**{**found, "attributes": tuple(map(tuple, found["attributes"]))})
    finally:
        base.close()


class Names:
    """Further names by ID, kept on disk."""

    def __init__(self, found: Iterable[tuple[str, str, str, NameKind]]) -> None:
        """Keep (id, language, name, kind) of all ``found``."""
        import sqlite3

        self._base = sqlite3.connect("")
        self._base.execute("CREATE TABLE name (id TEXT, lang TEXT, name TEXT, kind TEXT)")
        self._base.executemany("INSERT INTO name VALUES (?, ?, ?, ?)", found)
        self._base.execute("CREATE INDEX by_id ON name (id)")

    def of(self, id: str) -> list[tuple[str, str, NameKind]]:
        """The names of one ID as (language, name, kind), in the order in which they were kept."""
        return self._base.execute("SELECT lang, name, kind FROM name WHERE id = ? ORDER BY rowid", (id,)).fetchall()

    def close(self) -> None:
        """Let them go."""
        self._base.close()


def entities(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows of one entity after the other, as long as they stand together."""
    for _, group in groupby(rows, lambda row: row.id):
        yield list(group)
