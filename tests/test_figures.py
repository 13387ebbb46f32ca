"""Every figure of quality, speed or memory in the documents is a row of a committed result, or is listed with what it is instead.

Tables that benchmarks fill stand between markers and are written from the newest results (`python -m benchmarks.readme`). What
is outside of them and looks measured has to stand in `tests/cases/figures.tsv`: *bound* (a setting that the code holds), *version*,
*trial* (made by hand, with how to make it again beside it). Decisions are dated records of what was measured while deciding, and
are not read.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.readme import blocks, written
from tests.conftest import ROOT

DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "benchmarks" / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
UNIT = r"%|ms\b|µs|s\b|[kMG]i?B/s|[kMG]i?B\b|bytes\b|times\b|hours?\b|minutes?\b|min\b|days?\b|(?:\w+ )?a second\b|seconds?\b"
FIGURE = re.compile(rf"(?<![\w.-])(?:\d[\d,]*(?:\.\d+)?\s?(?:{UNIT})|0?\.\d{{2,}}\b|\d\.\d{{2,}}\b)")
LISTED = [
    line.split("\t")
    for line in (ROOT / "tests/cases/figures.tsv").read_text(encoding="utf-8").splitlines()
    if line[:1] != "#"
]
KINDS = {"bound", "version", "trial"}


def name_of(path: Path) -> str:
    """A document's path in the repository."""
    return str(path.relative_to(ROOT))


def prose(path: Path) -> str:
    """A document without what is written from results, examples and code."""
    text = path.read_text(encoding="utf-8")
    for name in blocks().get(path, {}):
        text = re.sub(rf"<!-- {name} -->.*?<!-- /{name} -->", "", text, flags=re.DOTALL)
    return re.sub(r"`[^`\n]*`", "", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_a_figure_is_a_row_of_a_result_or_says_what_it_is(path: Path) -> None:
    known = {figure for document, figure, *_ in LISTED if document == name_of(path)}
    assert set(FIGURE.findall(prose(path))) - known == set()


def test_what_is_listed_still_stands_there_and_says_what_it_is() -> None:
    texts = {name_of(path): prose(path) for path in DOCUMENTS}
    assert [row for row in LISTED if row[1] not in FIGURE.findall(texts.get(row[0], ""))] == []
    assert all(len(row) == 4 and row[2] in KINDS and row[3] for row in LISTED)


@pytest.mark.parametrize("path", list(blocks()), ids=name_of)
def test_a_document_says_what_the_newest_results_say(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert written(text, blocks()[path]) == text, "write it again with `python -m benchmarks.readme`"


def test_a_figure_that_is_no_row_is_noticed() -> None:
    """Those that look measured, however they are written; counts, dates and names of schemes do not."""
    told = "Precision .987, twice 0.91, 12 ms, 3.4 MB/s, 95 %, 1,302 names a second, 40 minutes; 927 entities, BGN/PCGN 1947."
    assert FIGURE.findall(told) == [".987", "0.91", "12 ms", "3.4 MB/s", "95 %", "1,302 names a second", "40 minutes"]
