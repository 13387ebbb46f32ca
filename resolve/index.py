"""How are gazetteers compiled to one memory-mapped directory, and opened?

A compiled gazetteer is a directory with ``header.json`` and one data file that the header names. The
builder writes the data file, then replaces the header in one step: a crash at any moment leaves the
old gazetteer whole. The reader maps the data file and reads nothing but the header.

Sections of the data file (little-endian, 8-byte aligned; ``T`` = tokens, ``N`` = names, ``E`` = entities):

==================  =====  =========================================================================
``entities``        json   E records, found through ``entities@`` (u64, E+1 offsets)
``names``           utf-8  N names as written, through ``names@``
``name_entity``     u32    N entity numbers
``name_kind``       u8     N numbers of `model.NAME_KINDS`
``name_lang``       u8     N numbers of the header's ``langs``
``entity_names``    u32    names of every entity, through ``entity_names@`` (u32, E+1)
``name_tokens``     u32    token numbers of every name, through ``name_tokens@`` (u32, N+1)
``name_roles``      u8     role of each of ``name_tokens``, a number of `ROLES`
``tokens``          utf-8  T distinct cleaned tokens, sorted, through ``tokens@``
``token_entities``  u32    T counts of entities that have the token (term frequency)
``spellings@``      u32    where the rows of ``letters`` of every token begin (T+1)
``letters``         u8     the spellings in the letters of the channels, through ``letters@`` (u32)
``letter_script``   u8     the writing of each, a number of the header's ``scripts``
``letter_bits``     f32    log2 of the probability of each
``letter_self``     f32    bits that each says beside itself
``postings``        u32    names of every token, through ``postings@`` (u32, T+1)
``keys``            u64    sorted hashes of keys
``key_tokens``      u32    tokens filed under every key, through ``key_tokens@`` (u32, keys+1)
==================  =====  =========================================================================
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import secrets
import shutil
import sys
import tempfile
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, get_args

from resolve import _finder, readings, tables
from resolve._shortlist import Names
from resolve.channel import common_ending
from resolve.earlier import Earlier
from resolve.endings import adaptations
from resolve.errors import CompiledError, GazetteerError
from resolve.gazetteer import files, load
from resolve.keys import keys, neighbours, press_keys
from resolve.letters import writing
from resolve.model import NAME_KINDS, Entity, Evidence, Name, Role, Row, Token
from resolve.multigram import checksums, load as load_channel
from resolve.names import CORE, NAMING, alternatives, fold, parse, parts
from resolve.text import words

FORMAT = "onomast-gazetteer"
VERSION = 2
MAX_LANGS = 255
"""Names in more languages than a byte can number keep no language."""

MAX_READINGS = 5000
"""The readings of so many Han words are kept with a gazetteer."""

HEADER = "header.json"
ROLES: tuple[Role, ...] = get_args(Role)
_KINDS = bytes({"given": 1, "initial": 1, "surname": 2, "patronymic": 0, "unknown": 0}.get(role, 3) for role in ROLES)
"""What the roles are for `Names`."""
_WORD = ROLES.index("word")
_WIDTH = {"u8": "B", "u32": "I", "u64": "Q"}


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """A hash of what decides how tokens are cleaned, read and filed; an index of another is refused."""
    digest = hashlib.sha256(str(VERSION).encode())
    folder = Path(__file__).parent
    rooms = ("text", "letters", "multigram", "endings", "names", "rewrite", "romanize", "keys", "index")
    sources = [folder / f"{room}.py" for room in rooms]
    known = (path for path in sorted(tables.FOLDER.rglob("*.tsv")) if path.name != "weights.tsv")
    for path in [*sources, *known]:
        digest.update(path.read_bytes())
    for path in sorted(tables.FOLDER.glob("channel*.bin")):
        digest.update(checksums(path))
    return digest.hexdigest()[:16]


def key_hash(key: str) -> int:
    """The 64-bit hash under which a key is filed (BLAKE2b)."""
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


# ---------------------------------------------------------------- building


def filed(name: str) -> tuple[str, ...]:
    """The names that a person's written name is filed as: itself, or what a slash or parentheses offer.

    >>> filed("Vasily Blyukher"), filed("Bill Walker (politician)")
    (('Vasily Blyukher',), ('Bill Walker',))
    """
    return alternatives(name) if set(name) & set("(/;") else (name,)


class Builder:
    """Gathers rows and writes them as one directory; what an earlier one holds already is taken over."""

    def __init__(self, earlier: Index | None = None) -> None:
        # names beyond the languages that can be numbered were parsed in one that was not kept
        whole = earlier is not None and len(earlier.header.get("langs", ())) < MAX_LANGS
        self._earlier = _sound(earlier) if earlier is not None and whole else None
        self._entities: dict[str, dict[str, Any]] = {}
        self._numbers: dict[str, int] = {}
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
        record = self._entities.setdefault(row.id, {"id": row.id, "name": row.name})
        for column in ("type", "gender", "description", "wikidata"):
            if value := getattr(row, column):
                record.setdefault(column, value)
        for key, value in row.attributes:
            record.setdefault("attributes", {}).setdefault(key, value)
        kind = record.get("type", "person")
        lang = row.lang if row.lang in self._langs or len(self._langs) < MAX_LANGS else ""
        for written in filed(row.name) if kind == "person" else (row.name,):
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
        with open(unfinished, "wb") as stream:
            for name, blob in sections.items():
                stream.write(b"\0" * (-stream.tell() % 8))
                layout[name] = [stream.tell(), len(blob)]
                stream.write(blob)
            stream.flush()
            os.fsync(stream.fileno())
            size = stream.tell()
        try:
            os.replace(unfinished, folder / data)
        except PermissionError:
            # the same is there and mapped, where that forbids replacing it
            unfinished.unlink()
        header = {
            "format": FORMAT, "version": VERSION, "content": content, "fingerprint": fingerprint(),
            "byteorder": sys.byteorder, "data": data, "size": size, "checksum": digest.hexdigest(),
            "entities": len(self._entities), "names": len(self._spellings),
            "langs": list(self._langs), "scripts": list(self._scripts), "sources": list(sources), "sections": layout,
            "readings": readings.gathered(self._han[:MAX_READINGS]),
        }  # fmt: skip
        temporary = folder / f"{HEADER}.{secrets.token_hex(4)}"
        temporary.write_text(json.dumps(header, indent=1), encoding="utf-8")
        old = _read_header_quietly(folder)
        os.replace(temporary, folder / HEADER)
        if old and old != data:
            # where a mapped file cannot be deleted, it stays
            with suppress(PermissionError):
                (folder / old).unlink(missing_ok=True)

    def _sections(self) -> dict[str, bytes]:
        vocabulary = sorted(self._words)
        rank = array("I", bytes(4 * len(vocabulary)))
        for i, text in enumerate(vocabulary):
            rank[self._words[text]] = i
        flat = array("I", (rank[word] for word in self._flat))
        postings = [array("I") for _ in vocabulary]
        entity_names = [array("I") for _ in self._entities]
        for i, entity in enumerate(self._bearers):
            entity_names[entity].append(i)
            for token in flat[self._ends[i] : self._ends[i + 1]]:
                if not postings[token] or postings[token][-1] != i:
                    postings[token].append(i)
        return {
            **_strings("entities", (json.dumps(r, ensure_ascii=False) for r in self._entities.values())),
            **_strings("names", self._spellings),
            "name_entity": self._bearers.tobytes(),
            "name_kind": self._kinds.tobytes(),
            "name_lang": self._name_langs.tobytes(),
            **_lists("entity_names", entity_names),
            "name_tokens@": self._ends.tobytes(),
            "name_tokens": flat.tobytes(),
            "name_roles": self._roles.tobytes(),
            **_strings("tokens", vocabulary),
            "token_entities": array("I", (len({self._bearers[i] for i in names}) for names in postings)).tobytes(),
            **self._lettered(vocabulary),
            **_lists("postings", postings),
            **self._filed(vocabulary, postings),
        }

    def _lettered(self, vocabulary: list[str]) -> dict[str, bytes]:
        """The spellings that the tokens are compared by, in the letters of the channels."""
        model = load_channel()
        rows = array("I", [0])
        starts, blob = array("I", [0]), bytearray()
        scripts, bits, selves = array("B"), array("f"), array("f")
        for text in vocabulary:
            for spelling in spellings_of(text):
                if writing(spelling) == "Han":
                    self._han.append(spelling)
                word = model.word(spelling)
                blob += word.letters if word else b""
                starts.append(len(blob))
                scripts.append(self._scripts.setdefault(word.script if word else "", len(self._scripts)))
                bits.append(word.bits if word else 0.0)
                selves.append(model.self_bits(spelling) if word else 0.0)
            rows.append(len(scripts))
        return {
            "spellings@": rows.tobytes(), "letters@": starts.tobytes(), "letters": bytes(blob),
            "letter_script": scripts.tobytes(), "letter_bits": bits.tobytes(), "letter_self": selves.tobytes(),
        }  # fmt: skip

    def _filed(self, vocabulary: list[str], postings: list[array[int]]) -> dict[str, bytes]:
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
        return {"keys": hashes.tobytes(), "key_tokens@": ends.tobytes(), "key_tokens": tokens.tobytes()}


def _sound(index: Index) -> Earlier | None:
    """What an earlier gazetteer holds; None where it is damaged."""
    with suppress(CompiledError, IndexError):
        return Earlier(index, _WORD)
    return None


def _key_hashes(text: str, langs: set[str]) -> Iterator[int]:
    """The hashes of all keys under which a token of names in these languages is filed."""
    yield from map(key_hash, (*keys(text), *neighbours(text)))
    yield from (key_hash(key) for lang in langs for key in press_keys(text, lang))


def spellings_of(word: str) -> tuple[str, ...]:
    """The spellings that a word of the gazetteer is compared by: as it is, and without the ending that a language
    adds to foreign names, each with the ending that adjectives are compared in too.

    >>> spellings_of("Tichanowski"), spellings_of("Putinas")
    (('Tichanowski', 'Tichanowsky'), ('Putinas', 'Putin', 'Putino'))
    """
    stems = (word, *(stem for stem, _sex in adaptations(word)))
    return tuple(dict.fromkeys(spelling for stem in stems for spelling in (stem, common_ending(stem))))


def mononym(name: Name) -> Name:
    """A person of one name bears it like a surname: it is all there is to find.

    >>> mononym(parse("Franciszek")).tokens[0].role
    'surname'
    """
    core = [token for token in name.tokens if token.role in CORE and not token.glue]
    if len(core) != 1:
        return name
    tokens = tuple(replace(token, role="surname") if token is core[0] else token for token in name.tokens)
    return replace(name, tokens=tokens)


def phrase(text: str) -> Name:
    """The name of an organisation or place: every word counts, none has a person's role.

    >>> [t.role for t in phrase("Coordination Council").tokens]
    ['word', 'word']
    """
    return Name(text, tuple(Token(t.text, t.start, t.end, "word", glue=t.glue) for t in words(text)))


def _strings(name: str, values: Iterable[str]) -> dict[str, bytes]:
    offsets, blob = array("Q", [0]), bytearray()
    for value in values:
        blob += value.encode("utf-8", "surrogatepass")
        offsets.append(len(blob))
    return {f"{name}@": offsets.tobytes(), name: bytes(blob)}


def _lists(name: str, values: Iterable[Sequence[int]]) -> dict[str, bytes]:
    offsets, flat = array("I", [0]), array("I")
    for value in values:
        flat.extend(value)
        offsets.append(len(flat))
    return {f"{name}@": offsets.tobytes(), name: flat.tobytes()}


# ---------------------------------------------------------------- opening


class Index:
    """A compiled gazetteer, mapped into memory. Use `open_index`; safe for many readers at once."""

    def __init__(self, folder: Path, header: dict[str, Any], data: memoryview) -> None:
        self.folder, self.header = folder, header
        self._data = data
        self._check_header()
        for name, width in _SECTIONS.items():
            setattr(self, f"_{name.replace('@', '_at')}", self._section(name, width))
        self._check_lengths()
        self._remember_readings()
        self.memo: dict[Any, Any] = {}
        self.judged: dict[tuple[str, Role, str, Role, str], Evidence | None] = {}
        self.meetings: dict[tuple[str, str], frozenset[int]] = {}
        self.openings: dict[tuple[str, str], tuple[int, ...]] = {}
        self.sifted: dict[tuple[str, str], dict[int, int]] = {}
        self.heard: dict[tuple[str, str], Any] = {}
        self.entity = lru_cache(maxsize=65536)(self._read_entity)
        self.name = lru_cache(maxsize=65536)(self._read_name)
        self.token = lru_cache(maxsize=65536)(self._read_token)
        self.lookup = lru_cache(maxsize=65536)(self._tokens_under)
        self.together = Names(
            self._postings, self._postings_at, self._name_tokens, self._name_tokens_at, self._name_roles, _KINDS
        )
        self.number_of = lru_cache(maxsize=65536)(self._entity_with)

    _entities: memoryview
    _entities_at: memoryview
    _names: memoryview
    _names_at: memoryview
    _name_entity: memoryview
    _name_kind: memoryview
    _name_lang: memoryview
    _entity_names: memoryview
    _entity_names_at: memoryview
    _name_tokens: memoryview
    _name_tokens_at: memoryview
    _name_roles: memoryview
    _tokens: memoryview
    _tokens_at: memoryview
    _token_entities: memoryview
    _letters: memoryview
    _letters_at: memoryview
    _letter_script: memoryview
    _letter_bits: memoryview
    _letter_self: memoryview
    _spellings_at: memoryview
    _postings: memoryview
    _postings_at: memoryview
    _keys: memoryview
    _key_tokens: memoryview
    _key_tokens_at: memoryview

    def _section(self, name: str, width: str) -> memoryview:
        try:
            offset, size = self.header["sections"][name]
        except (KeyError, TypeError, ValueError):
            raise CompiledError(str(self.folder), f"has no section {name!r}") from None
        if not isinstance(offset, int) or not isinstance(size, int) or offset < 0 or size < 0:
            raise CompiledError(str(self.folder), f"section {name!r} is out of place")
        if offset % 8 or offset + size > len(self._data) or size % array(width).itemsize:
            raise CompiledError(str(self.folder), f"section {name!r} is out of place")
        return self._data[offset : offset + size].cast(width)  # type: ignore[call-overload,no-any-return]

    def _remember_readings(self) -> None:
        """Take over how the Han words of the gazetteer are read, which costs loading dictionaries otherwise."""
        found = self.header.get("readings", {})
        tables_ = [found.get(kind) for kind in ("pinyin", "cantonese")] if isinstance(found, dict) else [None]
        if not all(isinstance(t, dict) and all(isinstance(read, list) for read in t.values()) for t in tables_):
            raise CompiledError(str(self.folder), "its readings of Han words are damaged")
        readings.remember(found)

    def _check_header(self) -> None:
        lists = [self.header.get(name, []) for name in ("langs", "scripts", "sources")]
        sound = (
            all(isinstance(one, list) and all(isinstance(item, str) for item in one) for one in lists)
            and all(isinstance(self.header.get(name), str) for name in ("content", "checksum"))
            and type(self.header.get("entities")) is int
        )
        if not sound:
            raise CompiledError(str(self.folder), "its header is damaged")

    def _check_lengths(self) -> None:
        names, tokens = len(self._name_entity), len(self._token_entities)
        sound = (
            len(self._entities_at) == self.header.get("entities", -2) + 1
            and len(self._names_at) == len(self._name_tokens_at) == names + 1
            and len(self._name_kind) == len(self._name_lang) == names
            and len(self._entity_names) == names
            and len(self._entity_names_at) == len(self._entities_at)
            and len(self._name_roles) == len(self._name_tokens)
            and len(self._tokens_at) == len(self._postings_at) == tokens + 1
            and len(self._key_tokens_at) == len(self._keys) + 1
            and len(self._letters_at) == len(self._letter_script) + 1 == len(self._letter_bits) + 1
            and len(self._letter_self) == len(self._letter_bits)
            and len(self._spellings_at) == tokens + 1
            and self._spellings_at[tokens] == len(self._letter_script)
        )
        if not sound:
            raise CompiledError(str(self.folder), "its sections do not fit together")

    def __len__(self) -> int:
        """The number of entities."""
        return len(self._entities_at) - 1

    @property
    def names(self) -> int:
        """The number of names."""
        return len(self._name_entity)

    @property
    def tokens(self) -> int:
        """The number of distinct tokens."""
        return len(self._token_entities)

    def _text(self, blob: memoryview, offsets: memoryview, i: int) -> str:
        try:
            return str(self._slice(blob, offsets, i), "utf-8", "surrogatepass")
        except UnicodeDecodeError:
            raise CompiledError(str(self.folder), f"text {i} is damaged") from None

    def _read_entity(self, number: int) -> Entity:
        with suppress(ValueError, TypeError, AttributeError, RecursionError):
            record = json.loads(self._text(self._entities, self._entities_at, number))
            extra = tuple(record.pop("attributes", {}).items())
            if all(isinstance(value, str) for value in (*record.values(), *(text for _, text in extra))):
                return Entity(**record, attributes=extra)
        raise CompiledError(str(self.folder), f"entity {number} is damaged")

    def _read_name(self, number: int) -> Name:
        """The parsed name, with the roles it was filed with."""
        text = self._text(self._names, self._names_at, number)
        roles = self._slice(self._name_roles, self._name_tokens_at, number)
        kinds = [ROLES[role % len(ROLES)] for role in roles]
        tokens = self._placed(number, text, kinds)
        if tokens is None:
            # the roles were filed, so they need not be found again
            name = phrase(text) if "word" in kinds else Name(text, parts(text))
            if len(kinds) != len(name.tokens):
                raise CompiledError(str(self.folder), f"name {number} is damaged")
            if "word" in kinds:
                return name
            tokens = tuple(replace(token, role=role) for token, role in zip(name.tokens, kinds, strict=True))
        return Name(text, tokens)

    def _placed(self, number: int, text: str, kinds: list[Role]) -> tuple[Token, ...] | None:
        """The tokens of a name by their places in it, where every one is written as it was cleaned, between spaces."""
        words = text.split(" ")
        if len(words) != len(kinds) or "word" in kinds:
            return None
        start, found = 0, []
        for word, token, role in zip(words, self.token_numbers(number), kinds, strict=True):
            if word != self.token(token):
                return None
            found.append(Token(word, start, start + len(word), role))
            start += len(word) + 1
        return tuple(found)

    def _read_token(self, number: int) -> str:
        return self._text(self._tokens, self._tokens_at, number)

    def _tokens_under(self, key: str) -> tuple[int, ...]:
        """The numbers of the tokens filed under a key."""
        wanted = key_hash(key)
        place = bisect_left(self._keys, wanted)
        if place == len(self._keys) or self._keys[place] != wanted:
            return ()
        return tuple(self._slice(self._key_tokens, self._key_tokens_at, place))

    @cached_property
    def pairs(self) -> _finder.Names:
        """The names by two of their tokens."""
        naming = bytes(role in NAMING for role in ROLES)
        sections = (self._name_tokens_at, self._name_tokens, self._name_roles, self._postings_at, self._postings)
        return _finder.Names(*sections, naming)

    @cached_property
    def shapes(self) -> _finder.Shapes:
        """How the tokens sound, as far as that was asked."""
        return _finder.Shapes(self.tokens)

    @cached_property
    def described(self) -> bool:
        """Whether any entity has a description."""
        mapped: mmap.mmap = self._data.obj  # type: ignore[assignment]
        start, size = self.header["sections"]["entities"]
        return mapped.find(b'"description": ', start, start + size) >= 0

    @cached_property
    def openers(self) -> dict[int, list[int]]:
        """The names of organisations and places by their first token."""
        found: dict[int, list[int]] = {}
        roles, starts, name = bytes(self._name_roles), self._name_tokens_at, 0
        place = roles.find(_WORD)
        while place >= 0:
            name = bisect_right(starts, place, name) - 1
            if not 0 <= name < self.names or starts[name + 1] <= place:
                raise CompiledError(str(self.folder), f"role {place} belongs to no name")
            if starts[name] == place:
                found.setdefault(self._name_tokens[place], []).append(name)
            place = roles.find(_WORD, starts[name + 1])
        return found

    def checksum(self) -> str:
        """A hash over all sections, as the header has it where nothing was damaged; reads the whole file."""
        digest = hashlib.blake2b(digest_size=16)
        for name in self.header["sections"]:
            if name not in _SECTIONS:
                raise CompiledError(str(self.folder), f"has an unknown section {name!r}")
            offset, size = self.header["sections"][name]
            digest.update(self._data[offset : offset + size])
        return digest.hexdigest()

    def spelling(self, name: int) -> str:
        """A name as it was written, not kept in any cache."""
        return self._text(self._names, self._names_at, name)

    def word(self, token: int) -> str:
        """A token, not kept in any cache."""
        return self._read_token(token)

    def roles_of(self, name: int) -> memoryview:
        """The roles of the tokens of a name, numbers of `ROLES` (array of u8)."""
        return self._slice(self._name_roles, self._name_tokens_at, name)

    def filed(self) -> tuple[memoryview, memoryview, memoryview]:
        """The hashes of all keys, where the tokens of each begin, and those tokens."""
        return self._keys, self._key_tokens_at, self._key_tokens

    def _at(self, section: memoryview, place: int) -> int:
        """One number of a section; a place outside of it shows damage."""
        if not 0 <= place < len(section):
            raise CompiledError(str(self.folder), f"refers to place {place} of {len(section)}")
        return int(section[place])

    def _slice(self, section: memoryview, offsets: memoryview, place: int) -> memoryview:
        """The part of a section that belongs to a place."""
        start, end = self._at(offsets, place), self._at(offsets, place + 1)
        if not start <= end <= len(section):
            raise CompiledError(str(self.folder), f"offset {end} is out of place")
        return section[start:end]

    def lettered(self) -> tuple[memoryview, memoryview, memoryview, memoryview, memoryview]:
        """The spellings of all tokens as the sections say: letters, where each begins, writing, bits, bits beside itself."""
        return self._letters, self._letters_at, self._letter_script, self._letter_bits, self._letter_self

    def spelt(self) -> memoryview:
        """Where the rows of `lettered` begin that the tokens are compared by, with their end (array of u32)."""
        return self._spellings_at

    def rows_of(self, token: int) -> range:
        """The rows of `lettered` that a token is compared by."""
        start, end = self._at(self._spellings_at, token), self._at(self._spellings_at, token + 1)
        if not start <= end < len(self._letters_at):
            raise CompiledError(str(self.folder), f"row {end} is out of place")
        return range(start, end)

    def bearers(self, token: int) -> int:
        """How many entities have a token."""
        return self._at(self._token_entities, token)

    def postings(self, token: int) -> memoryview:
        """The names that a token is part of (array of u32)."""
        return self._slice(self._postings, self._postings_at, token)

    def token_numbers(self, name: int) -> memoryview:
        """The tokens of a name, in order (array of u32)."""
        return self._slice(self._name_tokens, self._name_tokens_at, name)

    def entity_of(self, name: int) -> int:
        """The number of the entity that a name belongs to."""
        return self._at(self._name_entity, name)

    def kind_of(self, name: int) -> str:
        """The kind of a name: name, alias, weak or exclude."""
        return NAME_KINDS[self._at(self._name_kind, name) % len(NAME_KINDS)]

    def lang_of(self, name: int) -> str:
        """The language of a name, ISO 639-1, empty where the source does not say."""
        langs = self.header.get("langs", [""])
        number = self._at(self._name_lang, name)
        return str(langs[number]) if number < len(langs) else ""

    def names_of(self, entity: int) -> memoryview:
        """The names of an entity (array of u32)."""
        return self._slice(self._entity_names, self._entity_names_at, entity)

    def _entity_with(self, id: str) -> int | None:
        """The number of the entity with an ID, None where there is none; found in the mapped file, without a table."""
        wanted = f'{{"id": {json.dumps(id, ensure_ascii=False)}, '.encode("utf-8", "surrogatepass")
        mapped: mmap.mmap = self._data.obj  # type: ignore[assignment]
        start, size = self.header["sections"]["entities"]
        place = mapped.find(wanted, start, start + size)
        while place >= 0:
            number = bisect_left(self._entities_at, place - start)
            if number < len(self) and self._entities_at[number] == place - start:
                return number
            place = mapped.find(wanted, place + 1, start + size)
        return None

    def frequency(self, word: str) -> int:
        """How many entities have a token that folds to the same letters as ``word``."""
        return max((self.bearers(token) for token in self.lookup(f"={fold(word)}")), default=0)


_SECTIONS = {
    "entities": "B", "entities@": "Q", "names": "B", "names@": "Q", "name_entity": "I", "name_kind": "B",
    "name_lang": "B", "entity_names": "I", "entity_names@": "I", "name_tokens": "I", "name_tokens@": "I", "name_roles": "B", "tokens": "B", "tokens@": "Q",
    "token_entities": "I", "letters": "B", "letters@": "I", "letter_script": "B", "letter_bits": "f", "letter_self": "f", "spellings@": "I", "postings": "I", "postings@": "I", "keys": "Q", "key_tokens": "I", "key_tokens@": "I",
}  # fmt: skip


def _read_header_quietly(folder: Path) -> str:
    """The data file that an older header names, empty where there is none that can be read."""
    try:
        name = json.loads((folder / HEADER).read_text(encoding="utf-8")).get("data", "")
        # nothing else is deleted, whatever a damaged header names
        return name if isinstance(name, str) and Path(name).name == name and name.endswith(".bin") else ""
    except (OSError, ValueError, AttributeError, RecursionError):
        return ""


def is_compiled(path: str | Path) -> bool:
    """Whether a path is a compiled gazetteer."""
    return (Path(path) / HEADER).is_file()


def open_index(folder: str | Path) -> Index:
    """Map a compiled gazetteer.

    Raises:
        CompiledError: it is damaged, incomplete, or made by another version of the package.

    """
    folder = Path(folder)
    try:
        header = json.loads((folder / HEADER).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise CompiledError(str(folder), f"its header cannot be read ({error})") from None
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise CompiledError(str(folder), "is no compiled gazetteer")
    for what, expected in (("version", VERSION), ("fingerprint", fingerprint()), ("byteorder", sys.byteorder)):
        if header.get(what) != expected:
            raise CompiledError(str(folder), f"was made with {what} {header.get(what)!r}, this is {expected!r}")
    name = header.get("data")
    if not isinstance(name, str) or Path(name).name != name:
        raise CompiledError(str(folder), f"names the data file {name!r}")
    try:
        with open(folder / name, "rb") as stream:
            data = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError) as error:
        raise CompiledError(str(folder), f"its data file {name} cannot be mapped ({error})") from None
    if len(data) != header.get("size"):
        raise CompiledError(str(folder), f"{name} has {len(data)} bytes where {header.get('size')} are expected")
    return Index(folder, header, data)


def compile_rows(
    rows: Iterable[Row], folder: str | Path, content: str = "", sources: Sequence[str | Path] = ()
) -> None:
    """Compile rows into ``folder``, replacing a compiled gazetteer there in one step.

    What the gazetteer there holds already, or else the newest one of the same ``sources`` in the user's
    cache, is taken over instead of being worked out again, if it was made by the same code; the result
    is the same.
    """
    folder = Path(folder)
    named = [str(Path(source).resolve()) for source in sources]
    builder = Builder(_earlier(folder, named))
    for row in rows:
        builder.add(row)
    builder.write(folder, content or "0" * 64, named)


def _earlier(folder: Path, sources: list[str]) -> Index | None:
    """The compiled gazetteer to take over from, None where there is none that is whole to the last byte."""
    candidates = [folder]
    if sources:
        with suppress(OSError):
            kept = list(cache_folder().glob(f"*-{fingerprint()}"))
            candidates += sorted(kept, key=lambda path: path.stat().st_mtime, reverse=True)
    for path in candidates:
        with suppress(CompiledError):
            index = open_index(path)
            of_these = path == folder or index.header.get("sources") == sources
            if of_these and index.header.get("checksum") == index.checksum():
                return index
    return None


def content_hash(sources: Iterable[str | Path]) -> str:
    """A hash over the contents of all source files."""
    digest = hashlib.sha256()
    for source in sources:
        for path in files(source):
            try:
                digest.update(path.name.encode("utf-8", "surrogateescape") + b"\0" + path.read_bytes())
            except OSError as error:
                raise GazetteerError(
                    str(path), 0, f"cannot be read ({error.strerror})", "check the path and its permissions"
                ) from None
    return digest.hexdigest()


def cache_folder() -> Path:
    """Where compiled sources are kept: ``$RESOLVE_CACHE_DIR``, or the user's cache directory."""
    if chosen := os.environ.get("RESOLVE_CACHE_DIR"):
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("onomast")


