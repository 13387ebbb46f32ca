"""How do several processes share the work on a column, in order?

Every process maps the same compiled gazetteer and puts on the same kernel of `resolve.arrow`; what goes there are names
or texts, what comes back is what was found.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from multiprocessing import connection, get_context, parent_process
from typing import Any, NamedTuple, TypeVar

from resolve.arrow import NameKernel, TextKernel, Work, match, search
from resolve.errors import CompiledError, InputError, UsageError
from resolve.index import open_index
from resolve.resolver import Resolver

Job = TypeVar("Job")
Item = TypeVar("Item")
MAX_MET = 200_000
"""The words that so many names had are remembered of each process; no more than what it remembers itself."""
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
    dealt: bool = False,
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
        dealt: names: every job is shared out among all processes, each name to one that met its words before, for what is
            known of a word and of what it was compared with is most of the work.

    Yields:
        With the first part of every job an `Answer` for each name, or a `Document` without its text for each text.

    Raises:
        InputError: of the jobs; those asked for before it are done first.
        UsageError: a process was ended from outside.

    """
    # spawned, for a forked process would share locks with whatever threads there are
    pools = [
        ProcessPoolExecutor(size, get_context("spawn"), _begin, (work, folder))
        for size in ([1] * count if dealt else [count])
    ]
    pending: deque[tuple[Job, list[Part]]] = deque()
    failure: InputError | None = None
    dealer = Dealer(len(pools))
    try:
        if here is not None:
            yield from _meanwhile(pools, jobs, here)
        while failure is None:
            try:
                job = next(jobs, None)
            except InputError as error:
                failure = error
                break
            if job is None:
                break
            pending.append((job[0], _submitted(pools, dealer, job[1], [shares for _, shares in pending])))
            if len(pending) > count * ahead:
                yield _finished(*pending.popleft())
        while pending:
            yield _finished(*pending.popleft())
    finally:
        for pool in pools:
            with suppress(BrokenProcessPool):
                pool.shutdown(wait=True, cancel_futures=True)
    if failure:
        raise failure


def _meanwhile(
    pools: Sequence[ProcessPoolExecutor],
    jobs: Iterator[tuple[Job, Sequence[Any]]],
    here: Callable[[Sequence[Any]], list[Any]],
) -> Iterator[tuple[Job, list[Any]]]:
    """Jobs done in this process, until one of the others has opened the gazetteer; none is started for no job."""
    begun: list[Future[None]] = []
    while not any(future.done() for future in begun):
        job = next(jobs, None)
        if job is None:
            return
        begun = begun or [pool.submit(_is_open) for pool in pools]
        yield job[0], here(job[1])


def _is_open() -> None:
    """What a process answers first."""


class Part(NamedTuple):
    """What one process does of a job: the places of its items, what they are likely to cost, and what will be found."""

    places: Sequence[int]
    cost: int
    found: Future[list[Any]]


class Dealer:
    """Shares names out among processes: each to the one that is likely to be done with it first.

    A process has met some words before, and only those that are new to it cost much; what it still has to do counts as well.

    Args:
        count: so many processes.

    >>> dealer = Dealer(2)
    >>> dealer.deal(["Ivan Petrov", "Anna Smith", "Petrov I.", "Anna Lee"], [0, 0])
    [([0, 2], 5), ([1, 3], 5)]

    """

    def __init__(self, count: int) -> None:
        self._met: list[set[str]] = [set() for _ in range(count)]

    def deal(self, names: Sequence[str], busy: Sequence[int]) -> list[tuple[list[int], int]]:
        """The places of the names that each process is to do, with what they are likely to cost.

        Args:
            names: as they stand in a column.
            busy: what each process still has to do.

        """
        costs = list(busy)
        shares: list[list[int]] = [[] for _ in self._met]
        for place, name in enumerate(names):
            words = set(name.casefold().split())
            asked = [1 + len(words - met) for met in self._met]
            best = min(range(len(costs)), key=lambda i: costs[i] + asked[i])
            costs[best] += asked[best]
            shares[best].append(place)
            if len(self._met[best]) > MAX_MET:
                self._met[best].clear()
            self._met[best] |= words
        return [(share, cost - before) for share, cost, before in zip(shares, costs, busy, strict=True)]


def _submitted(
    pools: Sequence[ProcessPoolExecutor], dealer: Dealer, items: Sequence[Any], pending: Iterable[Sequence[Part]]
) -> list[Part]:
    """A job, shared out among all pools of one process, or whole where there is one pool of several."""
    if len(pools) == 1:
        dealt = [(list(range(len(items))), len(items))]
    else:
        busy = [0] * len(pools)
        for shares in pending:
            for i, share in enumerate(shares):
                busy[i] += 0 if share.found.done() else share.cost
        dealt = dealer.deal(items, busy)
    try:
        return [
            Part(places, cost, pool.submit(_do, [items[place] for place in places]))
            for pool, (places, cost) in zip(pools, dealt, strict=True)
        ]
    except BrokenProcessPool:
        raise UsageError(ENDED) from None


def _finished(job: Job, shares: Sequence[Part]) -> tuple[Job, list[Any]]:
    """What all processes found, in the order of what was asked."""
    found: dict[int, Any] = {}
    for places, _cost, future in shares:
        try:
            found.update(zip(places, future.result(), strict=True))
        except BrokenProcessPool:
            raise UsageError(ENDED) from None
    return job, [found[place] for place in range(len(found))]


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
