"""Fit the weights of whole names: what shares, differences, contradictions and absences add up to.

    python -m resolve.training.names persons.tsv.gz > weights.tsv && mv weights.tsv resolve/tables/

The source is a TSV file ``entity_id, name, lang, script, ...`` of persons' names (the shipped weights
were fitted on Wikidata labels, CC0). One label of every person goes into a gazetteer, the others are
looked up in it, and every reading of every candidate is an example: right or wrong. To these come
relatives, made by exchanging one word of the right name for that of another person: registers are
full of brothers and of people with one father's name, encyclopedias are not. Logistic regression
(Cox 1958) with the odds of the gazetteer's size as its offset gives every weight in bits; ridges hold
those with few examples near what was believed before. Only the rows of the table marked ``fitted`` change.
Two persons in ten, chosen by the CRC-32 of the ID, are left out: for evaluation and for development.
"""

from __future__ import annotations

import csv
import math
import sys
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from random import Random

import numpy as np
import numpy.typing as npt

from resolve import tables
from resolve.channel import weights
from resolve.index import Index
from resolve.letters import fold
from resolve.model import Evidence, Name
from resolve.names import alternatives, parse
from resolve.resolver import open as open_gazetteer
from resolve.score import whole
from resolve.score.pair import compare
from resolve.score.reading import worth_in
from resolve.text import script
from resolve.training.spellings import HELD_OUT, held_out, rows

DEVELOPMENT = 1
QUERIES = 4000
PER_PERSON = 2
ROUNDS = 2
RELATIVES = 1.0
"""How many relatives of everybody there are in a register."""
STRANGERS = 10
"""So many persons stand for all that share nothing with a query."""
RIDGE = 20.0
"""How many examples a weight's prior value is worth."""
PRIORS = {
    "given": 8.0, "equivalent": 7.0, "diminutive": 6.0, "given_rarity": 0.5, "initial": 1.0, "identical": 8.0,
    "surname_shared": 10.0, "surname_rarity": 0.4, "surname_difference": -2.0,
    "name_shared": 2.0, "name_rarity": 0.6, "name_difference": -2.0,
    "inflected": -2.0, "crossed": -1.0, "surname_gender": -10.0, "extra": -1.0, "absent": -0.5,
    "contradiction_surname": -8.0, "contradiction_given": -10.0, "contradiction_initial": -8.0,
    "contradiction_further": -12.0, "contradiction_patronymic": -14.0,
}  # fmt: skip
"""What was believed of the fitted weights before: where the fit starts, and whose signs it keeps."""
HOPELESS = -60.0
"""Readings of fewer bits teach nothing."""

TWIN = -2.0
"""A name without more against it, in bits, may be the same person's under another ID: the source has many such."""

Floats = npt.NDArray[np.float64]
Example = tuple[dict[str, float], float, bool, float]
"""The parts of the evidence by fitted weight, the bits of the rest, whether it is right, how much it counts."""


@dataclass(frozen=True)
class Register:
    """What the workers look names up in; forked, never pickled."""

    index: Index
    people: dict[str, list[str]]
    known: dict[str, str]
    folded: dict[str, frozenset[str]]
    strangers: dict[tuple[str, str], list[str]]


