"""What do the other persons of a document, and the words beside a name, say of who is meant?

Of a lone surname the name itself says only that somebody bears it. Whether the text speaks of the
gazetteer's persons at all, and whether a person stands there rather than a place, a firm or a common
word, is told by what stands around it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from resolve import tables
from resolve.channel import weights
from resolve.given import is_given
from resolve.letters import fold
from resolve.mentions import CONJUNCTIONS
from resolve.model import Evidence, Mention, Token
from resolve.names import is_title_in
from resolve.text import is_common

MAX_BESIDE = 40
"""The word beside a name is looked for within so many code points."""

STEM = 4
"""Two surnames that open with the same letters, so many of them, may be one name in two cases."""

MAX_ROLE = 60
"""A role is looked for so far before and behind a name, in code points."""

SHORTEST_VERB = 5
"""A shorter word with the ending of a verb is often none."""

ADJECTIVE = "reads as an adjective"

SHORTEST_NOUN = 4
"""A shorter word behind a name is hardly the noun of an adjective."""

ROLE_WORDS = 4
"""A role stands within so many words of the name."""

OFFICES = frozenset(
    {"president", "prime minister", "chancellor", "minister", "spokesperson", "ambassador", "governor", "mayor"}
    | {"monarch", "pope", "patriarch"}
)
"""Roles that few hold at a time."""

_IN_ONE_WORD = {"prime minister": "premier", "press secretary": "spokesperson", "vice president": "deputy"}
_JOINED = re.compile("|".join(_IN_ONE_WORD), re.IGNORECASE)
_OF = re.compile(r"\b(?:of|for|to|in|at|from|under)\b")
_WORDS = re.compile(r"[^\W\d_][\w’'-]*")
_CLAUSE = re.compile(r"[.,;:!?()\n«»“”\"]")
_APPOSITION = re.compile(r"\s*[,(–—-]\s*([^.,;:!?()\n]+)")
_AND_BEFORE = re.compile(r"[ \N{NO-BREAK SPACE}]+(\w+)[ \N{NO-BREAK SPACE}]+$")
_AND_AFTER = re.compile(r"[ \N{NO-BREAK SPACE}]+(\w+)[ \N{NO-BREAK SPACE}]+")
_ABBREVIATION = re.compile(r"(?:^|[\s.])[^\W\d_]{1,3}\.\s*$")
_BEFORE = re.compile(r"([^\W\d_][\w’'-]*)\.?[ \t\N{NO-BREAK SPACE}]+$")
_AFTER = re.compile(r"[ \t\N{NO-BREAK SPACE}]+([^\W\d_][\w’'-]*)")


def introduced(mention: Mention, lang: str = "") -> tuple[Token, ...]:
    """The words of a run that introduce a person: a given name or an initial, and a further name; else none.

    >>> from resolve.mentions import find
    >>> [introduced(run)[-1].text for run in find("President Nikolay Petrov came to Minsk.")[0] if introduced(run)]
    ['Petrov']
    """
    if len(mention.tokens) < 2:
        return ()
    tokens = tuple(t for t in mention.tokens if t.role not in {"title", "common"})
    if len(tokens) < 2 or not any(t.role == "unknown" for t in tokens[1:]):
        return ()
    return tokens if tokens[0].role == "initial" or is_given(tokens[0].text, lang) else ()


def company(known: int, unknown: int) -> Evidence | None:
    """What the persons whom a document names in full say of those whom it names by a surname.

    A text of the gazetteer's persons speaks of them again; one full of others speaks of others.

    Args:
        known: how many entities of the gazetteer are named in full.
        unknown: how many other persons are.

    Returns:
        Evidence for any lone surname of the document; None where both are as many.

    >>> company(3, 0).bits > 0 > company(0, 3).bits
    True

    """
    w = weights()
    bits = w["company"] * math.log2((known + 1) / (unknown + 1))
    bits = max(-w["company_most"], min(bits, w["company_most"]))
    return Evidence("company", bits, note=f"{known} known, {unknown} unknown named in full") if bits else None


def surnames(runs: Iterable[tuple[Token, ...]]) -> set[str]:
    """The openings of the last words of some names: of one person one, whatever case it stands in."""
    return {fold(run[-1].text)[:STEM] for run in runs if run}


@dataclass(frozen=True, slots=True)
class Known:
    """What the gazetteer knows of a candidate beside the name: gender (``m``, ``f`` or empty) and a description."""

    gender: str = ""
    description: str = ""


def beside(text: str, start: int, end: int, lang: str, known: Known = Known()) -> list[Evidence]:
    """What the words around a name say of it: an office, a verb of saying and its gender, a role of the description.

    Args:
        text: the document.
        start: where the name begins, in code points.
        end: where it ends.
        lang: ISO 639-1 code of the document; where it is unknown only roles are looked at.
        known: what the gazetteer knows of the candidate.

    >>> text = "Premier Tusk powiedziała, że"
    >>> for piece in beside(text, 8, 12, "pl", Known("m", "Prime Minister of Poland")):
    ...     print(piece.feature, piece.left)
    beside a title Premier
    beside a word for persons powiedziała
    verb of the other gender powiedziała
    role of the description Premier

    """
    w, found = weights(), []
    before, after = _word(_BEFORE, text, start), _word(_AFTER, text, end)
    if before and is_title_in(before, lang):
        found.append(Evidence("beside a title", w["titled"], left=before))
    acting = [word for word in (before, after) if is_person_word(word, lang)]
    doing = acting or [word for word in (before, after) if len(word) >= SHORTEST_VERB and verb_gender(word, lang)]
    if doing:
        feature, weight = ("beside a word for persons", "person_word") if acting else ("beside a verb", "verb")
        found.append(Evidence(feature, w[weight], left=doing[0]))
        told = verb_gender(doing[0], lang)
        if {known.gender, told} == {"m", "f"}:
            found.append(
                Evidence("verb of the other gender", w["verb_gender" if acting else "verb_gender_vague"], left=doing[0])
            )
        elif told == known.gender == "f":
            found.append(Evidence("verb of a woman", w["verb_woman"], left=doing[0]))
    elif after and is_adjective_of(text[start:end], after, lang):
        found.append(Evidence(ADJECTIVE, w["adjective"], left=text[start:end], right=after))
    found += _role(_around(text, start, end), known.description, lang)
    return found


@lru_cache(maxsize=1)
def _agreement() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for lang, ending, nouns in tables.rows("agreement.tsv"):
        found.setdefault(lang, []).append((ending, tuple(nouns.split("|"))))
    return found


@lru_cache(maxsize=16384)
def is_adjective_of(word: str, noun: str, lang: str) -> bool:
    """Whether a word ends like an adjective and the one in lower case behind it like its noun.

    >>> is_adjective_of("Нобелевская", "премия", "ru"), is_adjective_of("Тихановская", "сказала", "ru")
    (True, False)
    """
    if not noun.islower() or len(noun) < SHORTEST_NOUN or is_common(noun, lang):
        return False
    lower = word.casefold()
    verb = noun.endswith(_PAST_ENDS.get(lang, ()))
    return not verb and any(
        lower.endswith(ending) and noun.endswith(nouns) for ending, nouns in _agreement().get(lang, ())
    )


def opening(text: str, start: int, end: int, lang: str, changed: bool) -> list[Evidence]:
    """What speaks against a lone word that opens a sentence being the name of a place.

    There its capital says nothing: an adjective of a place (*Irská firma*) or another word may stand there.

    Args:
        text: the document.
        start: where the word begins.
        end: where it ends.
        lang: ISO 639-1 code of the document.
        changed: whether the place is spelt otherwise in the gazetteer.

    >>> opening("Irská firma uvedla", 0, 5, "cs", True)[0].feature
    'reads as an adjective'

    """
    lead = text[max(0, start - MAX_BESIDE) : start].rstrip(" \t\N{NO-BREAK SPACE}\"'“”„«»‚‘(—–-")[-1:]
    if (lead and lead not in ".!?…:;\n") or _ABBREVIATION.search(text[max(0, start - MAX_BESIDE) : start]):
        return []
    w, after = weights(), _word(_AFTER, text, end)
    if after and is_adjective_of(text[start:end], after, lang):
        return [Evidence(ADJECTIVE, w["adjective_place"], left=text[start:end], right=after)]
    return [Evidence("opens the sentence", w["opens_place"], left=text[start:end])] if changed else []


class Spans:
    """Spans of a text, found by where they begin or end; of several the longest."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._beginning: dict[int, int] = {}
        self._ending: dict[int, int] = {}
        for start, end in spans:
            self._beginning[start] = max(end, self._beginning.get(start, end))
            self._ending[end] = min(start, self._ending.get(end, start))

    def beside(self, end: int, start: int) -> tuple[int, int] | None:
        """The span that ends at one place, or else begins at another."""
        if end in self._ending:
            return self._ending[end], end
        return (start, self._beginning[start]) if start in self._beginning else None


