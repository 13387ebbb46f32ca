"""The command: what it prints where, and how it ends."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import FAMILY, Run

FIELDS = [
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
COMMANDS = [
    ("text",), ("names",), ("explain",), ("variants",), ("gazetteer", "check"), ("gazetteer", "info"), ("gazetteer", "compile"),
    ("gazetteer", "import"),
]  # fmt: skip
WOMAN = "by-tsikhanouskaya-sviatlana"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A small gazetteer as a CSV."""
    path = tmp_path / "people.csv"
    path.write_text(FAMILY, encoding="utf-8")
    return path


def file(folder: Path, name: str, text: str | bytes) -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def records(out: str) -> list[dict[str, Any]]:
    """The lines of JSON lines."""
    return [json.loads(line) for line in out.split("\n") if line]


def shell(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command as a process of its own, where the locale knows no UTF-8."""
    return subprocess.run(
        [sys.executable, "-m", "resolve.cli", *map(str, arguments)],
        input=stdin, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip


# ---------------------------------------------------------------- help


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_help_of_every_command_shows_an_example(run: Run, command: tuple[str, ...]) -> None:
    for option in ("--help", "-h"):
        result = run(*command, option)
        assert result.code == 0
        assert "xample" in result.out
        assert f"resolve {' '.join(command)}" in result.out.split("xample", 1)[1]


def test_no_command_shows_them_all(run: Run) -> None:
    result = run()
    shown = result.out + result.err
    assert all(name in shown for name in ("text", "names", "explain", "variants", "gazetteer"))


# ---------------------------------------------------------------- resolve text


def test_a_text_gives_a_json_line_per_mention_in_reading_order(run: Run, tmp_path: Path, people: Path) -> None:
    text = "Viktar and Eduard Babaryka met Светлана Тихановская. Later Tsikhanouskaya left.\n"
    result = run("text", file(tmp_path, "a.txt", text), "-g", people)
    found = records(result.out)
    assert result.code == 0
    assert [list(record) for record in found] == [FIELDS] * 4
    assert [record["text"] for record in found] == [
        "Viktar",
        "Eduard Babaryka",
        "Светлана Тихановская",
        "Tsikhanouskaya",
    ]
    for record in found:
        assert text[record["start"] : record["end"]] == record["text"]
        assert record["doc"].endswith("a.txt")
        assert record["status"] == "resolved"
        assert 0.9 <= record["probability"] <= 1
        assert record["candidates"][0]["entity_id"] == record["entity_id"]
    assert (found[2]["name"], found[2]["type"]) == ("Sviatlana Tsikhanouskaya", "person")


@pytest.mark.parametrize(
    "text",
    [
        "Да.\r\nСветлана\r\nТихановская\r\nушла.\r\n",
        "\N{ZERO WIDTH NO-BREAK SPACE}Светлана Тихановская ушла.",
        unicodedata.normalize("NFD", "Ўчора Святлана Ціханоўская пайшла."),
        "İ😀ß Светлана Тиха\N{SOFT HYPHEN}новская ушла.",
    ],
    ids=["CRLF", "BOM", "NFD", "astral"],
)
def test_offsets_are_code_points_of_the_text_as_stored(run: Run, tmp_path: Path, people: Path, text: str) -> None:
    (record,) = records(run("text", file(tmp_path, "a.txt", text), "-g", people).out)
    assert record["entity_id"] == WOMAN
    stored = (tmp_path / "a.txt").read_bytes().decode()
    assert stored == text
    assert stored[record["start"] : record["end"]] == record["text"]


def test_csv_has_the_same_fields_as_columns(run: Run, tmp_path: Path, people: Path) -> None:
    path = file(tmp_path, "a.txt", "Met Светлана\nТихановская there.")
    rows = list(csv.DictReader(io.StringIO(run("text", path, "-g", people, "--format", "csv").out, newline="")))
    (record,) = records(run("text", path, "-g", people).out)
    assert list(rows[0]) == FIELDS
    assert rows[0]["text"] == record["text"] == "Светлана\nТихановская"
    assert (int(rows[0]["start"]), rows[0]["entity_id"]) == (record["start"], WOMAN)


def test_data_goes_to_standard_output_and_everything_else_to_standard_error(run: Run, people: Path) -> None:
    result = run("text", "-", "-g", people, stdin=b"nobody here\n")
    assert result.out == ""
    assert "1 text, 0 links" in result.err


def test_standard_input_is_read_for_a_dash_and_for_nothing(run: Run, people: Path) -> None:
    for arguments in (("text", "-"), ("text",)):
        (record,) = records(run(*arguments, "-g", people, stdin="Тихановская Светлана".encode()).out)
        assert (record["doc"], record["entity_id"]) == ("-", WOMAN)


def test_all_also_writes_ambiguous_mentions_and_strangers(run: Run, tmp_path: Path, people: Path) -> None:
    path = file(tmp_path, "a.txt", "Babaryka and Nikolay Petrov met Sviatlana Tsikhanouskaya.")
    assert [record["status"] for record in records(run("text", path, "-g", people).out)] == ["resolved"]
    found = records(run("text", path, "-g", people, "--all").out)
    assert [(record["text"], record["status"], record["entity_id"]) for record in found] == [
        ("Babaryka", "ambiguous", None), ("Nikolay Petrov", "unknown", None), ("Sviatlana Tsikhanouskaya", "resolved", WOMAN),
    ]  # fmt: skip
    assert len(found[0]["candidates"]) == 2


def test_a_threshold_decides_what_is_resolved(run: Run, tmp_path: Path, people: Path) -> None:
    path = file(tmp_path, "a.txt", "Later Tsikhanouski left. Then Lukashenko and Sviatlana Tsikhanouskaya did.")
    counts = [len(records(run("text", path, "-g", people, "--threshold", str(p)).out)) for p in (0.2, 0.9, 1.0)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[2]


@pytest.mark.parametrize("threshold", ["0", "1.5", "-1", "nan", "many"])
def test_a_threshold_that_is_no_probability_is_wrong_usage(run: Run, people: Path, threshold: str) -> None:
    result = run("text", "-", "-g", people, "--threshold", threshold)
    assert result.code == 2
    assert "threshold" in result.err
    assert result.out == ""


def test_folders_and_packed_files_are_read(run: Run, tmp_path: Path, people: Path) -> None:
    folder = tmp_path / "news"
    (folder / "deep").mkdir(parents=True)
    file(folder, "b.txt", "Светлана Тихановская")
    file(folder / "deep", "c.md", "Sviatlana Tsikhanouskaya")
    file(folder, "a.txt.gz", gzip.compress(b"Swetlana Tichanowskaja"))
    file(folder, "photo.jpg", b"\0\0 Sviatlana Tsikhanouskaya")
    result = run("text", folder, "-g", people)
    assert result.code == 0
    assert [Path(record["doc"]).name for record in records(result.out)] == ["a.txt.gz", "b.txt", "c.md"]


def test_several_gazetteers_are_read_as_one(run: Run, tmp_path: Path) -> None:
    first, second = (
        file(tmp_path, "a.csv", "id,name\na,Янка Купала\n"),
        file(tmp_path, "b.csv", "id,name\nb,Якуб Колас\n"),
    )
    result = run("text", "-", "-g", first, "--gazetteer", second, stdin=b"Yanka Kupala and Yakub Kolas")
    assert [record["entity_id"] for record in records(result.out)] == ["a", "b"]


def test_without_a_gazetteer_the_curated_one_is_used(run: Run) -> None:
    (record,) = records(run("text", "-", stdin=b"Swetlana Tichanowskaja").out)
    assert record["entity_id"] == WOMAN


def test_another_encoding_is_read_when_named(run: Run, tmp_path: Path, people: Path) -> None:
    path = file(tmp_path, "old.txt", "Светлана Тихановская".encode("windows-1251"))
    assert run("text", path, "-g", people).code == 1
    (record,) = records(run("text", path, "-g", people, "--encoding", "windows-1251").out)
    assert (record["start"], record["end"], record["entity_id"]) == (0, 20, WOMAN)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("gone.txt", None, "gone.txt: cannot be read"),
        ("bad.txt", b"ok\n\xff\xfe\xfa", "bad.txt:2: bytes ff fe fa"),
        ("photo.txt", b"JFIF\0\0", "photo.txt:1: holds NUL"),
        ("cut.txt.gz", gzip.compress(b"text " * 99)[:-12], "cut.txt.gz: cannot be read"),
        ("empty-folder", "folder", "empty-folder: holds no"),
    ],
)
def test_an_input_that_cannot_be_read_is_named_and_the_others_are_done(
    run: Run, tmp_path: Path, people: Path, name: str, data: bytes | str | None, message: str
) -> None:
    bad = tmp_path / name
    if data == "folder":
        bad.mkdir()
    elif isinstance(data, bytes):
        bad.write_bytes(data)
    good = file(tmp_path, "good.txt", "Светлана Тихановская")
    for order in ((bad, good), (good, bad)):
        result = run("text", *order, "-g", people)
        assert result.code == 1
        assert message in result.err
        assert [record["entity_id"] for record in records(result.out)] == [WOMAN]


def test_an_empty_text_has_no_mentions(run: Run, tmp_path: Path, people: Path) -> None:
    result = run("text", file(tmp_path, "empty.txt", ""), "-g", people)
    assert (result.code, result.out) == (0, "")


def test_an_output_file_is_written_whole(run: Run, tmp_path: Path, people: Path) -> None:
    path, out = file(tmp_path, "a.txt", "Светлана Тихановская"), tmp_path / "out.jsonl"
    result = run("text", path, "-g", people, "-o", out)
    assert (result.code, result.out) == (0, "")
    assert records(out.read_text(encoding="utf-8"))[0]["entity_id"] == WOMAN


def test_no_partial_output_file_is_left(
    run: Run, tmp_path: Path, people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    out = file(folder, "out.jsonl", "old")
    path = file(tmp_path, "a.txt", "Светлана Тихановская")
    assert run("text", path, "-g", tmp_path / "gone.csv", "-o", out).code == 2
    assert out.read_text(encoding="utf-8") == "old"

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("resolve.resolver.Resolver.text", interrupted)
    assert run("text", path, "-g", people, "-o", out).code not in {0, 1, 2}
    assert [(p.name, p.read_text(encoding="utf-8")) for p in folder.iterdir()] == [("out.jsonl", "old")]


def test_an_output_that_cannot_be_written_is_named(run: Run, tmp_path: Path, people: Path) -> None:
    path = file(tmp_path, "a.txt", "Светлана Тихановская")
    result = run("text", path, "-g", people, "-o", tmp_path / "nowhere" / "out.jsonl")
    assert result.code in {1, 2}
    assert "out.jsonl" in result.err


# ---------------------------------------------------------------- unusable gazetteers, wrong usage


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("g.csv", "", "g.csv:1: the file is empty"),
        ("g.csv", "name\nПутин\n", "g.csv:1: no column 'id'"),
        ("g.csv", "id,name,kind\na,Путин,nick\n", "g.csv:2: unknown kind 'nick'"),
        ("g.csv", "id,name,type\na,Путин,person\na,Кремль,place\n", "g.csv:3: duplicate id 'a'"),
        ("g.csv", b"id,name\na,\xff\n", "g.csv:2:"),
        ("g.csv", b"id,name\n\0\0\n", "g.csv:2:"),
        ("g.csv.gz", b"id,name\n", "g.csv.gz"),
        ("g.docx", "PK", "unknown kind of file '.docx'"),
        ("gone.csv", None, "gone.csv"),
    ],
)
@pytest.mark.parametrize("command", [("text", "-"), ("names", "-"), ("gazetteer", "info")], ids=" ".join)
def test_an_unusable_gazetteer_ends_with_2_and_a_reason(
    run: Run, tmp_path: Path, command: tuple[str, ...], name: str, content: str | bytes | None, message: str
) -> None:
    path = tmp_path / name if content is None else file(tmp_path, name, content)
    option = () if command[0] == "gazetteer" else ("-g",)
    result = run(*command, *option, path, stdin=b"name\nx\n")
    assert result.code == 2
    assert message in result.err
    assert result.out == ""
    assert "Traceback" not in result.err


def test_a_damaged_compiled_gazetteer_ends_with_2_and_says_what_to_do(run: Run, tmp_path: Path, people: Path) -> None:
    compiled = tmp_path / "people.idx"
    assert run("gazetteer", "compile", people, "-o", compiled).code == 0
    for path in compiled.iterdir():
        path.write_bytes(path.read_bytes()[:-20])
    result = run("text", "-", "-g", compiled)
    assert result.code == 2
    assert "resolve gazetteer compile" in result.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("text", "-", "--format", "xml"), ("names", "-", "--format", "xml"), ("nonsense",), ("text", "--nonsense"), ("names", "-", "--limit", "0"),
        ("explain", "Putin"), ("variants",), ("gazetteer", "nonsense"), ("gazetteer", "compile", "x.csv"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage_ends_with_2(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments, stdin=b"name\nx\n")
    assert (result.code, result.out) == (2, "")
    assert result.err


def test_an_unknown_format_lists_the_known_ones(run: Run) -> None:
    for command in ("text", "names"):
        result = run(command, "-", "--format", "xml", stdin=b"name\n")
        assert "xml" in result.err
        assert "jsonl" in result.err
        assert "csv" in result.err


# ---------------------------------------------------------------- resolve text --profile


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A text with Belarusian- and Russian-based spellings of one name."""
    text = "Sviatlana Tsikhanouskaya spoke. Tsikhanouskaya left. Svetlana Tikhanovskaya answered. Viktar Babaryka."
    return file(tmp_path, "a.txt", text)


def test_a_profile_is_a_table_of_entities_and_bases(run: Run, article: Path) -> None:
    result = run("text", article, "--profile")
    assert result.code == 0
    lines = result.out.splitlines()
    assert lines[0] == f"{article}: 4 mentions of 2 entities: 3 be, 1 ru"
    assert [line.split() for line in lines[1:]] == [
        ["Sviatlana", "Tsikhanouskaya", "2", "be", "Sviatlana", "Tsikhanouskaya", "1,", "Tsikhanouskaya", "1"],
        ["1", "ru", "Svetlana", "Tikhanovskaya", "1"],
        ["Viktar", "Babaryka", "1", "be", "Viktar", "Babaryka", "1"],
    ]


def test_a_profile_as_json_lines_has_an_object_for_every_entity(run: Run, article: Path) -> None:
    found = records(run("text", article, "--profile", "--format", "jsonl").out)
    assert [(row["entity_id"], row["mentions"], row["bases"]) for row in found] == [
        (WOMAN, 3, {"be": 2, "ru": 1}),
        ("by-babaryka-viktar", 1, {"be": 1}),
    ]
    assert {"text": "Svetlana Tikhanovskaya", "base": "ru", "count": 1} in found[0]["spellings"]


def test_a_profile_as_csv_has_a_row_for_every_spelling(run: Run, article: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("text", article, "--profile", "--format", "csv").out)))
    assert len(rows) == 4
    assert sum(int(row["count"]) for row in rows) == 4
    assert {row["base"] for row in rows} == {"be", "ru"}


