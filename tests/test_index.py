"""How are gazetteers compiled to one memory-mapped directory, and opened?"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings, strategies as st

import resolve
from resolve.errors import CompiledError, ResolveError
from resolve.index import (
    Index,
    build,
    compile_rows,
    describe,
    filed,
    fingerprint,
    is_compiled,
    open_index,
    open_sources,
    sampled,
    worked,
)
from resolve.index.forms import called, elsewhere, known_as
from resolve.keys import keys
from resolve.model import NAME_KINDS, NameKind, Row
from tests import strategies
from tests.conftest import Run

ROWS = [
    Row("by-babaryka-viktar", "Viktar Babaryka", "en", "name", "person", "m", "banker", "Q1", (("party", "Razam"),)),
    Row("by-babaryka-viktar", "Віктар Бабарыка", "be"),
    Row("by-babaryka-eduard", "Eduard Babaryka", "en"),
    Row("by-org-council", "Coordination Council", "en", "name", "organization"),
    Row("by-org-council", "the Council", "en", "weak"),
    Row("x", "\N{ZERO WIDTH NO-BREAK SPACE}İ ß ﬁ 𝒳", "", "exclude"),
]


def stored(index: Index) -> list[tuple[str, str, str, str]]:
    """All names of an index as id, name, kind and language."""
    return [
        (index.entity(index.entity_of(i)).id, index.name(i).text, index.kind_of(i), index.lang_of(i)) for i in range(index.names)
    ]  # fmt: skip


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    compile_rows(ROWS, tmp_path / "idx")
    index = open_index(tmp_path / "idx")
    assert stored(index) == [(row.id, row.name, row.kind, row.lang) for row in ROWS]
    entity = index.entity(0)
    assert (entity.name, entity.type, entity.gender, entity.description, entity.wikidata) == (
        "Viktar Babaryka",
        "person",
        "m",
        "banker",
        "Q1",
    )
    assert entity.attributes == (("party", "Razam"),)
    assert (len(index), index.names) == (4, 6)
    assert list(index.names_of(0)) == [0, 1]


def test_tokens_are_found_under_their_keys_and_lead_to_their_names(tmp_path: Path) -> None:
    compile_rows(ROWS, tmp_path / "idx")
    index = open_index(tmp_path / "idx")
    found = {token for key in keys("Бабарико") for token in index.lookup(key)}
    assert {index.token(token) for token in found} == {"Babaryka", "Бабарыка"}
    assert {name for token in found for name in index.postings(token)} == {0, 1, 2}
    assert index.frequency("babaryka") == 2
    assert index.frequency("Лукашэнка") == 0
    assert list(index.lookup("no such key")) == []


def test_the_first_row_of_an_id_gives_the_canonical_name_and_later_rows_fill_gaps(tmp_path: Path) -> None:
    compile_rows([Row("a", "First"), Row("a", "Second", type="place", description="d")], tmp_path / "idx")
    entity = open_index(tmp_path / "idx").entity(0)
    assert (entity.name, entity.type, entity.description) == ("First", "place", "d")


def test_describing_counts_what_is_there(tmp_path: Path) -> None:
    compile_rows(ROWS, tmp_path / "idx")
    facts = describe(open_index(tmp_path / "idx"))
    assert (facts["entities"], facts["person"], facts["organization"], facts["names"]) == (4, 3, 1, 6)


# ---------------------------------------------------------------- what an earlier one holds


def sections(folder: Path) -> dict[str, bytes]:
    """All sections of a compiled gazetteer."""
    index = open_index(folder)
    return {name: bytes(index._data[at : at + size]) for name, (at, size) in index.header["sections"].items()}


CHANGED = [
    ROWS,
    [*ROWS[:2], Row("new", "Якуб Колас", "be"), *ROWS[3:]],
    [Row("first", "Viktar Kolas"), *reversed(ROWS)],
    [Row("a", "Viktar Babaryka", "pl", type="organization"), Row("b", "Viktar Babaryka", "pl"), Row("c", "Бабарыка", "ru")],
    [],
]  # fmt: skip


@pytest.mark.parametrize("rows", CHANGED, ids=range(len(CHANGED)))
def test_taking_over_gives_the_same_bytes_as_compiling_anew(tmp_path: Path, rows: list[Row]) -> None:
    compile_rows(ROWS, tmp_path / "again")
    compile_rows(rows, tmp_path / "again")
    compile_rows(rows, tmp_path / "anew")
    assert sections(tmp_path / "again") == sections(tmp_path / "anew")


def recorded(monkeypatch: pytest.MonkeyPatch, room: ModuleType, name: str) -> list[str]:
    """The first arguments of all calls of a function that compiling uses, from now on."""
    calls: list[str] = []
    original = getattr(room, name)

    def record(text: str, *rest: object) -> object:
        calls.append(text)
        return original(text, *rest)

    monkeypatch.setattr(room, name, record)
    return calls


def test_only_what_is_new_is_parsed_and_filed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compile_rows(ROWS, tmp_path / "idx")
    parsed, read = recorded(monkeypatch, build, "parse"), recorded(monkeypatch, build, "parts")
    judged, filed = recorded(monkeypatch, worked, "plain_givenness"), recorded(monkeypatch, worked, "_key_hashes")
    compile_rows([*ROWS, Row("new", "Viktar Kolas", "en"), Row("newer", "Kolas, Dr. Viktar", "en")], tmp_path / "idx")
    assert (parsed, read) == (["Kolas, Dr. Viktar"], ["Kolas, Dr. Viktar"])
    assert (set(judged), filed) == ({"Viktar", "Kolas"}, ["Dr", "Kolas"])


def test_a_source_that_changed_takes_over_from_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESOLVE_CACHE_DIR", str(tmp_path / "cache"))
    path = tmp_path / "p.csv"
    path.write_text("id,name\na,Viktar Babaryka\n", encoding="utf-8")
    open_sources([path])
    worked_out = recorded(monkeypatch, worked, "_key_hashes")
    path.write_text("id,name\na,Viktar Babaryka\nb,Yakub Kolas\n", encoding="utf-8")
    index, _ = open_sources([path])
    assert (index.names, set(worked_out)) == (2, {"Yakub", "Kolas"})


def test_a_damaged_gazetteer_is_compiled_anew_from_nothing_of_it(tmp_path: Path) -> None:
    compile_rows(ROWS, tmp_path / "idx")
    whole = sections(tmp_path / "idx")
    header = json.loads((tmp_path / "idx" / "header.json").read_text())
    data = tmp_path / "idx" / header["data"]
    damaged = bytearray(data.read_bytes())
    damaged[header["sections"]["keys"][0]] ^= 1
    data.write_bytes(damaged)
    compile_rows(ROWS, tmp_path / "idx")
    assert sections(tmp_path / "idx") == whole


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "person", "organization", "place"]), st.sampled_from(["name", "alias", "weak"])),
        max_size=6,
    )
)
def test_entities_are_counted_by_type_without_reading_all(
    tmp_path_factory: pytest.TempPathFactory, held: list[tuple[str, NameKind]]
) -> None:
    folder = tmp_path_factory.mktemp("counted") / "idx"
    rows = [
        Row(str(i), f'A "type": {i}', "", kind, type, attributes=(("type", "place"),))
        for i, (type, kind) in enumerate(held)
    ]
    compile_rows(rows, folder)
    index, expected = open_index(folder), Counter(type or "person" for type, _ in held)
    facts = describe(index)
    assert {type: facts.get(type, 0) for type in expected} == expected
    assert sum(facts.get(type, 0) for type in ("person", "organization", "place")) == facts["entities"] == len(held)
    assert Counter({kind.strip(): facts[kind] for kind in facts if kind.startswith("  ")}) == Counter(
        k for _, k in held
    )
    assert [key for key in facts if key in expected] == list(expected), "in the order in which they come"


def test_compiling_again_replaces_in_one_step_and_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "idx"
    compile_rows(ROWS, folder)
    reader = open_index(folder)
    compile_rows([Row("new", "Novy")], folder)
    assert [name for _, name, *_ in stored(open_index(folder))] == ["Novy"]
    assert len(list(folder.iterdir())) == 2
    assert len(stored(reader)) == len(ROWS), "an open reader keeps what it mapped"


def test_a_build_that_fails_leaves_the_old_gazetteer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "idx"
    compile_rows(ROWS, folder)

    def crash(*_: object) -> None:
        raise OSError("power failure")

    monkeypatch.setattr(os, "replace", crash)
    with pytest.raises(OSError, match="power failure"):
        compile_rows([Row("new", "Novy")], folder)
    monkeypatch.undo()
    assert len(stored(open_index(folder))) == len(ROWS)


def test_an_empty_gazetteer_opens(tmp_path: Path) -> None:
    compile_rows([], tmp_path / "idx")
    assert len(open_index(tmp_path / "idx")) == 0


# ---------------------------------------------------------------- refusing what is damaged


class Files(dict[str, bytes]):
    """The files of a compiled gazetteer by name."""

    def __repr__(self) -> str:
        return f"<{len(self)} files>"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The files of a sound compiled gazetteer."""
    folder = tmp_path_factory.mktemp("whole")
    compile_rows(ROWS, folder)
    return Files({path.name: path.read_bytes() for path in folder.iterdir()})


