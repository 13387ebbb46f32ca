"""Which system explains a spelling, and which language is it based on?

*Lukashenka* is Лукашэнка under a Belarusian system, *Lukashenko* Лукашенко under a Russian one. The
names that the gazetteer has in their own script explain a spelling first, then the forms that sister
languages derive from them (`resolve.cognates`). Where the gazetteer knows a name in Latin letters
alone, given names and the romanised endings of surnames tell the language, but no system.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from resolve.cognates import cognates, sisters
from resolve.endings import nominatives
from resolve.given import given_classes, given_names
from resolve.letters import fold
from resolve.model import Form, Name, Token
from resolve.romanize import (
    EAST_SLAVIC,
    explaining,
    languages,
    lower,
    native_endings,
    possible,
    render,
    renderings,
)
from resolve.text import script

MIN_ENDING = 3
"""An ending in Latin letters tells a language from so many letters on."""

MIN_SHARE = 3
"""A language explains a spelling only with at least one scheme for so many of the language with most."""

SHARED, MIXED = "/", "+"
"""What joins languages that fit a spelling equally, and those that different words of it come from."""

Labels = dict[str, str]
"""Labels of systems with the language that each romanises."""

Native = tuple[tuple[str, str], ...]
"""The words of the gazetteer's names in their own script, with their languages."""

_SILENT = frozenset({"initial", "particle", "suffix", "title"})


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a spelling comes from.

    ``scheme`` is the published system that gives every word, or the language alone where the spelling
    is in that language's own letters or no single system gives it; None where nothing explains it.
    ``base`` is the language that the spelling is based on: ``"be"``; ``"ru/uk"`` where several fit
    alike, ``"be+ru"`` where its words come from different ones; empty for any other.
    """

    scheme: str | None = None
    base: str = ""


def origin(seen: Name, known: Iterable[tuple[Name, str]], lang: str = "") -> Origin:
    """Say where the spelling of a name comes from.

    Args:
        seen: the name as found.
        known: the names that the gazetteer has for its bearer, with their languages where known.
        lang: ISO 639-1 code of the text, where known: its case endings are taken off.

    >>> from resolve.names import parse
    >>> origin(parse("Tikhanovskaya"), [(parse("Святлана Ціханоўская"), "be")])
    Origin(scheme='ru: BGN/PCGN 1947, derived from be', base='ru')

    """
    names = list(known)
    if _is_own(seen, names):
        return Origin()
    native = tuple(
        (token.text, spoken)
        for name, given in names
        if script(name.text) != "Latin"
        for spoken in ((given,) if given else languages(name.text))
        for token in name.tokens
        if token.role not in _SILENT
    )
    words = [token for token in seen.tokens if token.role not in _SILENT and len(token.text) > 1]
    preferred = lang if words and script(words[0].text) != "Latin" else ""
    attested = [_attested(token.text, native, lang) for token in words] if native else _told(words, lang)
    found = attested
    if native and not _settled(attested, preferred):
        found = [own | _derived(token.text, native, lang) for own, token in zip(attested, words, strict=True)]
    base = _base(found, attested, preferred)
    if not base and preferred in EAST_SLAVIC and preferred in languages(seen.text):
        base = preferred  # a case form that the tables do not know, in the letters of the text's language
    alone = base if base.isalpha() else None
    return Origin((_common(found, base) if native else None) or alone, base)


def _is_own(seen: Name, names: Sequence[tuple[Name, str]]) -> bool:
    """Whether a spelling is the gazetteer's own in Latin letters of somebody whom Russian only mentions.

    Russian writes everybody's name (Дональд Туск), so that alone, without the ending of a Russian
    surname, it makes no Latin name a rendering.
    """
    native = [(name, lang) for name, lang in names if script(name.text) != "Latin"]
    latin = {fold(token.text) for name, _lang in names if script(name.text) == "Latin" for token in name.tokens}
    return (
        {lang for _name, lang in native} == {"ru"}
        and all(fold(token.text) in latin for token in seen.tokens)
        and not any(
            token.text.lower().endswith(native_endings()[lang])
            for name, lang in native for token in name.role("surname")
        )
    )  # fmt: skip


def _settled(attested: Sequence[Labels], preferred: str) -> bool:
    """Whether the gazetteer's own names explain all words by one language, the text's own if it is one."""
    shared = _shared(_languages_of(labels) for labels in attested)
    return bool(shared) and (preferred in shared or preferred not in EAST_SLAVIC)


def _common(found: Sequence[Labels], base: str) -> str | None:
    """The first label that explains every word, of the languages that the name is based on if any is."""
    labels = [label for label in found[0] if all(label in other for other in found)] if found else []
    based = [label for label in labels if found[0][label] in base.split(SHARED)]
    return next(iter(based or labels), None)


def _base(found: Sequence[Labels], attested: Sequence[Labels], preferred: str) -> str:
    """The languages that fit all words which tell one: the text's own, then those of the gazetteer's names."""
    telling = [
        (_languages_of(labels), _languages_of(own)) for labels, own in zip(found, attested, strict=True) if labels
    ]
    shared = _shared(langs for langs, _own in telling) or _shared(
        frozenset(labels.values()) for labels in found if labels
    )
    if preferred in shared:
        return preferred
    best = shared & _shared(own for _langs, own in telling) or shared
    return SHARED.join(sorted(best)) or MIXED.join(sorted({lang for langs, _own in telling for lang in langs}))


def _shared(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    """What all sets have in common; nothing where there are none."""
    every = list(sets)
    return frozenset.intersection(*every) if every else frozenset()


def _languages_of(labels: Labels) -> frozenset[str]:
    """The languages of some labels, without those that only a few systems speak for."""
    return _leading(Counter(labels.values()))


def _leading(counts: Mapping[str, int]) -> frozenset[str]:
    """The languages that at least one system for `MIN_SHARE` of the leading one's speaks for."""
    most = max(counts.values(), default=0)
    return frozenset(lang for lang, count in counts.items() if count and count * MIN_SHARE >= most)


