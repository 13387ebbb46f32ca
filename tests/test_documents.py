"""Which texts do the files hold that people have?"""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

import resolve
from resolve.documents import Source, one, packed, read
from resolve.documents.mapped import Mapped, plain
from resolve.documents.page import shown
from resolve.documents.pdf import reordered
from resolve.errors import EncodingError, InputError, TableError, UnreadableError
from tests.conftest import Run
from tests.pdf import pdf

TEXT = "Вчера Светлана Тихановская говорила.\r\n"


def file(folder: Path, name: str, data: str | bytes) -> str:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(path)


def only(path: str, **options: Any) -> Source:
    (source,) = read(path, **options)
    return source


# ---------------------------------------------------------------- texts, packed and not


def test_texts_are_as_they_are_stored_packed_or_not(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    data = TEXT.encode()
    frames = b"".join(zstandard.ZstdCompressor().compress(part) for part in (data[:9], data[9:]))
    for name, stored in (
        ("a.txt", data), ("b.md", data), ("c", data), ("d.txt.gz", gzip.compress(data)),
        ("e.txt.zst", frames),
    ):  # fmt: skip
        source = only(file(tmp_path, name, stored))
        assert (source.text, source.extracted, Path(source.id).name) == (TEXT, None, name)


def test_packing_that_breaks_off_is_an_error_and_not_a_shorter_text(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    data = (TEXT * 1000).encode()
    for name, stored in (("a.txt.zst", zstandard.ZstdCompressor().compress(data)), ("a.txt.gz", gzip.compress(data))):
        with pytest.raises(UnreadableError, match="cannot be read"):
            only(file(tmp_path, name, stored[: len(stored) // 2]))
    lines = "name\n" + "Viktar Babaryka\n" * 30_000
    packed_table = file(tmp_path, "n.csv.zst", zstandard.ZstdCompressor().compress(lines.encode()))
    assert len(list(read(packed_table, column="name"))) == 30_000


def test_damaged_packing_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    pytest.importorskip("zstandard")
    pytest.importorskip("docx")
    pytest.importorskip("pypdfium2")
    for name in ("a.txt.gz", "a.txt.zst", "a.zip", "a.docx", "a.pdf", "a.jsonl.zst"):
        with pytest.raises(UnreadableError, match=f"{name}: cannot be read"):
            list(read(file(tmp_path, name, b"\x28\xb5\x2f\xfdthis is nothing")))


def test_an_encoding_is_detected_only_when_asked(tmp_path: Path) -> None:
    pytest.importorskip("charset_normalizer")
    text = "Вчера Светлана Тихановская говорила в Вильнюсе о том, что выборы в Белоруссии прошли нечестно. " * 5
    path = file(tmp_path, "a.txt", text.encode("windows-1251"))
    with pytest.raises(EncodingError, match="--encoding"):
        only(path)
    heard: list[str] = []
    assert only(path, encoding="auto", noticed=heard.append).text == text
    assert "a.txt: read as" in heard[0]
    assert only(path, encoding="windows-1251").text == text
    assert only(file(tmp_path, "b.txt", TEXT), encoding="auto", noticed=heard.append).text == TEXT
    assert len(heard) == 1, "what is UTF-8 needs no word"


# ---------------------------------------------------------------- archives


def test_an_archive_gives_the_texts_that_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("news/один.txt", TEXT)
        archive.writestr("two.html", "<p>Лука&shy;шэнка")
        archive.writestr("image.png", b"\x89PNG")
        archive.writestr("bad.txt", b"\xff\xff")
        archive.writestr("inner.zip", b"")
    failed: list[InputError] = []
    sources = list(read(str(path), failed=failed.append))
    assert [(source.id, source.text) for source in sources] == [
        (f"{path}/news/один.txt", TEXT), (f"{path}/two.html", "Лукашэнка"),
    ]  # fmt: skip
    assert [str(error).startswith(f"{path}/bad.txt:1: ") for error in failed] == [True]


def test_a_bomb_is_refused_and_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"0" * 300_000)
        archive.writestr("good.txt", TEXT)
    monkeypatch.setattr(packed, "FREE", 10_000)
    failed: list[InputError] = []
    assert [source.text for source in read(str(path), failed=failed.append)] == [TEXT]
    assert "bomb.txt" in str(failed[0])
    assert "become more than" in str(failed[0])
    monkeypatch.setattr(packed, "FREE", 1 << 24)
    monkeypatch.setattr(packed, "MAX_TOTAL", 1000)
    with pytest.raises(UnreadableError, match="more than 1000 bytes"):
        list(read(str(path)))
    monkeypatch.setattr(packed, "MAX_MEMBERS", 1)
    with pytest.raises(UnreadableError, match="2 files, more than 1"):
        list(read(str(path)))


def test_a_size_that_the_archive_lies_about_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"0" * 300_000)
    small = (10).to_bytes(4, "little")
    lying = stored.getvalue().replace((300_000).to_bytes(4, "little"), small)
    monkeypatch.setattr(packed, "FREE", 1000)
    with pytest.raises(UnreadableError, match=r"bomb\.txt"):
        list(read(file(tmp_path, "a.zip", lying)))


def test_an_encrypted_member_is_named(tmp_path: Path) -> None:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr("a.txt", TEXT)
    data = bytearray(stored.getvalue())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    with pytest.raises(UnreadableError, match=r"a\.txt: cannot be read.*encrypted"):
        list(read(file(tmp_path, "a.zip", bytes(data))))


# ---------------------------------------------------------------- pages and mails


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>one\n  two</p><p>three", "one two\n\nthree"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<ul><li>a<li>b</ul>c", "a\nb\n\nc"),
        ("<table><tr><td>Ivan</td><td>Minsk</td></tr><tr><td>Petr</td></tr></table>", "Ivan\tMinsk\t\nPetr\t"),
        ("<script>var a='<p>no'</script><style>x</style><template>y</template>yes", "yes"),
        ("<p hidden>no</p><div aria-hidden=true>no<p>no</p></div>yes", "yes"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<b>Лука</b>шэнка &amp; &#1055;уцін&nbsp;", "Лукашэнка & Пуцін\N{NO-BREAK SPACE}"),
        ("<title>T</title><body>b</body>", "T\n\nb"),
        ("<p>open <i>never closed", "open never closed"),
        ("", ""),
    ],
)
def test_a_page_is_read_as_a_browser_shows_it(source: str, text: str) -> None:
    assert shown(source) == text


def test_a_page_may_declare_its_encoding(tmp_path: Path) -> None:
    page = '<html><head><meta charset="windows-1251"></head><p>Лукашенко'
    assert only(file(tmp_path, "a.html", page.encode("cp1251"))).text == "Лукашенко"
    assert only(file(tmp_path, "b.html", page.encode("utf-16"))).text == "Лукашенко"
    with pytest.raises(EncodingError, match="'idna'"):
        only(file(tmp_path, "d.html", "<meta charset=idna>" + "a." * 1000))
    with pytest.raises(EncodingError, match="declares the encoding 'klingon'"):
        only(file(tmp_path, "c.html", "<meta charset=klingon>"))


def test_a_mail_shows_who_wrote_what(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Пресс-служба <a@example.org>", "b@example.org", "Встреча с Лукашенко"
    mail.set_content("Завтра приедет Светлана Тихановская.\n", charset="koi8-r")
    mail.add_alternative("<p>HTML</p>", subtype="html")
    text = only(file(tmp_path, "a.eml", bytes(mail))).text
    assert text.splitlines() == [
        "From: Пресс-служба <a@example.org>", "To: b@example.org", "Subject: Встреча с Лукашенко", "",
        "Завтра приедет Светлана Тихановская.",
    ]  # fmt: skip
    page = EmailMessage()
    page.set_content("<p>Лука&shy;шенко</p>", subtype="html")
    assert only(file(tmp_path, "b.eml", bytes(page))).text.strip() == "Лукашенко"
    assert only(file(tmp_path, "c.eml", b"Subject: x\nContent-Type: image/png\n\nx")).text == "Subject: x"
    with pytest.raises(EncodingError, match="'klingon'"):
        only(file(tmp_path, "d.eml", b"Content-Type: text/plain; charset=klingon\n\nx"))


@given(st.binary(max_size=200), st.sampled_from(["eml", "html", "docx", "pdf"]))
def test_law_any_bytes_give_a_text_or_an_error_of_ours(data: bytes, suffix: str) -> None:
    for library in ("docx", "pypdfium2"):
        pytest.importorskip(library)
    head = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" if suffix == "eml" else b""
    try:
        assert isinstance(one(f"a.{suffix}", head + data).text, str)
    except InputError as error:
        assert f"a.{suffix}" in str(error)  # noqa: PT017


@given(st.text(alphabet="<>/apbrlidivtableschr &;\"'=!-\n\t0x#", max_size=120))
def test_law_any_page_has_a_text(source: str) -> None:
    assert isinstance(shown(source), str)


# ---------------------------------------------------------------- DOCX and PDF


def test_a_docx_gives_paragraphs_and_cells(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    run = document.add_paragraph("Прэзідэнт ").add_run("Лука\N{SOFT HYPHEN}шэнка")
    run.bold = True
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Minsk", "Мінск"
    document.add_paragraph("Конец")
    document.save(tmp_path / "a.docx")
    assert only(str(tmp_path / "a.docx")).text == "Прэзідэнт Лукашэнка\nMinsk\tМінск\nКонец"


def test_a_docx_that_is_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("docx")
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" * 200_000)
    monkeypatch.setattr(packed, "FREE", 1000)
    with pytest.raises(UnreadableError, match="become more than"):
        only(str(path))


def test_a_pdf_gives_its_pages_and_says_where_they_were(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    source = only(file(tmp_path, "a.pdf", pdf(["Viktar Babaryka left.", "Then Luka-\nshenka came."])))
    assert source.text == "Viktar Babaryka left.\fThen Lukashenka came."
    assert source.extracted is not None
    offset = source.text.index("shenka")
    assert source.extracted.origin(offset) == ("page 2", len("Then Luka\N{SOFT HYPHEN}"))
    assert source.extracted.origin(3) == ("page 1", 3)
    assert only(file(tmp_path, "b.pdf", pdf(["Vladimir Kara-\nMurza"]))).text == "Vladimir Kara-Murza"


def test_words_to_the_left_are_read_from_the_right() -> None:
    def laid(text: str, order: Callable[[int], float]) -> Mapped:
        return reordered(text, {i: order(i) for i in range(len(text))})

    logical = "בנימין נתניהו"
    assert laid(logical, lambda i: -i).text == logical, "what is right stays so"
    assert laid(logical[::-1], lambda i: i).text == logical, "letters and words from the left"
    words = " ".join(word[::-1] for word in logical.split())
    middles = [*range(10, 16), 0, *range(6)]
    assert laid(words, lambda i: middles[min(i, 12)]).text == logical, "only letters from the left"
    mapped = laid(logical[::-1], lambda i: i)
    assert [logical[::-1][place] for place in mapped.places] == list(logical)
    pointed = "לָש"
    assert laid("שלָ", lambda i: i).text == pointed, "a mark stays behind its letter"


def test_presentation_forms_become_letters() -> None:
    assert plain(Mapped.of("\ufefb\ufe97")).text == "لات"
    assert plain(Mapped.of("\ufefb\ufe97")).places.tolist() == [0, 0, 1]


PRINTED = """<!doctype html><meta charset="utf-8"><style>body { width: 300px; font: 14px "DejaVu Sans", sans-serif }</style>
<p>Вчера Светлана Тихано&shy;вская говорила с Дональдом Тус&shy;ком в Виль&shy;нюсе, а Александр Лука&shy;шенко мол&shy;чал весь день.</p>
<p dir="rtl" lang="ar">التقت سفياتلانا تسيخانوسكايا بالرئيس أندريه دودا يوم 12 مايو.</p>
<p dir="rtl" lang="he" style="break-before: page">אלכסנדר לוקשנקו נפגש עם ולדימיר פוטין במינסק.</p>"""


@pytest.mark.browser
def test_what_a_browser_prints_is_read_in_order_and_whole(
    browser: Any, curated: resolve.Resolver, tmp_path: Path
) -> None:
    """A real PDF of Chromium's: right-to-left lines, words that a soft hyphen breaks, two pages."""
    pdfium = pytest.importorskip("pypdfium2")
    page = browser.new_page()
    page.set_content(PRINTED)
    page.pdf(path=tmp_path / "printed.pdf", format="A4")
    page.close()
    source = only(str(tmp_path / "printed.pdf"))
    words = " ".join(source.text.split())
    for line in (
        "Вчера Светлана Тихановская говорила с Дональдом Туском в Вильнюсе, а Александр Лукашенко молчал весь день.",
        "التقت سفياتلانا تسيخانوسكايا بالرئيس أندريه دودا يوم 12 مايو.",
        "אלכסנדר לוקשנקו נפגש עם ולדימיר פוטין במינסק.",
    ):
        assert line in words
    assert [link.entity_id for link in curated.text(source.text).links if link.type == "person"] == [
        "by-tsikhanouskaya-sviatlana", "pl-tusk-donald", "by-lukashenko-alexander", "by-tsikhanouskaya-sviatlana",
        "pl-duda-andrzej", "by-lukashenko-alexander", "ru-putin-vladimir",
    ]  # fmt: skip
    assert source.extracted is not None
    document = pdfium.PdfDocument(tmp_path / "printed.pdf")
    raw = {f"page {n + 1}": document[n].get_textpage().get_text_range() for n in range(len(document))}
    document.close()
    assert len(raw) == 2
    for offset, letter in enumerate(source.text):
        if letter.isalpha():
            part, place = source.extracted.origin(offset)
            assert raw[part][place] == letter


@given(st.text(alphabet="aБ\u00ad\ufffe\r\n \ufefb\u05d0", max_size=30))
def test_law_every_letter_of_a_plain_text_knows_where_it_was(raw: str) -> None:
    found = plain(Mapped.of(raw))
    assert len(found.text) == len(found.places)
    assert list(found.places) == sorted(found.places)
    for letter, place in zip(found.text, found.places, strict=True):
        assert letter == raw[place] or raw[place] in "\ufefb\ufffe"
    edges = [*found.segments(), (len(found.text), 0)]
    walked = [place + i for (at, place), (end, _) in pairwise(edges) for i in range(end - at)]
    assert walked == list(found.places)
    assert "\u00ad" not in found.text


def test_pdfs_that_are_none_or_too_long_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pypdfium2")
    with pytest.raises(UnreadableError, match=r"a\.pdf"):
        only(file(tmp_path, "a.pdf", b"%PDF-1.7 but no"))
    monkeypatch.setattr("resolve.documents.pdf.MAX_PAGES", 1)
    with pytest.raises(UnreadableError, match="2 pages, more than 1"):
        only(file(tmp_path, "b.pdf", pdf(["a", "b"])))


# ---------------------------------------------------------------- tables


def test_tables_give_a_text_for_each_row(tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    rows = [("x", "Лукашенко"), ("y", ""), ("z", 'a, "b"\nc')]
    pq.write_table(
        pa.table({"key": [k for k, _ in rows], "text": [t for _, t in rows], "status": [1, 2, 3]}),
        tmp_path / "a.parquet",
    )
    quoted = "".join(f'{k},"{t.replace(chr(34), chr(34) * 2)}",1\n' for k, t in rows)
    file(tmp_path, "a.csv", f"key,text,status\n{quoted}")
    lines = "".join(json.dumps({"key": k, "text": t, "status": 1}) + "\n" for k, t in rows)
    file(tmp_path, "a.jsonl.gz", gzip.compress(lines.encode()))
    for name in ("a.parquet", "a.csv", "a.jsonl.gz"):
        path = str(tmp_path / name)
        assert [(source.id, source.text) for source in read(path, id="key")] == rows
        assert [source.id for source in read(path)] == [f"{path}#{i}" for i in (1, 2, 3)]
    with pytest.raises(TableError, match="no column 'body' among 'key', 'text', 'status'"):
        list(read(str(tmp_path / "a.csv"), column="body"))
    with pytest.raises(TableError, match=r"no column 'nix' among .*--id"):
        list(read(str(tmp_path / "a.csv"), id="nix"))


# ---------------------------------------------------------------- the command


def test_the_command_writes_what_it_extracted_beside_the_result(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    folder = tmp_path / "in"
    folder.mkdir()
    file(folder, "a.html", "<p>Gestern sprach Swetlana Ticha&shy;nowskaja.")
    file(folder, "b.pdf", pdf(["Then Alexander Lukashenko", "and Viktar Babaryka left."]))
    file(folder, "c.txt", TEXT)
    file(folder, "broken.docx", b"")
    done = run("text", folder, "-o", tmp_path / "links.jsonl")
    assert done.code == 1
    assert "broken.docx: cannot be read" in done.err
    assert "offsets count code points of what was extracted" in done.err
    maps = {
        facts["doc"]: facts for path in (tmp_path / "links.jsonl.texts").glob("*.map.json")
        for facts in [json.loads(path.read_text(encoding="utf-8"))]
    }  # fmt: skip
    assert set(maps) == {str(folder / "a.html"), str(folder / "b.pdf")}
    assert [part["name"] for part in maps[str(folder / "b.pdf")]["parts"]] == ["page 1", "page 2"]
    links = [json.loads(line) for line in (tmp_path / "links.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(links) == 4
    for link in links:
        if link["doc"] in maps:
            stored = (tmp_path / "links.jsonl.texts" / maps[link["doc"]]["text"]).read_bytes().decode()
            assert stored[link["start"] : link["end"]] == link["text"]


def test_shares_are_together_the_whole(run: Run, tmp_path: Path) -> None:
    lines = "".join(f"{i},Светлана Тихановская {i}\n" for i in range(7))
    table = file(tmp_path, "a.csv", f"n,text\n{lines}")
    whole = run("text", table, "--id", "n").out.splitlines()
    shares = [run("text", table, "--id", "n", "--shard", f"{i}/3").out.splitlines() for i in (1, 2, 3)]
    assert sorted(line for share in shares for line in share) == sorted(whole)
    assert [len(share) for share in shares] == [3, 2, 2]
    names = file(tmp_path, "n.csv", "name\n" + "".join(f"Viktar Babaryka {i}\n" for i in range(450)))
    whole = run("names", names, "-j", "1").out.splitlines()
    shares = [run("names", names, "-j", "1", "--shard", f"{i}/2").out.splitlines()[1:] for i in (1, 2)]
    assert [len(share) for share in shares] == [250, 200]
    assert sorted(line for share in shares for line in share) == sorted(whole[1:])
    for wrong in ("0/2", "3/2", "x", "1/", "-1/2"):
        assert run("text", table, "--shard", wrong).code == 2


def test_a_share_that_was_killed_goes_on(run: Run, tmp_path: Path) -> None:
    names = file(tmp_path, "n.csv", "name\n" + "".join(f"Viktar Babaryka {i}\n" for i in range(850)))
    out = tmp_path / "out.csv"
    given = ("names", names, "-j", "1", "-o", out, "--shard")
    assert run(*given, "2/2").code == 0
    whole = out.read_bytes()
    assert whole.count(b"\n") == 401
    out.rename(tmp_path / ".out.csv.partial")
    (tmp_path / ".out.csv.partial").write_bytes(whole[: len(whole) * 2 // 3])
    assert run(*given, "2/2", "--resume").code == 0
    assert out.read_bytes() == whole
    assert run(*given, "1/2", "--resume").code == 2, "another share is another input"


def test_the_library_reads_them_too(curated: resolve.Resolver, tmp_path: Path) -> None:
    source = only(file(tmp_path, "a.html", "<p>Gestern sprach Swetlana Ticha&shy;nowskaja."))
    (link,) = curated.text(source.text).links
    assert (link.entity_id, link.text) == ("by-tsikhanouskaya-sviatlana", "Swetlana Tichanowskaja")


@pytest.mark.parametrize(
    ("name", "data", "kind", "advice"),
    [
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Microsoft Office", "save it as .docx"),
        ("a.odt", b"PK\x03\x04\x14\0", "office document", "save it as .docx"),
        ("a.rtf", b"{\\rtf1\\ansi Viktar Babaryka}", "RTF", "save it as .docx"),
        ("paper", b"%PDF-1.7\n", "a PDF", "rename it to .pdf"),
        ("scan.txt", b"\x89PNG\r\n\x1a\n", "a picture", "recognise its text first"),
        ("news.txt", gzip.compress(b"Viktar Babaryka"), "packed with gzip", "end in .gz"),
    ],
)
def test_what_is_no_text_is_named_and_not_searched_as_if_it_were(
    run: Run, tmp_path: Path, name: str, data: bytes, kind: str, advice: str
) -> None:
    path = file(tmp_path, name, data)
    done = run("text", path, file(tmp_path, "good.txt", "Angela Merkel"))
    assert (done.code, done.out.count("\n")) == (1, 1)
    assert f"{name}: cannot be read (it is no text but" in done.err
    assert kind in done.err
    assert advice in done.err


def test_advice_fits_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    pytest.importorskip("docx")
    pytest.importorskip("pypdfium2")
    for name in ("a.pdf", "a.docx", "a.zip", "a.txt.gz"):
        with pytest.raises(UnreadableError, match="save it anew"):
            list(read(file(tmp_path, name, b"\x28\xb5\x2f\xfdthis is nothing")))
    with pytest.raises(UnreadableError, match="check the path"):
        list(read(str(tmp_path / "gone.pdf")))
