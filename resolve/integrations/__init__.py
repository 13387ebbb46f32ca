"""How is the toolkit used in people's own code: pandas, Polars, DuckDB, spaCy, Spark?

Each module needs its own extra (``pip install 'onomast[pandas]'`` and so on) and is loaded only by those who import it.
"""

from __future__ import annotations
