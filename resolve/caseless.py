"""Which spans could be names where no capital says so?

Georgian, Hebrew, Arabic, Devanagari, Hangul, kana and Han have no capitals, so every word could be a name; in
Armenian they are there, but case endings and articles stand on the name. Here the gazetteer says what to look for:
every word of it is filed under its *bones*, the classes of its consonants, and a word of the text is read letter by
letter along these bones, through all that its letters may mean (`Multigram.outputs`), as far as some word of the
gazetteer goes on so. That is one pass over the text. Two words next to each other that may spell two words of one
name are compared by the channel; what stands is a full name. A surname alone is looked for only after its bearer was
found in full.

What is written together with a name (``tables/attached.tsv``) is taken off: prefixes of Hebrew and Arabic and
particles of Korean, which do not belong to the name, and case endings, which do. Kana are read in runs of katakana;
in Han a middle dot shows a foreign name, whose ends are found by trying them, and a surname's character opens a
Chinese one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, product

from unidecode import unidecode

from resolve import syllabic, tables
from resolve.channel import cost, rarity, same, telling
from resolve.chinese import spells as spells_older
from resolve.given import given_classes, may_be_given
from resolve.index import Index
from resolve.japanese import is_surname, japanese_parts
from resolve.letters import PALATALS, WRITINGS, fold, is_other, native, surname_first, syllables, writing
from resolve.model import Mention, Name, Token
from resolve.multigram import load
from resolve.names import NAMING
from resolve.readings import spells, spelt
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
_COMMAS = frozenset({", ", "، ", "، \u200f"})
_LISTED = re.compile(r"(?:^|\n)[\W\d]{0,8}\Z")
"""What stands before a surname that opens a line of a list, with a comma behind it."""

_DOT = frozenset("·・•‧･＝=")

LEAST = 2
"""Bones of so few consonants at least are looked for alone; of two words together one may have fewer."""

LONGEST_PART = 8
"""The most characters of one part of a foreign name in Han."""

ETHIOPIC_SPACE = "\N{ETHIOPIC WORDSPACE}"

KATAKANA = ord("\N{KATAKANA LETTER A}") - ord("\N{HIRAGANA LETTER A}")
"""How far katakana stand behind the hiragana that sound the same."""

_HIRAGANA = re.compile("[\u3041-\u3094]{2,5}")

_COURTESIES = frozenset("氏様君")
"""Characters of courtesy, which close no given name."""

LEAST_ALONE = 4
"""A given name that stands among other words without spaces has so many letters at least."""

LONG = 3
"""Of a name of so many words two may be written as one."""

PAIR = 2
"""A given name and a surname."""

LONGEST_RUN = 5
"""The most words of a name."""

SHARE = 0.02
"""What a letter means at least so often is tried."""

TELLING = 3
"""Two given names that have so many classes of consonants in common may be spellings of one."""

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

LETTERS_OF_CHARACTER = 5
"""A Chinese character stands for at most so many letters of a foreign name."""

LONGEST_MIDDLE = 5
"""The most characters of a name between two dots."""

_NO_TRANSCRIPTION = frozenset("在与與的是说說将將表会會也都向从從被把了等称稱则則还還后後這这那就对對為为")
"""Characters that stand behind names and in no transcription of one."""

_GIVEN_FIRST = frozenset(
    chr(letter) for letter in (*range(0x0531, 0x0588), *range(0x05D0, 0x0700), *range(0x0900, 0x0E00))
)
"""Letters of writings whose languages hardly ever name the surname first without a comma."""

_NISBA = re.compile(r" ال\w+ي\b")
"""An Arabic surname that tells where somebody is from."""

_BEYOND_ARABIC = re.compile("[پچڤگکیەےټډړںھ]")
"""Letters of Persian, Urdu, Pashto, Kurdish and Uyghur, which Arabic does not write."""

_ENDS = frozenset(".!?…:;\n।۔؟՜”»")
"""What ends a sentence."""

SHORTEST_GIVEN = 3
"""A shorter word that opens a sentence is a particle, in letters."""

_GOES_ON = re.compile(f"(?!両)[{LETTERS['Han']}]{{1,2}}(?:氏|さん)")
"""A given name and a courtesy behind a surname in Han: 小池晃氏 is not 小池氏."""

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

MANY = 400
"""Of a foreign name in Han, which a dot shows, one part may have other bones, unless so many names meet."""

GATE = -0.5
"""A word that no capital shows must be likelier than that to spell a surname, in bits."""

_BEFORE_NAMES = frozenset("天统統席长長相年月国國总總员員")
"""Characters that close offices and dates before names and stand in hardly any transcription."""

EQUIVALENT, LOOSER = 0.5, 0.1
"""What an equivalent given name counts as, and what is added where only the bones are the same."""

_CLASSES = {
    **dict.fromkeys("pb", "P"), **dict.fromkeys("vfw", "V"), **dict.fromkeys("td", "T"), **dict.fromkeys("szcj", "S"),
    **dict.fromkeys("kgqh", "K"), **dict.fromkeys("lr", "L"), **dict.fromkeys("mn", "N"), "x": "KS",
}  # fmt: skip
_SPELT = (
    ("tsch", ("S",)), ("shch", ("S",)), ("sch", ("S", "SK")), ("dzh", ("S",)), ("tch", ("S",)), ("sh", ("S",)),
    ("zh", ("S",)), ("cz", ("S",)), ("sz", ("S",)), ("dj", ("S",)), ("dz", ("S", "TS")), ("ch", ("S", "K")),
    ("ts", ("S", "TS", "T")), ("tz", ("S", "TS")), ("kh", ("K", "")), ("gh", ("K", "")), ("ph", ("V", "P")), ("th", ("T", "S")),
    ("ck", ("K",)), ("qu", ("K",)), ("sw", ("SV", "S")), ("c", ("S", "K")), ("x", ("KS", "S")), ("g", ("K", "S")), ("j", ("S", "", "K")), ("h", ("K", "")), ("z", ("S", "TS")),
)  # fmt: skip
_SPELT_FROM = {spelt[0]: tuple(row for row in _SPELT if row[0][0] == spelt[0]) for spelt, _ in _SPELT}
_VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=65536)
def bones(word: str) -> frozenset[str]:
    """The classes of the consonants of a Latin or Cyrillic word, in every way that its letters may be meant.

    >>> sorted(bones("Putin")), "NLKL" in bones("Merkel")
    (['PTN'], True)
    """
    text = fold(word) if word.isascii() else fold(unidecode(word))
    found, place = {""}, 0
    while place < len(text):
        letter = text[place]
        spelt, options = letter, (_CLASSES.get(letter, ""),)  # type: tuple[str, tuple[str, ...]]
        for several, meant in _SPELT_FROM.get(letter, ()):
            if text.startswith(several, place):
                spelt, options = several, meant
                break
        after = text[place + len(spelt) : place + len(spelt) + 1]
        if options == ("V",) and after not in _VOWELS:
            options = ("V", "")
        doubled = bool(place) and text[place - 1] == spelt
        if not doubled:
            found = {
                one if one.endswith(o) and o and text[place - 1] not in _VOWELS else one + o
                for one in found
                for o in options
            }
        place += len(spelt)
    return frozenset(found)


@lru_cache(maxsize=16)
def _meanings(name: str) -> dict[str, tuple[str, ...]]:
    """What the letters of a writing may mean, in classes of consonants."""
    found = {}
    for letter, outputs in load().outputs(name).items():
        shares: dict[str, float] = {}
        for latin, share in outputs:
            for one in bones(latin):
                shares[one] = shares.get(one, 0.0) + share
        kept = [one for one, share in sorted(shares.items(), key=lambda item: -item[1]) if share >= SHARE]
        # ng for n: 普京 is Putin
        kept += [one.removesuffix("K") for one in kept if one.endswith("NK")]
        # v before a consonant is as silent as u: Ціханоўская
        # 普京 is Putin, 季莫申科 Tymoshenko: Mandarin has no t or d before i as Russian has
        kept += ["T"] if letter in PALATALS else []
        found[letter] = tuple(dict.fromkeys([*kept, *([""] if "V" in kept else [])])) or ("",)
    return found


@lru_cache(maxsize=1)
def _attached() -> dict[tuple[str, str], list[tuple[str, tuple[str, ...]]]]:
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


class Finder:
    """Looks for the names of a gazetteer in texts without capitals.

    Args:
        index: the compiled gazetteer; its bones are gathered when the first such text is met.

    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self._bones: dict[str, list[int]] | None = None
        self._joined: dict[str, list[int]] = {}
        self._prefixes: set[str] = set()
        self._openings: set[str] = set()
        self._met: dict[str, frozenset[int]] = {}
        self._read_so: dict[str, frozenset[str]] = {}
        self._spelt: dict[tuple[str, int, bool], float | None] = {}
        self._costs: dict[tuple[str, str, bool], float | None] = {}

    def find(self, text: str) -> list[tuple[Mention, tuple[int, ...]]]:
        """The spans of a text that may be full names of the gazetteer, and surnames of those.

        Args:
            text: the document.

        Returns:
            Runs of words with the names that they may spell, full names first.

        """
        found = list(_units(text)) if HAS_LETTERS.search(text) else []
        found += _spelt_out(text) if syllabic.LETTERS.search(text) else []
        if not found:
            return []
        self._gather()
        within = [*self._within(found), *self._in_hiragana(text, found)]
        whole = (
            hit for hit in self._full(found)
            if not syllabic.is_run_together(text[hit.start]) or syllabic.is_whole(text, hit.start, hit.end)
        )  # fmt: skip
        every = [*whole, *(hit for hit in within if hit.is_read)]
        every += _again(text, every)
        hits = _disjoint(every)
        names: dict[tuple[Part, ...], list[int]] = {}
        for hit in every:
            names.setdefault(hit.parts, []).append(hit.name)
        full = [(_mention(hit.parts, text), tuple(names[hit.parts])) for hit in hits]
        strange = [(hit.start, hit.parts[0].end, hit.end) for hit in within if not hit.is_read]
        lone = ((part, tuple(self._bearers(part.text, hits))) for part in self._lone(text, found, hits, strange))
        alone = [(_mention((part,), text), bearers) for part, bearers in lone]
        taken = sorted((mention.start, mention.end) for mention, _ in (*full, *alone))
        given = ((part, bearers) for part, bearers in self._given_alone(text, found, hits, taken))
        return full + alone + [(_mention((part,), text), tuple(bearers)) for part, bearers in given]

    def opens(self, word: str) -> bool:
        """Whether a name of an organisation or place of the gazetteer may begin with a word; words with capitals may."""
        if not HAS_LETTERS.match(word):
            return True
        self._gather()
        return any(one in self._openings for one in self._bones_in(word))

    # ------------------------------------------------------------ what the gazetteer has

    def _gather(self) -> None:
        """File the words of the gazetteer's persons under their bones."""
        if self._bones is not None:
            return
        index, self._bones = self.index, {}
        for number in range(index.tokens):
            if len(index.postings(number)):
                for one in self._bones_of(index.token(number)):
                    self._bones.setdefault(one, []).append(number)
        for name in range(index.names):
            for word in _compounds(index.name(name)):
                for one in self._bones_of(word):
                    self._joined.setdefault(one, []).append(name)
            if index.name(name).tokens[0].role == "word":
                self._openings.update(self._bones_of(index.name(name).tokens[0].text))
        self._prefixes = {one[:size] for one in (*self._bones, *self._joined) for size in range(len(one) + 1)}

    def _bones_of(self, word: str) -> frozenset[str]:
        if is_other(word):
            # a name of the gazetteer in a script beyond Cyrillic is read as a word of a text is
            return frozenset(self._read(word, None))
        return bones(word)

    def _read(self, word: str, known: set[str] | None) -> set[str]:
        """The bones of a word in a further script, as far as the known ones go."""
        meanings = _meanings(writing(word))
        found = {""}
        for letter in native(word):
            options = meanings.get(letter, ("",))
            ahead = {one + o for one in found for o in options}
            ahead |= {one for one in found for o in options if o and one.endswith(o)}
            found = ahead & known if known is not None else set(sorted(ahead)[:64])
            if not found:
                break
        return found

    def _names(self, word: str) -> frozenset[int]:
        """The names of the gazetteer that have a word of the same bones."""
        if word not in self._met:
            assert self._bones is not None
            read = self._bones_in(word)
            tokens = {token for one in read for token in self._bones.get(one, ())}
            names = {name for token in tokens for name in self.index.postings(token)}
            names.update(name for one in read for name in self._joined.get(one, ()))
            self._met[word] = frozenset(names)
        return self._met[word]

    def _bones_in(self, word: str) -> frozenset[str]:
        """The bones of a word of the text, as far as the gazetteer has them."""
        if word not in self._read_so:
            abroad = (one for spelling in spelt(word) for one in bones(spelling))
            read = self._read(word, self._prefixes) if is_other(word) else bones(word)
            self._read_so[word] = frozenset(read).union(abroad)
        return self._read_so[word]

    def _meets(self, word: str, spelling: str) -> bool:
        """Whether two words have bones in common; a name in a third script is left to one in Latin or Cyrillic."""
        if is_other(spelling) and writing(spelling) != writing(word):
            return False
        return not self._bones_in(word).isdisjoint(self._bones_of(spelling))

    def _spells(self, word: str, name: int, surname: bool) -> float | None:
        """What it costs, of the rarity, to read a word as the surname of a name or as another part; None if it is none."""
        key = (word, name, surname)
        if key not in self._spelt:
            known = self.index.name(name)
            costs = [
                found
                for places, spelling in _spellings(known)
                if bool(places & _surname(known)) == surname
                and (found := self._cost(word, spelling, surname)) is not None
            ]
            self._spelt[key] = min(costs, default=None)
        return self._spelt[key]

    def _cost(self, word: str, spelling: str, surname: bool) -> float | None:
        """What it costs to read one word as another, remembered."""
        key = (word, spelling, surname)
        if key not in self._costs:
            self._costs[key] = self._costs_so(word, spelling, surname)
        return self._costs[key]

    def _costs_so(self, word: str, spelling: str, surname: bool) -> float | None:
        """What it costs to read one word as another; beside a surname a given name may be spelt otherwise."""
        meets = self._meets(word, spelling)
        if (
            (meets or (writing(word) == "Han" and _may_be_as_long(word, spelling)))
            and same(word, spelling)
            and (not surname or telling(word, spelling) >= GATE)
        ):
            return cost(word, spelling) / max(1.0, min(rarity(word), rarity(spelling)))
        if surname or not (meets or writing(word) == "Han"):
            return None
        if meets and max(map(len, self._bones_in(word) & self._bones_of(spelling))) >= TELLING:
            return EQUIVALENT + LOOSER
        equal = len(native(word)) >= LEAST and given_classes(word) & given_classes(spelling)
        return EQUIVALENT if equal else None

    # ------------------------------------------------------------ full names

    def _full(self, units: Sequence[Unit]) -> Iterator[Hit]:
        """Every run of units that spells two words of one name, longest first."""
        met = [frozenset().union(*(self._names(part.text) for part in unit.parts)) for unit in units]
        for first in range(len(units)):
            mine, last = met[first], first
            while mine and last + 1 < len(units) and last + 1 < first + LONGEST_RUN and units[last + 1].gap:
                last += 1
                shared = mine & met[last]
                if set(units[last].gap) & _DOT and len(mine | met[last]) <= MANY:
                    # names translated rather than spelt: 亚历山大, 普京
                    shared = mine | met[last]
                for name in sorted(shared):
                    if hit := self._hit(units[first : last + 1], name):
                        yield hit

    def _hit(self, run: Sequence[Unit], name: int) -> Hit | None:
        """Read a run as one name: its first and last units spell a surname and another part, those between do or are particles."""
        known = self.index.name(name)
        if known.tokens[0].role == "word" or len(run) > len(known.tokens):
            return None
        # what is written together with a name stands before its first word or behind its last: نتنياهو لبنيامين is not one
        opening, closing = _ending_with(run[0]), _starting_with(run[-1])
        found = []
        inverted = any(unit.gap in _COMMAS for unit in run[1:])
        for surname_last in (False,) if inverted else (True, False):
            surname, other = (closing, opening) if surname_last else (opening, closing)
            if (one := self._best(surname, name, True)) and (two := self._best(other, name, False)):
                if not (surname_last or inverted) and run[0].parts[0].text[:1] in _GIVEN_FIRST and two[0] >= EQUIVALENT:
                    # الشرع أهمية الحدود is no Ahmed
                    continue
                ends = (two[1], one[1]) if surname_last else (one[1], two[1])
                found.append((one[0] + two[0], ends))
        if not found:
            return None
        spent, (opened, closed) = min(found, key=lambda item: item[0])
        between = []
        for unit in run[1:-1]:
            best = self._best(unit.parts, name, False) or self._best(unit.parts, name, True)
            if best is None and not self._is_particle(unit, known):
                return None
            between.append(best[1] if best else unit.parts[0])
        return Hit(name, (opened, *between, closed), spent)

    def _is_particle(self, unit: Unit, known: Name) -> bool:
        """Whether a word between others may be a particle of a name, by its bones, or a further given name beside one."""
        particles = [token.text for token in known.tokens if token.role == "particle"]
        further = sum(token.role in NAMING for token in known.tokens) > PAIR
        return any(further or self._meets(part.text, particle) for particle in particles for part in unit.parts)

    def _best(self, parts: Sequence[Part], name: int, surname: bool) -> tuple[float, Part] | None:
        """The way to read a unit that spells the surname of a name, or another part, best."""
        ranked = [
            (spent + part.toll, -len(part.text), part)
            for part in parts
            if (spent := self._spells(part.text, name, surname)) is not None
        ]
        if not ranked:
            return None
        spent, _, part = min(ranked, key=lambda item: item[:2])
        return spent, part

    def _within(self, units: Sequence[Unit]) -> Iterator[Hit]:
        """Chinese and Korean names, which one word holds whole."""
        for unit in units:
            for part in unit.parts:
                for whole in _windows(part):
                    for surname, given in dict.fromkeys((surname_first(whole.text), japanese_parts(whole.text))):
                        yield from self._split(whole, surname, given)

    def _split(self, whole: Part, surname: str, given: str) -> Iterator[Hit]:
        """The names that a word spells whose first characters are a surname, and the others a given name."""
        if not surname or given[-1] in _COURTESIES:
            return
        for name in sorted(self._names(surname) & self._names(given)):
            one, two = self._spells(surname, name, True), self._spells(given, name, False)
            if one is not None and two is not None:
                middle = whole.start + len(surname)
                pair = (Part(surname, whole.start, middle), Part(given, middle, whole.end))
                is_read = writing(surname) != "Han" or self._is_read_so(surname, given, name)
                yield Hit(name, pair, one + two, is_read)

    def _in_hiragana(self, text: str, units: Sequence[Unit]) -> Iterator[Hit]:
        """Japanese names whose given name is spelt in hiragana, right behind the surname: 大坂なおみ."""
        for unit in units:
            part = unit.parts[0]
            if writing(part.text) != "Han" or not (behind := _HIRAGANA.match(text, part.end)):
                continue
            for surname, given in product(range(2, 0, -1), range(len(behind[0]), 1, -1)):
                first, last = part.end - surname, part.end + given
                if first >= part.start and is_surname(text[first : part.end]):
                    kana = "".join(chr(ord(letter) + KATAKANA) for letter in text[part.end : last])
                    whole = Part(text[first:last], first, last)
                    hits = self._split(whole, text[first : part.end], kana)
                    yield from (replace(hit, is_read=True) for hit in hits if hit.spent < EQUIVALENT)

    def _is_read_so(self, surname: str, given: str, name: int) -> bool:
        """Whether a Chinese name is read as a name of the gazetteer: the surname in some language, the given name as it may be.

        One character spells too many Latin words loosely: 岸 is no Ban.
        """
        known = self.index.name(name)
        ours = [(places, spelling) for places, spelling in _spellings(known) if _reads(surname, spelling)]
        surnames = _surname(known)
        others = [spelling for places, spelling in _spellings(known) if not places & surnames and len(places) == 1]
        fits = any(_reads(given, spelling) for spelling in others) or (
            len(given) > 1 and sum(map(_syllables, others)) == len(given)
        )
        return fits and any(places & surnames for places, _ in ours)

    # ------------------------------------------------------------ surnames alone

    def _bearers(self, word: str, hits: Sequence[Hit]) -> list[int]:
        """The names found in full whose surname a word spells."""
        return [name for name in {hit.name: None for hit in hits} if self._spells(word, name, True) is not None]

    def _lone(
        self, text: str, units: Sequence[Unit], hits: Sequence[Hit], strange: Sequence[tuple[int, int, int]]
    ) -> Iterator[Part]:
        """The surnames of those named in full, where they stand alone and not in what may be the name of a stranger.

        Of a stranger's name it is known where it begins, where its surname ends, and where it ends.
        """
        # a word may be another's surname than the one whose name it was taken into
        taken = sorted(
            (part.start, part.end) for hit in hits for part in hit.parts
            if self._spells(part.text, hit.name, True) is not None
        )  # fmt: skip
        ways = {(part.start, part.end): unit.parts for unit in units for part in unit.parts}
        known = {
            way.text for hit in hits for part in hit.parts for way in ways.get((part.start, part.end), (part,))
            if self._spells(part.text, hit.name, True) is not None and self._spells(way.text, hit.name, True) is not None
            and (writing(part.text) != "Han" or way == part)
        }  # fmt: skip
        over: dict[int, list[tuple[int, int, int]]] = {}
        for span in strange:
            for place in range(span[0], span[2]):
                over.setdefault(place, []).append(span)
        for spelling in sorted(known, key=len, reverse=True):
            if writing(spelling) == "Han" and len(spelling) >= LEAST:
                for match in re.finditer(re.escape(spelling), text):
                    part = Part(spelling, *match.span())
                    beside = text[max(0, part.start - 1) : part.start] + text[part.end : part.end + 1]
                    wider = any(
                        start < part.start or (part.end < end and (behind >= part.end or not is_surname(spelling)))
                        for place in range(part.start, part.end)
                        for start, behind, end in over.get(place, ())
                    )
                    if (
                        not wider
                        and not _DOT & set(beside)
                        and not _GOES_ON.match(text, part.end)
                        and _is_free(part, taken)
                    ):
                        insort(taken, (part.start, part.end))
                        yield part
        for place, unit in enumerate(units):
            if writing(unit.parts[0].text) == "Han" or not _is_free(unit.parts[0], taken):
                continue
            # a text spells a name as it did in full: 트럼펫 is not 트럼프
            ways_of = (part for part in unit.parts if part.text in known and _has_article(text, part, known))
            best = min(ways_of, key=lambda part: part.toll, default=None)
            if (
                best
                and not self._is_anothers(text, units, place, taken)
                and not _opens_name(text, units, place, taken)
                and not (unit.gap and syllabic.is_thai(text[best.start]))
                and not syllabic.is_run_together(text[best.start])
                and not _goes_on_in_arabic(text, best)
            ):
                yield best

    def _given_alone(
        self, text: str, units: Sequence[Unit], hits: Sequence[Hit], taken: list[tuple[int, int]]
    ) -> Iterator[tuple[Part, list[int]]]:
        """The given names of those named in full, where the press calls people by them and they stand alone.

        Of two with one given name none is meant; a word behind that may be a surname makes it somebody else's.
        """
        known: dict[str, set[int]] = {}
        for hit in hits:
            for part in hit.parts:
                letter = text[part.start]
                if _calls_by_given(letter, text) and self._spells(part.text, hit.name, True) is None:
                    known.setdefault(
                        text[part.start : part.end] if syllabic.is_unspaced(letter) else part.text, set()
                    ).add(hit.name)
        known = {
            word: names for word, names in known.items() if len({self.index.entity_of(name) for name in names}) == 1
        }
        for word, names in known.items():
            if syllabic.is_unspaced(word[0]) and len(word) >= LEAST_ALONE:
                for match in re.finditer(re.escape(word), text):
                    part = Part(syllabic.latin(word).capitalize(), *match.span())
                    if _is_free(part, taken) and not text[part.end : part.end + 1].isspace():
                        insort(taken, (part.start, part.end))
                        yield part, sorted(names)
        for place, unit in enumerate(units):
            best = min((part for part in unit.parts if part.text in known), key=lambda part: part.toll, default=None)
            if (
                best
                and _is_free(best, taken)
                and not self._is_anothers(text, units, place, taken)
                and not _opens_name(text, units, place, taken)
                and _ends_here(text, unit, best)
            ):
                yield best, sorted(known[best.text])

    @staticmethod
    def _is_anothers(text: str, units: Sequence[Unit], place: int, taken: Sequence[tuple[int, int]]) -> bool:
        """Whether a given name of somebody else stands before a surname, or a dot joins it to another name."""
        unit = units[place]
        after = units[place + 1].gap if place + 1 < len(units) else ""
        if set(unit.gap + after) & _DOT:
            return True
        if not unit.gap or unit.gap.strip(" \u00a0"):
            return False
        word = units[place - 1].parts[0]
        if may_be_given(word.text):
            return True
        # a word with a capital inside a sentence is a name as well: Սաշիկ Սարգսյան
        inside = writing(word.text) == "Armenian" and not _opens_sentence(text, word.start)
        return inside and word.text[1:].islower() and _is_free(word, taken)


