"""Do these words spell the name of an organisation or place?

Every word of such a name has to be there, in its order; acronyms in capitals, other words inflected.
"""

from __future__ import annotations

from collections.abc import Sequence

from resolve.channel import cost, rarity, same, weights
from resolve.endings import place_nominatives
from resolve.given import is_given
from resolve.index import Index
from resolve.index.forms import called
from resolve.letters import fold
from resolve.lookup import Phrase
from resolve.model import Evidence, Name, Token
from resolve.score.pair import spendings
from resolve.score.reading import Reading
from resolve.text import is_lower, script
from resolve.toponyms import others

ACRONYM = 5
"""A name of at most so many capitals is an acronym, in letters."""


def phrase_reading(phrase: Phrase, tokens: Sequence[Token], loud: bool, index: Index, lang: str) -> Reading | None:
    """Read words of a text as the name of an organisation or place.

    Args:
        phrase: which words, and which name they meet.
        tokens: all words of the text.
        loud: whether the line is written in capitals, so that acronyms do not stand out.
        index: the compiled gazetteer.
        lang: ISO 639-1 code of the text, where known.

    Returns:
        The reading with its evidence; None where a word does not fit.

    """
    known = index.name(phrase.name)
    seen = tokens[phrase.first : phrase.last]
    entity = index.entity_of(phrase.name)
    elsewhere = others(index.entity(entity).name).get(known.text) if index.entity(entity).type == "place" else None
    if elsewhere and not all(_to_the_letter(token, word, lang) for token, word in zip(seen, known.tokens, strict=True)):
        return None
    evidence = [_word(token, word, loud, lang) for token, word in zip(seen, known.tokens, strict=True)]
    if not all(piece.bits > 0 for piece in evidence):
        return None
    evidence += _single(seen[0], known.tokens[0], lang) if len(seen) == 1 else []
    if all(fold(token.text) == fold(word.text) for token, word in zip(seen, known.tokens, strict=True)):
        evidence.append(Evidence("spelt the same", weights()["identical"]))
    evidence += _around(phrase, tokens)
    if index.kind_of(phrase.name) == "weak":
        evidence.append(Evidence("weak name", weights()["weak_name"], right=known.text))
    name = Name(" ".join(token.text for token in seen), tuple(seen))
    if index.entity(entity).type == "place":
        evidence += _otherwise_called(known.text, index.entity(entity).name)
    return Reading(seen[0].start, seen[-1].end, entity, phrase.name, "phrase", name, tuple(evidence))


def _to_the_letter(token: Token, word: Token, lang: str) -> bool:
    """Whether a word, or its nominative, is another but for letters that languages exchange."""
    spellings = (token.text, *place_nominatives(token.text, lang))
    return any(reads_alike(spelling, word.text) for spelling in spellings)


def _otherwise_called(known: str, name: str) -> list[Evidence]:
    """What it costs that a place is called by another name than the gazetteer lists: a former one most."""
    if kind := others(name).get(known):
        weight = "place_former" if kind == "former" else "place_exonym"
        return [Evidence(f"{kind} of the place", weights()[weight], left=known, right=name)]
    if known in called(name)[1:]:
        return [Evidence("another name of the state", weights()["state_other"], right=name)]
    return []


def _word(token: Token, word: Token, loud: bool, lang: str) -> Evidence:
    """One word of the name; worth nothing where it does not fit."""
    w = weights()
    if _is_acronym(word):
        fits = token.text == word.text and not loud
        return Evidence("acronym", w["acronym"] if fits else 0.0, token.text, word.text)
    spellings = (token.text, *place_nominatives(token.text, lang))
    fitting = [spelling for spelling in spellings if same(spelling, word.text)]
    if not fitting:
        return Evidence("no match", 0.0)
    best = min(
        fitting,
        key=lambda spelling: (cost(spelling, word.text), not reads_alike(spelling, word.text), spelling != token.text),
    )
    inner = is_lower(token.text) or is_lower(word.text)
    worth = w["phrase_inner"] if inner else min(w["phrase_cap"], w["phrase_base"] + rarity(word.text))
    spent = cost(best, word.text) - (w["inflected"] if best != token.text else 0.0)
    note = f"inflected: {best}" if best != token.text else ""
    return Evidence("word of a name", worth - spent, token.text, word.text, note)


def _is_acronym(word: Token) -> bool:
    return 1 < len(word.text) <= ACRONYM and word.text.isupper()


def _single(token: Token, word: Token, lang: str) -> list[Evidence]:
    """A name of one word has to be spelt closely."""
    w = weights()
    if script(token.text) == script(word.text) and not _is_acronym(word):
        spellings = (token.text, *place_nominatives(token.text, lang))
        alike = any(reads_alike(spelling, word.text) for spelling in spellings)
        return [] if alike else [Evidence("spelt otherwise", w["phrase_other"], token.text, word.text)]
    if _is_acronym(word) or any(spent <= w["loose_share"] * worth for spent, worth in spendings(token, word, lang)):
        return []
    return [Evidence("loosely spelt", w["loose_single"], token.text, word.text)]


_ALIKE = str.maketrans(
    {"w": "v", "y": "i", "j": "i", "ы": "и", "і": "и", "й": "и", "э": "е", "є": "е", "ъ": "а", "ў": "в"}
)


def reads_alike(one: str, other: str) -> bool:
    """Whether two words of one script are spelt the same but for letters that languages exchange: *Moskwa*, *Moskva*."""
    return fold(one).translate(_ALIKE) == fold(other).translate(_ALIKE)


def _around(phrase: Phrase, tokens: Sequence[Token]) -> list[Evidence]:
    """A given name before a single word makes it a surname; a hyphen makes it part of a compound."""
    w = weights()
    found = []
    opener = tokens[phrase.first]
    left = tokens[phrase.first - 1] if phrase.first else None
    lone = phrase.last - phrase.first == 1
    if left is not None and lone and left.end + 1 == opener.start and left.text[:1].isupper() and is_given(left.text):
        found.append(Evidence("beside another given name", w["neighbour_given"], left=left.text))
    if opener.glue == "-" or (phrase.last < len(tokens) and tokens[phrase.last].glue == "-"):
        found.append(Evidence("part of a compound", w["neighbour_hyphen"]))
    return found
