"""Learn the transliteration channel and write its parameters to one file.

    python -m resolve.training.channel --data DIR -o resolve/tables/channel.bin

Reads, from DIR, ``name_parts.tsv.gz``, ``persons.tsv.gz``, ``uk_ru_names.tsv.gz`` and the
Russian-English rows of ``transliteration_pairs.tsv.gz``, and nothing else. Entities whose ID has a
CRC-32 that ten divides are held out, and so is every pair of tokens that a held-out item of
``name_parts`` has. The same input gives the same bytes.

Everything is learned twice: once without the development items, to calibrate the evidence on
them, and once with them, to ship.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from resolve._kernel import Letters
from resolve.letters import is_other, native, writing
from resolve.multigram import Alphabet, Word, ordered, write
from resolve.text import script
from resolve.training import multigrams, telling
from resolve.training.multigrams import Inventory, LetterTables, Recipe, learn_letters, pairs_of
from resolve.training.spellings import (
    HELD_OUT,
    SCRIPTS,
    Items,
    by_chance,
    few,
    held_out,
    items,
    negatives,
    pairs,
    persons,
    romanized,
    rows,
    usable,
)  # fmt: skip

LEAST_LETTER = 30
"""Letters that fewer tokens have are folded or unknown."""
MOST_PAIRS = 20
MOST_EXAMPLES = 3
NEAREST = 3
CHANCE = 1
FORMS = 2
FORM_SHARE = 0.3
"""What a Latin pair counts that was made from a Cyrillic one by published schemes."""
SAME_SHARE = 0.1
"""What the pair of a spelling with itself counts: names are often spelt alike by two hands."""
SCRIPT_PAIRS = (("Cyrillic", "Cyrillic"), ("Cyrillic", "Latin"), ("Latin", "Latin"))
EPOCHS = dict(zip(SCRIPT_PAIRS, (12, 8, 5), strict=True))
FILES = ("name_parts.tsv.gz", "persons.tsv.gz", "uk_ru_names.tsv.gz", "transliteration_pairs.tsv.gz")
SHARES = {"uk_ru_names.tsv.gz": 0.5, "transliteration_pairs.tsv.gz": 0.2, "persons.tsv.gz": 0.5}
LEAST_ALIGNED = 0.35
"""Tokens of two names of one person are a pair from this similarity on."""

Pair = tuple[str, str]
Shares = dict[Pair, float]


def log(text: str) -> None:
    """Say what is going on, on standard error."""
    print(f"{time.process_time():7.1f} s  {text}", file=sys.stderr, flush=True)


@dataclass(slots=True)
class Model:
    """What is learned: alphabets and letters of every script, blocks and weights of every pair."""

    alphabets: dict[str, Alphabet]
    letters: dict[str, LetterTables]
    joint: dict[tuple[str, str], Inventory] = field(default_factory=dict)
    telling: dict[tuple[str, str], Inventory] = field(default_factory=dict)
    weights: dict[tuple[str, str], npt.NDArray[np.float64]] = field(default_factory=dict)
    _models: dict[str, Letters] = field(init=False)
    _words: dict[str, Word] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._models = {name: tables.build() for name, tables in self.letters.items()}

    def word(self, token: str) -> Word:
        """A token in the kernel's letters."""
        if token not in self._words:
            name = writing(token)
            letters = self.alphabets[name].encode(native(token) if is_other(token) else token)
            self._words[token] = Word(name, letters, self._models[name].bits(letters))
        return self._words[token]

    def meet(self, a: str, b: str) -> tuple[Word, Word]:
        """Two tokens in the order of the parameters."""
        return ordered(self.word(a), self.word(b))


def development(key: str) -> bool:
    """Whether an item is one of those that calibrate."""
    return zlib.crc32(key.encode()) % HELD_OUT == 1


def alphabet(tokens: Iterable[str]) -> Alphabet:
    """The letters that enough tokens have; marks on Latin letters are folded."""
    uses = Counter(letter for token in tokens for letter in set(token))
    kept = (letter for letter, count in sorted(uses.items()) if count >= LEAST_LETTER)
    return Alphabet("".join(letter for letter in kept if script(letter) != "Latin" or not _marked(letter)))


def _marked(letter: str) -> bool:
    return len(unicodedata.normalize("NFD", letter)) > 1


