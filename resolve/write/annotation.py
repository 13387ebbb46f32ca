"""How does a reader of W3C Web Annotations read it?

One `AnnotationCollection` as JSON-LD (Web Annotation Data Model, W3C Recommendation of 23 February 2017). Its
`TextPositionSelector` counts code points by definition; the quotation finds the place for programs that count
UTF-16 units. A mention that stays ambiguous has a `Choice` of its candidates as its body.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from resolve.model import Document, Link
from resolve.version import __version__
from resolve.view import WIKIDATA, Known
from resolve.write.lines import round_down

CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "probability": {
            "@id": "http://www.w3.org/2005/11/its/rdf#taConfidence",
            "@type": "http://www.w3.org/2001/XMLSchema#double",
        }
    },
]
"""The model's context, and how sure a link is in the terms of ITS 2.0."""
AROUND = 24
"""So many code points of the text are quoted before and after a mention."""
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:onomast:annotation")
_SCHEMES = ("http://", "https://", "file:", "urn:", "doi:", "ark:")


def write(documents: Iterable[Document], known: Known | None = None) -> Iterator[str]:
    """The collection, with an annotation a line."""
    context = json.dumps(CONTEXT)
    page = {"id": _urn("page"), "type": "AnnotationPage", "startIndex": 0}
    yield (
        f'{{"@context": {context}, "id": "{_urn("collection")}", "type": "AnnotationCollection", '
        f'"generator": {{"type": "Software", "name": "resolve {__version__}"}},\n'
        f'"first": {json.dumps(page)[:-1]}, "items": [\n'
    )
    total = 0
    for document in documents:
        lines = []
        for link in document.links:
            lines.append((",\n" if total else "") + json.dumps(_annotation(document, link, known), ensure_ascii=True))
            total += 1
        yield "".join(lines)
    yield f'\n]}},\n"total": {total}}}\n'


def source(id: str) -> str:
    """The reference to a document: its own IRI, or a relative one made of its name.

    >>> source("texts/новости 1.txt"), source("https://example.org/a")
    ('texts/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8%201.txt', 'https://example.org/a')
    """
    kept = id.encode("utf-8", "replace")
    return quote(kept, safe="/:?#[]@!$&'()*+,;=%~" if id.startswith(_SCHEMES) else "/")


def _urn(*facts: object) -> str:
    """The same name for the same thing in every run."""
    joined = "\0".join(map(str, facts)).encode("utf-8", "replace").decode()
    return uuid.uuid5(_SPACE, joined).urn


def _annotation(document: Document, link: Link, known: Known | None) -> dict[str, Any]:
    before = document.text[max(link.start - AROUND, 0) : link.start]
    after = document.text[link.end : link.end + AROUND]
    return {
        "id": _urn(document.id, link.start, link.end, link.status, link.entity_id),
        "type": "Annotation",
        "motivation": "identifying",
        "body": _bodies(link, known),
        "target": {
            "source": source(document.id),
            "selector": [
                {"type": "TextQuoteSelector", "exact": link.text, "prefix": before, "suffix": after},
                {"type": "TextPositionSelector", "start": link.start, "end": link.end},
            ],
        },
    }


def _bodies(link: Link, known: Known | None) -> list[dict[str, Any]]:
    if link.status == "ambiguous":
        items = [_entity(c.entity_id, c.name, c.probability, known) for c in link.candidates]
        return (
            [{"type": "Choice", "items": items}, _tag("ambiguous")] if len(items) > 1 else [*items, _tag("ambiguous")]
        )
    if link.entity_id is None:
        return [_tag("unknown")]
    body = [_entity(link.entity_id, link.name or "", link.probability, known)]
    entity = known(link.entity_id, link.name or "") if known else None
    if entity and WIKIDATA.fullmatch(entity.wikidata):
        page = f"http://www.wikidata.org/entity/{entity.wikidata}"
        body.insert(0, {"type": "SpecificResource", "source": page, "purpose": "identifying"})
    return [*body, *([_tag(link.type)] if link.type else [])]


def _entity(id: str, name: str, probability: float, known: Known | None) -> dict[str, Any]:
    """The ID of the gazetteer as a text; it is no IRI."""
    entity = known(id, name) if known else None
    return {
        "type": "TextualBody", "purpose": "identifying", "value": id,
        "label": entity.name if entity else name, "probability": round_down(probability),
    }  # fmt: skip


def _tag(value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": "tagging", "value": value}
