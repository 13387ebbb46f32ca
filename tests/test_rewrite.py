"""How does a table of rules rewrite a word?"""

from __future__ import annotations

import pytest
from hypothesis import given

from resolve.rewrite import Rewriter, Row, distinct
from tests import strategies

RULES: list[Row] = [
    ("а", "", "", "a", ""), ("е", "", "", "e", ""), ("е", "#V", "", "ye", ""), ("к", "", "", "k", ""),
    ("с", "", "", "s", ""), ("с", "V", "V", "ss", ""), ("кс", "", "", "x", "ks"), ("ь", "", "", "", ""),
    ("ь", "", "!#", "’", ""), ("к", "", "C", "q", ""), ("й", "", "", "j", "y|i"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("кекс", "kex"),  # the longest source wins
        ("екс", "yex"),  # the word's edge on the left
        ("аее", "ayeye"),  # a vowel on the left
        ("аса", "assa"),  # both neighbours
        ("сас", "sas"),
        ("ась", "as"), ("ьа", "’a"),  # what an exclamation mark negates
        ("кка", "qka"),  # a consonant on the right
        ("кй", "kj"),  # й counts neither as a vowel nor as a consonant
        ("x1", "x1"),  # what no rule knows stays
        ("", ""),
    ],
)  # fmt: skip
def test_a_rule_applies_where_its_neighbours_fit(word: str, written: str) -> None:
    assert next(Rewriter(RULES).forms(word)) == written


def test_at_equal_length_the_rule_with_more_context_wins_whatever_its_place() -> None:
    rules: list[Row] = [("и", "", "", "i", ""), ("и", "", "#", "y", ""), ("и", "к", "#", "ie", "")]
    for order in (rules, rules[::-1]):
        rewriter = Rewriter(order)
        assert [next(rewriter.forms(word)) for word in ("иа", "ти", "ки")] == ["iа", "тy", "кie"]


def test_alternatives_come_after_the_main_form_fewest_departures_first() -> None:
    forms = list(Rewriter(RULES).forms("йкс", deviations=2))
    assert forms == ["jx", "yx", "ix", "jks", "yks", "iks"]
    assert list(Rewriter(RULES).forms("йкс", deviations=0)) == ["jx"]


def test_the_first_distinct_forms_are_kept() -> None:
    assert distinct(["b", "a", "b", "c"], 2) == ("b", "a")


@given(strategies.words)
def test_law_the_parts_of_a_word_give_its_main_form(word: str) -> None:
    rewriter = Rewriter(RULES)
    lower = word.lower()
    assert next(rewriter.forms(lower)) == "".join(outputs[0] for outputs in rewriter.parts(lower))
