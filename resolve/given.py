"""Which given names are one name, which words are given names, and which are made of a father's?

``tables/given_names.tsv`` has the classes of equivalent given names with their spellings and everyday forms,
``tables/given_vocabulary.tsv`` further words that are borne as given names.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from resolve import tables
from resolve.endings import nominatives
from resolve.letters import fold, is_other
from resolve.lexicon import is_name_word
from resolve.multigram import VOWELS, Table, load
from resolve.respelling import sounded
from resolve.text import script

EXACT = 2
"""How sure it is that a word is a given name that is known as it is written, not only by its nominative."""

SPELT = 1.0
"""From so many bits on, a word in a script beyond Cyrillic may spell a given name of the table."""

SURE = 4.0
"""From so many bits on, it is a given name."""

_DIGRAPHS = re.compile("(?<=[aou])e|(?<=a)a")
"""What stands behind a letter whose marks a keyboard lacks: *Guenter*, *Haakan*."""

_FINALS = {"a": ("f", "m"), "o": ("m", "f")}
"""How the names of women and of men end in many languages, and whose the other form is."""

_FATHERS = ("", "й", "ь", "ий", "ій", "ей", "о", "а", "я", "y", "i", "o", "a", "iy", "ii", "ij", "ey", "ei")
"""The endings of men's given names that a patronymic leaves out or changes."""


@lru_cache(maxsize=1)
def _given_table() -> dict[str, tuple[frozenset[str], str]]:
    """Folded given name → the classes of equivalent names it belongs to, and its gender."""
    classes: dict[str, set[str]] = {}
    sexes: dict[str, set[str]] = {}
    for identifier, sex, _lang, name, _kind in tables.rows("given_names.tsv"):
        key = fold(name)
        classes.setdefault(key, set()).add(identifier)
        sexes.setdefault(key, set()).add(sex)
    return {key: (frozenset(found), min(sexes[key]) if len(sexes[key]) == 1 else "") for key, found in classes.items()}


@lru_cache(maxsize=1)
def _given_lists() -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """The spellings of every class, and the folded names that are only diminutives."""
    spellings: dict[str, list[str]] = {}
    full, short = set(), set()
    for identifier, _sex, _lang, name, kind in tables.rows("given_names.tsv"):
        if kind == "diminutive":
            short.add(fold(name))
        else:
            full.add(fold(name))
            spellings.setdefault(identifier, []).append(name)
    return {key: tuple(names) for key, names in spellings.items()}, frozenset(short - full)


@lru_cache(maxsize=1)
def _given_by_language() -> dict[str, dict[str, tuple[str, ...]]]:
    """Language → class → the full names that the language has for it, in the order of the table."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for identifier, _sex, lang, name, kind in tables.rows("given_names.tsv"):
        if kind == "name":
            names = found.setdefault(lang, {})
            names[identifier] = (*names.get(identifier, ()), name)
    return found


def given_names(classes: frozenset[str], lang: str) -> tuple[str, ...]:
    """The full names that a language has for some classes of equivalent given names.

    >>> given_names(given_classes("Дзмітрый"), "ru")
    ('Дмитрий',)
    """
    known = _given_by_language().get(lang, {})
    return tuple(dict.fromkeys(name for c in sorted(classes) for name in known.get(c, ())))


@lru_cache(maxsize=1)
def _given_languages() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for lang, classes in _given_by_language().items():
        for names in classes.values():
            for name in names:
                found.setdefault(fold(name), set()).add(lang)
    return {name: frozenset(langs) for name, langs in found.items()}


def given_languages(word: str) -> frozenset[str]:
    """The languages whose press writes a given name so, ``und`` for any other.

    >>> sorted(given_languages("Мікалай"))
    ['be']
    """
    return _given_languages().get(fold(word), frozenset())


def given_spellings(classes: frozenset[str]) -> tuple[str, ...]:
    """The full spellings of all names of some classes, without diminutives."""
    return tuple(name for c in sorted(classes) for name in _given_lists()[0].get(c, ()))


@lru_cache(maxsize=1)
def _all_given_spellings() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for identifier, _sex, _lang, name, _kind in tables.rows("given_names.tsv"):
        found.setdefault(identifier, []).append(name)
    return {key: tuple(dict.fromkeys(names)) for key, names in found.items()}


@lru_cache(maxsize=1)
def _cyrillic_given() -> dict[str, dict[str, frozenset[str]]]:
    """Class → its names in Cyrillic letters, folded, with the languages that have them."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for identifier, _sex, lang, name, _kind in tables.rows("given_names.tsv"):
        if script(name) == "Cyrillic":
            forms = found.setdefault(identifier, {})
            forms[fold(name)] = forms.get(fold(name), frozenset()) | {lang}
    return found


