"""Which words of an organisation's name say what it is, and which are its own?

*ОАО «Коммунарка»*, *Kommunarka, JSC* and *Kommunarka* differ in the legal form, which is left out and remembered; *Минский тракторный
завод* and *Minsk Tractor Works* are translated word by word, so that words are known by what they mean. What is left are the words
that only spelling can tell.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, pairwise
from typing import Literal, TypeAlias

from unidecode import unidecode

from resolve import tables
from resolve.letters import fold, mandarin
from resolve.names import is_place
from resolve.text import clean, cut, script
from resolve.toponyms import cities

Kind: TypeAlias = Literal["own", "number", "shell", "order", "field", "land", "link", "after"]

MOST_LETTERS = 1000
"""A name is read up to so many code points."""

MOST_WORDS = 24
"""A name is read up to so many words."""

LONGEST_ENDING = 10
"""An ending that the table leaves open has at most so many letters."""

SHORT_ROOT = 4
"""What is left of an adjective without its ending has so many letters at least."""

LONG_REST = 6
"""The second part of a compound has so many letters at least."""

LONGEST_PERSON = 4
"""A run of so many Chinese characters may be a person's name; longer ones are an organisation's."""

LONG_ASIDE = 3
"""More words in parentheses are a name."""

LOUD_FORM = 4
"""A legal form of at most so many letters is written with capitals: GmbH, not Šarl."""

SHORT_FORM = 3
"""A legal form of fewer letters is one only where a name begins or ends."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of an organisation's name: as written, folded, what it means, of which kind it is, and where it stands in code points.

    ``root`` is an adjective without its ending, so that the city of *Борисовский* is known, and Chinese
    characters as they are read; ``optional`` are the words of whom it is named after.
    """

    text: str
    folded: str
    meanings: frozenset[str]
    kind: Kind
    start: int
    root: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation's name: its words without the legal form and function words, and the classes of its legal forms."""

    text: str
    words: tuple[Word, ...]
    forms: frozenset[str]


_WORD = re.compile(
    r"\d+(?:(?:st|nd|rd|th|er|-?(?:й|го|я|ое|ий|ой|ая))\b)?|[^\W\d_]+(?:[\u0300-\u036f\u0640-\u065f\u200c'’ʼ`]+[^\W\d_]+)*"
)
_DOTTED = re.compile(r"(?<![\w.])(?:[^\W\d_]\.\s?){2,}")
_LOUD = re.compile(r"(?:Ts|Sh|Kh|Zh|Ch|Ya|Yu|(?![\da-zа-яёіў])[^\W_](?<![a-zа-яёіў])){2,}")
_ORDINAL = re.compile(r"(?<=\d)\D+$")
_ROMAN = re.compile(r"[IVX]{2,4}")
_INSIDE = re.compile(r"[(\[]([^()\[\]]{2,})[)\]]")
_ALSO = re.compile(r"\s(?:a\.?k\.?a\.?|f\.?k\.?a\.?|alias|formerly|бывш\.)\s", re.IGNORECASE)
_HANGUL = re.compile("[\uac00-\ud7a3]+")
_HAN = re.compile("[\u4e00-\u9fff]+")
_LONE = frozenset("省市县厂社部局报党厅团")
_DIFFERING = (
    ("'", ""), ("shch", "sc"), ("schtsch", "sc"), ("tsch", "c"), ("sch", "s"), ("sh", "s"), ("ch", "c"), ("kh", "h"), ("zh", "z"),
    ("ts", "c"), ("tz", "c"), ("w", "v"), ("y", "i"), ("j", "i"), ("ii", "i"), ("ie", "e"), ("iu", "u"), ("ia", "a"), ("io", "o"),
)  # fmt: skip
_ROMANISED = {
    "ц": ("ts", "c"), "х": ("kh", "h", "x"), "ш": ("sh",), "щ": ("shch", "sch"), "ч": ("ch",), "ж": ("zh",), "я": ("ya", "ia"),
    "ю": ("yu", "iu"), "г": ("g", "h"), "в": ("v", "w"), "к": ("k", "c"), "э": ("e",),
}  # fmt: skip
_CLITICS = ("وال", "بال", "لل", "ال", "و", "ل", "ب")
_ADJECTIVE = re.compile(
    r"(?:ский|ская|ское|ского|ской|ские|ський|ська|ське|скі|ская|ське|цкий|цкая|цкое|цкі|"
    r"skiy|skii|skij|sky|ski|skaya|skaia|skoe|skoye|skogo|skoy|skyi|ska|ske)$",
    re.IGNORECASE,
)
_KINDS: dict[str, Kind] = {kind: kind for kind in ("link", "after", "shell", "order", "land", "field")}
_LIST = re.compile("[,;·]")
_BEFORE_FORM = frozenset({"co", "company"})
_USUAL = frozenset({"ltd", "inc", "corp", "plc", "llc"})
_QUOTES = '"«»“”„‟‘‚‹›'
_INFLECTED = {
    "Latin": re.compile(
        r"(?:n|sk|tsk|esk|ich|ichesk|eln|el'n|enn?|ann?|ov|ev|nik|nost|stv|itel|tel|isch|ist|iqu|ic|al|el|ik|ion|at|ing|ar|av|or|ow|ny|k)*"
        r"(?:yy|yi|iy|ii|ij|aya|aia|aja|oye|oe|oje|ogo|oi|oy|ykh|y|i|a|o|e|u|es|s|en|er|em|ie|iya|ya|um|ung|ungs|ego|ej|ych)?"
    ),
    "Cyrillic": re.compile(
        r"(?:н|ьн|енн|ен|ён|ан|ян|ов|ев|ськ|ск|ческ|ическ|ічн|ичн|ытн|ельн|альн|ник|нік|ств|цтв|ост|тв|ни|нн|ац|ат|ист|іст|ив|ыв|ів|яр|ир|тель|итель|цел|к)*"
        r"(?:ый|ий|ій|ай|ой|ая|яя|ое|ее|ые|ие|ого|ого|ага|его|ому|ых|их|ім|ым|ам|ами|а|я|о|е|є|у|ю|ы|и|і|ь|ия|ія|ии|ії|ия|ие|ье|ыя|ае|ей|ием|ион|ство)?"
    ),
}  # fmt: skip


