"""Learn the blocks of a joint multigram model by EM, and a letter trigram model by counting.

EM begins with single letters (Dice co-occurrence of letters), gathers larger blocks from the likely
cuts that these give, and goes on with all of them; a discount on the expected counts keeps the
model sparse. Blocks at the start of a word and all others are two distributions, so that the
model adds up to one over all pairs of words. (Bisani & Ney 2008; Ristad & Yianilos 1998)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from resolve._kernel import END, FIRST, MAX_LETTERS, START, UNKNOWN, Blocks, Letters

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

SWAP_FLOOR = 2e-7
DROP_FLOOR = 2e-6
LIKELY = 0.03
"""Blocks are gathered between points of the grid with at least this posterior."""
THREADS = 2


@dataclass(frozen=True, slots=True)
class Recipe:
    """How EM is run; the shipped values are those that did best on the development items."""

    letter_rounds: int = 4
    block_rounds: int = 5
    discount: float = 0.5
    least_uses: float = 3.0
    least_kept: float = 0.5


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of encoded words: all words of a side in a row, and which make the k-th pair."""

    left: npt.NDArray[np.uint8]
    left_starts: Numbers
    right: npt.NDArray[np.uint8]
    right_starts: Numbers
    left_index: npt.NDArray[np.int32]
    right_index: npt.NDArray[np.int32]
    share: Floats

    def __len__(self) -> int:
        return len(self.share)

    def slice(self, start: int, stop: int) -> Pairs:
        """The pairs from ``start`` to ``stop`` over the same words."""
        left, right, share = self.left_index[start:stop], self.right_index[start:stop], self.share[start:stop]
        return Pairs(self.left, self.left_starts, self.right, self.right_starts, left, right, share)


def pack(words: Sequence[bytes]) -> tuple[npt.NDArray[np.uint8], Numbers]:
    """Lay encoded words out in a row.

    >>> pack([b"ab", b"c"])[1].tolist()
    [0, 2, 3]
    """
    starts = np.zeros(len(words) + 1, np.int64)
    np.cumsum([len(word) for word in words], out=starts[1:])
    return np.frombuffer(b"".join(words), np.uint8), starts


def pairs_of(pairs: Sequence[tuple[bytes, bytes]], share: Sequence[float] | Floats | None = None) -> Pairs:
    """Number the words of encoded pairs and lay them out."""
    sides: list[dict[bytes, int]] = [{}, {}]
    index = np.zeros((2, len(pairs)), np.int32)
    for k, pair in enumerate(pairs):
        for side in (0, 1):
            index[side, k] = sides[side].setdefault(pair[side], len(sides[side]))
    (left, left_starts), (right, right_starts) = (pack(list(side)) for side in sides)
    shares = np.ones(len(pairs)) if share is None else np.asarray(share, np.float64)
    return Pairs(left, left_starts, right, right_starts, index[0], index[1], shares)


@dataclass(slots=True)
class Inventory:
    """Blocks as sorted numbers of six letters (seven bits each), and their weights."""

    left: int
    right: int
    keys: Numbers
    weights: Floats
    _built: list[Blocks] = field(default_factory=list)

    def letters(self) -> npt.NDArray[np.uint8]:
        """Six letters a block."""
        shifts = np.array([35, 28, 21, 14, 7, 0])
        return np.asarray((self.keys[:, None] >> shifts) & 127, np.uint8)

    def build(self) -> Blocks:
        """The compiled form."""
        flat = np.ascontiguousarray(self.letters()).reshape(-1)
        return Blocks(self.left, self.right, flat, self.weights.astype(np.float32), SWAP_FLOOR, DROP_FLOOR)

    def mirrored(self) -> Numbers:
        """The number of every block with its sides exchanged."""
        low = (1 << 21) - 1
        return (self.keys & low) << 21 | self.keys >> 21

    def small(self) -> npt.NDArray[np.bool_]:
        """Which blocks have at most one letter a side: these are never dropped."""
        letters = self.letters()
        return np.asarray((letters[:, 1] == 0) & (letters[:, 4] == 0))

    def starts(self) -> npt.NDArray[np.bool_]:
        """Which blocks stand at the start of a word."""
        letters = self.letters()
        return np.asarray((letters[:, 0] == START) | (letters[:, 3] == START))


