"""Which names has one place?

Львов, Lwów and Lemberg are one city, Burma and Myanmar one state, and no rule of spelling says so: a table does.
"""

from __future__ import annotations

from functools import lru_cache

from resolve import tables
from resolve.letters import fold

TABLES = ("toponyms.tsv", "toponyms_cldr.tsv")

SHORT = 3
"""Another name of fewer letters is written in characters that are words, or means too much."""


def others(name: str) -> dict[str, str]:
    """The other names of the place that a name is, each with its kind: *endonym*, *exonym* or *former*.

    Nothing of a name that several places bear, but for what they share; no name that another place bears as well.

    Args:
        name: as written, in any of the languages of the table.

    >>> others("Lemberg")["Львів"], others("Mumbai")["Bombay"], others("Minsk Tractor Works")
    ('endonym', 'former', {})

    """
    named, places = _named()
    borne = named.get(fold(name), frozenset())
    found: dict[str, str] = {}
    for place in sorted(borne):
        for other, kind in places[place]:
            folded = fold(other)
            long = len(other) >= SHORT or not other[:1].isascii()
            if long and folded != fold(name) and named[folded] == borne:
                found.setdefault(other, kind)
    return found


@lru_cache(maxsize=4096)
def cities(word: str) -> frozenset[str]:
    """The cities and countries that a name may be, by their English names; none of most.

    >>> sorted(cities("Wilno")), sorted(cities("Бомбей")), sorted(cities("Kommunarka"))
    (['Vilnius'], ['Mumbai'], [])
    """
    return _named()[0].get(fold(word), frozenset())


@lru_cache(maxsize=1)
def _named() -> tuple[dict[str, frozenset[str]], dict[str, list[tuple[str, str]]]]:
    """The places of every folded name, and the names of every place with their kinds; the table's own name is one of them."""
    named: dict[str, set[str]] = {}
    places: dict[str, list[tuple[str, str]]] = {}
    for table in TABLES:
        for place, _type, _lang, kind, name in tables.rows(table):
            if place not in places:
                bare = place.split(" (")[0]
                places[place] = [(bare, "exonym")]
                named.setdefault(fold(bare), set()).add(place)
            places[place].append((name, kind))
            named.setdefault(fold(name), set()).add(place)
    return {name: frozenset(found) for name, found in named.items()}, places
