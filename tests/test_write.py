"""How do other programs read it?"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

import resolve
from resolve.errors import UsageError
from resolve.model import Candidate, Document, Link
from resolve.write import FIELDS, round_down, to_file, writer

CONTRACT = [
    "doc",
    "start",
    "end",
    "text",
    "entity_id",
    "name",
    "type",
    "probability",
    "bits",
    "status",
    "scheme",
    "candidates",
]
LINK = Link(
    3, 12, 'Łu"ka,\nш', "resolved", "by-x", "Аляксандр", "person", 0.99996, 31.25, "be: BGN/PCGN 1979",
    (Candidate("by-x", "Аляксандр", 31.25, 0.99996), Candidate("by-y", "Віктар", 1.0, 0.00002)),
)  # fmt: skip
DOCUMENTS = [
    Document("a.txt", "…", (LINK, Link(20, 25, "Ivan I", "unknown"))),
    Document("empty.txt", ""),
    Document("б,\n.txt", "…", (LINK,)),
]


def test_jsonl_has_a_line_per_mention_with_the_promised_fields_in_order() -> None:
    text = "".join(writer("jsonl")(DOCUMENTS))
    records = [json.loads(line) for line in text.splitlines()]
    assert len(records) == 3
    assert [list(record) for record in records] == [CONTRACT] * 3
    assert "Łu" in text, "letters are written as they are"
    assert records[0]["candidates"] == [
        {"entity_id": "by-x", "probability": 0.9999},
        {"entity_id": "by-y", "probability": 0.0},
    ]
    assert (records[1]["entity_id"], records[1]["name"], records[1]["scheme"], records[1]["candidates"]) == (
        None,
        None,
        None,
        [],
    )


def test_csv_has_the_same_fields_as_columns_and_survives_commas_quotes_and_line_ends() -> None:
    rows = list(csv.reader(io.StringIO("".join(writer("csv")(DOCUMENTS)), newline="")))
    assert rows[0] == list(FIELDS) == CONTRACT
    assert rows[1][3] == LINK.text
    assert rows[2][4] == ""
    assert rows[3][0] == "б,\n.txt"
    assert json.loads(rows[1][-1])[0]["entity_id"] == "by-x"


def test_csv_without_links_has_its_header_all_the_same() -> None:
    assert "".join(writer("csv")([])) == ",".join(CONTRACT) + "\n"
    assert "".join(writer("jsonl")([])) == ""


def test_output_appears_while_work_goes_on() -> None:
    def endless() -> Iterator[Document]:
        while True:
            yield DOCUMENTS[0]

    assert next(writer("jsonl")(endless()))


def test_an_unknown_format_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"unknown format 'xml'; known are: .*jsonl"):
        writer("xml")


@given(st.floats(0, 1))
def test_law_a_written_probability_never_promises_more(probability: float) -> None:
    assert probability - 0.0002 < round_down(probability) <= probability
    assert probability == 1 or round_down(probability) < 1


@given(st.text(max_size=20), st.text(max_size=20))
def test_law_any_text_comes_back_from_jsonl_and_csv(id: str, text: str) -> None:
    documents = [Document(id, text, (Link(0, len(text), text, "unknown"),))]
    (line,) = "".join(writer("jsonl")(documents)).removesuffix("\n").split("\n")
    assert (json.loads(line)["doc"], json.loads(line)["text"]) == (id, text)
    row = next(csv.DictReader(io.StringIO("".join(writer("csv")(documents)), newline="")))
    assert (row["doc"], row["text"]) == (id, text)


def test_a_file_has_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("old", encoding="utf-8")

    def breaks() -> Iterator[str]:
        yield "new"
        assert path.read_text(encoding="utf-8") == "old"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        to_file(path, breaks())
    assert [(file.name, file.read_text(encoding="utf-8")) for file in tmp_path.iterdir()] == [("out.jsonl", "old")]


def test_a_written_file_has_lf_and_utf8(tmp_path: Path) -> None:
    to_file(tmp_path / "out.txt", ["Лука\n", "шэнка\r\n"])
    assert (tmp_path / "out.txt").read_bytes() == "Лука\nшэнка\r\n".encode()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(resolve.ResolveError, match=r"out\.txt"):
        to_file(tmp_path / "nowhere" / "out.txt", ["x"])


def test_an_explained_link_shows_its_evidence(family: resolve.Resolver) -> None:
    document = family.text("Later Viktar Babaryka left.", id="a.txt")
    head, *pieces = "".join(writer(None, explain=True)([document])).splitlines()
    assert head.startswith("a.txt:6-21 Viktar Babaryka: resolved by-babaryka-viktar (Viktar Babaryka), ")
    assert len(pieces) == len(document.links[0].evidence) > 1


def test_evidence_is_a_field_only_where_it_is_asked_for(family: resolve.Resolver) -> None:
    document = family.text("Later Viktar Babaryka left.", id="a.txt")
    plain = json.loads("".join(writer("jsonl")([document])))
    explained = json.loads("".join(writer("jsonl", explain=True)([document])))
    evidence = explained.pop("evidence")
    assert explained == plain
    assert sum(piece["bits"] for piece in evidence) == pytest.approx(plain["bits"], abs=0.3)
