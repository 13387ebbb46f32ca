"""The JSON API: what it answers, within which bounds, and to whom."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from starlette.testclient import TestClient

import resolve
from resolve.errors import UsageError
from resolve.service import guard
from resolve.service.errors import Refused
from resolve.service.openapi import description
from resolve.service.settings import Settings, checked
from tests.serving import HERE, answering, until


@pytest.fixture(scope="module")
def client(family_file: Path) -> Iterator[TestClient]:
    with answering(family_file) as found:
        yield found


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


# ---------------------------------------------------------------- answers


TEXT = "Светлана Тихановская встретила Бабарыку. Тихановскую ждали; пришёл Иван Петров."


def test_a_text_gets_its_links_entities_and_profile(client: TestClient) -> None:
    found = client.post("/text", json={"text": TEXT, "evidence": "all"}).json()
    assert [(link["text"], link["status"]) for link in found["links"]] == [
        ("Светлана Тихановская", "resolved"), ("Бабарыку", "ambiguous"), ("Тихановскую", "resolved"), ("Иван Петров", "unknown"),
    ]  # fmt: skip
    assert all(TEXT[link["start"] : link["end"]] == link["text"] for link in found["links"])
    assert found["entities"]["by-tsikhanouskaya-sviatlana"]["name"] == "Sviatlana Tsikhanouskaya"
    assert found["profile"]["bases"] == {"ru": 1, "ru/uk": 1}
    for link in found["links"]:
        for candidate in link["candidates"]:
            assert sum(piece["bits"] for piece in candidate["evidence"]) == pytest.approx(candidate["bits"], abs=0.5)


def test_offsets_count_code_points(client: TestClient) -> None:
    text = "\N{GRINNING FACE}\N{GRINNING FACE} Bill Clinton\r\nspoke."
    (link,) = client.post("/text", json={"text": text}).json()["links"]
    assert (link["start"], link["end"]) == (3, 15)


def test_the_service_says_what_the_library_says(client: TestClient, family: resolve.Resolver) -> None:
    for name in ("Тихановская Светлана", "Babaryka", "Якуб Колас"):
        link = family.match(name)
        found = client.get("/match", params={"name": name}).json()
        assert (found["entity_id"], found["status"]) == (link.entity_id, link.status)
        assert [c["entity_id"] for c in found["candidates"]] == [c.entity_id for c in link.candidates]


def test_several_names_are_answered_in_order(client: TestClient) -> None:
    names = ["Билл Клинтон", "", "Хиллари Клинтон", "Билл Клинтон"]
    found = client.post("/match", json={"names": names}).json()["results"]
    assert [one["text"] for one in found] == names
    assert [one["entity_id"] for one in found] == ["us-clinton-bill", None, "us-clinton-hillary", "us-clinton-bill"]


def test_a_pair_and_the_spellings_of_a_name(client: TestClient) -> None:
    found = client.get("/explain", params={"left": "Vlasova", "right": "Уласава"}).json()
    assert found["bits"] > 10
    assert "Vlasova ~ Уласава" in found["text"]
    forms = client.get("/variants", params={"name": "Ціханоўская", "lang": "be"}).json()["forms"]
    assert {
        "text": "Tikhanovskaya",
        "scheme": "ru: BGN/PCGN 1947",
        "lang": "ru",
        "title": "BGN/PCGN 1947",
        "derived": "be",
    } in forms


@pytest.mark.parametrize(
    "typed", ["tsikhanousk", "Тихановск", "Ціханоўс", "Sviatlana Tsikh", "by-tsikhanouskaya-sviatlana"]
)
def test_what_is_typed_finds_the_entity(client: TestClient, typed: str) -> None:
    found = client.get("/entities", params={"q": typed}).json()["entities"]
    assert "by-tsikhanouskaya-sviatlana" in [entity["id"] for entity in found]


def test_search_pages_and_keeps_to_a_type(client: TestClient) -> None:
    everything = client.get("/entities", params={"q": "", "limit": 50}).json()["entities"]
    second = client.get("/entities", params={"q": "", "limit": 3, "skip": 3}).json()["entities"]
    assert [e["id"] for e in second] == [e["id"] for e in everything][3:6]
    places = client.get("/entities", params={"q": "", "type": "place"}).json()["entities"]
    assert [e["id"] for e in places] == ["by-place-babruysk"]


def test_an_entity_has_its_names_and_their_spellings(client: TestClient, tmp_path: Path) -> None:
    found = client.get("/entity", params={"id": "by-org-council"}).json()
    assert [(n["name"], n["kind"]) for n in found["names"]] == [
        ("Coordination Council", "name"),
        ("the Council", "weak"),
    ]
    source = tmp_path / "people.csv"
    source.write_text("id,name,lang\nx,Святлана Ціханоўская,be\n", encoding="utf-8")
    with answering(source) as other:
        spellings = other.get("/entity", params={"id": "x"}).json()["spellings"]
    assert "Swiatłana Cichanouska" in {form["text"] for form in spellings}


def test_the_description_names_what_is_there(client: TestClient) -> None:
    found = client.get("/openapi.json").json()
    assert found == json.loads(json.dumps(description(HERE, checked(Settings()))))
    for path, methods in found["paths"].items():
        for method in methods:
            answer = client.request(method, path.replace("{time}", "never"), json={} if method == "post" else None)
            assert answer.status_code != 405, (method, path)
            assert answer.headers["content-type"] == "application/json"


def test_answers_have_the_form_that_is_described(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    asked = [
        ("/text", "post", client.post("/text", json={"text": TEXT, "evidence": "all"})),
        ("/match", "get", client.get("/match", params={"name": "Бабарыка"})),
        ("/explain", "get", client.get("/explain", params={"left": "a", "right": "b"})),
        ("/variants", "get", client.get("/variants", params={"name": "Янка"})),
        ("/entities", "get", client.get("/entities", params={"q": "b"})),
        ("/entity", "get", client.get("/entity", params={"id": "us-clinton-bill"})),
        ("/decisions", "get", client.get("/decisions")),
    ]
    for path, method, answer in asked:
        schema = described["paths"][path][method]["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.Draft202012Validator({**schema, "components": described["components"]}).validate(answer.json())


# ---------------------------------------------------------------- bounds and mistakes


@pytest.mark.parametrize(
    ("path", "sent", "expected"),
    [
        ("/text", {}, (422, "invalid")),
        ("/text", {"text": 5}, (422, "invalid")),
        ("/text", {"text": "x", "evidence": "some"}, (422, "invalid")),
        ("/text", {"text": "x", "all": "perhaps"}, (422, "invalid")),
        ("/match", {"name": "x" * 2000}, (413, "too_large")),
        ("/match", {"names": ["x"] * 501}, (413, "too_large")),
        ("/match", {"names": "x"}, (422, "invalid")),
        ("/match", {"name": "x", "names": ["y"]}, (422, "invalid")),
        ("/match", {"name": "x", "limit": 0}, (422, "invalid")),
        ("/match", {"name": "x", "limit": 1e400}, (400, "json")),
        ("/match", {"name": "x", "limit": "many"}, (422, "invalid")),
        ("/match", {"name": "x", "lang": "<b>"}, (422, "invalid")),
        ("/explain", {"left": "x"}, (422, "invalid")),
        ("/variants", [], (422, "invalid")),
    ],
)  # fmt: skip
def test_a_mistake_is_named(client: TestClient, path: str, sent: Any, expected: tuple[int, str]) -> None:
    answer = client.post(path, content=json.dumps(sent), headers={"content-type": "application/json"})
    assert code(answer) == expected


@pytest.mark.parametrize(
    ("body", "kind", "expected"),
    [
        (b"{", "application/json", (400, "json")),
        (b"\xff\xfe", "application/json", (400, "encoding")),
        (b'{"text": "\\ud800"}', "application/json", (400, "encoding")),
        (b"[" * 100_000, "application/json", (400, "json")),
        (b'{"text": NaN}', "application/json", (400, "json")),
        (b"text=x", "application/x-www-form-urlencoded", (415, "media_type")),
    ],
)
def test_what_is_no_json_is_refused(client: TestClient, body: bytes, kind: str, expected: tuple[int, str]) -> None:
    assert code(client.post("/text", content=body, headers={"content-type": kind})) == expected


FIELDS = (
    "text",
    "name",
    "names",
    "left",
    "right",
    "lang",
    "limit",
    "evidence",
    "all",
    "id",
    "kind",
    "queries",
    "ids",
    "properties",
)
INNER = (
    "id",
    "query",
    "type",
    "limit",
    "conditions",
    "matchType",
    "propertyId",
    "propertyValue",
    "pid",
    "v",
    "settings",
    "properties",
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=30)
    | st.sampled_from(("name", "property", "id", "gender", "person", "us-clinton-bill")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(INNER), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@given(
    path=st.sampled_from(("/text", "/match", "/explain", "/variants", "/decisions", "/reconcile/1.0/reconcile", "/reconcile/1.0/extend")),
    body=st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=5),
)  # fmt: skip
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=120)
def test_no_request_breaks_the_service(client: TestClient, path: str, body: dict[str, Any]) -> None:
    answer = client.post(path, json=body)
    assert answer.status_code in {200, 400, 404, 413, 422}, answer.text
    in_form = client.post("/reconcile", data={"queries": json.dumps({"q": body}), "extend": "x"})
    assert in_form.status_code in {200, 400, 404, 413, 422}, in_form.text


def test_what_is_not_there_is_json_too(client: TestClient) -> None:
    assert code(client.get("/nothing")) == (404, "not_found")
    assert code(client.put("/text")) == (405, "method")
    assert code(client.get("/entity", params={"id": "nobody"})) == (404, "unknown_entity")
    assert code(client.get("/static/..%2fapp.py")) == (404, "not_found")
    assert code(client.get("/static/app.py")) == (404, "not_found")


def test_a_text_that_is_too_long_is_refused(family_file: Path) -> None:
    with answering(family_file, Settings(text=1000)) as client:
        assert client.post("/text", json={"text": "x" * 1000}).status_code == 200
        assert code(client.post("/text", json={"text": "x" * 1001})) == (413, "too_large")
        assert code(client.post("/text", content=b"x" * 80_000, headers={"content-type": "application/json"})) == (
            413,
            "too_large",
        )
        pieces = (b"x" * 10_000 for _ in range(10))
        assert code(client.post("/text", content=pieces, headers={"content-type": "application/json"})) == (
            413,
            "too_large",
        )


def test_a_request_that_drips_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A body has to arrive as a whole in its time, however many small pieces come."""
    monkeypatch.setattr(guard, "BODY_TIME", 0.2)

    async def drip() -> Any:
        await asyncio.sleep(0.03)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def read() -> None:
        bounded = guard.Guard(drip, checked(Settings()))._bounded(drip)  # type: ignore[arg-type]
        for _ in range(20):
            await bounded()

    with pytest.raises(Refused) as refused:
        asyncio.run(read())
    assert (refused.value.status, refused.value.code) == (408, "slow")


