"""The page in a real browser: what somebody sees, clicks and types."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import FAMILY
from tests.serving import Service, serving

pytestmark = pytest.mark.browser

TEXT = """Светлана Тихановская встретилась с Биллом Клинтоном в Бобруйске \N{GRINNING FACE}.
О Тихановской говорил Бабарыка; был и Иван Петров.
ביל קלינטון"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("page")
    (folder / "people.csv").write_text(FAMILY, encoding="utf-8")
    with serving("-g", str(folder / "people.csv"), "--decisions", str(folder / "decided.csv")) as found:
        yield found


@pytest.fixture
def open_page(browser: Any, service: Service) -> Iterator[Any]:
    """Opens the page; afterwards nothing may have failed in it, and nothing have been asked of anybody else."""
    contexts, complaints, foreign = [], [], []

    def opened(**options: Any) -> Any:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith(service.url) else foreign.append(request.url))
        page.goto(service.url)
        page.wait_for_selector("#holds:not(:empty)", state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
    assert foreign == []


def read(page: Any, text: str = TEXT) -> None:
    page.fill("#source", text)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#reading:not([hidden])")


def mentions(page: Any, kind: str = "") -> list[str]:
    found: list[str] = page.eval_on_selector_all(f".m{kind}", "all => all.map(m => m.textContent)")
    return found


def test_a_text_is_shown_whole_with_its_mentions(open_page: Any) -> None:
    page = open_page()
    read(page)
    assert mentions(page, ".resolved") == [
        "Светлана Тихановская", "Биллом Клинтоном", "Бобруйске", "Тихановской", "ביל קלינטון",
    ]  # fmt: skip
    assert mentions(page, ".ambiguous") == ["Бабарыка"]
    assert mentions(page, ".unknown") == ["Иван Петров"]
    assert page.eval_on_selector("#text", "text => text.textContent") == TEXT
    assert page.locator(".cast li").count() == 3
    colours = page.eval_on_selector_all(
        '.m[data-id="by-tsikhanouskaya-sviatlana"]', "all => all.map(m => getComputedStyle(m).backgroundColor)"
    )
    assert len(colours) == 2
    assert len(set(colours)) == 1


def test_a_mention_shows_its_candidates_and_the_waterfall(open_page: Any) -> None:
    page = open_page()
    read(page)
    page.click(".m.ambiguous")
    assert page.locator(".candidates > li").count() == 2
    assert page.text_content(".fall tfoot .bits").endswith("bits")
    assert "Бабарыка ~ Babaryka" in page.text_content(".fall")
    widths = page.eval_on_selector_all(
        ".fall tbody .track i", "bars => bars.map(bar => bar.getBoundingClientRect().width)"
    )
    assert max(widths) > 20
    page.click(".candidates > li:nth-child(2) button.name")
    assert "shown" in page.get_attribute(".candidates > li:nth-child(2)", "class")


def test_all_of_it_works_with_the_keyboard(open_page: Any) -> None:
    page = open_page()
    read(page)
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "Светлана Тихановская"
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "Биллом Клинтоном"
    page.keyboard.press("k")
    page.keyboard.press("o")
    assert page.evaluate("document.activeElement.textContent") == "Бабарыка"
    assert page.inner_text("#side .spelt") == "Бабарыка"
    page.keyboard.press("Escape")
    assert page.inner_text("#side h2") == "Named here"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "query"
    page.focus("#tab-gazetteer")
    page.keyboard.press("ArrowRight")
    assert page.get_attribute("#tab-compare", "aria-selected") == "true"


def test_a_decision_holds_at_once_is_listed_and_can_be_taken_back(open_page: Any, service: Service) -> None:
    page = open_page()
    read(page)
    assert page.inner_text("#open-count") == "1"
    page.keyboard.press("o")
    page.keyboard.press("2")
    page.wait_for_selector(".m.ambiguous", state="detached")
    assert "Бабарыка" in mentions(page, ".resolved")
    assert page.locator("#open-count").is_hidden()
    page.click("#tab-review")
    assert "Бабарыка means" in page.inner_text(".decided")
    page.reload()
    read(page)
    assert mentions(page, ".ambiguous") == []
    page.click("#tab-review")
    page.click(".decided button")
    page.wait_for_selector(".card[data-n]")
    assert service.get("/decisions")["decisions"] == []


def test_review_says_none_and_these_two_are_the_same(open_page: Any, service: Service) -> None:
    page = open_page()
    read(page)
    page.click("#tab-review")
    assert "О Тихановской говорил Бабарыка" in page.inner_text(".quote")
    same = page.get_by_role("button", name="These two are the same")
    assert same.is_disabled()
    for box in page.locator(".tick input").all():
        box.check()
    same.click()
    page.wait_for_selector(".decided li")
    rows = service.get("/decisions")["decisions"][0]["rows"]
    assert {row["kind"] for row in rows} == {"alias", "exclude"}
    assert service.get("/match?name=Babaryka")["status"] == "resolved"
    page.click(".decided button")
    page.wait_for_selector(".card[data-n]")
    page.get_by_role("button", name="None of these").click()
    page.wait_for_selector(".card[data-n]", state="detached")
    page.click("#tab-text")
    assert "Бабарыка" not in mentions(page, ".ambiguous")
    service_rows = service.get("/decisions")["decisions"][0]["rows"]
    assert {row["kind"] for row in service_rows} == {"exclude"}
    page.click("#tab-review")
    page.click(".decided button")
    page.wait_for_selector(".card[data-n]")


def test_the_gazetteer_is_searched_in_any_script(open_page: Any) -> None:
    page = open_page()
    page.click("#tab-gazetteer")
    page.fill("#query", "Тихановск")
    page.wait_for_selector('#found button[data-id="by-tsikhanouskaya-sviatlana"]')
    page.click('#found button[data-id="by-tsikhanouskaya-sviatlana"]')
    page.wait_for_selector("#entity .names")
    assert "Sviatlana Tsikhanouskaya" in page.inner_text("#entity")


def test_the_profile_counts_what_the_text_says(open_page: Any) -> None:
    page = open_page()
    read(page)
    page.click("#tab-profile")
    assert page.locator(".rows tbody tr").count() == 3
    assert "Russian" in page.inner_text(".legend")
    shares = page.eval_on_selector_all(".whole .seg", "all => all.map(s => s.getBoundingClientRect().width)")
    assert sum(shares) > 300


def test_two_names_are_compared(open_page: Any) -> None:
    page = open_page()
    page.click("#tab-compare")
    page.fill("#left", "Vlasova")
    page.fill("#right", "Уласава")
    page.keyboard.press("Enter")
    page.wait_for_selector("#comparison .fall")
    assert "%" in page.inner_text("#comparison .verdict")


def test_what_a_text_holds_is_never_markup(open_page: Any) -> None:
    page = open_page()
    nasty = "<img src=x onerror=document.title='broken'><script>document.title='broken'</script> Bill Clinton <b>x</b>"
    read(page, nasty)
    assert page.eval_on_selector("#text", "text => text.textContent") == nasty
    assert page.title() == "resolve"
    assert page.locator("#text img, #text script, #text b").count() == 0


def test_right_to_left_lines_stand_right_and_others_left(open_page: Any) -> None:
    page = open_page()
    read(page, "Bill Clinton came.\nباراك أوباما وبيل كلينتون في مينسك\nConclusion.")
    edges = page.evaluate("""() => {
        const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
        const box = document.getElementById("text").getBoundingClientRect(), found = {};
        for (let node; (node = walker.nextNode());) for (const [word, key] of [["باراك", "rtl"], ["Conclusion", "ltr"]]) {
            const at = node.data.indexOf(word);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at); range.setEnd(node, at + word.length);
            const place = range.getBoundingClientRect();
            found[key] = [place.left - box.left, box.right - place.right];
        }
        return found;
    }""")
    assert edges["rtl"][1] < 5
    assert edges["ltr"][0] < 5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_in_light_and_dark(open_page: Any, scheme: str) -> None:
    """Contrast of at least 4.5 between letters and what is behind them (WCAG 2.2, success criterion 1.4.3)."""
    page = open_page(color_scheme=scheme)
    read(page)
    page.click(".m.ambiguous")
    page.mouse.move(0, 0)
    ratios = page.evaluate("""() => {
        const paint = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
        const seen = (layers) => {
            paint.clearRect(0, 0, 1, 1);
            for (const layer of layers) { paint.fillStyle = layer; paint.fillRect(0, 0, 1, 1); }
            return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3);
        };
        const light = (rgb) => rgb.map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
        const found = {};
        for (const query of [".m", ".m.ambiguous", ".soft", ".eyebrow", ".state", ".facts dt", ".cast small", ".filters button", ".holds", ".badge", "button.primary", ".about", ".tabs button"]) {
            for (const element of document.querySelectorAll(query)) {
                const layers = [];
                for (let each = element; each; each = each.parentElement) layers.unshift(getComputedStyle(each).backgroundColor);
                const back = light(seen(layers)), front = light(seen([...layers, getComputedStyle(element).color]));
                const ratio = (Math.max(back, front) + 0.05) / (Math.min(back, front) + 0.05);
                found[query] = Math.min(found[query] ?? 99, ratio);
            }
        }
        return found;
    }""")
    assert len(ratios) >= 9
    assert {query: round(ratio, 2) for query, ratio in ratios.items() if ratio < 4.5} == {}


def test_a_phone_shows_all_without_scrolling_sideways(open_page: Any) -> None:
    page = open_page(viewport={"width": 360, "height": 740}, has_touch=True)
    read(page)
    for view in ("text", "review", "profile", "gazetteer", "compare"):
        page.click(f"#tab-{view}")
        page.wait_for_timeout(150)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), view
        near = page.eval_on_selector_all(
            "main h2, main .lead, main p",
            """all => all.filter(each => each.offsetParent && each.textContent).filter(each =>
                each.getBoundingClientRect().left + parseFloat(getComputedStyle(each).paddingLeft) < 8).map(each => each.textContent)""",
        )
        assert near == [], "words touch the edge of the screen"
    page.click("#tab-text")
    page.click(".m.ambiguous")
    page.wait_for_timeout(600)
    mention = page.locator(".m.chosen").bounding_box()
    sheet = page.locator("#side").bounding_box()
    assert mention["y"] + mention["height"] <= sheet["y"] + 1, "the sheet hides the mention"
    page.click("#side button[aria-label=Close]")
    assert page.locator(".m.chosen").count() == 0


def test_files_are_dropped_and_bad_ones_are_named(open_page: Any, tmp_path: Path) -> None:
    page = open_page()
    good, bad = tmp_path / "news.txt", tmp_path / "old.txt"
    good.write_text("Билл Клинтон приехал.", encoding="utf-8")
    bad.write_bytes("Билл Клинтон".encode("cp1251"))
    page.set_input_files("#file", bad)
    page.wait_for_selector("#notice:not([hidden])")
    assert "UTF-8" in page.inner_text("#notice")
    page.set_input_files("#file", good)
    page.wait_for_selector(".m.resolved")
    assert mentions(page) == ["Билл Клинтон"]
    assert page.locator("#notice").is_hidden()


def test_a_long_text_is_shown_and_walked(open_page: Any) -> None:
    page = open_page()
    text = "\n".join(f"{n}. Билл Клинтон встретил Хиллари Клинтон в Бобруйске." for n in range(1500))
    read(page, text)
    assert len(mentions(page)) == 4500
    shown = page.eval_on_selector_all(".chunk", "all => all.map(c => c.textContent)")
    assert len(shown) > 3
    assert "\n".join(shown) == text
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "Билл Клинтон"
