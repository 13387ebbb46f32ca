"""Which mentions of persons nobody knows are one person's?

Persons whom no entity explains are gathered over the documents of a set. Whole names are compared like
names of the gazetteer; a lone surname is that of the person whom its document named in full. Every such
person has a cluster ID and can be proposed as a new row of a gazetteer.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice, product

from unidecode import unidecode

from resolve.channel import weights
from resolve.endings import nominatives
from resolve.keys import skeletons
from resolve.letters import fold
from resolve.model import Document, Link, Name
from resolve.names import gender, parse
from resolve.score import compare
from resolve.text import guess_language, words

PREFIX = "new:"
"""Cluster IDs begin so: they are no entity's."""

SURE = 3.0
"""Two names are one person's from so many bits on, in log-odds: 8 of 9."""

MAX_SPELLINGS = 8
"""A name is compared with at most so many spellings of a person, the first that were met."""

MAX_CONTEXTS = 3
"""So many example contexts are kept of a person."""

AROUND = 40
"""A context shows so many code points on either side."""

MAX_BASES = 6
"""At most so many names are tried that an inflected one may stand for."""


COLUMNS = (
    "id", "name", "lang", "kind", "type", "gender", "description", "wikidata", "count", "documents", "context",
)  # fmt: skip
"""The columns of proposed rows: those of a gazetteer, and how often, in how many documents and how a person is met."""


