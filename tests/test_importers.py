"""Which rows of a gazetteer do the files of other programs hold?"""

from __future__ import annotations

import csv
import gzip
import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, strategies as st

from resolve import gazetteer, importers
from resolve.errors import GazetteerError, ResolveError, UnknownChoiceError
from resolve.importers import FORMATS, Import, Skip, guess
from tests.conftest import SHARED, Run

CASES = Path(__file__).parent / "cases" / "import"
SAMPLES = SHARED / "formats" / "input"

EXPECTED: dict[str, tuple[str, list[tuple[str, str, str, str, str]], list[str]]] = {
    # file: format, rows (id, name, lang, kind, type), what the skipped lines are said to be
    "entities.ftm.json": (
        "ftm",
        [
            ("NK-kupala", "Yanka Kupala", "", "name", "person"), ("NK-kupala", "Янка Купала", "", "name", ""),
            ("NK-kupala", "Ivan Lutsevich", "", "alias", ""), ("NK-kupala", "Іван Луцэвіч", "", "alias", ""),
            ("NK-kupala", "YK", "", "weak", ""), ("NK-library", "National Library of Belarus", "", "name", "organization"),
        ],
        ["4: no JSON", "5: no FollowTheMoney entity: '{\"id\": \"NK-bare\"", "6: name '1984' has no letters"],
    ),
    "targets.simple.csv": (
        "targets",
        [
            ("Q333710", "Yanka Kupala", "", "name", "person"), ("Q333710", "LUTSEVICH; Ivan", "", "alias", ""),
            ("Q333710", "Янка Купала", "", "alias", ""),
        ],
        ["4: 2 fields where the header has 15: 'short,Person'"],
    ),
    "statements.csv": (
        "statements",
        [
            ("Q333710", "Янка Купала", "be", "name", "person"), ("Q333710", "Ivan Lutsevich", "en", "alias", ""),
            ("Q333710", "Я. К.", "", "weak", ""), ("NK-colas", "Якуб Колас", "be", "name", "person"),
        ],
        [],
    ),
    "wikidata.json": (
        "wikidata",
        [
            ("Q333710", "Yanka Kupala", "en", "name", "person"), ("Q333710", "Янка Купала", "be", "name", ""),
            ("Q333710", "Іван Луцэвіч", "be", "alias", ""), ("Q2280", "Мінск", "be", "name", "place"),
        ],
        ["5: no Wikidata item", "6: no JSON"],
    ),
    "jrc-names.txt": (
        "jrc",
        [
            ("1", "Yanka Kupala", "", "name", "person"), ("1", "Янка Купала", "be", "alias", ""),
            ("7", "National Library", "", "name", "organization"),
        ],
        ["4: unknown type 'X' of 'Something'", "5: 3 fields"],
    ),
    "geonames.txt": (
        "geonames",
        [("625144", "Minsk", "", "name", "place"), ("625144", "Mensk", "", "name", ""), ("625144", "Мінск", "", "name", "")],
        ["3: 3 fields"],
    ),
    "popolo.json": (
        "popolo",
        [
            ("p1", "Yanka Kupala", "", "name", "person"), ("p1", "Янка Купала", "be", "name", ""),
            ("p1", "Ivan Lutsevich", "", "alias", ""), ("o1", "National Library", "", "name", "organization"),
        ],
        ["7: no ID in '{\"name\": \"Nobody\"}'"],
    ),
    "concepts.ttl": (
        "skos",
        [
            ("http://example.org/kupala", 'Янка "Купала"', "be", "name", "person"),
            ("http://example.org/kupala", "Yanka Kupala", "en", "name", ""),
            ("http://example.org/kupala", "Ivan Lutsevich", "en", "alias", ""),
            ("http://example.org/colas", "Якуб Колас", "be", "name", ""), ("http://example.org/colas", "Jakub Kołas", "", "alias", ""),
        ],
        ["17: no statement: unknown prefix 'other:'"],
    ),
    "senzing.jsonl": (
        "senzing",
        [
            ("A:1", "Янка Купала", "", "name", "person"), ("A:1", "Ivan Lutsevich", "", "alias", ""),
            ("B:1", "Jakub M. Colas", "", "name", "person"), ("B:2", "National Library", "", "name", "organization"),
        ],
        ["5: no name in", "6: no RECORD_ID in"],
    ),
    "gate.def": (
        "gate-def",
        [
            ("kupala", "Янка Купала", "be", "name", "person"), ("kupala", "Yanka Kupala", "en", "name", ""),
            ("Якуб Колас", "Якуб Колас", "be", "name", "person"),
        ],
        ["lists.lst:4: no feature 'feature' of 'Stray'", "gate.def:2: no list 'missing.lst' beside it"],
    ),
    "lists.lst": (
        "gate",
        [
            ("kupala", "Янка Купала", "", "name", ""), ("kupala", "Yanka Kupala", "en", "name", ""),
            ("Якуб Колас", "Якуб Колас", "", "name", ""),
        ],
        ["4: no feature"],
    ),
    "patterns.jsonl": (
        "spacy",
        [
            ("kupala", "Yanka Kupala", "", "name", "person"), ("kupala", "Ivan Lutsevich", "", "name", ""),
            ("Minsk", "Minsk", "", "name", "place"),
        ],
        ["4: no pattern of a name"],
    ),
    "plain.txt": (
        "plain",
        [("Янка Купала", "Янка Купала", "", "name", ""), ("Yakub Kolas", "Yakub Kolas", "", "name", "")],
        ["4: name '1984' has no letters"],
    ),
    "wide.csv": (
        "table",
        [
            ("a", "Янка Купала", "be", "name", "person"), ("a", "Yanka Kupala", "", "alias", ""),
            ("a", "Ivan Lutsevich", "", "alias", ""),
        ],
        ["3: unknown kind 'nickname'"],
    ),
    "wide.jsonl": (
        "jsonl",
        [
            ("a", "Янка Купала", "", "name", "person"), ("a", "Yanka Kupala", "", "alias", ""),
            ("a", "Ivan Lutsevich", "en", "alias", ""),
        ],
        ["2: no name for 'b'"],
    ),
}  # fmt: skip


