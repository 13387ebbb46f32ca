"""Does a label in another language or script find its person among everybody? On held-out persons, with a picture.

    python -m benchmarks.retrieval --data DIR [--split development|evaluation|wider] [--languages el,he,...] [--errors]

Data: ``persons.tsv.gz`` (full names of 43,000 persons by Wikidata ID). The gazetteer holds the English,
or else the first Latin, label of every person, one spelling each. The queries are the labels in another
language of a tenth of the persons, without those identical to the one in the gazetteer. Tenths are told by the
remainder of the CRC-32 of the ID divided by ten: the *development* split, whose errors ``--errors`` shows, and the
*evaluation* split, of which nobody reads more than these figures (but the Devanagari labels in it, which were
read once). Nothing was learned from the first; from the second the channels of further scripts learned nothing, but
Latin and Cyrillic spellings did, so that its rows for the languages of those are not blind. Where those languages have
few labels, three more tenths are asked in the *wider* split: from these as much was learned as from the second. All are
measured where ``--split`` names none.

*Rank 1*: the share whose first candidate is the person, or a namesake with the same label, when all persons are
there. *Precision* and *recall* at the default threshold are measured with half of the queried persons taken out
of the gazetteer. Beside rank 1 and precision stands the interval of Wilson (1927) at 95 %. Wrong links are counted
twice: *listed twice* are those to a person whose labels are those of the queried one in every language that both have
any in, *namesakes* those who share a label in some language, and *pairs* counts the two persons of a wrong link once,
in however many languages they were taken for one another. *Precision without* leaves namesakes out.
The row *other languages* asks for the labels in all languages that are not listed, every spelling of a person once, however
many languages have it.
The baseline is rapidfuzz's ratio on unidecode's letters against every label. The picture of
the evaluation split is written beside the dated result.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import math
import sys
import tempfile
import time
import zlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

import resolve
from benchmarks.common import RESULTS, environment, plain, save, table
from resolve.training.spellings import BLIND, HELD_OUT, READABLE

SPLITS = {"development": (READABLE,), "evaluation": (BLIND,), "wider": (7, 8, 9)}
FEW = ("be", "bg", "mk", "de", "pl", "lv", "lt")
"""The languages in Latin and Cyrillic letters that have few labels: those that the wider split asks in."""
CONFIDENCE = 1.96
"""The quantile of the normal distribution for an interval at 95 %."""
LANGUAGES = (
    "ru", "uk", "be", "bg", "mk", "el", "he", "ka", "hy", "ar", "fa", "ja", "ko", "zh", "hi", "de", "pl", "lv", "lt",
)  # fmt: skip


OTHERS = "other languages"
"""What the row of all languages together is called that have no row of their own."""
NO_LANGUAGE = frozenset({"en", "und", "mul", "commons", "simple"})
"""What the source writes for the languages of labels that are none beside English."""


@dataclass(frozen=True, slots=True)
class Query:
    """A label in another language, and whose it is."""

    person: str
    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Persons:
    """The label of every person in the gazetteer, all folded labels of everybody by language, and what is asked."""

    labels: dict[str, str]
    known: dict[str, dict[str, set[str]]]
    queries: list[Query]


def in_split(identifier: str, remainders: Collection[int]) -> bool:
    """Whether a person is one of a split's."""
    return zlib.crc32(identifier.encode()) % HELD_OUT in remainders


def removed(identifier: str) -> bool:
    """Whether a person of a split is missing from its smaller gazetteer."""
    return zlib.crc32(identifier.encode()) // HELD_OUT % 2 == 1


