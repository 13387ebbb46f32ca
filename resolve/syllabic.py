"""How are names of Thai, Lao, Khmer, Burmese and Ethiopic letters spelt in Latin ones, and where in a text may they stand?

No channel is learned for these writings. Their letters are spelt one by one (``tables/syllabic.tsv``), and what that gives is
compared like any Latin word. Thai, Lao and Khmer set no spaces between words, but between a given name and a surname: the first is
the end of what stands before a space, the second the beginning of what follows. Lao is read as the Thai letters that sound the same.
A Burmese name has its syllables together, each of them a word of the name elsewhere. Ethiopic words stand apart, with
prepositions and case endings written together with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from resolve import tables
from resolve.latin import spellings as latin_spellings

THAI, ETHIOPIC = "\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e4e", "\u1200-\u135a"
LAO, KHMER, BURMESE = "\u0e81-\u0ebd\u0ec0-\u0ecd\u0edc\u0edd", "\u1780-\u17b3\u17b6-\u17d3", "\u1000-\u103f"
LETTERS = re.compile(f"[{THAI}{LAO}{ETHIOPIC}{KHMER}{BURMESE}]")
"""Whether a text has any letter of these writings."""

_RUNS = re.compile(f"[{THAI}]+|[{LAO}]+|[{ETHIOPIC}]+|[{KHMER}]+|[{BURMESE}]+")

_TO_THAI = {
    **{letter: letter - 0x80 for letter in range(0x0E81, 0x0EDE)},
    **{ord(lao): ord(thai) for lao, thai in zip("\u0e8a\u0ebb\u0ebd\u0ebc\u0edc\u0edd", "\u0e0b\u0e42\u0e22\u0e25\u0e19\u0e21", strict=True)},
}  # fmt: skip
"""The Thai letters that sound as the Lao ones do, each for one."""

O_INSIDE = "\u0ebb"
"""A Lao vowel over its consonant, which Thai writes before it."""

CARRIERS = frozenset("\u0e2d\u0ead")
"""The Thai and Lao letter that bears vowels."""

STACKED, DEAD = "\u17d2", "\u17cd"
"""What stacks a Khmer consonant under another, and what silences one."""

_SYLLABLE = re.compile(
    "(?P<first>[\u1000-\u1021])(?:\u1039[\u1000-\u1021])?(?P<medials>[\u103b-\u103e]*)(?P<vowel>[\u102b-\u1032\u1036]*)\u103a?"
    "(?P<creaky>\u1037?)[\u1038]?(?:(?P<last>[\u1000-\u1020])(?P<dot>\u1037?)\u103a(?P<tone>[\u1037\u1038]?))?\u1038?"
)
"""A Burmese syllable."""

_BURMESE_RUN = re.compile(f"[{BURMESE}]*")

_DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1$")

NASAL = "n"

SHORTEST, LONGEST = 3, 20
"""A part of a name has so many Latin letters at least and is so long at most, in code points of the text."""

CONSONANTS = 2
"""A part of a name has so many consonants at least: shorter ones stand everywhere."""

Spelt = tuple[str, int, int]
"""Latin letters, and the place in the text that they spell."""


def runs(text: str) -> Iterator[tuple[int, int, list[Spelt], list[Spelt]]]:
    """The runs of letters of a text, with what a given name may be that ends there, and a surname that begins there.

    >>> [(closing[0][0], opening[0][0]) for _, _, closing, opening in runs("ቭላዲሚር ፑቲን")]
    [('vladimir', 'vladimir'), ('putin', 'putin')]
    """
    for match in _RUNS.finditer(text):
        start, end = match.span()
        if "\u1000" <= match[0][0] < "\u1200":
            for syllable in _SYLLABLE.finditer(match[0]):
                ways = [(spelt, start + syllable.start(), start + syllable.end()) for spelt in _burmese(syllable)]
                yield start + syllable.start(), start + syllable.end(), ways, ways
        elif "\u1200" <= match[0][0] < "\u1780":
            ways = list(_words(match[0], start))
            yield start, end, ways, ways
        else:
            yield start, end, list(_endings(match[0], end)), list(_openings(match[0], start))


def is_unspaced(letter: str) -> bool:
    """Whether a letter is Thai, Lao or Khmer: no spaces stand between the words.

    >>> is_unspaced("ป"), is_unspaced("ປ"), is_unspaced("ፑ")
    (True, True, False)
    """
    return "\u0e00" <= letter < "\u0f00" or "\u1780" <= letter < "\u17d4"


def is_run_together(letter: str) -> bool:
    """Whether a letter is Burmese, whose names have no spaces inside.

    >>> is_run_together("မ"), is_run_together("p")
    (True, False)
    """
    return "\u1000" <= letter < "\u1040"


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether nothing but courtesies and particles is written together with what stands at a place.

    >>> is_whole("ဦးဝင်းမြင့်က", 2, 11), is_whole("ကျော်စိုးဝင်း", 5, 13)
    (True, False)
    """
    behind = _BURMESE_RUN.match(text, end)
    head = re.search(f"[{BURMESE}]*\\Z", text[max(0, start - LONGEST) : start])
    before, after = head[0] if head else "", behind[0] if behind else ""
    opens = not before or any(before.endswith(form) for form in _beside("before-name"))
    return opens and (not after or any(after.startswith(form) for form in _beside("behind-name")))


