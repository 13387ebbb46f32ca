"""How are names gathered and written as one directory?"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import re
import secrets
import sys
import time
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, BinaryIO

from resolve import _filing, readings
from resolve.earlier import Earlier
from resolve.errors import CompiledError
from resolve.index.forms import called, elsewhere, filed, known_as, mononym, phrase
from resolve.index.layout import (
    FORMAT,
    HEADER,
    MAX_LANGS,
    MAX_READINGS,
    ROLES,
    VERSION,
    WORD,
    fingerprint,
    sampled,
)
from resolve.index.opened import Index
from resolve.index.share import Blob, shared
from resolve.index.worked import NONE, Worked, blob
from resolve.model import NAME_KINDS, Row
from resolve.names import MAX_WORDS, is_plain, parse, parts, plain_roles

ABANDONED = 3600.0
"""An unfinished file to which nothing was added for so long is nobody's, in seconds."""

_UNFINISHED = re.compile(rf"(?:[0-9a-f]{{1,16}}-[0-9a-f]{{8}}\.bin|{re.escape(HEADER)})\.[0-9a-f]{{8}}")

HELD = 1 << 20
"""So many bytes are written and read together."""

PLAIN, OPEN = 254, 253
"""Stand for the roles in names that are decided once all words are known: by the words alone, or by parsing the name."""

TOLD = ("type", "gender", "description", "wikidata")
"""The columns that say something of an entity rather than of a name."""

_quoted = json.encoder.encode_basestring
"""How a text stands in JSON with its letters as they are."""


_OFFERED = {"person": filed, "place": called, "organization": known_as}
"""As what the names of entities of each type are filed."""


