"""How does brat read it?

Standoff: for every document its text and a file of annotations, whose offsets count code points of it. Entities
are normalisations (``N`` lines), how sure a link is stands in a note (``#`` lines). A mention that a line end
breaks has a fragment for every line, as brat wants it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from resolve.model import Document, Link
from resolve.view import WIKIDATA, Known
from resolve.write.lines import round_down
from resolve.write.words import kind

CONFIGURATION = """\
# Offsets count Unicode code points of the text.
[entities]
Person
Organization
Place
[relations]
[events]
[attributes]
Status Arg:<ENTITY>, Value:ambiguous|unknown
"""
_BREAK = re.compile(r"[\r\n]+")
_UNSAFE = re.compile(r"[^\w.-]+")
_GAP = re.compile(r"\s+")


def write(documents: Iterable[Document], known: Known | None = None) -> Iterator[tuple[str, str]]:
    """The files of a folder: their names and texts."""
    yield "annotation.conf", CONFIGURATION
    taken: set[str] = set()
    for document in documents:
        name = _name(document.id, taken)
        yield f"{name}.txt", document.text
        yield f"{name}.ann", "".join(_lines(document, known))


def _name(id: str, taken: set[str]) -> str:
    """A name for the files of a document that no other has.

    >>> taken: set[str] = set()
    >>> [_name(id, taken) for id in ("a/news.txt", "b/news.txt", "-")]
    ['news', 'news-2', 'text']
    """
    stem = _UNSAFE.sub("_", PurePath(id.removesuffix(".gz")).stem).strip("._-")[:80] or "text"
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    taken.add(name)
    return name


def _lines(document: Document, known: Known | None) -> Iterator[str]:
    for number, link in enumerate(document.links, 1):
        spans = _fragments(link)
        places = ";".join(f"{start} {end}" for start, end in spans)
        text = " ".join(document.text[start:end] for start, end in spans)
        yield f"T{number}\t{kind(link, known).capitalize()} {places}\t{text}\n"
        if link.status != "resolved":
            yield f"A{number}\tStatus T{number} {link.status}\n"
        if link.entity_id is not None:
            yield f"N{number}\tReference T{number} {_reference(link, known)}\t{_GAP.sub(' ', link.name or '')}\n"
        told = _note(link)
        if told:
            yield f"#{number}\tAnnotatorNotes T{number}\t{told}\n"


def _fragments(link: Link) -> list[tuple[int, int]]:
    """The parts of a mention that stand on one line each."""
    found, place = [], 0
    for gap in [*_BREAK.finditer(link.text), None]:
        end = gap.start() if gap else len(link.text)
        if end > place:
            found.append((link.start + place, link.start + end))
        place = gap.end() if gap else end
    return found


def _reference(link: Link, known: Known | None) -> str:
    entity = known(link.entity_id or "", link.name or "") if known else None
    if entity and WIKIDATA.fullmatch(entity.wikidata):
        return f"Wikidata:{entity.wikidata}"
    return f"resolve:{_GAP.sub('_', link.entity_id or '')}"


def _note(link: Link) -> str:
    if link.status == "resolved":
        return _GAP.sub(" ", f"{link.entity_id} probability={round_down(link.probability)}")
    return _GAP.sub(" ", "; ".join(f"{c.entity_id} probability={round_down(c.probability)}" for c in link.candidates))