def cyrillic_given(classes: frozenset[str]) -> dict[str, frozenset[str]]:
    """The names of some classes in Cyrillic letters, folded, each with the languages that have it.

    >>> sorted(cyrillic_given(given_classes("Nikolai"))["микола"])
    ['uk']
    """
    found: dict[str, frozenset[str]] = {}
    for identifier in classes:
        for name, langs in _cyrillic_given().get(identifier, {}).items():
            found[name] = found.get(name, frozenset()) | langs
    return found


@lru_cache(maxsize=1)
def given_table() -> dict[str, frozenset[str]]:
    """Every given name as the table spells it, diminutives too, with the classes it belongs to.

    >>> given_table()["Дмитрий"] == given_classes("Dmitry")
    True
    """
    found: dict[str, set[str]] = {}
    for identifier, _sex, _lang, name, _kind in tables.rows("given_names.tsv"):
        found.setdefault(name, set()).add(identifier)
    return {name: frozenset(classes) for name, classes in found.items()}


def all_given_spellings(classes: frozenset[str]) -> tuple[str, ...]:
    """The spellings of all names of some classes, with diminutives."""
    return tuple(name for c in sorted(classes) for name in _all_given_spellings()[c])


def is_diminutive(word: str) -> bool:
    """Whether a word is known only as the everyday form of a given name (*Ted*, *Вова*)."""
    return fold(word) in _given_lists()[1]


@lru_cache(maxsize=1)
def _given_vocabulary() -> frozenset[str]:
    return frozenset(word for word, _count in tables.rows("given_vocabulary.tsv"))


@lru_cache(maxsize=65536)
def given_classes(word: str, lang: str = "") -> frozenset[str]:
    """The classes of equivalent given names that a word, or its nominative, belongs to.

    >>> given_classes("Uladzimir") == given_classes("Владимира"), given_classes("Guenter") == given_classes("Günter")
    (True, True)
    """
    table = _given_table()
    if is_other(word):
        heard = frozenset().union(*(table[name][0] for name, bits in _heard(word) if bits > SPELT))
        return heard.union(*(table[fold(form)][0] for form in sounded(word) if fold(form) in table))
    key = fold(word)
    for spelling in (key, *map(fold, sounded(word)), _DIGRAPHS.sub("", key)):
        if found := table.get(spelling):
            return found[0]
    for stem, _sex in nominatives(word, lang):
        if found := table.get(fold(stem)):
            return found[0]
    return frozenset()


@lru_cache(maxsize=1)
def _by_bones() -> tuple[tuple[str, ...], Table, dict[str, range]]:
    """The Latin given names of the table, sorted by their first two consonants, and where those of each begin and end."""
    bones = {name: _bones(name) for name in _given_table() if name.isascii() and len(name) > 1}
    names = tuple(sorted(bones, key=lambda name: (bones[name], name)))
    starts: dict[str, int] = {}
    for place, name in enumerate(names):
        starts.setdefault(bones[name], place)
    found = {bone: range(*ends) for bone, ends in zip(starts, pairwise([*starts.values(), len(names)]), strict=True)}
    return names, load().table(names), found


