"""How do compiling, opening and matching go with the size of the gazetteer?

    python -m benchmarks.scale --persons persons.tsv.gz [--sizes 10000 100000 1000000]

The gazetteer holds persons' names of a table (entity_id, name, lang, script) in Latin and Cyrillic letters, one
spelling each, and beyond them combinations of their given names and surnames that belong to nobody.
Compiling reads and checks the CSV as the command does. Queries are other spellings of persons that the gazetteer holds, and of some that it does not. Compiling runs in a
process of its own, cold, for its peak of memory; recompiling changes one name in a hundred.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.common import HERE, save, table
from resolve import lookup
from resolve.index import open_index
from resolve.names import parse
from resolve.resolver import Resolver

QUERIES = 500
SEED = 11
COMPILE = """
import json, sys, time
from benchmarks.scale import peak
from resolve.gazetteer import load
from resolve.index import compile_rows
began = time.perf_counter()
compile_rows(load([sys.argv[1]])[0], sys.argv[2])
print(json.dumps([time.perf_counter() - began, peak()]))
"""


def peak() -> float:
    """The peak of this process's memory in MiB; what `resource` says begins with that of the parent on Linux."""
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024
    except (OSError, IndexError, ValueError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def spellings(path: Path) -> dict[str, list[str]]:
    """The names of every person in Latin or Cyrillic letters, two words at least."""
    found: dict[str, list[str]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        next(stream)
        for line in stream:
            id, name, _lang, script, *_ = line.rstrip("\n").split("\t")
            if script in {"Latin", "Cyrillic", "Latn", "Cyrl"} and " " in name and "," not in name:
                found.setdefault(id, []).append(name)
    return {id: list(dict.fromkeys(names)) for id, names in found.items()}


def people(known: dict[str, list[str]], size: int, dice: random.Random) -> Iterator[tuple[str, str]]:
    """So many entities, one name each: persons first, then combinations of parts of their names."""
    ids = list(known)
    for id in ids[:size]:
        yield id, known[id][0]
    names = [known[id][0].split() for id in ids]
    for i in range(len(ids), size):
        one, other = dice.choice(names), dice.choice(names)
        yield f"nobody-{i}", f"{one[0]} {other[-1]}"


def compiled(source: Path, folder: Path) -> tuple[float, float]:
    """Seconds and the peak of memory in MiB of compiling in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", COMPILE, str(source), str(folder)],
        check=True,
        capture_output=True,
        text=True,
        cwd=HERE.parent,
    )
    seconds, most = json.loads(done.stdout)
    return seconds, most


def write(source: Path, found: list[tuple[str, str]]) -> None:
    """A gazetteer of these entities."""
    with open(source, "w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("id", "name"), *found])


def measured(known: dict[str, list[str]], size: int, folder: Path) -> dict[str, Any]:
    """Everything that is measured at one size."""
    dice = random.Random(SEED)
    held, absent = dict(list(known.items())[::2]), dict(list(known.items())[1::2])
    found = list(people(held, size, dice))
    source, target = folder / f"{size}.csv", folder / f"{size}.idx"
    write(source, found)
    seconds, most = compiled(source, target)
    changed = [(id, f"{name}ov") if i % 100 == 0 else (id, name) for i, (id, name) in enumerate(found)]
    write(source, changed)
    again, _ = compiled(source, target)
    write(source, found)
    compiled(source, target)
    began = time.perf_counter()
    index = open_index(target)
    opened = time.perf_counter() - began
    present = [(id, names[1]) for id, names in list(held.items())[:size] if len(names) > 1]
    queries = dice.sample(present, min(QUERIES // 2, len(present)))
    queries += [("", names[0]) for names in dice.sample(list(absent.values()), min(QUERIES // 2, len(absent)))]
    dice.shuffle(queries)
    candidates = [len(list(lookup.candidates(parse(name).tokens, index))) for _, name in queries]
    resolver = Resolver(index)
    for _, name in queries[:20]:
        resolver.match(name)
    began = time.perf_counter()
    links = [resolver.match(name) for _, name in queries]
    matching = time.perf_counter() - began
    right = sum(bool(id) and link.entity_id == id for (id, _), link in zip(queries, links, strict=True))
    return {
        "names": index.names, "compile_names_per_s": round(index.names / seconds, 1), "compile_peak_mib": round(most),
        "recompile_1_percent_s": round(again, 1), "compile_s": round(seconds, 1),
        "bytes_per_name": round(index.header["size"] / index.names), "open_ms": round(1000 * opened, 2),
        "candidates_per_name": round(sum(candidates) / len(candidates), 1), "candidates_most": max(candidates),
        "match_names_per_s": round(len(queries) / matching, 1), "queries": len(queries),
        "found": right, "of": sum(bool(id) for id, _ in queries),
        "false": sum(link.status == "resolved" and link.entity_id != id for (id, _), link in zip(queries, links, strict=True)),
        "match_peak_mib": round(peak()),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--persons", type=Path, required=True, help="table of persons: entity_id, name, lang, script")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--no-save", action="store_true")
    options = parser.parse_args()
    known = spellings(options.persons)
    result = {}
    with tempfile.TemporaryDirectory(prefix="onomast-scale-") as folder:
        for size in options.sizes:
            result[str(size)] = measured(known, size, Path(folder))
            print(json.dumps({size: result[str(size)]}), flush=True)
    heads = list(next(iter(result.values())))
    print(table(["", *result], [[head, *(facts[head] for facts in result.values())] for head in heads]))
    if not options.no_save:
        print(save("scale", {"persons": len(known), "seed": SEED, "sizes": result}))


if __name__ == "__main__":
    main()
