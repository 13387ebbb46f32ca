"""What do two names say against one another, and what does only the whole pair tell?

What found no partner contradicts or is merely absent; father and son change places, a name is left out that a namesake
would have, relatives share all names but one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from resolve import chinese, korean, tables
from resolve.channel import learned, telling, weights
from resolve.endings import nominatives
from resolve.given import (
    given_classes,
    given_gender,
    given_spellings,
    is_given_as_written,
    is_patronymic,
    own_sex,
)
from resolve.indic import letter_name
from resolve.keys import contour, sounds
from resolve.letters import fold, is_other
from resolve.model import Evidence, Name, Role, Token
from resolve.names import NAMING, is_son, is_vietnamese, surname_gender, titles
from resolve.regnal import named, reign_of, roman
from resolve.score.hanzi import clash
from resolve.text import particles, script

Pairs = list[tuple[Token | None, Token | None]]
"""The tokens of two names that spell one another; None beside the second of two that spell one."""

UNDECLINED = {
    "": ("e", "i", "u", "y", "е", "э", "и", "і", "у", "ю", "ы", "ых", "их"),
    "ru": ("о", "е", "э", "и", "у", "ю", "ы", "ых", "их"),
}
"""Surnames of men that end so keep their form in every case, in a language or in most that have cases."""

_FINAL_A = frozenset("aаяá")

SURNAME: frozenset[Role] = frozenset({"surname"})
PATRONYMIC: frozenset[Role] = frozenset({"patronymic"})
FORENAMES: frozenset[Role] = frozenset({"given", "initial"})
FURTHER: frozenset[Role] = FORENAMES | SURNAME


def weighed(feature: str, parts: dict[str, float], left: str = "", right: str = "", note: str = "") -> Evidence:
    """A piece of evidence from how much of which weight it is made of.

    >>> weighed("initial", {"initial": 1.0}).parts
    (('initial', 1.0),)
    """
    w = weights()
    bits = sum([w[weight] * amount for weight, amount in parts.items()])
    return Evidence(feature, bits, left, right, note, tuple(parts.items()))


@lru_cache(maxsize=65536)
def openings(word: str) -> frozenset[str]:
    """How a name, or an equivalent of it, may begin: the first sounds, coarse."""
    word = letter_name(word) or word
    spellings = [word, *given_spellings(given_classes(word))] if len(word) > 1 else [word]
    found = {contour(sound)[:1] for spelling in spellings for sound in sounds(spelling)}
    # Yevgeny and Evgeny; but Jonas is not O.
    found |= {contour(sound[1:])[:1] for s in spellings for sound in sounds(s) if sound.startswith("je")}
    return frozenset(found - {""})


def exchanged(seen: Name, known: Name, pairs: Pairs) -> list[Evidence]:
    """Father and son change places: *Ahmad bin Hasan* is not *Hasan bin Ahmad*."""
    if not (ours := _after_son(seen)) or not (theirs := _after_son(known)):
        return []
    for a, b in pairs:
        if a is not None and b is not None and "surname" not in {a.role, b.role} and (a in ours) != (b in theirs):
            return [weighed("father and son exchanged", {"contradiction_given": 1.0}, a.text, b.text)]
    return []


def other_sex(seen: Name, pairs: Pairs, found: Sequence[Evidence], lang: str) -> list[Evidence]:
    """A given name is a woman's and the other a man's, however near they are: *Ivana Novak* is not *Ivan Novak*.

    A woman's name may be a man's in another case, but then his surname is in that case too, unless it has none.
    """
    for a, b in pairs:
        if a is None or b is None or a.role != "given" or b.role != "given":
            continue
        apart = {own_sex(a.text), own_sex(b.text)} == {"m", "f"} and not _is_both(a.text, b.text)
        if apart and not _is_oblique(a, seen, pairs, found, lang):
            return [weighed("given name of the other gender", {"contradiction_given": 1.0}, a.text, b.text)]
    return []


def _is_both(one: str, other: str) -> bool:
    """Whether Cyrillic letters write a man's and a woman's name alike: *Мишель* is Michel and Michelle."""
    ends = {one[-1].lower(), other[-1].lower()}
    return script(one) != script(other) and ends.isdisjoint("aeiouyаеёиоуыэюяіїє")


def _is_oblique(given: Token, name: Name, pairs: Pairs, found: Sequence[Evidence], lang: str) -> bool:
    """Whether the rest of a name says that a given name is no nominative: *Александра Григорьевича*, *Ivana Novaka*."""
    if any(token.role == "patronymic" and token.gender == "m" for token in name.tokens):
        return True
    surnames = [(a.text, b.text) for a, b in pairs if a is not None and b is not None and a.role == "surname"]
    if any(piece.note.startswith("inflected") and piece.left == a for a, _ in surnames for piece in found):
        return True
    if any(b[-1].lower() not in _FINAL_A and a[-1].lower() in _FINAL_A for a, b in surnames):
        # Шевченка of Shevchenko, Скляра of Sklyar, which are spelt alike enough to be no other form
        return not any(surname_gender(a) == "f" for a, _ in surnames)
    declines = any(not a.lower().endswith(UNDECLINED.get(lang, UNDECLINED[""])) for a, _ in surnames)
    return bool(lang) and not declines and any(True for _ in nominatives(given.text, lang))


def reigns(seen: Name, known: Name, pairs: Pairs) -> list[Evidence]:
    """Which ruler of a name is meant: Charles II is not Charles III, and neither has a surname."""
    ours, theirs = reign_of(seen), reign_of(known)
    if ours and theirs:
        alike = ours == theirs and len(named(seen)) == len(named(known))
        feature, weight = ("the same ruler", "reign_same") if alike else ("another ruler", "reign_other")
        return [weighed(feature, {weight: 1.0}, seen.text, known.text)]
    if not ours and not theirs:
        return _numbered(seen, known)
    other = known if ours else seen
    met = {id(token) for pair in pairs for token in pair}
    surname = next((token.text for token in other.tokens if token.role == "surname" and id(token) not in met), "")
    if not surname:
        return []
    return [weighed("no surname of a ruler", {"reign_surname": 1.0}, *(("", surname) if ours else (surname, "")))]


def not_one_vietnamese(seen: Name, known: Name) -> list[Evidence]:
    """Vietnamese names open with the family name and close with the given name, and neither is ever left out or another."""
    names = [[t.text for t in name.tokens if t.role != "title"] for name in (seen, known)]
    if not all(map(is_vietnamese, names)):
        return []
    for place, weight in ((-1, "contradiction_given"), (0, "contradiction_surname")):
        one, other = (name[place] for name in names)
        if fold(one) != fold(other):
            return [weighed("another Vietnamese name", {weight: 1.0}, one, other)]
    return []


def _numbered(seen: Name, known: Name) -> list[Evidence]:
    """Both names end in a number, and it is another one: *Ashikaga IV*, *John Rhodes III*."""
    ends = [name.tokens[-1] if name.tokens else None for name in (seen, known)]
    numbers = [roman(end.text) if end is not None and end.role == "suffix" else 0 for end in ends]
    if not all(numbers) or numbers[0] == numbers[1]:
        return []
    return [weighed("another number", {"reign_other": 1.0}, *(end.text for end in ends if end is not None))]


def later_initial(seen: Name, known: Name, pairs: Pairs) -> list[Evidence]:
    """An initial of a further given name where the first one is left out: *C. Lagarde* is hardly Jean-Christophe."""
    for a, b in pairs:
        if a is not None and b is not None and (a.role == "initial") != (b.role == "initial"):
            short, long = (seen, known) if a.role == "initial" else (known, seen)
            first = next((t for t in long.tokens if t.role == "given"), None)
            missed = first is not None and not any(first in pair for pair in pairs)
            if missed and (b if short is seen else a).role == "given" and not _has_given(short):
                return [weighed("initial of a further name", {"initial_further": 1.0}, a.text, b.text)]
    return []


def left_out(seen: Name, known: Name, pairs: Pairs) -> list[Evidence]:
    """A given name that one of the names leaves out beside others that it has, and which: *Peter Wilhelm Brand* is hardly Willy.

    Who has several is mostly called by the first, and others bear the same first one with another behind it.
    """
    if not _paired(pairs, SURNAME):
        return []
    found = []
    for side_, name in enumerate((seen, known)):
        given = [token for token in name.tokens if token.role in FORENAMES]
        if len(given) < 2:
            continue
        shared = {id(pair[side_]) for pair in pairs}
        out = [token for token in given if id(token) not in shared]
        if out and out[0] is not given[0] and all(token.role == "initial" for token in out):
            # George W. Bush, Д. С. Песков: further initials are seldom written, but who writes the second writes the first
            if any(token.role == "initial" and token.start > out[0].start for token in given if id(token) in shared):
                found.append(weighed("initial left out", {"contradiction_initial": 1.0}, *_at(side_, out[0])))
            continue
        if len(out) == len(given) or not out:
            continue
        kept = next(token for token in given if id(token) in shared)
        feature, weight = _missing(name, given, out[0], kept) if out[0] is given[0] else ("name left out", "left_out")
        if weight:
            found.append(weighed(feature, {weight: 1.0}, *_at(side_, out[0])))
    # where both have one that the other lacks, they contradict one another
    return found if len(found) == 1 else []


def _missing(name: Name, given: Sequence[Token], first: Token, kept: Token) -> tuple[str, str]:
    """What it says that somebody is called by a further given name and not by the first: a feature and its weight, or nothing."""
    word = first.text.casefold()
    if word in particles() or word in titles():
        return "", ""
    if is_fathers(name, given):
        return "son of the other", "contradiction_given"
    if {own_sex(first.text), own_sex(kept.text)} == {"m", "f"}:
        # Jean-Marie Le Pen, Marie Le Pen
        return "given name of the other gender", "contradiction_given"
    if kept.glue == "-" and kept is given[1]:
        # Jean-Luc, Jae-in: one name, never called by its second part
        return "half of a given name", "contradiction_given"
    if _is_forebear("lead", first.text):
        return "name left out", "left_out"
    return "first name left out", "left_out_first"


def _at(side: int, token: Token) -> tuple[str, str]:
    """A word of one of two names, and nothing of the other."""
    return (token.text, "") if side == 0 else ("", token.text)


def is_fathers(name: Name, given: Sequence[Token]) -> bool:
    """Whether the names after the first of several are those of the father, his father and so on.

    Whoever has all of them but the first is the father: *Bashar Hafez al-Assad*, *Hafez al-Assad*. A word for son says so,
    and where the words are names, the custom of those who bear them; ranks and names that are often left out do not count.

    Args:
        name: a name of several given names.
        given: those, in order.

    >>> from resolve.names import parse
    >>> def told(text: str) -> bool:
    ...     name = parse(text)
    ...     return is_fathers(name, [token for token in name.tokens if token.role == "given"])
    >>> told("Tamim bin Hamad Al Thani"), told("Uday Saddam Hussein"), told("Muhammad Ayman al-Zawahiri"), told("James Paul McCartney")
    (True, True, False, False)

    """
    first, second = given[0], given[1]
    if first.role != "given" or second.role != "given":
        return False
    if between := [t.text for t in name.tokens if first.end <= t.start < second.start and t.role == "particle"]:
        return any(map(is_son, between))
    if _is_forebear("lead", first.text) or not _is_forebear("own", first.text) or _is_forebear("second", second.text):
        return False
    # Muhammad is a father's name as well; Abu makes a name with what follows
    return _is_forebear("own", second.text) or (_is_forebear("lead", second.text) and bool(given_classes(second.text)))


@lru_cache(maxsize=4096)
def _is_forebear(kind: str, word: str) -> bool:
    """Whether a word is a name of this kind in the table of forebears' names, in whatever spelling."""
    heard, classes, native = _forebears()[kind]
    if script(word) == "Arabic":
        return fold(word) in native
    if (tabled := given_classes(word)) and not tabled & classes:
        return False
    return not heard.isdisjoint(map(contour, sounds(word)))


