"""Are these two tokens spellings of one name? Held-out items of name parts, by pair of scripts.

    python -m benchmarks.tokens --data DIR [--no-save]

DIR holds ``name_parts.tsv.gz``. The items are those that training holds out (the CRC-32 of the ID is
divisible by ten). Positives are two spellings of one item that no item of the training data has
together, at most three pairs an item; negatives are a spelling and its
nearest strangers (`resolve.training.spellings.negatives`): tokens of other items that share a
skeleton key, the first or the last letters, nearest by Jaro-Winkler on unidecode's letters. Because they
are chosen so, Jaro-Winkler meets here the pairs that it finds hardest; a second set chooses the
negatives by chance among those that share a skeleton key, and favours nobody.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path
from random import Random

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler, Levenshtein

from benchmarks.common import save, table
from resolve.keys import skeletons
from resolve.multigram import load
from resolve.text import script
from resolve.training.spellings import Items, few, held_out, items, negatives, pairs, plain

MOST_PAIRS = 3
NEAREST = 3
BINS = 10
CROWD = 400
Floats = npt.NDArray[np.float64]


def auc(scores: Floats, same: npt.NDArray[np.bool_]) -> float:
    """The chance that a positive scores above a negative; ties count half."""
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    positives = int(same.sum())
    return float((ranks[same].sum() - positives * (positives + 1) / 2) / (positives * (len(same) - positives)))


def at_even_prior(bits: Floats, same: npt.NDArray[np.bool_]) -> dict[str, float]:
    """Expected calibration error and mean loss in bits of log2 odds, both classes weighing the same."""
    share = np.where(same, 0.5 / same.sum(), 0.5 / (~same).sum())
    chance = 1 / (1 + np.exp2(-bits))
    bins = np.minimum((chance * BINS).astype(int), BINS - 1)
    error = sum(abs(float((share * (chance - same))[bins == k].sum())) for k in range(BINS))
    loss = float((share * np.logaddexp2(0, np.where(same, -bits, bits))).sum())
    return {"ece": round(error, 4), "loss_bits": round(loss, 4)}


def by_chance(spellings: Items, count: int) -> list[tuple[str, str]]:
    """Pairs of tokens of different items under one skeleton key, by chance."""
    owners: dict[str, set[str]] = defaultdict(set)
    blocks: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, tokens in spellings.items():
        for token in tokens:
            owners[plain(token)].add(key)
            for bones in sorted(skeletons(token)):
                blocks[bones].append((token, key))
    rooms = [rows for _, rows in sorted(blocks.items()) if 1 < len(rows) <= CROWD]
    random = Random(1)
    found: dict[tuple[str, str], None] = {}
    for _ in range(20 * count):
        (a, one), (b, other) = random.sample(random.choice(rooms), 2)
        kin = set().union(*(owners[plain(t)] for t in spellings[one]))
        if other not in kin:
            found[min(a, b), max(a, b)] = None
        if len(found) == count:
            break
    return list(found)


def report(positives: list[tuple[str, str]], strangers: list[tuple[str, str]]) -> dict[str, object]:
    """AUC of every score, overall and by pair of scripts, and the calibration of the evidence."""
    model = load()
    rows = [*positives, *strangers]
    lefts, rights = [a for a, _ in rows], [b for _, b in rows]
    same = np.arange(len(rows)) < len(positives)
    evidence = model.batch(lefts, rights, "evidence")
    letters = [(plain(a), plain(b)) for a, b in rows]
    scores = {
        "evidence": evidence,
        "similarity": np.array([model.similarity(a, b) for a, b in rows]),
        "bits": model.batch(lefts, rights),
        "Jaro-Winkler": np.array([JaroWinkler.similarity(a, b) for a, b in letters]),
        "Levenshtein ratio": np.array([Levenshtein.normalized_similarity(a, b) for a, b in letters]),
        "WRatio": np.array([fuzz.WRatio(a, b) for a, b in letters]),
    }
    kinds = np.array(["-".join(sorted((script(a), script(b)))) for a, b in rows])
    groups = {"all": np.ones(len(rows), bool), **{kind: kinds == kind for kind in np.unique(kinds).tolist()}}
    found = {name: {kind: round(auc(s[of], same[of]), 4) for kind, of in groups.items()} for name, s in scores.items()}
    print(table(["AUC", *groups], [[name, *values.values()] for name, values in found.items()]))
    true = {kind: at_even_prior(evidence[of], same[of]) for kind, of in groups.items()}
    print("evidence:", true)
    counts = {kind: [int(same[of].sum()), int((~same[of]).sum())] for kind, of in groups.items()}
    return {"auc": found, "calibration": true, "positives_negatives": counts}


def main() -> None:
    """Parse options, run, print, write the dated result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with name_parts.tsv.gz")
    parser.add_argument("--no-save", action="store_true", help="write no dated result")
    options = parser.parse_args()
    every = items(options.data / "name_parts.tsv.gz")
    spellings = {key: tokens for key, tokens in every.items() if held_out(key)}
    learned = pairs({key: tokens for key, tokens in every.items() if not held_out(key)}, 1)
    positives = [pair for pair in few(spellings, MOST_PAIRS) if pair not in learned]
    strangers = negatives(spellings, NEAREST)
    result = {
        "items": len(spellings),
        "nearest": report(positives, strangers),
        "by_chance": report(positives, by_chance(spellings, len(strangers))),
    }
    if not options.no_save:
        print(save("tokens", result))


if __name__ == "__main__":
    main()
