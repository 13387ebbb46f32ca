"""Which texts has a run finished that was killed?

A run that writes to a file keeps a journal beside it, ``.NAME.partial``: a line for every finished text, with a digest of
the text and what was found in it, in full. Whatever the format, a run that goes on reads the texts again, takes what the
journal has of them, works out the others, and writes the whole result from its beginning; so nothing is lost, nothing
comes twice, and the bytes are those of a run that nobody disturbed. The result has its name when all of it is there, and
the journal goes.

::

    {"journal": 1, "resolve": "0.1", "gazetteer": "...", ...}        what made it
    1f0c7a9e ["a.txt", "digest", [[0, 5, "Putin", "resolved", ...]]]  a checksum of the rest of the line, and a text

A line that broke off, and whatever follows a line whose checksum does not fit, was not finished and is cut off.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import astuple
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO, cast

from resolve.arrow import Source
from resolve.errors import OutputError, ResumeError
from resolve.model import Candidate, Document, Evidence, Link
from resolve.version import __version__

FORMAT = 1
"""The version of the journal."""

Compute = Callable[[Iterable[Source]], Iterator[Document]]
"""Works out documents, in the order of their texts."""


class Journal:
    """The finished texts of a run.

    Args:
        output: where the result goes; the journal lies beside it.
        made_by: what else must be the same for what was found to be the same: gazetteer and options.
        resume: go on with what is there; otherwise begin anew.
        evidence: keep the evidence too, for a result that shows it.

    Attributes:
        kept: so many texts were taken from the journal.

    >>> import tempfile
    >>> from resolve.resolver import open
    >>> from resolve.arrow import search
    >>> resolver, texts = open(), [("a.txt", "Пришёл Дональд Туск."), ("b.txt", "Nobody came.")]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     first = Journal(Path(folder) / "out.jsonl", {})
    ...     begun = first.documents(lambda rest: search(resolver, rest), iter(texts))
    ...     _ = next(begun), begun.close()
    ...     again = Journal(Path(folder) / "out.jsonl", {}, resume=True)
    ...     [document.id for document in again.documents(lambda rest: search(resolver, rest), iter(texts))], again.kept
    (['a.txt', 'b.txt'], 1)

    """

    def __init__(self, output: Path, made_by: dict[str, Any], resume: bool = False, evidence: bool = False) -> None:
        self.path = beside(output)
        self._output = output
        self.kept = 0
        self._evidence = evidence
        facts = {"journal": FORMAT, "resolve": __version__, "evidence": evidence, **made_by}
        self._header = json.dumps(facts, ensure_ascii=False).encode() + b"\n"
        self._resume = resume

    def documents(self, compute: Compute, sources: Iterator[Source]) -> Generator[Document, None, None]:
        """The documents of some texts, those that are finished from the journal.

        Args:
            compute: works out the others.
            sources: all texts, in the order that they had before.

        Raises:
            ResumeError: the journal is of other texts, another gazetteer or other options; it is left alone.
            OutputError: it cannot be written.

        """
        try:
            with self._opened() as stream:
                yield from self._finished(stream, compute, sources)
                stream.truncate()
                yield from self._new(stream, compute, sources)
        except OSError as error:
            raise OutputError(str(self._output), error.strerror or str(error)) from None

    def _new(self, stream: BinaryIO, compute: Compute, sources: Iterator[Source]) -> Iterator[Document]:
        try:
            for document in compute(sources):
                stream.write(_line(document, self._evidence))
                yield document
        finally:
            if stream.tell() == len(self._header):
                # nothing is finished that somebody could go on with
                self.done()

    def done(self) -> None:
        """The result is whole: the journal goes."""
        self.path.unlink(missing_ok=True)

    # ------------------------------------------------------------ going on

    def _opened(self) -> BinaryIO:
        """The journal behind its header; every line that is written is in the hands of the system at once."""
        going_on = self._resume and self.path.is_file()
        stream = cast("BinaryIO", open(self.path, "r+b" if going_on else "w+b", buffering=0))  # noqa: SIM115 - the caller closes it
        first = next(_lines(stream), b"") if going_on else b""
        if not self._header.startswith(first):
            stream.close()
            raise ResumeError(str(self.path), 0, _difference(first, self._header))
        stream.seek(len(first))
        if first != self._header:
            # there is none, or it broke off
            stream.seek(0)
            stream.truncate()
            stream.write(self._header)
        return stream

    def _finished(self, stream: BinaryIO, compute: Compute, sources: Iterator[Source]) -> Iterator[Document]:
        """What the journal has, held against the texts; the last is worked out again. The stream is left behind it."""
        entries = _entries(stream)
        entry = next(entries, None)
        while entry is not None:
            source = next(sources, None)
            if source is None:
                raise ResumeError(str(self.path), self.kept + 1, "the input has fewer texts")
            identifier, digest, links = entry
            if (identifier, digest) != (source[0], _digest(source[1])):
                raise ResumeError(str(self.path), self.kept + 1, f"the input has another text there, {source[0]!r}")
            document = Document(source[0], source[1], tuple(map(_link, links)))
            entry = next(entries, None)
            if entry is None:
                self._prove(document, compute)
            self.kept += 1
            yield document

    def _prove(self, document: Document, compute: Compute) -> None:
        (again,) = compute([(document.id, document.text)])
        if _line(again, self._evidence) != _line(document, self._evidence):
            raise ResumeError(
                str(self.path), self.kept + 1, f"{document.id!r} gives another result with this version and gazetteer"
            )


def beside(output: Path) -> Path:
    """Where the journal of a result lies.

    >>> beside(Path("links.jsonl")).name
    '.links.jsonl.partial'
    """
    return output.with_name(f".{output.name}.partial")


def _lines(stream: BinaryIO, size: int = 1 << 20) -> Iterator[bytes]:
    """The lines from here on; read in blocks, for the stream has no buffer."""
    rest = b""
    for block in iter(lambda: stream.read(size), b""):
        *lines, rest = (rest + block).split(b"\n")
        yield from (line + b"\n" for line in lines)
    if rest:
        yield rest


def _entries(stream: BinaryIO) -> Iterator[Any]:
    """Every finished text; the stream is left behind the last."""
    place = stream.tell()
    for line in _lines(stream):
        checksum, _, rest = line.partition(b" ")
        if not line.endswith(b"\n") or checksum != _checksum(rest):
            break
        place += len(line)
        yield json.loads(rest)
    stream.seek(place)


def _difference(found: bytes, wanted: bytes) -> str:
    """What is another in the header of a journal."""
    with suppress(ValueError):
        facts = json.loads(found)
        if isinstance(facts, dict) and "journal" in facts:
            other = [key for key, value in json.loads(wanted).items() if facts.get(key) != value]
            return f"it was made with another {' and '.join(other) or 'set of options'}"
    return "it is no journal of `resolve text`"


# ---------------------------------------------------------------- lines


def _line(document: Document, evidence: bool) -> bytes:
    fields = [document.id, _digest(document.text), [_fields(link, evidence) for link in document.links]]
    rest = json.dumps(fields, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
    return _checksum(rest) + b" " + rest


def _checksum(line: bytes) -> bytes:
    return b"%08x" % zlib.crc32(line)


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _fields(link: Link, evidence: bool) -> list[Any]:
    candidates = [
        (
            one.entity_id,
            one.name,
            one.bits,
            one.probability,
            [astuple(piece) for piece in one.evidence] if evidence else [],
        )
        for one in link.candidates
    ]
    return [
        link.start, link.end, link.text, link.status, link.entity_id, link.name, link.type, link.probability, link.bits,
        link.scheme, candidates, link.base,
    ]  # fmt: skip


def _link(fields: list[Any]) -> Link:
    start, end, text, status, entity_id, name, type, probability, bits, scheme, candidates, base = fields
    found = tuple(map(_candidate, candidates))
    return Link(start, end, text, status, entity_id, name, type, probability, bits, scheme, found, base)


def _candidate(fields: list[Any]) -> Candidate:
    entity_id, name, bits, probability, evidence = fields
    return Candidate(entity_id, name, bits, probability, tuple(map(_piece, evidence)))


def _piece(fields: list[Any]) -> Evidence:
    feature, bits, left, right, note, parts = fields
    return Evidence(feature, bits, left, right, note, tuple((name, share) for name, share in parts))
