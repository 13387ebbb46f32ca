"""What does a worker do, and how does it say it in JSON?"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import asdict
from typing import Any

from resolve.cognates import variants
from resolve.errors import UsageError
from resolve.gazetteer import load
from resolve.index import Index, compile_rows, open_index
from resolve.model import OTHER, Candidate, Document, Evidence, Link, Profile, Row
from resolve.resolver import Resolver, compare
from resolve.service.decisions import Decided, effective
from resolve.service.errors import Refused
from resolve.service.search import search
from resolve.service.settle import Settled, settle, settle_document, settled, without
from resolve.write import record, round_down

MAX_SPELLINGS = 12
"""Of so many names of an entity the spellings under all schemes are worked out."""


class Tasks:
    """The tasks of one worker, over the gazetteer and the decisions that it was told."""

    def __init__(self) -> None:
        self._resolver: Resolver | None = None
        self._folder = ""
        self._settled = Settled()

    def run(self, name: str, arguments: dict[str, Any]) -> Any:
        """Do the task of a name.

        Raises:
            Refused: there is no such task, or it cannot be done with these arguments.

        """
        task = getattr(self, f"do_{name}", None)
        if task is None:
            raise Refused(500, "internal", f"no task {name!r}")
        return task(**arguments)

    @property
    def resolver(self) -> Resolver:
        """The gazetteer, open."""
        if self._resolver is None:
            raise Refused(503, "starting", "the gazetteer is not open yet; ask again in a moment")
        return self._resolver

    @property
    def index(self) -> Index:
        """The compiled gazetteer."""
        return self.resolver.index

    # ------------------------------------------------------------ housekeeping

    def do_ping(self) -> bool:
        """Whether the worker is there and its gazetteer open."""
        return self._resolver is not None

    def do_setup(self, folder: str, threshold: float, decisions: list[list[str]]) -> bool:
        """Open a gazetteer, unless it is open, and take in decisions."""
        if folder != self._folder:
            self._resolver, self._folder = Resolver(open_index(folder), threshold), folder
        self._settled = settled((Decided(*row) for row in decisions), self.index)
        return True

    def do_compile(self, sources: list[str], decisions: list[list[str]], folder: str) -> dict[str, int]:
        """Compile sources with decisions as further rows; an entity that another has taken over is left out."""
        rows, _noticed = load(sources)
        return compile_with(rows, [Decided(*row) for row in decisions], folder, self._settled.merged, sources)

    # ------------------------------------------------------------ texts and names

    def do_text(self, text: str, id: str = "", all: bool = True, evidence: str = "best") -> dict[str, Any]:
        """The links of a text, the entities they mean, and the profile of its spellings."""
        document = self.resolver.text(text, id=id, all=True)
        document = settle_document(document, self._settled, self.index, self.resolver.threshold)
        if not all:
            document = Document(id, text, tuple(link for link in document.links if link.status == "resolved"))
        ids = {candidate.entity_id for link in document.links for candidate in link.candidates}
        return {
            "doc": id, "length": len(text), "threshold": self.resolver.threshold,
            "links": [self._link(id, link, evidence) for link in document.links],
            "entities": {key: brief for key in sorted(ids) if (brief := self._brief(key))},
            "profile": profile(document.profile()),
        }  # fmt: skip

    def do_match(
        self, names: list[str], limit: int = 5, lang: str = "", evidence: str = "best"
    ) -> list[dict[str, Any]]:
        """The link of every name, with its entities."""
        found = []
        for name in names:
            link = self._matched(name, limit, lang)
            ids = {candidate.entity_id for candidate in link.candidates}
            entities = {key: brief for key in sorted(ids) if (brief := self._brief(key))}
            found.append({**self._link("", link, evidence), "entities": entities})
        return found

    def _matched(self, name: str, limit: int, lang: str = "") -> Link:
        link = self.resolver.match(name, limit, lang)
        return settle(link, self._settled, self.index, self.resolver.threshold) if self._settled else link

    def do_explain(self, left: str, right: str, lang: str = "") -> dict[str, Any]:
        """The comparison of two names, and the waterfall as text."""
        comparison = compare(left, right, lang)
        found = {key: value for key, value in asdict(comparison).items() if key != "evidence"}
        found["probability"] = round_down(comparison.probability)
        return {**found, "evidence": [piece(p) for p in comparison.evidence], "text": str(comparison)}

    def do_variants(self, name: str, lang: str = "") -> dict[str, Any]:
        """All spellings of a name with their schemes."""
        return {"name": name, "forms": [form_record(form) for form in variants(name, lang)]}

    # ------------------------------------------------------------ the gazetteer

    def do_search(self, query: str, limit: int = 20, skip: int = 0, type: str = "") -> list[dict[str, Any]]:
        """Entities whose ID or names the query starts, in any script, or whom it means."""
        found = search(self.resolver, query, limit, skip, type)
        return [{**self._described(item.entity), "matched": item.name, "how": item.how} for item in found]

    def _described(self, number: int) -> dict[str, Any]:
        entity = self.index.entity(number)
        return {
            "id": entity.id, "name": entity.name, "type": entity.type, "description": entity.description,
            "gender": entity.gender, "wikidata": entity.wikidata,
        }  # fmt: skip

    def _brief(self, id: str) -> dict[str, Any] | None:
        number = self.index.number_of(id)
        return None if number is None else self._described(number)

    def do_entity(self, id: str, spellings: bool = False) -> dict[str, Any]:
        """What the gazetteer knows of an entity, and how its names are spelt under all schemes."""
        number = self._number(id)
        entity = self.index.entity(number)
        names = [
            {"name": self.index.spelling(n), "lang": self.index.lang_of(n), "kind": self.index.kind_of(n)}
            for n in self.index.names_of(number)
        ]  # fmt: skip
        found = {**self._described(number), "names": names, "attributes": dict(entity.attributes)}
        if spellings and entity.type == "organization":
            found["spellings"] = []
        elif spellings:
            forms = {
                form: None
                for name in names[:MAX_SPELLINGS] if name["kind"] not in {"exclude", "weak"}
                for form in variants(name["name"], name["lang"])
            }  # fmt: skip
            found["spellings"] = [form_record(form) for form in forms]
        return found

    def _number(self, id: str) -> int:
        number = self.index.number_of(id)
        if number is None:
            raise Refused(404, "unknown_entity", f"the gazetteer has no entity {id!r}; search for it by name")
        return number

    def do_entities(self, ids: list[str]) -> list[dict[str, Any] | None]:
        """Several entities with their names, None for those that are not there."""
        return [self.do_entity(id) if self.index.number_of(id) is not None else None for id in ids]

    # ------------------------------------------------------------ reconciliation

    def do_reconcile(self, queries: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
        """The candidates of every query: ``name``, ``ids``, ``limit``, ``lang``, ``type``, and what else is known."""
        return [self._reconciled(query) for query in queries]

    def _reconciled(self, query: dict[str, Any]) -> list[dict[str, Any]]:
        limit = query.get("limit", 5)
        for id in (*query.get("ids", ()), query.get("name", "")):
            if id and self._kept(id, query):
                return [
                    {**self._described(self._number(id)), "score": 100.0, "match": True, "features": [], "known": {}}
                ]
        name = query.get("name", "")
        if not name:
            return []
        link = self._matched(name, max(limit, 5), query.get("lang", ""))
        kept = without(link.candidates, lambda c: self._kept(c.entity_id, query))
        sure = bool(kept) and kept[0].probability >= self.resolver.threshold
        return [self._candidate(c, sure and place == 0, query) for place, c in enumerate(kept[:limit])]

    def _kept(self, id: str, query: dict[str, Any]) -> bool:
        """Whether an entity is of a type asked for, and nothing known of it is contradicted."""
        brief = self._brief(id)
        if brief is None or (query.get("types") and brief["type"] not in query["types"]):
            return False
        return not any(brief.get(key) and brief[key] not in values for key, values in query.get("known", {}).items())

    def _candidate(self, candidate: Candidate, match: bool, query: dict[str, Any]) -> dict[str, Any]:
        brief = self._brief(candidate.entity_id) or {}
        known = {key: brief.get(key) in values for key, values in query.get("known", {}).items()}
        return {
            **brief, "score": round(100.0 * round_down(candidate.probability), 2), "match": match, "bits": round(candidate.bits, 1),
            "features": [piece(p) for p in candidate.evidence], "known": known,
        }  # fmt: skip

    # ------------------------------------------------------------ JSON

    def _link(self, id: str, link: Link, evidence: str) -> dict[str, Any]:
        shown = len(link.candidates) if evidence == "all" else 1 if evidence == "best" else 0
        candidates = [
            {
                "entity_id": c.entity_id, "name": c.name, "probability": round_down(c.probability), "bits": round(c.bits, 1),
                **({"evidence": [piece(p) for p in c.evidence]} if place < shown else {}),
            }
            for place, c in enumerate(link.candidates)
        ]  # fmt: skip
        return {**record(id, link), "base": link.base, "candidates": candidates}


def compile_with(
    rows: list[Row], decisions: list[Decided], folder: str, merged: Container[str], sources: list[str]
) -> dict[str, int]:
    """Compile rows and those of decisions about entities that the rows have."""
    known = {row.id for row in rows}
    kept = [row for row in rows if row.id not in merged]
    kept += [
        Row(row.id, row.name, row.lang, "alias" if row.kind == "alias" else "exclude")
        for row in effective(decisions) if row.id in known and row.id not in merged
    ]  # fmt: skip
    if not kept:
        raise UsageError("no names are left")
    compile_rows(kept, folder, "", sources)
    return {"names": len(kept)}


def piece(evidence: Evidence) -> dict[str, Any]:
    """One piece of evidence.

    >>> piece(Evidence("surname", 12.345, "Babariko", "Бабарыка"))["bits"]
    12.3
    """
    return {
        "feature": evidence.feature, "bits": round(evidence.bits, 1), "left": evidence.left, "right": evidence.right,
        "note": evidence.note,
    }  # fmt: skip


def form_record(form: Any) -> dict[str, str]:
    """One spelling with the language and the title of its scheme."""
    lang, _, title = form.scheme.partition(": ")
    return {"text": form.text, "scheme": form.scheme, "lang": lang, "title": title, "derived": form.derived}


def profile(found: Profile) -> dict[str, Any]:
    """The spellings of a document by the language they are based on."""
    entities = []
    for id, name in {usage.entity_id: usage.name for usage in found.usages}.items():
        bases = found.bases(id)
        spellings = [
            {"text": u.spelling, "base": u.base or OTHER, "count": u.count} for u in found.usages if u.entity_id == id
        ]
        entities.append(
            {"entity_id": id, "name": name, "mentions": sum(bases.values()), "bases": bases, "spellings": spellings}
        )
    return {"bases": found.bases(), "entities": entities}
