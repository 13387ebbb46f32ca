"""Which spans could be names?

Words that open with a capital letter run together into mentions: across single line breaks, through
particles (*van der*), initials (*С. Е. Нарышкин*) and hyphens. Which part of a run names somebody
is decided later, with the gazetteer at hand.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from resolve.endings import nominatives
from resolve.given import is_given
from resolve.lexicon import is_name_word
from resolve.model import Mention, Role, Token
from resolve.names import bears_name, is_namelike, is_syllable, is_title_or_common, own_titles, titles
from resolve.scan import NAMELIKE, PARTICLE, SMALL, Words
from resolve.text import APOSTROPHES, HYPHENS, guess_language, particles as particle_words, script

MAX_RUN = 24
"""Longer runs (a table in capitals) are cut, in words."""

CONJUNCTIONS = frozenset(
    [
        "and",
        "&",
        "и",
        "і",
        "й",
        "та",
        "ды",
        "und",
        "et",
        "i",
        "oraz",
        "ir",
        "un",
        "ja",
        "y",
        "e",
        "o",
        "og",
        "och",
        "en",
        "a",
        "és",
        "ve",
        "și",
        "και",
        "და",
        "և",
        "i",
    ]
)
"""What joins two given names before one surname."""

QUOTES = "\"'“”„‟«»‹›‘’‚"
SIGNS = QUOTES + "&"
"""What is kept of the punctuation beside a run."""

MAX_PARTICLES = 3
"""At most so many particles open a name."""

ABBREVIATION = 5
"""A longer word before a full stop ends the sentence: *болезни. Стив Джобс*, but *ул. Ленина*."""

LETTERS = 2
"""A word of more letters is no initial."""

ROMAN = frozenset("IVXLC")

_ENTRY_ENDS = frozenset(",;.)\n") | {""}
"""What stands behind an entry of a list within a line."""

MAX_LEAD = 40
"""How far back the opening of a sentence is looked for, in code points."""

SET_OFF = frozenset({"tr", "az", ""})
"""Languages that may set case endings off by an apostrophe, where they are told; no other language has such endings there."""

_TURKISH = re.compile("['’](?:n?[ıiuü]n|y?[aeıiuü]|n[ae]|n?[dt][ae]n?|y?l[ae])\\b")
"""A Turkish case ending behind an apostrophe; where the language is not told only a text that has one is looked at so."""

LEAST_LOUD = 4
"""A line of fewer words is never loud."""

LOUD_OTHERS = 2
"""In a line where a capital says nothing so many words beside the names have one at least."""

LOUD_SHARE = 0.7
"""Where at least so many words of a line open with a capital, a capital says nothing."""


def find(text: str, tokens: Sequence[Token] | None = None) -> tuple[list[Mention], str]:
    """Find the runs of name-like words of a text, in reading order, and guess its language.

    Args:
        text: the document.
        tokens: its words, where they were found already.

    >>> [text[m.start : m.end] for text in ["Viktar and Eduard Babaryka met D. Peskov."]
    ...  for m in find(text)[0]]
    ['Viktar', 'Eduard Babaryka', 'D. Peskov']

    """
    tokens = Words(text) if tokens is None else tokens
    lang = tokens.language() if isinstance(tokens, Words) else guess_language(tokens)
    tokens = bare(text, tokens, lang)
    found = list(_runs_among(text, tokens, lang) if isinstance(tokens, Words) else _runs(text, tokens, lang))
    return _coordinate(text, found), lang


def bare(text: str, tokens: Sequence[Token], lang: str) -> Sequence[Token]:
    """The words of a text without the case endings that Turkish sets off by an apostrophe; those of other languages as they are."""
    if lang != "tr" and not (lang in SET_OFF and _TURKISH.search(text)):
        return tokens
    return [_bare(text, token) for token in tokens]


def _bare(text: str, token: Token) -> Token:
    """A word without the case ending that Turkish sets off from names by an apostrophe: *Erdoğan'ın*."""
    name, mark, ending = token.text.partition("\N{RIGHT SINGLE QUOTATION MARK}")
    raw = text[token.start : token.end]
    if not mark or not ending.islower() or (name, ending) not in _endings_behind(token.text):
        return token
    cut = max(raw.rfind(sign) for sign in APOSTROPHES)
    return replace(token, text=name, end=token.start + cut) if cut > 0 else token


