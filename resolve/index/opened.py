"""How is a compiled gazetteer mapped, and what does it say?"""

from __future__ import annotations

import hashlib
import json
import mmap
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from resolve import _finder, readings
from resolve._scan import Answers
from resolve._shortlist import Keys, Names
from resolve.errors import CompiledError
from resolve.index.forms import phrase
from resolve.index.layout import (
    FORMAT,
    HEADER,
    KINDS,
    ROLES,
    SECTIONS,
    VERSION,
    WORD,
    fingerprint,
    key_hash,
    sampled,
)
from resolve.index.memo import Memo
from resolve.letters import fold
from resolve.model import NAME_KINDS, Entity, Evidence, Name, Role, Token
from resolve.multigram import Table
from resolve.names import NAMING, parts

OF_WORD = 8
"""What is remembered of a word takes as much room as so many tokens that it meets."""

MET, MEETINGS, NEAR = 1_000_000, 500_000, 500_000
"""So many tokens that words meet are remembered: with what is known of each, as a set, and as numbers."""

JUDGED, SPELT, LIKELIEST = 150_000, 30_000, 5_000
"""So many pairs of tokens are remembered, and what so many words may spell."""


class Index:
    """A compiled gazetteer, mapped into memory. Use `open_index`; safe for many readers at once."""

    def __init__(self, folder: Path, header: dict[str, Any], data: memoryview) -> None:
        self.folder, self.header = folder, header
        self._data = data
        self._check_header()
        for name, width in SECTIONS.items():
            setattr(self, f"_{name.replace('@', '_at')}", self._section(name, width))
        self._check_lengths()
        self._remember_readings()
        self.memo: dict[Any, Any] = Memo(SPELT)
        self.met: dict[tuple[str, str, bool], Any] = Memo(MET, lambda met: OF_WORD + len(met.tokens))
        self.judged: dict[tuple[str, Role, str, Role, str], Evidence | None] = Memo(JUDGED)
        self.meetings: dict[tuple[str, str], frozenset[int]] = Memo(MEETINGS, lambda tokens: OF_WORD + len(tokens))
        self.likeliest: dict[tuple[str, str], list[tuple[int, float]]] = Memo(LIKELIEST)
        self.near: dict[tuple[str, str], Any] = Memo(NEAR, lambda near: OF_WORD + len(near.tokens))
        self.openings: dict[tuple[str, str], tuple[int, ...]] = {}
        self.sifted: dict[tuple[str, str], int] = {}
        self.answers = Answers()
        self.heard: dict[tuple[str, str], Any] = {}
        self.origins: dict[Any, Any] = {}
        self.entity = lru_cache(maxsize=65536)(self._read_entity)
        self.name = lru_cache(maxsize=65536)(self._read_name)
        self.token = lru_cache(maxsize=65536)(self._read_token)
        self.lookup = lru_cache(maxsize=65536)(self._tokens_under)
        self.together = Names(
            self._postings, self._postings_at, self._name_tokens, self._name_tokens_at, self._name_roles, KINDS
        )
        self.number_of = lru_cache(maxsize=65536)(self._entity_with)
        self.frequency = lru_cache(maxsize=65536)(self._frequency)

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
    _letter_kind: memoryview
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
            # their numbers are places in them, and the first is none
            and all(one[:1] == [""] for one in lists[:2])
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
            and len(self._letter_self) == len(self._letter_bits) == len(self._letter_kind)
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
    def letters(self) -> Table:
        """The tokens in the letters of the channels."""
        scripts = self.header.get("scripts", [])
        # a number that a damaged file has beyond them is that of a script nobody knows
        return Table(*self.lettered(), (*scripts, *[""] * (256 - len(scripts))))

    @cached_property
    def filing(self) -> Keys:
        """The tokens under the hashes of keys."""
        return Keys(self._keys, self._key_tokens, self._key_tokens_at, self._spellings_at, self._letter_script)

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
        place = roles.find(WORD)
        while place >= 0:
            name = bisect_right(starts, place, name) - 1
            if not 0 <= name < self.names or starts[name + 1] <= place:
                raise CompiledError(str(self.folder), f"role {place} belongs to no name")
            if starts[name] == place:
                found.setdefault(self._name_tokens[place], []).append(name)
            place = roles.find(WORD, starts[name + 1])
        return found

    def checksum(self) -> str:
        """A hash over all sections, as the header has it where nothing was damaged; reads the whole file."""
        digest = hashlib.blake2b(digest_size=16)
        for name in self.header["sections"]:
            if name not in SECTIONS:
                raise CompiledError(str(self.folder), f"has an unknown section {name!r}")
            offset, size = self.header["sections"][name]
            digest.update(self._data[offset : offset + size])
        return digest.hexdigest()

    def verify(self) -> None:
        """Read all of the gazetteer, and hold it against its checksum.

        Raises:
            CompiledError: a byte of some section is not what was compiled.

        """
        if self.header["checksum"] != self.checksum():
            raise CompiledError(str(self.folder), "does not hold what was compiled: its checksum is wrong")

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

    def lettered(self) -> tuple[memoryview, memoryview, memoryview, memoryview, memoryview, memoryview]:
        """The spellings of all tokens as the sections say: letters, where each begins, writing, bits, bits beside itself,
        and the ways in which each is compared.
        """
        told = self._letter_bits, self._letter_self, self._letter_kind
        return self._letters, self._letters_at, self._letter_script, *told

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

    def kinds(self) -> bytes:
        """The kinds of all names, numbers of `NAME_KINDS`."""
        return bytes(self._name_kind)

    def saying(self, what: bytes) -> Iterator[int]:
        """The numbers of the entities whose records have some bytes, in order; nothing else is read of the others."""
        mapped: mmap.mmap = self._data.obj  # type: ignore[assignment]
        start, size = self.header["sections"]["entities"]
        place, number = mapped.find(what, start, start + size), 0
        while place >= 0:
            number = bisect_right(self._entities_at, place - start, number) - 1
            if not 0 <= number < len(self) or self._entities_at[number + 1] <= place - start:
                raise CompiledError(str(self.folder), f"byte {place} belongs to no entity")
            yield number
            place = mapped.find(what, start + self._entities_at[number + 1], start + size)

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

    def _frequency(self, word: str) -> int:
        """How many entities have a token that folds to the same letters as ``word``."""
        return max((self.bearers(token) for token in self.lookup(f"={fold(word)}")), default=0)


