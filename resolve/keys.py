"""Under which keys is a token filed? The same code compiles the gazetteer and looks names up.

A token is read aloud in the ways its letters allow (`sounds`); each reading keeps its consonants in
coarse classes (`skeleton`). Two spellings of one name nearly always share a skeleton: vowels change
with stress and language, and voiced fricatives, sibilants and aspirates with the alphabet. Classes
and forks follow the measured table of the design; the idea of a consonant key is as old as Soundex
(Russell 1918) and Daitch-Mokotoff (1985).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

import jellyfish
from unidecode import unidecode

from resolve import attested, korean, latin, tables
from resolve._aloud import Coarse, Reader
from resolve.endings import adaptations
from resolve.given import given_classes
from resolve.letters import LONGEST_SYLLABLE, fold, is_other, syllables, writing
from resolve.multigram import load
from resolve.readings import spelt
from resolve.respelling import sounded
from resolve.romanize import lower, possible, render
from resolve.text import script

LONGEST = 64
"""Of a word so many letters make its consonants; no name has more."""

MAX_READINGS = 12
"""At most so many readings of a token are kept; long tokens of ambiguous letters have more."""

HEARD = 3
"""So many likely Latin spellings of a word in a script beyond Cyrillic are read aloud."""

CODED = 8
"""So many of them have a Metaphone code."""

VOWELS = frozenset("aeiou")
_CLASSES = {"h": "g", "x": "g", "f": "v", "z": "s", "c": "s", "Z": "S", "C": "S"}
_CONSONANTS = Coarse(_CLASSES | {"j": ""}, VOWELS, "v")
_LETTERS = Coarse(_CLASSES | {"o": "a", "e": "i", "j": "i"}, VOWELS, "v")
_KEPT_MARKS = frozenset("čćçšşșśžżźłŭïëöøüäæåßðþđıəñğțţąęáéíóúý")


@lru_cache(maxsize=1)
def _reader() -> Reader:
    """What reads words aloud by the table of sounds."""
    rules: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
    for grapheme, after, before, readings in tables.rows("sounds.tsv"):
        spoken = tuple("" if reading == "-" else reading for reading in readings.split("|"))
        rules.setdefault(grapheme, []).append((after, before, spoken))
    return Reader(rules, MAX_READINGS, 4 * MAX_READINGS)


@lru_cache(maxsize=131072)
def sounds(word: str) -> tuple[str, ...]:
    """The ways a word may be read aloud, at most `MAX_READINGS`, the commonest first.

    A word in a script that has a learned channel is read as its likeliest Latin spellings are, one in a script
    beyond those as `resolve.latin` spells it.

    Args:
        word: one token in any script.

    >>> sounds("Ціханоўская")
    ('cixanovskaja', 'tixanovskaja', 'sixanovskaja')

    """
    if spellings := _spelt(word):
        heard = (sound for spelling in spellings[:HEARD] for sound in sounds(spelling))
        return tuple(islice(dict.fromkeys(heard), MAX_READINGS))
    return _reader().read(_prepare(word))


def _spelt(word: str) -> tuple[str, ...]:
    """The Latin spellings that a word in a script beyond Cyrillic is read as; none for others."""
    if not is_other(word):
        return latin.spellings(word)
    forms = (spelling for form in sounded(word)[:1] for spelling in (form, *load().spellings(form)[:CODED]))
    return (*load().spellings(word), *forms)


def _prepare(word: str) -> str:
    """Lower case in Latin or Cyrillic letters, with only the marks that the sound table knows."""
    word = word.casefold()
    if word.isascii():
        return word
    if script(word) not in {"Latin", "Cyrillic"}:
        word = unidecode(word).casefold()
    kept = []
    for letter in unicodedata.normalize("NFC", word):
        if letter in _KEPT_MARKS or "\u0400" <= letter <= "\u052f":
            kept.append(letter)
        else:
            kept.extend(unicodedata.normalize("NFD", letter))
    return "".join(c for c in kept if not unicodedata.combining(c))


def skeleton(sound: str) -> str:
    """The coarse consonants of one reading; v before a consonant or at the end is silent.

    >>> skeleton("vlasova"), skeleton("ulasava")
    ('lsv', 'lsv')
    """
    return _CONSONANTS.skeleton(sound)


def contour(sound: str) -> str:
    """One reading with coarse consonants and broad vowels (a/o, e/i), doubled sounds once.

    The feminine ending of adjectives is long in one language and short in the next (-skaya, -ska).

    >>> contour("sergei") == contour("sirhij")
    True
    """
    if sound.endswith("aja"):
        sound = sound.removesuffix("ja")
    return _LETTERS.contour(sound)


@lru_cache(maxsize=65536)
def skeletons(word: str) -> frozenset[str]:
    """The skeletons of all readings of a word; a word of vowels alone keeps its contour.

    Those of a word in a script beyond Cyrillic are those of all its likely Latin spellings, which knows
    the vowels that are not written, the letters that stand for two sounds, and silent ones.

    >>> skeletons("Babaryka") & skeletons("Бабарико")
    frozenset({'bbrk'})
    >>> skeletons("ジョージ") >= skeletons("George")
    True
    """
    word = word[:LONGEST]
    if spellings := _spelt(word):
        return frozenset().union(*map(skeletons, spellings))
    return frozenset(skeleton(sound) or contour(sound) for sound in sounds(word)) - {""}


_ASPIRATE = re.compile("([чтпк])х")


def respelt(folded: str) -> Iterator[str]:
    """Another spelling of a word, as far as its consonants tell: without last letters that may be silent.

    Cyrillic does not write the end of Korean syllables as Latin does, and writes their aspirates: *Ён*, *Yong*, *Чхоль*.

    >>> list(respelt("garot")), list(respelt("tetteh")), list(respelt("perrault")), list(respelt("merkel"))
    (['garo'], ['tette'], ['perrau'], [])
    >>> list(respelt("yong")), list(respelt("чхоль")), list(respelt("brandt"))
    (['yon'], ['чоль'], ['brant'])
    """
    if folded.endswith("ng") and len(folded) <= LONGEST_SYLLABLE:
        yield folded[:-1]
    if "х" in folded and (plain := _ASPIRATE.sub(r"\1", folded)) != folded:
        yield plain
    if folded.endswith("ault"):
        yield folded[:-2]
    if folded.endswith("dt"):
        yield f"{folded[:-2]}t"
    if len(folded) > 3 and folded[-1] in "tdsxzhp" and (folded[-2] in "aeiouy" or folded[-2:] in {"rd", "rt"}):
        yield folded[:-1]


def keys(word: str) -> tuple[str, ...]:
    """Every key under which a token is filed and looked up, sorted.

    ``=`` the folded spelling itself, ``s`` a consonant skeleton, ``g`` a class of equivalent given
    names, ``k`` the consonants of a Korean name, ``a`` a name of which spellings are attested, ``m`` the Metaphone code of a Latin token (silent letters of English: *Wright*, *Knight*).
    No key means that the token cannot be compared.

    >>> keys("Мікалай")[-1] in keys("Nikolai")
    False
    >>> set(keys("Мікалай")) & set(keys("Nikolai")) != set()
    True
    """
    folded = fold(word)
    found = {f"={folded}"} if folded else set()
    found.update(f"s{bones}" for spelling in (word, *respelt(folded)) for bones in skeletons(spelling))
    if folded.endswith("s"):
        # a gazetteer may have a name with the ending that a language adds: Orlovs
        found.update(f"s{bones}" for stem, _sex in adaptations(word) for bones in skeletons(stem))
    found.update(f"g{identifier}" for identifier in given_classes(word))
    found.update(f"k{sounds}" for sounds in korean.keys(word))
    found.update(f"a{name}" for name in attested.keys(word))
    if writing(word) == "Han":
        # as pinyin spells it, whatever name that is learned to mean
        read = ("".join(syllables(word)), *spelt(word))
        found.update(f"s{bones}" for spelling in read for bones in skeletons(spelling))
    for spelling in load().spellings(word)[:CODED] if is_other(word) else (folded,):
        found.update(code(spelling))
    return tuple(sorted(found))


def code(spelling: str) -> tuple[str, ...]:
    """The key of the Metaphone code of a Latin spelling in small letters, none for short words.

    >>> code("wright") == code("rite")
    True
    """
    metaphone = jellyfish.metaphone(spelling) if spelling.isascii() and len(spelling) > 2 else ""
    return (f"m{metaphone}",) if metaphone else ()


def neighbours(word: str) -> tuple[str, ...]:
    """The keys of a word with one consonant of its skeleton left out, for typing errors.

    Filing and looking up under these finds a lost, an added and an exchanged consonant.

    >>> set(neighbours("Lukashenko")) & set(neighbours("Lukaschenk"))  != set()
    True
    """
    found: set[str] = set()
    for bones in skeletons(word):
        if len(bones) >= 4:
            found.update(f"d{bones[:i]}{bones[i + 1 :]}" for i in range(len(bones)))
            found.add(f"d{bones}")
    return tuple(sorted(found))


def press_keys(word: str, lang: str) -> tuple[str, ...]:
    """The keys under which a native token is filed besides: press spellings that its sounds do not suggest.

    Hungarian *s*, Spanish and French *j* sound as in no other spelling of these names; filed exactly,
    they do not widen what every other word meets.

    Args:
        word: a token in its own script.
        lang: its language, ISO 639-1.

    >>> "rsevcsenko" in press_keys("Шевченко", "ru"), press_keys("Shevchenko", "ru")
    (True, ())

    """
    known = skeletons(word)
    forms = {
        fold(form) for system in possible(word, lang) if system.filed for form in render(lower(word), system.rewriter)
    }
    return tuple(sorted(f"r{form}" for form in forms if form and not known & skeletons(form)))


def press_key(word: str) -> tuple[str, ...]:
    """The key under which a word in Latin letters meets `press_keys`, none for other scripts.

    >>> press_key("Sevcsenko"), press_key("Шевченко")
    (('rsevcsenko',), ())
    """
    return (f"r{fold(word)}",) if script(word) == "Latin" else ()
