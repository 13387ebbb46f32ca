"""The house: who may import whom, and what the front door loads."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "resolve"
FOUNDATIONS = ("model", "errors", "tables", "version", "_aloud", "_filing", "_finder", "_kernel", "_scan", "_shortlist")
ORDER = (
    "text", "stream", "importers", "indic", "indian", "letters", "toponyms", "renowned", "japanese", "korean", "chinese", "latin", "multigram", "respelling", "attested", "lexicon", "endings", "given", "regnal", "arabic", "names", "bodies", "readings", "scan", "mentions", "rewrite", "romanize", "cognates", "keys",
    "channel", "crowd", "gazetteer", "earlier", "index", "lookup", "syllabic", "bones", "units", "alone", "caseless", "score", "quiet", "witness", "bearers", "provenance", "unknowns", "chances", "memory", "decide", "shorthand",
    "view", "write", "resolver", "table", "arrow", "pool", "batch", "clusters", "corpus", "journal", "documents", "cli",
)  # fmt: skip
COATS = {"cli", "service", "integrations"}
APART = {"training", "curated"}
"""Folders that make tables or hold data: no rooms of the path."""


def room(path: Path) -> str:
    """The room that a file belongs to: its own name, or that of its folder."""
    inside = path.relative_to(PACKAGE)
    return inside.parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """The rooms of the package that a file imports, at the top or inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path.name} imports relatively"
            if node.module == "resolve":
                found.update(alias.name for alias in node.names)
            elif node.module and node.module.startswith("resolve."):
                found.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            found.update(alias.name.split(".")[1] for alias in node.names if alias.name.startswith("resolve."))
    return found - {"__version__"}


FILES = [
    path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "__init__.py" and room(path) not in APART
]  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_the_foundations_and_rooms_to_its_left(path: Path) -> None:
    name = room(path)
    if name in FOUNDATIONS:
        allowed = set(FOUNDATIONS)
    elif name in COATS:
        allowed = {*FOUNDATIONS, *ORDER} - COATS | {name} | ({"service"} if name == "cli" else set())
    else:
        assert name in ORDER, f"a new room, {name}: say where it stands on the path"
        allowed = {*FOUNDATIONS, *ORDER[: ORDER.index(name)], name}
    assert imports(path) <= allowed


def test_the_whole_path_is_there() -> None:
    assert {*ORDER, *FOUNDATIONS} <= {room(path) for path in FILES} | {
        "_aloud",
        "_filing",
        "_finder",
        "_kernel",
        "_scan",
        "_shortlist",
    }


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nobody_but_the_command_line_imports_a_coat(path: Path) -> None:
    """The command `resolve serve` starts the service; nothing else knows of it."""
    others = COATS - {room(path)} - ({"service"} if room(path) == "cli" else set())
    assert not imports(path) & others


def test_every_room_opens_with_the_question_it_answers() -> None:
    for path in FILES:
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path.name


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "README.md"])
def test_links_point_to_files_that_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = [
        target for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) if "://" not in target and "@" not in target
    ]
    assert [target for target in targets if not (ROOT / target).exists()] == []
    assert targets, "no links at all"


def test_the_architecture_names_every_room() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert [name for name in ORDER if f"{name}.py" not in text and f"resolve/{name}" not in text] == []


def test_the_front_door_loads_nothing_that_few_need() -> None:
    heavy = ("numpy", "pandas", "pypinyin", "sqlite3", "ssl", "typer")
    code = f"import sys, resolve; print(*[name for name in {heavy} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
