"""Time and memory stay in proportion: twice the text or name may cost little more than twice as much.

CPU time is compared between sizes in one run, with a generous factor; too slow for the everyday suite.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
import tracemalloc
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import resolve
from resolve import gazetteer, importers, table
from resolve.cognates import variants
from tests import bad_input
from tests.conftest import Run

pytestmark = pytest.mark.slow

NAMES = ["x", "я", "習", "김", "カ", "م", "a b ", "И. ", "a-", "Ivan ", "Ivan Petrov ", "(a)", "a/b", "овичевна", "ський", "tskh", "Шч", "van der ", "Анна-", "O'Neil ", "ко", "'", "\N{SOFT HYPHEN}", "\N{COMBINING ACUTE ACCENT}"]  # fmt: skip
TEXTS = [
    *NAMES, "A ", "Viktar Babaryka ", "Viktar Babaryka. ", "Viktar, ", "Viktar and ", "Babaryka and ", "#ViktarBabaryka ", "@babaryka ", "«", '"A" ',
    "A-\n", "\n", "\r", "Mr. ", "Babaryka's ", "viktar babaryka ", "Coordination Council ", "ვიქტორ ბაბარიკა ", "習近平 ", "빌 클린턴은 ", "ビル・クリントン",
    "בביל קלינטון ", "http://a.b/", "...", "Bill Clinton (", "d'", "İ", "The Council ",
]  # fmt: skip
WORST = 3.4
"""Four times the size may cost so much to the power of two; quadratic would be 4."""
NOISE = 0.25
"""Less than so many seconds of CPU is not judged."""


def spent(work: Callable[[], object]) -> float:
    """The CPU time of some work, in seconds: the lesser of two runs, but for long ones."""
    times = []
    for _ in range(2):
        before = time.process_time()
        work()
        times.append(time.process_time() - before)
        if times[0] > 4 * NOISE:
            break
    return min(times)


def proportional(work: Callable[[str], object], unit: str, size: int) -> None:
    """Whether twice and four times a text cost no more than a generous share more than twice each time."""
    costs = [spent(lambda part=(unit * (size * k))[: size * k]: work(part)) for k in (1, 2, 4)]  # type: ignore[misc]
    assert costs[2] < NOISE or costs[2] < WORST**2 * max(costs[0], NOISE / WORST**2), costs


@pytest.mark.parametrize("unit", NAMES, ids=ascii)
@pytest.mark.parametrize("what", ["match", "compare", "romanize", "variants"])
def test_a_longer_name_costs_in_proportion(family: resolve.Resolver, what: str, unit: str) -> None:
    works: dict[str, Callable[[str], object]] = {
        "match": family.match, "compare": lambda name: resolve.compare(name, name), "romanize": resolve.romanize, "variants": variants,
    }  # fmt: skip
    proportional(works[what], unit, 4000)


@pytest.mark.parametrize("unit", TEXTS, ids=ascii)
@pytest.mark.parametrize("everything", [False, True])
def test_a_longer_text_costs_in_proportion(family: resolve.Resolver, unit: str, everything: bool) -> None:
    family.text(unit * 10, all=everything)
    proportional(lambda text: family.text(text, all=everything), unit, 6000)


FILES: dict[str, tuple[str, str, Callable[[Path], object]]] = {
    "csv of names": ("name\n", 'Viktar "x" Babaryka\n', lambda path: list(table.read(str(path), "name").chunks)),
    "one open quotation mark": ("name\n", '"x\n', lambda path: list(table.read(str(path), "name").chunks)),
    "gazetteer": ("id,name\n", "a,Viktar Babaryka\n", lambda path: gazetteer.check([path])),
    "one word": ("id,name\n", "", lambda path: gazetteer.check([path])),
    "popolo on many lines": ('{"meta": {"a": [1\n', ",2\n", lambda path: list(importers.Import([path], "popolo", skip=lambda _: None))),
    "ftm without an end": ("", "[", lambda path: list(importers.Import([path], "ftm", skip=lambda _: None))),
    "turtle": ("", "<a> <b> [ ", lambda path: list(importers.Import([path], "skos", skip=lambda _: None))),
    "turtle without a colon": ("", "a.", lambda path: list(importers.Import([path], "skos", skip=lambda _: None))),
    "turtle with an open literal": ('<a> <b> """', "x\n", lambda path: list(importers.Import([path], "skos", skip=lambda _: None))),
}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_a_longer_file_costs_in_proportion(tmp_path: Path, kind: str) -> None:
    opening, unit, work = FILES[kind]

    def read(text: str) -> None:
        path = tmp_path / "in.csv"
        path.write_text(opening + text, encoding="utf-8")
        work(path)

    proportional(read, unit or "x", 20_000)


# ---------------------------------------------------------------- regular expressions

