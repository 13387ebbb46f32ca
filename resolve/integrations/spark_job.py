"""How is a whole folder of Parquet or texts worked out on a cluster, without writing a program?

The program behind `examples/spark_submit.py`, a script for ``spark-submit``. It reads Parquet, JSON lines, CSV with a
header, or plain text files (a document each), and writes Parquet. ``python -m resolve.integrations.spark_job`` runs it on
this machine.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from resolve.errors import ResolveError
from resolve.integrations.spark import match_names, resolve_text

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

FORMATS = ("parquet", "json", "csv", "text")


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """The options of the job.

    >>> arguments(["names", "--input", "a", "--output", "b"]).column
    'name'
    """
    parser = argparse.ArgumentParser(
        prog="spark_job.py", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("what", choices=["names", "texts"], help="what the column holds")
    parser.add_argument("--input", required=True, action="append", help="path of the input; may be repeated")
    parser.add_argument("--output", required=True, help="folder to write; it must not be there yet")
    parser.add_argument("--format", choices=FORMATS, default="parquet", help="of the input (default: %(default)s)")
    parser.add_argument("--column", help="column of the names or texts (default: name or text)")
    parser.add_argument("--gazetteer", help="source or compiled directory (default: the curated one)")
    parser.add_argument("--everywhere", action="store_true", help="every node sees the compiled directory at this path")
    parser.add_argument("--threshold", type=float, default=0.9, help="probability from which a link is resolved")
    parser.add_argument("--all", action="store_true", help="of texts, also ambiguous and unknown mentions")
    parser.add_argument("--limit", type=int, default=1, help="of names, so many candidates")
    parser.add_argument("--lang", default="", help="language of the names (ISO 639-1)")
    parser.add_argument("--partitions", type=int, help="spread the rows evenly over so many tasks first")
    found = parser.parse_args(given)
    found.column = found.column or ("name" if found.what == "names" else "text")
    return found


def read(spark: SparkSession, paths: Sequence[str], format: str) -> DataFrame:
    """The input as a data frame; of text files the columns are ``doc``, the path, and ``text``, the whole file."""
    from pyspark.sql import functions

    if format == "text":
        whole = spark.read.text(list(paths), wholetext=True)
        return whole.select(functions.col("_metadata.file_path").alias("doc"), functions.col("value").alias("text"))
    if format == "csv":
        return spark.read.csv(list(paths), header=True, multiLine=True, escape='"')
    return spark.read.format(format).load(list(paths))


def run(spark: SparkSession, given: argparse.Namespace) -> None:
    """Read, work out, write.

    Raises:
        ResolveError: a column or the gazetteer is not what it should be.

    """
    rows = read(spark, given.input, given.format)
    if given.partitions:
        rows = rows.repartition(given.partitions)
    if given.what == "names":
        found = match_names(
            rows, given.column, given.gazetteer, given.threshold, limit=given.limit, lang=given.lang,
            everywhere=given.everywhere,
        )  # fmt: skip
    else:
        found = resolve_text(
            rows, given.column, given.gazetteer, given.threshold, all=given.all, everywhere=given.everywhere
        )
    found.write.parquet(given.output)


def reason(failure: str) -> str:
    r"""What this package said on a node, in the many lines that Spark makes of it; nothing where it said nothing.

    >>> reason("An exception:\n  File ...\nresolve.errors.CompiledError: x: is no compiled gazetteer\n\tat java...")
    'x: is no compiled gazetteer'
    """
    found = re.search(r"^resolve\.errors\.\w+: (.+)$", failure, re.MULTILINE)
    return found[1] if found else ""


def main(given: Sequence[str] | None = None) -> int:
    """Run the job; 0 done, 2 wrong usage or unusable gazetteer."""
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    options = arguments(given)
    spark = SparkSession.builder.appName("resolve").getOrCreate()
    try:
        run(spark, options)
    except ResolveError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except PySparkException as error:
        told = reason(str(error))
        if not told:
            raise
        print(f"error: {told}", file=sys.stderr)
        return 2
    finally:
        spark.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
