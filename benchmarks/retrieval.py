"""Does a label in another language or script find its person among everybody? On held-out persons, with a picture.

    python -m benchmarks.retrieval --data DIR [--split development|evaluation] [--languages el,he,...] [--errors]

Data: ``persons.tsv.gz`` (full names of 43,000 persons by Wikidata ID). The gazetteer holds the English,
or else the first Latin, label of every person, one spelling each. The queries are the labels in another
language of a tenth of the persons, without those identical to the one in the gazetteer. There are two such
tenths, by the remainder of the CRC-32 of the ID divided by ten: the *development* split, whose errors ``--errors``
shows, and the *evaluation* split, of which nobody reads more than these figures. Nothing was learned from the first;
from the second the channels of further scripts learned nothing, but Latin and Cyrillic spellings did, so that its rows
for the languages of those are not blind. Both are measured where ``--split`` names none.

*Rank 1*: the share whose first candidate is the person, or a namesake with the same label, when all persons are
there. *Precision* and *recall* at the default threshold are measured with half of the queried persons taken out
of the gazetteer. The baseline is rapidfuzz's ratio on unidecode's letters against every label. The picture of
the evaluation split is written beside the dated result.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import sys
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
from resolve.training.spellings import BLIND, HELD_OUT, READABLE

SPLITS = {"development": READABLE, "evaluation": BLIND}
LANGUAGES = (
    "ru", "uk", "be", "bg", "mk", "el", "he", "ka", "hy", "ar", "fa", "ja", "ko", "zh", "hi", "de", "pl", "lv", "lt",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Query:
    """A label in another language, and whose it is."""

    person: str
    text: str
    lang: str


def in_split(identifier: str, remainder: int) -> bool:
    """Whether a person is one of a split's."""
    return zlib.crc32(identifier.encode()) % HELD_OUT == remainder


def removed(identifier: str) -> bool:
    """Whether a person of a split is missing from its smaller gazetteer."""
    return zlib.crc32(identifier.encode()) // HELD_OUT % 2 == 1


def read(path: Path, remainder: int) -> tuple[dict[str, str], list[Query]]:
    """The label of every person in the gazetteer, and the labels in other languages of a split's persons."""
    latin: dict[str, tuple[bool, int, str]] = {}
    others: dict[Query, None] = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        for place, row in enumerate(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)):
            person, langs = row["entity_id"], row["lang"].split(",")
            if row["script"] == "Latin":
                rank = ("en" not in langs, place, row["name"])
                latin[person] = min(latin.get(person, rank), rank)
            if in_split(person, remainder):
                others.update(dict.fromkeys(Query(person, row["name"], lang) for lang in langs))
    labels = {person: label for person, (_, _, label) in latin.items()}
    return labels, [q for q in others if q.person in labels and q.text != labels[q.person]]


@dataclass(frozen=True, slots=True)
class Answer:
    """The first candidate of a query, empty where there is none, how probable it is, and whether it is resolved."""

    person: str
    probability: float
    resolved: bool


def answers(labels: dict[str, str], queries: Iterable[Query]) -> list[Answer]:
    """What the toolkit says to every query."""
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
        best = link.candidates[0].entity_id if link.candidates else ""
        found.append(Answer(best, link.probability, link.status == "resolved"))
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


def summary(remainder: int, labels: dict[str, str], queries: list[Query], errors: bool) -> dict[str, dict[str, float]]:
    """Rank 1, precision, recall and the baseline of every language."""

    def is_right(query: Query, best: str) -> bool:
        return bool(best) and labels[best] == labels[query.person]

    started = time.perf_counter()
    everybody = answers(labels, queries)
    spent = time.perf_counter() - started
    without = {k: label for k, label in labels.items() if not (in_split(k, remainder) and removed(k))}
    fewer = answers(without, queries)
    ratio = baseline(labels, queries)
    result: dict[str, dict[str, float]] = {}
    for lang in dict.fromkeys(query.lang for query in queries):
        rows = [i for i, query in enumerate(queries) if query.lang == lang]
        resolved = [i for i in rows if fewer[i].resolved]
        hits = sum(is_right(queries[i], fewer[i].person) for i in resolved)
        there = sum(not removed(queries[i].person) for i in rows)
        result[lang] = {
            "queries": len(rows),
            "rank1": round(sum(is_right(queries[i], everybody[i].person) for i in rows) / len(rows), 4),
            "precision": round(hits / len(resolved), 4) if resolved else 1.0,
            "recall": round(hits / max(1, there), 4),
            "resolved": len(resolved),
            "ratio": round(sum(is_right(queries[i], ratio[i]) for i in rows) / len(rows), 4),
        }
    if errors:
        for query, all_there, half in zip(queries, everybody, fewer, strict=True):
            for title, answer in (("missed", all_there), ("false", half)):
                if not is_right(query, answer.person) and (title == "missed" or answer.resolved):
                    best = f"{labels.get(answer.person, '')} {answer.person} at {answer.probability:.3f}"
                    print(
                        title,
                        query.lang,
                        query.person,
                        query.text,
                        labels[query.person],
                        best,
                        sep="\t",
                        file=sys.stderr,
                    )
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
    parser.add_argument("--split", choices=SPLITS, help="one split alone, without writing a result")
    parser.add_argument("--errors", action="store_true", help="list what the development split got wrong")
    parser.add_argument("--languages", default=",".join(LANGUAGES))
    parser.add_argument("--queries", type=int, default=1000, help="at most so many of a language")
    parser.add_argument("--no-save", action="store_true")
    options = parser.parse_args()
    found: dict[str, dict[str, dict[str, float]]] = {}
    for name in [options.split] if options.split else SPLITS:
        labels, every = read(options.data / "persons.tsv.gz", SPLITS[name])
        asked = [
            q for lang in options.languages.split(",") for q in [q for q in every if q.lang == lang][: options.queries]
        ]
        result = summary(SPLITS[name], labels, asked, options.errors and name == "development")
        found[name] = result
        head = ["language", "queries", "rank1", "precision", "recall", "resolved", "ratio"]
        print(f"\n{name}\n{table(head, [[lang, *(row[key] for key in head[1:])] for lang, row in result.items()])}")
    if not options.no_save and not options.split:
        draw(found["evaluation"], RESULTS / f"{environment()['date']}-retrieval.png")
        facts = {"gazetteer": len(labels), "languages": found["evaluation"], "development": found["development"]}
        print(save("retrieval", facts))


if __name__ == "__main__":
    main()