def written(folder: Path, files: dict[str, bytes]) -> Path:
    """A directory with these files."""
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("format", "zip", "is no compiled gazetteer"),
        ("version", 99, "made with version 99"),
        ("fingerprint", "0" * 16, "made with fingerprint"),
        ("byteorder", "middle", "made with byteorder"),
        ("data", "../../etc/passwd", "names the data file"),
        ("data", None, "names the data file"),
        ("data", "gone.bin", "cannot be mapped"),
        ("size", 1, "bytes where 1 are expected"),
        ("sections", {}, "section"),
        ("sections", None, "section"),
        ("entities", 77, "do not fit together"),
    ],
)
def test_a_header_that_does_not_fit_is_refused_with_what_to_do(
    tmp_path: Path, whole: Files, field: str, value: object, message: str
) -> None:
    header = json.loads(whole["header.json"]) | {field: value}
    folder = written(tmp_path, sealed({**whole, "header.json": json.dumps(header).encode()}))
    with pytest.raises(CompiledError, match=rf"{message}.*resolve gazetteer compile"):
        open_index(folder)


def test_a_folder_without_a_header_is_no_compiled_gazetteer(tmp_path: Path) -> None:
    assert not is_compiled(tmp_path)
    with pytest.raises(CompiledError, match="header cannot be read"):
        open_index(tmp_path)


