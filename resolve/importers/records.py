"""What do records of parliaments (Popolo) and of Senzing say?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from resolve.importers.source import Source, genders, members, qid, shown
from resolve.model import NameKind, Row

COLLECTIONS = {"persons": "person", "organizations": "organization", "areas": "place"}
_SPACE = re.compile(r"[\s,:\[\]}]*")
_PARTS = ("PREFIX", "FIRST", "MIDDLE", "LAST", "SUFFIX", "GENERATION")


# ---------------------------------------------------------------- Popolo


def popolo(source: Source) -> Iterator[Row]:
    """A Popolo document: persons, organisations and areas with their other names."""
    for collection, line, record in _collected(source):
        if collection not in COLLECTIONS:
            source.left_out += 1
            continue
        id = record.get("id") if isinstance(record, dict) else None
        if not isinstance(id, str):
            source.refuse(line, f"no ID in {shown(record)}", f"every member of {collection} needs one")
            continue
        facts: dict[str, Any] = {
            "type": COLLECTIONS[collection], "gender": genders([record.get("gender")]),
            "wikidata": next((str(i.get("identifier")) for i in members(record.get("identifiers")) if i.get("scheme") == "wikidata"), ""),
            "birth_date": record.get("birth_date") or "",
        }  # fmt: skip
        yield from source.row(line, id, record.get("name"), **facts)
        for other in members(record.get("other_names")):
            # a name in another language is simply a name; one of another kind is an alias
            kind: NameKind = "name" if other.get("lang") and not other.get("end_date") else "alias"
            yield from source.row(line, id, other.get("name"), str(other.get("lang") or ""), kind, **facts)


def _collected(source: Source) -> Iterator[tuple[str, int, Any]]:
    """The members of the arrays of a JSON object, one after the other: (key, line, member).

    The document is never held as a whole: what was read is forgotten member by member.
    """
    decoder = json.JSONDecoder()
    lines = source.lines()
    number, text = next(lines, (1, ""))
    # the place in the text, where its last line begins, how deep in arrays it is
    at, last, depth, key, closed = text.find("{") + 1, 0, 0, "", not text.strip()
    while True:
        space = _SPACE.match(text, at)
        assert space is not None
        at = space.end()
        depth += space.group().count("[") - space.group().count("]")
        closed = space.group().rstrip().endswith("}") if space.group().strip() else closed
        try:
            value, end = decoder.raw_decode(text, at)
        except RecursionError:
            source.refuse(number, "nested too deeply", "nothing after it is read; mend it")
            return
        except json.JSONDecodeError as error:
            # as much again, so that what goes over many lines is not tried once for each
            more = _more(lines, len(text) - at)
            # what breaks off in the last line goes on in the next one
            if (more is None and at < len(text)) or error.pos < last:
                source.refuse(
                    _line(number, text, error.pos), f"no JSON: {shown(text[at:])}", "nothing after it is read; mend it"
                )
                return
            if more is None:
                if not closed:
                    source.refuse(number, "the document breaks off", "what came before is read; fetch it again")
                return
            number = more[0]
            text, last, at = text[at:] + more[1], len(text) - at, 0
            continue
        except ValueError:
            source.refuse(number, "a number is too long", "nothing after it is read; mend it")
            return
        closed = False
        if depth == 0:
            key = value if isinstance(value, str) else ""
        elif isinstance(value, dict):
            yield key, _line(number, text, at), value
        at = end


def _more(lines: Iterator[tuple[int, str]], size: int) -> tuple[int, str] | None:
    """The next lines, at least so many code points, and the number of the last; None behind the end."""
    found: list[str] = []
    number = 0
    for number, line in lines:  # noqa: B007 - the last one is wanted
        found.append(line)
        size -= len(line)
        if size <= 0:
            break
    return (number, "".join(found)) if found else None


def _line(last: int, text: str, place: int) -> int:
    """The number of the line of a place in a text whose last line has the number ``last``."""
    return last - text.count("\n", place) + text.endswith("\n")


# ---------------------------------------------------------------- Senzing


def senzing(source: Source) -> Iterator[Row]:
    """Senzing records, one JSON object a line, with features listed, nested or flat.

    The ID is ``DATA_SOURCE:RECORD_ID``, which alone is unique.
    """
    for line, record in source.objects():
        number = record.get("RECORD_ID")
        if not isinstance(number, (str, int)) or number == "":
            source.refuse(line, f"no RECORD_ID in {shown(record)}", "every record needs one")
            continue
        features = list(_features(record))
        kind = next((str(f["RECORD_TYPE"]).upper() for f in features if f.get("RECORD_TYPE")), "")
        names = list(dict.fromkeys(name for feature in features for name in _names(feature)))
        company = any(key.endswith("NAME_ORG") for feature in features for key in feature)
        type = {"PERSON": "person", "ORGANIZATION": "organization"}.get(kind, "organization" if company else "")
        if kind and not type:
            source.left_out += 1
            continue
        facts: dict[str, Any] = {
            "type": type, "gender": genders(f.get("GENDER") for f in features),
            "wikidata": next(filter(None, (qid(str(f.get("TRUSTED_ID_NUMBER", ""))) for f in features)), ""),
            "birth_date": next((str(f["DATE_OF_BIRTH"]) for f in features if f.get("DATE_OF_BIRTH")), ""),
            "country": next((str(f["NATIONALITY"]) for f in features if f.get("NATIONALITY")), ""),
        }  # fmt: skip
        if not names:
            source.refuse(line, f"no name in {shown(record)}", "give NAME_FULL, NAME_ORG or the parts of a name")
        id = f"{record['DATA_SOURCE']}:{number}" if record.get("DATA_SOURCE") else str(number)
        for usage, name in sorted(names, key=lambda name: name[0] != "PRIMARY"):
            yield from source.row(line, id, name, kind="name" if usage == "PRIMARY" else "alias", **facts)


def _features(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The record's own fields, and the objects of its lists."""
    yield {key: value for key, value in record.items() if not isinstance(value, (list, dict))}
    for value in record.values():
        yield from (item for item in value if isinstance(item, dict)) if isinstance(value, list) else ()


def _names(feature: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The names of a feature with their usage, which stands in NAME_TYPE or before NAME: ``PRIMARY_NAME_LAST``."""
    parts: dict[str, dict[str, str]] = {}
    for key, value in feature.items():
        usage, found, part = key.upper().partition("NAME_")
        if found and (not usage or usage.endswith("_")) and isinstance(value, str):
            parts.setdefault(usage.rstrip("_"), {})[part] = value
    for usage, known in parts.items():
        whole = known.get("FULL") or known.get("ORG") or " ".join(known[p] for p in _PARTS if known.get(p))
        if whole.strip():
            yield (usage or known.get("TYPE") or "PRIMARY").upper(), whole
