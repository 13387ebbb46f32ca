"""What does a service hold while it runs: gazetteer, workers, decisions?

A decision is kept first, then told to all workers, so that every later request knows it; then the gazetteer
is compiled anew with it in the background, so that it also helps with inflected and related spellings.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from resolve.errors import OutputError, ResolveError
from resolve.gazetteer import MAX_NAME
from resolve.index import is_compiled
from resolve.resolver import Resolver
from resolve.service import requests
from resolve.service.decisions import Decided, Ledger, effective, key
from resolve.service.errors import Refused, invalid
from resolve.service.pool import Pool
from resolve.service.settings import Settings
from resolve.service.settle import names_of

RECOMPILED = 200_000
"""A gazetteer of more names is not compiled anew while the service runs, only at its next start."""

SAMPLE = 1000
"""Of so many entities it is looked which further columns the source has."""


class Desk:
    """A running service.

    Args:
        resolver: the gazetteer, open.
        sources: the files it was compiled from; empty where only the compiled directory is known.
        settings: as `settings.checked` made them.

    Raises:
        UsageError: the file of decisions cannot be used.

    """

    def __init__(self, resolver: Resolver, sources: list[str], settings: Settings) -> None:
        self.settings, self.resolver, self.index = settings, resolver, resolver.index
        self.ledger = Ledger(settings.decisions)
        self.pool = Pool(settings.workers, settings.queue, settings.timeout)
        self.compiled: list[Decided] = []
        """The rows of decisions that are compiled into the gazetteer."""
        self._sources = [] if any(is_compiled(source) for source in sources) else sources
        self._private = Path(tempfile.mkdtemp(prefix="onomast-serve-"))
        self._base = self._folder = str(resolver.index.folder)
        self._generation = 0
        self._compiling: asyncio.Task[None] | None = None
        self._again = False
        self.columns = sorted(
            {key for n in range(min(len(self.index), SAMPLE)) for key, _ in self.index.entity(n).attributes}
        )
        """Further columns of the source."""

    # ------------------------------------------------------------ its life

    async def open(self) -> None:
        """Start the workers; take the decisions that are there into the gazetteer."""
        if not is_compiled(self._base):
            # it was compiled for this process alone; the workers need it too
            await self._compile([])
            self._base = self._folder
        self._tell()
        await self.pool.start()
        if self.ledger.rows:
            self._compile_soon(at_start=True)

    async def close(self) -> None:
        """Let go of everything."""
        if self._compiling:
            self._compiling.cancel()
            await asyncio.gather(self._compiling, return_exceptions=True)
        await self.pool.close()
        self.ledger.close()
        shutil.rmtree(self._private, ignore_errors=True)

    def _tell(self) -> None:
        """Tell all workers; a gazetteer with a decision that no longer holds gives way to the one without any."""
        rows = effective(self.ledger.rows)
        folder = self._folder if set(self.compiled) <= set(rows) else self._base
        self.pool.tell({"folder": folder, "threshold": self.resolver.threshold, "decisions": _told(rows)})

    def _compile_soon(self, at_start: bool = False) -> None:
        """Compile in the background, once more if decisions come in meanwhile."""
        if not self._sources or (self.index.names > RECOMPILED and not at_start):
            return
        if self._compiling and not self._compiling.done():
            self._again = True
            return
        self._compiling = asyncio.create_task(self._compile_all())

    async def _compile_all(self) -> None:
        self._again = True
        while self._again:
            self._again = False
            rows = effective(self.ledger.rows)
            try:
                await self._compile(rows)
            except (Refused, ResolveError) as error:
                print(f"decisions hold for their spellings, but could not be compiled: {error}", file=sys.stderr)
                return
            self.compiled = rows
            self._tell()

    async def _compile(self, rows: list[Decided]) -> None:
        """Compile the sources with decisions into a folder of this service's own."""
        self._generation += 1
        folder = self._private / str(self._generation)
        await self.pool.apart(
            "compile", {"sources": self._sources, "decisions": _told(rows), "folder": str(folder)}, self._setup()
        )
        self._folder = str(folder)
        # a worker may still have to open the last one
        outdated = self._private / str(self._generation - 2)
        if str(outdated) != self._base:
            shutil.rmtree(outdated, ignore_errors=True)

    def _setup(self) -> dict[str, Any] | None:
        """What the compiling process needs to know which entities others have taken over."""
        rows = _told(effective(self.ledger.rows))
        if not is_compiled(self._base):
            return None
        return {"folder": self._base, "threshold": self.resolver.threshold, "decisions": rows}

    # ------------------------------------------------------------ decisions

    def decisions(self) -> dict[str, Any]:
        """All decisions, the newest first, and where they are kept."""
        groups: dict[str, list[Decided]] = {}
        for row in self.ledger.rows:
            groups.setdefault(row.time, []).append(row)
        return {
            "file": str(self.ledger.path) if self.ledger.path else None,
            "decisions": [
                {"time": time, "rows": [{"id": r.id, "name": r.name, "kind": r.kind, "lang": r.lang} for r in rows]}
                for time, rows in reversed(groups.items())
            ],
        }  # fmt: skip

    async def pick(self, found: dict[str, Any]) -> dict[str, Any]:
        """A spelling means an entity; where the text said another, not that one."""
        spelling, id = self._spelling(found), self._known(found, "entity_id")
        rows = [Decided(id, spelling, "alias", requests.lang(found))]
        instead = found.get("instead_of")
        if instead and instead != id:
            rows.append(Decided(self._known(found, "instead_of"), spelling, "exclude"))
        return self._keep(rows)

    async def none(self, found: dict[str, Any]) -> dict[str, Any]:
        """A spelling means none of some entities."""
        ids = found.get("candidates")
        if not isinstance(ids, list) or not ids:
            raise invalid("candidates is no list of IDs; name those whom the spelling does not mean")
        spelling = self._spelling(found)
        return self._keep(
            [Decided(self._known({"id": id}, "id"), spelling, "exclude") for id in dict.fromkeys(map(str, ids))]
        )

    async def same(self, found: dict[str, Any]) -> dict[str, Any]:
        """Two entities are one: the first takes over all names of the second."""
        kept, other = self._known(found, "entity_id"), self._known(found, "other_id")
        if kept == other:
            raise invalid("entity_id and other_id are the same entity already")
        number = self.index.number_of(other)
        assert number is not None
        names = list({key(name): name for name in names_of(self.index, number)}.values())
        return self._keep(
            [Decided(id, name, kind) for name in names for id, kind in ((kept, "alias"), (other, "exclude"))]
        )

    def _keep(self, rows: list[Decided]) -> dict[str, Any]:
        try:
            time = self.ledger.add(rows)
        except OutputError as error:
            raise Refused(503, "not_kept", f"the decision was not kept: {error}") from None
        self._tell()
        self._compile_soon()
        return {"time": time, **self.decisions()}

    def undo(self, time: str) -> bool:
        """Take a decision back; False where there is none of that time."""
        try:
            found = self.ledger.undo(time)
        except OutputError as error:
            raise Refused(503, "not_kept", f"the decision could not be taken back: {error}") from None
        if found:
            self._tell()
            self._compile_soon()
        return found

    def _known(self, found: dict[str, Any], name: str) -> str:
        id = requests.text(found, name, self.settings.name)
        if self.index.number_of(id) is None:
            raise Refused(404, "unknown_entity", f"the gazetteer has no entity {id!r}; search for it by name")
        return id

    def _spelling(self, found: dict[str, Any]) -> str:
        """The spelling of a decision as a gazetteer may hold it."""
        written = requests.text(found, "text", MAX_NAME)
        spelling = " ".join(written.replace("\N{SOFT HYPHEN}", "").split())
        if not key(spelling) or not any(letter.isalpha() for letter in spelling):
            raise invalid(f"text {written!r} holds no name")
        if not spelling.isprintable() or spelling[0] in "=+-@":
            raise invalid(f"text {written!r} is no name as a gazetteer may hold it")
        return spelling

    # ------------------------------------------------------------ what it says of itself

    def status(self) -> dict[str, Any]:
        """What is served, and within which bounds."""
        s = self.settings
        busy = bool(self._compiling and not self._compiling.done())
        return {
            "entities": len(self.index), "names": self.index.names, "threshold": self.resolver.threshold,
            "langs": [lang for lang in self.index.header.get("langs", []) if lang],
            "limits": {"text": s.text, "names": s.names, "name": s.name, "timeout": s.timeout, "queue": s.queue, "client": s.client},
            "workers": s.workers, "under_way": self.pool.under_way,
            "decisions": {
                "file": str(self.ledger.path) if self.ledger.path else None, "rows": len(self.ledger.rows), "compiling": busy,
                "compiled": len(self.compiled), "repaired": self.ledger.repaired,
            },
        }  # fmt: skip


def _told(rows: list[Decided]) -> list[list[str]]:
    return [[row.id, row.name, row.kind, row.lang, row.time] for row in rows]
