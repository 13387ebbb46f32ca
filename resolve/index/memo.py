"""What is remembered of a gazetteer, and how much of it at most?"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from itertools import islice
from typing import Any, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Memo(dict[Key, Value]):
    """What was found once, until it takes too much room: then the older half is forgotten.

    What is asked for often is soon found again. Reading is as quick as of any dictionary; only what is assigned counts.

    Args:
        most: as much is remembered, in what ``weight`` says of a value when it is remembered.
        weight: how much room a value takes; without it each takes as much as any other.

    >>> memo = Memo(4)
    >>> for word in "abcde":
    ...     memo[word] = word.upper()
    >>> memo
    {'c': 'C', 'd': 'D', 'e': 'E'}

    """

    def __init__(self, most: int, weight: Callable[[Any], int] | None = None) -> None:
        super().__init__()
        self.most, self.weight, self.held = most, weight, 0

    def __setitem__(self, key: Key, value: Value) -> None:
        """Remember one value more."""
        super().__setitem__(key, value)
        self.held += 1 if self.weight is None else self.weight(value)
        if self.held > self.most:
            for old in list(islice(self, len(self) // 2)):
                del self[old]
            self.held = len(self) if self.weight is None else sum(map(self.weight, self.values()))

    def clear(self) -> None:
        """Forget everything."""
        super().clear()
        self.held = 0
