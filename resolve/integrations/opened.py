"""Which gazetteer does an integration use, and how does a compiled one travel?"""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from resolve.chances import DEFAULT_THRESHOLD
from resolve.errors import CompiledError, UsageError
from resolve.index import HEADER, Index, cache_folder, open_index
from resolve.resolver import Resolver, open as open_resolver

Gazetteer = Resolver | str | os.PathLike[str] | Sequence[str | Path] | None
"""An open resolver, the path of a source or compiled directory, several sources, or None for the curated default."""

_OPENED: dict[tuple[object, ...], Resolver] = {}


def opened(gazetteer: Gazetteer = None, threshold: float | None = None) -> Resolver:
    """The resolver for a gazetteer; the same one for the same path, threshold and content.

    Args:
        gazetteer: what to match with.
        threshold: the probability from which a link is resolved; that of the resolver, or 0.9.

    >>> opened() is opened()
    True

    """
    if isinstance(gazetteer, Resolver):
        if threshold is None or threshold == gazetteer.threshold:
            return gazetteer
        return Resolver(gazetteer.index, threshold)
    wanted = DEFAULT_THRESHOLD if threshold is None else threshold
    paths = None if gazetteer is None else [gazetteer] if isinstance(gazetteer, (str, os.PathLike)) else list(gazetteer)
    key = (wanted, *(_state(Path(path)) for path in paths or ()))
    if key not in _OPENED:
        _OPENED[key] = open_resolver(None if paths is None else [Path(path) for path in paths], wanted)
    return _OPENED[key]


def _state(path: Path) -> tuple[object, ...]:
    """What changes when a source does: the sizes and times of its files."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    facts = [(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files if file.is_file()]
    return (str(path.absolute()), *facts)


# ---------------------------------------------------------------- archives


def pack(index: Index, archive: str | Path) -> None:
    """Put a compiled gazetteer into one zip file.

    Raises:
        UsageError: the gazetteer is not on disk, because the cache cannot be written.

    """
    header, data = index.folder / HEADER, index.folder / str(index.header["data"])
    if not header.is_file() or not data.is_file():
        raise UsageError(
            f"{index.folder}: the compiled gazetteer is gone; compile it with `resolve gazetteer compile` and name the directory"
        )
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for file in (header, data):
            packed.write(file, file.name)


def unpack(archive: str | Path, content: str) -> Index:
    """Open a packed gazetteer from the user's cache, where it is unpacked once for all processes.

    Args:
        archive: what `pack` wrote.
        content: a name for what it holds, such as its checksum.

    Raises:
        CompiledError: it is damaged or of another version.

    """
    folder = cache_folder() / f"unpacked-{content}"
    try:
        return open_index(folder)
    except CompiledError:
        pass
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=".unpacking-", dir=folder.parent))
    try:
        with zipfile.ZipFile(archive) as packed:
            for name in packed.namelist():
                if Path(name).name != name:
                    raise CompiledError(str(archive), f"holds {name!r}")
            packed.extractall(temporary)
        try:
            os.replace(temporary, folder)
        except OSError:
            # another process was faster, or something damaged is in the way
            try:
                return open_index(folder)
            except CompiledError:
                shutil.rmtree(folder, ignore_errors=True)
                os.replace(temporary, folder)
        return open_index(folder)
    except zipfile.BadZipFile as error:
        raise CompiledError(str(archive), f"is no archive ({error})") from None
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