def single_letters(pairs: Pairs, left: int, right: int, same: bool) -> Inventory:
    """Blocks of single letters with Dice co-occurrence (or equality, within one script) as weights."""
    dice = _dice(pairs, left, right)
    if same:
        dice = np.where(np.eye(left, right, dtype=bool), 1.0, 0.02 * dice)
    keys, weights = [], []
    for a in range(UNKNOWN, left):
        keys.append(a << 35)
        weights.append(2e-4)
        for b in range(UNKNOWN, right):
            keys.append(a << 35 | b << 14)
            weights.append(max(1e-5, 0.03 * dice[a, b]))
    for b in range(UNKNOWN, right):
        keys.append(b << 14)
        weights.append(2e-4)
    for edge in (START, END):
        keys.append(edge << 35 | edge << 14)
        weights.append(1.0 if edge == START else 0.1)
    order = np.argsort(keys)
    return Inventory(left, right, np.array(keys, np.int64)[order], np.array(weights)[order])


def _dice(pairs: Pairs, left: int, right: int) -> Floats:
    """How often two letters come together in pairs, by the Dice coefficient, sharpened."""
    together = np.zeros((left, right))
    for k in range(len(pairs)):
        i, j = pairs.left_index[k], pairs.right_index[k]
        a = np.unique(pairs.left[pairs.left_starts[i] : pairs.left_starts[i + 1]])
        b = np.unique(pairs.right[pairs.right_starts[j] : pairs.right_starts[j + 1]])
        together[np.ix_(a, b)] += 1
    ones, others = together.max(1, initial=0), together.max(0, initial=0)
    return np.asarray((2 * together / np.maximum(1, ones[:, None] + others[None, :])) ** 4)


def expect(blocks: Blocks, pairs: Pairs) -> tuple[Floats, Floats]:
    """Expected uses of every weight, and log2 P of every pair; in two threads, summed in a fixed order."""
    cuts = np.linspace(0, len(pairs), THREADS + 1).astype(int)
    parts = [pairs.slice(a, b) for a, b in pairwise(cuts.tolist())]
    counts = [np.zeros(len(blocks.weights)) for _ in parts]
    outs = [np.zeros(len(part)) for part in parts]

    def work(k: int) -> None:
        p = parts[k]
        blocks.expect(p.left, p.left_starts, p.right, p.right_starts, p.left_index, p.right_index, p.share,
                      counts[k], outs[k])  # fmt: skip

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, range(len(parts))))
    return np.sum(counts, axis=0), np.concatenate(outs)


def batch(blocks: Blocks, pairs: Pairs) -> Floats:
    """log2 P of every pair."""
    out = np.zeros(len(pairs))
    p = pairs
    blocks.batch(p.left, p.left_starts, p.right, p.right_starts, p.left_index, p.right_index, out)
    return out


def one_round(inventory: Inventory, pairs: Pairs, discount: float, same: bool) -> tuple[Inventory, Floats]:
    """One round of EM; returns the new inventory and log2 P of every pair under the old one."""
    blocks = inventory.build()
    counts, out = expect(blocks, pairs)
    uses = counts[np.asarray(blocks.indices)]
    if same:
        uses = uses + uses[np.searchsorted(inventory.keys, inventory.mirrored())]
    uses = np.maximum(0, uses - discount)
    small, starts = inventory.small(), inventory.starts()
    kept = small | (uses > 0)
    weights = np.where(starts, uses / max(uses[starts].sum(), 1e-9), uses / max(uses[~starts].sum(), 1e-9))
    sided = (inventory.keys >> 35 == 0) | (inventory.keys & ((1 << 21) - 1) == 0)
    weights = np.where(small, np.maximum(weights, np.where(sided, DROP_FLOOR, SWAP_FLOOR)), weights)
    return Inventory(inventory.left, inventory.right, inventory.keys[kept], weights[kept]), out


def harvest(inventory: Inventory, pairs: Pairs, recipe: Recipe, same: bool) -> Inventory:
    """Add the larger blocks that lie on likely cuts of enough pairs."""
    blocks = inventory.build()
    found: Counter[int] = Counter()
    room = np.zeros(16 * (MAX_LETTERS + 3) ** 2, np.int64)
    chunk: list[Numbers] = []
    for k in range(len(pairs)):
        i, j = pairs.left_index[k], pairs.right_index[k]
        a = pairs.left[pairs.left_starts[i] : pairs.left_starts[i + 1]]
        b = pairs.right[pairs.right_starts[j] : pairs.right_starts[j + 1]]
        chunk.append(room[: blocks.harvest(a, b, LIKELY, room)].copy())
        if len(chunk) == 50_000 or k + 1 == len(pairs):
            keys, uses = np.unique(np.concatenate(chunk), return_counts=True)
            found.update(dict(zip(keys.tolist(), uses.tolist(), strict=True)))
            chunk.clear()
    return _with_blocks(inventory, found, recipe, same)


