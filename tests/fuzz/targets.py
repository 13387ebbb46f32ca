"""What is fuzzed: every target takes any bytes, and may raise nothing but an error that the package raises on purpose.

``python -m tests.fuzz`` runs one with coverage guidance (atheris); ``test_fuzz.py`` runs all with seeded mutations.
"""

from __future__ import annotations

import json
import struct
import tempfile
from array import array
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import resolve
from resolve import _finder, _shortlist, documents, gazetteer, importers, table
from resolve._kernel import Blocks, Letters, Sounds
from resolve.errors import ResolveError
from resolve.index import Builder, Index, compile_rows, describe, open_index, sampled
from resolve.index.layout import SECTIONS
from resolve.keys import keys
from resolve.model import Row
from resolve.service import decisions, reconcile, requests
from resolve.service.errors import Refused

ROWS = [
    Row("by-babaryka-viktar", "Viktar Babaryka", "en", "name", "person", "m", "banker", "Q1", (("party", "Razam"),)),
    Row("by-babaryka-viktar", "Віктар Бабарыка", "be"),
    Row("by-babaryka-eduard", "Eduard Babaryka", "en"),
    Row("cn", "习近平", "zh"),
    Row("by-org-council", "Coordination Council", "en", "name", "organization"),
    Row("by-org-council", "the Council", "en", "weak"),
]
TEXT = "Yesterday Віктар Бабарыка met Eduard Babaryka at the Coordination Council; 习近平 came too."
LONGEST = 4000
"""So many bytes of an input are used."""


@cache
def folder() -> Path:
    """A folder for this process."""
    return Path(tempfile.mkdtemp(prefix="onomast-fuzz-"))


@cache
def resolver() -> resolve.Resolver:
    """A small gazetteer, open."""
    compile_rows(ROWS, folder() / "small")
    return resolve.open(folder() / "small")


@cache
def whole() -> tuple[dict[str, Any], bytes]:
    """Its header and its data file."""
    index = resolver().index
    return index.header, (index.folder / str(index.header["data"])).read_bytes()


def stored(name: str, data: bytes) -> Path:
    """A file with these bytes."""
    path = folder() / name
    path.write_bytes(data)
    return path


def decoded(data: bytes) -> str:
    """Any text: halves of surrogate pairs too."""
    return data.decode("utf-8", "surrogateescape")


# ---------------------------------------------------------------- text and names


def text(data: bytes) -> None:
    """The mention finder and the decisions: every mention is the text at its place."""
    found = decoded(data[:LONGEST])
    for link in resolver().text(found, all=True).links:
        assert found[link.start : link.end] == link.text
        assert link.text


def names(data: bytes) -> None:
    """Matching, comparing and romanising a name, and a second one behind a line end."""
    left, _, right = decoded(data[:LONGEST]).partition("\n")
    resolver().match(left, limit=3)
    there, back = resolve.compare(left, right), resolve.compare(right, left)
    assert abs(there.bits - back.bits) < 1e-6
    resolve.romanize(left)
    for word in left.split()[:9]:
        keys(word)


def readers(data: bytes) -> None:
    """Documents of every kind, by the first byte."""
    kinds = ("a.txt", "a.html", "a.eml", "a.docx", "a.txt.gz", "a.html.zst")
    kind = kinds[data[0] % len(kinds)] if data else "a.txt"
    encoding = (None, "utf-16", "windows-1251", "utf-7")[data[1] % 4] if len(data) > 1 else None
    if kind.endswith((".gz", ".zst")):
        for source in documents.read(str(stored(kind, data[2:])), encoding):
            resolver().text(source.text[:LONGEST])
    else:
        resolver().text(documents.one(kind, data[2:], encoding).text[:LONGEST])


# ---------------------------------------------------------------- tables, gazetteers, files of other programs


def tables(data: bytes) -> None:
    """Tables of names."""
    kinds = ("t.csv", "t.tsv", "t.jsonl", "t.csv.gz", "t.parquet")
    path = stored(kinds[data[0] % len(kinds)] if data else "t.csv", data[1:])
    source = table.read(str(path), "name", tabular=bool(len(data) % 2))
    try:
        for _ in source.chunks:
            pass
    finally:
        source.close()


def sources(data: bytes) -> None:
    """Sources of gazetteers."""
    kinds = ("g.csv", "g.tsv", "g.jsonl", "g.txt", "g.json", "g.ttl", "g.csv.gz")
    path = stored(kinds[data[0] % len(kinds)] if data else "g.csv", data[1:])
    for problem in gazetteer.check([path]):
        assert str(problem)


