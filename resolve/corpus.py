"""How are many texts read by several processes, in order?

Texts are handed out in portions of some size and come back in the order given, so that the result is the same for any
number of processes. All map the same compiled gazetteer.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from resolve.errors import UsageError
from resolve.index import open_index
from resolve.model import Document
from resolve.resolver import Resolver

if TYPE_CHECKING:
    from concurrent.futures import Future

PORTION = 20_000
"""Texts are handed out together until they have so many code points."""

ALONE = 20_000
"""So many code points are read before further processes are started, which takes about as long."""

AHEAD = 3
"""So many portions wait for every process."""

Source = tuple[str, str]
"""What a text is called, and the text."""


def documents(resolver: Resolver, sources: Iterable[Source], all: bool = False, workers: int = 1) -> Iterator[Document]:
    """Find which names of many texts are which entities.

    Args:
        resolver: the open gazetteer.
        sources: what every text is called, and the text; asked for as they are needed.
        all: also list ambiguous mentions and persons whom no entity explains.
        workers: so many processes share the work.

    Yields:
        What `Resolver.text` gives of each text, in the order of the texts.

    Raises:
        UsageError: a worker process was ended from outside.

    >>> from resolve import open
    >>> texts = [("a.txt", "Пришёл Дональд Туск."), ("b.txt", "Nobody came.")]
    >>> [(document.id, [link.text for link in document.links]) for document in documents(open(), texts)]
    [('a.txt', ['Дональд Туск']), ('b.txt', [])]

    """
    asked, read = iter(sources), 0
    for identifier, text in asked:
        yield resolver.text(text, identifier, all)
        read += len(text)
        if workers > 1 and read >= ALONE:
            break
    else:
        return
    yield from _shared(resolver, asked, all, workers)


def _shared(resolver: Resolver, sources: Iterator[Source], all: bool, workers: int) -> Iterator[Document]:
    """The same by a pool of processes."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    from resolve.batch import workers as possible

    if possible(workers, resolver) == 1:
        yield from (resolver.text(text, identifier, all) for identifier, text in sources)
        return
    # spawned, for a forked process would share locks with whatever threads there are
    facts = (str(resolver.index.folder), resolver.threshold)
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, facts)
    pending: deque[tuple[list[Source], Future[list[Document]]]] = deque()
    try:
        for portion in _portions(sources):
            pending.append((portion, pool.submit(_work, portion, all)))
            while len(pending) > workers * AHEAD:
                yield from _finished(*pending.popleft())
        while pending:
            yield from _finished(*pending.popleft())
    finally:
        with suppress(BrokenProcessPool):
            pool.shutdown(wait=True, cancel_futures=True)


def _portions(sources: Iterator[Source]) -> Iterator[list[Source]]:
    portion: list[Source] = []
    size = 0
    for source in sources:
        portion.append(source)
        size += len(source[1])
        if size >= PORTION:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _finished(portion: list[Source], future: Future[list[Document]]) -> Iterator[Document]:
    """The documents of a portion, each with its text, which did not have to come back."""
    from concurrent.futures.process import BrokenProcessPool

    try:
        found = future.result()
    except BrokenProcessPool:
        raise UsageError("a worker process was ended (killed, or out of memory); use fewer --workers") from None
    for (_, text), document in zip(portion, found, strict=True):
        yield replace(document, text=text)


_OPENED: list[Resolver] = []
"""What a worker process reads with."""


def _begin(folder: str, threshold: float) -> None:
    """Open the gazetteer in a worker, which ends when its parent does, however that ends."""
    import signal
    import threading

    from resolve.batch import _end_with_parent

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _OPENED.append(Resolver(open_index(folder), threshold))


def _work(portion: list[Source], all: bool) -> list[Document]:
    return [replace(_OPENED[0].text(text, identifier, all), text="") for identifier, text in portion]
