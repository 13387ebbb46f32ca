"""The HTML report in a real browser, from disk and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import resolve
from resolve.model import Document
from resolve.write import save
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

ARABIC = (
    "التقت سفياتلانا تسيخانوسكايا بالرئيس البولندي أندريه دودا. وقال ألكسندر لوكاشينكو إن فلاديمير بوتين سيزور مينسك.\n"
)
NEWS = (ROOT / "examples" / "news.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def report(curated: resolve.Resolver, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on twenty texts, one of them long and one in Arabic, with hundreds of mentions."""
    texts = [NEWS * 8, ARABIC * 3 + NEWS, *(f"{part}\n" for part in (NEWS.split("\n\n") * 4)[:18])]
    found: list[Document] = [
        curated.text(text, f"correspondence/2020/08/dispatch-number-{n:02d}-from-the-capital.txt", all=True)
        for n, text in enumerate(texts, 1)
    ]
    assert sum(len(document.links) for document in found) > 300
    path = tmp_path_factory.mktemp("report") / "report.html"
    save(found, path, known=curated.entity)
    return path


@pytest.fixture
def open_report(browser: Any, report: Path) -> Iterator[Any]:
    """Opens the report from disk; nothing may be asked of anybody, and nothing be complained about."""
    contexts, asked, complaints = [], [], []

    def opened(**options: Any) -> Any:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(report.as_uri())
        return page

    yield opened
    assert set(asked) == {report.as_uri()}
    assert complaints == []
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [360, 820, 1280])
def test_nothing_reaches_beyond_the_screen(open_report: Any, width: int) -> None:
    page = open_report(viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    outside = page.evaluate("""() => [...document.querySelectorAll("td, th, li, mark, svg, h2, h3")]
        .filter((each) => each.offsetParent && each.getBoundingClientRect().right > innerWidth + 1)
        .map((each) => each.textContent.slice(0, 40))""")
    assert outside == []


def test_mentions_lead_to_their_entity_and_counts_to_the_first_mention(open_report: Any) -> None:
    page = open_report()
    page.locator("mark.rv-resolved a").first.click()
    assert page.locator("tr:target").count() == 1
    page.locator("td.rv-where a").last.click()
    assert page.locator("mark:target").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_right_to_left_text_stands_right(open_report: Any, scheme: str) -> None:
    page = open_report(color_scheme=scheme)
    gap = page.evaluate("""() => {
        const box = document.querySelector("#d2 .rv-text").getBoundingClientRect();
        const mark = document.querySelector("#d2 mark").getBoundingClientRect();
        return box.right - mark.right;
    }""")
    assert gap < 90, "the second word of a line that begins at the right edge"


def test_it_prints_with_page_numbers_and_nothing_torn_apart(open_report: Any, tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    open_report().pdf(path=tmp_path / "report.pdf", format="A4")
    document = pdfium.PdfDocument(tmp_path / "report.pdf")
    pages = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    document.close()
    assert len(pages) > 5
    assert all(re.search(rf"\b{number} / {len(pages)}\b", page) for number, page in enumerate(pages, 1))
    with_heads = [page for page in pages if re.search(r"mentions\s+in text", page)]
    assert len(with_heads) > 1, "the head of a table stands on each of its pages"
    (chart,) = (page for page in pages if "Languages that the spellings are based on" in page)
    assert "be: Belarusian" in chart
    assert re.search(r"^all \d+ \w+", chart, re.MULTILINE), "the chart stands with its legend"
