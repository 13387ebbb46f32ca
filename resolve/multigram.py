"""How many bits say that two tokens spell one name, by what was learned from pairs of spellings?

``bits(a, b) = log2 P(a, b) - log2 P(a) - log2 P(b)``: P(a, b) is a joint multigram model of the two
scripts, P(a) a letter trigram model of one. ``evidence(a, b)`` weighs the same blocks by how well they
tell spellings of one name from similar names of somebody else. `resolve.training.channel` learns both
and `docs/model-card.md` says from what; the loops are in the compiled ``_kernel``.

The file, little-endian: the magic ``ONOMCHAN``, then four 32-bit numbers (format version, size of
the header, CRC-32 of the header, CRC-32 of all that follows it), then a JSON header, then arrays at
the places that the header names, counted from the end of the header.
"""

from __future__ import annotations

import json
import math
import struct
import sys
import unicodedata
import zlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from operator import mul
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from resolve._kernel import (
    AS_IS,
    END,
    FIRST,
    MAX_LETTERS,
    ONCE,
    START,
    UNKNOWN,
    WITH_ENDING,
    Blocks,
    Letters,
    Speller,
    above,
    measured,
    passing,
)
from resolve.errors import ModelError, UnknownChoiceError
from resolve.letters import WRITINGS, is_other, native, writing

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

MAGIC = b"ONOMCHAN"
VERSION = 1
DEFAULT = Path(__file__).parent / "tables" / "channel.bin"
CACHE = 65536
TELLS = 8.0
"""Evidence beyond so many bits either way tells no more."""

MOST_BITS = 30.0
"""More bits than these, and fewer than none, tell no more."""

LEAST_ALIKE = -0.3
"""A similarity below this tells no more."""

SPELLINGS = 24
"""So many likely spellings of a token are found, no two with the same consonants."""

HYPOTHESES = 1024
"""More words than the search of spellings ever reaches."""

RULES = 12
"""A block of letters is spelt in at most so many ways."""

LEAST_RULE = 2e-6
"""Rarer blocks spell nothing."""

VOWELS = "aeiouy"

SCRIPTS = ("Cyrillic", "Latin")
"""The scripts whose words the kernel weighs whole, with their sounds, by number."""

NO_SCRIPT = 255
_PREFIX = struct.Struct("<8sIIII")
_SIGNS = dict.fromkeys(map(ord, "'’‘ʼʹ`´ʻʾʿ\N{COMBINING ACUTE ACCENT}\N{SOFT HYPHEN}"))


def tidy(word: str) -> str:
    """Lower case, composed, without apostrophes and stress marks.

    >>> tidy("Дар’я"), tidy("O'Brien")
    ('даря', 'obrien')
    """
    word = word.lower()
    if word.isascii() and word.isalpha():
        return word
    return unicodedata.normalize("NFC", word).translate(_SIGNS)


class Alphabet(dict[str, int]):
    r"""The code of every letter of one script; letters it does not know lose their marks.

    >>> Alphabet("ab").encode("abá?")
    b'\x04\x05\x04\x03'
    """

    def __init__(self, letters: str) -> None:
        super().__init__((letter, FIRST + place) for place, letter in enumerate(letters))
        self.letters, self.size = letters, FIRST + len(letters)

    def __missing__(self, letter: str) -> int:
        base = unicodedata.normalize("NFD", letter)[0]
        code = self[base] if base != letter else 0 if unicodedata.combining(letter) else UNKNOWN
        if len(self) < CACHE:
            self[letter] = code
        return code

    def encode(self, word: str) -> bytes:
        """The codes of the first `MAX_LETTERS` letters; combining marks are left out."""
        return bytes(filter(None, map(self.__getitem__, word)))[:MAX_LETTERS]


