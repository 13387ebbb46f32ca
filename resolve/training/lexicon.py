"""Learn which words are names of persons anywhere.

    python -m resolve.training.lexicon name_parts.tsv.gz

The source is a TSV file ``entity_id, name, lang, script`` of the spellings of given and family names (the shipped table was
learned from the name items of Wikidata, CC0). Han, kana and Hangul are left out: one or two of their characters spell words.
Writes ``resolve/tables/lexicon.bin``.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable
from pathlib import Path

from resolve.lexicon import SHORTEST, TABLE, fingerprint
from resolve.tables import FOLDER
from resolve.training.spellings import rows

LEFT_OUT = frozenset({"Han", "Katakana", "Hiragana", "Hangul"})


def learn(found: Iterable[dict[str, str]]) -> array[int]:
    """The fingerprints of the names in some rows, sorted.

    >>> len(learn([{"name": "chelsea", "script": "Latin"}, {"name": "Chelsea", "script": "Latin"}]))
    1
    """
    words = {
        row["name"] for row in found
        if row["script"] not in LEFT_OUT and len(row["name"]) >= SHORTEST and row["name"].isalpha()
    }  # fmt: skip
    return array("I", sorted({fingerprint(word) for word in words}))


def main() -> None:
    """Write the table."""
    found = learn(rows(Path(sys.argv[1])))
    if sys.byteorder == "big":
        found.byteswap()
    (FOLDER / TABLE).write_bytes(found.tobytes())
    print(f"{len(found)} words")


if __name__ == "__main__":
    main()
