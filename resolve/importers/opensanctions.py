"""What do the files of OpenSanctions and other FollowTheMoney data say?"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from resolve.importers.source import Source, genders, qid, short_lang, shown, texts
from resolve.model import NameKind, Row

TYPES = {
    "Person": "person",
    **dict.fromkeys(("Organization", "Company", "PublicBody", "LegalEntity"), "organization"),
}
"""Schemata that name somebody; an address, vessel or sanction does not."""
KINDS: dict[str, NameKind] = {
    "name": "name", "alias": "alias", "previousName": "alias", "abbreviation": "weak", "weakAlias": "weak",
}  # fmt: skip
"""Properties that are names of their entity, in the order of their worth."""


def ftm(source: Source) -> Iterator[Row]:
    """FollowTheMoney entities, one JSON object a line (``entities.ftm.json``)."""
    for line, record in source.objects():
        id, schema, properties = record.get("id"), record.get("schema"), record.get("properties")
        if not isinstance(id, str) or not isinstance(schema, str) or not isinstance(properties, dict):
            source.refuse(line, f"no FollowTheMoney entity: {shown(record)}", "it needs id, schema and properties")
            continue
        if schema not in TYPES:
            source.left_out += 1
            continue
        facts: dict[str, Any] = {
            "type": TYPES[schema], "gender": genders(texts(properties.get("gender"))),
            "wikidata": next(iter(texts(properties.get("wikidataId"))), "") or qid(id),
            "birth_date": next(iter(texts(properties.get("birthDate"))), ""),
            "country": ";".join(texts(properties.get("country")) or texts(properties.get("jurisdiction"))),
        }  # fmt: skip
        # the caption is the best of the names
        names = sorted(texts(properties.get("name")), key=lambda name: name != record.get("caption"))
        for prop, kind in KINDS.items():
            for name in names if prop == "name" else texts(properties.get(prop)):
                yield from source.row(line, id, name, kind=kind, **facts)


def targets(source: Source) -> Iterator[Row]:
    """The table of targets (``targets.simple.csv``), with all aliases of an entity in one field."""
    for line, record in source.records("id", "name", "aliases"):
        if record.get("schema") not in TYPES:
            source.left_out += 1
            continue
        facts: dict[str, Any] = {
            "type": TYPES[record["schema"]], "wikidata": qid(record["id"]),
            "birth_date": record.get("birth_date", ""), "country": record.get("countries", ""),
        }  # fmt: skip
        yield from source.row(line, record["id"], record["name"], **facts)
        for alias in next(csv.reader([" ".join(record["aliases"].split())], delimiter=";"), []):
            yield from source.row(line, record["id"], alias, kind="alias", **facts)


def statements(source: Source) -> Iterator[Row]:
    """One row per value (``statements.csv``); those of one entity need not stand together."""
    for line, record in source.records("canonical_id", "prop", "value"):
        schema, prop, id = record.get("schema", ""), record["prop"], record["canonical_id"]
        if schema in TYPES and prop in KINDS:
            facts: dict[str, Any] = {"type": TYPES[schema], "wikidata": qid(id)}
            lang = short_lang(record.get("lang", ""))
            yield from source.row(line, id, record["value"], lang, KINDS[prop], **facts)
        else:
            source.left_out += 1
