"""What do the tables of GeoNames say?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

from resolve.importers.shelf import Names
from resolve.importers.source import Source, qid, shown
from resolve.model import NameKind, Row

CLASSES = frozenset("APHLT")
"""Feature classes that are imported: regions, settlements, waters, areas, mountains; no roads and buildings."""
NO_LANGUAGE = frozenset(
    ("link", "post", "iata", "icao", "faac", "tcid", "unlc", "wkdt", "phon", "piny", "abbr", "fr_1793", "uicn")
)
"""What stands in the column of languages where the value is no name in a language."""
WIDTH, OTHER_WIDTHS = 19, (8, 10)
"""How many fields the main table has, and the one of alternate names (10 since its second version)."""


def main(source: Source) -> Iterator[Row]:
    """The table of places (``allCountries.txt`` or a country's), with ``alternateNamesV2.txt`` beside it or without.

    The alternate names with their languages are kept on disk while the places are read; without them
    the names come from the places' own field, which knows no languages.
    """
    found = (name for path in source.besides for name in _alternates(source.beside(path)))
    with closing(Names(found)) as names:
        for line, text in source.lines():
            fields = text.rstrip("\r\n").split("\t")
            if len(fields) != WIDTH:
                source.refuse(line, f"{len(fields)} fields: {shown(text.strip())}", f"GeoNames has {WIDTH}, by tabs")
            elif fields[6] not in CLASSES:
                source.left_out += 1
            else:
                yield from _place(source, line, fields, names)


def _place(source: Source, line: int, fields: list[str], names: Names) -> Iterator[Row]:
    id, name, _, written, country = fields[0], fields[1], fields[2], fields[3], fields[8]
    others = [(lang, other, kind) for lang, other, kind in names.of(id) if lang != "wkdt"]
    wikidata = next((qid(value) for lang, value, _ in names.of(id) if lang == "wkdt"), "")
    if not source.besides:
        others = [("", other, "name") for other in written.split(",") if not _is_code(other)]
    facts: dict[str, Any] = {"type": "place", "wikidata": wikidata, "country": country.lower()}
    yield from source.row(line, id, name, **facts)
    for lang, other, kind in others:
        yield from source.row(line, id, other, lang, kind, **facts)


def _is_code(name: str) -> bool:
    """Whether a name is the code of an airport such as MOW, which stands among the names."""
    return name.isascii() and name.isupper() and len(name) <= 4


def _alternates(source: Source) -> Iterator[tuple[str, str, str, NameKind]]:
    """(id, language, name, kind) of the table of alternate names; historic and colloquial ones are aliases."""
    for line, text in source.lines():
        fields = text.rstrip("\r\n").split("\t")
        if len(fields) not in OTHER_WIDTHS:
            source.refuse(line, f"{len(fields)} fields: {shown(text.strip())}", "alternateNamesV2 has 10, by tabs")
            continue
        _, id, lang, name, _preferred, short, colloquial, historic = fields[:8]
        if lang == "wkdt" or lang not in NO_LANGUAGE:
            yield id, lang, name, "alias" if "1" in (short, colloquial, historic) else "name"
