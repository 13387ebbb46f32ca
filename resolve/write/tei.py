"""How does an editor of TEI read it?

TEI P5: names are `persName`, `orgName` and `placeName` with a `ref` to an item of the `standOff` that says who is
meant, so that the file is whole in itself. Several documents are a `teiCorpus`. The markup stands in the text, so that
nothing needs to be counted; only line ends go where XML takes them, CR as a character reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from resolve.model import Document, Link
from resolve.version import __version__
from resolve.view import WIKIDATA, Known
from resolve.write.words import disjoint, kind

SURE = 0.95
"""From this probability on a link is given as of high certainty."""
_ELEMENTS = {"person": "persName", "organization": "orgName", "place": "placeName"}
_LISTS = {
    "person": ("listPerson", "person"), "organization": ("listOrg", "org"), "place": ("listPlace", "place"),
}  # fmt: skip
_UNWRITABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PARAGRAPH = re.compile(r"(?:\r?\n[ \t]*){2,}")
_OUTSIDE_NAME = re.compile(r"[^\w.-]", re.ASCII)
_OPENING = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = ' xmlns="http://www.tei-c.org/ns/1.0"'


def write(documents: Iterable[Document], known: Known | None = None) -> Iterator[str]:
    """One document as ``TEI``, several as ``teiCorpus``."""
    stream = iter(documents)
    first = next(stream, None)
    second = next(stream, None)
    if first is None or second is None:
        yield _OPENING + _tei(first or Document("", ""), known, 1, _NAMESPACE)
        return
    yield f"{_OPENING}<teiCorpus{_NAMESPACE}>\n{_header('texts')}"
    for number, document in enumerate((first, second), 1):
        yield _tei(document, known, number)
    for number, document in enumerate(stream, 3):
        yield _tei(document, known, number)
    yield "</teiCorpus>\n"


def _text(text: str) -> str:
    # loads much that has to do with the network, and is needed only here
    from xml.sax.saxutils import escape

    return escape(_UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text), {"\r": "&#13;"})


def _attribute(text: str) -> str:
    from xml.sax.saxutils import quoteattr

    return quoteattr(_UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text))


def _header(title: str) -> str:
    return (
        f"<teiHeader><fileDesc><titleStmt><title>{_text(title)}</title>"
        f"<respStmt><resp>entities identified by program</resp><name>resolve {__version__}</name></respStmt></titleStmt>"
        "<publicationStmt><p>Unpublished.</p></publicationStmt>"
        "<sourceDesc><p>A digital text, its characters unchanged.</p></sourceDesc></fileDesc></teiHeader>\n"
    )


def _tei(document: Document, known: Known | None, number: int, namespace: str = "") -> str:
    links = list(disjoint(document))
    ids: dict[str, str] = {}
    for link in links:
        for key in _meant(link):
            ids.setdefault(key, _xml_id(key, ids, number))
    body = "".join(f'<p xml:space="preserve">{part}</p>\n' for part in _paragraphs(document.text, links, ids, known))
    return (
        f"<TEI{namespace}>\n{_header(document.id or 'text')}{_stand_off(links, ids, known)}"
        f"<text><body>\n{body or '<p/>'}</body></text>\n</TEI>\n"
    )


def _meant(link: Link) -> list[str]:
    """The entities that a mention refers to: one, or all that it could mean."""
    if link.entity_id is not None:
        return [link.entity_id]
    return [candidate.entity_id for candidate in link.candidates] if link.status == "ambiguous" else []


def _xml_id(key: str, taken: dict[str, str], number: int) -> str:
    """An ID as an XML name that no other has; IDs are of the whole file, so the document's number is in it."""
    base = found = f"d{number}.{_OUTSIDE_NAME.sub('_', key)}"
    times = 1
    while found in taken.values():
        times += 1
        found = f"{base}.{times}"
    return found


def _paragraphs(text: str, links: list[Link], ids: dict[str, str], known: Known | None) -> Iterator[str]:
    """The text by blank lines, which stay outside of the paragraphs; a mention is never divided."""
    inside = [(link.start, link.end) for link in links]
    edges = [
        match.span() for match in _PARAGRAPH.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in inside)
    ]  # fmt: skip
    place, waiting = 0, iter([*links, None])
    link = next(waiting)
    for left, right in [*edges, (len(text), len(text))]:
        pieces, done = [], place
        while link is not None and link.end <= left:
            pieces += [_text(text[done : link.start]), _name(link, ids, known)]
            done, link = link.end, next(waiting)
        pieces.append(_text(text[done:left]))
        if left > place:
            yield "".join(pieces)
        place = right


def _name(link: Link, ids: dict[str, str], known: Known | None) -> str:
    element, text = _ELEMENTS[kind(link, known)], _text(link.text)
    if link.status == "resolved" and link.entity_id is not None:
        sure = "high" if link.probability >= SURE else "medium"
        return f'<{element} ref="#{ids[link.entity_id]}" cert="{sure}">{text}</{element}>'
    if link.status == "ambiguous":
        # one of them: TEI's ref would say that it is all of them
        among = " ".join(f"#{ids[key]}" for key in _meant(link))
        note = f'<note type="candidates" target="{among}"/>' if among else ""
        return f'<{element} type="ambiguous" cert="low">{text}</{element}>{note}'
    return f'<{element} type="unknown">{text}</{element}>'


def _stand_off(links: list[Link], ids: dict[str, str], known: Known | None) -> str:
    """Who is meant: an item for every entity, by type."""
    groups: dict[str, dict[str, str]] = {}
    for link in links:
        for key, name, type in _named(link, known):
            groups.setdefault(type, {}).setdefault(key, name)
    lists = []
    for type, members in groups.items():
        outer, inner = _LISTS[type]
        items = "".join(_item(inner, _ELEMENTS[type], ids[key], key, name, known) for key, name in members.items())
        lists.append(f"<{outer}>\n{items}</{outer}>\n")
    return f"<standOff>\n{''.join(lists)}</standOff>\n" if lists else ""


def _named(link: Link, known: Known | None) -> Iterator[tuple[str, str, str]]:
    if link.entity_id is not None:
        yield link.entity_id, link.name or link.entity_id, kind(link, known)
        return
    for candidate in link.candidates if link.status == "ambiguous" else ():
        entity = known(candidate.entity_id, candidate.name) if known else None
        yield candidate.entity_id, entity.name if entity else candidate.name, entity.type if entity else "person"


def _item(element: str, label: str, id: str, key: str, name: str, known: Known | None) -> str:
    entity = known(key, name) if known else None
    numbers = f'<idno type="resolve">{_text(key)}</idno>'
    if entity and WIKIDATA.fullmatch(entity.wikidata):
        numbers += f'<idno type="WIKIDATA">{entity.wikidata}</idno>'
    return f"<{element} xml:id={_attribute(id)}><{label}>{_text(name)}</{label}>{numbers}</{element}>\n"