@lru_cache(maxsize=1)
def _forebears() -> dict[str, tuple[frozenset[str], frozenset[str], frozenset[str]]]:
    """The names of each kind: how they sound, their classes, and their spellings in Arabic letters."""
    found = {}
    for kind in ("own", "lead", "second"):
        names = [name for of, name in tables.rows("forebears.tsv") if of == kind]
        latin = [name for name in names if name.isascii()]
        found[kind] = (
            frozenset(contour(sound) for name in latin for sound in sounds(name)),
            frozenset().union(*map(given_classes, latin)),
            frozenset(fold(name) for name in names if not name.isascii()),
        )
    return found


def not_asian(seen: Name, known: Name, pairs: Pairs) -> list[Evidence]:
    """Words that spell one Korean or Chinese name only, in names that are none: *Dan Smith* is no *Tan Smith*."""
    for a, b in pairs:
        if a is None or b is None:
            continue
        korean_, chinese_ = korean.spells(a.text, b.text), chinese.spells(a.text, b.text)
        if not (korean_ or chinese_) or learned(a.text, b.text) >= weights()["channel_gate"]:
            continue
        names = [[t.text for t in name.tokens if t.role in NAMING] for name in (seen, known)]
        if not (korean_ and any(map(korean.is_name, names))) and not (chinese_ and any(map(chinese.is_by_wade, names))):
            return [weighed("no Korean or Chinese name", {"korean_none": 1.0}, a.text, b.text)]
    return []