def _bones(word: str) -> str:
    """The first two consonants; *h* only where it opens the word, for behind others it is often silent: *John*, *Theresa*."""
    return "".join(
        letter for place, letter in enumerate(word) if letter not in VOWELS and (letter != "h" or not place)
    )[:2]


def best_heard(word: str) -> float:
    """What the given name of the table tells that a word in a script beyond Cyrillic spells best, in bits.

    >>> best_heard("مایکل") > 0 > best_heard("푸틴")
    True
    """
    return max((bits for _, bits in _heard(word)), default=-math.inf)


@lru_cache(maxsize=16384)
def _heard(word: str) -> tuple[tuple[str, float], ...]:
    """The given names of the table that a word in a script beyond Cyrillic may spell, with the bits for that."""
    names, table, opened = _by_bones()
    bones = dict.fromkeys(map(_bones, load().spellings(word)))
    near = array("I", sorted(row for bone in bones for row in opened.get(bone, ())))
    if not near:
        return ()
    rows, told, _bits = load().beside(word, table, 0, near)
    return tuple((names[row], bits) for row, bits in zip(rows, told, strict=True))


@lru_cache(maxsize=65536)
def given_gender(word: str, lang: str = "") -> str:
    """The gender of a given name by the table of given names; empty where it does not tell."""
    table = _given_table()
    if is_other(word):
        name, bits = max(_heard(word), key=lambda heard: heard[1], default=("", 0.0))
        return table[name][1] if bits > SURE else ""
    for spelling in (word, *(stem for stem, _sex in nominatives(word, lang))):
        if found := table.get(fold(spelling)):
            return found[1]
    return ""


@lru_cache(maxsize=1)
def _womens() -> frozenset[str]:
    return frozenset(name for (name,) in tables.rows("womens_names.tsv"))


@lru_cache(maxsize=65536)
def own_sex(word: str) -> str:
    """The gender of a given name as it stands, in Latin or Cyrillic letters; empty where nothing tells.

    A name in Latin letters that no table has, but somebody in the world, is a woman's if it is a man's with an *a* more, and a
    man's if it is a woman's with an *o* for its *a*. In Cyrillic that would mostly be a man's in the genitive.

    >>> own_sex("Mario"), own_sex("Maria"), own_sex("Александра"), own_sex("Paula"), own_sex("Сергея"), own_sex("Nikita")
    ('m', 'f', 'f', 'f', '', 'm')
    """
    table = _given_table()
    if word.casefold() in _womens():
        return "f"
    if found := table.get(fold(word)):
        return found[1]
    if f"{fold(word)}e" in map(fold, _womens()):
        return "m"
    last, other = _FINALS.get(word[-1:].lower(), ("", ""))
    if not last or not is_name_word(word):
        return ""
    stems = [stem for stem, _sex in nominatives(word)] if last == "f" else [f"{word[:-1]}a"]
    return last if any(table.get(fold(stem), (frozenset(), ""))[1] == other for stem in stems) else ""


@lru_cache(maxsize=65536)
def is_given(word: str, lang: str = "") -> bool:
    """Whether a word is known as a given name.

    >>> is_given("Viktar"), is_given("Babaryka")
    (True, False)
    """
    if is_other(word):
        return any(bits > SURE for _name, bits in _heard(word))
    return bool(given_classes(word, lang)) or fold(word) in _given_vocabulary()


def givenness(word: str, lang: str) -> int:
    """How sure it is that a word is a given name: Фёдор, and less Абрамов, which *Abram* may decline to."""
    exact = fold(word) in _given_table() or fold(word) in _given_vocabulary()
    return EXACT if exact else int(is_given(word, lang))


def is_given_as_written(word: str) -> bool:
    """Whether a word is known as a given name as it stands, whatever it may be a case of.

    >>> is_given_as_written("Maya"), is_given_as_written("Mayové")
    (True, False)
    """
    return givenness(word, "") == EXACT


