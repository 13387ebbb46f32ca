"""The W3C Reconciliation Service API, 0.2 and the draft of 1.0, against its official schemas where they lie beside the checkout."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import referencing
from starlette.testclient import TestClient

from resolve.service.settings import Settings
from tests.conftest import SHARED
from tests.serving import HERE, answering
from tests.test_service import code

FORMATS = SHARED / "formats" / "reconciliation"
ROOTS = {"0.2": "/reconcile", "1.0-draft": "/reconcile/1.0"}

CYRILLIC = {
    "Светлана Тихановская": "by-tsikhanouskaya-sviatlana",
    "Ціханоўская Святлана": "by-tsikhanouskaya-sviatlana",
    "Виктор Бабарико": "by-babaryka-viktar",
    "Билл Клинтон": "us-clinton-bill",
    "Бобруйск": "by-place-babruysk",
}


@pytest.fixture(scope="module")
def client(family_file: Path) -> Iterator[TestClient]:
    with answering(family_file) as found:
        yield found


def ask(client: TestClient, queries: dict[str, Any]) -> Any:
    """A batch as OpenRefine sends it: JSON in a form."""
    answer = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert answer.status_code == 200, answer.text
    return answer.json()


def first(client: TestClient, name: str, **more: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(client, {"q0": {"query": name, **more}})["q0"]["result"]
    return found


# ---------------------------------------------------------------- the official schemas


def folder(version: str) -> Path:
    return FORMATS / f"{version}-schemas"


@lru_cache(maxsize=4)
def registry(version: str) -> referencing.Registry[Any]:
    """All schemas of a version under their names, and what the manifest takes from Swagger 2."""
    found: list[tuple[str, referencing.Resource[Any]]] = []
    for path in sorted(folder(version).glob("*.json")):
        name = "http://swagger.io/v2/schema.json" if path.name == "openapi.json" else path.name
        schema = json.loads(path.read_text(encoding="utf-8"))
        resource = referencing.Resource.from_contents(schema, default_specification=referencing.jsonschema.DRAFT7)
        found += [(name, resource), (schema.get("$id", name), resource)]
    base = json.loads((folder(version) / "manifest.json").read_text(encoding="utf-8"))["$id"].rpartition("/")[0]
    found += [(f"{base}/{name}", resource) for name, resource in found if "/" not in name]
    return referencing.Registry().with_resources(found)


def conforms(version: str, name: str, value: Any) -> None:
    """Hold a value against an official schema, or skip where they are not there."""
    path = folder(version) / f"{name}.json"
    if not path.exists():
        pytest.skip(f"the official schemas of the Reconciliation API {version} are not beside the checkout")
    schema = {**json.loads(path.read_text(encoding="utf-8")), "$schema": "http://json-schema.org/draft-07/schema#"}
    jsonschema.Draft7Validator(schema, registry=registry(version)).validate(value)


def test_the_check_itself_tells_right_from_wrong() -> None:
    if not FORMATS.exists():
        pytest.skip("the official examples of the Reconciliation API are not beside the checkout")
    for path in sorted((FORMATS / "0.2-examples").glob("*/*/*.json")):
        name, kind = path.parts[-3], path.parts[-2]
        if not (folder("0.2") / f"{name}.json").exists():
            continue
        value = json.loads(path.read_text(encoding="utf-8"))
        if kind == "valid":
            conforms("0.2", name, value)
        else:
            with pytest.raises(jsonschema.ValidationError):
                conforms("0.2", name, value)


@pytest.mark.parametrize("version", ROOTS)
def test_the_manifest_conforms(client: TestClient, version: str) -> None:
    conforms(version, "manifest", client.get(ROOTS[version]).json())


def test_the_manifest_of_a_service_with_a_token_conforms(family_file: Path) -> None:
    token = "0123456789abcdef"
    with answering(family_file, Settings(token=token)) as client:
        for version, root in ROOTS.items():
            conforms(version, "manifest", client.get(root).json())


def test_answers_of_0_2_conform(client: TestClient) -> None:
    conforms(
        "0.2", "reconciliation-result-batch", ask(client, {str(i): {"query": name} for i, name in enumerate(CYRILLIC)})
    )
    extend = {
        "ids": ["us-clinton-bill", "nobody"],
        "properties": [{"id": "gender"}, {"id": "names"}, {"id": "nothing"}],
    }
    conforms("0.2", "data-extension-query", extend)
    conforms("0.2", "data-extension-response", client.post("/reconcile", data={"extend": json.dumps(extend)}).json())
    conforms(
        "0.2",
        "data-extension-property-proposal",
        client.get("/reconcile/properties", params={"type": "person", "limit": 3}).json(),
    )


@pytest.mark.parametrize("version", ROOTS)
def test_suggestions_conform(client: TestClient, version: str) -> None:
    for kind, plural, prefix in (
        ("entity", "entities", "бабар"),
        ("type", "types", "per"),
        ("property", "properties", ""),
    ):
        answer = client.get(f"{ROOTS[version]}/suggest/{kind}", params={"prefix": prefix}).json()
        assert answer["result"]
        conforms(version, f"suggest-{plural}-response", answer)


def test_answers_of_the_draft_conform(client: TestClient) -> None:
    queries = {
        "queries": [{"conditions": [{"matchType": "name", "propertyValue": name}], "limit": 3} for name in CYRILLIC]
    }
    conforms("1.0-draft", "reconciliation-query-batch", queries)
    conforms("1.0-draft", "reconciliation-result-batch", client.post("/reconcile/1.0/reconcile", json=queries).json())
    extend = {"ids": ["us-clinton-bill"], "properties": [{"id": "gender"}, {"id": "names", "settings": {"limit": 1}}]}
    conforms("1.0-draft", "data-extension-response", client.post("/reconcile/1.0/extend", json=extend).json())
    conforms(
        "1.0-draft",
        "data-extension-property-proposal",
        client.get("/reconcile/1.0/extend/propose", params={"type": "person"}).json(),
    )


# ---------------------------------------------------------------- what is found


@pytest.mark.parametrize(("name", "id"), CYRILLIC.items())
def test_cyrillic_names_match_a_latin_gazetteer(client: TestClient, name: str, id: str) -> None:
    best, *others = first(client, name)
    assert best["id"] == id
    assert best["match"] is True
    assert 90 <= best["score"] < 100
    assert not any(candidate["match"] for candidate in others)


def test_the_features_are_the_evidence(client: TestClient) -> None:
    (best, *_) = first(client, "Светлана Тихановская")
    features = {feature["id"]: feature["value"] for feature in best["features"]}
    assert len(features) == len(best["features"])
    assert features["surname"] > 10
    assert features["given_name"] > 3
    pieces = {id: value for id, value in features.items() if id not in {"bits", "probability"}}
    assert features["bits"] == pytest.approx(sum(pieces.values()), abs=0.5)
    for candidate in first(client, "Клинтон"):
        assert candidate["features"][0] == {"id": "probability", "value": pytest.approx(candidate["score"] / 100)}


def test_what_is_open_matches_nobody(client: TestClient) -> None:
    found = first(client, "Бабарыка")
    assert {candidate["id"] for candidate in found[:2]} == {"by-babaryka-viktar", "by-babaryka-eduard"}
    assert not any(candidate["match"] for candidate in found)
    assert first(client, "Якуб Колас") == []


def test_a_batch_is_answered_under_its_names_and_scores_fall(client: TestClient) -> None:
    found = ask(client, {"b": {"query": "Клинтон"}, "a": {"query": "Хиллари Клинтон"}})
    assert list(found) == ["b", "a"]
    scores = [candidate["score"] for candidate in found["b"]["result"]]
    assert scores == sorted(scores, reverse=True)
    get = client.get("/reconcile", params={"queries": json.dumps({"a": {"query": "Хиллари Клинтон"}})}).json()
    assert get["a"] == found["a"]


def test_an_identifier_finds_its_entity(client: TestClient) -> None:
    (only,) = first(client, "us-clinton-bill")
    assert (only["id"], only["score"], only["match"]) == ("us-clinton-bill", 100.0, True)
    draft = {"queries": [{"conditions": [{"matchType": "id", "propertyValue": "us-clinton-bill"}]}]}
    (result,) = client.post("/reconcile/1.0/reconcile", json=draft).json()["results"]
    assert result["candidates"][0]["id"] == "us-clinton-bill"


def test_types_and_properties_narrow_the_candidates(client: TestClient) -> None:
    assert first(client, "Бобруйск", type="person") == []
    assert first(client, "Бобруйск", type=["place", "person"])[0]["match"]
    assert first(client, "Бобруйск", type="no such type")[0]["match"]
    both = first(client, "Клинтон")
    assert {candidate["id"] for candidate in both} == {"us-clinton-bill", "us-clinton-hillary"}
    (woman,) = first(client, "Клинтон", properties=[{"pid": "gender", "v": "f"}])
    assert woman["id"] == "us-clinton-hillary"
    assert woman["score"] > both[0]["score"]
    assert {"id": "property_gender", "value": True} in woman["features"]
    assert len(first(client, "Клинтон", properties=[{"pid": "born", "v": 1946}])) == 2


def test_a_limit_is_kept(client: TestClient) -> None:
    assert len(first(client, "Клинтон", limit=1)) == 1


def test_properties_are_fetched(client: TestClient) -> None:
    extend = {"ids": ["by-org-council", "nobody"], "properties": [{"id": "names"}, {"id": "name@en"}, {"id": "type"}]}
    found = client.get("/reconcile", params={"extend": json.dumps(extend)}).json()
    assert found["rows"]["by-org-council"] == {
        "names": [{"str": "Coordination Council"}], "name@en": [{"str": "Coordination Council"}], "type": [{"str": "organization"}],
    }  # fmt: skip
    assert found["rows"]["nobody"] == {"names": [], "name@en": [], "type": []}
    assert [column["id"] for column in found["meta"]] == ["names", "name@en", "type"]


def test_further_columns_of_the_source_can_be_fetched(tmp_path: Path) -> None:
    source = tmp_path / "people.csv"
    source.write_text("id,name,born\nx,Якуб Колас,1882\n", encoding="utf-8")
    with answering(source) as client:
        assert "born" in [p["id"] for p in client.get("/reconcile/properties").json()["properties"]]
        extend = {"ids": ["x"], "properties": [{"id": "born"}]}
        assert client.get("/reconcile", params={"extend": json.dumps(extend)}).json()["rows"] == {
            "x": {"born": [{"str": "1882"}]}
        }


def test_a_preview_escapes_what_it_shows(tmp_path: Path) -> None:
    source = tmp_path / "people.csv"
    source.write_text('id,name,description\n"<x>",Якуб <b>Колас</b>,<script>alert(1)</script>\n', encoding="utf-8")
    with answering(source) as client:
        preview = client.get("/reconcile/preview", params={"id": "<x>"})
        flyout = client.get("/reconcile/flyout/entity", params={"id": "<x>"}).json()
    for text in (preview.text, flyout["html"]):
        assert "<script>" not in text
        assert "<b>" not in text
    assert "frame-ancestors 'self' http://127.0.0.1:*" in preview.headers["content-security-policy"]


# ---------------------------------------------------------------- who may ask


def test_jsonp_calls_a_function_and_nothing_else(client: TestClient) -> None:
    answer = client.get("/reconcile", params={"callback": "jsonp12.done"})
    assert answer.headers["content-type"].startswith("application/javascript")
    assert answer.text.startswith("/**/jsonp12.done({")
    assert json.loads(answer.text.removeprefix("/**/jsonp12.done(").removesuffix(");"))["versions"] == ["0.2"]
    for callback in ("alert(1)//", "a b", "<x>", "x" * 200, "1x"):
        assert code(client.get("/reconcile", params={"callback": callback})) == (400, "callback")
    crossing = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert code(client.get("/reconcile", params={"callback": "f"}, headers=crossing)) == (403, "origin")


def test_pages_of_this_machine_may_ask_and_others_only_if_allowed(client: TestClient, family_file: Path) -> None:
    refine = client.get("/reconcile", headers={"origin": "http://127.0.0.1:3333"})
    assert refine.headers["access-control-allow-origin"] == "http://127.0.0.1:3333"
    assert code(client.get("/reconcile", headers={"origin": "https://elsewhere.example"})) == (403, "origin")
    with answering(family_file, Settings(origins=("*",))) as public:
        for root in ROOTS.values():
            for path in ("", "/suggest/entity?prefix=b", "/preview?id=us-clinton-bill"):
                answer = public.get(root + path, headers={"origin": "https://elsewhere.example"})
                assert answer.headers["access-control-allow-origin"] == "*"
        assert (
            public.get("/reconcile", params={"callback": "f"}, headers={"sec-fetch-site": "cross-site"}).status_code
            == 200
        )
        assert code(public.get("/status", headers={"origin": "https://elsewhere.example"})) == (403, "origin")


# ---------------------------------------------------------------- mistakes


@pytest.mark.parametrize(
    ("queries", "expected"),
    [
        ("{", (400, "json")),
        ("[]", (422, "invalid")),
        ('{"q": {}}', (422, "invalid")),
        ('{"q": 5}', (422, "invalid")),
        ('{"q": {"query": 5}}', (422, "invalid")),
        ('{"q": {"query": "x", "limit": -1}}', (422, "invalid")),
        ('{"q": {"query": "x", "properties": "y"}}', (422, "invalid")),
        (json.dumps({str(i): {"query": "x"} for i in range(501)}), (413, "too_large")),
    ],
)
def test_a_mistake_is_named(client: TestClient, queries: str, expected: tuple[int, str]) -> None:
    assert code(client.post("/reconcile", data={"queries": queries})) == expected


def test_a_mistake_in_the_draft_is_named(client: TestClient) -> None:
    mistakes: list[Any] = [
        {},
        {"queries": {}},
        {"queries": [{}]},
        {"queries": [{"conditions": [{"matchType": "sound"}]}]},
    ]
    for sent in mistakes:
        assert code(client.post("/reconcile/1.0/reconcile", json=sent)) == (422, "invalid")
    assert code(client.post("/reconcile", json={"queries": {}})) == (415, "media_type")
    assert code(client.get("/reconcile/preview", params={"id": "nobody"})) == (404, "unknown_entity")
    assert client.get("/reconcile/1.0").json()["view"]["url"] == f"{HERE}/?entity={{id}}"