class Builder:
    """Gathers rows and writes them as one directory; what an earlier one holds already is taken over.

    Args:
        earlier: the gazetteer to take over from.
        numbers: the numbers of the entities by ID, in the order of their first rows, where who gives the rows knows them.

    """

    def __init__(self, earlier: Index | None = None, numbers: dict[str, int] | None = None) -> None:
        # names beyond the languages that can be numbered were parsed in one that was not kept
        whole = earlier is not None and len(earlier.header.get("langs", ())) < MAX_LANGS
        self._earlier = _sound(earlier) if earlier is not None and whole else None
        # of every entity: its number, the name that has its canonical spelling, and its record where more is known
        self._numbers: dict[str, int] = {} if numbers is None else numbers
        self._first = array("I")
        self._records: dict[int, dict[str, Any]] = {}
        self._langs: dict[str, int] = {"": 0}
        # of every name: its spelling, entity, kind, language, and where its words end among those of all names
        self._spellings, self._spelling_ends = bytearray(), array("Q", [0])
        self._bearers, self._kinds, self._name_langs = array("I"), array("B"), array("B")
        self._ends = array("I", [0])
        # of every word of a name: its number by first appearance, and its role
        self._words: dict[str, int] = {}
        self._plain: set[str] = set()
        self._flat, self._roles = array("I"), array("B")

    def add(self, row: Row) -> None:
        """File one name of one entity; the first row of an ID gives the canonical name.

        A person's name with a slash or parentheses is filed as the names that it offers.
        """
        number = self._numbers.setdefault(row.id, len(self._first))
        lang = row.lang if row.lang in self._langs or len(self._langs) < MAX_LANGS else ""
        if number == len(self._first):
            self._first.append(len(self._bearers))
        kind = self._noted(number, row)
        offered = _OFFERED[kind](row.name)
        if kind != "person" and self._first[number] == len(self._bearers) and row.kind != "exclude":
            offered = tuple(dict.fromkeys((*offered, *elsewhere(row.name, kind))))
        if self._first[number] == len(self._bearers) and offered[0] != row.name:
            self._recorded(number, row)
        for written in offered:
            self._file(written, row.lang, lang, kind == "person")
            self._spellings += written.encode("utf-8", "surrogatepass")
            self._spelling_ends.append(len(self._spellings))
            self._bearers.append(number)
            self._kinds.append(NAME_KINDS.index(row.kind))
            self._ends.append(len(self._flat))
            self._name_langs.append(self._langs.setdefault(lang, len(self._langs)))

    def _file(self, written: str, lang: str, kept: str, person: bool) -> None:
        """File the words of a name, with their roles where these are known before all words are."""
        tokens = self._earlier.name(written, lang, not person) if self._earlier else None
        if tokens is not None:
            words, roles = [text for text, _ in tokens], bytes(role for _, role in tokens)
        elif not person:
            words = [token.text for token in phrase(written).tokens]
            roles = bytes([WORD]) * len(words)
        elif self._is_plain(words := written.split(" ")):
            roles = bytes([PLAIN]) * len(words)
        else:
            words = [token.text for token in parts(written)]
            roles = bytes([OPEN]) * len(words)
        if lang != kept and roles[:1] in {bytes([PLAIN]), bytes([OPEN])}:
            roles = _parsed(written, lang)
        number = self._words.setdefault
        self._flat.extend([number(word, len(self._words)) for word in words])
        self._roles.frombytes(roles)

    def _is_plain(self, pieces: list[str]) -> bool:
        """Whether what stands between the spaces of a name are plain words; those are remembered."""
        if self._plain.issuperset(pieces):
            return len(pieces) <= MAX_WORDS
        if len(pieces) > MAX_WORDS or not all(piece in self._plain or is_plain(piece) for piece in pieces):
            return False
        self._plain.update(pieces)
        return True

    def _noted(self, number: int, row: Row) -> str:
        """Note what a row says of its entity; returns the type of the entity."""
        if not (row.type or row.gender or row.description or row.wikidata or row.attributes):
            known = self._records.get(number)
            return str(known.get("type", "person")) if known else "person"
        record = self._recorded(number, row)
        for column in TOLD:
            if value := getattr(row, column):
                record.setdefault(column, value)
        for key, value in row.attributes:
            record.setdefault("attributes", {}).setdefault(key, value)
        return str(record.get("type", "person"))

    def _recorded(self, number: int, row: Row) -> dict[str, Any]:
        """The record of an entity, which begins with its canonical name: that of a row, where it is the first."""
        if number not in self._records:
            is_first = self._first[number] == len(self._bearers)
            self._records[number] = {
                "id": row.id,
                "name": row.name if is_first else self._spelling(self._first[number]),
            }
        return self._records[number]

    def _spelling(self, name: int) -> str:
        """A name as it is written."""
        start, end = self._spelling_ends[name], self._spelling_ends[name + 1]
        return self._spellings[start:end].decode("utf-8", "surrogatepass")

    def write(self, folder: Path, content: str, sources: Sequence[str] = ()) -> None:
        """Write everything below ``folder`` and forget it; ``content`` is the hash of the ``sources``, which are named."""
        folder.mkdir(parents=True, exist_ok=True)
        names, entities = len(self._bearers), len(self._first)
        unfinished = folder / f"{content[:16]}-{'0' * 8}.bin.{secrets.token_hex(4)}"
        temporary = folder / f"{HEADER}.{secrets.token_hex(4)}"
        try:
            with open(unfinished, "wb") as stream:
                file = _Sections(stream)
                worked = self._write_sections(file)
                stream.flush()
                os.fsync(stream.fileno())
                size = stream.tell()
            checksum = file.checksum(unfinished)
            # named by what it holds, so that compiling again gives the same files
            data = f"{content[:16]}-{checksum[:8]}.bin"
            header = {
                "format": FORMAT, "version": VERSION, "content": content, "fingerprint": fingerprint(),
                "byteorder": sys.byteorder, "data": data, "size": size, "checksum": checksum,
                "entities": entities, "names": names,
                "langs": list(self._langs), "scripts": list(worked.scripts), "sources": list(sources), "sections": file.layout,
                "readings": readings.gathered(worked.han[:MAX_READINGS]),
            }  # fmt: skip
            with open(unfinished, "rb") as file_, mmap.mmap(file_.fileno(), 0, access=mmap.ACCESS_READ) as written:
                header["sample"] = sampled(header, written)
            with open(temporary, "w", encoding="utf-8") as stream_:
                json.dump(header, stream_, indent=1)
                stream_.flush()
                os.fsync(stream_.fileno())
            with _alone(folder):
                _put(folder, unfinished, temporary, data)
        finally:
            unfinished.unlink(missing_ok=True)
            temporary.unlink(missing_ok=True)

    def _write_sections(self, file: _Sections) -> Worked:
        """Write all sections in order, and let go what is written; gives what was worked out of the words."""
        vocabulary = sorted(self._words)
        rank = array("I", bytes(4 * len(vocabulary)))
        for i, text in enumerate(vocabulary):
            rank[self._words[text]] = i
        self._words.clear()
        flat = self._flat = array("I", map(rank.__getitem__, self._flat))
        posting_ends, postings = _filing.postings(flat, self._ends, len(vocabulary))
        worked = Worked(vocabulary, partial(self._langs_of, posting_ends, postings), self._plain, self._earlier)
        self._earlier = None
        decided = shared(partial(self._decided, worked.givenness), len(self._bearers))
        self._roles = array("B", b"".join(bytes(roles) for (roles,) in decided))
        entities = len(self._first)
        file.strings("entities", map(self._record, self._numbers, range(entities)), entities)
        self._numbers.clear()
        self._records.clear()
        file.put("names@", blob(self._spelling_ends))
        file.put("names", self._spellings)
        self._spellings, self._spelling_ends = bytearray(), array("Q", [0])
        file.put("name_entity", blob(self._bearers))
        file.put("name_kind", blob(self._kinds))
        file.put("name_lang", blob(self._name_langs))
        file.lists("entity_names", *_filing.placed(self._bearers, entities))
        file.lists("name_tokens", self._ends, flat)
        file.put("name_roles", blob(self._roles))
        file.strings("tokens", vocabulary, len(vocabulary))
        file.put("token_entities", blob(_filing.bearers(posting_ends, postings, self._bearers, entities)))
        for name, found in worked.spellings().items():
            file.put(name, found)
        file.lists("postings", posting_ends, postings)
        hashes, starts, tokens = _filing.filed(worked.keys, worked.key_counts)
        file.put("keys", blob(hashes))
        file.lists("key_tokens", starts, tokens)
        return worked

    def _langs_of(self, posting_ends: array[int], postings: array[int], token: int) -> set[str]:
        """The languages of the names that a token is part of."""
        if len(self._langs) == 1:
            return {""}
        spoken = list(self._langs)
        return {spoken[self._name_langs[name]] for name in postings[posting_ends[token] : posting_ends[token + 1]]}

    def _decided(self, givenness: Mapping[str, bytearray], names: range) -> list[Blob]:
        """The roles of the words of some names, now that all words are known.

        Args:
            givenness: of every word by its number, by language.
            names: the numbers of the names.

        """
        spoken = list(self._langs)
        first, end = self._ends[names.start], self._ends[names.stop]
        found = bytearray(self._roles[first:end])
        for name in names:
            start, end = self._ends[name], self._ends[name + 1]
            role = self._roles[start] if start < end else WORD
            if role not in {PLAIN, OPEN}:
                continue
            lang = spoken[self._name_langs[name]]
            given = bytes([givenness[lang][word] for word in self._flat[start:end]]) if role == PLAIN else b""
            roles = _plain_roles(given) if given and NONE not in given else _parsed(self._spelling(name), lang)
            found[start - first : end - first] = roles
        return [found]

    def _record(self, id: str, number: int) -> str:
        """What is written of an entity."""
        if record := self._records.get(number):
            return json.dumps(record, ensure_ascii=False)
        return f'{{"id": {_quoted(id)}, "name": {_quoted(self._spelling(self._first[number]))}}}'


