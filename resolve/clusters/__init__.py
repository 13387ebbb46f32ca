"""Which spellings of a column of names are one person's, where no gazetteer says who there is?

`pairs` says how likely two names are one person's, `partition` which groups that makes of them, `grouping` does both for
a column, and `table` reads and writes its rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from resolve.clusters.grouping import THRESHOLD, Member, group

if TYPE_CHECKING:
    import pandas as pd


def cluster(
    names: Iterable[str | None], threshold: float = THRESHOLD, lang: str = "", workers: int = 1
) -> pd.DataFrame:
    """Group the spellings of persons' names by whose they are, without a gazetteer.

    Args:
        names: any number of names; None and empty ones are nobody's.
        threshold: the probability from which names are taken for one person's, above 0 and below 1.
        lang: ISO 639-1 code of the language they are written in, where known.
        workers: so many processes share the work; the result is the same.

    Returns:
        A data frame with one row per name in the order given: ``name``; ``cluster``, an ID that is the same whatever
        the order of the names; ``cluster_name``, the spelling that stands for the cluster; ``probability`` that the
        name is in the right one.

    Raises:
        UsageError: the threshold is no probability.

    >>> found = cluster(["Виктор Бабарико", "Viktar Babaryka", "Eduard Babaryka", "Бабарыка Віктар"])
    >>> list(found["cluster"])
    ['viktar-babaryka', 'viktar-babaryka', 'eduard-babaryka', 'viktar-babaryka']

    """
    import pandas as pd

    asked = list(names)
    found = group((name for name in asked if isinstance(name, str)), threshold, lang, workers)
    rows = [found.get(name) if isinstance(name, str) else None for name in asked]
    return pd.DataFrame(
        {
            "name": asked,
            "cluster": [row.cluster if row else None for row in rows],
            "cluster_name": [row.name if row else None for row in rows],
            "probability": [row.probability if row else 0.0 for row in rows],
        }
    )


__all__ = ["Member", "cluster", "group"]
