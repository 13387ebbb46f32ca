"""Names of organisations and of places, each standing alone: is the right one found, and nothing where it is not there?

    python -m benchmarks.bodies --data DIR [--kinds organizations places] [--errors] [--no-save]

Data, none of which anything was learned from: the companies, bodies and organisations of the EU's consolidated list
(``eu_sanctions_names.tsv.gz``) and of the UN's (``un_names.tsv.gz``; IDs in ``e.``), and GeoNames' places
(``place_names.tsv.gz``). The gazetteer has one spelling of each: the first name of a listed body, the English label of a place. The
queries are its other names: other spellings, languages and scripts, with and without the legal form, abbreviations, and
for some of them names that have nothing in common with the first. A third of the entities, by the CRC-32 of the ID, is not
in the gazetteer. Of places `QUERIES` names are drawn.

*Rank 1*: of the names whose entity is there, how many have it first among the candidates, however unsure (a namesake with the
same filed name counts). *Precision* and *recall* at the default threshold over all names. The figures are given for both
halves of the entities, by parity: ``--errors`` lists those of the even half only. The peer is rapidfuzz's token sort ratio
on unidecode's letters at the threshold that gives the best F1 on the even half.
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
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

import resolve
from benchmarks.common import UNTUNED, Counts, save, table
from benchmarks.openset import BLOCK, in_order, is_even
from resolve.resolver import undisturbed
from resolve.training.spellings import rows

SEED = 11
QUERIES = 3000
PEER = "rapidfuzz token sort ratio"
TUNED = {"resolve": UNTUNED, PEER: "the best F1 on the even half: its figures on the odd half count"}
BODIES = {"LegalEntity", "Company", "Organization"}
SPELT = {"name", "alias", "alias_aka", "alias_good", "original_script"}


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
    for file in ("eu_sanctions_names.tsv.gz", "un_names.tsv.gz"):
        for row in rows(data / file):
            id = row["entity_id"]
            if (id in bodies or "e." in id) and row["kind"] in SPELT and row["name"] not in found[id]:
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


def queries(names: dict[str, list[str]]) -> list[Query]:
    """All names but those filed, or so many of them."""
    asked = [
        Query(name, id, is_there(id))
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


def counted(asked: Iterable[Query], answers: Iterable[str], filed: dict[str, str]) -> Counts:
    """Right, false and missed."""
    counts = Counts()
    for query, answer in zip(asked, answers, strict=True):
        if answer and query.there and alike(answer, query.entity, filed):
            counts.right += 1
            continue
        counts.false += bool(answer)
        counts.missed += query.there
    return counts


def alike(one: str, other: str, filed: dict[str, str]) -> bool:
    """Whether two entities are one, or are filed under one name."""
    return one == other or (one in filed and other in filed and filed[one].casefold() == filed[other].casefold())


def first_share(asked: Sequence[Query], found: Sequence[Found], filed: dict[str, str]) -> float:
    """Of the names whose entity is there, how many have it first."""
    ranks = [alike(one.entity, query.entity, filed) for query, one in zip(asked, found, strict=True) if query.there]
    return sum(ranks) / max(len(ranks), 1)


def measured(data: Path, kind: str, errors: bool) -> dict[str, Any]:
    """The figures of both for one kind."""
    names = KINDS[kind](data)
    filed = {id: spellings[0] for id, spellings in names.items() if is_there(id)}
    asked = queries(names)
    found, answers, rate = ours(filed, kind, asked)
    ratios = peer(filed, asked)
    even = [place for place, query in enumerate(asked) if is_even(query.entity)]

    def peers(places: Sequence[int], least: float) -> Counts:
        resolved = [ratios[place].entity if ratios[place].sure >= least else "" for place in places]
        return counted([asked[place] for place in places], resolved, filed)

    best = max(range(60, 101), key=lambda least: peers(even, least).f1)
    if errors:
        show([(asked[place], answers[place], found[place]) for place in even], names, filed)
    result: dict[str, Any] = {
        "filed": len(filed), "queries": len(asked), "there": sum(query.there for query in asked),
        "names_per_cpu_s": round(rate, 1), "peer_threshold": best,
    }  # fmt: skip
    odd = [place for place, query in enumerate(asked) if not is_even(query.entity)]
    for half, at in (("all", range(len(asked))), ("even", even), ("odd", odd)):
        some = [asked[place] for place in at]
        result[half] = {
            "resolve": {
                "rank1": round(first_share(some, [found[place] for place in at], filed), 4),
                **counted(some, [answers[place] for place in at], filed).as_dict(),
            },
            PEER: {
                "rank1": round(first_share(some, [ratios[place] for place in at], filed), 4),
                **peers(list(at), best).as_dict(),
            },
        }
    return result


def show(answered: Iterable[tuple[Query, str, Found]], names: dict[str, list[str]], filed: dict[str, str]) -> None:
    """What went wrong with the even half."""
    for query, answer, first in answered:
        if answer and not (query.there and alike(answer, query.entity, filed)):
            print("false", query.name, names[query.entity][0], names[answer][0], first.sure, sep="\t", file=sys.stderr)
        elif query.there and not answer:
            least = names[first.entity][0] if first.entity else ""
            print("missed", query.name, filed[query.entity], least, first.sure, sep="\t", file=sys.stderr)


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
