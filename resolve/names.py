"""Which token is given name, patronymic, surname, initial, particle, title; which gender?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from resolve import korean, tables
from resolve.arabic import as_one_word, is_tail
from resolve.endings import nominatives
from resolve.given import (
    EXACT,
    best_heard,
    given_gender,
    given_table,
    givenness,
    is_given,
    is_given_as_written,
    is_patronymic,
    patronymic_gender,
)
from resolve.indic import letter_name
from resolve.japanese import japanese_parts
from resolve.letters import fold, is_other, is_surname_first, surname_first, writing
from resolve.model import Name, Role, Token
from resolve.regnal import reign_of, roman
from resolve.text import WORD, clean, is_common, particles, script, words

MAX_ALTERNATIVES = 6
"""At most so many names are read from one written name."""

MAX_WORDS = 64
"""Of a name so many words are read; what has more is none."""

_SLASH = re.compile(r"/|;(?=\s)")
_VOWELS = frozenset("aeiouyаеёиоуыэюяіїє")
_SYLLABLE = (
    "(?:(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh|ts|tz|ss|kk|tt|pp|jj|hs|kw|gw|ph|th|kh|gy|hy|ky|my|ny|py|ry|by|hw)?'?"
    "[aeiou]{1,3}[aeou]?(?:ng|nh|[nklmprth])?"
    "|(?:[бпмфвдтнлгкхжчшщцрзс]|чж|цз|дж|чх|пх|тх|кх)?[аеёиоуыэюяій]{1,3}(?:нь|[нлмкпртйьъг])?)"
)
_ONE_SYLLABLE = re.compile(_SYLLABLE)
_SYLLABLES = re.compile(f"{_SYLLABLE}(?:{_SYLLABLE})?")
"""One or two syllables as Chinese, Korean and Vietnamese have them, in Latin or Cyrillic letters."""
_PARENTHESES = re.compile(r"\(([^()]*)\)")
_LABEL = re.compile(
    r"^\s*(?:(?:укр|рос|рус|бел|англ|aka|a\.k\.a|f\.k\.a|née|né|born|alias)\b\.?|[^\W\d_]+(?: [^\W\d_]+)?:(?=\s)|[^\W\d_]{4,}:(?=\w))\s*",
    re.IGNORECASE,
)
"""What stands before a name and is none: *née*, *a.k.a.*, *Stage name:*, *Category:*."""

_ORDINAL = re.compile(r"^\s*(?:\d+\s*(?:st|nd|rd|th|[.:]\w?|[ºª])|[IVXL]+\.?(?=\s\w))\s*")
"""What stands before a title of nobility: *4th*, *29.*, *VII*."""

CORE: frozenset[Role] = frozenset({"given", "surname", "unknown"})
VIETNAMESE = frozenset(
    [
        "bui",
        "chau",
        "dang",
        "dinh",
        "do",
        "doan",
        "duong",
        "ha",
        "ho",
        "hoang",
        "huynh",
        "lam",
        "le",
        "luong",
        "luu",
        "ly",
        "mai",
        "ngo",
        "nguyen",
        "pham",
        "phan",
        "phung",
        "ta",
        "thai",
        "tran",
        "trinh",
        "truong",
        "vo",
        "vu",
    ]
)
"""Family names of nine in ten Vietnamese, folded."""

_VIETNAMESE_SYLLABLE = re.compile(
    "(?:ngh?|nh|ch|gh|gi|kh|ph|th|tr|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)
"""A syllable of Vietnamese without its marks."""

NAMING: frozenset[Role] = CORE | {"patronymic", "initial"}


def parse(text: str, lang: str = "") -> Name:
    """Parse one written name into tokens with roles.

    Knows "Given Surname", "Surname, Given", "SURNAME Given", patronymics, initials, particles,
    titles and suffixes; a hyphenated part has the role of its head. A Chinese or Korean name
    without spaces opens with its surname.

    Args:
        text: the name as written.
        lang: ISO 639-1 code of the language it is written in, where known: its case endings apply.

    >>> [(t.text, t.role) for t in parse("ЛУКАШЕНКО Александр Григорьевич").tokens]
    [('ЛУКАШЕНКО', 'surname'), ('Александр', 'given'), ('Григорьевич', 'patronymic')]
    >>> [(t.text, t.role) for t in parse("Babaryka, Viktar").tokens]
    [('Babaryka', 'surname'), ('Viktar', 'given')]
    >>> [(t.text, t.role) for t in parse("毛泽东").tokens]
    [('毛', 'surname'), ('泽东', 'given')]

    """
    tokens = list(parts(text))
    comma = text.find(",", 0, _name_ends(text))
    behind = [token for token in tokens if token.start > comma]
    turned = any(len(token.text) > 1 and token.end <= comma for token in tokens) and text.count(",") == 1
    surname_ends = comma if turned and not all(token.text.casefold() in _suffixes() for token in behind) else -1
    loud = [len(t.text) > 1 and t.text.isupper() for t in tokens]
    if surname_ends < 0 and any(loud) and not all(loud):
        marked = {i for i, is_loud in enumerate(loud) if is_loud}
    else:
        marked = {i for i, t in enumerate(tokens) if t.end <= surname_ends}
    if tokens and surname_ends >= 0 and not any(i not in marked for i in range(len(tokens))):
        marked = set()
    return roles(tokens, text=text, lang=lang, surnames=marked)


@lru_cache(maxsize=16)
def parts(text: str) -> tuple[Token, ...]:
    """The words of a written name, without their roles.

    >>> [token.text for token in parts("毛泽东")]
    ['毛', '泽东']
    """
    return tuple(_apart(islice(words(text[: _name_ends(text)]), MAX_WORDS)))


@lru_cache(maxsize=1)
def _appositions() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for kind, word in tables.rows("appositions.tsv"):
        found.setdefault(kind, set()).add(word)
    return {kind: frozenset(known) for kind, known in found.items()}


def _name_ends(text: str) -> int:
    """Where a written name ends: before the comma that a title of nobility or degrees follow, else with the text.

    >>> text = "John Patten, Baron Patten"
    >>> text[: _name_ends(text)], _name_ends("Patten, John")
    ('John Patten', 12)
    """
    name, comma, rest = text.partition(",")
    if not comma or not name.strip():
        return len(text)
    table, behind = _appositions(), _ORDINAL.sub("", rest).casefold().split()
    while behind and behind[0] in table["before"]:
        del behind[0]
    ranked = bool(behind) and behind[0] in table["rank"]
    # Henri, Grand Duke of Luxembourg; but Patten, Lord John
    titled = ranked and (len(name.split()) > 1 or any(word in particles() or word == "of" for word in behind))
    bare = [word.replace(".", "").strip(",;") for word in behind]
    lettered = len(name.split()) > 1 and bool(bare) and all(word in table["degree"] for word in bare)
    return len(name) if titled or lettered else len(text)


def _apart(tokens: Iterable[Token]) -> Iterator[Token]:
    """The words of a name; one that is a Chinese, Korean or Japanese name without spaces is cut behind the surname."""
    found = list(tokens)
    surname, given = surname_first(found[0].text) if len(found) == 1 else ("", "")
    if not surname and len(found) == 1:
        surname, given = japanese_parts(found[0].text)
    if not surname or found[0].end - found[0].start != len(surname) + len(given):
        yield from found
        return
    middle = found[0].start + len(surname)
    yield replace(found[0], text=surname, end=middle)
    yield replace(found[0], text=given, start=middle)


def alternatives(text: str) -> tuple[str, ...]:
    """The names that one written name offers: on both sides of a slash, with and without parentheses.

    >>> alternatives("Анатолий ВАССЕРМАН / укр. Анатолій ВАССЕРМАН")
    ('Анатолий ВАССЕРМАН', 'Анатолій ВАССЕРМАН')
    >>> alternatives("Sergei (Siarhei) Ivanov")
    ('Sergei Ivanov', 'Siarhei Ivanov')
    >>> alternatives("Nur al-Din Zangi")
    ('Nur al-Din Zangi', 'Nureddin Zangi')
    >>> alternatives("石破茂")
    ('石破茂', '石破 茂')
    """
    found: dict[str, None] = {}
    for part in _SLASH.split(text):
        plain = _LABEL.sub("", part.strip()).strip(" ,;")
        bare = " ".join(_PARENTHESES.sub(" ", plain).split()).strip(" ,;")
        if bare:
            found[bare] = None
        if len(found) >= MAX_ALTERNATIVES:
            break
        for match in _PARENTHESES.finditer(plain):
            inner = _LABEL.sub("", match[1]).strip(" ,;")
            if not any(letter.isupper() or _is_caseless(letter) for letter in inner):
                # (politician), (1952-1997): tells namesakes apart, is no name
                continue
            before, after = plain[: match.start()].split(), _PARENTHESES.sub(" ", plain[match.end() :]).split()
            whole = len(inner.split()) > 1
            found[inner if whole else " ".join([*before[:-1], inner, *after])] = None
            if len(found) >= MAX_ALTERNATIVES:
                break
    for name in tuple(found):
        found.update(dict.fromkeys((*_as_japanese(name), *_as_transcribed(name))))
        if joined := as_one_word(name):
            found[joined] = None
    return tuple(islice(found, MAX_ALTERNATIVES)) or (text,)


def _as_japanese(name: str) -> Iterator[str]:
    """A name that opens with a Chinese surname, parted as a Japanese one: 石破 茂, which could be Mr 石."""
    parted = japanese_parts(name)
    if any(parted) and any(surname_first(name)) and surname_first(name) != parted:
        yield " ".join(parted)


SYLLABLES_A_PART = 2
"""A part of a transcribed name has at least so many characters."""

LONGEST_TRANSCRIBED = 10
"""What has more characters is no name of two parts that are written together."""


def _as_transcribed(name: str) -> Iterator[str]:
    """A foreign name in Chinese characters without the dot between its parts, in two wherever they may part: 阿兹敏阿里, *Azmin Ali*."""
    longer = 2 * SYLLABLES_A_PART <= len(name) <= LONGEST_TRANSCRIBED and " " not in name
    if not longer or not all(script(character) == "Cjk" for character in name):
        return
    if any(surname_first(name)) or any(japanese_parts(name)):
        # 司徒宇斌, 小泉純一郎
        return
    places = range(SYLLABLES_A_PART, len(name) - SYLLABLES_A_PART + 1)
    # parts of like length are likelier
    for place in sorted(places, key=lambda place: abs(2 * place - len(name))):
        yield f"{name[:place]} {name[place:]}"


def _is_caseless(letter: str) -> bool:
    return letter.isalpha() and letter.upper() == letter.lower()


GIVEN_FIRST = frozenset({"Arabic", "Hebrew", "Greek", "Georgian", "Armenian", "Devanagari", "Bengali", "Kana"})
"""Writings whose languages put the given name first: the first word is no surname where it may spell a given name."""


def roles(tokens: Iterable[Token], text: str = "", lang: str = "", surnames: Iterable[int] = ()) -> Name:
    """Give every token of a name its role; ``surnames`` are indices known to be the surname."""
    found = list(tokens)
    marked = set(surnames)
    korean_ = not marked and _is_korean(found)
    if korean_:
        # Пан, Bu, Ы: its syllables are titles, particles and initials elsewhere
        marked = {0}
        found = [replace(token, role="unknown" if i else "surname") for i, token in enumerate(found)]
    else:
        found = _without_titles([_first_look(found, i) for i in range(len(found))])
    marked = {i for i in marked if found[i].role in {"unknown", "given", "surname"}}
    if not marked and (ruler := _ruler(found)):
        return replace(Name(text, ruler), gender=gender(Name(text, ruler), lang))
    for i in marked:
        found[i] = replace(found[i], role="surname")
    if marked == set(range(len(marked))) and not korean_:
        found[len(marked) :] = _without_titles(found[len(marked) :])
    core = [i for i, token in enumerate(found) if token.role in CORE and not _is_tail(found, i)]
    _patronymics(found, core, lang)
    core = [i for i in core if found[i].role in CORE]
    if not marked:
        _surname(found, core, lang)
    for i, token in enumerate(found):
        if token.role == "unknown" and not _is_tail(found, i) and len(core) > 1:
            found[i] = replace(token, role="given")
        elif _is_tail(found, i) and token.role in CORE:
            found[i] = replace(token, role=found[i - 1].role)
    _tails(found)
    return Name(text, tuple(found), gender(Name(text, tuple(found)), lang))


def _tails(found: list[Token]) -> None:
    """The word before one that is only a part of a name is of the surname as well: *Samir Nasr Allah*, *Hashim Safi al-Din*."""
    own = [i for i, token in enumerate(found) if token.role in CORE]
    if len(own) > 2 and is_tail(found[own[-1]].text) and found[own[-1]].role == "surname":
        found[own[-2]] = replace(found[own[-2]], role="surname")


def _ruler(tokens: list[Token]) -> tuple[Token, ...]:
    """The name of a ruler, which has a number and no surname; empty where it is none: *Charles V*, *John Paul II*."""
    if not reign_of(Name("", tuple(tokens))):
        return ()
    rest: frozenset[Role] = frozenset({"title", "particle"})
    own: list[Role] = [
        token.role if token.role in rest else "suffix" if roman(token.text) else "given" for token in tokens
    ]
    return tuple(replace(token, role=role) for token, role in zip(tokens, own, strict=True))


def _is_korean(tokens: list[Token]) -> bool:
    """Whether a name is a surname and two syllables in Latin or Cyrillic letters: *Ban Ki-moon*, *Пак Ы Чун*."""
    if len(tokens) != 3 or tokens[1].glue or any(t.text.islower() and not t.glue for t in tokens):
        return False
    if any(token.role not in {"unknown", "initial", "particle"} for token in tokens):
        return False
    return korean.is_surname(tokens[0].text) and korean.is_name([token.text for token in tokens])


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """Whether a word is one syllable as Chinese, Korean and Vietnamese have them.

    >>> is_syllable("Jong"), is_syllable("wen"), is_syllable("led"), is_syllable("based")
    (True, True, False, False)
    """
    return _ONE_SYLLABLE.fullmatch(word.casefold()) is not None


def _is_tail(tokens: list[Token], i: int) -> bool:
    """Whether a token goes on with the word before it (*Kara-Murza*); behind a particle it does not (*al-Aruri*)."""
    return tokens[i].glue == "-" and i > 0 and tokens[i - 1].role != "particle"


def _first_look(tokens: list[Token], i: int) -> Token:
    """The role that the word alone and its place tell, where they do."""
    token = tokens[i]
    if token.role != "unknown":
        return token
    word = token.text.casefold()
    single = len(token.text) == 1 and writing(token.text) not in {"Han", "Hangul"}
    if single or _are_initials(tokens, i) or _is_letter_name(tokens, i):
        return replace(token, role="initial")
    if word in _suffixes() and i:
        return replace(token, role="suffix")
    if word in particles() and _stands_as_particle(tokens, i):
        return replace(token, role="particle")
    return token


def _is_letter_name(tokens: list[Token], i: int) -> bool:
    """Whether a word is an initial in a script of India, which writes them as they are called: *एम. के. गांधी*."""
    return bool(letter_name(tokens[i].text)) and not all(letter_name(token.text) for token in tokens[i:])


def _are_initials(tokens: list[Token], i: int) -> bool:
    """Whether a word is initials run together: *JC Juncker*; capitals without a vowel beside a word that has small letters."""
    text = tokens[i].text
    loud = 2 <= len(text) <= 3 and text.isupper() and not set(fold(text)) & _VOWELS and text.casefold() not in titles()
    return loud and any(not other.text.isupper() and len(other.text) > 1 for other in tokens)


def _stands_as_particle(tokens: list[Token], i: int) -> bool:
    """Whether a particle's word is one here: *al-Tikriti*, *Ursula von der Leyen*; not *Al Gore*, *An Jung-geun*."""
    token = tokens[i]
    if token.text.islower() or (i + 1 < len(tokens) and tokens[i + 1].glue == "-" and len(token.text) <= 4):
        return i + 1 < len(tokens) or i == 0
    return not is_given(token.text) and (i > 0 or token.text.isupper()) and 2 < len(tokens) != i + 1


