"""Which spellings of a column of names are one person's, where no gazetteer says who there is?"""

from __future__ import annotations

import csv
import io
import json
import random
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

import resolve
from resolve.clusters import group, grouping
from resolve.clusters.pairs import Pair
from resolve.clusters.partition import partition
from resolve.errors import UsageError
from tests.conftest import Run

SPELLINGS = (
    "Виктор Бабарико", "Viktar Babaryka", "Бабарыка Віктар", "Eduard Babaryka", "Эдуард Бабарико",
    "Світлана Тихановська", "Sviatlana Tsikhanouskaya", "Тихановская, Светлана", "Siarhei Tsikhanouski",
    "Сергей Тихановский", "Alexander Lukashenko", "Аляксандр Лукашэнка", "Viktar Lukashenka", "Angela Merkel",
    "Ангела Меркель", "Hillary Clinton", "Bill Clinton", "Билл Клинтон",
)  # fmt: skip
"""Persons among them are relatives and namesakes of one another."""


def clusters(*names: str) -> list[set[str]]:
    """The clusters of some names."""
    found: dict[str, set[str]] = {}
    for name, member in group(names).items():
        found.setdefault(member.cluster, set()).add(name)
    return sorted(found.values(), key=sorted)


def together(*names: str) -> bool:
    """Whether all names are one cluster."""
    return len(clusters(*names)) == 1


# ---------------------------------------------------------------- whose spelling is it


def test_spellings_of_one_person_are_one_cluster_and_relatives_are_not() -> None:
    found = clusters(*SPELLINGS)
    assert {"Виктор Бабарико", "Viktar Babaryka", "Бабарыка Віктар"} in found
    assert {"Eduard Babaryka", "Эдуард Бабарико"} in found
    assert {"Світлана Тихановська", "Sviatlana Tsikhanouskaya", "Тихановская, Светлана"} in found
    assert {"Siarhei Tsikhanouski", "Сергей Тихановский"} in found
    assert {"Alexander Lukashenko", "Аляксандр Лукашэнка"} in found
    assert {"Viktar Lukashenka"} in found
    assert {"Hillary Clinton"} in found


@pytest.mark.parametrize(
    ("open_name", "one", "other"),
    [
        ("V. Babaryka", "Viktar Babaryka", "Valery Babaryka"),
        ("Babaryka", "Viktar Babaryka", "Eduard Babaryka"),
        ("В. Бабарико", "Viktar Babaryka", "Valery Babaryka"),
        ("Александр Сенько", "Александр Григорьевич Сенько", "Александр Иванович Сенько"),
    ],
)
def test_a_name_that_fits_two_persons_stays_alone(open_name: str, one: str, other: str) -> None:
    assert clusters(open_name, one, other) == sorted([{open_name}, {one}, {other}], key=sorted)


@pytest.mark.parametrize(
    ("open_name", "one", "other"),
    [
        ("V. Babaryka", "Viktar Babaryka", "Eduard Babaryka"),
        ("Бабарико В.", "Viktar Babaryka", "Eduard Babaryka"),
        ("Александр Сенько", "Александр Григорьевич Сенько", "Николай Иванович Сенько"),
    ],
)
def test_a_name_that_fits_one_person_is_that_person(open_name: str, one: str, other: str) -> None:
    assert clusters(open_name, one, other) == sorted([{open_name, one}, {other}], key=sorted)


def test_initials_do_not_chain_two_persons_together() -> None:
    assert not together("Viktar Babaryka", "V. Babaryka", "В. Бабарико", "Valery Babaryka")


def test_the_same_name_with_a_label_or_in_parts_of_another_order_is_one() -> None:
    assert together("Category:Angela Merkel", "Angela Merkel", "Merkel, Angela")


def test_names_that_say_nothing_are_alone() -> None:
    assert len(clusters("???", "!!", "123", "Angela Merkel")) == 4


def test_an_open_name_is_unsure_and_a_plain_one_sure() -> None:
    found = group(["Viktar Babaryka", "Valery Babaryka", "V. Babaryka", "Виктор Бабарико", "Angela Merkel"])
    assert found["V. Babaryka"].probability < 0.5
    assert found["Виктор Бабарико"].probability > 0.9
    assert found["Angela Merkel"].probability > 0.9


# ---------------------------------------------------------------- laws


