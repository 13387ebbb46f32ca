"""How is a Polars column matched? Importing this module gives every expression the namespace ``resolve``.

>>> import polars as pl
>>> import resolve.integrations.polars
>>> frame = pl.DataFrame({"name": ["Светлана Тихановская", None]})
>>> frame.select(pl.col("name").resolve.match().struct.field("entity_id")).to_series().to_list()
['by-tsikhanouskaya-sviatlana', None]
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from resolve.arrow import match, search
from resolve.integrations.opened import Gazetteer, opened
from resolve.table import ADDED
from resolve.write import FIELDS, record

ANSWER = pl.Struct({name: pl.Float64 if name == "probability" else pl.String for name in ADDED})
"""What `ResolveExpr.match` gives for every value."""
_CANDIDATE = pl.Struct({"entity_id": pl.String, "probability": pl.Float64})
_TYPES: dict[str, pl.DataType | type[pl.DataType]] = {
    "start": pl.Int64, "end": pl.Int64, "probability": pl.Float64, "bits": pl.Float64, "candidates": pl.List(_CANDIDATE),
}  # fmt: skip
MENTIONS = pl.List(pl.Struct({name: _TYPES.get(name, pl.String) for name in FIELDS[1:]}))
"""What `ResolveExpr.text` gives for every value."""


@pl.api.register_expr_namespace("resolve")
class ResolveExpr:
    """What an expression of texts can ask; works in eager, lazy and streaming queries. Null gives null."""

    def __init__(self, expression: pl.Expr) -> None:
        self._expression = expression

    def match(self, gazetteer: Gazetteer = None, threshold: float | None = None, lang: str = "") -> pl.Expr:
        """Match every value as a name.

        Args:
            gazetteer: an open resolver or a path; the curated default where nothing is given.
            threshold: the probability from which a link is resolved.
            lang: ISO 639-1 code of the language of the names, where known.

        Returns:
            An expression of structs with entity_id, entity_name, probability and status (`ANSWER`).

        """
        resolver = opened(gazetteer, threshold)

        def one(name: str) -> dict[str, object]:
            (found,) = match(resolver, [name], 1, lang)
            return dict(zip(ADDED, found[:4], strict=True))

        return self._mapped(one, ANSWER)

    def text(self, gazetteer: Gazetteer = None, threshold: float | None = None, all: bool = False) -> pl.Expr:
        """Find the mentions in every value as a text.

        Args:
            gazetteer: an open resolver or a path; the curated default where nothing is given.
            threshold: the probability from which a link is resolved.
            all: also give ambiguous and unknown mentions.

        Returns:
            An expression of lists of structs (`MENTIONS`), to be exploded and unnested; offsets count code points.

        """
        resolver = opened(gazetteer, threshold)

        def one(text: str) -> list[dict[str, object]]:
            (document,) = search(resolver, [("", text)], all)
            found = [record("", link) for link in document.links]
            return [{name: row[name] for name in FIELDS[1:]} for row in found]

        return self._mapped(one, MENTIONS)

    def _mapped(self, one: Callable[[str], object], dtype: pl.DataType) -> pl.Expr:
        def mapped(series: pl.Series) -> pl.Series:
            texts = series.cast(pl.String).to_list()
            known = {text: one(text) for text in dict.fromkeys(texts) if text is not None}
            return pl.Series(series.name, [None if text is None else known[text] for text in texts], dtype)

        return self._expression.map_batches(mapped, return_dtype=dtype, is_elementwise=True)