def test_profiles_of_several_texts_stand_apart(run: Run, article: Path) -> None:
    out = run("text", article, article, "--profile").out
    assert len(out.split("\n\n")) == 2


def test_links_have_no_table(run: Run, article: Path) -> None:
    assert run("text", article, "--format", "table").code == 2


# ---------------------------------------------------------------- resolve names


def test_names_keep_the_columns_of_the_input_and_add_four(run: Run, tmp_path: Path, people: Path) -> None:
    path = file(tmp_path, "n.csv", 'nr,full name,note\n1,Тихановская Светлана,"a, ""b"""\n2,Nobody Known,\n')
    result = run("names", path, "--column", "full name", "-g", people)
    rows = list(csv.reader(io.StringIO(result.out)))
    assert result.code == 0
    assert rows[0] == ["nr", "full name", "note", "entity_id", "entity_name", "probability", "status"]
    assert rows[1][:5] == ["1", "Тихановская Светлана", 'a, "b"', WOMAN, "Sviatlana Tsikhanouskaya"]
    assert rows[2][3:5] == ["", ""]
    assert rows[2][6] == "unknown"


def test_names_may_come_from_standard_input_and_go_to_json_lines(run: Run, people: Path) -> None:
    result = run("names", "-", "-g", people, "--format", "jsonl", stdin="name\nТихановская Светлана\n".encode())
    (record,) = records(result.out)
    assert list(record) == ["name", "entity_id", "entity_name", "probability", "status"]


