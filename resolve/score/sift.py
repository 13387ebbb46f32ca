"""Which names could a run of words be, before anything is weighed?

Most names that share a key with some word of a run are somebody else's: no word spells a token of theirs, or only a
given name does and the words beside it are of another name. Others could be meant only if the document supports them
elsewhere. All this is told from the words alone, asked once for every word and token.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import NamedTuple

from resolve import attested, korean
from resolve._finder import BY_SURNAME, CLOSELY, SINGLE, WHOLE
from resolve._scan import UNASKED
from resolve._shortlist import slips
from resolve.channel import SINGLE as ROUNDED, at_most, is_apart, rarity, same, unlike, weights
from resolve.endings import nominatives
from resolve.given import given_classes, given_table, is_given, is_given_as_written
from resolve.index import ROLES, Index
from resolve.keys import contour, sounds
from resolve.letters import fold, is_other, letters
from resolve.lookup import MAX_CANDIDATES, MAX_POSTINGS, meeting, nearby, spelt_so
from resolve.model import Mention, Role, Token
from resolve.multigram import load
from resolve.score.pair import NAME_PARTS, SURNAME_PARTS, readings_of, share_class
from resolve.score.spelt import tables_of

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

SPELT, CLASS, CLOSE_SPELT = 1, 2, 4
"""A word spells a token; it is of the same class of given names; it may spell it so closely that nothing else need hold it."""

OPEN = 8
"""What is added where it was asked only whether a word may spell a token."""

UNKNOWN = bytes([UNASKED])

STEM = 4
"""Two words that open with the same letters, so many of them, may be one name in two cases."""

_WORD, _INITIAL, _SURNAME, _SUFFIX = map(ROLES.index, ("word", "initial", "surname", "suffix"))
_GIVEN = bytes(role in {"given", "unknown"} for role in ROLES)


class Sifted(NamedTuple):
    """The names that a run could be: for those that ``wait``, only support from elsewhere could make a link.

    Those that are ``idle`` are some by their surname, and nothing makes a link of them; they may show another bearer.
    Of a ``crowd`` who bear one surname nobody is meant unless the document names one of them.
    """

    read: list[int]
    wait: list[int]
    idle: list[int]
    crowd: list[int]


class Least(NamedTuple):
    """The bits that a reading needs to make a link without being met elsewhere: one by a surname, and one by a given name.

    The words beside a surname may speak for it; nothing speaks for a given name but its bearer. Where it has more than so
    many ``rivals`` alike, nothing makes it a link.
    """

    surname: float
    given: float
    rivals: float


def sift(
    mention: Mention,
    numbers: Sequence[int],
    index: Index,
    lang: str,
    elsewhere: Callable[[int], bool],
    least: Least | None = None,
    against: Callable[[int], float] | None = None,
) -> Sifted:
    """The names of which a run could be more than somebody else's given name.

    Args:
        mention: a run of words.
        numbers: names of the gazetteer.
        index: the compiled gazetteer.
        lang: ISO 639-1 code of the text, where known.
        elsewhere: whether the words beside what meets the given name of a name show that it is another's.
        least: what a reading needs; names that cannot reach it without support wait. None lets none wait.
        against: what the words beside the word of a place say against a surname there, in bits.

    """
    run = (*mention.tokens, *mention.borrowed)
    if any(is_other(token.text) for token in run):
        return Sifted(list(numbers), [], [], [])
    words = list(dict.fromkeys(token.text for token in run if token.role not in SILENT))
    names = index.pairs.persons(array("I", numbers), _WORD)
    if least is not None and len(words) == 1 == len(run) and _is_hopeless(words[0], names, index, lang, least):
        return Sifted([], list(names), [], [])
    tokens = index.pairs.named_by(names, _INITIAL)
    met = [_met(word, tokens, index, lang) for word in words]
    idle_words = _idle(words, mention, lang, least, against) if least is not None and against else []
    read: list[int] = []
    wait: list[int] = []
    given: list[int] = []
    idle: list[int] = []
    alike: dict[tuple[int, int], list[int]] = {}
    lone = False
    every = zip(names, *index.pairs.ways(names, tokens, met, _INITIAL, _SURNAME, _GIVEN), strict=True)
    for number, ways, place, token in every:
        if not ways:
            continue
        whole, single = ways & WHOLE, ways & SINGLE
        lone = lone or bool(single and whole)
        if idle_words and single and not whole and ways & BY_SURNAME and idle_words[place][bool(ways & CLOSELY)]:
            idle.append(number)
        elif idle_words and single and not whole and ways & BY_SURNAME:
            alike.setdefault((place, token), []).append(number)
        elif whole or ways & BY_SURNAME:
            (read if whole or not single else wait).append(number)
        elif single:
            given.append(number)
        elif not elsewhere(number):
            read.append(number)
    crowd: list[int] = []
    for bearers in alike.values():
        (crowd if least is not None and _is_crowd(bearers, run, index, least) else wait).extend(bearers)
    if least is not None and not lone and _most_given() < least.given:
        if not _may_do(words, run, lang, least.surname):
            return Sifted(read, [*wait, *given], idle, crowd)
        return Sifted([*read, *wait], given, idle, crowd)
    return Sifted([*read, *wait, *(number for number in given if not elsewhere(number))], [], idle, crowd)


def _is_crowd(names: Sequence[int], run: Sequence[Token], index: Index, least: Least) -> bool:
    """Whether so many bear one surname, all alike, that words beside it can make none of them likely."""
    if len(names) <= least.rivals or any(token.gender for token in run):
        return False
    plain = {index.entity_of(name) for name in names if index.kind_of(name) == "name"}
    return len(plain) > least.rivals + 1 and not any(_SUFFIX in bytes(index.roles_of(name)) for name in names)


def _idle(
    words: Sequence[str], mention: Mention, lang: str, least: Least, against: Callable[[int], float]
) -> list[tuple[bool, bool]]:
    """For every word of a run whether it is too little as somebody's surname alone: spelt loosely, and however spelt."""
    run = mention.tokens
    if mention.borrowed or any(token.role == "initial" for token in run):
        return []
    found = []
    for word in words:
        places = [place for place, token in enumerate(run) if fold(token.text)[:STEM] == fold(word)[:STEM]]
        less = against(places[0]) if len(places) == 1 else 0.0
        closely, loosely = _alone(word, lang)
        found.append((loosely + less < least.surname, closely + less < least.surname))
    return found


