"""Learn how to weigh the measures of two tokens' likeness, from surnames of persons.

    python -m resolve.training.tokens persons.tsv.gz > resolve/tables/token_evidence.tsv

The source is a TSV file ``entity_id, name, lang, script, ...`` of persons' names (the shipped table
was learned from Wikidata labels, CC0). Positives are two spellings of one person's surname, where the
given names are evidently one; negatives are a surname and surnames of other persons: the nearest under
a skeleton key, the nearest of all, and some of the same ending. Surnames that any person joins are
never negatives. Logistic regression over the
measures, both classes weighing the same, gives log-odds; they are written in bits.
One person in ten, chosen by the CRC-32 of the ID, is held out.
"""

from __future__ import annotations

import csv
import gzip
import random
import sys
from collections import defaultdict

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler
from unidecode import unidecode

from resolve.channel import MEASURES, measures
from resolve.given import given_classes
from resolve.keys import skeletons
from resolve.letters import fold
from resolve.multigram import load
from resolve.names import parse
from resolve.training.spellings import held_out as is_held_out

MAX_PAIRS = 3
NEAREST = 3
ENDING = 2
SURE_GIVEN = 0.6
"""Given names more similar than this are one."""
NOISE = (0.0, 15.0)
"""A positive less similar than the first and costlier than the second is no spelling but a description."""
RIDGE = 1e-2

Pairs = list[tuple[str, str]]
Floats = npt.NDArray[np.float64]


def surnames(path: str, held_out: bool = False) -> dict[str, list[tuple[str, str]]]:
    """Given name and surname of every Latin and Cyrillic spelling of the persons of one part."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            if (
                is_held_out(row["entity_id"]) != held_out
                or row["script"] not in {"Latin", "Cyrillic"}
                or "," in row["name"]
            ):
                continue
            name = parse(row["name"])
            given, surname = name.role("given"), name.role("surname")
            if given and len(surname) == 1:
                found[row["entity_id"]].add((given[0].text, surname[0].text))
    return {key: sorted(names) for key, names in sorted(found.items())}


def positives(people: dict[str, list[tuple[str, str]]]) -> Pairs:
    """Spellings of one surname: of persons whose given names are evidently one."""
    model, chance, found = load(), random.Random(0), []
    for names in people.values():
        fitting = sorted(
            {
                (s, t)
                for i, (g, s) in enumerate(names)
                for h, t in names[i + 1 :]
                if fold(s) != fold(t) and (given_classes(g) & given_classes(h) or model.similarity(g, h) > SURE_GIVEN)
            }
        )
        chance.shuffle(fitting)
        found += fitting[:MAX_PAIRS]
    return [pair for pair in found if not _is_noise(*pair)]


def _is_noise(left: str, right: str) -> bool:
    facts = dict(zip(MEASURES, measures(left, right), strict=True))
    return facts["similarity"] < NOISE[0] and facts["sounds"] > NOISE[1]


def negatives(people: dict[str, list[tuple[str, str]]], same: Pairs) -> Pairs:
    """Every surname of the positives with the nearest ones that no person joins with it."""
    chance = random.Random(0)
    cluster = _clusters(people, same)
    words = sorted({word for pair in same for word in pair})
    blocks: dict[str, list[str]] = defaultdict(list)
    for word in words:
        for bones in sorted(skeletons(word)):
            blocks[bones].append(word)
    endings: dict[str, list[str]] = defaultdict(list)
    for word in words:
        endings[_plain(word)[-ENDING:]].append(word)
    plain = [_plain(word) for word in words]
    found: dict[tuple[str, str], None] = {}
    for word, scores in zip(words, process.cdist(plain, plain, scorer=JaroWinkler.similarity), strict=True):
        kin = [other for bones in skeletons(word) for other in blocks[bones]]
        kin.sort(key=lambda other: (-JaroWinkler.similarity(_plain(word), _plain(other)), other))
        near = [words[place] for place in np.argsort(-scores, kind="stable")[: 4 * NEAREST]]
        alike = endings[_plain(word)[-ENDING:]]
        for group, most in ((kin, NEAREST), (near, 2), (chance.sample(alike, min(4, len(alike))), 2)):
            strange = [other for other in dict.fromkeys(group) if cluster[fold(other)] != cluster[fold(word)]]
            found.update(dict.fromkeys((min(word, other), max(word, other)) for other in strange[:most]))
    return list(found)


def _plain(word: str) -> str:
    return unidecode(word).lower()


def _clusters(people: dict[str, list[tuple[str, str]]], same: Pairs) -> dict[str, str]:
    """Folded surnames that some person joins, and those of one sound, with one name for each cluster."""
    parent: dict[str, str] = {}

    def root(word: str) -> str:
        while parent.setdefault(word, word) != word:
            word = parent[word]
        return word

    by_sound: dict[str, str] = {}
    for word in sorted({name[1] for names in people.values() for name in names}):
        parent[root(fold(word))] = root(by_sound.setdefault(_plain(word), fold(word)))
    for left, right in same:
        parent[root(fold(left))] = root(fold(right))
    return {word: root(word) for word in list(parent)}


def design(rows: Pairs) -> Floats:
    """The measures of all pairs behind a constant."""
    return np.array([(1.0, *measures(a, b)) for a, b in rows])


def regress(x: Floats, y: npt.NDArray[np.bool_]) -> Floats:
    """Logistic regression by Newton's method, both classes weighing the same."""
    weight = np.where(y, 0.5 / y.sum(), 0.5 / (~y).sum()) * len(y)
    w: Floats = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (weight * (y - p)) - RIDGE * w
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(w))
        w += np.linalg.solve(hessian, gradient)
    return w


def main() -> None:
    """Print the table."""
    people = surnames(sys.argv[1])
    same = positives(people)
    other = negatives(people, same)
    w = regress(design([*same, *other]), np.arange(len(same) + len(other)) < len(same)) / np.log(2)
    print("# Generated by python -m resolve.training.tokens; do not edit.")
    print("# Bits that two tokens spell one name rather than two like it, at even odds: the constant and")
    print("# weight x measure for every measure, clipped as resolve/channel.py says.")
    print(
        f"# Learned from {len(same)} pairs of spellings and {len(other)} pairs of surnames of two persons (Wikidata, CC0)."
    )
    print("measure\tweight")
    for name, weight in zip(("constant", *MEASURES), w, strict=True):
        print(f"{name}\t{weight:.4f}")


if __name__ == "__main__":
    main()
