"""Under which licences stands what the project needs? ``python -m tests.licences`` writes docs/licences.md anew.

Read from the metadata of what is installed, from the project's requirements and theirs onwards.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PAGE = Path(__file__).parent.parent / "docs" / "licences.md"
PROJECT = "onomast"
RUNNING = ("parquet", "documents", "pandas", "polars", "duckdb", "spacy", "spark", "serve")
"""The extras that people run; ``dev`` and ``benchmarks`` are for those who work on the project."""
PERMISSIVE = re.compile(
    r"MIT|MIT License|The MIT License \(MIT\).*|MIT-CMU|BSD|BSD License|.*3-Clause.*|BSD-[23]-Clause|0BSD|ISC.*|ISCL|Zlib|CC0-1\.0|"
    r"Apache.*|PSF-2\.0|Python Software Foundation License|ZPL-2\.1|Unlicense.*|HPND|dependency licenses",
    re.DOTALL,
)
"""Asks for no more than a notice."""
FILES = re.compile(r"MPL-2\.0|Mozilla Public License 2\.0 \(MPL 2\.0\)")
"""Asks for changes of its own files to be published; nothing is asked of programs that use it."""
EXCEPTIONS = {
    "unidecode": "GPL-2.0-or-later: letters of scripts without a table of ours; see the README on bundles",
    "tojyutping": "BSD-2-Clause by its LICENSE; its metadata name none",
    "name-matching": "MIT by its LICENSE; its metadata name none; only for comparison in benchmarks",
    "regex": "Apache-2.0 and, of what it took over from Python, CNRI-Python: both permissive; only for comparison in benchmarks",
}
"""What is neither, and why it is there all the same."""


def licence(found: Distribution) -> str:
    """The licence that a distribution names."""
    facts = found.metadata
    classified = [
        value.rpartition(" :: ")[2] for value in facts.get_all("Classifier") or [] if value.startswith("License ::")
    ]
    expression, free = (next(iter(facts.get_all(key) or ()), "") for key in ("License-Expression", "License"))
    named = expression or " AND ".join(value for value in classified if value != "OSI Approved")
    return named or free.strip().split("\n")[0]


def allowed(name: str, named: str) -> bool:
    """Whether one of the licences that may be chosen asks for nothing we cannot give."""
    if canonicalize_name(name) in EXCEPTIONS:
        return True
    choices = re.split(r"\s+OR\s+", named.replace("(", "").replace(")", "")) if " OR " in named else [named]
    return any(
        all(
            PERMISSIVE.fullmatch(part.strip()) or FILES.fullmatch(part.strip())
            for part in re.split(r"\s+AND\s+|,\s*", one)
        )
        for one in choices
    )


def needed(extras: Iterable[str] = (), name: str = PROJECT) -> dict[str, Distribution]:
    """What a distribution needs with some of its extras, and what that needs, as far as it is installed here."""
    found: dict[str, Distribution] = {}
    waiting = [(name, frozenset(extras))]
    seen = set()
    while waiting:
        one, wanted = waiting.pop()
        if (one, wanted) in seen:
            continue
        seen.add((one, wanted))
        try:
            known = distribution(one)
        except PackageNotFoundError:
            continue
        if one != name:
            found[canonicalize_name(one)] = known
        for text in known.requires or ():
            asked = Requirement(text)
            if asked.marker is None or any(asked.marker.evaluate({"extra": extra}) for extra in ("", *wanted)):
                waiting.append((asked.name, frozenset(asked.extras)))
    return dict(sorted(found.items()))


def written() -> str:
    """The page."""
    core, run, work = needed(), needed(RUNNING), needed((*RUNNING, "dev", "benchmarks"))
    groups = [
        ("Needed by everybody", core),
        ("Needed by extras", {name: one for name, one in run.items() if name not in core}),
        ("Needed for testing and measuring", {name: one for name, one in work.items() if name not in run}),
    ]
    lines = [
        "# Licences", "",
        "What the project needs, what that needs in turn, and the licence that each names in its metadata, written by `python -m tests.licences`.",
        "[`tests/test_licences.py`](../tests/test_licences.py) reads what is installed and fails where something stands under a licence that is",
        "neither permissive nor one of the exceptions below, or is missing here.", "",
    ]  # fmt: skip
    for title, members in groups:
        rows = [f"| {one.metadata['Name']} | {licence(one) or 'none named'} |" for one in members.values()]
        lines += [f"## {title}", "", "| package | licence |", "|---|---|", *rows, ""]
    lines += ["## Exceptions", "", *(f"- {name}: {why}" for name, why in EXCEPTIONS.items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
    sys.stderr.write(f"{PAGE}\n")