@lru_cache(maxsize=65536)
def _alone(word: str, lang: str) -> tuple[float, float]:
    """What a word can be worth at most as somebody's surname alone, spelt closely and loosely, in bits."""
    w, rare = weights(), _rarity(word, lang)
    # a known given name is one beside a surname too
    ways = [NAME_PARTS] * is_given(word, lang) + [SURNAME_PARTS] * (word.isupper() or not is_given_as_written(word))
    worth = [(w[shared] + w[rarely] * rare, w[less]) for shared, rarely, less in ways]
    short = w["lone_short"] * max(0.0, w["lone_length"] - letters(word))
    # what is loosely spelt costs at least so much
    spent = w["loose_share"] * rare
    loosely = max(most + less * spent for most, less in worth) + w["loose_single"]
    return max(most for most, _less in worth) + short, loosely + short


@dataclass(slots=True)
class Heard:
    """What is known of a word of a text: the tokens that it meets under a key and may spell, or be of one class with; how many
    bear all that it meets so; what sharing it is worth at most, in bits; and, once that is asked, the tokens near those too.
    """

    word: str
    lang: str
    tokens: array[int]
    bearers: int
    most: float
    _near: array[int] | None = None

    def near(self, index: Index) -> array[int]:
        """The tokens that it meets, and those one consonant away."""
        if self._near is None:
            met = meeting(self.word, index, self.lang)
            self._near = array("I", met | nearby(self.word, index, self.lang))
        return self._near


def heard(word: str, index: Index, lang: str) -> Heard:
    """What is known of a word, remembered."""
    memo = index.heard
    if (word, lang) not in memo:
        if len(memo) >= MAX_WORDS:
            memo.clear()
        met = array("I", meeting(word, index, lang))
        spelt = array("I", compress(met, _may_meet(word, met, index, lang)))
        memo[word, lang] = Heard(word, lang, spelt, sum(map(index.bearers, met)), _most(word, lang))
    found: Heard = memo[word, lang]
    return found


