"""Places by what other languages and other times call them, alone and in texts, and persons who are no places."""

from __future__ import annotations

from collections import defaultdict

import pytest

import resolve
from resolve import tables
from resolve.resolver import Resolver
from resolve.toponyms import TABLES, cities, others

LISTED = {
    "kyiv": "Kyiv", "lviv": "Львів", "vienna": "Vienna", "vilnius": "Vilnius", "warsaw": "Warszawa", "beijing": "Beijing",
    "petersburg": "Saint Petersburg", "aachen": "Aachen", "bratislava": "Bratislava", "mumbai": "Mumbai", "tver": "Tver", "myanmar": "Burma",
}  # fmt: skip


@pytest.fixture(scope="module")
def resolver(tmp_path_factory: pytest.TempPathFactory) -> Resolver:
    source = tmp_path_factory.mktemp("toponyms") / "places.csv"
    rows = "".join(f"{id},{name},place\n" for id, name in LISTED.items())
    source.write_text(f"id,name,type\n{rows}", encoding="utf-8")
    return resolve.open(source)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Wien", "vienna"), ("Bécs", "vienna"), ("Lemberg", "lviv"), ("Lwów", "lviv"), ("Wilno", "vilnius"),
        ("Pressburg", "bratislava"), ("Aix-la-Chapelle", "aachen"), ("Петроград", "petersburg"), ("北京", "beijing"),
        ("北京市", "beijing"), ("Бомбей", "mumbai"), ("Калинин", "tver"), ("Мьянма", "myanmar"),
    ],
)  # fmt: skip
def test_one_name_of_a_place_is_enough(resolver: Resolver, name: str, expected: str) -> None:
    assert resolver.match(name).entity_id == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Они приехали из Києва во Львов.", ["kyiv", "lviv"]),
        ("Mieszkał w Wilnie, potem w Bratysławie.", ["vilnius", "bratislava"]),
        ("Поїхали до Варшави зі Львовом.", ["warsaw", "lviv"]),
        ("Mieszkał w Wilnie, potem się przeniósł do Wiednia.", ["vilnius", "vienna"]),
        ("Мітинги пройшли у Відні та Києві.", ["vienna", "kyiv"]),
        ("Über Lemberg nach Wien und Pressburg.", ["lviv", "vienna", "bratislava"]),
        ("Он был в Ленинграде, Пекине и Бомбее.", ["petersburg", "beijing", "mumbai"]),
    ],
)
def test_texts_call_places_by_names_that_are_not_listed(resolver: Resolver, text: str, expected: list[str]) -> None:
    assert [link.entity_id for link in resolver.text(text).links] == expected


@pytest.mark.parametrize(
    "text", ["Калинин сказал.", "Max Wien taught in Jena.", "Иван Киев пришёл.", "Franz Lehár war dort."]
)
def test_who_is_called_like_a_place_is_none(resolver: Resolver, text: str) -> None:
    assert not resolver.text(text).links


def test_a_name_that_two_places_bear_is_neither_s() -> None:
    assert "Congo" not in others("Democratic Republic of the Congo")
    for table in TABLES:
        for _place, _type, _lang, _kind, name in tables.rows(table):
            assert all(cities(other) == cities(name) for other in others(name))


def test_every_row_says_language_and_kind() -> None:
    kinds: dict[str, set[str]] = defaultdict(set)
    for table in TABLES:
        for place, type, lang, kind, name in tables.rows(table):
            assert place
            assert name == name.strip()
            assert lang
            kinds[type].add(kind)
    common = {"endonym", "exonym", "former"}
    assert kinds == {"city": common | {"namesake"}, "country": common}
