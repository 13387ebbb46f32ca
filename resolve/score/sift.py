"""Which names could a run of words be, before anything is weighed?

Most names that share a key with some word of a run are somebody else's: no word spells a token of theirs, or only a
given name does and the words beside it are of another name. Others could be meant only if the document supports them
elsewhere. All this is told from the words alone, asked once for every word and token.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Indel

from resolve.channel import rarity, refuse, weights
from resolve.index import ROLES, Index
from resolve.keys import contour, sounds
from resolve.letters import is_other
from resolve.lookup import meeting
from resolve.model import Mention, Role, Token
from resolve.names import given_classes, nominatives
from resolve.score.pair import NAMING, readings_of, share_class, spelt_bits

SILENT: frozenset[Role] = frozenset({"initial", "particle", "suffix"})
"""Words in these roles bring no name."""

MAX_WORDS = 20_000
"""What so many words of texts spell is remembered."""

MANY = 8
"""From so many tokens on, those of quite other sounds are left out first."""

ALIKE = 0.5
"""Two tokens that share no key spell one name only if their contours are so similar (Indel, 0 to 1); of 1,344 pairs of
Wikidata's spellings of one name that share none and that the channel takes, 5 are less."""

SPELT, CLASS = 1, 2
"""A word spells a token; it is of the same class of given names."""

_WORD, _INITIAL, _SURNAME = map(ROLES.index, ("word", "initial", "surname"))
_NAMED = frozenset(ROLES.index(role) for role in NAMING)
_GIVEN = frozenset(ROLES.index(role) for role in ("given", "unknown"))


class Sifted(NamedTuple):
    """The names that a run could be: for those that ``wait``, only support from elsewhere could make a link."""

    read: list[int]
    wait: list[int]


Filed = list[tuple[int, int]]
"""The tokens of a name that name somebody, each with the number of its role."""


def sift(
    mention: Mention,
    numbers: Sequence[int],
    index: Index,
    lang: str,
    elsewhere: Callable[[int], bool],
    least: float | None = None,
) -> Sifted:
    """The names of which a run could be more than somebody else's given name.

    Args:
        mention: a run of words.
        numbers: names of the gazetteer.
        index: the compiled gazetteer.
        lang: ISO 639-1 code of the text, where known.
        elsewhere: whether the words beside what meets the given name of a name show that it is another's.
        least: the bits that make a link; names that cannot reach them without support wait. None lets none wait.

    """
    run = (*mention.tokens, *mention.borrowed)
    if any(is_other(token.text) for token in run):
        return Sifted(list(numbers), [])
    words = list(dict.fromkeys(token.text for token in run if token.role not in SILENT))
    filed = _filed(numbers, index)
    if least is not None and len(words) == 1 == len(run) and _is_hopeless(words[0], filed, index, lang, least):
        return Sifted([], list(filed))
    asked = {token for tokens in filed.values() for token, role in tokens if role != _INITIAL}
    met = [_met(word, asked, index, lang) for word in words]
    read, wait, lone = [], [], False
    for number, tokens in filed.items():
        ways = [
            (place, role)
            for token, role in tokens if role != _INITIAL
            for place, known in enumerate(met)
            if (how := known[token]) and (how & SPELT or role in _GIVEN)
        ]  # fmt: skip
        if not ways:
            continue
        whole = len(tokens) == 1 or all(role != _SURNAME for _, role in tokens)
        by_given = all(role != _SURNAME for _, role in ways)
        if by_given and not whole and elsewhere(number):
            continue
        single = len({place for place, _ in ways}) == 1
        lone = lone or (single and whole)
        partial = single and not whole and len(tokens) > 1
        (wait if partial else read).append(number)
    if wait and (least is None or lone or _may_do(words, run, lang, least)):
        return Sifted([*read, *wait], [])
    return Sifted(read, wait)


def _filed(numbers: Iterable[int], index: Index) -> dict[int, Filed]:
    """The naming tokens of the names of persons."""
    found = {}
    for number in numbers:
        tokens = list(zip(index.token_numbers(number), index.roles_of(number), strict=True))
        if tokens and tokens[0][1] != _WORD:
            found[number] = [(token, role) for token, role in tokens if role in _NAMED]
    return found


def _is_hopeless(word: str, filed: dict[int, Filed], index: Index, lang: str, least: float) -> bool:
    """Whether a lone word can be none of some names for itself: no whole name, and worth too little."""
    near = meeting(word, index, lang)
    telling = {
        token
        for tokens in filed.values()
        for token, role in tokens
        if role != _INITIAL and (role not in _GIVEN or len(tokens) == 1) and token in near
    }
    telling |= {token for tokens in filed.values() if all(role != _SURNAME for _, role in tokens) for token, _ in tokens}
    if not any(_met(word, telling, index, lang)[token] & SPELT for token in telling):
        return _most_given() < least
    return not any(len(tokens) == 1 for tokens in filed.values()) and _most(word, lang) < least


def _may_do(words: Sequence[str], run: Sequence[Token], lang: str, least: float) -> bool:
    """Whether one word of a run may be enough for a link, or an initial beside it completes a name."""
    return any(token.role == "initial" for token in run) or any(_most(word, lang) >= least for word in words)


def _most(word: str, lang: str) -> float:
    """What sharing a word can be worth at most, in bits."""
    w = weights()
    rare = max(rarity(spelling) for spelling in (word, *(stem for stem, _sex in nominatives(word, lang))))
    surname = w["surname_shared"] + w["surname_rarity"] * rare
    return max(surname, w["name_shared"] + w["name_rarity"] * rare, _most_given())


def _most_given() -> float:
    """What sharing a given name can be worth at most, in bits."""
    w = weights()
    return max(w["given"], w["equivalent"], w["diminutive"], w["name_shared"] + w["name_rarity"] * 1.5 * w["given_cap"])


def _met(word: str, tokens: Iterable[int], index: Index, lang: str) -> dict[int, int]:
    """How a word meets tokens of the gazetteer: `SPELT`, `CLASS`, both or 0; remembered."""
    memo = index.spelt
    if (word, lang) not in memo and len(memo) >= MAX_WORDS:
        memo.clear()
    known = memo.setdefault((word, lang), {})
    missing = {token: index.token(token) for token in tokens if token not in known}
    if missing:
        near = meeting(word, index, lang)
        alike = {text for token, text in missing.items() if token in near}
        alike |= _sounding(word, [text for token, text in missing.items() if token not in near], lang)
        refuse((a, b) for text in alike for a, b, _ in readings_of(word, text, lang))
        given = any(given_classes(spelling) for spelling in (word, *(stem for stem, _sex in nominatives(word, lang))))
        for token, text in missing.items():
            spelt = text in alike and spelt_bits(word, text, lang)
            one = given and given_classes(text) and share_class(word, text, lang)
            known[token] = (SPELT if spelt else 0) | (CLASS if one else 0)
    return known


def _sounding(word: str, tokens: list[str], lang: str) -> set[str]:
    """The tokens that sound at all like a word, or one of its nominatives."""
    if len(tokens) < MANY:
        return set(tokens)
    heard = [_contour(token) for token in tokens]
    found = {token for token in tokens if is_other(token)}
    for mine in {contour(s) for spelling in (word, *(stem for stem, _ in nominatives(word, lang))) for s in sounds(spelling)}:
        close = process.extract(mine, heard, scorer=Indel.normalized_similarity, score_cutoff=ALIKE, limit=None)
        found.update(tokens[place] for _text, _score, place in close)
    return found


def _contour(token: str) -> str:
    """How a token sounds in its commonest reading, coarsely."""
    return next(map(contour, sounds(token)), "")
