"""How is the toolkit used in people's own code? The same answers everywhere, and no cost for those who do not use it."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import resolve
from resolve.errors import CompiledError, TableError, UsageError
from resolve.integrations.opened import opened, pack, unpack
from tests.conftest import FAMILY

NAMES = ["Светлана Тихановская", None, "", "Viktor Babariko", "John Doe", "Clinton", "Светлана Тихановская"]
TEXTS = ["Later Viktar Babaryka met Тихановская Светлана.", None, "Nobody came.", "😀 Lukashenko left Babruysk."]


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small gazetteer as a CSV."""
    path = tmp_path_factory.mktemp("people") / "people.csv"
    path.write_text(FAMILY, encoding="utf-8")
    return path


def expected(people: Path) -> list[tuple[str | None, str]]:
    """What the library says of the names."""
    resolver = resolve.open(people)
    return [(link.entity_id, link.status) for link in (resolver.match(name or "") for name in NAMES)]


def mentions(people: Path) -> list[tuple[int, int, int, str | None]]:
    """What the library finds in the texts, with the number of the text."""
    resolver = resolve.open(people)
    return [
        (place, link.start, link.end, link.entity_id)
        for place, text in enumerate(TEXTS)
        for link in resolver.text(text or "").links
    ]


def script(code: str) -> str:
    """What a fresh interpreter prints."""
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def test_importing_the_package_loads_none_of_them() -> None:
    loaded = "{'pandas', 'polars', 'duckdb', 'spacy', 'pyspark', 'pyarrow'} & set(sys.modules)"
    assert script(f"import sys, resolve; print({loaded} or 'none')") == "none"


# ---------------------------------------------------------------- opening


def test_a_gazetteer_is_opened_once_and_anew_when_it_changes(tmp_path: Path) -> None:
    source = tmp_path / "p.csv"
    source.write_text("id,name\na,Anna Karenina\n", encoding="utf-8")
    one = opened(source)
    assert opened(str(source)) is one
    assert opened(one) is one
    assert opened(source, 0.5).threshold == opened(one, 0.5).threshold == 0.5
    source.write_text("id,name\nb,Anna Karenina the Second\n", encoding="utf-8")
    assert opened(source).index.entity(0).id == "b"


def test_a_packed_gazetteer_comes_back_the_same(family: resolve.Resolver, tmp_path: Path) -> None:
    pack(family.index, tmp_path / "g.zip")
    index = unpack(tmp_path / "g.zip", "family")
    assert index.checksum() == family.index.checksum()
    # unpacked once
    (tmp_path / "g.zip").unlink()
    assert unpack(tmp_path / "g.zip", "family").folder == index.folder


def test_a_damaged_archive_is_named(tmp_path: Path) -> None:
    (tmp_path / "g.zip").write_bytes(b"no zip")
    with pytest.raises(CompiledError, match=r"g\.zip"):
        unpack(tmp_path / "g.zip", "damaged")


def test_an_archive_of_something_else_is_replaced_in_the_cache(family: resolve.Resolver, tmp_path: Path) -> None:
    from resolve.index import cache_folder

    broken = cache_folder() / "unpacked-halfway"
    broken.mkdir(parents=True)
    (broken / "header.json").write_text("{", encoding="utf-8")
    pack(family.index, tmp_path / "g.zip")
    assert len(unpack(tmp_path / "g.zip", "halfway")) == len(family.index)


# ---------------------------------------------------------------- pandas


def test_pandas_matches_a_column_under_its_index(people: Path) -> None:
    import pandas as pd

    import resolve.integrations.pandas  # noqa: F401 - registers the accessor

    index = pd.Index([10, 11, 11, 5, 6, 7, 8])
    pa = pytest.importorskip("pyarrow")
    for dtype in ("object", "str", pd.ArrowDtype(pa.string()), pd.ArrowDtype(pa.large_string()), "category"):
        series: Any = pd.Series(NAMES, index, dtype=dtype)
        found = series.resolve.match(people)
        assert list(found.columns) == ["entity_id", "entity_name", "probability", "status"]
        assert found.index.equals(index)
        ids = [None if pd.isna(id) else id for id in found["entity_id"]]
        assert list(zip(ids, found["status"], strict=True)) == expected(people)
        backed = [isinstance(kind, pd.ArrowDtype) for kind in found.dtypes]
        assert backed == [isinstance(dtype, pd.ArrowDtype)] * 4
    assert len(series.resolve.match(people, limit=2)["candidates"].iloc[5]) == 2


def test_pandas_finds_mentions_under_the_index_of_their_text(people: Path) -> None:
    import pandas as pd

    import resolve.integrations.pandas  # noqa: F401 - registers the accessor

    series: Any = pd.Series(TEXTS, list("abcd"))
    found = series.resolve.text(people)
    rows = zip(found.index, found["start"], found["end"], found["entity_id"], strict=True)
    assert list(rows) == [("abcd"[place], *rest) for place, *rest in mentions(people)]
    assert pd.Series([], dtype="str").resolve.text(people).empty  # type: ignore[attr-defined]


