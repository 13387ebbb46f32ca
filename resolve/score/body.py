"""Which organisations of the gazetteer may a name mean that stands alone, and what speaks for each?

Names of organisations are written with and without the legal form, with the words for what they do or without, and those words are
translated, while what is their own is only spelt otherwise (`resolve.bodies`). Words fit each other in any order; one that is
missing costs by what it says.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, pairwise

from unidecode import unidecode

from resolve import tables
from resolve.bodies import Body, Kind, Word, initials, is_body, is_head, is_ordinary, is_short, read
from resolve.channel import borne, cost, is_slip, same, weights
from resolve.given import may_be_given
from resolve.index import Index
from resolve.index.forms import ALPHABETS
from resolve.index.layout import WORD
from resolve.letters import fold
from resolve.lookup import meeting
from resolve.model import Evidence, Name, Token
from resolve.renowned import also_called
from resolve.score.reading import Reading
from resolve.text import script
from resolve.toponyms import cities

MOST = 30
"""At most so many names are compared with one."""

COMMON = 4000
"""A token that more names have brings none of them."""

SHORT = 3
"""Words of at most so many letters are abbreviations: one letter more or less makes another."""

LETTERS = range(3, 9)
"""An acronym has so many letters."""

LOOSE = frozenset({"technique", "construct"})
"""Meanings of words that are translated by each other, and are not the same: *техники*, *Technology*, *Engineering*."""

FORM_LETTERS = frozenset({"c", "k"})
"""With which letters abbreviations end that say the legal form too: ОДК, *United Engine Corporation*."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Two words that fit each other, and what that is worth in bits."""

    bits: float
    seen: int
    known: int


def organizations(text: str, index: Index) -> list[Reading]:
    """Every organisation of the gazetteer that a name standing alone could mean, with the evidence.

    Args:
        text: a name, as written.
        index: the compiled gazetteer.

    """
    best: dict[int, Reading] = {}
    also = [] if script(text) in ALPHABETS else also_called(text)[:1]
    for seen in [body for name in (text, *also) for body in read(name)]:
        for number in candidates(seen, index):
            reading = _reading(text, seen, number, index)
            entity = reading.entity if reading else -1
            if reading and (entity not in best or reading.bits > best[entity].bits):
                best[entity] = reading
    return sorted(best.values(), key=lambda reading: (-reading.bits, reading.name))


def candidates(seen: Body, index: Index) -> list[int]:
    """The names of organisations that share most of what is rare with a name, best first."""
    worth: dict[int, float] = defaultdict(float)
    for word in seen.words:
        found = _tokens(word, index)
        bearers = sum(index.bearers(token) for token in found)
        if not found or bearers > COMMON:
            continue
        bits = math.log2((index.names + 1) / (bearers + 1)) + 1.0
        for name in {name for token in found for name in index.postings(token)}:
            worth[name] += bits if word.kind in {"own", "number"} else bits / 4.0
    listed = heapq.nsmallest(MOST * 4, worth, key=lambda name: (-worth[name], name))
    # words of persons' names are none of these
    phrases = (name for name in listed if WORD in index.roles_of(name)[:1])
    return list(islice((n for n in phrases if index.entity(index.entity_of(n)).type == "organization"), MOST))


def _tokens(word: Word, index: Index) -> frozenset[int]:
    """The tokens of the gazetteer that a word may spell, or that mean the same."""
    memo, key = index.memo, ("body", word.folded, word.root, word.kind)
    if key not in memo:
        found = {token for form in _written(word) for token in index.lookup(f"={form}")}
        for spelling in {word.text, word.root} - {""} if word.kind in {"own", "land"} else ():
            found |= {token for token in meeting(spelling, index) if _alike(spelling, index.token(token))}
        memo[key] = frozenset(found)
    tokens: frozenset[int] = memo[key]
    return tokens


def _written(word: Word) -> set[str]:
    """How a word may be filed: as it is; and the other words of its meanings."""
    return {word.folded}.union(*(_words_of(meaning) for meaning in word.meanings))


def _words_of(meaning: str) -> frozenset[str]:
    return _meant().get(meaning, frozenset())


@lru_cache(maxsize=1)
def _meant() -> dict[str, frozenset[str]]:
    """The words of every meaning, folded."""
    rows = tables.rows("organisation_words.tsv")
    return {
        one: frozenset(fold(word) for word in words.split() if not word.endswith("*")) for one, _kind, words in rows
    }