def _without_titles(tokens: list[Token]) -> list[Token]:
    """Mark the titles that open a name, or what follows its surname, as long as something remains."""
    found = list(tokens)
    for i, token in enumerate(found):
        rest = any(later.role in CORE for later in found[i + 1 :])
        if token.role != "unknown" or token.text.casefold() not in titles() or not rest:
            break
        last = [later for later in found[i + 1 :] if later.role in CORE]
        if token.text.casefold() in _called() and len(last) == 1 and not is_given_as_written(last[0].text):
            # Don Young; but Don Felipe, Don Felipe Calderón
            break
        found[i] = replace(token, role="title", gender=titles()[token.text.casefold()])
    return found


def _patronymics(found: list[Token], core: list[int], lang: str) -> None:
    """A token with a patronymic's ending is one where it follows a given name and a surname stands too.

    In the last place it may be a surname instead, unless the surname is known, stands first or it is
    made from a father's name: Krystyna Helena Sienkiewicz, but Шиллер Ростислав Гугович.
    """
    surname_known = any(found[i].role == "surname" for i in core)
    for i in core[1:]:
        if i + 1 < len(found) and (sex := _child_words().get(fold(found[i + 1].text))):
            found[i] = replace(found[i], role="patronymic", gender=sex)
            if not found[i + 1].glue:
                found[i + 1] = replace(found[i + 1], role="particle")
    for place, i in enumerate(core):
        sex = patronymic_gender(found[i].text, lang)
        if not sex or not place or found[i].role == "surname" or found[core[place - 1]].role == "patronymic":
            # Роман Аркадьевич Абрамович: the second of two is the surname
            continue
        last = place == len(core) - 1
        fathers = is_patronymic(found[i].text, lang)
        between = len(core) == 3 and (not last or fathers)
        if not is_given(found[core[place - 1]].text, lang) and not between:
            continue
        surname_first = len(core) == 3 and givenness(found[core[0]].text, lang) < EXACT
        sure = surname_known or not last or surname_first or (len(core) > 2 and fathers)
        # Светлана Александровна; but Svetlana Alexievich and Александр Григорьевич may be surnames
        if sure or (len(core) == 2 and sex == "f"):
            found[i] = replace(found[i], role="patronymic", gender=sex)


