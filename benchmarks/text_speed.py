"""How fast is running text, and does it find what was planted in it?

    python -m benchmarks.text_speed [--names N] [--megabytes N] [--persons FILE --parts FILE] [--workers N] [--no-save]

Data: documents of about 3,000 characters in English and Russian that `benchmarks.newswire` makes, the same on every run,
with a name of the gazetteer planted about every 1,000 characters: as it is filed, in another spelling of its script,
from the other script, or in the genitive. The gazetteer has one name for every entity: persons of ``--persons``
(entity_id, name, lang, script), or those of ``data/persons`` where none is given, and combinations of their given names
with their surnames and the words of ``--parts``, or with invented surnames where no ``--persons`` are given. CPU time of one process: ``cold`` begins with an empty memo and tables
that are loaded, ``warm`` reads the same texts again. Found is what overlaps a planted name with the right entity; a link
at none is counted as ``elsewhere`` (most are names that the sentences had anyway).

For comparison in the same run: exact spellings by ahocorasick_rs, pyahocorasick or flashtext2 where they are installed,
and the pattern of capitalised words as the floor of what Python can do. ``growth`` is the time of one document of twice
and four times the length, as a multiple; it should be 2 and 4. Of ``processes`` the wall time counts, so that the load of
the machine matters; ``private`` is the memory that a worker shares with nobody.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import importlib.util
import multiprocessing
import os
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import resolve
from benchmarks.common import save, table
from benchmarks.newswire import CLASSES, Newsroom, Text, World, parts_of, shipped, surnames_made, table_of, world
from resolve.corpus import documents

CAPITALS = re.compile(r"[A-ZÀ-ÞА-ЯЁІЇЄҐЎ]\w+")
GROWTH = 30_000
"""The shortest of the documents that growth is measured on, in characters."""

REPEATS = 3
"""The quickest of so many times counts."""


def measure(count: Callable[[str], int], texts: list[str]) -> dict[str, Any]:
    """Hits and megabytes a second of CPU time."""
    began = time.process_time()
    hits = sum(map(count, texts))
    seconds = time.process_time() - began
    return {"hits": hits, "seconds": round(seconds, 3), "megabytes_per_second": round(size(texts) / seconds, 3)}


def size(texts: list[str]) -> float:
    """Megabytes of texts."""
    return sum(len(text.encode()) for text in texts) / 1e6


def peers(names: list[str]) -> Iterator[tuple[str, Callable[[str], int]]]:
    """How often names stand in a text letter for letter, by each library that is installed."""
    if importlib.util.find_spec("ahocorasick_rs"):
        matcher: Any = importlib.import_module("ahocorasick_rs").AhoCorasick(names)
        yield "ahocorasick_rs", lambda text: len(matcher.find_matches_as_indexes(text))
    if importlib.util.find_spec("ahocorasick"):
        automaton: Any = importlib.import_module("ahocorasick").Automaton()
        for number, name in enumerate(names):
            automaton.add_word(name, number)
        automaton.make_automaton()
        yield "pyahocorasick", lambda text: sum(1 for _ in automaton.iter(text))
    if importlib.util.find_spec("flashtext2"):
        processor: Any = importlib.import_module("flashtext2").KeywordProcessor(case_sensitive=True)
        for name in names:
            processor.add_keyword(name)
        yield "flashtext2", lambda text: len(processor.extract_keywords(text))
    yield "re, capitalised words", lambda text: sum(1 for _ in CAPITALS.finditer(text))


def found(texts: list[Text], links: list[tuple[Any, ...]]) -> dict[str, Any]:
    """The planted names that were found, by class, and the links that stand elsewhere."""
    right: Counter[str] = Counter()
    planted: Counter[str] = Counter()
    elsewhere = 0
    for text, of_text in zip(texts, links, strict=True):
        for start, end, entity, kind in text.planted:
            planted[kind] += 1
            right[kind] += any(link.entity_id == entity and link.start < end and start < link.end for link in of_text)
        elsewhere += sum(
            all(end <= link.start or link.end <= start for start, end, _, _ in text.planted) for link in of_text
        )
    shares = {kind: round(right[kind] / planted[kind], 3) for kind in CLASSES if planted[kind]}
    return {"share_found": shares, "planted": dict(planted), "elsewhere": elsewhere}


def growth(resolver: resolve.Resolver, texts: list[str]) -> list[float]:
    """How much longer one document of twice and four times the length takes, everything in it being known."""
    whole = " ".join(texts)
    resolver.text(whole[: 4 * GROWTH])
    times = []
    for length in (GROWTH, 2 * GROWTH, 4 * GROWTH):
        resolver.text(whole[:length])
        seconds = []
        for _ in range(REPEATS):
            began = time.process_time()
            resolver.text(whole[:length])
            seconds.append(time.process_time() - began)
        times.append(min(seconds))
    return [round(seconds / times[0], 2) for seconds in times[1:]]


def shared(folder: str, texts: list[str], workers: int, answer: Any) -> None:
    """Read texts by so many processes that begin with nothing; tells the wall time and a hash of the links."""
    began, digest = time.perf_counter(), hashlib.blake2b(digest_size=16)
    for document in documents(resolve.open(folder), (("", text) for text in texts), workers=workers):
        digest.update(repr(document.links).encode())
    answer.put((time.perf_counter() - began, digest.hexdigest()))


def private(folder: str, texts: list[str], answer: Any) -> None:
    """Read texts in a process of its own, and tell how much memory it shares with nobody, in MiB."""
    resolver = resolve.open(folder)
    for text in texts:
        resolver.text(text)
    facts = Path("/proc/self/smaps_rollup").read_text(encoding="utf-8")
    answer.put(sum(int(line.split()[1]) for line in facts.splitlines() if line.startswith("Private_")) // 1024)


def alone(work: Callable[..., None], *arguments: Any) -> Any:
    """What some work answers in a process that remembers nothing."""
    context = multiprocessing.get_context("spawn")
    answer = context.Queue()
    process = context.Process(target=work, args=(*arguments, answer))
    process.start()
    found = answer.get()
    process.join()
    return found


def processes(resolver: resolve.Resolver, texts: list[str], workers: int) -> dict[str, Any]:
    """The wall time of one and of several processes, both cold, and the memory of one more."""
    folder = str(resolver.index.folder)
    (one, links), (several, same) = (alone(shared, folder, texts, count) for count in (1, workers))
    result = {
        "workers": workers, "ratio": round(one / several, 2), "same_links": links == same,
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }  # fmt: skip
    if Path("/proc/self/smaps_rollup").exists():
        result["private_mib"] = alone(private, folder, texts[: len(texts) // workers])
    return result


def measured(known: World, texts: list[Text], source: Path, workers: int) -> dict[str, Any]:
    """Everything about one gazetteer."""
    plain = [text.text for text in texts]
    resolver = resolve.open(source)
    resolve.open().text(plain[0])
    links: list[Any] = []

    def count(text: str) -> int:
        links.append(resolver.text(text).links)
        return len(links[-1])

    result: dict[str, Any] = {"names": resolver.index.names, "texts": len(texts), "megabytes": round(size(plain), 2)}
    result["cold"] = measure(count, plain)
    result |= found(texts, links)
    result["warm"] = measure(count, plain)
    result["growth"] = growth(resolver, plain)
    exact = dict(peers(sorted(set(known.filed.values()))))
    result["peers, exact spellings"] = {name: measure(matcher, plain) for name, matcher in exact.items()}
    if workers > 1:
        result["processes"] = processes(resolver, plain, workers)
    return result


def main() -> None:
    """Parse options, run, print, write the dated result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, nargs="+", default=[10_000], help="how many names the gazetteers have")
    parser.add_argument("--megabytes", type=float, default=1.0, help="how much text is made")
    parser.add_argument("--persons", type=Path, help="table of persons: entity_id, name, lang, script")
    parser.add_argument("--parts", type=Path, help="table of parts of names, likewise")
    parser.add_argument("--workers", type=int, default=2, help="so many processes are compared with one")
    parser.add_argument("--no-save", action="store_true", help="write no dated result")
    options = parser.parse_args()
    persons = table_of(options.persons) if options.persons else shipped()
    result: dict[str, Any] = {}
    for names in options.names:
        parts = parts_of(options.parts) if options.persons else surnames_made(names)
        known = world(persons, names, parts)
        texts = list(Newsroom(known).documents(int(options.megabytes * 1e6)))
        with tempfile.TemporaryDirectory(prefix="onomast-speed-") as folder:
            source = Path(folder) / "gazetteer.csv"
            known.write(source)
            figures = result[str(names)] = measured(known, texts, source, options.workers)
        speeds = {
            "resolve, cold": figures["cold"],
            "resolve, warm": figures["warm"],
            **figures["peers, exact spellings"],
        }
        print(table([f"{names} names", "hits", "seconds", "MB/s"], [[n, *f.values()] for n, f in speeds.items()]))
        print(
            *(
                f"{key}: {figures[key]}"
                for key in ("share_found", "elsewhere", "growth", "processes")
                if key in figures
            ),
            sep="\n",
            flush=True,
        )
    if not options.no_save:
        print(save("text-speed", {"start": "cold", "persons": len(persons), "gazetteers": result}))


if __name__ == "__main__":
    main()
