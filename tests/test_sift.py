"""Which names could a run of words be? Nothing that is sifted out makes a link."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

import resolve
from resolve import channel
from resolve.index import Index
from resolve.letters import fold
from resolve.mentions import find
from resolve.model import Document
from resolve.multigram import load
from resolve.score import Least, Look, look, sift
from resolve.score.pair import readings_of
from resolve.text import words
from tests import strategies

ROOT = Path(__file__).parent.parent
GIVEN = ["Viktar", "Eduard", "Alexander", "Владимир", "Сергея", "Hillary", "Bill", "Анна", "Donald", "Мария"]
SURNAMES = [
    "Babaryka", "Бабарыку", "Lukashenko", "Лукашенко", "Clinton", "Туском", "Putin", "Путина", "Petrov", "Сміт", "Obama",
    "Tsikhanouskaya", "Тихановской", "Kolesnikow",
]  # fmt: skip
FILLING = [".", ",", " and", " met", " сказал", " the", "\n"]

news = st.lists(st.sampled_from(GIVEN) | st.sampled_from(SURNAMES) | st.sampled_from(FILLING), max_size=24).map(
    " ".join
)


def resolved(document: Document) -> list[tuple[object, ...]]:
    """What is written of a document but for the probability."""
    return [(k.start, k.end, k.entity_id) for k in document.links if k.status == "resolved"]


def assert_same_links(resolver: resolve.Resolver, text: str) -> None:
    """The same where everything is asked for; who is a rival without hope is weighed or not, which tells less than a hundredth."""
    some, all_ = resolver.text(text), resolver.text(text, all=True)
    assert resolved(some) == resolved(all_)
    chances = [[k.probability for k in one.links if k.status == "resolved"] for one in (some, all_)]
    assert chances[0] == pytest.approx(chances[1], abs=0.01)


@given(news)
def test_what_waits_for_support_makes_no_link(curated: resolve.Resolver, text: str) -> None:
    """All names are read where everything is asked for, and only those that can make a link where links are."""
    assert_same_links(curated, text)


@pytest.mark.parametrize("lang", ["en", "ru", "be", "pl"])
def test_passages_have_the_same_links(curated: resolve.Resolver, lang: str) -> None:
    text = (ROOT / "benchmarks" / "data" / "passages" / f"{lang}.txt").read_text(encoding="utf-8")
    for part in text.split("=== ")[1:]:
        assert_same_links(curated, part)


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> resolve.Resolver:
    """So many persons that no given name alone can be a link."""
    source = tmp_path_factory.mktemp("crowd") / "people.csv"
    people = [f"{given}{i},{given} {chr(65 + i % 26)}{surname.lower()}{'aeiou'[i % 5]}v"
              for i in range(25) for given in GIVEN for surname in SURNAMES if given.isascii() == surname.isascii()]  # fmt: skip
    plain = [
        f"p{i},{name}" for i, name in enumerate(["Viktar Babaryka", "Eduard Babaryka", "Алла Туск", "Bill Clinton"])
    ]
    source.write_text("\n".join(["id,name", *plain, *dict.fromkeys(people)]), encoding="utf-8")
    return resolve.open(source)


@given(news)
def test_in_a_large_gazetteer_too(crowd: resolve.Resolver, text: str) -> None:
    assert_same_links(crowd, text)


def test_a_lone_name_waits_until_its_bearer_is_named(crowd: resolve.Resolver) -> None:
    assert not crowd.text("Viktar spoke.").links
    found = crowd.text("Viktar Babaryka came. Then Viktar spoke.").links
    assert [(link.text, link.entity_id) for link in found] == [("Viktar Babaryka", "p0"), ("Viktar", "p0")]


tokens = st.sampled_from([*GIVEN, *SURNAMES, *(name.split()[0] for name in strategies.NAMES)])


@pytest.mark.parametrize("word", [*GIVEN, *SURNAMES])
def test_what_is_refused_at_once_would_be_refused_one_by_one(crowd: resolve.Resolver, word: str) -> None:
    index = crowd.index
    every = range(0, index.tokens, 3)
    passed = {token for token, _ in sift._passing(word, every, index, "ru")}
    for token in set(every) - passed:
        assert not any(channel.same(a, b) for a, b, _ in readings_of(word, index.token(token), "ru"))


@given(st.lists(st.tuples(tokens, tokens), max_size=8))
def test_measures_of_many_pairs_are_those_of_each(pairs: Sequence[tuple[str, str]]) -> None:
    model = load()
    for (a, b), told in zip(pairs, model.told_of(pairs), strict=True):
        if told is not None:
            assert told == pytest.approx((model.evidence(a, b), model.similarity(a, b)), abs=1e-9)
        else:
            assert not model.covers(a, b)


def openers(index: Index) -> dict[int, list[int]]:
    """The names of organisations and places by their first token, one by one."""
    found: dict[int, list[int]] = {}
    for name in range(index.names):
        if index.name(name).tokens[0].role == "word":
            found.setdefault(index.token_numbers(name)[0], []).append(name)
    return found


def test_names_of_places_are_filed_by_their_first_word(curated: resolve.Resolver, family: resolve.Resolver) -> None:
    for resolver in (curated, family):
        assert resolver.index.openers == openers(resolver.index)


def test_a_run_without_names_of_the_gazetteer_is_not_looked_at_twice(crowd: resolve.Resolver) -> None:
    run = find("met Grzegorz Brzęczyszczykiewicz")[0][0]
    assert look(run, crowd.index, least=Least(20.0, 20.0, 1.0)) == Look([], None)


def test_a_word_is_known_by_the_tokens_that_it_meets(crowd: resolve.Resolver) -> None:
    known = sift.heard("Бабарыку", crowd.index, "be")
    assert "babaryka" in {fold(crowd.index.token(token)) for token in known.tokens}
    assert set(known.tokens) <= set(known.near(crowd.index))
    assert not sift.heard(next(words("Грщ")).text, crowd.index, "be").tokens