def imports(data: bytes) -> None:
    """Files of other programs."""
    kind = sorted(importers.FORMATS)[data[0] % len(importers.FORMATS)] if data else "plain"
    said: list[str] = []
    found = importers.Import([stored("import.bin", data[1:])], kind, skip=lambda skip: said.append(str(skip)))
    for _ in importers.to_csv(found):
        pass


# ---------------------------------------------------------------- compiled gazetteers

PATCH = struct.Struct("<BHIB")
"""Which section, where in it, the number written there, and how often on."""


def patched(data: bytes) -> tuple[dict[str, Any], bytes]:
    """The gazetteer with numbers written over others: a header that is as it was, a data file that is not."""
    header, file = whole()
    changed, sections = bytearray(file), sorted(SECTIONS)
    for patch in range(0, min(len(data), LONGEST) - PATCH.size + 1, PATCH.size):
        which, place, value, times = PATCH.unpack_from(data, patch)
        name = sections[which % len(sections)]
        start, size = header["sections"][name]
        width = {"B": 1, "I": 4, "f": 4, "Q": 8}[SECTIONS[name]]
        cells = size // width
        if cells:
            blob = (value if value < 1 << 31 else value | ~0xFFFFFFFF & (1 << 64) - 1).to_bytes(8, "little")[:width]
            first = place % cells
            many = min(1 + times % 16, cells - first)
            changed[start + first * width : start + (first + many) * width] = blob * many
    return header, bytes(changed)


def exercised(index: Index) -> None:
    """Use all of a gazetteer; every part on its own, so that damage in one hides none in another."""
    each: list[Callable[[], Any]] = [
        lambda: describe(index),
        lambda: [index.names_of(i) for i in range(len(index))],
        lambda: [index.name(i) for i in range(index.names)],
        lambda: resolve.Resolver(index).match("Viktar Babaryka"),
        lambda: resolve.Resolver(index).match("习近平"),
        lambda: resolve.Resolver(index).text(TEXT, all=True),
        lambda: resolve.Resolver(index).entity("by-babaryka-eduard", "Eduard Babaryka"),
        lambda: Builder(index).add(ROWS[0]),
    ]
    for use in each:
        with suppress(ResolveError):
            use()


def data_file(data: bytes) -> None:
    """A data file with any numbers in it."""
    header, file = patched(data)
    exercised(Index(Path("damaged"), header, memoryview(file)))


def header(data: bytes) -> None:
    """A header with any fields in it: those of a JSON object take the place of the sound ones."""
    found, file = whole()
    place = folder() / "header"
    place.mkdir(exist_ok=True)
    (place / str(found["data"])).write_bytes(file)
    try:
        changed = json.loads(data)
        # as somebody writes it who knows what opening looks at
        forged = (
            {**found, **changed, "sample": sampled({**found, **changed}, file)} if isinstance(changed, dict) else {}
        )
        written = json.dumps(forged) if forged else decoded(data)
    except (ValueError, RecursionError):
        written = decoded(data)
    (place / "header.json").write_bytes(written.encode("utf-8", "surrogateescape"))
    exercised(open_index(place))


# ---------------------------------------------------------------- the kernels


def numbers(data: bytes) -> Iterator[array[int]]:
    """Arrays of numbers of 32 bits: each begins with how many it has, mostly small ones."""
    place = 0
    while place < len(data):
        size = data[place] % 24
        cells = data[place + 1 : place + 1 + size]
        yield array("I", (0xFFFFFFFF if cell == 0xFF else 0x7FFFFFFF if cell == 0xFE else cell for cell in cells))
        place += 1 + size
    while True:
        yield array("I")


def kernels(data: bytes) -> None:
    """The compiled kernels, given any arrays that their doors let in."""
    parts = numbers(data[:LONGEST])
    starts, tokens, posting_starts, postings, asked, others = (next(parts) for _ in range(6))
    roles = bytes(number & 7 for number in tokens)
    bits, floats = bytes(number & 0xFF for number in next(parts)), array("f", next(parts))
    with suppress(ValueError):
        found = _finder.Names(starts, tokens, roles, posting_starts, postings, b"\1\1\0\1")
        found.both(asked, others)
        found.beside(asked)
        found.meant(asked, 2, any_surname=bool(len(asked) % 2))
    with suppress(ValueError):
        listed = _shortlist.Names(postings, posting_starts, tokens, starts, roles, b"\0\1\2\3")
        listed.shared(asked)
        worth = array("f", [1.0]) * len(asked)
        ends = array("i", sorted(number & 0xFF for number in others))
        listed.best(asked, worth, worth, ends, bytes(len(ends)), b"\1" * len(ends), -8.0, -8.0, 9)
    with suppress(ValueError):
        _shortlist.slips(bits, bytes(number & 0xFF for number in tokens), starts, asked)
    with suppress(ValueError):
        blocks = Blocks(9, 9, bytes(b % 9 for b in bits[: len(floats) * 6]), floats)
        blocks.bits(bits, bytes(number & 0xFF for number in tokens))
        out = array("d", bytes(8 * len(asked)))
        blocks.against(bits, True, False, bytes(number & 0xFF for number in tokens), starts, asked, out)
        Letters(4, array("f", bytes(64)), array("f", bytes(64)), bits, floats).bits(bits)
    with suppress(ValueError):
        Sounds([(decoded(bits),)]).apart(Sounds([(decoded(roles),)]), 1.0, 1.0, 1.0)


