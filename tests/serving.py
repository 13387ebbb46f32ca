"""A service as a user starts it, for tests that need a real one."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from starlette.testclient import TestClient

import resolve
from resolve.service.app import application
from resolve.service.settings import Settings, checked
from tests.conftest import ROOT

HERE = "http://127.0.0.1:8710"

START = 120.0
"""A service has so many seconds to start: on a first run it compiles its gazetteer."""

LOCAL = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Asks this machine alone, whatever proxy the environment names."""


def until(happened: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait until something has happened, or fail."""
    late = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < late, "it did not happen"
        time.sleep(0.01)


@contextmanager
def answering(source: Path, settings: Settings | None = None, **headers: str) -> Iterator[TestClient]:
    """A service over a gazetteer inside this process, its workers apart."""
    app = application(resolve.open(source), [str(source)], checked(settings or Settings()))
    with TestClient(app, base_url=HERE, headers=headers) as client:
        yield client


@dataclass
class Service:
    """A running service and where it answers."""

    url: str
    process: subprocess.Popen[str]

    def get(self, path: str) -> Any:
        """The JSON at a path."""
        with LOCAL.open(self.url + path, timeout=60) as answer:
            return json.load(answer)

    def post(self, path: str, value: object) -> Any:
        """The JSON with which a path answers another."""
        request = urllib.request.Request(
            self.url + path, json.dumps(value).encode(), {"content-type": "application/json"}
        )
        with LOCAL.open(request, timeout=60) as answer:
            return json.load(answer)


@contextmanager
def serving(*arguments: str) -> Iterator[Service]:
    """Run `resolve serve` with some arguments at a free port."""
    command = [sys.executable, "-m", "resolve.cli", "serve", "--port", "0", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment, cwd=ROOT)
    try:
        assert process.stderr is not None
        yield Service(_address(process.stderr), process)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        assert process.stderr is not None
        process.stderr.close()


def _address(lines: IO[str]) -> str:
    """The address that the service names when it is ready."""
    said = []
    for line in lines:
        said.append(line)
        if found := re.match(r"(http://\S+?)/ ", line):
            return found[1]
    raise AssertionError("the service did not start: " + "".join(said))
