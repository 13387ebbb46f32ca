"""The `resolve` command: parse options, call one public function, print.

Data goes to standard output, everything else to standard error. Exit codes: 0 done, 1 some inputs
could not be read (the others are done), 2 wrong usage or unusable gazetteer.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from resolve.errors import InputError, OutputError, UsageError

if TYPE_CHECKING:
    from resolve.model import Document
    from resolve.resolver import Resolver
    from resolve.stream import Progress

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Find which entity a name means, under any romanisation or script.",
)
gazetteer_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Compile, check and describe gazetteers.")
app.add_typer(gazetteer_app, name="gazetteer")

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""

Gazetteers = Annotated[
    list[Path] | None,
    typer.Option(
        "--gazetteer", "-g", metavar="PATH",
        help="Source file, folder of them, or compiled directory; may be repeated. Default: the curated one.",
    ),
]  # fmt: skip
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="PATH", help="Write here instead of to standard output.")
]
Threshold = Annotated[
    float, typer.Option("--threshold", "-t", metavar="P", help="Probability from which a link is resolved.")
]
Lang = Annotated[str, typer.Option("--lang", metavar="CODE", help="Language of the names (ISO 639-1), where known.")]
Shard = Annotated[
    str | None,
    typer.Option("--shard", metavar="I/N", help="Do only the I-th of N shares, so that N machines can do one each."),
]
Resume = Annotated[
    bool, typer.Option("--resume", help="Go on where a run that was killed left off, with the same options.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command(
    "text",
    epilog="Examples:  resolve text news.txt  |  resolve text articles/ --format csv -o links.csv  |  "
    "zcat dump.gz | resolve text - --all  |  resolve text a.txt -g people.csv -g places.csv --threshold 0.95  |  "
    "resolve text news.txt --profile",
)
def text_command(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE|DIR|-]...",
            help="Texts, .html, .pdf, .docx, .eml, tables (.csv, .jsonl, .parquet), .zip, folders of them, also .gz and .zst; "
            "or - for text on standard input.",
        ),
    ] = None,
    gazetteer: Gazetteers = None,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help="jsonl, csv, spreadsheet, parquet, html, webanno, brat, conllu, iob2, tei, ftm or spacy; "
            "by the name of the output, or jsonl. Of a profile table, jsonl or csv; of evidence text or jsonl.",
        ),
    ] = None,
    output: Output = None,
    threshold: Threshold = 0.9,
    profile: Annotated[
        bool, typer.Option("--profile", help="Count on which language the spellings of every entity are based.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Write the evidence of every link in bits, as text (default) or jsonl.")
    ] = False,
    all: Annotated[
        bool, typer.Option("--all", help="Also write ambiguous mentions and persons whom no entity explains.")
    ] = False,
    encoding: Annotated[
        str | None,
        typer.Option(help="Encoding of the texts, or auto to detect it; UTF-8, or what a page or mail declares."),
    ] = None,
    column: Annotated[
        str | None, typer.Option("--column", "-c", help="Of tables: the column of the texts; text where not given.")
    ] = None,
    id: Annotated[
        str | None, typer.Option("--id", help="Of tables: the column that names each text; else rows are numbered.")
    ] = None,
    texts: Annotated[
        Path | None,
        typer.Option("--texts", metavar="DIR", help="Write extracted texts here; beside the output where not given."),
    ] = None,
    shard: Shard = None,
    workers: Annotated[
        int, typer.Option("--workers", "-j", min=1, help="So many processes share the texts; the result is the same.")
    ] = 1,
    resume: Resume = False,
) -> None:
    """Find the names of the gazetteer in texts, and write a line for each mention."""
    from resolve import documents as room, write
    from resolve.corpus import documents as read_all
    from resolve.documents.beside import Beside
    from resolve.journal import Journal
    from resolve.pool import share
    from resolve.unknowns import Unknowns

    chosen = write.chosen(format, output, profile, explain, all)
    if _nothing_left(resume, output):
        return
    unknowns = Unknowns()
    resolver = _open(gazetteer, threshold)
    paths, failures = _expand(inputs or ["-"])
    folder = texts or (output.with_name(f"{output.name}.texts") if output else None)
    beside = Beside(folder) if folder else None
    counts = {"documents": 0, "links": 0, "extracted": 0}

    def failed(error: InputError) -> None:
        failures.append(str(error))

    def sources() -> Iterator[room.Source]:
        for path in _progress(paths, "texts"):
            try:
                yield from room.read(path, encoding, column, id, failed, _say)
            except InputError as error:
                failed(error)

    def texts_of(found: Iterable[room.Source]) -> Iterator[tuple[str, str]]:
        for source in found:
            if source.extracted is not None:
                counts["extracted"] += 1
                if beside:
                    beside.save(source.id, source.extracted)
            yield source.id, source.text

    def compute(texts: Iterable[tuple[str, str]]) -> Iterator[Document]:
        return read_all(resolver, texts, all, workers)

    made_by = {"gazetteer": resolver.index.header["checksum"], "threshold": threshold, "all": all, "shard": shard}
    journal = Journal(output, made_by, resume, evidence=explain) if output else None

    def documents() -> Iterator[Document]:
        given = texts_of(share(sources(), shard))
        for document in journal.documents(compute, given) if journal else compute(given):
            counts["documents"] += 1
            counts["links"] += len(document.links)
            yield unknowns.add(document) if all else document

    chunks = chosen.write(documents(), resolver.entity)
    if output and journal:
        write.to_place(output, chunks, chosen)
        journal.done()
    else:
        _print(chunks)
    kept = f"; {_many(journal.kept, 'text')} finished before" if journal and journal.kept else ""
    _say(f"{_many(counts['documents'], 'text')}, {_many(counts['links'], 'link')}{kept}")
    if counts["extracted"]:
        where = f"it is in {folder}" if folder else "--texts DIR writes it"
        number = _many(counts["extracted"], "text")
        _say(f"{number} extracted; offsets count code points of what was extracted; {where}")
    _finish(failures)


@app.command(
    "names",
    epilog="Examples:  resolve names people.csv --column name  |  "
    "resolve names people.csv --column name --limit 3 -o matched.jsonl  |  "
    "resolve names people.parquet -o matched.parquet --workers 8 --resume",
)
def names_command(
    file: Annotated[
        str, typer.Argument(metavar="FILE|-", help="CSV or TSV with a header line, JSON lines or Parquet, also .gz.")
    ] = "-",
    column: Annotated[str, typer.Option("--column", "-c", help="The column that holds the names.")] = "name",
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
    """Match a column of names: the input's columns, then entity_id, entity_name, probability, status."""
    from resolve import batch, pool, table
    from resolve.stream import Progress

    format = batch.chosen(format, output)
    _check_resume(resume, output)
    resolver = _open(gazetteer, threshold)
    source = table.read(file, column, tabular=format != "jsonl")
    source.chunks = pool.share(source.chunks, shard)
    matcher = batch.Matcher(resolver, limit, lang, pool.workers(workers, resolver))
    progress = Progress("rows", source.share)
    count = 0

    def tell(done: int, before: int) -> None:
        nonlocal count
        count += _named(source.failures, progress)
        progress.tell(done, before)

    def chunks() -> Iterator[str]:
        for done, text in batch.texts(matcher, source, format):
            yield text
            tell(done, 0)

    try:
        if output:
            batch.to_file(matcher, source, output, format, resume, tell)
        else:
            _print(chunks())
    finally:
        source.close()
        progress.done()
        count += _named(source.failures, progress)
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
    column: Annotated[str, typer.Option("--column", "-c", help="The column that holds the names.")] = "name",
    format: Annotated[
        str | None,
        typer.Option("--format", "-f", help="csv, tsv, jsonl or parquet; by the name of the output, or csv."),
    ] = None,
    output: Output = None,
    threshold: Annotated[
        float, typer.Option("--threshold", "-t", metavar="P", help="Probability from which names are one person's.")
    ] = 0.5,
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
    source = table.read(file, column, tabular=format != "jsonl", added=ADDED)
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
        _print(chunk for chunk in rows if isinstance(chunk, str))
    groups = len({member.cluster for member in found.values()})
    _say(f"{_many(len(found), 'name')}, {_many(groups, 'cluster')}")
    _finish(source.failures)


