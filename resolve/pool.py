"""How do several processes share the work on a column, in order?

Every process maps the same compiled gazetteer and puts on the same kernel of `resolve.arrow`; what goes there are names
or texts, what comes back is what was found.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from multiprocessing import connection, get_context, parent_process
from typing import Any, TypeVar

from resolve.arrow import NameKernel, TextKernel, Work, match, search
from resolve.errors import CompiledError, InputError, UsageError
from resolve.index import open_index
from resolve.resolver import Resolver

Job = TypeVar("Job")
Item = TypeVar("Item")
ENDED = "a worker process was ended (killed, or out of memory); go on with --resume and fewer --workers"


def workers(asked: int | None, resolver: Resolver) -> int:
    """How many processes to use: as many as asked for, or one for every core that may be used.

    One where the gazetteer could not be kept on disk, so that no other process can open it.
    """
    try:
        open_index(resolver.index.folder)
    except CompiledError:
        return 1
    if asked is not None:
        return asked
    return cores()


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def share(items: Iterator[Item], asked: str | None) -> Iterator[Item]:
    """Every N-th of the items from the I-th on, where ``I/N`` is asked for: the shares of 1/N to N/N are all of them.

    Args:
        items: chunks of a table, or texts; they are dealt out in turn.
        asked: such as ``"2/8"``; all items where nothing is asked.

    Raises:
        UsageError: the share is none of as many as there are.

    >>> list(share(iter("abcde"), "2/2")), list(share(iter("abc"), None))
    (['b', 'd'], ['a', 'b', 'c'])

    """
    if asked is None:
        return items
    one, _, of = asked.partition("/")
    if not (one.isdecimal() and of.isdecimal() and 1 <= int(one) <= int(of)):
        raise UsageError(f"--shard {asked}: give the number of a share and how many there are, such as 2/8")
    return islice(items, int(one) - 1, None, int(of))


def ordered(
    work: Work,
    folder: str,
    jobs: Iterator[tuple[Job, Sequence[Any]]],
    count: int,
    ahead: int,
    here: Callable[[Sequence[Any]], list[Any]] | None = None,
) -> Iterator[tuple[Job, list[Any]]]:
    """What several processes find, in the order of what was asked.

    Args:
        work: what they do.
        folder: the compiled gazetteer, which all of them map.
        jobs: whatever the caller needs again with the result, and the names, or the texts as `arrow.Source`; asked for as
            they are needed.
        count: so many processes.
        ahead: so many jobs wait for every process.
        here: does a job in this process, until the others have opened the gazetteer.

    Yields:
        With the first part of every job an `Answer` for each name, or a `Document` without its text for each text.

    Raises:
        InputError: of the jobs; those asked for before it are done first.
        UsageError: a process was ended from outside.

    """
    # spawned, for a forked process would share locks with whatever threads there are
    pool = ProcessPoolExecutor(count, get_context("spawn"), _begin, (work, folder))
    pending: deque[tuple[Job, Future[list[Any]]]] = deque()
    failure: InputError | None = None
    try:
        if here is not None:
            yield from _meanwhile(pool, jobs, here)
        while failure is None:
            try:
                job = next(jobs, None)
            except InputError as error:
                failure = error
                break
            if job is None:
                break
            pending.append((job[0], _submitted(pool, job[1])))
            if len(pending) > count * ahead:
                yield _finished(*pending.popleft())
        while pending:
            yield _finished(*pending.popleft())
    finally:
        with suppress(BrokenProcessPool):
            pool.shutdown(wait=True, cancel_futures=True)
    if failure:
        raise failure


def _meanwhile(
    pool: ProcessPoolExecutor, jobs: Iterator[tuple[Job, Sequence[Any]]], here: Callable[[Sequence[Any]], list[Any]]
) -> Iterator[tuple[Job, list[Any]]]:
    """Jobs done in this process, until one of the others has opened the gazetteer; none is started for no job."""
    begun: Future[None] | None = None
    while begun is None or not begun.done():
        job = next(jobs, None)
        if job is None:
            return
        begun = begun or pool.submit(_is_open)
        yield job[0], here(job[1])


def _is_open() -> None:
    """What a process answers first."""


def _submitted(pool: ProcessPoolExecutor, items: Sequence[Any]) -> Future[list[Any]]:
    try:
        return pool.submit(_do, items)
    except BrokenProcessPool:
        raise UsageError(ENDED) from None


def _finished(job: Job, future: Future[list[Any]]) -> tuple[Job, list[Any]]:
    try:
        return job, future.result()
    except BrokenProcessPool:
        raise UsageError(ENDED) from None


_KERNELS: list[NameKernel | TextKernel] = []
"""What this worker process puts on."""


def _begin(work: Work, folder: str) -> None:
    """Open the gazetteer in a worker."""
    begin_worker()
    _KERNELS.append(work.opened(folder))


def begin_worker() -> None:
    """Let this process end when its parent does, however that ends, and leave Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _do(items: Sequence[Any]) -> list[Any]:
    """One job; the parent remembers names and keeps texts, so that neither is held or sent twice."""
    (kernel,) = _KERNELS
    if isinstance(kernel, NameKernel):
        return match(kernel.resolver, items, kernel.limit, kernel.lang)
    return [replace(document, text="") for document in search(kernel.resolver, items, kernel.all)]
