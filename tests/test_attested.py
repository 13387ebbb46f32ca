"""Which spellings of names does no rule explain, and are known to be so?"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

import resolve
from resolve import attested
from resolve.channel import same, telling, weights
from resolve.training import attested as training


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Роберт Бёрд", "Robert Byrd"),
        ("Роберт Гатри", "Robert Guthrie"),
        ("Џо Бајден", "Joe Biden"),
        ("רוברט בירד", "Robert Byrd"),
    ],
)
def test_a_spelling_that_letters_do_not_explain_is_found_where_it_is_attested(
    tmp_path: Path, left: str, right: str
) -> None:
    source = tmp_path / "people.csv"
    source.write_text(f"id,name\na,{right}\nb,Robert Bord\nc,Joe Boden\n", encoding="utf-8")
    assert resolve.open(source).match(left).candidates[0].entity_id == "a"


def test_what_is_attested_tells_no_less_than_its_weight() -> None:
    assert telling("Бёрд", "Byrd") >= weights()["attested"] > telling("Бёрд", "Bord")
    assert same("Бёрд", "Byrd")
    assert attested.spells("Byrd", "Бёрд")
    assert not attested.spells("Byrd", "Byrd")


def test_pairs_of_those_held_out_are_not_told(tmp_path: Path) -> None:
    def write(name: str, rows: list[str]) -> None:
        with gzip.open(tmp_path / name, "wt", encoding="utf-8") as stream:
            stream.write("\n".join(rows) + "\n")

    # two persons who are not held out make the pair of a third no secret
    people = ["Q1\tRobert Byrd\ten\tLatin", "Q1\tРоберт Бёрд\tru\tCyrillic"]
    others = [row.replace("Q1", person) for person in ("Q2", "Q4") for row in people]
    head = "entity_id\tname\tlang\tscript"
    pairs = ['tok:"byrd"\tбёрд\tru\tCyrillic\t3', 'tok:"byrd"\tберт\tru\tCyrillic\t1']
    write(training.PAIRS, [f"{head}\tcount", *pairs])
    write(training.PERSONS, [head, *people])
    assert "берд" not in training.learn(tmp_path).get("byrd", [])
    write(training.PERSONS, [head, *people, *others])
    assert training.learn(tmp_path)["byrd"][0] == "берд"
