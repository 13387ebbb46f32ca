"""Which rulers and popes bear a name, and how do other languages write it?

Names of rulers are translated where those of others are spelt as they sound: Charles III is Карл III and Carlos III, and no
*Charles* that Russian calls *Чарльз*. What tells them is the number behind a name that rulers bear, without a surname.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product

from resolve import tables
from resolve.letters import fold
from resolve.model import Name

MOST_NAMES = 3
"""So many given names a ruler is called by: *John Paul*, *Victor Emmanuel*."""

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_NUMERAL = re.compile(r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")

Forms = tuple[str, ...]


def roman(word: str) -> int:
    """What a Roman numeral says; 0 for any other word.

    >>> [roman(word) for word in ("XVI", "IV", "Viktar", "")]
    [16, 4, 0, 0]
    """
    if not word or not _NUMERAL.fullmatch(word):
        return 0
    values = [_VALUES[letter] for letter in word]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def reign(words: Sequence[str]) -> int:
    """Which of a name a ruler is, from the words of the name without titles; 0 where they are no ruler's.

    The number stands behind the name, or before it as in Hungarian and Turkish.

    >>> reign(["Charles", "III"]), reign(["Иоанн", "Павел", "II"]), reign(["XIV", "Lajos"])
    (3, 2, 14)
    >>> reign(["Juan", "Carlos"]), reign(["John", "Rhodes", "III"])
    (0, 0)
    """
    if not 1 < len(words) <= MOST_NAMES + 1:
        return 0
    for numeral, names in ((words[-1], words[:-1]), (words[0], words[1:])):
        if (which := roman(numeral)) and all(fold(word) in _classes() for word in names):
            return which
    return 0


def named(name: Name) -> tuple[str, ...]:
    """The words of a name without titles and particles."""
    return tuple(token.text for token in name.tokens if token.role not in {"title", "particle"})


def reign_of(name: Name) -> int:
    """Which of a name a ruler is; 0 where a parsed name is no ruler's.

    >>> from resolve.names import parse
    >>> reign_of(parse("King Charles III")), reign_of(parse("Charles Bell III"))
    (3, 0)
    """
    # most names have no number: cheaper than to look at their words
    return reign(named(name)) if any(roman(token.text) for token in (*name.tokens[:1], *name.tokens[-1:])) else 0


def renderings(name: Name) -> Forms:
    """A ruler's name as other languages write it; nothing for all other names.

    A name of several is taken in the usual forms of one language, a single one in all its forms.

    Args:
        name: a parsed name.

    >>> from resolve.names import parse
    >>> "Jan Paweł II" in renderings(parse("Pope John Paul II")), "Карл III" in renderings(parse("Charles III"))
    (True, True)
    >>> renderings(parse("Charles Dickens"))
    ()

    """
    if not reign_of(name):
        return ()
    words = named(name)
    numeral = next(word for word in words if roman(word))
    names = [word for word in words if word != numeral]
    return tuple(dict.fromkeys(f"{form} {numeral}" for form in _translated(names)))


def _translated(words: Sequence[str]) -> Iterator[str]:
    for classes in product(*(sorted(_classes()[fold(word)]) for word in words)):
        tabled = [_forms()[one] for one in classes]
        if len(words) == 1:
            yield from (form for forms in tabled[0].values() for form in forms)
        else:
            for lang in tabled[0]:
                if all(lang in forms for forms in tabled):
                    yield " ".join(forms[lang][0] for forms in tabled)


@lru_cache(maxsize=1)
def _forms() -> dict[str, dict[str, list[str]]]:
    """Class → language → the forms of the name, the usual one first."""
    found: dict[str, dict[str, list[str]]] = {}
    for one, lang, form in tables.rows("regnal.tsv"):
        found.setdefault(one, {}).setdefault(lang, []).append(form)
    return found


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[str]]:
    """Folded form → the classes it belongs to."""
    found: dict[str, set[str]] = {}
    for one, forms in _forms().items():
        for form in (form for spelt in forms.values() for form in spelt):
            found.setdefault(fold(form), set()).add(one)
    return {form: frozenset(classes) for form, classes in found.items()}