class _Sections:
    """The sections of a data file as they are written, and where each stands."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.layout: dict[str, list[int]] = {}

    def put(self, name: str, content: Blob) -> None:
        """Write one section."""
        self._begin(name, len(content))
        self._stream.write(content)

    def _begin(self, name: str, size: int = 0) -> None:
        self._stream.write(b"\0" * (-self._stream.tell() % 8))
        self.layout[name] = [self._stream.tell(), size]

    def lists(self, name: str, ends: array[int], flat: array[int]) -> None:
        """Write lists of numbers: where each begins, and all of them."""
        self.put(f"{name}@", blob(ends))
        self.put(name, blob(flat))

    def strings(self, name: str, values: Iterable[str], count: int) -> None:
        """Write so many texts: where each begins, and all of them, which are not held together."""
        ends, size, held = array("Q", [0]), 0, bytearray()
        self.put(f"{name}@", bytes(ends.itemsize * (count + 1)))
        self._begin(name)
        for value in values:
            held += value.encode("utf-8", "surrogatepass")
            ends.append(size + len(held))
            if len(held) > HELD:
                self._stream.write(held)
                size, held = ends[-1], bytearray()
        self._stream.write(held)
        self.layout[name][1] = ends[-1]
        end = self._stream.tell()
        self._stream.seek(self.layout[f"{name}@"][0])
        self._stream.write(blob(ends))
        self._stream.seek(end)

    def checksum(self, path: Path) -> str:
        """The hash over all sections of the file, once it is written."""
        digest = hashlib.blake2b(digest_size=16)
        with open(path, "rb") as stream:
            for start, size in self.layout.values():
                stream.seek(start)
                for place in range(0, size, HELD):
                    digest.update(stream.read(min(HELD, size - place)))
        return digest.hexdigest()


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
    _settle(folder)
    left = [folder / old] if old and old != data else []
    for path in (*left, *_left_behind(folder)):
        # where a mapped file cannot be deleted, it stays
        with suppress(PermissionError):
            path.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Have the names in a folder on disk before anything is deleted: after a power cut a header names what is there."""
    if sys.platform == "win32":  # pragma: no cover - there a folder cannot be opened
        return
    place = os.open(folder, os.O_RDONLY)
    try:
        # where a file system cannot, it goes without
        with suppress(OSError):
            os.fsync(place)
    finally:
        os.close(place)


def _left_behind(folder: Path) -> Iterator[Path]:
    """What compilers that were killed have left unfinished; nobody writes so long on what has not grown for an hour."""
    for path in folder.iterdir():
        if _UNFINISHED.fullmatch(path.name):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > ABANDONED:
                    yield path


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


@lru_cache(maxsize=4096)
def _plain_roles(given: bytes) -> bytes:
    """The numbers of the roles in a plain name."""
    return bytes(map(ROLES.index, plain_roles(given)))


def _parsed(written: str, lang: str) -> bytes:
    """The numbers of the roles in a person's name."""
    return bytes(ROLES.index(token.role) for token in mononym(parse(written, lang)).tokens)


def _read_header_quietly(folder: Path) -> str:
    """The data file that an older header names, empty where there is none that can be read."""
    try:
        name = json.loads((folder / HEADER).read_text(encoding="utf-8")).get("data", "")
        # nothing else is deleted, whatever a damaged header names
        return name if isinstance(name, str) and Path(name).name == name and name.endswith(".bin") else ""
    except (OSError, ValueError, AttributeError, RecursionError):
        return ""
