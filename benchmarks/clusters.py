"""Are the spellings of one person grouped where nobody says who there is? All labels of held-out persons, mixed.

    python -m benchmarks.clusters --data DIR [--split development|evaluation] [--errors] [--no-save]

Data: ``persons.tsv.gz`` (full names of 43,000 persons by Wikidata ID, in 293 languages). All names of a tenth of the
persons are one column, without their IDs; the tenths are those of `benchmarks.retrieval`. Of the *development* tenth
``--errors`` lists what was grouped wrongly, and thresholds were set on it: the toolkit's and the peer's. Of the
*evaluation* tenth nobody reads more than these figures.

*Precision* and *recall* are those of pairs of names: of the pairs in one cluster how many are one person's, and of the
pairs of one person's names how many are in one cluster. Persons of many names weigh most in them; *cubed* are the same by
name (B-cubed, Bagga and Baldwin 1998), where every name weighs the same. *Sure* says how many of the names that share a
cluster with a probability of .9 or more are those of the person whom most of the cluster's names belong to. The peer is rapidfuzz's token
sort ratio on unidecode's letters, connected components from the threshold that gives the best F1 on the development tenth.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from benchmarks.common import plain, save, table
from benchmarks.retrieval import SPLITS as TENTHS, in_split
from resolve.clusters.grouping import THRESHOLD, group

Row = tuple[str, str]
"""A person and one of its names."""

THRESHOLDS = range(70, 100, 2)
"""The ratios among which the peer's threshold is chosen."""

SPLITS = {name: TENTHS[name] for name in ("development", "evaluation")}

BLOCK = 512


def read(path: Path, remainders: Collection[int]) -> list[Row]:
    """The names of the persons of a split, each once for a person."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        return sorted({(row["entity_id"], row["name"]) for row in rows if in_split(row["entity_id"], remainders)})


def pairs(labels: Iterable[object]) -> int:
    """How many pairs have one label."""
    return sum(count * (count - 1) // 2 for count in Counter(labels).values())


def figures(rows: Sequence[Row], clusters: Sequence[str]) -> dict[str, Any]:
    """Precision and recall of a clustering, by pairs and by names."""
    persons = [person for person, _ in rows]
    both = Counter(zip(persons, clusters, strict=True))
    right = pairs(zip(persons, clusters, strict=True))
    precision, recall = right / max(1, pairs(clusters)), right / max(1, pairs(persons))
    sizes, known = Counter(clusters), Counter(persons)
    cubed = [(both[key] / sizes[key[1]], both[key] / known[key[0]]) for key in zip(persons, clusters, strict=True)]
    return {
        "names": len(rows), "persons": len(known), "clusters": len(sizes), "largest": max(sizes.values()),
        "precision": round(precision, 4), "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
        "cubed_precision": round(sum(one for one, _ in cubed) / len(cubed), 4),
        "cubed_recall": round(sum(other for _, other in cubed) / len(cubed), 4),
    }  # fmt: skip


def ours(rows: Sequence[Row], threshold: float, workers: int) -> tuple[list[str], list[float], float]:
    """The toolkit's cluster and probability for every row, and the seconds."""
    began = time.perf_counter()
    found = group((name for _, name in rows), threshold, workers=workers)
    spent = time.perf_counter() - began
    return [found[name].cluster for _, name in rows], [found[name].probability for _, name in rows], spent


def sure(rows: Sequence[Row], clusters: Sequence[str], probabilities: Sequence[float]) -> dict[str, Any]:
    """How many of the names that are surely in a cluster with others are those of most of its names."""
    members: dict[str, Counter[str]] = defaultdict(Counter)
    for (person, _), cluster in zip(rows, clusters, strict=True):
        members[cluster][person] += 1
    asked = [
        members[cluster].most_common(1)[0][0] == person
        for (person, _), cluster, probability in zip(rows, clusters, probabilities, strict=True)
        if probability >= 0.9 and members[cluster].total() > 1
    ]
    return {"sure": len(asked), "sure_right": round(sum(asked) / max(1, len(asked)), 4)}


