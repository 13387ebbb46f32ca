"""The path itself: texts in, links out."""

from __future__ import annotations

import json
import subprocess
import sys
import weakref
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

import resolve
from resolve import gazetteer
from resolve.errors import CompiledError, GazetteerError, UsageError
from resolve.index import compile_rows
from resolve.model import Row
from resolve.resolver import LOOKED_AT
from tests import marked, strategies
from tests.conftest import SHARED

# ---------------------------------------------------------------- marked texts


def persons(links: tuple[resolve.Link, ...]) -> set[tuple[int, int, str | None]]:
    """The persons found: resolved ones with their entity, the others without."""
    return {
        (link.start, link.end, link.entity_id) for link in links if (link.status == "resolved" and link.type == "person")
    }  # fmt: skip


def check(line: str, curated: resolve.Resolver) -> None:
    """Every marked person is found, no other person is."""
    case = marked.unmark(line)
    found = curated.text(case.text, all=True).links
    wanted = {span for span in case.spans if span[2]}
    assert persons(found) == wanted
    strangers = {(link.start, link.end) for link in found if link.status == "unknown"}
    assert {(start, end) for start, end, id in case.spans if not id} <= strangers


@pytest.mark.parametrize("line", marked.read("in-the-wild.txt"))
def test_persons_are_found_in_the_wild(curated: resolve.Resolver, line: str) -> None:
    check(line, curated)


@pytest.mark.parametrize("line", marked.read("languages.txt"))
def test_persons_are_found_in_many_languages(curated: resolve.Resolver, line: str) -> None:
    check(line, curated)


@pytest.mark.parametrize("line", marked.read("synthetic.txt"))
def test_persons_are_found_however_a_file_breaks_their_names(curated: resolve.Resolver, line: str) -> None:
    check(line, curated)


@pytest.mark.parametrize("line", marked.read("negative.txt"))
def test_nobody_is_found_where_nobody_is_meant(curated: resolve.Resolver, line: str) -> None:
    check(line, curated)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(line, marks=pytest.mark.xfail(strict=True, raises=AssertionError))
        for line in marked.read("known-failures.txt")
    ],
)
def test_known_failures_still_fail(curated: resolve.Resolver, line: str) -> None:
    check(line, curated)


def test_no_case_stands_in_two_files() -> None:
    lines = [line for path in marked.FOLDER.glob("*.txt") for line in marked.read(path.name)]
    assert len(lines) == len(set(lines)) > 100


@pytest.mark.parametrize(
    ("text", "span", "id"),
    [
        ("the talks in Warsaw ended", "Warsaw", "pl-place-warsaw"),
        ("перамовы ў Гомелі скончыліся", "Гомелі", "by-place-homel"),
        ("die Gespräche in Brest endeten", "Brest", "by-place-brest"),
        ("the talks in Minsk ended", "Minsk", "by-place-minsk"),
        ("the war in Belarus ended", "Belarus", "by-place-belarus"),
        ("перемовини у столиці України Києві", "Києві", "ua-place-kyiv"),
        ("officers of the KGB came", "KGB", "by-org-kgb"),
        ("страны НАТО согласились", "НАТО", "int-org-nato"),
        ("der Rat der OSCE tagte", "OSCE", "int-org-osce"),
    ],
)
def test_places_and_organisations_are_found_by_their_names(
    curated: resolve.Resolver, text: str, span: str, id: str
) -> None:
    links = curated.text(text).links
    assert (span, id) in [(link.text, link.entity_id) for link in links]


# ---------------------------------------------------------------- laws


@settings(max_examples=150)
@given(strategies.texts)
def test_law_any_text_has_links_in_bounds_in_order_and_apart(curated: resolve.Resolver, text: str) -> None:
    for everything in (False, True):
        document = curated.text(text, all=everything)
        assert document.text == text
        last = 0
        for link in document.links:
            assert last <= link.start < link.end <= len(text)
            assert link.text == text[link.start : link.end]
            assert 0 <= link.probability <= 1
            assert sum(candidate.probability for candidate in link.candidates) <= 1 + 1e-9
            assert (link.entity_id is not None) == (link.status == "resolved")
            assert everything or link.status == "resolved"
            last = link.end