def test_a_limit_adds_so_many_candidates(run: Run, people: Path) -> None:
    result = run("names", "-", "-g", people, "--limit", "2", "--format", "jsonl", stdin="name\nБабарико\n".encode())
    (record,) = records(result.out)
    assert record["status"] == "ambiguous"
    assert len(record["candidates"]) == 2


def test_a_missing_column_lists_those_there_are(run: Run, tmp_path: Path, people: Path) -> None:
    result = run("names", file(tmp_path, "n.csv", "nr,full name\n1,x\n"), "-g", people)
    assert result.code in {1, 2}
    assert "no column 'name' among 'nr', 'full name'" in result.err
    assert result.out == ""


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "n.csv:1: the file is empty"),
        (b"name\n\xff\n", "n.csv:2: bytes ff"),
        (b"name\n\0\n", "n.csv:2: holds NUL"),
    ],
)
def test_a_table_that_cannot_be_read_ends_with_1(
    run: Run, tmp_path: Path, people: Path, data: bytes, message: str
) -> None:
    result = run("names", file(tmp_path, "n.csv", data), "-g", people)
    assert result.code == 1
    assert message in result.err


def test_a_broken_row_ends_with_1_and_the_others_are_done(run: Run, tmp_path: Path, people: Path) -> None:
    result = run("names", file(tmp_path, "n.csv", "nr,name\n1,a,b\n2,Тихановская Светлана\n"), "-g", people)
    assert result.code == 1
    assert "n.csv:2" in result.err
    assert [row["nr"] for row in csv.DictReader(io.StringIO(result.out))] == ["2"]


