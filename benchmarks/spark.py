"""What does one core do under Spark, and what with the command, of the same names and texts?

    python -m benchmarks.spark [--persons persons.tsv.gz] [--sizes 10000 100000] [--names 1200] [--texts 50] [--no-save]

In one run and over one compiled gazetteer (that of `benchmarks.scale`): `resolve names` and `resolve text` with two worker
processes, from Parquet to Parquet, and `match_names` and `resolve_text` on ``local[2]``, from Parquet to Parquet too. Texts
are those of `benchmarks.exchanged`, about 3,000 characters each, names other spellings of persons of the gazetteer, each
once. Both sides are warmed by a first part of the rows, which is not counted: Spark by a job before, the command by the
difference of two runs, with and without the rest. So starting, opening and loading stand apart, as `start`.

`cpu` are seconds of all processes of a side (for Spark the Java machine and its Python workers), `wall` of the clock; on a
busy machine only the first compares. A rate is rows for each second of CPU time, which is what one core does.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.common import save, table
from benchmarks.exchanged import documents
from benchmarks.newswire import persons_made
from benchmarks.scale import SEED, compiled, people, spellings, write

CORES = 2
WARM = 0.2
"""So large a part of the rows comes first and is not counted."""
TASKS = 8
"""So many tasks do the rest."""
COLUMNS = {"names": "name", "texts": "text"}


def tree(root: int) -> Iterator[tuple[str, float]]:
    """The name and the CPU seconds of a process and of all that it has started, with those that have ended."""
    facts = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            name, _, rest = (folder / "stat").read_text().partition("(")[2].rpartition(")")
        except OSError:
            continue
        fields = rest.split()
        facts[int(folder.name)] = (int(fields[1]), name, sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK"))
    inside = {root}
    for _ in range(6):
        inside |= {pid for pid, (parent, *_) in facts.items() if parent in inside}
    for pid in inside & set(facts):
        yield facts[pid][1:]


def spent(root: int) -> dict[str, float]:
    """CPU seconds by kind of process."""
    found = {"java": 0.0, "python": 0.0}
    for name, seconds in tree(root):
        found["java" if name == "java" else "python"] += seconds
    return found


# ---------------------------------------------------------------- Spark


def session(folder: Path, kind: str) -> None:
    """One job to warm, one to measure; prints what it took as JSON."""
    from pyspark.sql import SparkSession

    from resolve.integrations.spark import match_names, resolve_text

    began = time.perf_counter()
    spark = (
        SparkSession.builder.master(f"local[{CORES}]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )

    def job(part: str) -> int:
        rows = spark.read.parquet(str(folder / f"{kind}-{part}.parquet")).repartition(TASKS)
        run = match_names if kind == "names" else resolve_text
        found = run(rows, COLUMNS[kind], folder / "people.idx", everywhere=True)
        found.write.parquet(str(folder / f"spark-{kind}-{part}"))
        return int(spark.read.parquet(str(folder / f"spark-{kind}-{part}")).count())

    job("warm")
    start, before, middle = time.perf_counter() - began, spent(os.getpid()), time.perf_counter()
    rows = job("rest")
    wall, after = time.perf_counter() - middle, spent(os.getpid())
    cpu = {who: after[who] - before[who] for who in after}
    print(json.dumps({"rows": rows, "wall": wall, "cpu": sum(cpu.values()), "java": cpu["java"], "start": start}))
    spark.stop()


def by_spark(folder: Path, kind: str) -> dict[str, float]:
    """What Spark takes."""
    command = [sys.executable, "-m", "benchmarks.spark", "--session", str(folder), kind]
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


# ---------------------------------------------------------------- the command


def by_command(folder: Path, kind: str) -> dict[str, float]:
    """What the command takes: the difference of a run with all rows and one with the first."""

    def run(part: str) -> tuple[float, float]:
        source, output = folder / f"{kind}-{part}.parquet", folder / f"command-{kind}-{part}.parquet"
        what = ["names"] if kind == "names" else ["text", "--id", "id"]
        command = [sys.executable, "-m", "resolve.cli", *what, source, "-c", COLUMNS[kind], "-g", folder / "people.idx"]
        usage, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([*map(str, command), "-o", str(output), "-j", str(CORES)], check=True, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - usage.ru_utime - usage.ru_stime
        return time.perf_counter() - began, cpu

    start, first = run("warm")
    wall, cpu = run("all")
    rows = sum(
        pq.read_metadata(folder / f"command-{kind}-{part}.parquet").num_rows * sign
        for part, sign in (("all", 1), ("warm", -1))
    )
    return {"rows": rows, "wall": wall - start, "cpu": cpu - first, "start": start}


# ---------------------------------------------------------------- both


def prepared(folder: Path, known: dict[str, list[str]], size: int, names: int, texts: int) -> int:
    """Write the gazetteer and the rows; returns how many names the gazetteer holds."""
    dice = random.Random(SEED)
    found = list(people(known, size, dice))
    write(folder / "people.csv", found)
    compiled(folder / "people.csv", folder / "people.idx")
    wanted = {
        "names": [known[id][-1] for id in dice.sample(list(known), min(names, len(known)))],
        "texts": list(islice(documents(10**9), texts)),
    }
    for kind, values in wanted.items():
        cut = int(len(values) * WARM)
        rows = pa.table({"id": [str(i) for i in range(len(values))], COLUMNS[kind]: values})
        for part, chosen in (("warm", rows.slice(0, cut)), ("rest", rows.slice(cut)), ("all", rows)):
            pq.write_table(chosen, folder / f"{kind}-{part}.parquet")
    return len(found)


def measured(folder: Path) -> dict[str, Any]:
    """What the command and Spark take of names and of texts."""
    result: dict[str, Any] = {}
    for kind in COLUMNS:
        asked = pq.read_metadata(folder / f"{kind}-rest.parquet").num_rows
        for who, run in (("command", by_command), ("spark", by_spark)):
            facts = run(folder, kind)
            facts["rate"] = asked / facts["cpu"]
            result[f"{kind}, {who}"] = {"asked": asked, **{key: round(value, 2) for key, value in facts.items()}}
            print(json.dumps({f"{kind}, {who}": result[f"{kind}, {who}"]}), flush=True)
        same = result[f"{kind}, command"]["rows"] == result[f"{kind}, spark"]["rows"]
        assert same, "they do not find the same"
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--persons", type=Path, help="table of persons: entity_id, name, lang, script")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--names", type=int, default=1200)
    parser.add_argument("--texts", type=int, default=50)
    parser.add_argument("--session", nargs=2, metavar=("FOLDER", "KIND"), help=argparse.SUPPRESS)
    parser.add_argument("--no-save", action="store_true")
    options = parser.parse_args()
    if options.session:
        session(Path(options.session[0]), options.session[1])
        return
    known = spellings(options.persons) if options.persons else persons_made(max(options.sizes))
    result: dict[str, Any] = {}
    for size in options.sizes:
        with tempfile.TemporaryDirectory(prefix="onomast-spark-") as name:
            held = prepared(Path(name), known, size, options.names, options.texts)
            result[str(held)] = measured(Path(name))
    heads = ["asked", "rows", "rate", "cpu", "wall", "start"]
    rows = [
        [f"{held} names: {who}", *(facts[head] for head in heads)]
        for held, found in result.items() for who, facts in found.items()
    ]  # fmt: skip
    print(table(["", *heads], rows))
    if not options.no_save:
        print(save("spark", {"seed": SEED, "cores": CORES, "load": os.getloadavg()[2], "gazetteers": result}))


if __name__ == "__main__":
    main()
