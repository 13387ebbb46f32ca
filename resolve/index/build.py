"""How are names gathered and written as one directory?"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import secrets
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from resolve import readings
from resolve.earlier import Earlier
from resolve.errors import CompiledError
from resolve.index.forms import called, filed, mononym, phrase, spellings_of
from resolve.index.layout import (
    FORMAT,
    HEADER,
    MAX_LANGS,
    MAX_READINGS,
    ROLES,
    VERSION,
    WORD,
    fingerprint,
    key_hash,
    sampled,
)
from resolve.index.opened import Index
from resolve.keys import keys, neighbours, press_keys
from resolve.letters import writing
from resolve.model import NAME_KINDS, Row
from resolve.multigram import load as load_channel
from resolve.names import parse

TOLD = ("type", "gender", "description", "wikidata")
"""The columns that say something of an entity rather than of a name."""

Blob = bytes | bytearray | memoryview
"""What is written of a section."""


class Builder:
    """Gathers rows and writes them as one directory; what an earlier one holds already is taken over."""

    def __init__(self, earlier: Index | None = None) -> None:
        # names beyond the languages that can be numbered were parsed in one that was not kept
        whole = earlier is not None and len(earlier.header.get("langs", ())) < MAX_LANGS
        self._earlier = _sound(earlier) if earlier is not None and whole else None
        # of every entity: its number, and its record, or its name where that is all that is known
        self._numbers: dict[str, int] = {}
        self._records: list[str | dict[str, Any]] = []
        self._langs: dict[str, int] = {"": 0}
        self._scripts: dict[str, int] = {"": 0}
        self._han: list[str] = []
        # of every name: its spelling, entity, kind, language, and where its words end among those of all names
        self._spellings: list[str] = []
        self._bearers, self._kinds, self._name_langs = array("I"), array("B"), array("B")
        self._ends = array("I", [0])
        # of every word of a name: its number by first appearance, and its role
        self._words: dict[str, int] = {}
        self._flat, self._roles = array("I"), array("B")

    def add(self, row: Row) -> None:
        """File one name of one entity; the first row of an ID gives the canonical name.

        A person's name with a slash or parentheses is filed as the names that it offers.
        """
        number = self._numbers.setdefault(row.id, len(self._numbers))
        kind = self._noted(number, row)
        lang = row.lang if row.lang in self._langs or len(self._langs) < MAX_LANGS else ""
        for written in filed(row.name) if kind == "person" else called(row.name) if kind == "place" else (row.name,):
            tokens = self._earlier.name(written, row.lang, kind != "person") if self._earlier else None
            if tokens is None:
                name = mononym(parse(written, row.lang)) if kind == "person" else phrase(written)
                tokens = [(token.text, ROLES.index(token.role)) for token in name.tokens]
            self._spellings.append(written)
            self._bearers.append(number)
            self._kinds.append(NAME_KINDS.index(row.kind))
            for text, role in tokens:
                self._flat.append(self._words.setdefault(text, len(self._words)))
                self._roles.append(role)
            self._ends.append(len(self._flat))
            self._name_langs.append(self._langs.setdefault(lang, len(self._langs)))

    def _noted(self, number: int, row: Row) -> str:
        """Note what a row says of its entity; returns the type of the entity."""
        if number == len(self._records):
            self._records.append(row.name)
        record = self._records[number]
        told = {column: value for column in TOLD if (value := getattr(row, column))}
        if isinstance(record, str):
            if not told and not row.attributes:
                return "person"
            record = self._records[number] = {"id": row.id, "name": record}
        for column, value in told.items():
            record.setdefault(column, value)
        for key, value in row.attributes:
            record.setdefault("attributes", {}).setdefault(key, value)
        return str(record.get("type", "person"))

    def write(self, folder: Path, content: str, sources: Sequence[str] = ()) -> None:
        """Write everything below ``folder``; ``content`` is the hash of the ``sources``, which are named."""
        folder.mkdir(parents=True, exist_ok=True)
        sections = self._sections()
        self._earlier = None
        digest = hashlib.blake2b(digest_size=16)
        for blob in sections.values():
            digest.update(blob)
        # named by what it holds, so that compiling again gives the same files
        data = f"{content[:16]}-{digest.hexdigest()[:8]}.bin"
        unfinished = folder / f"{data}.{secrets.token_hex(4)}"
        layout: dict[str, list[int]] = {}
        temporary = folder / f"{HEADER}.{secrets.token_hex(4)}"
        try:
            with open(unfinished, "wb") as stream:
                for name, blob in sections.items():
                    stream.write(b"\0" * (-stream.tell() % 8))
                    layout[name] = [stream.tell(), len(blob)]
                    stream.write(blob)
                stream.flush()
                os.fsync(stream.fileno())
                size = stream.tell()
            header = {
                "format": FORMAT, "version": VERSION, "content": content, "fingerprint": fingerprint(),
                "byteorder": sys.byteorder, "data": data, "size": size, "checksum": digest.hexdigest(),
                "entities": len(self._records), "names": len(self._spellings),
                "langs": list(self._langs), "scripts": list(self._scripts), "sources": list(sources), "sections": layout,
                "readings": readings.gathered(self._han[:MAX_READINGS]),
            }  # fmt: skip
            with open(unfinished, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as written:
                header["sample"] = sampled(header, written)
            temporary.write_text(json.dumps(header, indent=1), encoding="utf-8")
            with _alone(folder):
                _put(folder, unfinished, temporary, data)
        finally:
            unfinished.unlink(missing_ok=True)
            temporary.unlink(missing_ok=True)

    def _sections(self) -> dict[str, Blob]:
        vocabulary = sorted(self._words)
        rank = array("I", bytes(4 * len(vocabulary)))
        for i, text in enumerate(vocabulary):
            rank[self._words[text]] = i
        flat = array("I", (rank[word] for word in self._flat))
        postings = [array("I") for _ in vocabulary]
        for i in range(len(self._bearers)):
            for token in flat[self._ends[i] : self._ends[i + 1]]:
                if not postings[token] or postings[token][-1] != i:
                    postings[token].append(i)
        return {
            **_strings("entities", map(_record, self._numbers, self._records)),
            **_strings("names", self._spellings),
            "name_entity": _blob(self._bearers),
            "name_kind": _blob(self._kinds),
            "name_lang": _blob(self._name_langs),
            **_by_number("entity_names", self._bearers, len(self._records)),
            "name_tokens@": _blob(self._ends),
            "name_tokens": _blob(flat),
            "name_roles": _blob(self._roles),
            **_strings("tokens", vocabulary),
            "token_entities": _blob(array("I", (len({self._bearers[i] for i in names}) for names in postings))),
            **self._lettered(vocabulary),
            **_lists("postings", postings),
            **self._filed(vocabulary, postings),
        }

    def _lettered(self, vocabulary: list[str]) -> dict[str, Blob]:
        """The spellings that the tokens are compared by, in the letters of the channels."""
        model = load_channel()
        rows = array("I", [0])
        starts, blob = array("I", [0]), bytearray()
        scripts, kinds, bits, selves = array("B"), array("B"), array("f"), array("f")
        for text in vocabulary:
            for spelling, kind in spellings_of(text).items():
                if writing(spelling) == "Han":
                    self._han.append(spelling)
                word = model.word(spelling)
                blob += word.letters if word else b""
                starts.append(len(blob))
                scripts.append(self._scripts.setdefault(word.script if word else "", len(self._scripts)))
                kinds.append(kind)
                bits.append(word.bits if word else 0.0)
                selves.append(model.self_bits(spelling) if word else 0.0)
            rows.append(len(scripts))
        return {
            "spellings@": _blob(rows), "letters@": _blob(starts), "letters": blob,
            "letter_script": _blob(scripts), "letter_kind": _blob(kinds), "letter_bits": _blob(bits),
            "letter_self": _blob(selves),
        }  # fmt: skip

    def _filed(self, vocabulary: list[str], postings: list[array[int]]) -> dict[str, Blob]:
        """The keys of all tokens: sorted hashes, and the tokens under each."""
        spoken = list(self._langs)
        # a number for every key and token, which takes an eighth of the room of sets of tokens by key
        pairs: list[int] = []
        for i, text in enumerate(vocabulary):
            langs = {spoken[self._name_langs[name]] for name in postings[i]}
            known = self._earlier.keys(text, langs) if self._earlier else None
            pairs += (hashed << 32 | i for hashed in set(_key_hashes(text, langs) if known is None else known))
        pairs.sort()
        hashes, tokens, ends = array("Q"), array("I"), array("I", [0])
        for pair in pairs:
            if not hashes or hashes[-1] != pair >> 32:
                hashes.append(pair >> 32)
                ends.append(len(tokens))
            tokens.append(pair & 0xFFFFFFFF)
            ends[-1] = len(tokens)
        return {"keys": _blob(hashes), "key_tokens@": _blob(ends), "key_tokens": _blob(tokens)}


def _put(folder: Path, unfinished: Path, header: Path, data: str) -> None:
    """Give a data file and its header their names, the header last, and delete the data file that was there before."""
    old = _read_header_quietly(folder)
    try:
        os.replace(unfinished, folder / data)
    except PermissionError:
        # the same is there and mapped, where that forbids replacing it
        if not (folder / data).exists():
            raise
    os.replace(header, folder / HEADER)
    if old and old != data:
        # where a mapped file cannot be deleted, it stays
        with suppress(PermissionError):
            (folder / old).unlink(missing_ok=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other compilers from the names in a folder: what one has just named, another could delete as the old."""
    try:
        import fcntl
    except ImportError:  # pragma: no cover - Windows
        yield
        return
    place = os.open(folder, os.O_RDONLY)
    try:
        # where a file system has no locks, it goes without
        with suppress(OSError):
            fcntl.flock(place, fcntl.LOCK_EX)
        yield
    finally:
        os.close(place)