def _endings_behind(word: str) -> set[tuple[str, str]]:
    """The names that a Turkish word may be, with what it ends in."""
    return {(stem, word[len(stem) + 1 :]) for stem, _sex in nominatives(word, "tr") if word.startswith(stem)}


def _runs_among(text: str, tokens: Words, lang: str) -> Iterator[Mention]:
    """What `_runs` finds, looking only at the words that open with a capital and those right behind them."""
    loud, lowered = tokens.loud(LEAST_LOUD, LOUD_SHARE), tokens.spellings(SMALL)
    loud = loud if any(is_loud for _, is_loud in loud) else []
    marks = _Marks(text, tokens, lowered, lang)
    words, starts, ends, glued, flags = tokens.texts(), tokens.starts, tokens.ends, tokens.glued, tokens.flags()
    size, behind = len(words), 0
    for first in tokens.having(NAMELIKE):
        if first < behind or (_is_and(words[first]) and text[ends[first] : ends[first] + 1] != "."):
            continue
        run = _lead(text, tokens, first) if first and flags[first - 1] & PARTICLE else []
        before = _word_before(text, tokens, first - len(run))
        run.append(marks.at(first, words[first]))
        behind, after = first + 1, ""
        while behind < size:
            gap = text[ends[behind - 1] : starts[behind]]
            may = (flags[behind] & _GOING_ON or glued[behind]) and len(run) < MAX_RUN
            token = None
            if may and _joins(gap, run[-1], words[behind], glued[behind]):
                if flags[behind] & NAMELIKE and not _is_and(words[behind]):
                    token = marks.at(behind, words[behind], "\n" if "\n" in gap else "-" if glued[behind] else "")
                else:
                    token = _next(text, tokens, behind, gap, lowered, lang)
            if token is None:
                spaced = gap == " " and not glued[behind]
                after = words[behind] if spaced else _beside(gap, "-" if glued[behind] else "", words[behind])
                break
            _extend(run, token)
            behind += 1
        yield _mention(text, run, loud, before, after)


_GOING_ON = NAMELIKE | PARTICLE


class _Marks:
    """What the words of a text are that open runs; every spelling is looked up once."""

    def __init__(self, text: str, tokens: Words, lowered: Collection[str], lang: str) -> None:
        self._text, self._starts, self._ends = text, tokens.starts, tokens.ends
        self._lowered, self._lang = lowered, lang
        self._known: dict[str, tuple[Role, str]] = {}
        self._dotted: dict[str, tuple[Role, str]] = {}

    def at(self, place: int, word: str, glue: str = "") -> Token:
        """The word at a place, marked as `_mark` does."""
        end = self._ends[place]
        dotted = self._text[end : end + 1] == "."
        known = self._dotted if dotted else self._known
        if word not in known:
            folded = word.casefold()
            known[word] = _role(word, folded, self._lang, dotted, folded in self._lowered)
        role, gender = known[word]
        return Token(word, self._starts[place], end, role, gender, glue)


def _next(
    text: str, tokens: Sequence[Token], place: int, gap: str, lowered: Collection[str], lang: str
) -> Token | None:
    """The word at ``place`` as the next one of a run that it may join; None where it ends the run."""
    token = tokens[place]
    if is_namelike(token.text) and not _is_conjunction(text, token):
        return _marked(text, token, lowered, "\n" if "\n" in gap else token.glue, lang)
    if token.text in joining() and _goes_on(text, tokens, place):
        return replace(token, role="particle")
    return token if token.glue and _is_second(tokens[place - 1].text, token.text) else None


def _extend(run: list[Token], token: Token) -> None:
    """A run goes on with a word; a syllable before the second one of a given name is no common word: *Kim Yo-jong*."""
    if token.role == "unknown" and token.glue and token.text.islower():
        run[-1] = replace(run[-1], role="unknown")
    run.append(token)


