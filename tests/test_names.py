"""Which token is given name, patronymic, surname, initial, particle, title; which gender; which stem?"""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given

import resolve
from resolve.endings import nominatives
from resolve.given import given_classes, is_given, is_patronymic, patronymic_gender
from resolve.letters import fold
from resolve.names import alternatives, parse, surname_gender
from tests import strategies


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sviatlana Tsikhanouskaya", "given surname"),
        ("Tsikhanouskaya Sviatlana", "surname given"),
        ("Tsikhanouskaya, Sviatlana", "surname given"),
        ("TSIKHANOUSKAYA Sviatlana", "surname given"),
        ("Sviatlana TSIKHANOUSKAYA", "given surname"),
        ("SVIATLANA TSIKHANOUSKAYA", "given surname"),
        ("Александр Григорьевич Лукашенко", "given patronymic surname"),
        ("Лукашенко Александр Григорьевич", "surname given patronymic"),
        ("Аляксандр Рыгоравіч Лукашэнка", "given patronymic surname"),
        ("Светлана Георгиевна Тихановская", "given patronymic surname"),
        ("А. Г. Лукашенко", "initial initial surname"),
        ("毛泽东", "surname given"),
        ("司徒宇斌", "surname given"),
        ("弗拉基米尔·普京", "given surname"),
        ("ウラジーミル・プーチン", "given surname"),
        ("문재인", "surname given"),
        ("문 재인", "surname given"),
        ("블라디미르 푸틴", "given surname"),
        ("Kim Yong-il", "surname given given"),
        ("Jean-Luc Martin", "given given surname"),
        ("محمد بن سلمان", "given particle surname"),
        ("בנימין בן אליעזר", "given particle surname"),
        ("Βλαντίμιρ Πούτιν", "given surname"),
        ("Лукашенко А.Г.", "surname initial initial"),
        ("Ursula von der Leyen", "given particle particle surname"),
        ("Vladimir Kara-Murza", "given surname surname"),
        ("Jean-Claude Juncker", "given given surname"),
        ("President Alexander Lukashenko", "title given surname"),
        ("Martin Luther King Jr", "given given surname suffix"),
        ("Babaryka", "surname"),
        ("Viktar", "given"),
        ("President", "surname"),
    ],
)
def test_a_written_name_is_parsed_into_roles(text: str, expected: str) -> None:
    assert " ".join(token.role for token in parse(text).tokens) == expected


def test_a_surname_that_ends_like_a_patronymic_stays_a_surname() -> None:
    assert [t.role for t in parse("Мікалай Статкевіч").tokens] == ["given", "surname"]
    assert [t.role for t in parse("Svetlana Alexievich").tokens] == ["given", "surname"]


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("Светлана Тихановская", "f"), ("Сяргей Ціханоўскі", "m"), ("Mrs Lukashenko", "f"), ("Mr Lukashenko", "m"),
        ("Лукашенко Галина Родионовна", "f"), ("Alexander Lukashenko", "m"), ("Ульяна Громыко", "f"), ("Zzz Qqq", ""),
    ],
)  # fmt: skip
def test_the_gender_is_told_by_patronymic_given_name_title_or_ending(text: str, gender: str) -> None:
    assert parse(text).gender == gender


@pytest.mark.parametrize(
    ("word", "gender"),
    [
        ("Ціханоўская", "f"), ("Ціханоўскі", "m"), ("Tichanowskaja", "f"), ("Навальный", "m"), ("Навальная", "f"), ("Путина", "f"),
        ("Путин", "m"), ("Kowalska", "f"), ("Kowalski", "m"), ("Лукашенко", ""), ("Babaryka", ""), ("Smith", ""),
    ],
)  # fmt: skip
def test_a_surname_ending_may_tell_the_gender(word: str, gender: str) -> None:
    assert surname_gender(word) == gender


@pytest.mark.parametrize(
    ("word", "gender"),
    [
        ("Григорьевич", "m"),
        ("Рыгоравіч", "m"),
        ("Иванович", "m"),
        ("Ивановна", "f"),
        ("Рыгораўна", "f"),
        ("Іванівна", "f"),
    ],
)
def test_patronymics_are_made_of_fathers_names(word: str, gender: str) -> None:
    assert patronymic_gender(word) == gender
    assert is_patronymic(word)


@pytest.mark.parametrize("word", ["Статкевич", "Мацкевіч", "Абрамович-Козел", "Putin", "Лукашенко"])
def test_not_everything_in_ich_is_a_patronymic(word: str) -> None:
    assert not is_patronymic(word)


@pytest.mark.parametrize(
    ("inflected", "lang", "nominative"),
    [
        ("Лукашэнкам", "be", "Лукашэнка"), ("Лукашэнкі", "be", "Лукашэнка"), ("Ціханоўскай", "be", "Ціханоўская"),
        ("Путиным", "ru", "Путин"), ("Путина", "ru", "Путин"), ("Тихановскую", "ru", "Тихановская"), ("Навального", "ru", "Навальный"),
        ("Зеленського", "uk", "Зеленський"), ("Лукашенком", "uk", "Лукашенко"),
        ("Tuskiem", "pl", "Tusk"), ("Łukaszenki", "pl", "Łukaszenka"), ("Cichanouskiej", "pl", "Cichanouska"),
        ("Putinas", "lt", "Putin"), ("Putins", "lv", "Putin"),
        ("ПУТИНЫМ", "ru", "ПУТИН"),
    ],
)  # fmt: skip
def test_the_nominative_is_found_under_a_case_ending(inflected: str, lang: str, nominative: str) -> None:
    assert nominative in [stem for stem, _ in nominatives(inflected, lang)]


