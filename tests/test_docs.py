"""Documents and tables drift unless they run."""

from __future__ import annotations

import ast
import doctest
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from resolve import tables
from resolve.channel import weights
from resolve.romanize import KINDS, romanize, schemes
from tests.conftest import ROOT

README = ROOT / "README.md"
TABLES = sorted(tables.FOLDER.rglob("*.tsv"))


def name_of(path: Path) -> str:
    """A table's path below the folder of tables."""
    return str(path.relative_to(tables.FOLDER))


# ---------------------------------------------------------------- documents


def test_the_examples_of_the_readme_run() -> None:
    text = README.read_text(encoding="utf-8")
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    blocks = re.findall(r"```(?:python|pycon)\n(.*?)```", text, re.DOTALL)
    assert blocks, "the README shows no Python"
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(optionflags=flags)
    sessions = "\n".join(block for block in blocks if ">>>" in block)
    assert runner.run(parser.get_doctest(sessions, {}, "README", str(README), 0)).failed == 0
    for block in blocks:
        if ">>>" not in block:
            ast.parse(block)


@pytest.mark.parametrize(
    "command",
    [
        "text",
        "names",
        "cluster",
        "explain",
        "variants",
        "serve",
        "gazetteer check",
        "gazetteer info",
        "gazetteer verify",
        "gazetteer compile",
        "gazetteer import",
        "gazetteer suggest",
    ],
)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"resolve {command}" in README.read_text(encoding="utf-8")


def test_the_commands_of_the_readme_exist() -> None:
    import typer

    from resolve.cli import app

    group = typer.main.get_command(app)
    known = set(getattr(group, "commands", {}))
    named = set(re.findall(r"^\s*(?:\$ )?resolve ([a-z]+)", README.read_text(encoding="utf-8"), re.MULTILINE))
    assert named
    assert named <= known


# ---------------------------------------------------------------- tables


@pytest.mark.parametrize("path", TABLES, ids=name_of)
def test_a_table_is_sound(path: Path) -> None:
    """UTF-8 in NFC, LF, a header, no row wider than it (empty fields at the end may be left out), none twice."""
    raw = path.read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    text = raw.decode("utf-8")
    assert unicodedata.is_normalized("NFC", "".join(line for line in text.splitlines(keepends=True) if line[:1] != "#"))
    body = [line for line in text.split("\n") if line and not line.startswith("#")]
    header = body[0].split("\t")
    assert len(set(header)) == len(header)
    assert [line for line in body[1:] if line.count("\t") >= len(header)] == []
    assert [line for line in body[1:] if not line.strip()] == []
    assert [line for line, times in Counter(body[1:]).items() if times > 1] == []


@pytest.mark.parametrize("path", TABLES, ids=name_of)
def test_a_table_says_what_it_is(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("# ")


def test_rows_are_padded_to_the_width_of_the_header() -> None:
    for path in TABLES:
        assert len({len(row) for row in tables.rows(name_of(path))}) == 1


EXAMPLES = [
    (key, native, latin) for key, scheme in schemes().items() for native, latin in scheme.examples
]  # fmt: skip


@pytest.mark.parametrize(("key", "native", "latin"), EXAMPLES)
def test_a_scheme_writes_its_own_examples(key: str, native: str, latin: str) -> None:
    assert latin.casefold() in [form.text.casefold() for form in romanize(native, scheme=key)]


@pytest.mark.parametrize("key", sorted(schemes()))
def test_a_scheme_states_its_source_kind_language_and_examples(key: str) -> None:
    scheme = schemes()[key]
    assert scheme.source
    assert scheme.kind in KINDS
    assert re.fullmatch(r"[a-z]{2,3}", scheme.lang)
    assert len(scheme.examples) >= 2


# ---------------------------------------------------------------- weights


def named_weights() -> set[str]:
    """Every string of the code that stands in brackets after the weights."""
    found: set[str] = set()
    for path in (ROOT / "resolve").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Subscript) and ast.unparse(node.value) in {"w", "weights()"}:
                found.update(
                    n.value for n in ast.walk(node.slice) if isinstance(n, ast.Constant) and isinstance(n.value, str)
                )
    return found


def strings() -> set[str]:
    """Every string of the code."""
    found: set[str] = set()
    for path in (ROOT / "resolve").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found.update(n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))
    return found


def test_every_weight_is_used() -> None:
    assert set(weights()) - strings() == set()


def test_every_weight_that_the_code_uses_exists() -> None:
    assert named_weights()
    assert named_weights() - set(weights()) == set()


def test_every_weight_has_a_unit_the_pair_that_taught_it_and_a_reason() -> None:
    rows = list(tables.rows("weights.tsv"))
    assert len({row[0] for row in rows}) == len(rows)
    for _name, value, unit, source, example, reason in rows:
        float(value)
        assert unit
        assert source in {"fitted", "set"}
        assert example
        assert reason