def _is_second(first: str, word: str) -> bool:
    """Whether a word in lower case behind a hyphen is the second syllable of a given name: *Kim Jong-un*, *Tsai Ing-wen*."""
    return word.islower() and first[:1].isupper() and is_syllable(first) and is_syllable(word)


def _marked(text: str, token: Token, lowered: Collection[str], glue: str, lang: str) -> Token:
    return _mark(token, lowered, glue, lang, text[token.end : token.end + 1] == ".")


def _word_before(text: str, tokens: Sequence[Token], first: int) -> str:
    """What stands before the run that begins with the word at ``first``.

    What is called after a person counts over the title between: *улица маршала Жукова*.
    """
    found = _next_before(text, tokens, first)
    if _is_title(found) and bears_name(earlier := _next_before(text, tokens, first - 1), "before"):
        return earlier
    return found


@lru_cache(maxsize=65536)
def _is_title(word: str) -> bool:
    return word.casefold() in titles()


def _next_before(text: str, tokens: Sequence[Token], first: int) -> str:
    """The word that stands right before the one at ``first``, or the sign between; empty where there is none."""
    if not first:
        return ""
    if isinstance(tokens, Words):
        gap, glued = text[tokens.ends[first - 1] : tokens.starts[first]], tokens.glued[first]
        word = tokens.spelling(first - 1)
        return word if gap == " " and not glued else _beside(gap, "-" if glued else "", word, first=False)
    gap = text[tokens[first - 1].end : tokens[first].start]
    return _beside(gap, tokens[first].glue, tokens[first - 1].text, first=False)


def _runs(text: str, tokens: Sequence[Token], lang: str) -> Iterator[Mention]:
    loud, lowered = _loud_lines(text, tokens), {token.text for token in tokens if token.text.islower()}
    run: list[Token] = []
    before = ""
    for i, token in enumerate(tokens):
        gap = text[tokens[i - 1].end : token.start] if i else "\n\n"
        joined = bool(run) and _joins(gap, run[-1], token.text, bool(token.glue)) and len(run) < MAX_RUN
        if joined and (found := _next(text, tokens, i, gap, lowered, lang)):
            _extend(run, found)
            continue
        if run:
            yield _mention(text, run, loud, before, _beside(gap, token.glue, token.text))
        run = []
        if is_namelike(token.text) and not _is_conjunction(text, token):
            run = _lead(text, tokens, i)
            before = _word_before(text, tokens, i - len(run))
            run.append(_marked(text, token, lowered, "", lang))
    if run:
        yield _mention(text, run, loud, before, "")


def _lead(text: str, tokens: Sequence[Token], i: int) -> list[Token]:
    """The particles in lower case right before a name (*von der* Leyen)."""
    found: list[Token] = []
    follower = tokens[i]
    for place in range(i - 1, max(0, i - MAX_PARTICLES) - 1, -1):
        token = tokens[place]
        if token.text not in joining() or text[token.end : follower.start].strip(" \N{NO-BREAK SPACE}"):
            break
        found.insert(0, replace(token, role="particle"))
        follower = token
    return found


@lru_cache(maxsize=1)
def joining() -> frozenset[str]:
    """Particles that go on with a name, and do not begin another."""
    return particle_words() - CONJUNCTIONS


def _mark(token: Token, lowered: Collection[str], glue: str, lang: str, dotted: bool) -> Token:
    """Mark a word that is capitalised without being a name: a title, or one seen in lower case."""
    folded = token.text.casefold()
    role, gender = _role(token.text, folded, lang, dotted, folded in lowered)
    return Token(token.text, token.start, token.end, role, gender, glue)


@lru_cache(maxsize=65536)
def _role(word: str, folded: str, lang: str, dotted: bool, lowered: bool) -> tuple[Role, str]:
    """What a capitalised word is in a run, and the gender that it tells."""
    if len(folded) == 1:
        if (lang, folded) in own_titles() and dotted:
            return "title", own_titles()[lang, folded]
        return ("common" if is_title_or_common(folded) and not dotted else "initial"), ""
    if (lang, folded) in own_titles():
        return "title", own_titles()[lang, folded]
    if folded in titles():
        return "title", titles()[folded]
    return ("common" if (is_title_or_common(folded) or lowered) and not is_given(word) else "unknown"), ""


