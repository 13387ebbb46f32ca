"""Scripts without a channel of their own: Latin spellings by rules, and what names in them are compared as."""

from __future__ import annotations

import pytest

import resolve
from resolve.latin import spellings


@pytest.mark.parametrize(
    ("word", "spelling"),
    [
        ("ปูติน", "putin"), ("ทักษิณ", "thaksin"), ("จันทร์โอชา", "chanocha"), ("เดวิด", "dewid"), ("หลวง", "lwng"), ("โอบามา", "obama"),
        ("ເລເຈບ", "lecheb"), ("መርክል", "merkl"), ("ፑቲን", "putin"),
    ],
)  # fmt: skip
def test_a_word_has_the_spelling_that_readers_write(word: str, spelling: str) -> None:
    assert spelling in spellings(word)


@pytest.mark.parametrize("word", ["Putin", "Путин", "Πούτιν", "푸틴", "মোদী", "மோதி", ""])
def test_a_script_that_something_else_reads_has_none(word: str) -> None:
    assert spellings(word) == ()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Vladimir Putin", "วลาดีมีร์ ปูติน"), ("Donald Trump", "ดอนัลด์ ทรัมป์"), ("Vladimir Putin", "ቭላዲሚር ፑቲን"),
        ("Haile Selassie", "ኃይለ ሥላሴ"), ("Narendra Modi", "নরেন্দ্র মোদী"), ("Narendra Modi", "નરેન્દ્ર મોદી"),
        ("Narendra Modi", "నరేంద్ర మోదీ"), ("Narendra Modi", "ನರೇಂದ್ರ ಮೋದಿ"), ("Donald Trump", "ਡੋਨਲਡ ਟਰੰਪ"),
        ("Imran Khan", "ইমরান খান"), ("Hun Sen", "ហ៊ុន សែន"), ("Karu Jayasuriya", "කරු ජයසූරිය"), ("नरेंद्र मोदी", "નરેન્દ્ર મોદી"),
        ("Fumio Kishida", "岸田文雄"), ("Junichirō Koizumi", "小泉純一郎"), ("Taro Aso", "麻生太郎"),
        ("Donald Trump", "Donalds Tramps"), ("Winston Churchill", "Vinstons Čērčils"), ("William Shakespeare", "Viljams Šekspīrs"),
        ("John Patten", "John Patten, Baron Patten"), ("Joe Biden", "Joseph Biden, Jr."), ("Ursula von der Leyen", "乌尔苏拉·冯德莱恩"),
    ],
)  # fmt: skip
def test_names_of_one_person_are_likely_to_be_so(left: str, right: str) -> None:
    assert resolve.compare(left, right).probability > 0.9


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Angela Merkel", "วลาดีมีร์ ปูติน"), ("Donald Tusk", "ดอนัลด์ ทรัมป์"), ("Rajiv Gandhi", "নরেন্দ্র মোদী"),
        ("Shintaro Abe", "岸田文雄"), ("Ban Ki-moon", "岸田文雄"), ("Donald Tusk", "Donalds Tramps"),
        ("Chris Patten", "John Patten, Baron Patten"),
    ],
)  # fmt: skip
def test_names_of_two_persons_are_not(left: str, right: str) -> None:
    assert resolve.compare(left, right).probability < 0.1


@pytest.mark.xfail(strict=True, reason="no channel knows the vowels of Burmese; Biden is loosely spelt")
@pytest.mark.parametrize(
    ("left", "right"),
    [("Aung San Suu Kyi", "အောင်ဆန်းစုကြည်"), ("Joe Biden", "Džo Baidens")],
)
def test_names_that_are_not_known_for_one_yet(left: str, right: str) -> None:
    assert resolve.compare(left, right).probability > 0.5


def test_thai_letters_are_read_as_in_foreign_names_too() -> None:
    right, wrong = (resolve.compare("Gordon Brown", thai).bits for thai in ("กอร์ดอน บราวน์", "กอร์ดอน เบเกอร์"))
    assert right > max(15.0, wrong)
