"""How do the parts of the service stand together?"""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from resolve.resolver import Resolver
from resolve.service import api, page, reconcile
from resolve.service.desk import Desk
from resolve.service.errors import Refused
from resolve.service.guard import Guard
from resolve.service.requests import Json
from resolve.service.settings import Settings

LIMIT_CONNECTIONS = 512
"""So many connections are held open at once."""

SHUTDOWN = 10
"""Requests under way have so many seconds to finish when the service is told to end."""


def application(resolver: Resolver, sources: Sequence[str], settings: Settings) -> ASGIApp:
    """The service as an ASGI application.

    Args:
        resolver: the gazetteer, open; its threshold is the service's.
        sources: the files it was compiled from, for compiling it anew with decisions.
        settings: as `settings.checked` made them.

    Raises:
        UsageError: the file of decisions cannot be used.

    """
    desk = Desk(resolver, list(sources), settings)

    @asynccontextmanager
    async def life(_app: Starlette) -> AsyncIterator[None]:
        await desk.open()
        try:
            yield
        finally:
            await desk.close()

    async def refused(_request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        return Json(error.body(), error.status, error.headers())

    async def missing(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        code = {404: "not_found", 405: "method"}.get(error.status_code, "http")
        said = f"there is no {request.url.path}; see /openapi.json" if error.status_code == 404 else error.detail
        return Json({"error": {"code": code, "message": said}}, error.status_code, dict(error.headers or {}))

    async def broken(_request: Request, _error: Exception) -> Response:
        return Json({"error": {"code": "internal", "message": "the service failed at this request; see its log"}}, 500)

    inside = Starlette(
        routes=[*page.routes(desk), *reconcile.routes(desk), *api.routes(desk)], lifespan=life,
        exception_handlers={Refused: refused, HTTPException: missing, Exception: broken},
    )  # fmt: skip
    inside.router.redirect_slashes = False
    return Guard(inside, settings)


def run(app: ASGIApp, settings: Settings) -> None:
    """Answer requests until told to end (interrupt or SIGTERM); those under way are finished first.

    Raises:
        OSError: the address is taken or not this machine's.

    """
    import uvicorn

    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, proxy_headers=False, date_header=True,
        timeout_keep_alive=20, timeout_graceful_shutdown=SHUTDOWN, limit_concurrency=LIMIT_CONNECTIONS, lifespan="on",
        h11_max_incomplete_event_size=65_536, http="h11", ws="none",
    )  # fmt: skip
    server = uvicorn.Server(config)
    bound = listening(settings)
    host, port = bound.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    print(
        f"http://{shown}:{port}/  (page; reconciliation at /reconcile, API at /openapi.json; end with Ctrl-C)",
        file=sys.stderr,
        flush=True,
    )
    # the server hands a signal on when it has answered what was under way; being told to end is no failure
    before = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        server.run(sockets=[bound])
    finally:
        bound.close()
        for number, handler in before.items():
            signal.signal(number, handler)


def listening(settings: Settings) -> socket.socket:
    """A socket that listens where the settings say."""
    found = socket.getaddrinfo(
        settings.host.strip("[]"), settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )
    family, kind, protocol, _name, address = found[0]
    bound = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen(128)
    except OSError:
        bound.close()
        raise
    return bound
