"""How is this token written in Latin letters, under which published schemes?

Each scheme is a file under ``tables/romanize/``, named authority-language-script-year; the engine of
`resolve.rewrite` reads them all. A name without a known language is written under the schemes of those
languages that all its words together fit best.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice, product

from unidecode import unidecode

from resolve import latin, tables
from resolve.errors import UnknownChoiceError
from resolve.given import given_languages
from resolve.japanese import japanese, japanese_parts
from resolve.letters import fold, surname_first, syllables, writing
from resolve.model import Form
from resolve.names import parts
from resolve.rewrite import Rewriter, Row, distinct
from resolve.text import is_lower, script, words

KINDS = ("official", "orthography", "scholarly", "press")
"""Kinds of schemes; of several that explain a spelling, the first kind is named."""

MAX_FORMS = 8
"""At most so many spellings of one token under one scheme."""

DEVIATIONS = 2
"""At most so many outputs of one token are exchanged for alternatives (*Evgenievich*)."""

UNMARKED = ", without marks"
"""Said of a scheme whose spelling was seen without its diacritics, apostrophes and ties."""

EAST_SLAVIC = ("be", "ru", "uk")
"""The languages that a Cyrillic name is read in first where others fit it as well."""

_SCRIPTS = {"Cyrl": "Cyrillic", "Grek": "Greek", "Geor": "Georgian", "Armn": "Armenian", "Latn": "Latin"}


@dataclass(frozen=True)
class Scheme:
    """A romanisation scheme read from its table.

    ``filed`` says that its spellings sound so unlike others that names are filed under them exactly.
    """

    key: str
    title: str
    lang: str
    kind: str
    source: str
    examples: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    filed: bool = False

    @property
    def label(self) -> str:
        """How the scheme is called in results: ``"be: BGN/PCGN 1979"``."""
        return f"{self.lang}: {self.title}"

    @property
    def script(self) -> str:
        """The script that the scheme reads, as `resolve.text.script` calls it."""
        return _SCRIPTS[self.key.split("-")[2]]

    @cached_property
    def rewriter(self) -> Rewriter:
        """The compiled rules."""
        return Rewriter(self.rows)


@lru_cache(maxsize=1)
def schemes() -> dict[str, Scheme]:
    """All schemes by key, sorted by kind and key."""
    folder = tables.FOLDER / "romanize"
    found = sorted((_read(path.stem) for path in folder.glob("*.tsv")), key=lambda s: (KINDS.index(s.kind), s.key))
    return {system.key: system for system in found}


def _read(key: str) -> Scheme:
    table = f"romanize/{key}.tsv"
    facts = tables.facts(table)
    return Scheme(
        key, facts["scheme"][0], facts["language"][0], facts["kind"][0], facts["source"][0],
        tables.pairs(facts.get("example", ())), tuple(tables.rows(table)), "filed" in facts,  # type: ignore[arg-type]
    )  # fmt: skip


# ---------------------------------------------------------------- in which language


@lru_cache(maxsize=1)
def _alphabets() -> dict[tuple[str, str], frozenset[str]]:
    """The letters of every language by script and language: those that at least half of its schemes read."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    number: Counter[tuple[str, str]] = Counter()
    for system in schemes().values():
        place = (system.script, system.lang)
        number[place] += 1
        counts.setdefault(place, Counter()).update(system.rewriter.alphabet)
    return {
        place: frozenset(letter for letter, count in found.items() if 2 * count >= number[place])
        for place, found in counts.items()
    }


@lru_cache(maxsize=1)
def native_endings() -> Mapping[str, tuple[str, ...]]:
    """The endings of surnames and patronymics of every language, the longest first."""
    found: dict[str, list[str]] = {}
    for lang, ending in tables.rows("native_endings.tsv"):
        found.setdefault(lang, []).append(ending)
    return {lang: tuple(sorted(endings, key=len, reverse=True)) for lang, endings in found.items()}


@lru_cache(maxsize=65536)
def languages(text: str) -> tuple[str, ...]:
    """The languages that a whole name, in its own script, may be written in.

    The letters of all its words decide, then the given names and the endings of surnames that each
    language knows. A name in Latin letters tells none.

    Args:
        text: a name of one or more words.

    >>> languages("Сяргей Ціханоўскі"), languages("Светлана Тихановская"), languages("Σβετλάνα")
    (('be',), ('ru',), ('el',))

    """
    system = script(text)
    if system == "Latin":
        return ()
    letters = {letter for letter in text.lower() if letter.isalpha()}
    missing = {lang: len(letters - alphabet) for (of, lang), alphabet in _alphabets().items() if of == system}
    fewest = min(missing.values(), default=0)
    fitting = {lang: _known(text, lang) for lang, count in missing.items() if count == fewest}
    most = max(fitting.values(), default=0)
    best = sorted(lang for lang, count in fitting.items() if count == most)
    return tuple([lang for lang in best if lang in EAST_SLAVIC] or best)


def _known(text: str, lang: str) -> int:
    """How many letters of a name a language knows: its given names and the longest endings of the other words."""
    endings = native_endings().get(lang, ())
    count = 0
    for token in words(text):
        if lang in given_languages(token.text):
            count += len(token.text)
        else:
            count += next((len(ending) for ending in endings if token.text.lower().endswith(ending)), 0)
    return count


# ---------------------------------------------------------------- how it is written