def read(path: Path, remainders: Collection[int]) -> Persons:
    """The label of every person in the gazetteer, and the labels in other languages of a split's persons."""
    latin: dict[str, tuple[bool, int, str]] = {}
    known: dict[str, dict[str, set[str]]] = {}
    others: dict[Query, None] = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        for place, row in enumerate(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)):
            person, langs = row["entity_id"], row["lang"].split(",")
            if row["script"] == "Latin":
                rank = ("en" not in langs, place, row["name"])
                latin[person] = min(latin.get(person, rank), rank)
            for lang in langs:
                known.setdefault(person, {}).setdefault(lang, set()).add(plain(row["name"]))
            if in_split(person, remainders):
                others.update(dict.fromkeys(Query(person, row["name"], lang) for lang in langs))
    labels = {person: label for person, (_, _, label) in latin.items()}
    return Persons(labels, known, [q for q in others if q.person in labels and q.text != labels[q.person]])


def is_twin(persons: Persons, one: str, other: str) -> bool:
    """Whether two persons have the same labels in every language that both have any in: the source lists one twice."""
    ours, theirs = persons.known[one], persons.known[other]
    shared = ours.keys() & theirs.keys()
    return bool(shared) and all(ours[lang] == theirs[lang] for lang in shared)


def is_namesake(persons: Persons, one: str, other: str) -> bool:
    """Whether two persons have a label in common, in whatever language."""
    return not set().union(*persons.known[one].values()).isdisjoint(set().union(*persons.known[other].values()))


def interval(hits: int, of: int) -> list[float]:
    """The interval of Wilson (1927) for a share.

    >>> interval(13, 13)
    [0.7719, 1.0]
    """
    if not of:
        return [0.0, 1.0]
    share, z = hits / of, CONFIDENCE
    centre = (share + z * z / (2 * of)) / (1 + z * z / of)
    reach = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return [round(max(0.0, centre - reach), 4), round(min(1.0, centre + reach), 4)]


def others(queries: Iterable[Query]) -> tuple[list[Query], int]:
    """The labels in languages that have no row of their own, each spelling of a person once, and how many languages these are.

    Args:
        queries: what may be asked.

    >>> asked, languages = others([Query("Q1", "ບີເດນ", "lo"), Query("Q1", "Biden", "de-ch"), Query("Q1", "Байден", "ru")])
    >>> [query.text for query in asked], languages
    (['ບີເດນ'], 1)

    """
    found: dict[tuple[str, str], Query] = {}
    languages = set()
    for query in queries:
        lang = query.lang.partition("-")[0]
        if lang not in NO_LANGUAGE and lang not in LANGUAGES:
            languages.add(lang)
            found.setdefault((query.person, query.text), Query(query.person, query.text, OTHERS))
    return list(found.values()), len(languages)


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


def summary(name: str, persons: Persons, queries: list[Query], errors: bool) -> dict[str, dict[str, Any]]:
    """Rank 1, precision, recall and the baseline of every language, and of all together."""
    labels = persons.labels
    started = time.perf_counter()
    everybody = answers(labels, queries)
    spent = time.perf_counter() - started
    without = {k: label for k, label in labels.items() if not (in_split(k, SPLITS[name]) and removed(k))}
    fewer = answers(without, queries)
    asked = [
        Asked(query, all_there, half, best)
        for query, all_there, half, best in zip(queries, everybody, fewer, baseline(labels, queries), strict=True)
    ]
    by_language: dict[str, list[Asked]] = {}
    for one in asked:
        by_language.setdefault(one.query.lang, []).append(one)
    if errors:
        for one in asked:
            one.complain(labels)
    print(f"{1000 * spent / max(1, len(queries)):.1f} ms a query, compiling among {len(labels)} names included")
    return {lang: figures(persons, rows) for lang, rows in {**by_language, "all": asked}.items()}


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with the answers to it: with everybody there, with half of the queried persons missing, the baseline's."""

    query: Query
    everybody: Answer
    fewer: Answer
    ratio: str

    def is_right(self, labels: dict[str, str], best: str) -> bool:
        return bool(best) and labels[best] == labels[self.query.person]

    def complain(self, labels: dict[str, str]) -> None:
        """Print what is wrong."""
        query = self.query
        for title, answer in (("missed", self.everybody), ("false", self.fewer)):
            if not self.is_right(labels, answer.person) and (title == "missed" or answer.resolved):
                best = f"{labels.get(answer.person, '')} {answer.person} at {answer.probability:.3f}"
                known = labels[query.person]
                print(title, query.lang, query.person, query.text, known, best, sep="\t", file=sys.stderr)