def joined(text: str, start: int, end: int, spans: Spans) -> list[Evidence]:
    """What it says of a lone surname that "and" joins it to the name of somebody known: *Barnier i Davis*.

    Args:
        text: the document.
        start: where the surname begins.
        end: where it ends.
        spans: where somebody is surely named.

    >>> [piece.left for piece in joined("Barnier i Davis", 10, 15, Spans([(0, 7)]))]
    ['Barnier']

    """
    before = _AND_BEFORE.search(text[max(0, start - MAX_BESIDE) : start])
    after = _AND_AFTER.match(text, end, end + MAX_BESIDE)
    place = start - len(before[0]) if before and before[1].casefold() in CONJUNCTIONS else -1
    follows = after.end() if after and after[1].casefold() in CONJUNCTIONS else -1
    if place < 0 and follows < 0:
        return []
    other = spans.beside(place, follows)
    return [Evidence("joined to a known person", weights()["joined"], left=text[slice(*other)])] if other else []


def _word(where: re.Pattern[str], text: str, place: int) -> str:
    """The word that ends right before a place of the text, or begins right after it, on its line; else empty."""
    if where is _BEFORE:
        found = where.search(text[max(0, place - MAX_BESIDE) : place])
    else:
        found = where.match(text, place, place + MAX_BESIDE)
    return found[1] if found else ""


