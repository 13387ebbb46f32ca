"""How are packed files opened without being flooded by what they hold?

Nothing is believed of what an archive says about sizes: what comes out is counted.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from resolve.errors import InputError, UnreadableError
from resolve.stream import Stream
from resolve.text import MAX_BYTES, read_bytes

SUFFIXES = (".gz", ".zst")
MAX_MEMBERS = 100_000
"""An archive with more members is refused."""
MAX_RATIO = 200
"""A member that grows more than so many times, and beyond `FREE`, is taken for a bomb."""
FREE = 1 << 24
"""Up to so many bytes a member may grow as it likes."""
MAX_TOTAL = 1 << 34
"""All members of an archive together give at most so many bytes."""


def unpacked(path: str) -> bytes:
    """The bytes of a file, unpacked if its name ends in ``.gz`` or ``.zst``, at most `MAX_BYTES` of them.

    Raises:
        UnreadableError: the file is missing, damaged or too large, or zstandard is not installed.

    """
    return read_bytes(path) if not path.lower().endswith(".zst") else _zst(path)


def _zst(path: str) -> bytes:
    with Stream(path) as stream:
        try:
            data = stream.file.read(MAX_BYTES + 1)
        except OSError as error:
            raise UnreadableError(path, error.strerror or str(error)) from None
    if len(data) > MAX_BYTES:
        raise UnreadableError(path, f"larger than {MAX_BYTES} bytes", "split it")
    return data


def members(
    source: str | Path | bytes, wanted: Callable[[str], bool], refuse: Callable[[InputError], None], name: str = ""
) -> Iterator[tuple[str, bytes]]:
    """The members of a zip that are wanted, with their bytes.

    Args:
        source: the path of the archive, or its bytes.
        wanted: chooses members by their names.
        refuse: hears of members that are encrypted, damaged or too large; the others are given.
        name: what the archive is called in errors, where it is given as bytes.

    Raises:
        UnreadableError: it has too many members, or gives too many bytes altogether.
        zipfile.BadZipFile: it is no archive.

    """
    called = name or str(source)
    total = 0
    with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as archive:
        infos = archive.infolist()
        if len(infos) > MAX_MEMBERS:
            raise UnreadableError(called, f"an archive of {len(infos)} files, more than {MAX_MEMBERS}", "split it")
        for info in infos:
            if info.is_dir() or not wanted(info.filename):
                continue
            try:
                data = _member(archive, info, f"{called}/{info.filename}")
            except InputError as error:
                refuse(error)
                continue
            total += len(data)
            if total > MAX_TOTAL:
                raise UnreadableError(called, f"its files give more than {MAX_TOTAL} bytes", "unpack it yourself")
            yield info.filename, data


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, called: str) -> bytes:
    most = min(MAX_BYTES, max(FREE, info.compress_size * MAX_RATIO))
    try:
        with archive.open(info) as stream:
            data = _bounded(stream, most)
    except (RuntimeError, NotImplementedError) as error:
        raise UnreadableError(called, str(error), "unpack it yourself") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise UnreadableError(called, f"damaged: {error}", UnreadableError.DAMAGED) from None
    if len(data) > most:
        raise UnreadableError(
            called, f"{info.compress_size} bytes that become more than {most}", "unpack it yourself if that is right"
        )
    return data


def _bounded(stream: IO[bytes], most: int) -> bytes:
    return stream.read(most + 1)
