"""`resolve text`: which entities do texts name?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from resolve.cli.shared import (
    Gazetteers,
    Output,
    Resume,
    Shard,
    Threshold,
    app,
    expanded,
    finish,
    many,
    nothing_left,
    open_gazetteer,
    print_all,
    say,
    with_bar,
)
from resolve.errors import InputError

if TYPE_CHECKING:
    from resolve.documents import Source
    from resolve.model import Document


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
    from resolve import write
    from resolve.corpus import documents as read_all
    from resolve.journal import Journal
    from resolve.unknowns import Unknowns

    chosen = write.chosen(format, output, profile, explain, all)
    if nothing_left(resume, output):
        return
    resolver = open_gazetteer(gazetteer, threshold)
    paths, failures = expanded(inputs or ["-"])
    folder = texts or (output.with_name(f"{output.name}.texts") if output else None)
    given = _Texts(paths, encoding, column, id, folder, failures)
    made_by = {"gazetteer": resolver.index.header["checksum"], "threshold": threshold, "all": all, "shard": shard}
    journal = Journal(output, made_by, resume, evidence=explain) if output else None

    def compute(asked: Iterable[tuple[str, str]]) -> Iterator[Document]:
        return read_all(resolver, asked, all, workers)

    found = _Counted(journal.documents(compute, given.plain(shard)) if journal else compute(given.plain(shard)))
    chunks = chosen.write(map(Unknowns().add, found) if all else found, resolver.entity)
    if output and journal:
        write.to_place(output, chunks, chosen)
        journal.done()
    else:
        print_all(chunks)
    kept = f"; {many(journal.kept, 'text')} finished before" if journal and journal.kept else ""
    say(f"{many(found.documents, 'text')}, {many(found.links, 'link')}{kept}")
    if given.extracted:
        where = f"it is in {folder}" if folder else "--texts DIR writes it"
        number = many(given.extracted, "text")
        say(f"{number} extracted; offsets count code points of what was extracted; {where}")
    finish(failures)


@dataclass(slots=True)
class _Texts:
    """The texts that the inputs hold; what cannot be read is noted among the failures, and the others are done.

    What had to be extracted from a page or a PDF goes to ``folder``, and is counted.
    """

    paths: list[str]
    encoding: str | None
    column: str | None
    id: str | None
    folder: Path | None
    failures: list[str]
    extracted: int = 0

    def plain(self, shard: str | None) -> Iterator[tuple[str, str]]:
        """The ID and the text of each."""
        from resolve.documents.beside import Beside
        from resolve.pool import share

        beside = Beside(self.folder) if self.folder else None
        for source in share(self._sources(), shard):
            if source.extracted is not None:
                self.extracted += 1
                if beside:
                    beside.save(source.id, source.extracted)
            yield source.id, source.text

    def _sources(self) -> Iterator[Source]:
        from resolve.documents import read

        for path in with_bar(self.paths, "texts"):
            try:
                yield from read(path, self.encoding, self.column, self.id, self._failed, say)
            except InputError as error:
                self._failed(error)

    def _failed(self, error: InputError) -> None:
        self.failures.append(str(error))


@dataclass(slots=True)
class _Counted:
    """Documents that are counted while they pass, with their links."""

    passing: Iterator[Document]
    documents: int = 0
    links: int = 0

    def __iter__(self) -> Iterator[Document]:
        for document in self.passing:
            self.documents += 1
            self.links += len(document.links)
            yield document