def romanize(text: str, lang: str = "", scheme: str = "") -> list[Form]:
    """Write a name in Latin letters under every published scheme that fits.

    Args:
        text: a name in any script, of one or more words.
        lang: ISO 639-1 code; without it the whole name decides which languages are possible.
        scheme: the key of a single scheme.

    Returns:
        Forms without duplicates; the first scheme that gives a spelling names it. A name without a
        scheme for its script is romanised by rules or by Unidecode, with an empty scheme; what has no letters stays.

    Raises:
        UnknownChoiceError: no such scheme; lists the known ones.

    >>> [form.text for form in romanize("Ціханоўская", lang="be")][:2]
    ['Tsikhanowskaya', 'Tsikhanouskaia']

    """
    if scheme and scheme not in schemes():
        raise UnknownChoiceError("scheme", scheme, schemes())
    chosen = [schemes()[scheme]] if scheme else possible(text, lang)
    found: dict[str, Form] = {}
    for form in written(text, chosen):
        found.setdefault(form.text, form)
    if not found:
        plain = _plain(text) or text
        found[plain] = Form(plain)
    return list(found.values())


def _plain(text: str) -> str:
    """A name in Latin letters without a scheme; empty for a text that has no letters at all."""
    if script(text) == "Latin":
        return text
    # half a surrogate pair is no character
    text = text.encode("utf-8", "ignore").decode()
    if writing(text) == "Han":
        # in two words, as a Japanese name is read where it is one
        found = tuple(token.text for token in parts(text))
        as_japanese = not any(surname_first("".join(found))) and any(japanese_parts("".join(found)))
        spelt = [japanese(word)[0] if as_japanese and japanese(word) else "".join(syllables(word)) for word in found]
    else:
        spelt = [(latin.spellings(word) or (unidecode(word),))[0] for word in text.split()]
    return " ".join(word[:1].upper() + word[1:] for word in spelt)


def written(text: str, systems: Iterable[Scheme]) -> Iterable[Form]:
    """A name under every one of some schemes, the same spelling under several as often."""
    for system in systems:
        for spelling in distinct(_whole(text, system), MAX_FORMS):
            yield Form(spelling, system.label)


def possible(text: str, lang: str = "") -> tuple[Scheme, ...]:
    """The schemes of a language for the script of a name, or of the languages that the name may be written in."""
    langs = (lang,) if lang else languages(text)
    return _of_languages(script(text), langs)


@lru_cache(maxsize=256)
def _of_languages(system: str, langs: tuple[str, ...]) -> tuple[Scheme, ...]:
    return tuple(s for s in schemes().values() if s.script == system and s.lang in langs)


def _whole(text: str, system: Scheme) -> Iterable[str]:
    """All words of a text under one scheme, joined as in the original; the main spelling first."""
    tokens = list(words(text))
    options = [spellings(token.text, system.key) for token in tokens]
    for choice in islice(product(*options), MAX_FORMS):
        parts, last = [], 0
        for token, spelling in zip(tokens, choice, strict=True):
            parts += [text[last : token.start], spelling]
            last = token.end
        yield "".join(parts) + text[last:]


@lru_cache(maxsize=131072)
def spellings(word: str, scheme: str) -> tuple[str, ...]:
    """The spellings of one word under one scheme: the main one, then those with an alternative output.

    >>> spellings("Навальный", "press_en-rus-Cyrl")[0]
    'Navalny'
    """
    found = render(lower(word), schemes()[scheme].rewriter)
    return found if is_lower(word) else tuple(recase(word, spelling) for spelling in found)


def render(word: str, rewriter: Rewriter) -> tuple[str, ...]:
    """The spellings of a word in lower case that a scheme's rules give."""
    return distinct(rewriter.forms(word, DEVIATIONS), MAX_FORMS)


def lower(word: str) -> str:
    """Lower case in composed letters, Turkic dotted İ among them.

    >>> lower("İlham")
    'ilham'
    """
    return unicodedata.normalize("NFC", word.lower().replace("i\N{COMBINING DOT ABOVE}", "i"))


def recase(model: str, spelling: str) -> str:
    """Give a spelling the capitals of the word it renders; a script without capitals gives one.

    >>> recase("ЁЖ", "yozh"), recase("Ёж", "yozh")
    ('YOZH', 'Yozh')
    """
    if len(model) > 1 and model.isupper():
        return spelling.upper()
    if not is_lower(model[:1]):
        return spelling[:1].upper() + spelling[1:]
    return spelling


@lru_cache(maxsize=16384)
def renderings(native: str, lang: str = "") -> Mapping[str, tuple[str, ...]]:
    """Every spelling of a native word in lower case, with the labels of the schemes that give it.

    Spellings without marks stand beside those with them, unless a scheme gives them exactly.

    >>> renderings("Шчэрба", "be")["scerba"][0]
    'be: national 2000, without marks'
    """
    exact: dict[str, list[str]] = {}
    for system in possible(native, lang):
        for spelling in render(lower(native), system.rewriter):
            exact.setdefault(spelling, []).append(system.label)
    plain: dict[str, list[str]] = {}
    for spelling, labels in exact.items():
        if (bare := fold(spelling)) not in exact:
            plain.setdefault(bare, []).extend(label + UNMARKED for label in labels)
    return {spelling: tuple(labels) for spelling, labels in (exact | plain).items()}


def explaining(native: str, seen: str, lang: str = "") -> tuple[str, ...]:
    """The labels of the schemes under which ``native`` is spelt ``seen``, letter case aside.

    Args:
        native: a word in its own script.
        seen: a word in Latin letters.
        lang: ISO 639-1 code of the native word; without it the word decides.

    >>> explaining("Лукашэнка", "Lukashenka", "be")[0]
    'be: BGN/PCGN 1979'

    """
    if script(seen) != "Latin":
        return ()
    found = renderings(native, lang)
    return found.get(lower(seen)) or found.get(fold(seen), ())