@lru_cache(maxsize=1)
def _meanings() -> tuple[dict[str, frozenset[str]], dict[str, str], dict[str, list[tuple[str, str]]]]:
    """Meanings by folded word, the kind of every meaning, and stems with an open ending by their first three letters."""
    whole: dict[str, set[str]] = {}
    kinds: dict[str, str] = {}
    stems: dict[str, list[tuple[str, str]]] = {}
    for meaning, kind, written in tables.rows("organisation_words.tsv"):
        kinds[meaning] = "field" if kind == "head" else kind
        for word in written.split():
            stem = fold(word.rstrip("*"))
            if word.endswith("*"):
                stems.setdefault(stem[:3], []).append((stem, meaning))
            whole.setdefault(stem, set()).add(meaning)
    return {word: frozenset(found) for word, found in whole.items()}, kinds, stems


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    return frozenset(meaning for meaning, kind, _written in tables.rows("organisation_words.tsv") if kind == "head")


def is_head(word: Word) -> bool:
    """Whether a word says what kind of body it is, as any name of it may or may not: *plant*, *movement*; not *leasing*.

    >>> [is_head(word) for word in read("Naftan Plant Leasing")[0].words]
    [False, True, False]
    """
    return not word.meanings.isdisjoint(_heads())


@lru_cache(maxsize=16384)
def meanings(folded: str) -> frozenset[str]:
    """What a folded word means in the name of an organisation, by the English word; nothing of most words.

    >>> sorted(meanings("завод")), sorted(meanings("металлургический")), meanings("kommunarka")
    (['plant'], ['metal'], frozenset())
    """
    whole, _kinds, stems = _meanings()
    if folded in whole:
        return whole[folded]
    found = _stemmed(folded, stems)
    return found or (_romanised_meanings(folded) if folded.isascii() and len(folded) > SHORT_ROOT else found)


def _stemmed(word: str, stems: dict[str, list[tuple[str, str]]]) -> frozenset[str]:
    """The meanings of the stems of which a word is a form."""
    return frozenset(
        meaning for stem, meaning in stems.get(word[:3], ())
        if word.startswith(stem) and len(word) - len(stem) <= LONGEST_ENDING and _is_ending(word[len(stem) :])
    )  # fmt: skip


