"""What labels in all scripts teach: who is held out, what a wrong reading is, how reliability is counted."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from resolve.training import labels
from resolve.training.spellings import held_out_of_scripts

ROWS = (
    ("Q2", "Willy Brandt", "en", "Latin"), ("Q2", "Вилли Брандт", "ru", "Cyrillic"), ("Q2", "Vilis Brants", "la", "Latin"),
    ("Q4", "Peter Willy Brandt", "de", "Latin"), ("Q5", "John Rhodes", "en", "Latin"), ("Q5", "جون رودس", "ar", "Arabic"),
    ("Q7", "John Rhodes III", "en", "Latin"), ("Q1", "Held Out", "en", "Latin"), ("Q1", "Хелд Аут", "ru", "Cyrillic"),
)  # fmt: skip


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A few labels in the form of the training data."""
    path = tmp_path / "persons.tsv.gz"
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        stream.write("entity_id\tname\tlang\tscript\n")
        stream.writelines("\t".join(row) + "\n" for row in ROWS)
    return path


def test_nothing_is_learned_from_those_held_out(source: Path) -> None:
    assert held_out_of_scripts("Q1")
    held = labels.labels(source)
    assert "Q1" not in held.known
    assert held.known["Q2"] == "Willy Brandt"
    assert sorted(query for _, query in held.queries) == sorted(["Вилли Брандт", "جون رودس"])


def test_a_reading_is_right_where_it_is_the_person_meant(source: Path, tmp_path: Path) -> None:
    held = labels.labels(source)
    index = labels.compiled(held.known, tmp_path)
    found = list(labels.look_up(held, index, held.queries))
    assert {one.script for one in found} == {"Cyrillic", "Arabic"}
    for one in found:
        best, right = one.readings[0]
        assert right
        assert all(reading.bits < best.bits - 3 and not ok for reading, ok in one.readings[1:])
    parts = [parts for parts, *_ in labels.examples(found)]
    assert any("left_out_first" in one for one in parts)
    assert any("mark_alone" in one for one in parts)


def test_reliability_is_counted_with_the_person_there_and_missing(source: Path, tmp_path: Path) -> None:
    held = labels.labels(source)
    index = labels.compiled(held.known, tmp_path)
    lines = list(labels.reliability(list(labels.look_up(held, index, held.queries)), index))
    assert {line.split("\t")[0] for line in lines} == {"Cyrillic", "Arabic"}
    assert any("right 1.000" in line for line in lines)
    assert any("right 0.000" in line for line in lines)