@settings(max_examples=8)
@given(st.permutations(SPELLINGS), st.lists(st.sampled_from(SPELLINGS), max_size=4))
def test_law_the_order_of_rows_changes_nothing(names: list[str], again: list[str]) -> None:
    """Nor where which names come twice: how often each is met is the same."""
    rows = [*names, *again]
    assert group(rows) == group([*again, *SPELLINGS])


@settings(max_examples=12)
@given(st.lists(st.one_of(st.text(max_size=12), st.sampled_from(SPELLINGS)), max_size=8))
def test_law_every_name_is_in_exactly_one_cluster_and_stands_for_it_or_is_stood_for(names: list[str]) -> None:
    found = group(names)
    assert set(found) == {name for name in names if name.strip()}
    for member in found.values():
        assert found[member.name].cluster == member.cluster
        assert 0.0 <= member.probability < 1.0
    standing: dict[str, str] = {}
    for member in found.values():
        assert standing.setdefault(member.cluster, member.name) == member.name
    assert len(set(standing.values())) == len(standing)


def test_law_the_number_of_processes_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "ALONE", 1)
    monkeypatch.setattr(grouping, "SHARE", 5)
    assert group(SPELLINGS, workers=2) == group(SPELLINGS)


def _random_pairs(dice: random.Random, count: int) -> list[dict[int, Pair]]:
    listed: list[dict[int, Pair]] = [{} for _ in range(count)]
    for one in range(count):
        for other in range(one):
            if dice.random() < 0.5:
                bits = dice.uniform(-5, 9)
                listed[one][other] = listed[other][one] = Pair(bits, bits < 0, 1.0 if bits > 0 else 0.5)
    return listed


@pytest.mark.parametrize("seed", range(20))
def test_law_a_partition_holds_every_place_once(seed: int) -> None:
    dice = random.Random(seed)
    words = [dice.choice([1, 2, 2, 3]) for _ in range(14)]
    groups = partition(_random_pairs(dice, 14), words, lambda _a, _b: None, 0.0)
    assert sorted(place for members in groups for place in members) == list(range(14))


@pytest.mark.parametrize("seed", range(20))
def test_law_no_two_groups_stay_apart_that_are_alike_on_average(seed: int) -> None:
    """Where all names say as much, so that none is open."""
    listed = _random_pairs(random.Random(seed), 14)
    groups = partition(listed, [2] * 14, lambda _a, _b: None, 0.0)
    for members, others in combinations(groups, 2):
        between = [listed[a][b] for a in members for b in others if b in listed[a]]
        assert sum(pair.bits * pair.weight for pair in between) < 0.0 or not between


def test_two_groups_are_not_chained_by_one_pair() -> None:
    """The mean decides: one likeness between two persons of two names each is outweighed by what they differ in."""
    sure, other = Pair(5.0), Pair(-4.7, against=True, weight=0.5)
    listed: list[dict[int, Pair]] = [
        {1: Pair(6.0), 2: other, 3: other},
        {0: Pair(6.0), 2: Pair(2.0), 3: other},
        {3: sure, 1: Pair(2.0), 0: other},
        {2: sure, 0: other, 1: other},
    ]
    assert partition(listed, [2, 2, 2, 2], lambda _a, _b: None, 0.0) == [[0, 1], [2, 3]]


# ---------------------------------------------------------------- the library call


def test_a_frame_has_a_row_for_every_name_in_order() -> None:
    pytest.importorskip("pandas")
    names = ["Viktar Babaryka", None, "Бабарико Виктор", "", "Viktar Babaryka"]
    found = resolve.cluster(names)
    assert list(found.columns) == ["name", "cluster", "cluster_name", "probability"]
    assert [name if isinstance(name, str) else None for name in found["name"]] == names
    assert found["cluster"].notna().tolist() == [True, False, True, False, True]
    assert found["cluster"].nunique() == 1
    assert found["cluster_name"][0] == "Viktar Babaryka"


@pytest.mark.parametrize("threshold", [0.0, 1.0, -3.0, 7.0, float("nan")])
def test_a_threshold_that_is_no_probability_is_refused(threshold: float) -> None:
    with pytest.raises(UsageError, match="no probability between 0 and 1"):
        resolve.cluster(["Angela Merkel"], threshold)


def test_nobody_is_no_cluster() -> None:
    assert group(["", "  "]) == {}