def _calls_by_given(letter: str, text: str) -> bool:
    """Whether the press calls people by their given names where a letter is written: in India, Pakistan, Ethiopia and South-East Asia."""
    if "\u0600" <= letter < "\u0700":
        return bool(_BEYOND_ARABIC.search(text))
    return "\u0900" <= letter < "\u0f00" or "\u1200" <= letter < "\u1380" or syllabic.is_unspaced(letter)


def _ends_here(text: str, unit: Unit, part: Part) -> bool:
    """Whether a given name is no part of a longer name: a case ending or postposition, or nothing, follows it."""
    if "\u1200" <= text[part.start] < "\u1380" or part.toll == INSIDE:
        return True
    behind = text[unit.end : unit.end + WORD]
    if not behind.startswith(" "):
        return True
    word = _FIRST.match(behind)
    return word is not None and word[1] in _postpositions()


@lru_cache(maxsize=1)
def _postpositions() -> frozenset[str]:
    return frozenset(form for (_, kind), forms in _attached().items() if kind == "postposition" for form, _ in forms)


def _has_article(text: str, part: Part, known: Collection[str]) -> bool:
    """Whether a surname has no Arabic article that it lacks in full: *سلام* is nobody in *السلام خيار*."""
    return not text.startswith(ARTICLE, part.start) or part.text.startswith(ARTICLE) or ARTICLE + part.text in known