@given(strategies.texts)
def test_law_any_name_can_be_matched(curated: resolve.Resolver, name: str) -> None:
    link = curated.match(name, limit=3)
    assert (link.start, link.end, link.text) == (0, len(name), name)
    assert len(link.candidates) <= 3
    ranked = [candidate.probability for candidate in link.candidates]
    assert ranked == sorted(ranked, reverse=True)


@given(strategies.broken_names)
def test_law_the_same_text_has_the_same_links(curated: resolve.Resolver, text: str) -> None:
    assert curated.text(text, all=True) == curated.text(text, all=True)


def test_half_a_surrogate_pair_is_no_reason_to_fail(curated: resolve.Resolver) -> None:
    assert [link.text for link in curated.text("\ud83d Alexander Lukashenko \ude00").links] == ["Alexander Lukashenko"]


def test_a_name_shared_by_two_is_reported_with_both_never_guessed(tmp_path: Path) -> None:
    source = tmp_path / "p.csv"
    source.write_text("id,name\na,Пётр Иваноўскі\nb,Пётр Иваноўскі\n", encoding="utf-8")
    link = resolve.open(source).match("Пётр Иваноўскі")
    assert (link.status, link.entity_id) == ("ambiguous", None)
    assert {candidate.entity_id for candidate in link.candidates} == {"a", "b"}


# ---------------------------------------------------------------- one spelling is enough


@pytest.mark.parametrize(
    "name",
    [
        "Sviatlana Tsikhanouskaya", "Svetlana Tikhanovskaya", "Swetlana Tichanowskaja", "Swiatłana Cichanouska", "Святлана Ціханоўская",
        "Светлана Тихановская", "Światłana Cichanouskaja", "Svetlana Tikhanovskaïa", "Svjatlana Tsichanoŭskaja", "Світлана Тихановська",
        "Тихановская Светлана Георгиевна", "TSIKHANOUSKAYA Sviatlana",
    ],
)  # fmt: skip
def test_one_spelling_in_the_gazetteer_is_enough(family: resolve.Resolver, name: str) -> None:
    assert family.match(name).entity_id == "by-tsikhanouskaya-sviatlana"


@pytest.mark.parametrize(
    "name", ["Svetlana Tikhonova", "Svetlana Alexievich", "Тихановский Иван", "Виктория Бабарико", "Chelsea Clinton"]
)
def test_a_relative_or_namesake_is_not_the_entity(family: resolve.Resolver, name: str) -> None:
    assert family.match(name).status != "resolved"


@pytest.mark.parametrize("name", ["", " ", "1984", "...", "\N{COMBINING ACUTE ACCENT}"])
def test_what_is_no_name_matches_nobody(family: resolve.Resolver, name: str) -> None:
    link = family.match(name)
    assert (link.status, link.candidates) == ("unknown", ())


# ---------------------------------------------------------------- opening


