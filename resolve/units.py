"""Which words has a text without capitals, and in which ways may each be read?

What is written together with a name (``tables/attached.tsv``) is taken off: prefixes of Hebrew and Arabic and particles of Korean,
which do not belong to the name, and case endings, which do. Kana are read in runs of katakana; in Han a middle dot shows a foreign
name, whose ends are found by trying them, and a surname's character opens a Chinese one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from resolve import syllabic, tables
from resolve.letters import WRITINGS, writing
from resolve.text import clean

LETTERS = {
    "Georgian": "\u10a0-\u10ff\u1c90-\u1cbf", "Armenian": "\u0531-\u0587", "Hebrew": "\u05d0-\u05ea\u05f0-\u05f4",
    "Arabic": "\u0620-\u065f\u066e-\u06d3\u06fa-\u06ff", "Devanagari": "\u0900-\u0963\u0971-\u097f\u0a01-\u0a65\u0a70-\u0a75\u0a81-\u0ae3\u0b01-\u0b63\u0b71-\u0be5\u0c00-\u0c65\u0c80-\u0ce5\u0d00-\u0d65\u0d7a-\u0de5\u0df2-\u0df3",
    "Bengali": "\u0980-\u09e3\u09f0-\u09f1",
    "Hangul": "\uac00-\ud7a3", "Kana": "\u30a1-\u30fa\u30fc-\u30fe", "Han": "\u3400-\u4dbf\u4e00-\u9fff\u3005",
}  # fmt: skip
"""The letters and marks of words in every writing, as in a character class."""

_SIGNS = "'’׳\u200c\u200d\u200e\u200f"

_WORDS = re.compile("|".join(f"[{letters}](?:[{letters}{_SIGNS}]*[{letters}])?" for letters in LETTERS.values()))

_GAP = re.compile(r"[ \u00a0]|\s?\n\s?|[-\u2010\u2011־]|[·・•‧･＝=]")

COMMAS = frozenset({", ", "، ", "، \u200f"})

_LISTED = re.compile(r"(?:^|\n)[\W\d]{0,8}\Z")
"""What stands before a surname that opens a line of a list, with a comma behind it."""

DOT = frozenset("·・•‧･＝=")

LEAST = 2
"""Bones of so few consonants at least are looked for alone; of two words together one may have fewer."""

LONGEST_PART = 8
"""The most characters of one part of a foreign name in Han."""

ETHIOPIC_SPACE = "\N{ETHIOPIC WORDSPACE}"

BEFORE = {"Hebrew": -0.03, "Arabic": 0.1}
"""What is added to that share where a prefix was taken off; it is easily the first letter of the name: فولوديمير."""

BEHIND, INSIDE = -0.15, 0.05
"""The same of a particle that does not belong to the name, and of an ending."""

ARTICLE = "\N{ARABIC LETTER ALEF}\N{ARABIC LETTER LAM}"
"""The Arabic article, which is written together with names that have one, and with no foreign ones."""

LONGER, LEFT = 0.08, 0.02
"""What every character behind the dot of a foreign name in Han adds, for one more always spells some vowel; and what
every one before it takes off, for a part of a name always spells some shorter one."""

REACHES = -0.3
"""What is added where such a part reaches to a character that no transcription has."""

LONGEST_MIDDLE = 5
"""The most characters of a name between two dots."""

_NO_TRANSCRIPTION = frozenset("在与與的是说說将將表会會也都向从從被把了等称稱则則还還后後這这那就对對為为")
"""Characters that stand behind names and in no transcription of one."""

_OFFICES = frozenset({"总理", "總理", "总裁", "總裁", "总监", "總監", "总督", "總督", "国王", "國王"})
"""Offices whose last character transcriptions have as well."""

_VERBS = frozenset("访訪出宣强強指主致同到率称稱应應答发發介任抵接参參谈談讲講呼警承认認批反支赞贊签簽视視")
"""Characters that open verbs of which persons in the news are the subject."""

_BEHIND_NAMES = frozenset("的将將交读讀问問告透邀获獲赢贏夫妻先女案")
"""Characters that go on behind a name, in hardly any given name of one character."""

_CALLINGS = frozenset("家手星者师師授演帅帥记記理官军軍人士")
"""Characters that close callings before names: 作家, 歌手, 导演."""

_AND = frozenset("和及跟")
"""Characters that join two names."""

_BEFORE_NAMES = frozenset("天统統席长長相年月国國总總员員")
"""Characters that close offices and dates before names and stand in hardly any transcription."""


@lru_cache(maxsize=1)
def attached() -> dict[tuple[str, str], list[tuple[str, tuple[str, ...]]]]:
    """What may be written together with a name, by writing and kind, the longest first."""
    found: dict[tuple[str, str], list[tuple[str, tuple[str, ...]]]] = {}
    for name, kind, form, nominative in tables.rows("attached.tsv"):
        ends = tuple("" if end == "-" else end for end in nominative.split("|"))
        found.setdefault((name, kind), []).append((form, ends))
    return {key: sorted(forms, key=lambda form: -len(form[0])) for key, forms in found.items()}


@dataclass(frozen=True, slots=True)
class Part:
    """One way to read a place of the text as a word of a name; ``toll`` speaks against it, less than 0 for it."""

    text: str
    start: int
    end: int
    toll: float = 0.0


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, or what may hold one, with the ways to read it; ``gap`` joins it to the unit before."""

    start: int
    end: int
    parts: tuple[Part, ...]
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A full name: the parts of the text that spell words of it; a Chinese one may only look like it."""

    name: int
    parts: tuple[Part, ...]
    spent: float
    is_read: bool = True

    @property
    def start(self) -> int:
        return self.parts[0].start

    @property
    def end(self) -> int:
        return self.parts[-1].end


def units(text: str) -> Iterator[Unit]:
    """The words of a text that are in one of these writings, with the ways to read them."""
    last, before = -1, 0
    for match in _WORDS.finditer(text):
        start, end = match.span()
        gap = text[last:start] if last >= 0 else ""
        joined = (
            gap if _GAP.fullmatch(gap) or (gap in COMMAS and _LISTED.search(text, max(0, before - 9), before)) else ""
        )
        before = start
        dotted = bool(DOT & set(joined)), text[end : end + 1] in DOT
        for parts in _ways(clean(match[0]), match[0], start, dotted):
            yield Unit(start, end, parts, joined)
            joined = ""
        last = end


def spelt_out(text: str) -> Iterator[Unit]:
    """The words of Thai, Lao, Khmer, Burmese and Ethiopic letters in Latin ones, with the ways to read them."""
    last = -1
    for start, end, closing, opening in syllabic.runs(text):
        gap = text[last:start] if last >= 0 else ""
        joined = gap if _GAP.fullmatch(gap) or gap == ETHIOPIC_SPACE else ""
        if last == start and syllabic.is_run_together(text[start]):
            joined = " "
        for ways in [opening] if closing is opening else [opening, closing]:
            if ways:
                parts = tuple(Part(spelt.capitalize(), first, behind) for spelt, first, behind in ways)
                yield Unit(start, end, parts, joined)
            joined = ""
        last = end


def _ways(word: str, raw: str, start: int, dotted: tuple[bool, bool]) -> Iterator[tuple[Part, ...]]:
    """The ways to read a word: as it stands, and without what is written together with it."""
    name, end = writing(word), start + len(raw)
    if name == "Armenian" and not word[:1].isupper():
        return
    if name == "Han":
        yield from _ends(word, start, dotted) if len(word) == len(raw) else ()
        return
    parts = [Part(word, start, end)]
    for form, _ in attached().get((name, "prefix"), ()):
        if word.startswith(form) and len(word) - len(form) >= LEAST and raw.startswith(form):
            # the article is a part of the name: السيسي is el-Sisi
            before = len(form.removesuffix(ARTICLE))
            parts.append(Part(word[len(form) :], start + before, end, BEFORE[name]))
    for form, _ in attached().get((name, "particle"), ()):
        if word.endswith(form) and len(word) - len(form) >= LEAST and raw.endswith(form):
            parts.append(Part(word[: -len(form)], start, end - len(form), BEHIND))
    for form, nominatives in attached().get((name, "ending"), ()):
        if word.endswith(form) and len(word) - len(form) >= LEAST:
            parts += [Part(word[: -len(form)] + nominative, start, end, INSIDE) for nominative in nominatives]
    yield tuple(parts)


def ending_with(unit: Unit) -> tuple[Part, ...]:
    """The ways to read a unit with nothing behind the name."""
    return tuple(part for part in unit.parts if part.end == unit.end) or unit.parts


def starting_with(unit: Unit) -> tuple[Part, ...]:
    """The ways to read a unit with nothing before the name."""
    return tuple(part for part in unit.parts if part.start == unit.start) or unit.parts


def _ends(word: str, start: int, dotted: tuple[bool, bool]) -> Iterator[tuple[Part, ...]]:
    """The ways to read a run of Han: beside a middle dot every length, elsewhere the run itself.

    Between two dots stands the middle of one name, or the end of one, words, and the beginning of the next.
    """
    before, after = dotted
    several = _NO_TRANSCRIPTION | _AND
    whole = before == after and (not before or (len(word) <= LONGEST_MIDDLE and several.isdisjoint(word)))
    if whole:
        yield (Part(word, start, start + len(word)),)
        return
    sizes = range(1, min(LONGEST_PART, len(word)) + 1)
    if before:
        longest = next((size for size in sizes if word[size - 1] in several), len(sizes) + 1)
        if longest > 1:
            yield tuple(
                Part(word[:size], start, start + size, _toll(LONGER, size, longest, word)) for size in range(1, longest)
            )
    if after:
        ends = several | _BEFORE_NAMES
        longest = next((size for size in sizes if word[-size] in ends), len(sizes) + 1)
        if word[-longest:][:2] in _OFFICES:
            longest -= 1
        if longest > 1:
            yield tuple(
                Part(word[-size:], start + len(word) - size, start + len(word), _toll(-LEFT, size, longest, word))
                for size in range(1, longest)
            )


def _toll(each: float, size: int, longest: int, word: str) -> float:
    """What speaks against a part of so many characters where the first that cannot be of it is the ``longest``."""
    return each * size + (REACHES if size == longest - 1 and longest < len(word) else 0.0)


def windows(part: Part) -> Iterator[Part]:
    """Where a Chinese or Japanese name may stand in a run of Han, and a Korean one: three to five characters.

    Two are a name only between an office and a verb: 总理李强访问, for most pairs of characters are words.
    """
    name = writing(part.text)
    if name == "Hangul":
        yield part
    elif name == "Han":
        for size in (5, 4, 3, 2):
            for place in range(len(part.text) - size + 1):
                if size > 2 or _is_between(part.text, place, place + size):
                    yield Part(part.text[place : place + size], part.start + place, part.start + place + size)


def _is_between(run: str, first: int, last: int) -> bool:
    """Whether an office ends before a place in a run of Han, and a verb, a particle or nothing follows it."""
    office = first > 1 and (run[first - 1] in _BEFORE_NAMES | _CALLINGS or run[first - 2 : first] in _OFFICES)
    return office and may_go_on(run[last : last + 1])


def may_go_on(letter: str) -> bool:
    """Whether a Han character, or the end of a run, may stand behind a name of two characters."""
    return not letter or writing(letter) != "Han" or letter in _NO_TRANSCRIPTION | _AND | _VERBS | _BEHIND_NAMES


HAS_LETTERS = re.compile("[" + "".join(LETTERS.values()) + "]")
"""Whether a text has any letter of these writings."""


assert set(LETTERS) == set(WRITINGS.values()) - {"Greek"}
