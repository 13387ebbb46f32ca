"""What happens when a process is killed, a disk is full, a folder goes away, or two work on one thing at once."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import resolve
from resolve.errors import CompiledError
from resolve.index import compile_rows, fingerprint, open_index
from resolve.model import Row
from tests.conftest import FAMILY

FIRST = [Row(f"a{i}", f"Viktar Babaryka{i}") for i in range(40)]
SECOND = [Row(f"b{i}", f"Eduard Babaryka{i}") for i in range(60)]
KILLS = int(os.environ.get("RESOLVE_KILLS", "6"))
"""A process is killed at so many random moments."""


def python(code: str, *arguments: object) -> list[str]:
    """A process of its own that runs some code."""
    return [sys.executable, "-c", code, *map(str, arguments)]


def shell(*arguments: object) -> list[str]:
    """The command as a process of its own."""
    return [sys.executable, "-m", "resolve.cli", *map(str, arguments)]


def whole(folder: Path) -> bool:
    """Whether a compiled gazetteer is one of the two, to the last byte."""
    index = open_index(folder)
    names = {index.name(i).text for i in range(index.names)}
    return index.header["checksum"] == index.checksum() and names in [{r.name for r in FIRST}, {r.name for r in SECOND}]


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A small gazetteer as a CSV."""
    path = tmp_path / "people.csv"
    path.write_text(FAMILY, encoding="utf-8")
    return path


# ---------------------------------------------------------------- killed

WRITER = """
import sys
from resolve.index import compile_rows
from tests.test_faults import FIRST, SECOND
print("ready", flush=True)
while True:
    compile_rows(SECOND, sys.argv[1])
    compile_rows(FIRST, sys.argv[1])
"""


