"""Which names could a run of words be, before anything is weighed?

Most names that share a key with some word of a run are somebody else's: no word spells a token of theirs, or only a
given name does and the words beside it are of another name. Others could be meant only if the document supports them
elsewhere. All this is told from the words alone, asked once for every word and token.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Indel

from resolve.channel import rarity, refuse, same, weights
from resolve.endings import nominatives
from resolve.index import ROLES, Index
from resolve.keys import contour, sounds
from resolve.letters import is_other
from resolve.lookup import MAX_POSTINGS, meeting, nearby
from resolve.model import Mention, Role, Token
from resolve.names import NAMING, given_classes, is_given, is_given_as_written
from resolve.score.pair import readings_of, share_class

SILENT: frozenset[Role] = frozenset({"initial", "particle", "suffix"})
"""Words in these roles bring no name."""

MAX_WORDS = 20_000
"""What so many words of texts spell is remembered."""

MANY = 8
"""From so many tokens on, those of quite other sounds are left out first."""

ALIKE = 0.5
"""Two tokens that share no key spell one name only if their contours are so similar (Indel, 0 to 1); of 1,344 pairs of
Wikidata's spellings of one name that share none and that the channel takes, 5 are less."""

CLOSE = 0.6
"""The same where names are looked for so, and another word of theirs meets under a key; 22 of those pairs are less."""

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
    read: list[int] = []
    wait: list[int] = []
    given: list[int] = []
    lone = False
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
        single = len({place for place, _ in ways}) == 1
        lone = lone or (single and whole)
        if whole or any(role == _SURNAME for _, role in ways):
            (read if whole or not single else wait).append(number)
        elif single:
            given.append(number)
        elif not elsewhere(number):
            read.append(number)
    if least is not None and not lone and _most_given() < least:
        if not _may_do(words, run, lang, least):
            return Sifted(read, [*wait, *given])
        return Sifted([*read, *wait], given)
    return Sifted([*read, *wait, *(number for number in given if not elsewhere(number))], [])


@dataclass(slots=True)
class Heard:
    """What is known of a word of a text: the tokens that it meets under a key, and those near them; how many bear the
    former; what sharing it is worth at most, in bits; how it sounds.
    """

    tokens: array[int]
    near: array[int]
    bearers: int
    most: float
    contours: tuple[str, ...]


def heard(word: str, index: Index, lang: str) -> Heard:
    """What is known of a word, remembered."""
    memo = index.heard
    if (word, lang) not in memo:
        if len(memo) >= MAX_WORDS:
            memo.clear()
        tokens = meeting(word, index, lang)
        memo[word, lang] = Heard(
            array("I", tokens), array("I", tokens | nearby(word, index, lang)), sum(map(index.bearers, tokens)),
            _most(word, lang), _contours(word, lang),
        )  # fmt: skip
    found: Heard = memo[word, lang]
    return found


def gather(run: Sequence[Token], index: Index, lang: str, least: float) -> list[int] | None:
    """The names that a run could be without support from elsewhere: two words meet two of their tokens, or one is enough.

    Of two words one meets under a key, the other under a key or that of a neighbour, or it sounds alike.

    Returns:
        Numbers of names; None where given names alone might be enough, and all names have to be looked at.

    """
    if any(is_other(token.text) for token in run) or _most_given() >= least:
        return None
    words = [heard(word, index, lang) for word in dict.fromkeys(t.text for t in run if t.role not in SILENT)]
    initial = any(token.role == "initial" for token in run)
    found: set[int] = set()
    for place, one in enumerate(words):
        if not one.tokens:
            continue
        if one.bearers <= MAX_POSTINGS:
            found.update(index.pairs.meant(one.tokens, _SURNAME, initial or one.most >= least))
        for other in words[:place] + words[place + 1 :]:
            found.update(index.pairs.both(one.tokens, other.near))
            if one.bearers <= MAX_POSTINGS:
                found.update(_sounding_beside(one, other, index))
    return sorted(found)


def _sounding_beside(one: Heard, other: Heard, index: Index) -> list[int]:
    """The names of which one word meets a token and the other sounds like another one."""
    beside = index.pairs.beside(one.tokens)
    sounding = [_contour(index.token(token)) for token in beside]
    close = {
        beside[place]
        for mine in other.contours
        for _text, _score, place in process.extract(
            mine, sounding, scorer=Indel.normalized_similarity, score_cutoff=CLOSE, limit=None
        )
    }
    return index.pairs.both(one.tokens, array("I", close)) if close else []


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
    telling |= {
        token for tokens in filed.values() if all(role != _SURNAME for _, role in tokens) for token, _ in tokens
    }
    if not any(_met(word, telling, index, lang)[token] & SPELT for token in telling):
        return _most_given() < least
    return not any(len(tokens) == 1 for tokens in filed.values()) and _most(word, lang) < least


def _may_do(words: Sequence[str], run: Sequence[Token], lang: str, least: float) -> bool:
    """Whether one word of a run may be enough for a link, or an initial beside it completes a name."""
    return any(token.role == "initial" for token in run) or any(_most(word, lang) >= least for word in words)


def _most(word: str, lang: str) -> float:
    """What sharing a word can be worth at most, in bits; evidence that adds to a part of a name has to be counted here."""
    w = weights()
    rare = max(rarity(spelling) for spelling in (word, *(stem for stem, _sex in nominatives(word, lang))))
    surname = w["surname_shared"] + w["surname_rarity"] * rare
    # one that only declines like a given name may be taken for one, and meets a surname
    crossed = w["name_shared"] + w["name_rarity"] * rare + w["crossed"]
    return max(surname, _most_given(), crossed if is_given(word, lang) and not is_given_as_written(word) else 0.0)


def _most_given() -> float:
    """What sharing a given name can be worth at most, in bits."""
    w = weights()
    return max(w["given"], w["equivalent"], w["diminutive"], w["name_shared"] + w["name_rarity"] * 1.5 * w["given_cap"])


def _met(word: str, tokens: Iterable[int], index: Index, lang: str) -> dict[int, int]:
    """How a word meets tokens of the gazetteer: `SPELT`, `CLASS`, both or 0; remembered."""
    memo = index.sifted
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
            spelt = text in alike and any(same(a, b) for a, b, _ in readings_of(word, text, lang))
            one = given and given_classes(text) and share_class(word, text, lang)
            known[token] = (SPELT if spelt else 0) | (CLASS if one else 0)
    return known


def _sounding(word: str, tokens: list[str], lang: str) -> set[str]:
    """The tokens that sound at all like a word, or one of its nominatives."""
    if len(tokens) < MANY:
        return set(tokens)
    heard = [_contour(token) for token in tokens]
    found = {token for token in tokens if is_other(token)}
    for mine in _contours(word, lang):
        close = process.extract(mine, heard, scorer=Indel.normalized_similarity, score_cutoff=ALIKE, limit=None)
        found.update(tokens[place] for _text, _score, place in close)
    return found


def _contours(word: str, lang: str) -> tuple[str, ...]:
    """How a word, or one of its nominatives, may sound, coarsely."""
    spellings = (word, *(stem for stem, _sex in nominatives(word, lang)))
    return tuple(dict.fromkeys(contour(sound) for spelling in spellings for sound in sounds(spelling)))


@lru_cache(maxsize=262144)
def _contour(token: str) -> str:
    """How a token sounds in its commonest reading, coarsely."""
    return next(map(contour, sounds(token)), "")