def figures(persons: Persons, rows: list[Asked]) -> dict[str, Any]:
    """What is reported of some queries."""
    labels = persons.labels
    resolved = [row for row in rows if row.fewer.resolved]
    wrong = [(r.query.person, r.fewer.person) for r in resolved if not r.is_right(labels, r.fewer.person)]
    twins, namesakes = (sum(judge(persons, *pair) for pair in wrong) for judge in (is_twin, is_namesake))
    first = sum(row.is_right(labels, row.everybody.person) for row in rows)
    there, hits = sum(not removed(row.query.person) for row in rows), len(resolved) - len(wrong)
    return {
        "queries": len(rows),
        "rank1": round(first / len(rows), 4),
        "rank1_interval": interval(first, len(rows)),
        "precision": round(hits / len(resolved), 4) if resolved else 1.0,
        "precision_interval": interval(hits, len(resolved)),
        "precision_without": round(hits / max(1, len(resolved) - namesakes), 4) if resolved else 1.0,
        "recall": round(hits / max(1, there), 4),
        "resolved": len(resolved),
        "wrong": len(wrong),
        "listed_twice": twins,
        "namesakes": namesakes,
        "pairs": len(set(wrong)),
        "ratio": round(sum(row.is_right(labels, row.ratio) for row in rows) / len(rows), 4),
    }


def draw(result: dict[str, dict[str, Any]], path: Path) -> None:
    """Rank 1 of every language beside the baseline."""
    from matplotlib.figure import Figure

    result = {lang: row for lang, row in result.items() if lang != "all"}
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
    found: dict[str, dict[str, dict[str, Any]]] = {}
    further: dict[str, dict[str, Any]] = {}
    for name in [options.split] if options.split else SPLITS:
        persons = read(options.data / "persons.tsv.gz", SPLITS[name])
        chosen = [lang for lang in options.languages.split(",") if name != "wider" or lang in FEW]
        asked = [q for lang in chosen for q in [q for q in persons.queries if q.lang == lang][: options.queries]]
        found[name] = summary(name, persons, asked, options.errors and name == "development")
        if name != "wider" and options.languages == ",".join(LANGUAGES):
            rest, languages = others(persons.queries)
            told = summary(name, persons, rest, options.errors and name == "development")
            further[name] = {"languages": languages, **told[OTHERS]}
        head = [*COLUMNS, "ratio"]
        shown = [[lang, *(_shown(row[key]) for key in head)] for lang, row in found[name].items()]
        if name in further:
            shown.append([f"{further[name]['languages']} others", *(_shown(further[name][key]) for key in head)])
        print(f"\n{name}\n{table(['language', *head], shown)}")
    if not options.no_save and not options.split:
        draw(found["evaluation"], RESULTS / f"{environment()['date']}-retrieval.png")
        together = found["evaluation"].pop("all")
        facts = {
            "gazetteer": len(persons.labels),
            "languages": found["evaluation"],
            "together": together,
            "others": further,
        }
        print(save("retrieval", {**facts, "development": found["development"], "wider": found["wider"]}))


COLUMNS = (
    "queries", "rank1", "rank1_interval", "precision", "precision_interval", "precision_without", "recall", "resolved", "wrong",
    "listed_twice", "namesakes", "pairs",
)  # fmt: skip


def _shown(value: object) -> object:
    return "-".join(f"{end:.3f}" for end in value) if isinstance(value, list) else value


if __name__ == "__main__":
    main()