def _sound(index: Index) -> Earlier | None:
    """What an earlier gazetteer holds; None where it is damaged."""
    with suppress(CompiledError, IndexError):
        return Earlier(index, WORD)
    return None


def _key_hashes(text: str, langs: set[str]) -> Iterator[int]:
    """The hashes of all keys under which a token of names in these languages is filed."""
    yield from map(key_hash, (*keys(text), *neighbours(text)))
    yield from (key_hash(key) for lang in langs for key in press_keys(text, lang))


def _blob(values: array[Any]) -> memoryview:
    """The bytes of an array, without a copy."""
    return memoryview(values).cast("B")


def _record(id: str, record: str | dict[str, Any]) -> str:
    """What is written of an entity."""
    return json.dumps({"id": id, "name": record} if isinstance(record, str) else record, ensure_ascii=False)


def _by_number(name: str, numbers: Sequence[int], count: int) -> dict[str, Blob]:
    """The places at which each of so many numbers stands, in order."""
    ends = array("I", bytes(4 * (count + 1)))
    for number in numbers:
        ends[number + 1] += 1
    for number in range(count):
        ends[number + 1] += ends[number]
    free, flat = ends[:], array("I", bytes(4 * len(numbers)))
    for place, number in enumerate(numbers):
        flat[free[number]] = place
        free[number] += 1
    return {f"{name}@": _blob(ends), name: _blob(flat)}


def _strings(name: str, values: Iterable[str]) -> dict[str, Blob]:
    offsets, blob = array("Q", [0]), bytearray()
    for value in values:
        blob += value.encode("utf-8", "surrogatepass")
        offsets.append(len(blob))
    return {f"{name}@": _blob(offsets), name: blob}


def _lists(name: str, values: Iterable[Sequence[int]]) -> dict[str, Blob]:
    offsets, flat = array("I", [0]), array("I")
    for value in values:
        flat.extend(value)
        offsets.append(len(flat))
    return {f"{name}@": _blob(offsets), name: _blob(flat)}


def _read_header_quietly(folder: Path) -> str:
    """The data file that an older header names, empty where there is none that can be read."""
    try:
        name = json.loads((folder / HEADER).read_text(encoding="utf-8")).get("data", "")
        # nothing else is deleted, whatever a damaged header names
        return name if isinstance(name, str) and Path(name).name == name and name.endswith(".bin") else ""
    except (OSError, ValueError, AttributeError, RecursionError):
        return ""
