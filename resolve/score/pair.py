"""What does all the evidence for a pair of names add up to?

`compare` aligns the tokens of two names and lists the evidence, each piece a log-likelihood ratio in
bits (Fellegi and Sunter 1969): what sharing this token is worth, less what the two spellings differ
by; contradictions; what is absent; gender. `fit` finds which part of a run of words a name could be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise, zip_longest
from operator import itemgetter

from resolve import chinese, korean
from resolve.channel import (
    class_worth,
    clean,
    cost,
    is_slip,
    is_spelt_given,
    rarity,
    same,
    telling,
    unlike,
    weights,
    worth,
)
from resolve.endings import adaptations, nominatives
from resolve.given import (
    best_heard,
    cyrillic_given,
    fathers,
    given_classes,
    is_diminutive,
    is_given,
    is_patronymic,
)
from resolve.keys import skeleton, sounds
from resolve.letters import fold, is_other
from resolve.lexicon import is_name_word
from resolve.model import Evidence, Name, Role, Token
from resolve.names import NAMING, roles, surname_gender
from resolve.score.contradiction import (
    Pairs,
    declined_apart,
    exchanged,
    later_initial,
    left_out,
    not_asian,
    not_one_vietnamese,
    openings,
    other_chinese,
    other_korean,
    other_sex,
    reigns,
    shared_by_kin,
    spelt_alike,
    unshared,
    weighed,
)
from resolve.text import script

Judge = Callable[[Token, Token, str, "Worth"], Evidence | None]
"""The evidence of two tokens that may spell one name, as `token_evidence` gives it, or remembers it."""

Worth = Callable[[str, str, str], float]
"""What sharing a token is worth at most, in bits, from how it is spelt here and there, and the language."""

JOINED_SHARE = 0.75
"""Two words spell one of another name only if the shorter spelling has this share of the longer one's letters."""

SHORT = 4
"""Names of so few letters are often surname and given name alike (*Young*, *An*)."""

JOINABLE: frozenset[Role] = NAMING - {"initial", "patronymic"} | {"particle"}
"""What may stand together with its neighbour as one word."""

UNMET: frozenset[Role] = frozenset({"initial", "particle", "suffix"})
"""What words of a run meet no token of a name by themselves."""

OTHER_FORM = -1.0
"""Of two equivalent given names in Latin and Cyrillic one is another form and no spelling where the channel tells less, in bits."""

A_FORM, MOST_TRANSLATED = 4.0, 7.0
"""In scripts beyond Cyrillic it is one so far as the channel tells less of it than of what the word spells best: wholly
where it is the first of these less, and more up to the second, in bits."""

GIVEN_RARITY = 12.0
"""Given names borne by fewer persons than one in two to this are alike rare, in bits."""


def shared_worth(seen: str, known: str, _lang: str = "") -> float:
    """What sharing a name is worth that either side spells so; the commoner spelling counts.

    >>> shared_worth("Kim", "Naryshkin") == shared_worth("Naryshkin", "Kim")
    True
    """
    return min(worth(seen), worth(known))


def compare(
    seen: Name, known: Name, lang: str = "", worth_of: Worth = shared_worth, judge: Judge | None = None
) -> list[Evidence]:
    """The evidence that two names are one person's, in bits; symmetric as long as `worth_of` is.

    Args:
        seen: the name as found.
        known: the name of the gazetteer.
        lang: ISO 639-1 code of the text: its case endings are taken off.
        worth_of: what sharing a token is worth at most (term frequency).
        judge: `token_evidence`, or what remembers it.

    >>> from resolve.names import parse
    >>> bits = lambda a, b: sum(e.bits for e in compare(parse(a), parse(b)))
    >>> bits("Liliya Vlasova", "Лілія Уласава") > 20 > 15 > bits("Viktar Babaryka", "Eduard Babaryka")
    True

    """
    pairs, found = _align(seen, known, lang, worth_of, judge or token_evidence)
    if found and len(seen.tokens) > 1 and spelt_alike(seen, known):
        found.append(weighed("spelt the same", {"identical": 1.0}))
    if found and _is_one_word(seen) and _is_one_word(known):
        found.append(weighed("the whole name is one word", {"mononym": 1.0}))
    met = {id(token) for pair in pairs for token in pair}
    left = [token for token in seen.tokens if token.role in NAMING and id(token) not in met]
    right = [token for token in known.tokens if token.role in NAMING and id(token) not in met]
    found += unshared(left, right, pairs)
    found += exchanged(seen, known, pairs)
    found += later_initial(seen, known, pairs)
    found += left_out(seen, known, pairs)
    found += not_asian(seen, known, pairs)
    found += declined_apart(found)
    found += other_korean(seen, known, found)
    found += other_chinese(seen, known, found)
    found += other_sex(seen, pairs, found, lang)
    found += reigns(seen, known, pairs)
    found += not_one_vietnamese(seen, known)
    return found + shared_by_kin(found)


