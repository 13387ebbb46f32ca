"""What do the lines of a Wikidata dump say?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from resolve import tables
from resolve.importers.source import Source, members, shown
from resolve.model import Row

GENDERS = {"Q6581097": "m", "Q2449503": "m", "Q6581072": "f", "Q1052281": "f"}
"""Values of P21 that a grammatical gender goes with."""
FIRST = ("mul", "en")
"""The label of the first of these languages is the canonical name, else the first label there is."""


@lru_cache(maxsize=1)
def classes() -> dict[str, str]:
    """Which type of entity an instance of a class is.

    >>> classes()["Q5"], classes()["Q515"]
    ('person', 'place')
    """
    return {row[0]: row[1] for row in tables.rows("wikidata_classes.tsv")}


def dump(source: Source) -> Iterator[Row]:
    """Items of a JSON dump, one a line, whose class is known; labels are names, aliases are aliases."""
    for line, item in source.objects():
        id, labels = item.get("id"), item.get("labels")
        if not isinstance(id, str) or not isinstance(labels, (dict, list)):
            source.refuse(line, f"no Wikidata item: {shown(item)}", "it needs id and labels")
            continue
        type = next((classes()[c] for c in _items(item, "P31") if c in classes()), "")
        if not type:
            source.left_out += 1
            continue
        facts: dict[str, Any] = {
            "type": type, "wikidata": id, "description": _description(item),
            "gender": next((GENDERS[g] for g in _items(item, "P21") if g in GENDERS), ""),
            "birth_date": next(_dates(item), ""),
        }  # fmt: skip
        values = sorted(_values(labels), key=lambda value: FIRST.index(value[0]) if value[0] in FIRST else len(FIRST))
        for lang, name in values:
            yield from source.row(line, id, name, lang, **facts)
        for lang, name in _values(item.get("aliases")):
            yield from source.row(line, id, name, lang, "alias", **facts)


def _values(found: object) -> Iterator[tuple[str, str]]:
    """Texts with their languages; an empty map is written as a list in dumps."""
    for entry in found.values() if isinstance(found, dict) else ():
        for value in entry if isinstance(entry, list) else [entry]:
            if isinstance(value, dict) and isinstance(value.get("value"), str):
                yield str(value.get("language", "")), value["value"]


def _description(item: dict[str, Any]) -> str:
    found = dict(_values(item.get("descriptions")))
    return found.get("en", "")


def _data(item: dict[str, Any], property: str) -> Iterator[Any]:
    """The values of a property, preferred ones first, without the deprecated."""
    claims = item.get("claims")
    found = members(claims.get(property)) if isinstance(claims, dict) else []
    kept = [claim for claim in found if claim.get("rank") != "deprecated"]
    for claim in sorted(kept, key=lambda claim: claim.get("rank") != "preferred"):
        try:
            yield claim["mainsnak"]["datavalue"]["value"]
        except (KeyError, TypeError):
            continue


def _items(item: dict[str, Any], property: str) -> Iterator[str]:
    for value in _data(item, property):
        if isinstance(value, dict):
            yield str(value.get("id") or f"Q{value.get('numeric-id')}")


def _dates(item: dict[str, Any]) -> Iterator[str]:
    """Dates of birth, as far as the dump knows them: to the day, month or year."""
    for value in _data(item, "P569"):
        if isinstance(value, dict) and isinstance(value.get("time"), str) and value["time"][:1] == "+":
            width = {"11": 10, "10": 7, "9": 4}.get(str(value.get("precision")), 0)
            yield value["time"][1:][:width]
