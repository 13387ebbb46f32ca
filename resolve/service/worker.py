"""How does one process work for the service: a task in, an answer out?

``python -m resolve.service.worker`` reads tasks from standard input and writes answers to standard output,
each as four bytes of length (big-endian), a sign and JSON. It ends when its input does, so that it never outlives the
service. Nothing is unpickled.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
import traceback
from typing import Any, BinaryIO

HEAD = struct.Struct(">I")


DONE, FAILED = b"+", b"-"
"""What a frame begins with: a task or its result, or why there is none."""


def write_frame(stream: BinaryIO, value: object, kind: bytes = DONE) -> None:
    """Write one value."""
    payload = kind + json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    stream.write(HEAD.pack(len(payload)) + payload)
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[bool, bytes]:
    """Read one value: whether it is a result, and its JSON, which may be handed on as it is.

    Raises:
        EOFError: the other side has gone.

    """
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        raise EOFError
    (length,) = HEAD.unpack(head)
    payload = stream.read(length)
    if len(payload) < length:
        raise EOFError
    return payload[:1] == DONE, payload[1:]


def answer(tasks: Any, name: str, arguments: dict[str, Any]) -> tuple[Any, bytes]:
    """The result of a task, or why there is none."""
    from resolve.errors import ResolveError
    from resolve.service.errors import Refused

    try:
        return tasks.run(name, arguments), DONE
    except Refused as refused:
        return {"status": refused.status, "code": refused.code, "message": refused.message}, FAILED
    except ResolveError as error:
        return {"status": 422, "code": "invalid", "message": str(error)}, FAILED
    except Exception:  # noqa: BLE001 - whatever one request breaks must not end the worker
        traceback.print_exc()
        return {"status": 500, "code": "internal", "message": "the service failed at this request; see its log"}, FAILED


def main() -> None:
    """Work until the input ends; an interrupt of the terminal is the service's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # whatever prints must not disturb the answers
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    from resolve.service.tasks import Tasks

    tasks = Tasks()
    while True:
        try:
            name, arguments = json.loads(read_frame(source)[1])
            write_frame(sink, *answer(tasks, name, arguments))
        except (EOFError, BrokenPipeError):
            return


if __name__ == "__main__":
    main()
