"""News-like texts made of the marked passages, with most persons exchanged for others."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.common import DATA
from benchmarks.text import MARK, marked
from resolve.gazetteer import rows

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