def _is_conjunction(text: str, token: Token) -> bool:
    """Whether a capital is the "and" of a line in capitals (ЛУКАШЕНКО И ПУТИН) and no initial."""
    return _is_and(token.text) and text[token.end : token.end + 1] != "."


@lru_cache(maxsize=65536)
def _is_and(word: str) -> bool:
    return word.isupper() and word.casefold() in CONJUNCTIONS


def _joins(gap: str, last: Token, word: str, glued: int) -> bool:
    """Whether what stands between the last word of a run and another keeps them in one run."""
    if glued and gap in HYPHENS:
        return True
    if gap and gap[0] not in " .\n" and not gap.isspace():
        return False
    if _changes_script(last.text, word):
        return False
    if gap.startswith("."):
        # С.Е.Нарышкин, D. Peskov, Dr. Who
        gap = gap[1:] if len(last.text) <= 2 or last.role == "title" else gap
        return not gap.strip() and "\n" not in gap
    return bool(gap) and not gap.strip() and gap.count("\n") <= 1


def _changes_script(left: str, right: str) -> bool:
    """Whether two words are in two scripts, and so of two names: *Lockheed Martin Боб Стивенс*; not initials and numerals."""
    if min(len(left), len(right)) <= LETTERS or ROMAN.issuperset(left) or ROMAN.issuperset(right):
        return False
    return script(left) != script(right)


def _beside(gap: str, glue: str, word: str, first: bool = True) -> str:
    """A word next to a run, with the hyphen that binds it; or the ``&`` or quotation mark that alone stands between."""
    if glue:
        return f"-{word}" if first else f"{word}-"
    if (sign := gap.strip()) and sign in SIGNS:
        return sign
    short = not first and len(word) <= ABBREVIATION and bears_name(word, "before")
    bare = gap.removeprefix(".") if short else gap
    return word if not bare.strip() and gap.count("\n") <= 1 else ""


def _goes_on(text: str, tokens: Sequence[Token], i: int) -> bool:
    """Whether a name goes on after the particle at ``i`` (*von der Leyen*, not *de facto*)."""
    for last, token in zip(tokens[i : i + 3], tokens[i + 1 : i + 4], strict=False):
        if text[last.end : token.start].strip(" \N{NO-BREAK SPACE}" + HYPHENS):
            return False
        if is_namelike(token.text):
            return True
        if token.text not in particle_words():
            return False
    return False


def _loud_lines(text: str, tokens: Sequence[Token]) -> list[tuple[int, bool]]:
    """Where every line with words ends, and whether nearly all its words open with a capital."""
    found: list[tuple[int, bool]] = []
    end = capitals = total = 0
    for token in tokens:
        if token.start >= end:
            found.append((end, total >= LEAST_LOUD and capitals >= LOUD_SHARE * total))
            end = text.find("\n", token.end)
            end, capitals, total = len(text) if end < 0 else end, 0, 0
        capitals += is_namelike(token.text)
        total += 1
    return [*found[1:], (end, total >= LEAST_LOUD and capitals >= LOUD_SHARE * total)]


def _mention(text: str, run: list[Token], loud: list[tuple[int, bool]], before: str, after: str) -> Mention:
    while run[-1].role == "particle":
        run = run[:-1]
    if run[-1].role == "initial" and text[run[-1].end : run[-1].end + 1] == ".":
        run = [*run[:-1], replace(run[-1], end=run[-1].end + 1)]
    start = run[0].start
    line = bisect_left(loud, (start, False)) if loud else 0
    is_loud = (
        line < len(loud) and loud[line][1] and not _lists_names(text[_line(loud, line, text, start) : loud[line][0]])
    )
    return Mention(start, run[-1].end, tuple(run), _opens(text, start), is_loud, (), before, after)