def gather(run: Sequence[Token], index: Index, lang: str, least: Least) -> list[int] | None:
    """The names that a run could be without support from elsewhere: two words meet two of their tokens, or one is enough.

    Of two words one meets under a key and spells what it meets, the other meets under a key or that of a neighbour, or it
    sounds alike.

    Returns:
        Numbers of names; None where given names alone might be enough, and all names have to be looked at.

    """
    if any(is_other(token.text) for token in run) or _most_given() >= least.given:
        return None
    words = [heard(word, index, lang) for word in dict.fromkeys(t.text for t in run if t.role not in SILENT)]
    initial = any(token.role == "initial" for token in run)
    found: set[int] = set()
    for place, one in enumerate(words):
        if not one.bearers:
            if any(is_given_as_written(other.word) for other in words[:place]):
                # as `candidates` looks it up behind a given name: Майкъл Гоув
                spelt = array("I", sorted(spelt_so(one.word, index)))
                found.update(index.pairs.meant(spelt, _SURNAME, initial or one.most >= least.surname))
                for other in words[:place]:
                    found.update(index.pairs.both(spelt, other.near(index)))
            continue
        if one.bearers <= MAX_POSTINGS:
            found.update(index.pairs.meant(one.tokens, _SURNAME, initial or one.most >= least.surname))
        for other in words[:place] + words[place + 1 :]:
            found.update(index.pairs.both(one.tokens, other.near(index)))
            if one.bearers <= MAX_POSTINGS:
                found.update(_sounding_beside(one, other, index))
    return sorted(found)


def bearing(run: Sequence[Token], index: Index, lang: str) -> list[int] | None:
    """All names with a token that a word of a run spells; None where there are so many that `candidates` has to choose."""
    if any(is_other(token.text) for token in run):
        return None
    words = [heard(word, index, lang) for word in dict.fromkeys(t.text for t in run if t.role not in SILENT)]
    if sum(word.bearers for word in words) > MAX_CANDIDATES or any(is_given_as_written(w.word) for w in words[:-1]):
        return None
    return sorted({name for word in words for token in word.tokens for name in index.postings(token)})


def may_spell(word: str, token: int, index: Index, lang: str) -> bool | None:
    """Whether a word of a text spells a token or is of one class with it; None where that was not asked."""
    number = index.sifted.get((word, lang))
    how = UNASKED if number is None else index.answers.one(number, token)
    return None if how >= OPEN else bool(how)


def spelt_in(run: Sequence[Token], tokens: Sequence[int], index: Index, lang: str) -> list[int] | None:
    """The places of those of some tokens that a word of a run may spell; None where that is not known of all, or one is an initial."""
    found = set[int]()
    for word in run:
        if word.role == "initial":
            return None
        if word.role not in SILENT:
            number = index.sifted.get((word.text, lang))
            known = index.answers.of(number, tokens) if number is not None else UNKNOWN
            if max(known, default=0) >= OPEN:
                return None
            found.update(compress(range(len(tokens)), known))
    return sorted(found)


def _sounding_beside(one: Heard, other: Heard, index: Index) -> list[int]:
    """The names of which one word meets a token and the other sounds like another one."""
    close = _sounding_like(_contours(other.word, other.lang), index.pairs.beside(one.tokens), index, CLOSE)
    return index.pairs.both(one.tokens, close) if close else []


def _is_hopeless(word: str, names: array[int], index: Index, lang: str, least: Least) -> bool:
    """Whether a lone word can be none of some names for itself: no whole name, and worth too little."""
    whole, parts, single = index.pairs.telling(names, _INITIAL, _SURNAME, _GIVEN)
    telling = array("I", sorted(whole | (parts & meeting(word, index, lang))))
    if not any(how & SPELT for how in _met(word, telling, index, lang)):
        return _most_given() < least.given
    return not single and _most(word, lang) < least.surname


def _may_do(words: Sequence[str], run: Sequence[Token], lang: str, least: float) -> bool:
    """Whether one word of a run may be enough for a link, or an initial beside it completes a name."""
    return any(token.role == "initial" for token in run) or any(_most(word, lang) >= least for word in words)