@dataclass(frozen=True, slots=True)
class Parameters:
    """An opened parameter file: the header and the bytes of its arrays, checked.

    The header names an array as ``[kind, start, count]``: bytes ``B`` or 32-bit floats ``f``.
    """

    header: dict[str, Any]
    body: memoryview

    def array(self, section: Sequence[Any]) -> array[Any]:
        """Copy one array out of the file."""
        kind, start, count = section
        values = array(kind)
        values.frombytes(self.body[start : start + count * values.itemsize])
        if sys.byteorder == "big":
            values.byteswap()
        return values


def beside(path: Path, name: str) -> Path:
    """Where the channel between a writing and Latin lies beside the first parameter file.

    >>> beside(Path("channel.bin"), "Greek").name
    'channel_greek.bin'
    """
    return path.with_name(f"{path.stem}_{name.lower()}{path.suffix}")


def read(path: Path) -> Parameters:
    """Open a parameter file; a damaged one or one of another version is refused.

    >>> sorted(read(DEFAULT).header["scripts"])
    ['Cyrillic', 'Latin']
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(str(path), f"cannot be read ({error.strerror})") from None
    if len(data) < _PREFIX.size or not data.startswith(MAGIC):
        raise ModelError(str(path), "is no file of channel parameters")
    _, version, size, head_sum, body_sum = _PREFIX.unpack_from(data)
    if version != VERSION:
        raise ModelError(str(path), f"has format version {version}, this program reads {VERSION}")
    head, body = data[_PREFIX.size : _PREFIX.size + size], memoryview(data)[_PREFIX.size + size :]
    if len(head) < size or zlib.crc32(head) != head_sum or zlib.crc32(body) != body_sum:
        raise ModelError(str(path), "is damaged: its checksum is wrong")
    return Parameters(json.loads(head), body)


def checksums(path: Path) -> bytes:
    """What the first bytes of a parameter file say of its version and content.

    >>> len(checksums(DEFAULT))
    24
    """
    with path.open("rb") as stream:
        return stream.read(_PREFIX.size)


def write(path: Path, header: dict[str, Any], body: bytes) -> None:
    """Write a parameter file to a temporary name and rename it."""
    head = json.dumps(header, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    prefix = _PREFIX.pack(MAGIC, VERSION, len(head), zlib.crc32(head), zlib.crc32(body))
    part = path.with_name(path.name + ".part")
    part.write_bytes(prefix + head + body)
    part.replace(path)


@dataclass(frozen=True, slots=True)
class Word:
    """A token as the kernel reads it: script, letters, log2 P of the letters."""

    script: str
    letters: bytes
    bits: float


@dataclass(frozen=True, slots=True)
class Channel:
    """What was learned for one pair of scripts.

    ``joint`` gives log2 P(a, b); ``telling`` has the same blocks, weighted by how well they tell
    spellings of one name from similar names; ``weights`` are those of `features`.
    """

    joint: Blocks
    telling: Blocks
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Many words in the kernel's letters, one behind the other, with the script, log2 P and the bits beside itself of each.

    ``kinds`` says in which ways each is compared, a sum of the kernel's `AS_IS`, `WITH_ENDING` and `ONCE`.
    """

    letters: bytes | memoryview
    starts: Sequence[int]
    scripts: Sequence[int]
    bits: Sequence[float]
    selves: Sequence[float]
    kinds: Sequence[int]
    names: tuple[str, ...]

    unknown: frozenset[int] = field(init=False)
    """The numbers of the scripts that have no channel beside Latin and Cyrillic."""

    weighed: bytes = field(init=False)
    """What each number of a script is in `SCRIPTS`, 255 where it is none of them."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "unknown", frozenset(place for place, name in enumerate(self.names) if not name))
        numbers = bytes(SCRIPTS.index(name) if name in SCRIPTS else NO_SCRIPT for name in self.names)
        object.__setattr__(self, "weighed", numbers[:256].ljust(256, bytes([NO_SCRIPT])))


class Gate(NamedTuple):
    """From where on evidence and similarity are enough: what each counts, between which bounds, and how much they need."""

    by_evidence: float
    by_similarity: float
    most_evidence: float
    least_similarity: float
    least: float


def features(left: Word, right: Word, telling: float) -> tuple[float, ...]:
    """What `Multigram.evidence` adds up, each times its weight.

    In order: one; the sum over the cuts of both words with the telling weights of the blocks, in
    bits; how rare the letters of both are; the length of the shorter word, and how much longer the
    other is; whether they are one spelling.
    """
    m, n = len(left.letters), len(right.letters)
    same = left.script == right.script and left.letters == right.letters
    return (1.0, telling, left.bits + right.bits, float(min(m, n)), float(abs(m - n)), float(same))


class Multigram:
    """The learned channel; make one with `load`.

    Args:
        parameters: what is opened at once.
        others: the parameter files of further scripts, by writing; each is opened when a word needs it.

    """

    def __init__(self, parameters: Parameters, others: Mapping[str, Path] | None = None) -> None:
        self._others = dict(others or {})
        self._files: dict[str, Parameters] = {}
        self._alphabets: dict[str, Alphabet] = {}
        self._pairs: dict[tuple[str, str], tuple[Parameters, dict[str, Any]]] = {}
        self._written: dict[str, tuple[str, ...]] = {}
        self._selves: dict[str, float] = {}
        self._told: dict[str, tuple[float, ...]] = {}
        self._spelt: dict[str, Speller] = {}
        self._take(parameters)
        self._letters: dict[str, Letters] = {}
        self._channels: dict[tuple[str, str], Channel] = {}
        self._words: dict[str, Word | None] = {}
        self._covered: dict[tuple[str, str], bool] = {}
        self._told_last: tuple[str, str, float] = ("", "", 0.0)

    def _take(self, parameters: Parameters) -> None:
        """Use what a parameter file holds."""
        for name, facts in parameters.header["scripts"].items():
            self._files[name], self._alphabets[name] = parameters, Alphabet(facts["alphabet"])
        for pair in parameters.header["pairs"]:
            self._pairs[pair["left"], pair["right"]] = parameters, pair

    def _knows(self, name: str) -> bool:
        """Whether there are parameters for a writing; opens its file if that is not done yet."""
        if path := self._others.pop(name, None):
            parameters = read(path)
            for shared, letters in parameters.header["beside"].items():
                if letters != self._alphabets[shared].letters:
                    raise ModelError(str(path), f"was learned beside other {shared} letters")
            self._take(parameters)
            self._told[name] = tuple(parameters.header.get("measures", ()))
        return name in self._alphabets

    def covers(self, a: str, b: str) -> bool:
        """Whether there are parameters for the scripts of two tokens; a token of no letters has none.

        >>> load().covers("Лукашенко", "Lukashenko"), load().covers("ლუკაშენკო", "Lukashenko")
        (True, True)
        """
        scripts = writing(a), writing(b)
        known = self._covered.get(scripts)
        if known is None:
            left, right = sorted(scripts)
            known = self._knows(left) and self._knows(right) and (left, right) in self._pairs
            self._covered[scripts] = known
        return known and self._word(a) is not None and self._word(b) is not None

    def bits(self, a: str, b: str) -> float:
        """How much more likely the two spellings are together than apart, in bits; symmetric.

        Tokens of no letters say nothing: 0 bits.

        Raises:
            UnknownChoiceError: no parameters were learned for the scripts of the tokens.

        >>> load().bits("Ціханоўская", "Tichanowskaja") > load().bits("Ціханоўская", "Tsimanouskaya")
        True

        """
        found = self._meet(a, b)
        if found is None:
            return 0.0
        channel, left, right = found
        return channel.joint.bits(left.letters, right.letters) - left.bits - right.bits

    def self_bits(self, a: str) -> float:
        """What meeting the same spelling again is worth, in bits: long and rare names more.

        Where a script has no channel with itself, what the letters are worth.

        >>> load().self_bits("Tsikhanouskaya") > load().self_bits("Kim")
        True
        """
        if a not in self._selves:
            if len(self._selves) >= CACHE:
                self._selves.clear()
            word = self._word(a)
            self._selves[a] = (-word.bits if word else 0.0) if is_other(a) else self.bits(a, a)
        return self._selves[a]

    def similarity(self, a: str, b: str) -> float:
        """`bits` normalised for the length and rarity of both tokens, between -1 and 1; symmetric.

        >>> load().similarity("Siarhei", "Sergei") > load().similarity("Kovalev", "Kovalchuk")
        True
        """
        scale = max(1.0, self.self_bits(a)) * max(1.0, self.self_bits(b))
        return max(-1.0, min(1.0, self.bits(a, b) / math.sqrt(scale)))

    def evidence(self, a: str, b: str) -> float:
        """log2 odds that two tokens spell one name and not two similar ones, at even prior; symmetric.

        >>> load().evidence("Ulasava", "Vlasova") > 0 > load().evidence("Kovalev", "Kovalchuk")
        True
        """
        found = self._meet(a, b)
        if found is None:
            return 0.0
        channel, left, right = found
        values = features(left, right, channel.telling.bits(left.letters, right.letters))
        evidence = float(sum(map(mul, channel.weights, values)))
        # who asks for the evidence mostly asks for the similarity next
        self._told_last = a, b, evidence
        return evidence

    def alike(self, a: str, b: str) -> tuple[float, float]:
        """`evidence` and `similarity` of two tokens, sooner than one after the other.

        >>> load().alike("Ulasava", "Vlasova") == (load().evidence("Ulasava", "Vlasova"), load().similarity("Ulasava", "Vlasova"))
        True
        """
        found = self._meet(a, b)
        if found is None:
            return 0.0, 0.0
        channel, left, right = found
        letters = left.letters, right.letters
        one, other, evidence = self._told_last
        if (one, other) != (a, b):
            evidence = sum(map(mul, channel.weights, features(left, right, channel.telling.bits(*letters))))
        scale = max(1.0, self.self_bits(a)) * max(1.0, self.self_bits(b))
        bits = channel.joint.bits(*letters) - left.bits - right.bits
        return evidence, max(-1.0, min(1.0, bits / math.sqrt(scale)))

    def told_of(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, float] | None]:
        """`evidence` and `similarity` of many pairs at once; None where there are no parameters for the scripts.

        >>> [told is None for told in load().told_of([("Siarhei", "Сергей"), ("Siarhei", "กิม")])]
        [False, True]
        """
        return [None if values is None else values[:2] for values in self._measured(pairs)]

    def _measured(
        self, pairs: Sequence[tuple[str, str]], least: float = -math.inf
    ) -> list[tuple[float, float, float] | None]:
        """`evidence`, `similarity` and `bits` of many pairs at once.

        None where there are no parameters for the scripts, and where the pair has less than so many bits.
        """
        found: list[tuple[float, float, float] | None] = [None] * len(pairs)
        groups: dict[tuple[str, str], list[tuple[int, Word, Word]]] = {}
        for place, (a, b) in enumerate(pairs):
            left, right = self._word(a), self._word(b)
            if left is not None and right is not None:
                left, right = ordered(left, right)
                groups.setdefault((left.script, right.script), []).append((place, left, right))
        for scripts, group in groups.items():
            if scripts in self._pairs:
                channel = self._channel(scripts)
                (joint,) = self._sums(group, channel.joint)
                shared = (bits - left.bits - right.bits for (_, left, right), bits in zip(group, joint, strict=True))
                kept = [(one, bits) for one, bits in zip(group, shared, strict=True) if bits >= least]
                (telling,) = self._sums([one for one, _ in kept], channel.telling)
                for ((place, left, right), bits), told in zip(kept, telling, strict=True):
                    values = features(left, right, told)
                    evidence = sum(map(mul, channel.weights, values))
                    scale = max(1.0, self.self_bits(pairs[place][0])) * max(1.0, self.self_bits(pairs[place][1]))
                    found[place] = evidence, max(-1.0, min(1.0, bits / math.sqrt(scale))), bits
        return found

    @staticmethod
    def _sums(group: Sequence[tuple[int, Word, Word]], *tables: Blocks) -> Iterator[array[float]]:
        """What each table of blocks says of pairs of words, in one call of the kernel."""
        columns: list[Any] = []
        index: list[Any] = []
        for words in ([left for _, left, _ in group], [right for _, _, right in group]):
            places: dict[bytes, int] = {}
            index.append(array("i", (places.setdefault(word.letters, len(places)) for word in words)))
            columns += [b"".join(places), array("q", accumulate(map(len, places), initial=0))]
        for blocks in tables:
            out = array("d", bytes(8 * len(group)))
            blocks.batch(columns[0], columns[1], columns[2], columns[3], index[0], index[1], out)
            yield out

    def measures(self, a: str, b: str) -> tuple[float, float, float]:
        """`evidence`, `similarity` and `bits` between what they count: beyond, they tell no more.

        >>> load().measures("Babaryka", "Babaryka")[1]
        1.0
        """
        evidence = min(max(self.evidence(a, b), -TELLS), TELLS)
        return evidence, max(self.similarity(a, b), LEAST_ALIKE), min(max(self.bits(a, b), 0.0), MOST_BITS)

    def told(self, a: str, b: str) -> float:
        """How much likelier two tokens, one in a script beyond Cyrillic, are to spell one name than two, in bits.

        The measures with the weights fitted for the pair of scripts; `covers` says for which there are any.
        """
        name = writing(a) if is_other(a) else writing(b)
        constant, *weights = self._told[name]
        return constant + sum(w * value for w, value in zip(weights, self.measures(a, b), strict=True))

    def beside(
        self, a: str, table: Table, script: int, rows: array[int], lowest: float = 0.0, shortest: int = 0
    ) -> tuple[array[int], array[float], array[float]]:
        """`told` and `bits` of a token in a script beyond Cyrillic beside Latin words of a table, sooner than one by one.

        The table is of single precision, and so is the answer.

        Args:
            a: the one word.
            table: many words.
            script: the number of the Latin script in the table.
            rows: numbers of words in it.
            lowest: words of fewer bits are left out; without it those that are likelier apart than together.
            shortest: so are those of fewer letters.

        Returns:
            The numbers of the words, and what is told of each and its bits.

        >>> model = load()
        >>> rows, told, bits = model.beside("Πούτιν", model.table(["Putin", "Merkel"]), 0, array("I", [0, 1]))
        >>> list(rows), round(told[0], 4) == round(model.told("Πούτιν", "Putin"), 4)
        ([0], True)

        """
        found = self.above(a, table, script, rows, lowest, shortest)
        word, other = self._word(a), table.names[script]
        if found is None or word is None or not self._told.get(word.script):
            return array("I"), array("d"), array("d")
        kept, bits = found
        channel = self._channel((min(word.script, other), max(word.script, other)))
        told = measured(
            channel.telling, word.letters, word.script < other, table.letters, table.starts, table.bits, table.selves,
            kept, bits, word.bits, self.self_bits(a), array("d", channel.weights), array("d", self._told[word.script]),
            array("d", (TELLS, LEAST_ALIKE, MOST_BITS)),
        )  # fmt: skip
        return kept, told, bits

    def above(
        self, a: str, table: Table, script: int, rows: array[int], lowest: float = 0.0, shortest: int = 0
    ) -> tuple[array[int], array[float]] | None:
        """The words of one script of a table that have so many `bits` beside a token, with those; as in `beside`.

        None where there are no parameters for the two scripts.

        >>> model = load()
        >>> rows, bits = model.above("Путин", model.table(["Putin", "Merkel"]), 0, array("I", [0, 1]))
        >>> list(rows), round(bits[0], 4) == round(model.bits("Путин", "Putin"), 4)
        ([0], True)
        """
        word, other = self._word(a), table.names[script]
        pair = (min(word.script, other), max(word.script, other)) if word is not None else ("", "")
        if word is None or not self._knows(other) or pair not in self._pairs:
            return None
        return above(
            self._channel(pair).joint, word.letters, word.script < other, word.script == other, table.letters,
            table.starts, table.bits, rows, word.bits, lowest, shortest,
        )  # fmt: skip

    def spellings(self, a: str) -> tuple[str, ...]:
        """The likeliest Latin spellings of a token in another script, no two with the same consonants.

        A beam search over the blocks of the joint model: of hypotheses that read as far and differ in vowels
        alone, the likeliest goes on. Tokens of scripts without a channel to Latin have none.

        >>> load().spellings("Τιχανόφσκαγια")[0]
        'tihanovskaya'
        """
        if a not in self._written:
            if len(self._written) >= CACHE:
                self._written.clear()
            self._written[a] = tuple(self._write(a))
        return self._written[a]

    def _write(self, a: str) -> Iterator[str]:
        """The search of `spellings`."""
        name = writing(a)
        word = self._word(a) if name != "Latin" else None
        if word is None or (name, "Latin") not in self._pairs:
            return
        codes = bytes((START, *word.letters, END))
        speller, letters = self._speller(name), ("", "", "", "", *self._alphabets["Latin"].letters)
        found: list[str] = []
        # words that differ in their edges alone read alike, so that twice as many are nearly always enough
        for most in (2 * SPELLINGS, HYPOTHESES):
            texts = ("".join(letters[code] for code in text) for text in speller.spell(codes, most))
            found = list(dict.fromkeys(filter(None, texts)))
            if len(found) >= SPELLINGS:
                break
        yield from found[:SPELLINGS]

    def outputs(self, name: str) -> dict[str, list[tuple[str, float]]]:
        """What every single letter of a writing is spelt in Latin letters, with the share of each spelling.

        >>> max(load().outputs("Greek")["π"], key=lambda output: output[1])[0]
        'p'
        """
        if not self._knows(name) or (name, "Latin") not in self._pairs:
            return {}
        mine = ("", "", "", "", *self._alphabets[name].letters)
        latin = ("", "", "", "", *self._alphabets["Latin"].letters)
        found = {}
        for left, rules in self._rules(name).items():
            if len(left) == 1 and mine[left[0]]:
                total = sum(2.0**bits for _, _, bits in rules)
                found[mine[left[0]]] = [
                    ("".join(latin[code] for code in right), 2.0**bits / total) for right, _, bits in rules
                ]
        return found

    def _speller(self, name: str) -> Speller:
        """What finds the likely Latin spellings of a writing."""
        if name not in self._spelt:
            self._spelt[name] = Speller(self._rules(name))
        return self._spelt[name]

    def _rules(self, name: str) -> dict[bytes, list[tuple[bytes, bytes, float]]]:
        """What each block of a writing's letters is spelt in Latin: letters, consonants and log2 of the weight."""
        file, pair = self._pairs[name, "Latin"]
        blocks, weights = file.array(pair["blocks"]).tobytes(), file.array(pair["joint"])
        vowels = {self._alphabets["Latin"][vowel] for vowel in VOWELS} | {START, END, UNKNOWN}
        found: dict[bytes, list[tuple[bytes, bytes, float]]] = {}
        for place, weight in enumerate(weights):
            if weight <= LEAST_RULE:
                continue
            left, right = (blocks[6 * place + side : 6 * place + side + 3].rstrip(b"\0") for side in (0, 3))
            if left:
                bones = bytes(code for code in right if code not in vowels)
                found.setdefault(left, []).append((right, bones, math.log2(weight)))
        return {left: sorted(rules, key=lambda rule: (-rule[2], rule[0]))[:RULES] for left, rules in found.items()}

    def word(self, token: str) -> Word | None:
        """A token in the kernel's letters, None where it has none or nothing was learned of its script.

        >>> load().word("Lukashenko").script
        'Latin'
        """
        return self._word(token)

    def gated(
        self, token: str, table: Table, script: int, rows: array[int], gate: Gate
    ) -> tuple[array[int], array[float]]:
        """The rows of one script whose evidence and similarity beside a token may be enough, and what they count, in bits.

        The table is of single precision, and so is the answer. Rows of scripts that are not covered are not among them.

        Args:
            token: the one word.
            table: many words.
            script: the number of the script in the table.
            rows: numbers of words in it.
            gate: what is enough.

        """
        word, other = self._word(token), table.names[script]
        if word is None or not other or not self._knows(other):
            return array("I"), array("d")
        pair = (word.script, other) if word.script <= other else (other, word.script)
        if pair not in self._pairs:
            return array("I"), array("d")
        channel = self._channel(pair)
        return passing(
            channel.telling, channel.joint, word.letters, word.script < other, word.script == other,
            table.letters, table.starts, table.bits, table.selves, rows, word.bits, self.self_bits(token),
            array("d", channel.weights), *gate,
        )  # fmt: skip

    def codes(self, name: str, letters: str) -> bytes:
        """Letters of a writing as the kernel numbers them.

        >>> len(load().codes("Latin", "gk"))
        2
        """
        return self._alphabets[name].encode(letters) if self._knows(name) else b""

    def channel(self, one: str, other: str) -> Channel:
        """What was learned for two scripts, the lesser name first.

        >>> len(load().channel("Cyrillic", "Latin").weights)
        6
        """
        return self._channel((one, other))

    def table(self, words: Sequence[str]) -> Table:
        """Words in the kernel's letters, to be asked for by number; each is compared in all ways.

        >>> model = load()
        >>> model.table(["Minsk"]).names
        ('Latin',)
        """
        names: dict[str, int] = {}
        starts, letters = array("I", [0]), bytearray()
        scripts, bits, selves = array("B"), array("f"), array("f")
        for text in words:
            word = self._word(text)
            letters += word.letters if word else b""
            starts.append(len(letters))
            scripts.append(names.setdefault(word.script if word else "", len(names)))
            bits.append(word.bits if word else 0.0)
            selves.append(self.self_bits(text) if word else 0.0)
        kinds = bytes([AS_IS | WITH_ENDING | ONCE]) * len(scripts)
        return Table(bytes(letters), starts, scripts, bits, selves, kinds, tuple(names))

    def batch(
        self, lefts: Sequence[str], rights: Sequence[str], score: Literal["bits", "evidence"] = "bits"
    ) -> npt.NDArray[np.float64]:
        """`bits` or `evidence` of many pairs; pairs of scripts that are not covered give NaN.

        >>> load().batch(["Иванов", "Kim"], ["Ivanov", "กิม"]).round().tolist()[1:]
        [nan]
        """
        import numpy as np

        words = {token: self._word(token) for token in dict.fromkeys([*lefts, *rights])}
        out = np.full(len(lefts), np.nan)
        groups: dict[tuple[str, str], list[tuple[int, Word, Word]]] = {}
        for place, (a, b) in enumerate(zip(lefts, rights, strict=True)):
            left, right = words[a], words[b]
            if left is None or right is None:
                out[place] = np.nan if writing(a) != "Common" != writing(b) else 0.0
                continue
            left, right = ordered(left, right)
            groups.setdefault((left.script, right.script), []).append((place, left, right))
        for scripts, group in groups.items():
            if scripts in self._pairs:
                out[[place for place, _, _ in group]] = self._batch(scripts, group, score)
        return out

    def _batch(
        self, scripts: tuple[str, str], group: list[tuple[int, Word, Word]], score: str
    ) -> npt.NDArray[np.float64]:
        import numpy as np

        channel = self._channel(scripts)
        sides, index = [], []
        for side in (1, 2):
            places: dict[bytes, int] = {}
            numbers = [places.setdefault(row[side].letters, len(places)) for row in group]  # type: ignore[union-attr]
            index.append(np.array(numbers, np.int32))
            starts = np.zeros(len(places) + 1, np.int64)
            np.cumsum([len(word) for word in places], out=starts[1:])
            sides += [np.frombuffer(b"".join(places), np.uint8), starts]
        out = np.empty(len(group))
        blocks = channel.joint if score == "bits" else channel.telling
        blocks.batch(sides[0], sides[1], sides[2], sides[3], index[0], index[1], out)
        if score == "bits":
            margins = [(left.bits, right.bits) for _, left, right in group]
            return np.asarray((out - [left for left, _ in margins]) - [right for _, right in margins])
        values = np.array([features(left, right, bits) for (_, left, right), bits in zip(group, out.tolist())])
        return np.asarray(values @ np.array(channel.weights))

    def _word(self, token: str) -> Word | None:
        """A token in the kernel's letters, None where it has none or its script is not known."""
        try:
            return self._words[token]
        except KeyError:
            pass
        name = writing(token)
        letters = b""
        if self._knows(name):
            letters = self._alphabets[name].encode(native(token) if is_other(token) else tidy(token))
        word = Word(name, letters, self._letter_model(name).bits(letters)) if letters else None
        if len(self._words) >= CACHE:
            self._words.clear()
        self._words[token] = word
        return word

    def _meet(self, a: str, b: str) -> tuple[Channel, Word, Word] | None:
        """Both words in the order of the parameters, None where one has no letters."""
        left, right = self._word(a), self._word(b)
        if left is None or right is None:
            if "Common" in {writing(a), writing(b)}:
                return None
            raise self._unknown(a, b)
        left, right = ordered(left, right)
        if (left.script, right.script) not in self._pairs:
            raise self._unknown(a, b)
        return self._channel((left.script, right.script)), left, right

    def _unknown(self, a: str, b: str) -> UnknownChoiceError:
        known = (f"{left}-{right}" for left, right in self._pairs)
        return UnknownChoiceError("pair of scripts", "-".join(sorted((writing(a), writing(b)))), known)

    def _letter_model(self, name: str) -> Letters:
        if name not in self._letters:
            file = self._files[name]
            facts = file.header["scripts"][name]
            arrays = [file.array(facts[key]) for key in ("pairs", "backoff", "triples", "values")]
            self._letters[name] = Letters(self._alphabets[name].size, *arrays)
        return self._letters[name]

    def _channel(self, scripts: tuple[str, str]) -> Channel:
        if scripts not in self._channels:
            file, pair = self._pairs[scripts]
            left, right = (self._alphabets[name].size for name in scripts)
            blocks = file.array(pair["blocks"])
            joint, telling = (Blocks(left, right, blocks, file.array(pair[key])) for key in ("joint", "telling"))
            self._channels[scripts] = Channel(joint, telling, tuple(pair["weights"]))
        return self._channels[scripts]


def ordered(left: Word, right: Word) -> tuple[Word, Word]:
    """Two words in the one order in which the model reads them."""
    return (left, right) if (left.script, left.letters) <= (right.script, right.letters) else (right, left)


@lru_cache(maxsize=1)
def load(path: Path = DEFAULT) -> Multigram:
    """Open the shipped parameters, or those of another file, once.

    >>> round(load().similarity("Lukashenko", "Lukashenko"), 3)
    1.0
    """
    others = {name: beside(path, name) for name in dict.fromkeys(WRITINGS.values())}
    return Multigram(read(path), {name: file for name, file in others.items() if file.exists()})