def _romanised_meanings(folded: str) -> frozenset[str]:
    """What a word means that is a Cyrillic one in Latin letters, by whatever system: *opticheskie*, *optitscheskije*."""
    whole, stems = _romanised()
    letters = _plainly(folded)
    # no Russian adjective ends like Belaruskali
    return whole.get(letters) or (frozenset() if letters.endswith("ali") else _stemmed(letters, stems))


@lru_cache(maxsize=1)
def _romanised() -> tuple[dict[str, frozenset[str]], dict[str, list[tuple[str, str]]]]:
    """As `_meanings` has them, but for the Cyrillic words alone, and in Latin letters as `_plainly` writes them."""
    whole: dict[str, frozenset[str]] = {}
    stems: dict[str, list[tuple[str, str]]] = {}
    for meaning, kind, written in tables.rows("organisation_words.tsv"):
        for word in written.split():
            letters = _plainly(unidecode(fold(word.rstrip("*"))).casefold())
            if (
                kind in {"link", "after"}
                or word.isascii()
                or script(word[:1]) != "Cyrillic"
                or len(letters) <= SHORT_ROOT
            ):
                continue
            if word.endswith("*"):
                stems.setdefault(letters[:3], []).append((letters, meaning))
            whole[letters] = whole.get(letters, frozenset()) | {meaning}
    return whole, stems


def _plainly(letters: str) -> str:
    """Latin letters without what systems of romanisation differ in."""
    for one, other in _DIFFERING:
        letters = letters.replace(one, other)
    return letters


def _is_ending(rest: str) -> bool:
    script = "Cyrillic" if "\u0400" <= rest[:1] <= "\u04ff" else "Latin"
    return _INFLECTED[script].fullmatch(rest) is not None


@lru_cache(maxsize=1)
def _forms() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Legal forms by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, written in tables.rows("legal_forms.tsv"):
        words = tuple(fold(word) for word in written.split())
        found.setdefault(words[0], []).append((words, kind))
    return {first: sorted(forms, key=lambda form: -len(form[0])) for first, forms in found.items()}


@lru_cache(maxsize=16384)
def is_body(text: str) -> bool:
    """Whether a name has a legal form, so that no person bears it; one of two letters only in capitals beside other letters.

    >>> is_body("ОАО «Коммунарка»"), is_body("Toyota Motor Co., Ltd."), is_body("Joe Biden"), is_body("José Sá")
    (True, True, False, False)
    """
    text = unicodedata.normalize("NFC", text[:MOST_LETTERS])
    written = _DOTTED.sub(lambda match: re.sub(r"[.\s]", "", match[0]) + " ", text)
    words = [_word(match[0], match.start()) for match in list(_WORD.finditer(written))[:MOST_WORDS]]
    for place, first in enumerate(words):
        size, _form = _form_at(words, place)
        letters = sum(len(word.text) for word in words[place : place + size])
        edge = place in {0, len(words) - size}
        loud = sum(map(str.isupper, first.text)) > 1 and not text.isupper()
        sure = size > 1 or letters > LOUD_FORM or first.folded in _USUAL
        if len(words) > size > 0 and (sure or (edge and (loud or (letters == LOUD_FORM - 1 and text.isupper())))):
            return True
    return False


@lru_cache(maxsize=16384)
def read(text: str) -> tuple[Body, ...]:
    """Read a name as that of an organisation.

    Args:
        text: the name, with or without its legal form, quotation marks and a shorter name in parentheses.

    Returns:
        What it may be called: what stands outside parentheses, and what each holds. Nothing without a word of its own or with
        a meaning.

    >>> [([word.text for word in body.words], sorted(body.forms)) for body in read("ОАО «Савушкин продукт» (Savushkin Product JSC)")]
    [(['Савушкин', 'продукт'], ['stock']), (['Savushkin', 'Product'], ['stock'])]

    """
    text = unicodedata.normalize("NFC", text[:MOST_LETTERS])
    inside = [match[1] for match in _INSIDE.finditer(text) if _is_name(match[1], text)]
    outside = _ALSO.split(_INSIDE.sub(lambda match: " " if match[1] in inside else f" {match[1]} ", text))
    found = [_body(part) for part in (*outside, *inside) if part.strip()]
    found += [body for part in outside for body in _listed(part)]
    kept = {body.words: body for body in reversed(found) if body.words}
    return tuple(reversed(kept.values()))


