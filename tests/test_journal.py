"""Which texts has a run finished that was killed? Whatever happens to it, the result is that of a run nobody disturbed."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

import resolve
from resolve.arrow import Source, search
from resolve.errors import OutputError, ResumeError
from resolve.journal import Journal, beside
from resolve.model import Document
from tests.conftest import FAMILY, Run

SENTENCES = [
    "Viktar and Eduard Babaryka came.", "Лукашенко встретил Клинтона.", "Nobody of note spoke.", "Yakub Kolas left.", "",
    "Wczoraj Swiatłana Cichanouska rozmawiała z Billem Clintonem, i Якуб Колас молчал.",
]  # fmt: skip


def texts(count: int) -> list[Source]:
    """So many texts, no two the same, some without any mention."""
    return [
        (f"t{i}", f"{i}. " + "\n".join(SENTENCES[(i * 5 + k) % len(SENTENCES)] for k in range(i % 5)))
        for i in range(count)
    ]


def table(folder: Path, count: int) -> Path:
    """Those texts as a table."""
    path = folder / "texts.csv"
    with open(path, "w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("id", "text"), *texts(count)])
    return path


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A small gazetteer as a CSV."""
    path = tmp_path / "people.csv"
    path.write_text(FAMILY, encoding="utf-8")
    return path


class Counted:
    """A resolver that counts the texts that it is asked for."""

    def __init__(self, resolver: resolve.Resolver) -> None:
        self.resolver, self.asked = resolver, list[str]()

    def __call__(self, sources: Iterable[Source]) -> Iterator[Document]:
        for source in sources:
            self.asked.append(source[0])
            yield from search(self.resolver, [source], all=True)


# ---------------------------------------------------------------- any format, killed anywhere


FORMATS = ["jsonl", "csv", "spreadsheet", "html", "tei", "webanno", "conllu", "iob2", "ftm", "parquet"]


@pytest.mark.parametrize("format", FORMATS)
def test_a_journal_cut_anywhere_is_completed_to_the_same_bytes(
    run: Run, tmp_path: Path, people: Path, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    if format == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    out = tmp_path / "out"
    given = ("text", table(tmp_path, 12), "--id", "id", "-g", people, "-o", out, "--format", format, "--all")
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "done", lambda _: None)
        assert run(*given).code == 0
    whole, kept = out.read_bytes(), beside(out).read_bytes()
    dice = random.Random(3)
    for cut in [0, 1, len(kept) - 1, len(kept), *(dice.randrange(len(kept)) for _ in range(6))]:
        out.unlink(missing_ok=True)
        beside(out).write_bytes(kept[:cut])
        result = run(*given, "--resume")
        assert (result.code, out.read_bytes()) == (0, whole), cut
        finished = max(0, kept[:cut].count(b"\n") - 1)
        assert bool(re.search(rf"; {finished} texts? finished before", result.err)) == (finished > 0)
        assert not beside(out).exists()


