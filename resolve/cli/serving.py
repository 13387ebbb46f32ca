"""`resolve serve`: the web page and the services."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from resolve.cli.shared import Gazetteers, Threshold, app, open_gazetteer
from resolve.errors import UsageError


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
    resolver = open_gazetteer(gazetteer, threshold)
    try:
        run(application(resolver, [str(source) for source in gazetteer or [curated()]], settings), settings)
    except OSError as error:
        raise UsageError(
            f"cannot listen at {host}:{port} ({error.strerror or error}); choose another with --port"
        ) from None
