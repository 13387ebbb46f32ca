"""How do two processes share the work on the words of a gazetteer?

A process that runs as a single thread is copied (*fork*), so that what it has learned and gathered need not be sent; the
copies send back plain bytes. Where there are threads, a copy could inherit a lock that nobody opens again, and where a
system has no fork there is none: then all is done here, with the same result.
"""

from __future__ import annotations

import gc
import os
import signal
import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NoReturn

BLOCK = 256
"""So many numbers are worked on together; blocks are dealt out in turn, for neighbours cost alike."""

LEAST = 2048
"""Fewer numbers for a process are not worth a copy of it, which takes some hundredths of a second."""

MOST = 4
"""More copies would wait for what one process does."""

PIPE = 1 << 20
"""So many bytes may wait in a pipe; no user may have wider ones on Linux unless that was set otherwise."""

_THREADS = Path("/proc/self/task")
_SIZE = struct.Struct("<q")

Blob = bytes | bytearray | memoryview
Work = Callable[[range], Sequence[Blob]]


def shared(work: Work, count: int) -> Iterator[Sequence[Blob]]:
    r"""What some work gives for blocks of the numbers below ``count``, in order.

    Args:
        work: gives as many blobs for every block; it may run in a copy of this process, which is lost with all it learns.
        count: how many numbers there are.

    >>> [bytes(found) for (found,) in shared(lambda block: [bytes(block)], 3)]
    [b'\x00\x01\x02']

    """
    blocks = [range(start, min(start + BLOCK, count)) for start in range(0, count, BLOCK)]
    many = processes(count)
    helpers = [Helper(work, blocks[turn::many]) for turn in range(1, many)]
    try:
        for place, block in enumerate(blocks):
            turn = place % many
            found = helpers[turn - 1].next() if turn else None
            yield work(block) if found is None else found
    finally:
        for helper in helpers:
            helper.end()


def processes(count: int) -> int:
    """How many processes share the work on so many numbers: one for every core that may be used."""
    if not hasattr(os, "fork") or not _is_single():
        return 1
    return max(1, min(cores(), MOST, count // LEAST))


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _is_single() -> bool:
    """Whether this process is known to have one thread only, those of libraries counted too."""
    try:
        return len(os.listdir(_THREADS)) == 1
    except OSError:
        return False


class Helper:
    """A copy of this process that does some work on blocks, and sends back what it finds.

    Args:
        work: the work.
        blocks: the blocks, in order.

    """

    def __init__(self, work: Work, blocks: Sequence[range]) -> None:
        self._child, self._stream = _copied(work, blocks)

    def next(self) -> list[bytes] | None:
        """What was found of the next block; None where the copy could not be made, or has died."""
        try:
            return [self._read(self._number()) for _ in range(self._number())]
        except (OSError, EOFError):
            self.end()
            return None

    def _number(self) -> int:
        return int(_SIZE.unpack(self._read(_SIZE.size))[0])

    def _read(self, size: int) -> bytes:
        found = self._stream.read(size) if self._stream else b""
        if len(found) < size or not self._stream:
            raise EOFError
        return found

    def end(self) -> None:
        """Let it go, whatever it has still to do."""
        if self._stream:
            self._stream.close()
            self._stream = None
            with suppress(ProcessLookupError):
                os.kill(self._child, signal.SIGKILL)
            # whoever has said that ended processes do not matter gets no word of them
            with suppress(ChildProcessError):
                os.waitpid(self._child, 0)


def _copied(work: Work, blocks: Sequence[range]) -> tuple[int, BinaryIO | None]:
    """The number of a copy of this process, and what it sends; none where the system allows no more."""
    try:
        ends = os.pipe()
    except OSError:
        return 0, None
    # what is there now is not looked at by the copy's collector, which would have to copy the pages that it marks
    frozen = not gc.get_freeze_count()
    if frozen:
        gc.freeze()
    try:
        child = os.fork()
    except OSError:
        os.close(ends[0])
        child = -1
    if not child:
        os.close(ends[0])
        _work_through(ends[1], work, blocks)
    if frozen:
        gc.unfreeze()
    os.close(ends[1])
    return (0, None) if child < 0 else (child, os.fdopen(ends[0], "rb"))


def _work_through(end: int, work: Work, blocks: Sequence[range]) -> NoReturn:
    """Do the work of a copy, which ends with it: nothing of what the process had begun is its business."""
    try:
        for interruption in (signal.SIGINT, signal.SIGTERM):
            signal.signal(interruption, signal.SIG_DFL)
        with os.fdopen(end, "wb") as stream:
            _widen(end)
            for block in blocks:
                found = work(block)
                stream.write(_SIZE.pack(len(found)))
                for blob in found:
                    stream.write(_SIZE.pack(len(blob)))
                    stream.write(blob)
        os._exit(0)
    finally:
        os._exit(1)


def _widen(end: int) -> None:
    """Let a pipe hold what is found of many blocks, so that nobody waits for the other to take it."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(end, fcntl.F_SETPIPE_SZ, PIPE)
