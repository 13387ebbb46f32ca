"""Are probabilities what they say? Reliability on held-out persons, with a picture.

    python -m benchmarks.calibration --data DIR [--queries 3000] [--no-save]

Data: ``persons.tsv.gz`` (full names of 43,000 persons by Wikidata ID). The gazetteer holds one Latin
spelling of every person but half of the held-out ones (CRC-32 of the ID divisible by ten: nothing
was learned from them); the queries are the other Latin and Cyrillic spellings of all held-out
persons, so that half of them are nobody in the gazetteer. A namesake with the same label counts as
right. The picture is written beside the dated result.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import tempfile
import zlib
from pathlib import Path

import resolve
from benchmarks.common import RESULTS, environment, save, table
from resolve.letters import fold
from resolve.text import script

HELD_OUT = 10
BINS = 10


def held_out(identifier: str) -> bool:
    """Whether nothing was learned from a person."""
    return zlib.crc32(identifier.encode()) % HELD_OUT == 0


def present(identifier: str) -> bool:
    """Whether a held-out person stays in the gazetteer."""
    return zlib.crc32(identifier.encode()) % (2 * HELD_OUT) == 0


def labels(path: Path) -> dict[str, list[str]]:
    """The Latin and Cyrillic spellings of every person, the English or first Latin one first."""
    found: dict[str, list[tuple[bool, bool, str]]] = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["script"] in {"Latin", "Cyrillic"} and len(row["name"].split()) > 1:
                rank = (row["script"] != "Latin", "en" not in row["lang"].split(","), row["name"])
                found.setdefault(row["entity_id"], []).append(rank)
    return {key: [name for *_, name in sorted(set(names))] for key, names in found.items()}


def measure(people: dict[str, list[str]], queries: int) -> list[tuple[float, bool, bool]]:
    """Probability of the best candidate, whether it is right, and whether the person is there at all."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "persons.csv"
        with open(source, "w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["id", "name"])
            writer.writerows((k, n[0]) for k, n in people.items() if not held_out(k) or present(k))
        resolver = resolve.open(source)
    names = {key: {fold(name) for name in spellings} for key, spellings in people.items()}
    asked = [
        (key, name)
        for key, spellings in people.items()
        if held_out(key) and script(spellings[0]) == "Latin"
        for name in spellings[1:]
        if fold(name) != fold(spellings[0])
    ]
    step = max(1, len(asked) // queries)
    found = []
    for key, name in asked[::step]:
        link = resolver.match(name, 1)
        best = link.candidates[0].entity_id if link.candidates else ""
        right = best == key or bool(best and names[best] & {fold(name), fold(people[key][0])})
        found.append((link.probability, right, present(key)))
    return found


def summary(found: list[tuple[float, bool, bool]]) -> dict[str, object]:
    """Expected calibration error, bins, and precision and recall at the default threshold."""
    bins: list[dict[str, float]] = []
    error = 0.0
    for i in range(BINS):
        inside = [(p, right) for p, right, _ in found if i / BINS <= p < (i + 1) / BINS or (p == 1.0 and i == BINS - 1)]
        if inside:
            mean = sum(p for p, _ in inside) / len(inside)
            accuracy = sum(right for _, right in inside) / len(inside)
            error += abs(mean - accuracy) * len(inside) / len(found)
            bins.append({"probability": round(mean, 4), "right": round(accuracy, 4), "count": len(inside)})
    resolved = [(right, there) for p, right, there in found if p >= 0.9]
    hits, all_there = sum(right for right, _ in resolved), sum(there for *_, there in found)
    return {
        "tuned_on": "other persons: the CRC-32 of the ID leaves 1 of ten, here 0", "queries": len(found), "ece": round(error, 4), "bins": bins,
        "precision": round(hits / max(1, len(resolved)), 4), "recall": round(hits / max(1, all_there), 4),
    }  # fmt: skip


def draw(result: dict[str, object], path: Path) -> None:
    """The reliability diagram."""
    from matplotlib.figure import Figure

    bins = [b for b in result["bins"] if isinstance(b, dict)] if isinstance(result["bins"], list) else []
    figure = Figure(figsize=(5, 5), layout="constrained")
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1, linestyle="--", label="calibrated")
    axes.plot([b["probability"] for b in bins], [b["right"] for b in bins], marker="o", label="measured")
    for b in bins:
        axes.annotate(
            str(b["count"]), (b["probability"], b["right"]), textcoords="offset points", xytext=(6, -10), fontsize=8
        )
    axes.set_xlabel("probability given")
    axes.set_ylabel("share right")
    axes.set_title(f"{result['queries']} names of held-out persons, ECE {result['ece']}")
    axes.legend()
    figure.savefig(path, dpi=120)


def main() -> None:
    """Parse options, run, print, draw, write the dated result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with persons.tsv.gz")
    parser.add_argument("--queries", type=int, default=3000)
    parser.add_argument("--no-save", action="store_true")
    options = parser.parse_args()
    people = labels(options.data / "persons.tsv.gz")
    result = summary(measure(people, options.queries))
    bins = result["bins"]
    assert isinstance(bins, list)
    print(table(["probability", "right", "count"], [[b["probability"], b["right"], b["count"]] for b in bins]))
    print({key: value for key, value in result.items() if key != "bins"})
    if not options.no_save:
        draw(result, RESULTS / f"{environment()['date']}-calibration.png")
        print(save("calibration", result))


if __name__ == "__main__":
    main()