def learn(spellings: Items, extra: dict[str, Shares], people: list[list[list[str]]], closed: Container[Pair]) -> Model:
    """Learn everything from the spellings of items, further pairs by source, and names of persons.

    ``closed`` are pairs of tokens that nothing may be learned from.
    """
    tokens: dict[str, set[str]] = {name: set() for name in SCRIPTS}
    for token in (token for group in spellings.values() for token in group):
        tokens[script(token)].add(token)
    alphabets = {name: alphabet(sorted(tokens[name])) for name in SCRIPTS}
    letters = {
        name: learn_letters([alphabets[name].encode(t) for t in sorted(tokens[name])], alphabets[name].size)
        for name in SCRIPTS
    }
    model = Model(alphabets, letters)
    shares = merge([pairs(spellings, MOST_PAIRS), *extra.values()])
    shares.update({(t, t): SAME_SHARE for name in SCRIPTS for t in sorted(tokens[name])})
    for scripts in SCRIPT_PAIRS:
        learn_joint(model, scripts, shares, Recipe(letter_rounds=3, block_rounds=3))
    uk_ru_pairs = extra["uk_ru_names.tsv.gz"]
    aligned = {pair: share for pair, share in align(model, people).items() if pair not in closed}
    log(f"{len(aligned)} pairs of tokens in names of persons")
    shares = merge([shares, aligned, written([pairs(spellings, MOST_PAIRS), aligned, uk_ru_pairs], closed)])
    positives = merge([pairs(spellings, MOST_EXAMPLES), aligned, uk_ru_pairs])
    positives = merge([positives, written([positives], closed)])
    positives.update({(t, t): SAME_SHARE for name in SCRIPTS for t in sorted(tokens[name])})
    strangers = list(dict.fromkeys([*negatives(spellings, NEAREST), *by_chance(spellings, CHANCE)]))
    for scripts in SCRIPT_PAIRS:
        learn_joint(model, scripts, shares, Recipe())
        data = examples(model, scripts, positives, strangers)
        model.telling[scripts], model.weights[scripts] = telling.learn(
            model.joint[scripts], data, scripts[0] == scripts[1], telling.Descent(EPOCHS[scripts])
        )
        log(f"{scripts}: telling weights from {len(data.same)} examples")
    return model


def merge(sources: Iterable[Shares]) -> Shares:
    """Add up the shares of pairs from several sources."""
    total: Shares = defaultdict(float)
    for source in sources:
        for pair, share in source.items():
            total[pair] += share
    return dict(sorted(total.items()))


def written(sources: list[Shares], closed: Container[Pair]) -> Shares:
    """Latin pairs from those with a Cyrillic side (`romanized`), as far as they may be learned from."""
    found = romanized(merge(sources), FORMS)
    return {pair: FORM_SHARE * share for pair, share in found.items() if pair not in closed}


def learn_joint(model: Model, scripts: tuple[str, str], shares: Shares, recipe: Recipe) -> None:
    """Learn the blocks of one pair of scripts from the pairs of tokens that are in them."""
    rows = [(model.meet(*pair), share) for pair, share in shares.items() if _scripts(pair) == scripts]
    data = pairs_of([(a.letters, b.letters) for (a, b), _ in rows], [share for _, share in rows])
    left, right = (model.alphabets[name].size for name in scripts)
    model.joint[scripts] = multigrams.learn(data, left, right, scripts[0] == scripts[1], recipe)
    log(f"{scripts}: {len(model.joint[scripts].keys)} blocks from {len(rows)} pairs")


def _scripts(pair: tuple[str, str]) -> tuple[str, ...]:
    return tuple(sorted(writing(token) for token in pair))


def examples(
    model: Model, scripts: tuple[str, str], positives: Shares, strangers: list[tuple[str, str]]
) -> telling.Examples:
    """The positives and negatives of one pair of scripts."""
    rows = [(*model.meet(*pair), True, share) for pair, share in positives.items() if _scripts(pair) == scripts]
    rows += [(*model.meet(*pair), False, 1.0) for pair in strangers if _scripts(pair) == scripts]
    return telling.examples(rows)


def align(model: Model, people: list[list[list[str]]]) -> Shares:
    """Pairs of different tokens that two names of one person have in the same part.

    Names are aligned token by token, the most alike first; what is not alike enough is left out.
    """
    blocks = {scripts: inventory.build() for scripts, inventory in model.joint.items()}
    own: dict[str, float] = {}

    def bits(a: str, b: str) -> float:
        left, right = model.meet(a, b)
        joint = blocks[left.script, right.script].bits(left.letters, right.letters)
        return joint - left.bits - right.bits

    def alike(a: str, b: str) -> float:
        for token in (a, b):
            if token not in own:
                own[token] = max(1.0, bits(token, token))
        return bits(a, b) / float(np.sqrt(own[a] * own[b]))

    found: Shares = {}
    for names in people:
        for one, other in list(combinations(names, 2))[:MOST_PAIRS]:
            ranked = sorted(((alike(a, b), a, b) for a in one for b in other), reverse=True)
            used: set[str] = set()
            for value, a, b in ranked:
                if value < LEAST_ALIGNED:
                    break
                if a not in used and b not in used and a != b:
                    found[min(a, b), max(a, b)] = SHARES["persons.tsv.gz"]
                used |= {a, b}
    return found


