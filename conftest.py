"""Modules of integrations whose library is not installed are not collected for their examples."""

from __future__ import annotations

from importlib.util import find_spec

NEEDS = {
    "polars.py": "polars",
    "duckdb.py": "duckdb",
    "spacy.py": "spacy",
    "spark.py": "pyspark",
    "spark_job.py": "pyspark",
}
collect_ignore = [f"resolve/integrations/{name}" for name, library in NEEDS.items() if find_spec(library) is None]