def is_compiled(path: str | Path) -> bool:
    """Whether a path is a compiled gazetteer."""
    return (Path(path) / HEADER).is_file()


def open_index(folder: str | Path) -> Index:
    """Map a compiled gazetteer, after a look at its header and at blocks of the data file (`sampled`); `Index.verify` reads all.

    Raises:
        CompiledError: it is damaged, incomplete, or made by another version of the package.

    """
    folder, last = Path(folder), ""
    while True:
        header = _header(folder)
        name = header["data"]
        try:
            with open(folder / name, "rb") as stream:
                mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
                data = memoryview(mapped)
            break
        except (OSError, ValueError) as error:
            # whoever replaced the header since it was read has deleted what it named
            if isinstance(error, FileNotFoundError) and name != last:
                last = name
                continue
            raise CompiledError(str(folder), f"its data file {name} cannot be mapped ({error})") from None
    if len(data) != header.get("size"):
        raise CompiledError(str(folder), f"{name} has {len(data)} bytes where {header.get('size')} are expected")
    _look(folder, header, mapped)
    return Index(folder, header, data)


def _look(folder: Path, header: dict[str, Any], data: mmap.mmap) -> None:
    """Refuse a gazetteer whose header or data file something has changed since it was compiled."""
    try:
        sound = header.get("sample") == sampled(header, data)
    except RecursionError:
        sound = False
    if not sound:
        raise CompiledError(str(folder), "was changed or damaged since it was compiled")


def _header(folder: Path) -> dict[str, Any]:
    """The header of a compiled gazetteer that this program reads."""
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
    return header


def describe(index: Index) -> dict[str, Any]:
    """What a gazetteer holds: counts of entities by type, names by kind, tokens, size on disk."""
    types: Counter[str] = Counter()
    passed = 0
    for number in index.saying(b'"type": '):
        # of whom nothing is said is a person
        if number > passed:
            types["person"] += number - passed
        types[index.entity(number).type] += 1
        passed = number + 1
    if len(index) > passed:
        types["person"] += len(index) - passed
    kinds: Counter[str] = Counter()
    for kind, count in Counter(index.kinds()).items():
        kinds[NAME_KINDS[kind % len(NAME_KINDS)]] += count
    return {
        "entities": len(index), **types, "names": index.names,
        **{f"  {kind}": count for kind, count in kinds.items()},
        "tokens": index.tokens, "bytes": index.header["size"],
        "content": index.header["content"][:16], "fingerprint": index.header["fingerprint"],
    }  # fmt: skip
