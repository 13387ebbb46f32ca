"""Which words beside a surname are somebody's given name, also where no table knows what they are equivalent to?"""

from __future__ import annotations

from functools import lru_cache

from resolve import tables
from resolve.endings import nominatives
from resolve.names import fold, is_given

SHORT = 4
"""A word of fewer letters is a given name only in the language that has it, in code points: *An* is none in English."""


@lru_cache(maxsize=65536)
def may_be_given(word: str, lang: str = "") -> bool:
    """Whether a word next to a surname is a given name, as it stands or under a case ending of its language.

    A wider question than `is_given`, which says how names are parsed: it only tells that somebody else is meant.

    Args:
        word: a word that opens with a capital, or is written in a script without them.
        lang: ISO 639-1 code of the text, where known.

    >>> may_be_given("Balázs", "hu"), is_given("Balázs", "hu"), may_be_given("Minister", "en")
    (True, False, False)

    """
    return is_given(word, lang) or any(_is_listed(stem, lang) for stem in (word, *_stems(word, lang)))


def _stems(word: str, lang: str) -> tuple[str, ...]:
    return tuple(stem for stem, _sex in nominatives(word, lang)) if lang else ()


def _is_listed(word: str, lang: str) -> bool:
    langs = _listed().get(fold(word), frozenset())
    return bool(langs) and (lang in langs or len(word) >= SHORT)


@lru_cache(maxsize=1)
def _listed() -> dict[str, frozenset[str]]:
    """Folded given names of the table, with the languages that have them."""
    found: dict[str, set[str]] = {}
    for lang, name in tables.rows("given_further.tsv"):
        found.setdefault(fold(name), set()).add(lang)
    return {name: frozenset(langs) for name, langs in found.items()}
