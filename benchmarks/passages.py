"""Who is meant in marked passages? This toolkit beside programs that find names in texts; with a blind part.

    python -m benchmarks.passages [--no-save]

Data: ``data/passages`` (ships): 128 news-like passages in 26 languages and 12 scripts, a gazetteer of 100 persons with one
spelling each. *Open* passages are the development split: whoever has a setting gets the one with the best F1 there; ours is the
default. *Blind* passages, whose errors nobody reads: a third of those in the first eight languages, half of those in further
scripts, and all of those in ``data/passages/blind``, which were written before any of them was ever searched. A link is right if
the entity is right and the spans overlap. Start: cold, one process. ``traps`` counts by what a passage was written for, and
``examples`` has an error of ours for each, of the open passages. Where that is not the setting chosen, a program is also measured
at the one that its documentation shows (``recommended``).
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import resolve
from benchmarks.common import DATA, UNTUNED, Counts, save, table
from benchmarks.text import Passage, judge, passages
from benchmarks.textpeers import TEXT_PEERS, Linker, TextPeer, keywords

FOLDER = DATA / "passages"
SETS = {"first": FOLDER, "further": FOLDER / "further", "blind": FOLDER / "blind"}
GAZETTEER = FOLDER / "gazetteer.csv"
READ = f"{UNTUNED}; the open passages in the first eight languages were read"
TUNED, NO_SETTING = "the best F1 on the open passages", "nothing: it has no setting"


def texts() -> Iterator[tuple[str, Passage]]:
    """All passages, with the set that each is of."""
    for name, folder in SETS.items():
        yield from ((name, passage) for passage in passages(folder))


def traps() -> dict[str, list[str]]:
    """What every passage was written for."""
    found = {}
    for folder in SETS.values():
        for path in folder.glob("*.txt"):
            for head in re.findall(r"^=== (.*)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE):
                name, _, labels = head.partition("|")
                found[name.strip()] = [
                    label.strip() for label in labels.split(",") if label.strip() not in {"", "blind"}
                ]
    return found


def known() -> list[tuple[str, str]]:
    """IDs and names of the gazetteer."""
    with open(GAZETTEER, encoding="utf-8", newline="") as stream:
        return [(row["id"], row["name"]) for row in csv.DictReader(stream)]


def ours() -> Linker:
    """This toolkit at its default threshold."""
    resolver = resolve.open(GAZETTEER)
    return lambda text: [
        (link.start, link.end, link.entity_id) for link in resolver.text(text).links
        if link.type == "person" and link.entity_id
    ]  # fmt: skip


def counted(link: Linker, chosen: list[tuple[str, Passage]], labels: dict[str, list[str]]) -> dict[str, Any]:
    """Counts over all passages, by set and split, by language, and by trap."""
    parts: dict[str, dict[str, Counts]] = {"parts": {}, "languages": {}, "traps": {}}
    began = time.process_time()
    for name, passage in chosen:
        counts, _ = judge(passage, link(passage.text))
        split = "blind" if passage.blind else "open"
        for group, keys in (
            ("parts", (split, f"{name} {split}")),
            ("languages", (passage.lang,)),
            ("traps", labels[passage.id]),
        ):
            for key in keys:
                parts[group].setdefault(key, Counts()).add(counts)
    spent = max(time.process_time() - began, 1e-3)
    size = sum(len(passage.text.encode()) for _, passage in chosen) / 1e6
    shown = {group: {key: c.as_dict() for key, c in sorted(found.items())} for group, found in parts.items()}
    return {**shown, "cpu_s": round(spent, 2), "megabytes_per_cpu_s": round(size / spent, 3)}


def chosen(peer: TextPeer, taught: list[tuple[str, Passage]], labels: dict[str, list[str]]) -> float:
    """The setting with the best F1 on the open passages."""
    if len(peer.settings) == 1:
        return peer.settings[0]
    words = keywords(known())
    scored = [
        (counted(peer.make(words, s), taught, labels)["parts"]["open"]["f1"], -i) for i, s in enumerate(peer.settings)
    ]
    return peer.settings[-max(scored)[1]]


def missing(packages: tuple[str, ...]) -> str:
    """Which of some packages is not installed."""
    for package in packages:
        try:
            version(package)
        except PackageNotFoundError:
            return f"{package} is not installed"
    return ""


def examples(
    link: Linker, opened: list[tuple[str, Passage]], labels: dict[str, list[str]]
) -> dict[str, dict[str, Any]]:
    """Of every trap: how many errors the open passages with it have, and one, of the passage with the fewest traps, told once."""
    found: dict[str, dict[str, Any]] = {}
    told: set[str] = set()
    for _, passage in sorted(opened, key=lambda item: len(labels[item[1].id])):
        errors = [error for error in judge(passage, link(passage.text))[1] if " span " not in error]
        for label in labels[passage.id]:
            facts = found.setdefault(label, {"passages": 0, "errors": 0})
            facts["passages"] += 1
            facts["errors"] += len(errors)
            new = next((error for error in errors if error not in told), "")
            if new and "example" not in facts:
                told.add(new)
                facts["example"] = " ".join(new.replace("\\n", " ").split())
    return found


def beside(
    peer: TextPeer, setting: float, every: list[tuple[str, Passage]], labels: dict[str, list[str]]
) -> dict[str, Any]:
    """A program at the setting that its documentation shows, where another was chosen."""
    if setting == peer.settings[0]:
        return {}
    shown = counted(peer.make(keywords(known()), peer.settings[0]), every, labels)["parts"]
    return {"recommended": {"setting": peer.settings[0], **shown["blind"]}}


def main() -> None:
    """Parse options, run, print, write the dated result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-save", action="store_true", help="write no dated result")
    options = parser.parse_args()
    every, labels = list(texts()), traps()
    taught = [(name, passage) for name, passage in every if not passage.blind]
    result: dict[str, Any] = {
        "resolve": {
            "setting": "default",
            "tuned_on": READ,
            "versions": {"onomast": version("onomast")},
            **counted(ours(), every, labels),
            "examples": examples(ours(), taught, labels),
        }
    }
    absent = {}
    for peer in TEXT_PEERS:
        if reason := missing(peer.packages):
            absent[peer.name] = reason
            print(f"{peer.name}: {reason}", file=sys.stderr)
            continue
        setting = chosen(peer, taught, labels)
        result[peer.name] = {
            "setting": setting, "tuned_on": TUNED if len(peer.settings) > 1 else NO_SETTING, "versions": {package: version(package) for package in peer.packages},
            "built_for": peer.built_for, "better": peer.better,
            **counted(peer.make(keywords(known()), setting), every, labels), **beside(peer, setting, every, labels),
        }  # fmt: skip
        print(peer.name, setting, result[peer.name]["parts"]["blind"], file=sys.stderr, flush=True)
    parts = list(result["resolve"]["parts"])
    print(table(["", *(f"{part} {what}" for part in parts for what in "PR")], [
        [who, *(facts["parts"][part][what] for part in parts for what in ("precision", "recall"))] for who, facts in result.items()
    ]))  # fmt: skip
    if not options.no_save:
        facts = {
            "start": "cold", "gazetteer": len(known()), "texts": len(every), "blind": sum(p.blind for _, p in every),
            "languages": len({p.lang for _, p in every}), "mentions": sum(g[2] not in {"-", "?"} for _, p in every for g in p.gold),
            "mentions_blind": sum(g[2] not in {"-", "?"} for _, p in every if p.blind for g in p.gold),
            "not_installed": absent, "systems": result,
        }  # fmt: skip
        print(save("passages", facts))


if __name__ == "__main__":
    main()
