"""Which tokens are spellings of one name, and which look like it but are not? Readers of the training data.

One entity in ten, chosen by the CRC-32 of its ID, is held out everywhere; its errors may be read while developing. The
channels of further scripts hold out a second tenth, which is for evaluation alone; what Latin and Cyrillic are compared
by was learned with it.
"""

from __future__ import annotations

import csv
import gzip
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import combinations, product
from pathlib import Path
from random import Random

from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist
from unidecode import unidecode

from resolve.keys import skeletons
from resolve.multigram import tidy
from resolve.romanize import romanize
from resolve.text import script, words

HELD_OUT = 10
"""Entities are parted by the remainder of their CRC-32 divided by this."""
READABLE, BLIND = 0, 6
"""The remainders that are held out: what may be read while developing, and what may not."""
SCRIPTS = ("Cyrillic", "Latin")
LONGEST = 24
SHORT = 3
CROWD = 400
"""Keys that more items share than this are too common to look for neighbours under."""

Items = dict[str, tuple[str, ...]]
"""The different spellings of every item, sorted."""


def held_out(entity: str) -> bool:
    """Whether nothing at all is learned from an entity.

    >>> held_out("Q1"), held_out("Q16"), held_out("Q4")
    (True, False, False)
    """
    return zlib.crc32(entity.encode()) % HELD_OUT == READABLE


def held_out_of_scripts(entity: str) -> bool:
    """Whether the channels of further scripts learn nothing from an entity: a tenth more.

    >>> held_out_of_scripts("Q1"), held_out_of_scripts("Q16"), held_out_of_scripts("Q4")
    (True, True, False)
    """
    return zlib.crc32(entity.encode()) % HELD_OUT in {READABLE, BLIND}


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a compressed TSV file."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)


def usable(name: str) -> str:
    """A token as the model reads it, empty if it is none: of one known script, 2 to 24 letters.

    >>> usable("O’Brien"), usable("Иванов-Петров")
    ('obrien', '')
    """
    token = tidy(name)
    if not (2 <= len(token) <= LONGEST) or not token.isalpha():
        return ""
    scripts = {script(letter) for letter in token}
    return token if len(scripts) == 1 and scripts <= set(SCRIPTS) else ""


