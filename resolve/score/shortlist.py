"""Which few names of the gazetteer are worth comparing with a name in full?

Every word of a name is read as the tokens of the gazetteer that it may spell: of all that meet it under
a key, those that the learned channel lets pass, each with what sharing it would be worth. The compiled
`Names` then finds the names that have most of them. What is weighed there leaves out what only the whole
pair tells, so the names are an order to compare in, and an estimate where to stop.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from heapq import nlargest
from itertools import pairwise
from typing import TypeAlias

from resolve import attested, korean, latin
from resolve._shortlist import MOST_WORDS, Keys, slips
from resolve.channel import at_most, class_worth, is_apart, is_slip, is_spelt_given, rarity, same, spelt_given, weights
from resolve.endings import nominatives
from resolve.given import given_classes, is_patronymic
from resolve.index import ROLES, Index, key_hash
from resolve.keys import neighbours
from resolve.letters import fold, is_other, writing
from resolve.lookup import MAX_POSTINGS, candidates, hashes, near, spelt_so
from resolve.model import Evidence, Name, Role, Token
from resolve.multigram import Table, load
from resolve.names import CORE
from resolve.score.further import Part, apart_or_together, telling_beyond
from resolve.score.pair import GIVEN_RARITY, JOINED_SHARE, Judge, Worth, given_cap, token_evidence
from resolve.text import script as script_of

MOST = 200
"""At most so many names are listed for one name."""

UNLIKE = 8.0
"""What it counts in the estimate that both names have another given name, or another surname, in bits."""

HOPELESS = 14.0
"""A name that is worth less is hardly ever the one that is meant, in bits."""

ROUNDED = 1e-3
"""What numbers of single precision may hide, in bits."""

LOOKED_OVER, LIKELIEST = 20, 5
"""Of names that have only one of the words so many are looked over before they are compared, and more while so many of
them are not likelier than the next."""

LEAST = -math.inf
"""What a name is worth at least that is listed, in bits."""

PLAIN = 2
"""A name of so many words has a given name and a surname."""

CROWDED = 12
"""Where the tokens that a word meets have more names than this on average, the channel is asked before names are looked at."""

CROWDED_BEYOND = 30
"""The same of a word in a script beyond Cyrillic, which meets many tokens that it does not spell."""

Rows: TypeAlias = "dict[int, tuple[array[int], array[int]]]"
"""Rows of the letters of tokens, and the token of each, by the number of their script."""

KINDS: dict[Role, int] = {"given": 1, "initial": 1, "surname": 2, "patronymic": 0, "unknown": 0}


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


def shortlist(seen: Name, index: Index, lang: str, worth_of: Worth) -> list[tuple[int, float]]:
    """The names of the gazetteer that a name could spell, with an estimate in bits, the likeliest first.

    Args:
        seen: the name as found, standing alone.
        index: the compiled gazetteer.
        lang: ISO 639-1 code of its language, where known.
        worth_of: what sharing a token is worth at most.

    Returns:
        Numbers of names with what they are likely to be worth, at most `MOST`.

    """
    listed: dict[int, float] = {}
    for names, _beyond in stages(seen, index, lang, worth_of):
        for name, worth in names:
            listed[name] = max(worth, listed.get(name, -math.inf))
    return sorted(listed.items(), key=lambda item: (-item[1], item[0]))[:MOST]


def stages(
    seen: Name, index: Index, lang: str, worth_of: Worth, least: float = -math.inf
) -> Iterator[tuple[list[tuple[int, float]], float]]:
    """The names that a name could spell in two lists, each as `shortlist` gives it, with what those to come are worth at most.

    First those that two of its words meet, which are quickly found; nearly always the right one is among them. Where there
    are none, first those that may be worth ``least`` bits all the same.
    """
    words = [token for token in seen.tokens if token.role in KINDS][:MOST_WORDS]
    if len(words) < len(seen.tokens):
        yield [(name, HOPELESS) for name in _the_same(seen, index)], math.inf
    if not words:
        return
    joined = _joined([token for token in seen.tokens if token.role in KINDS or token.role == "particle"])
    asked = [*words, *joined][:MOST_WORDS]
    if any(is_other(token.text) for token in words):
        yield from _stages_beyond(words, asked, seen, index, lang, worth_of)
        return
    if len(words) == 1:
        spelt = [_spelt(words[0], index, lang, worth_of)]
        if not spelt[0].tokens:
            spelt = [_spelt(words[0], index, lang, worth_of, True, True)]
        yield [(name, worth) for name, worth, _ in _best(words, spelt, index)], -math.inf
        return
    found = _together(asked, [_met(token.text, index, lang, False) for token in asked], index, lang, worth_of)
    wide: list[Met] = []
    if max((count for _, worth, count in found if worth >= HOPELESS), default=0) < 2:
        # nobody has two of the words: one may be spelt so that it meets none of its spellings under a key
        wide = [_met(token.text, index, lang, True) for token in asked]
        found = _together(asked, wide, index, lang, worth_of)
    if found:
        beyond = max(_alone(word, lang, worth_of) for word in words) - UNLIKE
        yield [(name, worth) for name, worth, _ in found], beyond
    elif least > -math.inf and (likely := _not_hopeless(seen, asked, index, lang, worth_of, least)) is not None:
        yield [(name, worth) for name, worth, _ in likely], least
    # a word that many bear brings no names but those that were found already
    spelt = [
        _NOTHING if _is_common(token, index, lang) else _spelt(token, index, lang, worth_of, bool(wide))
        for token in asked
    ]
    listed = _best(asked, spelt, index)
    if max((worth for _, worth, count in listed if count > 1), default=0.0) < HOPELESS:
        listed = _looked_over(asked, spelt, listed, index, lang, worth_of)
    yield [(name, worth) for name, worth, _ in listed], -math.inf


def _stages_beyond(
    own: Sequence[Token], words: Sequence[Token], seen: Name, index: Index, lang: str, worth_of: Worth
) -> Iterator[tuple[list[tuple[int, float]], float]]:
    """The same where a word is in a script beyond Cyrillic: the words first, then with what else may be words in that script,
    then those names that have most of what all of these share with them.

    Such a word meets many tokens under the keys of all its readings, and others that it spells under none; so at last the
    channel is asked for all tokens of those names.
    """
    beyond = max(_alone(word, lang, worth_of) for word in own) - UNLIKE
    parts = [*words, *apart_or_together(own)][:MOST_WORDS]
    for some in (words, parts) if len(parts) > len(words) else (words,):
        met = [_met(token.text, index, lang, False) for token in some]
        if found := _together(some, met, index, lang, worth_of):
            yield [(name, worth) for name, worth, _ in found], beyond
    names = array("I", candidates(seen.tokens, index, lang))
    tokens = array("I", sorted({token for name in names for token, _role in index.together.counted(name)}))
    spelt = []
    for word, one in zip(parts, met, strict=True):
        asked = array("I", [token for token in tokens if token not in one.told])
        one.told.update(dict.fromkeys(asked))
        for spelling, _under in one.spellings if asked else ():
            _hear(one, _telling(spelling, asked, index))
        spelt.append(_in_names(word, one, tokens, index, lang, worth_of))
    yield [(name, worth) for name, worth, _ in _best(parts, spelt, index, names)], -math.inf


def _not_hopeless(
    seen: Name, words: Sequence[Token], index: Index, lang: str, worth_of: Worth, least: float
) -> list[tuple[int, float, int]] | None:
    """The names that share one of the words and may be worth so many bits, as `_looked_over` gives them; None if many do."""
    w = weights()
    # initials and a father's name meet under no key
    initials = max(1, sum(token.role == "initial" for token in seen.tokens))
    father = w["name_shared"] + w["name_rarity"] * w["patronymic_cap"]
    enough = least - w["initial"] * initials - father * any(token.role == "patronymic" for token in seen.tokens)
    spelt = [_closely(token, index, lang, worth_of, enough) for token in words]
    listed = _best(words, spelt, index)
    if len(listed) > LOOKED_OVER or any(count > 1 and worth >= HOPELESS for _, worth, count in listed):
        # which of them are likely the other words tell
        return None
    return _looked_over(words, spelt, listed, index, lang, worth_of, seen, enough)


def _closely(word: Token, index: Index, lang: str, worth_of: Worth, least: float) -> Spelt:
    """The tokens of the gazetteer that are worth so many bits to a word; of a word that is not, itself if few bear it."""
    key = (word.text, word.role, lang, least)
    found: Spelt | None = index.memo.get(key)
    if found is None:
        found = index.memo[key] = _spelt_with(_close(word, index, lang, worth_of, least))
    return found


def _close(word: Token, index: Index, lang: str, worth_of: Worth, least: float) -> dict[int, tuple[float, float]]:
    """The worths of those tokens."""
    w, most = weights(), _alone(word, lang, worth_of)
    if most < least:
        itself = array("I", index.lookup(f"={fold(word.text)}"))
        # two words may spell one of the name beside it: Omer Bar-Lev, Omer Barlev
        return dict.fromkeys(itself, (most, most)) if index.together.shared(itself) <= LOOKED_OVER else {}
    if _is_common(word, index, lang):
        return {}
    met = _met(word.text, index, lang, False)
    further = array("I", sorted({*met.tokens, *spelt_so(word.text, index)}))
    slope = w["channel_slope"] * max(w["name_difference"], w["surname_difference"])
    gate = max(w["channel_clean"] + (most - least) / slope, w["channel_gate"])
    told = dict.fromkeys(index.lookup(f"={fold(word.text)}"), w["channel_clean"])
    for spelling, under in met.spellings:
        for token, bits in _telling(spelling, further if spelling == word.text else under, index, gate):
            told[token] = max(bits, told.get(token, bits))
    if most + w["slip"] >= least:
        wide = _met(word.text, index, lang, True)
        told = dict(_slips(word.text, tables_of(index).keys.rows(wide.tokens), index)) | told
    judge = paired(index)
    worths = {t: _at_most(word, index.token(t), bits, lang, worth_of, judge) for t, bits in sorted(told.items())}
    return {token: worth for token, worth in worths.items() if max(worth) >= least}


def _the_same(seen: Name, index: Index) -> list[int]:
    """The names of the same words as one with a title or a numeral, which brings no names itself: *Mohammed VI*."""
    spelt = sorted(fold(token.text) for token in seen.tokens)
    under = [index.lookup(f"={word}") for word in spelt]
    bearing = min(([index.postings(token) for token in tokens] for tokens in under), key=lambda p: sum(map(len, p)))
    if sum(map(len, bearing)) > MAX_POSTINGS:
        return []
    return [
        name for names in bearing for name in names
        if sorted(fold(index.token(token)) for token in index.token_numbers(name)) == spelt
    ]  # fmt: skip


def _joined(words: Sequence[Token]) -> Iterator[Token]:
    """The parts of hyphenated words, as one word each: *Mi-ae* and *Miae*; an article goes with the name beside it."""
    for first, second in pairwise(words):
        named = second if second.role in KINDS else first
        if second.glue == "-" and named.role in KINDS:
            yield replace(second, text=first.text + second.text.lower(), start=first.start, role=named.role)


def _best(
    words: Sequence[Token], spelt: Sequence[Spelt], index: Index, among: array[int] | None = None, least: float = LEAST
) -> list[tuple[int, float, int]]:
    """The names that have most of what the words may spell, and at least so many bits, ``among`` some or all."""
    tokens, as_other, as_surname, ends = array("I"), array("f"), array("f"), array("i")
    for one in spelt:
        tokens.extend(one.tokens)
        as_other.extend(one.as_other)
        as_surname.extend(one.as_surname)
        ends.append(len(tokens))
    kinds = bytes(0 if isinstance(token, Part) else KINDS[token.role] for token in words)
    return index.together.best(
        tokens, as_other, as_surname, ends, kinds, _sources(spelt, index), -UNLIKE, -UNLIKE, MOST, among, least
    )


def _sources(spelt: Sequence[Spelt], index: Index) -> bytes:
    """For every word how many words a name has to meet that it brings: one that many bear brings those that have another."""
    reach = [index.together.shared(one.tokens) for one in spelt]
    # a name that has two of the words that many bear has one that is not the commonest of them
    commonest = max(range(len(reach)), key=reach.__getitem__, default=0)
    alone = sum(names > MAX_POSTINGS for names in reach) < 2
    return bytes(
        0 if not names else 1 if names <= MAX_POSTINGS else 0 if alone or place == commonest else 2
        for place, names in enumerate(reach)
    )


# ---------------------------------------------------------------- names that have two of the words


def _met(word: str, index: Index, lang: str, widely: bool) -> Met:
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


def _together(
    words: Sequence[Token], met: Sequence[Met], index: Index, lang: str, worth_of: Worth
) -> list[tuple[int, float, int]]:
    """The likely names of which two words meet a token that they may spell, or of which there is nothing else."""
    tokens, ends = array("I"), array("i")
    for asked in _sifted(words, met, index, lang):
        tokens.extend(asked)
        ends.append(len(tokens))
    there = index.together.together(tokens, ends, MAX_POSTINGS)
    if not any(there):
        return []
    spelt = [_in_names(*asked, index, lang, worth_of) for asked in zip(words, met, there, strict=True)]
    return [
        (name, worth, count) for name, worth, count in _best(words, spelt, index, least=HOPELESS)
        if count > 1 or _is_lone(name, index)
    ]  # fmt: skip


def _sifted(words: Sequence[Token], met: Sequence[Met], index: Index, lang: str) -> Iterator[array[int]]:
    """The tokens that words meet; where so many names have them that asking the channel is quicker, those it lets pass.

    The commonest word brings no names, so that its tokens are only asked for where another word meets a name of theirs.
    """
    reach = [index.together.shared(one.tokens) for one in met]
    commonest = max(range(len(reach)), key=reach.__getitem__, default=0)
    for place, (word, one) in enumerate(zip(words, met, strict=True)):
        crowded = CROWDED_BEYOND if is_other(word.text) else CROWDED
        if place == commonest or reach[place] <= crowded * len(one.tokens):
            yield one.tokens
            continue
        _ask(one, (token for token in one.tokens if token not in one.told), index)
        classes = given_classes(word.text, lang) if word.role != "surname" else frozenset()
        alike = {token for identifier in classes for token in index.lookup(f"g{identifier}")}
        yield array("I", (token for token in one.tokens if one.told[token] is not None or token in alike))


def _is_lone(name: int, index: Index) -> bool:
    """Whether a name of the gazetteer is of one word."""
    return sum(ROLES[role] in CORE for _token, role in index.together.counted(name)) < 2


def _in_names(word: Token, met: Met, tokens: array[int], index: Index, lang: str, worth_of: Worth) -> Spelt:
    """What some tokens are worth that a word meets."""
    if not tokens:
        return _NOTHING
    _ask(met, tokens, index)
    told = {token: bits for token in tokens if (bits := met.told[token]) is not None}
    if word.role != "surname" and len(told) < len(tokens) and (classes := given_classes(word.text, lang)):
        least = weights()["channel_gate"]
        told |= {t: least for t in tokens if t not in told and classes & given_classes(index.token(t))}
    known = met.worths.setdefault(word.role, {})
    for token, bits in told.items():
        if token not in known:
            known[token] = _at_most(word, index.token(token), bits, lang, worth_of, paired(index))
    return _spelt_with({token: known[token] for token in tokens if token in told})


def _ask(met: Met, tokens: Iterable[int], index: Index) -> None:
    """Ask the channel for some of the tokens that a word meets, as far as it was not asked before."""
    wanted = set(tokens).difference(met.told)
    if not wanted:
        return
    met.told.update(dict.fromkeys(wanted))
    for spelling, under in met.spellings:
        asked = array("I", [token for token in under if token in wanted]) if len(wanted) < len(met.tokens) else under
        if not asked:
            continue
        _hear(met, _telling(spelling, asked, index))


def _hear(met: Met, found: Iterable[tuple[int, float]]) -> None:
    """Remember what the channel tells of tokens; a damaged gazetteer may tell of one that was not asked for."""
    for token, bits in found:
        told = met.told.get(token)
        met.told[token] = bits if told is None else max(bits, told)


def _telling(word: str, tokens: array[int], index: Index, gate: float | None = None) -> list[tuple[int, float]]:
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


# ---------------------------------------------------------------- names that have any of the words


def _spelt(word: Token, index: Index, lang: str, worth_of: Worth, widely: bool = False, alone: bool = False) -> Spelt:
    """The tokens of the gazetteer that a word may spell.

    ``widely`` those too that it is one slip away from, or that meet a likely Latin spelling of it; where it is ``alone``
    all that lack or add a consonant.
    """
    key = (word.text, word.role, lang, widely, alone)
    found: Spelt | None = index.memo.get(key)
    if found is None:
        met = _met(word.text, index, lang, False)
        _ask(met, met.tokens, index)
        told = {token: bits for token, bits in met.told.items() if bits is not None}
        if widely:
            wide = _met(word.text, index, lang, True)
            told = dict(_slips(word.text, tables_of(index).keys.rows(wide.tokens), index)) | told
            further = wide.tokens if alone else spelt_so(word.text, index)
            _ask(wide, further, index)
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


_NOTHING = Spelt(array("I"), array("f"), array("f"))


def _is_common(word: Token, index: Index, lang: str) -> bool:
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


def _looked_over(
    words: Sequence[Token], spelt: Sequence[Spelt], listed: Sequence[tuple[int, float, int]], index: Index, lang: str,
    worth_of: Worth, seen: Name | None = None, least: float = -math.inf,
) -> list[tuple[int, float, int]]:  # fmt: skip
    """Names that have one of the words, with what the channel says of what stands beside it, the likeliest first.

    A word may spell a token that it does not meet under a key, and what it does not spell contradicts the more the less
    it is like it. Those of which something contradicts a name that is ``seen`` and that are not worth ``least`` bits are left out.
    """
    if not listed:
        return []
    held = [dict(zip(s.tokens, zip(s.as_other, s.as_surname, strict=True), strict=True)) for s in spelt]
    core = [(i, word.role) for i, word in enumerate(words) if word.role in CORE]
    rest: list[tuple[int, float, float, list[tuple[int, int, bool]], tuple[int, Token] | None]] = []
    wanted: dict[int, set[int]] = {}
    judge = paired(index)
    best: list[float] = []
    for place, (name, estimate, _count) in enumerate(listed):
        if place >= LOOKED_OVER and estimate <= min(nlargest(LIKELIEST, best), default=-math.inf):
            break
        tokens = [(token, ROLES[role]) for token, role in index.together.counted(name)]
        pairs = sorted([
            (-worths[token][role == "surname"], place, i)
            for place, (token, role) in enumerate(tokens) for i, worths in enumerate(held) if token in worths
        ])  # fmt: skip
        for least_, met, own in pairs:
            token, role = tokens[met]
            known = _token(index.token(token), role)
            if seen is not None and len(pairs) == 1:
                # where what it is worth at most is too little, its evidence need not be known
                open_: tuple[int, Token] | None = (own, known)
                shared = ROUNDED - least_
                break
            if evidence := judge(words[own], known, lang, worth_of):
                open_, shared = None, evidence.bits
                break
        else:
            continue
        left = [pair for place, pair in enumerate(tokens) if place != met and pair[1] in CORE]
        free = [
            (i, token, role == "surname")
            for token, role in left
            for i, own_role in core
            if i != own and own_role == role
        ]
        for i, token, _ in free:
            wanted.setdefault(i, set()).add(token)
        # what is left on both sides and stands in other places is another name all the same
        apart = left and not free and any(i != own for i, _ in core)
        rest.append((name, shared, weights()["contradiction_further"] if apart else 0.0, free, open_))
        best.append(shared + rest[-1][2])
    told = {i: _apart(words[i], tokens, index, lang) for i, tokens in wanted.items()}
    is_open, found = seen is None or _tells_more(seen, lang), []
    for name, shared, against, free, open_ in rest:
        gains = [_beside(words[i], index.token(t), told[i][t], surname, lang, worth_of) for i, t, surname in free]
        estimate = shared + against + max(gains, default=0.0)
        if seen is not None and not is_open and estimate < least and not _is_open(seen, index.name(name), lang):
            continue
        if open_ is not None:
            own, known = open_
            if (evidence := judge(words[own], known, lang, worth_of)) is None:
                continue
            estimate = evidence.bits + against + max(gains, default=0.0)
            if seen is not None and not is_open and estimate < least and not _is_open(seen, index.name(name), lang):
                continue
        found.append((name, estimate, 1 + any(gain > 0 for gain in gains)))
    return sorted(found, key=lambda item: (-item[1], item[0]))


def _is_open(seen: Name, known: Name, lang: str) -> bool:
    """Whether it is not sure that two names which share one word, of which the first does not tell more, contradict one
    another in the others: the second tells more, or two words of one may spell one of the other.
    """
    # of two words each one is shared
    several = len(seen.tokens) + len(known.tokens) > 2 * PLAIN
    return _tells_more(known, lang) or (several and (_may_join(seen, known) or _may_join(known, seen)))


def _tells_more(name: Name, lang: str) -> bool:
    """Whether what a name does not share may be no contradiction.

    Initials may stand for another word, a father's name in the place of a surname is none, and what a word spells may be
    told by more than its letters.
    """
    return any(
        token.role == "initial" or is_apart(token.text) or is_patronymic(token.text, lang) for token in name.tokens
    )


def _may_join(name: Name, other: Name) -> bool:
    """Whether two neighbouring words of a name may spell one word of another."""
    words = [(word.text, len(word.text)) for word in other.tokens]
    for first, second in pairwise(name.tokens):
        one = first.text + second.text.lower()
        least, most = JOINED_SHARE * len(one), len(one) / JOINED_SHARE
        if is_other(one):
            least, most = 0.0, math.inf
        if any(least <= size <= most and same(one, word) for word, size in words):
            return True
    return False


@lru_cache(maxsize=65536)
def _token(text: str, role: Role) -> Token:
    return Token(text, 0, len(text), role)


def _apart(word: Token, tokens: Iterable[int], index: Index, lang: str) -> dict[int, float]:
    """What the channel tells of a word and of tokens that it does not meet, in bits, as far as it counts."""
    known, least = _met(word.text, index, lang, False).apart, -1.0 / weights()["contradiction_slope"]
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


def _beside(word: Token, text: str, told: float, surname: bool, lang: str, worth_of: Worth) -> float:
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


def _alone(word: Token, lang: str, worth_of: Worth) -> float:
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
        both = (judge(word, _token(text, role), lang, worth_of) for role in (other, "surname"))
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
    met = _met(word, index, lang, False)
    if (found := met.crosses.get(known)) is None:
        alike = (token for token in index.lookup(f"={fold(known)}") if index.token(token) == known)
        there = next((token for token in alike if _holds(met.tokens, token)), None)
        if there is not None and there not in met.told:
            _ask(met, (there,), index)
        found = met.crosses[known] = is_slip(word, known) if there is None else met.told[there] is not None
    return found


def _holds(numbers: array[int], number: int) -> bool:
    """Whether sorted numbers hold one."""
    place = bisect_left(numbers, number)
    return place < len(numbers) and numbers[place] == number
