"""The gazetteers that large sizes are measured on are the same on every run, and are not compiled twice."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest

from benchmarks.newswire import script_of
from benchmarks.scale import built, opened, people, planned
from resolve.index import open_index

PERSONS = [
    ("Q1", "Viktar Babaryka", "Latin"), ("Q1", "Віктар Бабарыка", "Cyrillic"), ("Q1", "ヴィクタル・ババリカ", "Katakana"),
    ("Q2", "Angela Merkel", "Latin"), ("Q2", "Ангела Меркель", "Cyrillic"),
    ("Q3", "Анна Ахматова", "Cyrillic"), ("Q3", "Anna Akhmatova", "Latin"),
]  # fmt: skip


@pytest.fixture
def persons(tmp_path: Path) -> Path:
    path = tmp_path / "persons.tsv.gz"
    rows = [f"{id}\t{name}\tund\t{script}" for id, name, script in PERSONS]
    path.write_bytes(gzip.compress("\n".join(["entity_id\tname\tlang\tscript", *rows]).encode()))
    return path


def test_half_of_the_invented_bear_a_surname_of_the_parts_in_their_script() -> None:
    known = {"Q1": ["Viktar Babaryka"], "Q3": ["Анна Ахматова"]}
    parts = ["Kovalchuk", "Шевчук"]
    made = list(people(known, 402, random.Random(1), parts))
    assert made == list(people(known, 402, random.Random(1), parts))
    assert made[:2] == [("Q1", "Viktar Babaryka"), ("Q3", "Анна Ахматова")]
    rare = [name.split() for _, name in made[2:] if name.split()[-1] in parts]
    assert 150 < len(rare) < 250
    assert all(script_of(given) == script_of(surname) for given, surname in rare)
    assert len({id for id, _ in made}) == 402


def test_without_parts_all_surnames_are_those_of_the_persons() -> None:
    known = {"Q1": ["Viktar Babaryka"], "Q3": ["Anna Akhmatova"]}
    surnames = {name.split()[-1] for _, name in people(known, 50, random.Random(1))}
    assert surnames == {"Babaryka", "Akhmatova"}


def test_a_kept_gazetteer_is_not_compiled_again(persons: Path, tmp_path: Path) -> None:
    plan = planned(persons, None, tmp_path)
    assert set(plan.held) == {"Q1", "Q3"}
    assert plan.further == {"Q1": ["ヴィクタル・ババリカ"]}
    facts = built(plan, 20_000)
    assert open_index(plan.target(20_000)).names == 20_000
    assert facts["compile_peak_mib"] > 0
    header = (plan.target(20_000) / "header.json").stat().st_mtime_ns
    assert built(plan, 20_000) == facts
    assert (plan.target(20_000) / "header.json").stat().st_mtime_ns == header
    found = opened(plan.target(20_000))
    assert found["open_rss_mib"] >= found["before_open_rss_mib"] > 0
    assert found["first_answer_s"] > 0


def test_queries_are_of_those_who_are_there_and_as_many_who_are_not(persons: Path, tmp_path: Path) -> None:
    asked = planned(persons, None, tmp_path).queries(2)
    assert sorted(asked) == [("", "Angela Merkel"), ("Q1", "Віктар Бабарыка"), ("Q3", "Anna Akhmatova")]
