"""Which sections does the data file have, how are they written, and what decides what stands in them?"""

from __future__ import annotations

import hashlib
import json
import mmap
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from resolve import tables
from resolve.model import Role
from resolve.multigram import checksums

FORMAT = "onomast-gazetteer"
VERSION = 4
MAX_LANGS = 255
"""Names in more languages than a byte can number keep no language."""

MAX_READINGS = 5000
"""The readings of so many Han words are kept with a gazetteer."""

SAMPLES, SAMPLE = 64, 16384
"""So many blocks of so many bytes of the data file are looked at when it is opened: all of one of a megabyte."""

HEADER = "header.json"
ROLES: tuple[Role, ...] = get_args(Role)
KINDS = bytes({"given": 1, "initial": 1, "surname": 2, "patronymic": 0, "unknown": 0}.get(role, 3) for role in ROLES)
"""What the roles are for `Names`."""
WORD = ROLES.index("word")


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """A hash of what decides how tokens are cleaned, read and filed; an index of another is refused."""
    digest = hashlib.sha256(str(VERSION).encode())
    folder = Path(__file__).parent.parent
    rooms = (
        "text", "indic", "letters", "toponyms", "renowned", "japanese", "korean", "latin", "multigram", "respelling", "attested", "endings", "given", "regnal", "arabic", "names", "bodies",
        "readings", "rewrite", "romanize", "channel", "keys", "index/layout", "index/forms", "index/worked", "index/build",
    )  # fmt: skip
    sources = [folder / f"{room}.py" for room in rooms]
    known = (path for path in sorted(tables.FOLDER.rglob("*.tsv")) if path.name != "weights.tsv")
    for path in [*sources, *known]:
        digest.update(path.read_bytes())
    for path in sorted(tables.FOLDER.glob("channel*.bin")):
        digest.update(checksums(path))
    return digest.hexdigest()[:16]


def sampled(header: dict[str, Any], data: mmap.mmap | bytes) -> str:
    """A hash over the header and over blocks of the data file, from its first byte to its last (BLAKE2b, 128 bits).

    It is quick whatever the size of the file, and tells a file that was cut, filled up, overwritten by another or damaged
    over a 64th of its length. A single bit of a file of more than a megabyte it may miss; `Index.verify` does not.

    >>> sampled({"size": 3}, b"abc") == sampled({"size": 3, "sample": "itself left out"}, b"abc")
    True
    >>> sampled({"size": 3}, b"abc") == sampled({"size": 3}, b"abd")
    False
    """
    said = {name: value for name, value in header.items() if name != "sample"}
    digest = hashlib.blake2b(json.dumps(said, sort_keys=True).encode(), digest_size=16)
    blocks = _blocks(len(data))
    if isinstance(data, mmap.mmap) and hasattr(data, "madvise"):
        # all blocks are fetched at once and nothing around them: a hundredth of the time where the file is not in memory
        data.madvise(mmap.MADV_RANDOM)
        for start, end in blocks:
            data.madvise(mmap.MADV_WILLNEED, start, end - start)
        data.madvise(mmap.MADV_NORMAL)
    for start, end in blocks:
        digest.update(data[start:end])
    if isinstance(data, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        # the system may have mapped two megabytes around every block: what was looked at once need not stay
        data.madvise(mmap.MADV_DONTNEED)
    return digest.hexdigest()


def _blocks(size: int) -> list[tuple[int, int]]:
    """Where the blocks of a file begin, which pages can, and where they end; the last ends with the file."""
    last = max(size - SAMPLE, 0)
    starts = sorted({last * i // (SAMPLES - 1) // SAMPLE * SAMPLE for i in range(SAMPLES)})
    return [(start, min(start + SAMPLE, size) if start < starts[-1] else size) for start in starts]


def key_hash(key: str) -> int:
    """The 64-bit hash under which a key is filed (BLAKE2b)."""
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


SECTIONS = {
    "entities": "B", "entities@": "Q", "names": "B", "names@": "Q", "name_entity": "I", "name_kind": "B",
    "name_lang": "B", "entity_names": "I", "entity_names@": "I", "name_tokens": "I", "name_tokens@": "I", "name_roles": "B", "tokens": "B", "tokens@": "Q",
    "token_entities": "I", "letters": "B", "letters@": "I", "letter_script": "B", "letter_kind": "B", "letter_bits": "f", "letter_self": "f", "spellings@": "I", "postings": "I", "postings@": "I", "keys": "Q", "key_tokens": "I", "key_tokens@": "I",
}  # fmt: skip
