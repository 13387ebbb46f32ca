"""As what is a written name filed, and by which spellings is a word of it compared?"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from resolve import tables
from resolve._kernel import AS_IS, ONCE, WITH_ENDING
from resolve.arabic import as_one_word
from resolve.bodies import without_form
from resolve.channel import borne, common_ending, singled
from resolve.endings import adaptations
from resolve.given import is_given
from resolve.letters import fold
from resolve.model import Name, Token
from resolve.names import CORE, alternatives, is_place, is_title_or_common, parse
from resolve.regnal import renderings
from resolve.renowned import also_called
from resolve.text import script, words
from resolve.toponyms import others


def filed(name: str) -> tuple[str, ...]:
    """The names that a person's written name is filed as: itself, or what a slash or parentheses offer.

    >>> filed("Vasily Blyukher"), filed("Bill Walker (politician)"), filed("Category:Vasily Blyukher")
    (('Vasily Blyukher',), ('Bill Walker',), ('Vasily Blyukher',))
    >>> filed("Hassan Nasr Allah")
    ('Hassan Nasr Allah', 'Hassan Nasrallah')
    >>> filed("Charles III")[0], "Карл III" in filed("Charles III")
    ('Charles III', True)
    """
    if _NUMBERED.search(name) and (forms := renderings(parse(name))):
        return tuple(dict.fromkeys([name, *forms]))
    return alternatives(name) if _OFFERING.search(name) or as_one_word(name) else (name,)


_OFFERING = re.compile("[(/;:]")
"""What a written name has that offers several names, or says more than a name."""


_NUMBERED = re.compile("[ -][IVXL]+$")
"""How the names of rulers end."""

LONE = 5
"""A single word of fewer letters is no organisation by itself."""

ALPHABETS = frozenset({"Latin", "Cyrillic", "Greek"})
"""The scripts whose other names of places are filed, as texts have them between spaces and with endings."""

_SHORT, _LONG = re.compile(r"(\w{2,}[sc]k)o"), re.compile(r"(\w{2,}[sc]k)á republika")
"""How Czech and Slovak call a state: *Slovensko* and *Slovenská republika*."""


def called(name: str) -> tuple[str, ...]:
    """The names that a place's written name is filed as: itself, and the other of the two that news use of a state.

    >>> called("Česko"), called("Чехия")[1:], called("Plzeň")
    (('Česko', 'Česká republika'), ('Чешка република', 'Чешката република', 'Чешская Республика'), ('Plzeň',))
    """
    ruled = [f"{found[1]}á republika" for found in [_SHORT.fullmatch(name)] if found]
    ruled += [f"{found[1]}o" for found in [_LONG.fullmatch(name)] if found]
    return tuple(dict.fromkeys([name, *ruled, *_states().get(fold(name), ())]))


def elsewhere(name: str, type: str) -> tuple[str, ...]:
    """What other languages and times call an organisation or place by other names, which are filed beside its own.

    >>> "Lemberg" in elsewhere("Lviv", "place"), "НАТО" in elsewhere("NATO", "organization"), elsewhere("Lviv", "person")
    (True, True, ())
    """
    if type == "place":
        return tuple(other for other, kind in others(name).items() if kind != "namesake" and is_plain(other))
    if type == "organization":
        return tuple(other for other in also_called(without_form(name) or name) if script(other) in ALPHABETS)
    return ()


def is_plain(name: str) -> bool:
    """Whether another name of a place is filed: it is written between spaces, and nobody is called so.

    >>> is_plain("Lemberg"), is_plain("София"), is_plain("北京")
    (True, False, False)
    """
    lone = is_given(name) or is_title_or_common(name)
    return script(name) in ALPHABETS and (is_place(name) or not lone)


def known_as(name: str) -> tuple[str, ...]:
    """The names that an organisation's written name is filed as: itself, and without the legal form, as texts call it.

    One word is a name by itself only where people, places and things are not called so.

    >>> known_as("ОАО «Коммунарка»"), known_as("Smith Ltd"), known_as("Red Cross")
    (('ОАО «Коммунарка»', 'Коммунарка'), ('Smith Ltd',), ('Red Cross',))
    """
    bare = without_form(name)
    found = [token.text for token in words(bare)]
    lone = len(found) == 1 and (
        len(bare) < LONE or is_given(bare) or is_place(bare) or is_title_or_common(bare) or borne(bare)
    )
    return (name,) if not found or lone else (name, bare)


@lru_cache(maxsize=1)
def _states() -> dict[str, list[str]]:
    """Folded names of states, with the others of the same state."""
    found: dict[str, list[str]] = {}
    for _lang, short, long in tables.rows("state_names.tsv"):
        found.setdefault(fold(short), []).append(long)
        found.setdefault(fold(long), []).append(short)
    return found


def spellings_of(word: str) -> dict[str, int]:
    """The spellings that a word of the gazetteer is compared by, each with the ways in which it is, a sum of the kernel's
    `AS_IS`, `WITH_ENDING` and `ONCE`.

    It is compared as it is, and without the ending that a language adds to foreign names, each with the ending that
    adjectives are compared in too, and with doubled consonants written once.

    >>> spellings_of("Tichanowski"), list(spellings_of("Putinas"))[:3]
    ({'Tichanowski': 1, 'Tichanowsky': 6}, ['Putinas', 'Putin', 'Putino'])
    """
    found: dict[str, int] = {}
    for stem in (word, *(stem for stem, _sex in adaptations(word))):
        ending = common_ending(stem)
        for spelling, way in ((stem, AS_IS), (ending, WITH_ENDING), (singled(ending), ONCE)):
            found[spelling] = found.get(spelling, 0) | way
    return found


def mononym(name: Name) -> Name:
    """A person of one name bears it like a surname: it is all there is to find.

    >>> from resolve.names import parse
    >>> mononym(parse("Franciszek")).tokens[0].role, mononym(parse("Ali al-Omair")).tokens[0].role
    ('surname', 'given')
    """
    core = [token for token in name.tokens if token.role in CORE]
    starts = [i for i, token in enumerate(name.tokens) if token.glue != "-"]
    written = [name.tokens[i:j] for i, j in pairwise([*starts, len(name.tokens)])]
    if sum(any(token.role in CORE for token in word) for word in written) != 1:
        return name
    tokens = tuple(replace(token, role="surname") if token is core[0] else token for token in name.tokens)
    return replace(name, tokens=tokens)


def phrase(text: str) -> Name:
    """The name of an organisation or place: every word counts, none has a person's role.

    >>> [t.role for t in phrase("Coordination Council").tokens]
    ['word', 'word']
    """
    return Name(text, tuple(Token(t.text, t.start, t.end, "word", glue=t.glue) for t in words(text)))
