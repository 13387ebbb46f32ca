"""Foreign names in languages that spell them as they sound, and what a name leaves out, translates or says of who is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

import resolve
from resolve.keys import keys
from resolve.respelling import heard, in_cyrillic, sounded, whole_heard


def bits(left: str, right: str) -> float:
    """What speaks for two names being one person's."""
    return resolve.compare(left, right).bits


@pytest.mark.parametrize(
    ("word", "spelt"),
    [("šekspīr", "шекспир"), ("ჩერჩილ", "черчил"), ("вејн", "вейн"), ("washington", ""), ("τραμπ", "")],
)
def test_a_word_is_respelt_as_russian_would_spell_it(word: str, spelt: str) -> None:
    assert in_cyrillic(word) == spelt


@pytest.mark.parametrize("word", ["Путин", "Сергій", "Putin", "Ēriks", "푸틴", ""])
def test_words_of_other_languages_are_left_alone(word: str) -> None:
    assert sounded(word) == ()


@pytest.mark.parametrize(
    ("known", "respelt", "other"),
    [
        ("Winston Churchill", "უინსტონ ჩერჩილი", "უინსტონ ჩამბერლენი"), ("Jacques Delors", "ჟაკ დელორი", "ჟაკ დომერგი"),
        ("George Washington", "Џорџ Вашингтон", "Џорџ Велингтон"),
        ("Tony Abbott", "Тони Эбот", "Тони Эбнер"), ("François Villon", "Франсоа Вијон", "Франсоа Виже"),
        ("François Bertrand", "Fransuā Bertrāns", "Fransuā Berns"),
    ],
)  # fmt: skip
def test_a_foreign_name_that_is_spelt_as_it_sounds_is_known(known: str, respelt: str, other: str) -> None:
    assert bits(known, respelt) > max(10.0, bits(known, other))


@pytest.mark.parametrize(
    ("lang", "known", "respelt", "other"),
    [
        ("az", "Justin Trudeau", "Castin Trüdo", "Castin Trumen"), ("sq", "James Baker", "Xhejms Bejker", "Xhejms Bokaj"),
        ("uz", "Jacques Chirac", "Jak Shirak", "Jak Shirazi"), ("sr", "Charles de Gaulle", "Šarl de Gol", "Šarl de Gruso"),
        ("tk", "George Washington", "Jorj Waşington", "Jorj Wellington"), ("ku", "Jacques Delors", "Jak Dêlor", "Jak Dumêrg"),
        ("", "George Washington", "Corc Vaşinqton", "Corc Vellinqton"), ("", "Jacques Chirac", "Žak Širak", "Žak Širok"),
    ],
)  # fmt: skip
def test_latin_letters_that_spell_a_foreign_name_as_it_sounds_are_read_so(
    lang: str, known: str, respelt: str, other: str
) -> None:
    right, wrong = (resolve.compare(known, spelt, lang).bits for spelt in (respelt, other))
    assert right > max(10.0, wrong)


def test_only_letters_or_the_language_show_that_a_word_is_spelt_as_it_sounds() -> None:
    assert heard("corc") == heard("corc", "tr") == () != heard("corc", "az")
    assert whole_heard("Jorge Kennedi") == whole_heard("Şarl & Wüllner") == ()


@pytest.mark.parametrize(
    ("known", "spelt", "other"),
    [
        ("Joe Biden", "Джо Байден", "Джо Боден"), ("Beverley Knight", "Бевърли Найт", "Бевърли Кент"),
        ("Lindsey Graham", "Линдси Грэм", "Линдси Грин"), ("Robert Wright", "Роберт Райт", "Роберт Риордан"),
    ],
)  # fmt: skip
def test_silent_letters_and_long_vowels_of_english_are_heard(known: str, spelt: str, other: str) -> None:
    assert bits(known, spelt) > max(8.0, bits(known, other) + 5.0)


@pytest.mark.parametrize(
    ("seen", "right", "wrong"),
    [
        ("Willy Brandt", "Willy Brandt", "Peter Willy Brandt"), ("Paul Johnson", "Paul Erik Johnson", "Erik Paul Johnson"),
        ("Майкл Говард", "Michael Howard", "Michel Howard"), ("مایکل هاوارد", "Michael Howard", "Mihai Howard"),
    ],
)  # fmt: skip
def test_the_name_by_which_somebody_is_called_is_the_first_and_spelt_not_translated(
    seen: str, right: str, wrong: str
) -> None:
    assert bits(seen, right) > bits(seen, wrong) + 2.0


def test_forms_of_sister_languages_are_no_translations() -> None:
    for left, right in (("Микола Азаров", "Nikolai Azarov"), ("Владимир Каратаев", "Uladzimir Karatayeu")):
        assert not any("translated" in dict(piece.parts) for piece in resolve.compare(left, right).evidence)


def test_a_name_alone_says_which_bearer_is_meant(tmp_path: Path) -> None:
    source = tmp_path / "people.csv"
    source.write_text("id,name\nson,Donald Payne Jr.\nking,Carl Philip II\n", encoding="utf-8")
    known = resolve.open(source)
    assert known.match("Donald Payne").status != "resolved"
    assert known.match("Donald Payne Jr").entity_id == "son"
    assert known.match("Carl Philip II").entity_id == "king"


def test_an_elided_article_in_cyrillic_belongs_to_no_name() -> None:
    assert bits("Валери Жискар д’Эстен", "Valéry Giscard d'Estaing") > 20


@pytest.mark.parametrize(("cyrillic", "latin"), [("Ён", "Yong"), ("Сон", "Song"), ("Чхоль", "Chol"), ("Пхиль", "Pil")])
def test_korean_syllables_meet_as_cyrillic_and_latin_write_them(cyrillic: str, latin: str) -> None:
    assert any(key[0] == "s" for key in set(keys(cyrillic)) & set(keys(latin)))