def _is_name(inside: str, text: str) -> bool:
    """Whether what stands in parentheses is another name, and not part of the one before them: *(Hong Kong)*."""
    words = inside.split()
    foreign = inside[:1].isascii() != text[:1].isascii()
    return (
        foreign
        or (len(words) == 1 and inside.isupper() and not text.isupper())
        or len(words) > LONG_ASIDE
        or is_body(inside)
        or (bool(re.search(r"\w", text[: text.find(inside)])) and _has_form(inside))
    )


def _with_cities(words: list[Word]) -> list[Word]:
    """Words, of which those that are a city's name together say where it is: *Nizhny Novgorod*."""
    places = {
        place for i, (one, other) in enumerate(pairwise(words))
        if one.kind == other.kind == "own" and cities(f"{one.text} {other.text}") for place in (i, i + 1)
    }  # fmt: skip
    return [replace(word, kind="land") if place in places else word for place, word in enumerate(words)]


def _has_form(text: str) -> bool:
    """Whether a name begins or ends with a legal form, however short and written: *АО «ОДК-СТАР»*."""
    words = [_word(match[0], match.start()) for match in list(_WORD.finditer(text))[:MOST_WORDS]]
    sizes = [_form_at(words, place)[0] for place in range(len(words))]
    return any(0 < size < len(words) and place in {0, len(words) - size} for place, size in enumerate(sizes))


def _listed(text: str) -> list[Body]:
    """The names of a list, where more than one has a legal form."""
    found = [_body(part) for part in _LIST.split(text)] if _LIST.search(text) else []
    return found if sum(bool(body.forms and body.words) for body in found) > 1 else []


def _body(text: str) -> Body:
    written = _DOTTED.sub(lambda match: re.sub(r"[.\s]", "", match[0]) + " ", text)
    dotted = {re.sub(r"[.\s]", "", match[0]) for match in _DOTTED.finditer(text)}
    forms: set[str] = set()
    alone = _HAN.fullmatch(written.strip()) is not None
    written = _HAN.sub(lambda match: f" {_in_parts(_without_form(match[0], forms, alone))} ", written)
    found = list(_WORD.finditer(written))[:MOST_WORDS]
    words = [_word(match[0], match.start()) for match in found]
    borders = [
        not place or any(mark in _QUOTES for mark in written[found[place - 1].end() : match.start()])
        for place, match in enumerate(found)
    ]  # fmt: skip
    kept: list[Word] = []
    place, after = 0, False
    while place < len(words):
        size, form = _form_at(words, place)
        ends = place + size == len(words) or borders[place + size] if size else False
        letters = sum(len(word.text) for word in words[place : place + size])
        if size and (letters >= SHORT_FORM or borders[place] or ends):
            forms.add(form)
            place += size
            continue
        word = words[place]
        following = words[place + 1].kind if place + 1 < len(words) else "link"
        initials = word.text in dotted and following == "own"
        after = after or (word.kind == "after" and bool(kept))
        twice = word.kind == "own" and any(word.folded == one.folded for one in kept)
        if word.kind not in {"link", "after"} and not twice:
            kept += [
                replace(one, optional=after or initials)
                for one in (_spelt_out(word, text) or (_taken_apart(word) if len(words) > 1 else []) or [word])
            ]
        place += 1
    kept = _with_cities(kept)
    if not kept and len(words) == 1 and words[0].text.isupper() and not forms:
        # a function word is none in capitals: UN
        kept = [replace(words[0], kind="own", meanings=frozenset())]
    if len(kept) == 1 and kept[0].kind in {"field", "order", "shell"} and kept[0].text == words[0].text:
        # all that a name has is its own: Naftogaz
        kept = [replace(kept[0], kind="own", meanings=frozenset())]
    return Body(text.strip(), tuple(kept), frozenset(forms))


def _spelt_out(word: Word, text: str) -> list[Word]:
    """The words that an abbreviation stands for; none of most. In a name of capitals alone, none that is a word as well."""
    meant = _abbreviations().get(word.folded, ())
    if not meant or not (is_short(word.text) or len(word.folded) > LONG_REST - 1) or (text.isupper() and word.meanings):
        return []
    kinds = _meanings()[1]
    return [Word(word.text, word.folded, frozenset({one}), _KINDS[kinds[one]], word.start) for one in meant]


