"""How is a column of any length matched, by several processes, so that a killed run can go on?"""

from __future__ import annotations

import csv
import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest

import resolve
from resolve import arrow, batch, table
from resolve.arrow import Work
from resolve.errors import ResumeError, UsageError
from resolve.pool import Dealer, ordered
from tests.conftest import FAMILY, Run

SOME = ["Билл Клинтон", "Hillary Clinton", "Бабарико", "Nobody Known", "", "Светлана Тихановская", 'A "quoted" one']


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A small gazetteer as a CSV."""
    path = tmp_path / "people.csv"
    path.write_text(FAMILY, encoding="utf-8")
    return path


def rows(count: int) -> list[list[str]]:
    """So many rows; notes hold quotes and line breaks, names come again and are new."""
    return [
        [str(i), SOME[i % len(SOME)] if i % 3 else f"Viktar Babaryka {i}", f'note "{i}"\nin two lines' if i % 5 == 0 else ""]
        for i in range(count)
    ]  # fmt: skip


def written(folder: Path, count: int, format: str) -> Path:
    """A table with so many rows in a format."""
    path = folder / f"in.{format}"
    header = ["nr", "name", "note"]
    if format == "jsonl":
        lines = (json.dumps(dict(zip(header, row, strict=True)), ensure_ascii=False) for row in rows(count))
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    elif format == "parquet":
        pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
        parquet = pytest.importorskip("pyarrow.parquet")
        columns = list(zip(*rows(count), strict=True))
        found = pa.table({"nr": [int(nr) for nr in columns[0]], "name": columns[1], "note": columns[2]})
        parquet.write_table(found, path, row_group_size=700)
    else:
        with open(path, "w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, delimiter=table.DELIMITERS[format]).writerows([header, *rows(count)])
    return path


def shell(*arguments: object) -> list[str]:
    """The command as a process of its own."""
    return [sys.executable, "-m", "resolve.cli", *map(str, arguments)]


def done(path: Path, format: str) -> list[dict[str, Any]]:
    """The rows of a result."""
    if format == "parquet":
        found: list[dict[str, Any]] = pytest.importorskip("pyarrow.parquet").read_table(path).to_pylist()
        return found
    text = path.read_bytes().decode()
    if format == "jsonl":
        return [json.loads(line) for line in text.splitlines()]
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=table.DELIMITERS[format]))


# ---------------------------------------------------------------- formats and order


@pytest.mark.parametrize("source", table.FORMATS)
@pytest.mark.parametrize("format", table.FORMATS)
def test_every_format_goes_to_every_other_with_its_columns_unchanged(
    run: Run, tmp_path: Path, people: Path, source: str, format: str
) -> None:
    out = tmp_path / f"out.{format}"
    result = run("names", written(tmp_path, 40, source), "-g", people, "-o", out)
    assert (result.code, result.err) == (0, "")
    found = done(out, format)
    assert list(found[0]) == ["nr", "name", "note", *table.ADDED]
    assert [[str(row["nr"]), row["name"], row["note"]] for row in found] == rows(40)
    assert found[1]["entity_id"] == "us-clinton-hillary"
    assert 0.9 <= float(found[1]["probability"]) <= 1
    assert list(tmp_path.glob(".out*")) == [], "nothing is left over"


def test_parquet_keeps_the_types_of_its_columns(run: Run, tmp_path: Path, people: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    out = tmp_path / "out.parquet"
    run("names", written(tmp_path, 10, "parquet"), "-g", people, "-o", out, "--limit", "2")
    schema = parquet.read_schema(out)
    assert str(schema.field("nr").type) == "int64"
    assert str(schema.field("probability").type) == "double"
    assert done(out, "parquet")[2]["candidates"][0]["entity_id"].startswith("by-babaryka")


def test_parquet_on_standard_output_and_resuming_there_are_wrong_usage(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, 1, "csv")
    assert run("names", path, "--format", "parquet").code == 2
    assert run("names", path, "--resume").code == 2


def test_a_word_is_worked_out_by_one_process_as_long_as_both_have_as_much_to_do() -> None:
    dealer, words = Dealer(2), ("Ivan", "Anna", "Piotr", "Олена")
    met: list[set[str]] = [set(), set()]
    sizes = [0, 0]
    for number in range(40):
        names = [f"{word} {word}{number}" for word in words]
        for place, (share, cost) in enumerate(dealer.deal(names, [0, 0])):
            met[place] |= {names[i].split()[0] for i in share}
            sizes[place] += cost
    assert met[0].isdisjoint(met[1])
    assert met[0] | met[1] == set(words)
    assert sizes[0] == sizes[1]


def test_a_process_that_is_behind_gets_fewer_names() -> None:
    (few, cost), (many, _) = Dealer(2).deal([f"Name{i}" for i in range(20)], [20, 0])
    assert sorted(few + many) == list(range(20))
    assert (len(few), len(many), cost) == (5, 15, 10)


def test_several_workers_give_the_same_bytes_in_the_same_order(tmp_path: Path, people: Path) -> None:
    path = written(tmp_path, 4 * table.CHUNK + 7, "csv")
    for workers in (1, 3):
        out = tmp_path / f"out{workers}.csv"
        ended = subprocess.run(
            shell("names", path, "-g", people, "-o", out, "--workers", workers), check=False, capture_output=True
        )
        assert (ended.returncode, ended.stderr) == (0, b"")
    assert (tmp_path / "out1.csv").read_bytes() == (tmp_path / "out3.csv").read_bytes()
    assert [row["nr"] for row in done(tmp_path / "out3.csv", "csv")] == [row[0] for row in rows(4 * table.CHUNK + 7)]


def test_a_name_is_matched_once_while_it_is_remembered(
    family: resolve.Resolver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def match(resolver: resolve.Resolver, names: list[str], limit: int, lang: str) -> list[table.Answer]:
        asked.extend(names)
        return [table.answer(resolver, name, limit, lang) for name in names]

    monkeypatch.setattr(arrow, "match", match)
    monkeypatch.setattr(table, "CHUNK", 3)
    path = tmp_path / "p.csv"
    path.write_text("name\n" + "Bill Clinton\nHillary Clinton\n" * 10, encoding="utf-8")
    list(batch.Matcher(family).all(table.read(str(path), "name").chunks))
    assert asked == ["Bill Clinton", "Hillary Clinton"]
    monkeypatch.setattr(table, "MAX_MEMO", 1)
    list(batch.Matcher(family).all(table.read(str(path), "name").chunks))
    assert len(asked) > 4, "the memory is bounded"


def test_memory_does_not_grow_with_the_table(family: resolve.Resolver, tmp_path: Path) -> None:
    import tracemalloc

    peaks = []
    for count in (2_000, 20_000):
        path = tmp_path / "p.csv"
        path.write_text("name,note\n" + "Bill Clinton,a note of some length that takes memory\n" * count)
        tracemalloc.start()
        assert sum(1 for _ in batch.texts(batch.Matcher(family), table.read(str(path), "name"), "csv")) > 3
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.3


# ---------------------------------------------------------------- going on


@pytest.mark.parametrize(("source", "format"), [("csv", "csv"), ("jsonl", "jsonl"), ("csv", "jsonl"), ("tsv", "tsv")])
def test_a_result_cut_anywhere_is_completed_to_the_same_bytes(
    run: Run, tmp_path: Path, people: Path, source: str, format: str
) -> None:
    path, out = written(tmp_path, 60, source), tmp_path / f"out.{format}"
    run("names", path, "-g", people, "-o", out)
    whole = out.read_bytes()
    dice = random.Random(5)
    partial = tmp_path / f".out.{format}.partial"
    for cut in [0, 1, len(whole) - 1, len(whole), *(dice.randrange(len(whole)) for _ in range(25))]:
        for place in (partial, out):
            out.unlink(missing_ok=True)
            place.write_bytes(whole[:cut])
            assert run("names", path, "-g", people, "-o", out, "--resume").code == 0
            assert out.read_bytes() == whole, cut
            assert not partial.exists()


@pytest.mark.parametrize(("source", "format"), [("csv", "csv"), ("jsonl", "jsonl"), ("parquet", "parquet")])
def test_a_killed_run_goes_on_without_losing_or_repeating_a_row(
    tmp_path: Path, people: Path, source: str, format: str
) -> None:
    path, dice = written(tmp_path, 45_000 if format == "parquet" else 6_000, source), random.Random(7)
    whole, out = tmp_path / f"whole.{format}", tmp_path / f"out.{format}"
    subprocess.run(shell("names", path, "-g", people, "-o", whole, "--workers", 1), check=True)
    partial, killed = tmp_path / f".out.{format}.partial", 0
    for attempt in range(6):
        command = shell("names", path, "-g", people, "-o", out, "--resume", "--workers", 1 + attempt % 2)
        with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
            while process.poll() is None and not partial.exists():
                time.sleep(0.01)
            time.sleep(dice.uniform(0.0, 0.4))
            killed += process.poll() is None
            process.send_signal(signal.SIGKILL)
        assert killed == attempt + 1 or out.exists()
        assert not (out.exists() and partial.exists()), "nothing partial has the final name"
    ended = subprocess.run(shell("names", path, "-g", people, "-o", out, "--resume"), check=False, capture_output=True)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert killed, "no run lasted long enough to be killed"
    assert out.read_bytes() == whole.read_bytes()
    assert not partial.exists()


def test_workers_end_when_their_parent_is_killed(tmp_path: Path, people: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("name\n" + "".join(f"Viktar Babaryka {i}\n" for i in range(100_000)), encoding="utf-8")
    command = shell("names", path, "-g", people, "-o", tmp_path / "out.csv", "--workers", 2)
    with subprocess.Popen(command) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        if not children.exists():
            process.kill()
            pytest.skip("this system does not list the children of a process")
        found: list[str] = []
        for _ in range(1000):
            found = children.read_text().split()
            if len(found) >= 3:
                break
            time.sleep(0.02)
        process.kill()
    assert len(found) >= 2
    for _ in range(200):
        alive = [pid for pid in found if Path(f"/proc/{pid}").exists() and "Z" not in _state(pid)]
        if not alive:
            break
        time.sleep(0.05)
    assert alive == []


def _state(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


UNFIT = [
    # what the killed run left, what the message says
    (lambda out: out.replace("1,Hillary", "1,Somebody", 1), r"row 2 does not fit .*the input has 'Hillary Clinton' there"),
    (lambda out: out.replace("status", "state", 1), r"does not fit \(the header is another one"),
    (lambda out: out + out.split("\n", 1)[1], r"row 11 does not fit .*fewer rows"),
    (lambda out: out.replace("us-clinton-hillary", "somebody-else", 1), r"row 2 .*'Hillary Clinton' gives another result"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "message"), UNFIT, ids=[case[1][:30] for case in UNFIT])
def test_an_output_that_does_not_fit_is_refused_and_left_alone(
    run: Run, tmp_path: Path, people: Path, spoil: Any, message: str
) -> None:
    import re

    path, out = written(tmp_path, 10, "csv"), tmp_path / "out.csv"
    run("names", path, "-g", people, "-o", out)
    spoiled = spoil(out.read_bytes().decode())
    out.write_bytes(spoiled.encode())
    result = run("names", path, "-g", people, "-o", out, "--resume")
    assert result.code == 2
    assert re.search(message, result.err), result.err
    assert "start anew without --resume" in result.err
    assert out.read_bytes().decode() == spoiled
    assert run("names", path, "-g", people, "-o", out).code == 0


def test_parts_of_parquet_that_do_not_fit_are_refused(
    family: resolve.Resolver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    monkeypatch.setattr(batch, "PART", 30)
    monkeypatch.setattr(table, "CHUNK", 20)
    path, out = written(tmp_path, 100, "parquet"), tmp_path / "out.parquet"

    def go(limit: int = 1, resume: bool = True) -> None:
        source = table.read(str(path), "name")
        batch.to_file(batch.Matcher(family, limit), source, out, "parquet", resume, lambda *_: None)

    go(resume=False)
    whole = out.read_bytes()
    go()
    assert out.read_bytes() == whole, "a finished file may be gone on with"
    with pytest.raises(ResumeError, match="another result with this gazetteer"):
        go(limit=2)
    written(tmp_path, 20, "parquet")
    with pytest.raises(ResumeError, match="fewer rows"):
        go()
    assert out.read_bytes() == whole


def test_rows_that_cannot_be_read_are_named_again_when_a_run_goes_on(run: Run, tmp_path: Path, people: Path) -> None:
    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_text("nr,name\n1,a,b\n2,Bill Clinton\n3,Hillary Clinton\n", encoding="utf-8")
    assert run("names", path, "-g", people, "-o", out).code == 1
    whole = out.read_bytes()
    out.write_bytes(whole[:-20])
    result = run("names", path, "-g", people, "-o", out, "--resume")
    assert result.code == 1
    assert "in.csv:2: 3 fields" in result.err
    assert out.read_bytes() == whole


def test_a_table_that_breaks_off_leaves_no_result_but_can_go_on(run: Run, tmp_path: Path, people: Path) -> None:
    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_bytes(b"name\nBill Clinton\n\xff\n")
    assert run("names", path, "-g", people, "-o", out).code == 1
    assert not out.exists()
    path.write_bytes(b"name\nBill Clinton\nHillary Clinton\n")
    assert run("names", path, "-g", people, "-o", out, "--resume").code == 0
    assert [row["name"] for row in done(out, "csv")] == ["Bill Clinton", "Hillary Clinton"]


def test_a_terminal_is_told_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    from resolve import stream

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(stream, "EVERY", 0.0)
    progress = stream.Progress("rows", lambda: 0.5)
    time.sleep(0.01)
    progress.tell(500, 100)
    progress.done()
    out = terminal.getvalue()
    assert "500 rows" in out
    assert "/s, 50 %, 0:00:0" in out
    assert os.linesep not in out


def test_this_process_works_until_another_has_opened_the_gazetteer(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Future[None]] = []

    def submit(_pool: ProcessPoolExecutor, _task: object) -> Future[None]:
        started.append(Future())
        return started[-1]

    monkeypatch.setattr(ProcessPoolExecutor, "submit", submit)
    jobs = [(place, [f"name {place}"]) for place in range(5)]
    done = list(ordered(Work("names"), "nowhere", iter(jobs), 2, 2, list))
    assert done == jobs
    assert len(started) == 1


def test_no_process_is_started_where_nothing_is_left_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ProcessPoolExecutor, "submit", lambda *_: pytest.fail("started"))
    assert not list(ordered(Work("names"), "nowhere", iter(()), 2, 2, list))


def test_a_process_that_ended_early_is_told_of(tmp_path: Path) -> None:

    def here(names: Sequence[str]) -> list[str]:
        time.sleep(0.01)
        return [*names]

    with pytest.raises(UsageError, match="worker process was ended"):
        for _ in ordered(Work("names"), str(tmp_path / "no gazetteer"), repeat((0, ["name"])), 1, 2, here):
            pass
