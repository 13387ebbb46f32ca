"""Nothing that a text or a gazetteer holds becomes code: markup, script, links or formulas, wherever it is shown."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from resolve.model import Candidate, Document, Entity, Evidence, Link
from resolve.service import page
from resolve.write import FORMATS, writer
from tests.conftest import Run
from tests.serving import answering

PAYLOADS = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "</style><svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>", "&lt;script&gt;", "--><iframe src=//evil.example>", "]]><x/>", "' onmouseover='alert(1)",
    '=HYPERLINK("http://evil.example","x")', "+1+1", "-1+1", "@SUM(A1)", "\tx", "\u202e\u2066x", "{{7*7}}${7*7}", "`alert(1)`",
]  # fmt: skip
BARE = re.compile(r"[\s<>&\"']+")


class Seen(HTMLParser):
    """What a browser would make of a page: its elements, their attributes and where they lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.targets: set[str] = set()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name in {"href", "src", "action", "formaction", "data", "srcdoc", "poster", "xlink:href"}:
                self.targets.add((value or "").strip())


def check_page(raw: str, more: frozenset[str] = frozenset()) -> None:
    """No script, no handler, no foreign element, no link but inside and to Wikidata."""
    seen = Seen(raw)
    assert not seen.elements & {"script", "iframe", "img", "object", "embed", "base", "form", "x"}
    assert not [name for name in seen.attributes if name.startswith("on") or (name == "style" and "(" in raw)]
    for target in seen.targets - more:
        assert target.startswith("#") or urlsplit(target)[:2] == ("https", "www.wikidata.org"), target


def document(payload: str) -> Document:
    """A document in which everything that may hold it holds a payload."""
    text = f"{payload} Bill Clinton {payload} and Ivan {payload}"
    place, other = text.index("Bill"), text.index("Ivan")
    piece = Evidence(payload, 1.0, payload, payload, payload)
    candidates = (Candidate(f"x{payload}", payload, 9.0, 0.95, (piece,)), Candidate("y", payload, 1.0, 0.01, (piece,)))
    links = [
        Link(
            place,
            place + 12,
            "Bill Clinton",
            "resolved",
            f"x{payload}",
            payload,
            "person",
            0.95,
            9.0,
            payload,
            candidates,
            "be",
        ),
        Link(other, other + 4, "Ivan", "ambiguous", bits=1.0, candidates=candidates),
    ]
    if payload.strip() == payload:
        links.insert(0, Link(0, len(payload), payload, "unknown"))
    return Document(payload, text, tuple(links))


def known(id: str, name: str) -> Entity | None:
    """An entity of which the gazetteer says nothing but payloads."""
    payload = id[1:]
    return Entity(id, name, "person", description=payload, wikidata=payload, attributes=((payload, payload),))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_report_is_no_page_of_somebody_elses(payload: str) -> None:
    raw = "".join(writer("html", known=known)([document(payload), document(f"2{payload}")]))
    check_page(raw)
    assert "default-src 'none'" in raw


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_spreadsheet_computes_no_field(payload: str) -> None:
    raw = "".join(writer("spreadsheet", known=known)([document(payload)]))
    for row in csv.reader(io.StringIO(raw.removeprefix("\ufeff"), newline="")):
        for field in row:
            assert not field.startswith(("=", "+", "-", "@", "\t", "\r")), field
    assert (
        len(list(csv.reader(io.StringIO(raw.removeprefix("\ufeff"), newline="")))) == len(document(payload).links) + 1
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_formats_that_are_parsed_hold_it_as_text(payload: str) -> None:
    from xml.etree import ElementTree as ET

    one = document(payload)
    root = ET.fromstring("".join(writer("tei", known=known)([one])))
    assert not {element.tag.rpartition("}")[2] for element in root.iter()} & {"script", "img", "a", "x", "iframe"}
    for format in ("jsonl", "ftm"):
        for line in "".join(writer(format, known=known)([one])).splitlines():
            json.loads(line)
    items = json.loads("".join(writer("webanno", known=known)([one])))["first"]["items"]
    assert all(re.fullmatch(r"[!#$%&'()*+,./0-9:;=?@A-Z_a-z~-]*", item["target"]["source"]) for item in items)
    for format in ("conllu", "iob2"):
        lines = "".join(writer(format, known=known)([one])).split("\n")
        widths = {line.count("\t") for line in lines if line and not line.startswith("# ")}
        assert len(widths) == 1, "no field ends its own row"


def test_a_name_cannot_leave_the_folder_of_brat_or_of_extracted_texts(tmp_path: Path, run: Run) -> None:
    documents = [
        Document(f"{up}{name}", "x")
        for up in ("../../", "/etc/", "..\\..\\")
        for name in ("passwd", "..", ".", "a/b", "\0")
    ]
    names = [name for name, _ in FORMATS["brat"].write(documents, None)]
    assert len(names) == len(set(names)) == 2 * len(documents) + 1
    for name in names:
        assert Path(name).name == name
        assert name not in {".", ".."}
    archive = tmp_path / "a.zip"
    import zipfile

    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("../../../escape.html", "<p>Bill Clinton.")
        packed.writestr("/abs/olute.html", "<p>Bill Clinton.")
    out = tmp_path / "in" / "side" / "out.jsonl"
    out.parent.mkdir(parents=True)
    assert run("text", archive, "-o", out).code == 0
    written = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()} - {Path("a.zip")}
    assert all(path.parts[:2] == ("in", "side") for path in written)
    assert len(written) == 5


