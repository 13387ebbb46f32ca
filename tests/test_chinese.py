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
