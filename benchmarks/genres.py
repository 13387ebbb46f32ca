"""Who is meant in texts of many kinds: results, minutes, lists, captions, interviews, tables, posts, scanned lines?

    python -m benchmarks.genres [--set genres|afield|dispatches] [--errors] [--no-save]

Data (ships): ``data/genres``, 58 short texts in 47 languages, marked like those of ``data/passages``, and a gazetteer of 110
persons with one spelling each; ``data/afield``, 59 texts in 57 languages, most of them in no other set, with 108 other
persons; ``data/dispatches``, 59 longer texts in 52 languages, big and small, with 197 persons. The texts of a set were written, and measured once, before any rule was written for them. Of those whose
CRC-32 of the ID is odd errors may be read (``--errors``, the *development* half); those of the *other* half are blind. A link is
right if the entity is right and the spans overlap. Start: cold, one process.
"""

from __future__ import annotations

import argparse
import csv
import sys

import resolve
from benchmarks.common import DATA, Counts, save, table
from benchmarks.documents import is_development
from benchmarks.text import judge, passages

SETS = ("genres", "afield", "dispatches")


def known(name: str) -> set[str]:
    """The IDs of the gazetteer of a set."""
    with open(DATA / name / "gazetteer.csv", encoding="utf-8", newline="") as stream:
        return {row["id"] for row in csv.DictReader(stream)}


def measured(name: str) -> tuple[dict[str, dict[str, Counts]], list[str]]:
    """Counts of both halves of a set and of all, each by language and under an empty name; the errors of the development half."""
    resolver = resolve.open(DATA / name / "gazetteer.csv")
    found: dict[str, dict[str, Counts]] = {"all": {}, "development": {}, "other": {}}
    shown: list[str] = []
    for passage in passages(DATA / name):
        links = [
            (link.start, link.end, link.entity_id) for link in resolver.text(passage.text).links
            if link.type == "person" and link.entity_id
        ]  # fmt: skip
        counts, errors = judge(passage, links)
        half = "development" if is_development(passage.id) else "other"
        shown += errors if half == "development" else ()
        for part in ("all", half):
            for key in ("", passage.lang):
                found[part].setdefault(key, Counts()).add(counts)
    return found, shown


def main() -> None:
    """Parse options, run, print, write the dated result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=SETS, default=SETS[0], help="which texts; default %(default)s")
    parser.add_argument("--errors", action="store_true", help="show the errors of the development half")
    parser.add_argument("--no-save", action="store_true", help="write no dated result")
    options = parser.parse_args()
    found, errors = measured(options.set)
    for error in errors if options.errors else ():
        print(error, file=sys.stderr)
    print(table(
        ["which half", "right", "false", "missed", "exact", "P", "R", "F1"],
        [[half, c.right, c.false, c.missed, c.exact, c.precision, c.recall, c.f1] for half, parts in found.items() for c in (parts[""],)],
    ))  # fmt: skip
    if not options.no_save:
        every = list(passages(DATA / options.set))
        facts = {
            "start": "cold", "texts": len(every), "languages": len({passage.lang for passage in every}),
            "mentions": sum(gold[2] not in {"-", "?"} for passage in every for gold in passage.gold), "gazetteer": len(known(options.set)),
            **{half: {lang or "all": counts.as_dict() for lang, counts in parts.items()} for half, parts in found.items()},
        }  # fmt: skip
        print(save(options.set, facts))


if __name__ == "__main__":
    main()
