"""Which tokens of the gazetteer does a word meet under a key, and what does the channel tell of them at most?"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from resolve import attested, korean, latin
from resolve._shortlist import Keys, slips
from resolve.channel import at_most, is_slip, weights
from resolve.endings import nominatives
from resolve.index import Index, key_hash
from resolve.keys import keys, neighbours, press_key
from resolve.letters import writing
from resolve.lookup import spelt_so
from resolve.model import Role
from resolve.multigram import Table, load

MAX_MET = 20_000
"""The tokens that so many words meet under a key are remembered."""

Rows: TypeAlias = "dict[int, tuple[array[int], array[int]]]"
"""Rows of the letters of tokens, and the token of each, by the number of their script."""


@dataclass(slots=True)
class Met:
    """The tokens of the gazetteer that meet a word under a key.

    ``told`` has what the channel says of them at most, in bits, as far as it was asked, None where that is not enough;
    ``apart`` what it says of others that stand where the word does; ``crosses`` which may stand in another place,
    ``worths`` what the tokens are worth to a word of a role.
    """

    tokens: array[int]
    spellings: tuple[tuple[str, array[int]], ...]
    told: dict[int, float | None] = field(default_factory=dict)
    apart: dict[int, float] = field(default_factory=dict)
    crosses: dict[str, bool] = field(default_factory=dict)
    worths: dict[Role, dict[int, tuple[float, float]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tables:
    """The tokens of a gazetteer in the letters of the channels, and those that are filed under a key."""

    letters: Table
    keys: Keys


def tables_of(index: Index) -> Tables:
    """What a gazetteer says of its tokens, as the kernels read it."""
    found: Tables | None = index.memo.get("tables")
    if found is None:
        letters, scripts = index.lettered(), index.header.get("scripts", [])
        hashes, at, tokens = index.filed()
        # a number that a damaged file has beyond them is that of a script nobody knows
        found = index.memo["tables"] = Tables(
            Table(*letters, (*scripts, *[""] * (256 - len(scripts)))),
            Keys(hashes, tokens, at, index.spelt(), letters[2]),
        )
    return found


def met_by(word: str, index: Index, lang: str, widely: bool) -> Met:
    """The tokens that meet a word or one of its nominatives; ``widely`` those too that lack or add a consonant."""
    key = (word, lang, widely)
    found: Met | None = index.met.get(key)
    if found is None:
        if len(index.met) >= MAX_MET:
            index.met.clear()
        filed = tables_of(index).keys
        spellings = []
        for spelling in (word, *(stem for stem, _sex in nominatives(word, lang))):
            more = neighbours(spelling) if widely else ()
            under = filed.under(array("Q", map(key_hash, (*keys(spelling), *press_key(spelling), *more))))
            if widely and (spelling == word or writing(spelling) != writing(word)):
                under = array("I", sorted({*under, *spelt_so(spelling, index)}))
            spellings.append((spelling, under))
        tokens = spellings[0][1] if len(spellings) == 1 else array("I", sorted(set().union(*(u for _, u in spellings))))
        found = index.met[key] = Met(tokens, tuple(spellings))
    return found


def ask(met: Met, tokens: Iterable[int], index: Index) -> None:
    """Ask the channel for some of the tokens that a word meets, as far as it was not asked before."""
    wanted = set(tokens).difference(met.told)
    if not wanted:
        return
    met.told.update(dict.fromkeys(wanted))
    for spelling, under in met.spellings:
        asked = array("I", [token for token in under if token in wanted]) if len(wanted) < len(met.tokens) else under
        if not asked:
            continue
        for token, bits in telling(spelling, asked, index, weights()["channel_gate"]):
            # a damaged gazetteer may tell of a token that was not asked for
            told = met.told.get(token)
            met.told[token] = bits if told is None else max(bits, told)


def telling(word: str, tokens: array[int], index: Index, gate: float) -> Iterator[tuple[int, float]]:
    """The tokens of which the channel may tell so many bits beside a spelling, each with those that it may tell at most."""
    tables, at = tables_of(index), index.spelt()
    table, rows = tables.letters, tables.keys.rows(tokens)
    w = weights()
    for row, bits in at_most([word], table, {script: found for script, (found, _) in rows.items()}, gate):
        yield bisect_right(at, row) - 1, bits
    yield from slipped(word, rows, index)
    if known := korean.keys(word):
        bits = w["korean_reading"]
        # what spells one Korean name shares a key with it
        filed = {token for key in known for token in index.lookup(f"k{key}")}
        yield from ((token, bits) for token in tokens if token in filed and korean.spells(word, index.token(token)))
    if names := attested.keys(word):
        filed = {token for name in names for token in index.lookup(f"a{name}")}
        yield from ((t, w["attested"]) for t in tokens if t in filed and attested.spells(word, index.token(t)))
    # a script that no channel covers is compared by sounds
    for script in rows if latin.spellings(word) else table.unknown & rows.keys():
        yield from ((token, w["channel_clean"]) for token in rows[script][1])


def slipped(word: str, rows: Rows, index: Index) -> Iterator[tuple[int, float]]:
    """The tokens that one slip makes of a word, with bits that make them worth what they are worth so."""
    w, at, table = weights(), index.spelt(), tables_of(index).letters
    letters = load().word(word)
    if letters is None or len(letters.letters) < w["typo_length"]:
        return
    bits = w["channel_clean"] - w["slip"] / (w["channel_slope"] * w["surname_difference"])
    for found, _tokens in rows.values():
        for row in slips(letters.letters, table.letters, table.starts, found):
            if is_slip(word, index.token(token := bisect_right(at, row) - 1)):
                yield token, bits
