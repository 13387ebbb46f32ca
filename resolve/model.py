"""What are the values that travel along the path?

Small frozen values. Every value that came from a text keeps its place in it, counted in
code points of the decoded text exactly as stored, end exclusive.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

Role = Literal["given", "patronymic", "surname", "initial", "particle", "suffix", "title", "common", "word", "unknown"]
EntityType = Literal["person", "organization", "place"]
NameKind = Literal["name", "alias", "weak", "exclude"]
Status = Literal["resolved", "ambiguous", "unknown"]

ENTITY_TYPES: tuple[EntityType, ...] = ("person", "organization", "place")
OTHER = "other"
"""How spellings are counted that are based on no language known here."""

MAX_SHOWN = 6
"""The table of a profile shows so many spellings of one entity and base, the commonest first."""

NAME_KINDS: tuple[NameKind, ...] = ("name", "alias", "weak", "exclude")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text or of a name.

    ``text`` is cleaned (NFC, look-alike letters of another script folded, soft hyphens and stress
    marks gone), so it may be shorter than ``end - start`` code points. ``glue`` is what binds the
    token to the one before it in the same word: ``"-"`` in *Kara-Murza*, else empty.
    """

    text: str
    start: int
    end: int
    role: Role = "unknown"
    gender: str = ""
    glue: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A name parsed into tokens with roles; ``gender`` is ``"m"``, ``"f"`` or empty."""

    text: str
    tokens: tuple[Token, ...]
    gender: str = ""

    def role(self, role: Role) -> tuple[Token, ...]:
        """The tokens that play ``role``, in order."""
        return tuple(token for token in self.tokens if token.role == role)


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of a text that could hold a name: a run of words written like names.

    ``tokens`` are the words of the run. ``opens`` says that the run opens a sentence or a line, so
    that the capital of its first word says nothing. ``loud`` says that the whole line is written in
    capitals or headline style. ``borrowed`` are tokens that the run borrows from a coordinated name
    (*Babaryka* for *Viktar* in "Viktar and Eduard Babaryka"). ``before`` and ``after`` are the
    words next to the run, with the hyphen that binds them to it where one does, or the ``&`` or quotation
    mark that stands there; they are empty where other punctuation stands between.
    """

    start: int
    end: int
    tokens: tuple[Token, ...]
    opens: bool = False
    loud: bool = False
    borrowed: tuple[Token, ...] = ()
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A spelling in Latin letters with the published scheme that gives it.

    ``scheme`` reads ``"be: BGN/PCGN 1979"``; it is empty where the text was in Latin letters.
    ``derived`` is the language of the name from which a sister language's form was derived, empty
    where the spelling is that of the name given.
    """

    text: str
    scheme: str = ""
    derived: str = ""

    @property
    def label(self) -> str:
        """The scheme, and from which language the name was derived.

        >>> Form("Tikhanovskaya", "ru: BGN/PCGN 1947", "be").label
        'ru: BGN/PCGN 1947, derived from be'
        """
        return f"{self.scheme}, derived from {self.derived}" if self.derived else self.scheme


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a gazetteer source: one name of one entity, and where it was read."""

    id: str
    name: str
    lang: str = ""
    kind: NameKind = "name"
    type: str = ""
    gender: str = ""
    description: str = ""
    wikidata: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    source: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Entity:
    """What the gazetteer knows of one entity; ``name`` is the canonical one."""

    id: str
    name: str
    type: EntityType = "person"
    gender: str = ""
    description: str = ""
    wikidata: str = ""
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence: a log-likelihood ratio in bits, and the two spellings it compares.

    ``parts`` says what the bits are made of: how much of which weight (``tables/weights.tsv``).
    """

    feature: str
    bits: float
    left: str = ""
    right: str = ""
    note: str = ""
    parts: tuple[tuple[str, float], ...] = ()

    def __str__(self) -> str:
        pair = f"{self.left} ~ {self.right}" if self.left and self.right else self.left or self.right
        return f"{self.bits:+7.1f}  {self.feature:<22} {pair}" + (f"  ({self.note})" if self.note else "")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a mention could mean, with what speaks for and against it.

    ``bits`` is the sum of ``evidence``; ``probability`` weighs it against the other candidates and
    against "none of them". ``name`` is the gazetteer spelling that was compared.
    """

    entity_id: str
    name: str
    bits: float
    probability: float = 0.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A mention and the decision about it.

    ``start`` and ``end`` are code points of the decoded text, end exclusive;
    ``text == source[start:end]``. ``entity_id``, ``name``, ``type`` and ``probability`` are those of
    the best candidate where ``status`` is ``"resolved"``; otherwise ``entity_id`` is None.
    ``scheme`` is the system that explains the spelling, or the language alone where it is in that
    language's own letters or no single system gives it. ``base`` is the language that the spelling is
    based on: ``"be"``, ``"ru/uk"`` where several fit alike, ``"be+ru"`` where its words differ in it,
    empty for any other. ``cluster`` is the ID that the mentions of one person share whom no entity
    explains, once a set of documents was gathered (`unknowns.Unknowns`).
    """

    start: int
    end: int
    text: str
    status: Status
    entity_id: str | None = None
    name: str | None = None
    type: str | None = None
    probability: float = 0.0
    bits: float = 0.0
    scheme: str | None = None
    candidates: tuple[Candidate, ...] = ()
    base: str = ""
    cluster: str | None = None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What speaks for the best candidate, empty where there is none."""
        return self.candidates[0].evidence if self.candidates else ()


