"""Which tokens of the gazetteer may a word spell, and what would sharing each be worth?

Tokens that meet a word under a key, or as the channel, a slip or a table of names tells; each is weighed once for a word
of a role, and remembered.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from resolve import attested, korean, latin
from resolve._shortlist import Keys, slips
from resolve.channel import at_most, class_worth, is_slip, is_spelt_given, rarity, spelt_given, weights
from resolve.endings import nominatives
from resolve.given import given_classes
from resolve.index import Index, key_hash
from resolve.keys import neighbours
from resolve.letters import fold, is_other, writing
from resolve.lookup import MAX_POSTINGS, hashes, near, spelt_so
from resolve.model import Evidence, Role, Token
from resolve.multigram import Table, load
from resolve.score.further import telling_beyond
from resolve.score.pair import GIVEN_RARITY, Judge, Worth, given_cap, token_evidence
from resolve.text import script as script_of

LOOKED_OVER, LIKELIEST = 20, 5
"""Of names that have only one of the words so many are looked over before they are compared, and more while so many of
them are not likelier than the next."""

Rows: TypeAlias = "dict[int, tuple[array[int], array[int]]]"
"""Rows of the letters of tokens, and the token of each, by the number of their script."""

CROSSED: frozenset[tuple[Role, Role]] = frozenset({("given", "surname"), ("surname", "given")})


@dataclass(frozen=True, slots=True)
class Spelt:
    """The tokens of the gazetteer that a word may spell, and what each is worth as a surname and as another name."""

    tokens: array[int]
    as_other: array[float]
    as_surname: array[float]


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
    return Tables(index.letters, index.filing)


def closely(word: Token, index: Index, lang: str, worth_of: Worth, least: float) -> Spelt:
    """The tokens of the gazetteer that are worth so many bits to a word; of a word that is not, itself if few bear it."""
    key = (word.text, word.role, lang, least)
    found: Spelt | None = index.memo.get(key)
    if found is None:
        found = index.memo[key] = _spelt_with(_close(word, index, lang, worth_of, least))
    return found


def _close(word: Token, index: Index, lang: str, worth_of: Worth, least: float) -> dict[int, tuple[float, float]]:
    """The worths of those tokens."""
    w, most = weights(), alone_worth(word, lang, worth_of)
    if most < least:
        itself = array("I", index.lookup(f"={fold(word.text)}"))
        # two words may spell one of the name beside it: Omer Bar-Lev, Omer Barlev
        return dict.fromkeys(itself, (most, most)) if index.together.shared(itself) <= LOOKED_OVER else {}
    if is_common(word, index, lang):
        return {}
    met = met_by(word.text, index, lang, False)
    further = array("I", sorted({*met.tokens, *spelt_so(word.text, index)}))
    slope = w["channel_slope"] * max(w["name_difference"], w["surname_difference"])
    gate = max(w["channel_clean"] + (most - least) / slope, w["channel_gate"])
    told = dict.fromkeys(index.lookup(f"={fold(word.text)}"), w["channel_clean"])
    for spelling, under in met.spellings:
        for token, bits in told_of(spelling, further if spelling == word.text else under, index, gate):
            told[token] = max(bits, told.get(token, bits))
    if most + w["slip"] >= least:
        wide = met_by(word.text, index, lang, True)
        told = dict(_slips(word.text, tables_of(index).keys.rows(wide.tokens), index)) | told
    judge = paired(index)
    worths = {t: _at_most(word, index.token(t), bits, lang, worth_of, judge) for t, bits in sorted(told.items())}
    return {token: worth for token, worth in worths.items() if max(worth) >= least}


def met_by(word: str, index: Index, lang: str, widely: bool) -> Met:
    """The tokens that meet a word or one of its nominatives; ``widely`` those too that lack or add a consonant."""
    key = (word, lang, widely)
    found: Met | None = index.met.get(key)
    if found is None:
        filed = tables_of(index).keys
        spellings = []
        for spelling in (word, *(stem for stem, _sex in nominatives(word, lang))):
            more = neighbours(spelling) if widely else ()
            if is_other(spelling):
                under = near(spelling, index, "").tokens
            else:
                under = filed.under(hashes(spelling) + array("Q", map(key_hash, more)))
            if widely and (spelling == word or writing(spelling) != writing(word)):
                under = array("I", sorted({*under, *spelt_so(spelling, index)}))
            spellings.append((spelling, under))
        tokens = spellings[0][1] if len(spellings) == 1 else array("I", sorted(set().union(*(u for _, u in spellings))))
        found = index.met[key] = Met(tokens, tuple(spellings))
    return found


def in_names(word: Token, met: Met, tokens: array[int], index: Index, lang: str, worth_of: Worth) -> Spelt:
    """What some tokens are worth that a word meets."""
    if not tokens:
        return NOTHING
    ask(met, tokens, index)
    told = {token: bits for token in tokens if (bits := met.told[token]) is not None}
    if word.role != "surname" and len(told) < len(tokens) and (classes := given_classes(word.text, lang)):
        least = weights()["channel_gate"]
        told |= {t: least for t in tokens if t not in told and classes & given_classes(index.token(t))}
    known = met.worths.setdefault(word.role, {})
    for token, bits in told.items():
        if token not in known:
            known[token] = _at_most(word, index.token(token), bits, lang, worth_of, paired(index))
    return _spelt_with({token: known[token] for token in tokens if token in told})


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
        hear(met, told_of(spelling, asked, index))


def hear(met: Met, found: Iterable[tuple[int, float]]) -> None:
    """Remember what the channel tells of tokens; a damaged gazetteer may tell of one that was not asked for."""
    for token, bits in found:
        told = met.told.get(token)
        met.told[token] = bits if told is None else max(bits, told)


def told_of(word: str, tokens: array[int], index: Index, gate: float | None = None) -> list[tuple[int, float]]:
    """The tokens of which the channel may tell so many bits beside a spelling, each with those that it may tell at most.

    Without a ``gate`` so many that it lets them pass.
    """
    table, at, w = index.letters, index.spelt(), weights()
    rows = index.filing.rows(tokens)
    if is_other(word):
        found = list(telling_beyond(word, tokens, index))
    else:
        asked = {script: of_script for script, (of_script, _) in rows.items()}
        least = w["channel_gate"] if gate is None else gate
        found = [(bisect_right(at, row) - 1, bits) for row, bits in at_most((word,), table, asked, least)]
        found += _slips(word, rows, index)
    if known := korean.keys(word):
        bits = w["korean_reading"]
        # what spells one Korean name shares a key with it
        filed = {token for key in known for token in index.lookup(f"k{key}")}
        found += [(token, bits) for token in tokens if token in filed and korean.spells(word, index.token(token))]
    if names := attested.keys(word):
        filed = {token for name in names for token in index.lookup(f"a{name}")}
        found += [(t, w["attested"]) for t in tokens if t in filed and attested.spells(word, index.token(t))]
    # a script that no channel covers is compared by sounds
    for script in rows if latin.spellings(word) else table.unknown and table.unknown & rows.keys():
        found += [(token, w["channel_clean"]) for token in rows[script][1]]
    return found


def _slips(word: str, rows: Rows, index: Index) -> Iterator[tuple[int, float]]:
    """The tokens that one slip makes of a word, with bits that make them worth what they are worth so."""
    w, letters = weights(), load().word(word)
    if letters is None or len(letters.letters) < w["typo_length"]:
        return
    at, table = index.spelt(), index.letters
    for found, _tokens in rows.values():
        for row in slips(letters.letters, table.letters, table.starts, found):
            if is_slip(word, index.token(token := bisect_right(at, row) - 1)):
                yield token, w["channel_clean"] - w["slip"] / (w["channel_slope"] * w["surname_difference"])


def spelt_by(word: Token, index: Index, lang: str, worth_of: Worth, widely: bool = False, alone: bool = False) -> Spelt:
    """The tokens of the gazetteer that a word may spell.

    ``widely`` those too that it is one slip away from, or that meet a likely Latin spelling of it; where it is ``alone``
    all that lack or add a consonant.
    """
    key = (word.text, word.role, lang, widely, alone)
    found: Spelt | None = index.memo.get(key)
    if found is None:
        met = met_by(word.text, index, lang, False)
        ask(met, met.tokens, index)
        told = {token: bits for token, bits in met.told.items() if bits is not None}
        if widely:
            wide = met_by(word.text, index, lang, True)
            told = dict(_slips(word.text, tables_of(index).keys.rows(wide.tokens), index)) | told
            further = wide.tokens if alone else spelt_so(word.text, index)
            ask(wide, further, index)
            told |= {token: bits for token in further if token not in told and (bits := wide.told[token]) is not None}
        if word.role != "surname":
            classes, bits = given_classes(word.text, lang), weights()["channel_gate"]
            if not classes:
                # a spelling of a given name that the table does not have: Пааво, which Paul is equivalent to
                classes, bits = spelt_given(word.text), weights()["channel_clean"]
            for token in {token for identifier in classes for token in index.lookup(f"g{identifier}")}:
                told[token] = max(bits, told.get(token, bits))
        judge = paired(index)
        found = index.memo[key] = _spelt_with(
            {t: _at_most(word, index.token(t), bits, lang, worth_of, judge) for t, bits in sorted(told.items())}
        )
    return found


NOTHING = Spelt(array("I"), array("f"), array("f"))


def is_common(word: Token, index: Index, lang: str) -> bool:
    """Whether more names have a word, or one that is equivalent to it, than it may bring alone."""
    filed = {token for key in _certain(word, lang) for token in index.lookup(key)}
    return len(filed) > 0 and index.together.shared(array("I", filed)) > MAX_POSTINGS


def _certain(word: Token, lang: str) -> Iterator[str]:
    """The keys of the tokens that a word spells whatever the channel says."""
    yield f"={fold(word.text)}"
    if word.role != "surname":
        yield from (f"g{identifier}" for identifier in given_classes(word.text, lang))


def _spelt_with(worths: Mapping[int, tuple[float, float]]) -> Spelt:
    """Tokens with what they are worth as another name and as a surname, without those that are worth nothing."""
    tokens, as_other, as_surname = array("I"), array("f"), array("f")
    for token, (other, surname) in worths.items():
        if other > 0 or surname > 0:
            tokens.append(token)
            as_other.append(other)
            as_surname.append(surname)
    return Spelt(tokens, as_other, as_surname)


@lru_cache(maxsize=65536)
def token_of(text: str, role: Role) -> Token:
    """A word as a token of a name, wherever it stands there.

    >>> token_of("Minsk", "surname").end
    5
    """
    return Token(text, 0, len(text), role)


def apart_from(word: Token, tokens: Iterable[int], index: Index, lang: str) -> dict[int, float]:
    """What the channel tells of a word and of tokens that it does not meet, in bits, as far as it counts."""
    known, least = met_by(word.text, index, lang, False).apart, -1.0 / weights()["contradiction_slope"]
    asked = array("I", sorted({token for token in tokens if token not in known}))
    if asked:
        tables, at = tables_of(index), index.spelt()
        known.update(dict.fromkeys(asked, least))
        rows = {script: found for script, (found, _) in tables.keys.rows(asked).items()}
        if is_other(word.text):
            found = telling_beyond(word.text, asked, index)
        else:
            found = (
                (bisect_right(at, row) - 1, bits) for row, bits in at_most([word.text], tables.letters, rows, least)
            )
        for token, bits in found:
            known[token] = max(bits, known[token])
    return known


def beside(word: Token, text: str, told: float, surname: bool, lang: str, worth_of: Worth) -> float:
    """What a token of a name is worth that stands where a word does: what sharing it is worth, or less than nothing."""
    w, none = weights(), frozenset[str]()
    ours, theirs = (none, none) if surname else (given_classes(word.text, lang), given_classes(text))
    if ours & theirs or (ours and told >= w["channel_clean"] and script_of(word.text) != script_of(text)):
        return w["equivalent"] + _common(ours)
    if told >= w["channel_gate"] and (worth := _at_most(word, text, told, lang, worth_of, None)[surname]) > 0:
        return worth
    if bool(ours) != bool(theirs) and is_spelt_given(text if ours else word.text, ours or theirs):
        return w["equivalent"] + _common(ours or theirs)
    share = 1.0 if ours and theirs else min(1.0, w["contradiction_least"] - w["contradiction_slope"] * min(told, 0.0))
    return share * w["contradiction_surname" if surname else "contradiction_given"]


def alone_worth(word: Token, lang: str, worth_of: Worth) -> float:
    """What a word is worth at most, in bits."""
    return max(_at_most(word, word.text, math.inf, lang, worth_of, None))


def _at_most(
    word: Token, text: str, told: float, lang: str, worth_of: Worth, judge: Judge | None
) -> tuple[float, float]:
    """What a token is worth at most in the place of another name and of a surname, in bits.

    The features of `token_evidence` with what the channel tells at most; what they take for a word's role is not looked at.
    """
    if judge is not None and (word.role in {"initial", "patronymic"} or is_other(text) or latin.spellings(word.text)):
        other: Role = "patronymic" if word.role == "patronymic" else "given"
        both = (judge(word, token_of(text, role), lang, worth_of) for role in (other, "surname"))
        given, surname = (evidence.bits if evidence else 0.0 for evidence in both)
        return given, surname
    w = weights()
    spent = 0.0 if fold(word.text) == fold(text) else w["channel_slope"] * max(0.0, w["channel_clean"] - told)
    rare = min(worth_of(word.text, text, lang), rarity(word.text), rarity(text), w["rarity_cap"])
    ours, theirs = given_classes(word.text, lang), given_classes(text)
    borne = min(rare, class_worth(ours & theirs)) if ours & theirs else rare
    differs = w["name_difference"] * spent
    if word.role == "surname":
        crossed = w["name_shared"] + w["name_rarity"] * borne + differs + w["crossed"]
        return crossed, w["surname_shared"] + w["surname_rarity"] * rare + w["surname_difference"] * spent
    as_surname = w["name_shared"] + w["name_rarity"] * borne + differs + w["crossed"]
    if ours & theirs:
        return w["equivalent" if spent else "given"] + _common(ours & theirs), as_surname
    if ours and theirs and not spent and writing(word.text) != writing(text):
        # Георги and Georgi, Вили and Willy: two names of the table, of which one spells the other
        return w["equivalent"] + _common(ours | theirs), as_surname
    if ours and theirs and not is_other(word.text):
        return 0.0, as_surname
    most = w["name_shared"] + w["name_rarity"] * min(rare, given_cap(word.text, text)) + differs
    if (ours or theirs) and not spent:
        most = max(most, w["equivalent"] + _common(ours or theirs))
    return most, as_surname


def _common(classes: frozenset[str]) -> float:
    return weights()["given_rarity"] * (min(class_worth(classes), GIVEN_RARITY) - GIVEN_RARITY)


def paired(index: Index, apart: bool = False) -> Judge:
    """`token_evidence`, remembered for a gazetteer: it depends on nothing but the words and their roles.

    Args:
        index: the compiled gazetteer.
        apart: a given name is compared with no surname that it does not meet under a key, nor the other way round.

    """
    memo = index.judged

    def judge(seen: Token, known: Token, lang: str, worth_of: Worth) -> Evidence | None:
        # what was asked before must not decide, so the answer that is remembered is not looked at first
        if (
            apart
            and (seen.role, known.role) in CROSSED
            # two words that are joined to one take more room than its letters
            and known.end - known.start == len(known.text)
            and not _may_cross(seen.text, known.text, index, lang)
        ):
            return None
        key = (seen.text, seen.role, known.text, known.role, lang)
        try:
            return memo[key]
        except KeyError:
            pass
        found = memo[key] = token_evidence(seen, known, lang, worth_of)
        return found

    return judge


def _may_cross(word: str, known: str, index: Index, lang: str) -> bool:
    """Whether a word meets a token of the gazetteer under a key, or but for a slip, and the channel may let it pass."""
    met = met_by(word, index, lang, False)
    if (found := met.crosses.get(known)) is None:
        alike = (token for token in index.lookup(f"={fold(known)}") if index.token(token) == known)
        there = next((token for token in alike if _holds(met.tokens, token)), None)
        if there is not None and there not in met.told:
            ask(met, (there,), index)
        found = met.crosses[known] = is_slip(word, known) if there is None else met.told[there] is not None
    return found


def _holds(numbers: array[int], number: int) -> bool:
    """Whether sorted numbers hold one."""
    place = bisect_left(numbers, number)
    return place < len(numbers) and numbers[place] == number