@app.command("explain", epilog="Example:  resolve explain Vlasova Уласава")
def explain_command(
    left: Annotated[str, typer.Argument(metavar="NAME")],
    right: Annotated[str, typer.Argument(metavar="NAME")],
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Say how much speaks for two names being one person's, piece by piece in bits."""
    from dataclasses import asdict

    from resolve.resolver import compare

    comparison = compare(left, right, lang)
    print(json.dumps(asdict(comparison), ensure_ascii=False) if as_json else comparison)


@app.command("variants", epilog="Example:  resolve variants Ціханоўская --lang be")
def variants_command(name: str, lang: Lang = "", as_json: AsJson = False) -> None:
    """Show how a name is written, scheme by scheme, in its own language and in its sister languages.

    Without --lang the whole name decides in which languages it may be written.
    """
    from dataclasses import asdict

    from resolve.cognates import table, variants

    forms = variants(name, lang)
    print(json.dumps([asdict(form) for form in forms], ensure_ascii=False) if as_json else table(forms))


@app.command(
    "serve",
    epilog="Examples:  resolve serve  |  resolve serve -g people.csv --decisions decided.csv  |  "
    "RESOLVE_TOKEN=$(openssl rand -hex 16) resolve serve --host 0.0.0.0 --allow-host names.example.org",
)
def serve_command(
    gazetteer: Gazetteers = None,
    threshold: Threshold = 0.9,
    host: Annotated[
        str, typer.Option(help="Address to listen at; others than this machine's own need a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", "-p", help="Port to listen at; 0 for any free one.")] = 8710,
    decisions: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="CSV that keeps what reviewers decide; made where it is missing."),
    ] = None,
    token: Annotated[str | None, typer.Option(help="Ask for this token; better given as $RESOLVE_TOKEN.")] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="Answer under this host name too; may be repeated."),
    ] = None,
    allow_origin: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-origin",
            metavar="ORIGIN",
            help="Let pages of this origin ask, such as https://example.org; '*' for all.",
        ),
    ] = None,
    workers: Annotated[
        int, typer.Option("--workers", "-j", min=0, help="So many processes, at least 2; 0: one for every core.")
    ] = 0,
    timeout: Annotated[float, typer.Option(metavar="S", help="End a request that takes longer, in seconds.")] = 60.0,
    max_text: Annotated[int, typer.Option(metavar="N", help="Take texts of at most so many characters.")] = 1_000_000,
) -> None:
    """Serve a web page, a JSON API and the reconciliation service for OpenRefine, until Ctrl-C."""
    try:
        from resolve.service.app import application, run
    except ModuleNotFoundError as error:
        raise UsageError(f"the service needs {error.name}; pip install 'onomast[serve]'") from None
    from resolve.gazetteer import curated
    from resolve.service.settings import Settings, checked, own_token

    settings = Settings(
        host,
        port,
        tuple(allow_host or ()),
        tuple(allow_origin or ()),
        own_token(token),
        decisions,
        workers,
        timeout,
        max_text,
    )
    settings = checked(settings, public=not gazetteer and decisions is None)
    resolver = _open(gazetteer, threshold)
    try:
        run(application(resolver, [str(source) for source in gazetteer or [curated()]], settings), settings)
    except OSError as error:
        raise UsageError(
            f"cannot listen at {host}:{port} ({error.strerror or error}); choose another with --port"
        ) from None