def items(path: Path) -> Items:
    """The spellings of every item of ``name_parts.tsv.gz`` in the known scripts."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows(path):
        if token := usable(row["name"]):
            found[row["entity_id"]].add(token)
    return {key: tuple(sorted(tokens)) for key, tokens in sorted(found.items())}


def pairs(spellings: Items, most: float) -> dict[tuple[str, str], float]:
    """All pairs of spellings of one item with their shares; an item counts for at most ``most`` pairs."""
    found: dict[tuple[str, str], float] = defaultdict(float)
    for tokens in spellings.values():
        count = len(tokens) * (len(tokens) - 1) // 2
        for a, b in combinations(tokens, 2):
            found[a, b] += min(1.0, most / count)
    return dict(found)


def few(spellings: Items, most: int) -> list[tuple[str, str]]:
    """At most ``most`` pairs of spellings of each item, drawn by the CRC-32 of the pair."""
    found: dict[tuple[str, str], None] = {}
    for tokens in spellings.values():
        ranked = sorted(combinations(tokens, 2), key=lambda pair: zlib.crc32("\t".join(pair).encode()))
        found.update(dict.fromkeys(ranked[:most]))
    return list(found)


def persons(path: Path) -> Iterator[list[list[str]]]:
    """The full names of every person that is not held out, in tokens; commas turn the order."""
    names: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row in rows(path):
        if held_out(row["entity_id"]) or row["script"] not in SCRIPTS:
            continue
        parts = row["name"].split(",")
        text = " ".join([*parts[1:], parts[0]]) if len(parts) == 2 else row["name"]
        tokens = tuple(filter(None, (usable(token.text) for token in words(text))))
        if tokens:
            names[row["entity_id"]].add(tokens)
    for spellings in names.values():
        yield [list(tokens) for tokens in sorted(spellings)]


@lru_cache(maxsize=1 << 20)
def plain(token: str) -> str:
    """The token in unidecode's letters.

    >>> plain("ціханоўская")
    'tsikhanouskaia'
    """
    return unidecode(token).lower()


def negatives(spellings: Items, nearest: int) -> list[tuple[str, str]]:
    """Pairs of similar tokens of different items: for every spelling its nearest strangers.

    Strangers share a skeleton key (`resolve.keys.skeletons`) or a run of letters with the spelling,
    are among the nearest by Jaro-Winkler on unidecode's letters, and their items have no spelling in
    common, in unidecode's letters: such items are often one name twice.
    """
    owners: dict[str, set[str]] = defaultdict(set)
    for key, tokens in spellings.items():
        for token in tokens:
            owners[plain(token)].add(key)
    every = sorted({token for group in spellings.values() for token in group})
    owned = {token: owners[plain(token)] for token in every}
    blocks: dict[str, list[str]] = defaultdict(list)
    for token in every:
        for key in _blocking(token):
            blocks[key].append(token)
    kin = {key: set().union(*(owners[plain(t)] for t in group)) for key, group in spellings.items()}
    found: dict[tuple[str, str], None] = {}
    for token in every:
        own = set().union(*(kin[key] for key in owned[token]))
        close = {other for key in _blocking(token) if len(blocks[key]) <= CROWD for other in blocks[key]}
        near = sorted(other for other in close if not owned[other] & own)
        alike = cdist([plain(token)], [plain(other) for other in near], scorer=JaroWinkler.similarity)[0].tolist()
        ranked = sorted(zip((-value for value in alike), near, strict=True))
        for _, other in ranked[:nearest]:
            found[min(token, other), max(token, other)] = None
    return list(found)


def by_chance(spellings: Items, each: int) -> list[tuple[str, str]]:
    """Pairs of tokens of different items drawn by chance, some of them very short; seeded.

    Nearest strangers are about as long as the spelling; these teach what a short token is worth.
    """
    random = Random(1)
    tokens = sorted({token for group in spellings.values() for token in group})
    short = [token for token in tokens if len(token) <= SHORT] or tokens
    kin = defaultdict(set)
    for key, group in spellings.items():
        for token in group:
            kin[token].add(key)
    found: dict[tuple[str, str], None] = {}
    for token in tokens:
        for other in (*random.choices(tokens, k=each), *random.choices(short, k=each)):
            if not kin[token] & kin[other]:
                found[min(token, other), max(token, other)] = None
    return list(found)


def romanized(known: Mapping[tuple[str, str], float], forms: int) -> dict[tuple[str, str], float]:
    """Latin pairs from pairs with a Cyrillic side: that side as published schemes write it.

    Each Cyrillic token is written under ``forms`` of the schemes that its letters allow, drawn by the
    CRC-32 of scheme and pair, so that two habits meet that seldom stand side by side in one source.
    """
    found: dict[tuple[str, str], float] = defaultdict(float)
    for pair, share in known.items():
        sides = [_forms(token, pair, forms) if script(token) == "Cyrillic" else [token] for token in pair]
        if all(script(token) == "Latin" for token in pair):
            continue
        for a, b in product(*sides):
            if a != b:
                found[min(a, b), max(a, b)] += share / (len(sides[0]) * len(sides[1]))
    return dict(found)


def _forms(token: str, pair: tuple[str, str], most: int) -> list[str]:
    ranked = sorted(_romanized(token), key=lambda form: zlib.crc32("\t".join((*pair, *form)).encode()))
    return list(dict.fromkeys(filter(None, (usable(text) for _, text in ranked))))[:most]


@lru_cache(maxsize=1 << 17)
def _romanized(token: str) -> tuple[tuple[str, str], ...]:
    return tuple((form.scheme, form.text) for form in romanize(token))


def _blocking(token: str) -> set[str]:
    text = plain(token)
    keys = {f"s{bones}" for bones in skeletons(token)}
    return keys | {f"a{text[:4]}", f"z{text[-5:]}"}
