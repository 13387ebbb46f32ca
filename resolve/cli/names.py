"""`resolve names` and `resolve cluster`: whose are the names of a column?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from resolve.cli.shared import (
    NAME,
    Columns,
    Gazetteers,
    Lang,
    Output,
    Resume,
    Shard,
    Threshold,
    app,
    check_resume,
    finish,
    many,
    named,
    open_gazetteer,
    print_all,
    say,
)


@app.command(
    "names",
    epilog="Examples:  resolve names people.csv --column name  |  "
    "resolve names people.csv -c first_name -c last_name --limit 3 -o matched.jsonl  |  "
    "resolve names people.parquet -o matched.parquet --workers 8 --resume",
)
def names_command(
    file: Annotated[
        str, typer.Argument(metavar="FILE|-", help="CSV or TSV with a header line, JSON lines or Parquet, also .gz.")
    ] = "-",
    column: Columns = None,
    gazetteer: Gazetteers = None,
    format: Annotated[
        str | None,
        typer.Option("--format", "-f", help="csv, tsv, jsonl or parquet; by the name of the output, or csv."),
    ] = None,
    output: Output = None,
    threshold: Threshold = 0.9,
    limit: Annotated[int, typer.Option("--limit", "-k", min=1, help="Also write so many candidates.")] = 1,
    lang: Lang = "",
    workers: Annotated[
        int | None, typer.Option("--workers", "-j", min=1, help="So many processes; one for every core.")
    ] = None,
    resume: Resume = False,
    shard: Shard = None,
) -> None:
    """Match a column of names, or names in several: the input's columns, then entity_id, entity_name, probability, status."""
    from resolve import batch, pool, table
    from resolve.stream import Progress

    format = batch.chosen(format, output)
    check_resume(resume, output)
    resolver = open_gazetteer(gazetteer, threshold)
    source = table.read(file, column or NAME, tabular=format != "jsonl")
    source.chunks = pool.share(source.chunks, shard)
    matcher = batch.Matcher(resolver, limit, lang, pool.workers(workers, resolver))
    progress = Progress("rows", source.share)
    count = 0

    def tell(done: int, before: int) -> None:
        nonlocal count
        count += named(source.failures, progress)
        progress.tell(done, before)

    def chunks() -> Iterator[str]:
        for done, text in batch.texts(matcher, source, format):
            yield text
            tell(done, 0)

    try:
        if output:
            batch.to_file(matcher, source, output, format, resume, tell)
        else:
            print_all(chunks())
    finally:
        source.close()
        progress.done()
        count += named(source.failures, progress)
    if count:
        raise typer.Exit(1)


@app.command(
    "cluster",
    epilog="Examples:  resolve cluster people.csv --column name  |  "
    "resolve cluster people.csv -c name -o clustered.parquet --gazetteer-out people-gazetteer.csv",
)
def cluster_command(
    file: Annotated[
        str, typer.Argument(metavar="FILE|-", help="CSV or TSV with a header line, JSON lines or Parquet, also .gz.")
    ] = "-",
    column: Columns = None,
    format: Annotated[
        str | None,
        typer.Option("--format", "-f", help="csv, tsv, jsonl or parquet; by the name of the output, or csv."),
    ] = None,
    output: Output = None,
    threshold: Annotated[
        float, typer.Option("--threshold", "-t", metavar="P", help="Probability from which names are one person's.")
    ] = 0.7,
    gazetteer_out: Annotated[
        Path | None,
        typer.Option("--gazetteer-out", metavar="PATH", help="Also write the clusters as a gazetteer (CSV)."),
    ] = None,
    lang: Lang = "",
    workers: Annotated[
        int | None, typer.Option("--workers", "-j", min=1, help="So many processes; one for every core.")
    ] = None,
) -> None:
    """Group the spellings of a column by whose they are, without a gazetteer.

    Writes the input's columns, then cluster (an ID), cluster_name, probability. The whole table is kept in memory.
    """
    from resolve import batch, clusters, table
    from resolve.clusters.table import ADDED, gazetteer, written
    from resolve.pool import cores
    from resolve.stream import Progress
    from resolve.write import to_file

    format = batch.chosen(format, output)
    source = table.read(file, column or NAME, tabular=format != "jsonl", added=ADDED)
    try:
        chunks = list(source.chunks)
    finally:
        source.close()
    done = [0, 1]
    progress = Progress("names", lambda: done[0] / done[1])

    def tell(compared: int, count: int) -> None:
        done[:] = compared, count
        progress.tell(compared, 0)

    names = (name for chunk in chunks for name in chunk.names)
    try:
        found = clusters.group(names, threshold, lang, workers or cores(), tell)
    finally:
        progress.done()
    if gazetteer_out:
        to_file(gazetteer_out, gazetteer(found))
    rows = written(source, chunks, found, format)
    if output:
        to_file(output, rows)
    else:
        print_all(chunk for chunk in rows if isinstance(chunk, str))
    groups = len({member.cluster for member in found.values()})
    say(f"{many(len(found), 'name')}, {many(groups, 'cluster')}")
    finish(source.failures)
