"""Which few names of the gazetteer could this be?

Tokens meet under keys, rarest first. A common given name alone brings nobody: the names it shares
with another token of the run do. Of too many, the learned channel chooses.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, compress, pairwise
from typing import NamedTuple

from resolve import attested, korean
from resolve._shortlist import opening
from resolve.channel import lowest
from resolve.endings import nominatives, place_nominatives
from resolve.given import given_classes, is_given_as_written
from resolve.index import Index, key_hash
from resolve.keys import CODED, code, keys, neighbours, press_key, skeletons
from resolve.letters import fold, is_other, writing
from resolve.model import Entity, Token
from resolve.multigram import load
from resolve.names import parts
from resolve.readings import first_letters, spelling
from resolve.respelling import sounded
from resolve.scan import OPENER, Words
from resolve.text import is_lower

MAX_POSTINGS = 400
"""A token that more names share brings candidates only together with another token."""

MAX_CANDIDATES = 200
"""At most so many names are scored for one mention."""

LIKELIEST = 250
"""A word in a script beyond Cyrillic brings the names of so many tokens, the likeliest first."""

UNSCORED = 6.0
"""What meeting under a key counts where no channel covers the two tokens, or where they are equivalent names, in bits."""

SAME = 20.0
"""What meeting the same spelling counts at least, in bits."""

UNSPACED = frozenset({"Han", "Kana", "Hangul"})
"""Writings that put no space between words."""

SHORTEST = {"Han": 2, "Kana": 3, "Hangul": 2}
"""The fewest characters of a part of a longer word in them."""

LONGEST_UNSPACED = 24
"""The most characters of a word whose parts are looked up; a longer one is no name."""

MAX_MEMO = 200_000
"""What so many words meet is remembered."""

SPELT = "~"
"""What stands for the language of a word where its likely Latin spellings were looked up."""

PHRASE = "phrase"
"""What stands beside the language of a word that was looked up as one of a phrase."""

MAX_PHRASE = 12
"""The longest name of an organisation or place, in words."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of words, capitalised or not, that meets all words of a name: ``tokens[first:last]``."""

    first: int
    last: int
    name: int


def meeting(word: str, index: Index, lang: str = "") -> frozenset[int]:
    """The tokens of the gazetteer that meet a word, or one of its nominatives, under a key."""
    memo = index.meetings
    if (word, lang) not in memo:
        stems = (under_keys(stem, index) for stem, _sex in nominatives(word, lang))
        memo[word, lang] = under_keys(word, index).union(*stems)
    return memo[word, lang]


@lru_cache(maxsize=4096)
def hashes(spelling: str) -> array[int]:
    """The hashes of the keys of a spelling."""
    return array("Q", map(key_hash, (*keys(spelling), *press_key(spelling))))


def under_keys(spelling: str, index: Index) -> frozenset[int]:
    """The tokens of the gazetteer that are filed under a key of a spelling."""
    return frozenset(token for key in (*keys(spelling), *press_key(spelling)) for token in index.lookup(key))


def nearby(word: str, index: Index, lang: str = "") -> frozenset[int]:
    """The tokens of the gazetteer one consonant away from a word or one of its nominatives."""
    spellings = (word, *(stem for stem, _sex in nominatives(word, lang)))
    return frozenset(token for spelling in spellings for key in neighbours(spelling) for token in index.lookup(key))


def candidates(tokens: Sequence[Token], index: Index, lang: str = "") -> list[int]:
    """The names of the gazetteer that some tokens of a run could spell, best met first.

    Args:
        tokens: the words of one run; those that cannot be part of a name are passed over.
        index: the compiled gazetteer.
        lang: ISO 639-1 code of the text, where known.

    Returns:
        Numbers of names, at most `MAX_CANDIDATES`, by how many tokens met and then by number.

    """
    words = [t.text for t in tokens if t.role not in {"initial", "particle", "suffix"}]
    if any(map(is_other, words)):
        return _by_channel(words, index, lang)
    met = {word: meeting(word, index, lang) for word in dict.fromkeys(words)}
    counts = _counted(met, index, lang)
    if max(counts.values(), default=0) < 2 and _is_open(words, met):
        # a given name before a word that met none of its bearers: Майкъл Гоув
        met |= {word: met[word] | spelt_so(word, index) for word in words if not is_given_as_written(word)}
        counts |= _counted(met, index, lang)
    if len(counts) <= MAX_CANDIDATES:
        return sorted(counts, key=lambda name: (-counts[name], name))
    best = {token: bits for word, found in met.items() for token, bits in _scored(word, found, index)}
    return _best_met(counts, best, index)


def _is_open(words: Sequence[str], met: Mapping[str, frozenset[int]]) -> bool:
    """Whether a given name that somebody of the gazetteer bears stands before another word."""
    return any(met[word] and is_given_as_written(word) for word in words[:-1])


