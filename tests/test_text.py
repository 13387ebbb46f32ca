"""Which characters does this file hold, and where was each in the original?"""

from __future__ import annotations

import gzip
import io
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given

from resolve.errors import EncodingError, InputError, UnreadableError
from resolve.text import clean, decode, guess_language, is_common, is_mixed, read, script, words
from tests import strategies

# ---------------------------------------------------------------- reading


@pytest.mark.parametrize(
    "stored",
    [
        "Ціханоўская\r\nЛукашэнка\r\n",
        "\N{ZERO WIDTH NO-BREAK SPACE}Лукашэнка",
        unicodedata.normalize("NFD", "Łukaszeńka й ё ї"),
        "a\rb\x0bc\x85d\u2028e",
        "",
    ],
    ids=["CRLF", "BOM", "NFD", "rare line ends", "empty"],
)
def test_a_file_is_read_exactly_as_stored(tmp_path: Path, stored: str) -> None:
    plain, packed = tmp_path / "a.txt", tmp_path / "a.txt.gz"
    plain.write_bytes(stored.encode())
    packed.write_bytes(gzip.compress(stored.encode()))
    assert read(plain) == read(packed) == stored


def test_a_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Пуцін\r\n".encode())))
    assert read("-") == "Пуцін\r\n"


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-16", "utf-16-le", "utf-32"])
def test_other_encodings_are_read_when_named(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("Лукашенко\r\nПутин".encode(encoding))
    assert read(path, encoding) == "Лукашенко\r\nПутин"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"nowhere\.txt: cannot be read"):
        read(tmp_path / "nowhere.txt")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="cannot be read"):
        read(tmp_path)


@pytest.mark.parametrize("damage", ["cut", "flipped", "no gzip", "empty"])
def test_a_damaged_gz_is_unreadable_not_a_crash(tmp_path: Path, damage: str) -> None:
    packed = bytearray(gzip.compress(("Лукашенко " * 500).encode()))
    packed[len(packed) // 2] ^= 0xFF
    data = {"cut": bytes(packed[: len(packed) // 3]), "flipped": bytes(packed), "no gzip": b"plain text", "empty": b""}
    path = tmp_path / "a.txt.gz"
    path.write_bytes(data[damage])
    if damage == "empty":
        assert read(path) == ""
    else:
        with pytest.raises(InputError, match=r"a\.txt\.gz"):
            read(path)


def test_bytes_that_are_no_utf8_name_the_file_the_line_and_the_remedy() -> None:
    with pytest.raises(EncodingError, match=r"^b\.txt:3: bytes ff fe.* at offset 4 .*--encoding") as caught:
        decode(b"a\nb\n\xff\xfe\n", "b.txt")
    assert caught.value.line == 3


def test_a_binary_file_is_refused_with_its_line() -> None:
    with pytest.raises(EncodingError, match=r"^photo\.txt:2: .*NUL"):
        decode(b"JFIF\n\0\0\1", "photo.txt")


def test_an_unknown_encoding_is_named() -> None:
    with pytest.raises(EncodingError, match="'klingon'"):
        decode(b"Worf", "a.txt", "klingon")


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kara-Murza", ["Kara", "Murza"]),
        ("Putin's and Lukashenka’s", ["Putin", "and", "Lukashenka"]),
        ("O'Brien, D’Arc", ["O’Brien", "D’Arc"]),
        ("Дар'я, Дар’я, Дарʼя", ["Дар’я", "Дар’я", "Дар’я"]),
        ("d’Alexandre, all’Ucraina, l'Ukraine", ["Alexandre", "Ucraina", "Ukraine"]),
        ("Luka-\nshenka, Luka-\r\nshenka", ["Lukashenka", "Lukashenka"]),
        ("Лука\N{SOFT HYPHEN}шэнка", ["Лукашэнка"]),
        ("Лука\N{ZERO WIDTH SPACE}шэнка", ["Лукашэнка"]),
        ("Тихано\N{COMBINING ACUTE ACCENT}вская", ["Тихановская"]),
        (unicodedata.normalize("NFD", "Łojko Čyž Йосиф Їжак"), ["Łojko", "Čyž", "Йосиф", "Їжак"]),
        ("Лук\N{LATIN SMALL LETTER A}шенко", ["Лукашенко"]),
        ("Put\N{CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I}n", ["Putin"]),
        ("2020 году В.В. Путин", ["году", "В", "В", "Путин"]),
        ("@lukashenko #Мінск100 a_b", ["lukashenko", "Мінск100", "a", "b"]),
        ("İbrahim Kalın", ["İbrahim", "Kalın"]),
        ("チハノフスカヤ 문재인 נתניהו", ["チハノフスカヤ", "문재인", "נתניהו"]),
        ("... --- 1918 ''' \N{SOFT HYPHEN}", []),
    ],
)
def test_words_are_found_and_cleaned(text: str, expected: list[str]) -> None:
    assert [token.text for token in words(text)] == expected


def test_a_possessive_is_outside_the_word() -> None:
    text = "Lukashenka’s regime"
    assert [text[t.start : t.end] for t in words(text)] == ["Lukashenka", "regime"]


def test_places_count_code_points_of_the_stored_text_not_of_a_cleaned_one() -> None:
    text = "\N{ZERO WIDTH NO-BREAK SPACE}İ\r\n😀 Лука\N{SOFT HYPHEN}шэнка Путін"
    found = {t.text: text[t.start : t.end] for t in words(text)}
    assert found["Лукашэнка"] == "Лука\N{SOFT HYPHEN}шэнка"
    assert found["Путін"] == "Путін"


@given(strategies.texts)
def test_law_words_lie_in_the_text_in_order_and_apart(text: str) -> None:
    last = 0
    for token in words(text):
        assert last <= token.start < token.end <= len(text)
        assert text[token.start : token.end]
        last = token.end


@given(strategies.texts)
def test_law_cleaning_twice_changes_nothing(text: str) -> None:
    for word in [text, *text.split()]:
        assert clean(clean(word)) == clean(word)


@given(strategies.texts)
def test_law_a_cleaned_word_is_nfc_and_visible(text: str) -> None:
    for token in words(text):
        assert token.text
        assert unicodedata.is_normalized("NFC", token.text)
        assert "\N{SOFT HYPHEN}" not in token.text


# ---------------------------------------------------------------- scripts and languages


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Ціханоўская", "Cyrillic"), ("Łukaszenka", "Latin"), ("İstanbul", "Latin"), ("Τσίπρας", "Greek"), ("Ալիև", "Armenian"),
        ("საქართველო", "Georgian"), ("محمد", "Arabic"), ("נתניהו", "Hebrew"), ("チハノフスカヤ", "Katakana"), ("문", "Hangul"), ("习", "Cjk"),
        ("1984", "Common"), ("", "Common"), ("1я", "Cyrillic"),
    ],
)  # fmt: skip
def test_the_script_is_that_of_the_first_letter(word: str, expected: str) -> None:
    assert script(word) == expected