@lru_cache(maxsize=1)
def _child_words() -> dict[str, str]:
    """Folded words that say son or daughter behind a father's name, and the gender: *oğlu*, *кызы*."""
    return {fold(word): sex for word, sex in tables.rows("patronymic_words.tsv")}


def _surname(found: list[Token], core: list[int], lang: str) -> None:
    """Decide which of the core tokens is the surname: the last, unless only the last is a given name,
    a patronymic closes the name or an East Asian family name opens it.
    """
    if not core:
        return
    if len(core) == 1:
        known = is_given(found[core[0]].text, lang)
        found[core[0]] = replace(found[core[0]], role="given" if known else "surname")
        return
    first, last = core[0], core[-1]
    swapped = _is_swapped(found[first].text, found[last].text, lang)
    closed = any(token.role == "patronymic" for token in found[last:]) and found[last + 1].role == "patronymic"
    eastern = _is_family_first([token.text for token in found]) or _opens_with_surname(found, core)
    place = first if swapped or closed or eastern else last
    found[place] = replace(found[place], role="surname")


def _is_swapped(first: str, last: str, lang: str) -> bool:
    """Whether of the first and the last word of a name the last is the given name: *Babaryka Viktar*.

    Given names of few letters are never sure in a script that leaves vowels out: *بیل توماس* is Bill Thomas.
    """
    if givenness(last, lang) <= givenness(first, lang):
        return False
    return not (is_other(first) and writing(first) in GIVEN_FIRST and best_heard(first) > 0)


