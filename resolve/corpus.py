"""How are many texts read by several processes, in order?

Texts are handed out in portions of some size and come back in the order given, so that the result is the same for any
number of processes. All map the same compiled gazetteer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from resolve.arrow import Source, Work, search
from resolve.model import Document
from resolve.pool import ordered, workers as possible
from resolve.resolver import Resolver

PORTION = 20_000
"""Texts are handed out together until they have so many code points."""

ALONE = 20_000
"""So many code points are read before further processes are started, which takes about as long."""

AHEAD = 3
"""So many portions wait for every process."""


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
    for source in asked:
        yield from search(resolver, [source], all)
        read += len(source[1])
        if workers > 1 and read >= ALONE:
            break
    else:
        return
    yield from _shared(resolver, asked, all, workers)


def _shared(resolver: Resolver, sources: Iterator[Source], all: bool, workers: int) -> Iterator[Document]:
    """The same by several processes; the texts do not have to come back."""
    if possible(workers, resolver) == 1:
        yield from search(resolver, sources, all)
        return
    work = Work("texts", threshold=resolver.threshold, all=all)
    jobs = ((portion, portion) for portion in _portions(sources))

    def here(portion: Sequence[Source]) -> list[Document]:
        """Read in this process while the others start."""
        return list(search(resolver, portion, all))

    for portion, found in ordered(work, str(resolver.index.folder), jobs, workers, AHEAD, here):
        for (_, text), document in zip(portion, found, strict=True):
            yield replace(document, text=text)


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
