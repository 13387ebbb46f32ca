"""Whatever comes in gives a result, or an error that names file, line and value; never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

import resolve
from resolve.cognates import variants
from tests import bad_input
from tests.bad_input import Case
from tests.conftest import Result, Run


def expected(case: Case, result: Result) -> None:
    """Whether the command ended and said what the case expects."""
    assert result.code == case.code, result.err
    assert "Traceback" not in result.err
    for piece in case.says:
        assert piece in result.err
    for piece in case.finds:
        assert piece in result.out
    if case.code:
        assert "; " in result.err.split(case.name)[-1] or "known are" in result.err, "says what to do next"


def stored(folder: Path, case: Case) -> Path:
    """The file of a case."""
    path = folder / case.name
    path.write_bytes(case.data)
    return path


def test_there_are_cases_of_every_kind() -> None:
    kinds = (bad_input.TEXTS, bad_input.TABLES, bad_input.GAZETTEERS, bad_input.IMPORTS, bad_input.VALUES)
    counts = [len(kind) for kind in kinds]
    assert sum(counts) >= 300
    assert min(counts) >= 30


@pytest.mark.parametrize("case", bad_input.TEXTS, ids=str)
def test_a_bad_text(run: Run, tmp_path: Path, family_file: Path, case: Case) -> None:
    expected(case, run("text", stored(tmp_path, case), "-g", family_file, *case.options))


@pytest.mark.parametrize("case", bad_input.TABLES, ids=str)
def test_a_bad_table(run: Run, tmp_path: Path, family_file: Path, case: Case) -> None:
    expected(case, run("names", stored(tmp_path, case), "-c", "name", "-j", 1, "-g", family_file, *case.options))


@pytest.mark.parametrize("case", bad_input.GAZETTEERS, ids=str)
def test_a_bad_gazetteer(run: Run, tmp_path: Path, case: Case) -> None:
    path, out = stored(tmp_path, case), tmp_path / "compiled.idx"
    expected(case, run("gazetteer", "compile", path, "-o", out))
    assert out.exists() == (case.code == 0)
    assert not [left for left in tmp_path.iterdir() if left not in {path, out}]


@pytest.mark.parametrize("case", bad_input.IMPORTS, ids=str)
def test_a_bad_file_of_another_program(run: Run, tmp_path: Path, case: Case) -> None:
    expected(case, run("gazetteer", "import", stored(tmp_path, case), *case.options))


@pytest.mark.parametrize("value", bad_input.VALUES, ids=lambda value: ascii(value[:16]))
def test_a_bad_name(family: resolve.Resolver, value: str) -> None:
    link = family.match(value)
    assert (link.start, link.end, link.text) == (0, len(value), value)
    assert resolve.compare(value, "Ivan Petrov").bits == pytest.approx(resolve.compare("Ivan Petrov", value).bits)
    assert 0 <= resolve.compare(value, value).probability <= 1
    assert all(form.text for form in (*resolve.romanize(value), *variants(value)))
    assert list(family.match_many([value])["name"]) == [value]
    assert [text.text for text in family.text(value, all=True).links] == [
        value[link.start : link.end] for link in family.text(value, all=True).links
    ]