def _is_family_first(words: list[str]) -> bool:
    """Whether the words are an East Asian family name and then one or two words of short syllables.

    >>> _is_family_first(["Moon", "Jae", "in"]), _is_family_first(["Kim", "Novak"])
    (True, False)
    """
    first, *rest = words
    if _is_spelt_abroad(words):
        return True
    if fold(first) not in _family_first() or not 1 <= len(rest) <= 2:
        return False
    if any(givenness(word, "") == EXACT for word in rest) and len(rest) == 1:
        return False
    return all(_SYLLABLES.fullmatch(fold(word)) for word in rest)


def _is_spelt_abroad(words: list[str]) -> bool:
    """Whether words are a Chinese surname and two syllables: *Tan Seng Giaw*; but *Mei Ling Wong*."""
    if len(words) != SYLLABLES_ABROAD or not _is_family_abroad(words[0]):
        return False
    if fold(words[-1]) in _spelt_abroad() or korean.is_surname(words[-1]):
        return False
    return all(
        _ABROAD.fullmatch(fold(word)) and givenness(word, "") < EXACT and word.casefold() not in particles()
        for word in words[1:]
    )


SYLLABLES_ABROAD = 3
"""So many words a Chinese name has where it is written without a hyphen, as in Malaysia and Singapore."""

