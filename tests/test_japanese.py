"""How is a Japanese name in Chinese characters read, and where does its surname end?"""

from __future__ import annotations

import pytest

import resolve
from resolve.japanese import japanese_parts
from resolve.names import alternatives


def test_one_character_that_is_not_known_does_not_hide_a_known_surname() -> None:
    assert japanese_parts("安倍晋三") == ("安倍", "晋三")
    # behind a surname of one character all have to be known: many Chinese names open so
    assert japanese_parts("菅義偉") == ("", "")


def test_a_name_that_opens_with_a_chinese_surname_may_be_japanese() -> None:
    assert alternatives("石破茂") == ("石破茂", "石破 茂")
    assert alternatives("毛泽东") == ("毛泽东",)


@pytest.mark.parametrize(
    ("han", "latin", "other"),
    [
        ("石破茂", "Shigeru Ishiba", "Shigeru Ishida"),
        ("安倍晋三", "Shinzo Abe", "An Beijing"),
        ("毛泽东", "Mao Zedong", "Ke Zedong"),
    ],
)
def test_the_reading_that_fits_counts(han: str, latin: str, other: str) -> None:
    assert resolve.compare(han, latin).bits > resolve.compare(han, other).bits