# ---------------------------------------------------------------- one pair of tokens


def token_evidence(seen: Token, known: Token, lang: str = "", worth_of: Worth = shared_worth) -> Evidence | None:
    """The evidence of two tokens that may spell one name; None where they cannot.

    The features are tried in order, the first that applies decides.
    """
    for feature in _features(seen.role, known.role):
        evidence = feature(seen, known, lang, worth_of)
        if evidence is not None:
            return evidence if evidence.bits > 0 else None
    return None


def _initials(seen: Token, known: Token, _lang: str, _worth: Worth) -> Evidence | None:
    """An initial is worth about what a letter is worth."""
    if "surname" in (seen.role, known.role):
        return NO_MATCH
    fits = fold(seen.text) == fold(known.text) or bool(openings(seen.text) & openings(known.text))
    return weighed("initial", {"initial": 1.0}, seen.text, known.text) if fits else NO_MATCH


def _fathers(seen: Token, known: Token, lang: str, _worth: Worth) -> Evidence | None:
    """Patronymics of one father's name are one; and another name than his: *Mikhailovna* is not *Mikhail*."""
    if seen.role == known.role:
        if not fathers(seen.text, lang) & fathers(known.text):
            return None
        shared, rare, _less = NAME_PARTS
        return weighed("patronymic", {shared: 1.0, rare: weights()["patronymic_cap"]}, seen.text, known.text)
    return NO_MATCH if is_patronymic(seen.text, lang) != is_patronymic(known.text) else None


def _equivalents(seen: Token, known: Token, lang: str, _worth: Worth) -> Evidence | None:
    """Given names that a table knows as one, or knows as two."""
    # a name spelt alike is itself, whatever else its ending could make it: Linas is no plural of Lina
    cases = "" if fold(seen.text) == fold(known.text) else lang
    ours, theirs = given_classes(seen.text, cases), given_classes(known.text, cases)
    if not ours or not theirs:
        fits = (_spelt_as(known.text, ours) or _spelt_as(seen.text, theirs)) and not clean(seen.text, known.text)
        parts = _common("equivalent", ours or theirs)
        return weighed("equivalent given name", parts, seen.text, known.text) if fits else None
    for left, right, note in readings_of(seen.text, known.text, lang):
        if not (classes := given_classes(left) & given_classes(right)):
            continue
        short = is_diminutive(left) != is_diminutive(right)
        weight = "given" if cost(left, right) == 0 else "diminutive" if short else "equivalent"
        label = "given name" if weight == "given" else "equivalent given name"
        parts = _common(weight, classes) | _inflected(note)
        if weight != "given" and (share := _translated(left, right, classes)) > 0:
            parts["translated"] = share
        if weight == "equivalent" and is_diminutive(left) and not _is_cut_alike(left, right):
            parts["shortened_apart"] = 1.0
        return weighed(label, parts, seen.text, known.text, note)
    if shared := ours & theirs:
        # the table knows one of them by how it sounds in Cyrillic, which its own letters made needless: Volodimir
        same_letters = cost(seen.text, known.text) == 0
        label, weight = ("given name", "given") if same_letters else ("equivalent given name", "equivalent")
        return weighed(label, _common(weight, shared), seen.text, known.text)
    if script(seen.text) != script(known.text) and cost(seen.text, known.text) == 0:
        # Ася and Asia, Мішель and Michel: two names of the table in one script, one spelling in the other
        return weighed("equivalent given name", _common("equivalent", ours | theirs), seen.text, known.text)
    if is_other(seen.text) or is_other(known.text):
        # which names of the table such a word may spell is only likely: it shows what is one, not what is two
        return None
    return NO_MATCH