_ABROAD = re.compile("[bcdfghjklmnprstwyz]{0,3}[aeiou]{1,3}(?:ng|nn|nh|ck|[nklmprthwy])?|hng|ng|ngh")


def _is_family_abroad(word: str) -> bool:
    """Whether a word is a Chinese surname, in pinyin or as it is spelt outside Mandarin."""
    return fold(word) in _spelt_abroad() or is_surname_first(word, "", "")


@lru_cache(maxsize=1)
def _spelt_abroad() -> frozenset[str]:
    return frozenset(spelling for row in tables.rows("surnames_abroad.tsv") for spelling in row[1].split())


@lru_cache(maxsize=1)
def _family_first() -> frozenset[str]:
    return frozenset(fold(name) for name, _script in tables.rows("family_first.tsv"))


def is_vietnamese(words: list[str]) -> bool:
    """Whether the words are a Vietnamese name as Vietnam writes it: a family name, a middle name and a given name.

    >>> is_vietnamese(["Nguyễn", "Văn", "Minh"]), is_vietnamese(["Le", "Van", "Long"]), is_vietnamese(["Le", "Corbusier", "Paul"])
    (True, True, False)
    """
    if not 3 <= len(words) <= 5 or fold(words[0]) not in VIETNAMESE:
        return False
    return all(script(word) == "Latin" and _VIETNAMESE_SYLLABLE.fullmatch(fold(word)) for word in words)


