"""Which nominatives may stand under a case ending, which names are plurals, what does a word abbreviate?

Every answer is a hypothesis to be scored, not the lemma.
"""

from __future__ import annotations

import re
from functools import lru_cache

from resolve import tables
from resolve.respelling import LANGUAGES, heard as as_heard, in_cyrillic
from resolve.text import script

MIN_STEM = 3
"""A case ending is taken off only where this many letters remain, in code points."""

PLURAL = "plural"
"""What the table of endings calls the forms of several bearers of a surname."""

SLAVIC = ("vič", "vic", "insk", "ovsk")
"""How Slavic surnames end under Baltic endings: they are spelt letter for letter, not as they sound (*Stankevičius*)."""

PLACE = "place"
"""What it calls endings that only names of places have."""

RESPELLING = frozenset({"lv", "lt"})
"""The languages that spell foreign names as they sound; their stems are read in Cyrillic letters too."""

LATVIAN = frozenset("āēīūģķļņ")
"""Letters that show a word to be Latvian."""

LATVIAN_TOO = frozenset({"", "und", "lv"})
"""The languages of texts in which a word with such a letter may be a foreign name in Latvian, *und* for a gazetteer's."""

RESPELT = "respelt"
"""What the nominatives of those are called here that the table calls `adapt`."""

SLAVIC_LANGUAGES = frozenset({"ru", "be", "uk", "bg", "mk", "sr"})
"""Whose endings are tried on a Cyrillic word where its language is not known; those of others stand behind any name."""

CYRILLIC_LANGUAGES = SLAVIC_LANGUAGES | {"kk", "ky", "tt", "uz", "tg", "mn"}
"""Languages with endings for Cyrillic words of their own; words in others are read in every Slavic one."""

_SHORT = re.compile("[аеёиоуыэюяіє][нмлркп]")
"""What a stem of two letters is that takes endings all the same: *Ким Чен Ыном*."""

Rule = tuple[str, str, tuple[str, ...], str]
"""Case, gender, ends of the stem, and what the nominative has instead of the ending."""


@lru_cache(maxsize=256)
def _endings(lang: str, cyrillic: bool) -> dict[str, tuple[Rule, ...]]:
    """The rules that are to be tried on words of a text, by ending."""
    found: dict[str, list[Rule]] = {}
    for rule_lang, _script, case, sex, stem, nominative, ending in tables.rows("endings.tsv"):
        if _applies(rule_lang, case, lang, cyrillic):
            kind = RESPELT if case == "adapt" and rule_lang in RESPELLING and ending[-1] == "s" else case
            found.setdefault(ending, []).append((kind, sex, tuple(stem.split("|")), nominative))
    return {ending: tuple(rules) for ending, rules in found.items()}


@lru_cache(maxsize=65536)
def nominatives(word: str, lang: str = "") -> tuple[tuple[str, str], ...]:
    """The nominatives that an inflected name may stand for, with the gender that declines so.

    Cyrillic words are read in every Slavic language unless ``lang`` says which; Latin and Greek
    words only in ``lang``, but for the endings that a language adds to foreign names (*Putinas*).

    >>> "Лукашэнка" in [stem for stem, _ in nominatives("Лукашэнкам", "be")]
    True
    """
    return tuple(dict.fromkeys((stem, sex) for stem, sex, case in _stems(word, lang) if case != PLACE))


@lru_cache(maxsize=65536)
def place_nominatives(word: str, lang: str = "") -> tuple[str, ...]:
    """The nominatives that a word in the name of a place or organisation may stand for, with what it may abbreviate.

    >>> "Niemcy" in place_nominatives("Niemczech", "pl"), place_nominatives("Wlk", "pl")
    (True, ('wielka',))
    """
    found = [stem for stem, _sex, _case in _stems(word, lang)]
    return tuple(dict.fromkeys([*_abbreviations().get((lang, word.casefold()), ()), *found]))


