"""How does a person see what was found in a text?"""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, strategies as st

import resolve
from resolve import view
from resolve.model import Candidate, Document, Entity, Link
from resolve.write import writer

NASTY = '<script>alert("1")</script>'
VOID = {"meta", "br", "link", "img", "input"}


class Page(HTMLParser):
    """What a browser makes of a page: its elements, its texts by class, and whether all is closed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.marks: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "mark":
            self.marks.append("")
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if any("rv-text" in kind for _, kind in self.open):
            self.text += data
        if any(tag == "mark" for tag, _ in self.open):
            self.marks[-1] += data


def page(*documents: Document, known: view.Known | None = None) -> Page:
    """The report of documents, parsed."""
    return Page("".join(writer("html", known=known)(documents)))


def resolved(start: int, end: int, text: str, id: str = "x", name: str = "X", type: str = "person") -> Link:
    return Link(start, end, text[start:end], "resolved", id, name, type, 0.99)


def test_the_text_is_shown_as_it_is_with_every_mention_marked(curated: resolve.Resolver) -> None:
    text = "\tВчера Тихановская\r\n и  <b>Lukashenko</b> & «Бабарыка»\n\nالرئيس مينسك\n"
    document = curated.text(text, all=True)
    seen = page(document)
    assert seen.text == text
    assert seen.marks == [link.text for link in document.links]
    assert len(seen.marks) >= 3


@given(st.text(max_size=60), st.lists(st.integers(0, 60), max_size=8))
def test_law_any_text_is_shown_whole(text: str, cuts: list[int]) -> None:
    places = sorted({min(cut, len(text)) for cut in cuts})
    links = tuple(resolved(a, b, text) for a, b in zip(places[::2], places[1::2]) if a < b)
    seen = Page(view.marked(Document("a", text, links), {"x": 1}))
    assert seen.text == view._UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", text)
    assert len(seen.marks) == len(links)


def test_nothing_of_a_text_or_gazetteer_becomes_markup() -> None:
    entity = Entity(NASTY, NASTY, "person", description=NASTY, wikidata="javascript:alert(1)")
    links = (
        Link(0, len(NASTY), NASTY, "resolved", NASTY, NASTY, "person", 0.99, scheme='" onclick="x', base=NASTY),
        Link(30, 35, "Ivan'", "ambiguous", candidates=(Candidate(NASTY, '"><img src=x>', 1.0, 0.4),)),
    )
    document = Document('"><img src=x>', NASTY.ljust(30) + "Ivan'", links)
    seen = page(document, document, known=lambda _id, _name: entity)
    assert {tag for tag, _ in seen.elements} & {"script", "img", "iframe", "link", "object", "base"} == set()
    for _, attributes in seen.elements:
        assert not [name for name in attributes if name.startswith("on")]
        assert re.match(r"#|https://www\.wikidata\.org/wiki/Q\d+$", attributes.get("href") or "#")


def test_a_report_asks_nothing_of_anybody(curated: resolve.Resolver) -> None:
    html = "".join(writer("html", known=curated.entity)([curated.text("Lukashenko met Tsikhanouskaya in Minsk.")]))
    assert "default-src 'none'" in html
    assert not re.search(r"url\(|@import|<script|<link|src=", html)
    seen = Page(html)
    assert {attributes["href"] for tag, attributes in seen.elements if tag == "a" and "wikidata" in str(attributes)}


def test_every_link_within_the_page_leads_somewhere(curated: resolve.Resolver) -> None:
    texts = ["Lukashenko met Tsikhanouskaya. Ivan left.", "Лукашенко и Минск", "Nobody."] * 3
    for count in (1, 3, 9):
        documents = [curated.text(text, id=f"{i}.txt", all=True) for i, text in enumerate(texts[:count])]
        seen = page(*documents)
        ids = [attributes["id"] for _, attributes in seen.elements if "id" in attributes]
        assert len(ids) == len(set(ids))
        wanted = {str(a["href"])[1:] for _, a in seen.elements if str(a.get("href")).startswith("#")}
        assert wanted <= set(ids)
        assert len(wanted) >= 2


def test_the_table_counts_spellings_and_documents() -> None:
    one = Document("a", "Ivan Ivan", (resolved(0, 4, "Ivan"), resolved(5, 9, "Ivan Ivan")))
    two = Document("b", "Іван", (resolved(0, 4, "Іван"),))
    table = view.entity_table([one, two], view.numbers([one, two]))
    assert "<bdi>Ivan</bdi>&nbsp;2" in table
    assert "<bdi>Іван</bdi>&nbsp;1" in table
    assert re.findall(r'data-label="([^"]+)">(?:<a[^>]+>)?(\d+)', table) == [
        ("mentions", "3"), ("text 1", "2"), ("text 2", "1"),
    ]  # fmt: skip


def test_ambiguous_mentions_show_their_candidates_and_unknown_ones_say_so() -> None:
    links = (
        Link(
            0, 4, "Ivan", "ambiguous", candidates=(Candidate("a", "Ivan A", 1, 0.6), Candidate("b", "Ivan B", 1, 0.3))
        ),
        Link(5, 9, "Petr", "unknown"),
    )
    table = view.open_table([Document("x", "Ivan Petr", links)])
    assert table.index("Ivan A") < table.index("0.600") < table.index("Ivan B") < table.index("Petr")
    assert "unknown" in table


def test_the_bars_of_the_chart_are_as_wide_as_their_shares(curated: resolve.Resolver) -> None:
    document = curated.text("Alyaksandr Lukashenka left. Svetlana Tikhanovskaya and Viktor Babariko stayed.")
    profile = document.profile()
    chart = view.profile_chart(profile)
    widths = [float(width) for width in re.findall(r'y="20" width="([\d.]+)%"', chart)]
    counts = list(profile.bases().values())
    assert widths == [pytest.approx(100 * count / sum(counts), abs=0.01) for count in counts]
    assert len(widths) > 1
    for base, count in profile.bases().items():
        assert f"{count} {base}" in chart


@given(st.lists(st.sampled_from(["be", "ru", "uk", "be/ru", "pl", "de", "fr", "en", ""]), min_size=1, max_size=30))
def test_law_a_chart_never_leaves_its_frame(bases: list[str]) -> None:
    links = tuple(Link(i, i + 1, "x", "resolved", f"e{i % 3}", "X", "person", base=b) for i, b in enumerate(bases))
    chart = view.profile_chart(Document("a", "x" * 30, links).profile())
    for left, width in re.findall(r'x="([\d.]+)%" y="\d+" width="([\d.]+)%"', chart):
        assert float(left) + float(width) <= 100.02
    Page(chart)
