"""Which entities does this source hold, and is it sound?"""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from resolve import gazetteer
from resolve.errors import GazetteerError, ResolveError
from resolve.model import Row

HEADER = "id,name,lang,kind,type,gender,description,wikidata\n"


def source(folder: Path, text: str, name: str = "people.csv") -> Path:
    """A gazetteer file with this content."""
    path = folder / name
    path.write_bytes(text.encode())
    return path


def names(path: Path) -> list[tuple[str, str, str]]:
    """The rows of a source as id, name and kind."""
    return [(row.id, row.name, row.kind) for row in gazetteer.rows(path)]


# ---------------------------------------------------------------- what can be read


def test_a_csv_has_one_row_per_name(tmp_path: Path) -> None:
    path = source(tmp_path, HEADER + "a,Ян Купала,be,name,person,m,паэт,Q1\na,Іван Луцэвіч,be,alias,,,,\n")
    first, second = gazetteer.rows(path)
    assert (first.id, first.name, first.lang, first.type, first.gender, first.wikidata) == (
        "a",
        "Ян Купала",
        "be",
        "person",
        "m",
        "Q1",
    )
    assert (second.name, second.kind) == ("Іван Луцэвіч", "alias")
    assert second.line == 3


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("p.csv", "id,name\na,Путин\n"),
        ("p.csv", "\N{ZERO WIDTH NO-BREAK SPACE}id,name\r\na,Путин\r\n"),
        ("p.csv", 'name,"id"\nПутин,a\n'),
        ("p.csv", "id,name,kind\na,Путин\n\n"),
        ("p.tsv", "id\tname\na\tПутин\n"),
        ("p.jsonl", '{"id": "a", "name": "Путин"}\n\n'),
        ("p.jsonl", '\N{ZERO WIDTH NO-BREAK SPACE}{"id": "a", "name": "Путин", "kind": null}\r\n'),
        ("P.CSV", "id,name\na,Путин"),
    ],
)
def test_tables_are_read_in_every_usual_shape(tmp_path: Path, name: str, text: str) -> None:
    assert names(source(tmp_path, text, name)) == [("a", "Путин", "name")]


def test_a_plain_list_has_the_name_as_id(tmp_path: Path) -> None:
    assert names(source(tmp_path, "Путин\r\n\r\n Лукашенко \n", "p.txt")) == [
        ("Путин", "Путин", "name"),
        ("Лукашенко", "Лукашенко", "name"),
    ]


def test_a_packed_source_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "p.csv.gz"
    path.write_bytes(gzip.compress("id,name\na,Путин\n".encode()))
    assert names(path) == [("a", "Путин", "name")]