def open_sources(sources: Sequence[str | Path]) -> tuple[Index, list[str]]:
    """Open sources through the cache, compiling them on first use; return the warnings too.

    A cached gazetteer that is damaged is compiled again; where the cache cannot be written, the
    gazetteer is compiled into a temporary directory for this process.

    Raises:
        GazetteerError: a source is unusable.

    """
    content = content_hash(sources)
    folder = cache_folder() / f"{content[:24]}-{fingerprint()}"
    try:
        return open_index(folder), []
    except CompiledError:
        pass
    rows, noticed = load(sources)
    try:
        compile_rows(rows, folder, content, sources)
        return open_index(folder), [str(problem) for problem in noticed]
    except OSError:
        temporary = Path(tempfile.mkdtemp(prefix="onomast-"))
        try:
            compile_rows(rows, temporary, content)
            return open_index(temporary), [str(problem) for problem in noticed]
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


def describe(index: Index) -> dict[str, Any]:
    """What a gazetteer holds: counts of entities by type, names by kind, tokens, size on disk."""
    types: dict[str, int] = {}
    for number in range(len(index)):
        kind = index.entity(number).type
        types[kind] = types.get(kind, 0) + 1
    kinds: dict[str, int] = {}
    for number in range(index.names):
        kinds[index.kind_of(number)] = kinds.get(index.kind_of(number), 0) + 1
    return {
        "entities": len(index), **types, "names": index.names,
        **{f"  {kind}": count for kind, count in kinds.items()},
        "tokens": index.tokens, "bytes": index.header["size"],
        "content": index.header["content"][:16], "fingerprint": index.header["fingerprint"],
    }  # fmt: skip
