"""How fast are names romanised, and how many spellings do the schemes alone explain?

    python -m benchmarks.romanize [--no-save]

Speed: distinct Cyrillic words of the curated gazetteer, each under every scheme of its language, on
one core, cold. Coverage: the 90 public figures of ``data/persons``; every Latin spelling of a person is
explained if it is one of the forms of the person's native words: those of the schemes of its language
(``own``), also those derived through the sister languages (``derived``), compared exactly but for case
or folded (without marks); ``endings`` also takes off what Lithuanian, Latvian or Czech add to a foreign name
(*Putinas*), as lookup does. ``false`` is the share of forms of *other* persons' words, of the same
role, that a Latin spelling meets although neither person bears the other's name.

Base: is every spelling, native and Latin, given the language that it was collected under as its base, if
the gazetteer has the person's native name alone, all Cyrillic names, or one name in Latin letters?
"""

from __future__ import annotations

import argparse
import csv
import time
from collections import Counter, defaultdict
from typing import Any

from benchmarks.common import DATA, save, table
from resolve.cognates import cognates, sisters
from resolve.endings import adaptations
from resolve.gazetteer import curated, load
from resolve.given import given_classes
from resolve.letters import fold
from resolve.model import Name
from resolve.names import parse
from resolve.provenance import MIXED, SHARED, origin
from resolve.romanize import lower, possible, render, renderings
from resolve.text import script

NATIVE = ("be", "ru", "uk")


def speed() -> dict[str, Any]:
    """Token-scheme renderings a second, and forms a token and scheme."""
    rows, _ = load([curated()])
    words = sorted(
        {(token.text, row.lang) for row in rows if row.lang in NATIVE for token in parse(row.name, row.lang).tokens}
    )
    jobs = [(lower(word), system.rewriter) for word, lang in words for system in possible(word, lang)]
    began = time.process_time()
    forms = sum(len(render(word, rewriter)) for word, rewriter in jobs)
    seconds = time.process_time() - began
    return {
        "tokens": len(words), "renderings": len(jobs), "seconds": round(seconds, 3),
        "renderings_per_second": round(len(jobs) / seconds), "forms_per_rendering": round(forms / len(jobs), 2),
    }  # fmt: skip


class Person:
    """One person's native words and Latin spellings, by role."""

    def __init__(self) -> None:
        self.native: set[tuple[str, str, str]] = set()
        self.latin: set[tuple[str, str]] = set()
        self.all: set[str] = set()

    def add(self, name: str, lang: str, habit: str) -> None:
        for token in parse(name, lang).tokens:
            if token.role not in {"given", "surname", "patronymic"}:
                continue
            self.all.add(fold(token.text))
            if script(token.text) == "Latin":
                self.latin.add((token.text, token.role))
            elif habit == "native":
                self.native.add((token.text, lang, token.role))


