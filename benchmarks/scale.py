"""How do compiling, opening and matching go with the size of the gazetteer, and how with other programs?

    python -m benchmarks.scale --persons persons.tsv.gz [--parts name_parts.tsv.gz] [--sizes 10000 100000 1000000] [--peers]
    python -m benchmarks.scale --persons ... --parts ... --sizes 10000000 --keep FOLDER --compile-only
    python -m benchmarks.scale --persons ... --parts ... --sizes 10000000 --keep FOLDER --add

The gazetteer holds persons' names of a table (entity_id, name, lang, script) in Latin and Cyrillic letters, one
spelling each, and beyond them combinations of their given names and surnames that belong to nobody, so that a large
gazetteer has more namesakes. With ``--parts`` half of the combinations have a surname of that table instead, so that it
has more words too. Compiling reads and checks the CSV as the command does, with as many processes as there are cores; the
peak of memory is that of all of them, pages that they share counted once; the share of a core (`cpu`) adds theirs up too. Queries are other
spellings of persons that the gazetteer holds, and as many persons that it does not, each name once; half of them
are matched first, so that what is remembered of words is what a long column leaves. Compiling runs in a
process of its own, cold, for its peak of memory; recompiling changes one name in a hundred. Opening and the first answer
of the command are measured in processes of their own too: resident memory is all of the process, what it was before
opening stands beside it.

Rates are of wall time, beside them the share of it that the process had a core (`cpu`): on a busy machine
it is below 1, and the rate with a core of its own is the rate divided by it. The rate of two processes counts from
when both have opened the gazetteer. *Reach* says for how many of the persons that the gazetteer holds the right name is among the first so
many of the names that are listed for comparing; *scored* how many of them were compared in full. *Further scripts* are
names of the same persons in Arabic, Greek, Han and the others. The peers
(``--peers``; pip install 'onomast[benchmarks]') rank all names for a sample of the queries, each in a process of its own,
up to ``--peers-most`` names.

What takes long can be done in parts: ``--keep`` leaves the compiled gazetteers in a folder with what compiling took, where
the next run finds them; ``--compile-only`` ends there; ``--add`` adds sizes to those of the newest result.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
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

from benchmarks.common import HERE, environment, plain, save, table
from benchmarks.markup import newest
from benchmarks.newswire import parts_of, script_of
from resolve.batch import Matcher
from resolve.errors import CompiledError
from resolve.index import Index, open_index
from resolve.model import Evidence, Link
from resolve.names import alternatives, parse
from resolve.resolver import Resolver, undisturbed
from resolve.score import pair, reading
from resolve.score.pair import Worth
from resolve.score.reading import worth_in
from resolve.score.shortlist import MOST, shortlist
from resolve.table import CHUNK, Chunk

QUERIES = 4000
PEERS = 200
"""So many are ranked by the peers."""
PEERS_MOST = 1_000_000
FURTHER = 300
"""So many names in further scripts are matched."""
SAMPLED = 0.1
"""How often the memory of the processes that compile is looked at, in seconds."""
FIRST = 3
"""The quickest of so many first answers counts."""
RECOMPILED = 10_000
"""Larger gazetteers are compiled once only."""
REACH = (1, 2, 5, 10, 20, 50, MOST)
T = TypeVar("T")
SEED = 11
RARE = 0.5
"""So many of the combinations have a surname of the parts, where there are any."""
COMPILE = """
import json, resource, sys, time
from benchmarks.scale import peak
from resolve.gazetteer import checked
from resolve.index import compile_rows
began, cpu = time.perf_counter(), time.process_time()
numbers = {}
compile_rows(checked([sys.argv[1]], [], numbers), sys.argv[2], numbers=numbers)
helped = resource.getrusage(resource.RUSAGE_CHILDREN)
spent = time.process_time() - cpu + helped.ru_utime + helped.ru_stime
print(json.dumps([time.perf_counter() - began, spent, peak()]))
"""
OPEN = """
import json, sys, time
from resolve.index import open_index
from resolve.index.layout import fingerprint
def rss():
    with open("/proc/self/status") as status:
        return int(status.read().partition("VmRSS:")[2].split()[0]) / 1024