def calibrated(model: Model, shipped: Model, spellings: Items) -> None:
    """Calibrate the shipped weights, in bits, by what ``model`` says of items that it has not seen."""
    positives = dict.fromkeys(few(spellings, MOST_EXAMPLES), 1.0)
    strangers = negatives(spellings, NEAREST)
    for scripts in SCRIPT_PAIRS:
        data = examples(model, scripts, positives, strangers)
        logits = telling.scores(model.telling[scripts], model.weights[scripts], data)
        scale, shift = telling.calibrate(logits, data)
        log(f"{scripts}: calibrated by {scale:.3f} x + {shift:.3f}")
        weights = shipped.weights[scripts] * scale
        weights[0] += shift
        shipped.weights[scripts] = weights / np.log(2)


def uk_ru(path: Path) -> Shares:
    """Ukrainian and Russian spellings of one name."""
    share = SHARES["uk_ru_names.tsv.gz"]
    found = ((usable(row["uk"]), usable(row["ru"])) for row in rows(path))
    return {(min(a, b), max(a, b)): share for a, b in found if a and b and a != b}


def russian_english(path: Path) -> Shares:
    """English tokens and their Russian transliterations."""
    share, found = SHARES["transliteration_pairs.tsv.gz"], {}
    for row in rows(path):
        if row["lang"] == "ru" and not held_out(row["entity_id"]):
            a, b = usable(row["entity_id"].removeprefix("tok:")), usable(row["name"])
            if a and b and script(a) != script(b):
                found[min(a, b), max(a, b)] = share
    return found


def source(path: Path, used: int) -> dict[str, Any]:
    """What the header says of an input file."""
    return {"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "used": used}


def save(model: Model, sources: list[dict[str, Any]], path: Path, facts: Mapping[str, Any] | None = None) -> None:
    """Write a parameter file; letters that ``facts`` say stand in another file are left out."""
    body = bytearray()

    def put(kind: str, values: npt.NDArray[Any]) -> list[Any]:
        body.extend(bytes(-len(body) % 8))
        place = [kind, len(body), values.size]
        body.extend(np.ascontiguousarray(values, "<f4" if kind == "f" else "u1").tobytes())
        return place

    scripts = {}
    told = facts or {}
    for name, tables in model.letters.items():
        if name in told.get("beside", {}):
            continue
        scripts[name] = {
            "alphabet": model.alphabets[name].letters,
            "pairs": put("f", tables.pairs), "backoff": put("f", tables.backoff),
            "triples": put("B", tables.triples), "values": put("f", tables.values),
        }  # fmt: skip
    entries = []
    for left, right in model.joint:
        joint, tell = model.joint[left, right], model.telling[left, right]
        entries.append({
            "left": left, "right": right, "count": len(joint.keys), "blocks": put("B", joint.letters()),
            "joint": put("f", joint.weights), "telling": put("f", tell.weights),
            "weights": [round(float(weight), 6) for weight in model.weights[left, right]],
        })  # fmt: skip
    header = {"scripts": scripts, "pairs": entries, "sources": sources, "held_out": HELD_OUT, **told}
    write(path, header, bytes(body))


def main() -> None:
    """Read, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the parameter file to write")
    options = parser.parse_args()
    paths = {name: options.data / name for name in FILES}
    every = items(paths["name_parts.tsv.gz"])
    spellings = {key: tokens for key, tokens in every.items() if not held_out(key)}
    closed = pairs({key: tokens for key, tokens in every.items() if held_out(key)}, MOST_PAIRS)
    extra = {
        name: {pair: share for pair, share in read(paths[name]).items() if pair not in closed}
        for name, read in (("uk_ru_names.tsv.gz", uk_ru), ("transliteration_pairs.tsv.gz", russian_english))
    }
    people = list(persons(paths["persons.tsv.gz"]))
    used = [sum(map(len, spellings.values())), sum(map(len, people)), *map(len, extra.values())]
    sources = [source(paths[name], count) for name, count in zip(FILES, used, strict=True)]
    log(f"read {dict(zip(FILES, used, strict=True))}")
    trial = learn({key: tokens for key, tokens in spellings.items() if not development(key)}, extra, people, closed)
    shipped = learn(spellings, extra, people, closed)
    calibrated(trial, shipped, {key: tokens for key, tokens in spellings.items() if development(key)})
    save(shipped, sources, options.output)
    log(f"wrote {options.output}: {options.output.stat().st_size} bytes")
    # the channels of other scripts share the Latin letters of the file just written
    from resolve.training.scripts import learn_all

    learn_all(options.data, options.output)


if __name__ == "__main__":
    main()
