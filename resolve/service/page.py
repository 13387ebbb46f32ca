"""Where do the page and its files come from, and how does a browser sign in?"""

from __future__ import annotations

import hmac
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from resolve.service.desk import Desk
from resolve.service.errors import Refused
from resolve.service.guard import COOKIE

FOLDER = Path(__file__).parent / "static"
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
"""The kinds of files that are served, and nothing else."""


def routes(desk: Desk) -> list[Route]:
    """The routes of the page."""
    page = Page(desk)
    return [
        Route("/", page.index, methods=["GET"]),
        Route("/sign-in", page.form, methods=["GET"]),
        Route("/sign-in", page.sign_in, methods=["POST"]),
        Route("/favicon.ico", page.icon, methods=["GET"]),
        Route("/static/{name}", page.file, methods=["GET"]),
    ]


@lru_cache(maxsize=32)
def content(name: str) -> bytes | None:
    """A file of the page, None where there is none of that name."""
    known = {path.name: path for path in FOLDER.iterdir() if path.suffix in TYPES}
    return known[name].read_bytes() if name in known else None


def served(name: str) -> Response:
    """A file of the page as a response.

    Raises:
        Refused: there is none of that name.

    """
    data = content(name)
    if data is None:
        raise Refused(404, "not_found", f"there is no {name!r}")
    return Response(data, media_type=TYPES[Path(name).suffix], headers={"cache-control": "no-cache"})


class Page:
    """The answers of the page."""

    def __init__(self, desk: Desk) -> None:
        self.settings = desk.settings

    async def index(self, _request: Request) -> Response:
        """The page itself."""
        return served("index.html")

    async def icon(self, _request: Request) -> Response:
        """The icon that browsers ask for unasked."""
        return served("icon.svg")

    async def file(self, request: Request) -> Response:
        """One of its files."""
        return served(request.path_params["name"])

    async def form(self, _request: Request) -> Response:
        """The form that asks for the token."""
        return served("sign-in.html")

    async def sign_in(self, request: Request) -> Response:
        """Take the token from the form and keep it in a cookie that no script can read."""
        given = parse_qs((await request.body()).decode("utf-8", "replace")).get("token", [""])[0].strip()
        if not self.settings.token or not hmac.compare_digest(given.encode(), self.settings.token.encode()):
            form = (content("sign-in.html") or b"").replace(b" hidden>", b">")
            return Response(form, 401, media_type="text/html")
        answer = RedirectResponse("/", 303)
        answer.set_cookie(COOKIE, given, httponly=True, samesite="strict", secure=request.url.scheme == "https")
        return answer
