"""What reviewers decide holds at once, survives a restart and a crash, and is a plain gazetteer."""

from __future__ import annotations

import csv
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import resolve
from resolve.errors import GazetteerError, OutputError, UsageError
from resolve.gazetteer import check
from resolve.service.decisions import COLUMNS, Decided, Ledger, effective
from resolve.service.settings import Settings
from tests.serving import answering, serving, until
from tests.test_service import code

BABARYKA = "Babaryka said so."
PICK = {"kind": "pick", "text": "Babaryka", "entity_id": "by-babaryka-viktar"}


def link(client: TestClient, text: str, place: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = client.post("/text", json={"text": text}).json()["links"][place]
    return found


def compiled(client: TestClient) -> None:
    """Wait until the gazetteer is compiled with all decisions."""
    until(lambda: not client.get("/status").json()["decisions"]["compiling"])


@pytest.fixture(scope="module")
def empty(family_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Path]]:
    """A service without decisions, and its file."""
    file = tmp_path_factory.mktemp("empty") / "decided.csv"
    with answering(family_file, Settings(decisions=file)) as client:
        yield client, file


# ---------------------------------------------------------------- they hold


def test_a_pick_holds_for_the_next_request(family_file: Path) -> None:
    with answering(family_file) as client:
        assert link(client, BABARYKA)["status"] == "ambiguous"
        assert client.post("/decisions", json=PICK).status_code == 201
        found = link(client, BABARYKA)
        assert (found["entity_id"], found["status"]) == ("by-babaryka-viktar", "resolved")
        assert client.get("/match", params={"name": "BABARYKA"}).json()["entity_id"] == "by-babaryka-viktar"


def test_a_pick_helps_with_other_forms_when_it_is_compiled(family_file: Path) -> None:
    with answering(family_file) as client:
        assert link(client, "Бабарыку видели.")["status"] == "ambiguous"
        client.post("/decisions", json=PICK)
        compiled(client)
        assert link(client, "Бабарыку видели.")["entity_id"] == "by-babaryka-viktar"


def test_a_pick_does_not_overrule_what_a_text_says(family_file: Path) -> None:
    with answering(family_file) as client:
        client.post("/decisions", json=PICK)
        for _ in range(2):
            assert link(client, "Eduard Babaryka came. Babaryka said so.", 1)["entity_id"] == "by-babaryka-eduard"
            compiled(client)


def test_a_name_that_nobody_had_becomes_one(family_file: Path) -> None:
    with answering(family_file) as client:
        text = "Андрей Кравцов выступил."
        assert link(client, text)["status"] == "unknown"
        client.post("/decisions", json={**PICK, "text": "Андрей Кравцов"})
        found = link(client, text)
        assert (found["entity_id"], found["probability"] < 1) == ("by-babaryka-viktar", True)
        compiled(client)
        assert link(client, "Видели Андрея Кравцова.")["entity_id"] == "by-babaryka-viktar"


def test_none_of_them_leaves_nobody(family_file: Path) -> None:
    with answering(family_file) as client:
        client.post(
            "/decisions",
            json={"kind": "none", "text": "Babaryka", "candidates": ["by-babaryka-viktar", "by-babaryka-eduard"]},
        )
        for _ in range(2):
            found = client.get("/match", params={"name": "Babaryka"}).json()
            assert (found["status"], found["candidates"]) == ("unknown", [])
            compiled(client)
        assert client.get("/match", params={"name": "Viktar Babaryka"}).json()["entity_id"] == "by-babaryka-viktar"


def test_not_one_of_two_leaves_the_other(family_file: Path) -> None:
    with answering(family_file) as client:
        client.post("/decisions", json={"kind": "none", "text": "Babaryka", "candidates": ["by-babaryka-eduard"]})
        before = client.get("/match", params={"name": "Babaryka"}).json()
        assert [c["entity_id"] for c in before["candidates"]] == ["by-babaryka-viktar"]
        assert before["probability"] > 0.8


