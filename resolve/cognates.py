"""How do the sister languages write this name?

Belarusian, Russian and Ukrainian write one person's name each their own way: Ціханоўская,
Тихановская, Тихановська. Given names and patronymics come from the table of equivalent given names,
other words from regular correspondences, one table a direction under ``tables/cognates/``. Such forms
are derived, not attested: the likeliest come first, and everything made from them says so.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import islice, permutations, product

from resolve import tables
from resolve.given import given_classes, given_names
from resolve.letters import fold
from resolve.model import Form, Token
from resolve.names import parse
from resolve.rewrite import Rewriter, Row, distinct
from resolve.romanize import languages, possible, recase, romanize, written

MAX_DERIVED = 8
"""At most so many forms of one word in a sister language."""

MAX_NAMES = 2
"""At most so many whole names in a sister language."""

MAX_TITLES = 4
"""A table names so many schemes of one spelling."""

DEVIATIONS = 2
"""At most so many letters of one word depart from their likeliest correspondence."""

_CODES = {"bel": "be", "rus": "ru", "ukr": "uk"}


@dataclass(frozen=True)
class Correspondence:
    """How the letters of one language's surnames correspond to another's."""

    key: str
    source: str
    examples: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]

    @cached_property
    def rewriter(self) -> Rewriter:
        """The compiled rules."""
        return Rewriter(self.rows)


@lru_cache(maxsize=1)
def correspondences() -> dict[tuple[str, str], Correspondence]:
    """All correspondences by the two languages, ISO 639-1."""
    return {(_CODES[one], _CODES[other]): _read(f"{one}-{other}") for one, other in permutations(_CODES, 2)}


def _read(key: str) -> Correspondence:
    table = f"cognates/{key}.tsv"
    facts = tables.facts(table)
    rows = tuple(tables.rows(table))
    return Correspondence(key, facts["source"][0], tables.pairs(facts["example"]), rows)  # type: ignore[arg-type]


@lru_cache(maxsize=32768)
def cognates(word: str, lang: str, other: str) -> tuple[str, ...]:
    """The forms that a word of a name probably has in a sister language, the likeliest first.

    Args:
        word: one word of a name, in its own script.
        lang: its language: be, ru or uk.
        other: the sister language.

    >>> cognates("Ціханоўская", "be", "ru")[0], cognates("Мікалай", "be", "uk")[0]
    ('Тихановская', 'Микола')
    >>> cognates("Рыгоравіч", "be", "ru")
    ('Григорьевич', 'Григориевич')

    """
    if (lang, other) not in correspondences():
        return ()
    if known := given_names(given_classes(word), other):
        return tuple(recase(word, name.lower()) for name in known)
    if found := _patronymics(lang).get(fold(word)):
        classes, sex = found
        made = (form for father in given_names(classes, other) for form in patronymic(father, other, sex))
        return distinct((recase(word, form) for form in made), MAX_DERIVED)
    forms = correspondences()[lang, other].rewriter.forms(word.lower(), DEVIATIONS)
    return tuple(recase(word, form) for form in distinct(forms, MAX_DERIVED))


def sisters(lang: str) -> tuple[str, ...]:
    """The languages that a language's names have derived forms in.

    >>> sisters("be"), sisters("ka")
    (('ru', 'uk'), ())
    """
    return tuple(other for one, other in correspondences() if one == lang)


# ---------------------------------------------------------------- patronymics


@lru_cache(maxsize=1)
def _patronymic_rules() -> dict[str, list[tuple[str, str, str]]]:
    """Language → rules ``(ending of the father's name, masculine, feminine)``, the longest ending first."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for lang, ending, masculine, feminine in tables.rows("cognates/patronymics.tsv"):
        found.setdefault(lang, []).append((ending, masculine, feminine))
    return {lang: sorted(rules, key=lambda rule: -len(rule[0])) for lang, rules in found.items()}


def patronymic(father: str, lang: str, gender: str) -> tuple[str, ...]:
    """The patronymic that a language makes from a father's given name, in lower case.

    >>> patronymic("Григорий", "ru", "m"), patronymic("Мікалай", "be", "f")
    (('григорьевич', 'григориевич'), ('мікалаеўна',))
    """
    lower = father.lower()
    for ending, masculine, feminine in _patronymic_rules().get(lang, ()):
        if lower.endswith(ending):
            stem = lower.removesuffix(ending)
            return tuple(stem + made for made in (feminine if gender == "f" else masculine).split("|"))
    return ()


@lru_cache(maxsize=8)
def _patronymics(lang: str) -> Mapping[str, tuple[frozenset[str], str]]:
    """Every patronymic that a language makes, folded, with the classes of the father's name and the gender."""
    found: dict[str, tuple[frozenset[str], str]] = {}
    for _identifier, sex, spoken, name, kind in tables.rows("given_names.tsv"):
        if spoken == lang and sex == "m" and kind == "name":
            for gender in ("m", "f"):
                for made in patronymic(name, lang, gender):
                    found.setdefault(fold(made), (given_classes(name), gender))
    return found


# ---------------------------------------------------------------- whole names


def variants(text: str, lang: str = "") -> list[Form]:
    """All spellings of a name: under the schemes of its language, then derived through the sister languages.

    Args:
        text: a name in its own script.
        lang: ISO 639-1 code; without it the whole name decides (`resolve.romanize.languages`).

    Returns:
        A form for every spelling and scheme. A derived one says from which language; a name of a
        sister language in Cyrillic letters has that language as its scheme.

    >>> [form.text for form in variants("Ціханоўская", "be") if form.scheme == "ru"][0]
    'Тихановская'
    >>> Form("Tikhanovskaya", "ru: BGN/PCGN 1947", "be") in variants("Ціханоўская", "be")
    True

    """
    found = dict.fromkeys(written(text, possible(text, lang)))
    own = (lang,) if lang else languages(text)
    for source in own:
        for other in sisters(source):
            if other in own:
                continue
            for name in _names(text, source, other):
                found[Form(name, other, source)] = None
                derived = (replace(form, derived=source) for form in written(name, possible(name, other)))
                found.update(dict.fromkeys(derived))
    return list(found) or romanize(text, lang)


def table(forms: Iterable[Form]) -> str:
    """Spellings with their schemes, a line each, in a block for every language.

    >>> print(table([Form("Lukashenka", "be: BGN/PCGN 1979"), Form("Lukashenka", "be: ICAO 9303")]))
    be
      Lukashenka  BGN/PCGN 1979; ICAO 9303
    """
    blocks: dict[str, dict[str, list[str]]] = {}
    for form in forms:
        lang, _, title = form.scheme.partition(": ")
        blocks.setdefault(replace(form, scheme=lang).label, {}).setdefault(form.text, []).append(title)
    width = max((_width(text) for rows in blocks.values() for text in rows), default=0)
    lines = []
    for block, rows in blocks.items():
        lines += [block] if block else []
        for text, titles in rows.items():
            shown = "; ".join([*titles[:MAX_TITLES], *(["..."] if len(titles) > MAX_TITLES else [])])
            indent = "  " if block else ""
            lines.append(f"{indent}{text}{' ' * (width - _width(text))}  {shown}".rstrip())
    return "\n".join(lines)


def _width(text: str) -> int:
    """How many columns a text takes: ties and other marks stand over the letter before them."""
    return sum(not unicodedata.combining(letter) for letter in text)


def _names(text: str, lang: str, other: str) -> Iterable[str]:
    """A whole name in a sister language: every word's likeliest form, then those with one exchanged."""
    tokens = parse(text, lang).tokens
    options = [_options(token, lang, other) for token in tokens]
    choices = sorted(product(*(range(len(option)) for option in options)), key=sum) if _few(options) else []
    for choice in islice(choices, MAX_NAMES):
        parts, last = [], 0
        for token, option, place in zip(tokens, options, choice, strict=True):
            parts += [text[last : token.start], option[place]]
            last = token.end
        yield "".join(parts) + text[last:]


def _options(token: Token, lang: str, other: str) -> tuple[str, ...]:
    if token.role in {"initial", "suffix"}:
        return (token.text,)
    most = 1 if token.role == "given" else MAX_NAMES
    return cognates(token.text, lang, other)[:most] or (token.text,)


def _few(options: Iterable[tuple[str, ...]]) -> bool:
    """Whether a name has so few words that all their combinations can be ranked."""
    return len(list(options)) <= 6
