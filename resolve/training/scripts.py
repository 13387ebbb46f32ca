"""Learn the channels between Latin and the scripts beyond Cyrillic, each to a parameter file of its own.

    python -m resolve.training.scripts --data DIR -o resolve/tables/channel.bin [--only Greek,Hebrew]

`resolve.training.channel` does this as its last step; alone, the command learns these channels beside the
parameter file that is there, whose Latin letters they share. Reads, from DIR, ``transliteration_pairs.tsv.gz``,
``transliteration_pairs_el_fa_hy.tsv.gz``, ``name_parts.tsv.gz`` and ``persons.tsv.gz``. What is held out there is
held out here: two persons in ten and one item in ten, and every pair of tokens that these could have, unless, of a
person, two others have it too.

Blocks are learned on native letters (`resolve.letters`), first from tokens, then from those with the tokens
of persons' names that the first model aligns. One token in ten is kept to calibrate the evidence on.
"""

from __future__ import annotations

import argparse
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist

from resolve.indic import devanagari
from resolve.letters import WRITINGS, native, surname_first, syllables, writing
from resolve.multigram import Alphabet, Multigram, Parameters, beside, read
from resolve.text import words
from resolve.training import telling
from resolve.training.channel import Model, Pair, Shares, development, examples, learn_joint, log, merge, save, source
from resolve.training.multigrams import LetterTables, Recipe, learn_letters
from resolve.training.spellings import HELD_OUT, LONGEST, READABLE, held_out_of_scripts, plain, rows, usable
from resolve.training.tokens import regress

TOKENS = ("transliteration_pairs.tsv.gz", "transliteration_pairs_el_fa_hy.tsv.gz")
PARTS = "name_parts.tsv.gz"
PERSONS = "persons.tsv.gz"
LEARNED = tuple(dict.fromkeys(WRITINGS.values()))
SMALL = 10_000
"""Where so few pairs are known, rarer letters count and fewer uses make a block."""
LEAST_LETTER = {False: 20, True: 3}
RECIPES = {
    False: Recipe(letter_rounds=4, block_rounds=5, discount=0.2, least_uses=2.0),
    True: Recipe(discount=0.15, least_uses=2.0),
}
FIRST_RECIPE = Recipe(letter_rounds=3, block_rounds=2)
MOST_EXAMPLES = 40_000
EPOCHS = {False: 5, True: 8}
NEAREST = 3
CHANCE = 1
LEAST_ALIGNED = 0.3
PERSON_SHARE = 0.7
MOST_PAIRS = 8
BEARERS = 2
PINYIN_SHARE = 0.5
"""What the pair of a Chinese name and its own pinyin counts."""
INDIC_SHARE = 0.5
"""What a Bengali spelling counts as one in Devanagari."""


def token(name: str) -> str:
    """A word in one of the learned scripts, empty if it is none.

    >>> token("Τιχανόφσκαγια"), token("Ivanov"), token("バラク・オバマ")
    ('Τιχανόφσκαγια', '', '')
    """
    kind = writing(name)
    if kind not in LEARNED or not 2 <= len(native(name)) <= 2 * LONGEST:
        return ""
    others = (c for c in name if not c.isalpha() and not (c in "'’׳" or "\u0300" <= c <= "\u0dff"))
    return name if not any(others) and {writing(c) for c in name if c.isalpha()} == {kind} else ""


def closed_item(key: str) -> bool:
    """Whether nothing may be learned from an item: one in ten, for little is known of these scripts.

    What a person kept for evaluation could have is closed by `persons`, whichever item has it too.
    """
    return zlib.crc32(key.encode()) % HELD_OUT == READABLE


def item_pairs(names: Iterable[str]) -> Iterator[Pair]:
    """The pairs of other-script and Latin spellings among the names of one item.

    Han characters in an item with kana are Japanese: their readings are no pinyin.
    """
    found = sorted(set(names))
    latin = list(dict.fromkeys(filter(None, map(usable, found))))
    others = list(filter(None, map(token, found)))
    japanese = any(writing(name) == "Kana" for name in others)
    for other in others:
        if writing(other) != "Han" or not japanese:
            yield from ((other, word) for word in latin if writing(word) == "Latin")