def test_somebody_else_than_the_text_says(family_file: Path) -> None:
    with answering(family_file) as client:
        decided = {
            "kind": "pick",
            "text": "Bill Clinton",
            "entity_id": "by-babaryka-viktar",
            "instead_of": "us-clinton-bill",
        }
        client.post("/decisions", json=decided)
        assert link(client, "Bill Clinton came.")["entity_id"] == "by-babaryka-viktar"


TWINS = """\
id,name,lang,kind,type,gender
a,Якуб Колас,be,name,person,m
a,Yakub Kolas,en,name,person,m
b,Якуб Колас,ru,name,person,m
b,Jakub Kołas,pl,name,person,m
c,Янка Купала,be,name,person,m
"""


def test_two_that_are_the_same_become_one(tmp_path: Path) -> None:
    source = tmp_path / "poets.csv"
    source.write_text(TWINS, encoding="utf-8")
    with answering(source) as client:
        assert client.get("/match", params={"name": "Якуб Колас"}).json()["status"] == "ambiguous"
        client.post("/decisions", json={"kind": "same", "entity_id": "a", "other_id": "b"})
        found = client.get("/match", params={"name": "Якуб Колас"}).json()
        assert (found["entity_id"], [c["entity_id"] for c in found["candidates"]]) == ("a", ["a"])
        compiled(client)
        for name in ("Якуба Коласа", "Jakub Kołas"):
            assert client.get("/match", params={"name": name}).json()["entity_id"] == "a"


def test_the_last_decision_holds_and_can_be_taken_back(family_file: Path) -> None:
    with answering(family_file) as client:
        client.post("/decisions", json=PICK)
        time_of_second = client.post("/decisions", json={**PICK, "entity_id": "by-babaryka-eduard"}).json()["time"]
        assert link(client, BABARYKA)["entity_id"] == "by-babaryka-eduard"
        compiled(client)
        assert client.delete(f"/decisions/{time_of_second}").status_code == 200
        assert link(client, BABARYKA)["entity_id"] == "by-babaryka-viktar"
        assert code(client.delete(f"/decisions/{time_of_second}")) == (404, "unknown_decision")


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        ({}, (422, "invalid")),
        ({**PICK, "kind": "maybe"}, (422, "invalid")),
        ({**PICK, "entity_id": "nobody"}, (404, "unknown_entity")),
        ({**PICK, "text": "..."}, (422, "invalid")),
        ({**PICK, "text": "=cmd()"}, (422, "invalid")),
        ({**PICK, "text": "Baba\x00ryka"}, (422, "invalid")),
        ({"kind": "none", "text": "Babaryka", "candidates": []}, (422, "invalid")),
        ({"kind": "same", "entity_id": "us-clinton-bill", "other_id": "us-clinton-bill"}, (422, "invalid")),
    ],
)
def test_what_is_no_decision_is_not_kept(
    empty: tuple[TestClient, Path], decision: dict[str, Any], expected: tuple[int, str]
) -> None:
    client, file = empty
    assert code(client.post("/decisions", json=decision)) == expected
    assert client.get("/decisions").json()["decisions"] == []
    assert file.read_text() == "id,name,lang,kind,decided\n"


