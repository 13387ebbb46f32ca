"""`resolve serve` as a user starts and ends it, and what one worker does."""

from __future__ import annotations

import builtins
import http.client
import io
import json
import signal
import socket
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

import resolve
from resolve.service import page, worker
from resolve.service.decisions import Decided
from resolve.service.errors import Refused
from resolve.service.settle import Settled, settle, settled
from resolve.service.tasks import Tasks
from tests.conftest import Run
from tests.serving import LOCAL, serving, until
from tests.test_service import long_text

# ---------------------------------------------------------------- the command


def test_it_serves_the_page_and_ends_when_told(family_file: Path) -> None:
    with serving("-g", str(family_file)) as service:
        with LOCAL.open(f"{service.url}/") as answer:
            assert b"Paste a text" in answer.read()
        assert service.get("/status")["entities"] == 9
        workers = _children(service.process.pid)
        service.process.send_signal(signal.SIGINT)
        assert service.process.wait(20) == 0
    assert [path for path in workers if path.exists()] == []


def test_requests_under_way_are_finished_when_it_ends(family_file: Path) -> None:
    found: list[Any] = []
    with serving("-g", str(family_file)) as service:
        thread = threading.Thread(target=lambda: found.append(service.post("/text", {"text": long_text(800)})))
        thread.start()
        until(lambda: service.get("/status")["under_way"])
        service.process.terminate()
        thread.join(60)
        assert service.process.wait(20) == 0
    assert len(found[0]["links"]) > 800


def test_a_crowd_is_answered_or_told_when_to_ask_again(family_file: Path) -> None:
    """Sixty at once from one address, over real connections: 24 are taken, the others hear so at once."""
    ready = threading.Barrier(60)
    found: list[tuple[int, str | None]] = []

    def ask(url: str) -> None:
        request = urllib.request.Request(
            f"{url}/text", json.dumps({"text": long_text(40)}).encode(), {"content-type": "application/json"}
        )
        ready.wait()
        try:
            with LOCAL.open(request, timeout=120) as answer:
                found.append((answer.status, None))
        except urllib.error.HTTPError as refused:
            with refused:
                found.append((refused.code, refused.headers["retry-after"]))

    with serving("-g", str(family_file)) as service:
        crowd = [threading.Thread(target=ask, args=(service.url,)) for _ in range(60)]
        for one in crowd:
            one.start()
        for one in crowd:
            one.join()
        assert service.get("/match?name=Bill%20Clinton")["entity_id"] == "us-clinton-bill"
        assert service.get("/status")["under_way"] == 0
    assert len(found) == 60
    assert {status for status, _ in found} == {200, 429}
    assert sum(status == 200 for status, _ in found) >= 24
    assert all(retry for status, retry in found if status == 429)


def test_nobody_is_taken_on_while_it_ends(family_file: Path) -> None:
    """A request under way is finished; who comes after the signal finds the door closed, not a broken answer."""
    found: list[Any] = []
    late: list[str] = []
    with serving("-g", str(family_file)) as service:
        thread = threading.Thread(target=lambda: found.append(service.post("/text", {"text": long_text(800)})))
        thread.start()
        until(lambda: service.get("/status")["under_way"])
        service.process.terminate()
        while thread.is_alive():
            try:
                service.get("/match?name=Bill%20Clinton")
            except urllib.error.HTTPError as refused:
                with refused:
                    late.append(str(refused.code))
            except (urllib.error.URLError, OSError, http.client.HTTPException):
                late.append("closed")
            time.sleep(0.02)
        assert service.process.wait(20) == 0
    assert len(found[0]["links"]) > 800
    assert late
    assert set(late) <= {"closed", "503"}


def _children(parent: int) -> list[Path]:
    """The folders of the processes that a process has started, where the system tells."""
    status = Path("/proc").glob("[0-9]*/status")
    return [path.parent for path in status if f"PPid:\t{parent}\n" in _text(path)]


def _text(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""


def test_a_port_that_is_taken_is_named(run: Run, family_file: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        found = run("serve", "-g", family_file, "--port", str(taken.getsockname()[1]))
    assert found.code == 2
    assert "cannot listen at 127.0.0.1" in found.err
    assert "--port" in found.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--host", "0.0.0.0"], "--token"),
        (["--host", "0.0.0.0", "--token", "short"], "at least 16"),
        (["--port", "70000"], "port 70000"),
        (["--timeout", "0"], "timeout 0.0"),
        (["--max-text", "-1"], "text -1"),
        (["--allow-origin", "example.org"], "'example.org' is no origin"),
        (["--host", "no such host", "--token", "0123456789abcdef"], "cannot listen"),
    ],
)
def test_what_is_unsafe_or_out_of_range_is_refused(run: Run, family_file: Path, options: list[str], said: str) -> None:
    found = run("serve", "-g", family_file, *options)
    assert found.code == 2
    assert said in found.err
    assert "Traceback" not in found.err


def test_a_gazetteer_or_decisions_that_cannot_be_used_are_named(run: Run, family_file: Path, tmp_path: Path) -> None:
    assert run("serve", "-g", tmp_path / "none.csv").code == 2
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n", encoding="utf-8")
    found = run("serve", "-g", family_file, "--decisions", other)
    assert found.code == 2
    assert "no column 'id'" in found.err