@gazetteer_app.command("check", epilog="Example:  resolve gazetteer check people.csv")
def check_command(
    sources: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH]...", help="Sources; the curated default where none is given.")
    ] = None,
) -> None:
    """Look for everything that is wrong with gazetteers; exit code 2 if anything is."""
    from resolve.gazetteer import check, curated

    found = check(sources or [curated()])
    for problem in found:
        print(problem)
    errors = sum(problem.fatal for problem in found)
    counted = f"{_many(errors, 'error')}, {_many(len(found) - errors, 'warning')}"
    _say(counted if found else "no problems found")
    if found:
        raise typer.Exit(2)


@gazetteer_app.command("info", epilog="Example:  resolve gazetteer info people.csv")
def info_command(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH]...", help="Sources or a compiled directory; the curated default where none is given."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Describe a gazetteer: how many entities, names and tokens of which kind it holds."""
    from resolve.index import describe

    facts = describe(_open(sources, 0.9).index)
    if as_json:
        print(json.dumps(facts, ensure_ascii=False))
        return
    for key, value in facts.items():
        print(f"{key:<12} {value}")


@gazetteer_app.command("verify", epilog="Example:  resolve gazetteer verify people.idx")
def verify_command(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="Compiled directories, or sources with what is kept of them; the curated default where none is given.",
        ),
    ] = None,
) -> None:
    """Hold every byte of compiled gazetteers against their checksums; opening looks at a part of a large one."""
    for asked in [[source] for source in sources] if sources else [None]:
        index = _open(asked, 0.9).index
        index.verify()
        _say(f"{asked[0] if asked else index.folder}: whole, {index.header['size']} bytes")


