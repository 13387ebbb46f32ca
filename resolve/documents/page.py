"""Which text do a web page and a mail show?"""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from html.parser import HTMLParser

from resolve.documents.mapped import Mapped, plain
from resolve.errors import EncodingError, InputError, UnreadableError
from resolve.text import decode

_HIDDEN = frozenset(
    {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "select", "textarea"}
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_CELLS = frozenset({"td", "th"})
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)")
_BLANK = re.compile(r"[ \t\r\n\f]+")
_UNFIT = frozenset(
    {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "unicode_escape", "raw_unicode_escape"}
)
_SHOWN = ("from", "to", "cc", "subject", "date")


class _Shown(HTMLParser):
    """The text of a page: blocks on lines of their own, blanks as a browser joins them, nothing hidden."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden: list[str] = []
        self.preformatted = 0

    def _break(self, count: int) -> None:
        """So many line ends, unless they are there."""
        while self.pieces and not self.pieces[-1].strip(" "):
            self.pieces.pop()
        if not self.pieces:
            return
        self.pieces[-1] = self.pieces[-1].rstrip(" ") if not self.preformatted else self.pieces[-1]
        there = len(self.pieces[-1]) - len(self.pieces[-1].rstrip("\n"))
        self.pieces.append("\n" * max(count - there, 0))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        if tag in _VOID:
            if tag in {"br", "hr"}:
                self.pieces.append("\n")
            return
        if self.hidden or tag in _HIDDEN or "hidden" in facts or facts.get("aria-hidden") == "true":
            self.hidden.append(tag)
            return
        self.preformatted += tag == "pre"
        if tag in _BLOCKS:
            self._break(1 if tag in {"li", "tr", "dt", "dd"} else 2)

    def handle_endtag(self, tag: str) -> None:
        if self.hidden:
            if tag in self.hidden:
                while self.hidden.pop() != tag:
                    pass
            return
        self.preformatted = max(self.preformatted - (tag == "pre"), 0)
        if tag in _BLOCKS:
            self._break(1 if tag in {"li", "tr", "dt", "dd"} else 2)
        elif tag in _CELLS:
            self.pieces.append("\t")

    def handle_data(self, data: str) -> None:
        if self.hidden:
            return
        text = data if self.preformatted else _BLANK.sub(" ", data)
        last = next((piece for piece in reversed(self.pieces) if piece), "\n")
        self.pieces.append(text.removeprefix(" ") if last[-1] in " \n\t" and not self.preformatted else text)


def shown(source: str) -> str:
    r"""The text that a page shows.

    >>> shown("<style>p{}</style><h1>Навіны</h1><p>Прэзідэнт <b>Лука</b>шэнка<br>&amp; Co<script>x</script>")
    'Навіны\n\nПрэзідэнт Лукашэнка\n& Co'
    """
    page = _Shown()
    page.feed(source)
    page.close()
    return "".join(page.pieces).strip("\n ")


def _checked(encoding: str, name: str) -> str:
    """An encoding that a file declares, if it is one of texts.

    Raises:
        EncodingError: it is none, or one that is no encoding of texts on the web and can be made to take for ever.

    """
    try:
        known = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        known = ""
    if not known or known in _UNFIT:
        raise EncodingError(name, 1, f"declares the encoding {encoding!r}", "name the right one with --encoding")
    return known


def html(data: bytes, name: str, encoding: str | None = None) -> Mapped:
    """The text of a web page, in the encoding that is asked for, or that it declares, or UTF-8."""
    declared = _DECLARED.search(data[:4096]) or _XML.search(data[:200])
    if encoding is None and data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    chosen = encoding or (_checked(declared[1].decode("ascii"), name) if declared else "utf-8")
    text = decode(data, name, chosen).removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    return plain(Mapped.of(shown(text)))


def mail(data: bytes, name: str, _encoding: str | None = None) -> Mapped:
    """The text of a mail: who wrote to whom about what, then what it says; plain rather than HTML, no attachments.

    Raises:
        EncodingError: it declares an encoding that does not fit or that nobody knows.
        UnreadableError: it is no mail.

    """
    try:
        return plain(Mapped.of(_mail(data, name)))
    except InputError:
        raise
    except (LookupError, UnicodeError) as error:
        raise EncodingError(name, 1, f"its text cannot be decoded ({error})", "save its text as UTF-8") from None
    except Exception as error:  # noqa: BLE001 - of a damaged mail the library raises whatever it meets first
        raise UnreadableError(name, f"no sound mail: {error}", UnreadableError.DAMAGED) from None


def _mail(data: bytes, name: str) -> str:
    message = email.message_from_bytes(data, policy=email.policy.default)
    heads = [f"{key.title()}: {value}" for key in _SHOWN for value in [message.get(key)] if value]
    body = message.get_body(("plain", "html"))
    if body is None:
        return "\n".join(heads)
    if charset := body.get_content_charset():
        _checked(charset, name)
    content = body.get_content()
    text = content if isinstance(content, str) else ""
    if body.get_content_subtype() == "html":
        text = shown(text)
    return "\n".join([*heads, "", text]).replace("\r\n", "\n")
