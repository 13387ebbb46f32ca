"""How does one process work for the service: a task in, an answer out?

``python -m resolve.service.worker`` reads tasks from standard input and writes answers to standard output,
each as four bytes of length (big-endian) and JSON. It ends when its input does, so that it never outlives the
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


def write_frame(stream: BinaryIO, value: object) -> None:
    """Write one value."""
    payload = json.dumps(value).encode("ascii")
    stream.write(HEAD.pack(len(payload)) + payload)
    stream.flush()


def read_frame(stream: BinaryIO) -> Any:
    """Read one value.

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
    return json.loads(payload)


def answer(tasks: Any, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """The result of a task, or why there is none."""
    from resolve.errors import ResolveError
    from resolve.service.errors import Refused

    try:
        return {"result": tasks.run(name, arguments)}
    except Refused as refused:
        return {"status": refused.status, "code": refused.code, "message": refused.message}
    except ResolveError as error:
        return {"status": 422, "code": "invalid", "message": str(error)}
    except Exception:  # noqa: BLE001 - whatever one request breaks must not end the worker
        traceback.print_exc()
        return {"status": 500, "code": "internal", "message": "the service failed at this request; see its log"}


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
            name, arguments = read_frame(source)
            write_frame(sink, answer(tasks, name, arguments))
        except (EOFError, BrokenPipeError):
            return


if __name__ == "__main__":
    main()
