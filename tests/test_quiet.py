"""Which names are written as no name is: without capitals, as a hashtag, as a handle?"""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

import resolve
from resolve.quiet import tags

LUKASHENKO, TSIKHANOUSKAYA = "by-lukashenko-alexander", "by-tsikhanouskaya-sviatlana"


def found(resolver: resolve.Resolver, text: str) -> list[tuple[str, str | None]]:
    """The resolved persons with their entities."""
    return [(link.text, link.entity_id) for link in resolver.text(text).links if link.type == "person"]


def test_a_whole_name_in_lower_case_is_found_and_supports_its_surname(curated: resolve.Resolver) -> None:
    assert found(curated, "вчера лукашенко заявил, что александр лукашенко устал") == [
        ("лукашенко", LUKASHENKO), ("александр лукашенко", LUKASHENKO),
    ]  # fmt: skip


def test_a_surname_in_lower_case_needs_the_document(curated: resolve.Resolver) -> None:
    assert found(curated, "вчера лукашенко заявил, что устал от этого") == []
    text = "Светлана Тихановская приехала. вчера тихановской не было, и это не так."
    assert [name for name, _ in found(curated, text)] == ["Светлана Тихановская", "тихановской"]


@pytest.mark.parametrize(
    "text",
    ["вера в знак и роман о морозе", "mark my words and hope that grace may help", "максим молча показал знак всем"],
)
def test_common_words_in_lower_case_are_nobody(curated: resolve.Resolver, text: str) -> None:
    assert found(curated, text) == []


def test_a_common_word_stays_one_beside_the_bearer(curated: resolve.Resolver) -> None:
    assert found(curated, "Максим Знак осуждён. Это знак, который все поняли.") == [("Максим Знак", "by-znak-maksim")]


def test_a_hashtag_is_cut_at_capitals_and_underscores(curated: resolve.Resolver) -> None:
    text = "новости: #Тихановская #SviatlanaTsikhanouskaya #светлана_тихановская"
    assert found(curated, text) == [
        ("Тихановская", TSIKHANOUSKAYA), ("SviatlanaTsikhanouskaya", TSIKHANOUSKAYA), ("светлана_тихановская", TSIKHANOUSKAYA),
    ]  # fmt: skip


def test_a_handle_is_weaker_than_a_name(curated: resolve.Resolver) -> None:
    plain = curated.text("then Tsikhanouskaya wrote it", all=True).links[0]
    handle = curated.text("then @Tsikhanouskaya wrote it", all=True).links[0]
    assert handle.bits < plain.bits
    assert "handle" in {piece.feature for piece in handle.evidence}
    assert found(curated, "then @Lukashenka_A wrote it") == []


def test_an_address_is_no_handle() -> None:
    assert list(tags("write to info@Lukashenko.by or a#b")) == []


@given(st.text(alphabet="#@_AbЖд1 -", max_size=40))
def test_tags_keep_their_places(text: str) -> None:
    for mention in tags(text):
        assert all(len(text[t.start : t.end]) == len(t.text) for t in mention.tokens)
        assert mention.tokens[0].start == mention.start < mention.end == mention.tokens[-1].end
