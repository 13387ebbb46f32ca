"""Which few names of the gazetteer could this be?"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

import resolve
from resolve.lookup import MAX_CANDIDATES, MAX_POSTINGS, candidates, phrases
from resolve.names import parse
from resolve.score.reading import worth_in
from resolve.score.shortlist import shortlist
from resolve.text import words
from tests import strategies


def found(text: str, resolver: resolve.Resolver) -> list[str]:
    """The entities that a text brings as candidates, best met first."""
    index = resolver.index
    names = candidates(list(words(text)), index)
    return list(dict.fromkeys(index.entity(index.entity_of(name)).id for name in names))


@pytest.mark.parametrize(
    "text",
    [
        "Святлана Ціханоўская", "Светлана Тихановская", "Swiatłana Cichanouska", "Tichanowskaja", "Tsikhanouskaya Sviatlana",
        "Святланай Ціханоўскай", "Tsikhanouskya", "Tsihanouskaya",
    ],
)  # fmt: skip
def test_every_spelling_brings_the_entity(family: resolve.Resolver, text: str) -> None:
    assert "by-tsikhanouskaya-sviatlana" in found(text, family)


@pytest.mark.parametrize("seen", ["Sevcsenko", "Chevtchenko", "Szewczenko", "Schewtschenko", "Ševčenka", "Shevchenko"])
def test_a_native_surname_is_met_under_the_spellings_of_the_press(tmp_path: Path, seen: str) -> None:
    source = tmp_path / "native.csv"
    source.write_text("id,name,lang\nx,Андрій Шевченко,uk\n", encoding="utf-8")
    assert found(seen, resolve.open(source)) == ["x"]


def test_what_meets_in_more_words_comes_first(family: resolve.Resolver) -> None:
    assert found("Эдуард Бабарико", family)[0] == "by-babaryka-eduard"
    assert found("Билл Клинтон", family)[0] == "us-clinton-bill"


def test_what_meets_in_no_word_brings_nobody(family: resolve.Resolver) -> None:
    assert found("Zbigniew Rau", family) == []
    assert found("", family) == []


def test_candidates_stay_few_and_distinct(curated: resolve.Resolver) -> None:
    names = candidates(list(words("Аляксандр Андрэй Сяргей Уладзімір Віктар Мікалай Юры Дзмітрый")), curated.index)
    assert len(names) == len(set(names)) <= MAX_CANDIDATES


def test_a_phrase_is_met_word_by_word_in_order(family: resolve.Resolver) -> None:
    tokens = list(words("the Coordination Council of the opposition"))
    spans = {(phrase.first, phrase.last) for phrase in phrases(tokens, family.index)}
    assert (1, 3) in spans
    assert not [p for p in phrases(list(words("Council Coordination")), family.index) if p.last - p.first == 2]


def test_a_phrase_opens_with_a_capital(family: resolve.Resolver) -> None:
    assert list(phrases(list(words("a coordination council")), family.index)) == []


@given(strategies.texts)
def test_law_candidates_are_names_of_the_gazetteer(curated: resolve.Resolver, text: str) -> None:
    names = candidates(list(words(text)), curated.index)
    assert all(0 <= name < curated.index.names for name in names)
    assert len(names) == len(set(names)) <= MAX_CANDIDATES


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> resolve.Resolver:
    """Very many persons of one given name and very many of one surname, and one with both."""
    rows = [f"g{i},Nikolai Zub{i % 7}ar{chr(97 + i % 23)}" for i in range(MAX_POSTINGS + 50)]
    rows += [f"s{i},Xant{chr(97 + i % 23)} Mikhailov" for i in range(MAX_POSTINGS + 50)]
    path = tmp_path_factory.mktemp("crowd") / "crowd.csv"
    path.write_text("\n".join(["id,name", *rows, "both,Nikolai Mikhailov", "zz,Yong-il Kim"]) + "\n", encoding="utf-8")
    return resolve.open(path)


@pytest.mark.parametrize("text", ["Николай Михайлов", "Nikolay Mihailov", "ნიკოლოზ მიხაილოვი", "ニコライ・ミハイロフ"])
def test_two_common_words_bring_the_name_that_they_share(crowd: resolve.Resolver, text: str) -> None:
    assert "both" in found(text, crowd)
    assert len(found(text, crowd)) <= MAX_CANDIDATES


def test_a_word_of_another_script_may_be_two_words(crowd: resolve.Resolver) -> None:
    tokens = parse("김용일").tokens
    assert [token.text for token in tokens] == ["김", "용일"]
    names = candidates(tokens, crowd.index)
    assert "zz" in {crowd.index.entity(crowd.index.entity_of(name)).id for name in names}


def test_a_name_that_stands_alone_is_looked_up_under_likely_spellings_too(tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("id,name\nx,Jean Boyer\n", encoding="utf-8")
    index = resolve.open(tmp_path / "one.csv").index
    tokens = list(words("Бойе"))
    assert candidates(tokens, index) == []
    assert [name for name, _ in shortlist(parse("Бойе"), index, "", worth_in(index))] == [0]


def test_a_sign_of_a_script_that_nothing_knows_is_found_beside_one_of_another(tmp_path: Path) -> None:
    source = tmp_path / "signs.csv"
    source.write_text("id,name\na,º0 習\n", encoding="utf-8")
    assert resolve.open(source).match("º0 習").entity_id == "a"


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("Георги Мърков", "Georgi Markov"),  # the table has either as a name of its own
        ("Тони Абът", "Tony Abbott"),
        ("Вили Брант", "Willy Brandt"),
        ("Джон Кейсік", "John Kasich"),
    ],
)
def test_a_given_name_of_two_scripts_brings_its_bearer(asked: str, known: str, tmp_path: Path) -> None:
    source = tmp_path / "people.csv"
    source.write_text(f"id,name\nx,Katerina Markou\ny,Fabio Abate\na,{known}\n", encoding="utf-8")
    assert resolve.open(source).match(asked).candidates[0].entity_id == "a"