def test_pandas_says_what_it_is_for() -> None:
    import pandas as pd

    import resolve.integrations.pandas  # noqa: F401 - registers the accessor

    with pytest.raises(AttributeError, match="integer"):
        pd.Series([1, 2]).resolve  # noqa: B018


# ---------------------------------------------------------------- Polars


def test_polars_matches_in_eager_lazy_and_streaming_queries(people: Path) -> None:
    pl = pytest.importorskip("polars")
    from resolve.integrations.polars import ANSWER

    frame = pl.DataFrame({"name": NAMES})
    match = pl.col("name").resolve.match(people).alias("found")
    wanted = [
        None if name is None else answer for name, answer in zip(NAMES, expected(people), strict=True)
    ]  # fmt: skip
    for result in (
        frame.select(match),
        frame.lazy().select(match).collect(),
        frame.lazy().select(match).collect(engine="streaming"),
    ):
        assert result.schema["found"] == ANSWER
        rows = result["found"].to_list()
        assert [row and (row["entity_id"], row["status"]) for row in rows] == wanted


def test_polars_finds_mentions(people: Path) -> None:
    pl = pytest.importorskip("polars")
    import resolve.integrations.polars  # noqa: F401 - registers the namespace

    frame = pl.DataFrame({"n": range(4), "text": TEXTS})
    found = frame.select("n", pl.col("text").resolve.text(people).alias("m")).explode("m").drop_nulls("m").unnest("m")
    assert found.select("n", "start", "end", "entity_id").rows() == mentions(people)
    assert found["candidates"].list.len().min() > 0


# ---------------------------------------------------------------- DuckDB


