"""How do other programs read it? Each format is read back by its own library, or held against its specification."""

from __future__ import annotations

import csv
import io
import json
import re
import urllib.parse
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, strategies as st

import resolve
from resolve.errors import OutputError, UsageError
from resolve.model import Candidate, Document, Entity, Link
from resolve.write import FORMATS, chosen, save, writer
from resolve.write.conll import iob2
from resolve.write.words import sentences, words
from tests.conftest import SHARED, Run

# beyond the Basic Multilingual Plane, so that code points, UTF-16 units and bytes all differ
TEXT = "\N{GRINNING FACE} Владимир Путин met Gazprom in\r\n  Moskva. Ivan fled. Luka-\nshenka | a_b\n\n«Пётр» ушёл."


def link(
    text: str, status: str = "resolved", id: str | None = "x", type: str | None = "person", p: float = 0.98
) -> Link:
    start = TEXT.index(text)
    name = {"by-l": "Alexander Lukashenko"}.get(id or "", text) if id else None
    return Link(start, start + len(text), text, status, id, name, type, p, 12.0)  # type: ignore[arg-type]


CANDIDATES = (Candidate("ru-ivan", "Ivan A", 1.0, 0.5), Candidate("by-ivan", "Ivan B", 1.0, 0.4))
DOCUMENT = Document(
    "texts/новости.txt",
    TEXT,
    (
        link("Владимир Путин", id="ru-putin"),
        link("Gazprom", id="=gaz prom|1", type="organization"),
        link("Moskva", id="ru-moskva", type="place", p=0.91),
        Link(TEXT.index("Ivan"), TEXT.index("Ivan") + 4, "Ivan", "ambiguous", candidates=CANDIDATES),
        link("Luka-\nshenka", id="by-l"),
        link("Пётр", "unknown", None, None, 0.0),
    ),
)
OTHER = Document("b.txt", "Путин.", (Link(0, 5, "Путин", "resolved", "ru-putin", "Владимир Путин", "person", 0.95),))
KNOWN = {
    "ru-putin": Entity("ru-putin", "Владимир Путин", "person", wikidata="Q7747", description="president"),
    "ru-moskva": Entity("ru-moskva", "Moskva", "place", wikidata="Q649"),
    "ru-ivan": Entity("ru-ivan", "Ivan A", "person"),
}


def known(id: str, _name: str) -> Entity | None:
    return KNOWN.get(id)


def text(format: str, *documents: Document) -> str:
    return "".join(writer(format, known=known)(documents))


def rebuilt(document: Document) -> str:
    return "".join(f"{'' if i else document.text[: w.start]}{w.text}{w.after}" for i, w in enumerate(words(document)))


# ---------------------------------------------------------------- choosing


def test_the_name_of_the_output_decides_the_format_where_none_is_named() -> None:
    for format in FORMATS.values():
        for suffix in format.suffixes:
            assert chosen(None, f"out{suffix}") is format
    assert chosen(None, "out.weird") is FORMATS["jsonl"]
    assert chosen("tei", "out.jsonl") is FORMATS["tei"]


