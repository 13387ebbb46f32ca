"""Which nominatives stand under case endings, in the languages whose endings other tests do not reach."""

from __future__ import annotations

import pytest

from resolve.endings import nominatives, place_nominatives


@pytest.mark.parametrize(
    ("word", "lang", "stem"),
    [
        ("Лукашенконың", "kk", "Лукашенко"), ("Путинмен", "kk", "Путин"), ("Меркельге", "kk", "Меркель"), ("Путиндин", "ky", "Путин"),
        ("Трампка", "ky", "Трамп"), ("Путиннан", "tt", "Путин"), ("Putindan", "uz", "Putin"), ("Путиннинг", "uz", "Путин"),
    ],
)  # fmt: skip
def test_turkic_endings_are_taken_off_in_their_languages_alone(word: str, lang: str, stem: str) -> None:
    assert stem in [found for found, _sex in nominatives(word, lang)]
    assert stem not in [found for found, _sex in nominatives(word, "")]
    assert stem not in [found for found, _sex in nominatives(word, "bg")]


@pytest.mark.parametrize(
    ("word", "stem"),
    [("Budapesten", "Budapest"), ("Moszkvába", "Moszkva"), ("Pécsett", "Pécs"), ("Békéscsabán", "Békéscsaba"), ("Tokióba", "Tokió")],
)  # fmt: skip
def test_hungarian_says_where_and_whereto(word: str, stem: str) -> None:
    assert stem in place_nominatives(word, "hu")
