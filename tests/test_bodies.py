"""Names of organisations that stand alone: legal forms, translated words, abbreviations, and who is another."""

from __future__ import annotations

from pathlib import Path

import pytest

import resolve
from resolve.bodies import is_body, meanings, read
from resolve.resolver import Resolver
from resolve.score.body import compare_bodies

LISTED = {
    "mtz": "Minsk Tractor Works",
    "savushkin": "Savushkin Product",
    "kommunarka": "Kommunarka JSC",
    "gaz": "Gorky Automobile Plant",
    "bahn": "Deutsche Bahn AG",
    "charite": "Charité",
    "bsuir": "Belarusian State University of Informatics and Radioelectronics",
    "bsu": "Belarusian State University",
    "health-by": "Ministry of Health of the Republic of Belarus",
    "health-ua": "Ministry of Health of Ukraine",
    "toyota": "Toyota Motor Corporation",
    "hospital-4": "City Clinical Hospital No. 4",
    "hospital-9": "City Clinical Hospital No. 9",
    "belavia": "Belavia",
    "lyskow": "Lyskow Bank",
}


@pytest.fixture(scope="module")
def resolver(tmp_path_factory: pytest.TempPathFactory) -> Resolver:
    source = tmp_path_factory.mktemp("bodies") / "bodies.csv"
    rows = "".join(f"{id},{name},organization\n" for id, name in LISTED.items())
    source.write_text(f"id,name,type\n{rows}", encoding="utf-8")
    return resolve.open(source)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ОАО «Минский тракторный завод»", "mtz"),
        ("Мінскі трактарны завод", "mtz"),
        ("OJSC Minsk Tractor Plant", "mtz"),
        ("ААТ «Савушкін прадукт»", "savushkin"),
        ("ОАО «Савушкин продукт»", "savushkin"),
        ("«Коммунарка»", "kommunarka"),
        ("ОАО «Коммунарка»", "kommunarka"),
        ("Deutsche Bahn", "bahn"),
        ("Charité", "charite"),
        ("Белорусский государственный университет", "bsu"),
        ("Беларускі дзяржаўны ўніверсітэт", "bsu"),
        ("Белорусский государственный университет информатики и радиоэлектроники", "bsuir"),
        ("Министерство здравоохранения Республики Беларусь", "health-by"),
        ("Міністерство охорони здоров'я України", "health-ua"),
        ("Городская клиническая больница № 9", "hospital-9"),
        ("Авиакомпания «Белавиа»", "belavia"),
        ("Горьковский автомобильный завод", "gaz"),
    ],
)
def test_a_body_is_found_whatever_its_form_and_language(resolver: Resolver, name: str, expected: str) -> None:
    link = resolver.match(name)
    assert expected in [candidate.entity_id for candidate in link.candidates][:1]
    assert link.entity_id in {expected, None}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ОАО «Минский тракторный завод»", "mtz"),
        ("ОАО «Савушкин продукт»", "savushkin"),
        ("ОАО «Коммунарка»", "kommunarka"),
        ("Белорусский государственный университет", "bsu"),
        ("Deutsche Bahn", "bahn"),
    ],
)
def test_what_is_plain_is_resolved(resolver: Resolver, name: str, expected: str) -> None:
    assert resolver.match(name).entity_id == expected


@pytest.mark.parametrize(
    "name",
    [
        "Minsk Automobile Plant",
        "Московский государственный университет",
        "Ministry of Health of Poland",
        "Ministry of Defence of Ukraine",
        "City Clinical Hospital No. 5",
        "Toyota Bank",
        "Savushkin Leasing Vostok",
        "Bank",
        "Республика Беларусь",
        "ООО",
    ],
)
def test_another_body_is_nobody(resolver: Resolver, name: str) -> None:
    assert resolver.match(name).entity_id is None


def test_a_legal_form_is_not_compared_but_another_speaks_against() -> None:
    one, same, other = (read(name)[0] for name in ("ООО «Вясёлка»", "Vyasyolka LLC", "АО «Вясёлка»"))
    bits = [sum(piece.bits for piece in compare_bodies(one, known)) for known in (same, other)]
    assert bits[0] > bits[1] > 0


def test_what_parentheses_and_lists_offer_is_read() -> None:
    names = [[word.text for word in body.words] for body in read("Alfa Vega LLC (AV), Alfa Group GmbH")]
    assert ["AV"] in names
    assert ["Alfa", "Group"] in names


def test_chinese_names_are_read_word_by_word() -> None:
    (body,) = read("杭州海康威视数字技术股份有限公司")
    assert [word.text for word in body.words][:1] == ["Hangzhou"]
    assert body.forms == {"stock"}


@pytest.mark.parametrize("name", ["", "()", "«»", "ООО", "a.k.a.", "1", "-", "  ", "(((", "№ 5 (", "有限公司"])
def test_nothing_is_read_without_a_word(name: str, resolver: Resolver) -> None:
    read(name)
    assert resolver.match(name).entity_id is None


def test_compounds_and_endings_have_a_meaning_and_names_have_none() -> None:
    assert meanings("судостроительного") == {"ship"}
    assert meanings("severstal") == frozenset()
    assert [sorted(word.meanings) for word in read("Авиаремонтный завод")[0].words] == [
        ["aviation"],
        ["repair"],
        ["plant"],
    ]
    assert is_body("Deutsche Bahn AG")
    assert not is_body("Angela Merkel")


