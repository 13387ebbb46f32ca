"""Sets of name pairs to judge: ours, sanctions lists, a labelled benchmark.

``slavic`` ships. The others are read from a folder given with ``--data``: ``eu`` and ``un``, ``ofac``
need ``*_names.tsv.gz`` with the columns ``entity_id, name, lang, script, kind`` (and, for the EU,
``eu_sanctions_entities.tsv.gz``), made from the consolidated lists that the European Union, the
United Nations and the US Treasury publish; ``bench`` needs ``name_bench.csv``, the labelled pairs of
the nomenklatura project.
"""

from __future__ import annotations

import csv
import gzip
import random
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from benchmarks.common import DATA, plain

NEAREST = 5
MAX_SPELLINGS = 12
UKRAINE = "eu:32014R0269:"
ONE_PERSON = 90.0
"""Names so alike (of 100) with one date of birth are one person's; the next most alike are 67."""


Reader = Callable[..., "list[Pair]"]
"""Reads a set: its folder, and in which language or script the known spellings are to be."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A gazetteer name and a query, and whether they are one person's."""

    known: str
    seen: str
    same: bool
    kind: str


def pairs_of(
    spellings: dict[str, list[tuple[str, str]]],
    hard: Iterable[tuple[str, str, str]] = (),
    nearest: int = NEAREST,
    namesakes: bool = False,
) -> list[Pair]:
    """Pairs from the spellings of persons, the first of which is the gazetteer's.

    Negatives are the spellings of the hard partners and of the ``nearest`` other persons whose
    gazetteer name is most alike by WRatio on unidecode, so that every baseline meets the pairs that
    it finds hardest. A namesake's name that is spelt just like one of the person's own is no negative but where
    ``namesakes`` says so: names alone cannot tell the two apart.
    """
    keys = list(spellings)
    names = [plain(spellings[key][0][0]) for key in keys]
    against: dict[str, dict[str, str]] = {key: {} for key in keys}
    for left, right, kind in hard:
        against[left][right] = against[right][left] = kind
    scores = process.cdist(names, names, scorer=fuzz.WRatio, workers=2)
    for i, key in enumerate(keys):
        ranked = sorted((-float(score), keys[j]) for j, score in enumerate(scores[i]) if j != i)
        for _, other in ranked[:nearest]:
            against[key].setdefault(other, "nearest")
    found = []
    for key in keys:
        known = spellings[key][0][0]
        found += [Pair(known, name, True, lang) for name, lang in spellings[key] if name != known]
        own = set() if namesakes else {plain(name) for name, _ in spellings[key]}
        for other, kind in against[key].items():
            theirs = (name for name, _ in spellings[other] if kind != "nearest" or plain(name) not in own)
            found += [Pair(known, name, False, kind) for name in theirs]
    return found


def slavic(_data: Path | None, known: str = "") -> list[Pair]:
    """90 East Slavic public figures; the first spelling in the language ``known`` is the gazetteer's."""
    spellings: dict[str, list[tuple[str, str]]] = {}
    with open(DATA / "persons" / "spellings.csv", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            spellings.setdefault(row["id"], []).append((row["name"], row["lang"]))
    for names in spellings.values():
        names.sort(key=lambda item: item[1] != (known or "en"))
    with open(DATA / "persons" / "hard_negatives.csv", encoding="utf-8", newline="") as stream:
        hard = [(row["left"], row["right"], row["class"]) for row in csv.DictReader(stream)]
    return pairs_of(spellings, hard)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)


CAPTION = "Text of image"
"""What stands in the list in place of a name that is drawn in a picture."""


def eu(data: Path | None, known: str = "") -> list[Pair]:
    """Persons of the regulation on Ukraine, as `eu_listed`, but without the captions of pictures, and with entries of one
    name and one date of birth as the one person that they evidently are.
    """
    return _eu(data, known, {CAPTION}, _listed_twice(_needed(data)))


def eu_listed(data: Path | None, known: str = "") -> list[Pair]:
    """Persons of the regulation on Ukraine, all their Latin and Cyrillic aliases; the listed name is the gazetteer's,
    or the first one in the script ``known``.
    """
    return _eu(data, known, set(), {})