def _taken_apart(word: Word) -> list[Word]:
    """The two words that a compound is made of: *Судоремонтный*, *electromechanical*, *삼성전자*; none of most."""
    whole, kinds, _stems = _meanings()
    if word.kind != "own":
        return []
    if _HANGUL.fullmatch(word.text):
        ends = (place for place in range(2, len(word.text) - 1) if meanings(fold(word.text[place:])))
        return [_word(part, word.start) for place in islice(ends, 1) for part in (word.text[:place], word.text[place:])]
    for size in range(SHORT_ROOT, len(word.folded) - LONG_REST + 1):
        first, second = whole.get(word.folded[:size]), meanings(word.folded[size:])
        if first and second and "link" not in {kinds[one] for one in first | second}:
            parts = ((word.folded[:size], first), (word.folded[size:], second))
            return [Word(text, text, meant, _kind_of(meant), word.start) for text, meant in parts]
    return []


@lru_cache(maxsize=4096)
def is_ordinary(folded: str) -> bool:
    """Whether many organisations are called by a folded word: *Zvezda*, *Vega*."""
    return folded in _ordinary()


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    return frozenset(fold(word) for (written,) in tables.rows("ordinary_bodies.tsv") for word in written.split())


@lru_cache(maxsize=4096)
def initials(word: Word) -> frozenset[str]:
    """The letters by which abbreviations may stand for a word, in its language and in English, Russian and Ukrainian: in
    Latin letters, in lower case.

    >>> sorted(initials(_word("завод", 0))), sorted(initials(_word("Центр", 0)))
    (['p', 'z'], ['c', 'ts'])
    """
    first = {word.folded[:1]} | {written for meaning in word.meanings for written in _first_letters().get(meaning, ())}
    return frozenset(latin for letter in first for latin in (_ROMANISED.get(letter) or (unidecode(letter).casefold(),)))


@lru_cache(maxsize=1)
def _first_letters() -> dict[str, frozenset[str]]:
    """With which letters the words of a meaning begin: the first that the table has of each script."""
    found = {}
    for meaning, _kind, written in tables.rows("organisation_words.tsv"):
        words = [fold(word.rstrip("*")) for word in written.split()]
        latin = next((word[0] for word in words if word[:1].isascii() and word), "")
        cyrillic = next((word[0] for word in words if "а" <= word[:1] <= "я"), "")
        found[meaning] = frozenset({latin, cyrillic} - {""})
    return found


def is_short(text: str) -> bool:
    """Whether a word is written as an abbreviation: in capitals, but for letters that romanisation adds.

    >>> is_short("ВНИИРТ"), is_short("TsNII"), is_short("Belavia"), is_short("X")
    (True, True, False, False)
    """
    return _LOUD.fullmatch(text) is not None


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, tuple[str, ...]]:
    """What abbreviations mean, word by word."""
    rows = tables.rows("organisation_abbreviations.tsv")
    return {fold(short): tuple(written.split()) for short, written in rows}


def without_form(name: str) -> str:
    """What is left of an organisation's name without the legal form before and behind it; nothing where that is no name by itself.

    >>> without_form("ОАО «Коммунарка»"), without_form("Savushkin Product Co., Ltd."), without_form("Bank Ltd")
    ('Коммунарка', 'Savushkin Product', '')
    """
    dotted = next((match for match in _DOTTED.finditer(name) if match.end() == len(name)), None)
    if dotted and (fold(re.sub(r"[.\s]", "", dotted[0])),) in {
        form for forms in _forms().values() for form, _kind in forms
    }:
        bare = name[: dotted.start()].rstrip(" ,")
        return without_form(bare) or (
            bare if _is_a_name([_word(match[0], 0) for match in _WORD.finditer(bare)]) else ""
        )
    found = list(islice(_WORD.finditer(name), MOST_WORDS + 1))
    if len(found) > MOST_WORDS:
        return ""
    words = [_word(match[0], match.start()) for match in found]
    first, last = 0, len(words)
    while first < last and (size := _form_at(words, first)[0]):
        first += size
    while tail := next(
        (size for size in range(min(MOST_WORDS, last - first), 0, -1) if _form_at(words, last - size)[0] == size), 0
    ):
        last -= tail
    while last > first + 1 and words[last - 1].folded in _BEFORE_FORM and last < len(words):
        last -= 1
    if (first, last) == (0, len(words)) or first >= last or not _is_a_name(words[first:last]):
        return ""
    left = name[found[first].start() : found[last - 1].end()]
    return left if left.count("(") == left.count(")") else ""


