"""Which Arabic names of several words are written as one?

*Abd al-Rahman* is *Abdulrahman*, *Nur al-Din* is *Nureddin* and *Nasr Allah* is *Nasrallah*: servant of, of the religion, of God;
in Cyrillic and Arabic letters too.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]

_MAY = re.compile(
    r"\b[Aa](?:bd|BD)[aeou]?[- ]|[- ](?:[Dd](?:[IiYy][Ee]?|[Ee][Ee])[Nn]|[AaUu](?:ll?ah|LL?AH))"
    r"|\b[Аа]бд[ -]|[- ](?:[Дд]ин\b|[АаУу]лл?а)|\bعبد |[ -](?:الدين|الله)\b"
)
"""What a name has that is one of these: most names have it not."""


def _cased(first: str, link: str, last: str) -> str:
    """Two words as one, in capitals where the first is."""
    whole = first + (link + last).lower()
    return whole.upper() if first.isupper() and len(first) > 1 else whole


RULES: tuple[Rule, ...] = (
    (
        re.compile(r"\b[ʿ‘’'`]?(Abd|ABD)[aeou]?[- ][AaEeUu][LlDdRrSsNnTtZz][Hh]?[- ]([A-Z]\w{2,})"),
        lambda found: _cased(found[1], "ul", found[2]),
    ),
    (
        re.compile(r"\b(\w{3,})[- ][AaEeUuIiOo][DdLl][- ][Dd](?:ie?|ee|y|IE?|EE|Y)[Nn][Ee]?\b"),
        lambda found: _cased(found[1], "ed", "din"),
    ),
    (
        re.compile(r"\b(\w{3,})[- ](?:[Uu]l[- ]?)?([AaUu]ll?ah|[AU]LL?AH)\b"),
        lambda found: _cased(found[1], "", found[2]),
    ),
    (re.compile(r"\b([Аа]бд)[- ][аэу][лрсдзнт]ш?[- ]([А-Я]\w{2,})"), lambda found: _cased(found[1], "ул", found[2])),
    (re.compile(r"\b(\w{3,})[- ][аэу][дл][- ][Дд]ин\b"), lambda found: _cased(found[1], "ед", "дин")),
    (re.compile(r"\b(\w{3,})[- ]([АаУу]лл?ах?)\b"), lambda found: _cased(found[1], "", found[2])),
    (re.compile(r"\b(عبد) (ال\w{2,})"), lambda found: found[1] + found[2]),
    (re.compile(r"\b(\w{2,}) (الدين|الله)\b"), lambda found: found[1] + found[2]),
)


def as_one_word(name: str) -> str:
    """A written name with such parts as one word each; empty where it has none.

    >>> as_one_word("Abd al-Rahman al-Rashid"), as_one_word("Hashim Safi al-Din"), as_one_word("Hassan Nasr Allah")
    ('Abdulrahman al-Rashid', 'Hashim Safieddin', 'Hassan Nasrallah')
    >>> as_one_word("Абд ар-Рахман Вахид"), as_one_word("Ahmad al-Rashid"), as_one_word("Allah Bakhsh")
    ('Абдулрахман Вахид', '', '')

    """
    if not _MAY.search(name):
        return ""
    joined = name
    for pattern, write in RULES:
        joined = pattern.sub(write, joined)
    return joined if joined != name else ""


_TAILS = frozenset({"din", "deen", "dine", "allah", "ullah", "дин", "аллах", "алла", "الدين", "الله"})


def is_tail(word: str) -> bool:
    """Whether a word is only ever a part of a name: *Din*, *Allah*.

    >>> is_tail("Allah"), is_tail("Rahman")
    (True, False)
    """
    return word.casefold() in _TAILS
