"""How are names resolved in a spaCy pipeline? By the component ``resolve``, which spaCy finds by its entry point.

>>> import spacy
>>> nlp = spacy.blank("ru")
>>> _ = nlp.add_pipe("resolve")
>>> [(ent.text, ent.label_, ent.kb_id_) for ent in nlp("Вчера Светлана Тихановская говорила.").ents]
[('Светлана Тихановская', 'PERSON', 'by-tsikhanouskaya-sviatlana')]
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from resolve.errors import CompiledError, UsageError
from resolve.index import open_index
from resolve.integrations.opened import opened, pack, unpack
from resolve.resolver import Resolver
from resolve.write import record

SETTINGS = "settings.json"
ARCHIVE = "gazetteer.zip"


class EntityResolver:
    """The component. It sets ``doc.ents`` with ``ent.kb_id_``, ``doc._.resolve_links`` and ``ent._.resolve_link``.

    A mention gets the tokens that it touches where the tokenizer cuts words elsewhere; the offsets in
    ``doc._.resolve_links`` are exact.

    Args:
        vocab: the vocabulary of the pipeline.
        name: the name of the component in it.
        gazetteer: the paths of sources or of a compiled directory; the curated default where nothing is given.
        threshold: the probability from which a link is resolved.
        all: list also ambiguous and unknown mentions in ``doc._.resolve_links``; they are no entities.
        overwrite: entities that earlier components found give way where they overlap; otherwise they
            stay, and get an ID where they are the same span.
        labels: the label of every type.

    """

    def __init__(
        self,
        vocab: Vocab,
        name: str,
        gazetteer: str | list[str] | None,
        threshold: float,
        *,
        all: bool,
        overwrite: bool,
        labels: dict[str, str],
    ) -> None:
        self.vocab, self.name, self.gazetteer, self.threshold = vocab, name, gazetteer, threshold
        self.all, self.overwrite, self.labels = all, overwrite, labels
        self._resolver: Resolver | None = None
        _extend()

    @property
    def resolver(self) -> Resolver:
        """The open gazetteer; opened when it is first needed, so that a saved pipeline can bring its own."""
        if self._resolver is None:
            self._resolver = opened(self.gazetteer, self.threshold)
        return self._resolver

    def __call__(self, doc: Doc) -> Doc:
        """Set the entities of a document."""
        found = self.resolver.text(doc.text, all=self.all)
        doc._.resolve_links = [record("", link) for link in found.links]
        spans = []
        for link in found.links:
            if link.status == "resolved":
                span = doc.char_span(
                    link.start, link.end, self.labels.get(link.type or "", "MISC"), kb_id=link.entity_id or "",
                    alignment_mode="expand",
                )  # fmt: skip
                spans += [span] if span is not None else []
        doc.set_ents(self._together(spans, doc.ents))
        return doc

    def _together(self, ours: list[Span], theirs: Iterable[Span]) -> list[Span]:
        """The spans of both that do not overlap; those of the first choice come first."""
        same = {(span.start, span.end): span.kb_id_ for span in ours}
        others = list(theirs)
        if not self.overwrite:
            others = [
                Span(span.doc, span.start, span.end, span.label_, kb_id=same.get((span.start, span.end), span.kb_id_))
                for span in others
            ]
        taken: set[int] = set()
        kept = []
        for span in [*ours, *others] if self.overwrite else [*others, *ours]:
            if taken.isdisjoint(range(span.start, span.end)):
                kept.append(span)
                taken.update(range(span.start, span.end))
        return kept

    # ---- saving and loading with the pipeline, and sending to other processes

    def __reduce__(self) -> tuple[Any, ...]:
        folder = str(self._resolver.index.folder) if self._resolver else ""
        return _again, (self.vocab, self.name, self._settings(), folder)

    def _settings(self) -> dict[str, Any]:
        return {
            "gazetteer": self.gazetteer, "threshold": self.threshold, "all": self.all,
            "overwrite": self.overwrite, "labels": self.labels,
        }  # fmt: skip

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Save the settings and the compiled gazetteer."""
        del exclude
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        index = self.resolver.index
        facts = {**self._settings(), "checksum": index.header["checksum"]}
        (folder / SETTINGS).write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
        pack(index, folder / ARCHIVE)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> EntityResolver:
        """Load what `to_disk` saved, whatever the settings name.

        Raises:
            UsageError: it was saved by another version of the package; says what to do.

        """
        del exclude
        folder = Path(path)
        facts = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
        checksum = facts.pop("checksum")
        for key, value in facts.items():
            setattr(self, key, value)
        try:
            self._resolver = Resolver(unpack(folder / ARCHIVE, checksum), self.threshold)
        except CompiledError as error:
            raise UsageError(f"{error}; then add the component anew and save the pipeline again") from None
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Settings and gazetteer in one piece."""
        del exclude
        with tempfile.TemporaryDirectory() as folder:
            self.to_disk(folder)
            settings = (Path(folder) / SETTINGS).read_bytes()
            return len(settings).to_bytes(8, "big") + settings + (Path(folder) / ARCHIVE).read_bytes()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> EntityResolver:
        """Load what `to_bytes` gave."""
        del exclude
        end = 8 + int.from_bytes(data[:8], "big")
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / SETTINGS).write_bytes(data[8:end])
            (Path(folder) / ARCHIVE).write_bytes(data[end:])
            return self.from_disk(folder)


def _again(vocab: Vocab, name: str, settings: dict[str, Any], folder: str) -> EntityResolver:
    """The component in another process, with the same compiled gazetteer."""
    made = EntityResolver(vocab, name, **settings)
    if folder:
        made._resolver = Resolver(open_index(folder), made.threshold)  # noqa: SLF001
    return made


def _link(span: Span) -> dict[str, Any] | None:
    """The record of the mention that an entity is."""
    for row in span.doc._.resolve_links or ():
        if row["start"] < span.end_char and span.start_char < row["end"] and row["entity_id"] == span.kb_id_:
            return dict(row)
    return None


def _extend() -> None:
    """The extensions that the component writes, once in a process."""
    if not Doc.has_extension("resolve_links"):
        Doc.set_extension("resolve_links", default=None)
    if not Span.has_extension("resolve_link"):
        Span.set_extension("resolve_link", getter=_link)
