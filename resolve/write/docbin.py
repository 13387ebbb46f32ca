"""How does spaCy read it?

A `DocBin`: tokens as spaCy has them (blanks beyond one are tokens of their own, so that ``doc.text`` is the text, and offsets
count code points), resolved mentions as `ents` with their `kb_id_`, and all mentions with their status and
probability in ``doc.user_data["resolve"]``, with the name of the document and the unit of offsets. (`Doc.to_json` leaves
out both; a DocBin keeps them.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from resolve.errors import UsageError
from resolve.model import Document
from resolve.view import Known
from resolve.write.lines import OFFSET_UNIT, record
from resolve.write.words import disjoint, kind, words

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

LABELS = {"person": "PERSON", "organization": "ORG", "place": "LOC"}
"""The label of every type, as spaCy's pipelines have them."""


def write(documents: Iterable[Document], known: Known | None = None) -> Iterator[bytes]:
    """The bytes of a DocBin, which is one piece: all documents are held until the last one is there.

    Raises:
        UsageError: spaCy is not installed.

    """
    try:
        from spacy.tokens import DocBin
        from spacy.vocab import Vocab
    except ImportError:
        raise UsageError("writing spaCy's DocBin needs spaCy; pip install 'onomast[spacy]'") from None
    vocab = Vocab()
    held = DocBin(attrs=["ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID"], store_user_data=True)
    for document in documents:
        held.add(doc(document, vocab, known))
    yield held.to_bytes()


def doc(document: Document, vocab: Vocab, known: Known | None = None) -> Doc:
    """A document as spaCy's `Doc`, with its mentions as entities.

    Args:
        document: a text and its links.
        vocab: the vocabulary of the pipeline that goes on with it.
        known: what the gazetteer knows of an entity, for the types of ambiguous mentions.

    """
    from spacy.tokens import Doc

    texts, spaces = _tokens(document)
    made = Doc(vocab, words=texts, spaces=spaces, user_data={"resolve": _facts(document)})
    found = [
        made.char_span(link.start, link.end, LABELS[kind(link, known)], kb_id=link.entity_id or "")
        for link in disjoint(document) if link.status == "resolved"
    ]  # fmt: skip
    made.set_ents([span for span in found if span is not None])
    return made


def _facts(document: Document) -> dict[str, Any]:
    links = [record(document.id, link) for link in document.links]
    return {"doc": document.id, "offset_unit": OFFSET_UNIT, "links": links}


def _tokens(document: Document) -> tuple[list[str], list[bool]]:
    """The words, whether one blank follows each, and everything else between them as words of its own."""
    texts: list[str] = []
    spaces: list[bool] = []
    start = 0
    for word in words(document):
        if word.start > start:
            texts.append(document.text[start : word.start])
            spaces.append(False)
        one = word.after.startswith(" ")
        texts.append(word.text)
        spaces.append(one)
        start = word.end + one
    if start < len(document.text):
        texts.append(document.text[start:])
        spaces.append(False)
    return texts, spaces