# ---------------------------------------------------------------- the service


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, list[tuple[str, str]]]]:
    """A service over a gazetteer of payloads."""
    source = tmp_path_factory.mktemp("nasty") / "people.csv"
    rows: list[tuple[str, str]] = []
    with open(source, "w", encoding="utf-8", newline="") as stream:
        writing = csv.writer(stream)
        writing.writerow(["id", "name", "description", "link"])
        for number, payload in enumerate(PAYLOADS):
            clean = BARE.sub("", payload).lstrip("=+-@")
            row = (f"<i{number}>{clean}", f"Yakub {'abcdefghijklmnopqrstuvwxyz'[number].upper()}olas <b>{number}</b>")
            rows.append(row)
            writing.writerow([*row, f"x {payload.strip()}", f"x {payload.strip()}"])
    with answering(source) as client:
        yield client, rows


def test_previews_and_flyouts_show_what_they_hold(nasty: tuple[TestClient, list[tuple[str, str]]]) -> None:
    client, rows = nasty
    manifest = client.get("/reconcile").json()
    assert "javascript" not in json.dumps(manifest)
    for id, _ in rows:
        preview = client.get("/reconcile/preview", params={"id": id})
        assert preview.status_code == 200, preview.text
        assert preview.headers["content-type"].startswith("text/html")
        check_page(preview.text, frozenset({"/static/preview.css"}))
        assert "script-src" not in preview.headers["content-security-policy"]
        flyout = client.get("/reconcile/flyout/entity", params={"id": id})
        if flyout.status_code == 200:
            check_page(flyout.json()["html"])


def test_answers_are_never_sniffed_as_pages(nasty: tuple[TestClient, list[tuple[str, str]]]) -> None:
    client, rows = nasty
    asked = [
        client.post("/text", json={"text": f"<script>alert(1)</script> {rows[0][1]}", "id": "<script>"}),
        client.get("/match", params={"name": rows[0][1]}), client.get("/entities", params={"q": "yakub"}),
        client.get("/entity", params={"id": rows[0][0]}), client.get("/<script>alert(1)</script>"),
        client.get("/match", params={"name": "x", "lang": "<script>"}), client.get("/entity", params={"id": "<script>"}),
        client.get("/reconcile", params={"queries": json.dumps({"q": {"query": "<script>"}})}),
    ]  # fmt: skip
    for answer in asked:
        assert answer.headers["content-type"].startswith("application/json")
        assert answer.headers["x-content-type-options"] == "nosniff"
    for callback in ("alert(1)//", "<script>", "a.b;c", "x" * 200):
        refused = client.get("/reconcile", params={"callback": callback})
        assert refused.status_code == 400
        assert refused.headers["content-type"].startswith("application/json")
    good = client.get("/reconcile", params={"callback": "jQuery_1.done"})
    assert good.headers["content-type"].startswith("application/javascript")
    assert good.text.startswith("/**/jQuery_1.done(")


def test_the_page_writes_text_and_never_markup() -> None:
    """Its scripts have no way to make markup of a text, and lead nowhere but to Wikidata's items."""
    for path in page.FOLDER.glob("*.js"):
        source = path.read_text(encoding="utf-8")
        for way in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
            "createContextualFragment",
        ):
            assert way not in source, (path.name, way)
        for line in source.splitlines():
            if re.search(r"\bhref\b", line):
                assert "wikidata.org/wiki/" in line or "#" in line or "blob" in line.lower() or "URL" in line, (
                    path.name,
                    line,
                )


def test_decisions_hold_no_formula(family_file: Path, tmp_path: Path) -> None:
    from resolve.service.settings import Settings

    kept = tmp_path / "decided.csv"
    with answering(family_file, Settings(decisions=kept)) as client:
        for text in ("=Bill Clinton", "+Bill", "@Bill", "-Bill", "Bill\0Clinton"):
            answer = client.post("/decisions", json={"kind": "pick", "text": text, "entity_id": "us-clinton-bill"})
            assert answer.status_code == 422, text
        answer = client.post("/decisions", json={"kind": "pick", "text": "Билли", "entity_id": "us-clinton-bill"})
        assert answer.status_code == 201
    rows = list(csv.reader(io.StringIO(kept.read_text(encoding="utf-8"))))
    assert not [field for row in rows for field in row if field.startswith(("=", "+", "-", "@"))]
