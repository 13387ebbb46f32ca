"""Which of several bearers of one name: the second or the first, the elder or the younger, whose son or wife?

*John Paul II* is not *John Paul I*, *Donald Trump Jr.* not *Donald Trump*; a given name beside "the son of"
is that of a person who bears the other's surname.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from resolve import tables
from resolve.channel import weights
from resolve.model import Evidence
from resolve.regnal import roman
from resolve.witness import roles_of

MAX_BESIDE = 24
"""A mark stands within so many code points of the name."""

MAX_KIN = 70
"""A kin word stands so near to a given name, in code points."""

_AFTER = re.compile(r"(?:,?[ \N{NO-BREAK SPACE}]+(?:[Tt]he[ ])?|[-–])([^\W\d_][\w-]*)")
_SPACES = frozenset(" \N{NO-BREAK SPACE}")
_GAPS = _SPACES | frozenset(",-–")
"""What the mark behind a name begins with."""

_WORDS = re.compile(r"[^\W\d_]+")
_NOUN = re.compile(r"[ \N{NO-BREAK SPACE}]+[^\W\d_A-ZА-Я]{4,}(?<![лłlвў])(?<!ла)(?<!ła)(?<!la)\b")
"""A word in lower case that is no verb in the past."""

_SENTENCE = re.compile(r"[.!?\n]")


@lru_cache(maxsize=1)
def _marks() -> dict[str, tuple[dict[str, str], list[tuple[str, str]]]]:
    """Place → whole words with their mark, and stems with theirs."""
    found: dict[str, tuple[dict[str, str], list[tuple[str, str]]]] = {"before": ({}, []), "after": ({}, [])}
    for mark, place, word in tables.rows("generations.tsv"):
        whole, stems = found[place]
        if word.endswith("*"):
            stems.append((word[:-1], mark))
        else:
            whole[word] = mark
    return found


@lru_cache(maxsize=16384)
def mark(word: str, place: str = "after") -> str:
    """Which of several bearers a word beside a name says: ``"junior"``, ``"senior"``, a number in digits, or nothing.

    >>> mark("Jr"), mark("старшего"), mark("XVI"), mark("Вторая"), mark("said")
    ('junior', 'senior', '16', '2', '')
    """
    if place == "after" and (value := roman(word)):
        return str(value)
    whole, stems = _marks()[place]
    lower = word.casefold()
    return whole.get(lower) or next((said for stem, said in stems if lower.startswith(stem)), "")


def marked(text: str, start: int, end: int) -> tuple[str, int]:
    """The mark beside a name and where the name ends with it.

    >>> marked("Pope John Paul II died", 5, 14), marked("Буш-старший уехал", 0, 3), marked("Bush, senior adviser", 0, 4)
    (('2', 17), ('senior', 11), ('', 4))
    """
    after = _AFTER.match(text, end, end + MAX_BESIDE) if text[end : end + 1] in _GAPS else None
    if after and (said := mark(after[1])) and not (after[1].islower() and _goes_on(text, after.end(1), after[0])):
        return said, after.end(1)
    before = _word_before(text[max(0, start - MAX_BESIDE) : start]) if text[start - 1 : start] in _SPACES else ""
    return (mark(before, "before"), end) if before else ("", end)


def _word_before(lead: str) -> str:
    """The letters at the end of what stands before a name, without a full stop and spaces."""
    lead = lead.rstrip(" \N{NO-BREAK SPACE}").removesuffix(".")
    first = len(lead)
    while first and lead[first - 1].isalnum() and not lead[first - 1].isdecimal():
        first -= 1
    return lead[first:]


def _goes_on(text: str, end: int, written: str) -> bool:
    """Whether a mark in lower case is the adjective of the noun behind it: *Sobecki, młodszy menedżer*."""
    noun = _NOUN.match(text, end)
    return not written.startswith(("-", "–")) and bool(noun)


def marks_of(names: Iterable[str]) -> frozenset[str]:
    """The marks that the gazetteer's names of an entity have.

    >>> sorted(marks_of(["Elizabeth II", "Queen Elizabeth"])), sorted(marks_of(["Donald Trump Jr."]))
    (['2'], ['junior'])
    """
    found = {mark(word) for name in names for word in _WORDS.findall(name)[1:]}
    return frozenset(found - {""})


def generation(said: str, held: frozenset[str]) -> list[Evidence]:
    """What a mark beside a name says of an entity whose names hold some marks.

    >>> [round(sum(e.bits for e in generation("2", held))) > 0 for held in (frozenset({"2"}), frozenset({"1"}))]
    [True, False]
    """
    w = weights()
    numbers = frozenset(one for one in held if one.isdigit())
    rivals = numbers if said.isdigit() else held - numbers
    if not said:
        return [Evidence("without the mark", w["mark_missing"], right="junior")] if "junior" in held else []
    if said in held:
        return [Evidence("the same mark", w["mark_same"], left=said, right=said)]
    if rivals:
        return [Evidence("another mark", w["mark_other"], left=said, right=min(rivals))]
    return [] if said in {"senior", "1"} else [Evidence("a mark", w["mark_extra"], left=said)]


def kin_word(text: str, start: int, end: int, other: tuple[int, int], lang: str) -> str:
    """The word for a relative that stands with a given name and another's name in one clause; else empty.

    Args:
        text: the document.
        start: where the given name begins.
        end: where it ends.
        other: where the relative's name begins and ends.
        lang: ISO 639-1 code of the document, where known.

    >>> text = "the son of Alexander Lukashenko, Viktar, left"
    >>> kin_word(text, 33, 39, (11, 31), "en")
    'son'

    """
    first, last = min(start, other[0]), max(end, other[1])
    if last - first > MAX_KIN:
        return ""
    lead = _SENTENCE.split(text[max(0, first - MAX_BESIDE) : first])[-1]
    around = f"{' '.join(_WORDS.findall(lead)[-3:])} {text[min(end, other[1]) : max(start, other[0])]}"
    if _SENTENCE.search(around):
        return ""
    return next((word for word in _WORDS.findall(around) if "spouse" in roles_of(word, lang)), "")