@pytest.mark.parametrize("more", [["--explain"], ["--profile"], ["--shard", "2/3"], ["--threshold", "0.5"]])
def test_evidence_profiles_and_shares_go_on_too(
    run: Run, tmp_path: Path, people: Path, monkeypatch: pytest.MonkeyPatch, more: list[str]
) -> None:
    out = tmp_path / "out"
    given = ("text", table(tmp_path, 15), "--id", "id", "-g", people, "-o", out, *more)
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "done", lambda _: None)
        run(*given)
    whole, kept = out.read_bytes(), beside(out).read_bytes()
    out.unlink()
    beside(out).write_bytes(kept[: len(kept) * 2 // 3])
    assert run(*given, "--resume").code == 0
    assert out.read_bytes() == whole
    assert len(whole) > 100


def test_a_killed_share_goes_on_and_no_finished_text_is_worked_out_again(tmp_path: Path, people: Path) -> None:
    """Shares are killed at random moments until they are whole; together they are the result of one run."""
    path, dice = table(tmp_path, 900), random.Random(11)

    def shell(*arguments: object) -> list[str]:
        given = ["text", path, "--id", "id", "-g", people, "--all", "--format", "jsonl", *arguments]
        return [sys.executable, "-m", "resolve.cli", *map(str, given)]

    shares: list[list[str]] = []
    killed = 0
    for share in ("1/2", "2/2"):
        out = tmp_path / f"out-{share[0]}.jsonl"
        finished = 0
        for attempt in range(3):
            command = shell("--shard", share, "-o", out, "--resume", "--workers", 1 + attempt % 2)
            with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
                while process.poll() is None and _finished(out) <= finished:
                    time.sleep(0.01)
                time.sleep(dice.uniform(0.0, 0.2))
                killed += process.poll() is None
                process.send_signal(signal.SIGKILL)
            assert out.exists() or _finished(out) >= finished, "what was finished is kept"
            finished = _finished(out)
        ended = subprocess.run(
            shell("--shard", share, "-o", out, "--resume"), check=True, capture_output=True, text=True
        )
        before = re.search(r"; (\d+) texts? finished before", ended.stderr)
        assert int(before[1] if before else 0) == finished or "nothing of it is left" in ended.stderr
        assert not beside(out).exists()
        shares.append(_links(out))
    assert killed, "no run lasted long enough to be killed"
    whole = tmp_path / "whole.jsonl"
    subprocess.run(shell("-o", whole), check=True, capture_output=True)
    assert sorted(line for share in shares for line in share) == sorted(_links(whole))


def _finished(out: Path) -> int:
    kept = beside(out)
    return max(0, kept.read_bytes().count(b"\n") - 1) if kept.exists() else 0


def _links(path: Path) -> list[str]:
    """The lines of a result but for the names of clusters, which number the persons of one run."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [json.dumps({key: value for key, value in row.items() if key != "cluster"}) for row in rows]


def test_a_finished_text_is_asked_for_once_more_only_as_the_proof(family: resolve.Resolver, tmp_path: Path) -> None:
    out, first = tmp_path / "out", Counted(family)
    begun = Journal(out, {}, evidence=True).documents(first, iter(texts(20)))
    wanted = [next(begun) for _ in range(13)]
    begun.close()
    again = Counted(family)
    resumed = Journal(out, {}, resume=True, evidence=True)
    found = list(resumed.documents(again, iter(texts(20))))
    assert again.asked == [f"t{i}" for i in (12, *range(13, 20))]
    assert found[:13] == wanted
    assert found == list(Counted(family)(texts(20)))


@given(st.lists(st.text(alphabet=st.characters(codec=None), max_size=30), max_size=6), st.integers(0, 6))
@settings(max_examples=40)
def test_law_any_texts_come_back_as_they_were(family: resolve.Resolver, found: list[str], stop: int) -> None:
    import tempfile

    sources = [(f"\ud800{i}", f"Bill Clinton {text}") for i, text in enumerate(found)]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        begun = Journal(out, {}, evidence=True).documents(Counted(family), iter(sources))
        for _, _ in zip(range(stop), begun):
            pass
        begun.close()
        resumed = Journal(out, {}, resume=True, evidence=True)
        assert list(resumed.documents(Counted(family), iter(sources))) == list(Counted(family)(sources))
        assert resumed.kept == min(stop, len(sources))


# ---------------------------------------------------------------- what does not fit


def _kept(run: Run, out: Path, monkeypatch: pytest.MonkeyPatch, *given: object) -> bytes:
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "done", lambda _: None)
        run(*given, "-o", out)
    out.unlink()
    return beside(out).read_bytes()


def test_another_input_gazetteer_or_option_is_refused_and_the_journal_left_alone(
    run: Run, tmp_path: Path, people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, out = table(tmp_path, 8), tmp_path / "out.jsonl"
    given = ("text", path, "--id", "id", "-g", people)
    kept = _kept(run, out, monkeypatch, *given)
    other = tmp_path / "other.csv"
    other.write_text("id,name\nx,Yakub Kolas\n", encoding="utf-8")
    fewer, changed = tmp_path / "fewer.csv", tmp_path / "changed.csv"
    lines = path.read_text(encoding="utf-8")
    fewer.write_text("id,text\nt0,0. \n", encoding="utf-8")
    changed.write_text(lines.replace("Babaryka came", "Babaryka went", 1), encoding="utf-8")
    cases = [
        ((*given, "--threshold", "0.8"), "another threshold"),
        ((*given, "--all"), "another all"),
        ((*given, "--shard", "1/2"), "another shard"),
        (("text", path, "--id", "id", "-g", other), "another gazetteer"),
        (("text", fewer, "--id", "id", "-g", people), "row 2 does not fit (the input has fewer texts)"),
        (("text", changed, "--id", "id", "-g", people), "the input has another text there"),
    ]
    for arguments, said in cases:
        result = run(*arguments, "-o", out, "--resume")
        assert (result.code, said in result.err) == (2, True), result.err
        assert "start anew without --resume" in result.err
        assert beside(out).read_bytes() == kept
        assert not out.exists()
    assert run(*given, "-o", out).code == 0, "without --resume it is begun anew"
    assert not beside(out).exists()


def test_another_result_for_the_last_finished_text_is_refused(family: resolve.Resolver, tmp_path: Path) -> None:
    out = tmp_path / "out"
    list(Journal(out, {}).documents(Counted(family), iter(texts(4))))

    def otherwise(sources: Iterable[Source]) -> Iterator[Document]:
        yield from (Document(*source) for source in sources)

    with pytest.raises(ResumeError, match="'t3' gives another result"):
        list(Journal(out, {}, resume=True).documents(otherwise, iter(texts(4))))


SPOILT: list[Callable[[bytes], bytes]] = [
    lambda kept: kept.replace(b"Clinton", b"Clintom", 1),
    lambda kept: kept.replace(b"\n", b"\nrubbish\n", 1),
    lambda kept: kept + b"\0" * 500,
    lambda kept: kept[:-40] + b"\0" * 40,
]


@pytest.mark.parametrize("spoil", SPOILT)
def test_what_is_damaged_is_worked_out_again(
    family: resolve.Resolver, tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    out = tmp_path / "out"
    list(Journal(out, {}, evidence=True).documents(Counted(family), iter(texts(12))))
    beside(out).write_bytes(spoil(beside(out).read_bytes()))
    resumed = Journal(out, {}, resume=True, evidence=True)
    assert list(resumed.documents(Counted(family), iter(texts(12)))) == list(Counted(family)(texts(12)))
    once_more = Journal(out, {}, resume=True, evidence=True)
    list(once_more.documents(Counted(family), iter(texts(12))))
    assert once_more.kept == 12


def test_what_is_no_journal_is_refused(family: resolve.Resolver, tmp_path: Path) -> None:
    out = tmp_path / "out"
    beside(out).write_bytes(b"id,name\n1,Kolas\n")
    with pytest.raises(ResumeError, match="no journal of `resolve text`"):
        list(Journal(out, {}, resume=True).documents(Counted(family), iter(texts(1))))
    assert beside(out).read_bytes() == b"id,name\n1,Kolas\n"
    with pytest.raises(OutputError, match="cannot be written"):
        list(Journal(tmp_path / "none" / "out", {}).documents(Counted(family), iter(texts(1))))


# ---------------------------------------------------------------- the command


def test_a_whole_result_is_left_as_it_is(run: Run, tmp_path: Path, people: Path) -> None:
    out = tmp_path / "out.jsonl"
    given = ("text", table(tmp_path, 5), "--id", "id", "-g", people, "-o", out, "--resume")
    assert run(*given).code == 0
    before = out.stat().st_mtime_ns
    result = run(*given)
    assert (result.code, "nothing of it is left to do" in result.err) == (0, True)
    assert out.stat().st_mtime_ns == before


def test_going_on_wants_a_file(run: Run, tmp_path: Path) -> None:
    result = run("text", table(tmp_path, 1), "--resume")
    assert (result.code, "-o" in result.err) == (2, True)


def test_a_folder_of_files_and_their_extracted_texts_go_on(
    run: Run, tmp_path: Path, people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for i in range(6):
        (folder / f"{i}.html").write_text(f"<p>{i}. Bill Clin&shy;ton came.", encoding="utf-8")
    out = tmp_path / "out.csv"
    given = ("text", folder, "-g", people)
    kept = _kept(run, out, monkeypatch, *given)
    beside(out).write_bytes(kept[: len(kept) // 2])
    assert run(*given, "-o", out, "--resume").code == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert [Path(row["doc"]).name for row in rows] == [f"{i}.html" for i in range(6)]
    assert len(list((tmp_path / "out.csv.texts").glob("*.txt"))) == 6