@lru_cache(maxsize=1)
def _abbreviations() -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for lang, short, word in tables.rows("abbreviations.tsv"):
        found.setdefault((lang, short), []).append(word)
    return found


def plural_of(word: str, lang: str = "") -> frozenset[str]:
    """The surnames of which a word can only be the plural: a family, or several bearers.

    >>> sorted(plural_of("Тихановские", "ru")), sorted(plural_of("Тихановский", "ru"))
    (['Тихановская', 'Тихановский'], [])
    """
    found = _stems(word, lang)
    single = {stem for stem, _sex, case in found if case not in {PLURAL, PLACE}}
    return frozenset(stem for stem, _sex, case in found if case == PLURAL and stem not in single)


@lru_cache(maxsize=65536)
def _stems(word: str, lang: str) -> tuple[tuple[str, str, str], ...]:
    """The nominatives of a word with the gender that declines so, and the case of the rule."""
    lower = word.replace("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "i").casefold()
    if len(lower) != len(word):
        return ()
    table, loud = _endings(lang, script(word) == "Cyrillic"), len(word) > 1 and word.isupper()
    found: dict[tuple[str, str, str], None] = {}
    heard: dict[tuple[str, str, str], None] = {}
    for size in range(min(6, len(lower) - 2), 0, -1):
        rules = table.get(lower[-size:])
        if not rules:
            continue
        rest, stem = word[:-size], lower[:-size]
        for case, sex, stems, nominative in rules:
            if (len(rest) >= MIN_STEM or len(nominative) > 1 or _SHORT.fullmatch(stem)) and stem.endswith(stems):
                found[rest + (nominative.upper() if loud else nominative), sex, case] = None
                slavic = (stem + nominative).endswith(SLAVIC)
                if case == RESPELT and not slavic and (sounded := in_cyrillic(stem + nominative)):
                    heard[sounded.capitalize(), sex, case] = None
    if lang in LATVIAN_TOO and not LATVIAN.isdisjoint(lower) and (sounded := in_cyrillic(lower)):
        # Fransuā: what ends in a vowel has no ending that would show that it is respelt
        heard[sounded.capitalize(), "", RESPELT] = None
    if script(word) == "Latin":
        words = [(lower, ""), *((stem.lower(), sex) for stem, sex, _case in found if lang in LANGUAGES)]
        heard |= {(spelt.capitalize(), sex, RESPELT): None for one, sex in words for spelt in as_heard(one, lang)}
    return tuple(item for item in (*found, *heard) if item[0] != word)


def adaptations(word: str) -> tuple[tuple[str, str], ...]:
    """The names that may stand behind the ending a language adds to foreign ones.

    >>> "Putin" in [stem for stem, _ in adaptations("Putinas")]
    True
    """
    # no language has rules for any gazetteer, so that this is asked once of a word whose language is not known
    return nominatives(word) if script(word) == "Latin" else ()


def _applies(rule_lang: str, case: str, lang: str, cyrillic: bool) -> bool:
    """Whether a rule of one language is to be tried on a word of a text in ``lang``."""
    if cyrillic:
        return rule_lang == lang or (lang not in CYRILLIC_LANGUAGES and rule_lang in SLAVIC_LANGUAGES)
    return rule_lang == lang or (case == "adapt" and lang in {"", "und"})


@lru_cache(maxsize=64)
def _noun_endings(lang: str) -> tuple[str, ...]:
    return tuple({ending for one, ending in tables.rows("noun_endings.tsv") if lang in {one, ""}})


@lru_cache(maxsize=16384)
def is_act(word: str, lang: str = "") -> bool:
    """Whether a word is formed like the nouns for acts, states and qualities, which are nobody's names.

    >>> is_act("Oświadczenie", "pl"), is_act("Задержание"), is_act("Patrycja", "pl")
    (True, True, False)
    """
    lower = word.casefold()
    return any(lower.endswith(ending) and len(lower) >= len(ending) + MIN_STEM for ending in _noun_endings(lang))