def _is_a_name(words: list[Word]) -> bool:
    """Whether words are an organisation's name: one of its own, or a place and what there is: *Deutsche Bank*."""
    kinds = {word.kind for word in words}
    return "own" in kinds or {"land", "field"} <= kinds


def _without_form(run: str, forms: set[str], alone: bool) -> str:
    """What is left of a run of Chinese characters, which has no spaces, without the legal form that begins or ends it."""
    for form, kind in _unspaced():
        if (run != form or not alone) and (run.startswith(form) or run.endswith(form)):
            forms.add(kind)
            return run.removeprefix(form) if run.startswith(form) else run.removesuffix(form)
    return run


@lru_cache(maxsize=1)
def _unspaced() -> tuple[tuple[str, str], ...]:
    """Legal forms in Chinese characters, the longest first, with their classes."""
    found = [(written, kind) for kind, written in tables.rows("legal_forms.tsv") if _HAN.fullmatch(written)]
    return tuple(sorted(found, key=lambda form: -len(form[0])))


def _form_at(words: list[Word], place: int) -> tuple[int, str]:
    """How many words from a place on are a legal form, and its class; none of most."""
    for form, kind in _forms().get(words[place].folded, ()):
        if tuple(word.folded for word in words[place : place + len(form)]) == form:
            return len(form), kind
    return 0, ""


def _in_parts(run: str) -> str:
    """A run of Chinese characters with spaces around the words of the table, and Pinyin for the others, two syllables a word."""
    found, rest, place = [], "", 0
    whole = _meanings()[0]
    while place < len(run):
        size = next(
            (n for n in range(4, 0, -1) if run[place : place + n] in whole and (n > 1 or run[place] in _LONE)), 0
        )
        if not size:
            rest += run[place]
            place += 1
            continue
        found += [*_pinyin(rest), run[place : place + size]]
        rest = ""
        place += size
    return " ".join((*found, *_pinyin(rest))) if found or len(rest) > LONGEST_PERSON else run


def _pinyin(run: str) -> list[str]:
    """Characters as they are read in Mandarin, two or three to a word."""
    read = [syllable for character in run if (syllable := mandarin(character))]
    sizes = [2] * (len(read) // 2) if len(read) > 1 else [1] * len(read)
    if len(read) % 2 and len(read) > 1:
        sizes[-1] = 3
    found, place = [], 0
    for size in sizes:
        found.append("".join(read[place : place + size]).capitalize())
        place += size
    return found


def _word(written: str, start: int) -> Word:
    text = clean(cut(written)[0])
    if text[:1].isdigit() or _ROMAN.fullmatch(text):
        number = _ORDINAL.sub("", text)
        return Word(number, number.lstrip("0") or "0", frozenset(), "number", start)
    folded = fold(text)
    found = meanings(folded) or _behind_article(text)
    kind = _kind_of(found)
    if kind == "own" and _HAN.fullmatch(text):
        return Word(text, folded, found, kind, start, "".join(map(mandarin, text)).capitalize())
    root = _ADJECTIVE.sub("", text) if kind == "own" else ""
    known = (root and (is_place(text) or is_place(root))) or any(is_city(one) for one in (text, root) if kind == "own")
    kind = "land" if known else kind
    return Word(text, folded, found, kind, start, root if SHORT_ROOT <= len(root) < len(text) else "")


def is_city(word: str) -> bool:
    """Whether a word is the name of a well-known city or a country, and too long to be much else.

    >>> is_city("Kaluga"), is_city("Калуга"), is_city("Lemberg"), is_city("Split")
    (True, True, True, False)
    """
    return len(word) > SHORT_ROOT + 1 and bool(cities(word))


def _kind_of(found: frozenset[str]) -> Kind:
    """The kind of a word with some meanings: the one that says least."""
    held = {_meanings()[1][meaning] for meaning in found}
    return next((one for one in _KINDS.values() if one in held), "own")


def _behind_article(text: str) -> frozenset[str]:
    """What an Arabic word means without the article and what is written together with it: *والحراسة*."""
    for clitic in _CLITICS:
        if text.startswith(clitic) and (found := meanings(fold(text[len(clitic) :]))):
            return found
    return frozenset()
