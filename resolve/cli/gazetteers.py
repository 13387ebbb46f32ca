"""`resolve gazetteer`: is a gazetteer sound, what does it hold, and how is one made?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from resolve.cli.shared import (
    AsJson,
    Gazetteers,
    Output,
    expanded,
    finish,
    gazetteer_app,
    many,
    open_gazetteer,
    print_all,
    say,
    with_bar,
)
from resolve.errors import InputError, OutputError


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
    counted = f"{many(errors, 'error')}, {many(len(found) - errors, 'warning')}"
    say(counted if found else "no problems found")
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

    facts = describe(open_gazetteer(sources, 0.9).index)
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
        index = open_gazetteer(asked, 0.9).index
        index.verify()
        say(f"{asked[0] if asked else index.folder}: whole, {index.header['size']} bytes")


@gazetteer_app.command("compile", epilog="Example:  resolve gazetteer compile people.csv -o people.idx")
def compile_command(
    sources: Annotated[list[Path], typer.Argument(metavar="PATH...")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The directory to write.")],
) -> None:
    """Compile sources to a directory that opens at once and is shared between processes."""
    from resolve.gazetteer import Problem, checked
    from resolve.index import compile_rows, content_hash, open_index

    problems: list[Problem] = []
    numbers: dict[str, int] = {}
    try:
        compile_rows(checked(sources, problems, numbers), output, content_hash(sources), sources, numbers)
    except OSError as error:
        raise OutputError(str(output), error.strerror or str(error)) from None
    for problem in problems:
        say(str(problem))
    index = open_index(output)
    say(f"{output}: {many(len(index), 'entity')}, {many(index.names, 'name')}")


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

    found = Import(sources, format, types or (), langs or (), lambda skip: say(str(skip)))
    progress = Progress("names", lambda: found.share)
    chunks = progress.watch(to_csv(found), lambda: found.names)
    if output:
        to_file(output, chunks)
    else:
        print_all(chunks)
    left = many(found.left_out, "record")
    say(f"{many(found.entities, 'entity')}, {many(found.names, 'name')}; {left} not asked for")
    if found.untyped:
        say(f"{found.untyped} entities have no type and count as persons; give --type if they are none")
    if found.skipped:
        finish([f"{found.skipped} lines were left out; they are named above"])


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

    resolver, unknowns = open_gazetteer(gazetteer, 0.9), Unknowns()
    paths, failures = expanded(inputs)
    for path in with_bar(paths, "texts"):
        try:
            unknowns.add(resolver.text(text_room.read(path, encoding), id="-" if path == "-" else path, all=True))
        except InputError as error:
            failures.append(str(error))
    rows = list(proposals(unknowns, least))
    chunks = [csv_line(COLUMNS), *(csv_line(row.get(column, "") for column in COLUMNS) for row in rows)]
    if output:
        to_file(output, chunks)
    else:
        print_all(chunks)
    say(f"{many(len({row['id'] for row in rows}), 'person')}, {many(len(rows), 'name')}")
    finish(failures)
