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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from resolve import latin
from resolve._shortlist import MOST_WORDS, slips
from resolve.channel import is_slip, passing, same, spelt_given, weights
from resolve.endings import nominatives
from resolve.index import Index, spellings_of
from resolve.letters import is_other
from resolve.lookup import MAX_MEMO, MAX_POSTINGS, candidates, nearby, spelt_so, under_keys
from resolve.model import Evidence, Name, Role, Token
from resolve.multigram import Table, load
from resolve.names import given_classes
from resolve.score.pair import Judge, Worth, token_evidence

MOST = 200
"""At most so many names are listed for one name."""

UNLIKE = 8.0
"""What it counts in the estimate that both names have another given name, or another surname, in bits."""

KINDS: dict[Role, int] = {"given": 1, "initial": 1, "surname": 2, "patronymic": 0, "unknown": 0}


CROSSED: frozenset[Role] = frozenset({"given", "surname"})


@dataclass(frozen=True, slots=True)
class Spelt:
    """The tokens of the gazetteer that a word may spell, and what each is worth as a surname and as another name."""

    tokens: array[int]
    as_other: array[float]
    as_surname: array[float]

    def has(self, known: str, index: Index) -> bool:
        """Whether a token of the gazetteer is among them: they are in the order of their texts."""
        place = bisect_left(self.tokens, known, key=index.token)
        return place < len(self.tokens) and bool(index.token(self.tokens[place]) == known)


Spellings = dict[tuple[str, Role], Spelt]
"""What the words of a name, in their roles, may spell."""


def table_of(index: Index) -> Table:
    """The tokens of a gazetteer in the letters of the channels."""
    found = index.memo.get("table")
    if found is None:
        scripts = index.header.get("scripts", [])
        # a number that a damaged file has beyond them is that of a script nobody knows
        found = index.memo["table"] = Table(*index.lettered(), (*scripts, *[""] * (256 - len(scripts))))
    return found


def shortlist(
    seen: Name, index: Index, lang: str, worth_of: Worth, met: Spellings | None = None
) -> list[tuple[int, float]]:
    """The names of the gazetteer that a name could spell, with an estimate in bits, the likeliest first.

    Args:
        seen: the name as found, standing alone.
        index: the compiled gazetteer.
        lang: ISO 639-1 code of its language, where known.
        worth_of: what sharing a token is worth at most.
        met: gets what the words may spell, for `paired`.

    Returns:
        Numbers of names with what they are likely to be worth, at most `MOST`.

    """
    words = [token for token in seen.tokens if token.role in KINDS][:MOST_WORDS]
    if any(is_other(token.text) for token in words):
        # what the letters of further scripts leave open is not estimated
        return [(name, math.inf) for name in candidates(seen.tokens, index, lang)]
    asked = [*words, *_joined(words)][:MOST_WORDS]
    spelt = [_spelt(token, index, lang, worth_of) for token in asked]
    found = _best(asked, spelt, index)
    if max((met for _, _, met in found), default=0) < min(len(words), 2):
        # nobody has two of the words: one may be spelt so that it meets none of its spellings under a key
        spelt = [_spelt(token, index, lang, worth_of, True) for token in asked]
        found = _best(asked, spelt, index)
    if met is not None:
        met.update(((token.text, token.role), one) for token, one in zip(asked, spelt, strict=True))
    return [(name, worth) for name, worth, _ in found]


def _joined(words: Sequence[Token]) -> Iterator[Token]:
    """The parts of hyphenated words, as one word each: *Mi-ae* and *Miae*."""
    for first, second in pairwise(words):
        if second.glue == "-":
            yield replace(second, text=first.text + second.text.lower(), start=first.start)