@lru_cache(maxsize=65536)
def _translated(left: str, right: str, classes: frozenset[str]) -> float:
    """How far one of two given names in two scripts is no spelling of the other but another form of it: *Майкл*, *Michel*.

    Scripts mostly spell names and do not translate them. Forms that sister languages have of their own are no translations:
    *Микола*, *Nikolai*; nor are the everyday forms that a language adds.
    """
    if script(left) == script(right) or (is_other(left) and is_other(right)):
        return 0.0
    ordered = is_other(left) or (script(left) == "Cyrillic" and not is_other(right))
    word, other = (left, right) if ordered else (right, left)
    told = telling(word, other)
    if is_other(word):
        return min(max(best_heard(word) - told, 0.0), MOST_TRANSLATED) / A_FORM
    if told >= OTHER_FORM or is_diminutive(word):
        return 0.0
    forms = cyrillic_given(classes)
    own = forms.get(fold(word), frozenset())
    spelt = [langs for form, langs in forms.items() if form != fold(word) and clean(form, other)]
    return float(all(langs & own or "und" in langs for langs in spelt))


@lru_cache(maxsize=65536)
def _is_cut_alike(left: str, right: str) -> bool:
    """Whether two everyday forms of one name are cut from the same part of it: *Nick*, *Nicky*; not *Sandra*, *Alex*."""
    return any(
        one.startswith(other) or other.startswith(one)
        for a in sounds(left)
        for b in sounds(right)
        for one, other in [(skeleton(a), skeleton(b))]
    )


def _common(weight: str, classes: frozenset[str]) -> dict[str, float]:
    """What a shared given name is made of: a rare one is worth more than one that many bear."""
    return {weight: 1.0, "given_rarity": min(class_worth(classes), GIVEN_RARITY) - GIVEN_RARITY}


@lru_cache(maxsize=65536)
def _spelt_as(word: str, classes: frozenset[str]) -> bool:
    """Whether a word that no table knows spells one of the given names of some classes: *Кріс* and *Chris*."""
    return bool(classes) and is_spelt_given(word, classes)


def _spelling(seen: Token, known: Token, lang: str, worth_of: Worth) -> Evidence | None:
    """What sharing the name is worth, less what the spellings differ by."""
    best: Evidence | None = None
    most: float | None = None
    surname = seen.role == known.role == "surname"
    label = "surname" if surname else seen.role if seen.role == known.role else "name"
    shared, rare, less = SURNAME_PARTS if surname else NAME_PARTS
    for left, right, note in readings_of(seen.text, known.text, lang):
        if not same(left, right):
            continue
        if most is None:
            most = _most(seen, known, lang, worth_of)
        parts = {shared: 1.0, rare: min(most, rarity(left), rarity(right)), less: spending(left, right)}
        parts |= _inflected(note)
        if "surname" in {seen.role, known.role} and not surname:
            short = min((len(word) for word in (left, right) if not is_other(word)), default=SHORT + 1) <= SHORT
            parts["crossed_short" if short else "crossed"] = 1.0
        if opposed := surname and _opposed(left, right, seen.text, known.text):
            parts["surname_gender"] = 1.0
        found = weighed(label, parts, seen.text, known.text, "of the other gender" if opposed else note)
        best = found if best is None or found.bits > best.bits else best
    return best


def _most(seen: Token, known: Token, lang: str, worth_of: Worth) -> float:
    """What sharing the name is worth at most, in bits; a given name that is a surname here is as common."""
    most = min(_cap(seen, known), worth_of(seen.text, known.text, lang))
    if seen.role != known.role and (classes := given_classes(seen.text) & given_classes(known.text)):
        most = min(most, class_worth(classes))
    return most


def _slips(seen: Token, known: Token, lang: str, worth_of: Worth) -> Evidence | None:
    """A long word with one letter written wrong; where both spellings are borne as names, they are two names."""
    if not is_slip(seen.text, known.text):
        return None
    surname = seen.role == "surname"
    if surname and _opposed(seen.text, known.text, seen.text, known.text):
        return None
    if not surname and is_name_word(seen.text) and is_name_word(known.text):
        # Ramesh, Rakesh: given names are fewer, so that both are known
        return None
    most = _most(seen, known, lang, worth_of)
    shared, rare, _less = SURNAME_PARTS if surname else NAME_PARTS
    parts = {shared: 1.0, rare: min(most, rarity(seen.text), rarity(known.text)), "slip": 1.0}
    return weighed(seen.role if seen.role == known.role else "name", parts, seen.text, known.text, "one letter differs")


