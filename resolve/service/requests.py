"""What does a request ask for, in values that can be relied on?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from resolve.service.errors import Refused, invalid, too_large
from resolve.service.settings import Settings

MAX_DEPTH = "the JSON is nested too deeply"


class Json(Response):
    """A value as JSON, in UTF-8."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """The bytes of an answer."""
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


async def values(request: Request) -> dict[str, Any]:
    """The values of a request: of its query, or of the JSON object in its body.

    Raises:
        Refused: the body is no JSON object in UTF-8.

    """
    if request.method == "GET":
        return dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refused(415, "media_type", f"send application/json, not {kind or 'nothing'}")
    found = parsed(await request.body())
    if not isinstance(found, dict):
        raise invalid("send a JSON object")
    return found


def parsed(data: bytes | str) -> Any:
    """A value from JSON that holds no half characters.

    Raises:
        Refused: it is no JSON.

    >>> parsed('{"name": "Якуб"}')
    {'name': 'Якуб'}


    """
    try:
        text = data if isinstance(data, str) else data.decode("utf-8-sig")
        found = json.loads(text, parse_constant=_no_number)
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Refused(400, "encoding", "the text holds half of a surrogate pair; send whole characters") from None
    except UnicodeDecodeError as error:
        raise Refused(400, "encoding", f"the request is no UTF-8 (byte {error.start}); convert it first") from None
    except RecursionError:
        raise Refused(400, "json", MAX_DEPTH) from None
    except ValueError as error:
        raise Refused(400, "json", f"the request is no JSON: {error}") from None
    return found


def _no_number(value: str) -> float:
    raise ValueError(f"{value} is no number of JSON")


def text(found: Mapping[str, Any], name: str, longest: int, default: str | None = None) -> str:
    """A text of a request.

    Raises:
        Refused: it is missing, no text, or too long.

    >>> text({"name": "Якуб"}, "name", 100)
    'Якуб'

    """
    value = found.get(name, default)
    if value is None:
        raise invalid(f"{name} is missing")
    if not isinstance(value, str):
        raise invalid(f"{name} is no text")
    if len(value) > longest:
        raise too_large(f"{name} has {len(value):,} characters; at most {longest:,} are taken at once")
    return value


def number(found: Mapping[str, Any], name: str, default: int, least: int, most: int) -> int:
    """A whole number of a request.

    Raises:
        Refused: it is no number, or out of range.

    >>> number({"limit": "3"}, "limit", 5, 1, 50)
    3

    """
    value = found.get(name, default)
    try:
        whole = None if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()) else int(value)
    except (ValueError, TypeError, OverflowError):
        whole = None
    if whole is None:
        raise invalid(f"{name} {value!r} is no whole number")
    if not least <= whole <= most:
        raise invalid(f"{name} {whole} is out of range; give {least} to {most}")
    return whole


def choice(found: Mapping[str, Any], name: str, known: tuple[str, ...], default: str) -> str:
    """One of some words.

    Raises:
        Refused: it is none of them.

    """
    value = found.get(name, default)
    if value not in known:
        raise invalid(f"unknown {name} {value!r}; known are: {', '.join(known)}")
    return str(value)


def flag(found: Mapping[str, Any], name: str, default: bool) -> bool:
    """A yes or no.

    Raises:
        Refused: it is neither.

    """
    value = found.get(name, default)
    if value in (True, False):
        return bool(value)
    if value in ("true", "1", "false", "0"):
        return value in {"true", "1"}
    raise invalid(f"{name} {value!r} is neither true nor false")


def lang(found: Mapping[str, Any]) -> str:
    """The language of a name, ISO 639-1, empty where none is given.

    Raises:
        Refused: it is no code of a language.

    """
    value = text(found, "lang", 35, "").partition("-")[0].lower()
    if value and not (value.isascii() and value.isalpha() and len(value) in {2, 3}):
        raise invalid(f"lang {value!r} is no code of a language such as be")
    return value


def names(found: Mapping[str, Any], settings: Settings) -> list[str]:
    """The names of a request: one as ``name``, or several as ``names``.

    Raises:
        Refused: there is none, there are too many, or one is too long.

    """
    given = found.get("names")
    if given is None:
        return [text(found, "name", settings.name)]
    if not isinstance(given, list):
        raise invalid("names is no list")
    if "name" in found:
        raise invalid("there is a name beside names; give one of them")
    if len(given) > settings.names:
        raise too_large(f"{len(given):,} names; at most {settings.names:,} are taken at once")
    return [text({"name": value}, "name", settings.name) for value in given]