def other_korean(seen: Name, known: Name, found: Sequence[Evidence]) -> list[Evidence]:
    """Korean names of one family whose given names no system spells alike: *Kim Jung-ho* is not *Kim Young-ho*, however near."""
    parted = max(len(seen.tokens), len(known.tokens)) > 2
    if not parted or 0 < _contradicted(found) < 1 or not any(piece.feature in GIVEN_FEATURES for piece in found):
        return []
    ours, theirs = _korean_given(seen), _korean_given(known)
    if not ours or not theirs or fold(ours) == fold(theirs) or korean.spells(ours, theirs):
        return []
    if chinese.spells(ours, theirs):
        return []
    return [weighed("another Korean name", {"contradiction_given": 1.0}, ours, theirs)]


def other_chinese(seen: Name, known: Name, found: Sequence[Evidence]) -> list[Evidence]:
    """A Chinese name in characters, and one in pinyin that none of their readings is: *周平* is not *Zhao Ping*."""
    if not found or _contradicted(found):
        return []
    for characters, spelt in ((seen, known), (known, seen)):
        role, one, other = clash(characters, spelt)
        if role:
            sides = (one, other) if characters is seen else (other, one)
            weight = "contradiction_surname" if role == "surname" else "contradiction_given"
            return [weighed("another Chinese name", {weight: 1.0}, *sides)]
    return []