def _reading(text: str, seen: Body, number: int, index: Index) -> Reading | None:
    """A name read as one name of the gazetteer, in the way that fits best; None where no word fits."""
    found = [pieces for known in read(index.spelling(number)) if (pieces := compare_bodies(seen, known, index))]
    if not found:
        return None
    evidence = max(found, key=lambda pieces: sum(piece.bits for piece in pieces))
    if index.kind_of(number) == "weak":
        # however well it fits
        beyond = max(0.0, sum(piece.bits for piece in evidence) - weights()["phrase_cap"])
        evidence.append(Evidence("weak name", weights()["weak_name"] - beyond, right=index.spelling(number)))
    tokens = tuple(Token(word.text, 0, 0, "word") for word in seen.words)
    return Reading(0, len(text), index.entity_of(number), number, "phrase", Name(seen.text, tokens), tuple(evidence))


def compare_bodies(seen: Body, known: Body, index: Index | None = None) -> list[Evidence]:
    """What speaks for two names being one organisation's.

    Args:
        seen: a name as `resolve.bodies.read` has it.
        known: another.
        index: the gazetteer that says how many bear a word; without it every word that is a name's own is rare.

    Returns:
        Evidence in bits; nothing where no word fits, so that nothing can be said.

    >>> from resolve.bodies import read
    >>> one, two = read("ОАО «Савушкин продукт»")[0], read("Savushkin")[0]
    >>> [(piece.feature, piece.bits > 0) for piece in compare_bodies(one, two)]
    [('word of a name', True), ('field not shared', False)]

    """
    w = weights()
    fits = _fits(seen.words, known.words, index)
    short = _acronym(seen, known)
    if short and sum(fit.bits for fit in fits) < short.bits:
        return [short, *_forms(seen, known)]
    if not fits:
        return []
    evidence = [
        Evidence("word of a name", fit.bits, seen.words[fit.seen].text, known.words[fit.known].text) for fit in fits
    ]
    rest = [word for i, word in enumerate(seen.words) if i not in {fit.seen for fit in fits}]
    missing = [word for i, word in enumerate(known.words) if i not in {fit.known for fit in fits}]
    rest, missing = _joined(rest, missing, evidence)
    rest, missing = _abbreviated(rest, missing, evidence)
    rest, missing = _without_own(rest, seen), _without_own(missing, known)
    shared = frozenset[str]().union(*(seen.words[fit.seen].meanings for fit in fits))
    if not any(seen.words[fit.seen].kind in {"own", "number", "land"} for fit in fits):
        # whom it is named after is all that tells it from others
        rest, missing = ([replace(word, optional=False) for word in words] for words in (rest, missing))
    # what is said twice: научно-исследовательский, research
    rest = [word for word in rest if not word.meanings & shared]
    missing = [word for word in missing if not word.meanings & shared]
    whole = not any(word.kind != "shell" and not word.optional for word in (*rest, *missing))
    if len(fits) == 1 and not whole and seen.words[fits[0].seen].kind not in {"own", "number"}:
        # a word that many names have, and others that they do not
        return []
    lacking = _not_shared(rest, _arms(rest, seen, [fit.seen for fit in fits]))
    evidence += [replace(piece, left=piece.right, right="") for piece in lacking]
    evidence += _not_shared(missing, _arms(missing, known, [fit.known for fit in fits]))
    evidence += _exclusions(rest, missing)
    if whole and len(fits) == 1 and _is_short(known.words[fits[0].known]) and fold(seen.text) != fold(known.text):
        evidence.append(Evidence("abbreviation", w["body_short"], seen.text, known.text))
    if whole and len(fits) > 1:
        evidence.append(Evidence("all words shared", w["body_whole"]))
        if all(_alike(seen.words[fit.seen].text, known.words[fit.known].text) for fit in fits):
            evidence.append(Evidence("nothing translated", w["body_letters"]))
    one, other = ([word.folded for word in body.words] for body in (seen, known))
    if whole and one == other and seen.forms == known.forms:
        told = sum(piece.bits for piece in evidence)
        evidence += [Evidence("the name itself", w["phrase_cap"] - told)] if told < w["phrase_cap"] else []
        evidence.append(Evidence("spelt the same", w["identical"]))
    return evidence + _forms(seen, known)