def _goes_on_in_arabic(text: str, part: Part) -> bool:
    """Whether a surname that is a given name as well is one here, before a surname like *الموسوي*."""
    return bool(_NISBA.match(text, part.end)) and may_be_given(part.text)


def _opens_name(text: str, units: Sequence[Unit], place: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a word before a surname opens a name of somebody else: it opens the sentence, or stands behind an office, a relative
    or a conjunction, and is itself none of the words that do.

    Arabic and Hebrew sentences open with verbs; Chinese and Japanese names are found otherwise.
    """
    unit, first = units[place], units[place - 1] if place else None
    if first is None or not unit.gap or unit.gap.strip(" \u00a0") or not _is_free(first.parts[0], taken):
        return False
    word, name = first.parts[0].text, writing(first.parts[0].text)
    if (name, "opener") not in _attached() or (name == "Arabic" and not _BEYOND_ARABIC.search(text)):
        return False
    if word in _openers(name) or len(native(word)) < SHORTEST_GIVEN:
        return False
    if first.gap:
        return first.gap.isspace() and units[place - 2].parts[0].text in _openers(name)
    return _opens_sentence(text, first.start)


def _opens_sentence(text: str, start: int) -> bool:
    """Whether a word opens a sentence."""
    head = text[max(0, start - WORD) : start].rstrip(" \u00a0\"'“„«‘(")[-1:]
    return not head or head in _ENDS


@lru_cache(maxsize=16)
def _openers(name: str) -> frozenset[str]:
    """The words of a writing that open sentences before a name."""
    return frozenset(clean(form) for form, _ in _attached()[name, "opener"])


# ---------------------------------------------------------------- units of a text


def _units(text: str) -> Iterator[Unit]:
    """The words of a text that are in one of these writings, with the ways to read them."""
    last, before = -1, 0
    for match in _WORDS.finditer(text):
        start, end = match.span()
        gap = text[last:start] if last >= 0 else ""
        joined = (
            gap if _GAP.fullmatch(gap) or (gap in _COMMAS and _LISTED.search(text, max(0, before - 9), before)) else ""
        )
        before = start
        dotted = bool(_DOT & set(joined)), text[end : end + 1] in _DOT
        for parts in _ways(clean(match[0]), match[0], start, dotted):
            yield Unit(start, end, parts, joined)
            joined = ""
        last = end


def _spelt_out(text: str) -> Iterator[Unit]:
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
    for form, _ in _attached().get((name, "prefix"), ()):
        if word.startswith(form) and len(word) - len(form) >= LEAST and raw.startswith(form):
            # the article is a part of the name: السيسي is el-Sisi
            before = len(form.removesuffix(ARTICLE))
            parts.append(Part(word[len(form) :], start + before, end, BEFORE[name]))
    for form, _ in _attached().get((name, "particle"), ()):
        if word.endswith(form) and len(word) - len(form) >= LEAST and raw.endswith(form):
            parts.append(Part(word[: -len(form)], start, end - len(form), BEHIND))
    for form, nominatives in _attached().get((name, "ending"), ()):
        if word.endswith(form) and len(word) - len(form) >= LEAST:
            parts += [Part(word[: -len(form)] + nominative, start, end, INSIDE) for nominative in nominatives]
    yield tuple(parts)


def _ending_with(unit: Unit) -> tuple[Part, ...]:
    """The ways to read a unit with nothing behind the name."""
    return tuple(part for part in unit.parts if part.end == unit.end) or unit.parts


def _starting_with(unit: Unit) -> tuple[Part, ...]:
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


def _windows(part: Part) -> Iterator[Part]:
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
    return office and _may_go_on(run[last : last + 1])


def _again(text: str, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Chinese names of two characters wherever else a text has them that says once, by an office, that they are names."""
    known = {(hit.parts[0].text, hit.parts[1].text, hit.name): hit for hit in hits if hit.end - hit.start == PAIR}
    taken = {hit.start for hit in hits}
    for (surname, given, _), hit in known.items():
        if writing(surname) != "Han" or len(hit.parts) != PAIR or len(surname + given) != PAIR:
            continue
        for match in re.finditer(surname + given, text):
            start, end = match.span()
            if start not in taken and _may_go_on(text[end : end + 1]):
                yield replace(hit, parts=(Part(surname, start, start + 1), Part(given, start + 1, end)))


def _may_go_on(letter: str) -> bool:
    """Whether a Han character, or the end of a run, may stand behind a name of two characters."""
    return not letter or writing(letter) != "Han" or letter in _NO_TRANSCRIPTION | _AND | _VERBS | _BEHIND_NAMES


# ---------------------------------------------------------------- names of the gazetteer


def _compounds(known: Name) -> Iterator[str]:
    """The words of a name that are written as one elsewhere: Jae-in, von der Leyen, Le Drian."""
    for first, token in enumerate(known.tokens):
        word = token.text
        for size, (before, after) in enumerate(pairwise(known.tokens[first:])):
            if not _joined(known, before, after, size):
                break
            word += after.text
            yield word


def _joined(known: Name, before: Token, after: Token, size: int) -> bool:
    """Whether two words of a name may be written as one; of three or more without hyphens any two: ኃይለማርያም, शेरबहादुर."""
    if after.glue == "-" or before.role == "particle":
        return True
    free = len(known.tokens) >= LONG and not size and {before.role, after.role} <= {*NAMING, "surname"}
    return free and not any(token.glue == "-" for token in known.tokens)


def _reads(word: str, spelling: str) -> bool:
    """Whether a spelling is the reading of a Han word in Mandarin, or in another language."""
    pinyin = "".join(syllables(word))
    return word == spelling or pinyin == fold(spelling) or spells(word, spelling) or spells_older(pinyin, spelling)


def _syllables(spelling: str) -> int:
    """How many syllables a Latin spelling has, by its vowels."""
    return len(re.findall("[aeiouy]+", fold(spelling)))


def _may_be_as_long(word: str, spelling: str) -> bool:
    """Whether a spelling has as many Latin letters as the characters of a Han word can stand for."""
    return len(word) <= len(spelling) <= LETTERS_OF_CHARACTER * len(word)


def _spellings(known: Name) -> Iterator[tuple[frozenset[int], str]]:
    """The words of a name, and those that are written as one, with their places."""
    for place, token in enumerate(known.tokens):
        if token.role not in {"particle", "initial", "title"}:
            yield frozenset({place}), token.text
        word, places = token.text, {place}
        for later in range(place + 1, len(known.tokens)):
            if not _joined(known, known.tokens[later - 1], known.tokens[later], later - place - 1):
                break
            word, places = word + known.tokens[later].text.lower(), places | {later}
            yield frozenset(places), word


def _surname(known: Name) -> frozenset[int]:
    return frozenset(place for place, token in enumerate(known.tokens) if token.role == "surname")


# ---------------------------------------------------------------- spans


def _disjoint(hits: Iterable[Hit]) -> list[Hit]:
    """Of hits that overlap the longest, then the closest in spelling."""
    kept: list[Hit] = []
    taken: list[tuple[int, int]] = []
    for hit in sorted(hits, key=lambda hit: (-len(hit.parts), hit.spent, hit.start)):
        if _is_free(hit, taken):
            insort(taken, (hit.start, hit.end))
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def _is_free(part: Part | Hit, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a part overlaps none of some sorted places; these lie apart, so that only its neighbours could."""
    place = bisect_left(taken, (part.start, part.end))
    return all(part.end <= start or end <= part.start for start, end in taken[max(0, place - 1) : place + 1])


def _mention(parts: Sequence[Part], text: str) -> Mention:
    """A run of the words that were found, with the words next to it: a street may be called after a person."""
    tokens = tuple(Token(part.text, part.start, part.end) for part in parts)
    start, end = tokens[0].start, tokens[-1].end
    before = _LAST.search(text, max(0, start - WORD), start)
    after = _FIRST.match(text, end, end + WORD)
    beside = [found[1] if found else "" for found in (before, after)]
    return Mention(start, end, tuple(replace(token) for token in tokens), before=beside[0], after=beside[1])


WORD = 24
"""A word next to a name is looked at so far, in code points."""

_LAST, _FIRST = re.compile(r"(\w+)[ \u00a0]$"), re.compile(r"[ \u00a0](\w+)")


HAS_LETTERS = re.compile("[" + "".join(LETTERS.values()) + "]")
"""Whether a text has any letter of these writings."""

assert set(LETTERS) == set(WRITINGS.values()) - {"Greek"}
