"""How many token pairs a second does the kernel score, and how soon is it there?

    python -m benchmarks.kernel [--no-save]

Corpus: invented tokens of nine letters, drawn letter by letter from the surnames of the curated gazetteer
(seed 1), one core, medians of `RUNS` runs. ``kernel`` is the forward algorithm of P(a, b) and both
cached marginals over encoded tokens; ``Multigram.bits`` is the call of one pair from Python, its
tokens in the cache. The count of scored pairs is checked.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from random import Random
from statistics import median
from typing import Any

import numpy as np

from benchmarks.common import save, table
from resolve.multigram import Multigram, load, ordered
from resolve.training.multigrams import pairs_of

OPENING = """
import time
from resolve.multigram import load
began = time.process_time()
load().bits("Anna", "Hanna")
print(time.process_time() - began)
"""
RUNS = 7
COUNT = 200_000
LENGTH = 9
SEEDS = {
    "Latin": "tsikhanouskaya lukashenko kalesnikava statkevich babaryka poroshenko sannikov kovalchuk shushkevich",
    "Cyrillic": "ціханоўская лукашенко колесникова статкевіч бабарыка порошенко санніков ковальчук шушкевич",
}


def invented(text: str, count: int, random: Random) -> list[str]:
    """Words of nine letters by a chain of letter pairs."""
    follow: dict[str, list[str]] = {}
    for a, b in zip(text, text[1:] + " "):
        follow.setdefault(a, []).append(b)
    found: list[str] = []
    while len(found) < count:
        word = random.choice(text.split())[0]
        while len(word) < LENGTH and (after := [c for c in follow[word[-1]] if c != " "]):
            word += random.choice(after)
        found.append(word)
    return found


def timed(run: Callable[[], object]) -> float:
    """Median seconds of several runs."""
    spent = []
    for _ in range(RUNS):
        began = time.process_time()
        run()
        spent.append(time.process_time() - began)
    return median(spent)


def kernel(model: Multigram, lefts: list[str], rights: list[str]) -> float:
    """Pairs a second of the encoded batch, marginals added from their cache."""
    words = ((model._word(a), model._word(b)) for a, b in zip(lefts, rights, strict=True))  # noqa: SLF001
    met = [ordered(a, b) for a, b in words if a and b]
    data = pairs_of([(a.letters, b.letters) for a, b in met])
    margins = np.array([a.bits + b.bits for a, b in met])
    joint = model._channel((met[0][0].script, met[0][1].script)).joint  # noqa: SLF001
    out = np.zeros(len(met))

    def run() -> None:
        joint.batch(data.left, data.left_starts, data.right, data.right_starts,
                    data.left_index, data.right_index, out)  # fmt: skip
        np.subtract(out, margins, out)

    seconds = timed(run)
    assert np.isfinite(out).sum() == COUNT
    return COUNT / seconds


def main() -> None:
    """Parse options, run, print, write the dated result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-save", action="store_true", help="write no dated result")
    options = parser.parse_args()
    random = Random(1)
    model = load()
    tokens = {name: invented(text, COUNT, random) for name, text in SEEDS.items()}
    others = {name: invented(text, COUNT, random) for name, text in SEEDS.items()}
    result: dict[str, Any] = {"runs": RUNS, "pairs": COUNT, "letters": LENGTH}
    lines: list[list[object]] = []
    for left, right in (("Latin", "Latin"), ("Cyrillic", "Latin"), ("Cyrillic", "Cyrillic")):
        lefts, rights = tokens[left], others[right]
        some = list(zip(lefts, rights, strict=True))[:20_000]
        speeds = {
            "kernel": kernel(model, lefts, rights),
            "Multigram.bits": len(some) / timed(lambda some=some: [model.bits(a, b) for a, b in some]),  # type: ignore[misc]
            "Multigram.evidence": len(some) / timed(lambda some=some: [model.evidence(a, b) for a, b in some]),  # type: ignore[misc]
        }
        result[f"{left}-{right}"] = {name: round(speed) for name, speed in speeds.items()}
        lines.append([f"{left}-{right}", *(f"{speed:,.0f}" for speed in speeds.values())])
    print(table(["pairs a second", "kernel", "Multigram.bits", "Multigram.evidence"], lines))
    run = [sys.executable, "-c", OPENING]
    opened = median(float(subprocess.run(run, capture_output=True, check=True).stdout) for _ in range(RUNS))
    result["first_answer_ms"] = round(1000 * opened, 1)
    print(f"opened, and the first answer given, in {1000 * opened:.1f} ms")
    if not options.no_save:
        print(save("kernel", result))


if __name__ == "__main__":
    main()
