"""How are columns of names matched and columns of texts searched, wherever they stand?

`match` and `search` do all the work. Two kernels put them between batches of Arrow, and whoever has columns puts on
a kernel: the commands for tables, worker processes, shares of a table, data frames, DuckDB and Spark. They hold one
batch at a time, and each row is worked out for itself, so that it does not matter which process or machine gets which
rows. `Work` is what travels to another process: settings, and the path of a compiled gazetteer. Arrow itself is
needed for batches alone, so that a CSV is read without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from resolve.chances import DEFAULT_THRESHOLD
from resolve.errors import TableError
from resolve.index import Index, open_index
from resolve.model import Document
from resolve.resolver import Resolver, undisturbed
from resolve.table import ADDED, CANDIDATES, Answer, Memo, answer
from resolve.write import FIELDS, record

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 20_000
"""A batch of mentions has at most so many rows more than one document has."""

Source = tuple[str, str]
"""What a text is called, and the text."""


def match(resolver: Resolver, names: Iterable[str], limit: int = 1, lang: str = "") -> list[Answer]:
    """What each of some names means: the one place where names of columns are worked out.

    Args:
        resolver: the open gazetteer.
        names: as they stand in a column; one that comes again is worked out again.
        limit: so many candidates are kept; with one, none.
        lang: ISO 639-1 code of the language of the names, where known.

    >>> from resolve.resolver import open
    >>> [found.entity_id for found in match(open(), ["Тихановская Светлана", ""])]
    ['by-tsikhanouskaya-sviatlana', None]

    """
    with undisturbed():
        return [answer(resolver, name, limit, lang) for name in names]


def search(resolver: Resolver, sources: Iterable[Source], all: bool = False) -> Iterator[Document]:
    """The mentions of each of some texts: the one place where texts of columns and files are worked out.

    Args:
        resolver: the open gazetteer.
        sources: what every text is called, and the text; asked for as they are needed.
        all: also give ambiguous and unknown mentions.

    >>> from resolve.resolver import open
    >>> [[link.text for link in found.links] for found in search(open(), [("a.txt", "Пришёл Дональд Туск.")])]
    [['Дональд Туск']]

    """
    for identifier, text in sources:
        yield resolver.text(text, identifier, all) if text else Document(identifier, text)


def _chosen(batch: pa.RecordBatch, column: str) -> list[str]:
    """The texts of a column; whatever is none counts as empty."""
    place = batch.schema.get_field_index(column)
    if place < 0:
        known = ", ".join(map(repr, batch.schema.names))
        raise TableError("the table", 0, f"no column {column!r} among {known}", "choose one of them")
    return [value if isinstance(value, str) else "" for value in batch.column(place).to_pylist()]


def check_names(names: Sequence[str], added: Iterable[str]) -> None:
    """See that no column is added that is there already.

    Raises:
        TableError: names the column.

    """
    for name in added:
        if name in names:
            raise TableError("the table", 0, f"there is a column {name!r} already", "rename or drop it first")


# ---------------------------------------------------------------- names


@dataclass
class NameKernel:
    """Matches a column of names: every batch comes back with the columns of `answer_fields` behind its own.

    Args:
        resolver: the open gazetteer.
        column: the column of the names.
        limit: so many candidates are written; with one there is no column for them.
        lang: ISO 639-1 code of the language of the names, where known.

    >>> import pyarrow as pa
    >>> from resolve.resolver import open
    >>> rows = pa.record_batch({"name": ["Тихановская Светлана", None]})
    >>> found = next(NameKernel(open(), "name")([rows]))
    >>> found["entity_id"].to_pylist(), found["status"].to_pylist()
    (['by-tsikhanouskaya-sviatlana', None], ['resolved', 'unknown'])

    """

    resolver: Resolver
    column: str
    limit: int = 1
    lang: str = ""
    _memo: Memo = field(default_factory=Memo, repr=False)

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Match batch by batch."""
        for batch in batches:
            check_names(batch.schema.names, (*ADDED, CANDIDATES)[: 4 + (self.limit > 1)])
            yield with_answers(batch, self.answers(_chosen(batch, self.column)), self.limit)

    def answers(self, names: Sequence[str], found: Mapping[str, Answer] | None = None) -> list[Answer]:
        """What names mean; one that was met before is remembered.

        Args:
            names: of some rows.
            found: what another process made of some of them.

        """
        known = dict(found or {})
        asked = [name for name in self.new(names) if name not in known]
        known.update(zip(asked, match(self.resolver, asked, self.limit, self.lang), strict=True))
        answers = []
        for name in names:
            one = known.get(name) or self._memo.get(name)
            if one is None:
                # what was remembered of it had to make room
                (one,) = match(self.resolver, [name], self.limit, self.lang)
            self._memo.put(name, one)
            answers.append(one)
        return answers

    def new(self, names: Iterable[str]) -> list[str]:
        """Those of some names that are not remembered, each once."""
        return [name for name in dict.fromkeys(names) if self._memo.get(name) is None]


