"""Bad files and values, each with what is expected of it: a result, or an error that names what is wrong where.

A case is what the file is called, what it holds, the exit code, and what the error has to say; of a text also the
mentions that are found in spite of it.
"""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from dataclasses import dataclass

WHO = "Вчера Viktar Babaryka молчал."
"""A text with one mention."""
NAME = "Viktar Babaryka"
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


@dataclass(frozen=True)
class Case:
    """A file, and what is expected of it.

    Args:
        name: what it is called.
        data: what it holds.
        code: the exit code.
        says: what standard error has to hold, each piece.
        finds: what standard output has to hold, each piece.
        options: further options of the command.

    """

    name: str
    data: bytes
    code: int = 0
    says: tuple[str, ...] = ()
    finds: tuple[str, ...] = ()
    options: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}-{self.data[:24]!r}-{' '.join(self.options)}"


def packed(data: bytes) -> bytes:
    """The same in a .gz without a date."""
    return gzip.compress(data, mtime=0)


def archive(*members: tuple[str, bytes]) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as whole:
        for name, data in members:
            whole.writestr(name, data)
    return out.getvalue()


# ---------------------------------------------------------------- texts

ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic", "utf-8-sig", "utf-7", "gb18030", "big5", "shift_jis", "euc-jp")  # fmt: skip
NO_TEXT_CODECS = ("hex", "base64", "rot13", "undefined", "klingon", "a\0b", "\N{CYRILLIC SMALL LETTER A}")  # fmt: skip
GOOD = WHO.encode()
NOT_UTF8 = (
    b"\xff", b"\xfe", b"\xc3", b"\xc3\x28", b"\xa0\xa1", b"\xe2\x28\xa1", b"\xe2\x82", b"\xf0\x28\x8c\xbc", b"\xf0\x90\x28\xbc",
    b"\xf8\xa1\xa1\xa1\xa1", b"\xc0\xaf", b"\xe0\x80\xaf", b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xf4\x90\x80\x80", b"\x80", b"\xef\xbb",
)  # fmt: skip
"""Broken sequences, too long ones, halves of surrogate pairs, and what lies beyond Unicode."""
BETWEEN = (
    "", BOM, BOM * 3, "\r\n\r\n", "\r", "\x0b", "\x0c", "\x85", "\N{LINE SEPARATOR}", "\N{ZERO WIDTH JOINER}", "\N{RIGHT-TO-LEFT MARK}",
    "\N{RIGHT-TO-LEFT OVERRIDE}", "\N{LEFT-TO-RIGHT ISOLATE}", "\N{COMBINING ACUTE ACCENT}" * 50, "\N{OBJECT REPLACEMENT CHARACTER}", "\N{REPLACEMENT CHARACTER}",
    "\U0010ffff", "\ue000", "😀" * 20, "\N{TAG LATIN SMALL LETTER A}" * 9, "<script>", "&amp;", "%s%n", "{0}", "\\u0000", "'; DROP TABLE", "=1+1", "\x1b[2J", "\x07",
)  # fmt: skip
"""What may stand before a mention without hiding it."""

