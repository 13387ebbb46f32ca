"""What may a service be asked, by whom, and for how long?"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from resolve.errors import UsageError

ANY = "*"
"""Stands for every origin."""

MIN_TOKEN = 16
"""A token has at least so many characters."""

_ORIGIN = re.compile(r"https?://[^/\s*?#@]+")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be chosen of a service; ``checked`` fills in the rest and refuses what is unsafe.

    ``origins`` may read the reconciliation service from another origin (``*`` for all); ``hosts`` are further
    names under which the service may be called. Sizes are in code points of text, in names of a batch and
    in bytes of a request; times in seconds. ``client`` requests of one address may be under way at once, and
    ``queue`` of all; ``workers`` processes do the work.
    """

    host: str = "127.0.0.1"
    port: int = 8710
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    token: str = ""
    decisions: Path | None = None
    workers: int = 0
    timeout: float = 60.0
    text: int = 1_000_000
    names: int = 500
    name: int = 1_000
    queue: int = 64
    client: int = 24

    @property
    def loopback(self) -> bool:
        """Whether nobody but this machine can reach the service."""
        return is_loopback(self.host)

    @property
    def body(self) -> int:
        """The longest request, in bytes: a text of the longest kind, escaped as JSON does."""
        return 6 * self.text + 65_536


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's own.

    >>> is_loopback("localhost"), is_loopback("127.0.0.2"), is_loopback("[::1]"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    bare = host.strip("[]").lower().rstrip(".")
    if bare == "localhost":
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False


def checked(settings: Settings, public: bool = False) -> Settings:
    """The settings as they hold, or what is wrong with them.

    Args:
        settings: as asked for.
        public: the gazetteer is no secret (the curated one, without decisions), so that every origin may ask
            the reconciliation service where none is named.

    Raises:
        UsageError: the service would be open to others without a token, or a value is out of range.

    >>> checked(Settings(host="0.0.0.0"))
    Traceback (most recent call last):
    resolve.errors.UsageError: 0.0.0.0 can be reached by others; give a token with --token or $RESOLVE_TOKEN, ...

    """
    if not settings.loopback and not settings.token:
        raise UsageError(
            f"{settings.host} can be reached by others; give a token with --token or $RESOLVE_TOKEN, "
            "or bind to 127.0.0.1"
        )
    if settings.token and (
        len(settings.token) < MIN_TOKEN or not re.fullmatch(r"[\w.~+/=-]+", settings.token, re.ASCII)
    ):
        raise UsageError(
            f"the token needs at least {MIN_TOKEN} letters, digits or -._~+/=; make one with `openssl rand -hex 16`"
        )
    if not 0 <= settings.port <= 65535:
        raise UsageError(f"port {settings.port} is out of range; give 0 (any free one) to 65535")
    for what in ("timeout", "text", "names", "name", "queue", "client"):
        if getattr(settings, what) <= 0:
            raise UsageError(f"{what} {getattr(settings, what)} is out of range; give a number above 0")
    origins = settings.origins or ((ANY,) if public else ())
    for origin in origins:
        if origin != ANY and not _ORIGIN.fullmatch(origin):
            raise UsageError(
                f"{origin!r} is no origin; give scheme, host and port such as http://127.0.0.1:3333, or '*'"
            )
    workers = settings.workers or max(2, os.cpu_count() or 2)
    return replace(settings, origins=tuple(o.lower() for o in origins), workers=max(2, workers))


def known_hosts(settings: Settings) -> frozenset[str]:
    """The host names, without port, under which the service answers.

    >>> sorted(known_hosts(Settings(hosts=("names.example.org",))))
    ['127.0.0.1', '::1', 'localhost', 'names.example.org']
    """
    own = {"localhost", "127.0.0.1", "::1"} if settings.loopback else set[str]()
    bound = settings.host.strip("[]").lower()
    return frozenset(own | ({bound} - {"0.0.0.0", "::"}) | {host.strip("[]").lower() for host in settings.hosts})  # noqa: S104 - compared, not bound


def own_token(given: str | None, names: Sequence[str] = ("RESOLVE_TOKEN",)) -> str:
    """The token given, or that of the environment, which other users of the machine cannot see."""
    return given or next((os.environ[name] for name in names if os.environ.get(name)), "")
