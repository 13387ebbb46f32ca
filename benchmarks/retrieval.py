"""Does a label in another language or script find its person among everybody? On held-out persons, with a picture.

    python -m benchmarks.retrieval --data DIR [--languages el,he,...] [--queries N] [--no-save]

Data: ``persons.tsv.gz`` (full names of 43,000 persons by Wikidata ID). The gazetteer holds the English,
or else the first Latin, label of every person, one spelling each. The queries are the labels in another
language of the held-out tenth of the persons (CRC-32 of the ID divisible by ten: nothing was learned from
them), without those identical to the one in the gazetteer. *Rank 1*: the share whose first candidate is the
person, or a namesake with the same label, when all persons are there. *Precision* and *recall* at the default
threshold are measured with half of the held-out persons taken out of the gazetteer. The baseline is
rapidfuzz's ratio on unidecode's letters against every label. The picture is written beside the dated result.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import tempfile
import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

import resolve
from benchmarks.common import RESULTS, environment, plain, save, table

HELD_OUT = 10
LANGUAGES = ("ru", "uk", "be", "bg", "mk", "el", "he", "ka", "hy", "ar", "fa", "ja", "ko", "zh", "hi", "de", "pl", "lv")


@dataclass(frozen=True, slots=True)
class Query:
    """A label in another language, and whose it is."""

    person: str
    text: str
    lang: str


def held_out(identifier: str) -> bool:
    """Whether nothing was learned from a person."""
    return zlib.crc32(identifier.encode()) % HELD_OUT == 0


def removed(identifier: str) -> bool:
    """Whether a person is missing from the smaller gazetteer."""
    return zlib.crc32(identifier.encode()) % (2 * HELD_OUT) == HELD_OUT


def read(path: Path) -> tuple[dict[str, str], list[Query]]:
    """The label of every person in the gazetteer, and the labels in other languages of the held-out persons."""
    latin: dict[str, tuple[bool, int, str]] = {}
    others: dict[Query, None] = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        for place, row in enumerate(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)):
            person, langs = row["entity_id"], row["lang"].split(",")
            if row["script"] == "Latin":
                rank = ("en" not in langs, place, row["name"])
                latin[person] = min(latin.get(person, rank), rank)
            if held_out(person):
                others.update(dict.fromkeys(Query(person, row["name"], lang) for lang in langs))
    labels = {person: label for person, (_, _, label) in latin.items()}
    return labels, [q for q in others if q.person in labels and q.text != labels[q.person]]


def first_candidates(labels: dict[str, str], queries: Iterable[Query]) -> list[tuple[str, bool]]:
    """The first candidate of every query, empty where there is none, and whether it is resolved."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "persons.csv"
        with open(source, "w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["id", "name"])
            writer.writerows(labels.items())
        resolver = resolve.open(source)
    found = []
    for query in queries:
        link = resolver.match(query.text, 1)
        found.append((link.candidates[0].entity_id if link.candidates else "", link.status == "resolved"))
    return found


def baseline(labels: dict[str, str], queries: list[Query]) -> list[str]:
    """The label with the highest ratio on unidecode's letters, for every query."""
    people = list(labels)
    names = [plain(label) for label in labels.values()]
    found = []
    for start in range(0, len(queries), 256):
        asked = [plain(query.text) for query in queries[start : start + 256]]
        found += [people[place] for place in np.argmax(cdist(asked, names, scorer=fuzz.ratio), axis=1)]
    return found


def summary(labels: dict[str, str], queries: list[Query]) -> dict[str, dict[str, float]]:
    """Rank 1, precision, recall and the baseline of every language."""

    def is_right(query: Query, best: str) -> bool:
        return bool(best) and labels[best] == labels[query.person]

    started = time.perf_counter()
    everybody = first_candidates(labels, queries)
    spent = time.perf_counter() - started
    fewer = first_candidates({k: label for k, label in labels.items() if not removed(k)}, queries)
    ratio = baseline(labels, queries)
    result: dict[str, dict[str, float]] = {}
    for lang in dict.fromkeys(query.lang for query in queries):
        rows = [i for i, query in enumerate(queries) if query.lang == lang]
        resolved = [i for i in rows if fewer[i][1]]
        hits = sum(is_right(queries[i], fewer[i][0]) for i in resolved)
        there = sum(not removed(queries[i].person) for i in rows)
        result[lang] = {
            "queries": len(rows),
            "rank1": round(sum(is_right(queries[i], everybody[i][0]) for i in rows) / len(rows), 4),
            "precision": round(hits / len(resolved), 4) if resolved else 1.0,
            "recall": round(hits / max(1, there), 4),
            "resolved": len(resolved),
            "ratio": round(sum(is_right(queries[i], ratio[i]) for i in rows) / len(rows), 4),
        }
    print(f"{1000 * spent / max(1, len(queries)):.1f} ms a query, compiling among {len(labels)} names included")
    return result


def draw(result: dict[str, dict[str, float]], path: Path) -> None:
    """Rank 1 of every language beside the baseline."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 4), layout="constrained")
    axes = figure.subplots()
    places = np.arange(len(result))
    axes.bar(places - 0.2, [row["rank1"] for row in result.values()], 0.4, label="resolve")
    axes.bar(places + 0.2, [row["ratio"] for row in result.values()], 0.4, label="ratio on unidecode", color="silver")
    axes.set_xticks(places, [f"{lang}\n{row['queries']:.0f}" for lang, row in result.items()])
    axes.set_ylim(0, 1)
    axes.set_ylabel("first candidate is right")
    axes.set_title("Labels in other languages against one Latin label each; below: number of queries", fontsize=10)
    axes.legend(loc="lower left")
    figure.savefig(path, dpi=120)


def main() -> None:
    """Parse options, run, print, draw, write the dated result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with persons.tsv.gz")
    parser.add_argument("--languages", default=",".join(LANGUAGES))
    parser.add_argument("--queries", type=int, default=1000, help="at most so many of a language")
    parser.add_argument("--no-save", action="store_true")
    options = parser.parse_args()
    labels, every = read(options.data / "persons.tsv.gz")
    asked = [
        q for lang in options.languages.split(",") for q in [q for q in every if q.lang == lang][: options.queries]
    ]
    result = summary(labels, asked)
    head = ["language", "queries", "rank1", "precision", "recall", "resolved", "ratio"]
    print(table(head, [[lang, *(row[key] for key in head[1:])] for lang, row in result.items()]))
    if not options.no_save:
        draw(result, RESULTS / f"{environment()['date']}-retrieval.png")
        print(save("retrieval", {"gazetteer": len(labels), "languages": result}))


if __name__ == "__main__":
    main()
