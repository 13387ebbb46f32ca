"""Which abbreviations has a document introduced, and where does it use them?

Координационный совет (КС), Prawo i Sprawiedliwość (PiS): what stands in parentheses behind an organisation or state and is made of
the first letters of its words is it, from there on.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from resolve.model import Evidence, Link

INTRODUCED = re.compile(
    r"""\W{0,2}\s?\(\s?(?:(?:далее|далі|далей|dalej|hereinafter|kurz|im\ Folgenden)\W{1,3})?["«„“'‘]?(?P<short>[^\W\d_]{2,8})["»“”'’]?\s?[),;]""",
    re.VERBOSE,
)
"""What may stand behind a name that introduces its abbreviation."""

_WORDS = re.compile(r"[^\W\d_]+")
_TYPES = frozenset({"organization", "place"})


def used(text: str, links: Sequence[Link]) -> list[Link]:
    """The mentions of organisations and places by abbreviations that the document itself introduces.

    Args:
        text: the document.
        links: what was found in it, in reading order.

    Returns:
        All links in reading order, without overlaps: those given, and those by abbreviation where nothing else was resolved.

    """
    meant: dict[str, set[str]] = {}
    introduced: dict[str, tuple[int, Link]] = {}
    for link in links:
        if short := _introduced(text, link):
            meant.setdefault(short.group("short"), set()).add(link.entity_id or "")
            introduced.setdefault(short.group("short"), (short.start("short"), link))
    plain = {short: by for short, by in introduced.items() if len(meant[short]) == 1}
    if not plain:
        return list(links)
    firm = [link for link in links if link.status == "resolved"]
    found = [link for short, (place, by) in plain.items() for link in _uses(text, short, place, by, firm)]
    taken = [(link.start, link.end) for link in found]
    kept = [link for link in links if not any(link.start < end and start < link.end for start, end in taken)]
    return sorted([*kept, *found], key=lambda link: link.start)


def is_made_of(short: str, words: str) -> bool:
    """Whether an abbreviation has the first letters of words, with or without those between that are written small.

    >>> is_made_of("PiS", "Prawo i Sprawiedliwość"), is_made_of("МТЗ", "Минского тракторного завода"), is_made_of("EU", "Deutsche Bahn")
    (True, True, False)
    """
    found = _WORDS.findall(words)
    letters = ("".join(word[0] for word in found), "".join(word[0] for word in found if len(word) > len("and")))
    return len(found) > 1 and short.casefold() in {written.casefold() for written in letters}


def _introduced(text: str, link: Link) -> re.Match[str] | None:
    """What introduces an abbreviation right behind an organisation."""
    if link.status != "resolved" or link.type not in _TYPES:
        return None
    found = INTRODUCED.match(text, link.end)
    loud = found is not None and sum(map(str.isupper, found["short"])) > 1
    return found if found and loud and is_made_of(found["short"], link.text) else None


def _uses(text: str, short: str, first: int, by: Link, firm: Sequence[Link]) -> Iterator[Link]:
    """Where an abbreviation stands from its introduction on, unless something else was resolved there."""
    starts = [link.start for link in firm]
    for match in re.finditer(rf"(?<![\w-]){re.escape(short)}(?!\w)", text[first:]):
        start, end = first + match.start(), first + match.end()
        before = bisect_right(starts, end - 1) - 1
        if before < 0 or firm[before].end <= start:
            evidence = (Evidence("abbreviated in the document", by.bits, short, by.text),)
            candidates = (replace(by.candidates[0], evidence=evidence), *by.candidates[1:]) if by.candidates else ()
            yield replace(by, start=start, end=end, text=short, scheme=None, base="", candidates=candidates)