def sealed(files: dict[str, bytes]) -> Files:
    """The files as somebody writes them who knows what opening looks at, so that it is the rest that is tried."""
    (data,) = (blob for name, blob in files.items() if name != "header.json")
    try:
        header = json.loads(files["header.json"])
        header["sample"] = sampled(header, data)
    except (ValueError, TypeError):
        return Files(files)
    return Files({**files, "header.json": json.dumps(header).encode()})


def exercise(folder: Path) -> None:
    """Use all of a gazetteer; only a ResolveError may come of damage."""
    with contextlib.suppress(ResolveError):
        index = open_index(folder)
        for i in range(len(index)):
            index.entity(i)
            list(index.names_of(i))
        resolver = resolve.Resolver(index)
        resolver.match("Viktar Babaryka")
        resolver.text("Yesterday Віктар Бабарыка met the Coordination Council.", all=True)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
@pytest.mark.parametrize("which", ["header", "data"])
def test_a_truncated_file_is_refused(tmp_path: Path, whole: Files, which: str, share: float) -> None:
    name = next(name for name in whole if (name == "header.json") == (which == "header"))
    folder = written(tmp_path, {**whole, name: whole[name][: int(len(whole[name]) * share)]})
    with pytest.raises(CompiledError):
        open_index(folder)


def flipped(whole: Files, place: float, bit: int, header: bool) -> Files:
    """The files with one bit turned over."""
    name = next(name for name in whole if (name == "header.json") == header)
    data = bytearray(whole[name])
    data[int(place * len(data))] ^= 1 << bit
    return Files({**whole, name: bytes(data)})


places, bits = st.floats(0, 1, exclude_max=True), st.integers(0, 7)


@settings(max_examples=150)
@given(place=places, bit=bits, header=st.booleans())
def test_law_with_a_flipped_bit_opening_is_refused(
    tmp_path_factory: pytest.TempPathFactory, whole: Files, place: float, bit: int, header: bool
) -> None:
    with pytest.raises(CompiledError):
        open_index(written(tmp_path_factory.mktemp("flip"), flipped(whole, place, bit, header)))


@settings(max_examples=150)
@given(place=places, bit=bits, header=st.booleans())
def test_law_with_a_flipped_bit_that_the_header_owns_up_to_opening_is_refused_or_works(
    tmp_path_factory: pytest.TempPathFactory, whole: Files, place: float, bit: int, header: bool
) -> None:
    with contextlib.suppress(CompiledError):
        open_index(written(tmp_path_factory.mktemp("flip"), sealed(flipped(whole, place, bit, header))))


@settings(max_examples=150)
@given(place=places, bit=bits, header=st.booleans())
def test_law_with_a_flipped_bit_looking_up_is_refused_or_works(
    tmp_path_factory: pytest.TempPathFactory, whole: Files, place: float, bit: int, header: bool
) -> None:
    exercise(written(tmp_path_factory.mktemp("flip"), sealed(flipped(whole, place, bit, header))))


@settings(max_examples=60)
@given(st.binary(max_size=100))
def test_law_an_arbitrary_header_is_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    with pytest.raises(CompiledError):
        open_index(written(tmp_path_factory.mktemp("header"), {"header.json": data}))


