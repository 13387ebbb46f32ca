from array import array
from collections.abc import Callable, Sequence
from typing import Any

START: int
END: int
UNKNOWN: int
FIRST: int
MAX_LETTERS: int
AS_IS: int
WITH_ENDING: int
ONCE: int

class Blocks:
    left: int
    right: int
    weights: array[float]
    indices: array[int]
    def __init__(
        self, left: int, right: int, blocks: Any, weights: Any, swap_floor: float = ..., drop_floor: float = ...
    ) -> None: ...
    def bits(self, left: Any, right: Any) -> float: ...
    def batch(
        self, lefts: Any, left_starts: Any, rights: Any, right_starts: Any, left_index: Any, right_index: Any, out: Any
    ) -> None: ...
    def against(
        self,
        word: Any,
        is_left: bool,
        is_alike: bool,
        letters: Any,
        starts: Any,
        numbers: Any,
        out: Any,
        least: Any = None,
    ) -> None: ...
    def expect(
        self,
        lefts: Any,
        left_starts: Any,
        rights: Any,
        right_starts: Any,
        left_index: Any,
        right_index: Any,
        share: Any,
        counts: Any,
        out: Any,
    ) -> None: ...
    def harvest(self, left: Any, right: Any, least: float, out: Any) -> int: ...

class Letters:
    letters: int
    def __init__(self, letters: int, pairs: Any, backoff: Any, triples: Any, values: Any) -> None: ...
    def bits(self, word: Any) -> float: ...
    def batch(self, words: Any, starts: Any, out: Any) -> None: ...

class Speller:
    def __init__(self, rules: dict[bytes, list[tuple[bytes, bytes, float]]]) -> None: ...
    def spell(self, codes: bytes, most: int) -> list[bytes]: ...

class Sounds:
    def __init__(self, readings: Sequence[tuple[str, ...]]) -> None: ...
    def apart(self, other: Sounds, first: float, second: float, third: float) -> float: ...

class Spelling:
    text: str
    script: int
    def __init__(
        self, text: str, folded: str, script: int, letters: bytes, bits: float, hear: Callable[[str], Sounds | None]
    ) -> None: ...

class Ways:
    plain: Spelling
    ending: Spelling
    once: Spelling
    doubles: bool
    def __init__(self, plain: Spelling, ending: Spelling, once: Spelling, doubles: bool, marked: bool) -> None: ...

class Weigher:
    def __init__(
        self,
        channels: dict[tuple[int, int], tuple[Blocks, Blocks, tuple[float, ...]]],
        told: Sequence[float],
        ranges: Sequence[tuple[float, float]],
        edits: Sequence[float],
        less: float,
        apart: Callable[[str, str], float],
        slip: int,
        korean: Callable[[str], object],
    ) -> None: ...
    def told(self, left: Ways, right: Ways, least: float) -> float: ...
    def may(self, left: Ways, right: Ways, least: float) -> bool: ...
    def unlike(self, lefts: tuple[Ways, ...], rights: tuple[Ways, ...], least: float) -> bool: ...
    def weighed(self, left: Spelling, right: Spelling) -> float: ...
    def passing(
        self,
        words: list[Ways],
        letters: Any,
        starts: Any,
        kinds: Any,
        scripts: Any,
        bits: Any,
        selves: Any,
        rows: Any,
        numbers: bytes,
        least: float,
    ) -> tuple[array[int], array[float]]: ...

def passing(
    telling: Blocks,
    joint: Blocks,
    word: Any,
    is_left: bool,
    is_alike: bool,
    letters: Any,
    starts: Any,
    bits: Any,
    selves: Any,
    rows: Any,
    word_bits: float,
    word_self: float,
    weights: Any,
    by_evidence: float,
    by_similarity: float,
    most_evidence: float,
    least_similarity: float,
    least: float,
) -> tuple[array[int], array[float]]: ...
def above(
    joint: Blocks,
    word: Any,
    is_left: bool,
    is_alike: bool,
    letters: Any,
    starts: Any,
    bits: Any,
    rows: Any,
    word_bits: float,
    lowest: float,
    shortest: int,
) -> tuple[array[int], array[float]]: ...
def measured(
    telling: Blocks,
    word: Any,
    is_left: bool,
    letters: Any,
    starts: Any,
    bits: Any,
    selves: Any,
    rows: Any,
    shared: Any,
    word_bits: float,
    word_self: float,
    weights: Any,
    counts: Any,
    limits: Any,
) -> array[float]: ...
