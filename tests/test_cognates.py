"""How do the sister languages write this name?"""

from __future__ import annotations

import pytest

from resolve.cognates import MAX_DERIVED, cognates, correspondences, patronymic, sisters, table, variants
from resolve.letters import fold
from resolve.model import Form


@pytest.mark.parametrize(
    ("word", "lang", "other", "form"),
    [
        # akanye, dzekanye, short u, endings
        ("Ціханоўская", "be", "ru", "Тихановская"), ("Уласава", "be", "ru", "Власова"), ("Лукашэнка", "be", "ru", "Лукашенко"),
        ("Багдановіч", "be", "ru", "Богданович"), ("Дзяржынскі", "be", "ru", "Дзержинский"), ("Шчэрба", "be", "ru", "Щерба"),
        ("Тихановская", "ru", "be", "Ціханоўская"), ("Власова", "ru", "be", "Уласава"), ("Лукашенко", "ru", "be", "Лукашэнка"),
        ("Ціханоўская", "be", "uk", "Тихановська"), ("Тихановська", "uk", "be", "Ціханоўская"), ("Зеленський", "uk", "ru", "Зеленский"),
        ("Зеленский", "ru", "uk", "Зеленський"), ("Медведев", "ru", "uk", "Медведєв"), ("Сирський", "uk", "ru", "Сырский"),
        # given names come from the table
        ("Мікалай", "be", "ru", "Николай"), ("Мікалай", "be", "uk", "Микола"), ("Ольга", "ru", "be", "Вольга"),
        # patronymics from the father's name
        ("Рыгоравіч", "be", "ru", "Григорьевич"), ("Мікалаеўна", "be", "ru", "Николаевна"), ("Владимирович", "ru", "uk", "Володимирович"),
        ("Сергійович", "uk", "be", "Сяргеевіч"), ("Павловна", "ru", "be", "Паўлаўна"),
    ],
)  # fmt: skip
def test_a_word_has_its_form_in_a_sister_language(word: str, lang: str, other: str, form: str) -> None:
    assert fold(form) in [fold(found) for found in cognates(word, lang, other)]


@pytest.mark.parametrize("pair", sorted(correspondences()), ids="-".join)
def test_a_correspondence_derives_its_own_examples(pair: tuple[str, str]) -> None:
    correspondence = correspondences()[pair]
    assert correspondence.source
    assert len(correspondence.examples) >= 4
    for native, derived in correspondence.examples:
        assert fold(derived) in [fold(form) for form in correspondence.rewriter.forms(native.lower(), 2)]


def test_few_forms_are_derived_the_likeliest_first_and_in_the_letters_case() -> None:
    forms = cognates("КАРПАЧАНКАВА", "be", "ru")
    assert 1 < len(forms) <= MAX_DERIVED
    assert all(form.isupper() for form in forms)
    assert len(forms) == len(set(forms))


def test_only_the_east_slavic_languages_are_sisters() -> None:
    assert sisters("uk") == ("be", "ru")
    assert sisters("bg") == ()
    assert cognates("Борисов", "bg", "ru") == ()


@pytest.mark.parametrize(
    ("father", "lang", "gender", "made"),
    [("Илья", "ru", "m", "ильич"), ("Юрий", "ru", "f", "юрьевна"), ("Павел", "be", "m", "паўлавіч"), ("Микола", "uk", "f", "миколаївна")],
)  # fmt: skip
def test_a_patronymic_is_made_from_the_fathers_name(father: str, lang: str, gender: str, made: str) -> None:
    assert made in patronymic(father, lang, gender)


def test_variants_mark_what_is_derived() -> None:
    forms = variants("Святлана Ціханоўская")
    assert Form("Sviatlana Tsikhanouskaya", "be: passport 2010") in forms
    assert Form("Светлана Тихановская", "ru", "be") in forms
    assert Form("Swetlana Tichanowskaja", "ru: German press", "be") in forms
    assert {form.derived for form in forms if form.scheme.startswith("be")} == {""}
    assert {form.derived for form in forms if not form.scheme.startswith("be")} == {"be"}
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize("name", ["", "Tsikhanouskaya", "チハノフスカヤ", "1984"])
def test_a_name_without_schemes_has_one_variant(name: str) -> None:
    assert len(variants(name)) == 1


def test_a_table_has_a_block_for_every_language() -> None:
    lines = table(variants("Зеленський", "uk")).splitlines()
    assert [line for line in lines if line[:1] != " "] == ["uk", "be, derived from uk", "ru, derived from uk"]
    assert "  Зеленский" in lines