# ---------------------------------------------------------------- explain and variants


def test_explain_prints_the_waterfall(run: Run) -> None:
    result = run("explain", "Vlasova", "Уласава")
    assert result.code == 0
    assert "Vlasova ~ Уласава" in result.out
    assert "bits" in result.out


def test_explain_prints_json_whose_evidence_adds_up(run: Run) -> None:
    found = json.loads(run("explain", "Светлана Тихановская", "Sviatlana Tsikhanouskaya", "--json").out)
    assert {"left", "right", "bits", "probability", "evidence"} <= set(found)
    assert sum(piece["bits"] for piece in found["evidence"]) == pytest.approx(found["bits"])
    assert {"feature", "bits", "left", "right"} <= set(found["evidence"][0])


def test_variants_print_a_spelling_and_its_schemes_a_line_in_a_block_for_every_language(run: Run) -> None:
    lines = run("variants", "Ціханоўская", "--lang", "be").out.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == ["be", "ru, derived from be", "uk, derived from be"]
    assert any(line.startswith("  Tsikhanouskaya ") and "passport 2010" in line for line in lines)
    assert any(line.startswith("  Tikhanovskaya ") and "BGN/PCGN 1947" in line for line in lines)
    found = json.loads(run("variants", "Ціханоўская", "--lang", "be", "--json").out)
    assert {"text": "Tikhanovskaya", "scheme": "ru: BGN/PCGN 1947", "derived": "be"} in found
    assert all(form["text"] and form["scheme"] for form in found)
    assert len({(form["scheme"][:2], form["text"]) for form in found}) == len(lines) - 3


