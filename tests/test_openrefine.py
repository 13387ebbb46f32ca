"""OpenRefine itself matches a column of Cyrillic names against Latin ones, and fetches what is known of them."""

from __future__ import annotations

import csv
import io
import json
import secrets
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.serving import LOCAL, Service, serving

pytestmark = [
    pytest.mark.openrefine,
    pytest.mark.skipif(
        not shutil.which("openrefine"), reason="OpenRefine is not installed (Debian: apt install openrefine)"
    ),
]
START = 90.0

GAZETTEER = """\
id,name,lang,kind,type,gender,description,wikidata
by-babaryka-viktar,Viktar Babaryka,en,name,person,m,Banker,
by-babaryka-eduard,Eduard Babaryka,en,name,person,m,Manager,
by-tsikhanouskaya-sviatlana,Sviatlana Tsikhanouskaya,en,name,person,f,Leader of the democratic forces,Q87193989
by-tsimanouskaya-krystsina,Krystsina Tsimanouskaya,en,name,person,f,Sprinter,
by-statkevich-mikalai,Mikalai Statkevich,en,name,person,m,Politician,
"""
NAMES = """\
who,where
Светлана Тихановская,Вильнюс
Микола Статкевич,Минск
Бабарыка,Минск
Иван Ковальчук,Гродно
"""


class Refine:
    """OpenRefine's HTTP API."""

    def __init__(self, url: str) -> None:
        self.url = url

    def call(
        self, command: str, parameters: dict[str, Any] | None = None, body: bytes | None = None, kind: str = ""
    ) -> bytes:
        """What a command answers."""
        query = urllib.parse.urlencode(parameters or {})
        headers = {"content-type": kind} if kind else {}
        request = urllib.request.Request(f"{self.url}/command/core/{command}?{query}", body, headers)
        with LOCAL.open(request, timeout=60) as answer:
            return (
                bytes(answer.read()) if answer.geturl().startswith(f"{self.url}/command") else answer.geturl().encode()
            )

    def token(self) -> str:
        """The token that every change needs."""
        return str(json.loads(self.call("get-csrf-token"))["token"])

    def create(self, name: str, table: str) -> str:
        """Make a project of a CSV; returns its number."""
        edge = secrets.token_hex(8)
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="project-name"\r\n\r\n{name}\r\n',
            f'--{edge}\r\nContent-Disposition: form-data; name="project-file"; filename="names.csv"\r\n',
            f"Content-Type: text/csv\r\n\r\n{table}\r\n--{edge}--\r\n",
        ]
        found = self.call(
            "create-project-from-upload",
            {"csrf_token": self.token(), "format": "text/line-based/*sv", "options": '{"separator": ",", "encoding": "UTF-8"}'},
            "".join(parts).encode(),
            f"multipart/form-data; boundary={edge}",
        ).decode()  # fmt: skip
        return urllib.parse.parse_qs(urllib.parse.urlparse(found).query)["project"][0]

    def apply(self, project: str, *operations: dict[str, Any]) -> None:
        """Do operations and wait until they are done."""
        body = urllib.parse.urlencode({"operations": json.dumps(operations)}).encode()
        said = json.loads(self.call("apply-operations", {"project": project, "csrf_token": self.token()}, body))
        assert said["code"] in {"ok", "pending"}, said
        until = time.monotonic() + 60
        while json.loads(self.call("get-processes", {"project": project}))["processes"]:
            assert time.monotonic() < until, "OpenRefine did not finish"
            time.sleep(0.2)

    def rows(self, project: str) -> list[dict[str, str]]:
        """The table as OpenRefine exports it."""
        engine = json.dumps({"facets": [], "mode": "row-based"})
        body = urllib.parse.urlencode({"project": project, "format": "csv", "engine": engine}).encode()
        text = self.call("export-rows/names.csv", {"csrf_token": self.token()}, body).decode("utf-8")
        return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def refine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Refine]:
    """OpenRefine without a window, with its files in a folder of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("refine")
    command = ["openrefine", "-p", str(port), "-d", str(folder), "-m", "512M", "-x", "refine.headless=true"]
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
    try:
        found = Refine(f"http://127.0.0.1:{port}")
        _wait(found, process, folder / "log")
        yield found
    finally:
        _end(process)


def _wait(refine: Refine, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START
    while True:
        try:
            refine.call("get-version")
        except (urllib.error.URLError, ConnectionError):
            assert process.poll() is None, log.read_text(errors="replace")
            assert time.monotonic() < until, "OpenRefine did not start"
            time.sleep(0.5)
        else:
            return


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the script and the Java that it started, which share a session of their own."""
    import os
    import signal

    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service over a small Latin gazetteer."""
    source = tmp_path_factory.mktemp("serve") / "people.csv"
    source.write_text(GAZETTEER, encoding="utf-8")
    with serving("--gazetteer", str(source)) as found:
        yield found


def reconciliation(service: Service, column: str) -> dict[str, Any]:
    """OpenRefine's operation that matches a column."""
    manifest = service.get("/reconcile")
    config = {
        "mode": "standard-service", "service": f"{service.url}/reconcile", "identifierSpace": manifest["identifierSpace"],
        "schemaSpace": manifest["schemaSpace"], "type": {"id": "person", "name": "Person"}, "autoMatch": True,
        "columnDetails": [], "limit": 5,
    }  # fmt: skip
    return {
        "op": "core/recon",
        "columnName": column,
        "config": config,
        "engineConfig": {"facets": [], "mode": "row-based"},
    }


