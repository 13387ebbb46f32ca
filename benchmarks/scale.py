"""How do compiling, opening and matching go with the size of the gazetteer, and how with other programs?

    python -m benchmarks.scale --persons persons.tsv.gz [--sizes 10000 100000 1000000] [--peers]

The gazetteer holds persons' names of a table (entity_id, name, lang, script) in Latin and Cyrillic letters, one
spelling each, and beyond them combinations of their given names and surnames that belong to nobody, so that a large
gazetteer has more namesakes than more words. Compiling reads and checks the CSV as the command does. Queries are other
spellings of persons that the gazetteer holds, and as many persons that it does not, each name once; half of them
are matched first, so that what is remembered of words is what a long column leaves. Compiling runs in a
process of its own, cold, for its peak of memory; recompiling changes one name in a hundred.

Rates are of wall time, beside them the share of it that the process had a core (`cpu`): on a busy machine
it is below 1, and the rate with a core of its own is the rate divided by it. The rate of two processes counts from
when both have opened the gazetteer. *Reach* says for how many of the persons that the gazetteer holds the right name is among the first so
many of the names that are listed for comparing; *scored* how many of them were compared in full. The peers
(``--peers``; pip install 'onomast[benchmarks]') rank all names for a sample of the queries in the same process.
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
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from benchmarks.common import HERE, plain, save, table
from resolve.batch import Matcher
from resolve.index import Index, open_index
from resolve.model import Evidence, Link
from resolve.names import parse
from resolve.resolver import Resolver, undisturbed
from resolve.score import pair, reading
from resolve.score.reading import worth_in
from resolve.score.shortlist import MOST, shortlist
from resolve.table import CHUNK, Chunk

QUERIES = 4000
PEERS = 200
"""So many are ranked by the peers."""
RECOMPILED = 10_000
"""Larger gazetteers are compiled once only."""
REACH = (1, 2, 5, 10, 20, 50, MOST)
T = TypeVar("T")
SEED = 11
COMPILE = """
import json, sys, time
from benchmarks.scale import peak
from resolve.gazetteer import load
from resolve.index import compile_rows, handed_over
began = time.perf_counter()
compile_rows(handed_over(load([sys.argv[1]])[0]), sys.argv[2])
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


