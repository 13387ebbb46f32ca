"""How many bits say that these two tokens spell one name?"""

from __future__ import annotations

import math

import pytest
from hypothesis import given

from resolve.channel import cost, rarity, same
from tests import strategies

NEARER = [
    # the word, a spelling of it, and a near surname
    ("Tsikhanouskaya", "Tikhanovskaia", "Tsimanouskaya"),
    ("Ціханоўская", "Tichanowskaja", "Цімашэўская"),
    ("Statkevich", "Статкевіч", "Stasevich"),
    ("Kovalev", "Kavalioŭ", "Kovalchuk"),
    ("Lukashenko", "Loukachenko", "Poroshenko"),
    ("Babaryka", "Бабарико", "Babich"),
    ("Ulasava", "Vlasova", "Ulanova"),
    ("Shkliarou", "Шкляров", "Skryabin"),
    ("Naryshkin", "Naryszkin", "Nadezhdin"),
    ("Peskov", "Pieskow", "Petrov"),
    ("Makei", "Макей", "Mike"),
    ("Haidukevich", "Гайдукевич", "Hadkevich"),
    ("Venediktov", "Венядзіктаў", "Benedikt"),
    ("Karpenka", "Карпенко", "Karpovich"),
]


@pytest.mark.parametrize(("word", "spelling", "other"), NEARER)
def test_another_spelling_costs_less_than_another_name(word: str, spelling: str, other: str) -> None:
    assert cost(word, spelling) < cost(word, other)


def test_the_same_spelling_costs_nothing() -> None:
    assert cost("Лукашэнка", "ЛУКАШЭНКА") == 0
    assert cost("Łukaszenka", "Lukaszenka") == 0


def test_one_slip_in_a_long_word_costs_less_than_another_consonant() -> None:
    assert cost("Lukashenko", "Lukasehnko") < cost("Lukashenko", "Lukadenko")
    assert same("Lukashenko", "Lukashneko")


def test_a_slip_in_a_short_word_makes_another_name() -> None:
    assert not same("Makei", "Maker")


def test_longer_names_are_rarer_up_to_a_limit() -> None:
    assert rarity("Znak") < rarity("Babaryka") <= rarity("Tsikhanouskaya") == rarity("Tsikhanouskaya" * 3)


def test_what_has_no_sound_is_worth_nothing_and_equals_nothing() -> None:
    assert rarity("") == rarity("42") == 0
    assert not same("42", "Putin")


def test_very_long_words_are_compared_at_all() -> None:
    assert cost("Putin" * 10_000, "Лукашенко" * 10_000) > 0


@given(strategies.words, strategies.words)
def test_law_the_channel_is_symmetric(left: str, right: str) -> None:
    assert cost(left, right) == cost(right, left)
    assert same(left, right) == same(right, left)


@given(strategies.words, strategies.words)
def test_law_costs_are_never_negative_and_nothing_costs_less_than_identity(left: str, right: str) -> None:
    assert cost(left, right) >= cost(left, left) == 0
    assert not math.isnan(cost(left, right))


@given(strategies.words)
def test_law_rarity_is_bounded(word: str) -> None:
    assert 0 <= rarity(word) <= rarity("Tsikhanouskaya" * 3)


@pytest.mark.parametrize(
    ("marked", "plain"), [("Günter", "Guenter"), ("Jörg", "Joerg"), ("Håkan", "Haakan"), ("Brøndby", "Broendby")]
)
def test_two_letters_for_a_marked_one_cost_nothing(marked: str, plain: str) -> None:
    """A keyboard that lacks a letter makes no other name."""
    assert cost(marked, plain) == cost(plain, marked) == 0