@pytest.mark.parametrize("name", ["", "Tsikhanouskaya", "チハノフスカヤ", "1984"])
def test_variants_of_anything_end_well(run: Run, name: str) -> None:
    assert run("variants", name).code == 0


# ---------------------------------------------------------------- resolve gazetteer


def test_check_lists_problems_and_ends_with_2(run: Run, tmp_path: Path) -> None:
    result = run("gazetteer", "check", file(tmp_path, "g.csv", "id,name,kind\n,x,name\nb,y,nick\n"))
    assert result.code == 2
    assert "g.csv:2: error: empty id" in result.out
    assert "g.csv:3: error: unknown kind 'nick'" in result.out


def test_check_finds_nothing_wrong_with_a_sound_gazetteer(run: Run, tmp_path: Path) -> None:
    result = run("gazetteer", "check", file(tmp_path, "g.csv", "id,name\na,Янка Купала\n"))
    assert (result.code, result.out) == (0, "")


def test_check_looks_at_the_curated_gazetteer_where_none_is_given(run: Run) -> None:
    assert run("gazetteer", "check").code == 0


def test_info_counts_what_a_source_or_a_compiled_directory_holds(run: Run, tmp_path: Path, people: Path) -> None:
    compiled = tmp_path / "people.idx"
    assert run("gazetteer", "compile", people, "-o", compiled).code == 0
    for source in (people, compiled):
        facts = json.loads(run("gazetteer", "info", source, "--json").out)
        # cities and states are filed under what other languages call them, too
        assert (facts["entities"], facts["person"]) == (9, 7)
        assert facts["names"] >= 10
        assert "entities" in run("gazetteer", "info", source).out


