"""How do Aleph, OpenSanctions' tools and others read it that speak FollowTheMoney?

Every document is a `PlainText`, every named person or organisation an entity, every mention of one a `Mention`
between them. The model resolves mentions only to legal entities, so places are listed with the document
and their mentions say what they are, but are resolved to nothing. It has no room for offsets.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Any

from resolve.model import Document, Link
from resolve.view import WIKIDATA, Known
from resolve.write.words import kind

SCHEMATA = {"person": "Person", "organization": "Organization", "place": "Address"}
_LISTED = {"person": "peopleMentioned", "organization": "companiesMentioned", "place": "locationMentioned"}
_ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?")
_LONGEST = 200


def write(documents: Iterable[Document], known: Known | None = None) -> Iterator[str]:
    """A JSON object a line; an entity before its first mention, and only once."""
    seen: set[str] = set()
    for document in documents:
        yield "".join(json.dumps(entity, ensure_ascii=False) + "\n" for entity in _entities(document, known, seen))


def entity_id(id: str) -> str:
    """An ID as the model allows it: the same where it does, else a hash.

    >>> entity_id("by-x"), entity_id("Якуб")
    ('by-x', 'resolve-bc29669d7c1a850c34ee47dfa73c195cd1b50027')
    """
    fits = len(id) <= _LONGEST and _ID.fullmatch(id)
    return id if fits else f"resolve-{_sha1(id)}"


def _sha1(*facts: object) -> str:
    joined = "\0".join(map(str, facts)).encode("utf-8", "replace")
    return hashlib.sha1(joined, usedforsecurity=False).hexdigest()


def _clean(text: str) -> str:
    """A value without line ends, and without halves of surrogate pairs."""
    return " ".join(text.encode("utf-8", "replace").decode().split())


def _entities(document: Document, known: Known | None, seen: set[str]) -> Iterator[dict[str, Any]]:
    text = document.text.encode("utf-8", "replace").decode()
    id = f"doc-{_sha1(document.id, text)}"
    types = [kind(link, known) for link in document.links]
    properties: dict[str, list[str]] = {
        "fileName": [_clean(PurePath(document.id).name) or "text.txt"],
        "contentHash": [hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()],
        "bodyText": [text],
        "namesMentioned": _once(link.text for link in document.links),
    }
    for type, name in _LISTED.items():
        properties[name] = _once(
            link.name for link, found in zip(document.links, types, strict=True) if link.name and found == type
        )
    yield _entity(id, "PlainText", properties)
    for link, type in zip(document.links, types, strict=True):
        if link.entity_id is not None and type != "place" and link.entity_id not in seen:
            seen.add(link.entity_id)
            yield _entity(entity_id(link.entity_id), SCHEMATA[type], _described(link, known))
        yield _mention(id, link, type)


def _described(link: Link, known: Known | None) -> dict[str, Sequence[str]]:
    entity = known(link.entity_id or "", link.name or "") if known else None
    found = {"name": [_clean(link.name or link.entity_id or "")]}
    if entity and WIKIDATA.fullmatch(entity.wikidata):
        found["wikidataId"] = [entity.wikidata]
    if entity and entity.description:
        found["summary"] = [_clean(entity.description)]
    return {**found}


def _mention(document: str, link: Link, type: str) -> dict[str, Any]:
    meant = [entity_id(link.entity_id)] if link.entity_id is not None and type != "place" else []
    properties = {
        "document": [document], "name": [_clean(link.text)], "resolved": meant,
        "detectedSchema": [SCHEMATA[type]],
    }  # fmt: skip
    return _entity(f"mention-{_sha1(document, link.start, link.end)}", "Mention", properties)


def _entity(id: str, schema: str, properties: dict[str, Any]) -> dict[str, Any]:
    return {"id": id, "schema": schema, "properties": {name: values for name, values in properties.items() if values}}


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(map(_clean, names)))
