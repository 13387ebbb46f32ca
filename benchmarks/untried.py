"""Who is meant in languages for which no rule was written when the texts were? All passages are blind.

    python -m benchmarks.untried [--no-save]

Data: ``data/untried`` (ships): 54 short news-like passages in 30 languages, marked like those of ``data/passages``, most of them
in languages without case endings, titles or common words in any table when they were written. They were written before
any of them was searched, and nobody reads errors in them: only counts by language are shown. Gazetteers: the 100 persons of
``data/passages`` with one spelling each (80 English, 20 Cyrillic); the same with the Russian spelling of those that the curated
gazetteer has; and the curated gazetteer, where whoever else it knows is left out of the count. A link is right if the entity is
right and the spans overlap. Start: cold, one process.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from pathlib import Path
from typing import Any

import resolve
from benchmarks.common import DATA, Counts, save, table
from benchmarks.text import judge, passages, respelt

FOLDER = DATA / "untried"
GAZETTEER = DATA / "passages" / "gazetteer.csv"


def counted(resolver: resolve.Resolver, known: set[str]) -> dict[str, Counts]:
    """Counts by language, and over all under an empty name; links to others than ``known`` do not count."""
    found = {"": Counts()}
    for passage in passages(FOLDER):
        links = [
            (link.start, link.end, link.entity_id)
            for link in resolver.text(passage.text).links
            if link.type == "person" and link.entity_id in known
        ]
        counts, _unread = judge(passage, links)
        for key in ("", passage.lang):
            found.setdefault(key, Counts()).add(counts)
    return found


def known() -> set[str]:
    """The IDs of the gazetteer."""
    with open(GAZETTEER, encoding="utf-8", newline="") as stream:
        return {row["id"] for row in csv.DictReader(stream)}


def main() -> None:
    """Parse options, run, print, write the dated result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-save", action="store_true", help="write no dated result")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sources: dict[str, Path | None] = {
            "one spelling": GAZETTEER,
            "Cyrillic": respelt(GAZETTEER, "ru", Path(folder)),
            "curated": None,
        }
        result = {name: counted(resolve.open(source), known()) for name, source in sources.items()}
    languages = sorted(result["one spelling"])
    print(table(
        ["language", *(f"{name}: {what}" for name in result for what in ("right", "false", "missed"))],
        [
            [lang or "all", *(n for found in result.values() for n in (found[lang].right, found[lang].false, found[lang].missed))]
            for lang in languages
        ],
    ))  # fmt: skip
    for name, found in result.items():
        shown = found[""].as_dict()
        print(name, *(f"{key} {shown[key]}" for key in ("precision", "recall", "exact")))
    if not options.no_save:
        every = list(passages(FOLDER))
        facts: dict[str, Any] = {
            "start": "cold", "texts": len(every), "languages": len(languages) - 1,
            "mentions": sum(g[2] not in {"-", "?"} for p in every for g in p.gold),
            "gazetteers": {
                name: {lang or "all": counts.as_dict() for lang, counts in found.items()} for name, found in result.items()
            },
        }  # fmt: skip
        print(save("untried", facts))


if __name__ == "__main__":
    main()
