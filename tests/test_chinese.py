"""Tests of `resolve.chinese`: the older spellings of Chinese names beside pinyin."""

from __future__ import annotations

import pytest

import resolve
from resolve.chances import DEFAULT_THRESHOLD
from resolve.chinese import is_by_wade, spells


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Teng Hsiao-ping", "Deng Xiaoping"),
        ("Teng Hsiao-p'ing", "Дэн Сяопин"),
        ("P'eng Te-huai", "Peng Dehuai"),
        ("Tseng Kuo-fan", "Zeng Guofan"),
    ],
)
def test_wade_and_giles_beside_other_systems(old: str, new: str) -> None:
    assert resolve.compare(old, new).probability >= DEFAULT_THRESHOLD
    assert resolve.compare(new, old).probability >= DEFAULT_THRESHOLD


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lin Piao", "Lin Biao"),  # both may be pinyin
        ("Teng Hsiao-ping", "Teng Li-chun"),
        ("Dan Smith", "Tan Smith"),
        ("Kuo Hsiao-ping", "Deng Xiaoping"),
    ],
)
def test_what_only_looks_alike_stays_apart(one: str, other: str) -> None:
    assert resolve.compare(one, other).probability < DEFAULT_THRESHOLD


def test_a_name_is_by_wade_and_giles_where_a_syllable_is_not_pinyin() -> None:
    assert is_by_wade(["Chao", "Tzuyang"])
    assert not is_by_wade(["Zhao", "Ziyang"])
    assert not is_by_wade(["Chou", "Smith"])


def test_words_in_one_system_are_no_spellings_of_one_another() -> None:
    assert not spells("Zhao", "Zhou")
    assert not spells("Merkel", "Merkel")


@pytest.mark.parametrize(
    ("characters", "other"), [("周平", "Zhao Ping"), ("王润梅", "Wang Jumei"), ("柳树林", "Su Shulin")]
)
def test_pinyin_that_no_reading_of_the_characters_is_names_somebody_else(characters: str, other: str) -> None:
    assert resolve.compare(characters, other).probability < 0.5
    assert resolve.compare(other, characters).probability < 0.5


@pytest.mark.parametrize(
    ("characters", "name"),
    [
        ("周平", "Zhou Ping"),
        ("王大明", "Wang Ta-ming"),
        ("李嘉誠", "Li Ka-shing"),
        ("曾志偉", "Zeng Zhiwei"),
        ("陈文", "Chan Man"),
    ],
)
def test_other_readings_and_systems_are_no_contradiction(characters: str, name: str) -> None:
    assert "another Chinese name" not in {piece.feature for piece in resolve.compare(characters, name).evidence}