def test_parquet_is_read(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "p.parquet"
    parquet.write_table(pa.table({"id": ["a", "a"], "name": ["Путин", "Putin"], "born": [1952, None]}), path)
    first, second = gazetteer.rows(path)
    assert (first.id, first.name, first.attributes) == ("a", "Путин", (("born", "1952"),))
    assert second.attributes == ()


def test_aliases_of_a_wide_row_are_names_of_kind_alias(tmp_path: Path) -> None:
    record = {
        "id": "a",
        "name": "Янка Купала",
        "aliases": ["Іван Луцэвіч", {"name": "Yanka Kupala", "lang": "en"}, 5, None, ""],
    }
    path = source(tmp_path, json.dumps(record), "p.jsonl")
    expected = [("a", "Янка Купала", "name"), ("a", "Іван Луцэвіч", "alias"), ("a", "Yanka Kupala", "alias")]
    assert names(path) == expected
    assert names(source(tmp_path, "id,name,aliases\na,Янка Купала,Іван Луцэвіч|Yanka Kupala\n")) == expected


def test_unknown_columns_are_kept_as_attributes(tmp_path: Path) -> None:
    (row,) = gazetteer.rows(source(tmp_path, "id,name,party,born\na,Путин,,1952\n"))
    assert row.attributes == (("born", "1952"),)


def test_a_folder_is_all_its_tables_in_order(tmp_path: Path) -> None:
    source(tmp_path, "id,name\nb,Б\n", "b.csv")
    source(tmp_path, "id,name\na,А\n", "a.csv")
    source(tmp_path, "# notes", "README.md")
    assert [path.name for path in gazetteer.files(tmp_path)] == ["a.csv", "b.csv"]
    rows, _ = gazetteer.load([tmp_path])
    assert [row.id for row in rows] == ["a", "b"]


# ---------------------------------------------------------------- what cannot, and what the message says

UNUSABLE = [
    # file name, content, what the message must say
    ("p.csv", "", r"p\.csv:1: the file is empty"),
    ("p.csv", "name,lang\nПутин,ru\n", r"p\.csv:1: no column 'id' among 'name', 'lang'"),
    ("p.csv", "id;name\na;b\n", r"p\.csv:1: no column 'id'"),
    ("p.csv", "id,name,name\na,b,c\n", r"p\.csv:1: column 'name' stands twice"),
    ("p.csv", "id,name\na,b,c\n", r"p\.csv:2: 3 fields where the header has 2"),
    ("p.csv", "id,name\n,Путин\n", r"p\.csv:2: empty id"),
    ("p.csv", "id,name\na,\n", r"p\.csv:2: empty name for 'a'"),
    ("p.csv", "id,name,kind\na,Путин,nickname\n", r"p\.csv:2: unknown kind 'nickname'; use one of name, alias, weak, exclude"),
    ("p.csv", "id,name,type\na,Путин,human\n", r"p\.csv:2: unknown type 'human'; use one of person, organization, place"),
    ("p.csv", "id,name,gender\na,Путин,male\n", r"p\.csv:2: unknown gender 'male'"),
    ("p.csv", "id,name,type\na,Путин,person\na,Кремль,place\n", r"p\.csv:3: duplicate id 'a': type 'place' contradicts 'person' at .*p\.csv:2"),
    ("p.csv", "id,name,wikidata\na,Путин,Q1\na,Putin,Q2\n", r"p\.csv:3: duplicate id 'a': wikidata 'Q2' contradicts 'Q1'"),
    ("p.csv", "id,name\na,Пу\x07тин\n", r"p\.csv:2: name .* control character U\+0007"),
    ("p.csv", "id,name\na," + "я" * 1001 + "\n", r"p\.csv:2: name of 1001 characters"),
    ("p.csv", "id,name\n", r"holds no names"),
    ("p.jsonl", "", r"holds no names"),
    ("p.jsonl", '{"id": "a", "name": "b"}\n{"id": ', r"p\.jsonl:2: no JSON"),
    ("p.jsonl", "[1, 2]", r"p\.jsonl:1: no JSON object"),
    ("p.jsonl", '{"name": "Путин"}', r"p\.jsonl:1: no field 'id'"),
    ("p.jsonl", "[" * 100_000, r"p\.jsonl:1: no JSON"),
    ("p.parquet", "id,name", r"p\.parquet(:0)?: no Parquet"),
    ("p.xlsx", "PK", r"p\.xlsx(:0)?: unknown kind of file '\.xlsx'; give one of \.csv"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "message"), UNUSABLE, ids=[case[2][:40] for case in UNUSABLE])
def test_an_unusable_source_says_where_what_and_what_to_do(
    tmp_path: Path, name: str, content: str, message: str
) -> None:
    with pytest.raises(GazetteerError, match=message) as caught:
        gazetteer.load([source(tmp_path, content, name)])
    assert "; " in str(caught.value), "the message gives advice"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"id,name\na,\xcf\xf3\xf2\xe8\xed\n", r"p\.csv:2: .*not utf-8"),
        (b"id,name\n\0\0\0", r"p\.csv:2: .*NUL"),
    ],
)
def test_a_source_in_another_encoding_names_file_and_line(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes(data)
    with pytest.raises(GazetteerError, match=message):
        gazetteer.load([path])


def test_a_missing_source_and_an_empty_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"nowhere\.csv(:0)?: no such gazetteer"):
        gazetteer.load([tmp_path / "nowhere.csv"])
    with pytest.raises(GazetteerError, match="holds no gazetteer"):
        gazetteer.load([tmp_path])


