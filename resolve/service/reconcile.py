"""How does OpenRefine, or any client of the W3C Reconciliation Service API, ask for entities?

Version 0.2 (Community Group report of 10 April 2023) stands at ``/reconcile``, the draft of 1.0 at
``/reconcile/1.0``. The score is the probability in hundredths, ``match`` is set for the resolved candidate alone,
and the features are the probability and the evidence in bits.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from resolve.model import ENTITY_TYPES
from resolve.service import requests
from resolve.service.api import LONG_BATCH
from resolve.service.desk import Desk
from resolve.service.errors import Refused, invalid, too_large
from resolve.service.guard import PREVIEW_POLICY, RECONCILE
from resolve.service.requests import Json
from resolve.service.settings import ANY
from resolve.version import __version__

DRAFT = f"{RECONCILE}/1.0"
TYPE_NAMES = {"person": "Person", "organization": "Organisation", "place": "Place"}
PROPERTIES = {
    "name": "Name", "names": "All names", "aliases": "Other names", "type": "Type", "gender": "Gender",
    "description": "Description", "wikidata": "Wikidata item", "id": "Identifier",
}  # fmt: skip
COMPARED = ("gender", "type", "wikidata")
"""Properties that contradict a candidate whose value is another."""

SUGGESTED = 10
MAX_LIMIT = 50
PREVIEW = {"width": 420, "height": 190}
_CALLBACK = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*", re.ASCII)


def routes(desk: Desk) -> list[Route]:
    """The routes of both versions."""
    service = Reconciliation(desk)
    both = [
        Route(f"{root}{path}", answer, methods=["GET"])
        for root in (DRAFT, RECONCILE)
        for path, answer in (
            ("/suggest/entity", service.suggest_entity), ("/suggest/type", service.suggest_type),
            ("/suggest/property", service.suggest_property), ("/preview", service.preview),
        )
    ]  # fmt: skip
    return [
        *both,
        Route(DRAFT, service.manifest_draft, methods=["GET"]),
        Route(f"{DRAFT}/", service.manifest_draft, methods=["GET"]),
        Route(f"{DRAFT}/reconcile", service.queries_draft, methods=["POST"]),
        Route(f"{DRAFT}/extend", service.extend_draft, methods=["POST"]),
        Route(f"{DRAFT}/extend/propose", service.propose, methods=["GET"]),
        Route(RECONCILE, service.root, methods=["GET", "POST"]),
        Route(f"{RECONCILE}/properties", service.propose, methods=["GET"]),
        Route(f"{RECONCILE}/flyout/{{kind}}", service.flyout, methods=["GET"]),
    ]


class Reconciliation:
    """The answers of the reconciliation service."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.settings = desk, desk.settings

    # ------------------------------------------------------------ version 0.2

    async def root(self, request: Request) -> Response:
        """The manifest, or the answers to queries or to a data extension."""
        found = dict(request.query_params)
        if request.method == "POST":
            found |= await form(request)
        if "queries" in found:
            return jsonp(request, await self._queries(requests.parsed(found["queries"])))
        if "extend" in found:
            rows = await self._extended(requests.parsed(found["extend"]))
            return jsonp(request, {"meta": rows["meta"], "rows": rows["rows"]})
        if request.method == "POST":
            raise invalid("send queries or extend in a form")
        return jsonp(request, self.manifest(request))

    def manifest(self, request: Request) -> dict[str, Any]:
        """The manifest of version 0.2."""
        base = _base(request)
        token = _token(request)
        suggest = {
            kind: {
                "service_url": base, "service_path": f"{RECONCILE}/suggest/{kind}{token}",
                "flyout_service_url": base, "flyout_service_path": f"{RECONCILE}/flyout/{kind}{token or '?'}{'&' if token else ''}id=${{id}}",
            }
            for kind in ("entity", "type", "property")
        }  # fmt: skip
        return {
            "versions": ["0.2"], **self._about(base),
            "identifierSpace": f"{base}/entity/", "schemaSpace": f"{base}/property/",
            "view": {"url": f"{base}/?entity={{{{id}}}}"},
            "preview": {"url": f"{base}{RECONCILE}/preview?{_also(token)}id={{{{id}}}}", **PREVIEW},
            "suggest": suggest,
            "extend": {
                "propose_properties": {"service_url": base, "service_path": f"{RECONCILE}/properties{token}"},
                "property_settings": [
                    {"name": "limit", "label": "Limit", "type": "number", "default": 0,
                     "help_text": "At most so many values of a row; 0 for all"},
                ],
            },
        }  # fmt: skip

    def _about(self, base: str) -> dict[str, Any]:
        found: dict[str, Any] = {
            "name": f"resolve: {len(self.desk.index):,} entities", "documentation": f"{base}/openapi.json",
            "serviceVersion": __version__, "batchSize": self.settings.names,
            "defaultTypes": [{"id": id, "name": name} for id, name in TYPE_NAMES.items()],
        }  # fmt: skip
        if self.settings.token:
            found["authentication"] = {"type": "apiKey", "name": "token", "in": "query"}
        return found

    async def _queries(self, batch: Any) -> dict[str, Any]:
        if not isinstance(batch, dict):
            raise invalid("queries is no JSON object of queries")
        asked = {key: _query(query, self.settings.name) for key, query in batch.items()}
        found = await self._candidates(list(asked.values()))
        return {
            key: {"result": [_candidate(c) for c in candidates]} for key, candidates in zip(asked, found, strict=True)
        }

    async def _candidates(self, queries: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
        if len(queries) > self.settings.names:
            raise too_large(f"{len(queries):,} queries; at most {self.settings.names:,} are taken at once")
        found: list[list[dict[str, Any]]] = await self.desk.pool.run(
            "reconcile", {"queries": queries}, long=len(queries) > LONG_BATCH
        )
        return found

    # ------------------------------------------------------------ draft of version 1.0

    async def manifest_draft(self, request: Request) -> Response:
        """The manifest of the draft."""
        base = _base(request)
        return Json(
            {
                "versions": ["1.0-draft"], **self._about(base), "lang": "en", "standardizedScore": True,
                "view": {"url": f"{base}/?entity={{id}}"}, "preview": PREVIEW,
                "suggest": {"entity": True, "property": True, "type": True},
                "extend": {
                    "proposeProperties": True,
                    "propertySettings": [
                        {"id": "limit", "name": "Limit", "type": "number", "default": 0,
                         "helpText": "At most so many values of a row; 0 for all"},
                    ],
                },
            }
        )  # fmt: skip

    async def queries_draft(self, request: Request) -> Response:
        """The candidates of a batch of queries, in order."""
        found = await requests.values(request)
        batch = found.get("queries")
        if not isinstance(batch, list):
            raise invalid("queries is no list of queries")
        candidates = await self._candidates([_query_draft(query, self.settings.name) for query in batch])
        return Json({"results": [{"candidates": [_candidate_draft(c) for c in one]} for one in candidates]})

    async def extend_draft(self, request: Request) -> Response:
        """The values of properties, in the form of the draft."""
        found = await self._extended(await requests.values(request))
        rows = [
            {"id": id, "properties": [{"id": key, "values": values} for key, values in row.items()]}
            for id, row in found["rows"].items()
        ]
        return Json({"meta": found["meta"], "rows": rows})

    # ------------------------------------------------------------ data extension

    async def _extended(self, query: Any) -> dict[str, Any]:
        if (
            not isinstance(query, dict)
            or not isinstance(query.get("ids"), list)
            or not isinstance(query.get("properties"), list)
        ):
            raise invalid("a data extension has the lists ids and properties")
        ids = list(dict.fromkeys(id for id in query["ids"] if isinstance(id, str)))
        if len(ids) > self.settings.names:
            raise too_large(f"{len(ids):,} ids; at most {self.settings.names:,} are taken at once")
        wanted = [(str(p["id"]), _most(p)) for p in query["properties"] if isinstance(p, dict) and "id" in p]
        entities = await self.desk.pool.run("entities", {"ids": ids}, long=len(ids) > LONG_BATCH)
        names = dict(self._properties())
        return {
            "meta": [{"id": id, "name": names.get(id, id)} for id, _ in wanted],
            "rows": {
                id: {key: [{"str": value} for value in _values(entity, key)[:most]] for key, most in wanted}
                for id, entity in zip(ids, entities, strict=True)
            },
        }  # fmt: skip

    def _properties(self) -> list[tuple[str, str]]:
        """All properties that can be fetched: those of every entity, names by language, and columns of the source."""
        langs = [lang for lang in self.desk.index.header.get("langs", []) if lang]
        extra = [column for column in self.desk.columns if column not in PROPERTIES]
        return [
            *PROPERTIES.items(), *((f"name@{lang}", f"Name ({lang})") for lang in langs), *((column, column) for column in extra),
        ]  # fmt: skip

    async def propose(self, request: Request) -> Response:
        """The properties of entities of a type."""
        type = request.query_params.get("type", "")
        found: dict[str, Any] = {
            "properties": [{"id": id, "name": name} for id, name in self._properties() if id != "id"]
        }
        if type:
            found["type"] = type
        if "limit" in request.query_params:
            found["limit"] = requests.number(request.query_params, "limit", 0, 0, 1000)
            found["properties"] = found["properties"][: found["limit"] or None]
        return jsonp(request, found)

    # ------------------------------------------------------------ suggestions

    async def suggest_entity(self, request: Request) -> Response:
        """Entities whose name somebody types."""
        prefix = requests.text(request.query_params, "prefix", self.settings.name, "")
        skip = requests.number(request.query_params, "cursor", 0, 0, 10_000)
        found = await self.desk.pool.run("search", {"query": prefix, "limit": SUGGESTED, "skip": skip})
        return jsonp(request, {"result": [_suggested(entity) for entity in found]})

    async def suggest_type(self, request: Request) -> Response:
        """The types of entities."""
        return self._suggest(request, TYPE_NAMES.items())

    async def suggest_property(self, request: Request) -> Response:
        """The properties of entities."""
        return self._suggest(request, self._properties())

    def _suggest(self, request: Request, known: Iterable[tuple[str, str]]) -> Response:
        prefix = requests.text(request.query_params, "prefix", self.settings.name, "").casefold()
        skip = requests.number(request.query_params, "cursor", 0, 0, 10_000)
        found = [
            {"id": id, "name": name}
            for id, name in known
            if prefix in (id.casefold(), "") or name.casefold().startswith(prefix)
        ]
        return jsonp(request, {"result": found[skip : skip + MAX_LIMIT]})

    async def flyout(self, request: Request) -> Response:
        """A short description of an entity, type or property."""
        kind, id = request.path_params["kind"], requests.text(request.query_params, "id", self.settings.name)
        if kind == "entity":
            return jsonp(request, {"id": id, "html": _described(await self.desk.pool.run("entity", {"id": id}))})
        known = {"type": dict(TYPE_NAMES), "property": dict(self._properties())}.get(kind)
        if known is None or id not in known:
            raise Refused(404, "unknown", f"there is no {kind} {id!r}")
        return jsonp(request, {"id": id, "html": f"<p>{html.escape(known[id])}</p>"})

    async def preview(self, request: Request) -> Response:
        """A small page about an entity, for frames."""
        id = requests.text(request.query_params, "id", self.settings.name)
        body = _described(await self.desk.pool.run("entity", {"id": id}))
        page = (
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>'
            f'{html.escape(id)}</title><link rel="stylesheet" href="/static/preview.css"></head><body>{body}</body></html>'
        )
        return HTMLResponse(
            page, headers={"content-security-policy": f"{PREVIEW_POLICY}; frame-ancestors {self._framing()}"}
        )

    def _framing(self) -> str:
        """Which pages may show a preview in a frame."""
        if ANY in self.settings.origins:
            return "*"
        return " ".join(["'self'", "http://127.0.0.1:*", "http://localhost:*", *self.settings.origins])


# ---------------------------------------------------------------- what is asked


async def form(request: Request) -> dict[str, str]:
    """The fields of a form in the body, as OpenRefine sends it.

    Raises:
        Refused: the body is no such form.

    """
    from urllib.parse import parse_qsl

    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise Refused(415, "media_type", f"send application/x-www-form-urlencoded, not {kind or 'nothing'}")
    try:
        return dict(
            parse_qsl(
                (await request.body()).decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=100
            )
        )
    except UnicodeDecodeError:
        raise Refused(400, "encoding", "the form is no percent-encoded UTF-8") from None
    except ValueError as error:
        raise Refused(400, "form", f"the form cannot be read: {error}") from None


def _query(query: Any, longest: int) -> dict[str, Any]:
    """A query of version 0.2 as the worker takes it."""
    if not isinstance(query, dict):
        raise invalid(f"query {query!r} is no JSON object")
    types = query.get("type") or []
    types = types if isinstance(types, list) else [types]
    properties = query.get("properties") or []
    if not isinstance(properties, list) or not all(isinstance(p, dict) for p in properties):
        raise invalid("properties is no list of objects")
    if "query" not in query and not properties:
        raise invalid("a query has a query or properties")
    known = [(str(p.get("pid", p.get("p", ""))), _list(p.get("v"))) for p in properties]
    return _asked(requests.text(query, "query", longest, ""), types, query, known)


def _query_draft(query: Any, longest: int) -> dict[str, Any]:
    """A query of the draft as the worker takes it; earlier drafts called the fields ``pid`` and ``v``."""
    if not isinstance(query, dict) or not isinstance(query.get("conditions"), list) or not query["conditions"]:
        raise invalid("a query has the list conditions, which is not empty")
    name, ids, known = "", [], []
    for condition in query["conditions"]:
        if not isinstance(condition, dict) or condition.get("matchType") not in ("name", "id", "property"):
            raise invalid("a condition has the matchType name, id or property")
        values = _list(condition.get("propertyValue", condition.get("v")))
        if condition["matchType"] == "name":
            name = name or next((v for v in values if v), "")
        elif condition["matchType"] == "id":
            ids += values
        elif condition.get("matchQuantifier", "any") != "none":
            known.append((str(condition.get("propertyId", condition.get("pid", ""))), values))
    asked = _asked(requests.text({"name": name}, "name", longest), _list(query.get("type")), query, known)
    return {**asked, "ids": ids[:10], "lang": requests.lang(query)}


def _asked(name: str, types: list[Any], query: dict[str, Any], known: list[tuple[str, list[str]]]) -> dict[str, Any]:
    limit = requests.number(query, "limit", 5, 1, 1_000_000)
    ids = [type.get("id", "") if isinstance(type, dict) else str(type) for type in types]
    return {
        "name": name, "limit": min(limit, MAX_LIMIT), "types": [id for id in ids if id in ENTITY_TYPES],
        "known": {id: values for id, values in known if id in COMPARED and values},
    }  # fmt: skip


def _list(value: Any) -> list[str]:
    """The values of a property as texts; of an entity, its ID."""
    found = value if isinstance(value, list) else [value]
    return [str(v.get("id", "")) if isinstance(v, dict) else str(v) for v in found if v not in (None, "")]


def _most(wanted: dict[str, Any]) -> int | None:
    """At most so many values, None for all."""
    given = wanted.get("settings")
    try:
        return int(given.get("limit", 0)) or None if isinstance(given, dict) else None
    except (TypeError, ValueError):
        return None


# ---------------------------------------------------------------- what is answered


def jsonp(request: Request, value: Any) -> Response:
    """A value as JSON, or as a call of the function that ``callback`` names.

    Raises:
        Refused: the callback is no name of a function.

    """
    callback = request.query_params.get("callback", "")
    if not callback:
        return Json(value)
    if len(callback) > 100 or not _CALLBACK.fullmatch(callback):
        raise Refused(400, "callback", f"callback {callback[:100]!r} is no name of a function")
    text = json.dumps(value, ensure_ascii=True)
    return Response(f"/**/{callback}({text});", media_type="application/javascript")


def _candidate(found: dict[str, Any]) -> dict[str, Any]:
    """A candidate of version 0.2."""
    return {
        "id": found["id"], "name": found["name"], "description": found["description"], "score": found["score"],
        "match": found["match"], "type": [_type(found["type"])],
        "features": [{"id": id, "value": value} for id, _name, value in _features(found)],
    }  # fmt: skip


def _candidate_draft(found: dict[str, Any]) -> dict[str, Any]:
    """A candidate of the draft, whose features have names."""
    features = [{"id": id, "name": name, "value": value} for id, name, value in _features(found)]
    return {**_candidate(found), "features": features}


def _features(found: dict[str, Any]) -> Iterable[tuple[str, str, float | bool]]:
    """The probability, and the evidence, as ID, name and bits; an ID that comes again is numbered."""
    yield "probability", "probability that this is meant", round(found["score"] / 100, 4)
    if "bits" in found:
        yield "bits", "all evidence, in bits", found["bits"]
    counts: dict[str, int] = {}
    for piece in found["features"]:
        id = re.sub(r"\W+", "_", piece["feature"]).strip("_")
        counts[id] = counts.get(id, 0) + 1
        pair = " ~ ".join(filter(None, (piece["left"], piece["right"])))
        name = f"{piece['feature']}: {pair}" if pair else piece["feature"]
        yield (id if counts[id] == 1 else f"{id}_{counts[id]}"), name, piece["bits"]
    for key, agrees in found["known"].items():
        yield f"property_{key}", f"{PROPERTIES[key]} as given", agrees


def _type(id: str) -> dict[str, str]:
    return {"id": id, "name": TYPE_NAMES[id]}


def _suggested(entity: dict[str, Any]) -> dict[str, Any]:
    """A suggestion, which also says the name that was typed where it is another."""
    also = entity["matched"] if entity["matched"] != entity["name"] else ""
    description = "; ".join(filter(None, (also, entity["description"])))
    return {"id": entity["id"], "name": entity["name"], "description": description, "notable": [_type(entity["type"])]}


def _described(entity: dict[str, Any]) -> str:
    """An entity as HTML."""
    names = " · ".join(
        dict.fromkeys(
            n["name"] for n in entity["names"] if n["kind"] in {"name", "alias"} and n["name"] != entity["name"]
        )
    )
    lines = [
        f"<h1>{html.escape(entity['name'])}</h1>", f"<p>{html.escape(entity['description'])}</p>" if entity["description"] else "",
        f'<p class="names">{html.escape(names)}</p>' if names else "",
        f'<p class="id">{html.escape(TYPE_NAMES[entity["type"]])} · {html.escape(entity["id"])}</p>',
    ]  # fmt: skip
    return "".join(lines)


def _values(entity: dict[str, Any] | None, key: str) -> list[str]:
    """The values of a property of an entity."""
    if entity is None:
        return []
    means = [name for name in entity["names"] if name["kind"] in {"name", "alias"}]
    if key == "names":
        return list(dict.fromkeys(name["name"] for name in means))
    if key == "aliases":
        return list(dict.fromkeys(name["name"] for name in means if name["name"] != entity["name"]))
    if key.startswith("name@"):
        return list(dict.fromkeys(name["name"] for name in means if name["lang"] == key.removeprefix("name@")))
    value = entity.get(key) if key in PROPERTIES else entity["attributes"].get(key)
    return [str(value)] if value else []


def _base(request: Request) -> str:
    return f"{request.url.scheme}://{request.headers.get('host', '')}"


def _token(request: Request) -> str:
    """The token as a client gave it in the query, for the addresses that the manifest names."""
    token = request.query_params.get("token", "")
    return f"?token={quote(token)}" if token else ""


def _also(token: str) -> str:
    return f"{token.removeprefix('?')}&" if token else ""
