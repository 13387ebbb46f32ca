"""A program of a user's on Spark: ``python spark_program.py MASTER FOLDER``; what it found goes to ``FOLDER/found.json``.

The folder, in which it runs, holds ``people.csv``, its compiled form ``people.idx``, ``texts.parquet`` and ``names.parquet``, and
what the example of the README reads.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from pyspark import TaskContext
from pyspark.sql import DataFrame, SparkSession

from resolve.errors import ResolveError
from resolve.integrations import spark_job
from resolve.integrations.spark import match_names, resolve_text


def failing_once(batches: Iterable[Any]) -> Iterator[Any]:
    """Fail the first time that a task is tried, as machines do."""
    context = TaskContext.get()
    assert context is not None
    if context.attemptNumber() == 0:
        raise RuntimeError("this machine went away")
    yield from batches


def rows(df: DataFrame) -> list[Any]:
    """The rows of a data frame, nested rows as dictionaries."""
    return [row.asDict(recursive=True) for row in df.collect()]


def refused(names: DataFrame) -> list[str]:
    """What is said of calls that cannot work, before anything runs."""
    said = []
    calls: list[Callable[[], DataFrame]] = [
        lambda: match_names(names, "nobody"),
        lambda: match_names(names, "id"),
        lambda: match_names(names.withColumnRenamed("id", "status"), "name"),
        lambda: match_names(names, "name", everywhere=True),
    ]
    for call in calls:
        try:
            call()
        except ResolveError as error:
            said.append(str(error))
    return said


def example(spark: SparkSession) -> list[Any]:
    """What the example of the README gives, as it stands there."""
    text = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    (block,) = (b for b in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "integrations.spark" in b)
    names: dict[str, Any] = {"spark": spark}
    exec(block, names)
    return [rows(names["matched"]), rows(names["mentions"])]


def main(master: str, folder: Path) -> None:
    """Match and search in all the ways there are."""
    spark = (
        SparkSession.builder.master(master)
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.executor.memory", "512m")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "3")
        .getOrCreate()
    )
    names = spark.read.parquet(str(folder / "names.parquet")).repartition(3)
    texts = spark.read.parquet(str(folder / "texts.parquet")).repartition(2)
    source, compiled = folder / "people.csv", folder / "people.idx"
    found: dict[str, Any] = {
        "names, shipped": rows(match_names(names, "name", source, limit=2)),
        "names, everywhere": rows(match_names(names, "name", compiled, limit=2, everywhere=True)),
        "texts, shipped": rows(resolve_text(texts, "body", source, all=True)),
    }
    if master.startswith("local["):
        unlucky = texts.mapInArrow(failing_once, texts.schema)
        found["texts, tried again"] = rows(resolve_text(unlucky, "body", source, all=True))
        found["refused"] = refused(names)
        found["example"] = example(spark)
        for format, output in (("parquet", "job.parquet"), ("text", "files.parquet")):
            given = ["--input", str(folder / ("texts.parquet" if format == "parquet" else "texts")), "--format", format]
            given += ["--output", str(folder / output), "--gazetteer", str(source), "--all", "--partitions", "2"]
            given += ["--column", "body" if format == "parquet" else "text"]
            spark_job.run(spark, spark_job.arguments(["texts", *given]))
    (folder / "found.json").write_text(json.dumps(found), encoding="utf-8")
    spark.stop()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
