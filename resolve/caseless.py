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
from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, product

from resolve import syllabic
from resolve.alone import (
    FIRST,
    GIVEN_FIRST,
    LAST,
    SET_APART,
    WORD,
    calls_by_given,
    ends_here,
    goes_on_in_arabic,
    has_article,
    is_free,
    is_office,
    opens_name,
    opens_sentence,
)
from resolve.bones import bones, meanings
from resolve.channel import cost, rarity, same, telling
from resolve.chinese import spells as spells_older
from resolve.given import given_classes, may_be_given
from resolve.index import Index
from resolve.japanese import is_surname, japanese_parts
from resolve.letters import fold, is_other, native, surname_first, syllables, writing
from resolve.model import Mention, Name, Token
from resolve.names import NAMING, bears_name
from resolve.readings import spells, spelt
from resolve.units import (
    ARTICLE,
    COMMAS,
    DOT,
    HAS_LETTERS,
    LEAST,
    LETTERS,
    Hit,
    Part,
    Unit,
    ending_with,
    may_go_on,
    spelt_out,
    starting_with,
    units,
    windows,
)

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

TELLING = 3
"""Two given names that have so many classes of consonants in common may be spellings of one."""

LETTERS_OF_CHARACTER = 5
"""A Chinese character stands for at most so many letters of a foreign name."""

_GOES_ON = re.compile(f"(?!両)[{LETTERS['Han']}]{{1,2}}(?:氏|さん)")
"""A given name and a courtesy behind a surname in Han: 小池晃氏 is not 小池氏."""

MANY = 400
"""Of a foreign name in Han, which a dot shows, one part may have other bones, unless so many names meet."""

GATE = -0.5
"""A word that no capital shows must be likelier than that to spell a surname, in bits."""

EQUIVALENT, LOOSER = 0.5, 0.1
"""What an equivalent given name counts as, and what is added where only the bones are the same."""


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
        found = list(units(text)) if HAS_LETTERS.search(text) else []
        found += spelt_out(text) if syllabic.LETTERS.search(text) else []
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
        meant = meanings(writing(word))
        found = {""}
        for letter in native(word):
            options = meant.get(letter, ("",))
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
                if set(units[last].gap) & DOT and len(mine | met[last]) <= MANY:
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
        opening, closing = ending_with(run[0]), starting_with(run[-1])
        found = []
        inverted = any(unit.gap in COMMAS for unit in run[1:])
        for surname_last in (False,) if inverted else (True, False):
            surname, other = (closing, opening) if surname_last else (opening, closing)
            if (one := self._best(surname, name, True)) and (two := self._best(other, name, False)):
                if not (surname_last or inverted) and run[0].parts[0].text[:1] in GIVEN_FIRST and two[0] >= EQUIVALENT:
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
                for whole in windows(part):
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
                        and not DOT & set(beside)
                        and not _GOES_ON.match(text, part.end)
                        and is_free(part, taken)
                    ):
                        insort(taken, (part.start, part.end))
                        yield part
        for place, unit in enumerate(units):
            if writing(unit.parts[0].text) == "Han" or not is_free(unit.parts[0], taken):
                continue
            # a text spells a name as it did in full: 트럼펫 is not 트럼프
            ways_of = (part for part in unit.parts if part.text in known and has_article(text, part, known))
            # an article is compared with none: الجابر is Jaber, whose al is a particle
            best = min(ways_of, key=lambda part: (part.text.startswith(ARTICLE), part.toll), default=None)
            if (
                best
                and not self._is_anothers(text, units, place, taken)
                and not opens_name(text, units, place, taken)
                and not (unit.gap and syllabic.is_thai(text[best.start]))
                and not syllabic.is_run_together(text[best.start])
                and not goes_on_in_arabic(text, best)
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
                if calls_by_given(letter, text) and self._spells(part.text, hit.name, True) is None:
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
                    if is_free(part, taken) and not text[part.end : part.end + 1].isspace():
                        insort(taken, (part.start, part.end))
                        yield part, sorted(names)
        for place, unit in enumerate(units):
            best = min((part for part in unit.parts if part.text in known), key=lambda part: part.toll, default=None)
            if (
                best
                and is_free(best, taken)
                and not self._is_anothers(text, units, place, taken)
                and not opens_name(text, units, place, taken)
                and ends_here(text, unit, best)
            ):
                yield best, sorted(known[best.text])

    @staticmethod
    def _is_anothers(text: str, units: Sequence[Unit], place: int, taken: Sequence[tuple[int, int]]) -> bool:
        """Whether a given name of somebody else stands before a surname, or a dot joins it to another name."""
        unit = units[place]
        after = units[place + 1].gap if place + 1 < len(units) else ""
        if set(unit.gap + after) & DOT:
            return True
        if not unit.gap or unit.gap.strip(" \u00a0"):
            return False
        word = units[place - 1].parts[0]
        if may_be_given(word.text) or is_office(word.text, unit):
            return True
        if SET_APART[0].search(text, max(0, word.start - 4), word.start) and SET_APART[1].match(text, unit.end):
            # his brother, Reza Khatami, came
            return is_free(word, taken)
        # a word with a capital inside a sentence is a name as well: Սաշիկ Սարգսյան
        inside = writing(word.text) == "Armenian" and not opens_sentence(text, word.start)
        return inside and word.text[1:].islower() and is_free(word, taken)


def _again(text: str, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Chinese names of two characters wherever else a text has them that says once, by an office, that they are names."""
    known = {(hit.parts[0].text, hit.parts[1].text, hit.name): hit for hit in hits if hit.end - hit.start == PAIR}
    taken = {hit.start for hit in hits}
    for (surname, given, _), hit in known.items():
        if writing(surname) != "Han" or len(hit.parts) != PAIR or len(surname + given) != PAIR:
            continue
        for match in re.finditer(surname + given, text):
            start, end = match.span()
            if start not in taken and may_go_on(text[end : end + 1]):
                yield replace(hit, parts=(Part(surname, start, start + 1), Part(given, start + 1, end)))


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


def _disjoint(hits: Iterable[Hit]) -> list[Hit]:
    """Of hits that overlap the longest, then the closest in spelling."""
    kept: list[Hit] = []
    taken: list[tuple[int, int]] = []
    for hit in sorted(hits, key=lambda hit: (-len(hit.parts), hit.spent, hit.start)):
        if is_free(hit, taken):
            insort(taken, (hit.start, hit.end))
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def _mention(parts: Sequence[Part], text: str) -> Mention:
    """A run of the words that were found, with the words next to it: a street may be called after a person."""
    tokens = tuple(Token(part.text, part.start, part.end) for part in parts)
    start, end = tokens[0].start, tokens[-1].end
    before = LAST.search(text, max(0, start - WORD), start)
    after = FIRST.match(text, end, end + WORD)
    beside = [found[1] if found else "" for found in (before, after)]
    if writing(parts[-1].text) == "Han" and not after:
        # Chinese and Japanese have no space before the street or the prize that is called after somebody
        sizes = (text[end : end + size] for size in (3, 2, 1))
        beside[1] = next((thing for thing in sizes if thing and bears_name(thing, "after")), "")
    return Mention(start, end, tuple(replace(token) for token in tokens), before=beside[0], after=beside[1])