def test_a_list_of_sources_is_read_as_one(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,name\na,Янка Купала\n", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text('{"id": "b", "name": "Якуб Колас"}\n', encoding="utf-8")
    resolver = resolve.open([tmp_path / "a.csv", str(tmp_path / "b.jsonl")])
    assert [resolver.match(name).entity_id for name in ("Yanka Kupala", "Yakub Kolas")] == ["a", "b"]
    assert repr(resolver) == "<Resolver of 2 entities, 2 names>"


def test_a_compiled_directory_is_opened_as_it_is(tmp_path: Path) -> None:
    compile_rows([Row("a", "Янка Купала")], tmp_path / "idx")
    assert resolve.open(tmp_path / "idx").match("Yanka Kupala").entity_id == "a"


def test_a_damaged_directory_is_refused(tmp_path: Path) -> None:
    compile_rows([Row("a", "Янка Купала")], tmp_path / "idx")
    (tmp_path / "idx" / "header.json").write_text("{}", encoding="utf-8")
    with pytest.raises(CompiledError, match="resolve gazetteer compile"):
        resolve.open(tmp_path / "idx")


def test_a_missing_source_is_named() -> None:
    with pytest.raises(GazetteerError, match="nowhere"):
        resolve.open("nowhere.csv")


def test_no_source_at_all_is_a_mistake() -> None:
    with pytest.raises(UsageError, match="no gazetteer"):
        resolve.open([])


@pytest.mark.parametrize("threshold", [0.0, -0.5, 1.01, 7, float("nan")])
def test_a_threshold_that_is_no_probability_is_refused(threshold: float) -> None:
    with pytest.raises(UsageError, match=f"threshold {threshold}"):
        resolve.open(threshold=threshold)


def test_a_lower_threshold_resolves_no_less() -> None:
    text = "Знак сказал. Путину позвонили из Парижа. Лукашенко и Макей приехали."
    found = [
        {(link.start, link.entity_id) for link in resolve.open(threshold=threshold).text(text).links} for threshold in (0.5, 0.9, 0.99)
    ]  # fmt: skip
    assert found[2] <= found[1] <= found[0]
    assert len(found[0]) > len(found[2])


def test_warnings_of_a_source_are_kept(tmp_path: Path) -> None:
    source = tmp_path / "p.csv"
    source.write_text("id,name\na,Янка Купала\na,Янка Купала\n", encoding="utf-8")
    assert any("twice" in warning for warning in resolve.open(source).warnings)


def test_an_excluded_spelling_does_not_match(tmp_path: Path) -> None:
    source = tmp_path / "p.csv"
    source.write_text("id,name,kind\na,Янка Купала,name\na,Янка Купальскі,exclude\n", encoding="utf-8")
    resolver = resolve.open(source)
    assert resolver.match("Yanka Kupala").entity_id == "a"
    assert resolver.match("Янка Купальскі").entity_id is None


def test_a_weak_name_is_never_enough_alone(family: resolve.Resolver) -> None:
    assert family.match("the Council").status != "resolved"
    assert "Council" not in [link.text for link in family.text("He left the Council early.").links]


def test_an_alias_is_as_good_as_a_name(tmp_path: Path) -> None:
    source = tmp_path / "p.csv"
    source.write_text("id,name,kind\na,Янка Купала,name\na,Іван Луцэвіч,alias\n", encoding="utf-8")
    link = resolve.open(source).match("Ivan Lutsevich")
    assert (link.entity_id, link.name) == ("a", "Янка Купала")


# ---------------------------------------------------------------- columns


def test_a_column_of_names_comes_back_in_order(family: resolve.Resolver) -> None:
    asked = ["Тихановская Светлана", None, "", "Bill Clinton", "Nobody Known", "Тихановская Светлана"]
    table = family.match_many(asked)
    assert list(table.columns) == ["name", "entity_id", "entity_name", "probability", "status"]
    assert table["name"].fillna("").tolist() == [name or "" for name in asked]
    assert table["status"].tolist() == ["resolved", "unknown", "unknown", "resolved", "unknown", "resolved"]
    assert table["entity_id"].tolist()[0] == table["entity_id"].tolist()[5] == "by-tsikhanouskaya-sviatlana"


def test_no_names_give_an_empty_table_with_all_columns(family: resolve.Resolver) -> None:
    table = family.match_many([])
    assert (len(table), len(table.columns)) == (0, 5)


def test_a_not_a_number_of_pandas_is_no_name(family: resolve.Resolver) -> None:
    pd = pytest.importorskip("pandas")
    table = family.match_many(pd.Series(["Bill Clinton", float("nan"), pd.NA]))
    assert table["status"].tolist() == ["resolved", "unknown", "unknown"]


def test_a_match_explains_itself(family: resolve.Resolver) -> None:
    link = family.match("Светлана Тихановская")
    assert link.candidates[0].bits == pytest.approx(sum(piece.bits for piece in link.evidence))
    assert ("Тихановская", "Tsikhanouskaya") in [(piece.left, piece.right) for piece in link.evidence]


def test_a_spelling_names_its_scheme(curated: resolve.Resolver) -> None:
    link = curated.match("Aliaksandr Lukashenka")
    assert link.scheme is not None
    assert link.scheme.startswith("be: ")


# ---------------------------------------------------------------- the door


def test_the_door_offers_what_it_says() -> None:
    assert all(hasattr(resolve, name) for name in resolve.__all__)
    assert len(resolve.__all__) <= 20


def test_opening_the_door_loads_no_heavy_library() -> None:
    code = "import sys, resolve; print(sorted({'pandas', 'numpy', 'typer', 'rich', 'pyarrow', 'click'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# ---------------------------------------------------------------- acceptance


needs_seeds = pytest.mark.skipif(
    not (SHARED / "seeds" / "gold.jsonl").is_file(), reason="needs the seed articles beside the checkout"
)


@needs_seeds
@pytest.mark.parametrize("one_spelling", [False, True], ids=["curated", "one spelling each"])
def test_the_seed_articles_are_resolved(tmp_path: Path, one_spelling: bool) -> None:
    """F1 of at least .95 over persons and nobody taken for somebody else."""
    gold = [
        json.loads(line) for line in (SHARED / "seeds" / "gold.jsonl").read_text(encoding="utf-8").splitlines() if line
    ]
    wanted = {(doc["doc"], m["start"], m["end"], m["entity_id"]) for doc in gold for m in doc["mentions"]}
    resolver = resolve.open()
    if one_spelling:
        heads = {row.id: row for row in reversed(gazetteer.load([gazetteer.curated()])[0])}
        rows = [f"{id},{heads[id].name}\n" for id in sorted({id for *_, id in wanted})]
        source = tmp_path / "one.csv"
        source.write_text("id,name\n" + "".join(rows), encoding="utf-8")
        resolver = resolve.open(source)
    found = set()
    for doc in gold:
        text = (SHARED / "seeds" / doc["doc"]).read_bytes().decode("utf-8")
        found |= {(doc["doc"], x.start, x.end, x.entity_id) for x in resolver.text(text).links if x.type == "person"}
    right = found & wanted
    assert found - wanted == set(), "false positives"
    assert 2 * len(right) / (len(found) + len(wanted)) >= 0.95


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("Σβετλάνα Τιχανόφσκαγια", "by-tsikhanouskaya-sviatlana"), ("スヴャトラーナ・チハノウスカヤ", "by-tsikhanouskaya-sviatlana"),
        ("Ալեքսանդր Լուկաշենկո", "by-lukashenko-alexander"), ("ალექსანდრ ლუკაშენკო", "by-lukashenko-alexander"),
        ("אלכסנדר לוקשנקו", "by-lukashenko-alexander"), ("ألكسندر لوكاشينكو", "by-lukashenko-alexander"),
        ("알렉산드르 루카셴코", "by-lukashenko-alexander"), ("亚历山大·卢卡申科", "by-lukashenko-alexander"),
        ("ウラジーミル・プーチン", "ru-putin-vladimir"), ("ولادیمیر پوتین", "ru-putin-vladimir"),
        ("블라디미르 푸틴", "ru-putin-vladimir"),
    ],
)  # fmt: skip
def test_names_in_further_scripts_are_matched(curated: resolve.Resolver, name: str, entity: str) -> None:
    link = curated.match(name)
    assert link.candidates
    assert link.candidates[0].entity_id == entity


def test_similar_names_in_further_scripts_stay_apart(curated: resolve.Resolver) -> None:
    for name in ("デーヴィッド・キャメロン", "데이비드 캐머런", "דייוויד קמרון", "დეივიდ კამერონი"):
        assert curated.match(name).entity_id is None


def test_cyclic_garbage_of_others_is_found_in_the_end(curated: resolve.Resolver) -> None:
    """What is remembered is put among the oldest objects, where garbage is searched once there is much more of it."""
    kept = weakref.WeakSet[Any]()
    for _ in range(40):
        for _ in range(LOOKED_AT):
            one = _Ring()
            kept.add(one)
            curated.text("")
        del one
    assert len(kept) < 40 * LOOKED_AT


class _Ring:
    """Garbage that only a search for cycles finds, and much of it."""

    def __init__(self) -> None:
        self.ring = self
        self.much = [object() for _ in range(2000)]
