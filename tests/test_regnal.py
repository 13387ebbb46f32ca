"""Which rulers and popes bear a name, and how do other languages write it?"""

from __future__ import annotations

import pytest

import resolve
from resolve import tables
from resolve.letters import fold
from resolve.names import parse
from resolve.regnal import renderings

RULERS = ("Charles III", "Elizabeth II", "Louis XIV", "John Paul II", "Benedict XVI", "Juan Carlos I", "Mehmed VI")


@pytest.fixture(scope="module")
def rulers(tmp_path_factory: pytest.TempPathFactory) -> resolve.Resolver:
    source = tmp_path_factory.mktemp("rulers") / "rulers.csv"
    source.write_text("id,name\n" + "".join(f"{name},{name}\n" for name in RULERS), encoding="utf-8")
    return resolve.open(source)


@pytest.mark.parametrize(
    ("name", "ruler"),
    [
        ("Карл III", "Charles III"),
        ("Carlos III", "Charles III"),
        ("Елизавета II", "Elizabeth II"),
        ("Людовик XIV", "Louis XIV"),
        ("XIV. Lajos", "Louis XIV"),
        ("Jan Paweł II", "John Paul II"),
        ("Иоанн Павел II", "John Paul II"),
        ("Papież Jan Paweł II", "John Paul II"),
        ("Ioannes Paulus II", "John Paul II"),
        ("Ιωάννης Παύλος II", "John Paul II"),
        ("Benedetto XVI", "Benedict XVI"),
        ("VI. Mehmed", "Mehmed VI"),
    ],
)
def test_one_spelling_is_enough_for_a_ruler(rulers: resolve.Resolver, name: str, ruler: str) -> None:
    assert rulers.match(name).entity_id == ruler


@pytest.mark.parametrize(
    "name",
    ["Charles II", "Карл I", "Elizabeth I", "Louis XVI", "Jan Paweł I", "Benedetto XV", "Juan Carlos Pérez", "Paul II"],
)
def test_another_ruler_or_somebody_with_a_surname_is_nobody_known(rulers: resolve.Resolver, name: str) -> None:
    assert rulers.match(name).status == "unknown"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Король Карл III прибыл в Лондон. Карл I был казнён.", {"Карл III": "Charles III"}),
        ("Papież Jan Paweł II i Jan Paweł I.", {"Jan Paweł II": "John Paul II"}),
        ("Папа Римский приехал. Иоанна Павла II любили.", {"Иоанна Павла II": "John Paul II"}),
        ("Louis XVI was executed; Louis XIV built Versailles.", {"Louis XIV": "Louis XIV"}),
        ("Wizyta papieża Jana Pawła II w Polsce trwała długo.", {"Jana Pawła II": "John Paul II"}),
    ],
)
def test_texts_name_rulers_in_their_language(rulers: resolve.Resolver, text: str, found: dict[str, str]) -> None:
    assert {link.text: link.entity_id for link in rulers.text(text).links if link.status == "resolved"} == found


def test_names_of_others_are_not_translated() -> None:
    assert (
        renderings(parse("Charles Dickens"))
        == renderings(parse("John Rhodes III"))
        == renderings(parse("Juan Carlos"))
        == ()
    )


def test_every_class_has_one_form_of_each_language_at_least_and_none_twice() -> None:
    rows = list(tables.rows("regnal.tsv"))
    assert len(rows) == len(set(rows))
    langs = {lang for _, lang, _ in rows} - {"la", "nl", "sv"}
    for one in {row[0] for row in rows}:
        assert {lang for other, lang, _ in rows if other == one} >= langs
    assert fold("charles") in {fold(name) for _, lang, name in rows if lang == "en"}