def test_a_short_word_keeps_its_ending() -> None:
    assert nominatives("Ян", "ru") == ()


def test_a_word_is_no_nominative_of_itself() -> None:
    for word in ("Лукашэнка", "Путина", "Tuska", "Зеленской"):
        assert word not in [stem for stem, _ in nominatives(word)]


@pytest.mark.parametrize(
    "word", ["Віктар", "Viktor", "Wiktor", "Siarhei", "Сергій", "Светлана", "Aliaksandr", "Mikola"]
)
def test_given_names_are_known_in_many_spellings(word: str) -> None:
    assert is_given(word)


@pytest.mark.parametrize("word", ["Ціханоўская", "Lukashenko", "Łukaszenka"])
def test_surnames_are_no_given_names(word: str) -> None:
    assert not is_given(word)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Łukaszenka", "lukaszenka"), ("ПЁТР", "петр"), ("Дар’я", "Даря"), ("İbrahim", "ibrahim"), ("Müller", "MULLER"), ("Straße", "strasse"),
        ("Čyž", "cyz"),
    ],
)  # fmt: skip
def test_folding_forgets_case_marks_and_apostrophes(left: str, right: str) -> None:
    assert fold(left) == fold(right)


def test_folding_keeps_letters_apart_that_are_letters_of_their_own() -> None:
    assert fold("Ціханоўскі") != fold("Ціханоускі")
    assert fold("Путин") != fold("Putin")
    assert fold("Быйкаў") != fold("Быикаў")


@given(strategies.words)
def test_law_folding_twice_changes_nothing(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@given(strategies.words)
def test_law_folding_knows_no_letter_case(word: str) -> None:
    assert fold(word.casefold()) == fold(word)


@given(strategies.texts)
def test_law_any_text_parses_and_keeps_its_words_in_place(text: str) -> None:
    name = parse(text)
    assert name.text == text
    assert name.gender in {"", "m", "f"}
    last = 0
    for token in name.tokens:
        assert last <= token.start < token.end <= len(text)
        last = token.end


@given(strategies.words)
def test_law_a_nominative_is_a_word_and_no_longer_than_the_endings_allow(word: str) -> None:
    for stem, gender in nominatives(unicodedata.normalize("NFC", word)):
        assert stem
        assert gender in {"", "m", "f"}


@pytest.mark.parametrize(
    ("left", "right"),
    [("ウィリアム", "Bill"), ("מייקל", "Mike"), ("Μιχαήλ", "Michael"), ("إيفان", "Иван"), ("迈克尔", "Mikhail")],
)
def test_given_names_of_other_scripts_have_their_equivalents(left: str, right: str) -> None:
    assert given_classes(left) & given_classes(right)
    assert not given_classes("チハノフスカヤ")


@pytest.mark.parametrize(
    ("latin", "name"),
    [
        ("Iacobus Callaghan", "James Callaghan"),
        ("Ioannes Kepler", "Johannes Kepler"),
        ("Carolus Wesley", "Charles Wesley"),
    ],
)
def test_a_given_name_of_a_latin_text_is_equivalent(latin: str, name: str) -> None:
    assert resolve.compare(latin, name).probability > 0.99


@pytest.mark.parametrize(
    "name",
    ["Ильхам Гейдар оглы Алиев", "Алиев Ильхам Гейдар оглы", "İlham Heydər oğlu Əliyev", "Aliyev Ilham Heydar-oglu"],
)
def test_a_word_for_son_makes_the_name_before_it_a_patronymic(name: str) -> None:
    roles = {token.text[:4].lower(): token.role for token in parse(name).tokens}
    assert [roles[key] for key in roles if key in {"гейд", "heyd"}] == ["patronymic"]
    assert [roles[key] for key in roles if key in {"алие", "əliy", "aliy"}] == ["surname"]


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("بیل توماس", "توماس"), ("ג'ון לואיס", "לואיס"), ("Don Young", "Young"), ("Дон Эдвардс", "Эдвардс"),
        ("Babaryka Viktar", "Babaryka"), ("Tan Seng Giaw", "Tan"), ("Lee Van Cleef", "Cleef"), ("Liem Van Dam", "Dam"), ("Don Felipe Calderón", "Calderón"),
    ],
)  # fmt: skip
def test_the_surname_is_the_last_word_where_the_first_may_be_a_given_name(name: str, surname: str) -> None:
    assert [token.text for token in parse(name).tokens if token.role == "surname"] == [surname]


@pytest.mark.parametrize(
    ("transcribed", "name"),
    [("阿兹敏阿里", "Azmin Ali"), ("依布拉欣阿里", "Ibrahim Ali"), ("穆罕默德侯賽因", "Muhammad Husin")],
)
def test_a_transcribed_name_without_a_dot_is_read_in_two_parts(transcribed: str, name: str) -> None:
    parted = max(resolve.compare(one, name).bits for one in alternatives(transcribed))
    assert parted > max(10.0, resolve.compare(parse(transcribed).text.strip(), "Chen Chien-jen").bits)


@pytest.mark.parametrize("name", ["习近平", "小泉純一郎", "司徒宇斌", "迈克尔·乔丹", "毛泽东 主席"])
def test_a_chinese_or_japanese_name_is_not_read_in_other_parts(name: str) -> None:
    assert len(alternatives(name)) == 1


@pytest.mark.parametrize(
    ("short", "full"),
    [("Norm", "Norman"), ("Beppe", "Giuseppe"), ("Willi", "Wilhelm"), ("Nacho", "Ignacio"), ("Kuba", "Jakub"), ("Honza", "Jan")],
)  # fmt: skip
def test_everyday_forms_stand_for_the_name(short: str, full: str) -> None:
    assert given_classes(short) & given_classes(full)
