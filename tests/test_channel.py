"""How many bits say that these two tokens spell one name?"""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given, settings, strategies as st

from resolve import channel, keys
from resolve.channel import common_ending, cost, measures, rarity, same, singled, told_weights, weights
from resolve.multigram import load
from resolve.score.pair import readings_of
from resolve.text import script
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


def weighed(left: str, right: str) -> float:
    """What two spellings tell, by the measures as they are defined."""
    constant, *counted = told_weights()
    return constant + sum(w * value for w, value in zip(counted, measures(left, right), strict=True))


def told(left: str, right: str) -> float:
    """What two words in Latin and Cyrillic letters tell at most: as they are, with the common ending, doubled consonants once."""
    one, other = common_ending(left), common_ending(right)
    found = [weighed(left, right), weighed(one, other)]
    twice = [any(a == b for a, b in zip(word.lower(), word.lower()[1:], strict=False)) for word in (one, other)]
    if script(one) != script(other) and not all(twice):
        found.append(weighed(singled(one), singled(other)) - weights()["channel_sister"])
    return max(found)


spelt = st.sampled_from([word for row in NEARER for word in row]) | strategies.words


@settings(max_examples=300, deadline=None)
@given(spelt, spelt, st.floats(-10, 4))
@example("Эбот", "Abbott", 0.0)
@example("Тихановская", "Cichanouská", 0.0)
@example("Tsikhanouskaya" * 8, "Тихановская" * 8, 0.0)
@example("Ж" * 70, "zh" * 40, -10.0)
def test_the_kernel_weighs_words_as_the_measures_are_defined(left: str, right: str, least: float) -> None:
    one, other = channel._ways(left), channel._ways(right)
    covered = load().covers(left, right) and {script(left), script(right)} <= {"Latin", "Cyrillic"}
    assert (one is not None and other is not None) == covered
    if one is None or other is None:
        return
    expected, weigher = told(left, right), channel._weigher()
    assert weigher.told(one, other, -math.inf) == pytest.approx(expected, abs=1e-9)
    assert weigher.told(other, one, -math.inf) == pytest.approx(expected, abs=1e-9)
    if abs(expected - least) > 1e-6:
        # less than what is of interest is said to be nothing or what it is
        assert (weigher.told(one, other, least) >= least) == (expected >= least)
    if expected > least:
        assert weigher.may(one, other, least)


@given(spelt, spelt)
def test_no_word_is_read_in_other_ways_than_the_kernel_has_room_for(left: str, right: str) -> None:
    assert len(keys.sounds(left)) <= keys.MAX_READINGS
    assert channel.plain_cost(left, right) == channel.plain_cost(right, left)


@settings(max_examples=300, deadline=None)
@given(spelt, spelt, st.sampled_from(["", "be", "ru", "pl", "lt"]))
@example("Лукашэнкам", "Lukashenko", "be")
@example("Günter", "Guenter", "")
@example("Lukashneko", "Lukashenko", "")
@example("Чен", "Jong", "ru")
@example("Putina", "Putinas", "pl")
def test_what_is_unlike_is_the_same_in_no_reading(word: str, token: str, lang: str) -> None:
    if channel.unlike(word, token, lang):
        assert not any(same(left, right) for left, right, _ in readings_of(word, token, lang))


def test_most_words_are_unlike_others() -> None:
    assert all(channel.unlike(word, other, "") for word, _spelling, _near in NEARER for other in ("Merkel", "Naryszkin", "Buttigieg")
               if word != "Naryshkin")  # fmt: skip
