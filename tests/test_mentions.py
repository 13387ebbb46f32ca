"""Which spans could be names?"""

from __future__ import annotations

import pytest
from hypothesis import given

from resolve.mentions import find
from tests import strategies


def spans(text: str) -> list[str]:
    """The texts of the runs that could hold a name."""
    return [text[mention.start : mention.end] for mention in find(text)[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yesterday Sviatlana Tsikhanouskaya spoke", ["Sviatlana Tsikhanouskaya"]),
        ("учора Святлана Ціханоўская выступіла", ["Святлана Ціханоўская"]),
        ("met Viktar and Eduard Babaryka there", ["Viktar", "Eduard Babaryka"]),
        ("wtedy Andrzej Duda i Donald Tusk", ["Andrzej Duda", "Donald Tusk"]),
        ("with Ursula von der Leyen today", ["Ursula von der Leyen"]),
        ("de facto von der Leyen", ["von der Leyen"]),
        ("with Vladimir Kara-Murza today", ["Vladimir Kara-Murza"]),
        ("с С. Е. Нарышкиным и С.Е.Нарышкиным", ["С. Е. Нарышкиным", "С.Е.Нарышкиным"]),
        ("the Putin\N{NO-BREAK SPACE}Vladimir case", ["Putin\N{NO-BREAK SPACE}Vladimir"]),
        ("met Alexander\nLukashenko there", ["Alexander\nLukashenko"]),
        ("met Alexander\r\nLukashenko there", ["Alexander\r\nLukashenko"]),
        ("met Alexander\n\nLukashenko there", ["Alexander", "Lukashenko"]),
        ("said Putin. Lukashenko agreed", ["Putin", "Lukashenko"]),
        ("said Putin, Lukashenko and Erdoğan", ["Putin", "Lukashenko", "Erdoğan"]),
        ("nothing to see here", []),
        ("", []),
    ],
)
def test_runs_of_capitalised_words_could_be_names(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize("gap", [" ", "  ", "\n", "\r\n", "\t", "\N{NO-BREAK SPACE}"])
def test_white_space_of_any_kind_keeps_a_name_together(gap: str) -> None:
    assert spans(f"met Aleksandr{gap}Lukashenko there") == [f"Aleksandr{gap}Lukashenko"]


@pytest.mark.parametrize(
    ("text", "borrower"),
    [
        ("Viktar and Eduard Babaryka", "Viktar"),
        ("Віктар і Эдуард Бабарыкі", "Віктар"),
        ("Виктор и Эдуард Бабарико", "Виктор"),
        ("Lech i Jarosław Kaczyński", "Lech"),
        ("Bill und Hillary Clinton", "Bill"),
        ("Emmanuel et Brigitte Macron", "Emmanuel"),
    ],
)
def test_a_coordinated_given_name_borrows_the_surname(text: str, borrower: str) -> None:
    lent = {text[m.start : m.end]: [t.text for t in m.borrowed] for m in find(text)[0]}
    assert lent[borrower] == [text.rsplit(maxsplit=1)[-1]]


def test_a_name_after_a_full_stop_lends_nothing() -> None:
    assert all(not mention.borrowed for mention in find("He met Viktar. Eduard Babaryka left.")[0])


def test_an_inverted_name_is_one_mention() -> None:
    assert "Babaryka, Viktar" in spans("suspects: Babaryka, Viktar; others")


def test_a_list_of_people_is_not_an_inverted_name() -> None:
    assert "Putin, Lukashenko" not in spans("said Putin, Lukashenko and others")


def test_titles_and_common_words_are_marked_not_dropped() -> None:
    mention = find("Today President Lukashenko spoke")[0][0]
    assert [token.role for token in mention.tokens[:2]] == ["common", "title"]


def test_a_sentence_start_and_a_headline_say_so() -> None:
    first, second = find("Putin spoke. then Lukashenko spoke")[0]
    assert first.opens
    assert not second.opens
    assert all(mention.loud for mention in find("Putin Meets Lukashenko In Sochi")[0])


def test_the_words_beside_a_run_are_kept() -> None:
    (mention,) = find("вуліца Каліноўскага перакрытая")[0]
    assert (mention.before, mention.after) == ("вуліца", "перакрытая")


@given(strategies.texts)
def test_law_mentions_lie_in_the_text_and_hold_their_words(text: str) -> None:
    for mention in find(text)[0]:
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.tokens
        places = [(token.start, token.end) for token in mention.tokens]
        assert places == sorted(places)
        for start, end in places:
            assert mention.start <= start < end <= mention.end


@given(strategies.texts)
def test_law_runs_are_in_reading_order(text: str) -> None:
    starts = [mention.start for mention in find(text)[0]]
    assert starts == sorted(starts)
