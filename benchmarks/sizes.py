"""How do speed and memory go with the size of the gazetteer? Everything is made of what ships.

    python -m benchmarks.sizes [--sizes 1000 10000 100000] [--no-save]

The gazetteer of `benchmarks.newswire`: persons of ``data/east_slavic`` and combinations of their given names with invented surnames that
look like the commonest ones, half as many as names, one name each. Asked: other spellings of these persons; read: documents that name some of them. Rates count seconds of
processor time of one process, so that a busy machine changes them less than wall time; each size is measured in a process of its
own, cold, and the peers in the same process after it. Memory is what is held more than before; of compiling it is the peak.
Invented surnames are near one another and given names are few, so that many names have near ones: rather harder than a real list.
`benchmarks.scale` and `benchmarks.text_speed` measure more, and with more names, from data that does not ship.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import resolve
from benchmarks.common import SWEPT, save, table
from benchmarks.east_slavic import spellings
from benchmarks.names import OURS
from benchmarks.newswire import SEED, Newsroom, World, surnames_made, world
from benchmarks.passages import missing as missing_packages
from benchmarks.peers import PEERS, missing
from benchmarks.scale import peak, rss
from benchmarks.textpeers import TEXT_PEERS

ASKED = 300
MEGABYTES = 0.1
MOST = {"rapidfuzz ratio, unidecode": 1_000_000, "TF-IDF 3-grams, sparse_dot_topn": 1_000_000}
"""The peers that are asked for names, and how large a gazetteer they are asked with: those that compare every name take long."""

READ = {
    "flashtext2": 1_000_000,
    "pyahocorasick": 1_000_000,
    "ahocorasick_rs": 1_000_000,
    "simstring": 10_000,
    "spaCy PhraseMatcher": 1_000_000,
}
"""The same of the peers that read texts."""


def cpu(run: Callable[[], Any]) -> tuple[Any, float]:
    """What something gives, and the seconds of processor time that it takes, those of processes that helped and ended too."""

    def spent() -> float:
        helped = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + helped.ru_utime + helped.ru_stime

    began = spent()
    return run(), spent() - began


def known(size: int) -> World:
    """A gazetteer of so many names."""
    persons = {
        key: [row.name for row in rows if row.script in {"Latin", "Cyrillic"}] for key, rows in spellings().items()
    }
    return world(persons, size, surnames_made(size))


def others(place: World) -> list[tuple[str, str]]:
    """Other spellings of persons of the gazetteer, with their IDs."""
    found = [
        (key, name) for key, spelt in place.labels.items() for names in spelt.values() for name in names if name != place.filed[key]
    ]  # fmt: skip
    return found[:: max(1, len(found) // ASKED)][:ASKED]


def measured(size: int) -> dict[str, Any]:
    """Everything about one size."""
    place = known(size)
    asked, texts = others(place), [text.text for text in Newsroom(place).documents(int(MEGABYTES * 1e6))]
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    resolve.open().match("Svetlana Tikhanovskaya")  # tables and channels are loaded before anything is counted
    before, held = peak(), rss()
    with tempfile.TemporaryDirectory(prefix="onomast-sizes-") as folder:
        os.environ["RESOLVE_CACHE_DIR"] = folder
        source = Path(folder) / "names.csv"
        place.write(source)
        resolver, compiling = cpu(lambda: resolve.open(source))
        compiled_peak = peak() - before
        _, opening = cpu(lambda: resolve.open(source))
        links, matching = cpu(lambda: [resolver.outcome(name) for _, name in asked])
        read, reading = cpu(lambda: [resolver.text(text) for text in texts])
        _, again = cpu(lambda: [resolver.text(text) for text in texts])
        right = sum(
            any(c.entity_id == key for c in link.candidates[:1]) for (key, _), link in zip(asked, links, strict=True)
        )
        result: dict[str, Any] = {
            "names": resolver.index.names, "compile_cpu_s": round(compiling, 2), "compile_mib": round(compiled_peak),
            "bytes_per_name": round(resolver.index.header["size"] / resolver.index.names), "open_ms": round(1000 * opening, 1),
            "asked": len(asked), "rank1": round(right / len(asked), 4), "names_per_cpu_s": round(len(asked) / matching, 1),
            "megabytes": round(megabytes, 2), "links": sum(len(document.links) for document in read),
            "text_mb_per_cpu_s": round(megabytes / reading, 3), "text_again_mb_per_cpu_s": round(megabytes / again, 3),
            "mib": round(rss() - held),
        }  # fmt: skip
    result["name_peers"], result["text_peers"] = (
        name_peers(place, asked, size),
        text_peers(place, texts, size, megabytes),
    )
    return result


def name_peers(place: World, asked: list[tuple[str, str]], size: int) -> dict[str, Any]:
    """The rates of peers that match names."""
    ids, names = list(place.filed), list(place.filed.values())
    found = {}
    for peer in PEERS:
        if size <= MOST.get(peer.name, 0) and not missing(peer):
            before = rss()
            ask, building = cpu(lambda peer=peer: peer.make(names, []))  # type: ignore[misc]
            ask([asked[0][1]])
            answers, asking = cpu(lambda ask=ask: ask([name for _, name in asked]))  # type: ignore[misc]
            right = sum(ids[i] == key for (i, _), (key, _) in zip(answers, asked, strict=True) if i >= 0)
            found[peer.name] = {
                "rank1": round(right / len(asked), 4), "names_per_cpu_s": round(len(asked) / asking, 1),
                "build_cpu_s": round(building, 2), "mib": round(rss() - before),
            }  # fmt: skip
    return found


def text_peers(place: World, texts: list[str], size: int, megabytes: float) -> dict[str, Any]:
    """The rates of peers that read texts, which are given the names as they are filed."""
    words = {name: key for key, name in place.filed.items()}
    found = {}
    for peer in TEXT_PEERS:
        if size <= READ.get(peer.name, 0) and not missing_packages(peer.packages):
            before = rss()
            link, building = cpu(lambda peer=peer: peer.make(words, peer.settings[0]))  # type: ignore[misc]
            hits, reading = cpu(lambda link=link: sum(len(link(text)) for text in texts))  # type: ignore[misc]
            found[peer.name] = {
                "hits": hits, "text_mb_per_cpu_s": round(megabytes / max(reading, 1e-6), 3), "build_cpu_s": round(building, 2),
                "mib": round(rss() - before),
            }  # fmt: skip
    return found


def main() -> None:
    """Parse options, run, print, write the dated result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--no-save", action="store_true", help="write no dated result")
    options = parser.parse_args()
    result: dict[str, Any] = {}
    for size in options.sizes:
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            result[str(size)] = pool.submit(measured, size).result()
        print(json.dumps({size: result[str(size)]}), flush=True)
    heads = [head for head in next(iter(result.values())) if not head.endswith("peers")]
    print(table(["", *result], [[head, *(facts[head] for facts in result.values())] for head in heads]))
    if not options.no_save:
        facts = {
            "start": "cold",
            "seed": SEED,
            "ours": OURS.name,
            "tuned_on": SWEPT,
            "sizes": result,
        }
        print(save("sizes", facts))


if __name__ == "__main__":
    main()
