"""Which names has one organisation that all the world speaks of?

United Nations, Организация Объединённых Наций, ONZ: abbreviations are made of each language's own words, so that no rule of spelling
leads from one to the other. A table has them.
"""

from __future__ import annotations

from functools import lru_cache

from resolve import tables
from resolve.letters import fold


def also_called(name: str) -> tuple[str, ...]:
    """The other names and abbreviations of an organisation; nothing of most, nor of an abbreviation that two bear.

    Args:
        name: as written, in any of the languages of the table.

    >>> "НАТО" in also_called("North Atlantic Treaty Organization"), "NATO" in also_called("НАТО"), also_called("Naftan")
    (True, True, ())

    """
    bearers, bodies = _named()
    borne = bearers.get(fold(name), frozenset())
    if len(borne) != 1:
        return ()
    return tuple(other for body in borne for other in bodies[body] if other != name and bearers[fold(other)] == borne)


@lru_cache(maxsize=1)
def _named() -> tuple[dict[str, frozenset[str]], dict[str, list[str]]]:
    """The organisations of every folded name, and the names of every organisation."""
    bearers: dict[str, set[str]] = {}
    bodies: dict[str, list[str]] = {}
    for body, _lang, name in tables.rows("renowned_bodies.tsv"):
        bodies.setdefault(body, []).append(name)
        bearers.setdefault(fold(name), set()).add(body)
    return {name: frozenset(found) for name, found in bearers.items()}, bodies