BOUNDED = {
    "resolve.bearers._AFTER": "matched at one place", "resolve.bearers._NOUN": "matched at one place",
    "resolve.alone.LAST": "searched in WORD characters", "resolve.index.forms._LONG": "matched at one place",
    "resolve.index.forms._SHORT": "matched at one place", "resolve.importers.skos._TOKEN": "matched at one place after another",
    "resolve.witness._AFTER": "matched in MAX_BESIDE characters", "resolve.witness._AND_AFTER": "matched in MAX_BESIDE characters",
    "resolve.witness._AND_BEFORE": "searched in MAX_BESIDE characters", "resolve.witness._APPOSITION": "matched at one place",
    "resolve.witness._BEFORE": "searched in MAX_BESIDE characters", "resolve.witness._ABBREVIATION": "searched in MAX_BESIDE characters",
}  # fmt: skip
"""Those that would take time by the square, with why they cannot."""
UNITS = [
    *' \n\t\rax19AB.,;:/-–’()[]<>"_#@яאקक\\{}&?!|=', "\N{THAI CHARACTER KO KAI}", "\N{SOFT HYPHEN}", "\N{COMBINING ACUTE ACCENT}",
    "\r\n", " \n", "a ", "a.", "a-", "a\n", "A a", '"a', '" ', '="', "א ", ". ", "\\u", "a:", "a,", "IV", "a'", "@a-", "<meta ", "0e",
]  # fmt: skip
"""What a text is made of that a regular expression may read again and again."""
WORTH_A_LOOK = 0.01
"""Seconds of CPU that 4,000 characters cost if they are read again from each of them; in proportion it is a hundredth of that."""


def expressions() -> dict[str, re.Pattern[Any]]:
    """Every compiled regular expression of the package, by its module and name; also those in tuples."""
    found: dict[re.Pattern[Any], str] = {}

    def note(name: str, value: object) -> None:
        if isinstance(value, tuple | list):
            for i, one in enumerate(value):
                note(f"{name}[{i}]", one)
        elif isinstance(value, re.Pattern):
            found.setdefault(value, name)

    for info in pkgutil.walk_packages(resolve.__path__, "resolve."):
        if not info.name.startswith("resolve.integrations"):
            for name, value in vars(importlib.import_module(info.name)).items():
                note(f"{info.name}.{name}", value)
    return {name: pattern for pattern, name in found.items()}


EXPRESSIONS = expressions()


@pytest.mark.parametrize("name", sorted(EXPRESSIONS.keys() - BOUNDED))
def test_a_regular_expression_costs_in_proportion(name: str) -> None:
    pattern = EXPRESSIONS[name]

    def search(text: str) -> None:
        whole: Any = text.encode("utf-8", "surrogatepass") if isinstance(pattern.pattern, bytes) else text
        for _ in pattern.finditer(whole):
            pass

    for unit, before, behind in product(UNITS, ("", "a", "\n", '"', "<"), ("", "x", "\0")):
        short = before + unit * (4000 // len(unit)) + behind
        if spent(lambda text=short: search(text)) > WORTH_A_LOOK:  # type: ignore[misc]
            proportional(lambda text, before=before, behind=behind: search(before + text + behind), unit, 8000)  # type: ignore[misc]


def test_every_expression_that_is_bounded_is_there() -> None:
    assert EXPRESSIONS.keys() >= BOUNDED.keys()


@pytest.mark.parametrize("value", [value for value in bad_input.VALUES if len(value) >= 900], ids=lambda value: ascii(value[:12]))  # fmt: skip
def test_a_bad_name_costs_little(family: resolve.Resolver, value: str) -> None:
    works = [lambda: family.match(value), lambda: resolve.compare(value, value), lambda: resolve.romanize(value), lambda: family.text(value)]  # fmt: skip
    for work in works:
        tracemalloc.start()
        try:
            assert spent(work) < 4
            assert tracemalloc.get_traced_memory()[1] < 200 << 20
        finally:
            tracemalloc.stop()


def test_a_line_of_ten_million_words_is_read(run: Run, tmp_path: Path, family_file: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("слово " * 10_000_000 + "Viktar Babaryka", encoding="utf-8")
    done = run("text", path, "-g", family_file)
    assert (done.code, len(done.out.splitlines())) == (0, 1)
    assert "by-babaryka-viktar" in done.out


def test_a_line_of_a_table_that_is_too_long_is_refused_with_its_number(
    run: Run, tmp_path: Path, family_file: Path
) -> None:
    path = tmp_path / "long.csv"
    path.write_text("name\nViktar Babaryka\n" + "x" * (70 << 20), encoding="utf-8")
    done = run("names", path, "-c", "name", "-j", 1, "-g", family_file)
    assert done.code == 1
    assert "long.csv: cannot be read (line 3 is longer than" in done.err
    assert "Viktar Babaryka" in done.out
