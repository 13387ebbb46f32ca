"""How is a Chinese name spelt by those who do not speak Mandarin?

The learned channel reads Han characters in pinyin. Who bears the name spells it as at home: 陳 is *Chen* in
Beijing, *Chan* in Hong Kong, *Tan* in Singapore, *Jin* in Seoul. Cantonese readings of characters come from
ToJyutping, how their sounds are spelt from ``tables/cantonese.tsv``; surnames as they are spelt in further
languages from ``tables/surnames_abroad.tsv``, characters of given names from ``tables/given_abroad.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice, product

from resolve import letters, tables
from resolve.japanese import japanese, short_vowels
from resolve.letters import fold, writing

LONGEST = 3
"""The most characters of one part of such a name."""

MOST = 48
"""At most so many whole spellings of a word are listed."""


@lru_cache(maxsize=1)
def _sounds() -> dict[str, dict[str, tuple[str, ...]]]:
    """The spellings of initials and of finals."""
    found: dict[str, dict[str, tuple[str, ...]]] = {"initial": {}, "final": {}}
    for part, sound, spellings in tables.rows("cantonese.tsv"):
        key = "" if sound == "-" else sound
        found[part][key] = tuple("" if s == "-" else s for s in spellings.split())
    return found


@lru_cache(maxsize=1)
def _abroad() -> dict[str, tuple[str, ...]]:
    """Spellings of surnames by character."""
    return {c: tuple(row[1].split()) for row in tables.rows("surnames_abroad.tsv") for c in row[0]}


@lru_cache(maxsize=1)
def _given_abroad() -> dict[str, tuple[str, ...]]:
    """Spellings by character that given names have beside the Cantonese ones."""
    return {c: tuple(row[1].split()) for row in tables.rows("given_abroad.tsv") for c in row[0]}


_remembered: dict[str, tuple[str, ...]] = {}


def gathered(words: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """The readings of Han words, in pinyin, and of their characters in Cantonese, to `remember` them.

    >>> gathered(["郭", "Kwok"])["pinyin"]
    {'郭': ['guo']}
    """
    han = sorted({word for word in words if writing(word) == "Han"})
    characters = sorted({character for word in han if len(word) <= LONGEST for character in word})
    return {
        "pinyin": {word: list(letters.syllables(word)) for word in han},
        "cantonese": {character: list(syllables(character)) for character in characters},
    }


def remember(found: Mapping[str, Mapping[str, Iterable[str]]]) -> None:
    """Take over readings that were `gathered` before, so that no dictionary has to be loaded for them."""
    letters.remember(found["pinyin"])
    _remembered.update((character, tuple(read)) for character, read in found["cantonese"].items())


@lru_cache(maxsize=8192)
def syllables(character: str) -> tuple[str, ...]:
    """The spellings of one character, those of surnames first.

    >>> syllables("郭")[:2], "keung" in syllables("強")
    (('kwok', 'kwek'), True)
    """
    if character in _remembered:
        return _remembered[character]
    table = _sounds()
    found = dict.fromkeys(_abroad().get(character, ()))
    if sound := _cantonese(character):
        initial = next((i for i in sorted(table["initial"], key=len, reverse=True) if sound.startswith(i)), "")
        if sound in table["final"]:
            initial = ""
        finals = table["final"].get(sound[len(initial) :], ())
        found.update(dict.fromkeys(a + b for a, b in product(table["initial"][initial], finals)))
    found.update(dict.fromkeys(_given_abroad().get(character, ())))
    return tuple(found)


def _cantonese(character: str) -> str:
    """How a character is read in Cantonese, in Jyutping without a tone; empty if it is not."""
    if known := letters.readings().get(character):
        return known[1]
    # loaded here, for its dictionary costs a second and few characters are so rare
    from ToJyutping import get_jyutping_candidates

    return next((read[0].rstrip("123456") for _, read in get_jyutping_candidates(character) if read), "")


@lru_cache(maxsize=16384)
def spelt(word: str) -> tuple[str, ...]:
    """Spellings of a Han word of few characters beside pinyin, at most `MOST`, and its Japanese readings; none for other words.

    >>> "waikeung" in spelt("偉強"), spelt("Kwok")
    (True, ())
    """
    if writing(word) != "Han":
        return ()
    if not 1 <= len(word) <= LONGEST:
        return japanese(word)
    options = [syllables(character)[: MOST if len(word) == 1 else 6] for character in word]
    return tuple(dict.fromkeys((*islice(map("".join, product(*options)), MOST), *japanese(word))))


@lru_cache(maxsize=65536)
def spells(word: str, latin: str) -> bool:
    """Whether a Latin word spells a Han word of few characters in one of these ways, syllable by syllable.

    >>> spells("郭", "Kwok"), spells("偉強", "Waikeung"), spells("偉強", "Weiming")
    (True, True, False)
    """
    return writing(word) == "Han" and writing(latin) == "Latin" and any(spelling(word, [latin]))


def spelling(word: str, latin: Iterable[str]) -> Iterator[bool]:
    """Of each of some Latin words whether it spells a Han word so.

    >>> list(spelling("郭", ["Kwok", "Weiming"]))
    [True, False]
    """
    read, pattern = japanese(word), _pattern(word)
    for one in latin:
        folded = fold(one)
        yield pattern.fullmatch(folded) is not None or (bool(read) and short_vowels(folded) in read)


def first_letters(word: str) -> str:
    """The Latin letters with which the spellings of a Han word may open.

    >>> first_letters("郭")
    'gkq'
    """
    openings = {spelt[:1] for spelt in japanese(word)}
    if _pattern(word) is not _NEVER:
        openings.update(spelt[:1] for spelt in syllables(word[0]))
    return "".join(sorted(openings))


@lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern[str]:
    """What matches a Han word of few characters, syllable by syllable."""
    read = [syllables(character) for character in word] if len(word) <= LONGEST else []
    if not read or not all(read):
        return _NEVER
    return re.compile("".join(f"(?:{'|'.join(map(re.escape, spelt))})" for spelt in read))


_NEVER = re.compile("(?!)")