@gazetteer_app.command("compile", epilog="Example:  resolve gazetteer compile people.csv -o people.idx")
def compile_command(
    sources: Annotated[list[Path], typer.Argument(metavar="PATH...")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The directory to write.")],
) -> None:
    """Compile sources to a directory that opens at once and is shared between processes."""
    from resolve.gazetteer import load
    from resolve.index import compile_rows, content_hash, handed_over, open_index

    rows, problems = load(sources)
    for problem in problems:
        _say(str(problem))
    try:
        compile_rows(handed_over(rows), output, content_hash(sources), sources)
    except OSError as error:
        raise OutputError(str(output), error.strerror or str(error)) from None
    index = open_index(output)
    _say(f"{output}: {_many(len(index), 'entity')}, {_many(index.names, 'name')}")


@gazetteer_app.command(
    "import",
    epilog="Examples:  resolve gazetteer import entities.ftm.json -o people.csv --type person  |  "
    "resolve gazetteer import latest-all.json.gz --lang be --lang ru -o people.csv  |  "
    "resolve gazetteer import BY.txt alternateNamesV2.txt -o places.csv",
)
def import_command(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Files of other programs, also .gz.")],
    format: Annotated[
        str, typer.Option("--from", metavar="FORMAT", help="The format, where it cannot be told from the file.")
    ] = "",
    output: Output = None,
    types: Annotated[
        list[str] | None,
        typer.Option("--type", metavar="TYPE", help="Keep only person, organization or place; may be repeated."),
    ] = None,
    langs: Annotated[
        list[str] | None,
        typer.Option("--lang", metavar="CODE", help="Keep only names in this language; may be repeated."),
    ] = None,
) -> None:
    """Turn what other programs know into a gazetteer: CSV with one row per name.

    Reads FollowTheMoney and OpenSanctions (ftm, targets, statements), Wikidata dumps (wikidata),
    JRC-Names (jrc), GeoNames (geonames), Popolo (popolo), SKOS in Turtle (skos), Senzing (senzing),
    GATE (gate, gate-def), spaCy's EntityRuler (spacy), tables and JSON lines with id and name (table,
    jsonl), and plain lists (plain). Lines with a mistake are left out and named.
    """
    from resolve.importers import Import, to_csv
    from resolve.stream import Progress
    from resolve.write import to_file

    found = Import(sources, format, types or (), langs or (), lambda skip: _say(str(skip)))
    progress = Progress("names", lambda: found.share)
    chunks = progress.watch(to_csv(found), lambda: found.names)
    if output:
        to_file(output, chunks)
    else:
        _print(chunks)
    left = _many(found.left_out, "record")
    _say(f"{_many(found.entities, 'entity')}, {_many(found.names, 'name')}; {left} not asked for")
    if found.untyped:
        _say(f"{found.untyped} entities have no type and count as persons; give --type if they are none")
    if found.skipped:
        _finish([f"{found.skipped} lines were left out; they are named above"])


@gazetteer_app.command(
    "suggest",
    epilog="Examples:  resolve gazetteer suggest articles/ -o new.csv  |  "
    "resolve gazetteer suggest news.txt -g people.csv --least 5",
)
def suggest_command(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE|DIR|-...", help="Texts (UTF-8, also .gz), folders of .txt and .md, or - for standard input."
        ),
    ],
    gazetteer: Gazetteers = None,
    output: Output = None,
    least: Annotated[int, typer.Option("--least", min=1, help="Leave out persons with fewer mentions.")] = 2,
    encoding: Annotated[str, typer.Option(help="Encoding of the texts.")] = "utf-8",
) -> None:
    """Propose new rows: the persons of texts whom the gazetteer does not know, most mentioned first.

    Writes a gazetteer's columns with one row per spelling, and count (mentions), documents and context
    (examples). Read what is proposed before you add it: two persons of one name are one row.
    """
    from resolve import text as text_room
    from resolve.unknowns import COLUMNS, Unknowns, proposals
    from resolve.write import csv_line, to_file

    resolver, unknowns = _open(gazetteer, 0.9), Unknowns()
    paths, failures = _expand(inputs)
    for path in _progress(paths, "texts"):
        try:
            unknowns.add(resolver.text(text_room.read(path, encoding), id="-" if path == "-" else path, all=True))
        except InputError as error:
            failures.append(str(error))
    rows = list(proposals(unknowns, least))
    chunks = [csv_line(COLUMNS), *(csv_line(row.get(column, "") for column in COLUMNS) for row in rows)]
    if output:
        to_file(output, chunks)
    else:
        _print(chunks)
    _say(f"{_many(len({row['id'] for row in rows}), 'person')}, {_many(len(rows), 'name')}")
    _finish(failures)