def _counted(met: Mapping[str, frozenset[int]], index: Index, lang: str) -> dict[int, int]:
    """How many words of a run met a token of which name; a token that many bear counts beside another one only."""
    counts: dict[int, int] = {}
    common = []
    for found in met.values():
        if sum(index.bearers(token) for token in found) > MAX_POSTINGS:
            common.append(found)
        for name in _names(found, index) if found not in common else ():
            counts[name] = counts.get(name, 0) + 1
    for found in common:
        others = [met[w] | nearby(w, index, lang) for w in met if met[w] is not found]
        for name in index.pairs.sharing(array("I", found), array("I", frozenset().union(*others))) if others else ():
            counts[name] = counts.get(name, 0) + 1
    return counts


def spelt_so(word: str, index: Index) -> frozenset[int]:
    """The tokens of the gazetteer that meet a likely Latin spelling of a Cyrillic word."""
    if writing(word) != "Cyrillic":
        return frozenset()
    memo, key = index.meetings, (word, SPELT)
    if key not in memo:
        spelt = [spelling for form in sounded(word) or (word,) for spelling in load().spellings(form)]
        filed = {f"s{bone}" for spelling in spelt for bone in skeletons(spelling)}
        filed.update(key for spelling in spelt[:CODED] for key in code(spelling))
        memo[key] = frozenset(token for one in sorted(filed) for token in index.lookup(one))
    return memo[key]


def _best_met(counts: dict[int, int], best: dict[int, float], index: Index) -> list[int]:
    """Of too many candidates those whose tokens are the likeliest, after how many tokens met."""
    totals = {name: sum(best.get(token, 0.0) for token in set(index.token_numbers(name))) for name in counts}
    return sorted(counts, key=lambda name: (-counts[name], -totals[name], name))[:MAX_CANDIDATES]


def _scored(word: str, found: Iterable[int], index: Index) -> Iterator[tuple[int, float]]:
    """The tokens that a word meets with the bits that they spell one name, where a channel says so."""
    model = load()
    for token in found:
        text = index.token(token)
        if model.covers(word, text):
            yield token, max(0.0, model.bits(word, text))


def _by_channel(words: Sequence[str], index: Index, lang: str) -> list[int]:
    """Candidates of words of which some are in a script beyond Cyrillic, by what the channel says of the tokens.

    Such a word meets many tokens under the keys of all its readings, so only the likeliest bring names.
    """
    tokens, worth, ends = array("I"), array("d"), array("i")
    for word in dict.fromkeys(_parts(words)):
        for token, bits in _likeliest(word, index, lang):
            tokens.append(token)
            worth.append(bits)
        ends.append(len(tokens))
    return index.together.summed(tokens, worth, ends, MAX_CANDIDATES)


def _parts(words: Sequence[str]) -> Iterator[str]:
    """Words, and what may be a word elsewhere: two of them joined, and parts of a word of Han, kana or Hangul."""
    yield from words
    for one, other in pairwise(words):
        if is_other(one) and is_other(other):
            yield one + other
    for word in words:
        yield from unspaced(word)


def unspaced(word: str) -> Iterator[str]:
    """What may be words in a word of Han, kana or Hangul, which put no space between them; nothing for other words.

    >>> list(unspaced("近平")), list(unspaced("Jinping"))
    (['近', '平'], [])
    """
    if writing(word) in UNSPACED and len(word) <= LONGEST_UNSPACED:
        least = 1 if len(word) == 2 else SHORTEST[writing(word)]
        for size in range(least, len(word) - least + 1):
            yield from (word[:size], word[size:])


def _likeliest(word: str, index: Index, lang: str) -> list[tuple[int, float]]:
    """The tokens of the gazetteer that a word may best spell or be equivalent to, with the bits for that."""
    memo, key = index.likeliest, (word, lang)
    if key not in memo:
        memo[key] = _of_all(word, index, lang)
    return memo[key]


def _of_all(word: str, index: Index, lang: str) -> list[tuple[int, float]]:
    """The search of `_likeliest`."""
    model = load()
    if is_other(word):
        found = near(word, index, lang)
        best = dict(zip(found.tokens, found.bits, strict=True))
        best.update((token, max(UNSCORED, best[token])) for token in found.alike)
    else:
        texts = ((token, index.token(token)) for token in meeting(word, index, lang))
        best = {token: model.bits(word, text) if model.covers(word, text) else UNSCORED for token, text in texts}
    for token in index.lookup(f"={fold(word)}"):
        if index.token(token) == word:
            # itself before all that it could spell, also where no channel compares its script with itself
            known = is_other(word) or model.covers(word, word)
            best[token] = max(model.self_bits(word) if known else SAME, SAME)
    kept = sorted((-bits, token) for token, bits in best.items() if bits > 0)[:LIKELIEST]
    return [(token, -bits) for bits, token in kept]


class Near(NamedTuple):
    """The tokens of the gazetteer that a word in a script beyond Cyrillic meets and may spell, with the bits of each.

    ``alike`` are those that are equivalent to it, or spell it in another way than the channel knows.
    """

    tokens: array[int]
    bits: array[float]
    alike: frozenset[int]