def extension(service: Service, column: str, *properties: str) -> dict[str, Any]:
    """OpenRefine's operation that fetches what is known of matched entities."""
    manifest = service.get("/reconcile")
    return {
        "op": "core/extend-reconciled-data", "baseColumnName": column, "endpoint": f"{service.url}/reconcile",
        "identifierSpace": manifest["identifierSpace"], "schemaSpace": manifest["schemaSpace"], "columnInsertIndex": 1,
        "extension": {"properties": [{"id": id, "name": id} for id in properties]},
        "engineConfig": {"facets": [], "mode": "row-based"},
    }  # fmt: skip


def added(column: str, name: str, expression: str) -> dict[str, Any]:
    """OpenRefine's operation that adds a column."""
    return {
        "op": "core/column-addition", "baseColumnName": column, "newColumnName": name, "columnInsertIndex": 1,
        "expression": f"grel:{expression}", "onError": "set-to-blank", "engineConfig": {"facets": [], "mode": "row-based"},
    }  # fmt: skip


def test_openrefine_matches_extends_and_exports(refine: Refine, service: Service) -> None:
    project = refine.create("names", NAMES)
    refine.apply(project, reconciliation(service, "who"))
    refine.apply(
        project,
        added("who", "matched", "cell.recon.match.id"),
        added("who", "candidates", 'forEach(cell.recon.candidates, c, c.id).join("|")'),
        added("who", "score", "cell.recon.best.score"),
        added("who", "written", "value"),
    )
    refine.apply(project, extension(service, "who", "gender", "name@en", "wikidata"))
    rows = {row["written"]: row for row in refine.rows(project)}

    assert rows["Светлана Тихановская"]["matched"] == "by-tsikhanouskaya-sviatlana"
    assert rows["Микола Статкевич"]["matched"] == "by-statkevich-mikalai"
    assert rows["Светлана Тихановская"]["Wikidata item"] == "Q87193989"
    assert rows["Микола Статкевич"]["Gender"] == "m"
    assert rows["Микола Статкевич"]["Name (en)"] == rows["Микола Статкевич"]["who"] == "Mikalai Statkevich"
    assert 90 <= float(rows["Светлана Тихановская"]["score"]) < 100


def test_openrefine_leaves_open_what_is_open(refine: Refine, service: Service) -> None:
    project = refine.create("open", NAMES)
    refine.apply(project, reconciliation(service, "who"))
    refine.apply(
        project,
        added("who", "matched", "cell.recon.match.id"),
        added("who", "candidates", 'forEach(cell.recon.candidates, c, c.id).join("|")'),
        added("who", "written", "value"),
    )
    rows = {row["written"]: row for row in refine.rows(project)}

    assert rows["Бабарыка"]["matched"] == ""
    assert {"by-babaryka-viktar", "by-babaryka-eduard"} <= set(rows["Бабарыка"]["candidates"].split("|"))
    assert rows["Иван Ковальчук"]["matched"] == ""


def test_the_manifest_leads_to_what_openrefine_shows(service: Service) -> None:
    """What its dialogue asks for: suggestions by what somebody types, and a preview."""
    manifest = service.get("/reconcile")
    suggest = manifest["suggest"]["entity"]
    query = urllib.parse.urlencode({"prefix": "Тихановск"})
    found = service.get(f"{suggest['service_path']}?{query}")
    assert found["result"][0]["id"] == "by-tsikhanouskaya-sviatlana"
    preview = manifest["preview"]["url"].replace("{{id}}", "by-tsikhanouskaya-sviatlana")
    with LOCAL.open(preview) as answer:
        assert "Sviatlana Tsikhanouskaya" in answer.read().decode()