def _best(words: Sequence[Token], spelt: Sequence[Spelt], index: Index) -> list[tuple[int, float, int]]:
    """The names that have most of what the words may spell."""
    tokens, as_other, as_surname, ends = array("I"), array("f"), array("f"), array("i")
    for one in spelt:
        tokens.extend(one.tokens)
        as_other.extend(one.as_other)
        as_surname.extend(one.as_surname)
        ends.append(len(tokens))
    kinds = bytes(KINDS[token.role] for token in words)
    return index.together.best(
        tokens, as_other, as_surname, ends, kinds, _sources(spelt, index), -UNLIKE, -UNLIKE, MOST
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


def _spelt(word: Token, index: Index, lang: str, worth_of: Worth, widely: bool = False) -> Spelt:
    """The tokens of the gazetteer that a word may spell; ``widely`` those too that lack or add a consonant."""
    key = (word.text, word.role, lang, widely)
    found: Spelt | None = index.memo.get(key)
    if found is None:
        if len(index.memo) >= MAX_MEMO:
            index.memo.clear()
        tokens = _alike(word.text, index, lang, word.role != "surname", widely)
        found = index.memo[key] = _worth(word, tokens, index, lang, worth_of)
    return found


def _worth(word: Token, tokens: Iterable[int], index: Index, lang: str, worth_of: Worth) -> Spelt:
    """What the tokens are worth, without those that are worth nothing."""
    kept, as_other, as_surname = array("I"), array("f"), array("f")
    judge = paired(index)
    other: Role = "patronymic" if word.role == "patronymic" else "given"
    for token in tokens:
        text = index.token(token)
        given, surname = (judge(word, Token(text, 0, len(text), role), lang, worth_of) for role in (other, "surname"))
        if given or surname:
            kept.append(token)
            as_other.append(given.bits if given else 0.0)
            as_surname.append(surname.bits if surname else 0.0)
    return Spelt(kept, as_other, as_surname)


def paired(index: Index, met: Spellings | None = None) -> Judge:
    """`token_evidence`, remembered for a gazetteer: it depends on nothing but the words and their roles.

    Args:
        index: the compiled gazetteer.
        met: what the words of a name may spell: a given name that may spell no such surname of the
            gazetteer is not compared with it, nor the other way round.

    """
    memo = index.judged

    def judge(seen: Token, known: Token, lang: str, worth_of: Worth) -> Evidence | None:
        key = (seen.text, seen.role, known.text, known.role, lang)
        # what was asked before must not decide, so the answer that is remembered is not looked at first
        if (
            met is not None
            and seen.role != known.role
            and {seen.role, known.role} == CROSSED
            # two words that are joined to one take more room than its letters
            and known.end - known.start == len(known.text)
            and not ((spelt := met.get((seen.text, seen.role))) and spelt.has(known.text, index))
        ):
            return None
        try:
            return memo[key]
        except KeyError:
            pass
        if len(memo) >= MAX_MEMO:
            memo.clear()
        found = memo[key] = token_evidence(seen, known, lang, worth_of)
        return found

    return judge


def _alike(word: str, index: Index, lang: str, given: bool, widely: bool) -> list[int]:
    """The tokens that meet a word under a key and that the channel lets pass, or that are of its class of given names."""
    found: set[int] = set()
    for place, spelling in enumerate((word, *(stem for stem, _sex in nominatives(word, lang)))):
        met = under_keys(spelling, index)
        if widely and not place:
            met |= spelt_so(word, index) | nearby(word, index, lang)
        found |= _passing(spelling, met - found, index)
    classes = given_classes(word, lang)
    if given and not classes and not is_other(word):
        # a spelling of a given name that the table does not have: Пааво, which Paul is equivalent to
        classes = spelt_given(word)
    return sorted(found.union(*(index.lookup(f"g{identifier}") for identifier in classes)))


def _passing(word: str, tokens: Iterable[int], index: Index) -> set[int]:
    """The tokens of which a spelling is the word, or another of its spellings."""
    table, at = table_of(index), index.spelt()
    asked = array("I", (row for token in tokens for row in index.rows_of(token)))
    rows = passing(word, table, asked, weights()["channel_gate"])
    letters = load().word(word)
    if letters is not None and len(letters.letters) >= weights()["typo_length"]:
        rows.update(slips(letters.letters, table.letters, table.starts, asked))
    # a script that no channel covers is compared by sounds
    if latin.spellings(word):
        rows.update(asked)
    elif unknown := table.unknown:
        rows.update(row for row in asked if table.scripts[row] in unknown)
    passed = {bisect_right(at, row) - 1 for row in rows}
    return {token for token in passed if _spells(word, index.token(token))}


def _spells(word: str, known: str) -> bool:
    """Whether a word may spell a token of the gazetteer, as the features of `token_evidence` see it."""
    return any(same(word, form) for form in spellings_of(known)) or is_slip(word, known)