LONG = "Viktar Babaryka met Bill Clinton and {0}aryna {0}etrova in Babruysk. "


def long_text(words: int) -> str:
    """A text of many different names, which takes its time."""
    letters = "bcdfghklmnprstvz"
    return " ".join(
        LONG.format(letters[i % 16].upper() + letters[i // 16 % 16] + "a" + letters[i // 256 % 16])
        for i in range(words)
    )


def test_a_request_that_takes_too_long_is_ended_and_the_next_one_is_answered(family_file: Path) -> None:
    with answering(family_file, Settings(timeout=1.5)) as client:
        began = time.monotonic()
        answer = client.post("/text", json={"text": long_text(13_000)})
        assert code(answer) == (503, "timeout")
        assert int(answer.headers["retry-after"]) > 0
        assert time.monotonic() - began < 30
        # the worker that was ended is replaced: both lanes are free again
        until(lambda: client.post("/text", json={"text": "Bill Clinton. " * 500}).status_code == 200)


def test_long_requests_leave_room_for_short_ones(family_file: Path) -> None:
    """Three long texts on two workers: a name is answered long before they are done."""
    order: list[str] = []
    with answering(family_file) as client:
        text = long_text(1500)

        def long() -> None:
            assert client.post("/text", json={"text": text}).status_code == 200
            order.append("long")

        threads = [threading.Thread(target=long) for _ in range(3)]
        for thread in threads:
            thread.start()
        until(lambda: client.get("/status").json()["under_way"] == 3)
        assert client.get("/match", params={"name": "Bill Clinton"}).json()["entity_id"] == "us-clinton-bill"
        order.append("short")
        for thread in threads:
            thread.join()
    assert order[:2] != ["long", "long"]
    assert order[-1] == "long"


def test_too_many_requests_are_refused_at_once(family_file: Path) -> None:
    with answering(family_file, Settings(queue=1)) as client:
        thread = threading.Thread(target=lambda: client.post("/text", json={"text": long_text(1500)}))
        thread.start()
        until(lambda: client.get("/status").json()["under_way"])
        answer = client.get("/match", params={"name": "x"})
        thread.join()
    assert code(answer) == (503, "busy")
    assert answer.headers["retry-after"]


def test_one_caller_cannot_take_all(family_file: Path) -> None:
    with answering(family_file, Settings(client=1)) as client:
        text = {"text": long_text(1500)}
        # whichever comes first may be refused
        thread = threading.Thread(target=lambda: until(lambda: client.post("/text", json=text).status_code == 200))
        thread.start()
        found: list[Any] = []

        def refused() -> bool:
            found.append(client.get("/match", params={"name": "x"}))
            return bool(found[-1].status_code != 200)

        until(refused)
        thread.join()
    assert code(found[-1]) == (429, "too_many")


# ---------------------------------------------------------------- who may ask


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8710", "127.0.0.1.evil.example", "10.0.0.1:8710", "[", ""]
)
def test_another_host_name_is_refused(client: TestClient, host: str) -> None:
    """A page whose name was bound to this address anew cannot ask."""
    for path in ("/", "/status", "/reconcile"):
        assert code(client.get(path, headers={"host": host})) == (421, "host")


@pytest.mark.parametrize("host", ["127.0.0.1:9999", "localhost:8710", "[::1]:8710", "LOCALHOST"])
def test_names_of_this_machine_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/status", headers={"host": host}).status_code == 200


def test_another_origin_cannot_use_the_api(client: TestClient) -> None:
    for origin in ("https://evil.example", "http://127.0.0.1:3333", "null", "http://["):
        assert code(client.post("/text", json={"text": "x"}, headers={"origin": origin})) == (403, "origin")
        assert code(client.post("/decisions", json={}, headers={"origin": origin})) == (403, "origin")
    assert client.get("/status", headers={"origin": HERE}).status_code == 200
    assert code(client.get("/status", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"})) == (
        403,
        "origin",
    )
    assert client.get("/", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}).status_code == 200


def test_an_origin_that_is_allowed_can(family_file: Path) -> None:
    with answering(family_file, Settings(origins=("https://desk.example",))) as client:
        answer = client.get("/status", headers={"origin": "https://desk.example"})
        assert answer.headers["access-control-allow-origin"] == "https://desk.example"
        assert "Origin" in answer.headers["vary"]
        asked = {
            "origin": "https://desk.example",
            "access-control-request-method": "POST",
            "access-control-request-private-network": "true",
        }
        preflight = client.options("/text", headers=asked)
        assert preflight.status_code == 204
        assert preflight.headers["access-control-allow-private-network"] == "true"
        assert code(client.get("/status", headers={"origin": "https://other.example"})) == (403, "origin")


def test_a_page_may_do_nothing_but_ask_its_own_service(client: TestClient) -> None:
    headers = client.get("/").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


TOKEN = "0123456789abcdef0123"


def test_a_token_is_asked_for(family_file: Path) -> None:
    with answering(family_file, Settings(host="0.0.0.0", token=TOKEN)) as client:
        assert code(client.get("/status")) == (401, "token")
        assert client.get("/status", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert code(client.get("/status", headers={"authorization": f"Bearer {TOKEN}x"})) == (401, "token")
        assert client.get("/status", params={"token": TOKEN}).status_code == 200
        manifest = client.get("/reconcile").json()
        assert manifest["authentication"] == {"type": "apiKey", "name": "token", "in": "query"}
        assert code(client.get("/reconcile", params={"queries": "{}"})) == (401, "token")
        assert TOKEN in client.get("/reconcile", params={"token": TOKEN}).json()["suggest"]["entity"]["service_path"]


def test_a_browser_signs_in_with_the_token(family_file: Path) -> None:
    with answering(family_file, Settings(host="0.0.0.0", token=TOKEN)) as client:
        assert client.get("/").url.path == "/sign-in"
        form = {"content-type": "application/x-www-form-urlencoded"}
        wrong = client.post("/sign-in", content="token=wrong", headers=form)
        assert wrong.status_code == 401
        assert " hidden>" not in wrong.text
        answer = client.post("/sign-in", content=f"token={TOKEN}", headers=form)
        assert answer.url.path == "/"
        cookie = answer.history[0].headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert client.get("/status").status_code == 200


def test_a_service_for_others_needs_a_token() -> None:
    for host in ("0.0.0.0", "192.168.1.5", "::", "names.example.org"):
        with pytest.raises(UsageError, match="token"):
            checked(Settings(host=host))
        assert checked(Settings(host=host, token=TOKEN)).token
    with pytest.raises(UsageError, match="at least 16"):
        checked(Settings(token="short"))
    with pytest.raises(UsageError, match="no origin"):
        checked(Settings(origins=("example.org",)))


def test_a_service_that_ends_says_so(family_file: Path) -> None:
    with answering(family_file) as client:
        pass
    assert code(client.get("/match", params={"name": "x"})) == (503, "closing")