def test_without_its_extra_it_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    really = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("resolve.service.app"):
            raise ModuleNotFoundError("No module named 'starlette'", name="starlette")
        return really(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    found = run("serve")
    assert found.code == 2
    assert "pip install 'onomast[serve]'" in found.err


def test_the_files_of_the_page_ask_nobody_else() -> None:
    """No address of another host but the links a person may follow, no style or script in the markup."""
    for path in page.FOLDER.iterdir():
        text = path.read_text(encoding="utf-8")
        addresses = text.replace("http://www.w3.org/2000/svg", "").replace("https://www.wikidata.org/wiki/", "")
        assert "://" not in addresses, path.name
        assert path.suffix != ".html" or (" style=" not in text and "<style" not in text and " onclick" not in text)
        assert path.suffix != ".js" or ("innerHTML" not in text and "eval(" not in text)


# ---------------------------------------------------------------- one worker


@pytest.fixture(scope="module")
def tasks(family: resolve.Resolver) -> Tasks:
    found = Tasks()
    found.run("setup", {"folder": str(family.index.folder), "threshold": 0.9, "decisions": []})
    return found


def test_a_worker_answers_frames(family: resolve.Resolver) -> None:
    stream = io.BytesIO()
    worker.write_frame(stream, ["ping", {}])
    stream.seek(0)
    assert worker.read_frame(stream) == (True, b'["ping",{}]')
    for broken in (b"", b"\0\0", b"\0\0\0\x09[1]"):
        with pytest.raises(EOFError):
            worker.read_frame(io.BytesIO(broken))
    fresh = Tasks()
    assert worker.answer(fresh, "ping", {}) == (False, worker.DONE)
    assert worker.answer(fresh, "match", {"names": ["x"]})[0]["code"] == "starting"
    setup = {"folder": str(family.index.folder), "threshold": 0.9, "decisions": []}
    assert worker.answer(fresh, "setup", setup) == (True, worker.DONE)
    assert worker.answer(fresh, "setup", {**setup, "folder": "/none"})[0]["status"] == 422
    assert worker.answer(fresh, "entity", {"id": "nobody"})[0]["status"] == 404
    assert worker.answer(fresh, "romance", {})[0]["status"] == 500


def test_a_worker_survives_what_breaks_a_task(tasks: Tasks, capsys: pytest.CaptureFixture[str]) -> None:
    found, kind = worker.answer(tasks, "match", {"names": 5})
    assert kind == worker.FAILED
    assert (found["status"], found["code"]) == (500, "internal")
    assert "TypeError" in capsys.readouterr().err
    assert "TypeError" not in found["message"]


def test_the_tasks_of_a_worker(tasks: Tasks, tmp_path: Path) -> None:
    text = "Светлана Тихановская и Билл Клинтон. Иван Петров."
    found = tasks.run("text", {"text": text, "all": False, "evidence": "none"})
    assert [link["entity_id"] for link in found["links"]] == ["by-tsikhanouskaya-sviatlana", "us-clinton-bill"]
    assert "evidence" not in found["links"][0]["candidates"][0]
    assert tasks.run("entities", {"ids": ["us-clinton-bill", "nobody"]})[1] is None
    assert tasks.run("entity", {"id": "by-org-council", "spellings": True})["spellings"] == []
    assert tasks.run("entity", {"id": "us-clinton-bill", "spellings": True})["spellings"]
    assert tasks.run("explain", {"left": "Vlasova", "right": "Уласава"})["bits"] > 10
    assert tasks.run("variants", {"name": "Янка"})["forms"]
    assert [e["how"] for e in tasks.run("search", {"query": "Клинт", "limit": 5})] == ["prefix", "prefix"]
    assert tasks.run("search", {"query": "us-clinton-bill", "limit": 5})[0]["how"] == "id"
    source = tmp_path / "people.csv"
    source.write_text("id,name\nx,Якуб Колас\ny,Янка Купала\n", encoding="utf-8")
    rows = [["x", "Jakub", "alias"], ["gone", "Nobody", "alias"]]
    made = tasks.run("compile", {"sources": [str(source)], "decisions": rows, "folder": str(tmp_path / "made")})
    assert made == {"names": 3}
    with pytest.raises(Refused):
        tasks.run("nothing", {})


def test_every_entity_is_found_by_its_id(curated: resolve.Resolver) -> None:
    index = curated.index
    for number in range(len(index)):
        assert index.number_of(index.entity(number).id) == number
    for other in ("", "by-", "by-babaryka-vikta", '{"id": "x"', "\x00"):
        assert index.number_of(other) is None


def test_what_was_decided_in_memory(family: resolve.Resolver) -> None:
    index = family.index
    link = family.match("Бабарыка")
    assert settle(link, Settled(), index, 0.9) == link
    one = settled([Decided("by-babaryka-eduard", "Бабарыка", "exclude"), Decided("nobody", "Бабарыка", "alias")], index)
    left = settle(link, one, index, 0.9)
    assert [c.entity_id for c in left.candidates] == ["by-babaryka-viktar"]
    assert left.probability > link.probability
    means = settled([Decided("by-babaryka-eduard", "бабарыка", "alias")], index)
    found = settle(link, means, index, 0.9)
    assert (found.status, found.entity_id, found.type) == ("resolved", "by-babaryka-eduard", "person")
    assert found.evidence[-1].feature == "decided in review"
    assert found.bits == pytest.approx(sum(piece.bits for piece in found.evidence), abs=0.5)
    assert sum(c.probability for c in found.candidates) <= 1.0
    unknown = settle(
        family.match("Якуб Колас"), settled([Decided("us-clinton-bill", "Якуб Колас", "alias")], index), index, 0.9
    )
    assert unknown.entity_id == "us-clinton-bill"
    both = [
        Decided("by-babaryka-viktar", "Eduard Babaryka", "alias"),
        Decided("by-babaryka-eduard", "Eduard Babaryka", "exclude"),
    ]
    assert settled(both, index).merged == {"by-babaryka-eduard": "by-babaryka-viktar"}
    same = settle(link, settled(both, index), index, 0.9)
    assert (same.entity_id, len(same.candidates)) == ("by-babaryka-viktar", 1)