def _opens_with_surname(found: list[Token], core: list[int]) -> bool:
    """Whether two words are a Chinese or Korean name: without a space between, Korean in shape, or Kim Yong-il."""
    if len(core) != 2:
        return False
    first, second = found[core[0]], found[core[1]]
    tail = found[core[1] + 1] if core[1] + 2 == len(found) and found[-1].glue == "-" else None
    if tail is not None:
        return core[1] == 1 and is_surname_first(first.text, second.text, tail.text)
    surname, _given = surname_first(first.text + second.text)
    surname = surname or japanese_parts(first.text + second.text)[0]
    return surname == first.text and (first.end == second.start or writing(first.text) == "Hangul")


def gender(name: Name, lang: str = "") -> str:
    """The gender that a name's parts agree on: patronymic, given name, title, then surname ending."""
    for token in name.role("patronymic"):
        return token.gender
    for token in name.role("given"):
        if sex := given_gender(token.text, lang):
            return sex
    for token in name.role("title"):
        if token.gender:
            return token.gender
    for token in name.role("surname"):
        return surname_gender(token.text)
    return ""


def is_womans(name: Name) -> bool:
    """Whether the first given name of a name is one that hardly any man bears; false where that is not known.

    >>> from resolve.names import parse
    >>> is_womans(parse("Tiffany Trump")), is_womans(parse("Nikola Jokić"))
    (True, False)
    """
    given = name.role("given")
    return bool(given) and fold(given[0].text) in _women()


@lru_cache(maxsize=1)
def _women() -> frozenset[str]:
    return frozenset(name for (name,) in tables.rows("women.tsv"))