def _exclusions(rest: Sequence[Word], missing: Sequence[Word]) -> list[Evidence]:
    """What two names say that cannot both be: each has a name, a field, a number or a place that the other lacks."""
    w, found = weights(), []
    for kind, feature, weight in _EXCLUDING:
        one, other = (
            [x.text for x in side if x.kind == kind and not x.optional and not _is_short(x)] for side in (rest, missing)
        )
        if one and other:
            times = min(len(one), len(other)) if kind == "field" else 1
            found.append(Evidence(feature, times * w[weight], " ".join(one), " ".join(other)))
    short = [[x.text for x in side if x.kind == "own" and _is_short(x)] for side in (rest, missing)]
    if all(short) and script(short[0][0]) == script(short[1][0]):
        found.append(Evidence("another abbreviation", w["body_other_short"], " ".join(short[0]), " ".join(short[1])))
    return found


def sounds_like_body(text: str) -> bool:
    """Whether a name has a legal form, or a word that says what an organisation is or does and that nobody is called.

    >>> sounds_like_body("Ministry of Health"), sounds_like_body("Marine Le Pen")
    (True, False)
    """
    said = (word for body in read(text) for word in body.words if word.kind in {"shell", "field"})
    return is_body(text) or any(
        not borne(word.text) and not may_be_given(word.text) and len(word.folded) > SHORT for word in said
    )


_EXCLUDING: tuple[tuple[Kind, str, str], ...] = (
    ("own", "another name", "body_other_own"), ("field", "another field", "body_other_field"),
    ("number", "another number", "body_other_number"), ("land", "another place", "body_other_land"),
)  # fmt: skip
_SHARED: dict[Kind, str] = {
    "shell": "body_shell", "order": "body_order", "field": "body_field", "land": "body_land",
}  # fmt: skip
_MISSING: dict[Kind, str] = {
    "own": "body_no_own", "number": "body_no_number", "shell": "body_no_shell", "order": "body_no_order",
    "field": "body_no_field", "land": "body_no_land",
}  # fmt: skip
_NAMES: dict[Kind, str] = {
    "own": "word", "number": "number", "shell": "general word", "order": "attribute", "field": "field", "land": "country",
}  # fmt: skip


def _arms(words: Sequence[Word], body: Body, shared: Sequence[int]) -> list[Word]:
    """Of the words that another name lacks those that make a firm's name that of another of its group: *Naftan Leasing*."""
    own = [body.words[place].start for place in shared if body.words[place].kind == "own"]
    behind = [word for word in words if word.kind == "field" and own and word.start > own[-1]]
    return [] if any(map(is_head, behind)) else behind


def _not_shared(words: Sequence[Word], arms: Sequence[Word]) -> list[Evidence]:
    """What it costs that a name lacks the words of the other; of those that say what it does, the first costs most."""
    found, further = [], False
    for word in sorted(words, key=lambda word: is_head(word) or word.optional):
        bits = _absent(word)
        if word.kind == "field" and not word.optional:
            bits = weights()["body_arm"] if word in arms and not further else bits
            bits, further = (weights()["body_further"] if further else bits), True
        found.append(Evidence(f"{_NAMES[word.kind]} not shared", bits, right=word.text))
    return found


def _absent(word: Word) -> float:
    """What it costs that the other name lacks a word, in bits."""
    if word.kind == "own" and not word.optional and _is_short(word):
        return weights()["body_no_short"]
    if word.optional or word.kind != "field":
        return weights()["body_optional" if word.optional else _MISSING[word.kind]]
    return weights()["body_no_head" if is_head(word) else "body_no_field"]


def _is_short(word: Word) -> bool:
    """Whether a word is an abbreviation, which every language makes of its own words."""
    return is_short(word.text) and len(word.text) <= LETTERS.start + 1


def _forms(seen: Body, known: Body) -> list[Evidence]:
    """Whether two legal forms are one."""
    if both := seen.forms & known.forms:
        form = ", ".join(sorted(both))
        return [Evidence("one legal form", weights()["body_form"], form, form)]
    if seen.forms and known.forms and seen.forms.isdisjoint(known.forms):
        said = ", ".join(sorted(seen.forms)), ", ".join(sorted(known.forms))
        return [Evidence("another legal form", weights()["body_other_form"], *said)]
    return []


