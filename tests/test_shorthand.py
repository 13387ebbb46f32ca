"""Abbreviations that a document introduces are the organisation from there on, and nothing else is."""

from __future__ import annotations

import pytest

import resolve
from resolve.resolver import Resolver

LISTED = {
    "council": "Координационный совет", "pis": "Prawo i Sprawiedliwość", "food": "World Food Programme", "mtz": "Минский тракторный завод",
}  # fmt: skip


@pytest.fixture(scope="module")
def resolver(tmp_path_factory: pytest.TempPathFactory) -> Resolver:
    source = tmp_path_factory.mktemp("shorthand") / "bodies.csv"
    rows = "".join(f"{id},{name},organization\n" for id, name in LISTED.items())
    source.write_text(f"id,name,type\n{rows}", encoding="utf-8")
    return resolve.open(source)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Координационный совет (КС) заявил. В КС отметили.",
            [("Координационный совет", "council"), ("КС", "council"), ("КС", "council")],
        ),
        (
            "Рабочие Минского тракторного завода (далее — МТЗ) пришли. На МТЗ тихо.",
            [("Минского тракторного завода", "mtz"), ("МТЗ", "mtz"), ("МТЗ", "mtz")],
        ),
        (
            "Partia Prawo i Sprawiedliwość (PiS) wygrała. Politycy PiS-u milczą.",
            [("Prawo i Sprawiedliwość", "pis"), ("PiS", "pis"), ("PiS", "pis")],
        ),
        ("WFP came. The World Food Programme (WFP) left.", [("World Food Programme", "food"), ("WFP", "food")]),
    ],
)
def test_what_parentheses_introduce_is_found_from_there_on(
    resolver: Resolver, text: str, expected: list[tuple[str, str]]
) -> None:
    links = resolver.text(text).links
    assert [(link.text, link.entity_id) for link in links] == expected
    assert all(text[link.start : link.end] == link.text for link in links)
    assert all(sum(piece.bits for piece in link.evidence) == pytest.approx(link.bits) for link in links)


@pytest.mark.parametrize(
    "text",
    ["Координационный совет (США) заявил. В США ждут.", "World Food Programme (Rome) left. Rome waits.", "КС и МТЗ."],
)
def test_what_is_not_made_of_its_words_is_not_it(resolver: Resolver, text: str) -> None:
    assert not {"США", "Rome", "КС", "МТЗ"} & {link.text for link in resolver.text(text).links}
