"""How are columns of names read, matched and written again?"""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

import resolve
from resolve import batch, table
from resolve.errors import InputError, TableError


def matched(resolver: resolve.Resolver, path: Path, column: str = "name", format: str = "csv", limit: int = 1) -> str:
    """What the command writes for a table."""
    source = table.read(str(path), column, tabular=format != "jsonl")
    return "".join(text for _, text in batch.texts(batch.Matcher(resolver, limit), source, format))


def answers(resolver: resolve.Resolver, source: table.Table) -> list[tuple[Any, table.Answer]]:
    """Every row with what its name means."""
    found = batch.Matcher(resolver).all(source.chunks)
    return [pair for chunk, answers in found for pair in zip(chunk.rows, answers, strict=True)]


def written(folder: Path, text: str, name: str = "people.csv") -> Path:
    """A table with this content."""
    path = folder / name
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("p.csv", "nr,name,note\n1,Билл Клинтон,x\n"),
        ("p.csv", "\N{ZERO WIDTH NO-BREAK SPACE}nr,name,note\r\n1,Билл Клинтон,x\r\n"),
        ("p.csv", 'nr,name,note\n1,"Билл Клинтон",x'),
        ("p.tsv", "nr\tname\tnote\n1\tБилл Клинтон\tx\n"),
        ("p.jsonl", '{"nr": "1", "name": "Билл Клинтон", "note": "x"}\n'),
    ],
)
def test_the_columns_of_the_input_come_first_unchanged_and_in_order(
    family: resolve.Resolver, tmp_path: Path, name: str, text: str
) -> None:
    header, row = csv.reader(io.StringIO(matched(family, written(tmp_path, text, name))))
    assert header == ["nr", "name", "note", "entity_id", "entity_name", "probability", "status"]
    assert row[:5] == ["1", "Билл Клинтон", "x", "us-clinton-bill", "Bill Clinton"]
    assert 0.9 <= float(row[5]) <= 1
    assert row[6] == "resolved"


def test_a_packed_table_is_unpacked(family: resolve.Resolver, tmp_path: Path) -> None:
    path = tmp_path / "p.csv.gz"
    path.write_bytes(gzip.compress("name\nБилл Клинтон\n".encode()))
    assert "us-clinton-bill" in matched(family, path)


def test_another_column_can_hold_the_names(family: resolve.Resolver, tmp_path: Path) -> None:
    path = written(tmp_path, "name,имя\nx,Билл Клинтон\n")
    assert "us-clinton-bill" in matched(family, path, "имя")
    assert "us-clinton-bill" not in matched(family, path, "name")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("p.csv", "last,born,first\nКлинтон,1946,Билл\nКлинтон,,\n"),
        ("p.jsonl", '{"last": "Клинтон", "born": 1946, "first": "Билл"}\n{"last": "Клинтон", "first": null}\n'),
        ("p.parquet", "last,born,first\nКлинтон,1946,Билл\nКлинтон,,\n"),
    ],
)
def test_a_name_may_stand_in_several_columns(family: resolve.Resolver, tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    if path.suffix == ".parquet":
        pd = pytest.importorskip("pandas")
        pd.read_csv(io.StringIO(text)).to_parquet(path)
    else:
        written(tmp_path, text, name)
    source = table.read(str(path), ["first", "last"])
    assert [chunk.names for chunk in source.chunks] == [["Билл Клинтон", "Клинтон"]]
    ((_, first), (_, alone)) = answers(family, table.read(str(path), ["first", "last"]))
    assert first.entity_id == "us-clinton-bill"
    assert alone == answers(family, table.read(str(written(tmp_path, "name\nКлинтон\n")), "name"))[0][1]


def test_an_object_has_at_least_one_of_the_columns(tmp_path: Path) -> None:
    path = written(tmp_path, '{"given": "Билл"}\n{"other": "x"}\n', "p.jsonl")
    source = table.read(str(path), ["given", "surname"])
    assert [chunk.names for chunk in source.chunks] == [["Билл"]]
    (failure,) = source.failures
    assert "p.jsonl:2: no field 'given' or 'surname'" in failure


def test_no_rows_give_the_header(family: resolve.Resolver, tmp_path: Path) -> None:
    assert matched(family, written(tmp_path, "name\n")) == "name,entity_id,entity_name,probability,status\n"


def test_an_empty_name_is_unknown_and_keeps_its_row(family: resolve.Resolver, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(matched(family, written(tmp_path, "nr,name\n1,\n2,Билл Клинтон\n")))))
    assert [(row["nr"], row["status"]) for row in rows] == [("1", "unknown"), ("2", "resolved")]


def test_candidates_are_written_when_asked_for(family: resolve.Resolver, tmp_path: Path) -> None:
    (row,) = csv.DictReader(io.StringIO(matched(family, written(tmp_path, "name\nБабарико\n"), limit=2)))
    assert row["status"] == "ambiguous"
    assert {c["entity_id"] for c in json.loads(row["candidates"])} == {"by-babaryka-viktar", "by-babaryka-eduard"}