def test_a_damaged_gz_is_named(tmp_path: Path) -> None:
    path = tmp_path / "p.csv.gz"
    path.write_bytes(gzip.compress(b"id,name\na,Putin\n")[:-9])
    with pytest.raises(GazetteerError, match=r"p\.csv\.gz"):
        gazetteer.load([path])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,name\na,Путин\na,Путин\n", r"'a' has the name 'Путин' twice"),
        ("id,name\na,Путин\nb,Песков\na,Putin\n", r"duplicate id 'a', first used at .*:2"),
        ("id,name\na,Путин\na,Лукашенко\n", r"has nothing in common with 'Путин'"),
        ("id,name\na,Путин\nA,Песков\n", r"id 'A' differs from 'a' only by letter case"),
        ("id,name\na,Путин\nb,Путин\n", r"nothing tells 'b' .* from 'a'"),
        ("id,name\na,П\N{LATIN SMALL LETTER Y}тин\n", r"mixes Latin and Cyrillic"),
        ("id,name\na,1984\n", r"has no letters"),
        ("id,name\na,Пу\N{SOFT HYPHEN}тин\n", r"control character U\+00AD"),
    ],
)
def test_a_likely_slip_is_a_warning_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    path = source(tmp_path, text)
    found = [problem for problem in gazetteer.check([path]) if re.search(message, problem.message)]
    assert found
    assert not any(problem.fatal for problem in found)
    assert gazetteer.load([path])[0], "a warning does not make the gazetteer unusable"


def test_behind_an_error_no_row_is_given_and_all_are_read(tmp_path: Path) -> None:
    path = source(tmp_path, "id,name,type,kind\na,Путин,person,\na,Кремль,place,\nb,Песков,,\nc,Шойгу,,nick\n")
    given: list[str] = []
    # a row that is wrong in itself is named before one that contradicts another
    with pytest.raises(GazetteerError, match=r"people\.csv:5: unknown kind 'nick'"):
        given.extend(row.name for row in gazetteer.checked([path], []))
    assert given == ["Путин"]


def test_warnings_of_rows_come_before_those_of_ids(tmp_path: Path) -> None:
    path = source(tmp_path, "id,name\na,Путин\na,Путин\nb,1984\n")
    noticed: list[gazetteer.Problem] = []
    assert [row.id for row in gazetteer.checked([path], noticed)] == ["a", "a", "b"]
    assert [problem.line for problem in noticed] == [4, 3]


def test_lines_may_end_in_a_carriage_return_alone(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes("id,name\ra,Путин\r\nb,Песков\rc,Шойгу\n".encode())
    assert [(row.id, row.line) for row in gazetteer.rows(path)] == [("a", 2), ("b", 3), ("c", 4)]


def test_a_first_row_is_remembered_whatever_it_holds() -> None:
    odd = Row("a", "x\x1fy\ud800", "en", source="s", line=1)
    doubled = [
        problem for problem in gazetteer.problems([odd, replace(odd, line=2)], False) if "twice" in problem.message
    ]
    assert [problem.line for problem in doubled] == [2]


def test_check_lists_all_problems_not_only_the_first(tmp_path: Path) -> None:
    good = source(tmp_path, "id,name,kind\n,Путин,name\na,,name\nb,Песков,nick\n")
    found = gazetteer.check([good, tmp_path / "nowhere.csv"])
    assert len([problem for problem in found if problem.fatal]) == 4
    assert {problem.line for problem in found if problem.source == str(good)} == {2, 3, 4}


@pytest.mark.parametrize(
    "text",
    [
        "id,name\na,Путин\na,Putin\nb,Песков\n",
        "id,name,kind\na,Янка Купала,name\na,Іван Луцэвіч,alias\n",
        "id,name,type,gender\na,Билл Клинтон,person,m\nb,Хиллари Клинтон,person,f\n",
    ],
)
def test_a_sound_gazetteer_has_no_problems(tmp_path: Path, text: str) -> None:
    assert gazetteer.check([source(tmp_path, text)]) == []


@given(st.binary(max_size=200), st.sampled_from(["p.csv", "p.tsv", "p.jsonl", "p.txt", "p.csv.gz", "p.parquet"]))
def test_law_arbitrary_bytes_are_read_or_refused_with_a_message(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    path = tmp_path_factory.mktemp("bytes") / name
    path.write_bytes(data)
    try:
        gazetteer.load([path])
    except ResolveError as error:
        assert name in str(error)  # noqa: PT017 - either outcome is right


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3),
)
CELLS = st.text(max_size=8) | st.sampled_from(["a", "b", "name", "weak", "person", "place", '"', "\n", "m"])