def imported(*paths: Path, **options: Any) -> tuple[list[tuple[str, str, str, str, str]], list[Skip]]:
    """The rows of an import, and what was skipped."""
    skips: list[Skip] = []
    rows = Import(paths, skip=skips.append, **options)
    return [(row.id, row.name, row.lang, str(row.kind), row.type) for row in rows], skips


@pytest.mark.parametrize("name", EXPECTED)
def test_a_format_is_told_and_read_and_its_mistakes_are_named(name: str) -> None:
    format, rows, mistakes = EXPECTED[name]
    assert guess(CASES / name) == format
    found, skips = imported(CASES / name)
    assert found == rows
    assert len(skips) == len(mistakes)
    for skip, mistake in zip(skips, mistakes, strict=True):
        assert mistake in str(skip)
        assert str(CASES) in str(skip)
        assert skip.advice


def test_every_format_has_a_case() -> None:
    assert {format for format, _, _ in EXPECTED.values()} == set(FORMATS)


@pytest.mark.parametrize("name", [name for name in EXPECTED if name != "gate.def"])
def test_a_packed_file_reads_like_the_plain_one(tmp_path: Path, name: str) -> None:
    packed = tmp_path / f"{name}.gz"
    packed.write_bytes(gzip.compress((CASES / name).read_bytes()))
    assert guess(packed) == EXPECTED[name][0]
    assert imported(packed)[0] == EXPECTED[name][1]


