"""Modules of integrations whose library is not installed are not collected for their examples, nor is a program of a test."""

from __future__ import annotations

from importlib.util import find_spec

NEEDS = {
    "polars.py": "polars",
    "duckdb.py": "duckdb",
    "spacy.py": "spacy",
    "spark.py": "pyspark",
    "spark_job.py": "pyspark",
}
collect_ignore = [
    "tests/spark_program.py",
    *(f"resolve/integrations/{name}" for name, library in NEEDS.items() if find_spec(library) is None),
]