def test_a_word_of_two_scripts_is_mixed() -> None:
    assert is_mixed("Луk\N{CYRILLIC SMALL LETTER A}shenko")
    assert not is_mixed("Лукашенко")
    assert not is_mixed("Lukashenko-2020")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "They said that the talks with the president were over and that this was the end of it"),
        ("de", "Gestern hat der Sprecher mit der Presse und dem Rat über die Wahl gesprochen"),
        ("fr", "Le président a rencontré les ministres dans la capitale et il est parti avec eux"),
        ("pl", "Wczoraj powiedział, że nie będzie rozmawiał z nimi, ale to się może zmienić"),
        ("ru", "Вчера он заявил, что не будет этого делать, потому что они были против"),
        ("be", "Учора ён заявіў, што гэта не так, але пасля таго як яны прыйшлі"),
        ("uk", "Учора він заявив, що це не так, але після того як вони прийшли"),
        ("lt", "Vakar jis pasakė, kad tai nėra tiesa, bet jie vis dar yra čia"),
        ("es", "Ayer dijo que los ministros no estaban en la ciudad pero que el presidente sí"),
        ("it", "Ieri ha detto che non è vero, ma gli altri sono con lui nella città"),
    ],
)  # fmt: skip
def test_the_language_of_a_sentence_is_guessed(lang: str, text: str) -> None:
    assert guess_language(list(words(text))) == lang


def test_names_alone_tell_no_language() -> None:
    assert guess_language(list(words("Babaryka Viktar"))) == ""
    assert guess_language([]) == ""


def test_common_words_are_known_in_any_letter_case() -> None:
    assert is_common("Сегодня")
    assert is_common("THE")
    assert not is_common("Лукашенко")
