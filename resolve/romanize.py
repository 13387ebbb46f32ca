"""How is this token written in Latin letters, under which published schemes?

Each scheme is a file under ``tables/romanize/``; one small engine reads them all. A rule replaces
``src`` where its neighbours fit; the longest ``src`` wins, at equal length a rule with context, then
the order of the file. In ``left`` and ``right``, ``#`` is the word's edge, ``V`` a vowel letter,
``C`` a consonant letter, ``!`` negates, any other character is itself. ``alts`` are outputs that
practice also uses.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from unidecode import unidecode

from resolve import tables
from resolve.errors import UnknownChoiceError
from resolve.model import Form
from resolve.text import script, words

KINDS = ("official", "orthography", "scholarly", "press")
"""Kinds of schemes; of several that explain a spelling, the first kind is named."""

MAX_FORMS = 8
"""At most so many spellings of one token under one scheme."""

VOWEL_LETTERS = frozenset("аеёиоуыэюяієїўaeiouy") - {"ў"}
_NOT_CONSONANTS = frozenset("ьъ’йў")

Rule = tuple[str, str, str, tuple[str, ...]]


@dataclass(frozen=True)
class Scheme:
    """A romanisation scheme read from its table."""

    key: str
    title: str
    lang: str
    kind: str
    source: str
    examples: tuple[tuple[str, str], ...]
    rules: dict[str, tuple[Rule, ...]]
    longest: int

    @property
    def label(self) -> str:
        """How the scheme is called in results: ``"be: BGN/PCGN 1979"``."""
        return f"{self.lang}: {self.title}"


@lru_cache(maxsize=1)
def schemes() -> dict[str, Scheme]:
    """All schemes by key, sorted by kind and key."""
    folder = tables.FOLDER / "romanize"
    found = sorted((_read(path.stem) for path in folder.glob("*.tsv")), key=lambda s: (KINDS.index(s.kind), s.key))
    return {system.key: system for system in found}


def _read(key: str) -> Scheme:
    text = (tables.FOLDER / "romanize" / f"{key}.tsv").read_text(encoding="utf-8")
    facts: dict[str, list[str]] = {}
    for line in text.split("\n"):
        if line.startswith("# "):
            name, _, value = line[2:].partition(": ")
            facts.setdefault(name, []).append(value)
    found: dict[str, list[Rule]] = {}
    for src, left, right, out, alts in tables.rows(f"romanize/{key}.tsv"):
        outputs = (out, *(alts.split("|") if alts else ()))
        found.setdefault(src, []).append((src, left, right, outputs))
    rules = {src: tuple(sorted(group, key=lambda rule: not (rule[1] or rule[2]))) for src, group in found.items()}
    pairs = tuple(tuple(pair.split(" = ", 1)) for pair in facts.get("example", ()))
    return Scheme(
        key, facts["scheme"][0], facts["language"][0], facts["kind"][0], facts["source"][0],
        pairs, rules, max(map(len, rules)),  # type: ignore[arg-type]
    )  # fmt: skip


def romanize(text: str, lang: str = "", scheme: str = "") -> list[Form]:
    """Write a name in Latin letters under every published scheme that fits.

    Args:
        text: a name in any script, of one or more words.
        lang: ISO 639-1 code; without it the letters decide which languages are possible.
        scheme: the key of a single scheme.

    Returns:
        Forms without duplicates; the first scheme that gives a spelling names it. A name without a
        scheme for its script is romanised by Unidecode, with an empty scheme.

    Raises:
        UnknownChoiceError: no such scheme; lists the known ones.

    >>> [form.text for form in romanize("Ціханоўская", lang="be")][:2]
    ['Tsikhanowskaya', 'Cichanoŭskaja']

    """
    if scheme and scheme not in schemes():
        raise UnknownChoiceError("scheme", scheme, schemes())
    chosen = [schemes()[scheme]] if scheme else list(_possible(text, lang))
    found: dict[str, Form] = {}
    for system in chosen:
        for spelling in _whole(text, system):
            found.setdefault(spelling, Form(spelling, system.label))
    if not found:
        latin = unidecode(text) if script(text) != "Latin" else text
        found[latin] = Form(latin)
    return list(found.values())


def _possible(text: str, lang: str) -> Iterable[Scheme]:
    """The schemes of the language, or of every language whose letters cover the text."""
    if script(text) != "Cyrillic":
        return ()
    letters = {c for c in text.lower() if c.isalpha()}
    fitting = [
        system
        for system in schemes().values()
        if (not lang or system.lang == lang) and letters <= _alphabet(system.key)
    ]
    return fitting or [s for s in schemes().values() if not lang or s.lang == lang]


@lru_cache(maxsize=256)
def _alphabet(key: str) -> frozenset[str]:
    return frozenset("".join(schemes()[key].rules))


def _whole(text: str, system: Scheme) -> Iterable[str]:
    """All words of a text under one scheme, joined as in the original; the main spelling first."""
    tokens = list(words(text))
    options = [tuple(spellings(token.text, system.key)) for token in tokens]
    for choice in islice(product(*options), MAX_FORMS):
        parts, last = [], 0
        for token, spelling in zip(tokens, choice, strict=True):
            parts += [text[last : token.start], spelling]
            last = token.end
        yield "".join(parts) + text[last:]


@lru_cache(maxsize=131072)
def spellings(word: str, scheme: str) -> tuple[str, ...]:
    """The spellings of one word under one scheme: the main one, then those with an alternative output.

    >>> spellings("Навальный", "press_en-rus-Cyrl")[0]
    'Navalny'
    """
    system = schemes()[scheme]
    lower = word.lower()
    parts: list[tuple[str, ...]] = []
    place = 0
    while place < len(lower):
        src, outputs = _match(system, lower, place)
        parts.append(outputs)
        place += len(src)
    main = "".join(part[0] for part in parts)
    found = {_recase(word, main): None}
    for i, part in enumerate(parts):
        for other in part[1:]:
            spelling = "".join(other if j == i else p[0] for j, p in enumerate(parts))
            found[_recase(word, spelling)] = None
    return tuple(islice(found, MAX_FORMS))


def _match(system: Scheme, word: str, place: int) -> tuple[str, tuple[str, ...]]:
    """The source that the rules take at ``place``, with its outputs."""
    for size in range(min(system.longest, len(word) - place), 0, -1):
        src = word[place : place + size]
        for _, left, right, outputs in system.rules.get(src, ()):
            before = word[place - 1] if place else "#"
            after = word[place + size] if place + size < len(word) else "#"
            if _fits(left, before) and _fits(right, after):
                return src, outputs
    return word[place], (word[place],)


def _fits(condition: str, letter: str) -> bool:
    """Whether a neighbouring letter meets a condition of a rule."""
    if not condition:
        return True
    if condition[0] == "!":
        return not _fits(condition[1:], letter)
    if letter in condition:
        return True
    if letter == "#":
        return False
    vowel = letter in VOWEL_LETTERS
    return ("V" in condition and vowel) or ("C" in condition and not vowel and letter not in _NOT_CONSONANTS)


def _recase(model: str, spelling: str) -> str:
    """Give a spelling the capitals of the word it renders."""
    if len(model) > 1 and model.isupper():
        return spelling.upper()
    if model[:1].isupper():
        return spelling[:1].upper() + spelling[1:]
    return spelling


@lru_cache(maxsize=65536)
def explaining(native: str, seen: str, lang: str = "") -> tuple[str, ...]:
    """The labels of the schemes under which ``native`` is spelt ``seen``, letter case aside.

    >>> explaining("Лукашэнка", "Lukashenka", "be")[0]
    'be: BGN/PCGN 1979'
    """
    wanted = seen.lower()
    if script(native) != "Cyrillic" or script(seen) != "Latin":
        return ()
    return tuple(
        system.label
        for system in _possible(native, lang)
        if any(spelling.lower() == wanted for spelling in spellings(native, system.key))
    )
