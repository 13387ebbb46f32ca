"""How is a whole column of names grouped, by several processes, and what stands for each group?"""

from __future__ import annotations

import math
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from resolve.clusters.pairs import NOBODY, Pair, Pairs, compiled, without_label
from resolve.clusters.partition import FULL, partition
from resolve.errors import UsageError
from resolve.index import open_index
from resolve.pool import begin_worker
from resolve.resolver import undisturbed
from resolve.unknowns import slug_of
from resolve.write import round_down

THRESHOLD = 0.7
"""Names are one person's from this probability on, that of the mean of the log-odds of their pairs.

On the tenth of persons kept for development pairs are right in .985 of all cases from 0.5 on, and in .992 from here on, where a
hundredth of the recall is lost."""

ALONE = 2000
"""So many names are compared in one process, which takes less time than starting others."""

SHARE = 100
"""So many names are handed to a process at a time."""

Tell = Callable[[int, int], None]
"""What hears of names compared, and of how many there are."""


@dataclass(frozen=True, slots=True)
class Member:
    """Where a name belongs: the cluster's ID, the spelling that stands for it, how probable that is; and how often it was met.

    ``vague`` names, of one word or with initials, are never enough alone.
    """

    cluster: str
    name: str
    probability: float
    count: int
    vague: bool


def group(
    names: Iterable[str], threshold: float = THRESHOLD, lang: str = "", workers: int = 1, tell: Tell | None = None
) -> dict[str, Member]:
    """Group names by whose they are: for every name that is not empty, once, in code-point order, where it belongs.

    Args:
        names: any number of names, also the same more than once.
        threshold: the probability from which names are taken for one person's.
        lang: ISO 639-1 code of their language, where known.
        workers: so many processes share the work.
        tell: called as the work goes on.

    Raises:
        UsageError: the threshold is no probability, or a worker process was ended from outside.

    >>> [(name, found.cluster) for name, found in group(["Вова Иванов", "Vova Ivanov", "Ivan Petrov", " "]).items()]
    [('Ivan Petrov', 'ivan-petrov'), ('Vova Ivanov', 'vova-ivanov'), ('Вова Иванов', 'vova-ivanov')]

    """
    if not 0.0 < threshold < 1.0:
        raise UsageError(f"threshold {threshold} is no probability between 0 and 1; give one such as {THRESHOLD}")
    counts = Counter(name for name in names if name.strip())
    spellings = sorted(counts)
    if not spellings:
        return {}
    with tempfile.TemporaryDirectory(prefix="onomast-") as folder, undisturbed():
        pairs = Pairs(compiled(spellings, Path(folder)), lang)
        listed = _listed(pairs, workers, tell or (lambda _done, _all: None))
        words = [pairs.words(place) for place in range(len(spellings))]
        beyond = [pairs.beyond(place) for place in range(len(spellings))]

        def compare(one: int, other: int) -> Pair | None:
            # what two names in further scripts differ in tells little, and was no reason to list them
            return None if beyond[one] or beyond[other] else pairs.pair(one, other)

        groups = partition(listed, words, compare, math.log2(threshold / (1.0 - threshold)))
    return _members(groups, listed, spellings, counts, words)


def _listed(pairs: Pairs, workers: int, tell: Tell) -> list[dict[int, Pair]]:
    """For every name those that it may be a spelling of, the better of both ways."""
    count = len(pairs.index)
    shares = [range(start, min(start + SHARE, count)) for start in range(0, count, SHARE)]
    found: list[dict[int, Pair]] = []
    for part in _near(pairs, shares, workers if count > ALONE else 1):
        found += part
        tell(len(found), count)
    listed: list[dict[int, Pair]] = [{} for _ in range(count)]
    for one, near in enumerate(found):
        for other, pair in near.items():
            known = listed[one].get(other)
            if known is None or pair.bits > known.bits:
                listed[one][other] = listed[other][one] = pair
    return listed


def _near(pairs: Pairs, shares: Sequence[range], workers: int) -> Iterator[list[dict[int, Pair]]]:
    if workers == 1:
        yield from ([pairs.near(place) for place in share] for share in shares)
        return
    # spawned, for a forked process would share locks with whatever threads there are
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (str(pairs.index.folder), pairs.lang)) as pool:
        try:
            yield from pool.map(_work, shares)
        except BrokenProcessPool:
            raise UsageError("a worker process was ended (killed, or out of memory); give fewer --workers") from None


_OPENED: list[Pairs] = []
"""What a worker process compares with."""


def _begin(folder: str, lang: str) -> None:
    begin_worker()
    _OPENED.append(Pairs(open_index(folder), lang))


def _work(share: range) -> list[dict[int, Pair]]:
    with undisturbed():
        return [_OPENED[0].near(place) for place in share]


# ---------------------------------------------------------------- what stands for a group


def _members(
    groups: Iterable[Sequence[int]],
    listed: Sequence[dict[int, Pair]],
    spellings: Sequence[str],
    counts: Counter[str],
    words: Sequence[int],
) -> dict[str, Member]:
    """Where every name belongs."""
    found: dict[int, Member] = {}
    taken: Counter[str] = Counter()
    named = sorted((_standing(group, listed, spellings, counts, words), group) for group in map(sorted, groups))
    for standing, group in named:
        slug = slug_of(spellings[standing])
        taken[slug] += 1
        cluster = slug if taken[slug] == 1 else f"{slug}-{taken[slug]}"
        for place in group:
            probability = round_down(_probability(place, group, listed))
            spelling = spellings[place]
            found[place] = Member(cluster, spellings[standing], probability, counts[spelling], words[place] < FULL)
    return {spellings[place]: found[place] for place in sorted(found)}


def _standing(
    group: Sequence[int],
    listed: Sequence[dict[int, Pair]],
    spellings: Sequence[str],
    counts: Counter[str],
    words: Sequence[int],
) -> int:
    """The spelling that stands for a group: in full, the most frequent, the most like the others, the first by code points."""

    def rank(place: int) -> tuple[bool, bool, int, int, int]:
        spelling = spellings[place]
        alike = sum(listed[place][other].bits for other in group if other in listed[place])
        labelled = without_label(spelling) != spelling
        return words[place] < FULL, labelled, -counts[spelling], -round(alike), place

    return min(group, key=rank)


def _probability(place: int, group: Sequence[int], listed: Sequence[dict[int, Pair]]) -> float:
    """How probable it is that a name belongs with the others of its group, or with nobody where it is alone."""
    if len(group) > 1:
        return max((listed[place][other] for other in group if other in listed[place]), key=_bits).probability
    return 1.0 - max(listed[place].values(), key=_bits, default=NOBODY).probability


def _bits(pair: Pair) -> float:
    return pair.bits
