"""What can be asked of the JSON API, in the words of OpenAPI 3.1?"""

from __future__ import annotations

from typing import Any

from resolve.service.settings import Settings
from resolve.version import __version__

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_PROBABILITY: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_BITS: Schema = {"type": "number", "description": "log-likelihood ratio in bits"}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _object(required: str = "", /, **properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, **({"required": required.split()} if required else {})}


def _maybe(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _map(item: Schema) -> Schema:
    return {"type": "object", "additionalProperties": item}


EVIDENCE = _object("feature bits left right note", feature=_TEXT, bits=_BITS, left=_TEXT, right=_TEXT, note=_TEXT)
CANDIDATE = _object(
    "entity_id name probability bits",
    entity_id=_TEXT, name={**_TEXT, "description": "the spelling of the gazetteer that was compared"},
    probability=_PROBABILITY, bits=_BITS, evidence=_list(_ref("Evidence")),
)  # fmt: skip
LINK = _object(
    "start end text entity_id status probability bits candidates",
    doc=_TEXT, start={"type": "integer", "description": "code points of the text, not UTF-16 units"},
    end={"type": "integer", "description": "exclusive"}, text=_TEXT,
    entity_id=_maybe(_TEXT), name=_maybe(_TEXT), type=_maybe({"enum": ["person", "organization", "place"]}),
    probability=_PROBABILITY, bits=_BITS, status={"enum": ["resolved", "ambiguous", "unknown"]},
    scheme=_maybe({**_TEXT, "description": "the romanisation that explains the spelling"}),
    base={**_TEXT, "description": "the language that the spelling is based on, empty for others"},
    candidates=_list(_ref("Candidate")),
)  # fmt: skip
ENTITY = _object("id name type", id=_TEXT, name=_TEXT, type=_TEXT, description=_TEXT, gender=_TEXT, wikidata=_TEXT)
FORM = _object("text scheme lang title derived", text=_TEXT, scheme=_TEXT, lang=_TEXT, title=_TEXT, derived=_TEXT)
PROFILE = _object(
    "bases entities",
    bases=_map({"type": "integer"}),
    entities=_list(
        _object(
            "entity_id name mentions bases spellings", entity_id=_TEXT, name=_TEXT, mentions={"type": "integer"},
            bases=_map({"type": "integer"}), spellings=_list(_object("text base count", text=_TEXT, base=_TEXT, count={"type": "integer"})),
        )
    ),
)  # fmt: skip
DECISIONS = _object(
    "file decisions", file=_maybe(_TEXT),
    decisions=_list(_object("time rows", time=_TEXT, rows=_list(_object("id name kind", id=_TEXT, name=_TEXT, kind=_TEXT, lang=_TEXT)))),
)  # fmt: skip
ERROR = _object("error", error=_object("code message", code=_TEXT, message=_TEXT))
SCHEMAS = {
    "Evidence": EVIDENCE, "Candidate": CANDIDATE, "Link": LINK, "Entity": ENTITY, "Form": FORM, "Profile": PROFILE,
    "Decisions": DECISIONS, "Error": ERROR,
}  # fmt: skip

_LANG = {
    **_TEXT, "maxLength": 35, "pattern": "^([A-Za-z]{2,3}(-.*)?)?$",
    "description": "ISO 639-1 code of the language of the name, where known",
}  # fmt: skip


def description(base: str, settings: Settings) -> Schema:
    """The document, with the bounds of this service.

    >>> sorted(description("http://127.0.0.1:8710", Settings())["paths"])[:3]
    ['/decisions', '/decisions/{time}', '/entities']
    """
    name = {**_TEXT, "maxLength": settings.name}
    spelling = {**name, "minLength": 1, "description": "holds a letter, and nothing that cannot be printed"}
    which = {
        "enum": ["none", "best", "all"],
        "default": "best",
        "description": "of which candidates the evidence is given",
    }
    limit = {"type": "integer", "minimum": 1, "maximum": 50, "default": 5}
    found = {**LINK, "properties": {**LINK["properties"], "entities": _map(_ref("Entity"))}}
    security: Schema = {"security": [{"token": []}]} if settings.token else {}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "resolve", "version": __version__,
            "description": "Which entity does a name mean, under any romanisation or script? The W3C Reconciliation "
            "Service API stands at /reconcile (0.2) and /reconcile/1.0 (draft); their manifests describe them.",
        },
        "servers": [{"url": base}], **security,
        "paths": {
            "/text": {"post": _operation(
                "Find the mentions of a text", body=_object(
                    "text", text={**_TEXT, "maxLength": settings.text}, id=name, evidence=which,
                    all={"type": "boolean", "default": True, "description": "also ambiguous and unknown mentions"}),
                answer=_object("links entities profile", doc=_TEXT, length={"type": "integer"}, threshold=_PROBABILITY,
                               links=_list(_ref("Link")), entities=_map(_ref("Entity")), profile=_ref("Profile")))},
            "/match": {
                "get": _operation("Find the entity that a name means", query={
                    "name": name, "limit": limit, "lang": _LANG, "evidence": which}, needs="name", answer=found),
                "post": _operation("The same for one `name`, or for several `names`", body={**_object(
                    name=name, names={**_list(name), "maxItems": settings.names}, limit=limit, lang=_LANG, evidence=which),
                    "oneOf": [{"required": ["name"]}, {"required": ["names"]}]},
                    answer={"anyOf": [found, _object("results", results=_list(found))]}),
            },
            "/explain": _both("What speaks for two names being one person's", "left right", {
                "left": name, "right": name, "lang": _LANG}, _object(
                "left right bits probability evidence text", left=_TEXT, right=_TEXT, bits=_BITS, probability=_PROBABILITY,
                evidence=_list(_ref("Evidence")), left_roles=_list(_list(_TEXT)), right_roles=_list(_list(_TEXT)), text=_TEXT)),
            "/variants": _both("How a name is written, scheme by scheme", "name", {"name": name, "lang": _LANG}, _object(
                "name forms", name=_TEXT, forms=_list(_ref("Form")))),
            "/entities": {"get": _operation("Entities whose ID or names start so, in any script", query={
                "q": name, "limit": {**limit, "default": 20}, "skip": {"type": "integer", "minimum": 0, "maximum": 10_000},
                "type": {"enum": ["", "person", "organization", "place"]}}, answer=_object("entities", entities=_list(_ref("Entity"))))},
            "/entity": {"get": _operation("One entity with all names, and their spellings by scheme", query={"id": name}, needs="id", answer={
                **ENTITY, "properties": {**ENTITY["properties"], "attributes": _map(_TEXT), "spellings": _list(_ref("Form")),
                                         "names": _list(_object("name lang kind", name=_TEXT, lang=_TEXT, kind=_TEXT))}})},
            "/decisions": {
                "get": _operation("What reviewers have decided, the newest first", answer=_ref("Decisions")),
                "post": _operation("Keep a decision; it holds for the next request", status="201", answer=_ref("Decisions"), body={"oneOf": [
                    _object("kind text entity_id", kind={"const": "pick"}, text=spelling, entity_id=name, instead_of=name, lang=_LANG),
                    _object("kind text candidates", kind={"const": "none"}, text=spelling, candidates={**_list(name), "minItems": 1}),
                    _object("kind entity_id other_id", kind={"const": "same"}, entity_id=name, other_id=name)]}),
            },
            "/decisions/{time}": {"delete": _operation("Take a decision back", path="time", answer=_ref("Decisions"))},
            "/status": {"get": _operation("What is served, and within which bounds", answer={"type": "object"})},
        },
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }  # fmt: skip


