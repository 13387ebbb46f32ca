"""Words found in one compiled pass are those that the pattern finds, and what is asked of them is what it says of each."""

from __future__ import annotations

from array import array
from collections.abc import Callable

import pytest
from hypothesis import example, given, strategies as st

from resolve import mentions, scan, text as texts
from resolve._aloud import undoubled
from resolve._scan import UNASKED, Answers
from resolve.names import is_namelike
from resolve.quiet import pairs, surnames
from resolve.scan import LOWER, NAMELIKE, OPENER, PARTICLE, SMALL, Words

PIECES = st.sampled_from(
    [
        "Лукашенко", "Sviatlana", "van", "der", "Kara-Murza", "д’Артаньян", "d’Alexandre", "Trump’s", "TRUMP'S", "Luka-\n",
        "Luka-\r\nshenka", "Сло\u00adво", "Тихано\u0301вская", "Ig0r", "С.", "И", "И.", "und", "der Sprecher", "гестерн", "²x",
        "Ⅳ", "x_y", "3rd", "й", "и\u0306", "\ufeffWord", "ʼokina", "שלום", "ทรัมป์", "習近平", "Лук\u0061шенко", "Mr.", "É", "É",
        "\U0001d400lpha", "ǅ", "Erdoğan'ın", "Türkiye", "ve", "bir", "için", "вчера светлана тихановская",
    ]
)  # fmt: skip
GAPS = st.sampled_from(
    [" ", "  ", "\n", "\r\n", "\n\n", "-", "‐", ".", ". ", ", ", " & ", "'", "’", "\u00a0", "\u200b", "_", ""]
)
documents = st.lists(st.tuples(PIECES | st.text(max_size=6), GAPS), max_size=30).map(
    lambda parts: "".join(part + gap for part, gap in parts)
)


@given(documents)
@example("a-\nb'c’s-D")
@example("Luka-\n")
@example("x'")
def test_the_words_are_those_of_the_pattern(text: str) -> None:
    assert list(Words(text)) == list(texts.words(text))


@given(documents)
def test_the_runs_are_those_of_all_words(text: str) -> None:
    assert mentions.find(text, Words(text)) == mentions.find(text, list(texts.words(text)))


@given(documents)
def test_what_is_known_of_a_word_is_so(text: str) -> None:
    words = Words(text)
    every = list(texts.words(text))
    assert words.language() == texts.guess_language(every)
    asked: dict[int, Callable[[str], bool]] = {
        NAMELIKE: is_namelike, SMALL: str.islower, LOWER: texts.is_lower,
        OPENER: lambda word: not texts.is_lower(word[:1]), PARTICLE: lambda word: word in texts.particles(),
    }  # fmt: skip
    for flag, holds in asked.items():
        assert list(words.having(flag)) == [place for place, token in enumerate(every) if holds(token.text)]
        assert words.spellings(flag) == {token.text for token in every if holds(token.text)}


@given(documents)
def test_names_in_lower_case_are_found_in_either(text: str) -> None:
    words, every = Words(text), list(texts.words(text))
    assert list(pairs(words)) == list(pairs(every))
    known = {"тихановская", "лукашенко"}
    assert list(surnames(text, words, known)) == list(surnames(text, every, known))


def test_a_word_is_asked_for_by_its_place() -> None:
    words = Words("Viktar met Eduard")
    assert [token.text for token in words[1:]] == ["met", "Eduard"]
    assert words[-1] == words[2]
    assert len(words) == 3


def test_what_was_forgotten_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "MAX_WORDS", 1)
    words = Words("Viktar met Eduard")
    assert [token.text for token in Words("Eduard met nobody")] == ["Eduard", "met", "nobody"]
    assert list(words.having(NAMELIKE)) == [0, 2]
    assert [token.text for token in words] == ["Viktar", "met", "Eduard"]


@given(st.text(alphabet="abc", max_size=12))
def test_doubled_sounds_are_written_once(text: str) -> None:
    once = undoubled(text)
    assert undoubled(once) == once
    assert "".join(c for i, c in enumerate(text) if not i or c != text[i - 1]) == once


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.dictionaries(st.integers(0, 2**32 - 1), st.integers(0, 254), max_size=40)),
        max_size=30,
    )
)
def test_answers_are_those_that_were_told_last(told: list[tuple[int, dict[int, int]]]) -> None:
    answers, expected = Answers(), dict[tuple[int, int], int]()
    for word, of_tokens in told:
        answers.put(word, array("I", of_tokens), bytes(of_tokens.values()))
        expected.update({(word, token): how for token, how in of_tokens.items()})
    assert len(answers) == len(expected)
    tokens = array("I", {token for _, of_tokens in told for token in of_tokens} | {0, 7})
    for word in range(7):
        wanted = bytes(expected.get((word, token), UNASKED) for token in tokens)
        assert answers.of(word, tokens) == wanted == bytes(answers.one(word, token) for token in tokens)


def test_answers_grow_with_what_they_hold_and_are_forgotten() -> None:
    answers, tokens = Answers(), array("I", range(100_000))
    answers.put(3, tokens, bytes(token % 8 for token in tokens))
    assert answers.of(3, tokens) == bytes(token % 8 for token in tokens)
    answers.clear()
    assert (len(answers), answers.one(3, 5)) == (0, UNASKED)
    with pytest.raises(ValueError, match="every token"):
        answers.put(3, tokens, b"")
    with pytest.raises(ValueError, match="no answer"):
        answers.put(3, array("I", [1]), bytes([UNASKED]))