# ---------------------------------------------------------------- the command

ROWS = [["1", "Viktar Babaryka"], ["2", "Бабарико, Виктор"], ["3", ""], ["4", "E. Babaryka"], ["5", "Eduard Babaryka"]]


def source(folder: Path, format: str) -> Path:
    """The rows as a file."""
    path = folder / f"in.{format}"
    if format == "jsonl":
        text = "".join(json.dumps({"id": id, "name": name}, ensure_ascii=False) + "\n" for id, name in ROWS)
        path.write_text(text, encoding="utf-8")
    elif format == "parquet":
        pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
        parquet = pytest.importorskip("pyarrow.parquet")
        parquet.write_table(pa.table({"id": [int(id) for id, _ in ROWS], "name": [name for _, name in ROWS]}), path)
    else:
        with open(path, "w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, delimiter={"csv": ",", "tsv": "\t"}[format]).writerows([["id", "name"], *ROWS])
    return path


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a result."""
    if path.suffix == ".parquet":
        found: list[dict[str, Any]] = pytest.importorskip("pyarrow.parquet").read_table(path).to_pylist()
        return found
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in text.splitlines()]
    return list(csv.DictReader(io.StringIO(text), delimiter="\t" if path.suffix == ".tsv" else ","))


@pytest.mark.parametrize("into", ["csv", "tsv", "jsonl", "parquet"])
@pytest.mark.parametrize("out_of", ["csv", "tsv", "jsonl", "parquet"])
def test_columns_stay_and_rows_stay_in_order(run: Run, tmp_path: Path, out_of: str, into: str) -> None:
    output = tmp_path / f"out.{into}"
    done = run("cluster", source(tmp_path, out_of), "-o", output)
    assert done.code == 0, done.err
    assert done.out == ""
    rows = read(output)
    assert [[str(row["id"]), row["name"]] for row in rows] == ROWS
    assert [row["cluster"] or "" for row in rows] == [
        "viktar-babaryka", "viktar-babaryka", "", "eduard-babaryka", "eduard-babaryka",
    ]  # fmt: skip
    assert list(rows[0]) == ["id", "name", "cluster", "cluster_name", "probability"]


def test_clusters_are_a_gazetteer_that_finds_them(run: Run, tmp_path: Path) -> None:
    people, gazetteer = source(tmp_path, "csv"), tmp_path / "found.csv"
    assert run("cluster", people, "--gazetteer-out", gazetteer).code == 0
    assert run("gazetteer", "check", gazetteer).code == 0
    kinds = {row["name"]: row["kind"] for row in read(gazetteer)}
    assert kinds == {
        "Viktar Babaryka": "name", "Бабарико, Виктор": "name", "Eduard Babaryka": "name", "E. Babaryka": "weak",
    }  # fmt: skip
    assert resolve.open(gazetteer).match("Вiктар Бабарыка").entity_id == "viktar-babaryka"


def test_standard_input_and_output(run: Run) -> None:
    done = run("cluster", "-c", "who", stdin="who\nAngela Merkel\nАнгела Меркель\n".encode())
    assert done.code == 0
    assert done.out.splitlines()[0] == "who,cluster,cluster_name,probability"
    assert len({line.split(",")[1] for line in done.out.splitlines()[1:]}) == 1
    assert done.err.endswith("2 names, 1 cluster\n")


@pytest.mark.parametrize(
    ("content", "options", "code", "message"),
    [
        ("name\nA B\n", ["-c", "who"], 1, "no column 'who' among 'name'"),
        ("name,cluster\nA B,1\n", [], 1, "there is a column 'cluster' already"),
        ("name\nA B\n", ["-t", "2"], 2, "no probability between 0 and 1"),
        ("name\nA B\n", ["-f", "html"], 2, "unknown format 'html'"),
        ("name\nA B\n", ["-f", "parquet"], 2, "Parquet cannot go to standard output"),
        ("name,age\nA B\nAngela Merkel,3\n", [], 1, "1 fields where the header has 2"),
    ],
)
def test_a_mistake_is_named(
    run: Run, tmp_path: Path, content: str, options: list[str], code: int, message: str
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(content, encoding="utf-8")
    done = run("cluster", path, *options)
    assert done.code == code
    assert message in done.err
    assert "Traceback" not in done.err
