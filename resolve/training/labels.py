"""Fit what a name that leaves something out or is translated says, and measure how sure names in every script may be.

    python -m resolve.training.labels persons.tsv.gz [--queries N] > weights.tsv && mv weights.tsv resolve/tables/

The source is that of `resolve.training.names`, which fits what names share and contradict in Latin and Cyrillic. Here
the labels of persons in all languages and scripts are looked up in a gazetteer that has one Latin label of each,
once with everybody there and once without the person who is meant. Logistic regression (Cox 1958) with all other
evidence and the size of the gazetteer as its offset gives the weights; a ridge holds them near what was believed
before. Two persons in ten, chosen by the CRC-32 of the ID, are left out: for evaluation and for development.
Whoever shares a label with the person who is meant teaches nothing: a name cannot tell them apart.

To standard error goes the reliability of every script: how probable the best candidates were said to be on average,
and which share of them was right, where half of those asked for are missing.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from resolve.chances import DEFAULT_THRESHOLD, posterior
from resolve.crowd import CROWD, crowded
from resolve.decide import bearers_alone
from resolve.index import Index
from resolve.letters import fold, writing
from resolve.names import parse
from resolve.resolver import open as open_gazetteer
from resolve.score import Reading, whole
from resolve.training.names import Example, fit, split, table
from resolve.training.spellings import held_out_of_scripts, rows

PRIORS = {
    "left_out_first": -4.0, "left_out": -1.0, "translated": -3.0, "mark_alone": -8.0,
    "crowd": -0.2, "half_compound": -5.0, "alone_whole": 1.5, "alone_missing": -1.0, "alone_diminutive": 1.0,
}  # fmt: skip
"""What was believed of the weights before: where the fit starts, and whose signs it keeps."""

QUERIES = 3000
MARGIN = 40.0
"""What so many bits speak against, beside the best, teaches nothing."""

LISTED = 10
"""So many candidates of a query are examples."""

EDGES = (0.0, 0.5, 0.8, DEFAULT_THRESHOLD, 0.95, 1.01)
"""Between what probabilities the best candidates are counted together."""


@dataclass(frozen=True)
class Labels:
    """One Latin label of every person, all folded labels of each, and which labels are looked up."""

    known: dict[str, str]
    folded: dict[str, frozenset[str]]
    queries: list[tuple[str, str]]


def labels(path: Path) -> Labels:
    """The labels of the persons from whom may be learned, English ones before other Latin ones in the gazetteer."""
    latin: dict[str, tuple[bool, str]] = {}
    every: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows(path):
        identifier, name = row["entity_id"], row["name"]
        # Latin labels translate given names: Ioannes for John
        if held_out_of_scripts(identifier) or row["lang"] == "la":
            continue
        every[identifier][name] = None
        if row["script"] == "Latin":
            best = ("en" not in row["lang"].split(","), name)
            latin[identifier] = min(best, latin.get(identifier, best))
    known = {key: name for key, (_, name) in sorted(latin.items())}
    asked = [(key, name) for key in known for name in every[key] if name != known[key]]
    asked.sort(key=lambda one: zlib.crc32("\t".join(one).encode()))
    return Labels(known, {key: frozenset(map(fold, names)) for key, names in every.items()}, asked)


def compiled(known: dict[str, str], folder: Path) -> Index:
    """A gazetteer of the labels."""
    source = folder / "labels.csv"
    with open(source, "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "name"])
        writer.writerows(known.items())
    return open_gazetteer(source).index


@dataclass(frozen=True)
class Found:
    """What a label finds: the best readings, for each whether it is right, without those whom a name cannot tell apart."""

    script: str
    readings: list[tuple[Reading, bool]]


def look_up(held: Labels, index: Index, asked: Sequence[tuple[str, str]]) -> Iterator[Found]:
    """The readings of every label."""
    for key, query in asked:
        kept: dict[int, tuple[Reading, bool]] = {}
        own = frozenset(fold(token.text) for token in parse(held.known[key]).role("surname"))
        readings = (_recounted(r, own) for r in bearers_alone(whole(query, index, margin=MARGIN), index))
        for reading in sorted(readings, key=lambda r: -r.bits):
            other = index.entity(reading.entity).id
            right = other == key
            if right or held.folded[other].isdisjoint(held.folded[key]):
                kept.setdefault(reading.entity, (reading, right))
        yield Found(writing(query.replace(" ", "")[:1]), list(kept.values())[:LISTED])


def _recounted(reading: Reading, own: frozenset[str]) -> Reading:
    """A reading with the other surnames of the world as they were without the person who is meant: the table counted them."""
    if CROWD not in reading.features:
        return reading
    plain = reading.without({CROWD})
    return plain.also(*crowded(plain.evidence, own))


def examples(found: Sequence[Found]) -> list[Example]:
    """Every reading as an example of what its evidence says."""
    wanted = frozenset(PRIORS)
    return [(*split(list(r.evidence), wanted), right, 1.0) for one in found for r, right in one.readings]


def reliability(found: Sequence[Found], index: Index) -> Iterator[str]:
    """By script and how sure the best candidate is: how many there are, what was said of them, and the share that is right."""
    cells: dict[tuple[str, int], list[tuple[float, bool]]] = defaultdict(list)
    for one in found:
        for absent in (False, True):
            group = [(reading, right) for reading, right in one.readings if not (absent and right)]
            if group:
                best, said = posterior([reading for reading, _ in group], index, alone=True)[0]
                right = next(right for reading, right in group if reading is best)
                cells[one.script, int(np.searchsorted(EDGES, said, "right"))].append((said, right))
    for (script, place), rows_ in sorted(cells.items()):
        mean, share = (sum(row[side] for row in rows_) / len(rows_) for side in (0, 1))
        yield f"{script}\tfrom {EDGES[place - 1]}\t{len(rows_)}\tsaid {mean:.3f}\tright {share:.3f}"


def main() -> None:
    """Print the table of weights, and to standard error how reliable they are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("persons", type=Path)
    parser.add_argument("--queries", type=int, default=QUERIES)
    options = parser.parse_args()
    held = labels(options.persons)
    with tempfile.TemporaryDirectory() as folder:
        index = compiled(held.known, Path(folder))
        found = list(look_up(held, index, held.queries[: options.queries]))
    names = sorted(PRIORS)
    data = examples(found)
    print(*reliability(found, index), f"{len(data)} readings", sep="\n", file=sys.stderr)
    weights = fit(data, names, np.array([PRIORS[name] for name in names]), len(held.known))
    print("\n".join(table(dict(zip(names, weights.tolist(), strict=True)))))


if __name__ == "__main__":
    main()
