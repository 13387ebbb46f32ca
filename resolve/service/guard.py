"""Who may ask this service, from which page, and how much at once?

Stands before everything else, as plain ASGI: the host that was called (against rebinding of names), the page
that calls (cross-origin rules), the token, the number and the size of requests; and it writes the headers that
keep browsers from doing more with an answer than they should. Every refusal is JSON.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections import Counter
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from resolve.service.errors import Refused, too_large
from resolve.service.settings import ANY, Settings, is_loopback, known_hosts

RECONCILE = "/reconcile"
"""Below this path stands the reconciliation service, which other origins may be allowed to ask."""

OPEN = ("/static/", "/sign-in")
"""What anybody may fetch without the token: the page's own files and the form that asks for it."""

MANIFESTS = (RECONCILE, f"{RECONCILE}/1.0", f"{RECONCILE}/1.0/")
COOKIE = "resolve_token"
BODY_TIME = 30.0
"""A request has to arrive within so many seconds."""

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PREVIEW_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
}


class Guard:
    """Let pass what the settings allow.

    Args:
        app: what answers.
        settings: as `settings.checked` made them.

    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self._hosts = known_hosts(settings)
        self._under_way: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        client = scope["client"][0] if scope.get("client") else ""
        answer = self._answering(scope, headers, send)
        try:
            self._check_host(headers)
            allowed = self._check_origin(scope, headers)
            if is_preflight(scope, headers):
                await _preflight(allowed, headers, answer)
                return
            self._check_token(scope, headers)
            self._check_size(headers)
            self._check_number(client)
        except Refused as refused:
            if refused.status == 401 and scope["path"] == "/":
                await _send(303, {"location": "/sign-in"}, b"", answer)
            else:
                await refuse(refused, answer)
            return
        self._under_way[client] += 1
        try:
            await self.app(scope, self._bounded(receive), answer)
        finally:
            self._under_way[client] -= 1
            if not self._under_way[client]:
                del self._under_way[client]

    # ------------------------------------------------------------ what is checked

    def _check_host(self, headers: Headers) -> None:
        host = hostname("//" + headers.get("host", ""))
        # bound to every address, nobody knows under which names it is reached; the token protects it then
        unknown = not self._hosts and not self.settings.loopback
        if not unknown and host not in self._hosts:
            raise Refused(421, "host", f"this service does not answer as {host!r}; start it with --allow-host {host}")

    def _check_origin(self, scope: Scope, headers: Headers) -> str:
        """The origin to which the answer may be shown, empty where it is the page's own or none."""
        origin, site = headers.get("origin", "").lower(), headers.get("sec-fetch-site", "")
        foreign = bool(origin) and origin != self._own(scope, headers)
        if _is_below(scope["path"], RECONCILE):
            return self._check_reconcile(scope, headers, origin if foreign else "")
        if origin and foreign and origin not in self.settings.origins:
            raise Refused(403, "origin", f"{origin} may not use this service; start it with --allow-origin {origin}")
        crossing = site in {"cross-site", "same-site"} and not foreign
        if crossing and headers.get("sec-fetch-mode") != "navigate":
            raise Refused(403, "origin", "another site may not use this service")
        return origin if foreign else ""

    def _check_reconcile(self, scope: Scope, headers: Headers, origin: str) -> str:
        callback = b"callback=" in scope.get("query_string", b"")
        if callback and headers.get("sec-fetch-site") == "cross-site" and ANY not in self.settings.origins:
            raise Refused(
                403, "origin", "another site may not use JSONP here; start the service with --allow-origin '*'"
            )
        if not origin:
            return ""
        if ANY in self.settings.origins or origin in self.settings.origins or _is_local(origin):
            return ANY if ANY in self.settings.origins else origin
        raise Refused(403, "origin", f"{origin} may not ask this service; start it with --allow-origin {origin}")

    def _own(self, scope: Scope, headers: Headers) -> str:
        return f"{scope['scheme']}://{headers.get('host', '')}".lower()

    def _check_token(self, scope: Scope, headers: Headers) -> None:
        token, path = self.settings.token, scope["path"]
        if not token or path.startswith(OPEN) or (path in MANIFESTS and not scope["query_string"]):
            return
        if not any(hmac.compare_digest(given.encode(), token.encode()) for given in tokens(scope, headers)):
            raise Refused(401, "token", "give the token as `Authorization: Bearer TOKEN` or `?token=TOKEN`")

    def _check_size(self, headers: Headers) -> None:
        length = headers.get("content-length", "0")
        if not length.isdigit():
            raise Refused(400, "length", f"content-length {length!r} is no number")
        if int(length) > self.settings.body:
            raise too_large(f"{int(length):,} bytes are more than the {self.settings.body:,} that are taken at once")

    def _check_number(self, client: str) -> None:
        if self._under_way[client] >= self.settings.client:
            raise Refused(
                429, "too_many", f"{self.settings.client} requests of yours are under way; wait for one", retry=1
            )

    def _bounded(self, receive: Receive) -> Receive:
        """Receive a body no longer than allowed, in the time allowed."""
        taken = 0
        done = False
        until = asyncio.get_running_loop().time() + BODY_TIME

        async def bounded() -> Message:
            nonlocal taken, done
            if done:
                return await receive()
            try:
                async with asyncio.timeout_at(until):
                    message = await receive()
            except TimeoutError:
                raise Refused(408, "slow", f"the request did not arrive within {BODY_TIME:g} s") from None
            taken += len(message.get("body", b""))
            done = message["type"] != "http.request" or not message.get("more_body", False)
            if taken > self.settings.body:
                raise too_large(f"more than the {self.settings.body:,} bytes that are taken at once")
            return message

        return bounded

    # ------------------------------------------------------------ what is written

    def _answering(self, scope: Scope, headers: Headers, send: Send) -> Send:
        """Send answers with the headers that belong to them."""
        path = scope["path"]
        origin = headers.get("origin", "").lower()

        async def answering(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    found.setdefault(name, value)
                found.setdefault("content-security-policy", PAGE_POLICY)
                found.setdefault("cache-control", "no-store")
                asked = _is_below(path, RECONCILE)
                found.setdefault("cross-origin-resource-policy", "cross-origin" if asked else "same-origin")
                shown = self._shown_to(asked, origin)
                if shown:
                    found["access-control-allow-origin"] = shown
                if shown and shown != ANY:
                    found.add_vary_header("Origin")
            await send(message)

        return answering

    def _shown_to(self, reconciling: bool, origin: str) -> str:
        if reconciling and ANY in self.settings.origins:
            return ANY
        allowed = origin in self.settings.origins or (reconciling and _is_local(origin))
        return origin if origin and allowed else ""


def is_preflight(scope: Scope, headers: Headers) -> bool:
    """Whether a browser asks if another page may ask."""
    return scope["method"] == "OPTIONS" and "access-control-request-method" in headers and "origin" in headers


async def _preflight(allowed: str, headers: Headers, send: Send) -> None:
    found = {
        "access-control-allow-methods": "GET, POST, DELETE, OPTIONS",
        "access-control-allow-headers": "authorization, content-type, accept-language",
        "access-control-max-age": "600",
    }
    if allowed and headers.get("access-control-request-private-network") == "true":
        found["access-control-allow-private-network"] = "true"
    await _send(204, found, b"", send)


async def refuse(refused: Refused, send: Send) -> None:
    """Answer with an error."""
    found = {"content-type": "application/json", **refused.headers()}
    await _send(refused.status, found, json.dumps(refused.body(), ensure_ascii=False).encode(), send)


async def _send(status: int, headers: dict[str, str], body: bytes, send: Send) -> None:
    raw = [(name.encode(), value.encode()) for name, value in {**headers, "content-length": str(len(body))}.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})


def tokens(scope: Scope, headers: Headers) -> list[str]:
    """The tokens that came with a request: in the header, the query or the cookie of the page."""
    kind, _, value = headers.get("authorization", "").partition(" ")
    found = [value.strip()] if kind.lower() == "bearer" else []
    found += parse_qs(scope["query_string"].decode("latin-1")).get("token", [])
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        cookie = None
    return [*found, *([cookie.value] if cookie else [])]


def _is_below(path: str, root: str) -> bool:
    return path == root or path.startswith(f"{root}/")


def _is_local(origin: str) -> bool:
    """Whether an origin is a page of this machine, such as OpenRefine's.

    >>> _is_local("http://127.0.0.1:3333"), _is_local("https://example.org"), _is_local("null")
    (True, False, False)
    """
    host = hostname(origin)
    return bool(host) and is_loopback(host)


def hostname(address: str) -> str:
    """The host of an address in small letters, empty where it has none that can be read.

    >>> hostname("//[::1]:8710"), hostname("//names.example.org"), hostname("//[")
    ('::1', 'names.example.org', '')
    """
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
