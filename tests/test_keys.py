"""Under which keys is a token filed?"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given

from resolve.keys import keys, neighbours, press_key, press_keys, sounds
from tests import strategies

SAME = [
    ("Ціханоўская", "Tsikhanouskaya"), ("Ціханоўская", "Tichanowskaja"), ("Ціханоўская", "Cichanouska"), ("Лукашенко", "Łukaszenka"),
    ("Лукашэнка", "Loukachenko"), ("Лукашенко", "Lukasjenko"), ("Бабарыка", "Babariko"), ("Уласава", "Vlasova"), ("Статкевіч", "Statkiewicz"),
    ("Нарышкин", "Naryszkin"), ("Шкляраў", "Shklyarov"), ("Гайдукевич", "Haidukevich"), ("Путин", "Poutine"), ("Путин", "Poetin"),
    ("Хрущёв", "Chruschtschow"), ("Зеленський", "Selenskyj"), ("Erdoğan", "Эрдоган"), ("Цапкало", "Zepkalo"), ("Кочанова", "Kachanava"),
    ("Τιχανόφσκαγια", "Tikhanovskaya"), ("ლუკაშენკო", "Lukashenko"), ("Լուկաշենկո", "Лукашенко"), ("לוקשנקו", "Lukashenka"),
    ("لوكاشينكو", "Lukashenko"), ("チハノフスカヤ", "Tsikhanouskaya"), ("루카셴코", "Лукашенко"), ("卢卡申科", "Lukashenko"), ("スミス", "Smith"),
    ("ブッシュ", "Bush"), ("クリントン", "클린턴"), ("泽东", "Zedong"), ("مُحَمَّد", "محمد"), ("Garot", "Гаро"),
    ("Wright", "Right"), ("Siarhei", "Сергей"), ("Mikalai", "Николай"), ("Volodymyr", "Владимир"), ("Zmitser", "Дмитрий"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right"), SAME)
def test_spellings_of_one_name_meet_under_a_key(left: str, right: str) -> None:
    assert set(keys(left)) & set(keys(right))


@pytest.mark.parametrize(
    ("left", "right"), [("Lukashenko", "Poroshenko"), ("Putin", "Peskov"), ("Babaryka", "Latushka")]
)
def test_other_names_do_not_meet(left: str, right: str) -> None:
    assert not set(keys(left)) & set(keys(right))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Lukashenko", "Lukahenko"),
        ("Naryshkin", "Narishin"),
        ("Statkevich", "Stadkevich"),
        ("Нарышкин", "Нырашкинд"),
        ("Сташкевіч", "Страшкевіч"),
    ],
)
def test_one_consonant_lost_added_or_exchanged_still_meets(right: str, wrong: str) -> None:
    assert set(neighbours(right)) & set(neighbours(wrong))


def test_nothing_has_no_key_and_so_cannot_be_compared() -> None:
    assert keys("") == ()
    assert neighbours("") == ()


@pytest.mark.parametrize("word", ["Aoi", "Ія", "Eu", "Уо"])
def test_a_word_of_vowels_has_a_key(word: str) -> None:
    assert keys(word)


def test_keys_do_not_depend_on_the_run() -> None:
    """Compiling and looking up happen in different processes."""
    code = "from resolve.keys import keys, press_key, press_keys, neighbours; print(keys('Ціханоўская'), neighbours('Schtscherbakow'), keys('Mikalai'))"
    seen = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
        seen.add(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment).stdout)
    assert len(seen) == 1


@given(strategies.words)
def test_law_keys_are_sorted_distinct_and_the_same_every_time(word: str) -> None:
    found = keys(word)
    assert list(found) == sorted(set(found))
    assert all(found)
    keys_again = keys("".join(list(word)))
    assert keys_again == found


@given(strategies.words)
def test_law_letter_case_changes_no_spelling_key(word: str) -> None:
    """ß, ŉ and their like are folded the same way on both sides."""
    spelling = {key for key in keys(word) if key[0] == "="}
    assert spelling == {key for key in keys(word.casefold()) if key[0] == "="}


@given(strategies.words)
def test_law_every_word_with_an_ascii_letter_has_a_key(word: str) -> None:
    if any("a" <= letter <= "z" for letter in word):
        assert keys(word)


@given(strategies.words)
def test_law_readings_are_few_and_distinct(word: str) -> None:
    found = sounds(word)
    assert len(found) == len(set(found)) <= 12


@pytest.mark.parametrize(
    ("native", "lang", "seen"),
    [("Шевченко", "ru", "Sevcsenko"), ("Хрущёв", "ru", "Jrushchov"), ("Лукашэнка", "be", "Lukasenka"), ("Шойгу", "ru", "Sojgu")],
)  # fmt: skip
def test_a_native_word_is_filed_under_press_spellings_that_sound_unlike_it(native: str, lang: str, seen: str) -> None:
    assert not set(keys(native)) & set(keys(seen))
    assert set(press_keys(native, lang)) & set(press_key(seen))


@pytest.mark.parametrize(
    ("word", "lang"), [("Shevchenko", "en"), ("Sevcsenko", "hu"), ("", ""), ("シェフチェンコ", "ja")]
)
def test_a_word_without_schemes_has_no_press_keys(word: str, lang: str) -> None:
    assert press_keys(word, lang) == ()


def test_press_keys_are_few() -> None:
    words = ["Тихановская", "Лавров", "Путин", "Зеленский", "Порошенко", "Медведев"]
    assert sum(len(press_keys(word, "ru")) for word in words) <= 2 * len(words)
