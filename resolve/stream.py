r"""How is a file of any length read line by line, and how far is the work?

A `Stream` gives the lines of a file, of a ``.gz`` or of standard input with their numbers, in bounded
memory; `Progress` tells a terminal about it.
"""

from __future__ import annotations

import gzip
import io
import os
import sys
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any, BinaryIO, Self, cast

from resolve.errors import EncodingError, InputError, UnreadableError
from resolve.text import decode

MAX_LINE = 1 << 26
"""A longer line is no line of a table but another kind of file, in bytes."""
PEEKED = 1 << 16
"""So many bytes at the beginning of a file are looked at to tell its format."""
FED = 1 << 11
"""So many bytes of a zstandard file are unpacked at a time."""
EVERY = 0.2
"""A terminal is told about the progress at most so often, in seconds."""


class Stream:
    """A file that is read line by line; use it in ``with``.

    Args:
        path: the file; ``-`` is standard input, a name in ``.gz`` is unpacked.

    Raises:
        UnreadableError: the file is missing, may not be read, or turns out to be damaged.

    """

    def __init__(self, path: str | Path) -> None:
        self.path = str(path)
        self._raw: BinaryIO = self._open()
        self.size = 0 if self.path == "-" else os.fstat(self._raw.fileno()).st_size
        self.file: IO[bytes] = self._unpacking()

    def _open(self) -> BinaryIO:
        try:
            return cast("BinaryIO", sys.stdin.buffer if self.path == "-" else open(self.path, "rb"))
        except OSError as error:
            raise UnreadableError(self.path, error.strerror or str(error)) from None

    def _unpacking(self) -> IO[bytes]:
        """The file, unpacked as it is read."""
        if self.path.lower().endswith(".gz"):
            return cast("IO[bytes]", gzip.GzipFile(fileobj=self._raw))
        if not self.path.lower().endswith(".zst"):
            return self._raw
        try:
            import zstandard
        except ImportError:
            self._raw.close()
            raise UnreadableError(
                self.path, "reading .zst needs zstandard", "pip install 'onomast[documents]'"
            ) from None
        return cast(
            "IO[bytes]", io.BufferedReader(_Zst(self._raw, zstandard.ZstdDecompressor().decompressobj, self.path))
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; standard input stays open."""
        if self.path != "-":
            self.file.close()
            self._raw.close()

    @property
    def share(self) -> float:
        """Which part of the file has been read, from 0 to 1; 0 where its size is not known."""
        return min(self._raw.tell() / self.size, 1.0) if self.size and not self._raw.closed else 0.0

    def lines(self, refused: Callable[[InputError, int], None] | None = None) -> Iterator[tuple[int, str]]:
        r"""The lines with their numbers from 1, each with its line end; without the byte order mark.

        Args:
            refused: is given the error and number of a line that is no UTF-8, which is then left out;
                without it such a line ends the reading.

        Raises:
            EncodingError: a line is no text; names it.
            UnreadableError: the file is damaged, or a line is longer than `MAX_LINE`.

        >>> with Stream(Path(__file__)) as stream:
        ...     next(stream.lines())[0]
        1

        """
        number = 0
        while raw := self._line():
            number += 1
            if len(raw) > MAX_LINE:
                raise UnreadableError(self.path, f"line {number} is longer than {MAX_LINE} bytes", "split it")
            try:
                text = _text(raw, self.path, number)
            except EncodingError as error:
                if refused is None:
                    raise
                refused(error, number)
                continue
            yield number, text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}") if number == 1 else text

    def _line(self) -> bytes:
        try:
            return self.file.readline(MAX_LINE + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise UnreadableError(self.path, getattr(error, "strerror", None) or str(error)) from None


class _Zst(io.RawIOBase):
    """What the frames of a zstandard file unpack to; a file that breaks off is an error, as with gzip."""

    def __init__(self, packed: BinaryIO, begin: Callable[[], Any], path: str) -> None:
        self._packed, self._begin, self._path = packed, begin, path
        self._frame: Any = None
        self._waiting = b""
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        while not self._ready:
            # little at a time, for it may become sixty thousand times as much
            self._waiting = self._waiting or self._packed.read(FED)
            if not self._waiting:
                if self._frame is not None:
                    raise UnreadableError(self._path, "it breaks off", UnreadableError.DAMAGED)
                return 0
            self._ready = memoryview(self._unpack())
        size = min(len(target), len(self._ready))
        target[:size], self._ready = self._ready[:size], self._ready[size:]
        return size

    def _unpack(self) -> bytes:
        frame = self._frame or self._begin()
        try:
            data: bytes = frame.decompress(self._waiting)
        except Exception as error:  # noqa: BLE001 - the library's own error, which need not be there to be named
            raise UnreadableError(self._path, str(error), UnreadableError.DAMAGED) from None
        self._waiting = frame.unused_data if frame.eof else b""
        self._frame = None if frame.eof else frame
        return data


def _text(raw: bytes, path: str, number: int) -> str:
    """The text of one line; its number, not 1, in what is said of it."""
    try:
        if b"\0" not in raw:
            return raw.decode()
    except UnicodeDecodeError:
        pass
    try:
        return decode(raw, path)
    except EncodingError as error:
        _, _, problem = str(error).removeprefix(f"{path}:").partition(": ")
        message, _, advice = problem.partition("; ")
        raise EncodingError(path, number, message.replace(" at offset ", " at its offset "), advice) from None


def head(path: str | Path) -> str:
    """The beginning of a file as text, as far as it is any; up to `PEEKED` bytes.

    >>> head(Path(__file__))[4:13]
    'How is a '

    Raises:
        UnreadableError: the file is missing, may not be read or is damaged.

    """
    with Stream(path) as stream:
        try:
            data = stream.file.read(PEEKED)
        except (OSError, EOFError, zlib.error) as error:
            raise UnreadableError(str(path), getattr(error, "strerror", None) or str(error)) from None
    return data.decode("utf-8", "ignore").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")


class Progress:
    """One line on a terminal that says how far the work is; silent where standard error is none.

    Args:
        what: what is counted, in the plural.
        share: gives the part that is done, from 0 to 1; 0 where nobody knows.

    """

    def __init__(self, what: str, share: Callable[[], float]) -> None:
        self._what, self._share = what, share
        self._began = time.monotonic()
        self._told = self._began
        self._loud = sys.stderr.isatty()

    def tell(self, count: int, before: int = 0) -> None:
        """Write the line anew, if it is time to; ``before`` were done by an earlier run."""
        now = time.monotonic()
        if self._loud and now - self._told >= EVERY:
            self._told = now
            text = said(self._what, count, count - before, now - self._began, self._share())
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()

    def watch(self, chunks: Iterable[str], count: Callable[[], int]) -> Iterator[str]:
        """The chunks, with the terminal told in between; ``count`` says how many things are done."""
        try:
            for chunk in chunks:
                self.tell(count())
                yield chunk
        finally:
            self.done()

    def done(self) -> None:
        """Take the line away."""
        if self._loud:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def said(what: str, count: int, new: int, seconds: float, share: float) -> str:
    """What the line says: how many, how fast, which part, and how long it will take.

    Args:
        what: what is counted, in the plural.
        count: how many are done.
        new: how many of them this run did.
        seconds: how long this run took for them.
        share: which part is done, from 0 to 1; 0 where nobody knows.

    >>> said("rows", 30_000, 10_000, 20.0, 0.75)
    '30,000 rows, 500/s, 75 %, 0:00:20 left'

    """
    rate = new / seconds if seconds > 0 else 0.0
    text = f"{count:,} {what}, {rate:,.0f}/s"
    if share > 0 and rate > 0:
        left = round(count * (1.0 - share) / share / rate)
        text += f", {share:.0%}".replace("%", " %") + f", {left // 3600}:{left // 60 % 60:02}:{left % 60:02} left"
    return text