def spending(left: str, right: str) -> float:
    """What two spellings differ by, in bits; across scripts beyond Cyrillic, whose spellings leave more open, by half."""
    return cost(left, right) * (weights()["other_script"] if is_other(left) != is_other(right) else 1.0)


def _inflected(note: str) -> dict[str, float]:
    return {"inflected": 1.0} if note else {}


NO_MATCH = Evidence("no match", 0.0)

SURNAME_PARTS = ("surname_shared", "surname_rarity", "surname_difference")
NAME_PARTS = ("name_shared", "name_rarity", "name_difference")

Feature = Callable[[Token, Token, str, Worth], Evidence | None]
FEATURES: tuple[tuple[Feature, Callable[[Role, Role], bool]], ...] = (
    (_initials, lambda seen, known: "initial" in (seen, known)),
    (_fathers, lambda seen, known: seen == known == "patronymic" or seen != known),
    (_equivalents, lambda seen, known: not {"surname", "patronymic"} & {seen, known}),
    (_spelling, lambda _seen, _known: True),
    (_slips, lambda seen, known: (seen == "surname") == (known == "surname")),
)
"""What may be said of two tokens, and of which roles."""


@lru_cache(maxsize=256)
def _features(seen: Role, known: Role) -> tuple[Feature, ...]:
    """What may be said of two tokens of these roles."""
    return tuple(feature for feature, applies in FEATURES if applies(seen, known))


def _cap(seen: Token, known: Token) -> float:
    """Given names and patronymics are shared by many."""
    w = weights()
    if "patronymic" in {seen.role, known.role}:
        return w["patronymic_cap"]
    if "given" in {seen.role, known.role} and "surname" not in {seen.role, known.role}:
        return given_cap(seen.text, known.text)
    return w["rarity_cap"]


def given_cap(seen: str, known: str) -> float:
    """What sharing a given name is worth at most, in bits; one that no list has is rarer."""
    most = weights()["given_cap"]
    return most if is_given(seen) or is_given(known) else 1.5 * most


@lru_cache(maxsize=65536)
def readings_of(left: str, right: str, lang: str) -> tuple[tuple[str, str, str], ...]:
    """The two spellings as they are, then with the case ending of the one seen taken off.

    The known one is a nominative, but may have the ending that a language adds to foreign names.
    """
    found = [(left, right, "")]
    if fold(left) != fold(right) and (
        more := [
            *[(stem, right, f"inflected: {stem}") for stem, _ in nominatives(left, lang)],
            *[(left, stem, f"inflected: {stem}") for stem, _ in adaptations(right) if not is_other(left)],
        ]
    ):
        found += more
        # how a foreign name sounds in Cyrillic is asked where its own letters do not tell: Stankevičius is no Statkevich
        respelt = [script(a) != script(left) or script(b) != script(right) for a, b, _ in found]
        if any(respelt):
            plain = [reading for reading, other in zip(found, respelt, strict=True) if not other]
            found = plain if any(same(a, b) for a, b, _ in plain) else found
    return tuple(found)


def spendings(seen: Token, known: Token, lang: str = "") -> list[tuple[float, float]]:
    """What every reading of a pair of tokens costs, and the rarity it is set against, in bits."""
    return _spendings(seen.text, known.text, lang)


@lru_cache(maxsize=65536)
def _spendings(seen: str, known: str, lang: str) -> list[tuple[float, float]]:
    return [(cost(left, right), min(rarity(left), rarity(right))) for left, right, _ in readings_of(seen, known, lang)]


def _opposed(left: str, right: str, seen: str, known: str) -> bool:
    """Whether one surname is a man's and the other a woman's form; a stem that tells nothing is
    judged as it was written.
    """
    sexes = {surname_gender(left) or surname_gender(seen), surname_gender(right) or surname_gender(known)}
    return sexes == {"m", "f"}


# ---------------------------------------------------------------- aligning two names


