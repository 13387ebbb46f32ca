"""How are benchmarks run one after the other, and two beside each other, and what came of it?

Every run is a process of its own with an empty cache. Those that count what is right run two at a time; those that measure times
follow, one at a time. One that fails, takes too long or counts something else than it declares is named at the end, and
the others go on. Each writes its result as soon as it has one; what a program printed is shown when it has ended.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.catalogue import BENCHMARKS, FOLDER, Benchmark, Step, found, steps
from benchmarks.common import HERE, RESULTS, save, table

LANES = 2
"""So many run beside each other where they measure no times, if nobody says otherwise."""

TIMEOUT = 20.0
"""Minutes after which a run is ended, or five times what it should take, if that is more."""

SINGLE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Libraries keep to one core, for the other is another benchmark's."""


@dataclass(frozen=True, slots=True)
class Done:
    """A run that has ended: what it was, how long it took, and what was wrong with it."""

    step: Step
    seconds: float
    faults: tuple[str, ...]
    said: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is run, and what is left out, with the reason."""

    steps: tuple[Step, ...]
    left_out: tuple[str, ...]


def planned(names: Sequence[str], data: Path | None, full: bool) -> Plan:
    """What to run for these names; `all` is everything that can run here, at the size that fits half an hour.

    Raises:
        SystemExit: there is no benchmark of such a name, no such folder, or one that was named cannot run here; says what it needs.

    """
    if data is not None and not data.is_dir():
        raise SystemExit(f"--data {data} is no folder; `python -m benchmarks list` says what has to be in it")
    left_out, chosen = [], []
    for benchmark in BENCHMARKS if "all" in names else map(found, names):
        if reason := why_not(benchmark, data, full or "all" not in names):
            if "all" not in names:
                raise SystemExit(reason)
            left_out.append(reason)
        else:
            chosen += steps(benchmark, full)
    return Plan(tuple(chosen), tuple(left_out))


def why_not(benchmark: Benchmark, data: Path | None, named: bool) -> str:
    """Why a benchmark cannot run, or is not asked for; empty where nothing stands against it."""
    if benchmark.obtain and data is None:
        return f"{benchmark.name} needs data that do not ship: give a folder with --data. In it: {benchmark.obtain}"
    if lacking := benchmark.lacking():
        return f"{benchmark.name} needs {benchmark.programs}; not found: {lacking}"
    return "" if named or not benchmark.only_full else f"{benchmark.name} runs by its name or with --full only"


def miscounted(benchmark: Benchmark, folder: Path = RESULTS) -> list[str]:
    """What a benchmark should have counted and did not, in its newest result."""
    paths = sorted(folder.glob(f"????-??-??-{benchmark.results[0]}.json"))
    if not paths:
        return [f"{benchmark.name}: no result {benchmark.results[0]}"]
    facts = json.loads(paths[-1].read_text(encoding="utf-8"))
    counted = {what: at(facts, what) for what in benchmark.counts}
    return [
        f"{benchmark.name}: {what} is {counted[what]}, and should be {count}"
        for what, count in benchmark.counts.items()
        if counted[what] != count
    ]


def at(facts: Any, place: str) -> Any:
    """What stands at a place of a result; nothing where there is no such place.

    >>> at({"sizes": {"1000": {"asked": 300}}}, "sizes / 1000 / asked")
    300
    """
    for key in place.split(" / "):
        facts = facts.get(key) if isinstance(facts, dict) else None
    return facts


def command(step: Step, data: Path | None) -> list[str]:
    """What is started for a step."""
    filled = [argument.replace(FOLDER, str(data.resolve() if data else "")) for argument in step.arguments]
    return [sys.executable, "-m", f"benchmarks.{step.benchmark.module}", *filled]


def ended(process: subprocess.Popen[bytes], seconds: float) -> str:
    """Wait for a process and everything that it started; say why it ended wrongly, if it did."""
    try:
        code = process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return f"was ended after {seconds / 60:.0f} minutes"
    return f"ended with {code}" if code else ""


def run(step: Step, data: Path | None, cache: Path, running: set[subprocess.Popen[bytes]]) -> Done:
    """Measure, and look whether what should have been written was, with the counts that are declared."""
    began, since = time.perf_counter(), time.time()
    environment = {**os.environ, **SINGLE, "RESOLVE_CACHE_DIR": str(cache), "RESOLVE_BENCHMARK_RESULTS": str(RESULTS)}
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command(step, data), cwd=HERE.parent, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )  # fmt: skip
        running.add(process)
        fault = ended(process, 60 * max(TIMEOUT, 5 * step.minutes))
        running.discard(process)
        output.seek(0)
        said = output.read().decode("utf-8", "replace")
    faults = [f"{step.label} {fault}"] if fault else [*unwritten(step, since)]
    if not faults and step.arguments in step.benchmark.runs and step.results[0] == step.benchmark.results[0]:
        faults = miscounted(step.benchmark)
    return Done(step, time.perf_counter() - began, tuple(faults), said)


def unwritten(step: Step, since: float) -> Iterator[str]:
    """The results that a step should have written and did not."""
    for name in step.results:
        written = [path.stat().st_mtime for path in RESULTS.glob(f"????-??-??-{name}.json")]
        if max(written, default=0.0) < since - 1:
            yield f"{step.label} wrote no result {name}"


class Progress:
    """What has been done, said line by line: how far the work is and how long it should still take."""

    def __init__(self, waiting: Sequence[Step], lanes: int = LANES) -> None:
        """Nothing is done yet."""
        self.began = time.perf_counter()
        self.waiting, self.lanes = list(waiting), lanes
        self.all = len(self.waiting)
        self.done: list[Done] = []
        self.lock = threading.Lock()

    def left(self) -> float:
        """The minutes that are left: what is declared, at the pace of what is done, those side by side shared by the lanes."""
        declared = sum(done.step.minutes for done in self.done)
        pace = sum(done.seconds for done in self.done) / 60 / declared if declared > 1 else 1.0
        alone = sum(step.minutes for step in self.waiting if step.benchmark.alone)
        beside = [step.minutes for step in self.waiting if not step.benchmark.alone]
        return pace * (alone + max(sum(beside) / self.lanes, max(beside, default=0.0)))

    def end(self, done: Done) -> None:
        """Say that a step has ended, and what it printed."""
        with self.lock:
            self.waiting.remove(done.step)
            self.done.append(done)
            sys.stderr.write(f"\n== {done.step.label}\n{done.said.rstrip()}\n")
            for fault in done.faults:
                sys.stderr.write(f"!! {fault}\n")
            spent, left = (time.perf_counter() - self.began) / 60, self.left()
            sys.stderr.write(
                f"== {len(self.done)} of {self.all} done, {done.step.label} in {done.seconds:.0f} s; {spent:.0f} min spent, about {left:.0f} left\n"
            )
            sys.stderr.flush()


def executed(plan: Plan, data: Path | None, lanes: int = LANES) -> list[Done]:
    """Run everything: the longest first where two run side by side, then what has to be alone."""
    progress = Progress(plan.steps, lanes)
    running: set[subprocess.Popen[bytes]] = set()
    beside = sorted((s for s in plan.steps if not s.benchmark.alone), key=lambda s: -s.minutes)
    alone = [step for step in plan.steps if step.benchmark.alone]
    sys.stderr.write(
        f"== {len(plan.steps)} runs, about {progress.left():.0f} minutes on an idle machine of two cores\n"
    )
    with tempfile.TemporaryDirectory(prefix="onomast-benchmarks-") as folder:

        def do(step: Step) -> None:
            progress.end(run(step, data, Path(folder), running))

        for side_by_side, chosen in ((lanes, beside), (1, alone)):
            with ThreadPoolExecutor(side_by_side) as pool:
                try:
                    list(pool.map(do, chosen))
                except KeyboardInterrupt:
                    pool.shutdown(wait=False, cancel_futures=True)
                    for process in list(running):
                        os.killpg(process.pid, signal.SIGKILL)
                    raise
    return progress.done


def summary(plan: Plan, done: Sequence[Done], minutes: float) -> str:
    """How long everything took, what failed and what was left out."""
    rows: list[list[object]] = [
        [one.step.label, f"{one.seconds:.0f}", f"{60 * one.step.minutes:.0f}", "; ".join(one.faults) or "ok"] for one in done
    ]  # fmt: skip
    failed = [fault for one in done for fault in one.faults]
    lines = [
        table(["", "seconds", "declared", ""], rows),
        *(f"left out: {reason}" for reason in plan.left_out),
        f"{len(done)} runs in {minutes:.1f} minutes, {len(failed)} faults; results are in {RESULTS}",
    ]
    return "\n".join(lines)


def main(names: Sequence[str], data: Path | None, full: bool, lanes: int = LANES) -> int:
    """Run, print the summary, write it as a result where everything was asked for; 1 where something failed."""
    plan = planned(names, data, full)
    began = time.perf_counter()
    done = executed(plan, data, lanes)
    minutes = (time.perf_counter() - began) / 60
    print(summary(plan, done, minutes))
    faults = [fault for one in done for fault in one.faults]
    if "all" in names:
        facts: dict[str, Any] = {
            "data": data is not None, "full": full, "lanes": lanes, "minutes": round(minutes, 1),
            "seconds": {one.step.label: round(one.seconds) for one in done},
            "faults": faults, "left_out": [reason.partition(":")[0] for reason in plan.left_out],
        }  # fmt: skip
        save("run-with-data" if data else "run", facts)
    return int(bool(faults))