def test_what_is_no_stream_wants_a_place() -> None:
    for name in ("parquet", "spacy", "brat"):
        with pytest.raises(UsageError, match=r"name a fi?l?e?(older)? with -o|name a folder with -o"):
            chosen(name)


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"brat"}))
def test_a_format_writes_no_documents_and_an_empty_one(name: str, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    if name == "spacy":
        pytest.importorskip("spacy")
    save([], tmp_path / "none", name)
    save([Document("", "")], tmp_path / "empty", name)
    assert (tmp_path / "empty").exists()


def test_the_command_writes_every_format(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("spacy")
    source = tmp_path / "a.txt"
    source.write_text("Вчера Тихановская встретилась с Туском.", encoding="utf-8")
    for name in FORMATS:
        assert run("text", source, "-f", name, "-o", tmp_path / name).code == 0
        assert (tmp_path / name).exists()
    again = run("text", source, "-f", "brat", "-o", tmp_path / "brat")
    assert (again.code, "is there already" in again.err) == (2, True)


# ---------------------------------------------------------------- tables


def test_a_spreadsheet_computes_nothing_and_shows_every_letter() -> None:
    raw = text("spreadsheet", DOCUMENT, Document("+1.txt", "", ()))
    assert raw.encode().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.removeprefix("\ufeff"), newline="")))
    assert rows[2][4] == "'=gaz prom|1"
    assert not [field for row in rows for field in row if field.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert text("csv", DOCUMENT).splitlines()[2].split(",")[4] == "=gaz prom|1", "for programs nothing is changed"


def test_parquet_has_types_and_says_what_its_offsets_count(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    save([DOCUMENT, Document("x", "\ud800", (Link(0, 1, "\ud800", "unknown"),))], tmp_path / "a.parquet")
    table = pq.read_table(tmp_path / "a.parquet")
    assert table.schema.metadata[b"offset_unit"] == b"unicode code point"
    rows = table.to_pylist()
    wanted = [json.loads(line) for line in text("jsonl", DOCUMENT).splitlines()]
    assert rows[:-1] == wanted
    assert {TEXT[row["start"] : row["end"]] == row["text"] for row in rows[:-1]} == {True}


def test_parquet_appears_while_work_goes_on() -> None:
    pytest.importorskip("pyarrow")
    many = Document("a", "x" * 30_000, tuple(Link(i, i + 1, "x", "unknown") for i in range(30_000)))
    chunks = [len(chunk) for chunk in writer("parquet")([many] * 3)]
    assert len(chunks) == 4
    assert min(chunks) > 0


# ---------------------------------------------------------------- Web Annotation


def check_annotation(item: dict[str, Any]) -> None:
    """What the Web Annotation Data Model demands of an annotation (sections 3 and 4)."""
    assert item["type"] == "Annotation"
    assert re.match(r"[a-z][a-z0-9+.-]*:\S+$", item["id"]), "exactly one IRI"
    assert item["motivation"] in {"identifying", "tagging", "linking"}
    bodies = [each for body in item["body"] for each in (body["items"] if body["type"] == "Choice" else [body])]
    for body in bodies:
        if body["type"] == "SpecificResource":
            assert re.match(r"http://www\.wikidata\.org/entity/Q\d+$", body["source"])
        else:
            assert body["type"] == "TextualBody"
            assert isinstance(body["value"], str)
        assert body["purpose"] in {"identifying", "tagging"}
    quoted, place = item["target"]["selector"]
    assert quoted["type"] == "TextQuoteSelector"
    assert place["type"] == "TextPositionSelector"
    assert 0 <= place["start"] < place["end"]


def test_web_annotations_keep_the_data_model() -> None:
    page = json.loads(text("webanno", DOCUMENT, OTHER))
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationCollection"
    items = page["first"]["items"]
    assert page["total"] == len(items) == 7
    assert len({item["id"] for item in items}) == 7
    for item in items:
        check_annotation(item)
    for item, found in zip(items, DOCUMENT.links):
        assert urllib.parse.unquote(item["target"]["source"]) == DOCUMENT.id
        quote, place = item["target"]["selector"]
        assert TEXT[place["start"] : place["end"]] == quote["exact"] == found.text
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in TEXT
    assert items[3]["body"][0]["type"] == "Choice"


# ---------------------------------------------------------------- brat


def test_brat_finds_every_mention_in_the_text_beside_it(tmp_path: Path) -> None:
    save([DOCUMENT, OTHER, Document("c/b.txt", "")], tmp_path / "brat", "brat", known)
    names = {file.name for file in (tmp_path / "brat").iterdir()}
    assert names == {"annotation.conf", "новости.txt", "новости.ann", "b.txt", "b.ann", "b-2.txt", "b-2.ann"}
    stored = (tmp_path / "brat" / "новости.txt").read_bytes().decode()
    assert stored == TEXT
    lines = (tmp_path / "brat" / "новости.ann").read_text(encoding="utf-8").splitlines()
    places = []
    for line in lines:
        key, facts, *rest = line.split("\t")
        if key.startswith("T"):
            kind, spans = facts.split(" ", 1)
            assert kind in {"Person", "Organization", "Place"}
            pieces = [tuple(map(int, span.split())) for span in spans.split(";")]
            # brat's own check of a span: the pieces of the text, joined by blanks
            assert " ".join(stored[start:end] for start, end in pieces) == rest[0]
            places.append((pieces[0][0], pieces[-1][1]))
        else:
            assert re.fullmatch(r"(Reference|Status|AnnotatorNotes) T\d+.*", facts)
    assert places == [(found.start, found.end) for found in DOCUMENT.links]
    assert "N1\tReference T1 Wikidata:Q7747\tВладимир Путин" in lines
    assert "N2\tReference T2 resolve:=gaz_prom|1\tGazprom" in lines


# ---------------------------------------------------------------- words


def test_conll_u_is_read_by_its_library_and_gives_the_text_back() -> None:
    conllu = pytest.importorskip("conllu")
    found = conllu.parse(text("conllu", DOCUMENT, OTHER))
    assert [s.metadata["newdoc id"] for s in found if "newdoc id" in s.metadata] == [DOCUMENT.id, "b.txt"]
    assert len({s.metadata["sent_id"] for s in found}) == len(found)
    spaces = {r"\s": " ", r"\t": "\t", r"\r": "\r", r"\n": "\n"}
    whole, mentions = "", []
    for sentence in (s for s in found if s.metadata["sent_id"].startswith("1-")):
        joined = "".join(t["form"] + " " * ((t["misc"] or {}).get("SpaceAfter") != "No") for t in sentence)
        assert joined.strip() == sentence.metadata["text"]
        for token in sentence:
            misc = token["misc"]
            start, end = map(int, misc["TokenRange"].split(":"))
            assert TEXT[start:end] == token["form"]
            after = " " if misc.get("SpaceAfter") != "No" else ""
            after = re.sub(r"\\[strn]", lambda m: spaces[m[0]], misc.get("SpacesAfter", after))
            whole += token["form"] + after
            if misc.get("NER", "O").startswith("B"):
                mentions.append((start, misc["NER"], misc.get("Entity"), misc.get("Status")))
    assert whole == TEXT
    assert [start for start, *_ in mentions] == [found.start for found in DOCUMENT.links]
    assert mentions[1][1:] == ("B-ORG", "%3Dgaz%20prom%7C1", None)
    assert mentions[3][1:] == ("B-PER", None, "ambiguous")


def test_iob2_never_continues_what_did_not_begin() -> None:
    before = "O"
    for line in "".join(iob2([DOCUMENT, OTHER], known)).splitlines():
        if not line:
            before = "O"
            continue
        form, tag, entity = line.split("\t")
        assert form
        assert tag[0] in "BIO"
        assert tag[0] != "I" or before[1:] == tag[1:]
        assert entity == "_" or tag != "O"
        before = tag


@given(st.text(alphabet="Aя.! \t\r\n-'|_\u00ad\u0301😀9", max_size=40), st.lists(st.integers(0, 40), max_size=6))
def test_law_words_give_the_text_back_and_mentions_are_whole_words(raw: str, cuts: list[int]) -> None:
    places = sorted({min(cut, len(raw)) for cut in cuts})
    links = tuple(
        Link(a, b, raw[a:b], "unknown") for a, b in zip(places[::2], places[1::2]) if raw[a:b].strip() == raw[a:b] != ""
    )
    document = Document("a", raw, links)
    assert rebuilt(document) == raw or not raw.strip()
    found = list(words(document))
    assert all(not re.search(r"\s", word.text) for word in found)
    for one in links:
        inside = [word for word in found if word.link is one]
        assert (inside[0].start, inside[-1].end) == (one.start, one.end)
        assert [word.first for word in inside] == [True, *[False] * (len(inside) - 1)]
    assert [word for sentence in sentences(document) for word in sentence] == found


def test_sentences_end_at_a_mark_before_a_capital_but_not_at_an_initial() -> None:
    found = [
        " ".join(word.text for word in sentence)
        for sentence in sentences(Document("a", 'A. Petrov left. "Why?" he asked. The 5. August\n\nwas warm'))
    ]
    assert found == ["A . Petrov left .", '" Why ? " he asked .', "The 5 . August", "was warm"]


# ---------------------------------------------------------------- TEI

TEI = "{http://www.tei-c.org/ns/1.0}"


def test_tei_has_every_name_with_a_reference_that_stands_in_the_file() -> None:
    root = ET.fromstring(text("tei", DOCUMENT))
    assert root.tag == f"{TEI}TEI"
    assert [child.tag.removeprefix(TEI) for child in root] == ["teiHeader", "standOff", "text"]
    ids = {element.get("{http://www.w3.org/XML/1998/namespace}id") for element in root.iter()} - {None}
    body = root.find(f".//{TEI}body")
    assert body is not None
    names = [e for e in body.iter() if e.tag in {f"{TEI}persName", f"{TEI}orgName", f"{TEI}placeName"}]
    assert ["".join(name.itertext()) for name in names] == [found.text for found in DOCUMENT.links]
    for name, found in zip(names, DOCUMENT.links):
        assert (name.get("ref") is not None) == (found.status == "resolved")
    references = [r for e in body.iter() for a in ("ref", "target") for r in (e.get(a) or "").split()]
    assert len(references) == 6
    assert {reference.removeprefix("#") for reference in references} <= ids
    assert "".join(body.itertext()).split() == TEXT.split()
    assert [idno.text for idno in root.iter(f"{TEI}idno") if idno.get("type") == "WIKIDATA"] == ["Q7747", "Q649"]


def test_tei_keeps_the_grammar_of_the_guidelines() -> None:
    """A grammar of what the Guidelines (P5) allow in the elements that are written, held against the file by libxml2."""
    etree = pytest.importorskip("lxml.etree")
    grammar = etree.RelaxNG(etree.fromstring((Path(__file__).parent / "cases" / "tei-subset.rng").read_bytes()))
    for documents in ([DOCUMENT], [DOCUMENT, OTHER, Document("c", "\0\x0b\ud800")], []):
        tree = etree.fromstring(text("tei", *documents).encode())
        assert grammar.validate(tree), grammar.error_log
    wrong = text("tei", DOCUMENT).replace("persName ref", "persName reference", 1)
    assert not grammar.validate(etree.fromstring(wrong.encode()))


# ---------------------------------------------------------------- FollowTheMoney


def test_followthemoney_reads_its_own_entities() -> None:
    ftm = pytest.importorskip("followthemoney")
    rows = [json.loads(line) for line in text("ftm", DOCUMENT, OTHER).splitlines()]
    proxies = {}
    for row in rows:
        proxy = ftm.model.get_proxy(row)
        # nothing was left out because the model does not take it
        assert proxy.to_dict()["properties"].keys() == row["properties"].keys()
        for name, values in row["properties"].items():
            assert sorted(proxy.get(name)) == sorted(set(values))
        ftm.model.validate(row) if hasattr(ftm.model, "validate") else proxy.schema.validate(row)
        proxies[row["id"]] = proxy
    assert len(proxies) == len(rows), "no ID twice"
    mentions = [proxy for proxy in proxies.values() if proxy.schema.name == "Mention"]
    assert len(mentions) == 7
    for mention in mentions:
        assert all(proxies[id].schema.is_a("Document") for id in mention.get("document"))
        assert all(proxies[id].schema.is_a("LegalEntity") for id in mention.get("resolved"))
    by_name = {mention.first("name"): mention for mention in mentions}
    assert by_name["Moskva"].get("resolved") == []
    assert by_name["Владимир Путин"].get("resolved") == by_name["Путин"].get("resolved") == ["ru-putin"]


# ---------------------------------------------------------------- spaCy


def test_spacy_reads_the_text_the_entities_and_their_ids(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    tokens = pytest.importorskip("spacy.tokens")
    save([DOCUMENT, OTHER], tmp_path / "docs.spacy", known=known)
    vocab = spacy.blank("xx").vocab
    one, two = tokens.DocBin().from_disk(tmp_path / "docs.spacy").get_docs(vocab)
    assert (one.text, two.text) == (TEXT, OTHER.text)
    assert [(e.start_char, e.end_char, e.kb_id_, e.label_) for e in one.ents] == [
        (found.start, found.end, found.entity_id, label)
        for found, label in zip(DOCUMENT.links, ["PERSON", "ORG", "LOC", None, "PERSON"])
        if found.status == "resolved"
    ]
    assert one.user_data["resolve"]["offset_unit"] == "unicode code point"
    assert [row["status"] for row in one.user_data["resolve"]["links"]] == [found.status for found in DOCUMENT.links]


# ---------------------------------------------------------------- samples


SAMPLES = SHARED / "formats" / "output"


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples of formats lie beside a checkout only")
def test_samples_of_these_formats_have_the_same_shape() -> None:
    ours = json.loads(text("webanno", DOCUMENT))["first"]["items"][0]
    theirs = json.loads((SAMPLES / "webanno.jsonld").read_text(encoding="utf-8"))["items"][0]
    assert set(theirs) - {"created", "generator"} <= set(ours)
    sample = [json.loads(line) for line in (SAMPLES / "mentions.ftm.json").read_text(encoding="utf-8").splitlines()]
    made = [json.loads(line) for line in text("ftm", DOCUMENT).splitlines()]
    assert {row["schema"] for row in sample} <= {row["schema"] for row in made}
    for name in ("PlainText", "Mention"):
        theirs, ours = (next(row for row in rows if row["schema"] == name) for rows in (sample, made))
        assert set(theirs["properties"]) == set(ours["properties"])


def test_the_gazetteer_tells_what_it_knows_of_every_entity(curated: resolve.Resolver) -> None:
    index = curated.index
    for number in range(index.names):
        entity = index.entity(index.entity_of(number))
        assert curated.entity(entity.id, index.spelling(number)) == entity
    assert curated.entity("nobody", "Lukashenko") is None
    assert curated.entity("by-lukashenko-alexander", "") is None


def test_a_folder_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "brat").mkdir()
    with pytest.raises(OutputError, match="is there already"):
        save([DOCUMENT], tmp_path / "brat", "brat")
    assert [file.name for file in tmp_path.iterdir()] == ["brat"]
