"""How many bits say that these two tokens spell one name?

The evidence of a token pair is what sharing so rare a name is worth, less what the differences
between the two spellings cost. Differences are counted by edit distance on three readings of the
token: its sounds in detail, its contour (coarse consonants, broad vowels) and its skeleton
(consonants alone). Weighting edits by what the language does to them goes back to Ristad and
Yianilos (1998).
"""

from __future__ import annotations

import math
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations_with_replacement
from operator import mul

from rapidfuzz.distance import OSA, Levenshtein
from unidecode import unidecode

from resolve import attested, chinese, korean, latin, readings, tables
from resolve._kernel import Sounds, Spelling, Ways, Weigher
from resolve.cognates import cognates
from resolve.endings import adaptations, nominatives
from resolve.given import all_given_spellings, given_table
from resolve.keys import contour, skeleton, sounds
from resolve.letters import fold, is_other, native, syllables, writing
from resolve.multigram import NO_SCRIPT, SCRIPTS, Gate, Table, load
from resolve.respelling import sounded
from resolve.text import script

MAX_TOKEN = 64
"""Longer tokens are compared by their first letters only, in code points."""


LONGEST = 64
"""Longer readings are compared outside the kernel, in sounds."""


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """All weights by name (``tables/weights.tsv`` says what each means and what taught it)."""
    return {row[0]: float(row[1]) for row in tables.rows("weights.tsv")}