@given(st.dictionaries(st.sampled_from([*gazetteer.COLUMNS, "aliases", "x"]), JSON, max_size=9))
def test_law_any_json_object_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, record: dict[str, object]
) -> None:
    path = tmp_path_factory.mktemp("json") / "p.jsonl"
    path.write_text(json.dumps(record), encoding="utf-8")
    try:
        gazetteer.load([path])
    except ResolveError as error:
        assert "p.jsonl" in str(error)  # noqa: PT017 - either outcome is right


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=6))
def test_law_problems_are_found_in_any_rows_without_an_exception(cells: list[tuple[str, str, str, str]]) -> None:
    found = [Row(id, name, kind=kind, type=type, source="x", line=i) for i, (id, name, kind, type) in enumerate(cells)]  # type: ignore[arg-type]
    for problem in gazetteer.problems(found):
        assert problem.message
        assert problem.advice


# ---------------------------------------------------------------- the curated default

SEEDS = [
    "by-lukashenko-alexander",
    "by-lukashenka-viktar",
    "by-tsikhanouskaya-sviatlana",
    "by-tsikhanouski-siarhei",
    "by-babaryka-viktar",
    "by-babaryka-eduard",
    "by-kalesnikava-maryia",
    "by-statkevich-mikalai",
    "by-latushka-pavel",
    "by-ulasava-liliya",
    "by-vaskresenski-yury",
    "by-shkliarov-vitali",
    "by-znak-maksim",
    "by-salei-illya",
    "by-haidukevich-aleh",
    "ru-putin-vladimir",
    "ru-peskov-dmitry",
    "ru-naryshkin-sergey",
    "ru-venediktov-alexei",
    "us-omar-ilhan",
    "us-pelosi-nancy",
    "us-sanders-bernie",
    "us-trump-donald",
    "tr-erdogan-recep",
]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """All rows of the curated gazetteer."""
    return gazetteer.load([gazetteer.curated()])[0]


def test_the_curated_gazetteer_has_no_problems() -> None:
    assert list(map(str, gazetteer.check([gazetteer.curated()]))) == []


@pytest.mark.parametrize(("type", "least"), [("person", 250), ("organization", 40), ("place", 80)])
def test_the_curated_gazetteer_is_large_enough_to_be_useful(rows: list[Row], type: str, least: int) -> None:
    heads = {row.id: row for row in reversed(rows)}
    assert sum((row.type or "person") == type for row in heads.values()) >= least


@pytest.mark.parametrize("id", SEEDS)
def test_ids_that_others_rely_on_exist(rows: list[Row], id: str) -> None:
    assert id in {row.id for row in rows}


def test_curated_rows_say_what_the_format_promises(rows: list[Row]) -> None:
    heads = {row.id: row for row in reversed(rows)}
    for row in heads.values():
        assert row.kind == "name", row.id
        assert row.type, row.id
        assert row.type != "person" or row.gender in {"m", "f"}, row.id
        assert len(row.description) <= 100, row.id
        assert not row.wikidata or row.wikidata[1:].isdigit(), row.id
    qids = [row.wikidata for row in heads.values() if row.wikidata]
    assert len(qids) == len(set(qids))


def test_a_place_is_named_once(tmp_path: Path) -> None:
    source = tmp_path / "bad.csv"
    source.write_bytes(b"id,name\na,Viktar Babaryka\nb,\xff\xfe\n")
    with pytest.raises(GazetteerError) as refused:
        list(gazetteer.rows(source))
    assert str(refused.value).count(f"{source}:3") == 1