# ---------------------------------------------------------------- shared by the commands


def _open(gazetteers: list[Path] | None, threshold: float) -> Resolver:
    from resolve.resolver import open as open_resolver

    resolver = open_resolver(list(gazetteers) if gazetteers else None, threshold)
    for warning in resolver.warnings:
        _say(warning)
    return resolver


def _nothing_left(resume: bool, output: Path | None) -> bool:
    """Whether a result that should be gone on with is whole already."""
    from resolve.journal import beside

    _check_resume(resume, output)
    whole = resume and output is not None and output.exists() and not beside(output).exists()
    if whole:
        _say(f"{output} is there, and nothing of it is left to do; without --resume it is made anew")
    return whole


def _check_resume(resume: bool, output: Path | None) -> None:
    if resume and output is None:
        raise UsageError("--resume goes on with a file; name it with -o")


def _expand(inputs: list[str]) -> tuple[list[str], list[str]]:
    """The files that the arguments stand for, and what is wrong with the others."""
    from resolve.documents import KNOWN, is_known

    paths: list[str] = []
    failures: list[str] = []
    for item in inputs:
        if item != "-" and os.path.isdir(item):
            found = sorted(str(p) for p in Path(item).rglob("*") if p.is_file() and is_known(p.name))
            if not found:
                failures.append(f"{item}: holds no {', '.join(KNOWN)} files; name the files themselves")
            paths += found
        else:
            paths.append(item)
    return paths, failures


def _progress(items: list[str], what: str) -> Iterator[str]:
    """The items, with a bar on standard error where that is a terminal and the work is long."""
    if len(items) < 2 or not sys.stderr.isatty():
        yield from items
        return
    with typer.progressbar(items, label=what, file=sys.stderr) as bar:
        yield from bar


def _print(chunks: Iterable[str]) -> None:
    """Write to standard output; a reader that closes it early ends the work without a word."""
    stream = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="surrogatepass", newline="")
    try:
        for chunk in chunks:
            stream.write(chunk)
            stream.flush()
        stream.detach()
    except BrokenPipeError:
        _let_go()
        raise typer.Exit(0) from None


def _let_go() -> None:
    """Throw away what is still to be written to standard output, which cannot take it."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _many(count: int, thing: str) -> str:
    """So many things in words.

    >>> _many(1, "text"), _many(2, "entity")
    ('1 text', '2 entities')
    """
    return f"{count} {thing if count == 1 else thing.removesuffix('y') + 'ies' if thing.endswith('y') else thing + 's'}"


def _say(message: str) -> None:
    print(message, file=sys.stderr)


def _named(failures: list[str], progress: Progress) -> int:
    """Name failures as they come, so that none needs to be kept; return how many there were."""
    count = len(failures)
    if count:
        progress.done()
    for failure in failures:
        _say(f"error: {failure}")
    failures.clear()
    return count


def _finish(failures: list[str]) -> None:
    for failure in failures:
        _say(f"error: {failure}")
    if failures:
        raise typer.Exit(1)


def main() -> NoReturn:
    """Run the command; a mistake of the user's ends with a message and the promised exit code."""
    try:
        try:
            app()
        finally:
            # what a full disk does not take is noticed here, not after the last word
            if not sys.stdout.closed:
                sys.stdout.flush()
    except UsageError as error:
        _say(f"error: {error}")
        sys.exit(2)
    except InputError as error:
        _say(f"error: {error}")
        sys.exit(1)
    except KeyboardInterrupt:
        _let_go()
        _say("interrupted")
        sys.exit(INTERRUPTED)
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            _say("interrupted")
        raise
    except MemoryError:
        _let_go()
        _say("error: out of memory; give less at once, fewer --workers, or more memory")
        sys.exit(2)
    except OSError as error:
        _let_go()
        where = error.filename or "standard output"
        _say(f"error: {where}: {error.strerror or error}; check the place, its permissions and the room on it")
        sys.exit(2)
    sys.exit(0)


if __name__ == "__main__":
    main()