def _align(seen: Name, known: Name, lang: str, worth_of: Worth, judge: Judge) -> tuple[Pairs, list[Evidence]]:
    """Pair the tokens of two names, best evidence first, each token once; with the evidence.

    Two tokens of one name may together spell one of the other (*Abd al-Rahman*, *Abdurrahman*).
    """
    options = []
    theirs = _parts(known.tokens, mixed=_is_single(seen))
    for i, a in _parts(seen.tokens, mixed=_is_single(known)):
        joined = len(i) > 1
        for j, b in theirs:
            if (joined or len(j) > 1) and not _comparable(i, a, j, b):
                continue
            if evidence := judge(a, b, lang, worth_of):
                options.append((-evidence.bits, len(i) + len(j), abs(i[0] - j[0]), i, j, evidence))
    pairs: Pairs = []
    if not options:
        return pairs, []
    found: list[tuple[int, Evidence]] = []
    left: set[int] = set()
    right: set[int] = set()
    options.sort(key=itemgetter(0, 1, 2, 3, 4))
    for _bits, _size, _shift, i, j, evidence in options:
        if left.isdisjoint(i) and right.isdisjoint(j):
            left.update(i)
            right.update(j)
            if len(i) == len(j) == 1:
                pairs.append((seen.tokens[i[0]], known.tokens[j[0]]))
            else:
                pairs += zip_longest(_pick(seen, i), _pick(known, j), fillvalue=None)
            found.append((i[0], evidence))
    found.sort(key=itemgetter(0))
    return pairs, [evidence for _, evidence in found]


def is_met_alone(seen: Name, known: Name, place: int, lang: str, worth_of: Worth, judge: Judge) -> bool:
    """Whether a single word surely spells no other token of a name than that at ``place``, nor several of them together."""
    (word,) = seen.tokens
    if any(is_other(token.text) for token in (word, *known.tokens)):
        return False
    if any(judge(word, token, lang, worth_of) for at, token in enumerate(known.tokens) if at != place):
        return False
    joined = (first.text + second.text.lower() for first, second in pairwise(known.tokens))
    return not any(
        len(word.text) >= JOINED_SHARE * len(both) or chinese.spells(word.text, both) for both in joined
    )  # fmt: skip


def _comparable(i: tuple[int, ...], a: Token, j: tuple[int, ...], b: Token) -> bool:
    """Two words against one of about their length."""
    several = len(i) * len(j)
    if several == 2:
        short, long = sorted((len(a.text), len(b.text)))
        if short >= JOINED_SHARE * long or chinese.spells(a.text, b.text):
            return True
    # a syllable or consonants alone are one letter in further scripts
    return several in {2, 3} and (is_other(a.text) or is_other(b.text))


def _is_single(name: Name) -> bool:
    """Whether a name is a single word, in which given name and surname may have run together."""
    return len([True for token in name.tokens if token.role in NAMING]) == 1


def _is_one_word(name: Name) -> bool:
    """Whether a name is a single word in all: *Pan Yue* may be Mr Yue, or a Pan."""
    return len([True for token in name.tokens if token.role != "suffix"]) == 1


def _parts(tokens: Sequence[Token], mixed: bool) -> list[tuple[tuple[int, ...], Token]]:
    """Every naming token, and every two that stand together as one word, with their places.

    A given name and a surname are joined only where they are to spell a name of one word (``mixed``).
    """
    found: list[tuple[tuple[int, ...], Token]] = [
        ((i,), token) for i, token in enumerate(tokens) if token.role in NAMING
    ]
    if len(tokens) == 1:
        return found
    joinable = [i for i, token in enumerate(tokens) if token.role in JOINABLE]
    for i, j in pairwise(joinable):
        if j != i + 1:
            continue
        first, second = tokens[i], tokens[j]
        # Gorba chev: a word that opens small goes on with the one before
        alike = mixed or first.role in ("particle", second.role) or second.text[:1].islower()
        # Saif ul-Mulook: the article goes with the name before it as well, Saiful Mulook
        article = second.role == "particle" and first.role == "given"
        if (article or second.role != "particle") and alike:
            role: Role = "surname" if "surname" in {first.role, second.role} else "given"
            joined = replace(second, text=first.text + second.text.lower(), start=first.start, role=role)
            found.append(((i, j), joined))
            before = tokens[i - 1] if i else None
            if before is not None and before.role == first.role == "particle":
                # 冯德莱恩: von der Leyen
                every = replace(joined, text=before.text + joined.text.lower(), start=before.start)
                found.append(((i - 1, i, j), every))
    return found


