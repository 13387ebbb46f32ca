"""How do programs ask for texts, names, pairs and spellings, in JSON?"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from resolve.model import ENTITY_TYPES
from resolve.service import requests
from resolve.service.desk import Desk
from resolve.service.errors import Refused
from resolve.service.openapi import description
from resolve.service.requests import Json
from resolve.version import __version__

LONG_TEXT = 5_000
"""A text of more code points may keep a worker busy for more than a moment."""

LONG_BATCH = 20
"""So may more names than these."""

MAX_LIMIT = 50
EVIDENCE = ("none", "best", "all")
"""Of which candidates the evidence is given."""


def routes(desk: Desk) -> list[Route]:
    """The routes of the JSON API."""
    api = Api(desk)
    return [
        Route("/text", api.text, methods=["POST"]),
        Route("/match", api.match, methods=["GET", "POST"]),
        Route("/explain", api.explain, methods=["GET", "POST"]),
        Route("/variants", api.variants, methods=["GET", "POST"]),
        Route("/entities", api.entities, methods=["GET"]),
        Route("/entity", api.entity, methods=["GET"]),
        Route("/decisions", api.decisions, methods=["GET"]),
        Route("/decisions", api.decide, methods=["POST"]),
        Route("/decisions/{time}", api.undo, methods=["DELETE"]),
        Route("/status", api.status, methods=["GET"]),
        Route("/openapi.json", api.openapi, methods=["GET"]),
    ]


class Api:
    """The answers of the JSON API."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.settings = desk, desk.settings

    async def text(self, request: Request) -> Response:
        """The mentions of a text."""
        found = await requests.values(request)
        text = requests.text(found, "text", self.settings.text)
        arguments = {
            "text": text, "id": requests.text(found, "id", self.settings.name, ""), "all": requests.flag(found, "all", True),
            "evidence": requests.choice(found, "evidence", EVIDENCE, "best"),
        }  # fmt: skip
        result = await self.desk.pool.raw("text", arguments, long=len(text) > LONG_TEXT)
        return Response(result, media_type=Json.media_type)

    async def match(self, request: Request) -> Response:
        """The entity of one name, or of each of several."""
        found = await requests.values(request)
        names = requests.names(found, self.settings)
        arguments = {
            "names": names, "limit": requests.number(found, "limit", 5, 1, MAX_LIMIT), "lang": requests.lang(found),
            "evidence": requests.choice(found, "evidence", EVIDENCE, "best"),
        }  # fmt: skip
        links = await self.desk.pool.run("match", arguments, long=len(names) > LONG_BATCH)
        return Json({"results": links} if "names" in found else links[0])

    async def explain(self, request: Request) -> Response:
        """What speaks for two names being one person's."""
        found = await requests.values(request)
        left, right = (requests.text(found, side, self.settings.name) for side in ("left", "right"))
        return Json(await self.desk.pool.run("explain", {"left": left, "right": right, "lang": requests.lang(found)}))

    async def variants(self, request: Request) -> Response:
        """How a name is written, scheme by scheme."""
        found = await requests.values(request)
        name = requests.text(found, "name", self.settings.name)
        return Json(await self.desk.pool.run("variants", {"name": name, "lang": requests.lang(found)}))

    async def entities(self, request: Request) -> Response:
        """Entities whose name somebody types."""
        found = await requests.values(request)
        arguments = {
            "query": requests.text(found, "q", self.settings.name, ""), "limit": requests.number(found, "limit", 20, 1, MAX_LIMIT),
            "skip": requests.number(found, "skip", 0, 0, 10_000), "type": requests.choice(found, "type", ("", *ENTITY_TYPES), ""),
        }  # fmt: skip
        return Json({"entities": await self.desk.pool.run("search", arguments)})

    async def entity(self, request: Request) -> Response:
        """One entity with all names and spellings."""
        id = requests.text(await requests.values(request), "id", self.settings.name)
        return Json(await self.desk.pool.run("entity", {"id": id, "spellings": True}))

    async def decisions(self, _request: Request) -> Response:
        """What reviewers have decided."""
        return Json(self.desk.decisions())

    async def decide(self, request: Request) -> Response:
        """Keep a decision."""
        found = await requests.values(request)
        deciders: dict[str, Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]] = {
            "pick": self.desk.pick, "none": self.desk.none, "same": self.desk.same,
        }  # fmt: skip
        return Json(await deciders[requests.choice(found, "kind", tuple(deciders), "")](found), status_code=201)

    async def undo(self, request: Request) -> Response:
        """Take a decision back."""
        time = request.path_params["time"]
        if not self.desk.undo(time):
            raise Refused(404, "unknown_decision", f"there is no decision of {time!r}")
        return Json(self.desk.decisions())

    async def status(self, _request: Request) -> Response:
        """What is served, and within which bounds."""
        return Json({"name": "resolve", "version": __version__, **self.desk.status()})

    async def openapi(self, request: Request) -> Response:
        """The description of this API."""
        return Json(description(str(request.base_url).rstrip("/"), self.settings))