def _eu(data: Path | None, known: str, captions: set[str], twice: dict[str, str]) -> list[Pair]:
    persons = {
        r["entity_id"] for r in _ukraine(_needed(data) / "eu_sanctions_entities.tsv.gz") if r["type"] == "Person"
    }
    spellings: dict[str, list[tuple[str, str]]] = {}
    for row in _ukraine(_needed(data) / "eu_sanctions_names.tsv.gz"):
        script = row["script"].split("+")[0]
        named = row["kind"] in {"name", "alias"} and len(row["name"].split()) > 1
        if row["entity_id"] in persons and named and script in {"Latin", "Cyrillic"} and row["name"] not in captions:
            key = twice.get(row["entity_id"], row["entity_id"])
            spellings.setdefault(key, []).append((row["name"], row["script"]))
    if known:
        for names in spellings.values():
            names.sort(key=lambda item: item[1].split("+")[0] != known)
    return pairs_of({key: names for key, names in spellings.items() if len(names) > 1}, namesakes=True)


def _ukraine(path: Path) -> Iterator[dict[str, str]]:
    return (row for row in _rows(path) if row["entity_id"].startswith(UKRAINE))


def _listed_twice(folder: Path) -> dict[str, str]:
    """Entries that repeat an earlier one under another number, by the list's own dates of birth, with that one."""
    born: dict[tuple[int, ...], list[dict[str, str]]] = {}
    twice: dict[str, str] = {}
    for row in _ukraine(folder / "eu_sanctions_entities.tsv.gz"):
        date = tuple(map(int, re.findall(r"\d+", row["birth_date"])))
        if row["type"] != "Person" or len(date) != len(("day", "month", "year")):
            continue
        same_day = born.setdefault(date, [])
        name = plain(row["canonical"])
        earlier = (o for o in same_day if fuzz.token_sort_ratio(name, plain(o["canonical"])) >= ONE_PERSON)
        if other := next(earlier, None):
            twice[row["entity_id"]] = other["entity_id"]
        same_day.append(row)
    return twice


_COMPANY = re.compile(r"\b(?:CO|COMPANY|CORP|GMBH|INC|LIMITED|LLC|LTD|PTE|PTY|SA|SOCIEDAD|S\.A|C\.V)\b")


def _is_person(name: str) -> bool:
    """OFAC gives no type: persons are written "SURNAME, Given", companies "..., LTD."."""
    return "," in name and not _COMPANY.search(name)


def _list(name: str, kinds: set[str], sample: int) -> Reader:
    def load(data: Path | None, _known: str = "") -> list[Pair]:
        spellings: dict[str, list[tuple[str, str]]] = {}
        for row in _rows(_needed(data) / f"{name}_names.tsv.gz"):
            personal = _is_person(row["name"]) if name == "ofac" else row["entity_id"].split(".")[0].endswith("i")
            if (personal or row["entity_id"] in spellings) and row["kind"] in kinds:
                spellings.setdefault(row["entity_id"], []).append((row["name"], row["kind"]))
        chosen = sorted(key for key, names in spellings.items() if len(names) > 1)
        random.Random(0).shuffle(chosen)
        return pairs_of({key: spellings[key][:MAX_SPELLINGS] for key in chosen[:sample]})

    return load


def persons(data: Path | None, _known: str = "") -> list[Pair]:
    """Latin and Cyrillic spellings of persons that training saw: for development, never reported."""
    spellings: dict[str, list[tuple[str, str]]] = {}
    for row in _rows(_needed(data) / "persons.tsv.gz"):
        wanted = zlib.crc32(row["entity_id"].encode()) % 10 == 1 and len(row["name"].split()) > 1
        if wanted and row["script"] in {"Latin", "Cyrillic"}:
            spellings.setdefault(row["entity_id"], []).append((row["name"], row["lang"]))
    mixed = {key: names for key, names in spellings.items() if len(names) > 1}
    chosen = sorted(mixed)
    random.Random(0).shuffle(chosen)
    return pairs_of({key: mixed[key][:MAX_SPELLINGS] for key in chosen[:700]})


def bench(data: Path | None, _known: str = "") -> list[Pair]:
    """The labelled pairs of persons, with their category as the class."""
    with open(_needed(data) / "name_bench.csv", encoding="utf-8", newline="") as stream:
        return [
            Pair(row["name1"], row["name2"], row["is_match"] == "true", row["category"] or row["case_group"])
            for row in csv.DictReader(stream)
            if row["schema"] == "Person"
        ]


def _needed(data: Path | None) -> Path:
    if data is None:
        raise SystemExit(
            "this set does not ship: give the folder that holds it with --data (see benchmarks/pairsets.py)"
        )
    return data


SETS: dict[str, Reader] = {
    "slavic": slavic,
    "eu": eu,
    "eu-listed": eu_listed,
    "un": _list("un", {"name", "alias_good", "alias"}, 500),
    "ofac": _list("ofac", {"name", "aka"}, 700),
    "bench": bench,
    "persons": persons,
}
