"""How is a pandas column matched? Importing this module gives every series the accessor ``resolve``.

>>> import pandas as pd
>>> import resolve.integrations.pandas
>>> names = pd.Series(["Светлана Тихановская", None], index=["a", "b"])
>>> names.resolve.match()["entity_id"].tolist()
['by-tsikhanouskaya-sviatlana', nan]
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from resolve.arrow import NameKernel, search
from resolve.integrations.opened import Gazetteer, opened
from resolve.table import ADDED, CANDIDATES
from resolve.write import FIELDS, record


@pd.api.extensions.register_series_accessor("resolve")
class ResolveAccessor:
    """What a series of texts can ask; missing values match nothing.

    Args:
        series: of dtype ``str``, ``object``, ``category`` or Arrow's strings.

    Raises:
        AttributeError: the series holds no texts.

    """

    def __init__(self, series: pd.Series[Any]) -> None:
        kind = pd.api.types.infer_dtype(series, skipna=True)
        if kind not in {"string", "empty", "categorical", "mixed"}:
            raise AttributeError(f".resolve is for texts, and this series holds {kind}")
        self._series = series

    def match(
        self, gazetteer: Gazetteer = None, threshold: float | None = None, lang: str = "", limit: int = 1
    ) -> pd.DataFrame:
        """Match every value as a name.

        Args:
            gazetteer: an open resolver or a path; the curated default where nothing is given.
            threshold: the probability from which a link is resolved.
            lang: ISO 639-1 code of the language of the names, where known.
            limit: with more than one, also a column of so many candidates.

        Returns:
            A data frame with the index of the series and the columns entity_id, entity_name, probability and
            status (and candidates), backed by Arrow where the series is.

        """
        found = NameKernel(opened(gazetteer, threshold), "", limit, lang).answers(self._texts())
        columns: dict[str, Any] = {
            name: pd.Series([one[i] for one in found], self._series.index, dtype="float64" if i == 2 else "str")
            for i, name in enumerate(ADDED)
        }
        if limit > 1:
            listed = [[{"entity_id": id, "probability": p} for id, p in one.candidates] for one in found]
            columns[CANDIDATES] = pd.Series(listed, self._series.index, dtype="object")
        return self._backed(pd.DataFrame(columns, index=self._series.index))

    def text(self, gazetteer: Gazetteer = None, threshold: float | None = None, all: bool = False) -> pd.DataFrame:
        """Find the mentions in every value as a text.

        Args:
            gazetteer: an open resolver or a path; the curated default where nothing is given.
            threshold: the probability from which a link is resolved.
            all: also give ambiguous and unknown mentions.

        Returns:
            A data frame with a row for each mention under the index of its text, and the columns start, end (in code
            points), text, entity_id, name, type, probability, bits, status, scheme and candidates.

        """
        resolver = opened(gazetteer, threshold)
        rows: list[dict[str, Any]] = []
        places: list[int] = []
        for place, document in enumerate(search(resolver, (("", text) for text in self._texts()), all)):
            for link in document.links:
                rows.append(record("", link))
                places.append(place)
        types = {"start": "int64", "end": "int64", "probability": "float64", "bits": "float64", "candidates": "object"}
        index = self._series.index[places] if places else self._series.index[:0]
        columns = {
            name: pd.Series([row[name] for row in rows], index, dtype=types.get(name, "str")) for name in FIELDS[1:]
        }
        return self._backed(pd.DataFrame(columns, index=index))

    def _texts(self) -> list[str]:
        return [value if isinstance(value, str) else "" for value in self._series.tolist()]

    def _backed(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame backed by Arrow where the series is an Arrow array that was asked for."""
        return frame.convert_dtypes(dtype_backend="pyarrow") if isinstance(self._series.dtype, pd.ArrowDtype) else frame