# ---------------------------------------------------------------- they are kept


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_decisions_survive_a_restart_and_are_a_gazetteer(family_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "decided.csv"
    with answering(family_file, Settings(decisions=file)) as client:
        client.post("/decisions", json=PICK)
        client.post("/decisions", json={"kind": "none", "text": "Клінтан", "candidates": ["us-clinton-bill"]})
    rows = rows_of(file)
    assert [(row["id"], row["name"], row["kind"]) for row in rows] == [
        ("by-babaryka-viktar", "Babaryka", "alias"), ("us-clinton-bill", "Клінтан", "exclude"),
    ]  # fmt: skip
    with answering(family_file, Settings(decisions=file)) as client:
        assert link(client, BABARYKA)["entity_id"] == "by-babaryka-viktar"
        compiled(client)
        assert client.get("/status").json()["decisions"]["compiled"] == 2
    assert [problem for problem in check([family_file, file]) if problem.fatal] == []
    assert resolve.open([family_file, file]).text(BABARYKA).links[0].entity_id == "by-babaryka-viktar"


def test_a_service_that_is_killed_has_kept_what_it_confirmed(family_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "decided.csv"
    with serving("-g", str(family_file), "--decisions", str(file)) as service:
        service.post("/decisions", PICK)
        os.kill(service.process.pid, signal.SIGKILL)
        service.process.wait()
    with serving("-g", str(family_file), "--decisions", str(file)) as service:
        assert service.post("/text", {"text": BABARYKA})["links"][0]["entity_id"] == "by-babaryka-viktar"


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


ROW = Decided("x", "Якуб, Колас", "alias")


def test_a_line_that_broke_off_is_left_out_and_named(tmp_path: Path) -> None:
    """Wherever the machine went down while the second decision was written, the first is there and a third fits."""
    file = tmp_path / "decided.csv"
    ledger = Ledger(file)
    ledger.add([ROW])
    first = file.read_bytes()
    ledger.add([Decided("y", "Янка\u00a0Купала", "exclude")])
    ledger.close()
    whole = file.read_bytes()
    for length in range(len(first), len(whole) + 1):
        file.write_bytes(whole[:length])
        again = Ledger(file)
        complete = length >= len(whole) - 1
        assert [row.id for row in again.rows] == (["x", "y"] if complete else ["x"])
        assert bool(again.repaired) == (len(first) < length and not complete)
        again.add([Decided("z", "Z", "alias")])
        again.close()
        assert rows_of(file)[-1]["id"] == "z"


def test_nothing_is_kept_of_a_decision_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "decided.csv"
    ledger = Ledger(file)
    ledger.add([ROW])
    before = file.read_bytes()
    really, calls = os.write, []

    def full(fd: int, data: Any) -> int:
        calls.append(len(data))
        if len(calls) > 1:
            raise OSError(28, "No space left on device")
        return really(fd, bytes(data)[:7])

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OutputError, match="No space left"):
        ledger.add([ROW])
    monkeypatch.undo()
    assert file.read_bytes() == before
    assert len(ledger.rows) == 1
    ledger.close()


def test_every_decision_is_forced_to_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger(tmp_path / "decided.csv")
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda fd: synced.append(os.fstat(fd).st_size))
    ledger.add([ROW])
    assert synced == [(tmp_path / "decided.csv").stat().st_size]
    ledger.close()


def test_two_services_do_not_write_one_file(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "decided.csv")
    with pytest.raises(UsageError, match="another service"):
        Ledger(tmp_path / "decided.csv")
    ledger.add([ROW])
    ledger.undo(ledger.rows[0].time)
    with pytest.raises(UsageError, match="another service"):
        Ledger(tmp_path / "decided.csv")
    ledger.close()
    Ledger(tmp_path / "decided.csv").close()


def test_what_somebody_writes_into_the_file_by_hand_is_taken_in(tmp_path: Path) -> None:
    file = tmp_path / "decided.csv"
    ledger = Ledger(file)
    with file.open("a", encoding="utf-8") as stream:
        stream.write("h,By Hand,,alias,\n")
    ledger.add([ROW])
    assert [row.id for row in ledger.rows] == ["h", "x"]
    ledger.undo(ledger.rows[1].time)
    assert lines(file) == [",".join(COLUMNS), "h,By Hand,,alias,"]
    ledger.close()


@pytest.mark.parametrize("content", ["name,lang\nx,y\n", "id,name,kind\nx,Y,name\n", "id,name,kind\n,Y,alias\n"])
def test_a_file_of_something_else_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "decided.csv"
    file.write_text(content)
    with pytest.raises(GazetteerError):
        Ledger(file)
    assert file.read_text() == content


def test_what_holds_is_the_last_word() -> None:
    rows = [
        Decided("a", "Petrov", "alias"),
        Decided("a", "petrov", "exclude"),
        Decided("b", "PETROV", "alias"),
        Decided("c", "Petrov", "alias"),
    ]
    assert [(row.id, row.kind) for row in effective(rows)] == [("a", "exclude"), ("c", "alias")]
