"""Is it safe to run: no network, nothing unpickled or evaluated, and the same bytes every time?"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import FAMILY, ROOT

MODULES = [path for path in sorted((ROOT / "resolve").rglob("*.py")) if "training" not in path.parts]
FORBIDDEN_MODULES = {
    "pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "code", "codeop", "imp", "pty", "ftplib",
    "smtplib", "telnetlib", "http.client", "requests", "httpx", "aiohttp", "urllib3", "urllib.request", "xmlrpc",
}  # fmt: skip
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "breakpoint"}
FORBIDDEN_ATTRIBUTES = {
    ("os", "system"),
    ("os", "popen"),
    ("yaml", "load"),
    ("numpy", "load"),
    ("np", "load"),
    ("pd", "read_pickle"),
    ("tempfile", "mktemp"),
}


def dangers(source: str) -> list[str]:
    """What a module does that it must not."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if _forbidden(alias.name)]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            found += [name for name in names if _forbidden(name)][:1]
        elif isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
                found.append(node.func.id)
            if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
                call = (node.func.value.id, node.func.attr)
                found += [".".join(call)] if call in FORBIDDEN_ATTRIBUTES else []
            found += [
                f"{word.arg}=True"
                for word in node.keywords
                if word.arg in {"shell", "allow_pickle"} and _true(word.value)
            ]
    return found


def _forbidden(name: str) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in FORBIDDEN_MODULES)


def _true(node: ast.expr) -> bool:
    return not (isinstance(node, ast.Constant) and not node.value)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_unpickles_evaluates_runs_a_shell_or_fetches(path: Path) -> None:
    assert dangers(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import pickle", "from urllib import request", "from urllib.request import urlopen", "import http.client", "eval(x)",
        "def f():\n exec(x)", "subprocess.run(x, shell=True)", "os.system(x)", "np.load(x, allow_pickle=True)", "import requests.sessions",
    ],
)  # fmt: skip
def test_the_reading_of_modules_finds_what_it_looks_for(source: str) -> None:
    assert dangers(source)
    assert not dangers("import json\nfrom urllib.parse import quote\nre.compile('x')\nsubprocess.run(x, shell=False)")


# ---------------------------------------------------------------- no network

CUT = """
import sys

NUMERIC = {None, "", "127.0.0.1", b"127.0.0.1"}

def cut(event, arguments):
    if event == "socket.getaddrinfo" and arguments[0] in NUMERIC:
        return
    if event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.sendto", "urllib.Request"}:
        raise RuntimeError(f"asked the network: {event} {arguments}")
    if event == "socket.connect":
        address = arguments[1]
        if not (isinstance(address, (str, bytes)) or address[0] in LOCAL):
            raise RuntimeError(f"asked the network: {event} {arguments}")

sys.addaudithook(cut)
"""
"""Cuts every way to the network off at the interpreter's own audit events; addresses of LOCAL may be asked."""


@pytest.fixture
def offline(tmp_path: Path) -> dict[str, str]:
    """An environment in which every interpreter has its network cut off."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(f"LOCAL = ()\n{CUT}", encoding="utf-8")
    path = os.pathsep.join([str(tmp_path / "site"), str(ROOT)])
    return {**os.environ, "PYTHONPATH": path, "RESOLVE_CACHE_DIR": str(tmp_path / "cache")}


def ended(environment: dict[str, str], *command: object) -> subprocess.CompletedProcess[str]:
    """Run a command that has no network."""
    arguments = [sys.executable, *map(str, command)]
    return subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False, timeout=300)


def test_the_cut_cuts(offline: dict[str, str]) -> None:
    for way in (
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import urllib.request as u; u.urlopen('http://127.0.0.1:9')",
    ):
        assert "asked the network" in ended(offline, "-c", way).stderr


def test_commands_and_library_work_without_a_network(offline: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(FAMILY, encoding="utf-8")
    names = tmp_path / "names.csv"
    names.write_text("name\n" + "".join(f"Билл Клинтон {i}\n" for i in range(700)), encoding="utf-8")
    page = tmp_path / "a.html"
    page.write_text(
        '<script src="http://127.0.0.1:9/x.js"></script><img src="http://127.0.0.1:9/x.png"><p>Bill Clinton.',
        encoding="utf-8",
    )
    entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:9/e">]><html><p>Bill Clinton &e;</p></html>'
    (tmp_path / "b.xhtml").write_text(entity, encoding="utf-8")
    commands: list[list[object]] = [
        ["text", page, tmp_path / "b.xhtml", "-g", tmp_path / "people.csv", "-o", tmp_path / "out.html"],
        ["names", names, "-g", tmp_path / "people.csv", "-o", tmp_path / "out.csv", "-j", "2"],
        ["explain", "Vlasova", "Уласава"], ["variants", "王小明"], ["gazetteer", "check"], ["gazetteer", "info"],
        ["text", ROOT / "examples" / "news.txt", "--all"],
    ]  # fmt: skip
    for command in commands:
        done = ended(offline, "-m", "resolve.cli", *command)
        assert done.returncode == 0, (command, done.stderr)
    program = (
        "import resolve; r = resolve.open(); print(r.match('Светлана Тихановская').entity_id, len(r.match_many(['x'])))"
    )
    assert ended(offline, "-c", program).stdout.split() == ["by-tsikhanouskaya-sviatlana", "1"]


def test_the_service_asks_nobody(offline: dict[str, str], tmp_path: Path) -> None:
    """It listens, and its workers answer, while neither may reach anybody."""
    program = """
import json, re, subprocess, sys, socket
served = subprocess.Popen([sys.executable, "-m", "resolve.cli", "serve", "--port", "0"], stderr=subprocess.PIPE, text=True)
port = int(re.search(r":(\\d+)/", served.stderr.readline())[1])
with socket.create_connection(("127.0.0.1", port), timeout=120) as stream:
    body = json.dumps({"text": "Bill Clinton met Светлана Тихановская."}).encode()
    head = f"POST /text HTTP/1.1\\r\\nHost: 127.0.0.1:{port}\\r\\nContent-Type: application/json\\r\\nContent-Length: {len(body)}\\r\\nConnection: close\\r\\n\\r\\n"
    stream.sendall(head.encode() + body)
    answer = b"".join(iter(lambda: stream.recv(65536), b""))
served.terminate()
print(served.wait(30), b"by-tsikhanouskaya-sviatlana" in answer)
"""
    (tmp_path / "ask.py").write_text(program, encoding="utf-8")
    # who asks needs a way to this machine; the service and its workers have none
    local = "import sys\nLOCAL = ('127.0.0.1',) if sys.orig_argv[1].endswith('ask.py') else ()\n"
    (tmp_path / "site" / "sitecustomize.py").write_text(f"{local}{CUT}", encoding="utf-8")
    done = ended(offline, tmp_path / "ask.py")
    assert done.stdout.split() == ["0", "True"], done.stderr


# ---------------------------------------------------------------- the same bytes


def test_compiling_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    """Whatever order of hashes a process has."""
    source = ROOT / "gazetteer" / "people.csv"
    program = (
        "import sys; from pathlib import Path; from resolve.gazetteer import load; from resolve.index import compile_rows; "
        "compile_rows(load([Path(sys.argv[1])])[0], Path(sys.argv[2]))"
    )
    found = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": str(ROOT),
            "RESOLVE_CACHE_DIR": str(tmp_path),
        }
        done = ended(environment, "-c", program, source, folder)
        assert done.returncode == 0, done.stderr
        found.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert found[0] == found[1]
    assert len(found[0]) == 2
