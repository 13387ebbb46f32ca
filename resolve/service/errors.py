"""What can be wrong with a request, and what should the caller do next?"""

from __future__ import annotations

from typing import Any


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a failure of the service
    """A request that gets an error as its answer.

    Args:
        status: HTTP status code.
        code: a short word that programs can tell apart.
        message: what was found, and what to do next.
        retry: after how many seconds asking again makes sense.

    >>> Refused(413, "too_large", "the text is too long").body()
    {'error': {'code': 'too_large', 'message': 'the text is too long'}}

    """

    def __init__(self, status: int, code: str, message: str, retry: int = 0) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.retry = status, code, message, retry

    def body(self) -> dict[str, Any]:
        """The error as JSON."""
        return {"error": {"code": self.code, "message": self.message}}

    def headers(self) -> dict[str, str]:
        """The headers that belong to it."""
        found = {"retry-after": str(self.retry)} if self.retry else {}
        return found | ({"www-authenticate": 'Bearer realm="resolve"'} if self.status == 401 else {})


def invalid(message: str) -> Refused:
    """A value that is none of those allowed."""
    return Refused(422, "invalid", message)


def too_large(message: str) -> Refused:
    """More than the service takes at once."""
    return Refused(413, "too_large", message)


def busy(message: str) -> Refused:
    """Nobody is free to do it now."""
    return Refused(503, "busy", message, retry=2)