# ---------------------------------------------------------------- the service


def service(data: bytes) -> None:
    """What a request holds."""
    found = requests.parsed(data)
    for field in (
        requests.lang,
        lambda it: requests.text(it, "text", 100),
        lambda it: requests.number(it, "limit", 5, 1, 9),
    ):
        with suppress(Refused):
            field(found if isinstance(found, dict) else {})
    for query in (reconcile._query, reconcile._query_draft):
        with suppress(Refused):
            query(found, 100)


def ledger(data: bytes) -> None:
    """A file of decisions that something happened to: what is whole of it stays, and goes on."""
    path = stored("decided.csv", data)
    kept = decisions.Ledger(path)
    try:
        before = list(kept.rows)
        kept.add([decisions.Decided("a", "Ivan Petrov", "alias")])
    finally:
        kept.close()
    again = decisions.Ledger(path)
    again.close()
    assert [row.name for row in again.rows] == [*(row.name for row in before), "Ivan Petrov"]


def _csv(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


TARGETS: dict[str, tuple[Callable[[bytes], None], list[bytes]]] = {
    "text": (text, [TEXT.encode(), "Viktar and Eduard Babaryka’s; С. Е. Нарышкин. #ViktarBabaryka @babaryka".encode()]),
    "names": (names, ["Viktar Babaryka\nБабарыка, Віктар".encode(), "习近平\nXi Jinping".encode(), b"V. (Viktar) Babaryka / x\nMr van der O'Neil-Smith Jr."]),
    "readers": (readers, [b"\0\0" + TEXT.encode(), b"\1\0<p>Viktar <b>Babaryka</b>&#1041;<table><tr><td>x", b"\2\0Subject: Viktar Babaryka\nContent-Type: text/html; charset=utf-8\n\n<p>x"]),
    "tables": (tables, [b"\0" + _csv("id,name", "1,Viktar Babaryka", '2,"a\nb"'), b"\2" + _csv('{"name": "Viktar", "n": [1, {}]}')]),
    "sources": (sources, [b"\0" + _csv("id,name,kind,type", "a,Viktar Babaryka,name,person", "a,Babaryka,weak,"), b"\2" + _csv('{"id": "a", "name": "Viktar", "aliases": [{"name": "V", "lang": "be"}, "x"]}'), b"\3" + _csv("Viktar")]),
    "imports": (imports, [bytes([kind]) + _csv('{"id": "Q1", "schema": "Person", "labels": {"en": {"value": "x"}}, "properties": {"name": ["Viktar"]}}', "1\tMinsk\tMinsk\tМінск", '@prefix skos: <x> . <a> skos:prefLabel "b"@en .') for kind in range(12)]),
    "data_file": (data_file, [PATCH.pack(which, place, value, times) for which in range(26) for place, value, times in ((0, 0xFFFFFFFF, 15), (1, 0, 0))]),
    "header": (header, [b"{}", b'{"langs": 5, "scripts": null}', b'{"entities": "2", "sections": {"keys": [0, 8]}}', b'{"readings": {"pinyin": {"a": [1]}}}', b'{"data": "header.json", "size": true}']),
    "kernels": (kernels, [b"\5\0\2\4\5\xff\5\0\1\1\0\2\4\0\1\3\5\5\0\1\2\3\4\3\0\1\xff\3\0\1\2", bytes(range(200))]),
    "service": (service, [b'{"query": "x", "limit": 5, "type": ["a"], "properties": [{"pid": "a", "v": "b"}]}', b'{"conditions": [{"matchType": "name", "v": "x"}], "lang": "be", "text": "a"}']),
    "ledger": (ledger, [_csv("id,name,lang,kind,decided", "a,Ivan,,alias,2025-01-01T00:00:00.000000Z"), _csv("id,name,lang,kind,decided") + b'a,"Iv']),
}  # fmt: skip
"""Every target with the inputs that it begins with."""


def run(name: str, data: bytes) -> None:
    """Give bytes to a target."""
    with suppress(ResolveError, Refused):
        TARGETS[name][0](data)