def is_thai(letter: str) -> bool:
    """Whether a letter is Thai: a space before a surname says there that a given name ends, whoever's.

    >>> is_thai("ป"), is_thai("p")
    (True, False)
    """
    return letter.translate(_TO_THAI) in _thai()


def _words(word: str, start: int) -> Iterator[Spelt]:
    """An Ethiopic word as it stands, and without what is written together with it."""
    heads = ["", *(form for form in _attached("prefix") if word.startswith(form))]
    tails = ["", *(form for form in _attached("suffix") if word.endswith(form))]
    for head in heads:
        for tail in tails:
            first, last = len(head), len(word) - len(tail)
            for spelt in spellings(word[first:last]):
                if is_name(spelt):
                    yield spelt, start + first, start + last


def _openings(run: str, start: int) -> Iterator[Spelt]:
    """What a run of Thai letters may begin with."""
    for size in range(min(LONGEST, len(run)), 1, -1):
        if _may_end(run, size):
            yield from ((spelt, start, start + size) for spelt in spellings(run[:size]) if is_name(spelt))


def _endings(run: str, end: int) -> Iterator[Spelt]:
    """What a run of Thai letters may end in."""
    for size in range(min(LONGEST, len(run)), 1, -1):
        place = len(run) - size
        if _may_end(run, place):
            yield from ((spelt, end - size, end) for spelt in spellings(run[place:]) if is_name(spelt))


def _may_end(run: str, place: int) -> bool:
    """Whether a syllable may begin at a place of a Thai run: with a consonant or a vowel written before it."""
    if place in {0, len(run)}:
        return True
    if run[0] >= "\u1780":
        return _khmer().get(run[place], ("", ""))[0] in {"consonant", "carrier"} and run[place - 1] != STACKED
    kinds, run = _thai(), run.translate(_TO_THAI)
    here, before = kinds[run[place]][0], kinds[run[place - 1]][0]
    return here in {"consonant", "carrier", "before"} and before != "before"


def is_name(spelt: str) -> bool:
    """Whether Latin letters are enough for a part of a name."""
    return len(spelt) >= SHORTEST and sum(letter not in "aeiou" for letter in spelt) >= CONSONANTS


@lru_cache(maxsize=65536)
def latin(word: str) -> str:
    """A word of Thai, Lao, Khmer or Ethiopic letters in Latin ones, in lower case.

    >>> latin("วลาดีมีร์"), latin("ปูติน"), latin("โมดี"), latin("ዘውዴ"), latin("នរោត្តម"), latin("ສີພັນດອນ")
    ('vladimir', 'putin', 'modi', 'zewde', 'norottom', 'sipandon')
    """
    if word[:1] >= "\u1780":
        return _of_khmer(word)
    if word[:1] >= "\u1200":
        return "".join(_ethiopic().get(letter, "") for letter in word)
    found, waiting, behind = "", "", False
    for letter in word:
        if letter == O_INSIDE:
            found, behind = found + "o", False
            continue
        letter = letter.translate(_TO_THAI)  # noqa: PLW2901
        kind, spelt = _thai().get(letter, ("sign", ""))
        if kind == "before":
            waiting = spelt
        elif kind == "carrier":
            # after a consonant it is the vowel, elsewhere it bears one: ทอง, อูซา
            found += waiting or (spelt if behind else "")
            waiting, behind = "", False
        elif kind == "consonant":
            found, waiting, behind = found + spelt + waiting, "", not waiting
        elif kind == "vowel":
            found, behind = found + spelt, False
    return found