def _pick(name: Name, places: tuple[int, ...]) -> list[Token]:
    return [name.tokens[place] for place in places]


# ---------------------------------------------------------------- which part of a run


def fit(
    run: Sequence[Token], known: Name, lang: str = "", may_meet: Callable[[str, int], bool] | None = None
) -> tuple[int, int] | None:
    """The part ``run[first:last]`` that could spell a name: what meets its tokens, with the
    initials, patronymics and particles that belong to it. None where no token meets.

    Args:
        run: the words.
        known: the name of the gazetteer.
        lang: ISO 639-1 code of the text, where known.
        may_meet: whether a word may meet the token at a place of the name, where that is known sooner.

    >>> from resolve.text import words
    >>> from resolve.names import parse
    >>> fit(list(words("Press Secretary Dmitry Peskov")), parse("Дмитрий Песков"))
    (2, 4)

    """
    naming = [(j, other) for j, other in enumerate(known.tokens) if other.role in NAMING]
    options = []
    for i, token in enumerate(run):
        if token.role not in UNMET:
            options += [
                (-bits, i, j)
                for j, other in naming
                if (may_meet is None or may_meet(token.text, j)) and (bits := _meets(token, other, lang))
            ]
    options = _settled(options) + list(_joined_options(run, known, lang)) + list(_with_article(run, known))
    chosen: dict[int, int] = {}
    particles = {fold(token.text) for token in known.tokens if token.role == "particle"}
    ranked, before = sorted(options), -1
    while before < len(chosen) < len(naming):
        # what lies too far off may be near once the words between have met: Luiz Inácio Lula da Silva
        before = len(chosen)
        for _bits, i, j in ranked:
            if i not in chosen and j not in chosen.values() and _near(run, [*chosen, i], particles):
                chosen[i] = j
    if not chosen:
        return None
    return _syllables(run, *_widen(run, min(chosen), max(chosen) + 1, particles), known)


def _syllables(run: Sequence[Token], first: int, last: int, known: Name) -> tuple[int, int]:
    """Take in the syllable that a Korean name goes on with behind a part that meets another: *Ким Чен Ир* is not *Ким Чен*."""
    words = [token.text for token in known.tokens if token.role in NAMING]
    if last - first < len(words) and last < len(run) and _is_syllable(run, last) and korean.is_name(words):
        return first, last + 1
    return first, last


def _is_syllable(run: Sequence[Token], place: int) -> bool:
    """Whether a word, or its nominative, may be a Korean syllable, and goes on with the word before it."""
    token = run[place]
    spellings = (token.text, *(stem for stem, _sex in nominatives(token.text)))
    return token.glue != "\n" and any(len(one) == 1 for word in spellings for one in korean.syllables(word))


def _settled(options: list[tuple[float, int, int]]) -> list[tuple[float, int, int]]:
    """Of two words that meet one token alike, leave it to the one that meets no other: *David Davis*, *Дэвида Дэвиса*."""
    if len({j for _bits, _i, j in options}) == len(options):
        return options
    return [
        (bits, i, j)
        for bits, i, j in options
        if not any(
            there == j and here != i and other <= bits + 1.0 and not any(a == here and b != j for _, a, b in options)
            for other, here, there in options
            if any(a == i and b != j for _, a, b in options)
        )
    ]


def _joined_options(run: Sequence[Token], known: Name, lang: str) -> Iterator[tuple[float, int, int]]:
    """The meetings of one word with two, as in `fit`, where one is in a script beyond Cyrillic: 철수 and Cheol-soo.

    Both places of two words of the run meet the one of the name, the second under a number of its own.
    """
    if not any(is_other(token.text) for token in run):
        return
    plain = [replace(token, role="given") if token.role == "unknown" else token for token in run]
    for places, token in _parts(plain, mixed=True):
        for others, other in _parts(known.tokens, mixed=len(run) == 1):
            if is_other(token.text) and len(places) * len(others) in {2, 3} and (bits := _meets(token, other, lang)):
                yield from ((-bits, i, others[0] + nth * len(known.tokens)) for nth, i in enumerate(places))