fingerprint()  # read once for a process, whatever it opens
before, began = rss(), time.perf_counter()
index = open_index(sys.argv[1])
took = time.perf_counter() - began
print(json.dumps([1000 * took, before, rss()]))
"""


def peak() -> float:
    """The peak of this process's memory in MiB; what `resource` says begins with that of the parent on Linux."""
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024
    except (OSError, IndexError, ValueError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def spellings(path: Path, further: bool = False) -> dict[str, list[str]]:
    """The names of every person in Latin or Cyrillic letters, two words at least; or else those in ``further`` scripts."""
    found: dict[str, list[str]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        next(stream)
        for line in stream:
            id, name, _lang, script, *_ = line.rstrip("\n").split("\t")
            usual = script in {"Latin", "Cyrillic", "Latn", "Cyrl"}
            if usual != further and (" " in name or further) and "," not in name:
                found.setdefault(id, []).append(name)
    return {id: list(dict.fromkeys(names)) for id, names in found.items()}


def people(
    known: dict[str, list[str]], size: int, dice: random.Random, parts: Sequence[str] = ()
) -> Iterator[tuple[str, str]]:
    """So many entities, one name each: persons first, then combinations of parts of their names.

    Of ``parts``, where there are any, every other combination has its surname, in the script of its given name: half of
    the persons then bear names that many have, half names that few have.
    """
    ids = list(known)
    for id in ids[:size]:
        yield id, known[id][0]
    names = [known[id][0].split() for id in ids]
    rare: dict[str, list[str]] = {}
    for part in parts:
        rare.setdefault(script_of(part), []).append(part)
    for i in range(len(ids), size):
        one, other = dice.choice(names), dice.choice(names)
        surnames = rare.get(script_of(one[0])) if parts and dice.random() < RARE else None
        yield f"nobody-{i}", f"{one[0]} {dice.choice(surnames) if surnames else other[-1]}"


def compiled(source: Path, folder: Path) -> tuple[float, float, float]:
    """Seconds, seconds of processor time and the peak of memory in MiB of compiling in a process of its own."""
    most = 0.0
    with subprocess.Popen(
        [sys.executable, "-c", COMPILE, str(source), str(folder)], stdout=subprocess.PIPE, text=True, cwd=HERE.parent
    ) as process:
        while process.poll() is None:
            most = max(most, together(process.pid))
            time.sleep(SAMPLED)
        said = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    seconds, cpu, alone = json.loads(said)
    return seconds, cpu, max(most, alone)


def together(process: int) -> float:
    """What a process and its children have in memory now, in MiB, pages that they share once; 0 where the system does not say."""
    found = 0
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
        for one in (process, *children):
            held = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii")
            found += int(held.partition("\nPss:")[2].split()[0])
    except (OSError, IndexError, ValueError):
        # one of them has just ended
        return 0.0
    return found / 1024


def write(source: Path, found: Iterable[tuple[str, str]]) -> None:
    """A gazetteer of these entities."""
    with open(source, "w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("id", "name"))
        rows.writerows(found)


@dataclass(frozen=True, slots=True)
class Plan:
    """Whose names make the gazetteers, and where those lie."""

    held: dict[str, list[str]]
    absent: dict[str, list[str]]
    parts: Sequence[str]
    further: dict[str, list[str]]
    folder: Path

    def people(self, size: int) -> Iterator[tuple[str, str]]:
        """The entities of a gazetteer of so many."""
        return people(self.held, size, random.Random(SEED), self.parts)

    def target(self, size: int) -> Path:
        """The compiled gazetteer of so many names."""
        return self.folder / f"{size}.idx"

    def queries(self, size: int) -> list[tuple[str, str]]:
        """The persons that a gazetteer holds in another spelling, and as many that it does not, with an empty ID."""
        dice = random.Random(SEED + 1)
        present = [(id, names[1]) for id, names in list(self.held.items())[:size] if len(names) > 1]
        queries = dice.sample(present, min(QUERIES // 2, len(present)))
        queries += [
            ("", names[0]) for names in dice.sample(list(self.absent.values()), min(QUERIES // 2, len(self.absent)))
        ]
        dice.shuffle(queries)
        return queries


def planned(persons: Path, parts: Path | None, folder: Path) -> Plan:
    """Every other person is in the gazetteers."""
    known, further = spellings(persons), spellings(persons, further=True)
    held, absent = dict(list(known.items())[::2]), dict(list(known.items())[1::2])
    return Plan(held, absent, parts_of(parts), {id: further[id] for id in held if id in further}, folder)


def built(plan: Plan, size: int) -> dict[str, Any]:
    """Compile a gazetteer of so many names, unless it is there, and say what that took."""
    source, target, noted = plan.folder / f"{size}.csv", plan.target(size), plan.folder / f"{size}.json"
    if noted.exists() and is_current(target):
        known: dict[str, Any] = json.loads(noted.read_text(encoding="utf-8"))
        return known
    write(source, plan.people(size))
    shutil.rmtree(target, ignore_errors=True)
    seconds, cpu, most = compiled(source, target)
    again = None
    if size <= RECOMPILED:
        write(
            source,
            ((id, f"{name}ov") if i % 100 == 0 else (id, name) for i, (id, name) in enumerate(plan.people(size))),
        )
        again = round(compiled(source, target)[0], 1)
        write(source, plan.people(size))
        compiled(source, target)
    source.unlink()
    header = open_index(target).header
    facts = {
        "compile_names_per_s": round(header["names"] / seconds, 1), "compile_peak_mib": round(most),
        "compile_s": round(seconds, 1), "compile_cpu": round(cpu / seconds, 2), "recompile_1_percent_s": again,
        "bytes_per_name": round(header["size"] / header["names"]),
    }  # fmt: skip
    noted.write_text(json.dumps(facts), encoding="utf-8")
    return facts


def is_current(target: Path) -> bool:
    """Whether a compiled gazetteer is there that this package opens."""
    try:
        open_index(target)
    except CompiledError:
        return False
    return True


def opened(target: Path) -> dict[str, Any]:
    """What opening a gazetteer costs in a process of its own, and the first answer of the command."""
    names = subprocess.run(
        [sys.executable, "-c", OPEN, str(target)], check=True, capture_output=True, text=True, cwd=HERE.parent
    )
    milliseconds, before, after = json.loads(names.stdout)
    command = [sys.executable, "-m", "resolve.cli", "names", "-", "--column", "name", "--gazetteer", str(target)]
    seconds, cpu = [], []
    with tempfile.TemporaryDirectory(prefix="onomast-scale-") as bytecode:
        # as where the package is installed: a checkout may be told not to keep what its modules are compiled to
        environ = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": bytecode}
        for _ in range(FIRST):
            began, before_it = time.perf_counter(), spent_by_children()
            subprocess.run(
                command,
                input="name\nИван Петров\n",
                check=True,
                capture_output=True,
                text=True,
                cwd=HERE.parent,
                env=environ,
            )
            seconds.append(time.perf_counter() - began)
            cpu.append(spent_by_children() - before_it)
    return {
        "open_ms": round(milliseconds, 2), "open_rss_mib": round(after), "before_open_rss_mib": round(before),
        "first_answer_s": round(min(seconds), 2), "first_answer_cpu_s": round(min(cpu), 2),
    }  # fmt: skip


def spent_by_children() -> float:
    """The seconds of processor time of the processes that ended."""
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found.ru_utime + found.ru_stime


def measured(plan: Plan, size: int, peers: bool = False) -> dict[str, Any]:
    """Everything that is measured at one size, once it is compiled."""
    target, queries = plan.target(size), plan.queries(size)
    index = open_index(target)
    resolver, half = Resolver(index), len(queries) // 2
    with undisturbed():
        matched, warm = timed(lambda: [resolver.outcome(name) for _, name in queries[:half]])
        later, steady = timed(lambda: [singly(resolver, name) for _, name in queries[half:]])
    links = [*matched, *(link for link, _ in later)]
    single = sorted(seconds for _, seconds in later)
    resolver_rss = rss()
    right = sum(bool(id) and link.entity_id == id for (id, _), link in zip(queries, links, strict=True))
    return {
        "names": index.names, "tokens": index.tokens, "queries": len(queries),
        "first_names_per_s": round(half / warm.wall, 1), "first_cpu": warm.share,
        "names_per_s": round((len(queries) - half) / steady.wall, 1), "cpu": steady.share,
        "names_per_s_2_processes": two(target, [name for _, name in queries]),
        "single_median_ms": round(1000 * single[len(single) // 2], 2),
        "single_p99_ms": round(1000 * single[int(0.99 * len(single))], 2), **reach(index, queries),
        "found": right, "of": sum(bool(id) for id, _ in queries),
        "false": sum(link.status == "resolved" and link.entity_id != id for (id, _), link in zip(queries, links, strict=True)),
        "match_rss_mib": round(resolver_rss), **beyond(plan, resolver, size),
        **({"peers": others(plan, size, queries)} if peers else {}),
    }  # fmt: skip


def beyond(plan: Plan, resolver: Resolver, size: int) -> dict[str, Any]:
    """Names in further scripts of persons that the gazetteer holds."""
    ids = set(list(plan.held)[:size])
    there = [(id, name) for id, names in plan.further.items() if id in ids for name in names]
    asked = random.Random(SEED).sample(there, min(FURTHER, len(there)))
    if not asked:
        return {}
    with undisturbed():
        found, took = timed(lambda: [singly(resolver, name) for _, name in asked])
    single = sorted(seconds for _, seconds in found)
    first = [
        any(c.entity_id == id for c in link.candidates[:1]) for (id, _), (link, _) in zip(asked, found, strict=True)
    ]
    return {
        "further_scripts_names_per_s": round(len(asked) / took.wall, 1), "further_scripts_cpu": took.share,
        "further_scripts_median_ms": round(1000 * single[len(single) // 2], 2),
        "further_scripts_rank1": round(sum(first) / len(asked), 4),
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


def first_of(name: str, index: Index, worth_of: Worth) -> list[tuple[int, float]]:
    """The shortlist of all names that one written name offers, as `match` reads it: *Öztürk (Sinop)* is Öztürk."""
    listed: dict[int, float] = {}
    for one in alternatives(name):
        for number, bits in shortlist(parse(one), index, "", worth_of):
            listed[number] = max(bits, listed.get(number, bits))
    return sorted(listed.items(), key=lambda item: (-item[1], item[0]))[:MOST]


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
        listed = first_of(name, index, worth_of)
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


def others(plan: Plan, size: int, queries: list[tuple[str, str]]) -> dict[str, dict[str, Any]]:
    """Rank 1 of queries whose person is there, the rate, what is built first, and the memory: each in a process of its own."""
    result = {}
    for label in ("resolve", *RANKERS):
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            try:
                result[label] = pool.submit(ours if label == "resolve" else theirs, plan, size, queries, label).result()
            except ImportError as error:
                print(f"{label}: not installed ({error})", file=sys.stderr, flush=True)
    return result


def theirs(plan: Plan, size: int, queries: list[tuple[str, str]], label: str) -> dict[str, Any]:
    """What another program makes of the last of the queries whose person is there."""
    found = list(plan.people(size))
    ids, names = [id for id, _ in found], [plain(name) for _, name in found]
    asked = [(id, plain(name)) for id, name in queries if id][-PEERS:]
    before = rss()
    ask, built = timed(lambda: RANKERS[label](names))
    best, took = timed(partial(ask, [name for _, name in asked]))
    return {
        "rank1": round(sum(ids[place] == id for place, (id, _) in zip(best, asked, strict=True)) / len(asked), 4),
        "names_per_s": round(len(asked) / took.wall, 1), "cpu": took.share, "build_s": round(built.wall, 1),
        "mib": round(rss() - before),
    }  # fmt: skip


def ours(plan: Plan, size: int, queries: list[tuple[str, str]], _label: str) -> dict[str, Any]:
    """The same of this package: the first candidate counts, resolved or not; half of the queries were matched before."""
    before = rss()
    resolver, opening = timed(lambda: Resolver(open_index(plan.target(size))))
    asked = [(id, name) for id, name in queries if id][-PEERS:]
    with undisturbed():
        for _, name in queries[: len(queries) // 2]:
            resolver.outcome(name)
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


RANKERS: dict[str, Callable[[list[str]], Callable[[list[str]], list[int]]]] = {
    "rapidfuzz cdist ratio": by_ratio,
    "TF-IDF 3-grams, sparse_dot_topn": by_grams,
}
"""What other programs make of all names: a function that gives the place of the best for every query."""


def at(plan: Plan, size: int, options: argparse.Namespace) -> dict[str, Any]:
    """All that is asked for at one size."""
    facts = {**built(plan, size), **opened(plan.target(size))}
    if not options.compile_only:
        # a process of its own, so that nothing is remembered of the words
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            peers = options.peers and size <= options.peers_most
            facts |= pool.submit(measured, plan, size, peers).result()
    made = environment()
    return {**facts, "measured": {key: made[key] for key in ("date", "commit", "machine", "load")}}


def arguments() -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--persons", type=Path, required=True, help="table of persons: entity_id, name, lang, script")
    parser.add_argument("--parts", type=Path, help="table of parts of names: entity_id, name, lang, script")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--peers", action="store_true", help="rank the names with other programs too")
    parser.add_argument("--peers-most", type=int, default=PEERS_MOST, help="but not in gazetteers of more names")
    parser.add_argument("--compile-only", action="store_true", help="compile and open, match nothing")
    parser.add_argument("--keep", type=Path, help="folder that keeps the compiled gazetteers for the next run")
    parser.add_argument("--add", action="store_true", help="add the sizes to those of the newest result")
    parser.add_argument("--no-save", action="store_true")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    result: dict[str, dict[str, Any]] = (newest("scale") or {"sizes": {}})["sizes"] if options.add else {}
    with tempfile.TemporaryDirectory(prefix="onomast-scale-") as folder:
        place = options.keep or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        plan = planned(options.persons, options.parts, place)
        for size in options.sizes:
            result[str(size)] = result.get(str(size), {}) | at(plan, size, options)
            result = {key: result[key] for key in sorted(result, key=int)}
            print(json.dumps({size: result[str(size)]}), flush=True)
            if not options.no_save:
                # after each, for the last ones take long
                made = {"persons": len(plan.held) + len(plan.absent), "parts": len(plan.parts), "seed": SEED}
                save("scale", {**made, "sizes": result})
    heads = list(
        dict.fromkeys(head for facts in result.values() for head in facts if head not in {"peers", "measured"})
    )
    print(table(["", *result], [[head, *(facts.get(head, "") for facts in result.values())] for head in heads]))
    for size, facts in result.items():
        rows = facts.get("peers", {})
        for head in ("rank1", "names_per_s", "cpu", "build_s", "mib") if rows else ():
            print(f"{size} {head}:", ", ".join(f"{label} {row[head]}" for label, row in rows.items()))


if __name__ == "__main__":
    main()