def measured(known: dict[str, list[str]], size: int, folder: Path, peers: bool = False) -> dict[str, Any]:
    """Everything that is measured at one size."""
    dice = random.Random(SEED)
    held, absent = dict(list(known.items())[::2]), dict(list(known.items())[1::2])
    found = list(people(held, size, dice))
    source, target = folder / f"{size}.csv", folder / f"{size}.idx"
    write(source, found)
    seconds, most = compiled(source, target)
    again = None
    changed = [(id, f"{name}ov") if i % 100 == 0 else (id, name) for i, (id, name) in enumerate(found)]
    if size <= RECOMPILED:
        write(source, changed)
        again = round(compiled(source, target)[0], 1)
        write(source, found)
        compiled(source, target)
    began = time.perf_counter()
    index = open_index(target)
    opened = time.perf_counter() - began
    present = [(id, names[1]) for id, names in list(held.items())[:size] if len(names) > 1]
    queries = dice.sample(present, min(QUERIES // 2, len(present)))
    queries += [("", names[0]) for names in dice.sample(list(absent.values()), min(QUERIES // 2, len(absent)))]
    dice.shuffle(queries)
    resolver, half = Resolver(index), len(queries) // 2
    with undisturbed():
        matched, warm = timed(lambda: [resolver.outcome(name) for _, name in queries[:half]])
        later, steady = timed(lambda: [singly(resolver, name) for _, name in queries[half:]])
    links = [*matched, *(link for link, _ in later)]
    single = sorted(seconds for _, seconds in later)
    resolver_rss = rss()
    right = sum(bool(id) and link.entity_id == id for (id, _), link in zip(queries, links, strict=True))
    return {
        "names": index.names, "tokens": index.tokens, "compile_names_per_s": round(index.names / seconds, 1),
        "compile_peak_mib": round(most), "compile_s": round(seconds, 1),
        "recompile_1_percent_s": again, "bytes_per_name": round(index.header["size"] / index.names),
        "open_ms": round(1000 * opened, 2), "queries": len(queries),
        "first_names_per_s": round(half / warm.wall, 1), "first_cpu": warm.share,
        "names_per_s": round((len(queries) - half) / steady.wall, 1), "cpu": steady.share,
        "names_per_s_2_processes": two(target, [name for _, name in queries]),
        "single_median_ms": round(1000 * single[len(single) // 2], 2),
        "single_p99_ms": round(1000 * single[int(0.99 * len(single))], 2), **reach(index, queries),
        "found": right, "of": sum(bool(id) for id, _ in queries),
        "false": sum(link.status == "resolved" and link.entity_id != id for (id, _), link in zip(queries, links, strict=True)),
        "match_rss_mib": round(resolver_rss),
        **({"peers": {"resolve": ours(target, queries), **others(found, queries)}} if peers else {}),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Time:
    """How long something took, in seconds of wall time, and which share of it the process had a core."""

    wall: float
    share: float


def timed(run: Callable[[], T]) -> tuple[T, Time]:
    """What something gives, and how long it takes."""
    began, cpu = time.perf_counter(), time.process_time()
    result = run()
    wall = time.perf_counter() - began
    return result, Time(wall, round((time.process_time() - cpu) / wall, 2))


def singly(resolver: Resolver, name: str) -> tuple[Link, float]:
    """What a name means, and the seconds of processor time that it took."""
    began = time.process_time()
    link = resolver.outcome(name)
    return link, time.process_time() - began


def rss() -> float:
    """What this process has in memory now, in MiB."""
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024
    except (OSError, IndexError, ValueError):
        return peak()


def reach(index: Index, queries: list[tuple[str, str]]) -> dict[str, Any]:
    """How many names are listed and compared, and how often the right one is among the first of them."""
    worth_of, compared = worth_in(index), Counter[str]()
    places: list[int] = []
    lengths: list[int] = []
    compare = pair.compare

    def counted(*args: Any) -> list[Evidence]:
        compared["names"] += 1
        return compare(*args)

    for id, name in queries:
        listed = shortlist(parse(name), index, "", worth_of)
        lengths.append(len(listed))
        if id:
            right = (
                place for place, (number, _) in enumerate(listed) if index.entity(index.entity_of(number)).id == id
            )
            places.append(next(right, MOST))
    with patch.object(reading, "compare", counted):
        for _, name in queries:
            reading.whole(name, index)
    return {
        "listed": round(sum(lengths) / len(lengths), 1), "listed_most": max(lengths),
        "scored": round(compared["names"] / len(queries), 1),
        **{f"reach_{most}": round(sum(place < most for place in places) / len(places), 4) for most in REACH},
    }  # fmt: skip


def two(target: Path, names: list[str]) -> float:
    """Names a second with two processes: the second half of the names, once both have matched of the first."""
    matcher = Matcher(Resolver(open_index(target)), workers=2)
    chunks = [
        Chunk([[name] for name in names[i : i + CHUNK]], names[i : i + CHUNK]) for i in range(0, len(names), CHUNK)
    ]
    began, done, counted = 0.0, 0, 0
    for chunk, _ in matcher.all(iter(chunks)):
        done += len(chunk.names)
        if began:
            counted += len(chunk.names)
        elif done >= len(names) // 2:
            began = time.perf_counter()
    return round(counted / (time.perf_counter() - began), 1)


# ---------------------------------------------------------------- other programs


def others(found: list[tuple[str, str]], queries: list[tuple[str, str]]) -> dict[str, dict[str, Any]]:
    """Rank 1 of queries whose person is there, the rate with and without what is built first, and the memory above before."""
    ids, names = [id for id, _ in found], [plain(name) for _, name in found]
    asked = [(id, plain(name)) for id, name in queries if id][:PEERS]
    result = {}
    for label, rank in (("rapidfuzz cdist ratio", by_ratio), ("TF-IDF 3-grams, sparse_dot_topn", by_grams)):
        before = rss()
        began = time.perf_counter()
        ask = rank(names)
        built = time.perf_counter() - began
        best, took = timed(partial(ask, [name for _, name in asked]))
        result[label] = {
            "rank1": round(sum(ids[place] == id for place, (id, _) in zip(best, asked, strict=True)) / len(asked), 4),
            "names_per_s": round(len(asked) / took.wall, 1), "cpu": took.share, "build_s": round(built, 1),
            "mib": round(rss() - before),
        }  # fmt: skip
    return result


def ours(target: Path, queries: list[tuple[str, str]]) -> dict[str, Any]:
    """The same of this package: the first candidate counts, resolved or not."""
    before = rss()
    (resolver, opening) = timed(lambda: Resolver(open_index(target)))
    asked = [(id, name) for id, name in queries if id][:PEERS]
    with undisturbed():
        links, took = timed(lambda: [resolver.outcome(name) for _, name in asked])
    right = sum(any(c.entity_id == id for c in link.candidates[:1]) for (id, _), link in zip(asked, links, strict=True))
    return {
        "rank1": round(right / len(asked), 4), "names_per_s": round(len(asked) / took.wall, 1), "cpu": took.share,
        "build_s": round(opening.wall, 3), "mib": round(rss() - before),
    }  # fmt: skip


def by_ratio(names: list[str]) -> Callable[[list[str]], list[int]]:
    """rapidfuzz's ratio of every query with every name, on one core."""

    def ask(queries: list[str]) -> list[int]:
        best: list[int] = []
        for start in range(0, len(queries), 16):
            scores = cdist(queries[start : start + 16], names, scorer=fuzz.ratio, dtype=np.uint8)
            best += [int(place) for place in scores.argmax(axis=1)]
        return best

    return ask


def by_grams(names: list[str]) -> Callable[[list[str]], list[int]]:
    """The cosine of TF-IDF vectors of letter trigrams, the best kept by sparse_dot_topn."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sparse_dot_topn import sp_matmul_topn

    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3))
    held = vectors.fit_transform(names).T.tocsr()

    def ask(queries: list[str]) -> list[int]:
        found = sp_matmul_topn(vectors.transform(queries), held, top_n=1, n_threads=1, sort=True).tocsr()
        return [int(found[row].indices[0]) if found[row].nnz else -1 for row in range(len(queries))]

    return ask


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--persons", type=Path, required=True, help="table of persons: entity_id, name, lang, script")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument(
        "--peers", action="store_true", help="rank the names of the sizes below with other programs too"
    )
    parser.add_argument("--no-save", action="store_true")
    options = parser.parse_args()
    known = spellings(options.persons)
    result: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory(prefix="onomast-scale-") as folder:
        for size in options.sizes:
            # a process of its own, so that nothing is remembered of the words
            with ProcessPoolExecutor(1, get_context("spawn")) as pool:
                result[str(size)] = pool.submit(measured, known, size, Path(folder), options.peers).result()
            print(json.dumps({size: result[str(size)]}), flush=True)
            if not options.no_save:
                # after each, for the last ones take long
                save("scale", {"persons": len(known), "seed": SEED, "sizes": result})
    heads = [head for head in next(iter(result.values())) if head != "peers"]
    print(table(["", *result], [[head, *(facts[head] for facts in result.values())] for head in heads]))
    for size, facts in result.items():
        rows = facts.get("peers", {})
        for head in ("rank1", "names_per_s", "cpu", "build_s", "mib"):
            print(f"{size} {head}:", ", ".join(f"{label} {row[head]}" for label, row in rows.items()))


if __name__ == "__main__":
    main()