def _with_article(run: Sequence[Token], known: Name) -> Iterator[tuple[float, int, int]]:
    """The meetings of a given name and the article behind it, which one of both names writes as one word: *Saif ul-*, *Saiful*."""
    if not any(token.role == "particle" for token in (*run, *known.tokens)):
        return
    for i, token in enumerate(run):
        seen = "" if token.role in UNMET else _and_article(run, i)
        for j, other in enumerate(known.tokens):
            ours = _and_article(known.tokens, j) if other.role in NAMING else ""
            if bool(seen) != bool(ours) and fold(seen or token.text) == fold(ours or other.text):
                yield -weights()["equivalent"], i, j


def _and_article(tokens: Sequence[Token], place: int) -> str:
    """A word with the particle of two letters behind it; empty where none follows."""
    following = tokens[place + 1] if place + 2 < len(tokens) else None
    if following is None or following.role != "particle" or len(following.text) != 2:
        return ""
    return tokens[place].text + following.text


def _meets(token: Token, other: Token, lang: str) -> float:
    """How well a word of a run meets a token of a name whatever its role, in bits."""
    if token.role in UNMET or other.role == "initial":
        return 0.0
    if other.role in {"given", "unknown"} and share_class(token.text, other.text, lang):
        return weights()["equivalent"]
    return spelt_bits(token.text, other.text, lang)


@lru_cache(maxsize=262144)
def spelt_bits(word: str, other: str, lang: str) -> float:
    """How well a word of a text spells a token of a name, in bits; 0 where it does not.

    >>> spelt_bits("Лукашэнкам", "Lukashenko", "be") > 0 == spelt_bits("Kovalev", "Kovalchuk", "")
    True
    """
    if unlike(word, other, lang):
        return 0.0
    return max(
        (min(rarity(a), rarity(b)) - cost(a, b) for a, b, _ in readings_of(word, other, lang) if same(a, b)),
        default=0.0,
    )


@lru_cache(maxsize=65536)
def share_class(left: str, right: str, lang: str) -> bool:
    """Whether two given names, or their nominatives, are of one class of equivalents."""
    return any(given_classes(a) & given_classes(b) for a, b, _ in readings_of(left, right, lang))


def _near(run: Sequence[Token], places: list[int], particles: set[str]) -> bool:
    """Whether at most one word that is no initial, suffix or particle stands between the places."""
    between = [
        token
        for i, token in enumerate(run)
        if min(places) < i < max(places)
        and i not in places
        and token.role not in {"initial", "particle", "suffix"}
        and fold(token.text) not in particles
    ]
    return len(between) <= 1 and not any(token.role in {"title", "common"} for token in between)


def _widen(run: Sequence[Token], first: int, last: int, particles: set[str]) -> tuple[int, int]:
    """Take in the initials, patronymics and suffixes next to a span, and the particles of the name."""
    while first and (run[first - 1].role == "initial" or fold(run[first - 1].text) in particles):
        first -= 1
    while last < len(run) and (
        run[last].role == "suffix"
        or (run[last].role == "initial" and (last - first == 1 or run[last - 1].role == "initial"))
        or (not run[last].glue and _belongs(run, last))
    ):
        last += 1
    return first, last


def _belongs(run: Sequence[Token], place: int) -> bool:
    """Whether the word at ``place`` is the patronymic of the given name before it."""
    before = [token for token in run[max(0, place - 2) : place] if is_given(token.text)]
    return bool(before) and is_patronymic(run[place].text)


def _plain_role(token: Token, particles: set[str]) -> Role:
    """What a word of a run is before the roles of the name are given out."""
    if fold(token.text) in particles:
        return "particle"
    return token.role if token.role in {"initial", "particle", "suffix"} else "unknown"


def cut(run: Sequence[Token], first: int, last: int, lang: str = "", known: Name | None = None) -> Name:
    """The words ``run[first:last]`` as a name with roles of its own; the particles of a known one are particles."""
    particles = {fold(t.text) for t in known.tokens if t.role == "particle"} if known else set()
    plain = [
        replace(t, role=_plain_role(t, particles if i < last - first - 1 else set()))
        for i, t in enumerate(run[first:last])
    ]
    loud = {
        i for i, t in enumerate(plain)
        if len(t.text) > 1 and t.text.isupper() and not all(o.text.isupper() or len(o.text) == 1 for o in plain)
    }  # fmt: skip
    return roles(plain, " ".join(t.text for t in plain), lang, surnames=loud)