def _around(text: str, start: int, end: int) -> list[str]:
    """The words in front of a name in its clause, nearest first, and those of an apposition behind it."""
    lead = _CLAUSE.split(text[max(0, start - MAX_ROLE) : start])[-1]
    front = _WORDS.findall(lead)[::-1][:ROLE_WORDS]
    apposition = _APPOSITION.match(text, end, end + MAX_ROLE)
    return front + (_WORDS.findall(apposition[1])[:ROLE_WORDS] if apposition else [])


def _role(words: Iterable[str], description: str, lang: str) -> list[Evidence]:
    """Evidence where a word beside the name and the description are of one class of offices or callings."""
    if not description:
        return []
    held = held_roles(description)
    for word in words:
        if shared := held & roles_of(word, lang):
            weight = weights()["office" if shared & OFFICES else "role"]
            return [Evidence("role of the description", weight, left=word, right=description)]
    return []


@lru_cache(maxsize=1)
def _role_words() -> tuple[dict[str, dict[str, set[str]]], dict[str, list[tuple[str, str]]]]:
    """Language → word → roles, and language → stems with their role."""
    whole: dict[str, dict[str, set[str]]] = {}
    stems: dict[str, list[tuple[str, str]]] = {}
    for role, lang, word in tables.rows("roles.tsv"):
        if word.endswith("*"):
            stems.setdefault(lang, []).append((word[:-1], role))
        else:
            whole.setdefault(lang, {}).setdefault(word, set()).add(role)
    return whole, stems


@lru_cache(maxsize=16384)
def roles_of(word: str, lang: str = "") -> frozenset[str]:
    """The offices, callings or kin that a word names in a language, or in any where it is unknown.

    >>> sorted(roles_of("пресс-секретаря", "ru")), sorted(roles_of("Spokeswoman", "en"))
    (['spokesperson'], ['spokesperson'])
    """
    whole, stems = _role_words()
    lower, found = word.casefold(), set()
    for of in [lang] if lang else sorted({*whole, *stems}):
        found |= whole.get(of, {}).get(lower, set())
        found |= {role for stem, role in stems.get(of, ()) if lower.startswith(stem)}
    return frozenset(found)