def _korean_given(name: Name) -> str:
    """The given name, of two syllables in Latin letters, that stands behind a Korean surname; empty in other names."""
    words = [token.text for token in name.tokens]
    surname, given = words[:1], "".join(words[1:])
    if script(name.text) != "Latin" or len(words) not in {2, 3} or not korean.is_surname(*surname):
        return ""
    return given if any(len(read) == 2 for read in korean.syllables(given)) else ""


def declined_apart(found: Sequence[Evidence]) -> list[Evidence]:
    """A surname in another case than the given name beside it: *Олександр Турчинов* is not *Турчин*."""
    surname = next((piece for piece in found if piece.feature == "surname" and _is_inflected(piece)), None)
    given = [piece for piece in found if piece.feature in GIVEN_FEATURES and not _is_inflected(piece)]
    if surname is None or script(surname.left) != "Cyrillic" or not any(_is_nominative(p.left) for p in given):
        return []
    return [weighed("in another case than the given name", {"declined_apart": 1.0}, surname.left, surname.right)]


GIVEN_FEATURES = frozenset({"given", "given name", "equivalent given name"})
_CONSONANTS = frozenset("бвгджзйклмнпрстфхцчшщ")


def _is_inflected(piece: Evidence) -> bool:
    return any(part == "inflected" for part, _ in piece.parts)


