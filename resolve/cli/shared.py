"""What the commands share: their options, how they open what was given, and how they print."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from resolve.errors import UsageError

if TYPE_CHECKING:
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
NAME = "name"
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        "-c",
        metavar="COL",
        help="The column that holds the names; may be repeated where given name and surname stand apart, in the order "
        "in which they are read.",
        show_default=NAME,
    ),
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


def open_gazetteer(gazetteers: list[Path] | None, threshold: float) -> Resolver:
    """Open what was given, or the curated default, and say what was noticed."""
    from resolve.resolver import open as open_resolver

    resolver = open_resolver(list(gazetteers) if gazetteers else None, threshold)
    for warning in resolver.warnings:
        say(warning)
    return resolver


def nothing_left(resume: bool, output: Path | None) -> bool:
    """Whether a result that should be gone on with is whole already."""
    from resolve.journal import beside

    check_resume(resume, output)
    whole = resume and output is not None and output.exists() and not beside(output).exists()
    if whole:
        say(f"{output} is there, and nothing of it is left to do; without --resume it is made anew")
    return whole


def check_resume(resume: bool, output: Path | None) -> None:
    """Refuse to go on with what has no name."""
    if resume and output is None:
        raise UsageError("--resume goes on with a file; name it with -o")


def expanded(inputs: list[str]) -> tuple[list[str], list[str]]:
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


def with_bar(items: list[str], what: str) -> Iterator[str]:
    """The items, with a bar on standard error where that is a terminal and the work is long."""
    if len(items) < 2 or not sys.stderr.isatty():
        yield from items
        return
    with typer.progressbar(items, label=what, file=sys.stderr) as bar:
        yield from bar


def print_all(chunks: Iterable[str]) -> None:
    """Write to standard output; a reader that closes it early ends the work without a word."""
    stream = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="surrogatepass", newline="")
    try:
        for chunk in chunks:
            stream.write(chunk)
            stream.flush()
        stream.detach()
    except BrokenPipeError:
        let_go()
        raise typer.Exit(0) from None


def let_go() -> None:
    """Throw away what is still to be written to standard output, which cannot take it."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def many(count: int, thing: str) -> str:
    """So many things in words.

    >>> many(1, "text"), many(2, "entity")
    ('1 text', '2 entities')
    """
    return f"{count} {thing if count == 1 else thing.removesuffix('y') + 'ies' if thing.endswith('y') else thing + 's'}"


def say(message: str) -> None:
    """Tell the user on standard error."""
    print(message, file=sys.stderr)


def named(failures: list[str], progress: Progress) -> int:
    """Name failures as they come, so that none needs to be kept; return how many there were."""
    count = len(failures)
    if count:
        progress.done()
    for failure in failures:
        say(f"error: {failure}")
    failures.clear()
    return count


def finish(failures: list[str]) -> None:
    """Name what failed; exit code 1 if anything did."""
    for failure in failures:
        say(f"error: {failure}")
    if failures:
        raise typer.Exit(1)