def test_verifying_finds_what_opening_may_miss(tmp_path: Path, whole: Files, run: Run) -> None:
    sound = written(tmp_path / "sound", whole)
    # a bit that the blocks looked at at opening do not hold, as in a large file
    damaged = written(tmp_path / "damaged", sealed(flipped(whole, 0.2, 0, header=False)))
    assert len(open_index(damaged)) == len(open_index(sound))
    one, both = run("gazetteer", "verify", sound), run("gazetteer", "verify", sound, damaged)
    assert (one.code, one.err) == (0, f"{sound}: whole, {open_index(sound).header['size']} bytes\n")
    assert both.code == 2
    assert f"{damaged}: does not hold what was compiled: its checksum is wrong" in both.err


def as_filed(rows: list[Row]) -> Iterator[tuple[str, str, str, str]]:
    """The names that rows are filed as: what a person's or body's or state's offers, of a known place or body what others call it."""
    types: dict[str, str] = {}
    seen: set[str] = set()
    for row in rows:
        if row.type:
            types.setdefault(row.id, row.type)
        type = types.get(row.id, "person")
        also = elsewhere(row.name, type) if row.id not in seen and row.kind != "exclude" else ()
        seen.add(row.id)
        names = dict.fromkeys((*OFFERED[type](row.name), *also))
        yield from ((row.id, name, row.kind, row.lang) for name in names)


OFFERED = {"person": filed, "organization": known_as, "place": called}

any_row = st.builds(
    Row,
    id=st.text(min_size=1, max_size=4), name=st.text(min_size=1, max_size=12) | strategies.broken_names, lang=st.sampled_from(["", "be", "en"]),
    kind=st.sampled_from(NAME_KINDS), type=st.sampled_from(["", "person", "organization", "place"]),
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(any_row, max_size=12))
def test_law_any_rows_come_out_as_they_went_in(tmp_path_factory: pytest.TempPathFactory, rows: list[Row]) -> None:
    folder = tmp_path_factory.mktemp("law")
    compile_rows(rows, folder)
    index = open_index(folder)
    assert stored(index) == list(as_filed(rows))
    first = {row.id: row.name for row in reversed(rows)}
    assert {index.entity(i).id: index.entity(i).name for i in range(len(index))} == first


# ---------------------------------------------------------------- the cache


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("RESOLVE_CACHE_DIR", str(folder))
    return folder


def test_a_source_is_compiled_once_into_the_cache(tmp_path: Path, cache: Path) -> None:
    source = tmp_path / "p.csv"
    source.write_text("id,name\na,Путин\n", encoding="utf-8")
    open_sources([source])
    (entry,) = cache.iterdir()
    before = {path: path.stat().st_mtime_ns for path in entry.iterdir()}
    open_sources([source])
    assert {path: path.stat().st_mtime_ns for path in entry.iterdir()} == before


def test_a_changed_source_is_compiled_again(tmp_path: Path, cache: Path) -> None:
    source = tmp_path / "p.csv"
    for name in ("Путин", "Песков"):
        source.write_text(f"id,name\na,{name}\n", encoding="utf-8")
        index, _ = open_sources([source])
        assert index.name(0).text == name
    assert len(list(cache.iterdir())) == 2


def test_a_damaged_cache_is_compiled_again(tmp_path: Path, cache: Path) -> None:
    source = tmp_path / "p.csv"
    source.write_text("id,name\na,Путин\n", encoding="utf-8")
    open_sources([source])
    for path in next(cache.iterdir()).iterdir():
        path.write_bytes(path.read_bytes()[:10])
    assert open_sources([source])[0].name(0).text == "Путин"


def test_without_a_cache_that_can_be_written_the_gazetteer_still_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, blocked = tmp_path / "p.csv", tmp_path / "file"
    source.write_text("id,name\na,Путин\n", encoding="utf-8")
    blocked.write_text("a file where the cache should be", encoding="utf-8")
    monkeypatch.setenv("RESOLVE_CACHE_DIR", str(blocked))
    assert resolve.open(source).match("Putin").entity_id == "a"


def test_an_index_serves_processes_of_any_hash_seed(tmp_path: Path) -> None:
    compile_rows(ROWS, tmp_path / "idx")
    code = f"import resolve; print(resolve.open({str(tmp_path / 'idx')!r}).match('Бабарыко Виктор').entity_id)"
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        assert done.stdout.strip() == "by-babaryka-viktar"


def test_the_fingerprint_is_stable_within_a_version() -> None:
    assert fingerprint() == fingerprint()
    assert len(fingerprint()) == 16