def _is_nominative(word: str) -> bool:
    """Whether a given name of a man, in Cyrillic letters, stands as it is called."""
    return word[-1:].lower() in _CONSONANTS and is_given_as_written(word) and given_gender(word) == "m"


def _has_given(name: Name) -> bool:
    return any(token.role == "given" for token in name.tokens)


def _after_son(name: Name) -> list[Token]:
    """The names that follow a word for son or daughter."""
    return [after for before, after in pairwise(name.tokens) if before.role == "particle" and is_son(before.text)]


def _contradicted(evidence: Iterable[Evidence]) -> float:
    """How much of a contradiction there is among the evidence, 0 to 1."""
    return max([n for piece in evidence for part, n in piece.parts if part.startswith("contradiction")], default=0.0)


def _lacks(evidence: Iterable[Evidence]) -> bool:
    return any(part == "absent" for piece in evidence for part, _ in piece.parts)


def shared_by_kin(found: Sequence[Evidence]) -> list[Evidence]:
    """Where one name contradicts, sharing ever more of the others says no more: brothers share all but one."""
    over = sum([piece.bits for piece in found if piece.bits > 0]) - weights()["kin_shared"]
    if over <= 0 or not (contradicted := _contradicted(found)):
        return []
    return [weighed("shared by relatives too", {"kin_over": over * contradicted})]


def kin(evidence: Sequence[Evidence], bits: float, alone: bool = False) -> list[Evidence]:
    """Relatives and namesakes do not become fewer in a smaller gazetteer: what contradicts a name
    weighs as much in it as in one of the whole world.

    Args:
        evidence: the evidence for a name.
        bits: log2 of the number of persons that it is looked for among.
        alone: whether no text speaks for the person, so that relatives share a lone surname as well.

    """
    fewer = weights()["world"] - bits
    partial = alone and sum(piece.bits > 0 for piece in evidence) == 1 and _lacks(evidence)
    if fewer <= 0 or not (partial or _contradicted(evidence)):
        return []
    return [weighed("relatives and namesakes", {"kin": fewer})]


def spelt_alike(left: Name, right: Name) -> bool:
    """Whether two names are the same words, in whatever order."""
    if len(left.tokens) != len(right.tokens):
        return False
    return sorted([fold(t.text) for t in left.tokens]) == sorted([fold(t.text) for t in right.tokens])


def unshared(left: list[Token], right: list[Token], pairs: Pairs) -> list[Evidence]:
    """What the tokens that found no partner say: contradictions first, then absences and extras."""
    found = []
    # both need a name left over to contradict one another
    for contradiction in CONTRADICTIONS if left and right else ():
        clash = contradiction(left, right, pairs)
        if clash is not None:
            evidence, a, b = clash
            found.append(evidence)
            left = [token for token in left if token is not a]
            right = [token for token in right if token is not b]
    found += [piece for token in left if (piece := _alone(token, pairs, "left"))]
    found += [piece for token in right if (piece := _alone(token, pairs, "right"))]
    return found


Clash = tuple[Evidence, Token, Token]


def _other_surname(left: list[Token], right: list[Token], pairs: Pairs) -> Clash | None:
    """Both have a surname and it is another one."""
    a, b = _first(left, SURNAME), _first(right, SURNAME)
    if a is None or b is None or _paired(pairs, SURNAME):
        return None
    if _is_father_at(a, left, [pair[0] for pair in pairs]) or _is_father_at(b, right, [pair[1] for pair in pairs]):
        return None
    return weighed("other surname", _graded("contradiction_surname", a, b), a.text, b.text), a, b


