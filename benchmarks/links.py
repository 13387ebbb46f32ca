"""Are the links of many documents still the same after a change that should change none?

    python -m benchmarks.links --data DIR -o before.jsonl.gz           # before the change
    python -m benchmarks.links --data DIR --against before.jsonl.gz    # after it

Data, which does not ship: the folder of `benchmarks.documents`. Every fifth document of SlavicNER and every second of
NEREL, with three gazetteers: the curated one, the persons and places of SlavicNER, one spelling each, and the same among
distractors. All links are compared, ambiguous and unknown ones too; probabilities to three decimals.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import resolve
from benchmarks.documents import best_lemma, read, slavic
from resolve.gazetteer import curated

DISTRACTORS = 20_000
CORPORA = (("slavicner_dev.jsonl.gz", 5), ("nerel_dev.jsonl.gz", 2))
"""The files, and of how many of their documents one is taken."""

DIGITS = 3
"""Probabilities are compared to so many decimals."""

Found = dict[str, list[list[Any]]]


def people(folder: Path) -> dict[str, str]:
    """One Latin name of every person of the table of persons."""
    found: dict[str, str] = {}
    with gzip.open(folder / "persons.tsv.gz", "rt", encoding="utf-8") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["script"] == "Latin" and len(row["name"].split()) > 1:
                found.setdefault(row["entity_id"], row["name"])
    chosen = sorted(found.items(), key=lambda item: zlib.crc32(item[0].encode()))
    return dict(chosen[:DISTRACTORS])


def gazetteers(folder: Path, target: Path) -> Iterator[tuple[str, Path]]:
    """Label and place of every gazetteer; those of the corpus are written to ``target``."""
    yield "curated", curated()
    corpus = slavic(folder)
    rows = [
        (f"{kind}-{entity}", lemma, kind)
        for known, kind in ((corpus.people, "person"), (corpus.places, "place"))
        for entity, lemmas in sorted(known.items())
        if (lemma := best_lemma(lemmas[min(lemmas)], kind))
    ]
    crowd = [(f"crowd-{entity}", name, "person") for entity, name in people(folder).items()]
    for label, more in (("corpus", []), ("crowd", crowd)):
        path = target / f"{label}.csv"
        with open(path, "w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([("id", "name", "type"), *rows, *more])
        yield label, path


def links(resolver: resolve.Resolver, text: str) -> list[list[Any]]:
    """What is compared of the links of a text: those that are written, and the others that can be asked for."""
    others = [link for link in resolver.text(text, all=True).links if link.status != "resolved"]
    found = sorted([*resolver.text(text).links, *others], key=lambda link: link.start)
    return [
        [link.start, link.end, link.status, link.entity_id, round(link.probability, DIGITS), link.base]
        for link in found
    ]


def measure(folder: Path, stride: int) -> Found:
    """The links of every document under every gazetteer."""
    result: Found = {}
    documents = [d for name, step in CORPORA for d in read(folder / name)[:: step * stride]]
    with tempfile.TemporaryDirectory() as target:
        for label, path in gazetteers(folder, Path(target)):
            resolver = resolve.open(path)
            for document in documents:
                result[f"{label}/{document['doc_id']}"] = links(resolver, document["text"])
    return result


def differences(before: Found, after: Found) -> Iterator[str]:
    """What is gone (``-``) and new (``+``) in every document."""
    for name in before.keys() & after.keys():
        old, new = ({json.dumps(link, ensure_ascii=False) for link in found[name]} for found in (before, after))
        yield from (f"{name} - {link}" for link in sorted(old - new))
        yield from (f"{name} + {link}" for link in sorted(new - old))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the data")
    parser.add_argument("-o", "--output", type=Path, help="where to write the links")
    parser.add_argument("--against", type=Path, help="links of before, to compare with")
    parser.add_argument("--stride", type=int, default=1, help="of so many of these documents one is read")
    options = parser.parse_args()
    found = measure(options.data, options.stride)
    if options.output:
        with gzip.open(options.output, "wt", encoding="utf-8") as stream:
            json.dump(found, stream, ensure_ascii=False)
    total = sum(map(len, found.values()))
    print(f"{len(found)} documents, {total} links")
    if options.against:
        with gzip.open(options.against, "rt", encoding="utf-8") as stream:
            before = json.load(stream)
        changed = sorted(differences(before, found))
        print(*changed, f"{len(changed)} differences", sep="\n")


if __name__ == "__main__":
    main()