def test_a_compiled_directory_answers_like_its_source(run: Run, tmp_path: Path, people: Path) -> None:
    compiled = tmp_path / "people.idx"
    result = run("gazetteer", "compile", people, "-o", compiled)
    assert (result.code, result.out) == (0, "")
    text = "Viktar and Eduard Babaryka met Светлана Тихановская at the Coordination Council. Babaryka left.".encode()
    answers = [run("text", "-", "--all", "-g", source, stdin=text).out for source in (people, compiled)]
    assert answers[0] == answers[1] != ""


def test_a_compiled_directory_beside_another_source_is_answered_not_crashed(
    run: Run, tmp_path: Path, people: Path
) -> None:
    """It may be read as one with the source or be refused as wrong usage, but with a reason that fits."""
    compiled = tmp_path / "people.idx"
    run("gazetteer", "compile", people, "-o", compiled)
    other = file(tmp_path, "b.csv", "id,name\nb,Якуб Колас\n")
    result = run("text", "-", "-g", compiled, "-g", other, stdin=b"Yakub Kolas met Sviatlana Tsikhanouskaya")
    if result.code == 0:
        assert [record["entity_id"] for record in records(result.out)] == ["b", WOMAN]
    else:
        assert result.code == 2
        assert "compiled" in result.err


def test_compiling_where_nothing_can_be_written_ends_with_2(run: Run, tmp_path: Path, people: Path) -> None:
    blocked = file(tmp_path, "blocked", "a file")
    result = run("gazetteer", "compile", people, "-o", blocked)
    assert result.code == 2
    assert "blocked" in result.err


# ---------------------------------------------------------------- as a process


def test_as_a_process_it_writes_utf8_and_ends_with_0(people: Path) -> None:
    done = shell("text", "-", "-g", people, stdin="Светлана Тихановская".encode())
    assert done.returncode == 0
    assert json.loads(done.stdout)["text"] == "Светлана Тихановская"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("text", "nowhere.txt"), 1), (("text", "-", "-g", "nowhere.csv"), 2), (("text", "-", "--threshold", "7"), 2),
        (("text", "-", "--format", "xml"), 2), (("names", "nowhere.csv"), 1), (("gazetteer", "check", "nowhere.csv"), 2),
    ],
)  # fmt: skip
def test_as_a_process_it_ends_with_a_message_and_never_with_a_traceback(arguments: tuple[str, ...], code: int) -> None:
    done = shell(*arguments)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert done.stderr.strip() or done.stdout.strip()


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_a_reader_that_closes_the_pipe_early_ends_it_without_a_word(tmp_path: Path, people: Path, format: str) -> None:
    paths = [file(tmp_path, f"{i}.txt", "Светлана Тихановская. " * 400) for i in range(8)]
    with subprocess.Popen(
        [sys.executable, "-m", "resolve.cli", "text", *map(str, paths), "-g", str(people), "--format", format],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        error = process.stderr.read()
    assert process.returncode == 0
    assert b"Traceback" not in error
    assert b"Broken pipe" not in error
