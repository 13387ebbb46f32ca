"""Names in the scripts of India, and in the letters that languages have added to the Arabic script."""

from __future__ import annotations

import pytest

import resolve
from resolve.indic import letter_name
from resolve.letters import native
from resolve.names import parse
from resolve.respelling import sounded


@pytest.mark.parametrize(
    ("known", "spelt", "other"),
    [
        ("James Callaghan", "জেমস ক্যালাহান", "জেমস কানিংহাম"), ("James Callaghan", "जेम्स कॅलाघन", "जेम्स कनिंघम"),
        ("Willy Brandt", "வில்லி பிராண்ட்", "வில்லி பிராங்க்"), ("George Bush", "ජෝර්ජ් බුෂ්", "ජෝර්ජ් බර්න්ස්"),
        ("Tony Abbott", "টনি অ্যাবট", "টনি অ্যালেন"), ("George Washington", "জর্জ ওয়াশিংটন", "জর্জ ওয়েলিংটন"),
        ("Nina Grewal", "நினா கிரெவால்", "நினா கரன்"), ("Michael Jackson", "माइकल जैक्सन", "माइकल जॉनसन"),
    ],
)  # fmt: skip
def test_a_foreign_name_is_heard_in_the_scripts_of_india(known: str, spelt: str, other: str) -> None:
    right, wrong = (resolve.compare(known, one).bits for one in (spelt, other))
    assert right > max(8.0, wrong + 5.0)


def test_what_a_script_leaves_open_is_read_both_ways() -> None:
    assert {"джемос", "джемс"} <= set(sounded("জেমস"))
    assert sounded("கார்டன்") == ("картан", "гартан", "гардан")
    assert sounded("ⴰⴱⴷ") == ()


@pytest.mark.parametrize("name", ["எம். கே. ஸ்டாலின்", "एम. के. स्टालिन", "এম. কে. স্তালিন", "ಎಂ. ಕೆ. ಸ್ಟಾಲಿನ್"])
def test_initials_that_are_written_as_they_are_called_are_initials(name: str) -> None:
    roles = [token.role for token in parse(name).tokens]
    assert roles[-1] not in {"initial", "particle"}
    assert resolve.compare("M. K. Stalin", name).bits > resolve.compare("V. R. Stalin", name).bits


def test_a_name_of_letters_alone_has_no_initials() -> None:
    assert letter_name("के") == "K"
    assert [token.role for token in parse("के").tokens] != ["initial"]


@pytest.mark.parametrize(
    ("known", "spelt", "other"),
    [
        ("David Taylor", "ڈیوڈ ٹیلر", "ڈیوڈ مارٹن"), ("Donald Trump", "ڈونلڈ ٹرمپ", "ڈونلڈ ٹسک"),
        ("Jalal Talabani", "جەلال تاڵەبانی", "جەلال بارزانی"), ("Vladimir Putin", "ۋلادىمىر پۇتىن", "ۋلادىمىر لېنىن"),
    ],
)  # fmt: skip
def test_letters_that_languages_added_to_the_arabic_script_are_known(known: str, spelt: str, other: str) -> None:
    right, wrong = (resolve.compare(known, one).bits for one in (spelt, other))
    assert right > max(5.0, wrong + 5.0)


def test_a_vowel_that_arabic_does_not_write_is_left_out_inside_a_word() -> None:
    assert native("تاڵەبانی") == native("تالباني")
    assert native("فاتیمە") == native("فاتيمه")