def _most(word: str, lang: str) -> float:
    """What sharing a word can be worth at most, in bits; evidence that adds to a part of a name has to be counted here."""
    w = weights()
    rare = _rarity(word, lang)
    surname = w["surname_shared"] + w["surname_rarity"] * rare
    # one that only declines like a given name may be taken for one, and meets a surname
    crossed = w["name_shared"] + w["name_rarity"] * rare + w["crossed"]
    return max(surname, _most_given(), crossed if is_given(word, lang) and not is_given_as_written(word) else 0.0)


def _rarity(word: str, lang: str) -> float:
    """What sharing a surname of the length of a word, or of one of its nominatives, is worth, in bits."""
    return max(rarity(spelling) for spelling in (word, *(stem for stem, _sex in nominatives(word, lang))))


def _most_given() -> float:
    """What sharing a given name can be worth at most, in bits."""
    w = weights()
    return max(w["given"], w["equivalent"], w["diminutive"], w["name_shared"] + w["name_rarity"] * 1.5 * w["given_cap"])


def _met(word: str, tokens: array[int], index: Index, lang: str) -> bytes:
    """How a word meets tokens of the gazetteer: `SPELT`, `CLASS`, both or 0; remembered."""
    number = _number(word, index, lang)
    found: bytes = index.answers.of(number, tokens)
    if max(found, default=0) < OPEN:
        return found
    unasked = [token for token, how in zip(tokens, found, strict=True) if how == UNASKED]
    passed = {token: how - OPEN for token, how in zip(tokens, found, strict=True) if OPEN <= how < UNASKED}
    known = dict.fromkeys([*unasked, *passed], 0)
    passing = [*((token, how) for token, how in passed.items() if how), *_alike(word, unasked, index, lang)]
    known.update(_spelt(word, passing, index, lang))
    for token in _of_class(word, known, index, lang):
        known[token] |= CLASS
    index.answers.put(number, array("I", known), bytes(known.values()))
    return (
        bytes(map(known.__getitem__, tokens)) if len(known) == len(tokens) else bytes(index.answers.of(number, tokens))
    )


def _may_meet(word: str, tokens: array[int], index: Index, lang: str) -> bytes:
    """Whether a word may meet tokens that share a key with it: not 0 where the channel lets them pass, or both have a class.

    Most of them are never asked for: of a given name alone nobody is meant.
    """
    number = _number(word, index, lang)
    found: bytes = index.answers.of(number, tokens)
    if UNASKED in found:
        missing = array("I", [token for token, how in zip(tokens, found, strict=True) if how == UNASKED])
        known = dict.fromkeys(missing, 0)
        known.update((token, how + OPEN) for token, how in _passing(word, missing, index, lang))
        if _has_class(word, lang):
            of_classes = _with_classes(index)
            known.update((token, known[token] or OPEN) for token in missing if token in of_classes)
        index.answers.put(number, missing, bytes(known.values()))
        found = index.answers.of(number, tokens)
    return found


def _number(word: str, index: Index, lang: str) -> int:
    """The number of a word of a text among those that are remembered."""
    memo = index.sifted
    number = memo.get((word, lang))
    if number is None:
        if len(memo) >= MAX_WORDS:
            memo.clear()
            index.answers.clear()
        number = memo[word, lang] = len(memo)
    return number


def _of_class(word: str, tokens: Iterable[int], index: Index, lang: str) -> list[int]:
    """Those of some tokens that are given names of the class of a word, or of a nominative of it."""
    of_classes = _with_classes(index)
    named = [token for token in tokens if token in of_classes]
    if not named or not _has_class(word, lang):
        return []
    return [token for token in named if share_class(word, index.token(token), lang)]


def _has_class(word: str, lang: str) -> bool:
    """Whether a word, or a nominative of it, is of some class of given names."""
    return any(given_classes(one) for one in (word, *(stem for stem, _sex in nominatives(word, lang))))


def _with_classes(index: Index) -> frozenset[int]:
    """The tokens of a gazetteer that are given names of some class."""
    found: frozenset[int] | None = index.memo.get("with classes")
    if found is None:
        classes = frozenset().union(*given_table().values())
        found = frozenset(token for one in classes for token in index.lookup(f"g{one}"))
        index.memo["with classes"] = found
    return found


