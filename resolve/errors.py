"""What can go wrong, and what should the user do next?

::

    ResolveError
    ├── InputError            one input cannot be read; the others can (exit code 1)
    │   ├── UnreadableError   the file is not there or may not be read
    │   ├── EncodingError     the bytes are no text in the expected encoding
    │   └── TableError        a table of names lacks what was asked of it
    └── UsageError            nothing can be done with this call (exit code 2)
        ├── GazetteerError    the gazetteer is unusable, with file, line and value
        ├── OutputError       a result cannot be written there
        ├── ResumeError       an unfinished result does not fit what should go on with it
        ├── CompiledError     a compiled gazetteer is damaged or of another version
        ├── ModelError        a file of learned parameters is damaged or of another version
        └── UnknownChoiceError  an unknown scheme, format or column; lists the known ones

Every message says what was found where, and what to do next.
"""

from __future__ import annotations

from collections.abc import Iterable


class ResolveError(Exception):
    """The root of everything this package raises on purpose."""


class InputError(ResolveError):
    """One input cannot be used; others still can."""


class UnreadableError(InputError):
    """A file is missing, may not be read, is damaged or too much, or needs a library that is not installed."""

    DAMAGED = "open it in its own program and save it anew, or get it again"
    """What to do about a file that is there and can be opened, but does not hold what its name says."""

    def __init__(self, path: str, reason: str, advice: str = "check the path and its permissions") -> None:
        super().__init__(f"{path}: cannot be read ({reason}); {advice}")


class EncodingError(InputError):
    """Bytes that are no text in the expected encoding."""

    def __init__(self, path: str, line: int, value: str, advice: str) -> None:
        super().__init__(f"{path}:{line}: {value}; {advice}")
        self.line = line


class TableError(InputError):
    """A table of names that lacks a column or has a broken row."""

    def __init__(self, path: str, line: int, problem: str, advice: str) -> None:
        super().__init__(f"{path}:{line}: {problem}; {advice}")
        self.line = line


class UsageError(ResolveError):
    """A call that cannot be carried out as it is."""


class GazetteerError(UsageError):
    """A gazetteer source that cannot be used."""

    def __init__(self, path: str, line: int, problem: str, advice: str) -> None:
        super().__init__(f"{path}:{line}: {problem}; {advice}" if line else f"{path}: {problem}; {advice}")
        self.line = line


class OutputError(UsageError):
    """A result that cannot be written where it was asked for."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: cannot be written ({reason}); choose another place with -o")


class ResumeError(UsageError):
    """An unfinished result that another input, gazetteer or set of options has begun."""

    def __init__(self, path: str, row: int, problem: str) -> None:
        where = f"{path}: row {row} does not fit" if row else f"{path}: does not fit"
        super().__init__(f"{where} ({problem}); give the same input, gazetteer and options, "
                         "or start anew without --resume")  # fmt: skip


class CompiledError(UsageError):
    """A compiled gazetteer that is damaged, incomplete or of another version."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}; rebuild it from its source with `resolve gazetteer compile`")


class ModelError(UsageError):
    """A file of learned parameters that is damaged, incomplete or of another version."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}; install the package again, or learn it anew with "
                         "`python -m resolve.training.channel`")  # fmt: skip


class UnknownChoiceError(UsageError):
    """A value that is none of the known ones."""

    def __init__(self, what: str, value: str, known: Iterable[str]) -> None:
        super().__init__(f"unknown {what} {value!r}; known are: {', '.join(known)}")