# ---------------------------------------------------------------- names of plain words


def is_plain(piece: str) -> bool:
    """Whether what stands between the spaces of a name is one word of Latin or Cyrillic letters, written as it is filed.

    >>> is_plain("Ціханоўская"), is_plain("Kara-Murza"), is_plain("Kim,"), is_plain("毛泽东")
    (True, False, False, False)
    """
    known = piece.isalpha() and script(piece) in {"Latin", "Cyrillic"}
    return known and WORD.fullmatch(piece) is not None and clean(piece) == piece


def plain_givenness(word: str, lang: str = "") -> int | None:
    """`givenness` of a plain word (`is_plain`), where nothing else tells its role in a name of such words; None elsewhere.

    None is said of what may be a title, a particle, an initial, a patronymic or part of one, or an East Asian surname.

    Args:
        word: the word.
        lang: ISO 639-1 code of the language of the name, where known.

    >>> plain_givenness("Viktar"), plain_givenness("Babaryka"), plain_givenness("Kim"), plain_givenness("Иванович")
    (2, 0, None, None)

    """
    lower = word.casefold()
    if len(word) == 1 or word.isupper() or lower in titles() or lower in _suffixes() or lower in particles():
        return None
    family = fold(word) in _family_first() or _is_family_abroad(word)
    if family or korean.is_surname(word) or patronymic_gender(word, lang) or is_tail(word):
        return None
    if fold(word) in _child_words():
        return None
    return givenness(word, lang)


def plain_roles(given: Sequence[int]) -> Iterator[Role]:
    """The roles that `parse` gives to the words of a name, by their `plain_givenness`; a single word is a surname.

    >>> list(plain_roles([2, 0])), list(plain_roles([0, 2])), list(plain_roles([2]))
    (['given', 'surname'], ['surname', 'given'], ['surname'])
    """
    surname = 0 if given[-1] > given[0] else len(given) - 1
    return ("surname" if place == surname else "given" for place in range(len(given)))


# ---------------------------------------------------------------- what the tables know of a word


@lru_cache(maxsize=1)
def _called() -> frozenset[str]:
    """The titles that are given names as well: *Don*."""
    return frozenset(map(fold, given_table())).intersection(titles())


@lru_cache(maxsize=1)
def _title_table() -> tuple[dict[str, str], dict[tuple[str, str], str], frozenset[tuple[str, str]]]:
    """Titles with the gender that they tell, those that are titles in one language only, and titles by language."""
    found: dict[str, str] = {}
    own: dict[tuple[str, str], str] = {}
    spoken: set[tuple[str, str]] = set()
    for lang, word, sex, only in tables.rows("titles.tsv"):
        spoken.add((lang, word))
        if only or len(word) == 1:
            own[lang, word] = sex
        if only:
            continue
        # a word that tells a gender in one language (en Mr) and none in another tells it
        known = found.get(word, sex)
        found[word] = (sex or known) if not (sex and known) or sex == known else ""
    return found, own, frozenset(spoken)


def titles() -> dict[str, str]:
    """Titles and offices in lower case, with the gender that they tell."""
    return _title_table()[0]


def own_titles() -> dict[tuple[str, str], str]:
    """Single letters and names that are titles in a language: *M.* before a name in French, *Rais* in Swahili."""
    return _title_table()[1]


@lru_cache(maxsize=1)
def _sons() -> frozenset[str]:
    return frozenset(word for word, scope in tables.rows("particles.tsv") if scope == "son")


def is_son(word: str) -> bool:
    """Whether a particle says whose son or daughter somebody is: *bin*, *ould*."""
    return word.casefold() in _sons()


@lru_cache(maxsize=1)
def _suffixes() -> frozenset[str]:
    return frozenset(word.casefold() for word, scope in tables.rows("particles.tsv") if scope == "suffix")


@lru_cache(maxsize=1)
def _surname_endings() -> dict[str, str]:
    return {ending: sex for ending, _script, sex in tables.rows("surname_gender.tsv")}