def _readings(word: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((sound, contour(sound), skeleton(sound)) for sound in sounds(word[:MAX_TOKEN]))


@lru_cache(maxsize=131072)
def _sounds(word: str) -> Sounds | None:
    """The readings of a word for the kernel, None where they are too long for it."""
    readings = _readings(word)
    if not all(reading[0].isascii() and len(reading[0]) <= LONGEST for reading in readings):
        return None
    return Sounds(readings)


@lru_cache(maxsize=65536)
def rarity(word: str) -> float:
    """What sharing a surname of this length is worth, in bits.

    >>> round(rarity("Ціханоўская"), 1)
    22.0
    """
    w = weights()
    length = min((len(sound) for sound in sounds(word[:MAX_TOKEN])), default=0)
    return min(w["rarity_cap"], w["rarity_base"] + w["rarity_sound"] * length) if length else 0.0


@lru_cache(maxsize=1)
def _frequencies() -> dict[str, int]:
    return {name: int(persons) for name, persons in tables.rows("name_frequencies.tsv")}


@lru_cache(maxsize=16384)
def borne(word: str) -> bool:
    """Whether a word is a name that people bear.

    >>> borne("Kim"), borne("Ministry")
    (True, False)
    """
    return fold(word) in _frequencies()


@lru_cache(maxsize=65536)
def worth(word: str) -> float:
    """What sharing a name is worth, in bits: its rarity, or how few persons bear it if many do.

    >>> worth("Kim") < worth("Naryshkin")
    True
    """
    table = _frequencies()
    bearers = table.get(fold(word))
    return rarity(word) if bearers is None else min(rarity(word), math.log2(table["*"] / (bearers + 1)))


@lru_cache(maxsize=16384)
def class_worth(classes: frozenset[str]) -> float:
    """What sharing a given name of some classes is worth, in bits: how few persons bear it in any spelling.

    >>> from resolve.given import given_classes
    >>> class_worth(given_classes("Mohammed")) < class_worth(given_classes("Aloysius"))
    True
    """
    table = _frequencies()
    bearers = sum(table.get(name, 0) for name in {fold(spelling) for spelling in all_given_spellings(classes)})
    return math.log2(table["*"] / (bearers + 1))


PIVOTS = 3
"""Between two scripts beyond Cyrillic, so many Latin spellings of one stand for it."""

OTHER_GATE = -1.5
"""Below it two tokens, one in a script beyond Cyrillic, are two names, in bits. It lies lower than that of Latin
and Cyrillic: a spelling can be far from all that the native letters were learned to mean (Löfven, Λεβέν), and
what it costs is weighed anyway. Beside Cyrillic, which is read in
Unidecode's letters, it is not lowered."""

HOPELESS = -5.0
"""Where the letters of a script beyond Cyrillic tell less than so many bits, its Latin spellings are not asked."""

LOWEST, LOWEST_SOUNDED = -8.0, -16.0
"""A word in a script beyond Cyrillic is no spelling of one that is so much likelier apart from it, in bits; less is left to its
letters where it is known how it sounds."""

LEAST_SPELT = 0.5
"""A Latin spelling has at least this share of a word's native letters: *CD* spells no name of five."""

SPARE = 3
"""Two spellings of one given name differ by at most so many letters in length."""

_DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
"""How letters that a keyboard lacks are written with two."""

_DOUBLE_LETTERS = frozenset(map(chr, _DIGRAPHS))

SINGLE = 0.01
"""What numbers of single precision may hide, in bits."""

SISTER_FORMS = 3
"""So many forms in a sister language are tried, the likeliest first."""

MEASURES = ("evidence", "similarity", "sounds")
"""What is measured of two tokens: the learned evidence that they spell one name and their similarity in the
multigram channel, and the cost of their differences by sounds."""

RANGES = ((-8.0, 8.0), (-0.3, 1.0), (0.0, 20.0))
"""Between what the measures count: beyond, they tell no more."""


def measures(left: str, right: str) -> tuple[float, ...]:
    """The `MEASURES` of two tokens within their `RANGES`; symmetric.

    >>> len(measures("Babaryka", "Бабарико")) == len(MEASURES)
    True
    """
    evidence, similarity = load().alike(left, right)
    (low, high), (least, most), (none, worst) = RANGES
    return (
        min(max(evidence, low), high), min(max(similarity, least), most), min(max(plain_cost(left, right), none), worst),
    )  # fmt: skip


@lru_cache(maxsize=1)
def told_weights() -> tuple[float, ...]:
    """The constant and the weight of every measure."""
    found = {name: float(weight) for name, weight in tables.rows("token_evidence.tsv")}
    return tuple(found[name] for name in ("constant", *MEASURES))


@lru_cache(maxsize=1)
def _adjectives() -> dict[str, str]:
    return {ending: canonical for ending, _script, canonical in tables.rows("adjectives.tsv")}


@lru_cache(maxsize=65536)
def common_ending(word: str) -> str:
    """A word in the letters and an adjectival surname with the ending that all languages are compared in.

    >>> common_ending("Тихановська"), common_ending("Cichanouská"), common_ending("Стерџен")
    ('Тихановская', 'Cichanouskaya', 'Стерджен')
    """
    if script(word) == "Cyrillic" and (respelt := sounded(word)):
        word = respelt[0]
    lower, table = word.lower(), _adjectives()
    for size in range(min(6, len(lower) - 2), 2, -1):
        if canonical := table.get(lower[-size:]):
            return word[:-size] + canonical
    return word


@lru_cache(maxsize=262144)
def telling(left: str, right: str) -> float:
    """How much likelier two tokens are to spell one name than two similar ones, in bits at even odds.

    >>> telling("Babaryka", "Бабарико") > 0 > telling("Kovalev", "Kovalchuk")
    True
    """
    told, w = learned(left, right), weights()
    if told < w["attested"] and attested.spells(left, right):
        return w["attested"]
    if told < w["korean_reading"] and (korean.spells(left, right) or chinese.spells(left, right)):
        return w["korean_reading"]
    return told


def learned(left: str, right: str) -> float:
    """What `telling` says of two words that are no Korean or Chinese name and no attested spelling."""
    one, other = _ways(left), _ways(right)
    if one is None or other is None:
        return _beyond(left, right)
    w = weights()
    if _is_digraph(left, right):
        return w["channel_clean"]
    told = _weigher().told(one, other, -math.inf)
    if told >= w["channel_clean"]:
        return told
    slip = w["channel_typo"] if told < w["channel_typo"] and _is_slip(left, right) else -math.inf
    return max(told, slip, _by_sisters(left, right), _by_sisters(right, left))


def _beyond(left: str, right: str) -> float:
    """What `telling` says of two words of which one is not in Latin or Cyrillic letters."""
    w = weights()
    if is_other(left) and writing(left) == writing(right):
        return w["channel_clean"] - w["channel_within"] * _differing(left, right)
    if script(left) != script(right):
        for one, other in ((left, right), (right, left)):
            if spelt := latin.spellings(one):
                return max(_by_sounds(one, other), max(telling(s, other) for s in spelt) - w["channel_pivot"])
    if is_other(left) or is_other(right):
        pairs = list(_latinised(left, right))
        found = [load().told(a, b) for a, b in pairs if load().covers(a, b)]
        if _is_spelt_so(left, right):
            found.append(w["other_reading"])
        if found and max(found) < HOPELESS:
            return max(found)
        if found:
            pairs = [(left, right), (right, left)]
            return max(*found, *(told(*pair) for told in (_by_pivot, _as_sounded) for pair in pairs))
        if not pairs:
            return OTHER_GATE - 1.0
    return _by_sounds(left, right)


_DOUBLED = re.compile(r"([bcdfgklmnprstvwxz])\1|f(?=v)", re.IGNORECASE)
"""Doubled consonants, and the *fv* of old Swedish spelling: *Löfven*, *Hofvander*."""

_SON_OF = re.compile("^mc(?=[ck])", re.IGNORECASE)
"""What opens *McCain*, which is spelt *Mecain* where it is spelt as it sounds."""


def singled(word: str) -> str:
    """A Latin word with its doubled consonants written once; other words as they are.

    >>> singled("Mitterrand"), singled("Chissano"), singled("Löfven"), singled("McCain")
    ('Miterand', 'Chisano', 'Löven', 'MaCain')
    """
    return _DOUBLED.sub(r"\1", _SON_OF.sub("Ma", word)) if script(word) == "Latin" else word


_TWICE = re.compile(r"(.)\1", re.DOTALL)


@lru_cache(maxsize=131072)
def _spelling(word: str) -> Spelling | None:
    """A word in Latin or Cyrillic letters as the kernel weighs it, None for others."""
    letters = load().word(word)
    if letters is None or letters.script not in SCRIPTS:
        return None
    return Spelling(word, fold(word), SCRIPTS.index(letters.script), letters.letters, letters.bits, _sounds)


@lru_cache(maxsize=131072)
def _ways(word: str) -> Ways | None:
    """The ways in which a word in Latin or Cyrillic letters is compared, None for others.

    Most languages in Cyrillic letters write once what Latin doubles: *Эбот*, *Abbott*.
    """
    plain = _spelling(word)
    if plain is None:
        return None
    respelt = common_ending(word)
    ending = plain if respelt == word else _spelling(respelt) or plain
    once = singled(ending.text)
    single = ending if once == ending.text else _spelling(once) or ending
    doubles = _TWICE.search(ending.text.lower()) is not None
    marked = not word.isascii() and not _DOUBLE_LETTERS.isdisjoint(word.casefold())
    return Ways(plain, ending, single, doubles, marked)


@lru_cache(maxsize=1)
def _weigher() -> Weigher:
    """What weighs two words in Latin or Cyrillic letters."""
    w, channels = weights(), {}
    for (left, one), (right, other) in combinations_with_replacement(enumerate(SCRIPTS), 2):
        channel = load().channel(one, other)
        channels[left, right] = channel.telling, channel.joint, channel.weights
    edits = w["detail"], w["contour"], w["skeleton"]
    slip = math.ceil(w["typo_length"])
    return Weigher(
        channels, told_weights(), RANGES, edits, w["channel_sister"], plain_cost, slip, korean.syllables
    )  # fmt: skip


def _by_sounds(left: str, right: str) -> float:
    """What sounds tell of two tokens that nothing was learned of."""
    w = weights()
    share = plain_cost(left, right) / max(min(rarity(left), rarity(right)), 1.0)
    return w["channel_clean"] - share * (w["channel_clean"] - w["channel_gate"]) / w["match_share"]


def _by_pivot(word: str, latin: str) -> float:
    """What the likeliest Latin spellings of a word in a further script tell: the Latin channel knows more of languages.

    *Τιχανόφσκαγια* is close to *Tikhanovskaya*, and that *Tsikhanouskaya* is its Belarusian spelling few pairs teach.
    """
    if not is_other(word) or writing(latin) != "Latin" or writing(word) == "Han":
        return -math.inf
    told = max(
        (_weighed(common_ending(s), common_ending(latin)) for s in load().spellings(word)[:PIVOTS]), default=-math.inf
    )
    return told - weights()["channel_pivot"]


def _as_sounded(word: str, other: str) -> float:
    """What the form tells that Russian would give a word in a further script which spells foreign names as they sound."""
    if not is_other(word) or writing(other) != "Latin":
        return -math.inf
    forms, latin_ = map(_ways, sounded(word)), _ways(other)
    told = max((_weigher().told(form, latin_, -math.inf) for form in forms if form and latin_), default=-math.inf)
    return told - weights()["channel_sister"]


def _is_spelt_so(left: str, right: str) -> bool:
    """Whether one of two words is Han and the other a spelling of it in Cantonese or as a surname abroad."""
    return readings.spells(left, right) or readings.spells(right, left)


def _by_sisters(word: str, other: str) -> float:
    """What a Belarusian spelling tells through the forms that it probably has in Russian and Ukrainian.

    Belarusian writes unstressed vowels and soft consonants as they sound, so that *Мядзведзеў* shares few letters
    with *Medvedev*, and the Russian form *Медведев* that it corresponds to many.
    """
    if not _is_belarusian(word):
        return -math.inf
    forms = dict.fromkeys(form for lang in ("ru", "uk") for form in cognates(word, "be", lang)[:SISTER_FORMS])
    covered = (form for form in forms if fold(form) != fold(word) and load().covers(form, other))
    told = max((_weighed(common_ending(form), common_ending(other)) for form in covered), default=-math.inf)
    return told - weights()["channel_sister"]


def _is_belarusian(word: str) -> bool:
    """Whether a Cyrillic word has letters or an ending of Belarusian and none that it lacks."""
    return script(word) == "Cyrillic" and _has_belarusian(word)


@lru_cache(maxsize=131072)
def _has_belarusian(word: str) -> bool:
    lower = word.lower()
    if set(lower) & set("ищъїєґ"):
        return False
    return bool(set(lower) & set("ўі")) or lower.endswith(("ны", "вы", "лы", "ры", "сы")) or "дзе" in lower


def _differing(left: str, right: str) -> float:
    """The share of letters (of Han: of syllables) that differ between two words in one script beyond Cyrillic."""
    one, other = ([*syllables(word)] if writing(word) == "Han" else list(native(word))
                  for word in (left, right))  # fmt: skip
    return Levenshtein.distance(one, other) / max(len(one), len(other), 1)


def _latinised(left: str, right: str) -> Iterator[tuple[str, str]]:
    """The pairs with a Latin side by which two tokens are compared of which one is in a script beyond Cyrillic.

    There is no channel between two such scripts: either token is compared with the likeliest Latin spellings of
    the other, and a Cyrillic one in Unidecode's letters.
    """
    for one, other in ((left, right), (right, left)):
        if is_other(one):
            spellings = load().spellings(other)[:PIVOTS] if is_other(other) else (unidecode(other),)
            least = LEAST_SPELT * len(native(one))
            yield from ((one, spelling) for spelling in spellings if len(spelling) >= least)


def _weighed(left: str, right: str) -> float:
    """The measures of two tokens with their learned weights, in bits."""
    one, other = _spelling(left), _spelling(right)
    if one is not None and other is not None:
        return _weigher().weighed(one, other)
    constant, *learned = told_weights()
    return constant + float(sum(map(mul, learned, measures(left, right))))


@lru_cache(maxsize=262144)
def cost(left: str, right: str) -> float:
    """What the differences between two spellings cost, in bits; symmetric, 0 for the same spelling.

    >>> cost("Vlasova", "Ulasava") < cost("Kovalev", "Kovalchuk")
    True
    """
    if fold(left) == fold(right):
        return 0.0
    w = weights()
    spent = w["channel_slope"] * max(0.0, w["channel_clean"] - telling(left, right))
    return max(spent, _open(left, right)) if is_other(left) or is_other(right) else spent


def _open(left: str, right: str) -> float:
    """What the letters of a script beyond Cyrillic leave open of a name's rarity, in bits.

    Where they leave out vowels or write two sounds alike, they tell less than the rarity of the name:
    many names would be written so.
    """
    if _is_spelt_so(left, right):
        return 0.0
    pairs = [pair for pair in _latinised(left, right) if load().covers(*pair)]
    if pairs:
        ways = ((left, right), (right, left))
        pairs += [(form, other) for one, other in ways for form in sounded(one) if is_other(one)]
    told = max((load().bits(a, b) for a, b in pairs if load().covers(a, b)), default=math.inf)
    return max(0.0, min(rarity(left), rarity(right)) - max(told, 0.0))


def clean(left: str, right: str) -> bool:
    """Whether two tokens spell one name without any cost; as `cost` says, but sooner where it is not so.

    >>> clean("Кріс", "Chris"), clean("Кріс", "Christina")
    (True, False)
    """
    if fold(left) == fold(right):
        return True
    quick = not (is_other(left) or is_other(right) or _is_belarusian(left) or _is_belarusian(right))
    return not (quick and not _may_tell(left, right, weights()["channel_clean"])) and cost(left, right) == 0


@lru_cache(maxsize=8)
def _gate(least: float) -> Gate:
    """The gate of words that may tell so much, whatever their sounds."""
    constant, by_evidence, by_similarity, _sounds = told_weights()
    return Gate(by_evidence, by_similarity, RANGES[0][1], RANGES[1][0], least - constant - SINGLE)


def at_most(
    words: Iterable[str], table: Table, rows: Mapping[int, array[int]], least: float
) -> list[tuple[int, float]]:
    """The rows of a table of words that `telling` may give so much beside one of some words, each with the most it may give.

    What the sounds differ is not counted; slips and the forms of sister languages are not considered.

    Args:
        words: tokens in Latin or Cyrillic letters.
        table: many words.
        rows: numbers of words in it, by the number of their script.
        least: how many bits.

    """
    words = tuple(words)
    ways = [one for word in words if (one := _ways(word))]
    found: list[tuple[int, float]] = []
    further = []
    for number, asked in rows.items():
        if ways and table.weighed[number] != NO_SCRIPT:
            passed, counted = _weigher().passing(
                ways, table.letters, table.starts, table.kinds, table.scripts, table.bits, table.selves, asked,
                table.weighed, least - SINGLE,
            )  # fmt: skip
            found += zip(passed, counted, strict=True)
        else:
            further.append((number, asked))
    if further:
        gate, constant = _gate(least), told_weights()[0]
        for spelling in dict.fromkeys(spelling for word in words for spelling in (word, common_ending(word))):
            for number, asked in further:
                passed, counted = load().gated(spelling, table, number, asked, gate)
                found += ((row, constant + bits) for row, bits in zip(passed, counted, strict=True))
    return found


def lowest(word: str) -> float:
    """The fewest bits of letters that a word in a script beyond Cyrillic shares with what it may spell."""
    return LOWEST_SOUNDED if sounded(word) else LOWEST


def at_most_beyond(
    word: str, table: Table, script: int, rows: array[int], starts: Sequence[int]
) -> Iterator[tuple[int, float, float]]:
    """The Latin words of a table that `telling` may let pass beside a word in a script beyond Cyrillic.

    Sounds are not counted. What spells Chinese and Korean names and is attested is not asked for.

    Args:
        word: a token in a script beyond Cyrillic.
        table: many words.
        script: the number of the Latin script in it.
        rows: numbers of rows of words as they are written.
        starts: where the rows begin by which each word is compared, the first of them as it is written.

    Yields:
        The number of a row, the bits that may be told of it at most, and those that the letters of both share.

    """
    shortest = math.ceil(LEAST_SPELT * len(native(word)))
    forms = [one for one in map(_ways, sounded(word)) if one]
    found, direct, shared = load().beside(word, table, script, rows, lowest(word), shortest)
    told, bits = dict(zip(found, direct, strict=True)), dict(zip(found, shared, strict=True))
    near = [row for row, value in told.items() if value >= HOPELESS]
    owner = {way: row for row in near for way in range(row, starts[bisect_right(starts, row)])}
    w = weights()
    if near and writing(word) != "Han":
        spelt = [one for one in map(_ways, map(common_ending, load().spellings(word)[:PIVOTS])) if one]
        for row, value in _most_told(spelt, table, array("I", owner), w["channel_pivot"]):
            told[owner[row]] = max(told[owner[row]], value)
    if near and forms:
        for row, value in _most_told(forms, table, array("I", owner), w["channel_sister"]):
            told[owner[row]] = max(told[owner[row]], value)
        for form in forms:
            gained = load().above(form.plain.text, table, script, array("I", near)) or ((), ())
            for row, value in zip(*gained, strict=True):
                bits[row] = max(bits[row], value)
    yield from ((row, value, bits[row]) for row, value in told.items() if value >= OTHER_GATE - SINGLE)


def _clean_beyond(word: str, classes: frozenset[str]) -> Iterator[str]:
    """The given names of some classes that a word in a script beyond Cyrillic may spell without any cost."""
    names, table = _rows_of_classes(classes)
    asked: dict[int, set[int]] = {}
    for row in range(len(names)):
        asked.setdefault(table.scripts[row], set()).add(row)
    least = weights()["channel_clean"] - SINGLE
    for script_, rows in asked.items():
        if table.names[script_] == "Latin":
            told = at_most_beyond(word, table, script_, array("I", sorted(rows)), range(len(names) + 1))
            yield from (names[row] for row, bits, _shared in told if bits >= least)
        else:
            texts = [names[row] for row in sorted(rows)]
            yield from (texts[place] for place in spelt_beyond(word, texts))
    yield from (name for identifier in classes for name in _given_beyond().get(identifier, ()))


@lru_cache(maxsize=1)
def _given_beyond() -> dict[str, list[str]]:
    """The given names of each class that are in scripts beyond Cyrillic."""
    found: dict[str, list[str]] = {}
    for name, classes in given_table().items():
        for identifier in classes if is_other(name) else ():
            found.setdefault(identifier, []).append(name)
    return found


def _most_told(ways: list[Ways], table: Table, rows: array[int], less: float) -> Iterator[tuple[int, float]]:
    """What some other spellings of a word tell of rows at most, less what that counts less, where it may be enough."""
    passed, counted = _weigher().passing(
        ways, table.letters, table.starts, table.kinds, table.scripts, table.bits, table.selves, rows, table.weighed,
        OTHER_GATE + less - SINGLE,
    )  # fmt: skip
    return ((row, bits - less) for row, bits in zip(passed, counted, strict=True))


def spelt_beyond(word: str, texts: Sequence[str]) -> Iterator[int]:
    """The places of the Cyrillic words that may be `same` as a word in a script beyond Cyrillic."""
    plain = load().table([unidecode(text) for text in texts])
    for number, name in enumerate(plain.names):
        if name == "Latin":
            rows = array("I", [row for row, script_ in enumerate(plain.scripts) if script_ == number])
            shortest = math.ceil(LEAST_SPELT * len(native(word)))
            found, told, _bits = load().beside(word, plain, number, rows, LOWEST, shortest)
            least = weights()["channel_gate"] - SINGLE
            yield from (row for row, bits in zip(found, told, strict=True) if bits >= least)


@lru_cache(maxsize=1)
def _given_rows() -> tuple[tuple[str, ...], Table, dict[tuple[str, int], list[tuple[int, array[int]]]]]:
    """The given names of the table in Latin and Cyrillic letters, and which of them open alike, by length and script."""
    names = tuple(name for name in given_table() if not is_other(name))
    table = load().table(names)
    opened: dict[tuple[str, int], dict[int, array[int]]] = {}
    for row, name in enumerate(names):
        for opening in _openings(name):
            rows = opened.setdefault((opening, len(name)), {})
            rows.setdefault(table.scripts[row], array("I")).append(row)
    return names, table, {how: list(rows.items()) for how, rows in opened.items()}


_COARSE = {
    "b": "b", "p": "p", "m": "m", "n": "n", "r": "r", "l": "l", "d": "d", "t": "ds", "v": "v", "w": "v", "f": "v", "g": "gs",
    "k": "g", "q": "g", "x": "gs", "h": "g-", "c": "gs", "s": "s", "z": "s", "j": "s-",
}  # fmt: skip
"""What sounds a consonant may stand for where a given name opens, ``-`` for none; letters not here stand for none."""


@lru_cache(maxsize=131072)
def _opening_of(word: str) -> frozenset[str]:
    """`_openings`, remembered."""
    return frozenset(_openings(word))


def _openings(word: str) -> set[str]:
    """The first two consonants of a word, coarse, in the ways they may be read."""
    found = {""}
    for letter in unidecode(word).lower():
        sounds = _COARSE.get(letter, "-")
        found = {
            kept if len(kept) == 2 or sound == "-" or kept[-1:] == sound else kept + sound
            for kept in found
            for sound in sounds
        }
        if all(len(kept) == 2 for kept in found):
            break
    return found


@lru_cache(maxsize=131072)
def spelt_given(word: str) -> frozenset[str]:
    """The classes of equivalent given names of which a word spells one without any cost: *Кріс* is *Chris*.

    >>> spelt_given("Кріс") == given_table()["Chris"]
    True
    """
    names, table, opened = _given_rows()
    asked: dict[int, set[int]] = {}
    for opening in _opening_of(word):
        for length in range(len(word) - SPARE, len(word) + SPARE + 1):
            for writing_, rows in opened.get((opening, length), ()):
                asked.setdefault(writing_, set()).update(rows)
    alike = {writing_: array("I", rows) for writing_, rows in asked.items()}
    passed: dict[str, float] = {}
    for row, bits in at_most([word], table, alike, weights()["channel_clean"]):
        passed[names[row]] = max(bits, passed.get(names[row], bits))
    found: frozenset[str] = frozenset()
    # the likeliest first: once a name is spelt, those of its classes alone need not be asked
    for name in sorted(passed, key=passed.__getitem__, reverse=True):
        classes = given_table()[name]
        if not classes <= found and clean(word, name):
            found |= classes
    return found


@lru_cache(maxsize=1)
def _names_of_classes() -> dict[str, list[str]]:
    """The given names of each class."""
    found: dict[str, list[str]] = {}
    for name, classes in given_table().items():
        for identifier in classes:
            found.setdefault(identifier, []).append(name)
    return found


@lru_cache(maxsize=16384)
def _rows_of_classes(classes: frozenset[str]) -> tuple[tuple[str, ...], Table]:
    """The given names of some classes in Latin and Cyrillic letters: few are asked about where few names are."""
    named = (name for identifier in sorted(classes) for name in _names_of_classes().get(identifier, ()))
    names = tuple(dict.fromkeys(name for name in named if not is_other(name)))
    return names, load().table(names)


@lru_cache(maxsize=131072)
def is_spelt_given(word: str, classes: frozenset[str]) -> bool:
    """Whether a word spells a given name of some classes without any cost; sooner than `spelt_given` says of which it is one.

    >>> is_spelt_given("Кріс", given_table()["Chris"]), is_spelt_given("Кріс", given_table()["Paul"])
    (True, False)
    """
    if is_other(word):
        return any(clean(word, name) for name in _clean_beyond(word, classes))
    names, table = _rows_of_classes(classes)
    openings = _opening_of(word)
    alike: dict[int, array[int]] = {}
    for row, name in enumerate(names):
        if abs(len(name) - len(word)) <= SPARE and not openings.isdisjoint(_opening_of(name)):
            alike.setdefault(table.scripts[row], array("I")).append(row)
    if not alike:
        return False
    passed = {names[row] for row, _bits in at_most([word], table, alike, weights()["channel_clean"])}
    return any(clean(word, name) for name in passed)


def is_apart(word: str) -> bool:
    """Whether a token is compared by more than its own letters; Korean names, which meet under keys, are left aside."""
    return is_other(word) or _is_belarusian(word)


@lru_cache(maxsize=262144)
def same(left: str, right: str) -> bool:
    """Whether two tokens are likelier to spell one name than two similar ones."""
    if fold(left) == fold(right):
        return True
    other = is_other(left) or is_other(right)
    gate = OTHER_GATE if other and "Cyrillic" not in {writing(left), writing(right)} else weights()["channel_gate"]
    return (other or _may_tell(left, right, gate)) and telling(left, right) >= gate


def _may_tell(left: str, right: str, least: float) -> bool:
    """Whether `telling` may be so much, from the measures that are quick to take; most pairs of tokens end here."""
    one, other = _ways(left), _ways(right)
    return one is None or other is None or _weigher().may(one, other, least) or attested.spells(left, right)


def unlike(left: str, right: str, lang: str) -> bool:
    """Whether a word of a text, and what it may be a case of, is surely not `same` as a token or what that adapts; most are not.

    Args:
        left: the word.
        right: the token, a nominative.
        lang: ISO 639-1 code of the text, where known.

    >>> unlike("Лукашэнкам", "Lukashenko", "be"), unlike("Лукашэнкам", "Poroshenko", "be")
    (False, True)

    """
    one, other = _cases(left, lang), _adapted(right)
    if not (one and other and _weigher().unlike(one, other, weights()["channel_gate"])):
        return False
    return left.isascii() == right.isascii() or _attested(left, lang).isdisjoint(_attested(right, "und"))


@lru_cache(maxsize=131072)
def _attested(word: str, lang: str) -> frozenset[str]:
    """The names that a word or what it may be a case of is attested to spell."""
    return attested.keys(word).union(*(attested.keys(stem) for stem, _sex in nominatives(word, lang)))


@lru_cache(maxsize=65536)
def _cases(word: str, lang: str) -> tuple[Ways, ...]:
    """A word and its nominatives as the kernel weighs them; none where it cannot weigh all."""
    return _all_ways((word, *(stem for stem, _sex in nominatives(word, lang))))


@lru_cache(maxsize=131072)
def _adapted(word: str) -> tuple[Ways, ...]:
    """A word and the names that a language may have adapted to it, likewise."""
    return _all_ways((word, *(stem for stem, _sex in adaptations(word))))


def _all_ways(words: Iterable[str]) -> tuple[Ways, ...]:
    ways = [_ways(word) for word in dict.fromkeys(words)]
    return tuple(one for one in ways if one) if all(ways) else ()


@lru_cache(maxsize=262144)
def plain_cost(left: str, right: str) -> float:
    """What the differences cost by edit distance on sounds: for scripts that nothing was learned of, in bits."""
    if fold(left) == fold(right):
        return 0.0
    if left > right:
        left, right = right, left
    w = weights()
    one, other = _sounds(left), _sounds(right)
    if one is not None and other is not None:
        return one.apart(other, w["detail"], w["contour"], w["skeleton"])
    return min(
        (
            w["detail"] * Levenshtein.distance(a, b)
            + w["contour"] * Levenshtein.distance(ca, cb)
            + w["skeleton"] * Levenshtein.distance(sa, sb)
            for a, ca, sa in _readings(left)
            for b, cb, sb in _readings(right)
        ),
        default=float("inf"),
    )


@lru_cache(maxsize=65536)
def is_slip(left: str, right: str) -> bool:
    """Whether one letter inside a long word differs, too much or too few, and not both are known as names.

    >>> is_slip("Krasnoselov", "Krasnosselov"), is_slip("Petrov", "Petrova")
    (True, False)
    """
    one, other = fold(left)[:MAX_TOKEN], fold(right)[:MAX_TOKEN]
    if min(len(one), len(other)) < weights()["typo_length"] or one[:1] + one[-1:] != other[:1] + other[-1:]:
        return False
    known = _frequencies()
    return OSA.distance(one, other, score_cutoff=1) == 1 and not (one in known and other in known)


def _is_digraph(left: str, right: str) -> bool:
    """Whether two spellings differ by letters for which one has two: *Günter* and *Guenter*."""
    if left.isascii() == right.isascii():
        return False
    marked, plain = (right, left) if left.isascii() else (left, right)
    return len(marked) < len(plain) and fold(marked.casefold().translate(_DIGRAPHS)) == fold(plain)


def _is_slip(left: str, right: str) -> bool:
    """Whether two neighbouring letters inside a long word changed places: a slip, hardly ever another name."""
    one, other = fold(left)[:MAX_TOKEN], fold(right)[:MAX_TOKEN]
    if len(one) != len(other) or len(one) < weights()["typo_length"] or one[-1] != other[-1]:
        return False
    return OSA.distance(one, other, score_cutoff=1) == 1 and Levenshtein.distance(one, other, score_cutoff=2) == 2
