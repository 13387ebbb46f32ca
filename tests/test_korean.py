"""Korean names by all their systems of spelling, in names and in running text."""

from __future__ import annotations

from pathlib import Path

import pytest

import resolve
from resolve import korean

ONE = [
    ("Ким Чен Ын", "Kim Jong-un"),
    ("Кім Чен Ин", "Kim Jong-un"),
    ("Ким Чен Ир", "Kim Jong-il"),
    ("Пак Кын Хе", "Park Geun-hye"),
    ("Pak Kŭnhye", "Park Geun-hye"),
    ("Пак Чон Хи", "Park Chung-hee"),
    ("Пан Ги Мун", "Ban Ki-moon"),
    ("Юн Сок Ёль", "Yoon Suk Yeol"),
    ("Ли Мён Бак", "Lee Myung-bak"),
    ("Yi Myŏng-bak", "Lee Myung-bak"),
    ("No Mu-hyŏn", "Roh Moo-hyun"),
    ("Но Му Хён", "Roh Moo-hyun"),
    ("Choi Bu-il", "Choe Pu-il"),
    ("Ли Сын Ман", "Syngman Rhee"),
]
TWO = [
    ("Ким Чен Ир", "Kim Jong-un"),
    ("Ким Чен Ын", "Kim Jong-nam"),
    ("Ким Ё Чжон", "Kim Jong-un"),
    ("Пак Кын Хе", "Park Chung-hee"),
    ("Choi Bu-il", "Choi Gyo-il"),
    ("Lee Myung-bak", "Lee Jae-myung"),
    # one syllable by Korean rules, but no Korean names
    ("Dan Smith", "Tan Smith"),
    ("Ben Cho Carter", "Pen Jo Carter"),
]


@pytest.mark.parametrize(("left", "right"), ONE)
def test_one_name_by_two_systems(left: str, right: str) -> None:
    """Systems that share hardly a letter spell one name."""
    assert resolve.compare(left, right).probability >= 0.9
    assert resolve.compare(right, left).probability >= 0.9


@pytest.mark.parametrize(("left", "right"), TWO)
def test_two_names_by_two_systems(left: str, right: str) -> None:
    """A sound that differs makes another name, and so do names that are not Korean."""
    assert resolve.compare(left, right).probability < 0.5


def test_only_what_has_korean_syllables_is_read_so() -> None:
    """Other words have no reading and no key."""
    assert not korean.syllables("Lukashenko")
    assert not korean.keys("Lukashenko")
    assert not korean.spells("Putin", "Merkel")


@pytest.mark.parametrize("spelling", ["Kim Jong-un", "Ким Чен Ын"])
def test_running_text_finds_all_spellings_and_case_forms(spelling: str, tmp_path: Path) -> None:
    """A second syllable in lower case belongs to the name; particles and common words are syllables as well."""
    source = tmp_path / "people.csv"
    source.write_text(f"id,name\nun,{spelling}\nyo,Kim Yo-jong\n", encoding="utf-8")
    resolver = resolve.open(source)
    text = (
        "Kim Jong-un met Kim Yo-jong. Визит Ким Чен Ына; с Ким Чен Ыном приехала Ким Ё Чжон. "
        "Лідэр КНДР Кім Чэн Ын. A Kim-led plan."
    )
    found = [(link.text, link.entity_id) for link in resolver.text(text).links]
    assert found == [
        ("Kim Jong-un", "un"), ("Kim Yo-jong", "yo"), ("Ким Чен Ына", "un"), ("Ким Чен Ыном", "un"),
        ("Ким Ё Чжон", "yo"), ("Кім Чэн Ын", "un"),
    ]  # fmt: skip


def test_names_of_taiwan_and_hong_kong_keep_their_second_syllable(tmp_path: Path) -> None:
    """Not Korean, but hyphenated alike."""
    source = tmp_path / "people.csv"
    source.write_text("id,name\ntsai,Tsai Ing-wen\nma,Ma Ying-jeou\n", encoding="utf-8")
    links = resolve.open(source).text("President Tsai Ing-wen succeeded Ma Ying-jeou.").links
    assert [(link.text, link.entity_id) for link in links] == [("Tsai Ing-wen", "tsai"), ("Ma Ying-jeou", "ma")]


def test_a_father_and_a_brother_who_are_not_in_the_gazetteer_are_nobody(tmp_path: Path) -> None:
    """Two syllables of three are not enough where the name goes on with another one."""
    source = tmp_path / "people.csv"
    source.write_text("id,name\nun,Kim Jong-un\n", encoding="utf-8")
    text = "Ким Чен Ир умер. Сын Ким Чен Ира пришёл к власти. Ким Чен Нам жил в Макао. Kim Jong-il and Kim Jong-nam."
    assert not resolve.open(source).text(text).links


@pytest.mark.parametrize(
    ("left", "right"),
    [("Kim Jung-ho", "KIM YOUNGHO"), ("Park Joon-hee", "Park Chung-hee"), ("KIM SOK JIN", "KIM SOK CHOL")],
)
def test_given_names_that_no_system_spells_alike_say_so(left: str, right: str) -> None:
    features = [piece.feature for piece in resolve.compare(left, right).evidence]
    assert "another Korean name" in features


@pytest.mark.parametrize(
    ("left", "right"), [("Park Geun-hye", "Pak Kunhye"), ("Han Minjoon", "Han Min-jun"), ("Kim Larsen", "Kim Larson")]
)
def test_given_names_that_a_system_spells_alike_do_not(left: str, right: str) -> None:
    features = [piece.feature for piece in resolve.compare(left, right).evidence]
    assert "another Korean name" not in features


@pytest.mark.parametrize(
    ("han", "latin"),
    [("李洙墉", "Ri Su-yong"), ("崔泰福", "Choe Thae-bok"), ("林勋强", "Lim Hng Kiang")],
)
def test_chinese_characters_are_read_as_their_bearers_spell_them(han: str, latin: str) -> None:
    assert resolve.compare(han, latin).probability > 0.95
