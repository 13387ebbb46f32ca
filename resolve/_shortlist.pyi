from array import array
from typing import Any

MOST_WORDS: int
MOST_TOKENS: int

class Names:
    def __init__(
        self, postings: Any, postings_at: Any, tokens: Any, tokens_at: Any, roles: Any, kinds: bytes
    ) -> None: ...
    def shared(self, tokens: Any) -> int: ...
    def together(self, tokens: Any, ends: Any, few: int) -> list[array[int]]: ...
    def counted(self, name: int) -> list[tuple[int, int]]: ...
    def best(
        self,
        tokens: Any,
        as_other: Any,
        as_surname: Any,
        ends: Any,
        kinds: bytes,
        sources: bytes,
        against_given: float,
        against_surname: float,
        most: int,
    ) -> list[tuple[int, float, int]]: ...

class Keys:
    def __init__(self, keys: Any, tokens: Any, tokens_at: Any, spellings_at: Any, scripts: Any) -> None: ...
    def under(self, hashes: array[int]) -> array[int]: ...
    def rows(self, tokens: array[int]) -> dict[int, tuple[array[int], array[int]]]: ...

def slips(word: Any, letters: Any, starts: Any, numbers: Any) -> array[int]: ...
