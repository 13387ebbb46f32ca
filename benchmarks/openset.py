"""Who is not in the gazetteer? Sanctioned persons among distractors, asked for in other letters, and others who are not there.

    python -m benchmarks.openset --data DIR [--sizes 10000 100000] [--errors] [--no-save]

Data, none of which anything was learned from or set on: the persons of the EU's regulation on Ukraine
(``eu_sanctions_names.tsv.gz``). Their Cyrillic names are in the gazetteer, among distractors up to the size: the Cyrillic labels of
persons of ``persons.tsv.gz``, and beyond them combinations of their given names and surnames. The queries are the Latin names
of the EU's persons, and twice as many Latin labels of persons that the gazetteer does not hold although they have
a Cyrillic label too: half of those persons, by the CRC-32 of their IDs. Who of ``persons.tsv.gz`` shares two words of the name
with one of the EU's persons may be that person and is left out; no distractor shares two words with a person who is not there.

*Precision*, *recall* and *F1* at the default threshold: right is a query that is resolved to its person, or to a namesake with one
name in common; false is every other that is resolved; missed is a query of a person who is there and was not found. The figures
are given for both halves of the persons, by the parity of the CRC-32 of the ID: ``--errors`` lists those of the even half only.
The peer is rapidfuzz's token sort ratio on unidecode's letters, at the threshold that gives the best F1 on the even half.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import tempfile
import time
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

import resolve
from benchmarks.common import UNTUNED, Counts, plain, save, table
from benchmarks.pairsets import UKRAINE
from resolve.resolver import undisturbed
from resolve.training.spellings import rows

SEED = 7
BLOCK = 64
PEER = "rapidfuzz token sort ratio"
TUNED = {"resolve": UNTUNED, PEER: "the best F1 on the even half: its figures on the odd half count"}


@dataclass(frozen=True, slots=True)
class Query:
    """A Latin name, and whose it is in the gazetteer; empty where nobody's."""

    name: str
    person: str
    even: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The person that was found for a query, and how sure that is: a probability, or a ratio."""

    person: str
    sure: float


def is_even(identifier: str) -> bool:
    """Which half a person belongs to."""
    return zlib.crc32(identifier.encode()) % 2 == 0


def listed(data: Path) -> dict[str, dict[str, list[str]]]:
    """The names of the regulation's persons in Cyrillic and in Latin letters, two words at least."""
    persons = {row["entity_id"] for row in rows(data / "eu_sanctions_entities.tsv.gz") if row["type"] == "Person"}
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows(data / "eu_sanctions_names.tsv.gz"):
        known = row["entity_id"].startswith(UKRAINE) and row["entity_id"] in persons
        if known and row["kind"] in {"name", "alias"} and len(row["name"].split()) > 1:
            found[row["entity_id"]][row["script"].split("+")[0] if "Cyr" in row["script"] else row["script"]].append(
                row["name"]
            )
    return {id: names for id, names in found.items() if names["Cyrillic"] and names["Latin"]}


Two = frozenset[str]
"""Two words of a name, in unidecode's letters."""


def twos(name: str) -> set[Two]:
    """All pairs of words of a name: whoever shares none of them bears another name."""
    return {frozenset(pair) for pair in combinations(set(plain(name).replace(",", " ").split()), 2)}


def others(data: Path, people: dict[str, dict[str, list[str]]]) -> tuple[dict[str, str], dict[str, str]]:
    """The Cyrillic labels of the distractors by ID, and those of persons who are not there by their Latin label.

    Who shares two words of the name with one of the persons may be that person, and is neither.
    """
    taken = {two for names in people.values() for group in names.values() for name in group for two in twos(name)}
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows(data / "persons.tsv.gz"):
        if row["script"] in {"Latin", "Cyrillic"} and len(row["name"].split()) > 1 and ":" not in row["name"]:
            labels[row["entity_id"]].setdefault(row["script"], row["name"])
    free = {id: names for id, names in labels.items() if not any(twos(name) & taken for name in names.values())}
    away = {id for id, names in free.items() if len(names) == 2 and is_even(id)}
    absent = {free[id]["Latin"]: free[id]["Cyrillic"] for id in away}
    kept = {two for name in absent.values() for two in twos(name)}
    inside = {id: names["Cyrillic"] for id, names in free.items() if "Cyrillic" in names and id not in away}
    return {id: name for id, name in inside.items() if not twos(name) & kept}, absent


def gazetteer(
    people: dict[str, dict[str, list[str]]],
    distractors: dict[str, str],
    absent: dict[str, str],
    size: int,
    dice: random.Random,
) -> list[tuple[str, str]]:
    """Rows of ID and name: the persons, then distractors until there are so many entities."""
    found = [(id, name) for id, names in people.items() for name in names["Cyrillic"]]
    count = len(people)
    for id, name in list(distractors.items())[: max(0, size - count)]:
        found.append((id, name))
        count += 1
    words = [(parts[0], parts[-1]) for parts in (name.split() for name in distractors.values() if "," not in name)]
    held = (*(name for _, name in found[: sum(map(len, (n["Cyrillic"] for n in people.values())))]), *absent.values())
    taken = {two for name in held for two in twos(name)}
    while count < size:
        made = f"{dice.choice(words)[0]} {dice.choice(words)[1]}"
        if not twos(made) & taken:
            found.append((f"nobody-{count}", made))
            count += 1
    return found


