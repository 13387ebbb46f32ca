"""Names of organisations and of places, each standing alone: is the right one found, and nothing where it is not there?

    python -m benchmarks.bodies --data DIR [--kinds organizations places] [--errors] [--no-save]

Data, none of which anything was learned from: the companies, bodies and organisations of the EU's consolidated list
(``eu_sanctions_names.tsv.gz``), and GeoNames' places (``place_names.tsv.gz``). The gazetteer has one spelling of each: the first name of a listed body, the English label of a place. The
queries are its other names: other spellings, languages and scripts, with and without the legal form, abbreviations, and
for some of them names that have nothing in common with the first. A third of the entities, by the CRC-32 of the ID, is not
in the gazetteer. Of places `QUERIES` names are drawn.

*Rank 1*: of the names whose entity is there, how many have it first among the candidates, however unsure. The list has some bodies
twice, once for each regulation: whoever has a name of the same letters, but for the abbreviated legal form, counts as the same. *Precision* and *recall* at the default threshold over all names. The figures are given for both
halves of the entities, by parity: ``--errors`` lists those of the even half only. The peer is rapidfuzz's token sort ratio
on unidecode's letters at the threshold that gives the best F1 on the even half.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
import tempfile
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

import resolve
from benchmarks.common import UNTUNED, Counts, plain, save, table
from benchmarks.openset import BLOCK, in_order, is_even
from resolve.resolver import undisturbed
from resolve.training.spellings import rows

SEED = 11
QUERIES = 3000
PEER = "rapidfuzz token sort ratio"
TUNED = {"resolve": UNTUNED, PEER: "the best F1 on the even half: its figures on the odd half count"}
BODIES = {"LegalEntity", "Company", "Organization"}
FORMS = {
    "jsc",
    "llc",
    "ao",
    "ooo",
    "pao",
    "pjsc",
    "oao",
    "ojsc",
    "zao",
    "cjsc",
    "ltd",
    "joint",
    "stock",
    "limited",
    "liability",
    "company",
    "public",
    "open",
    "closed",
    "co",
    "the",
}


@dataclass(frozen=True, slots=True)
class Query:
    """A name, whose it is, and whether that entity is in the gazetteer."""

    name: str
    entity: str
    there: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The entity that stands first, how sure that is (a probability, or a ratio), and whether it is resolved."""

    entity: str
    sure: float


def organizations(data: Path) -> dict[str, list[str]]:
    """The names of all listed bodies, the first one first."""
    bodies = {row["entity_id"] for row in rows(data / "eu_sanctions_entities.tsv.gz") if row["type"] in BODIES}
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows(data / "eu_sanctions_names.tsv.gz"):
        id = row["entity_id"]
        if id in bodies and row["kind"] in {"name", "alias"} and row["name"] not in found[id]:
            found[id].append(row["name"])
    return {id: names for id, names in found.items() if names}


def places(data: Path) -> dict[str, list[str]]:
    """The names of all places that have an English one, that first."""
    english: dict[str, str] = {}
    others: dict[str, list[str]] = defaultdict(list)
    for row in rows(data / "place_names.tsv.gz"):
        if row["lang"] == "en":
            english.setdefault(row["entity_id"], row["name"])
        else:
            others[row["entity_id"]].append(row["name"])
    return {id: list(dict.fromkeys([name, *others[id]])) for id, name in english.items()}


KINDS: dict[str, Callable[[Path], dict[str, list[str]]]] = {"organizations": organizations, "places": places}


def is_there(identifier: str) -> bool:
    """Whether an entity is in the gazetteer."""
    return zlib.crc32(f"there {identifier}".encode()) % 3 > 0


def queries(names: dict[str, list[str]], same: dict[str, set[str]]) -> list[Query]:
    """All names but those filed, or so many of them."""
    asked = [
        Query(name, id, any(map(is_there, same[id])))
        for id, (first, *more) in names.items() for name in more if name.casefold() != first.casefold()
    ]  # fmt: skip
    return asked if len(asked) <= QUERIES else random.Random(SEED).sample(asked, QUERIES)


