"""Any value in any place of a record gives a result or an error of the package: JSON that is JSON, but holds something else.

Mutated bytes are seldom JSON, so that most of them end at the parser. Here every value, key by key and item by item, is
taken out and put in for by odd ones.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from resolve import gazetteer, importers, table
from resolve.errors import ResolveError
from resolve.index import open_index, sampled
from resolve.service import reconcile, requests
from resolve.service.errors import Refused
from tests.fuzz import targets

CASES = Path(__file__).parent.parent / "cases" / "import"
ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    5,
    1.5,
    10**400,
    "",
    "x",
    "Q1",
    "\ud83d",
    "\0",
    [],
    {},
    [None],
    [[]],
    ["x", 5],
    {"a": 1},
    {"": None},
    [{}],
]
"""What stands where something else should."""
GONE = object()


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to every value inside a value, and to itself."""
    yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(inner, (*path, key))


def changed(value: Any, path: tuple[Any, ...], odd: Any) -> Any:
    """The value with another in one place, or with none there."""
    if not path:
        return None if odd is GONE else odd
    whole = copy.deepcopy(value)
    inner = whole
    for key in path[:-1]:
        inner = inner[key]
    if odd is GONE:
        del inner[path[-1]]
    else:
        inner[path[-1]] = odd
    return whole


def variants(value: Any) -> Iterator[Any]:
    """The value with every odd one in every place."""
    for path in places(value):
        for odd in [GONE, *ODD]:
            yield changed(value, path, odd)


def records(name: str) -> list[Any]:
    """The records of a case: of JSON lines, of a list of lines, or of one document."""
    text = (CASES / name).read_text(encoding="utf-8")
    if name == "popolo.json":
        return [json.loads(text)]
    found = []
    for line in text.splitlines():
        try:
            found.append(json.loads(line.strip().rstrip(",")))
        except ValueError:
            continue
    return found


JSON = {
    "entities.ftm.json": "ftm", "wikidata.json": "wikidata", "popolo.json": "popolo", "senzing.jsonl": "senzing", "patterns.jsonl": "spacy",
    "wide.jsonl": "jsonl",
}  # fmt: skip


@pytest.mark.parametrize("name", JSON)
def test_any_value_in_a_record_of_another_program(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    for record in records(name):
        lines = [json.dumps(one) for one in variants(record)]
        # one file of all where a record is a line, a file for each where it is the whole
        for text in lines if name == "popolo.json" else ["\n".join(lines)]:
            path.write_text(text, encoding="utf-8")
            try:
                for _ in importers.to_csv(importers.Import([path], JSON[name], skip=lambda _: None)):
                    pass
            except ResolveError:
                continue


ENTITY = {"id": "a", "name": "Якуб Колас", "aliases": [{"name": "Колас", "lang": "be", "kind": "weak"}, "K."], "type": "person", "party": ["x", {"y": 1}]}  # fmt: skip


def test_any_value_in_a_line_of_a_gazetteer(tmp_path: Path) -> None:
    path = tmp_path / "g.jsonl"
    for one in variants(ENTITY):
        path.write_text(json.dumps(one) + "\n", encoding="utf-8")
        for problem in gazetteer.check([path]):
            assert str(problem)


def test_any_value_in_a_line_of_a_table(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    for one in variants({"name": "Якуб Колас", "n": [1, {"a": None}], "m": "x"}):
        path.write_text('{"name": "Янка Купала", "n": 1, "m": 2}\n' + json.dumps(one) + "\n", encoding="utf-8")
        try:
            source = table.read(str(path), "name")
            try:
                for _ in source.chunks:
                    pass
            finally:
                source.close()
        except ResolveError:
            continue


REQUESTS: dict[str, tuple[Callable[[Any], object], Any]] = {
    "query": (
        lambda found: reconcile._query(found, 100),
        {"query": "x", "limit": 5, "type": ["a"], "type_strict": "any", "properties": [{"pid": "a", "v": [{"id": "b"}, "c"]}]},
    ),
    "draft query": (
        lambda found: reconcile._query_draft(found, 100),
        {"type": "a", "limit": 3, "conditions": [{"matchType": "name", "v": "x"}, {"matchType": "property", "propertyId": "p", "v": ["a", {"id": "b"}], "required": True, "matchQuantifier": "any"}]},
    ),
    "text": (lambda found: requests.text(found, "text", 100) if isinstance(found, dict) else None, {"text": "a", "lang": "be"}),
    "lang": (lambda found: requests.lang(found) if isinstance(found, dict) else None, {"text": "a", "lang": "be"}),
    "limit": (lambda found: requests.number(found, "limit", 5, 1, 9) if isinstance(found, dict) else None, {"limit": 5}),
}  # fmt: skip


@pytest.mark.parametrize("name", REQUESTS)
def test_any_value_in_a_request(name: str) -> None:
    read, request = REQUESTS[name]
    for one in variants(request):
        try:
            read(one)
        except Refused:
            continue


def test_any_value_in_the_header_of_a_compiled_gazetteer(tmp_path: Path) -> None:
    header, file = targets.whole()
    (tmp_path / str(header["data"])).write_bytes(file)
    for one in variants(header):
        forged = {**one, "sample": sampled(one, file)} if isinstance(one, dict) else one
        (tmp_path / "header.json").write_text(json.dumps(forged), encoding="utf-8")
        try:
            targets.exercised(open_index(tmp_path))
        except ResolveError:
            continue
