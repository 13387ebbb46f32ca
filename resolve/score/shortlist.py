"""Which few names of the gazetteer are worth comparing with a name in full?

Every word of a name is read as the tokens of the gazetteer that it may spell: of all that meet it under
a key, those that the learned channel lets pass, each with what sharing it would be worth. The compiled
`Names` then finds the names that have most of them. What is weighed there leaves out what only the whole
pair tells, so the names are an order to compare in, and an estimate where to stop.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from heapq import nlargest
from itertools import pairwise

from resolve._shortlist import MOST_WORDS
from resolve.channel import is_apart, same, weights
from resolve.given import given_classes, is_patronymic
from resolve.index import ROLES, Index
from resolve.letters import fold, is_other
from resolve.lookup import MAX_POSTINGS, candidates
from resolve.model import Name, Role, Token
from resolve.names import CORE
from resolve.score.further import Part, apart_or_together
from resolve.score.pair import JOINED_SHARE, Worth
from resolve.score.spelt import (
    LIKELIEST,
    LOOKED_OVER,
    NOTHING,
    Met,
    Spelt,
    alone_worth,
    apart_from,
    ask,
    beside,
    closely,
    hear,
    in_names,
    is_common,
    met_by,
    paired,
    spelt_by,
    token_of,
    told_of,
)

MOST = 200
"""At most so many names are listed for one name."""

UNLIKE = 8.0
"""What it counts in the estimate that both names have another given name, or another surname, in bits."""

HOPELESS = 14.0
"""A name that is worth less is hardly ever the one that is meant, in bits."""

ROUNDED = 1e-3
"""What numbers of single precision may hide, in bits."""

LEAST = -math.inf
"""What a name is worth at least that is listed, in bits."""

PLAIN = 2
"""A name of so many words has a given name and a surname."""

CROWDED = 12
"""Where the tokens that a word meets have more names than this on average, the channel is asked before names are looked at."""

CROWDED_BEYOND = 30
"""The same of a word in a script beyond Cyrillic, which meets many tokens that it does not spell."""

KINDS: dict[Role, int] = {"given": 1, "initial": 1, "surname": 2, "patronymic": 0, "unknown": 0}


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
        spelt = [spelt_by(words[0], index, lang, worth_of)]
        if not spelt[0].tokens:
            spelt = [spelt_by(words[0], index, lang, worth_of, True, True)]
        yield [(name, worth) for name, worth, _ in _best(words, spelt, index)], -math.inf
        return
    found = _together(asked, [met_by(token.text, index, lang, False) for token in asked], index, lang, worth_of)
    wide: list[Met] = []
    if max((count for _, worth, count in found if worth >= HOPELESS), default=0) < 2:
        # nobody has two of the words: one may be spelt so that it meets none of its spellings under a key
        wide = [met_by(token.text, index, lang, True) for token in asked]
        found = _together(asked, wide, index, lang, worth_of)
    if found:
        beyond = max(alone_worth(word, lang, worth_of) for word in words) - UNLIKE
        yield [(name, worth) for name, worth, _ in found], beyond
    elif least > -math.inf and (likely := _not_hopeless(seen, asked, index, lang, worth_of, least)) is not None:
        yield [(name, worth) for name, worth, _ in likely], least
    # a word that many bear brings no names but those that were found already
    spelt = [
        NOTHING if is_common(token, index, lang) else spelt_by(token, index, lang, worth_of, bool(wide))
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
    beyond = max(alone_worth(word, lang, worth_of) for word in own) - UNLIKE
    parts = [*words, *apart_or_together(own)][:MOST_WORDS]
    for some in (words, parts) if len(parts) > len(words) else (words,):
        met = [met_by(token.text, index, lang, False) for token in some]
        if found := _together(some, met, index, lang, worth_of):
            yield [(name, worth) for name, worth, _ in found], beyond
    names = array("I", candidates(seen.tokens, index, lang))
    tokens = array("I", sorted({token for name in names for token, _role in index.together.counted(name)}))
    spelt = []
    for word, one in zip(parts, met, strict=True):
        asked = array("I", [token for token in tokens if token not in one.told])
        one.told.update(dict.fromkeys(asked))
        for spelling, _under in one.spellings if asked else ():
            hear(one, told_of(spelling, asked, index))
        spelt.append(in_names(word, one, tokens, index, lang, worth_of))
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
    spelt = [closely(token, index, lang, worth_of, enough) for token in words]
    listed = _best(words, spelt, index)
    if len(listed) > LOOKED_OVER or any(count > 1 and worth >= HOPELESS for _, worth, count in listed):
        # which of them are likely the other words tell
        return None
    return _looked_over(words, spelt, listed, index, lang, worth_of, seen, enough)


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
    spelt = [in_names(*asked, index, lang, worth_of) for asked in zip(words, met, there, strict=True)]
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
        ask(one, (token for token in one.tokens if token not in one.told), index)
        classes = given_classes(word.text, lang) if word.role != "surname" else frozenset()
        alike = {token for identifier in classes for token in index.lookup(f"g{identifier}")}
        yield array("I", (token for token in one.tokens if one.told[token] is not None or token in alike))


def _is_lone(name: int, index: Index) -> bool:
    """Whether a name of the gazetteer is of one word."""
    return sum(ROLES[role] in CORE for _token, role in index.together.counted(name)) < 2


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
        unasked: tuple[int, Token] | None = None
        for less, met, own in pairs:
            token, role = tokens[met]
            known = token_of(index.token(token), role)
            if seen is not None and len(pairs) == 1:
                # where what it is worth at most is too little, its evidence need not be known
                shared, unasked = ROUNDED - less, (own, known)
                break
            if evidence := judge(words[own], known, lang, worth_of):
                shared = evidence.bits
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
        rest.append((name, shared, weights()["contradiction_further"] if apart else 0.0, free, unasked))
        best.append(shared + rest[-1][2])
    told = {i: apart_from(words[i], tokens, index, lang) for i, tokens in wanted.items()}
    is_open, found = seen is None or _tells_more(seen, lang), []
    for name, shared, against, free, asked in rest:
        gains = [beside(words[i], index.token(t), told[i][t], surname, lang, worth_of) for i, t, surname in free]
        estimate = shared + against + max(gains, default=0.0)
        if seen is not None and not is_open and estimate < least and not _is_open(seen, index.name(name), lang):
            continue
        if asked is not None:
            own, known = asked
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