def _alike(word: str, tokens: Sequence[int], index: Index, lang: str) -> Iterator[tuple[int, int]]:
    """Those of some tokens that a word, or one of its nominatives, may spell, as `_passing` has them."""
    near = meeting(word, index, lang)
    alike = [token for token in tokens if token in near]
    others = [token for token in tokens if token not in near]
    alike += _sounding_like(_contours(word, lang), array("I", others), index, ALIKE) if len(others) >= MANY else others
    return _passing(word, alike, index, lang)


def _spelt(word: str, passing: Iterable[tuple[int, int]], index: Index, lang: str) -> Iterator[tuple[int, int]]:
    """Those of some tokens that a word, or one of its nominatives, spells, each with `SPELT` or that it does so closely."""
    # of the others the channel was asked already
    apart = is_apart(word)
    for token, how in passing:
        text = index.token(token)
        if apart and unlike(word, text, lang):
            continue
        if any(same(a, b) for a, b, _ in readings_of(word, text, lang)):
            yield token, how


def _passing(word: str, tokens: Sequence[int], index: Index, lang: str) -> Iterator[tuple[int, int]]:
    """Those of some tokens that the channel may let pass beside a word or one of its nominatives, and how closely.

    Words and tokens that are compared by more than their own letters all pass.
    """
    if is_apart(word):
        yield from ((token, SPELT | CLOSE_SPELT) for token in tokens)
        return
    w, tables = weights(), tables_of(index)
    table, rows = tables.letters, tables.keys.rows(array("I", tokens))
    spellings = (word, *(stem for stem, _sex in nominatives(word, lang)))
    closely = w["channel_clean"] - w["loose_share"] * _rarity(word, lang) / w["channel_slope"]
    close = {token for script, (_, owners) in rows.items() for token in _apart(table.names[script], owners, index)}
    passed: set[int] = set()
    asked = {script: found for script, (found, _) in rows.items()}
    owner = {row: token for found, owners in rows.values() for row, token in zip(found, owners, strict=True)}
    for row, bits in at_most(spellings, table, asked, w["channel_gate"]):
        (close if bits >= closely - ROUNDED else passed).add(owner[row])
    for spelling in spellings:
        close.update(index.lookup(f"={fold(spelling)}"))
        passed.update(token for key in korean.keys(spelling) for token in index.lookup(f"k{key}"))
        passed.update(token for name in attested.keys(spelling) for token in index.lookup(f"a{name}"))
        letters = load().word(spelling)
        if letters is not None and len(letters.letters) >= w["typo_length"]:
            for found in asked.values():
                passed.update(owner[row] for row in slips(letters.letters, table.letters, table.starts, found))
    for token in tokens:
        if token in close:
            yield token, SPELT | CLOSE_SPELT
        elif token in passed:
            yield token, SPELT


def _apart(script: str, tokens: Iterable[int], index: Index) -> Iterable[int]:
    """Those of some tokens, spelt in one script, that are compared by more than their own letters."""
    if script == "Latin":
        return ()
    return tokens if script != "Cyrillic" else (token for token in tokens if is_apart(index.token(token)))


def _sounding_like(contours: Iterable[str], tokens: array[int], index: Index, least: float) -> array[int]:
    """Those of some tokens that sound at all like one of some words; those in further scripts all do."""
    shapes = index.shapes
    for token in shapes.unknown(tokens):
        text = index.token(token)
        shapes.put(token, b"?" * 65 if is_other(text) else _contour(text).encode("ascii", "replace"))
    return shapes.close(tokens, [shape.encode("ascii", "replace") for shape in contours], least)


@lru_cache(maxsize=65536)
def _contours(word: str, lang: str) -> tuple[str, ...]:
    """How a word, or one of its nominatives, may sound, coarsely."""
    spellings = (word, *(stem for stem, _sex in nominatives(word, lang)))
    return tuple(dict.fromkeys(contour(sound) for spelling in spellings for sound in sounds(spelling)))


@lru_cache(maxsize=262144)
def _contour(token: str) -> str:
    """How a token sounds in its commonest reading, coarsely."""
    return next(map(contour, sounds(token)), "")