def items(data: Path, used: Counter[tuple[str, str]] | None = None) -> dict[str, set[str]]:
    """The names of every item and English token; ``used`` counts those not held out, by file and writing."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in (*TOKENS, PARTS):
        for row in rows(data / name):
            key = row["entity_id"]
            found[key].add(row["name"])
            if key.startswith("tok:"):
                found[key].add(key.removeprefix("tok:"))
            if used is not None and not closed_item(key):
                used[name, writing(row["name"])] += 1
    return found


def persons(path: Path) -> tuple[list[tuple[list[list[str]], list[list[str]]]], set[Pair]]:
    """Other-script and Latin names of every person in tokens; and the pairs of tokens of held-out ones.

    What two other persons bear as well, such as a common given name, is no secret of a held-out one.
    """
    found: dict[str, tuple[set[tuple[str, ...]], set[tuple[str, ...]]]] = defaultdict(lambda: (set(), set()))
    for row in rows(path):
        tokens, latin = _name(row["name"])
        if tokens:
            found[row["entity_id"]][latin].add(tokens)
    people, closed, bearers = [], set(), Counter[Pair]()
    for key, (others, latins) in sorted(found.items()):
        if held_out_of_scripts(key):
            closed |= {pair for a, b in product(others, latins) for pair in product(a, b)}
        elif others and latins:
            people.append(([list(name) for name in sorted(others)], [list(name) for name in sorted(latins)]))
            bearers.update({pair for a, b in product(others, latins) for pair in product(a, b)})
    return people, {pair for pair in closed if bearers[pair] < BEARERS}


def _name(text: str) -> tuple[tuple[str, ...], bool]:
    """The tokens of a name, hyphenated parts joined too, and whether they are Latin."""
    found = [word.text for word in words(text)]
    if len(found) == 1 and any(parts := surname_first(found[0])):
        return parts, False
    latin = tuple(filter(None, map(usable, found)))
    if latin and writing(latin[0]) == "Latin":
        glued = (a.text + b.text for a, b in zip(list(words(text)), list(words(text))[1:], strict=False) if b.glue)
        return (*latin, *filter(None, map(usable, glued))), True
    return tuple(filter(None, map(token, found))), False


def known_pairs(
    data: Path, closed: set[Pair], used: Counter[tuple[str, str]] | None = None
) -> dict[str, tuple[Shares, Shares]]:
    """Pairs by writing: those to learn from, and those of development items to calibrate on."""
    found: dict[str, tuple[Shares, Shares]] = {name: (defaultdict(float), defaultdict(float)) for name in LEARNED}
    every = {key: list(item_pairs(names)) for key, names in sorted(items(data, used).items())}
    shut = closed | {pair for key, pairs in every.items() if closed_item(key) for pair in pairs}
    for key, pairs in every.items():
        for pair in pairs:
            if pair not in shut:
                share = min(1.0, MOST_PAIRS / len(pairs))
                found[writing(pair[0])][development(key)][pair] += share
    for pair in [pair for pair in found["Han"][0] if len(pair[0]) <= 3]:
        own = pair[0], usable("".join(syllables(pair[0])))
        if own[1] and own not in shut:
            found["Han"][0][own] = max(found["Han"][0].get(own, 0.0), PINYIN_SHARE)
    for (other, latin), share in found["Bengali"][0].items():
        # the other scripts of India are read in Devanagari, of which too little is known alone
        pair = devanagari(native(other)), latin
        if pair not in shut:
            found["Devanagari"][0][pair] = max(found["Devanagari"][0].get(pair, 0.0), INDIC_SHARE * share)
    for train, dev in found.values():
        for pair in dev:
            train.pop(pair, None)
    return found


def latin_of(parameters: Parameters) -> tuple[Alphabet, LetterTables]:
    """The Latin letters of the parameter file that the others stand beside."""
    facts = parameters.header["scripts"]["Latin"]
    alphabet = Alphabet(facts["alphabet"])
    pairs, backoff, values = (np.array(parameters.array(facts[k]), np.float32) for k in ("pairs", "backoff", "values"))
    triples = np.array(parameters.array(facts["triples"]), np.uint8)
    shape = (alphabet.size, alphabet.size)
    tables = LetterTables(alphabet.size, pairs.reshape(shape), backoff.reshape(shape), triples.reshape(-1, 3), values)
    return alphabet, tables


def learn(name: str, train: Shares, dev: Shares, people: list[Any], closed: set[Pair], base: Parameters) -> Model:
    """Learn the channel between one writing and Latin."""
    small = len(train) < SMALL
    latin, latin_letters = latin_of(base)
    tokens = sorted({pair[0] for pair in train})
    uses = Counter(letter for word in tokens for letter in set(native(word)))
    alphabet = Alphabet("".join(letter for letter, count in sorted(uses.items()) if count >= LEAST_LETTER[small]))
    letters = learn_letters(sorted({alphabet.encode(native(word)) for word in tokens}), alphabet.size)
    model = Model({name: alphabet, "Latin": latin}, {name: letters, "Latin": latin_letters})
    scripts = (name, "Latin")
    learn_joint(model, scripts, train, RECIPES[True] if small else FIRST_RECIPE)
    aligned = {p: s for p, s in align(model, scripts, people).items() if p not in closed and p not in dev}
    log(f"{name}: {len(aligned)} pairs of tokens in names of persons")
    shares = merge([train, aligned])
    learn_joint(model, scripts, shares, RECIPES[small])
    chosen = sorted(shares, key=lambda pair: zlib.crc32("\t".join(pair).encode()))[:MOST_EXAMPLES]
    positives = {pair: shares[pair] for pair in sorted(chosen)}
    every = merge([shares, dev])
    data = examples(model, scripts, positives, strangers(positives, every))
    model.telling[scripts], weights = telling.learn(model.joint[scripts], data, False, telling.Descent(EPOCHS[small]))
    test = examples(model, scripts, dev, strangers(dev, every))
    scale, shift = telling.calibrate(telling.scores(model.telling[scripts], weights, test), test)
    log(f"{name}: telling weights from {len(data.same)} examples, calibrated by {scale:.3f} x + {shift:.3f}")
    weights = weights * scale
    weights[0] += shift
    model.weights[scripts] = weights / np.log(2)
    return model


def align(model: Model, scripts: tuple[str, str], people: list[Any]) -> Shares:
    """Pairs of tokens that two names of one person have in the same part, the likeliest first."""
    blocks = model.joint[scripts].build()
    found: Shares = {}

    def alike(a: str, b: str) -> float:
        left, right = model.meet(a, b)
        bits = blocks.bits(left.letters, right.letters) - left.bits - right.bits
        return float(bits / np.sqrt(max(1.0, -left.bits) * max(1.0, -right.bits)))

    for others, latins in people:
        for one, other in [(a, b) for a in others if writing(a[0]) == scripts[0] for b in latins][:MOST_PAIRS]:
            used: set[str] = set()
            for value, a, b in sorted(((alike(a, b), a, b) for a in one for b in other), reverse=True):
                if value < LEAST_ALIGNED:
                    break
                if a not in used and b not in used:
                    found[a, b] = PERSON_SHARE
                used |= {a, b}
    return found


def strangers(positives: Iterable[Pair], known: Iterable[Pair]) -> list[Pair]:
    """Every other-script token with Latin tokens near its own spellings that no item joins with it."""
    joined: dict[str, set[str]] = defaultdict(set)
    for a, b in known:
        joined[a].add(plain(b))
    latin = sorted({b for _, b in known})
    blocks: dict[str, list[str]] = defaultdict(list)
    for word in latin:
        for key in (f"a{plain(word)[:3]}", f"z{plain(word)[-4:]}"):
            blocks[key].append(word)
    found: dict[Pair, None] = {}
    for a, b in positives:
        close = {w for key in (f"a{plain(b)[:3]}", f"z{plain(b)[-4:]}") for w in blocks[key][:400]}
        near = sorted(w for w in close if plain(w) not in joined[a])
        alike = cdist([plain(b)], [plain(w) for w in near], scorer=JaroWinkler.similarity)[0].tolist()
        ranked = sorted(zip((-value for value in alike), near, strict=True))
        start = zlib.crc32(f"{a}\t{b}".encode())
        chance = (latin[(start + 7919 * i) % len(latin)] for i in range(CHANCE))
        for word in (*(w for _, w in ranked[:NEAREST]), *(w for w in chance if plain(w) not in joined[a])):
            found[a, word] = None
    return list(found)


def measured(model: Multigram, dev: Shares, known: Iterable[Pair]) -> list[float]:
    """Constant and weights of evidence and similarity, in bits, fitted on the development pairs."""
    pairs = [*dev, *strangers(dev, known)]
    values = np.array([(1.0, *model.measures(a, b)) for a, b in pairs])
    weights = regress(values, np.arange(len(pairs)) < len(dev)) / np.log(2)
    return [round(float(weight), 4) for weight in weights]


def learn_all(data: Path, output: Path, only: Iterable[str] = LEARNED) -> None:
    """Learn the channel of every writing and write it beside ``output``."""
    base = read(output)
    people, closed = persons(data / PERSONS)
    used: Counter[tuple[str, str]] = Counter()
    known = known_pairs(data, closed, used)
    for name in only:
        train, dev = known[name]
        if not train or not dev:
            log(f"{name}: no pairs to learn from")
            continue
        theirs = [(others, latins) for others, latins in people if any(writing(o[0]) == name for o in others)]
        model = learn(name, dict(sorted(train.items())), dict(sorted(dev.items())), theirs, closed, base)
        used[PERSONS, name] = sum(len(others) for others, _ in theirs)
        sources = [source(data / file, used[file, name]) for file in (*TOKENS, PARTS, PERSONS) if used[file, name]]
        path = beside(output, name)
        facts: dict[str, Any] = {"beside": {"Latin": base.header["scripts"]["Latin"]["alphabet"]}}
        save(model, sources, path, facts)
        weights = measured(Multigram(base, {name: path}), dev, merge([train, dev]))
        save(model, sources, path, {**facts, "measures": weights})
        log(f"{name}: wrote {path.name}, {path.stat().st_size} bytes, measures {weights}")


def main() -> None:
    """Learn the channels of other scripts alone, beside the parameter file that is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the parameter file to stand beside")
    parser.add_argument("--only", default=",".join(LEARNED), help="the writings to learn")
    options = parser.parse_args()
    learn_all(options.data, options.output, options.only.split(","))


if __name__ == "__main__":
    main()