@dataclass
class Person:
    """A person nobody knows: ``spellings`` of the whole name with how often each was met, and where."""

    id: str
    spellings: Counter[str] = field(default_factory=Counter)
    langs: dict[str, str] = field(default_factory=dict)
    mentions: int = 0
    documents: set[str] = field(default_factory=set)
    contexts: list[str] = field(default_factory=list)
    bases: list[Name] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The most frequent spelling, before all others of those that another one is an inflected form of."""
        forms = {
            base for spelling in self.spellings for base in islice(bases_of(spelling, self.langs[spelling]), 1, None)
        }
        return max(self.spellings, key=lambda spelling: (spelling in forms, self.spellings[spelling]))


class Unknowns:
    """The persons nobody knows of a set of documents, gathered as the documents come.

    Args:
        expected: among how many persons one is looked for at least; more make a match less likely.

    >>> from resolve.resolver import open
    >>> seen, resolver = Unknowns(), open()
    >>> texts = "Nikolay Petrov spoke.", "Вчера Николай Петров сказал, что Петров не он."
    >>> [[link.cluster for link in seen.add(resolver.text(text, all=True)).links] for text in texts]
    [['new:nikolay-petrov'], ['new:nikolay-petrov', 'new:nikolay-petrov']]

    """

    def __init__(self, expected: int = 0) -> None:
        self.persons: dict[str, Person] = {}
        self._expected = expected
        self._filed: dict[str, list[str]] = {}

    def add(self, document: Document, lang: str | None = None) -> Document:
        """File the unknown persons of a document; returns it with a cluster for every one of their mentions.

        Args:
            document: a document with all its links.
            lang: ISO 639-1 code of its language; guessed where none is given.

        """
        if lang is None:
            strange = any(link.status == "unknown" for link in document.links)
            lang = guess_language(list(words(document.text))) if strange else ""
        here: dict[str, str] = {}
        links: list[Link] = []
        for link in document.links:
            if link.status != "unknown" or link.candidates:
                links.append(link)
                continue
            person = self._person(link, here, lang)
            if person is not None:
                _note(person, document, link)
            links.append(replace(link, cluster=person.id if person else None))
        return replace(document, links=tuple(links))

    def _person(self, link: Link, here: dict[str, str], lang: str) -> Person | None:
        """The person of one mention, made if there is none; ``here`` are the surnames of the document."""
        written = " ".join(link.text.split())
        names = [parse(base, lang) for base in bases_of(written, lang)]
        if len(written.split()) < 2:
            found = here.get(fold(written)) or next((here[w] for w in _words(written, lang) if w in here), None)
            return self.persons.get(found) if found else None
        person = self._known(names) or self._new(written)
        person.spellings[written] += 1
        person.langs.setdefault(written, lang)
        person.bases += names[: max(0, MAX_SPELLINGS - len(person.bases))]
        for name in names:
            for token in name.role("surname"):
                here[fold(token.text)] = person.id
                for key in skeletons(token.text):
                    filed = self._filed.setdefault(key, [])
                    if person.id not in filed:
                        filed.append(person.id)
        return person

    def _known(self, names: list[Name]) -> Person | None:
        """The person whose name some readings of a written name fit best, if well enough."""
        keys = {key for name in names for token in name.role("surname") for key in skeletons(token.text)}
        near = dict.fromkeys(identifier for key in sorted(keys) for identifier in self._filed.get(key, ()))
        best, bits = None, SURE
        for identifier in near:
            found = (
                max(_bits(one, other) for one, other in product(names[:MAX_BASES], self.persons[identifier].bases))
                + self._prior()
            )
            if found > bits:
                best, bits = self.persons[identifier], found
        return best

    def _prior(self) -> float:
        w = weights()
        return -w["none"] - max(w["world"], math.log2(max(len(self.persons), self._expected, 1)))

    def _new(self, written: str) -> Person:
        """File a new person under an ID made of the name."""
        slug = slug_of(written)
        identifier, number = f"{PREFIX}{slug}", 1
        while identifier in self.persons:
            number += 1
            identifier = f"{PREFIX}{slug}-{number}"
        return self.persons.setdefault(identifier, Person(identifier))


def _bits(one: Name, other: Name) -> float:
    return sum(piece.bits for piece in compare(one, other))


def _note(person: Person, document: Document, link: Link) -> None:
    """Count a mention of a person and keep an example of it."""
    person.mentions += 1
    person.documents.add(document.id)
    if len(person.contexts) < MAX_CONTEXTS:
        person.contexts.append(_around(document.text, link))


def _around(text: str, link: Link) -> str:
    """The whole words beside a mention.

    >>> _around("Утром в парламенте выступал и Радослав Сикорский. Пришёл Пётр.", Link(57, 61, "Пётр", "unknown"))
    'выступал и Радослав Сикорский. Пришёл Пётр.'
    """
    first, last = max(0, link.start - AROUND), link.end + AROUND
    before, after = text[first : link.start], text[link.end : last]
    if first and not text[first - 1].isspace():
        before = re.sub(r"^\S+\s", "", before)
    if last < len(text) and not text[last].isspace():
        after = re.sub(r"\s\S+$", "", after)
    return " ".join(f"{before}{text[link.start : link.end]}{after}".split())


def _words(written: str, lang: str) -> Iterator[str]:
    """The folded nominatives of a lone word."""
    return (fold(stem) for stem, _sex in nominatives(written, lang))


def bases_of(written: str, lang: str) -> tuple[str, ...]:
    """The names that a written name may be a case of, itself first: all words of one gender.

    >>> "Николай Петров" in bases_of("Николаем Петровым", "ru")
    True
    """
    words = written.split()
    if not lang or len(words) > 4:
        return (written,)
    found: dict[str, None] = {written: None}
    for sex in "mf":
        options = [[stem for stem, of in nominatives(word, lang) if of in {"", sex}] or [word] for word in words]
        for choice in islice(product(*(option[:3] for option in options)), MAX_BASES):
            if gender(parse(" ".join(choice), lang), lang) in {"", sex}:
                found[" ".join(choice)] = None
    return tuple(islice(found, MAX_BASES + 1))


def slug_of(written: str) -> str:
    """A name in small Latin letters with hyphens, for an ID.

    >>> slug_of("Мікалай Статкевіч"), slug_of("Łukasz Żak")
    ('mikalai-statkevich', 'lukasz-zak')
    """
    return "-".join(re.findall(r"[a-z0-9]+", unidecode(written).casefold())) or "person"


def proposals(unknowns: Unknowns, least: int = 2) -> Iterator[dict[str, str]]:
    """New rows of a gazetteer, the most frequent persons first.

    Args:
        unknowns: the persons nobody knows of a set of documents.
        least: persons with fewer mentions are left out.

    Yields:
        The columns of a gazetteer, and ``count`` (mentions), ``documents`` and ``context``.

    """
    ranked = sorted(unknowns.persons.values(), key=lambda person: (-person.mentions, person.id))
    for person in ranked:
        if person.mentions < least:
            continue
        name = person.name
        lang = person.langs[name]
        yield {
            "id": person.id.removeprefix(PREFIX), "name": name, "lang": lang, "kind": "name", "type": "person",
            "gender": gender(parse(name, lang), lang), "description": "", "wikidata": "",
            "count": str(person.mentions), "documents": str(len(person.documents)),
            "context": " | ".join(person.contexts),
        }  # fmt: skip
        for spelling in _others(person, name):
            yield {
                "id": person.id.removeprefix(PREFIX), "name": spelling, "lang": person.langs[spelling], "kind": "alias",
                "count": str(person.spellings[spelling]),
            }  # fmt: skip


def _others(person: Person, name: str) -> Iterable[str]:
    """The other spellings of a person but for inflected forms, which the toolkit finds by itself."""
    kept = {name}
    for spelling, _count in person.spellings.most_common():
        if not kept.intersection(bases_of(spelling, person.langs[spelling])):
            kept.add(spelling)
            yield spelling