def answer_fields(limit: int = 1) -> list[pa.Field]:
    """The columns that are added to names."""
    import pyarrow as pa

    types = (pa.string(), pa.string(), pa.float64(), pa.string())
    fields = [pa.field(name, type) for name, type in zip(ADDED, types, strict=True)]
    return [*fields, pa.field(CANDIDATES, candidates_type())] if limit > 1 else fields


def candidates_type() -> pa.DataType:
    """A list of entity IDs with their probabilities."""
    import pyarrow as pa

    return pa.list_(pa.struct([("entity_id", pa.string()), ("probability", pa.float64())]))


def with_answers(rows: Any, answers: Sequence[Answer], limit: int) -> Any:
    """A table or batch with the columns that are added.

    Args:
        rows: `pyarrow.Table` or `pyarrow.RecordBatch`.
        answers: what was found for every row.
        limit: so many candidates are written.

    """
    import pyarrow as pa

    columns: list[list[Any]] = [[found[i] for found in answers] for i in range(len(ADDED))]
    if limit > 1:
        columns.append([[{"entity_id": id, "probability": p} for id, p in one.candidates] for one in answers])
    for one, values in zip(answer_fields(limit), columns, strict=True):
        rows = rows.append_column(one, pa.array(values, one.type))
    return rows


# ---------------------------------------------------------------- texts


@dataclass
class TextKernel:
    """Finds the mentions in a column of texts: for every mention the other columns of its row, then `mention_fields`.

    Args:
        resolver: the open gazetteer.
        column: the column of the texts, which is not repeated.
        all: also give ambiguous and unknown mentions.

    >>> import pyarrow as pa
    >>> from resolve.resolver import open
    >>> rows = pa.record_batch({"id": [7], "text": ["Вчера Светлана Тихановская говорила."]})
    >>> next(TextKernel(open(), "text")([rows])).select(["id", "start", "end", "text"]).to_pylist()
    [{'id': 7, 'start': 6, 'end': 26, 'text': 'Светлана Тихановская'}]

    """

    resolver: Resolver
    column: str
    all: bool = False

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Search batch by batch; a batch without mentions gives an empty one."""
        for batch in batches:
            texts = _chosen(batch, self.column)
            kept = batch.drop_columns([self.column])
            check_names(kept.schema.names, MENTION)
            rows: list[int] = []
            found: list[dict[str, Any]] = []
            for row, text in enumerate(texts):
                for link in next(search(self.resolver, [("", text)], self.all)).links:
                    rows.append(row)
                    found.append(record("", link))
                if len(rows) >= ROWS:
                    yield _mentions(kept, rows, found)
                    rows, found = [], []
            yield _mentions(kept, rows, found)


MENTION = FIELDS[1:]
"""What is written of a mention, but for the name of its document."""


def mention_fields() -> list[pa.Field]:
    """The columns of a mention; ``start`` and ``end`` count code points."""
    import pyarrow as pa

    types = {"start": pa.int64(), "end": pa.int64(), "probability": pa.float64(), "bits": pa.float64(),
             "candidates": candidates_type()}  # fmt: skip
    return [pa.field(name, types.get(name, pa.string())) for name in MENTION]


def _mentions(kept: pa.RecordBatch, rows: list[int], found: list[dict[str, Any]]) -> pa.RecordBatch:
    """The kept columns of these rows beside what was found."""
    import pyarrow as pa

    fields = mention_fields()
    columns = [pa.array([one[each.name] for one in found], each.type) for each in fields]
    came = kept.take(pa.array(rows, pa.int64())) if kept.num_columns else kept
    return pa.RecordBatch.from_arrays([*came.columns, *columns], schema=pa.schema([*came.schema, *fields]))


# ---------------------------------------------------------------- elsewhere


@dataclass(frozen=True)
class Work:
    """What another process has to know to do the same: settings, less than 1 kB when they are pickled.

    Args:
        kind: ``names`` or ``texts``.
        column: the column of names or texts, for batches.
        threshold: the probability from which a link is resolved.
        limit: of names: so many candidates are written.
        lang: of names: ISO 639-1 code of their language, where known.
        all: of texts: also give ambiguous and unknown mentions.

    """

    kind: str
    column: str = ""
    threshold: float = DEFAULT_THRESHOLD
    limit: int = 1
    lang: str = ""
    all: bool = False

    def kernel(self, index: Index) -> NameKernel | TextKernel:
        """The kernel over a gazetteer that this process has open."""
        resolver = Resolver(index, self.threshold)
        if self.kind == "names":
            return NameKernel(resolver, self.column, self.limit, self.lang)
        return TextKernel(resolver, self.column, self.all)

    def opened(self, folder: str) -> NameKernel | TextKernel:
        """The kernel over a compiled gazetteer.

        Raises:
            CompiledError: there is none, or it is damaged.

        """
        return self.kernel(open_index(folder))