def _fits(seen: Sequence[Word], known: Sequence[Word], index: Index | None) -> list[Fit]:
    """The words that fit each other, each once, those worth most first."""
    found = [
        Fit(bits, i, j)
        for i, word in enumerate(seen) for j, other in enumerate(known) if (bits := _fit(word, other, index)) > 0
    ]  # fmt: skip
    kept, left, right = [], set(), set()
    for fit in sorted(found, key=lambda fit: (-fit.bits, abs(fit.seen - fit.known), fit.seen)):
        if fit.seen not in left and fit.known not in right:
            kept.append(fit)
            left.add(fit.seen)
            right.add(fit.known)
    return sorted(kept, key=lambda fit: fit.seen)


def _fit(word: Word, other: Word, index: Index | None) -> float:
    """What it is worth that two words are one, in bits; nothing where they are not."""
    w = weights()
    if word.meanings & other.meanings and not _kept_apart(word, other):
        spelt = min(len(word.folded), len(other.folded)) > SHORT and same(word.text, other.text)
        return _telling(word, other, index) + (w["body_spelt"] if spelt else 0.0)
    if word.kind == "number" or other.kind == "number":
        return w["body_number"] if word.folded == other.folded else 0.0
    if word.meanings and other.meanings:
        return 0.0
    if word.folded == other.folded:
        return _rare(other, index)
    if word.kind == other.kind == "land" and not _named_after(word).isdisjoint(_named_after(other)):
        return w["body_land"]
    ways = [(word.text, other.text), *((a, b) for a, b in _roots(word, other))]
    spent = [
        cost(one, two) + (w["body_respelt"] if place else 0.0)
        for place, (one, two) in enumerate(ways)
        if _alike(one, two)
    ]
    if not spent and not word.meanings and not other.meanings and is_slip(word.text, other.text):
        return max(0.0, _rare(other, index) + w["body_slip"])
    if not spent:
        return w["body_land"] if _one_city(word, other) else 0.0
    if word.meanings or other.meanings:
        return max(w["body_field"], _rare(other, index) / 2.0 - min(spent))
    alike = script(word.text) == script(other.text)
    return max(0.0, _rare(other, index) - min(spent) - (w["body_respelt"] if alike else 0.0))


def _kept_apart(word: Word, other: Word) -> bool:
    """Whether two words that other languages do not tell apart are two in their own: *Engineering*, *Technology*."""
    apart = word.text.isascii() and other.text.isascii() and word.folded != other.folded
    return apart and word.meanings & other.meanings <= LOOSE and not same(word.text, other.text)


def _named_after(word: Word) -> frozenset[str]:
    """The cities that a word may be, or be the adjective of."""
    return cities(word.text) | (cities(word.root) if word.root else frozenset())


def _telling(word: Word, other: Word, index: Index | None) -> float:
    """What it is worth that two words mean the same, in bits: more where few names of the gazetteer have a word of that meaning."""
    least = weights()[_SHARED[word.kind]]
    if index is None or word.kind != "field":
        return least
    shared = min(word.meanings & other.meanings, key=lambda meaning: (_bearing(meaning, index), meaning))
    rare = math.log2((index.names + 1) / (_bearing(shared, index) + 1))
    return min(max(least, weights()["body_rare"] * rare), weights()["body_rarest"])


def _bearing(meaning: str, index: Index) -> int:
    """How often names of the gazetteer have a word of some meaning."""
    key = ("body meaning", meaning)
    if key not in index.memo:
        tokens = {token for form in _words_of(meaning) for token in index.lookup(f"={form}")}
        index.memo[key] = sum(index.bearers(token) for token in tokens)
    found: int = index.memo[key]
    return found


def _roots(word: Word, other: Word) -> Iterator[tuple[str, str]]:
    """The adjectives of two words, or of one of them, without their endings."""
    if word.root or other.root:
        yield word.root or word.text, other.root or other.text


def _one_city(word: Word, other: Word) -> bool:
    """Whether one word may be the adjective of the other, a city whose last letters it changes: *Вязынский*, *Vyazyn*."""
    if bool(word.root) == bool(other.root) or word.meanings or other.meanings:
        return False
    one, two = (unidecode(each.root or each.text).casefold() for each in (word, other))
    shared = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    return shared > SHORT and max(len(one), len(two)) - shared <= SHORT


def _alike(one: str, other: str) -> bool:
    """Whether two words are one: short ones only where their letters are the same."""
    if min(len(one), len(other)) <= SHORT:
        return unidecode(one).casefold() == unidecode(other).casefold()
    return same(one, other)


