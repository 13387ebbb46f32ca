"""Spark finds what one machine finds, in whichever way the gazetteer travels and however often a task is tried."""

from __future__ import annotations

import json
import os
import pickle
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import resolve
from resolve.arrow import NameKernel, TextKernel, Work
from resolve.gazetteer import load
from resolve.index import compile_rows
from tests.conftest import FAMILY, ROOT

NAMES = ["Светлана Тихановская", None, "", "Viktor Babariko", "John Doe", "Babaryka", "Светлана Тихановская"] * 3
TEXTS = [
    "Later Viktar Babaryka met Тихановская Светлана.",
    None,
    "Nobody came.",
    "😀 Lukashenko left Babruysk.",
    "Clinton.",
]

missing = [what for what, there in (("pyspark", find_spec("pyspark")), ("java", shutil.which("java"))) if not there]
if missing and os.environ.get("RESOLVE_TEST_SPARK"):
    raise RuntimeError(f"Spark is to be tested, and there is no {missing[0]}")
pytestmark = pytest.mark.skipif(bool(missing), reason=f"no {' and no '.join(missing)}; pip install 'onomast[spark]'")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the program reads."""
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path_factory.mktemp("spark")
    (path / "people.csv").write_text(FAMILY, encoding="utf-8")
    rows, _ = load([path / "people.csv"])
    compile_rows(rows, path / "people.idx")
    pq.write_table(pa.table({"id": range(len(NAMES)), "name": pa.array(NAMES, pa.string())}), path / "names.parquet")
    pq.write_table(pa.table({"id": range(len(TEXTS)), "body": pa.array(TEXTS, pa.string())}), path / "texts.parquet")
    for name, source in (("people", "names"), ("articles", "texts")):
        (path / name).mkdir()
        shutil.copy(path / f"{source}.parquet", path / name)
    (path / "texts").mkdir()
    for number, text in enumerate(TEXTS):
        (path / "texts" / f"{number}.txt").write_text(text or "", encoding="utf-8")
    return path


@pytest.fixture(scope="module", params=["local[2,3]", "local-cluster[2,1,1024]"])
def found(request: pytest.FixtureRequest, folder: Path) -> dict[str, Any]:
    """What the program found on a master."""
    import pyspark

    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1",
        # what a cluster of processes on one machine looks for
        "SPARK_HOME": str(Path(pyspark.__file__).parent), "SPARK_SCALA_VERSION": "2.13",
    }  # fmt: skip
    command = [sys.executable, ROOT / "tests" / "spark_program.py", request.param, folder]
    done = subprocess.run(
        command, env=environment, cwd=folder, capture_output=True, text=True, timeout=400, check=False
    )
    assert done.returncode == 0, done.stderr[-5000:]
    answers: dict[str, Any] = json.loads((folder / "found.json").read_text(encoding="utf-8"))
    return answers


def ordered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (row["id"], row.get("start", 0)))


def submitted(master: str, *arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """What spark-submit makes of the job, called as docs/spark.md has it."""
    import pyspark

    home = Path(pyspark.__file__).parent
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_HOME": str(home),
    }  # fmt: skip
    command = [home / "bin" / "spark-submit", "--master", master, "--conf", "spark.ui.enabled=false", *arguments]
    return subprocess.run(command, env=environment, cwd=cwd, capture_output=True, text=True, timeout=400, check=False)


def test_spark_submit_takes_an_archive_of_the_gazetteer(folder: Path) -> None:
    import pyarrow.parquet as pq

    shutil.make_archive(str(folder / "packed"), "zip", folder / "people.idx")
    job, given = ROOT / "examples" / "spark_submit.py", ["--input", "names.parquet", "--limit", "2", "--everywhere"]
    done = submitted(
        "local[2]", "--archives", "packed.zip#packed", job, "names", *given, "--gazetteer", "packed", "--output", "matched", cwd=folder
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    wanted = alone(folder, NameKernel(resolve.open(folder / "people.csv"), "name", limit=2), "names.parquet")
    assert ordered(pq.read_table(folder / "matched").to_pylist()) == wanted
    done = submitted("local[1]", job, "names", *given, "--gazetteer", "nowhere", "--output", "nothing", cwd=folder)
    assert done.returncode == 2
    # the output of a Python program comes through Java in one stream
    assert re.search(
        r"^error: \S*nowhere: is no compiled gazetteer on this node", done.stdout + done.stderr, re.MULTILINE
    )
    assert not (folder / "nothing" / "_SUCCESS").exists()


def alone(folder: Path, kernel: NameKernel | TextKernel, name: str) -> list[dict[str, Any]]:
    """What this machine finds."""
    import pyarrow.parquet as pq

    table = pq.read_table(folder / name)
    return [row for batch in kernel(table.to_batches()) for row in batch.to_pylist()]


def test_names_are_matched_as_on_one_machine(found: dict[str, Any], folder: Path) -> None:
    wanted = alone(folder, NameKernel(resolve.open(folder / "people.csv"), "name", limit=2), "names.parquet")
    assert ordered(found["names, shipped"]) == wanted
    assert ordered(found["names, everywhere"]) == wanted
    assert {row["status"] for row in wanted} == {"resolved", "ambiguous", "unknown"}


def test_mentions_are_found_as_on_one_machine_also_when_tasks_are_tried_again(
    found: dict[str, Any], folder: Path
) -> None:
    wanted = alone(folder, TextKernel(resolve.open(folder / "people.csv"), "body", all=True), "texts.parquet")
    assert len(wanted) == 5
    assert ordered(found["texts, shipped"]) == wanted
    assert ordered(found.get("texts, tried again", wanted)) == wanted


def test_the_job_writes_what_the_function_gives(found: dict[str, Any], folder: Path) -> None:
    import pyarrow.parquet as pq

    if "refused" not in found:
        pytest.skip("the job runs on one of the masters only")
    assert ordered(pq.read_table(folder / "job.parquet").to_pylist()) == ordered(found["texts, shipped"])
    of_files = pq.read_table(folder / "files.parquet").to_pylist()
    assert sorted((int(Path(row["doc"]).stem), row["start"], row["end"], row["entity_id"]) for row in of_files) == [
        (row["id"], row["start"], row["end"], row["entity_id"]) for row in ordered(found["texts, shipped"])
    ]


def test_the_example_of_the_readme_gives_the_same(found: dict[str, Any]) -> None:
    if "example" not in found:
        pytest.skip("the example runs on one of the masters only")
    matched, mentions = found["example"]
    for rows in (matched, mentions):
        assert rows
        assert {row["status"] for row in rows} >= {"resolved"}
    wanted = [(row["id"], row["entity_id"]) for row in ordered(found["names, shipped"])]
    assert [(row["id"], row["entity_id"]) for row in ordered(matched)] == wanted
    resolved = [row for row in ordered(found["texts, shipped"]) if row["status"] == "resolved"]
    assert ordered(mentions) == resolved


def test_what_cannot_work_is_refused_before_anything_runs(found: dict[str, Any]) -> None:
    if "refused" not in found:
        pytest.skip("refusals are tried on one of the masters only")
    wanted = ["no column 'nobody' among", "holds bigint", "a column 'status' already", "compiled gazetteer"]
    assert len(found["refused"]) == len(wanted)
    for said, part in zip(found["refused"], wanted, strict=True):
        assert part in said


def test_a_task_carries_settings_and_no_gazetteer() -> None:
    from resolve.integrations.spark import _Task

    assert len(pickle.dumps(_Task(Work("names", "name"), "file:shipped.zip", "0" * 32))) < 1000
