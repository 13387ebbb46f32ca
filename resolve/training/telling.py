"""Learn which blocks tell spellings of one name from similar names of somebody else.

The joint model knows how often names are spelt this way and that, but not what other names look
like: *v* for *w* and *Kovalchuk* for *Kovalev* are both possible, only the second is another name.
Here the weights of its blocks are moved, by stochastic gradient descent, so that the logistic of
`resolve.multigram.features` separates spellings of one item from their nearest strangers. The
gradient of the log of the sum over all cuts is the expected number of uses of each block
(McCallum, Bellare & Pereira 2005, on edit distances as conditional random fields).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from resolve._kernel import Blocks
from resolve.multigram import Word, features
from resolve.training.multigrams import Floats, Inventory, Pairs, batch, expect, pairs_of

TELLING = 1
"""The place of the sum over the cuts among the features."""
SIZES = np.array([1.0, 20.0, 20.0, 8.0, 1.0, 1.0])
"""The usual size of each feature, so that all are learned at one speed."""
FIRST_GUESS = np.array([0.0, 0.3, -0.3, 0.0, 0.0, 0.0])


@dataclass(frozen=True, slots=True)
class Descent:
    """How the gradient is followed; the shipped values are those that did best on the development items."""

    epochs: int = 5
    size: int = 1024
    rate: float = 0.03
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Examples:
    """Pairs of words in the order of the parameters, their features, and whether they are one name.

    The column of the sum over the cuts is filled when it is needed; ``share`` gives both classes
    the same total.
    """

    pairs: Pairs
    values: Floats
    same: npt.NDArray[np.bool_]
    share: Floats


def examples(rows: list[tuple[Word, Word, bool, float]]) -> Examples:
    """Lay out pairs with their class and share."""
    same = np.array([row[2] for row in rows])
    share = np.array([row[3] for row in rows])
    for group in (same, ~same):
        share[group] *= 0.5 / max(share[group].sum(), 1e-9)
    values = np.array([features(left, right, 0.0) for left, right, _, _ in rows])
    return Examples(pairs_of([(left.letters, right.letters) for left, right, _, _ in rows]), values, same, share)


class Adam:
    """Kingma & Ba 2015."""

    def __init__(self, size: int) -> None:
        self.mean, self.square, self.steps = np.zeros(size), np.zeros(size), 0

    def step(self, gradient: Floats, rate: float) -> Floats:
        """What to subtract."""
        self.steps += 1
        self.mean += 0.1 * (gradient - self.mean)
        self.square += 0.001 * (gradient * gradient - self.square)
        mean, square = self.mean / (1 - 0.9**self.steps), self.square / (1 - 0.999**self.steps)
        return np.asarray(rate * mean / (np.sqrt(square) + 1e-8))


def scores(inventory: Inventory, weights: Floats, data: Examples) -> Floats:
    """The log odds of every example, in nats."""
    values = data.values.copy()
    values[:, TELLING] = batch(inventory.build(), data.pairs)
    return np.asarray(values @ weights)


def learn(inventory: Inventory, data: Examples, same: bool, recipe: Descent) -> tuple[Inventory, Floats]:
    """Move the weights of the blocks of ``inventory`` and those of the features."""
    blocks = inventory.build()
    table, index = np.asarray(memoryview(blocks.weights)), np.asarray(blocks.indices)
    mirror = np.searchsorted(inventory.keys, inventory.mirrored()) if same else None
    logs, weights = np.log(np.maximum(inventory.weights, 1e-12)), FIRST_GUESS.copy()
    by_block, by_feature = Adam(len(logs)), Adam(len(weights))
    random = np.random.default_rng(recipe.seed)
    for epoch in range(recipe.epochs):
        rate = recipe.rate * (1 - epoch / recipe.epochs)
        order = random.permutation(len(data.same))
        for at in range(0, len(order), recipe.size):
            chosen = np.sort(order[at : at + recipe.size])
            table[index] = np.exp(logs)
            uses, gradient = _gradient(blocks, data, chosen, weights)
            change = uses[index] / np.log(2)
            if mirror is not None:
                change = change + change[mirror]
            logs -= by_block.step(change, rate)
            weights -= by_feature.step(gradient / SIZES, rate) / SIZES
    return Inventory(inventory.left, inventory.right, inventory.keys, np.exp(logs)), weights


def _gradient(blocks: Blocks, data: Examples, chosen: npt.NDArray[np.int64], weights: Floats) -> tuple[Floats, Floats]:
    """The gradient of the mean loss of some examples, by use of blocks and by feature."""
    p = data.pairs
    left, right = (np.ascontiguousarray(side[chosen]) for side in (p.left_index, p.right_index))
    some = Pairs(p.left, p.left_starts, p.right, p.right_starts, left, right, np.zeros(len(chosen)))
    values = data.values[chosen]
    values[:, TELLING] = batch(blocks, some)
    share = data.share[chosen] * (len(data.share) / len(chosen))
    miss = share * (1 / (1 + np.exp(-(values @ weights))) - data.same[chosen])
    some.share[:] = miss * weights[TELLING]
    uses, _ = expect(blocks, some)
    return uses, miss @ values


def calibrate(logits: Floats, data: Examples) -> tuple[float, float]:
    """Scale and shift that make log odds true on examples that were not learned from (Platt 1999).

    Where one class has no example they are left as they are.
    """
    if data.same.all() or not data.same.any():
        return 1.0, 0.0

    def loss(scale: float, shift: float) -> float:
        value = scale * logits + shift
        return float(data.share @ np.logaddexp(0, np.where(data.same, -value, value)))

    scale, shift = 1.0, 0.0
    for _ in range(50):
        chance = 1 / (1 + np.exp(-(scale * logits + shift)))
        miss, bend = data.share * (chance - data.same), data.share * chance * (1 - chance)
        slope = np.array([miss @ logits, miss.sum()])
        curve = np.array([[bend @ (logits * logits), bend @ logits], [bend @ logits, bend.sum()]])
        change = np.linalg.solve(curve + 1e-9 * np.eye(2), slope)
        while loss(scale - change[0], shift - change[1]) > loss(scale, shift) and abs(change).max() > 1e-9:
            change = change / 2
        scale, shift = scale - change[0], shift - change[1]
    return float(scale), float(shift)