def ours(names: Iterable[tuple[str, str]], queries: Sequence[Query]) -> tuple[list[Found], float]:
    """What the toolkit resolves, and the names it matches in a second of processor time."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "people.csv"
        with open(source, "w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([("id", "name"), *names])
        resolver = resolve.open(source)
    began = time.process_time()
    with undisturbed():
        links = [resolver.outcome(query.name) for query in queries]
    spent = time.process_time() - began
    found = [Found(link.entity_id or "", link.probability if link.entity_id else 0.0) for link in links]
    return found, len(queries) / spent


def in_order(name: str) -> str:
    """The words of a name in unidecode's letters, sorted, so that the ratio of two is the token sort ratio."""
    return " ".join(sorted(plain(name).split()))


def peer(names: Sequence[tuple[str, str]], queries: Sequence[Query]) -> list[Found]:
    """The person of the name with the highest ratio, for every query."""
    held = [in_order(name) for _, name in names]
    found = []
    for start in range(0, len(queries), BLOCK):
        asked = [in_order(query.name) for query in queries[start : start + BLOCK]]
        ratios = cdist(asked, held, scorer=fuzz.ratio, dtype=np.uint8)
        found += [Found(names[int(row.argmax())][0], float(row.max())) for row in ratios]
    return found


def counted(queries: Sequence[Query], found: Sequence[Found], least: float, namesakes: dict[str, set[str]]) -> Counts:
    """Right, false and missed, of what is at least so sure."""
    counts = Counts()
    for query, answer in zip(queries, found, strict=True):
        given = answer.person if answer.sure >= least else ""
        if given and query.person and (given == query.person or given in namesakes[query.person]):
            counts.right += 1
            continue
        counts.false += bool(given)
        counts.missed += bool(query.person)
    return counts


def sharing(names: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Who has a name in common with whom."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for id, name in names:
        bearers[" ".join(sorted(name.casefold().split()))].add(id)
    found: dict[str, set[str]] = defaultdict(set)
    for group in bearers.values():
        for id in group:
            found[id] |= group
    return found


def measured(data: Path, size: int, errors: bool) -> dict[str, Any]:
    """The figures of both at one size."""
    dice = random.Random(SEED)
    people = listed(data)
    distractors, absent = others(data, people)
    names = gazetteer(people, distractors, absent, size, dice)
    queries = [Query(name, id, is_even(id)) for id, spellings in people.items() for name in spellings["Latin"]]
    missing = dice.sample(sorted(absent), min(2 * len(queries), len(absent)))
    queries += [Query(name, "", is_even(name)) for name in missing]
    namesakes = sharing(names)
    answers, rate = ours(names, queries)
    ratios = peer(names, queries)
    taught = [place for place, query in enumerate(queries) if query.even]
    read, scored = [queries[place] for place in taught], [ratios[place] for place in taught]
    best = max(range(60, 101), key=lambda least: counted(read, scored, least, namesakes).f1)
    if errors:
        show(queries, answers, names)
    result: dict[str, Any] = {
        "names": len(names), "persons": len(people), "queries": sum(bool(query.person) for query in queries),
        "absent": len(missing), "names_per_cpu_s": round(rate, 1), "peer_threshold": best,
    }  # fmt: skip
    for half, wanted in (("all", (True, False)), ("even", (True,)), ("odd", (False,))):
        places = [place for place, query in enumerate(queries) if query.even in wanted]
        asked = [queries[place] for place in places]
        result[half] = {
            "resolve": counted(asked, [answers[place] for place in places], 0.5, namesakes).as_dict(),
            PEER: counted(asked, [ratios[place] for place in places], best, namesakes).as_dict(),
        }
    return result


def show(queries: Sequence[Query], answers: Sequence[Found], names: Iterable[tuple[str, str]]) -> None:
    """What went wrong with the even half."""
    known: dict[str, list[str]] = defaultdict(list)
    for id, name in names:
        known[id].append(name)
    for query, answer in zip(queries, answers, strict=True):
        if query.even and answer.person != query.person:
            title = "false" if answer.person else "missed"
            print(
                title,
                query.name,
                known[query.person],
                known[answer.person],
                round(answer.sure, 3),
                sep="\t",
                file=sys.stderr,
            )


def main() -> None:
    """Parse options, run, print, write the dated result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the tables")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--errors", action="store_true", help="list what the even half got wrong")
    parser.add_argument("--no-save", action="store_true")
    options = parser.parse_args()
    found = {}
    for size in options.sizes:
        facts = found[str(size)] = measured(options.data, size, options.errors)
        head = ["precision", "recall", "f1", "right", "false", "missed"]
        lines: list[list[object]] = [
            [f"{half}: {who}", *(figures[key] for key in head)]
            for half in ("all", "even", "odd") for who, figures in facts[half].items()
        ]  # fmt: skip
        print(f"\n{ {key: value for key, value in facts.items() if key not in {'all', 'even', 'odd'}} }")
        print(table([str(size), *head], lines), flush=True)
    if not options.no_save:
        print(save("openset", {"seed": SEED, "tuned_on": TUNED, "sizes": found}))


if __name__ == "__main__":
    main()
