"""Which names are written as no name is: without capitals, as a hashtag, as a handle?

A name in lower case is looked for only where the document, or a name of the gazetteer with two words,
supports it. The parts of a hashtag or handle are told by capitals and underscores.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from resolve.channel import weights
from resolve.endings import nominatives
from resolve.given import is_given_as_written
from resolve.letters import fold
from resolve.model import Evidence, Mention, Token
from resolve.names import is_word_in
from resolve.scan import GIVEN, LOWER, Words
from resolve.score import Reading
from resolve.text import clean, is_lower

SHORTEST = 4
"""A surname behind a given name, both in lower case, has at least so many letters."""

SHORTEST_ALONE = 6
"""A lone one has so many: shorter surnames are easily common words (*знак*, *moroz*)."""

MAX_SENTENCE = 300
"""The beginning of a sentence is looked for so far back, in code points."""

_SENTENCE = re.compile(r"[.!?…]\s+|\n")

OPENING = 3
"""Two spellings of a word in two cases share so many letters at their beginning."""

_TAG = re.compile(r"(?<![\w&/])([#@])([^\W\d]\w{2,60})")
_PART = re.compile(r"[^\W\d_]+")


def pairs(tokens: Sequence[Token], lang: str = "") -> Iterator[Mention]:
    """A given name with the word after it, both in lower case.

    Args:
        tokens: the words of a document.
        lang: ISO 639-1 code of the document, where known.

    >>> from resolve.text import words
    >>> [" ".join(t.text for t in found.tokens) for found in pairs(list(words("вчера светлана тихановская ушла")), "ru")]
    ['Светлана Тихановская']

    """
    places = tokens.having(GIVEN) if isinstance(tokens, Words) else range(len(tokens))
    for place in places:
        token, follower = tokens[place], tokens[place + 1] if place + 1 < len(tokens) else None
        if follower and is_lower(token.text) and _is_pair(token, follower, lang):
            yield _capitalised(token, follower)


def surnames(text: str, tokens: Sequence[Token], known: Collection[str], lang: str = "") -> Iterator[Mention]:
    """The words in lower case that the document spells as somebody's surname elsewhere.

    Only in a sentence that opens in lower case too: elsewhere a name would have its capital.

    Args:
        text: the document.
        tokens: the words of a document.
        known: folded words by which the document names somebody in full, or their nominatives.
        lang: ISO 639-1 code of the document, where known.

    >>> from resolve.text import words
    >>> text = "вчера о лукашенко молчали"
    >>> [found.tokens[0].text for found in surnames(text, list(words(text)), {"лукашенко"}, "ru")]
    ['Лукашенко']

    """
    if not known:
        return
    openings = {word[:OPENING] for word in known}
    if isinstance(tokens, Words):
        lower = tokens.spellings(LOWER)
    else:
        lower = {token.text for token in tokens if is_lower(token.text)}
    found = {word for word in lower if fold(word[:OPENING]) in openings and _is_surname(word, known, lang)}
    for token in _spelt(tokens, found) if found else ():
        if _opens_in_lower_case(text, token.start):
            yield _capitalised(token)


def _spelt(tokens: Sequence[Token], words: Collection[str]) -> Iterator[Token]:
    """The words of a document that are spelt as some are."""
    if isinstance(tokens, Words):
        return (tokens[place] for place in range(len(tokens)) if tokens.spelling(place) in words)
    return (token for token in tokens if token.text in words)


def _opens_in_lower_case(text: str, place: int) -> bool:
    """Whether the sentence around a place begins without a capital."""
    lead = _SENTENCE.split(text[max(0, place - MAX_SENTENCE) : place])[-1]
    return next((letter.islower() for letter in lead if letter.isalpha()), True)


def _is_pair(token: Token, follower: Token, lang: str) -> bool:
    """Whether a given name and a further name stand side by side in lower case."""
    near = 0 < follower.start - token.end <= 2 and not follower.glue
    return (
        near and len(token.text) > 2 and len(follower.text) >= SHORTEST and is_given_as_written(token.text)
        and is_lower(follower.text) and not is_word_in(follower.text, lang)
    )  # fmt: skip


def _is_surname(word: str, known: Collection[str], lang: str) -> bool:
    if len(word) < SHORTEST_ALONE:
        return False
    spellings = (word, *(stem for stem, _sex in nominatives(word, lang)))
    return any(fold(spelling) in known for spelling in spellings) and not is_word_in(word, lang)


def _capitalised(*tokens: Token) -> Mention:
    """A mention of words in lower case, as if they were written with capitals."""
    written = tuple(Token(token.text.capitalize(), token.start, token.end) for token in tokens)
    return Mention(tokens[0].start, tokens[-1].end, written)


def tags(text: str) -> Iterator[Mention]:
    """The hashtags and handles of a text, cut into words where a capital or an underscore opens one.

    >>> [[token.text for token in found.tokens] for found in tags("#SviatlanaTsikhanouskaya, @Lukashenka_A")]
    [['Sviatlana', 'Tsikhanouskaya'], ['Lukashenka', 'A']]
    """
    for match in _TAG.finditer(text) if "#" in text or "@" in text else ():
        tokens = tuple(_parts(match[2], match.start(2)))
        if tokens:
            yield Mention(tokens[0].start, tokens[-1].end, tokens)


def _parts(tag: str, start: int) -> Iterator[Token]:
    """The words of a tag: *SviatlanaTsikhanouskaya*, *Lukashenka_A*, *тихановская*."""
    for match in _PART.finditer(tag):
        word, first = match[0], 0
        for i in range(1, len(word) + 1):
            if i == len(word) or (word[i].isupper() and not word[i - 1].isupper()):
                part = clean(word[first:i])
                written = part if part[:1].isupper() else part.capitalize()
                place = start + match.start()
                yield Token(written, place + first, place + i, role="initial" if len(part) == 1 else "unknown")
                first = i


def weighed(text: str, reading: Reading) -> Reading:
    """A reading with what its writing takes away: lower case, or that it is a handle, which anybody may take.

    Readings of words with capitals come back as they are.
    """
    w = weights()
    if any(piece.feature in {"handle", "in lower case"} for piece in reading.evidence):
        return reading
    first = text[reading.start : reading.start + 1]
    if is_handle(text, reading.start):
        return reading.also(Evidence("handle", w["handle"], left=text[reading.start : reading.end]))
    if first.islower() and not is_tag(text, reading.start):
        return reading.also(Evidence("in lower case", w["lower_case"], left=text[reading.start : reading.end]))
    return reading


def is_handle(text: str, start: int) -> bool:
    """Whether a name stands in a handle: *@Lukashenka_A*."""
    return _sign(text, start) == "@"


def is_tag(text: str, start: int) -> bool:
    """Whether a name stands in a hashtag."""
    return _sign(text, start) == "#"


def _sign(text: str, start: int) -> str:
    """The sign that opens the tag or handle in which a place stands; empty where it stands in none."""
    place = start
    while place and (text[place - 1].isalnum() or text[place - 1] == "_") and start - place < 60:
        place -= 1
    return text[place - 1] if place and text[place - 1] in "#@" else ""
