"""How do programs read it that read a word a line: CoNLL-U, and IOB2 tags?

CoNLL-U (Universal Dependencies, version 2): ten columns, with the tag, the ID and the place in the last one. The
place is a ``TokenRange`` in code points, as UDPipe writes it; ``SpacesAfter`` gives the text back exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from resolve.model import Document
from resolve.view import Known
from resolve.write.lines import round_down
from resolve.write.words import Word, kind, sentences

TAGS = {"person": "PER", "organization": "ORG", "place": "LOC"}
"""The tag of every type, as in the shared tasks of CoNLL."""
_SPACES = {" ": r"\s", "\t": r"\t", "\r": r"\r", "\n": r"\n"}
_RESERVED = re.compile(r"[|%=\s]")


def conllu(documents: Iterable[Document], known: Known | None = None) -> Iterator[str]:
    """The sentences of every document, each with its text."""
    for number, document in enumerate(documents, 1):
        lines = [f"# newdoc id = {' '.join(document.id.split()) or number}\n", "# offsets = unicode code points\n"]
        for place, sentence in enumerate(sentences(document), 1):
            text = "".join(word.text + " " * bool(word.after) for word in sentence).rstrip(" ")
            lines += [f"# sent_id = {number}-{place}\n", f"# text = {text}\n"]
            lines += [_row(i, word, known) for i, word in enumerate(sentence, 1)]
            lines.append("\n")
        yield "".join(lines) if len(lines) > 2 else ""


def _row(number: int, word: Word, known: Known | None) -> str:
    facts = []
    if word.link is not None:
        facts.append(f"NER={tag(word, known)}")
        if word.link.entity_id is not None:
            facts += [f"Entity={_value(word.link.entity_id)}", f"Prob={round_down(word.link.probability)}"]
        if word.link.status != "resolved":
            facts.append(f"Status={word.link.status}")
    if not word.after:
        facts.append("SpaceAfter=No")
    elif word.after != " ":
        facts.append(f"SpacesAfter={''.join(_SPACES.get(c, c) for c in word.after)}")
    facts.append(f"TokenRange={word.start}:{word.end}")
    return "\t".join([str(number), word.text, *"_" * 7, "|".join(facts)]) + "\n"


def _value(text: str) -> str:
    """An ID as a value of the last column, which bars, blanks and equals signs divide; they are percent-encoded."""
    return _RESERVED.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), text)


def tag(word: Word, known: Known | None = None) -> str:
    """The IOB2 tag of a word: B- where a mention begins, I- inside, O outside."""
    if word.link is None:
        return "O"
    return f"{'B' if word.first else 'I'}-{TAGS[kind(word.link, known)]}"


def iob2(documents: Iterable[Document], known: Known | None = None) -> Iterator[str]:
    """Three columns: word, tag, entity; a blank line between sentences, ``-DOCSTART-`` before every document."""
    for document in documents:
        lines = ["-DOCSTART-\tO\t_\n\n"]
        for sentence in sentences(document):
            for word in sentence:
                entity = word.link.entity_id if word.link else None
                lines.append(f"{word.text}\t{tag(word, known)}\t{_value(entity) if entity else '_'}\n")
            lines.append("\n")
        yield "".join(lines)