class Peer:
    """Connected components of names whose ratio on unidecode's letters reaches a threshold."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.names = sorted({name for _, name in rows})
        self.place = {name: place for place, name in enumerate(self.names)}
        self.rows = rows
        asked = [plain(name) for name in self.names]
        self.alike: list[tuple[int, int, int]] = []
        for start in range(0, len(asked), BLOCK):
            ratios = cdist(
                asked[start : start + BLOCK], asked[start:], scorer=fuzz.token_sort_ratio, score_cutoff=THRESHOLDS[0],
                dtype=np.uint8,
            )  # fmt: skip
            for one, other in zip(*np.nonzero(ratios), strict=True):
                if one < other:
                    self.alike.append((int(ratios[one, other]), start + int(one), start + int(other)))

    def clusters(self, threshold: int) -> list[str]:
        """The component of every row."""
        parent = list(range(len(self.names)))

        def root(place: int) -> int:
            while parent[place] != place:
                parent[place] = place = parent[parent[place]]
            return place

        for ratio, one, other in self.alike:
            if ratio >= threshold:
                parent[root(one)] = root(other)
        return [str(root(self.place[name])) for _, name in self.rows]


def show(rows: Sequence[Row], clusters: Sequence[str]) -> None:
    """The clusters of several persons, and the persons in several clusters."""
    for title, by, of in (("false", 1, 0), ("missed", 0, 1)):
        groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for (person, name), cluster in zip(rows, clusters, strict=True):
            keys = (person, cluster)
            groups[keys[by]].append((keys[of], name))
        for key, members in sorted(groups.items()):
            if len({other for other, _ in members}) > 1:
                print(title, key, *(f"{other}: {name}" for other, name in sorted(members)), sep="\t", file=sys.stderr)


def measured(
    rows: Sequence[Row], threshold: float, ratio: int, peer: Peer, workers: int, errors: bool
) -> dict[str, Any]:
    """The figures of both on one split."""
    clusters, probabilities, spent = ours(rows, threshold, workers)
    if errors:
        show(rows, clusters)
    return {
        "resolve": {
            **figures(rows, clusters), **sure(rows, clusters, probabilities), "names_per_s": round(len(rows) / spent, 1),
        },
        "rapidfuzz components": {**figures(rows, peer.clusters(ratio)), "threshold": ratio},
    }  # fmt: skip


def main() -> None:
    """Parse options, run, print, write the dated result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with persons.tsv.gz")
    parser.add_argument("--split", choices=SPLITS, help="one split alone")
    parser.add_argument("--threshold", type=float, default=THRESHOLD)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--errors", action="store_true", help="list what the development split got wrong")
    parser.add_argument("--no-save", action="store_true")
    options = parser.parse_args()
    splits = {name: read(options.data / "persons.tsv.gz", remainder) for name, remainder in SPLITS.items()}
    peers = {name: Peer(rows) for name, rows in splits.items()}
    scored = {ratio: figures(splits["development"], peers["development"].clusters(ratio))["f1"] for ratio in THRESHOLDS}
    ratio = max(scored, key=lambda one: (scored[one], one))
    found: dict[str, dict[str, Any]] = {}
    for name in [options.split] if options.split else SPLITS:
        errors = options.errors and name == "development"
        result = measured(splits[name], options.threshold, ratio, peers[name], options.workers, errors)
        found[name] = result
        head = ["", "precision", "recall", "f1", "cubed_precision", "cubed_recall", "clusters", "largest"]
        print(f"\n{name}: {len(splits[name])} names of {result['resolve']['persons']} persons; {result['resolve']}")
        print(table(head, [[who, *(facts[key] for key in head[1:])] for who, facts in result.items()]), flush=True)
    if not options.no_save:
        print(
            save(
                "clusters",
                {
                    "threshold": options.threshold,
                    "tuned_on": "ours and the peer's: the development split (other persons)",
                    **found,
                },
            )
        )


if __name__ == "__main__":
    main()