# ---------------------------------------------------------------- by a native name


@lru_cache(maxsize=65536)
def _attested(seen: str, native: Native, lang: str) -> Labels:
    """The labels that explain a word, or its nominative, by the native words of a name, with their languages."""
    for spelling in _spellings(seen, lang):
        found: Labels = {}
        for word, spoken in native:
            if script(word) != script(spelling):
                found |= dict.fromkeys(explaining(word, spelling, spoken), spoken)
            elif fold(word) == fold(spelling):
                found |= {spoken: spoken}
        if found:
            return found
    return {}


@lru_cache(maxsize=65536)
def _derived(seen: str, native: Native, lang: str) -> Labels:
    """The labels that explain a word, or its nominative, by forms derived from the native words of a name."""
    for spelling in _spellings(seen, lang):
        found: Labels = {}
        for word, spoken in native:
            for other in sisters(spoken):
                labels = _derivations(word, spoken, other)
                found |= dict.fromkeys(labels.get(lower(spelling)) or labels.get(fold(spelling), ()), other)
        if found:
            return found
    return {}


def _spellings(word: str, lang: str) -> tuple[str, ...]:
    return (word, *(stem for stem, _sex in nominatives(word, lang)))


@lru_cache(maxsize=16384)
def _derivations(word: str, lang: str, other: str) -> Mapping[str, tuple[str, ...]]:
    """Every spelling of the forms that a sister language derives from a word, with its labels."""
    found: dict[str, dict[str, None]] = {}
    for form in cognates(word, lang, other):
        found.setdefault(fold(form), {})[Form(form, other, lang).label] = None
        for spelling, labels in renderings(form, other).items():
            found.setdefault(spelling, {}).update(dict.fromkeys(Form(form, label, lang).label for label in labels))
    return {spelling: tuple(labels) for spelling, labels in found.items()}


# ---------------------------------------------------------------- without a native name


def _told(words: Sequence[Token], lang: str) -> list[Labels]:
    """The languages that the words of a person's name tell by themselves.

    A given name as Russian would write it tells nothing beside a surname that tells nothing: *Angela Merkel*.
    """
    found = [_told_by(token, lang) for token in words]
    silent = any(token.role == "surname" and not labels for token, labels in zip(words, found, strict=True))
    return [{} if silent and set(labels) == {"ru"} else labels for labels in found]


def _told_by(token: Token, lang: str) -> Labels:
    """The languages that one word tells, as a given name or by its ending; nothing if it could be any."""
    if token.role == "word":
        return {}
    if script(token.text) != "Latin":
        fitting = languages(token.text)
        langs: Iterable[str] = {lang}.intersection(fitting) or fitting
    else:
        spellings = _spellings(token.text, lang)
        langs = next(filter(None, map(_by_given_name, spellings)), frozenset())
        if not langs and token.role != "given":
            langs = next(filter(None, map(_by_ending, spellings)), frozenset())
    return {spoken: spoken for spoken in langs} if set(langs) < set(EAST_SLAVIC) else {}


@lru_cache(maxsize=65536)
def _by_given_name(word: str) -> frozenset[str]:
    """The languages whose own form of a given name a Latin spelling renders."""
    classes = given_classes(word)
    return _leading(
        {
            lang: max((len(explaining(name, word, lang)) for name in given_names(classes, lang)), default=0)
            for lang in EAST_SLAVIC
        }
    )


@lru_cache(maxsize=65536)
def _by_ending(word: str) -> frozenset[str]:
    """The languages whose endings, romanised, a word in Latin letters ends in: the longest that fits decides."""
    plain = fold(word)
    for size in range(min(len(plain) - 2, max(map(len, _latin_endings()))), MIN_ENDING - 1, -1):
        if found := _latin_endings().get(plain[-size:]):
            return found
    return frozenset()


@lru_cache(maxsize=1)
def _latin_endings() -> Mapping[str, frozenset[str]]:
    """The endings of surnames under all schemes, folded, with the languages they tell."""
    counts: dict[str, Counter[str]] = {}
    for lang, endings in native_endings().items():
        for ending in endings:
            if script(ending) == "Latin":
                counts.setdefault(fold(ending), Counter())[lang] += 1
            for system in possible(ending, lang):
                # an ending stands behind a stem, not at the edge of the word
                for form in {fold(form) for form in render("н" + ending, system.rewriter)}:
                    if form.startswith("n"):
                        counts.setdefault(form[1:], Counter())[lang] += 1
    return {ending: _leading(langs) | (langs.keys() - set(EAST_SLAVIC)) for ending, langs in counts.items()}