def _both(summary: str, needs: str, fields: dict[str, Schema], answer: Schema) -> Schema:
    return {
        "get": _operation(summary, query=fields, needs=needs, answer=answer),
        "post": _operation(summary, body=_object(needs, **fields), answer=answer),
    }


def _operation(
    summary: str, *, answer: Schema, query: dict[str, Schema] | None = None, needs: str = "", body: Schema | None = None,
    path: str = "", status: str = "200",
) -> Schema:  # fmt: skip
    parameters = [
        {"name": key, "in": "query", "required": key in needs.split(), "schema": schema}
        for key, schema in (query or {}).items()
    ]
    parameters += [{"name": path, "in": "path", "required": True, "schema": _TEXT}] if path else []
    found: Schema = {
        "summary": summary,
        "responses": {
            status: {"description": "done", "content": {"application/json": {"schema": answer}}},
            **{code: _failure(said) for code, said in FAILURES.items()},
        },
    }
    if parameters:
        found["parameters"] = parameters
    if body:
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return found


FAILURES = {
    "4XX": "the request cannot be carried out as it is (400 no JSON, 401 no token, 403 another origin, 404 nothing there, "
    "408 too slow, 413 too large, 415 no JSON, 421 another host, 422 a value that is not allowed, 429 too many at once)",
    "503": "nobody is free, or it took too long; Retry-After says when to ask again",
}


def _failure(said: str) -> Schema:
    return {"description": said, "content": {"application/json": {"schema": _ref("Error")}}}