def _is_father_at(token: Token, rest: list[Token], shared: list[Token | None]) -> bool:
    """Whether a patronymic stands where a surname would: *Александр Григорьевич*; but there is only one in a name."""
    return is_patronymic(token.text) and not any(t is not None and t.role == "patronymic" for t in (*rest, *shared))


def _other_patronymic(left: list[Token], right: list[Token], pairs: Pairs) -> Clash | None:
    """The fathers differ."""
    a, b = _first(left, PATRONYMIC), _first(right, PATRONYMIC)
    if a is None or b is None or _paired(pairs, PATRONYMIC):
        return None
    return weighed("other patronymic", _graded("contradiction_patronymic", a, b), a.text, b.text), a, b


def _other_given(left: list[Token], right: list[Token], pairs: Pairs) -> Clash | None:
    """Both have a given name or initial and it is another one."""
    a, b = _first(left, FORENAMES), _first(right, FORENAMES)
    if a is None or b is None or _paired(pairs, FORENAMES):
        return None
    if "initial" in {a.role, b.role}:
        return weighed("other initial", {"contradiction_initial": 1.0}, a.text, b.text), a, b
    return weighed("other given name", _graded("contradiction_given", a, b), a.text, b.text), a, b


def _other_further(left: list[Token], right: list[Token], pairs: Pairs) -> Clash | None:
    """Beside the names they share, both have a further one and it is another.

    Where it is the first of both, it is the given name, and what they share are those of forebears.
    """
    a, b = _first(left, FURTHER), _first(right, FURTHER)
    if a is None or b is None or is_patronymic(a.text) or is_patronymic(b.text):
        return None
    if "initial" in {a.role, b.role}:
        if "surname" in {a.role, b.role} or openings(a.text) & openings(b.text):
            return None
        return weighed("other initial", {"contradiction_initial": 1.0}, a.text, b.text), a, b
    if _opens(a, [pair[0] for pair in pairs]) and _opens(b, [pair[1] for pair in pairs]):
        return weighed("other given name", _graded("contradiction_given", a, b), a.text, b.text), a, b
    return weighed("other further name", _graded("contradiction_further", a, b), a.text, b.text), a, b


def _opens(token: Token, shared: list[Token | None]) -> bool:
    """Whether a given name stands before all given names that were shared."""
    return token.role == "given" and all(t is None or t.role != "given" or token.start < t.start for t in shared)


def _graded(weight: str, left: Token, right: Token) -> dict[str, float]:
    """How much of a contradiction there is: less where the two are nearly spellings of one name."""
    tabled = given_classes(left.text) and given_classes(right.text)
    if tabled and not (is_other(left.text) or is_other(right.text)):
        return {weight: 1.0}
    w, told = weights(), min(telling(left.text, right.text), 0.0)
    return {weight: min(1.0, w["contradiction_least"] - w["contradiction_slope"] * told)}


CONTRADICTIONS: tuple[Callable[[list[Token], list[Token], Pairs], Clash | None], ...] = (
    _other_surname,
    _other_patronymic,
    _other_given,
    _other_further,
)


def _alone(token: Token, pairs: Pairs, side: str) -> Evidence | None:
    """What a token says that the other name lacks."""
    left, right = (token.text, "") if side == "left" else ("", token.text)
    if token.role == "surname" and _paired(pairs, SURNAME):
        # where a surname met a given name, which of the names is the surname is open: Mohamed Ali, Ali Mohamed Hassan
        shared = any(a and b and a.role == b.role == "surname" for a, b in pairs)
        return weighed("extra name", {"extra": 1.0}, left, right) if shared else None
    if token.role in {"given", "surname"}:
        return weighed("absent", {"absent": 1.0}, left, right)
    return None


def _first(tokens: list[Token], wanted: frozenset[Role]) -> Token | None:
    for token in tokens:
        if token.role in wanted:
            return token
    return None


def _paired(pairs: Pairs, wanted: frozenset[Role]) -> bool:
    return any((a is not None and a.role in wanted) or (b is not None and b.role in wanted) for a, b in pairs)
