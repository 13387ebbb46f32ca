"""Under which key is a spelling found again, and among how many others? Candidates against recall.

    python -m benchmarks.filing [--words 20000] [--no-save]

Data (ships): surnames of ``data/east_slavic``, each spelling against the gazetteer's, and as the crowd the commonest words of names
that nothing else is known of (``resolve/tables/name_frequencies.tsv``). A key finds a spelling if both have it or one of it; its
candidates are the words of the crowd that meet the spelling. The keys of this toolkit are those under which gazetteers are
compiled; ``schemes`` are the published romanisations alone. Phonetic keys read Unidecode's letters. No threshold, nothing tuned.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import jellyfish

from benchmarks.common import plain, save, table
from benchmarks.east_slavic import spellings
from resolve import tables
from resolve.keys import keys, neighbours, skeletons
from resolve.letters import fold
from resolve.romanize import romanize

Keys = Callable[[str], Iterable[str]]


def phonetic(encode: Callable[[str], str]) -> Keys:
    """One key, the code of Unidecode's letters."""
    return lambda word: filter(None, (encode("".join(filter(str.isalpha, plain(word))) or "-"),))


def schemes(word: str) -> set[str]:
    """The word itself and as every published scheme of the East Slavic languages writes it."""
    return {fold(word)} | {fold(form.text) for lang in ("be", "ru", "uk") for form in romanize(word, lang=lang)}


KINDS: dict[str, Keys] = {
    "Soundex": phonetic(jellyfish.soundex),
    "Metaphone": phonetic(jellyfish.metaphone),
    "NYSIIS": phonetic(jellyfish.nysiis),
    "Match Rating": phonetic(jellyfish.match_rating_codex),
    "exact (unidecode)": lambda word: (plain(word),),
    "schemes": schemes,
    "skeletons": skeletons,
    "keys": keys,
    "keys and neighbours": lambda word: (*keys(word), *neighbours(word)),
}
OURS = {"schemes", "skeletons", "keys", "keys and neighbours"}


def pairs() -> list[tuple[str, str, str]]:
    """The surname of the gazetteer, another spelling of it, and its script, of names of two words."""
    found = []
    for rows in spellings().values():
        known = rows[0].name.split()
        for row in rows[1:]:
            words = row.name.replace("・", " ").replace("·", " ").split()
            if len(words) == 2 == len(known) and "," not in row.name:
                found.append((known[-1], words[-1], row.script))
    return list(dict.fromkeys(found))


def crowd(most: int) -> list[str]:
    """The commonest words of names."""
    rows = ((name, int(count)) for name, count in tables.rows("name_frequencies.tsv") if name != "*")
    return [name for name, _ in sorted(rows, key=lambda row: -row[1])[:most]]


def measured(of: Keys, asked: list[tuple[str, str, str]], words: list[str]) -> dict[str, Any]:
    """Recall by script, and how many candidates a spelling has."""
    filed: dict[str, set[int]] = defaultdict(set)
    for number, word in enumerate(words):
        for key in of(word):
            filed[key].add(number)
    met: Counter[str] = Counter()
    every: Counter[str] = Counter()
    candidates = 0
    for known, seen, script in asked:
        own = set(of(seen))
        every[script] += 1
        met[script] += not own.isdisjoint(of(known))
        candidates += len(set().union(*(filed.get(key, ()) for key in own)))
    return {
        "recall": round(met.total() / every.total(), 4), "candidates": round(candidates / len(asked), 1),
        "scripts": {script: round(met[script] / count, 4) for script, count in every.most_common()},
    }  # fmt: skip


def main() -> None:
    """Parse options, run, print, write the dated result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=20_000, help="how many words the crowd has")
    parser.add_argument("--no-save", action="store_true", help="write no dated result")
    options = parser.parse_args()
    asked, words = pairs(), crowd(options.words)
    result = {}
    for name, of in KINDS.items():
        result[name] = {"ours": name in OURS, **measured(of, asked, words)}
    print(table(["", "recall", "candidates"], [[n, f["recall"], f["candidates"]] for n, f in result.items()]))
    if not options.no_save:
        print(save("filing", {"start": "cold", "pairs": len(asked), "crowd": len(words), "keys": result}))


if __name__ == "__main__":
    main()