@dataclass(frozen=True, slots=True)
class Document:
    """A text and its links in reading order."""

    id: str
    text: str
    links: tuple[Link, ...] = ()

    def profile(self) -> Profile:
        """Count the spellings of every resolved person and place by the language they are based on.

        Organisations are left out: their names are translated rather than spelt.

        >>> links = (Link(0, 10, "Lukashenka", "resolved", "by-l", "Alexander Lukashenko", "person", base="be"),)
        >>> print(Document("a.txt", "Lukashenka left.", links).profile())
        a.txt: 1 mention of 1 entity: 1 be
          Alexander Lukashenko  1 be  Lukashenka 1

        """
        counts: dict[str, Counter[tuple[str, str]]] = {}
        names: dict[str, str] = {}
        for link in self.links:
            if link.entity_id is not None and link.type != "organization":
                names[link.entity_id] = link.name or link.entity_id
                counts.setdefault(link.entity_id, Counter())[link.base, " ".join(link.text.split())] += 1
        entries = (
            Usage(key, names[key], base, spelling, count)
            for key, found in sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
            for (base, spelling), count in sorted(found.items(), key=lambda item: (-item[1], item[0]))
        )
        return Profile(self.id, tuple(entries))


@dataclass(frozen=True, slots=True)
class Usage:
    """How often a document spells an entity so, and on which language that spelling is based."""

    entity_id: str
    name: str
    base: str
    spelling: str
    count: int


@dataclass(frozen=True, slots=True)
class Profile:
    """Whose spellings a document uses: of every entity, the most named first; ``str()`` is a table."""

    id: str
    usages: tuple[Usage, ...] = ()

    def bases(self, entity_id: str = "") -> dict[str, int]:
        """How many mentions are based on which language, ``"other"`` for none, of one entity or of all.

        >>> Profile("a.txt", (Usage("x", "X", "be", "Lukashenka", 2), Usage("x", "X", "", "Luka", 1))).bases()
        {'be': 2, 'other': 1}
        """
        counts: Counter[str] = Counter()
        for usage in self.usages:
            if entity_id in {"", usage.entity_id}:
                counts[usage.base or OTHER] += usage.count
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def __str__(self) -> str:
        entities = {usage.entity_id: usage.name for usage in self.usages}
        total = sum(usage.count for usage in self.usages)
        said = f": {', '.join(f'{count} {base}' for base, count in self.bases().items())}" if total else ""
        mentions = f"{total} mention{'s' * (total != 1)}"
        lines = [f"{self.id}: {mentions} of {len(entities)} entit{'y' if len(entities) == 1 else 'ies'}{said}"]
        width = max(map(len, entities.values()), default=0)
        rows = [(key, name, base, count) for key, name in entities.items() for base, count in self.bases(key).items()]
        digits = max((len(str(count)) for *_, count in rows), default=0)
        label = max((len(base) for _, _, base, _ in rows), default=0)
        shown = ""
        for key, name, base, count in rows:
            spellings = [
                f"{u.spelling} {u.count}" for u in self.usages if u.entity_id == key and (u.base or OTHER) == base
            ]
            most = ", ".join([*spellings[:MAX_SHOWN], *(["..."] if len(spellings) > MAX_SHOWN else [])])
            lines.append(f"  {name if key != shown else '':<{width}}  {count:>{digits}} {base:<{label}}  {most}")
            shown = key
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What all the evidence for one pair of names adds up to; ``str()`` is the waterfall.

    ``left_roles`` and ``right_roles`` say what every word was taken for.
    """

    left: str
    right: str
    bits: float
    probability: float
    evidence: tuple[Evidence, ...] = ()
    left_roles: tuple[tuple[str, Role], ...] = ()
    right_roles: tuple[tuple[str, Role], ...] = ()

    def __str__(self) -> str:
        head = f"{self.left} ~ {self.right}: {self.bits:.1f} bits, probability {self.probability:.3f}"
        taken = [", ".join(f"{text} ({role})" for text, role in roles) for roles in (self.left_roles, self.right_roles)]
        return "\n".join([head, *(f"  {line}" for line in taken if line), *(f"  {piece}" for piece in self.evidence)])