@lru_cache(maxsize=4096)
def held_roles(description: str) -> frozenset[str]:
    """The roles that a description names, in any language; of *Press secretary of the president* the first alone.

    >>> sorted(held_roles("Prime Minister of Poland")), sorted(held_roles("Spokeswoman of the Kremlin"))
    (['prime minister'], ['spokesperson'])
    """
    plain = _JOINED.sub(lambda match: _IN_ONE_WORD[match[0].casefold()], description)
    heads = " ".join(_OF.split(part)[0] for part in re.split("[,;]", plain))
    words = _WORDS.findall(heads)
    # words of one language look like stems of another: a Presidential Sports Club has no president
    in_english = frozenset(role for word in words for role in roles_of(word, "en"))
    return in_english or frozenset(role for word in words for role in roles_of(word))


@lru_cache(maxsize=1)
def _person_words() -> tuple[frozenset[tuple[str, str]], tuple[tuple[str, str], ...]]:
    found = list(tables.rows("person_words.tsv"))
    whole = frozenset((lang, word) for lang, word in found if not word.endswith("*"))
    return whole, tuple((lang, word[:-1]) for lang, word in found if word.endswith("*"))


@lru_cache(maxsize=16384)
def is_person_word(word: str, lang: str) -> bool:
    """Whether a word of a language is said of persons: verbs of saying.

    >>> is_person_word("заявила", "ru"), is_person_word("заявка", "ru")
    (True, False)
    """
    lower = word.casefold()
    whole, stems = _person_words()
    return (lang, lower) in whole or any(of == lang and lower.startswith(stem) for of, stem in stems)


_PAST = {
    "be": ("ў", "ла"), "ru": ("л", "ла"), "uk": ("в", "ла"), "pl": ("ł", "ła"), "cs": ("l", "la"), "sk": ("l", "la"),
    "sl": ("l", "la"), "hr": ("o", "la"), "sr": ("о", "ла"),
}  # fmt: skip
"""How a verb in the past ends of a man and of a woman, where the language tells them apart."""

GENDERED = frozenset(_PAST)
"""The languages whose verbs tell the gender of who acts."""

_PAST_ENDS = {
    "ru": ("ла", "лась", "лся", "ли", "л"), "uk": ("ла", "лася", "вся", "ли", "в"), "be": ("ла", "лася", "ўся", "лі", "ў"),
    "pl": ("ła", "ł", "li", "ły"), "cs": ("la", "l", "li", "ly"), "bg": ("ла", "л", "ли", "ва", "ира", "ява"),
    "sl": ("la", "l", "li", "lo"), "hr": ("la", "o", "li"),
}  # fmt: skip
"""How verbs end that may stand behind a surname."""


@lru_cache(maxsize=65536)
def verb_gender(word: str, lang: str) -> str:
    """The gender that a verb in the past tells of who acts; empty where it tells none.

    >>> verb_gender("заявила", "ru"), verb_gender("powiedział", "pl"), verb_gender("каза", "bg")
    ('f', 'm', '')
    """
    for sex, ending in zip("mf", _PAST.get(lang, ()) if word.islower() else (), strict=False):
        if word.endswith(ending):
            return sex
    return ""


class Beside:
    """What is said beside the mentions of an entity, by place and by feature, so that no mention has to look through all."""

    def __init__(self) -> None:
        self._at: dict[int, list[Evidence]] = {}
        self._first: dict[str, tuple[int, Evidence]] = {}
        self._best: dict[str, float] = {}

    def add(self, place: int, piece: Evidence) -> None:
        """Note a piece of evidence that stands at a place."""
        self._at.setdefault(place, []).append(piece)
        self._best[piece.feature] = max(piece.bits, self._best.get(piece.feature, 0.0))
        known = self._first.get(piece.feature)
        if known is None or place < known[0]:
            self._first[piece.feature] = (place, piece)

    def most(self) -> float:
        """The bits that may count for one of the mentions at most."""
        return sum(self._best.values())

    def pooled(self, start: int, alone: bool) -> list[Evidence]:
        """What of it counts for one of the mentions: of every feature what stands beside it, or else first.

        Whoever bears a surname in one place of a document bears it in the others, as long as it shows one bearer only.

        Args:
            start: where the mention begins.
            alone: whether only what stands beside the mention itself counts.

        """
        best: dict[str, Evidence] = {}
        for piece in self._at.get(start, ()):
            best.setdefault(piece.feature, piece)
        for feature, (place, piece) in sorted(self._first.items(), key=lambda item: item[1][0]):
            if feature not in best and not (alone and feature != ADJECTIVE):
                best[feature] = replace(piece, note=f"at {place}")
        return list(best.values())