@lru_cache(maxsize=65536)
def spellings(word: str) -> tuple[str, ...]:
    """A word in Latin letters, in the ways that are usual; of Khmer several, for its vowels are heard otherwise in two classes of syllables.

    >>> "putin" in spellings("ปูติน"), "norodom" in spellings("នរោត្តម"), "sihamoni" in spellings("សីហមុនី")
    (True, True, True)
    """
    first = latin(word)
    if word[:1] < "\u1000":
        # names of the country sound otherwise than they are written, foreign ones do not
        found = (first, *latin_spellings(word))
        # of the consonants that end a word the second is silent: ประวิตร is Prawit
        found += tuple(spelt[:-1] for spelt in found if spelt.endswith("tr"))
        # a carrier before a consonant bears the vowel that is not written: อภิสิทธิ์ is Abhisit
        bears = word[:1] in CARRIERS and _thai().get(word[1:2].translate(_TO_THAI), ("", ""))[0] == "consonant"
        return tuple(dict.fromkeys(("a" + spelt.removeprefix("o") for spelt in found) if bears else found))
    if word[:1] < "\u1780":
        # the sixth order stands for a consonant alone, or with a short vowel: መኮንን is Mekonnen
        return tuple(dict.fromkeys((first, _DOUBLED.sub(r"\1\1e\1", first))))
    ways = (_of_khmer(word, vowel) for vowel in "oa")
    heard = [way.replace("u", u) for way in ways for u in "uo"]
    heard += [way.replace("tt", "d") for way in heard]
    return tuple(dict.fromkeys((first, *heard, *(way.removesuffix("g") for way in heard if way.endswith("ng")))))


def _of_khmer(word: str, heard: str = "o") -> str:
    """A Khmer word; between two consonants that no sign stacks a vowel is heard."""
    found, bare = "", False
    for place, letter in enumerate(word):
        kind, spelt = _khmer().get(letter, ("sign", ""))
        behind = word[place - 1 : place]
        if word[place + 1 : place + 2] == DEAD:
            continue
        if kind == "consonant":
            found, bare = found + (heard if bare and behind != STACKED else "") + spelt, True
        elif kind == "carrier":
            after = _khmer().get(word[place + 1 : place + 2], ("", ""))[0]
            found, bare = found + (heard if bare else "") + ("" if after == "vowel" else spelt), False
        elif kind == "vowel":
            found, bare = found + spelt, False
    return found


def _burmese(syllable: re.Match[str]) -> Iterator[str]:
    """A Burmese syllable in Latin letters; a creaky one that ends in *n* is written with *t* by most."""
    first, medials, vowel, last = syllable["first"], syllable["medials"], syllable["vowel"], syllable["last"] or ""
    letters, rhymes = _burmese_table()
    onset = letters.get(first, "")
    if {"\u103b", "\u103c"} & set(medials):
        onset = "ch" if onset == "kh" else onset + "y"
    round_, heavy = "\u103d" in medials, "\u103e" in medials
    rhyme = rhymes.get(("\u103d" if round_ else "") + vowel + last, "")
    if not rhyme:
        rhyme = rhymes.get(vowel + last, "")
        onset += "w" if round_ and rhyme else ""
    if not rhyme:
        return
    creaky = bool(syllable["dot"] or syllable["tone"] == "\u1037")
    found = ("h" if heavy else "") + onset + rhyme + ("t" if creaky and rhyme.endswith(NASAL) else "")
    if len(found) > 1:
        yield found


@lru_cache(maxsize=1)
def _burmese_table() -> tuple[dict[str, str], dict[str, str]]:
    """The Latin letters of Burmese ones, and of what syllables end in."""
    rows = [row for row in tables.rows("syllabic.tsv") if row[0] == "Burmese"]
    letters = {
        letter: "" if spelt == "-" else spelt for _, kind, letter, spelt in rows if kind in {"consonant", "carrier"}
    }
    return letters, {"" if end == "-" else end: spelt for _, kind, end, spelt in rows if kind == "rhyme"}


@lru_cache(maxsize=2)
def _beside(kind: str) -> tuple[str, ...]:
    """What is written together with Burmese names."""
    return tuple(letter for _, one, letter, _ in tables.rows("syllabic.tsv") if one == kind)


@lru_cache(maxsize=1)
def _khmer() -> dict[str, tuple[str, str]]:
    rows = tables.rows("syllabic.tsv")
    return {
        letter: (kind, "" if spelt == "-" else spelt) for writing, kind, letter, spelt in rows if writing == "Khmer"
    }


@lru_cache(maxsize=1)
def _thai() -> dict[str, tuple[str, str]]:
    rows = tables.rows("syllabic.tsv")
    return {letter: (kind, "" if spelt == "-" else spelt) for writing, kind, letter, spelt in rows if writing == "Thai"}


@lru_cache(maxsize=1)
def _ethiopic() -> dict[str, str]:
    rows = tables.rows("syllabic.tsv")
    return {letter: "" if spelt == "-" else spelt for _, kind, letter, spelt in rows if kind == "syllable"}


@lru_cache(maxsize=2)
def _attached(kind: str) -> tuple[str, ...]:
    """What is written together with Ethiopic names."""
    return tuple(letter for _, one, letter, _ in tables.rows("syllabic.tsv") if one == kind)
