"""Who else of the whole world could a name be: other surnames that fit as well, and halves of names."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

import resolve
from resolve import crowd, tables
from resolve.keys import skeletons
from resolve.training import surnames


@pytest.mark.parametrize(
    ("spelling", "likely", "unlikely"),
    [("Simeonow", "simeonov", "semyonov"), ("دیویس", "davis", "devos"), ("Браун", "brown", "brune")],
)
def test_a_surname_misses_more_where_another_fits_better(spelling: str, likely: str, unlikely: str) -> None:
    assert crowd.missed(spelling, likely) < crowd.missed(spelling, unlikely)


def test_what_is_missed_is_bounded_and_a_rare_spelling_misses_nothing() -> None:
    assert crowd.missed("Тихановская", "tikhanovskaya") == 0
    assert 0 <= crowd.missed("Ким", "kym") <= crowd.MOST


def test_the_table_is_filed_under_the_skeletons_of_today() -> None:
    for bones, names in tables.rows("surnames.tsv"):
        if bones != "*":
            assert all(bones in skeletons(name.partition("=")[0]) for name in names.split())


def test_half_of_a_double_name_is_not_the_whole(tmp_path: Path) -> None:
    source = tmp_path / "people.csv"
    source.write_text("id,name\na,Hanna Walz\nb,Saara Kuugongelwa\nc,Jean-Paul Bret\n", encoding="utf-8")
    resolver = resolve.open(source)
    assert resolver.match("Ганна Гронкевич-Вальц").status != "resolved"
    assert resolver.match("Jean Bret").probability < resolver.match("Jean-Paul Bret").probability
    # who takes a second name behind her own is still known by the first
    assert resolver.match("Saara Kuugongelwa-Amadhila").entity_id == "b"


@pytest.mark.parametrize(
    ("known", "whole", "part"),
    [
        ("Karl Brunner", "Карл Бруннер", "Карл Хайнц Бруннер"),
        ("Hasan Ahmed", "Хасан Ахмед", "Хасан Ахмед Адемов"),
        ("Ahmet Doğan", "Ахмет Доган", "Ахмед Доган"),
    ],
)
def test_what_is_not_the_whole_name_leaves_room_for_namesakes(
    known: str, whole: str, part: str, tmp_path: Path
) -> None:
    source = tmp_path / "people.csv"
    source.write_text(f"id,name\na,{known}\n", encoding="utf-8")
    resolver = resolve.open(source)
    assert resolver.match(whole).entity_id == "a"
    assert resolver.match(part).probability < resolver.match(whole).probability


def test_a_bearer_who_is_not_counted_leaves_fewer_others() -> None:
    alone = frozenset({"simeonov"})
    assert crowd.missed("Simeonow", "semyonov", alone) <= crowd.missed("Simeonow", "semyonov")


def test_persons_count_once_for_a_surname_of_one_label(tmp_path: Path) -> None:
    rows = [
        "Q2\tWilly Brandt\ten\tLatin",
        "Q2\tVilis Brants\tlv\tLatin",
        "Q4\tOtto Brandt\tde\tLatin",
        "Q1\tHeld Out\ten\tLatin",
    ]
    source = tmp_path / "persons.tsv.gz"
    with gzip.open(source, "wt", encoding="utf-8") as stream:
        stream.write("\n".join(["entity_id\tname\tlang\tscript", *rows]) + "\n")
    borne, persons = surnames.learn(source)
    assert (dict(borne), persons) == ({"brandt": 2}, 2)
    assert any("brandt=2" in line for line in surnames.table(borne, persons))
