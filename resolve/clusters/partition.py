"""Which names does that make one person's?

Average-link clustering (Sokal and Michener 1958) of log-odds that are bounded on both sides, so that no single pair
chains two groups together: two groups become one where the pairs between them speak for it on average. A group that
leaves open what two others differ in is neither's. Names in full are grouped first; those of one word or with initials
then go to the one group that they fit, or stay alone.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence
from itertools import product

from resolve.clusters.pairs import Pair

COMPARED = 4
"""Of a group so many names are compared with another group where no pair was listed, those that made it first."""

OPPOSED = -3.0
"""Two groups contradict one another where their pairs say no more than this on average, in bits."""

FULL = 2
"""A name with so many words in full says who is meant."""

Listed = Sequence[dict[int, Pair]]
"""For every name those it may be a spelling of, both ways."""

Compare = Callable[[int, int], Pair | None]
"""What a pair of names says that was not listed; None where comparing them would tell nothing."""


class Groups:
    """Names being grouped, each by its place.

    Args:
        listed: the pairs that may be one person's.
        words: how many words of each name are in full.
        compare: what the other pairs say.
        least: the mean of log-odds from which two groups become one, in bits.

    """

    def __init__(self, listed: Listed, words: Sequence[int], compare: Compare, least: float) -> None:
        self._compare, self._least, self._words = compare, least, list(words)
        self.members = {place: [place] for place in range(len(words))}
        self._known = listed
        self._links: list[dict[int, list[Pair]]] = [{b: [pair] for b, pair in near.items()} for near in listed]
        self._settled: set[tuple[int, int]] = set()

    def join(self, places: Iterable[int]) -> None:
        """Make groups of some names one, the most alike first, until none are alike enough."""
        wanted = set(places)
        heap = [self._entry(a, b) for a in wanted for b in self._links[a] if a < b and b in wanted]
        heapq.heapify(heap)
        while heap:
            bits, a, b = heapq.heappop(heap)
            if -bits < self._least:
                break
            if a not in self.members or b not in self.members or bits != self._entry(a, b)[0]:
                continue
            if self._settle(a, b):
                heapq.heappush(heap, self._entry(a, b))
            elif not self._is_open(a, b):
                kept = self._merge(a, b)
                for other in self._links[kept]:
                    if other in wanted:
                        heapq.heappush(heap, self._entry(kept, other))

    def attach(self, places: Iterable[int]) -> list[int]:
        """Give names that leave much open to the one group that each fits; return those that fit none.

        A name that fits several groups stays alone.
        """
        groups: dict[int, list[int]] = {place: [] for place in places}
        for place, fitting in groups.items():
            for other in self._links[place]:
                if other not in groups:
                    self._settle(*sorted((place, other)))
            fitting += [o for o in self._links[place] if o not in groups and self._mean(place, o) >= self._least]
        for place, fitting in groups.items():
            if len(fitting) == 1:
                self._merge(fitting[0], place)
        return [place for place, fitting in groups.items() if not fitting]

    def _mean(self, a: int, b: int) -> float:
        """What the pairs between two groups say on average, in bits, each as much as it weighs."""
        pairs = self._links[a][b]
        return sum(pair.bits * pair.weight for pair in pairs) / sum(pair.weight for pair in pairs)

    def _entry(self, a: int, b: int) -> tuple[float, int, int]:
        """Where two groups stand in the queue: the most alike first, then by their places."""
        a, b = min(a, b), max(a, b)
        return -self._mean(a, b), a, b

    def _settle(self, a: int, b: int) -> bool:
        """Compare names of two groups that were not listed as pairs; whether there were any."""
        if (a, b) in self._settled:
            return False
        self._settled.add((a, b))
        found = False
        for one, other in product(self.members[a][:COMPARED], self.members[b][:COMPARED]):
            if other not in self._known[one] and (pair := self._compare(one, other)) is not None:
                self._known[one][other] = self._known[other][one] = pair
                self._links[a].setdefault(b, []).append(pair)
                self._links[b].setdefault(a, []).append(pair)
                found = True
        return found

    def _is_open(self, a: int, b: int) -> bool:
        """Whether one of two groups could as well be another's that contradicts the other of them."""
        return self._has_rival(a, b) or self._has_rival(b, a)

    def _has_rival(self, group: int, other: int) -> bool:
        """Whether a group that says less than another may also be a third's, which differs where the group is silent."""
        words = self._words[group]
        if words >= self._words[other]:
            return False
        rivals = (
            third for third in self._links[group]
            if third != other and self._words[third] > words and self._mean(group, third) >= self._least
        )  # fmt: skip
        return any(self._differ(other, third) for third in rivals)

    def _differ(self, a: int, b: int) -> bool:
        """Whether two groups contradict one another."""
        self._settle(min(a, b), max(a, b))
        pairs = self._links[a].get(b, [])
        return any(pair.against for pair in pairs) and self._mean(a, b) < OPPOSED

    def _merge(self, a: int, b: int) -> int:
        """Make two groups one, which keeps the first's number."""
        self.members[a] += self.members.pop(b)
        self._words[a] = max(self._words[a], self._words[b])
        for other, pairs in self._links[b].items():
            del self._links[other][b]
            if other != a:
                self._links[a].setdefault(other, []).extend(pairs)
                self._links[other].setdefault(a, []).extend(pairs)
            self._settled -= {(min(a, other), max(a, other))}
        self._links[b] = {}
        return a


def partition(listed: Listed, words: Sequence[int], compare: Compare, least: float) -> list[list[int]]:
    """Group names by whose they are.

    Args:
        listed: for every name, by its place, those it may be a spelling of, with what speaks for each, both ways;
            what is compared on the way is added.
        words: how many words of each name are in full, without initials.
        compare: what a pair says that is not listed; None where comparing would tell nothing.
        least: the mean of log-odds from which two groups become one, in bits.

    Returns:
        The places of the names of every group; every name is in one.

    >>> sure, never = Pair(5.0), Pair(-5.0, against=True)
    >>> listed = [{1: sure}, {0: sure, 2: sure}, {1: sure}]
    >>> partition(listed, [2, 2, 2], lambda a, b: never, 0.0)
    [[0, 1, 2]]
    >>> partition(listed, [3, 2, 3], lambda a, b: never, 0.0)
    [[0], [1], [2]]

    """
    groups = Groups(listed, words, compare, least)
    full = [place for place, count in enumerate(words) if count >= FULL]
    vague = [place for place, count in enumerate(words) if count < FULL]
    groups.join(full)
    groups.join(groups.attach(vague))
    return list(groups.members.values())
