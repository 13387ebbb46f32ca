"""How fast is running text, from a cold start?

    python -m benchmarks.text_speed [--megabytes N] [--no-save]

Data: text of its own, made of the sentences of ``data/passages`` in random order, in which every marked
person is now and then exchanged for another name made of given names and surnames of
``data/persons`` (so that a memo of runs sees new ones, as in news), in documents of about 3,000 characters.
The gazetteers are that of the passages and the curated one. One process; the memo of the resolver is cold,
the tables of the toolkit are loaded before. CPU time. For comparison: exact spellings only, by pyahocorasick
or ahocorasick_rs where one is installed. The number of links is the expected one as long as no rule changes.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import random
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import resolve
from benchmarks.common import DATA, save, table
from benchmarks.text import MARK, marked
from resolve.gazetteer import curated, files, rows

SEED = 3
DOCUMENT = 3000
"""A document has about so many characters."""

EXCHANGED = 0.7
"""The share of persons who are exchanged for others."""


def sentences(folder: Path) -> list[str]:
    """The sentences of all passages, with the marks of persons."""
    found: list[str] = []
    for path in sorted(folder.glob("*.txt")):
        for block in re.split(r"^=== .*\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            found += [part.strip() for part in re.split(r"(?<=[.!?])\s+", block) if part.strip()]
    return found


def strangers(folder: Path) -> tuple[list[str], list[str]]:
    """Given names and surnames to make other persons of."""
    given, surnames = [], []
    for row in rows(folder / "spellings.csv"):
        words = row.name.split()
        if len(words) == 2 and row.name.replace(" ", "").isalpha():
            given.append(words[0])
            surnames.append(words[1])
    return given, surnames


def documents(size: int) -> Iterator[str]:
    """Texts of together about so many bytes, the same on every run."""
    chance = random.Random(SEED)
    pool, (given, surnames) = sentences(DATA / "passages"), strangers(DATA / "persons")

    def exchanged(match: re.Match[str]) -> str:
        if " " not in match[1] or chance.random() > EXCHANGED:
            return match[0]
        return f"[{chance.choice(given)} {chance.choice(surnames)}|-]"

    made = 0
    while made < size:
        parts: list[str] = []
        while sum(map(len, parts)) < DOCUMENT:
            parts.append(marked(MARK.sub(exchanged, chance.choice(pool)))[0])
        text = " ".join(parts)
        made += len(text.encode())
        yield text


def toolkit(gazetteer: Path) -> Callable[[str], int]:
    """How many links the toolkit finds in a text."""
    resolver = resolve.open(gazetteer)
    return lambda text: len(resolver.text(text).links)


def exact(gazetteer: Path) -> tuple[str, Callable[[str], int]] | None:
    """How often the names of a gazetteer stand in a text letter for letter, by an Aho-Corasick automaton."""
    names = sorted({row.name for path in files(gazetteer) for row in rows(path)})
    if importlib.util.find_spec("ahocorasick"):
        library: Any = importlib.import_module("ahocorasick")
        automaton = library.Automaton()
        for number, name in enumerate(names):
            automaton.add_word(name, number)
        automaton.make_automaton()
        return "pyahocorasick", lambda text: sum(1 for _ in automaton.iter(text))
    if importlib.util.find_spec("ahocorasick_rs"):
        matcher: Any = importlib.import_module("ahocorasick_rs").AhoCorasick(names)
        return "ahocorasick_rs", lambda text: len(matcher.find_matches_as_indexes(text))
    return None


def measure(count: Callable[[str], int], texts: list[str]) -> dict[str, Any]:
    """Links and megabytes a second of CPU time."""
    began = time.process_time()
    links = sum(map(count, texts))
    seconds = time.process_time() - began
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    return {"links": links, "seconds": round(seconds, 3), "megabytes_per_second": round(megabytes / seconds, 3)}


def main() -> None:
    """Parse options, run, print, write the dated result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=1.0, help="how much text is made")
    parser.add_argument("--no-save", action="store_true", help="write no dated result")
    options = parser.parse_args()
    texts = list(documents(int(options.megabytes * 1e6)))
    resolve.open().text(texts[0])
    result: dict[str, Any] = {}
    for label, gazetteer in (("passages", DATA / "passages" / "gazetteer.csv"), ("curated", curated())):
        result[f"resolve, {label}"] = measure(toolkit(gazetteer), texts)
        if matcher := exact(gazetteer):
            result[f"exact by {matcher[0]}, {label}"] = measure(matcher[1], texts)
    print(table(["what", "links", "seconds", "MB/s"], [[name, *figures.values()] for name, figures in result.items()]))
    if not options.no_save:
        print(save("text-speed", {"texts": len(texts), "start": "cold", "systems": result}))


if __name__ == "__main__":
    main()