def near(word: str, index: Index, lang: str) -> Near:
    """Of the many tokens that a word in a script beyond Cyrillic meets, those that its letters do not speak against."""
    memo, key = index.near, (word, lang)
    if key not in memo:
        memo[key] = _near(word, index, lang)
    found: Near = memo[key]
    return found


def _near(word: str, index: Index, lang: str) -> Near:
    spellings = (word, *(stem for stem, _sex in nominatives(word, lang)))
    met = index.filing.under(array("Q", chain.from_iterable(map(hashes, spellings))))
    table, starts, best = index.letters, index.spelt(), dict[int, float]()
    filed = [f"g{identifier}" for identifier in given_classes(word, lang)]
    alike = {token for key in filed for token in index.lookup(key)}.intersection(met)
    for script, (rows, tokens) in index.filing.rows(met, plain=True).items():
        found = [load().above(one, table, script, rows, lowest(one)) for one in spellings]
        for one in found:
            if one is None:
                best.update(dict.fromkeys(tokens, UNSCORED))
                continue
            for row, bits in zip(*one, strict=True):
                token = bisect_right(starts, row) - 1
                best[token] = max(bits, best.get(token, bits))
        if writing(word) == "Han" and table.names[script] == "Latin":
            alike.update(han_spelt(word, rows, tokens, index))
    tabled = [*(f"k{key}" for key in korean.keys(word)), *(f"a{name}" for name in attested.keys(word))]
    for token in {token for key in tabled for token in index.lookup(key)}.union(alike).intersection(met):
        best.setdefault(token, 0.0)
    ordered = sorted(best)
    return Near(array("I", ordered), array("d", map(best.__getitem__, ordered)), frozenset(alike))


def han_spelt(word: str, rows: array[int], tokens: array[int], index: Index) -> Iterator[int]:
    """Those of some Latin tokens, and their rows, that spell a Han word in Cantonese, Japanese or as a surname abroad."""
    codes = load().codes("Latin", first_letters(word))
    opened = [tokens[place] for place in opening(codes, index.letters.letters, index.letters.starts, rows)]
    return compress(opened, spelling(word, map(index.token, opened)))


def _names(found: frozenset[int], index: Index) -> set[int]:
    return {name for token in found for name in index.postings(token)}


def entity(index: Index, id: str, name: str) -> Entity | None:
    """The entity with an ID, found by the words of one of its names as the gazetteer has it; None where there is none."""
    spelt = (index.lookup(f"={fold(word.text)}") for word in parts(name))
    found = [{n for token in tokens for n in index.postings(token)} for tokens in spelt]
    for number in set.intersection(*found) if found else ():
        one: Entity = index.entity(index.entity_of(number))
        if one.id == id:
            return one
    return None


def phrases(
    tokens: Sequence[Token], index: Index, lang: str = "", may_open: Callable[[str], bool] = bool
) -> Iterator[Phrase]:
    """Where all words of the name of an organisation or place stand in a text, in their order.

    A phrase opens with a word that is not in lower case; the words after it may be. ``may_open`` says quickly of
    a word whether some name could begin with it.
    """
    if not index.openers:
        return
    for first in tokens.having(OPENER) if isinstance(tokens, Words) else range(len(tokens)):
        token = tokens[first]
        if is_lower(token.text[:1]) or not may_open(token.text):
            continue
        for name in _opened(token.text, index, lang):
            if last := _follow(tokens, first, name, index, lang):
                yield Phrase(first, last, name)


def _opened(word: str, index: Index, lang: str) -> tuple[int, ...]:
    """The names of organisations and places whose first word a word meets."""
    memo = index.openings
    if (word, lang) not in memo:
        if len(memo) >= MAX_MEMO:
            memo.clear()
        met = sorted(token for token in _meeting_in_phrase(word, index, lang) if token in index.openers)
        memo[word, lang] = tuple(name for token in met for name in index.openers[token])
    return memo[word, lang]


def _meeting_in_phrase(word: str, index: Index, lang: str) -> frozenset[int]:
    """The tokens that a word meets in the name of a place or organisation, with what only such names know."""
    memo, key = index.meetings, (word, f"{lang} {PHRASE}")
    if key not in memo:
        further = (meeting(spelling, index, "-") for spelling in place_nominatives(word, lang))
        memo[key] = meeting(word, index, lang).union(*further)
    return memo[key]


def _follow(tokens: Sequence[Token], first: int, name: int, index: Index, lang: str) -> int:
    """Where the words of a name end that begins at ``first``; 0 if they are not all there."""
    wanted = index.token_numbers(name)
    if len(wanted) > MAX_PHRASE or first + len(wanted) > len(tokens):
        return 0
    last = first + len(wanted)
    for token, number in zip(tokens[first + 1 : last], wanted[1:], strict=True):
        if number not in _meeting_in_phrase(token.text, index, lang):
            return 0
    return last