def persons() -> dict[str, Person]:
    """The persons of the benchmark's spellings."""
    found: dict[str, Person] = defaultdict(Person)
    with open(DATA / "persons" / "spellings.csv", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found[row["id"]].add(row["name"], row["lang"], row["habit"])
    return found


def forms_of(word: str, lang: str, derived: bool) -> set[str]:
    """All Latin forms of a native word in lower case, with their marks."""
    found = {form for form in renderings(word, lang) if fold(form) != form or form.isascii()}
    if derived:
        for other in sisters(lang):
            for cognate in cognates(word, lang, other):
                found.update(renderings(cognate, other))
    return found


def coverage(people: dict[str, Person], derived: bool, folded: bool, endings: bool) -> dict[str, Any]:
    """Share of the Latin spellings explained, forms a native word, and the share of false meetings."""
    key = fold if folded else lower

    def met(token: str, forms: set[str]) -> bool:
        stems = adaptations(token) if endings else ()
        return any(key(spelling) in forms for spelling in (token, *(stem for stem, _sex in stems)))

    forms: dict[str, dict[str, set[str]]] = {}
    sizes = []
    for name, person in people.items():
        forms[name] = defaultdict(set)
        for word, lang, role in person.native:
            made = {key(form) for form in forms_of(word, lang, derived)}
            sizes.append(len(made))
            forms[name][role] |= made
    spellings = [(name, token, role) for name, person in people.items() for token, role in sorted(person.latin)]
    explained = [(name, token, role) for name, token, role in spellings if met(token, forms[name][role])]
    meetings = false = 0
    for name, token, role in spellings:
        for other, person in people.items():
            if other == name or _share(token, role, person):
                continue
            meetings += 1
            false += met(token, forms[other][role])
    surnames = [s for s in spellings if s[2] == "surname"]
    return {
        "spellings": len(spellings), "explained": round(len(explained) / len(spellings), 4),
        "surnames_explained": round(sum(s[2] == "surname" for s in explained) / len(surnames), 4),
        "forms_per_token": round(sum(sizes) / len(sizes), 1),
        "false": round(false / meetings, 6), "false_meetings": false, "meetings": meetings,
        "missed": sorted({token for name, token, role in set(spellings) - set(explained)}),
    }  # fmt: skip


def _share(token: str, role: str, other: Person) -> bool:
    """Whether the other person bears the same name too: the spelling itself, or an equivalent given name."""
    classes = given_classes(token) if role == "given" else frozenset()
    return fold(token) in other.all or any(
        classes & given_classes(word) for word, _lang, kind in other.native if kind == role
    )


HABITS = {"be-based": "be", "lacinka": "be", "ru-based": "ru", "uk-based": "uk"}
"""Habits of spelling with the language they are based on; native and adapted Cyrillic names have their own."""


def bases() -> dict[str, dict[str, float]]:
    """By what the gazetteer knows: shares of right, shared (the right one among others), mixed, no and wrong bases."""
    with open(DATA / "persons" / "spellings.csv", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    known: dict[str, dict[str, list[tuple[Name, str]]]] = {
        "native name": defaultdict(list), "all Cyrillic names": defaultdict(list), "one Latin name": defaultdict(list),
    }  # fmt: skip
    for row in rows:
        name = (parse(row["name"], row["lang"]), row["lang"])
        if row["habit"] == "native":
            known["native name"][row["id"]].append(name)
        if row["habit"] in {"native", "cyr-adapted"}:
            known["all Cyrillic names"][row["id"]].append(name)
        elif row["lang"] == "en" and not known["one Latin name"][row["id"]]:
            known["one Latin name"][row["id"]].append(name)
    found = {}
    for title, names in known.items():
        counts: Counter[str] = Counter()
        for row in rows:
            wanted = row["lang"] if row["habit"] in {"native", "cyr-adapted"} else HABITS.get(row["habit"], "")
            if wanted and names[row["id"]]:
                base = origin(parse(row["name"], row["lang"]), names[row["id"]], row["lang"]).base
                counts[_verdict(base, wanted)] += 1
        found[title] = {key: round(counts[key] / counts.total(), 4) for key in VERDICTS}
    return found


VERDICTS = ("right", "shared", "mixed", "none", "wrong")


def _verdict(base: str, wanted: str) -> str:
    if base == wanted:
        return "right"
    if wanted in base.split(SHARED):
        return "shared"
    if not base:
        return "none"
    return "mixed" if MIXED in base else "wrong"


def main() -> None:
    """Parse options, run, print, write the dated result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-save", action="store_true", help="write no dated result")
    parser.add_argument("--missed", action="store_true", help="list the spellings that no scheme explains")
    options = parser.parse_args()
    fast = speed()
    print(", ".join(f"{key.replace('_', ' ')} {value}" for key, value in fast.items()))
    people = persons()
    result: dict[str, Any] = {"speed": fast}
    rows: list[list[object]] = []
    for name, derived, folded, endings in (
        ("own, exact", False, False, False), ("own, folded", False, True, False), ("own, folded, endings", False, True, True),
        ("derived, exact", True, False, False), ("derived, folded", True, True, False),
        ("derived, folded, endings", True, True, True),
    ):  # fmt: skip
        found = coverage(people, derived, folded, endings)
        missed = found.pop("missed")
        result[name] = found
        rows.append([name, *list(found.values())[:4], f"{found['false']:.5f}"])
        if options.missed:
            print(name, " ".join(missed))
    print(table(["forms compared", "spellings", "explained", "of surnames", "forms a token", "false"], rows))
    result["base"] = bases()
    print(
        table(["the gazetteer has", *VERDICTS], [[title, *shares.values()] for title, shares in result["base"].items()])
    )
    if not options.no_save:
        print(save("romanize", result))


if __name__ == "__main__":
    main()
