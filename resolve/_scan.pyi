from array import array
from collections.abc import Callable
from typing import Any, TypeAlias

NONE: int
LETTER: int
ODD_LETTER: int
INNER: int
APOSTROPHE: int
HYPHEN: int
POSSESSIVE: int

Description: TypeAlias = tuple[str, int, int, int, tuple[tuple[int, float], ...]]

class Lexicon:
    words: list[str]
    flags: bytearray
    def __init__(self, classes: bytes, describe: Callable[[str, bool], Description]) -> None: ...
    def __len__(self) -> int: ...
    def scan(self, text: str) -> tuple[array[int], array[int], array[int], bytes]: ...
    def having(self, numbers: Any, flags: int) -> array[int]: ...
    def spelt(self, numbers: Any, flag: int) -> set[str]: ...
    def voted(self, numbers: Any, languages: int) -> list[float]: ...
    def lines(
        self, text: str, starts: Any, ends: Any, numbers: Any, flag: int, least: int, share: float
    ) -> list[tuple[int, bool]]: ...
