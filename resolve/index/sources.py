"""How are sources compiled, and where are they kept until they change?"""

from __future__ import annotations

import gc
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from resolve.errors import CompiledError, GazetteerError
from resolve.gazetteer import Problem, checked, files
from resolve.index.build import Builder
from resolve.index.layout import (
    fingerprint,
)
from resolve.index.opened import Index, open_index
from resolve.model import Row

BLOCK = 1 << 20
"""So many bytes of a source are read at once."""


def compile_rows(
    rows: Iterable[Row],
    folder: str | Path,
    content: str = "",
    sources: Sequence[str | Path] = (),
    numbers: dict[str, int] | None = None,
) -> None:
    """Compile rows into ``folder``, replacing a compiled gazetteer there in one step.

    What the gazetteer there holds already, or else the newest one of the same ``sources`` in the user's
    cache, is taken over instead of being worked out again, if it was made by the same code; the result
    is the same.

    Args:
        rows: rows without an error (`gazetteer.checked`), as they are read.
        folder: the directory to write.
        content: a hash over the sources.
        sources: where the rows are from.
        numbers: the numbers of the entities by ID that `gazetteer.checked` keeps, which need not be kept twice; they are
            gone afterwards.

    """
    folder = Path(folder)
    named = [str(Path(source).resolve()) for source in sources]
    builder = Builder(_earlier(folder, named), numbers)
    # what is learned of words is much, and holds no cycles that a search for garbage could find
    was = gc.isenabled()
    gc.disable()
    try:
        for row in rows:
            builder.add(row)
        builder.write(folder, content or "0" * 64, named)
    finally:
        if was:
            gc.enable()


def _earlier(folder: Path, sources: list[str]) -> Index | None:
    """The compiled gazetteer to take over from, None where there is none that is whole to the last byte."""
    candidates = [folder]
    if sources:
        with suppress(OSError):
            kept = list(cache_folder().glob(f"*-{fingerprint()}"))
            candidates += sorted(kept, key=lambda path: path.stat().st_mtime, reverse=True)
    for path in candidates:
        with suppress(CompiledError):
            index = open_index(path)
            of_these = path == folder or index.header.get("sources") == sources
            if of_these and index.header.get("checksum") == index.checksum():
                return index
    return None


def content_hash(sources: Iterable[str | Path]) -> str:
    """A hash over the contents of all source files."""
    digest = hashlib.sha256()
    for source in sources:
        for path in files(source):
            try:
                digest.update(path.name.encode("utf-8", "surrogateescape") + b"\0")
                with open(path, "rb") as stream:
                    while block := stream.read(BLOCK):
                        digest.update(block)
            except OSError as error:
                raise GazetteerError(
                    str(path), 0, f"cannot be read ({error.strerror})", "check the path and its permissions"
                ) from None
    return digest.hexdigest()


def cache_folder() -> Path:
    """Where compiled sources are kept: ``$RESOLVE_CACHE_DIR``, or the user's cache directory."""
    if chosen := os.environ.get("RESOLVE_CACHE_DIR"):
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("onomast")


def open_sources(sources: Sequence[str | Path]) -> tuple[Index, list[str]]:
    """Open sources through the cache, compiling them on first use; return the warnings too.

    A cached gazetteer that is damaged is compiled again; where the cache cannot be written, the
    gazetteer is compiled into a temporary directory for this process.

    Raises:
        GazetteerError: a source is unusable.

    """
    content = content_hash(sources)
    folder = cache_folder() / f"{content[:24]}-{fingerprint()}"
    try:
        return open_index(folder), []
    except CompiledError:
        pass
    try:
        return _compiled(sources, folder, content)
    except OSError:
        temporary = Path(tempfile.mkdtemp(prefix="onomast-"))
        try:
            return _compiled(sources, temporary, content)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


def _compiled(sources: Sequence[str | Path], folder: Path, content: str) -> tuple[Index, list[str]]:
    """Compile sources into a folder and open it; the warnings too."""
    noticed: list[Problem] = []
    numbers: dict[str, int] = {}
    compile_rows(checked(sources, noticed, numbers), folder, content, sources, numbers)
    return open_index(folder), [str(problem) for problem in noticed]