def test_json_lines_keep_their_values_as_they_are(family: resolve.Resolver, tmp_path: Path) -> None:
    record = {"name": "Билл Клинтон", "born": 1946, "tags": ["a"], "note": None}
    found = json.loads(matched(family, written(tmp_path, json.dumps(record), "p.jsonl"), format="jsonl"))
    assert list(found) == [*record, "entity_id", "entity_name", "probability", "status"]
    assert {key: found[key] for key in record} == record


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("", "name", r"people\.csv:1: the file is empty"),
        ("nr,full name\n1,x\n", "name", r"people\.csv:1: no column 'name' among 'nr', 'full name'; .*--column"),
        ("name,name\na,b\n", "name", r"column 'name' stands twice"),
        ("name,status\na,b\n", "name", r"there is a column 'status' already"),
    ],
)
def test_a_table_that_lacks_what_was_asked_says_what_it_has(
    tmp_path: Path, text: str, column: str, message: str
) -> None:
    with pytest.raises(TableError, match=message):
        table.read(str(written(tmp_path, text)), column)


def test_a_missing_table_is_named() -> None:
    with pytest.raises(InputError, match=r"nowhere\.csv"):
        table.read("nowhere.csv", "name")


def test_a_row_that_is_broken_is_named_and_the_others_are_done(family: resolve.Resolver, tmp_path: Path) -> None:
    source = table.read(str(written(tmp_path, "nr,name\n1,Билл Клинтон,too much\n2,Билл Клинтон\n")), "name")
    rows = [row for row, _ in answers(family, source)]
    assert [row[0] for row in rows] == ["2"]
    assert len(source.failures) == 1
    assert "people.csv:2: 3 fields where the header has 2" in source.failures[0]


@pytest.mark.parametrize("line", ["[1]", "{", '{"x": 1}', '"Билл"', "NaN"])
def test_a_json_line_that_is_broken_is_named_and_the_others_are_done(
    family: resolve.Resolver, tmp_path: Path, line: str
) -> None:
    source = table.read(str(written(tmp_path, line + '\n{"name": "Билл Клинтон"}\n', "p.jsonl")), "name")
    assert [found.entity_id for _, found in answers(family, source)] == ["us-clinton-bill"]
    assert "p.jsonl:1" in source.failures[0]


def test_fields_that_only_later_lines_have_are_columns_too(family: resolve.Resolver, tmp_path: Path) -> None:
    lines = '{"name": "Билл Клинтон"}\n{"name": "x", "born": 1946, "tags": ["a"]}\n'
    rows = list(csv.DictReader(io.StringIO(matched(family, written(tmp_path, lines, "p.jsonl")))))
    assert [(row["born"], row["tags"]) for row in rows] == [("", ""), ("1946", '["a"]')]


def test_json_lines_are_passed_through_as_they_were_written(family: resolve.Resolver, tmp_path: Path) -> None:
    line = '{ "n" : 1.10, "big":12345678901234567890.5, "e":"\\u0411", "name":"Билл Клинтон" }'
    out = matched(family, written(tmp_path, line + "\n", "p.jsonl"), format="jsonl")
    assert out.startswith(line[:-1].rstrip() + ', "entity_id": "us-clinton-bill"')
    json.loads(out)


def test_a_field_that_would_be_overwritten_is_refused(family: resolve.Resolver, tmp_path: Path) -> None:
    source = table.read(str(written(tmp_path, '{"name": "x", "status": "mine"}\n{"name": "y"}\n', "p.jsonl")), "name")
    assert len(answers(family, source)) == 1
    assert "p.jsonl:1: there is a field 'status' already" in source.failures[0]


def test_tsv_is_written_by_tabs(family: resolve.Resolver, tmp_path: Path) -> None:
    out = matched(family, written(tmp_path, 'nr,name\n"a\tb",Билл Клинтон\n'), format="tsv")
    header, row = csv.reader(io.StringIO(out), delimiter="\t")
    assert header[:3] == ["nr", "name", "entity_id"]
    assert row[:3] == ["a\tb", "Билл Клинтон", "us-clinton-bill"]


def test_a_carriage_return_alone_ends_a_row_and_stays_in_a_field(tmp_path: Path) -> None:
    source = table.read(str(written(tmp_path, 'nr,name\r1,"a\rb"\r2,c\r')), "name")
    assert [row for chunk in source.chunks for row in chunk.rows] == [["1", "a\rb"], ["2", "c"]]


def test_what_stands_before_bad_bytes_is_done(family: resolve.Resolver, tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes("name\nБилл Клинтон\n".encode() + b"\xff\n")
    texts = batch.texts(batch.Matcher(family), table.read(str(path), "name"), "csv")
    assert next(texts) == (0, "name,entity_id,entity_name,probability,status\n")
    assert "us-clinton-bill" in next(texts)[1]
    with pytest.raises(InputError, match=r"p\.csv:3: bytes ff"):
        next(texts)


CELL = st.text(
    alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8
) | st.sampled_from(["a\rb", "a\r\nb", "a\nb", '"', ",", " ", "\N{ZERO WIDTH NO-BREAK SPACE}"])


@given(st.lists(st.tuples(CELL, CELL), max_size=5))
def test_law_any_cells_come_back_unchanged(
    family: resolve.Resolver, tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([("note", "name"), *rows])
    path = written(tmp_path_factory.mktemp("law"), buffer.getvalue())
    found = list(csv.reader(io.StringIO(matched(family, path), newline="")))
    assert [tuple(row[:2]) for row in found[1:]] == rows