@lru_cache(maxsize=1)
def _patronymic_endings() -> tuple[dict[str, str], int, tuple[str, ...]]:
    """Ending of a patronymic → gender, the length of the longest, and the last two letters of all."""
    found = {ending: sex for ending, _script, sex in tables.rows("patronymics.tsv")}
    return found, max(map(len, found)), tuple({ending[-2:] for ending in found})


def _patronymic_stems(word: str, lang: str) -> Iterator[tuple[str, str]]:
    """What stands before a patronymic's ending in a word or its nominative, with the gender."""
    table, longest, last = _patronymic_endings()
    for spelling in (word, *[stem for stem, _sex in nominatives(word, lang)]):
        lower = spelling.casefold()
        if not lower.endswith(last):
            continue
        for size in range(min(longest, len(lower) - 1), 1, -1):
            sex, stem = table.get(lower[-size:], ""), lower[:-size]
            # Мацкевич: a father's name in -к, -г or -х takes -ович
            if sex and not (stem[-1] in "кгхkg" and lower[-size] in "еёe"):
                yield stem, sex


@lru_cache(maxsize=65536)
def patronymic_gender(word: str, lang: str = "") -> str:
    """``"m"`` or ``"f"`` where a word, or its nominative, ends like a patronymic, else empty."""
    return next((sex for _stem, sex in _patronymic_stems(word, lang)), "")


def is_patronymic(word: str, lang: str = "") -> bool:
    """Whether a word is made from a father's given name, which tells it from a surname in -ich.

    >>> is_patronymic("Григорьевич"), is_patronymic("Ryhoraŭna"), is_patronymic("Статкевич")
    (True, True, False)
    """
    return bool(fathers(word, lang))


@lru_cache(maxsize=65536)
def fathers(word: str, lang: str = "") -> frozenset[str]:
    """The classes of men's given names that a patronymic may be made from; empty where it is none.

    >>> fathers("Serhiyivna") == fathers("Сергеевна") == given_classes("Siarhei")
    True
    """
    table, found = _given_table(), set[str]()
    for stem, _sex in _patronymic_stems(word, lang):
        for bare in {stem, stem.rstrip("ьйyi")}:
            for ending in _FATHERS:
                classes, sex = table.get(fold(bare + ending), (frozenset[str](), "f"))
                found |= classes if sex != "f" else set()
    return frozenset(found)


# ---------------------------------------------------------------- beside a surname


SHORT = 4
"""A word of fewer letters is a given name only in the language that has it, in code points: *An* is none in English."""


@lru_cache(maxsize=65536)
def may_be_given(word: str, lang: str = "") -> bool:
    """Whether a word next to a surname is a given name, as it stands or under a case ending of its language.

    A wider question than `is_given`, which says how names are parsed: it only tells that somebody else is meant.

    Args:
        word: a word that opens with a capital, or is written in a script without them.
        lang: ISO 639-1 code of the text, where known.

    >>> may_be_given("Balázs", "hu"), is_given("Balázs", "hu"), may_be_given("Minister", "en")
    (True, False, False)

    """
    stems = (stem for stem, _sex in nominatives(word, lang)) if lang else ()
    return is_given(word, lang) or any(_is_listed(spelling, lang) for spelling in (word, *stems))


def _is_listed(word: str, lang: str) -> bool:
    langs = _listed().get(fold(word), frozenset())
    return bool(langs) and (lang in langs or len(word) >= SHORT)


@lru_cache(maxsize=1)
def _listed() -> dict[str, frozenset[str]]:
    """Folded given names of the table, with the languages that have them."""
    found: dict[str, set[str]] = {}
    for lang, name in tables.rows("given_further.tsv"):
        found.setdefault(fold(name), set()).add(lang)
    return {name: frozenset(langs) for name, langs in found.items()}
