"""How do decisions of reviewers change a link?

An excluded candidate goes, and the others are as probable as they are without it. What the text leaves open is
settled by an alias; what the text says is not overruled. Two entities that are one count as one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from resolve.index import Index
from resolve.model import Candidate, Document, Evidence, Link
from resolve.names import parse
from resolve.provenance import origin
from resolve.service.decisions import Decided, key

SURE = 0.9999
"""The probability of an entity that a reviewer has named."""

FEATURE = "decided in review"


@dataclass(frozen=True, slots=True)
class Settled:
    """Decisions as they are looked up: by the key of the spelling."""

    means: Mapping[str, str] = field(default_factory=dict)
    excludes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.means or self.excludes)


def settled(rows: Iterable[Decided], index: Index) -> Settled:
    """Decisions that hold, ready to be looked up; those about entities that the gazetteer lacks are left out."""
    means: dict[str, str] = {}
    excludes: dict[str, set[str]] = {}
    for row in rows:
        if index.number_of(row.id) is None:
            continue
        if row.kind == "alias":
            means[key(row.name)] = row.id
        else:
            excludes.setdefault(key(row.name), set()).add(row.id)
    gone = {id for ids in excludes.values() for id in ids}
    merged = {id: target for id in gone if (target := _taken_over(id, means, excludes, index))}
    return Settled(means, {name: frozenset(ids) for name, ids in excludes.items()}, merged)


def _taken_over(id: str, means: Mapping[str, str], excludes: Mapping[str, set[str]], index: Index) -> str:
    """The entity that has taken over every name of another, empty where none has."""
    number = index.number_of(id)
    names = names_of(index, number) if number is not None else []
    keys = {key(name) for name in names}
    if not keys or not all(id in excludes.get(name, ()) for name in keys):
        return ""
    targets = {means.get(name, "") for name in keys}
    return targets.pop() if len(targets) == 1 else ""


def names_of(index: Index, number: int) -> list[str]:
    """The spellings of an entity that mean it."""
    return [index.spelling(n) for n in index.names_of(number) if index.kind_of(n) != "exclude"]


def settle(link: Link, decided: Settled, index: Index, threshold: float) -> Link:
    """A link as decisions have it."""
    spelling = key(link.text)
    excluded = decided.excludes.get(spelling, frozenset())
    candidates = _united(link.candidates, decided.merged)
    kept = without(candidates, lambda candidate: candidate.entity_id not in excluded)
    changed = kept != link.candidates
    wanted = decided.means.get(spelling)
    best = kept[0] if kept else None
    if changed:
        link = redecided(link, kept, index, threshold)
    if wanted is None or link.status == "resolved":
        return link
    own = next(
        (c for c in kept if c.entity_id == wanted), Candidate(wanted, _name(index, wanted), best.bits if best else 0.0)
    )
    others = tuple(replace(c, probability=min(c.probability, 1 - SURE)) for c in kept if c.entity_id != wanted)
    return _resolved(link, _decided(own), others, index)


def without(candidates: Iterable[Candidate], keep: Callable[[Candidate], bool]) -> tuple[Candidate, ...]:
    """The candidates that are kept, with the probabilities that they have if the others are out of the question."""
    found = tuple(candidates)
    kept = tuple(c for c in found if keep(c))
    if len(kept) == len(found):
        return found
    room = 1.0 - sum(c.probability for c in found if c not in kept)
    return tuple(replace(c, probability=min(1.0, c.probability / room)) if room > 0 else c for c in kept)


def _united(candidates: tuple[Candidate, ...], merged: Mapping[str, str]) -> tuple[Candidate, ...]:
    """Candidates of which entities that are one count as one."""
    if not any(c.entity_id in merged for c in candidates):
        return candidates
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        id = merged.get(candidate.entity_id, candidate.entity_id)
        old = found.get(id)
        found[id] = (
            replace(old, probability=min(1.0, old.probability + candidate.probability))
            if old else replace(candidate, entity_id=id)
        )  # fmt: skip
    return tuple(sorted(found.values(), key=lambda c: -c.probability))


def redecided(link: Link, candidates: tuple[Candidate, ...], index: Index, threshold: float) -> Link:
    """A link whose candidates have changed."""
    best = candidates[0] if candidates else None
    if best is not None and best.probability >= threshold:
        return _resolved(link, best, candidates[1:], index)
    known = sum(c.probability for c in candidates)
    return replace(
        link, status="ambiguous" if known >= 0.5 else "unknown", entity_id=None, name=None, type=None, scheme=None, base="",
        probability=best.probability if best else 0.0, bits=best.bits if best else 0.0, candidates=candidates,
    )  # fmt: skip


def _resolved(link: Link, best: Candidate, others: tuple[Candidate, ...], index: Index) -> Link:
    number = index.number_of(best.entity_id)
    if number is None:
        return link
    entity = index.entity(number)
    source = origin(parse(link.text), [(index.name(n), index.lang_of(n)) for n in index.names_of(number)])
    return replace(
        link, status="resolved", entity_id=entity.id, name=entity.name, type=entity.type, probability=best.probability,
        bits=best.bits, scheme=source.scheme, base=source.base, candidates=(best, *others),
    )  # fmt: skip


def _decided(candidate: Candidate) -> Candidate:
    """A candidate whom a reviewer has named: the bits that were missing to certainty are the reviewer's."""
    before = min(max(candidate.probability, 1e-6), SURE)
    gained = math.log2(SURE / (1 - SURE)) - math.log2(before / (1 - before))
    piece = Evidence(FEATURE, gained, left=candidate.name)
    return replace(candidate, probability=SURE, bits=candidate.bits + gained, evidence=(*candidate.evidence, piece))


def _name(index: Index, id: str) -> str:
    number = index.number_of(id)
    return index.entity(number).name if number is not None else id


def settle_document(document: Document, decided: Settled, index: Index, threshold: float) -> Document:
    """A document with all links as decisions have them."""
    if not decided:
        return document
    return replace(document, links=tuple(settle(link, decided, index, threshold) for link in document.links))