TEXTS: list[Case] = [
    *(Case(f"{encoding}.txt", WHO.encode(encoding), 0, finds=(NAME,), options=("--encoding", encoding)) for encoding in ENCODINGS[:12]),
    *(Case(f"not-{encoding}.txt", WHO.encode(encoding), 1, (f"not-{encoding}.txt:1: ", "--encoding")) for encoding in ENCODINGS[:9] if encoding != "utf-8-sig"),
    *(Case("codec.txt", GOOD, 1, ("codec.txt:1: ", "unknown encoding"), options=("--encoding", codec)) for codec in NO_TEXT_CODECS),
    *(Case("codec.txt", GOOD, 1, ("codec.txt:1: bytes d0", f"are not {codec}"), options=("--encoding", codec)) for codec in ("ascii", "idna", "punycode")),
    *(Case("broken.txt", GOOD + b"\n" + bad + b"\n", 1, ("broken.txt:2: bytes ", "are not utf-8", "--encoding")) for bad in NOT_UTF8),
    *(Case("between.txt", f"{what}\n{WHO}".encode(), 0, finds=(NAME,)) for what in BETWEEN),
    Case("empty.txt", b""),
    Case("blank.txt", b" \n\t\r\n"),
    Case("nul.txt", b"a\n\0", 1, ("nul.txt:2: ", "NUL")),
    Case("photo.txt", b"\x89PNG\r\n\x1a\n\0\0", 1, ("photo.txt: cannot be read", "a picture", "recognise its text")),
    Case("mislabelled.gz", GOOD, 1, ("mislabelled.gz: cannot be read", "gzip")),
    Case("cut.txt.gz", packed(GOOD)[:-9], 1, ("cut.txt.gz: cannot be read",)),
    Case("flipped.txt.gz", packed(GOOD)[:14] + b"\0\1" + packed(GOOD)[16:], 1, ("flipped.txt.gz: cannot be read",)),
    Case("twice.txt.gz", packed(GOOD) + packed(GOOD), 0, finds=(NAME,)),
    Case("tail.txt.gz", packed(GOOD) + b"tail", 1, ("tail.txt.gz: cannot be read",)),
    Case("packed-without-saying-so.txt", packed(GOOD), 1, ("cannot be read", "packed with gzip", "unpack it")),
    Case("packed-twice.txt.gz", packed(packed(GOOD)), 1, ("cannot be read", "packed with gzip", "unpack it")),
    Case("mislabelled.zst", GOOD, 1, ("mislabelled.zst",)),
    Case("mislabelled.zip", GOOD, 1, ("mislabelled.zip", "archive")),
    Case("cut.zip", archive(("a.txt", GOOD))[:-30], 1, ("cut.zip", "archive")),
    Case("bomb-name.zip", archive(("../../a.txt", GOOD)), 0, finds=(NAME,)),
    Case("one-bad.zip", archive(("a.txt", b"\xff"), ("b.txt", GOOD)), 1, ("one-bad.zip/a.txt:1: ",), (NAME,)),
    Case("in-archives.zip", archive(("b.zip", archive(("a.txt", GOOD)))), 0),
    Case("mislabelled.pdf", GOOD, 1, ("mislabelled.pdf",)),
    Case("cut.pdf", b"%PDF-1.7\n1 0 obj<<", 1, ("cut.pdf",)),
    Case("mislabelled.docx", GOOD, 1, ("mislabelled.docx",)),
    Case("no-word.docx", archive(("a.txt", GOOD)), 1, ("no-word.docx",)),
    Case("unclosed.html", f"<p><b><i>{WHO}<table><tr><td".encode(), 0, finds=(NAME,)),
    Case("deep.html", b"<div>" * 5000 + GOOD, 0, finds=(NAME,)),
    Case("entities.html", f"<p>{WHO}&#0;&#xD800;&#1114112;&#99999999999;&bogus;".encode(), 0, finds=(NAME,)),
    Case("declared.html", f'<meta charset="klingon"><p>{WHO}'.encode(), 1, ("declared.html",)),
    Case("cdata.html", f"<![CDATA[{WHO}]]><!-- {NAME} --><p>{WHO}".encode(), 0, finds=(NAME,)),
    Case("no-mail.eml", b"\0\1", 0),
    Case("mail.eml", f"Content-Type: text/plain; charset=bogus\n\n{WHO}".encode(), 1, ("mail.eml",)),
    Case("mail-cut.eml", b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\n" + GOOD, 0, finds=(NAME,)),
    Case("no-column.csv", b"name\nx\n", 1, ("no-column.csv:1: no column 'text'",)),
    Case("mislabelled.parquet", GOOD, 1, ("mislabelled.parquet",)),
]  # fmt: skip

# ---------------------------------------------------------------- tables of names


def table(*lines: str) -> bytes:
    """A table of these lines."""
    return "".join(f"{line}\n" for line in lines).encode()


TABLES: list[Case] = [
    Case("empty.csv", b"", 1, ("empty.csv:1: ", "empty")),
    Case("bom-only.csv", BOM.encode(), 1, ("bom-only.csv:1: ",)),
    Case("header-only.csv", table("name")),
    Case("blank-lines.csv", table("name", "", NAME, ""), 0, finds=(NAME,)),
    Case("no-name.csv", table("id,nom", "1,x"), 1, ("no-name.csv:1: no column 'name'", "'nom'")),
    Case("case.csv", table("Name", NAME), 1, ("case.csv:1: no column 'name'", "'Name'")),
    Case("doubled.csv", table("name,name", "a,b"), 1, ("doubled.csv:1: column 'name' stands twice",)),
    Case("clash.csv", table("name,status", "a,b"), 1, ("clash.csv:1: ", "'status'")),
    Case("short.csv", table("name,note", NAME, f"{NAME},x"), 1, ("short.csv:2: 1 fields where the header has 2",), (NAME,)),
    Case("long.csv", table("name,note", "a,b,c", f"{NAME},x"), 1, ("long.csv:2: 3 fields where the header has 2",), (NAME,)),
    Case("stray.csv", table("name,note", f'{NAME},a "stray" one'), 0, finds=(NAME,)),
    Case("open-quote.csv", table("name,note", f"{NAME},x", '"never closed,y', "z,z"), 1, ("open-quote.csv:3: ",), (NAME,)),
    Case("behind-quote.csv", table("name,note", f'"{NAME}"x,y'), 0),
    Case("semicolons.csv", table("id;name", f"1;{NAME}"), 1, ("semicolons.csv:1: no column 'name'", "'id;name'")),
    Case("tabs.csv", table("id\tname", f"1\t{NAME}"), 1, ("tabs.csv:1: no column 'name'",)),
    Case("commas.tsv", table("id,name", f"1,{NAME}"), 1, ("commas.tsv:1: no column 'name'",)),
    Case("old-mac.csv", f"name\r{NAME}\r".encode(), 0, finds=(NAME,)),
    Case("crlf.csv", f"name\r\n{NAME}\r\n".encode(), 0, finds=(NAME,)),
    Case("bom.csv", f"{BOM}name\n{NAME}\n".encode(), 0, finds=(NAME,)),
    Case("no-line-end.csv", f"name\n{NAME}".encode(), 0, finds=(NAME,)),
    Case("nul.csv", table("name", NAME, "a\0b"), 1, ("nul.csv:3: ", "NUL"), (NAME,)),
    Case("utf16.csv", f"name\n{NAME}\n".encode("utf-16"), 1, ("utf16.csv:1: ",)),
    Case("cp1251.csv", "name\nВиктор\n".encode("windows-1251"), 1, ("cp1251.csv:2: ", "are not utf-8")),
    Case("mislabelled.csv.gz", table("name", NAME), 1, ("mislabelled.csv.gz: cannot be read",)),
    Case("cut.csv.gz", packed(table("name", *[f"{NAME} {i}" for i in range(2000)]))[:-20], 1, ("cut.csv.gz: cannot be read",)),
    Case("mislabelled.parquet", table("name", NAME), 1, ("mislabelled.parquet: cannot be read (no Parquet",)),
    Case("cut.parquet", b"PAR1\0\0PAR1", 1, ("cut.parquet: cannot be read",)),
    Case("no-json.jsonl", table("no json", json.dumps({"name": NAME})), 1, ("no-json.jsonl:1: no JSON object",), (NAME,)),
    Case("list.jsonl", table("[1]", json.dumps({"name": NAME})), 1, ("list.jsonl:1: no JSON object",), (NAME,)),
    Case("deep.jsonl", ('{"name": ' + "[" * 100_000 + "\n").encode() + table(json.dumps({"name": NAME})), 1, ("deep.jsonl:1: no JSON object",), (NAME,)),
    Case("no-field.jsonl", table('{"nom": "x"}', json.dumps({"name": NAME})), 1, ("no-field.jsonl:1: no field 'name'",), (NAME,)),
    Case("clash.jsonl", table('{"name": "x", "status": 1}', json.dumps({"name": NAME})), 1, ("clash.jsonl:1: ", "'status'"), (NAME,)),
    Case("numbers.jsonl", table('{"name": 1}', '{"name": null}', '{"name": ["x"]}', json.dumps({"name": NAME})), 0, finds=(NAME,)),
    Case("huge-number.jsonl", table('{"name": "x", "n": ' + "9" * 5000 + "}", json.dumps({"name": NAME})), 1, ("huge-number.jsonl:1: ",), (NAME,)),
    Case("nan.jsonl", table('{"name": NaN}', '{"name": "x", "n": Infinity}'), 0),
    Case("surrogate.jsonl", table('{"name": "\\ud83d"}', json.dumps({"name": NAME})), 0, finds=(NAME, "ud83d"), options=("-f", "jsonl")),
    Case("twice.jsonl", table(f'{{"name": "x", "name": "{NAME}"}}'), 0, finds=("by-babaryka-viktar",)),
    Case("array.jsonl", b'[{"name": "x"}]', 1, ("array.jsonl:1: no JSON object",)),
    Case("pretty.jsonl", b'{\n "name": "x"\n}\n', 1, ("pretty.jsonl:1: no JSON object", "pretty.jsonl:3: no JSON object")),
    Case("formula.csv", table("name", "=HYPERLINK(1)", "+1", "-1", "@x", NAME), 0, finds=(NAME, "=HYPERLINK(1)")),
    Case("wide.csv", table(",".join(["name", *(f"c{i}" for i in range(3000))]), ",".join([NAME, *"x" * 3000])), 0, finds=(NAME,)),
]  # fmt: skip

# ---------------------------------------------------------------- gazetteers


def rows(*lines: str, header: str = "id,name") -> bytes:
    """A gazetteer of these rows."""
    return table(header, *lines)


GAZETTEERS: list[Case] = [
    Case("empty.csv", b"", 2, ("empty.csv:1: ", "empty")),
    Case("no-id.csv", rows("x", header="name"), 2, ("no-id.csv:1: no column 'id'",)),
    Case("no-name.csv", rows("x", header="id"), 2, ("no-name.csv:1: no column 'name'",)),
    Case("doubled.csv", rows("a,b,c", header="id,name,name"), 2, ("doubled.csv:1: column 'name' stands twice",)),
    Case("empty-id.csv", rows(",x"), 2, ("empty-id.csv:2: ", "empty id")),
    Case("empty-name.csv", rows("a,"), 2, ("empty-name.csv:2: ", "empty name for 'a'")),
    Case("blank-id.csv", rows("   ,x"), 2, ("blank-id.csv:2: ", "empty id")),
    Case("too-many.csv", rows("a,b,c"), 2, ("too-many.csv:2: 3 fields where the header has 2",)),
    Case("kind.csv", rows("a,Ivan Petrov,nick", header="id,name,kind"), 2, ("kind.csv:2: ", "unknown kind 'nick'", "alias")),
    Case("type.csv", rows("a,Ivan Petrov,ship", header="id,name,type"), 2, ("type.csv:2: ", "unknown type 'ship'")),
    Case("gender.csv", rows("a,Ivan Petrov,x", header="id,name,gender"), 2, ("gender.csv:2: ", "unknown gender 'x'")),
    Case("control.csv", rows("a,Ivan\x07 Petrov"), 2, ("control.csv:2: ", "U+0007")),
    Case("escape.csv", rows("a,\x1b[31mIvan"), 2, ("escape.csv:2: ", "U+001B")),
    Case("bidi.csv", rows("a,Ivan \N{RIGHT-TO-LEFT OVERRIDE}vortep"), 0, ("bidi.csv:2: ", "U+202E")),
    Case("joiner.csv", rows("a,Ivan\N{ZERO WIDTH JOINER} Petrov"), 0, ("joiner.csv:2: ", "U+200D")),
    Case("private.csv", rows("a,Ivan \ue000"), 0, ("private.csv:2: ", "U+E000")),
    Case("long.csv", rows(f"a,{'x' * 10_000}"), 2, ("long.csv:2: ", "name of 10000 characters")),
    Case("case.csv", rows("ab,Ivan Petrov", "AB,Olga Sidorova"), 0, ("case.csv:3: ", "'AB' differs from 'ab' only by letter case or form")),
    Case("form.csv", rows("é,Ivan Petrov", "e\N{COMBINING ACUTE ACCENT},Olga Sidorova"), 0, ("form.csv:3: ", "only by letter case or form")),
    Case("width.csv", rows("a,Ivan Petrov", "\N{FULLWIDTH LATIN SMALL LETTER A},Olga Sidorova"), 0, ("width.csv:3: ", "only by letter case or form")),
    Case("mixed.csv", rows("a,Ivan P\N{CYRILLIC SMALL LETTER IE}trov"), 0, ("mixed.csv:2: ", "mixes Latin and Cyrillic letters")),
    Case("digits.csv", rows("a,12345"), 0, ("digits.csv:2: ", "has no letters")),
    Case("emoji.csv", rows("a,😀😀"), 0, ("emoji.csv:2: ", "has no letters")),
    Case("one-letter.csv", rows("a,X"), 0),
    Case("contradiction.csv", rows("a,Ivan Petrov,person", "a,Ivan Petroff,place", header="id,name,type"), 2, ("contradiction.csv:3: ", "contradicts")),
    Case("twice.csv", rows("a,Ivan Petrov", "a,Ivan Petrov"), 0, ("twice.csv:3: ", "twice")),
    Case("scattered.csv", rows("a,Ivan Petrov", "b,Olga Sidorova", "a,Zinaida Gippius"), 2, ("scattered.csv:4: ", "nothing in common")),
    Case("namesakes.csv", rows("a,Ivan Petrov", "b,Ivan Petrov"), 0),
    Case("open-quote.csv", rows('a,"Ivan', "b,Olga"), 2, ("open-quote.csv:2: ", "U+000A")),
    Case("nul.csv", b"id,name\na,b\0\n", 2, ("nul.csv:2: ", "NUL")),
    Case("utf16.csv", "id,name\na,b\n".encode("utf-16"), 2, ("utf16.csv:1: ",)),
    Case("cp1251.csv", "id,name\na,Иван\n".encode("windows-1251"), 2, ("cp1251.csv:2: ", "are not utf-8")),
    Case("mislabelled.csv.gz", rows("a,b"), 2, ("mislabelled.csv.gz", "cannot be read")),
    Case("cut.csv.gz", packed(rows("a,Ivan Petrov"))[:-9], 2, ("cut.csv.gz", "cannot be read")),
    Case("what.docx", b"PK", 2, ("what.docx", "unknown kind of file '.docx'")),
    Case("none", b"", 2, ("unknown kind of file",)),
    Case("mislabelled.parquet", rows("a,b"), 2, ("mislabelled.parquet: no Parquet",)),
    Case("no-json.jsonl", table('{"id": "a", "name": "Ivan"}', "nope"), 2, ("no-json.jsonl:2: no JSON",)),
    Case("list.jsonl", table("[]"), 2, ("list.jsonl:1: no JSON object",)),
    Case("deep.jsonl", b"[" * 100_000, 2, ("deep.jsonl:1: no JSON",)),
    Case("deep-in.jsonl", b'{"id": "a", "name": ' + b"[" * 400 + b"]" * 400 + b"}", 2, ("deep-in.jsonl:1: field 'name' is no text: [[[",)),
    Case("no-id.jsonl", table('{"name": "Ivan"}'), 2, ("no-id.jsonl:1: no field 'id'",)),
    Case("null-id.jsonl", table('{"id": null, "name": "Ivan Petrov"}'), 2, ("null-id.jsonl:1: ", "empty id")),
    Case("surrogate.jsonl", table('{"id": "a", "name": "Ivan \\ud83d"}'), 0, ("surrogate.jsonl:1: ", "U+D83D")),
    Case("huge-number.jsonl", table('{"id": "a", "name": "Ivan", "n": ' + "9" * 5000 + "}"), 2, ("huge-number.jsonl:1: no JSON",)),
    Case("no-folk.json", b'{"a": 1}', 2, ("no-folk.json",)),
    Case("no-turtle.ttl", b"<<<<", 2, ("no-turtle.ttl",)),
    Case("list.txt", f"{BOM}Ivan Petrov\r\n\r\n  \nIvan Petrov\n".encode(), 0, ("list.txt:4: ", "twice")),
    Case("wide-field.csv", rows(f'a,"{"x" * 200_000}"'), 2, ("wide-field.csv:2: ",)),
]  # fmt: skip

# ---------------------------------------------------------------- files of other programs

IMPORTS: list[Case] = [
    *(Case(f"empty.{end}", b"", 0, options=("--from", kind)) for kind, end in (("ftm", "json"), ("geonames", "txt"), ("jrc", "txt"), ("plain", "txt"), ("wikidata", "json"), ("gate", "lst"))),
    *(Case("noise.bin", bytes(range(1, 256)) * 4, 1, ("noise.bin:",), options=("--from", kind)) for kind in ("ftm", "targets", "statements", "wikidata", "jrc", "geonames", "senzing", "spacy", "table", "jsonl", "plain")),
    *(Case("no-json.json", table("{", '{"id": 5}', "[1]", "null", '"x"'), 1, ("no-json.json:1: no JSON",), options=("--from", kind)) for kind in ("ftm", "wikidata", "senzing", "spacy", "jsonl")),
    *(Case("deep.json", b"[" * 100_000 + b"\n", 1, ("deep.json:1: ",), options=("--from", kind)) for kind in ("ftm", "wikidata", "senzing", "spacy", "jsonl")),
    *(Case("odd.json", table('{"id": "Q1", "labels": 5, "caption": [], "properties": "x", "schema": {}, "type": 1, "RECORD_ID": [], "pattern": {"a": 1}, "label": 3, "name": {}}'), 1, ("odd.json:1: ", "Q1"), options=("--from", kind)) for kind in ("ftm", "wikidata", "senzing")),
    Case("popolo.json", b'{"persons": 5}', 0, options=("--from", "popolo")),
    Case("popolo.json", b'{"persons": [5, {"id": 3}, {"name": []}]}', 1, ("popolo.json:1: no ID in '{\"id\": 3}'", "popolo.json:1: no ID in '{\"name\": []}'"), options=("--from", "popolo")),
    *(Case("popolo.json", cut, 1, ("popolo.json:1: the document breaks off",), options=("--from", "popolo")) for cut in (b"{", b'{"persons": [', b'{"persons": [{"id": "a", "name": "Ivan"}', b'{"persons": [{"id": "a", "name": "Ivan"}]')),
    Case("popolo.json", b'{"persons": [{"id": "a", "name": "Iv', 1, ("popolo.json:1: no JSON",), options=("--from", "popolo")),
    Case("popolo.json", b'{"meta": {\n' + b'"a": [1,\n2],\n' * 40_000 + b'"b": 1}, "persons": [{"id": "a", "name": "Ivan"}]}', 0, finds=("a,Ivan",), options=("--from", "popolo")),
    Case("popolo.json", b'{"persons": [{"id": ' + b"9" * 5000 + b"}]}", 1, ("popolo.json:1: a number is too long",), options=("--from", "popolo")),
    Case("skos.ttl", b"@prefix : <", 1, ("skos.ttl",), options=("--from", "skos")),
    Case("skos.ttl", b"<a> <b> " + b"[ <c> " * 3000, 1, ("skos.ttl",), options=("--from", "skos")),
    Case("geonames.txt", table("1\tMinsk"), 1, ("geonames.txt:1: ",), options=("--from", "geonames")),
    Case("who-knows.bin", b"\1\2\3", 2, ("who-knows.bin",)),
    Case("x.txt", b"x", 2, ("unknown format 'klingon'", "wikidata"), options=("--from", "klingon")),
]  # fmt: skip

# ---------------------------------------------------------------- values

VALUES: list[str] = [
    "", " ", "\n", "\t", "\0", ".", "-", "'", "’", ",", "/", "()", "(", "Ivan (", "/ Ivan", "Ivan /", ";", "«»", "\\", "%", "{}", "<b>", "\x1b[31m",
    "A", "я", "習", "ك", "ß", "ŉ", "ǅ", "ﬁ", "İ", "ı", "ẞ", "ﬄ", "№", "Ω", "K", "Å", "a\N{COMBINING RING ABOVE}", "a" + "\N{COMBINING ACUTE ACCENT}" * 300,
    "1", "007", "1984 2000", "٣٤٥", "①②", "Ⅷ", "😀", "👨‍👩‍👧‍👦", "🇧🇾", "Ivan 😀 Petrov", "I😀van",
    "Ivan Иван", "Иvan", "Pеtrov", "習Ivan", "Ivanカ", "محمدIvan", "Ivan\N{RIGHT-TO-LEFT OVERRIDE}vortep", "\N{LEFT-TO-RIGHT ISOLATE}Ivan\N{POP DIRECTIONAL ISOLATE}",
    "Ivan\N{ZERO WIDTH JOINER}Petrov", "I\N{SOFT HYPHEN}van", BOM + "Ivan", "Ivan\N{NO-BREAK SPACE}Petrov", "Ivan\r\nPetrov", "Ivan\N{LINE SEPARATOR}Petrov",
    "\ud83d", "\ude00\ud83d", "Ivan \ud800 Petrov", "\N{GREEK YPOGEGRAMMENI}", "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}", "\N{IDEOGRAPHIC ITERATION MARK}",
    "\N{KANGXI RADICAL ONE}", "\N{HANGUL FILLER}", "\N{HALFWIDTH KATAKANA LETTER KA}", "\N{MODIFIER LETTER SMALL H}", "\U0010ffff", "\ue000", "\ufdd0",
    "x" * 10_000, "я" * 10_000, "習" * 3_000, "김" * 3_000, "😀" * 10_000, "1" * 10_000, "a b " * 1_000, "И. " * 2_000, "-" * 10_000, "a-" * 3_000, "'" * 10_000,
    "a'" * 3_000, "(" * 3_000, "/" * 3_000, "a/b" * 300, "(a)" * 300, "a (b) c/d; " * 60, "van der " * 500, "Mr " * 2_000, "ibn " * 1_000, "\N{SOFT HYPHEN}" * 10_000,
    "Ivan " * 500 + "Petrov", "овичевна" * 500, "ський" * 1_000, "\N{COMBINING ACUTE ACCENT}" * 10_000, "Aa" * 5_000, "ЩЁ" * 5_000, "tskh" * 2_000, "O'" * 2_000,
]  # fmt: skip
"""Names of one letter, of ten thousand, of emoji, digits, mixed scripts, overrides of direction, and of nothing."""
