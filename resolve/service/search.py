"""Which entities of the gazetteer does somebody type the name of?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from resolve.cognates import variants
from resolve.index import Index
from resolve.resolver import Resolver

MAX_TOKENS = 400
"""So many words of the gazetteer that start with what was typed are looked at."""

MAX_NAMES = 4000
"""So many names with such words are looked at."""

MAX_FORMS = 200
"""So many spellings of what was typed are tried: under all schemes, in its language and in sister languages."""


@dataclass(frozen=True, slots=True)
class Found:
    """An entity, the name that was found, and how: by ``id``, ``prefix`` or ``match``."""

    entity: int
    name: str
    how: str


def search(resolver: Resolver, query: str, limit: int, skip: int = 0, type: str = "") -> list[Found]:
    """Entities by ID, by names that start with the words typed, in any script, and by what the name means.

    >>> from resolve.resolver import open
    >>> found = search(open(), "Ціханоўск", 5)
    >>> [(item.how, "Ціханоўск" in item.name) for item in found][0]
    ('prefix', True)

    """
    query = " ".join(query.split())
    seen: set[int] = set()
    found = []
    for item in _all(resolver, query):
        if item.entity not in seen:
            seen.add(item.entity)
            if not type or resolver.index.entity(item.entity).type == type:
                found.append(item)
        if len(found) >= skip + limit:
            break
    return found[skip:]


def _all(resolver: Resolver, query: str) -> Iterator[Found]:
    index = resolver.index
    number = index.number_of(query) if query else None
    if number is not None:
        yield Found(number, index.entity(number).name, "id")
    if not query:
        yield from (Found(n, index.entity(n).name, "prefix") for n in range(len(index)))
        return
    yield from _by_prefix(index, query)
    link = resolver.match(query)
    for candidate in link.candidates:
        known = index.number_of(candidate.entity_id)
        if known is not None and candidate.probability >= 0.01:
            yield Found(known, candidate.name, "match")


def _by_prefix(index: Index, query: str) -> Iterator[Found]:
    """Entities one of whose names has all words typed, each as the beginning of a word; the likeliest first."""
    found: dict[int, tuple[int, str]] = {}
    having: dict[str, set[int]] = {}
    for distance, form in _spelt(query):
        for name in _names(index, form, having):
            found.setdefault(name, (distance, form))
    ranked = sorted(found, key=lambda name: _rank(index, name, *found[name], query))
    yield from (Found(index.entity_of(name), index.spelling(name), "prefix") for name in ranked)


def _rank(index: Index, name: int, distance: int, form: str, query: str) -> tuple[bool, int, bool, int, bool, int]:
    """What comes first: the very name, what was typed, names that begin so, entities with many names, or that have an
    item of Wikidata, short names.
    """
    spelling = index.spelling(name).casefold()
    first = spelling.startswith(form.casefold()) and index.kind_of(name) == "name"
    entity = index.entity_of(name)
    names, item = len(index.names_of(entity)), index.entity(entity).wikidata
    return spelling != query.casefold(), distance, not first, -names, not item, len(spelling)


def _names(index: Index, form: str, having: dict[str, set[int]]) -> set[int]:
    """The names that have all words of a form; ``having`` remembers those of every word."""
    kept: set[int] | None = None
    for word in form.split():
        if word not in having:
            having[word] = set(islice(_having(index, word), MAX_NAMES))
        kept = having[word] if kept is None else kept & having[word]
        if not kept:
            return set()
    return {name for name in kept or () if index.kind_of(name) != "exclude"}


def _spelt(query: str) -> Iterator[tuple[int, str]]:
    """What was typed (0), how its language writes it under the schemes (1), and how sister languages do (2)."""
    forms = {query: 0}
    for form in variants(query):
        forms.setdefault(form.text, 2 if form.derived else 1)
    ranked = sorted(forms.items(), key=lambda item: item[1])
    yield from ((distance, form) for form, distance in ranked[:MAX_FORMS])


def _having(index: Index, prefix: str) -> Iterator[int]:
    """The names with a word that starts so, written small or capital."""
    for written in dict.fromkeys((prefix, prefix[:1].upper() + prefix[1:], prefix.capitalize(), prefix.upper())):
        first = bisect_left(range(index.tokens), written, key=index.word)
        for token in range(first, min(first + MAX_TOKENS, index.tokens)):
            if not index.word(token).startswith(written):
                break
            yield from index.postings(token)
