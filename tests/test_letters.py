"""Native letters: what people leave out makes no difference, and a name opens with its surname."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, strategies as st

from resolve.letters import WRITINGS, is_other, native, surname_first, syllables, writing
from resolve.text import words


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("مُحَمَّد", "محمد"), ("أحمد", "احمد"), ("علی", "علي"), ("کریم", "كريم"),
        ("שָׁלוֹם", "שלום"), ("ז'אן", "ז’אן"), ("ז׳אן", "ז’אן"),
        ("ΤΙΧΑΝΌΦΣΚΑΓΙΑ", "Τιχανόφσκαγια"), ("ﾁﾊﾉﾌｽｶﾔ", "チハノフスカヤ"), ("ちはの", "チハノ"),
        ("Սերգեւ", "Սերգև"), (unicodedata.normalize("NFD", "김"), "김"),
        ("\N{GEORGIAN MTAVRULI CAPITAL LETTER AN}", "\N{GEORGIAN LETTER AN}"), ("刘", "劉"),
    ],
)  # fmt: skip
def test_what_keyboards_and_habits_differ_in_is_one(left: str, right: str) -> None:
    assert native(left) == native(right) != ""


@given(st.text(st.characters(whitelist_categories=["Lo", "Lu", "Ll", "Mn", "Mc"]), min_size=1, max_size=8))
def test_reading_twice_changes_nothing(word: str) -> None:
    if is_other(word):
        once = native(word)
        if writing(word) != "Han" and once and writing(once) == writing(word):
            assert native(once) == once


def test_every_writing_has_letters() -> None:
    examples = ("Αα", "ა", "Ա", "א", "ا", "カ", "か", "가", "王", "क", "ক", "க")
    assert {writing(word) for word in examples} == set(WRITINGS.values())
    assert all(native(word) for word in examples)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("毛泽东", ("毛", "泽东")), ("馬英九", ("馬", "英九")), ("司马光", ("司马", "光")), ("김정은", ("김", "정은")),
        ("남궁민", ("남궁", "민")), ("大卫", ("", "")), ("王", ("", "")), ("데이비드", ("", "")), ("Mao", ("", "")),
    ],
)  # fmt: skip
def test_a_chinese_or_korean_name_opens_with_its_surname(word: str, parts: tuple[str, str]) -> None:
    assert surname_first(word) == parts


def test_surnames_have_readings_of_their_own() -> None:
    assert syllables("单") == ("shan",)
    assert syllables("尉迟") == ("yu", "chi")
    assert syllables("查理")[0] == "cha"


@pytest.mark.parametrize(
    ("word", "read"),
    [
        ("મોદી", "मोदी"), ("ਮੋਦੀ", "मोदी"), ("மோதி", "मोदि"), ("నరేంద్ర", "नरेंद्र"), ("ಮೋದಿ", "मोदि"), ("മോദി", "मोदि"),
        ("ජෝන්", "जोन्"), ("பூட்டின்", "पूट्टिन्"), ("பிராண்ட்", "पिराण्ट्"), ("ਸਿੱਖ", "सिख"), ("എൽ", "एल्"),
    ],
)  # fmt: skip
def test_the_scripts_of_india_are_read_in_the_letters_of_one(word: str, read: str) -> None:
    assert native(word) == native(read)


@pytest.mark.parametrize(
    "word",
    [
        "مُحَمَّد",
        "שָׁלוֹם",
        "डेविड",
        "கேமரன்",
        "ජුලී",
        "แคเมอรอน",
        "ဒေးဗစ်",
        "ចន្ទ",
        "か\N{COMBINING KATAKANA-HIRAGANA VOICED SOUND MARK}",
    ],
)
def test_points_and_vowel_signs_do_not_cut_words(word: str) -> None:
    (token,) = words(word)
    assert (token.start, token.end) == (0, len(word))
