"""How are columns of names and texts worked out by Apache Spark?

`match_names` and `resolve_text` put the kernels of `resolve.arrow` into ``mapInArrow``. What travels with a task are a few
settings; the compiled gazetteer lies on a path that every node sees, or is shipped once to each executor as an
archive, and is mapped into memory there, so that all Python workers of a machine share its pages.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyspark import SparkFiles
from pyspark.sql.types import (
    ArrayType,
    DataType,
    DoubleType,
    LongType,
    StringType,
    StructField,
    StructType,
)

from resolve.arrow import MENTION, NameKernel, TextKernel, Work, check_names
from resolve.chances import DEFAULT_THRESHOLD
from resolve.errors import CompiledError, TableError, UsageError
from resolve.index import Index, cache_folder, is_compiled, open_index
from resolve.integrations.opened import Gazetteer, opened, pack
from resolve.table import ADDED, CANDIDATES

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

_CANDIDATES = ArrayType(
    StructType([StructField("entity_id", StringType()), StructField("probability", DoubleType())])
)  # fmt: skip
_TYPES: dict[str, DataType] = {
    "start": LongType(), "end": LongType(), "probability": DoubleType(), "bits": DoubleType(), "candidates": _CANDIDATES,
}  # fmt: skip


def _fields(names: Iterable[str]) -> list[StructField]:
    return [StructField(name, _TYPES.get(name, StringType())) for name in names]


ANSWERS = StructType(_fields(ADDED))
"""The columns that `match_names` adds; with a limit above one also ``candidates``."""
MENTIONS = StructType(_fields(MENTION))
"""The columns that `resolve_text` adds; ``start`` and ``end`` count code points of the text, end exclusive."""


def match_names(
    df: DataFrame, column: str, gazetteer: Gazetteer = None, threshold: float = DEFAULT_THRESHOLD, *,
    limit: int = 1, lang: str = "", everywhere: bool = False,
) -> DataFrame:  # fmt: skip
    """Match a column of names.

    Args:
        df: any data frame.
        column: its column of strings; null and empty ones match nothing.
        gazetteer: an open resolver, or the path of a source or compiled directory; the curated default where nothing
            is given. Sources are compiled on the driver.
        threshold: the probability from which a name is resolved.
        limit: with more than one, also a column of so many candidates.
        lang: ISO 639-1 code of the language of the names, where known.
        everywhere: the path is a compiled directory that every node sees; nothing is shipped.

    Returns:
        The rows of the data frame with the columns of `ANSWERS` behind their own. Every row is worked out for itself, so
        partitions, order and retries do not change what is found.

    Raises:
        TableError: there is no such column, or one of the added ones is there already.
        UsageError: the gazetteer cannot be shipped, or is no compiled one where it should be.

    """
    names = [*ADDED, *([CANDIDATES] if limit > 1 else [])]
    _check(df, column, df.columns, names)
    work = _Task(
        Work("names", column, threshold, limit, lang), *_placed(df.sparkSession, gazetteer, threshold, everywhere)
    )
    return df.mapInArrow(work, StructType([*df.schema.fields, *_fields(names)]))


def resolve_text(
    df: DataFrame, column: str, gazetteer: Gazetteer = None, threshold: float = DEFAULT_THRESHOLD, *,
    all: bool = False, everywhere: bool = False,
) -> DataFrame:  # fmt: skip
    """Find the mentions in a column of texts.

    Args:
        df: any data frame; its other columns should say which text a row is.
        column: its column of strings.
        gazetteer: an open resolver, or the path of a source or compiled directory; the curated default where nothing
            is given. Sources are compiled on the driver.
        threshold: the probability from which a mention is resolved.
        all: also give ambiguous and unknown mentions.
        everywhere: the path is a compiled directory that every node sees; nothing is shipped.

    Returns:
        A row for every mention: the columns of its text but the text itself, then those of `MENTIONS`.

    Raises:
        TableError: there is no such column, or one of the added ones is there already.
        UsageError: the gazetteer cannot be shipped, or is no compiled one where it should be.

    """
    kept = [field for field in df.schema.fields if field.name != column]
    _check(df, column, [field.name for field in kept], MENTION)
    work = _Task(Work("texts", column, threshold, all=all), *_placed(df.sparkSession, gazetteer, threshold, everywhere))
    return df.mapInArrow(work, StructType([*kept, *MENTIONS.fields]))


def _check(df: DataFrame, column: str, kept: list[str], added: Iterable[str]) -> None:
    """See on the driver what would fail on every executor."""
    types = {field.name: field.dataType for field in df.schema.fields}
    if column not in types:
        raise TableError("the data frame", 0, f"no column {column!r} among {list(types)}", "choose one of them")
    if not isinstance(types[column], StringType):
        kind = types[column].simpleString()
        raise TableError("the data frame", 0, f"column {column!r} holds {kind}", "cast it to string first")
    check_names(kept, added)


# ---------------------------------------------------------------- the gazetteer's way


def _placed(spark: SparkSession, gazetteer: Gazetteer, threshold: float, everywhere: bool) -> tuple[str, str]:
    """Where executors find the gazetteer: a path, or the name of an archive; and the checksum it must have."""
    if everywhere:
        if not isinstance(gazetteer, (str, os.PathLike)):
            raise UsageError(
                "everywhere=True wants the path of a compiled gazetteer; `resolve gazetteer compile` makes one"
            )
        return f"path:{os.fspath(gazetteer)}", ""
    index = opened(gazetteer, threshold).index
    checksum = str(index.header["checksum"])
    archive = cache_folder() / f"shipped-{checksum}.zip"
    if not archive.exists():
        archive.parent.mkdir(parents=True, exist_ok=True)
        temporary = archive.with_name(f".{secrets.token_hex(4)}.zip")
        try:
            pack(index, temporary)
            temporary.replace(archive)
        finally:
            temporary.unlink(missing_ok=True)
    _ship(spark, archive)
    return f"file:{archive.name}", checksum


def _ship(spark: SparkSession, archive: Path) -> None:
    """Have every executor fetch and unpack the archive once; again does nothing."""
    try:
        context = spark.sparkContext
    except Exception:  # noqa: BLE001 - Spark Connect has no context, and says so in an exception of its own
        raise UsageError(
            "over Spark Connect no gazetteer is shipped; put a compiled one where every node sees it, with everywhere=True"
        ) from None
    if archive.name not in {Path(name).name for name in context.listArchives}:
        context.addArchive(str(archive))


_KERNELS: dict[_Task, NameKernel | TextKernel] = {}
"""What this Python worker has on; workers are used again for later tasks."""


@dataclass(frozen=True)
class _Task:
    """What an executor does, and where it finds the gazetteer; only these settings are pickled."""

    work: Work
    place: str
    checksum: str

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        if self not in _KERNELS:
            _KERNELS[self] = self.work.kernel(self._index())
        return _KERNELS[self](batches)

    def _index(self) -> Index:
        kind, _, name = self.place.partition(":")
        folder = Path(name if kind == "path" else SparkFiles.get(name))
        if kind == "path" and not folder.is_absolute() and not is_compiled(folder):
            # what `--archives` unpacks is in the working directory on YARN, but not where the driver does the work
            folder = Path(SparkFiles.get(name))
        if not is_compiled(folder):
            raise CompiledError(str(folder), "is no compiled gazetteer on this node")
        index = open_index(folder)
        if self.checksum and index.header["checksum"] != self.checksum:
            raise CompiledError(str(folder), "is another gazetteer than the driver's")
        return index