def ours(filed: dict[str, str], kind: str, asked: Sequence[Query]) -> tuple[list[Found], list[str], float]:
    """What stands first, what is resolved, and the names matched in a second of processor time."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "bodies.csv"
        with open(source, "w", encoding="utf-8", newline="") as stream:
            lines = [(id, name, kind.removesuffix("s")) for id, name in filed.items()]
            csv.writer(stream).writerows([("id", "name", "type"), *lines])
        resolver = resolve.open(source)
    began = time.process_time()
    with undisturbed():
        links = [resolver.outcome(query.name) for query in asked]
    spent = time.process_time() - began
    first = [Found(link.candidates[0].entity_id if link.candidates else "", link.probability) for link in links]
    return first, [link.entity_id or "" for link in links], len(asked) / spent


def peer(filed: dict[str, str], asked: Sequence[Query]) -> list[Found]:
    """The entity of the name with the highest ratio, for every query."""
    held, ids = [in_order(name) for name in filed.values()], list(filed)
    found = []
    for start in range(0, len(asked), BLOCK):
        block = [in_order(query.name) for query in asked[start : start + BLOCK]]
        ratios = cdist(block, held, scorer=fuzz.ratio, dtype=np.uint8)
        found += [Found(ids[int(row.argmax())], float(row.max())) for row in ratios]
    return found


def counted(asked: Iterable[Query], answers: Iterable[str], same: dict[str, set[str]]) -> Counts:
    """Right, false and missed."""
    counts = Counts()
    for query, answer in zip(asked, answers, strict=True):
        if answer and query.there and answer in same[query.entity]:
            counts.right += 1
            continue
        counts.false += bool(answer)
        counts.missed += query.there
    return counts


def twins(names: dict[str, list[str]]) -> dict[str, set[str]]:
    """Which entities have a name of the same letters."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for id, spellings in names.items():
        for name in spellings:
            bearers[bare(name)].add(id)
    found: dict[str, set[str]] = defaultdict(set)
    for key, group in bearers.items():
        for id in group if key else ():
            found[id] |= group
    return found


def bare(name: str) -> str:
    """The letters of a name without marks, order and abbreviated legal forms."""
    words = re.findall(r"\w+", plain(name).replace("'", ""))
    return " ".join(sorted(word for word in words if word not in FORMS))


def first_share(asked: Sequence[Query], found: Sequence[Found], same: dict[str, set[str]]) -> float:
    """Of the names whose entity is there, how many have it first."""
    ranks = [one.entity in same[query.entity] for query, one in zip(asked, found, strict=True) if query.there]
    return sum(ranks) / max(len(ranks), 1)


def measured(data: Path, kind: str, errors: bool) -> dict[str, Any]:
    """The figures of both for one kind."""
    names = KINDS[kind](data)
    same = twins(names)
    filed = {
        id: spellings[0] for id, spellings in names.items()
        if any(map(is_there, same[id])) and id == min(same[id])
    }  # fmt: skip
    asked = queries(names, same)
    found, answers, rate = ours(filed, kind, asked)
    ratios = peer(filed, asked)
    even = [place for place, query in enumerate(asked) if is_even(query.entity)]

    def peers(places: Sequence[int], least: float) -> Counts:
        resolved = [ratios[place].entity if ratios[place].sure >= least else "" for place in places]
        return counted([asked[place] for place in places], resolved, same)

    best = max(range(60, 101), key=lambda least: peers(even, least).f1)
    if errors:
        show([(asked[place], answers[place], found[place]) for place in even], names, same)
    result: dict[str, Any] = {
        "filed": len(filed), "queries": len(asked), "there": sum(query.there for query in asked),
        "names_per_cpu_s": round(rate, 1), "peer_threshold": best,
    }  # fmt: skip
    odd = [place for place, query in enumerate(asked) if not is_even(query.entity)]
    for half, at in (("all", range(len(asked))), ("even", even), ("odd", odd)):
        some = [asked[place] for place in at]
        result[half] = {
            "resolve": {
                "rank1": round(first_share(some, [found[place] for place in at], same), 4),
                **counted(some, [answers[place] for place in at], same).as_dict(),
            },
            PEER: {
                "rank1": round(first_share(some, [ratios[place] for place in at], same), 4),
                **peers(list(at), best).as_dict(),
            },
        }
    return result


def show(
    answered: Iterable[tuple[Query, str, Found]],
    names: dict[str, list[str]],
    same: dict[str, set[str]],
) -> None:
    """What went wrong with the even half."""
    for query, answer, first in answered:
        if answer and not (query.there and answer in same[query.entity]):
            print("false", query.name, names[query.entity][0], names[answer][0], first.sure, sep="\t", file=sys.stderr)
        elif query.there and not answer:
            least = names[first.entity][0] if first.entity else ""
            print("missed", query.name, names[query.entity][0], least, first.sure, sep="\t", file=sys.stderr)


def main() -> None:
    """Parse options, run, print, write the dated result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the tables")
    parser.add_argument("--kinds", nargs="+", choices=sorted(KINDS), default=sorted(KINDS))
    parser.add_argument("--errors", action="store_true", help="list what the even half got wrong")
    parser.add_argument("--no-save", action="store_true")
    options = parser.parse_args()
    found = {}
    for kind in options.kinds:
        facts = found[kind] = measured(options.data, kind, options.errors)
        head = ["rank1", "precision", "recall", "f1", "right", "false", "missed"]
        lines: list[list[object]] = [
            [f"{half}: {who}", *(figures[key] for key in head)]
            for half in ("all", "even", "odd") for who, figures in facts[half].items()
        ]  # fmt: skip
        print(f"\n{ {key: value for key, value in facts.items() if key not in {'all', 'even', 'odd'}} }")
        print(table([kind, *head], lines), flush=True)
    if not options.no_save:
        print(save("bodies", {"seed": SEED, "tuned_on": TUNED, "kinds": found}))


if __name__ == "__main__":
    main()