def _with_blocks(inventory: Inventory, found: Counter[int], recipe: Recipe, same: bool) -> Inventory:
    keys = np.array(sorted(found), np.int64)
    uses = np.array([found[key] for key in keys.tolist()], np.float64)
    extra = Inventory(inventory.left, inventory.right, keys, uses)
    enough = (uses >= recipe.least_uses) & ~extra.small() & _edges_agree(extra.letters())
    keys, uses = keys[enough], uses[enough]
    if same:
        extra = Inventory(inventory.left, inventory.right, keys, uses)
        keys = np.concatenate([keys, extra.mirrored()])
        uses = np.concatenate([uses, uses])
    new = ~np.isin(keys, inventory.keys)
    keys, first = np.unique(keys[new], return_index=True)
    weights = 0.02 * uses[new][first] / max(1.0, uses.sum())
    keys, weights = np.concatenate([inventory.keys, keys]), np.concatenate([inventory.weights, weights])
    order = np.argsort(keys)
    return Inventory(inventory.left, inventory.right, keys[order], weights[order])


def _edges_agree(letters: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """An edge of the word must stand on both sides of a block or on neither."""
    agree = np.ones(len(letters), bool)
    for edge in (START, END):
        agree &= (letters[:, :3] == edge).any(1) == (letters[:, 3:] == edge).any(1)
    return agree


def learn(pairs: Pairs, left: int, right: int, same: bool, recipe: Recipe) -> Inventory:
    """The whole recipe: single letters, gathering, rounds, gathering, rounds."""
    inventory = single_letters(pairs, left, right, same)
    for _ in range(recipe.letter_rounds):
        inventory, _out = one_round(inventory, pairs, 0.0, same)
    for _ in range(2):
        inventory = harvest(inventory, pairs, recipe, same)
        for _ in range(recipe.block_rounds):
            inventory, _out = one_round(inventory, pairs, recipe.discount, same)
    return inventory


@dataclass(frozen=True, slots=True)
class LetterTables:
    """What `Letters` is built from."""

    letters: int
    pairs: npt.NDArray[np.float32]
    backoff: npt.NDArray[np.float32]
    triples: npt.NDArray[np.uint8]
    values: npt.NDArray[np.float32]

    def build(self) -> Letters:
        """The compiled form."""
        return Letters(self.letters, self.pairs.ravel(), self.backoff.ravel(), self.triples.ravel(), self.values)


def learn_letters(words: Iterable[bytes], letters: int) -> LetterTables:
    """Interpolated Kneser-Ney trigrams over the different words of one script.

    Every letter, the end of the word too, keeps a share after every other, so that a short word
    that nobody bears is not thought impossible.
    """
    counts = np.zeros((letters, letters, letters))
    for word in words:
        padded = [START, START, *word[:MAX_LETTERS], END]
        for i in range(2, len(padded)):
            counts[padded[i - 2], padded[i - 1], padded[i]] += 1
    possible = np.zeros(letters)
    possible[END], possible[FIRST - 1 :] = 1, 1
    single = _interpolate((counts > 0).sum((0, 1))[None, :], possible[None, :] / possible.sum())[0][0]
    pairs, _ = _interpolate((counts > 0).sum(0), single[None, :])
    values, backoff = _interpolate(counts, pairs[None, :, :])
    seen = np.argwhere(counts > 0)
    with np.errstate(divide="ignore"):
        logs = [np.maximum(np.log2(x), -60.0).astype(np.float32) for x in (pairs, backoff, values)]
    triples = seen.astype(np.uint8)
    return LetterTables(letters, logs[0], logs[1], triples, logs[2][counts > 0])


def _interpolate(counts: npt.NDArray[np.int64] | Floats, lower: Floats) -> tuple[Floats, Floats]:
    """Absolute discounting: what is taken off the seen goes to the shorter context."""
    total, kinds = counts.sum(-1, keepdims=True), (counts > 0).sum(-1, keepdims=True)
    ones, twos = (counts == 1).sum(), (counts == 2).sum()
    discount = ones / (ones + 2 * twos) if ones else 0.5
    spare = np.where(total > 0, discount * kinds / np.maximum(total, 1), 1.0)
    value = np.maximum(counts - discount, 0) / np.maximum(total, 1) + spare * lower
    return np.asarray(value), np.asarray(spare[..., 0])