def begun(code: str, *arguments: object) -> subprocess.Popen[bytes]:
    """A process that has said that it is ready."""
    process = subprocess.Popen(python(code, *arguments), stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


def killed(process: subprocess.Popen[bytes], sign: int = signal.SIGKILL) -> None:
    """End a process."""
    process.send_signal(sign)
    process.wait(timeout=60)
    if process.stdout:
        process.stdout.close()


def test_a_compiler_killed_at_any_moment_leaves_a_whole_gazetteer(tmp_path: Path) -> None:
    folder, chance = tmp_path / "idx", random.Random(1)
    compile_rows(FIRST, folder)
    for _ in range(KILLS):
        process = begun(WRITER, folder)
        time.sleep(chance.random() * 0.4)
        killed(process)
        assert whole(folder)


def test_two_compilers_and_a_reader_at_once_meet_only_whole_gazetteers(tmp_path: Path) -> None:
    folder = tmp_path / "idx"
    compile_rows(FIRST, folder)
    writers = [begun(WRITER, folder), begun(WRITER, folder)]
    try:
        until, reads = time.monotonic() + 3, 0
        while time.monotonic() < until:
            assert whole(folder)
            reads += 1
    finally:
        for writer in writers:
            killed(writer)
    assert reads > 10
    assert whole(folder)


OPENER = """
import sys, resolve
print("ready", flush=True)
print(resolve.open(sys.argv[1]).match("Babaryka, Viktar").entity_id)
"""


def test_several_processes_that_compile_one_source_into_one_cache_all_answer(
    tmp_path: Path, people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESOLVE_CACHE_DIR", str(tmp_path / "cache"))
    processes = [subprocess.Popen(python(OPENER, people), stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [process.communicate(timeout=120)[0].split()[-1] for process in processes] == ["by-babaryka-viktar"] * 3
    (entry,) = (tmp_path / "cache").iterdir()
    assert resolve.Resolver(open_index(entry)).match("Viktar Babaryka").entity_id == "by-babaryka-viktar"


def test_what_a_killed_compiler_left_is_not_taken_for_anything(tmp_path: Path) -> None:
    folder = tmp_path / "idx"
    compile_rows(FIRST, folder)
    (folder / "0123456789abcdef-01234567.bin").write_bytes(b"half")
    (folder / "header.json.01234567").write_text("{")
    assert whole(folder)
    compile_rows(SECOND, folder)
    assert whole(folder)


def test_names_killed_at_any_moment_go_on_to_the_same_bytes(tmp_path: Path, people: Path) -> None:
    source, out, chance = tmp_path / "in.csv", tmp_path / "out.csv", random.Random(2)
    source.write_text("name\n" + "".join(f"Viktar Babaryka {i}\n" for i in range(1500)), encoding="utf-8")
    command = shell("names", source, "-c", "name", "-g", people, "-j", 1, "-o", out)
    subprocess.run(command, check=True, capture_output=True)
    expected = out.read_bytes()
    out.unlink()
    for _ in range(KILLS):
        process = subprocess.Popen([*command, "--resume"], stderr=subprocess.DEVNULL)
        time.sleep(0.5 + chance.random() * 2)
        killed(process)
        assert not out.exists() or out.read_bytes() == expected
    subprocess.run([*command, "--resume"], check=True, capture_output=True)
    assert out.read_bytes() == expected
    assert not list(tmp_path.glob(".out*"))


# ---------------------------------------------------------------- interrupted, closed, full

SLOW = "".join(f"Viktar Babaryka {i} met Bill Clinton.\n" for i in range(60_000))


BUSY = 2.5
"""So many seconds of CPU a command has used when it is well at work, however slow the machine is."""


def at_work(process: subprocess.Popen[bytes]) -> None:
    """Wait until a command works on its input."""
    facts = Path(f"/proc/{process.pid}/stat")
    if not facts.exists():
        time.sleep(6)
        return
    while process.poll() is None:
        ticks = facts.read_text(encoding="utf-8").rpartition(")")[2].split()
        if (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK") > BUSY:
            return
        time.sleep(0.05)


@pytest.mark.parametrize("what", ["text", "names", "cluster"])
def test_control_c_ends_with_130_and_no_unfinished_file(tmp_path: Path, people: Path, what: str) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(f"name\n{SLOW}", encoding="utf-8")
    options = {"text": ["-g", people], "names": ["-g", people, "-j", 1], "cluster": ["-j", 1]}[what]
    process = subprocess.Popen(
        shell(what, source, "-c", "name", "-o", out, *options), stderr=subprocess.PIPE,
        # what runs in the background of a shell ignores it, and so would its children
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )  # fmt: skip
    at_work(process)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said.decode().splitlines()[-1:]) == (130, ["interrupted"])
    assert not out.exists()


COMMANDS: list[Callable[[Path], list[str]]] = [
    lambda people: shell("text", people, "-c", "name", "-g", people, "--all"),
    lambda people: shell("names", people, "-c", "name", "-g", people, "-j", 1),
    lambda people: shell("cluster", people, "-c", "name", "-j", 1),
    lambda _: shell("explain", "Vlasova", "Уласава"),
    lambda _: shell("variants", "Ціханоўская"),
    lambda people: shell("gazetteer", "info", people),
    lambda people: shell("gazetteer", "import", people, "--from", "table"),
]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk_ends_with_2_and_says_so(people: Path, command: Callable[[Path], list[str]]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command(people), stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("error: standard output: No space left on device; ")
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_that_goes_away_ends_it_without_a_word(people: Path, command: Callable[[Path], list[str]]) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(command(people), stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    assert "error" not in done.stderr
    assert done.returncode in {0, 1}


@pytest.mark.parametrize("what", ["compile", "names", "text", "parquet", "cluster"])
def test_a_file_that_cannot_grow_leaves_nothing_under_the_final_name(tmp_path: Path, people: Path, what: str) -> None:
    source, out = tmp_path / "in.csv", tmp_path / ("out.parquet" if what == "parquet" else "out.csv")
    source.write_text("name\n" + "".join(f"Viktar Babaryka {i}\n" for i in range(400)), encoding="utf-8")
    command = {
        "compile": shell("gazetteer", "compile", people, "-o", out),
        "text": shell("text", source, "-c", "name", "-g", people, "-o", out),
        "cluster": shell("cluster", source, "-c", "name", "-j", 1, "-o", out),
    }.get(what, shell("names", source, "-c", "name", "-g", people, "-j", 1, "-o", out))
    # with the gazetteer in the cache already, only the result is too large
    subprocess.run(shell("gazetteer", "info", people), check=True, capture_output=True)
    done = subprocess.run(
        command, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)),
    )  # fmt: skip
    assert done.returncode == 2
    assert "File too large" in done.stderr
    assert "Traceback" not in done.stderr
    # what cluster compiles for itself is in a temporary folder, which is named then
    assert (tempfile.gettempdir() if what == "cluster" else f"{out.name}: cannot be written (") in done.stderr
    if what == "compile":
        with pytest.raises(CompiledError):
            open_index(out)
        assert not list(out.iterdir())
    else:
        assert not out.exists()


@pytest.mark.parametrize("megabytes", [90, 150, 250])
def test_too_little_memory_ends_with_a_message(people: Path, megabytes: int) -> None:
    limit = megabytes << 20
    code = (
        "import resource, sys; from resolve import cli; from pathlib import Path; size = int(sys.argv.pop());"
        "used = int(Path('/proc/self/statm').read_text().split()[0]) * resource.getpagesize();"
        "resource.setrlimit(resource.RLIMIT_AS, (used + size, used + size)); cli.main()"
    )
    if not Path("/proc/self/statm").exists():
        pytest.skip("no /proc")
    huge = people.with_name("huge.txt")
    huge.write_text("Viktar Babaryka met Bill Clinton. " * 400_000, encoding="utf-8")
    done = subprocess.run(
        python(code, "text", huge, "-g", people, limit), capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode in {1, 2}
    assert "Traceback" not in done.stderr
    assert "memory" in done.stderr


# ---------------------------------------------------------------- folders that go away, and may not be written


def test_a_gazetteer_whose_folder_goes_away_still_answers(tmp_path: Path, people: Path) -> None:
    compile_rows(FIRST, tmp_path / "idx")
    resolver = resolve.open(tmp_path / "idx")
    shutil.rmtree(tmp_path / "idx")
    assert resolver.match("Viktar Babaryka7").entity_id == "a7"
    assert people.exists()


def test_a_working_folder_that_went_away_is_no_traceback(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    code = f"import os; os.mkdir({str(gone)!r}); os.chdir({str(gone)!r}); os.rmdir({str(gone)!r}); from resolve import cli; cli.main()"
    for arguments in (
        ["text", "a.txt"],
        ["gazetteer", "compile", "x.csv", "-o", "y"],
        ["names", "a.csv", "-c", "name"],
    ):
        done = subprocess.run(
            python(code, *arguments), capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        )  # fmt: skip
        assert done.returncode in {1, 2}, done.stderr
        assert "Traceback" not in done.stderr


@pytest.fixture
def small() -> Iterator[Path]:
    """A file system of 100 KB; apart from what pytest cleans up, which would stumble over it."""
    place = Path(tempfile.mkdtemp(prefix="onomast-small-"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        place.rmdir()
        pytest.skip("no file system can be mounted here")
    yield place
    # what still holds a file there does not keep it
    subprocess.run(["umount", "-l", place], check=True)
    place.rmdir()


def test_a_folder_that_may_not_be_written_is_named(small: Path, people: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (small / "t.txt").write_text("Viktar Babaryka\n", encoding="utf-8")
    subprocess.run(["mount", "-o", "remount,ro", small], check=True)
    monkeypatch.setenv("RESOLVE_CACHE_DIR", str(small / "cache"))
    for arguments, code in (
        (["text", small / "t.txt", "-g", people], 0),
        (["text", small / "t.txt", "-g", people, "-o", small / "out.csv"], 2),
        (["names", people, "-c", "name", "-g", people, "-j", 2, "-o", small / "out.csv"], 2),
        (["gazetteer", "compile", people, "-o", small / "idx"], 2),
    ):
        done = subprocess.run(shell(*arguments), capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        assert code == 0 or "Read-only file system" in done.stderr


@pytest.mark.parametrize("what", ["names", "text"])
def test_a_disk_that_fills_up_leaves_the_old_and_goes_on_when_there_is_room(
    small: Path, tmp_path: Path, people: Path, what: str
) -> None:
    source, out = tmp_path / "in.csv", small / "out.csv"
    source.write_text("name\n" + "".join(f"Viktar Babaryka {i}\n" for i in range(2500)), encoding="utf-8")
    compile_rows(FIRST, small / "idx")
    (small / "filler").write_bytes(b"x" * 8000)
    command = shell(what, source, "-c", "name", "-g", people, *(["-j", 1] if what == "names" else []), "-o", out)
    # the journal of texts leaves room enough for a small gazetteer
    compiling = [shell("gazetteer", "compile", people, "-o", small / "idx")] if what == "names" else []
    for arguments in (command, *compiling):
        done = subprocess.run(arguments, capture_output=True, text=True, check=False)
        assert done.returncode == 2, done.stderr
        assert "No space left on device" in done.stderr
        assert "Traceback" not in done.stderr
    assert whole(small / "idx")
    assert not out.exists()
    shutil.rmtree(small / "idx")
    subprocess.run(["mount", "-o", "remount,size=4m", small], check=True)
    subprocess.run([*command, "--resume"], check=True, capture_output=True)
    assert len(out.read_text(encoding="utf-8").splitlines()) == 2501


def test_a_cache_of_another_version_is_left_alone_and_not_used(
    tmp_path: Path, people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESOLVE_CACHE_DIR", str(tmp_path / "cache"))
    resolve.open(people)
    (entry,) = (tmp_path / "cache").iterdir()
    header = json.loads((entry / "header.json").read_text())
    (entry / "header.json").write_text(json.dumps({**header, "version": 99, "fingerprint": "0" * 16}))
    other = entry.rename(entry.with_name(entry.name.replace(fingerprint(), "0" * 16)))
    before = {path.name: path.read_bytes() for path in other.iterdir()}
    assert resolve.open(people).match("Viktar Babaryka").entity_id == "by-babaryka-viktar"
    assert {path.name: path.read_bytes() for path in other.iterdir()} == before
    with pytest.raises(CompiledError, match=r"made with version 99.*resolve gazetteer compile"):
        resolve.open(other)


# ---------------------------------------------------------------- decisions

REVIEWER = """
import sys
from pathlib import Path
from resolve.service.decisions import Decided, Ledger
ledger = Ledger(Path(sys.argv[1]))
print("ready", flush=True)
i = 0
while True:
    time = ledger.add([Decided(f"e{i}", f"Ivan Petrov {i}", "alias"), Decided(f"x{i}", f"Ivan Petrov {i}", "exclude")])
    print(time, flush=True)
    if i % 5 == 4:
        ledger.undo(time)
        print("undone", time, flush=True)
    i += 1
"""


def test_no_decision_that_was_confirmed_is_lost_when_the_service_is_killed(tmp_path: Path) -> None:
    from resolve.service.decisions import Ledger

    path, chance = tmp_path / "decided.csv", random.Random(3)
    kept: set[str] = set()
    for _ in range(KILLS):
        process = begun(REVIEWER, path)
        time.sleep(chance.random() * 0.5)
        process.kill()
        said = (process.stdout.read() if process.stdout else b"").decode().splitlines()
        killed(process)
        said = said[:-1] if said and not said[-1].endswith("Z") else said
        kept |= {line for line in said if not line.startswith("undone")}
        kept -= {line.split()[1] for line in said if line.startswith("undone")}
        ledger = Ledger(path)
        times = [row.time for row in ledger.rows]
        ledger.close()
        # the last one may have been taken back, or kept, without having been confirmed
        assert len(kept - set(times)) <= 1
        assert len(set(times) - kept) <= 1
        assert all(times.count(time) == 2 for time in times), "a decision has all of its rows or none"
        kept = set(times)
