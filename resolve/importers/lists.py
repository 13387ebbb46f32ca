"""What do lists of names say: JRC-Names, GATE, spaCy, tables and plain ones?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

from resolve.importers.source import Source, shown, squeezed, texts
from resolve.model import NAME_KINDS, NameKind, Row

JRC_TYPES = {"P": "person", "O": "organization"}
MAJOR_TYPES = {
    "person": "person", "person_full": "person", "surname": "person", "organization": "organization",
    "organisation": "organization", "company": "organization", "government": "organization",
    "location": "place", "place": "place", "country": "place", "city": "place", "region": "place",
}  # fmt: skip
SPACY_TYPES = {
    **dict.fromkeys(("PERSON", "PER"), "person"), **dict.fromkeys(("ORG", "NORP_ORG"), "organization"),
    **dict.fromkeys(("GPE", "LOC", "FAC"), "place"),
}  # fmt: skip
MAIN = ("label", "preflabel", "main", "primary", "preferred", "name")
"""What tables of others call the kind of a name that is simply one."""


def jrc(source: Source) -> Iterator[Row]:
    """JRC-Names: ID, type, language (``u`` unknown) and name with ``+`` for spaces, by tabs."""
    seen = ""
    for line, text in source.lines():
        fields = text.rstrip("\r\n").split("\t")
        if not text.strip() or text.startswith("#"):
            continue
        if len(fields) != 4:
            source.refuse(line, f"{len(fields)} fields: {shown(text.strip())}", "JRC-Names has four, by tabs")
            continue
        id, type, lang, name = fields
        if type not in JRC_TYPES:
            source.refuse(line, f"unknown type {type!r} of {shown(name)}", f"known are {', '.join(JRC_TYPES)}")
            continue
        kind: NameKind = "alias" if id == seen else "name"
        seen = id
        yield from source.row(line, id, unquote_plus(name), lang, kind, JRC_TYPES[type])


def gate_list(source: Source, type: str = "", lang: str = "") -> Iterator[Row]:
    """A GATE gazetteer list: a name a line, with features after ``&``; ``inst`` is the ID."""
    for line, text in source.lines():
        name, *features = text.strip().split("&")
        known = dict(feature.partition("=")[::2] for feature in features)
        if odd := next((feature for feature in features if "=" not in feature), ""):
            source.refuse(line, f"no feature {shown(odd)} of {shown(name)}", "write it as key=value")
            continue
        id = known.get("inst", "").strip() or squeezed(name)
        yield from source.row(line, id, name, known.get("lang", lang), type=type, wikidata=id)


def gate_definition(source: Source) -> Iterator[Row]:
    """A GATE definition (``lists.def``): the lists beside it, with type and language."""
    for line, text in source.lines():
        file, *parts = [part.strip() for part in text.strip().split(":")]
        if not file:
            continue
        major, _, lang, *_ = [*parts, "", "", ""]
        path = next((p for p in (_beside(source.path, file), _beside(source.path, file + ".gz")) if p.is_file()), None)
        if path is None:
            source.refuse(line, f"no list {file!r} beside it", "put it there, or leave the line out")
            continue
        yield from gate_list(source.beside(str(path)), MAJOR_TYPES.get(major.lower(), ""), lang)


def _beside(path: str, file: str) -> Path:
    return Path(os.path.dirname(path)) / file


def spacy(source: Source) -> Iterator[Row]:
    """Patterns of spaCy's EntityRuler, one JSON object a line; those with operators are no names."""
    for line, record in source.objects():
        label, pattern = record.get("label"), record.get("pattern")
        name = pattern if isinstance(pattern, str) else _words(pattern)
        if not isinstance(label, str) or not name:
            source.refuse(line, f"no pattern of a name: {shown(record)}", "give a text, or words by LOWER or TEXT")
        elif label not in SPACY_TYPES:
            source.left_out += 1
        else:
            id = record.get("id")
            yield from source.row(line, str(id) if id else name, name, type=SPACY_TYPES[label], wikidata=str(id))


def _words(pattern: object) -> str:
    """The name that a pattern of words spells, with capitals where it asks for none; empty for any other."""
    found = []
    for word in pattern if isinstance(pattern, list) else [None]:
        if not isinstance(word, dict) or len(word) != 1:
            return ""
        ((attribute, text),) = word.items()
        if attribute not in {"LOWER", "TEXT", "ORTH"} or not isinstance(text, str):
            return ""
        found.append(text[:1].upper() + text[1:] if attribute == "LOWER" else text)
    return " ".join(found)


def plain(source: Source) -> Iterator[Row]:
    """One name a line, which is its own ID."""
    for line, text in source.lines():
        yield from source.row(line, squeezed(text), text)


def table(source: Source) -> Iterator[Row]:
    """A table with the columns id and name, further names in ``aliases`` (``a|b``) or in rows of their own."""
    for line, record in source.records():
        yield from _record(source, line, {key.strip(): value for key, value in record.items()})


def json_lines(source: Source) -> Iterator[Row]:
    """Objects with id and name, and ``aliases`` that are texts or objects with name and lang."""
    for line, record in source.objects():
        yield from _record(source, line, record)


def _record(source: Source, line: int, record: dict[str, object]) -> Iterator[Row]:
    def text(column: str) -> str:
        return ";".join(texts(record.get(column)))

    written = squeezed(record.get("kind")) or "name"
    kind = next((kind for kind in NAME_KINDS if kind == written), "name" if written.lower() in MAIN else None)
    if kind is None:
        source.refuse(line, f"unknown kind {shown(written)}", f"use one of {', '.join(NAME_KINDS)}")
        return
    id, lang = str(record.get("id") or ""), text("lang")
    facts: dict[str, Any] = {
        "type": text("type").lower(), "description": text("description"), "wikidata": text("wikidata") or id,
        "birth_date": text("birth_date"), "country": text("country") or text("countries"),
    }  # fmt: skip
    if not squeezed(record.get("name")):
        source.refuse(line, f"no name for {shown(id)}", "write the name or delete the row")
    yield from source.row(line, id, record.get("name"), lang, kind, **facts)
    aliases = record.get("aliases")
    for alias in aliases.split("|") if isinstance(aliases, str) else aliases if isinstance(aliases, list) else ():
        if isinstance(alias, dict):
            yield from source.row(line, id, alias.get("name"), str(alias.get("lang") or ""), "alias", **facts)
        else:
            yield from source.row(line, id, alias, "", "alias", **facts)