def _line(loud: list[tuple[int, bool]], line: int, text: str, start: int) -> int:
    """Where a line begins that ends with the ``line``-th of those with words."""
    return max(loud[line - 1][0] if line else 0, text.rfind("\n", 0, start) + 1)


@lru_cache(maxsize=4096)
def _lists_names(line: str) -> bool:
    """Whether the capitals of a line are those of the names that it lists: *Не, Кокана Јокића, фризера*.

    Of the other words fewer than two open with a capital, or most of them do not.
    """
    found: list[str] = [word for word in re.findall(r"\w+", line) if len(word) > LETTERS]
    if any(word.isupper() for word in found):
        return False
    others = [word for word in found if not (word[0].isupper() and is_name_word(word))]
    capitals = sum(word[0].isupper() for word in others)
    return capitals < LOUD_OTHERS or capitals < LOUD_SHARE * len(others)


def _opens(text: str, start: int) -> bool:
    """Whether a sentence or line begins at a place, whatever dashes or quotation marks stand there."""
    if text[start - 1 : start] == " " and text[start - 2 : start - 1].isalnum():
        return False
    lead = text[max(0, start - MAX_LEAD) : start].rstrip(" \t\N{NO-BREAK SPACE}\"'“„«‚‘(—–-")[-1:]
    return not lead or lead in ".!?…:;\n•·>»”*"


def _coordinate(text: str, found: list[Mention]) -> list[Mention]:
    """Lend the surname of "Viktar and Eduard Babaryka" to Viktar; join "Babaryka, Viktar"."""
    result: list[Mention] = []
    surname: tuple[Token, ...] = ()
    follower: Mention | None = None
    for mention in reversed(found):
        gap = text[mention.end : follower.start].strip() if follower else ""
        if follower and gap == "," and _inverts(mention, follower):
            result.append(_inverted(mention, follower))
            if _is_listed(text, mention, follower):
                # a line of a list gives one name, inverted: in "Kundera, Ludvík" nobody is called Kundera alone
                surname, follower = (), mention
                continue
        if surname and (gap == "," or gap.casefold() in CONJUNCTIONS) and _is_lone_given(mention):
            result.append(replace(mention, borrowed=surname))
        else:
            result.append(mention)
            surname = _surname_of(mention)
        follower = mention
    return result[::-1]


def _is_lone_given(mention: Mention) -> bool:
    return len(mention.tokens) == 1 and is_given(mention.tokens[0].text)


def _surname_of(mention: Mention) -> tuple[Token, ...]:
    """The surname of a run "Given Surname", with its hyphenated parts; empty for other runs."""
    if len(mention.tokens) < 2 or not is_given(mention.tokens[0].text):
        return ()
    return tuple(token for token in mention.tokens[1:] if token.role not in {"title", "common"})


def _inverts(surname: Mention, given: Mention) -> bool:
    """Whether two runs on both sides of a comma could be one inverted name."""
    words = [token for token in surname.tokens if not token.glue]
    opener = given.tokens[0]
    return (
        len(words) == 1
        and len(given.tokens) <= 3
        and not is_given(words[0].text)
        and (is_given(opener.text) or opener.role == "initial")
    )


def _is_listed(text: str, surname: Mention, given: Mention) -> bool:
    """Whether a surname opens a line, but for numbers and signs, and only given names and initials stand behind its comma."""
    if not all(token.role == "initial" or is_given(token.text) for token in given.tokens):
        return False
    line = text.rfind("\n", max(0, surname.start - MAX_LEAD), surname.start) + 1
    opens = surname.start - line < MAX_LEAD and not any(letter.isalpha() for letter in text[line : surname.start])
    # a register sets its entries apart: ...; Weidel, Tobias, Überlingen
    return opens or (text[: surname.start].rstrip(" ")[-1:] in ";:" and text[given.end : given.end + 1] in _ENTRY_ENDS)


def _inverted(surname: Mention, given: Mention) -> Mention:
    """One mention over both sides of the comma."""
    first, *rest = given.tokens
    return replace(surname, end=given.end, tokens=(*surname.tokens, replace(first, glue=","), *rest))
