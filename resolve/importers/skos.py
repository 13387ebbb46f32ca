r"""What do SKOS vocabularies in Turtle say?

This reads the part of Turtle that vocabularies are written in, statement by statement and in bounded
memory: prefixes, ``a``, ``;`` and ``,``, literals with languages and types, also long ones. Blank nodes
and collections are passed over. A library that knows all of RDF would build the whole graph in memory
first, which costs about a kilobyte a triple.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from resolve.importers.source import Source, qid, shown
from resolve.model import NameKind, Row

KINDS: dict[str, NameKind] = {
    "prefLabel": "name", "altLabel": "alias", "hiddenLabel": "alias",
    "http://www.w3.org/2000/01/rdf-schema#label": "name", "http://xmlns.com/foaf/0.1/name": "name",
    "http://schema.org/name": "name", "https://schema.org/name": "name",
    "http://schema.org/alternateName": "alias", "https://schema.org/alternateName": "alias",
}  # fmt: skip
SKOS = "http://www.w3.org/2004/02/skos/core#"
A = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
TYPES = {
    "Person": "person", "Human": "person", "Organization": "organization", "Organisation": "organization",
    "FormalOrganization": "organization", "Corporation": "organization", "Company": "organization",
    "Place": "place", "City": "place", "Country": "place", "Location": "place", "SpatialThing": "place",
    "Feature": "place",
}  # fmt: skip
"""Last parts of the classes that say of which type a thing is; of whatever vocabulary they are."""

# a prefix has a bound: a line of nothing but `a.a.a.` would be read to its end once for every dot
_TOKEN = re.compile(
    r"""\s+|\#[^\n]*
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<long>\"{3}(?:(?:\"|\"\")?(?:[^"\\]|\\.))*\"{3}|'{3}(?:(?:'|'')?(?:[^'\\]|\\.))*'{3})
    |(?P<open>\"{3}|'{3})
    |(?P<short>"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |@(?P<word>prefix|base)\b
    |(?P<lang>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<datatype>\^\^)
    |(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?<!\.))
    |(?P<name>(?:[^\W\d_](?:[\w.\-·]{0,255}[\w\-·])?)?:(?:(?:[\w:%]|\\[_~.\-!$&'()*+,;=/?\#@%])(?:(?:[\w:.%\-·]|\\[_~.\-!$&'()*+,;=/?\#@%])*(?:[\w:%\-·]|\\[_~.\-!$&'()*+,;=/?\#@%]))?)?)
    |(?P<bare>[A-Za-z]+)
    |(?P<sign>[.;,\[\]()])
    """,
    re.VERBOSE | re.DOTALL,
)  # fmt: skip
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_END = {
    quote: re.compile(rf"(?:[^{quote[0]}\\]|\\.|{quote[0]}(?!{quote[1:]}))*+{quote}", re.DOTALL)
    for quote in ('"""', "'''")
}
"""A line that ends a long literal which is open, by its quotation marks."""
_Token = tuple[str, str, int]
"""What a token is, its text, and its line."""


def turtle(source: Source) -> Iterator[Row]:
    """The labels of all subjects; ``skos:prefLabel`` is a name, the others are aliases."""
    prefixes: dict[str, str] = {}
    for statement in _statements(source):
        if statement[0][:2] == ("word", "prefix") and len(statement) == 3:
            prefixes[statement[1][1]] = statement[2][1]
        elif statement[0][:2] == ("word", "base") and len(statement) == 2:
            prefixes[""] = prefixes.get("", "")
            prefixes["<>"] = statement[1][1]
        else:
            try:
                yield from _subject(source, statement, prefixes)
            except ValueError as error:
                source.refuse(statement[0][2], f"no statement: {error}", "mend it; it is left out")


def _statements(source: Source) -> Iterator[list[_Token]]:
    """The tokens of one statement after the other, without its full stop; what is in brackets is passed over."""
    found: list[_Token] = []
    depth = 0
    for token in _tokens(source):
        kind, text, _ = token
        if kind == "sign" and text in "[(":
            depth += 1
            if depth == 1:
                found.append(("blank", "", token[2]))
        elif kind == "sign" and text in "])":
            depth = max(depth - 1, 0)
        elif kind == "damage":
            found, depth = [], 0
        elif kind == "sign" and text == "." and not depth:
            if found:
                yield found
            found = []
        elif not depth:
            if kind == "bare" and text.lower() in {"prefix", "base"} and not found:
                token = ("word", text.lower(), token[2])  # noqa: PLW2901 - the way SPARQL writes it
            found.append(token)
            # SPARQL's form has no full stop
            if found[0][0] == "word" and token[0] == "iri" and text and len(found) == 2 + (found[0][1] == "prefix"):
                yield found
                found = []
    if found:
        source.refuse(found[0][2], "a statement breaks off at the end of the file", "end it with a full stop")


def _tokens(source: Source) -> Iterator[_Token]:
    """The tokens of a file; a long literal is waited for, what is no token is refused with its line."""
    pending: list[str] = []
    begun = 0
    for number, line in source.lines():
        first = begun if pending else number
        if pending and not _END[pending[0][:3]].match(line):
            pending.append(line)
            continue
        text = "".join(pending) + line
        pending, at = [], 0
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None:
                source.refuse(number, f"no Turtle: {shown(text[at:].strip())}", "mend it; the statement is left out")
                yield "damage", "", number
                break
            kind = match.lastgroup
            if kind == "open":
                pending, begun = [text[at:]], first
                break
            if kind:
                yield kind, _value(kind, match.group(kind)), first
            at = match.end()
    if pending:
        source.refuse(begun, f"a literal never ends: {shown(''.join(pending))}", "close it")


def _value(kind: str, text: str) -> str:
    if kind == "iri":
        return _unescaped(text[1:-1])
    if kind == "short":
        return _unescaped(text[1:-1])
    if kind == "long":
        return _unescaped(text[3:-3])
    return text[1:] if kind == "lang" else text


def _unescaped(text: str) -> str:
    def letter(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        if code:
            return chr(min(int(code, 16), 0x10FFFF))
        return _ESCAPED.get(match[3], match[3])

    return _ESCAPE.sub(letter, text) if "\\" in text else text


def _subject(source: Source, statement: list[_Token], prefixes: dict[str, str]) -> Iterator[Row]:
    """The names of one subject; its type and Wikidata ID where the same statement gives them."""
    line = statement[0][2]
    if statement[0][0] == "blank":
        source.left_out += 1
        return
    subject = _iri(statement[0], prefixes)
    labels: list[tuple[NameKind, str, str, int]] = []
    facts: dict[str, Any] = {"type": "", "wikidata": qid(subject)}
    for predicate, value, lang in _objects(statement[1:], prefixes):
        if kind := KINDS.get(predicate.removeprefix(SKOS)):
            labels.append((kind, value[1], lang, value[2]))
        elif predicate == A:
            facts["type"] = facts["type"] or TYPES.get(re.split(r"[/#]", _iri(value, prefixes))[-1], "")
        elif predicate.rsplit("/", 1)[-1].rsplit("#", 1)[-1] in {"exactMatch", "sameAs"} and value[0] in {
            "iri",
            "name",
        }:
            target = _iri(value, prefixes)
            facts["wikidata"] = facts["wikidata"] or (qid(target) if "wikidata.org" in target else "")
    if not labels:
        source.left_out += 1
    for kind, name, lang, place in sorted(labels, key=lambda label: label[0] != "name"):
        yield from source.row(place or line, subject, name, lang, kind, **facts)


def _objects(tokens: list[_Token], prefixes: dict[str, str]) -> Iterator[tuple[str, _Token, str]]:
    """Predicate, object and the object's language of every triple of a statement."""
    predicate = ""
    found: list[_Token] = []
    for token in [*tokens, ("sign", ";", 0)]:
        if token[0] == "sign":
            if found:
                lang = next((t[1] for t in found[1:] if t[0] == "lang"), "")
                yield predicate, found[0], lang
            elif predicate:
                raise ValueError(f"nothing after {shown(predicate)}")
            found = []
            predicate = "" if token[1] == ";" else predicate
        elif not predicate:
            predicate = A if token[:2] == ("bare", "a") else _iri(token, prefixes)
        else:
            found.append(token)
            if len(found) > 1 and token[0] not in {"lang", "datatype", "iri", "name"}:
                raise ValueError(f"{shown(token[1])} follows {shown(found[0][1])}")


def _iri(token: _Token, prefixes: dict[str, str]) -> str:
    """The address that a token stands for."""
    kind, text, _ = token
    if kind == "iri":
        return text if ":" in text else prefixes.get("<>", "") + text
    if kind == "name":
        prefix, _, local = text.partition(":")
        if f"{prefix}:" not in prefixes:
            raise ValueError(f"unknown prefix {prefix + ':'!r}")
        return prefixes[f"{prefix}:"] + local.replace("\\", "")
    if kind == "blank":
        return ""
    raise ValueError(f"{shown(text)} where an address is expected")
