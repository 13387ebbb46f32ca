"""Precision and recall on pairs of names: are these two spellings one person?

    python -m benchmarks.pairs [--errors] [--no-save]

Data: ``data/persons`` (90 East Slavic public figures, 1,063 spellings, 42 pairs that must not match).
The gazetteer holds one spelling per person (the first English one); the queries are all others.
Negatives are the spellings of the hard-negative partners and of the `NEAREST` other persons whose
gazetteer name is most alike by WRatio, so that every baseline meets the pairs that it finds hardest.
Best F1 and recall at precision .99 sweep the threshold for everybody; ours at the default does not.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz import fuzz

import resolve
from benchmarks.common import BASELINES, DATA, Counts, plain, save, table

NEAREST = 5
DEFAULT = 0.9


@dataclass(frozen=True, slots=True)
class Pair:
    """A gazetteer name and a query, and whether they are one person's."""

    known: str
    seen: str
    same: bool
    kind: str


def load() -> list[Pair]:
    """All pairs, positives first for every person."""
    spellings: dict[str, list[tuple[str, str]]] = {}
    with open(DATA / "persons" / "spellings.csv", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            spellings.setdefault(row["id"], []).append((row["name"], row["lang"]))
    with open(DATA / "persons" / "hard_negatives.csv", encoding="utf-8", newline="") as stream:
        hard = [(row["left"], row["right"], row["class"]) for row in csv.DictReader(stream)]
    canonical = {key: next(n for n, lang in names if lang == "en") for key, names in spellings.items()}
    against: dict[str, dict[str, str]] = {key: {} for key in spellings}
    for left, right, kind in hard:
        against[left][right] = against[right][left] = kind
    for key, name in canonical.items():
        ranked = sorted(
            (other for other in canonical if other != key),
            key=lambda other: (-fuzz.WRatio(plain(name), plain(canonical[other])), other),
        )
        for other in ranked[:NEAREST]:
            against[key].setdefault(other, "nearest")
    pairs = []
    for key, name in canonical.items():
        pairs += [Pair(name, n, True, lang) for n, lang in spellings[key] if n != name]
        for other, kind in against[key].items():
            pairs += [Pair(name, n, False, kind) for n, _ in spellings[other]]
    return pairs


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


def at_default(scored: list[tuple[float, Pair]], errors: bool) -> Counts:
    """Ours at the default threshold."""
    counts = Counts()
    for probability, pair in scored:
        matched = probability >= DEFAULT
        counts.right += matched and pair.same
        counts.false += matched and not pair.same
        counts.missed += pair.same and not matched
        if errors and matched != pair.same:
            what = "missed" if pair.same else "false "
            print(f"{what} {pair.known} ~ {pair.seen} ({pair.kind}, {probability:.3f})", file=sys.stderr)
    return counts


def main() -> None:
    """Parse options, run, print, write the dated result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="show the errors at the default threshold")
    parser.add_argument("--no-save", action="store_true", help="write no dated result")
    options = parser.parse_args()
    pairs = load()
    scorers: dict[str, Callable[[str, str], float]] = {
        "resolve": lambda a, b: resolve.compare(a, b).bits,
        **BASELINES,
    }
    result: dict[str, object] = {}
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
        lines.append([name, best, recall, round(spent * 1e6, 1)])
    print(f"{sum(p.same for p in pairs)} pairs of one person, {sum(not p.same for p in pairs)} of two")
    print(table(["scorer", "best F1", "R at P.99", "us/pair"], lines))
    ours = at_default([(resolve.compare(p.known, p.seen).probability, p) for p in pairs], options.errors)
    print(f"resolve at its default {DEFAULT}: P {ours.precision:.3f} R {ours.recall:.3f} F1 {ours.f1:.3f} "
          f"({ours.right} right, {ours.false} false, {ours.missed} missed)")  # fmt: skip
    if not options.no_save:
        facts = {"positives": sum(p.same for p in pairs), "negatives": sum(not p.same for p in pairs)}
        print(save("pairs", {**facts, "scorers": result, "at_default": ours.as_dict()}))


if __name__ == "__main__":
    main()