def _rare(word: Word, index: Index | None) -> float:
    """What sharing a word that is the name's own is worth at most, in bits: less where many bear it."""
    w = weights()
    bearers = sum(index.bearers(token) for token in index.lookup(f"={word.folded}")) if index else 1
    most = min(w["body_ordinary" if is_ordinary(word.folded) else "body_cap"], w["body_letter"] * len(word.folded))
    return w["body_land"] if word.kind == "land" else max(w["body_least"], most - math.log2(max(bearers, 1)))


def _joined(rest: list[Word], missing: list[Word], evidence: list[Evidence]) -> tuple[list[Word], list[Word]]:
    """Take words together that one name writes as one: *Белагро пром банк*, *Belagroprombank*."""
    for one, other, flipped in ((rest, missing, False), (missing, rest, True)):
        for first, second in _neighbours(one):
            joined = first.text + second.text.lower()
            for word in other:
                if fold(joined) == word.folded or (len(word.folded) > 3 and same(joined, word.text)):
                    bits = weights()["body_cap"] - cost(joined, word.text)
                    pair = (f"{first.text} {second.text}", word.text)
                    evidence.append(Evidence("word of a name", bits, *(reversed(pair) if flipped else pair)))
                    one, other = [w for w in one if w not in {first, second}], [w for w in other if w is not word]  # noqa: PLW2901
                    return (other, one) if flipped else (one, other)
    return rest, missing


def _abbreviated(rest: list[Word], missing: list[Word], evidence: list[Evidence]) -> tuple[list[Word], list[Word]]:
    """Take an abbreviation for the words of the other name that it is made of, in their language or another: *JSC UEC-Star*,
    *United Engine Corporation Star*; *ГТЛК*, *State Transport Leasing Company*.
    """
    for one, other, flipped in ((rest, missing, False), (missing, rest, True)):
        for short in (word for word in one if word.kind == "own" and is_short(word.text)):
            if made := made_of(short.text, other):
                words = " ".join(dict.fromkeys(word.text for word in made))
                pair = (words, short.text) if flipped else (short.text, words)
                evidence.append(Evidence("abbreviated", weights()["body_abbreviated"] * len(made), *pair))
                kept = [word for word in one if word is not short], [word for word in other if word not in made]
                return (kept[1], kept[0]) if flipped else kept
    return rest, missing


def _without_own(words: list[Word], body: Body) -> list[Word]:
    """What is left without abbreviations of the name's own words: *Parchin Chemical Industries (PCI)*."""
    others = [word for word in body.words if not is_short(word.text)]
    return [
        word for word in words
        if not (word.kind == "own" and is_short(word.text) and len(made_of(word.text, others)) > 1)
    ]  # fmt: skip


def made_of(short: str, words: Sequence[Word]) -> list[Word]:
    """The words, one behind another, whose first letters an abbreviation has, in their language or in another; none where they
    do not spell all of it.

    >>> from resolve.bodies import read
    >>> [word.text for word in made_of("ГТЛК", read("State Transport Leasing Company")[0].words)]
    ['State', 'Transport', 'Leasing', 'Company']
    """
    letters = unidecode(short).casefold()
    for first in range(len(words)):
        last = first
        left = {letters}
        while left and last < len(words) and "" not in left:
            begun = initials(words[last])
            left = {rest.removeprefix(letter) for rest in left for letter in begun if rest.startswith(letter)}
            last += 1
        if last - first > 1 and ("" in left or (last == len(words) and left & FORM_LETTERS)):
            return list(words[first:last])
    return []


def _neighbours(words: Sequence[Word]) -> Iterator[tuple[Word, Word]]:
    for first, second in pairwise(words):
        if first.start + len(first.text) + 1 >= second.start:
            yield first, second


def _acronym(seen: Body, known: Body) -> Evidence | None:
    """That one of two names is made of the first letters of the other's words."""
    for one, other in ((seen, known), (known, seen)):
        own = [word for word in one.words if word.kind == "own"]
        if len(one.words) != 1 or not own or not own[0].text.isupper() or len(own[0].text) not in LETTERS:
            continue
        text = own[0].text
        words = [word for word in other.words if not word.optional]
        letters = "".join(word.text[:1] for word in words).upper()
        latin = "".join(unidecode(word.text[:1]) for word in words).upper()
        if text == letters or unidecode(text).upper() == latin:
            bits = weights()["body_initial"] * len(text)
            return Evidence("acronym", bits, seen.text, known.text)
    return None
