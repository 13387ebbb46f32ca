"""Who does a task, when is nobody free, and when has it taken too long?

Every worker is a process of its own. Long tasks may hold all workers but one, so that a short one always
finds somebody; a task that exceeds its time ends with its worker, which is replaced.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import resolve
from resolve.service.errors import Refused, busy
from resolve.service.worker import read_frame, write_frame

SETUP = "setup"
"""The task that tells a worker which gazetteer and decisions hold."""

GRACE = 5.0
"""Workers have so many seconds to finish when the service ends."""


class Worker:
    """One process; it starts with its first task, and again after its end."""

    def __init__(self) -> None:
        self.version = -1
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def call(
        self, name: str, arguments: dict[str, Any], process: subprocess.Popen[bytes] | None = None
    ) -> tuple[bool, bytes]:
        """Have a task done by the process, waiting for it; returns whether it was done, and the JSON of the result.

        Args:
            name: of the task.
            arguments: of the task.
            process: the process that has to do it, so that none is started instead of one that was ended.

        Raises:
            EOFError: the process ended.

        """
        process = process or self.started()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            write_frame(cast("Any", process.stdin), [name, arguments])
            return read_frame(cast("Any", process.stdout))
        except (OSError, ValueError) as error:
            raise EOFError from error

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    def started(self) -> subprocess.Popen[bytes]:
        """The process, started if it is not there; a new one knows nothing yet."""
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self.version = -1
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-m", "resolve.service.worker"],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment(),
                )  # fmt: skip
            return self._process

    def end(self, grace: float = 0.0) -> None:
        """End the process: at once, or when it has finished within some seconds."""
        with self._lock:
            process, self._process = self._process, None
            self.version = -1
        if process is None:
            return
        if grace:
            with suppress(OSError):
                cast("Any", process.stdin).close()
            with suppress(subprocess.TimeoutExpired):
                process.wait(grace)
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                cast("Any", stream).close()


def _done(done: bool, result: bytes) -> bytes:
    """The result of a task.

    Raises:
        Refused: it could not be done.

    """
    if not done:
        why = json.loads(result)
        raise Refused(why["status"], why["code"], why["message"])
    return result


def _environment() -> dict[str, str]:
    """The environment of a worker, in which it finds this very package."""
    package = str(Path(resolve.__file__).parent.parent)
    others = os.environ.get("PYTHONPATH", "")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (package, others))), "PYTHONUTF8": "1"}


class Pool:
    """The workers of a service.

    Args:
        size: so many processes, at least 2.
        queue: so many tasks may be under way or wait.
        timeout: the time of a task from its arrival, in seconds.

    """

    def __init__(self, size: int, queue: int, timeout: float) -> None:
        self.size, self.queue, self.timeout = size, queue, timeout
        self.workers = [Worker() for _ in range(size)]
        self.setup: dict[str, Any] = {}
        self.version = 0
        self.closing = False
        self.under_way = 0
        self._idle: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()
        self._long = asyncio.Semaphore(size - 1)
        self._reviving: set[asyncio.Task[None]] = set()

    def tell(self, setup: dict[str, Any]) -> None:
        """From now on every task is done with this gazetteer and these decisions."""
        self.setup = setup
        self.version += 1

    async def run(self, name: str, arguments: dict[str, Any], long: bool = False) -> Any:
        """Have a task done; see `raw`."""
        return json.loads(await self.raw(name, arguments, long))

    async def raw(self, name: str, arguments: dict[str, Any], long: bool = False) -> bytes:
        """Have a task done; returns its result as JSON, so that nobody waits while a large one is read.

        Args:
            name: a method of `tasks.Tasks`.
            arguments: its arguments, as JSON has them.
            long: it may take more than a moment, so it leaves one worker to the others.

        Raises:
            Refused: nobody is free, the task takes too long, or it cannot be done.

        """
        if self.closing:
            raise Refused(503, "closing", "the service is shutting down; ask again when it is back", retry=5)
        if self.under_way >= self.queue:
            raise busy(f"{self.queue} requests are under way; ask again in a moment")
        self.under_way += 1
        try:
            return await self._in_time(name, arguments, long)
        finally:
            self.under_way -= 1

    async def _in_time(self, name: str, arguments: dict[str, Any], long: bool) -> bytes:
        started = False
        try:
            async with asyncio.timeout(self.timeout):
                if long:
                    await self._long.acquire()
                try:
                    worker = await self._idle.get()
                    started = True
                    try:
                        return await self._ask(worker, name, arguments)
                    finally:
                        self._release(worker)
                finally:
                    if long:
                        self._long.release()
        except TimeoutError:
            if not started:
                raise busy(f"no worker was free within {self.timeout:g} s; ask again later") from None
            raise Refused(
                503, "timeout", f"this took longer than {self.timeout:g} s and was ended; send less at once", retry=5
            ) from None

    def _release(self, worker: Worker) -> None:
        """A worker is free; one that was ended is started again first, which is nobody's time."""
        if worker.running:
            self._idle.put_nowait(worker)
        elif not self.closing:
            task = asyncio.create_task(self._revive(worker))
            self._reviving.add(task)
            task.add_done_callback(self._reviving.discard)

    async def _revive(self, worker: Worker) -> None:
        try:
            await asyncio.to_thread(self._told, worker, "ping", {})
        except EOFError:
            worker.end()
            # it is started once more when it is asked something
        self._idle.put_nowait(worker)

    async def _ask(self, worker: Worker, name: str, arguments: dict[str, Any]) -> bytes:
        try:
            found = await asyncio.to_thread(self._told, worker, name, arguments)
        except asyncio.CancelledError:
            # the thread is waiting for the process: with its end, both are free again
            worker.end()
            raise
        except EOFError:
            worker.end()
            raise Refused(
                503, "worker", "the process at work ended; ask again, or send less at once", retry=1
            ) from None
        return _done(*found)

    def _told(self, worker: Worker, name: str, arguments: dict[str, Any]) -> tuple[bool, bytes]:
        """Do a task with the gazetteer and the decisions that hold now."""
        version, setup = self.version, self.setup
        process = worker.started()
        if worker.version != version and setup:
            told = worker.call(SETUP, setup, process)
            if not told[0]:
                return told
            worker.version = version
        return worker.call(name, arguments, process)

    async def apart(self, name: str, arguments: dict[str, Any], setup: dict[str, Any] | None) -> None:
        """Have a task done by a process of its own, without a limit of time."""
        worker = Worker()
        try:
            for task, values in ([(SETUP, setup)] if setup else []) + [(name, arguments)]:
                _done(*await asyncio.to_thread(worker.call, task, values))
        except EOFError:
            raise Refused(503, "worker", "the process at work ended") from None
        finally:
            worker.end()

    async def start(self) -> None:
        """Start all workers."""
        await asyncio.gather(*(self._revive(worker) for worker in self.workers))

    async def close(self) -> None:
        """Take no more tasks, let those under way finish for a moment, and end all processes."""
        self.closing = True
        for _ in range(int(GRACE * 20)):
            if not self.under_way:
                break
            await asyncio.sleep(0.05)
        await asyncio.gather(*self._reviving, return_exceptions=True)
        await asyncio.gather(*(asyncio.to_thread(worker.end, 1.0) for worker in self.workers))
