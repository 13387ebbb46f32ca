"""What every test shares: a cache of its own, the curated gazetteer, and the command without a shell."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import resolve

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"

settings.register_profile("resolve", deadline=None, max_examples=80, print_blob=True)
settings.load_profile("resolve")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes the cache of the user who runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RESOLVE_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def curated(_own_cache: None) -> resolve.Resolver:
    """The resolver over the curated default gazetteer."""
    return resolve.open()


@pytest.fixture(scope="session")
def family(_own_cache: None, tmp_path_factory: pytest.TempPathFactory) -> resolve.Resolver:
    """A small gazetteer with one Latin spelling per entity, relatives and a weak name among them."""
    source = tmp_path_factory.mktemp("family") / "people.csv"
    source.write_text(FAMILY, encoding="utf-8")
    return resolve.open(source)


@pytest.fixture(scope="session")
def family_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source of that gazetteer."""
    source = tmp_path_factory.mktemp("family") / "people.csv"
    source.write_text(FAMILY, encoding="utf-8")
    return source


CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium without a window."""
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (pip install playwright)")
    if not CHROMIUM:
        pytest.skip("Chromium is not installed (Debian: apt install chromium), or name it in $CHROMIUM")
    with api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--no-proxy-server"])
        yield found
        found.close()


FAMILY = """\
id,name,lang,kind,type,gender
by-babaryka-viktar,Viktar Babaryka,en,name,person,m
by-babaryka-eduard,Eduard Babaryka,en,name,person,m
by-tsikhanouskaya-sviatlana,Sviatlana Tsikhanouskaya,en,name,person,f
by-tsikhanouski-siarhei,Siarhei Tsikhanouski,en,name,person,m
by-lukashenko-alexander,Alexander Lukashenko,en,name,person,m
us-clinton-bill,Bill Clinton,en,name,person,m
us-clinton-hillary,Hillary Clinton,en,name,person,f
by-org-council,Coordination Council,en,name,organization,
by-org-council,the Council,en,weak,,
by-place-babruysk,Babruysk,en,name,place,
"""


@dataclass(frozen=True)
class Result:
    """What a run of the command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


class _Unclosed(io.BytesIO):
    """Bytes that stay readable when the command's stream over them is closed."""

    def close(self) -> None:
        """Stay open."""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in this process: ``run("text", path)``; anything but SystemExit is a traceback."""
    from resolve import cli

    def command(*arguments: str | Path, stdin: bytes = b"") -> Result:
        out, err = _Unclosed(), _Unclosed()
        monkeypatch.setattr(sys, "argv", ["resolve", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="utf-8", newline=""))
        monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding="utf-8", newline=""))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        for stream in (sys.stdout, sys.stderr):
            if not stream.closed:
                stream.flush()
        monkeypatch.undo()
        code = ended.value.code
        return Result(code if isinstance(code, int) else 0, out.getvalue().decode(), err.getvalue().decode())

    return command
