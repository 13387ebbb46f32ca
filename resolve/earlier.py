"""What of an earlier compiled gazetteer still holds?

Parsing names and finding the keys of their words takes nearly all the time of compiling. Both follow
from the spelling, its language and the code alone; where the fingerprint of the code is the same, they
are taken over from the earlier gazetteer, and only names and words that are new cost anything.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from hashlib import blake2b
from typing import Protocol


class Compiled(Protocol):
    """What is asked of a compiled gazetteer."""

    @property
    def names(self) -> int:
        """The number of names."""

    @property
    def tokens(self) -> int:
        """The number of distinct tokens."""

    def spelling(self, name: int) -> str:
        """A name as it was written."""

    def word(self, token: int) -> str:
        """A token."""

    def roles_of(self, name: int) -> Sequence[int]:
        """The roles of the tokens of a name, by number."""

    def token_numbers(self, name: int) -> Sequence[int]:
        """The tokens of a name."""

    def lang_of(self, name: int) -> str:
        """The language of a name."""

    def postings(self, token: int) -> Sequence[int]:
        """The names that a token is part of."""

    def filed(self) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
        """The hashes of all keys, where the tokens of each begin, and those tokens."""


class Earlier:
    """An earlier compiled gazetteer, asked for names and words that it has already.

    Args:
        index: the gazetteer, of the same fingerprint.
        word_role: the number of the role of words in names of organisations and places.

    """

    def __init__(self, index: Compiled, word_role: int) -> None:
        self._index, self._word_role = index, word_role
        hashes = array("Q", map(self._hash, range(index.names)))
        self._order = array("I", sorted(range(index.names), key=hashes.__getitem__))
        self._hashes = array("Q", map(hashes.__getitem__, self._order))
        self._starts, self._keys = self._by_token()

    def _hash(self, name: int) -> int:
        return _hash(self._index.spelling(name), self._index.lang_of(name), self._is_phrase(name))

    def _is_phrase(self, name: int) -> bool:
        return self._word_role in self._index.roles_of(name)

    def _by_token(self) -> tuple[array[int], array[int]]:
        """The hashes of the keys of every token, and where they begin."""
        keys, begins, tokens = self._index.filed()
        starts = array("Q", bytes(8 * (self._index.tokens + 1)))
        for token in tokens:
            starts[token + 1] += 1
        for token in range(self._index.tokens):
            starts[token + 1] += starts[token]
        place = starts[:]
        found = array("Q", bytes(8 * len(tokens)))
        for i, key in enumerate(keys):
            for token in tokens[begins[i] : begins[i + 1]]:
                found[place[token]] = key
                place[token] += 1
        return starts, found

    def name(self, text: str, lang: str, phrase: bool) -> list[tuple[str, int]] | None:
        """The tokens of a name with the numbers of their roles; None where it is new."""
        wanted = _hash(text, lang, phrase)
        place = bisect_left(self._hashes, wanted)
        while place < len(self._hashes) and self._hashes[place] == wanted:
            name = self._order[place]
            known = self._index.spelling(name), self._index.lang_of(name), self._is_phrase(name)
            if known == (text, lang, phrase):
                words = (self._index.word(token) for token in self._index.token_numbers(name))
                return list(zip(words, self._index.roles_of(name), strict=True))
            place += 1
        return None

    def keys(self, word: str, langs: set[str]) -> array[int] | None:
        """The hashes of the keys of a word in names of these languages; None where it is new."""
        token = bisect_left(range(self._index.tokens), word, key=self._index.word)
        if token == self._index.tokens or self._index.word(token) != word:
            return None
        if {self._index.lang_of(name) for name in self._index.postings(token)} != langs:
            return None
        return self._keys[self._starts[token] : self._starts[token + 1]]


def _hash(text: str, lang: str, phrase: bool) -> int:
    whole = f"{text}\0{lang}\0{phrase:d}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(whole, digest_size=8).digest(), "little")