def test_duckdb_matches_and_finds_mentions(people: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    from resolve.integrations.duckdb import register

    connection = register(duckdb.connect(), people)
    connection.execute("CREATE TABLE t (n INTEGER, name VARCHAR)")
    connection.executemany("INSERT INTO t VALUES (?, ?)", list(enumerate(NAMES)))
    rows = connection.execute(
        "SELECT m.entity_id, m.status, name FROM (SELECT n, name, resolve_match(name) m FROM t) ORDER BY n"
    ).fetchall()
    assert [(id, status) for id, status, name in rows if name is not None] == [
        answer for name, answer in zip(NAMES, expected(people), strict=True) if name is not None
    ]
    connection.execute("CREATE TABLE d (n INTEGER, body VARCHAR)")
    connection.executemany("INSERT INTO d VALUES (?, ?)", list(enumerate(TEXTS)))
    found = connection.execute(
        "SELECT n, m.start, m.end, m.entity_id FROM (SELECT n, unnest(resolve_text(body)) m FROM d) ORDER BY n, m.start"
    ).fetchall()
    assert found == mentions(people)


# ---------------------------------------------------------------- Arrow


def test_the_kernels_keep_the_columns_and_refuse_what_would_clash(people: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from resolve.arrow import NameKernel, TextKernel

    resolver = resolve.open(people)
    names = pa.record_batch({"id": list(range(7)), "name": pa.array(NAMES).dictionary_encode()})
    found = next(NameKernel(resolver, "name", limit=2)([names]))
    assert found.schema.names == ["id", "name", "entity_id", "entity_name", "probability", "status", "candidates"]
    assert list(zip(found["entity_id"].to_pylist(), found["status"].to_pylist(), strict=True)) == expected(people)
    texts = pa.record_batch({"n": list(range(4)), "body": pa.array(TEXTS, pa.large_string())})
    rows = next(TextKernel(resolver, "body")([texts])).select(["n", "start", "end", "entity_id"]).to_pylist()
    assert [tuple(row.values()) for row in rows] == mentions(people)
    for kernel in (NameKernel(resolver, "name"), TextKernel(resolver, "name")):
        with pytest.raises(TableError, match="status"):
            next(kernel([names.append_column("status", pa.array(range(7)))]))
        with pytest.raises(TableError, match="'name' among 'other'"):
            next(kernel([pa.record_batch({"other": ["x"]})]))
    alone = next(TextKernel(resolver, "body")([texts.select(["body"])]))
    assert alone.num_rows == len(mentions(people))


# ---------------------------------------------------------------- spaCy


def test_spacy_finds_the_component_and_pays_nothing_for_it() -> None:
    pytest.importorskip("spacy")
    code = "import sys, spacy; nlp = spacy.blank('en'); print('resolve' in sys.modules, nlp.has_factory('resolve'))"
    assert script(code) == "False True"


def test_a_broken_package_does_not_break_spacy(tmp_path: Path) -> None:
    pytest.importorskip("spacy")
    (tmp_path / "resolve").mkdir()
    (tmp_path / "resolve" / "__init__.py").write_text("raise ImportError('broken')", encoding="utf-8")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import spacy; print(spacy.blank('en')('Fine.').text)"
    assert script(code) == "Fine."


@pytest.fixture
def pipeline(people: Path) -> Any:
    """A blank pipeline with the component."""
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("en")
    nlp.add_pipe("resolve", config={"gazetteer": str(people), "all": True})
    return nlp


def seen(doc: Any) -> list[tuple[str, str, str]]:
    return [(ent.text, ent.label_, ent.kb_id_) for ent in doc.ents]


BABARYKA = [("Viktar Babaryka", "PERSON", "by-babaryka-viktar"), ("Babruysk", "LOC", "by-place-babruysk")]


def test_spacy_sets_entities_ids_and_extensions(pipeline: Any) -> None:
    doc = pipeline("😀 Viktar Babaryka, in Babruysk, met Clinton.")
    assert seen(doc) == BABARYKA
    assert [row["status"] for row in doc._.resolve_links] == ["resolved", "resolved", "ambiguous"]
    assert doc.ents[0]._.resolve_link["probability"] > 0.9
    assert [doc.text[row["start"] : row["end"]] for row in doc._.resolve_links] == [
        row["text"] for row in doc._.resolve_links
    ]


def test_spacy_entities_of_others_give_way_or_stay(people: Path) -> None:
    spacy = pytest.importorskip("spacy")
    for overwrite, wanted in (
        (True, [("Viktar Babaryka", "PERSON", "by-babaryka-viktar"), ("Monday", "DATE", "")]),
        (False, [("Babaryka today", "X", ""), ("Monday", "DATE", "")]),
    ):
        nlp = spacy.blank("en")
        ruler = nlp.add_pipe("entity_ruler")
        ruler.add_patterns([{"label": "X", "pattern": "Babaryka today"}, {"label": "DATE", "pattern": "Monday"}])
        nlp.add_pipe("resolve", config={"gazetteer": str(people), "overwrite": overwrite})
        assert seen(nlp("Viktar Babaryka today or Monday")) == wanted


def test_a_saved_pipeline_brings_its_gazetteer(pipeline: Any, people: Path, tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    text = "Viktar Babaryka, in Babruysk"
    pipeline.to_disk(tmp_path / "nlp")
    packed = pipeline.to_bytes()
    people.rename(people.with_suffix(".moved"))
    try:
        assert seen(spacy.load(tmp_path / "nlp")(text)) == BABARYKA
        other = spacy.blank("en")
        other.add_pipe("resolve", config={"gazetteer": "nowhere.csv"})
        assert seen(other.from_bytes(packed)(text)) == BABARYKA
    finally:
        people.with_suffix(".moved").rename(people)
    settings = tmp_path / "nlp" / "resolve" / "gazetteer.zip"
    settings.write_bytes(b"damaged")
    (tmp_path / "nlp" / "resolve" / "settings.json").write_text(
        (tmp_path / "nlp" / "resolve" / "settings.json")
        .read_text(encoding="utf-8")
        .replace('"checksum": "', '"checksum": "x'),
        encoding="utf-8",
    )
    with pytest.raises(UsageError, match="save the pipeline again"):
        spacy.load(tmp_path / "nlp")


def test_spacy_documents_keep_links_when_they_are_stored(pipeline: Any) -> None:
    tokens = pytest.importorskip("spacy.tokens")
    doc = pipeline("Viktar Babaryka, in Babruysk")
    (again,) = tokens.DocBin(docs=[doc], store_user_data=True).get_docs(pipeline.vocab)
    assert seen(again) == seen(doc)
    assert json.dumps(again._.resolve_links) == json.dumps(doc._.resolve_links)


def test_json_of_a_document_keeps_links_though_spacy_leaves_out_their_ids(pipeline: Any) -> None:
    """`Doc.to_json` knows no ``kb_id``; the extension brings it along and back."""
    tokens = pytest.importorskip("spacy.tokens")
    doc = pipeline("Viktar Babaryka, in Babruysk")
    stored = json.loads(json.dumps(doc.to_json(underscore=["resolve_links"])))
    again = tokens.Doc(pipeline.vocab).from_json(stored)
    assert again._.resolve_links == doc._.resolve_links
    assert [ent._.resolve_link["entity_id"] for ent in doc.ents] == [id for *_, id in BABARYKA]


def test_the_component_goes_to_other_processes(pipeline: Any) -> None:
    pipeline("Viktar Babaryka")
    component = pickle.loads(pickle.dumps(pipeline.get_pipe("resolve")))
    doc = component(pipeline.make_doc("Viktar Babaryka, in Babruysk"))
    assert seen(doc) == BABARYKA
