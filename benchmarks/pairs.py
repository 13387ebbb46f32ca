"""Precision and recall on pairs of names: are these two spellings one person?

    python -m benchmarks.pairs [--set slavic|eu|eu-listed|un|ofac|bench] [--data DIR] [--errors] [--no-save]

The default set ships: 90 East Slavic public figures, 1,063 spellings, 42 pairs that must not match.
The gazetteer holds one spelling per person; the queries are all others. `pairsets` says what the sets
are and how their negatives were chosen. Best F1 and recall at precision .99 sweep the threshold for
everybody; ours at the default does not. A quarter of the pairs was never read while the toolkit was made: it is
reported as well. nomenklatura's logic-v2 joins where it is installed (``pip install nomenklatura``);
its F1 at its own threshold is reported too.
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
from benchmarks.common import BASELINES, Counts, peers, save, table
from benchmarks.pairsets import SETS, Pair

DEFAULT = 0.9
UNREAD = 4
"""Of every so many pairs, one was never read while the toolkit was made: CRC-32 of the known name leaves the most."""

PEER_THRESHOLDS = {"nomenklatura logic-v2": 0.7}
"""The thresholds that other projects recommend."""


def sweep(scored: list[tuple[float, Pair]]) -> tuple[float, float]:
    """Best F1 and recall at precision .99 over all thresholds."""
    positives = sum(pair.same for _, pair in scored)
    ranked = sorted(scored, key=lambda item: -item[0])
    best, recall, right = 0.0, 0.0, 0
    for i, (score, pair) in enumerate(ranked):
        right += pair.same
        if i + 1 < len(ranked) and ranked[i + 1][0] == score:
            continue
        best = max(best, 2 * right / (i + 1 + positives))
        if right >= 0.99 * (i + 1):
            recall = max(recall, right / positives)
    return best, recall


def is_unread(pair: Pair) -> bool:
    """Whether the errors of a pair were never looked at."""
    return zlib.crc32(pair.known.encode()) % UNREAD == UNREAD - 1


def at_default(scored: list[tuple[float, Pair]], errors: bool, threshold: float = DEFAULT) -> Counts:
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
    scorers: dict[str, Callable[[str, str], float]] = {
        "resolve": lambda a, b: resolve.compare(a, b).bits,
        **BASELINES,
        **peers(),
    }
    result: dict[str, dict[str, object]] = {}
    lines: list[list[object]] = []
    for name, score in scorers.items():
        began = time.perf_counter()
        scored = [(score(pair.known, pair.seen), pair) for pair in pairs]
        spent = (time.perf_counter() - began) / len(pairs)
        best, recall = sweep(scored)
        result[name] = {
            "best_f1": round(best, 4),
            "recall_at_p99": round(recall, 4),
            "microseconds": round(spent * 1e6, 1),
        }
        if name in PEER_THRESHOLDS:
            own = at_default([(value, pair) for value, pair in scored], False, PEER_THRESHOLDS[name])
            result[name] |= {"at_own_threshold": own.as_dict()}
            print(
                f"{name} at its own {PEER_THRESHOLDS[name]}: P {own.precision:.3f} R {own.recall:.3f} F1 {own.f1:.3f}"
            )
        lines.append([name, best, recall, round(spent * 1e6, 1)])
    print(f"{sum(p.same for p in pairs)} pairs of one person, {sum(not p.same for p in pairs)} of two")
    print(table(["scorer", "best F1", "R at P.99", "us/pair"], lines))
    if not peers():
        print("nomenklatura is not installed: its logic-v2 is not in the table")
    decided = [(resolve.compare(p.known, p.seen).probability, p) for p in pairs]
    ours = at_default(decided, options.errors)
    unread = at_default([(probability, p) for probability, p in decided if is_unread(p)], errors=False)
    print(f"resolve at its default {DEFAULT}: P {ours.precision:.3f} R {ours.recall:.3f} F1 {ours.f1:.3f} "
          f"({ours.right} right, {ours.false} false, {ours.missed} missed)")  # fmt: skip
    print(f"on the quarter whose errors nobody read: P {unread.precision:.3f} R {unread.recall:.3f} F1 {unread.f1:.3f}")
    if not options.no_save:
        facts = {"positives": sum(p.same for p in pairs), "negatives": sum(not p.same for p in pairs)}
        print(
            save(
                "-".join(filter(None, ["pairs", options.set, options.known])),
                {**facts, "scorers": result, "at_default": ours.as_dict(), "unread": unread.as_dict()},
            )
        )


if __name__ == "__main__":
    main()
