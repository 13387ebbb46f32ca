"""Where does a reader find the text that offsets count in, where the file is no text?"""

from __future__ import annotations

import json
import re
from pathlib import Path, PurePath

from resolve.documents.mapped import Mapped
from resolve.errors import OutputError

_UNSAFE = re.compile(r"[^\w.-]+")


class Beside:
    """A folder of extracted texts: for each ``NAME.txt`` and ``NAME.map.json``, which says where its parts were.

    The map holds the name of the document, the unit of its offsets, the parts of the source (pages) and ``segments``: from
    the first number of each on, the text runs on in the source from the second.

    Args:
        folder: is made when the first text is saved.

    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._taken: set[str] = set()

    def save(self, id: str, extracted: Mapped) -> None:
        """Write one text and its map.

        Raises:
            OutputError: the folder cannot be written.

        """
        name = self._name(id)
        facts = {
            "doc": id, "text": f"{name}.txt", "offset_unit": "unicode code point",
            "parts": [{"start": start, "name": part} for start, part in extracted.parts],
            "segments": extracted.segments(),
        }  # fmt: skip
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / f"{name}.txt").write_bytes(extracted.text.encode("utf-8", "surrogatepass"))
            (self.folder / f"{name}.map.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
        except OSError as error:
            raise OutputError(str(self.folder), error.strerror or str(error)) from None

    def _name(self, id: str) -> str:
        stem = _UNSAFE.sub("_", PurePath(id).name).strip("._-")[:80] or "text"
        name, number = stem, 1
        while name in self._taken:
            number += 1
            name = f"{stem}-{number}"
        self._taken.add(name)
        return name
