"""Precision and recall on pairs of names: are these two spellings one person?

    python -m benchmarks.pairs [--set slavic|eu|eu-listed|un|ofac|bench] [--data DIR] [--errors] [--no-save]

The default set ships: 90 East Slavic public figures, 1,063 spellings, 42 pairs that must not match.
The gazetteer holds one spelling per person; the queries are all others. `pairsets` says what the sets
are and how their negatives were chosen. Other programs get the threshold with the best F1 on the *development split*, three
tenths of the known names by their CRC-32; ours has its default. Precision, recall and F1 are of the other seven tenths, for
everybody, and so is recall at precision .99, which looks at the order of scores alone. A quarter of the pairs was never
read while the toolkit was made: ours is reported on it as well. nomenklatura's logic-v2 joins where it is installed
(``pip install nomenklatura``), at the threshold that its documentation names too. Times are of one process's processor.
"""

from __future__ import annotations

import argparse
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import resolve
from benchmarks.common import BASELINES, DEFAULT, UNTUNED, Counts, peers, save, table
from benchmarks.pairsets import SETS, Pair

DEVELOPMENT = 3
"""So many tenths of the known names are for choosing thresholds."""

TUNED = "the best F1 on three tenths of the known names, which are not counted"
UNREAD = 4
"""Of every so many pairs, one was never read while the toolkit was made: CRC-32 of the known name leaves the most."""

PEER_THRESHOLDS = {"nomenklatura logic-v2": 0.7}
"""The thresholds that other projects recommend."""


Scored = list[tuple[float, Pair]]


def is_development(pair: Pair) -> bool:
    """Whether thresholds are chosen on a pair."""
    return zlib.crc32(pair.known.encode()) // UNREAD % 10 < DEVELOPMENT


def sweep(scored: Scored) -> tuple[float, float]:
    """The threshold above zero with the best F1, and the recall at the lowest one with precision .99."""
    positives = sum(pair.same for _, pair in scored)
    ranked = sorted((item for item in scored if item[0] > 0), key=lambda item: -item[0])
    best, threshold, recall, right = -1.0, 1.0, 0.0, 0
    for i, (score, pair) in enumerate(ranked):
        right += pair.same
        if i + 1 < len(ranked) and ranked[i + 1][0] == score:
            continue
        f1 = 2 * right / (i + 1 + positives)
        if f1 > best:
            best, threshold = f1, score
        if right >= 0.99 * (i + 1):
            recall = max(recall, right / max(positives, 1))
    return threshold, recall


def figures(name: str, score: Callable[[str, str], float], pairs: list[Pair]) -> dict[str, object]:
    """What a scorer does on the test split, with a threshold from the development split, or ours at its default."""
    began = time.process_time()
    scored = [(score(pair.known, pair.seen), pair) for pair in pairs]
    spent = (time.process_time() - began) / len(pairs)
    test = [item for item in scored if not is_development(item[1])]
    threshold = DEFAULT if name == "resolve" else sweep([item for item in scored if is_development(item[1])])[0]
    result: dict[str, object] = {
        **at_default(test, False, threshold).as_dict(), "threshold": round(threshold, 4), "tuned_on": UNTUNED if name == "resolve" else TUNED,
        "recall_at_p99": round(sweep(test)[1], 4), "microseconds": round(spent * 1e6, 1),
    }  # fmt: skip
    if name in PEER_THRESHOLDS:
        own = at_default(test, False, PEER_THRESHOLDS[name])
        result["recommended"] = {"threshold": PEER_THRESHOLDS[name], **own.as_dict()}
    return result


def is_unread(pair: Pair) -> bool:
    """Whether the errors of a pair were never looked at."""
    return zlib.crc32(pair.known.encode()) % UNREAD == UNREAD - 1


def at_default(scored: Scored, errors: bool, threshold: float = DEFAULT) -> Counts:
    """The decisions at a threshold."""
    counts, classes = Counts(), Counter[str]()
    for probability, pair in scored:
        matched = probability >= threshold
        counts.right += matched and pair.same
        counts.false += matched and not pair.same
        counts.missed += pair.same and not matched
        classes[pair.kind] += matched != pair.same
        if errors and matched != pair.same:
            what = "missed" if pair.same else "false "
            print(f"{what} {pair.known} ~ {pair.seen} ({pair.kind}, {probability:.3f})", file=sys.stderr)
    if errors:
        print("errors by class:", dict(classes.most_common(12)), file=sys.stderr)
    return counts


def main() -> None:
    """Parse options, run, print, write the dated result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=SETS, default="slavic", help="which pairs")
    parser.add_argument("--data", type=Path, help="where the sets are that do not ship")
    parser.add_argument("--errors", action="store_true", help="show the errors at the default threshold")
    parser.add_argument("--no-save", action="store_true", help="write no dated result")
    parser.add_argument("--known", default="", help="the language (slavic) or script (eu) of the known spelling")
    options = parser.parse_args()
    pairs = SETS[options.set](options.data, options.known)
    ours = {(pair.known, pair.seen): 0.0 for pair in pairs}

    def probability(known: str, seen: str) -> float:
        ours[known, seen] = resolve.compare(known, seen).probability
        return ours[known, seen]

    scorers: dict[str, Callable[[str, str], float]] = {"resolve": probability, **BASELINES, **peers()}
    result = {name: figures(name, score, pairs) for name, score in scorers.items()}
    test = [pair for pair in pairs if not is_development(pair)]
    print(f"{sum(p.same for p in test)} pairs of one person, {sum(not p.same for p in test)} of two, in the test split")
    heads = ["precision", "recall", "f1", "recall_at_p99", "threshold", "microseconds"]
    print(table(["scorer", *heads], [[name, *(found[head] for head in heads)] for name, found in result.items()]))
    if not peers():
        print("nomenklatura is not installed: its logic-v2 is not in the table")
    decided = [(ours[p.known, p.seen], p) for p in pairs]
    every = at_default(decided, options.errors)
    unread = at_default([item for item in decided if is_unread(item[1])], errors=False)
    print(f"resolve at its default {DEFAULT}, all pairs: P {every.precision:.3f} R {every.recall:.3f} F1 {every.f1:.3f} "
          f"({every.right} right, {every.false} false, {every.missed} missed)")  # fmt: skip
    print(f"on the quarter whose errors nobody read: P {unread.precision:.3f} R {unread.recall:.3f} F1 {unread.f1:.3f}")
    if not options.no_save:
        facts = {
            "positives": sum(p.same for p in pairs), "negatives": sum(not p.same for p in pairs),
            "test_positives": sum(p.same for p in test), "test_negatives": sum(not p.same for p in test),
            "scorers": result, "at_default": every.as_dict(), "unread": unread.as_dict(),
            "not_installed": {} if peers() else {"nomenklatura logic-v2": "nomenklatura is not installed"},
        }  # fmt: skip
        print(save("-".join(filter(None, ["pairs", options.set, options.known])), facts))


if __name__ == "__main__":
    main()