@pytest.mark.parametrize("name", EXPECTED)
def test_what_was_imported_is_a_sound_gazetteer(run: Run, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out.csv"
    result = run("gazetteer", "import", CASES / name, "-o", out)
    assert result.code == (1 if EXPECTED[name][2] else 0), "skipped lines end with 1"
    assert "Traceback" not in result.err
    rows, _ = gazetteer.load([out])
    assert [(row.id, row.name) for row in rows] == [row[:2] for row in EXPECTED[name][1]]


def test_facts_stand_in_the_first_row_of_an_entity() -> None:
    first = next(iter(Import([CASES / "entities.ftm.json"])))
    assert (first.gender, first.wikidata) == ("m", "Q333710")
    assert dict(first.attributes) == {"birth_date": "1882-07-07", "country": "by"}
    for name in ("wikidata.json", "popolo.json"):
        first = next(iter(Import([CASES / name])))
        assert (first.gender, first.wikidata, dict(first.attributes)["birth_date"]) == ("m", "Q333710", "1882-07-07")
    assert next(iter(Import([CASES / "concepts.ttl"]))).wikidata == "Q333710"


def test_alternate_names_of_geonames_have_languages_and_go_with_the_places() -> None:
    rows, skips = imported(CASES / "geonames-alternates.txt", CASES / "geonames.txt")
    assert [(row[1], row[2], row[3]) for row in rows] == [
        ("Minsk", "", "name"), ("Мінск", "be", "name"), ("Менск", "be", "alias"),
    ]  # fmt: skip
    assert len(skips) == 1
    (first, *_) = Import([CASES / "geonames.txt", CASES / "geonames-alternates.txt"])
    assert first.wikidata == "Q2280"
    with pytest.raises(GazetteerError, match="give the table of places too"):
        Import([CASES / "geonames-alternates.txt"])


def test_only_the_types_and_languages_asked_for_are_kept() -> None:
    found = Import([CASES / "wikidata.json"], types=["person"], langs=["be"])
    assert [row.name for row in found] == ["Янка Купала", "Іван Луцэвіч"]
    assert (found.entities, found.names, found.left_out) == (1, 2, 2)
    assert imported(CASES / "wikidata.json", langs=["ka"])[0] == []


def test_one_type_is_also_that_of_entities_without_any() -> None:
    assert {row[4] for row in imported(CASES / "plain.txt", types=["place"])[0]} == {"place"}
    found = Import([CASES / "plain.txt"])
    list(found)
    assert found.untyped == 2


@pytest.mark.parametrize(
    ("options", "message"),
    [({"format": "xml"}, "unknown format 'xml'; known are: ftm"), ({"types": ["human"]}, "unknown type")],
)
def test_an_unknown_choice_lists_the_known_ones(options: dict[str, Any], message: str) -> None:
    with pytest.raises(UnknownChoiceError, match=message):
        Import([CASES / "plain.txt"], **options)


def test_a_file_that_fits_nothing_asks_for_its_format(tmp_path: Path) -> None:
    path = tmp_path / "x.bin"
    path.write_text("what\never", encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"x\.bin: .*--from: ftm"):
        Import([path])
    assert [row[0] for row in imported(path, format="plain")[0]] == ["what", "ever"]


@pytest.mark.parametrize("name", ["entities.ftm.json", "jrc-names.txt", "popolo.json", "concepts.ttl", "wide.csv"])
def test_a_line_in_another_encoding_is_named_and_the_others_are_read(tmp_path: Path, name: str) -> None:
    """A document of many lines may lose more than the line."""
    path = tmp_path / name
    path.write_bytes(b"\xcf\xf3\xf2\xe8\xed\n" + (CASES / name).read_bytes())
    _, skips = imported(path, format=EXPECTED[name][0])
    assert skips[0].line == 1
    assert "not utf-8" in skips[0].message


def test_a_document_that_breaks_off_keeps_what_came_before_and_says_so(tmp_path: Path) -> None:
    text = (CASES / "popolo.json").read_text(encoding="utf-8")
    for name, cut in (
        ("break.json", text[: text.index('"National')]),
        ("damage.json", text.replace('"o1",', '"o1" &')),
    ):
        path = tmp_path / name
        path.write_text(cut, encoding="utf-8")
        rows, skips = imported(path)
        assert [row[0] for row in rows] == ["p1"] * 3
        assert "no JSON" in skips[-1].message
        assert skips[-1].line == 9


def test_a_popolo_document_in_one_line_reads_like_one_in_many(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text(json.dumps(json.loads((CASES / "popolo.json").read_bytes())), encoding="utf-8")
    assert imported(path)[0] == EXPECTED["popolo.json"][1]


@pytest.mark.parametrize("name", ["entities.ftm.json", "concepts.ttl", "popolo.json", "targets.simple.csv"])
def test_a_source_of_another_program_may_be_a_gazetteer_as_it_is(tmp_path: Path, name: str) -> None:
    text = (CASES / name).read_text(encoding="utf-8")
    cut = {
        "entities.ftm.json": lambda: "\n".join(text.split("\n")[:3]),
        "concepts.ttl": lambda: text.replace("other:", "skos:"),
        "popolo.json": lambda: text.replace('"name": "Nobody"', '"id": "p2"'),
        "targets.simple.csv": lambda: text[: text.index('"short"')],
    }
    sound = cut[name]()
    path = tmp_path / name
    path.write_text(sound, encoding="utf-8")
    rows, _ = gazetteer.load([path])
    assert "Янка Купала" in {row.name.replace('"', "") for row in rows}
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GazetteerError, match=r":\d+: .*; .*resolve gazetteer import"):
        gazetteer.load([path])


def test_an_ordinary_gazetteer_is_no_source_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text('{"id": "a", "name": "Путин", "schema": "x", "properties": {}, "label": 1, "pattern": 2}\n')
    assert importers.direct(path) in {"", "ftm"}
    path.write_text('{"id": "a", "name": "Путин", "note": {"labels": 1, "claims": 2, "persons": 3}}\n')
    assert importers.direct(path) == ""


def test_the_columns_are_those_of_a_gazetteer_and_two_attributes() -> None:
    assert (*gazetteer.COLUMNS, "birth_date", "country") == importers.COLUMNS


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Peaks of a short and of a ten times longer file, also where the rows have to be put together."""
    for name, line in {
        "a.ftm.json": '{{"id": "e{0}", "schema": "Person", "properties": {{"name": ["Янка Купала {0}"]}}}}\n',
        "a.ttl": '<http://e/{0}> <http://www.w3.org/2004/02/skos/core#prefLabel> "Янка {0}"@be .\n',
    }.items():
        peaks = []
        for count in (1500, 15_000):
            path = tmp_path / name
            path.write_text("".join(line.format(i) for i in range(count)), encoding="utf-8")
            tracemalloc.start()
            assert sum(1 for _ in importers.to_csv(Import([path]))) == count + 1
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
        assert peaks[1] < peaks[0] + 1_000_000, name


def test_the_command_writes_csv_and_says_what_was_skipped(run: Run) -> None:
    result = run("gazetteer", "import", CASES / "entities.ftm.json", "--type", "person")
    rows = list(csv.DictReader(io.StringIO(result.out)))
    assert result.code == 1
    assert [row["kind"] for row in rows] == ["name", "name", "alias", "alias", "weak"]
    assert f"{CASES / 'entities.ftm.json'}:4: no JSON" in result.err
    assert "3 lines were left out" in result.err
    assert "1 entity, 5 names" in result.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("nowhere.json",), 1), ((CASES / "plain.txt", "--from", "xml"), 2), ((CASES / "plain.txt", "--type", "x"), 2),
     ((CASES / "geonames-alternates.txt",), 2)],
)  # fmt: skip
def test_the_command_ends_as_promised(run: Run, arguments: tuple[str, ...], code: int) -> None:
    result = run("gazetteer", "import", *arguments)
    assert (result.code, result.out) == (code, "")
    assert result.err.startswith("error: ")


@given(st.binary(max_size=300), st.sampled_from(sorted(FORMATS)), st.integers(0, 200))
@example(b".:person", "gate-def", 0)
def test_law_arbitrary_bytes_are_read_or_refused_with_a_message(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, format: str, cut: int
) -> None:
    """Also a good beginning with anything after it."""
    name = next(name for name, (known, _, _) in EXPECTED.items() if known == format)
    path = tmp_path_factory.mktemp("bytes") / name
    path.write_bytes((CASES / name).read_bytes()[:cut] + data)
    try:
        for row in Import([path], format):
            assert not importers.source.unsound(row.id, row.name)
    except ResolveError as error:
        assert name in str(error)  # noqa: PT017 - either outcome is right


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("Янка"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "name", "en", "value", "P31"]), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
FIELDS = (
    "id", "schema", "properties", "caption", "labels", "aliases", "claims", "descriptions", "RECORD_ID", "NAMES", "NAME_FULL",
    "RECORD_TYPE", "label", "pattern", "name", "kind", "lang", "type", "persons", "areas",
)  # fmt: skip


@given(
    st.dictionaries(st.sampled_from(FIELDS), JSON | st.sampled_from(["Person", "PERSON", "x"]), max_size=8),
    st.sampled_from(["ftm", "wikidata", "senzing", "spacy", "jsonl", "popolo"]),
)
def test_law_any_json_object_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, record: dict[str, object], format: str
) -> None:
    path = tmp_path_factory.mktemp("json") / "p.json"
    path.write_text(json.dumps(record), encoding="utf-8")
    list(Import([path], format))


# ---------------------------------------------------------------- samples of others

SAMPLE_NAMES = {
    "entities.ftm.json": 6, "targets.simple.csv": 3, "statements.csv": 2, "wikidata-dump.json": 8, "jrc-names-entities.txt": 5,
    "ep-popolo-v1.0.json": 5, "skos.ttl": 5, "senzing.jsonl": 5, "gate-persons.lst": 2, "spacy-entityruler.jsonl": 2,
    "names_only.txt": 3, "plain.jsonl": 5, "plain_long.csv": 5, "plain_wide.csv": 8,
}  # fmt: skip


@pytest.mark.parametrize("name", SAMPLE_NAMES)
@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples of formats are not beside the checkout")
def test_samples_of_others_are_read_without_a_mistake(name: str) -> None:
    rows, skips = imported(SAMPLES / name)
    assert (len(rows), skips) == (SAMPLE_NAMES[name], [])
