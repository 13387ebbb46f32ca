"""What has to be worked out of the words of a gazetteer, each once?

Which role a word can have in a plain name, by which spellings it is compared, under which keys it is filed: all of
that follows from the word and its languages alone, is found in one go, and travels as plain bytes, so that several
processes can share the words (`resolve.index.share`).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from resolve.earlier import Earlier
from resolve.index.forms import spellings_of
from resolve.index.layout import key_hash
from resolve.index.share import Blob, shared
from resolve.keys import keys, neighbours, press_keys
from resolve.letters import writing
from resolve.multigram import load as load_channel
from resolve.names import plain_givenness

NONE = 255
"""Stands for `plain_givenness` where it says nothing."""

SEPARATOR = "\0"
"""Stands between words; none has it."""


def blob(values: array[Any]) -> memoryview:
    """The bytes of an array, without a copy."""
    return memoryview(values).cast("B")


class Worked:
    """What is known of all words of a gazetteer.

    Args:
        vocabulary: the words, sorted.
        langs_of: the languages of the names that a word is part of, by its number, sorted.
        plain: words that are part of plain names.
        earlier: a gazetteer that knows the keys of some.

    Attributes:
        givenness: by language, of every word by its number, `plain_givenness`; `NONE` for words that are not plain.
        keys: the hashes of the keys of all words.
        key_counts: how many of them each word has.
        scripts: the writings of their spellings, by number.
        han: spellings in Chinese characters.

    """

    def __init__(
        self,
        vocabulary: Sequence[str],
        langs_of: Callable[[int], Iterable[str]],
        plain: frozenset[str] | set[str],
        earlier: Earlier | None = None,
    ) -> None:
        self._vocabulary, self._langs_of, self._plain, self._earlier = vocabulary, langs_of, plain, earlier
        self.givenness: dict[str, bytearray] = {}
        self.keys, self.key_counts = array("Q"), array("I")
        self.scripts: dict[str, int] = {"": 0}
        self.han: list[str] = []
        self._rows, self._starts, self._letters = array("I", [0]), array("I", [0]), bytearray()
        self._scripts, self._kinds, self._bits, self._selves = array("B"), array("B"), array("f"), array("f")
        place = 0
        for found in shared(self._of_words, len(vocabulary)):
            place = self._take(place, *found)

    def spellings(self) -> dict[str, Blob]:
        """The sections of the data file that hold the spellings, in the letters of the channels."""
        return {
            "spellings@": blob(self._rows), "letters@": blob(self._starts), "letters": self._letters,
            "letter_script": blob(self._scripts), "letter_kind": blob(self._kinds), "letter_bits": blob(self._bits),
            "letter_self": blob(self._selves),
        }  # fmt: skip

    def _of_words(self, block: range) -> list[Blob]:
        """What is found of a block of words, as `_take` takes it over."""
        given = bytearray()
        hashes, hash_counts = array("Q"), array("I")
        spelt = _Spelt()
        for number in block:
            text, langs = self._vocabulary[number], sorted(self._langs_of(number))
            if text in self._plain:
                for lang in langs:
                    how = plain_givenness(text, lang)
                    given.append(NONE if how is None else how)
            known = self._earlier.keys(text, set(langs)) if self._earlier else None
            filed = set(_key_hashes(text, langs)) if known is None else known
            hashes.extend(filed)
            hash_counts.append(len(filed))
            spelt.add(text)
        return [given, blob(hashes), blob(hash_counts), *spelt.blobs()]

    def _take(self, place: int, *found: Blob) -> int:
        """Take over what was found of the words from a place on; gives where the next begin."""
        given, hashes, hash_counts, row_counts, sizes, letters, scripts, names, kinds, bits, selves, han = found
        self.keys.frombytes(hashes)
        self.key_counts.frombytes(hash_counts)
        self._extend(self._rows, row_counts)
        self._extend(self._starts, sizes)
        self._letters += letters
        numbers = [self.scripts.setdefault(name, len(self.scripts)) for name in _split(names)]
        self._scripts.extend(numbers[script] for script in bytes(scripts))
        self._kinds.frombytes(kinds)
        self._bits.frombytes(bits)
        self._selves.frombytes(selves)
        self.han += _split(han)
        told, unknown = iter(bytes(given)), bytes([NONE])
        end = place + len(hash_counts) // self.key_counts.itemsize
        for number in range(place, end):
            if self._vocabulary[number] in self._plain:
                for lang in sorted(self._langs_of(number)):
                    if lang not in self.givenness:
                        self.givenness[lang] = bytearray(unknown * len(self._vocabulary))
                    self.givenness[lang][number] = next(told)
        return end

    @staticmethod
    def _extend(ends: array[int], sizes: Blob) -> None:
        """Go on with what ends where, by the sizes of what follows."""
        last = ends[-1]
        for size in memoryview(sizes).cast("I"):
            last += size
            ends.append(last)


class _Spelt:
    """The spellings of some words, in the letters of the channels."""

    def __init__(self) -> None:
        self._model = load_channel()
        self._counts, self._sizes, self._letters = array("I"), array("I"), bytearray()
        self._scripts, self._names = array("B"), dict[str, int]()
        self._kinds, self._bits, self._selves = array("B"), array("f"), array("f")
        self._han: list[str] = []

    def add(self, text: str) -> None:
        """Go on with the spellings of a word."""
        found = spellings_of(text)
        self._counts.append(len(found))
        for spelling, kind in found.items():
            if writing(spelling) == "Han":
                self._han.append(spelling)
            word = self._model.word(spelling)
            self._sizes.append(len(word.letters) if word else 0)
            self._letters += word.letters if word else b""
            self._scripts.append(self._names.setdefault(word.script if word else "", len(self._names)))
            self._kinds.append(kind)
            self._bits.append(word.bits if word else 0.0)
            self._selves.append(self._model.self_bits(spelling) if word else 0.0)

    def blobs(self) -> Iterator[Blob]:
        """All of it as bytes."""
        yield blob(self._counts)
        yield blob(self._sizes)
        yield self._letters
        yield blob(self._scripts)
        yield _joined(self._names)
        yield blob(self._kinds)
        yield blob(self._bits)
        yield blob(self._selves)
        yield _joined(self._han)


def _joined(words: Iterable[str]) -> bytes:
    return "".join(word + SEPARATOR for word in words).encode("utf-8", "surrogatepass")


def _split(joined: Blob) -> list[str]:
    return str(joined, "utf-8", "surrogatepass").split(SEPARATOR)[:-1]


def _key_hashes(text: str, langs: Iterable[str]) -> Iterator[int]:
    """The hashes of all keys under which a token of names in these languages is filed."""
    yield from map(key_hash, (*keys(text), *neighbours(text)))
    yield from (key_hash(key) for lang in langs for key in press_keys(text, lang))