@lru_cache(maxsize=65536)
def surname_gender(word: str) -> str:
    """The gender that a surname's ending tells, empty where it tells none.

    >>> surname_gender("Ціханоўская"), surname_gender("Tichanowski"), surname_gender("Babaryka")
    ('f', 'm', '')
    """
    lower, table = word.casefold(), _surname_endings()
    for size in range(min(6, len(lower) - 2), 1, -1):
        if (sex := table.get(lower[-size:])) is not None:
            return sex if sex != "-" else ""
    return ""


@lru_cache(maxsize=1)
def _bearers() -> tuple[frozenset[tuple[str, str]], tuple[tuple[str, str], ...]]:
    whole, stems = set(), []
    for _lang, word, place in tables.rows("name_bearers.tsv"):
        if word.endswith("*"):
            stems.append((place, word[:-1]))
        else:
            whole.add((place, word))
    return frozenset(whole), tuple(stems)


@lru_cache(maxsize=16384)
def bears_name(word: str, place: str) -> bool:
    """Whether a word is for a thing that may be called after a person.

    Args:
        word: the word next to a name.
        place: where it stands, ``"before"`` or ``"after"`` the name.

    >>> bears_name("бульваре", "before"), bears_name("Tower", "after"), bears_name("Tower", "before")
    (True, True, False)

    """
    lower = word.casefold()
    whole, stems = _bearers()
    return (place, lower) in whole or any(side == place and lower.startswith(stem) for side, stem in stems)


@lru_cache(maxsize=1)
def _place_words() -> frozenset[str]:
    return frozenset(word for table in ("place_words.tsv", "city_words.tsv") for _lang, word in tables.rows(table))


@lru_cache(maxsize=65536)
def is_place(word: str, lang: str = "") -> bool:
    """Whether a word, or its nominative, is the name of a country or a well-known city.

    >>> is_place("Францией", "ru"), is_place("Německu", "cs"), is_place("Франц", "ru")
    (True, True, False)
    """
    known, lower = _place_words(), word.casefold()
    if lower in known or any(stem.casefold() in known for stem, _sex in nominatives(word, lang)):
        return True
    # a neuter that no name declines like: Německ-o, -u
    return any(lower[-1:] == ending and lower[:-1] + "o" in known for ending in "uae") or (
        lower[-2:] in {"em", "im"} and lower[:-2] + "o" in known
    )


@lru_cache(maxsize=1)
def _institution_words() -> frozenset[str]:
    return frozenset(fold(word) for _script, word in tables.rows("institution_words.tsv"))


@lru_cache(maxsize=65536)
def is_institution(word: str, lang: str = "") -> bool:
    """Whether a word, or its nominative, is the name of a platform, an agency, a firm or a parliament.

    >>> is_institution("Bundestagu", "pl"), is_institution("Твиттере", "ru"), is_institution("Твардовский", "ru")
    (True, True, False)
    """
    known = _institution_words()
    return fold(word) in known or any(fold(stem) in known for stem, _sex in nominatives(word, lang))


def _titles_by_language() -> frozenset[tuple[str, str]]:
    return _title_table()[2]


def is_title_in(word: str, lang: str) -> bool:
    """Whether a word is a title or an office in a language.

    >>> is_title_in("Premier", "pl"), is_title_in("Conte", "sl")
    (True, False)
    """
    return (lang, word.casefold()) in _titles_by_language()


@lru_cache(maxsize=65536)
def is_word_in(word: str, lang: str) -> bool:
    """Whether a word, or its nominative, is a title or a common word of a language; of any where it is unknown.

    >>> is_word_in("Kim", "pl"), is_word_in("Kim", "sl")
    (True, False)
    """
    for spelling in (word, *(stem for stem, _sex in nominatives(word, lang))):
        if is_title_or_common(spelling) and not lang:
            return True
        if is_common(spelling, lang) or (lang, spelling.casefold()) in _titles_by_language():
            return True
    return False


def is_namelike(word: str) -> bool:
    """Whether a word is written like a part of a name: it opens with a capital letter."""
    return word[:1].isupper() or word[:1].istitle()


def is_title_or_common(word: str) -> bool:
    """Whether a capitalised word is a title, an office or a common word rather than a name."""
    return word.casefold() in titles() or is_common(word)
