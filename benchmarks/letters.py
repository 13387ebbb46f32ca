"""In which letters is the channel best learned: native with or without marks, or unidecode's?

    python -m benchmarks.letters --data DIR [--no-save]

The joint model and the letter model alone (no telling weights), learned from the training items of
``name_parts.tsv.gz`` and nothing else, and the AUC of ``bits`` on its held-out items as in
`benchmarks.tokens`. ``unidecode`` writes every token in unidecode's letters first and has one model
for all; the others have a model for each pair of scripts.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.common import save, table
from benchmarks.tokens import MOST_PAIRS, NEAREST, auc
from resolve.multigram import Alphabet, ordered
from resolve.text import script
from resolve.training import multigrams
from resolve.training.channel import LEAST_LETTER, MOST_PAIRS as LEARNED_PAIRS, Model, Pair, Shares, alphabet
from resolve.training.spellings import SCRIPTS, few, held_out, items, negatives, pairs, plain


def marked(tokens: list[str]) -> Alphabet:
    """Every letter that enough tokens have, with its marks."""
    uses = Counter(letter for token in tokens for letter in set(token))
    return Alphabet("".join(letter for letter, count in sorted(uses.items()) if count >= LEAST_LETTER))


def written(known: Shares, write: Callable[[str], str]) -> Shares:
    """Pairs in other letters; those that become one spelling stay pairs."""
    found: Shares = {}
    for (a, b), share in known.items():
        left, right = sorted((write(a), write(b)))
        if left.isalpha() and right.isalpha():
            found[left, right] = found.get((left, right), 0.0) + share
    return found


def learn(known: Shares, letters: Callable[[list[str]], Alphabet]) -> Model:
    """The joint models of every pair of scripts that the pairs have."""
    tokens = sorted({token for pair in known for token in pair})
    by_script = {name: [t for t in tokens if script(t) == name] for name in SCRIPTS}
    alphabets = {name: letters(group) for name, group in by_script.items() if group}
    tables = {
        name: multigrams.learn_letters([each.encode(t) for t in by_script[name]], each.size)
        for name, each in alphabets.items()
    }
    model = Model(alphabets, tables)
    met: dict[tuple[str, str], list[tuple[bytes, bytes, float]]] = {}
    for (a, b), share in known.items():
        left, right = model.meet(a, b)
        met.setdefault((left.script, right.script), []).append((left.letters, right.letters, share))
    for scripts, rows in sorted(met.items()):
        data = multigrams.pairs_of([row[:2] for row in rows], [row[2] for row in rows])
        left_size, right_size = (alphabets[name].size for name in scripts)
        same = scripts[0] == scripts[1]
        model.joint[scripts] = multigrams.learn(data, left_size, right_size, same, multigrams.Recipe())
    return model


def bits(model: Model, rows: list[Pair]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """`Multigram.bits` of a model that is not written yet."""
    built = {scripts: inventory.build() for scripts, inventory in model.joint.items()}
    out = []
    for a, b in rows:
        left, right = ordered(*model.meet(a, b))
        out.append(built[left.script, right.script].bits(left.letters, right.letters) - left.bits - right.bits)
    return np.array(out)


def main() -> None:
    """Parse options, run, print, write the dated result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with name_parts.tsv.gz")
    parser.add_argument("--no-save", action="store_true", help="write no dated result")
    options = parser.parse_args()
    every = items(options.data / "name_parts.tsv.gz")
    known = pairs({key: tokens for key, tokens in every.items() if not held_out(key)}, LEARNED_PAIRS)
    closed = {key: tokens for key, tokens in every.items() if held_out(key)}
    rows = [pair for pair in few(closed, MOST_PAIRS) if pair not in known]
    same = np.arange(len(rows) + len(strangers := negatives(closed, NEAREST))) < len(rows)
    rows += strangers
    kinds = np.array(["-".join(sorted((script(a), script(b)))) for a, b in rows])
    groups = {"all": np.ones(len(rows), bool), **{kind: kinds == kind for kind in np.unique(kinds).tolist()}}
    ways: dict[str, tuple[Callable[[str], str], Callable[[list[str]], Alphabet]]] = {
        "native, marks folded": (str, alphabet),
        "native, marks kept": (str, marked),
        "unidecode": (plain, alphabet),
    }
    result: dict[str, object] = {}
    lines: list[list[object]] = []
    for name, (write, letters) in ways.items():
        model = learn(written(known, write), letters)
        scores = bits(model, [(write(a), write(b)) for a, b in rows])
        areas = {kind: round(auc(scores[of], same[of]), 4) for kind, of in groups.items()}
        blocks = sum(len(inventory.keys) for inventory in model.joint.values())
        result[name] = {"auc": areas, "blocks": blocks}
        lines.append([name, *areas.values(), blocks])
    print(table(["AUC of bits", *groups, "blocks"], lines))
    if not options.no_save:
        print(save("letters", result))


if __name__ == "__main__":
    main()