def test_of_two_spellings_with_one_name_none_is_guessed(tmp_path: Path) -> None:
    source = tmp_path / "two.csv"
    source.write_text("id,name,type\na,Vega LLC,organization\nb,Vega Ltd,organization\n", encoding="utf-8")
    link = resolve.open(source).match("ООО «Вега»")
    assert link.status == "ambiguous"
    assert {candidate.entity_id for candidate in link.candidates} == {"a", "b"}


def test_persons_are_compared_as_before(tmp_path: Path) -> None:
    source = tmp_path / "mixed.csv"
    source.write_text("id,name,type\np,Viktar Babaryka,person\no,Belgazprombank,organization\n", encoding="utf-8")
    mixed = resolve.open(source)
    assert mixed.match("Виктор Бабарико").entity_id == "p"
    assert mixed.match("Белгазпромбанк").entity_id == "o"
    assert mixed.match("ОАО «Белгазпромбанк»").entity_id == "o"


@pytest.mark.parametrize(
    ("filed", "text", "found"),
    [
        ("ОАО «Минский часовой завод»", "На Минском часовом заводе новый директор.", "Минском часовом заводе"),
        ("Deutsche Bahn AG", "Trains of Deutsche Bahn were late.", "Deutsche Bahn"),
        ("Deutsche Bahn AG", "Ein Sprecher der Deutschen Bahn sagte ab.", "Deutschen Bahn"),
        ("Iberdrola S.A.", "Iberdrola said on Monday that it would sell.", "Iberdrola"),
        ("Savushkin Product, OJSC", "Продукция «Савушкин продукт» есть везде.", "Савушкин продукт"),
    ],
)
def test_texts_call_a_body_without_its_legal_form(tmp_path: Path, filed: str, text: str, found: str) -> None:
    source = tmp_path / "one.csv"
    source.write_text(f'id,name,type\no,"{filed}",organization\n', encoding="utf-8")
    assert [link.text for link in resolve.open(source).text(text).links] == [found]


@pytest.mark.parametrize("text", ["Smith came.", "A romance began.", "Марина пришла."])
def test_a_name_or_word_is_no_firm_because_a_firm_is_called_so(tmp_path: Path, text: str) -> None:
    source = tmp_path / "some.csv"
    source.write_text("id,name,type\na,Smith Ltd,organization\nb,ООО «Марина»,organization\n", encoding="utf-8")
    assert not resolve.open(source).text(text).links


WORLDWIDE = {
    "un": "United Nations",
    "nato": "North Atlantic Treaty Organization",
    "eu": "European Union",
    "interior-by": "Ministry of Internal Affairs of Belarus",
    "central-ru": "Central Bank of the Russian Federation",
    "cross-by": "Belarusian Red Cross",
    "bakery-3": "Bakery No. 3",
    "naftan": "Naftan",
    "gazprom": "Gazprom",
    "corporation": "United Engine Corporation Astra",
    "kaluga": "Kaluga Helicopter Plant",
}


@pytest.fixture(scope="module")
def worldwide(tmp_path_factory: pytest.TempPathFactory) -> Resolver:
    source = tmp_path_factory.mktemp("worldwide") / "bodies.csv"
    rows = "".join(f"{id},{name},organization\n" for id, name in WORLDWIDE.items())
    source.write_text(f"id,name,type\n{rows}", encoding="utf-8")
    return resolve.open(source)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ООН", "un"),
        ("Organizacja Narodów Zjednoczonych", "un"),
        ("联合国", "un"),
        ("НАТО", "nato"),
        ("Nordatlantikpakt", "nato"),
        ("Unia Europejska", "eu"),
        ("МВД Беларуси", "interior-by"),
        ("Министерство внутренних дел Республики Беларусь", "interior-by"),
        ("Центробанк России", "central-ru"),
        ("Białoruski Czerwony Krzyż", "cross-by"),
        ("ОАО «НАФТАН» (ОАО «НАФТАН»)", "naftan"),
        ("AO ODK Astra", "corporation"),
        ("КАЛУЖСКИЙ ВЕРТОЛЁТНЫЙ ЗАВОД", "kaluga"),
        ("Kaluzhskiy vertoletnyy zavod", "kaluga"),
    ],
)
def test_proper_names_are_translated_and_abbreviated_in_every_language(
    worldwide: Resolver, name: str, expected: str
) -> None:
    assert worldwide.match(name).entity_id == expected


@pytest.mark.parametrize(
    "name",
    ["Нафтан Лизинг", "Gazprom Neft", "Газпромбанк", "МВД России", "Хлебозавод № 5", "Red Cross", "Gazprom Export LLC"],
)
def test_another_of_the_group_is_clearly_less(worldwide: Resolver, name: str) -> None:
    link = worldwide.match(name)
    assert link.entity_id is None
    assert all(candidate.probability < 0.5 for candidate in link.candidates)


def test_texts_call_the_world_s_bodies_by_their_names_in_every_language(worldwide: Resolver) -> None:
    found = worldwide.text("В ООН и НАТО заявили, что Европейский союз и Евросоюз едины.").links
    assert [(link.text, link.entity_id) for link in found] == [
        ("ООН", "un"),
        ("НАТО", "nato"),
        ("Европейский союз", "eu"),
        ("Евросоюз", "eu"),
    ]