def people(path: Path) -> dict[str, list[str]]:
    """The Latin and Cyrillic spellings of every person that may be learned from."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows(path):
        identifier = row["entity_id"]
        development = zlib.crc32(identifier.encode()) % HELD_OUT == DEVELOPMENT
        # Latin labels translate given names: Ioannes for John
        if held_out(identifier) or development or row["lang"] == "la" or row["script"] not in {"Latin", "Cyrillic"}:
            continue
        name = alternatives(row["name"])[0]
        if len(name.split()) > 1 and ":" not in name:
            found[identifier].add(name)
    return {key: sorted(names) for key, names in sorted(found.items())}


def register(everybody: dict[str, list[str]], folder: Path, random: Random) -> Register:
    """A gazetteer with one spelling of every person, drawn by chance."""
    known = {key: random.choice(names) for key, names in everybody.items()}
    source = folder / "persons.csv"
    with open(source, "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "name"])
        writer.writerows(known.items())
    folded = {key: frozenset(map(fold, names)) for key, names in everybody.items()}
    strangers: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in known.values():
        for token in parse(name).tokens:
            strangers[token.role, script(token.text)].append(token.text)
    return Register(open_gazetteer(source).index, everybody, known, folded, dict(strangers))


def queries(held: Register, random: Random) -> list[tuple[str, str]]:
    """Persons and spellings that the gazetteer does not hold."""
    asked = []
    for key, names in held.people.items():
        others = [name for name in names if fold(name) != fold(held.known[key])]
        random.shuffle(others)
        asked += [(key, name) for name in others[:PER_PERSON]]
    random.shuffle(asked)
    return asked[:QUERIES]


def relative(name: Name, strangers: dict[tuple[str, str], list[str]], random: Random) -> str:
    """A name with one word of somebody else; empty if there is none to exchange."""
    words = [token for token in name.tokens if token.role in {"given", "surname", "patronymic"}]
    if len(words) < 2 or any(name.text[t.start : t.end] != t.text for t in words):
        return ""
    token = random.choice(words)
    other = random.choice(strangers.get((token.role, script(token.text)), [token.text]))
    return "" if fold(other) == fold(token.text) else name.text[: token.start] + other + name.text[token.end :]


def split(evidence: list[Evidence], fitted: frozenset[str]) -> tuple[dict[str, float], float]:
    """The parts of evidence by fitted weight, and the bits that other weights give."""
    parts: dict[str, float] = defaultdict(float)
    rest = 0.0
    w = weights()
    for piece in evidence:
        if not piece.parts:
            rest += piece.bits
        for weight, amount in piece.parts:
            if weight in fitted:
                parts[weight] += amount
            else:
                rest += amount * w[weight]
    return dict(parts), rest


def _is_twin(evidence: Sequence[Evidence]) -> bool:
    """Whether nothing tells two names apart."""
    differences = sum(amount for piece in evidence for weight, amount in piece.parts if weight.endswith("_difference"))
    return all(piece.bits > TWIN for piece in evidence) and differences < -TWIN


_held: list[Register] = []


def examples(task: tuple[str, str, int]) -> list[Example]:
    """All readings of one query, and a relative of the one who is meant."""
    key, query, seed = task
    held, wanted = _held[0], frozenset(PRIORS)
    found: list[Example] = []
    for reading in whole(query, held.index, margin=math.inf):
        other = held.index.entity(reading.entity).id
        right = other == key
        namesake = bool(held.folded[other] & (held.folded[key] | {fold(query)}))
        if reading.bits > HOPELESS and (right or not (namesake or _is_twin(reading.evidence))):
            found.append((*split(list(reading.evidence), wanted), right, 1.0))
    random = Random(seed)
    size = len(held.index)
    for _ in range(STRANGERS):
        number = random.randrange(size)
        if held.index.entity(held.index.entity_of(number)).id != key:
            evidence = compare(parse(query), held.index.name(number), "", worth_in(held.index))
            if all(piece.bits <= 0 for piece in evidence):
                found.append((*split(evidence, wanted), False, size / STRANGERS))
    kin = relative(parse(held.known[key]), held.strangers, random)
    if kin:
        seen, known = parse(query), parse(kin)
        evidence = compare(seen, known, "", worth_in(held.index))
        if not _is_twin(evidence):
            found.append((*split(evidence, wanted), False, RELATIVES))
    return found


def fit(data: list[Example], names: list[str], start: Floats, size: int) -> Floats:
    """Logistic regression with an offset and ridges towards the start, in bits; no weight changes its sign."""
    place = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(data), len(names)))
    offset, y, share = np.zeros(len(data)), np.zeros(len(data)), np.zeros(len(data))
    for i, (parts, rest, right, counts) in enumerate(data):
        for name, amount in parts.items():
            x[i, place[name]] = amount
        offset[i], y[i], share[i] = rest - math.log2(size) - weights()["none"], right, counts
    spread = np.maximum(np.abs(start), 0.5)
    ridge, w = RIDGE / (spread * spread), start.copy()
    for _ in range(60):
        p = 1 / (1 + np.exp2(-np.clip(x @ w + offset, -60, 60)))
        gradient = x.T @ (share * (p - y)) + ridge * (w - start)
        curve = (x * (share * p * (1 - p))[:, None]).T @ x * math.log(2) + np.diag(ridge)
        step = np.linalg.solve(curve, gradient)
        before = w
        w = w - step * min(1.0, 2.0 / max(float(np.abs(step / spread).max()), 1e-12))
        w = np.where(start < 0, np.minimum(w, 0.0), np.maximum(w, 0.0))
        if np.abs(w - before).max() < 1e-6:
            break
    return np.asarray(w)


def learn(path: Path) -> tuple[dict[str, float], int, int]:
    """The fitted weights, and how many right and wrong examples they were fitted on."""
    random = Random(0)
    names = sorted(PRIORS)
    weights().update(PRIORS)
    with tempfile.TemporaryDirectory() as folder:
        held = register(people(path), Path(folder), random)
        asked = [(*query, i) for i, query in enumerate(queries(held, random))]
        _held[:] = [held]
        for _ in range(ROUNDS):
            with get_context("fork").Pool() as pool:
                data = [one for group in pool.imap(examples, asked, chunksize=50) for one in group]
            start = np.array([PRIORS[name] for name in names])
            found = fit(data, names, start, len(held.known))
            weights().update(zip(names, found.tolist(), strict=True))
            right = sum(one[2] for one in data)
            print(f"{right} right, {len(data) - right} wrong readings", file=sys.stderr)
    return {name: weights()[name] for name in names}, right, len(data) - right


def table(found: dict[str, float]) -> Iterator[str]:
    """The lines of the table of weights with the fitted ones in their places."""
    for line in (tables.FOLDER / "weights.tsv").read_text(encoding="utf-8").splitlines():
        name, *cells = line.split("\t")
        if name in found:
            cells[0] = f"{found[name]:.3f}"
        yield "\t".join([name, *cells])


def main() -> None:
    """Print the table."""
    found, _right, _wrong = learn(Path(sys.argv[1]))
    print("\n".join(table(found)))


if __name__ == "__main__":
    main()
