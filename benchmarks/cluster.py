"""What does one core do of the work that a cluster shares, and what does it cost to bring the gazetteer there?

    python -m benchmarks.cluster [--persons persons.tsv.gz] [--sizes 10000 100000] [--no-save]

The kernels of `resolve.arrow` run as they do in a task of Spark, on one core, by CPU time. Texts are those of
`benchmarks.text_speed`, about 3,000 characters each; names are other spellings of persons of the gazetteer and of
some who are not in it. The gazetteer is that of `benchmarks.scale`: persons of a table (entity_id, name, lang, script), and
beyond them combinations of their names; without ``--persons`` persons with invented surnames. The first tenth of the
texts warms the memo, as a worker's first batch does, and is not counted.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pyarrow as pa

from benchmarks.common import save, table
from benchmarks.exchanged import documents
from benchmarks.newswire import persons_made
from benchmarks.scale import SEED, compiled, people, spellings, write
from resolve.arrow import NameKernel, TextKernel
from resolve.index import open_index
from resolve.integrations.opened import pack, unpack
from resolve.resolver import Resolver

TEXTS = 60
NAMES = 300
BYTES = 1_000_000


def seconds(kernel: NameKernel | TextKernel, column: str, values: list[str]) -> tuple[float, int]:
    """CPU seconds and rows of what a kernel gives for these values, in batches as Spark makes them."""
    began, rows = time.process_time(), 0
    for batch in kernel(pa.table({"id": range(len(values)), column: values}).to_batches(max_chunksize=10)):
        rows += batch.num_rows
    return time.process_time() - began, rows


def measured(known: dict[str, list[str]], size: int, folder: Path, count: int) -> dict[str, Any]:
    """Everything that is measured at one size."""
    dice = random.Random(SEED)
    found = list(people(known, size, dice))
    source, target, archive = folder / f"{size}.csv", folder / f"{size}.idx", folder / f"{size}.zip"
    write(source, found)
    compiling, *_ = compiled(source, target)
    index = open_index(target)
    began = time.process_time()
    pack(index, archive)
    packing = time.process_time() - began
    began = time.process_time()
    index = unpack(archive, f"benchmark-{size}")
    unpacking = time.process_time() - began
    resolver = Resolver(index)
    texts = list(islice(documents(BYTES), count))
    cut = len(texts) // 10
    first, _ = seconds(TextKernel(resolver, "text"), "text", texts[:cut])
    spent, links = seconds(TextKernel(resolver, "text"), "text", texts[cut:])
    names = [name for id in dice.sample(list(known), min(NAMES, len(known))) for name in known[id][-1:]]
    seconds(NameKernel(resolver, "name"), "name", names[:20])
    matching, _ = seconds(NameKernel(resolver, "name"), "name", names)
    return {
        "names": index.names, "compile_s": round(compiling, 1), "index_mb": round(index.header["size"] / 1e6, 1),
        "archive_mb": round(archive.stat().st_size / 1e6, 1), "pack_s": round(packing, 2), "unpack_s": round(unpacking, 2),
        "texts": len(texts) - cut, "characters": sum(map(len, texts[cut:])), "links": links,
        "cold_ms_per_text": round(1000 * first / cut, 1), "ms_per_text": round(1000 * spent / (len(texts) - cut), 1),
        "ms_per_name": round(1000 * matching / len(names), 1),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--persons", type=Path, help="table of persons: entity_id, name, lang, script")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--texts", type=int, default=TEXTS)
    parser.add_argument("--no-save", action="store_true")
    options = parser.parse_args()
    known = spellings(options.persons) if options.persons else persons_made(max(options.sizes))
    result = {}
    with tempfile.TemporaryDirectory(prefix="onomast-cluster-") as folder:
        for size in options.sizes:
            # a process of its own, so that no size finds what another one loaded
            with ProcessPoolExecutor(1, get_context("spawn")) as pool:
                result[str(size)] = pool.submit(measured, known, size, Path(folder), options.texts).result()
            print(json.dumps({size: result[str(size)]}), flush=True)
    heads = list(next(iter(result.values())))
    print(table(["", *result], [[head, *(facts[head] for facts in result.values())] for head in heads]))
    if not options.no_save:
        print(save("cluster", {"seed": SEED, "persons": len(known), "sizes": result}))


if __name__ == "__main__":
    main()
