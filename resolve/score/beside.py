"""What do the words beside a span, and the words of the span themselves, say against its being a name of somebody?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from resolve.channel import telling, weights
from resolve.endings import is_act
from resolve.given import is_given_as_written, is_patronymic, may_be_given
from resolve.letters import fold, is_other, letters
from resolve.lexicon import is_name_word
from resolve.model import Entity, Evidence, Mention, Name, Token
from resolve.names import CORE, bears_name, is_institution, is_place, is_title_or_common, is_word_in
from resolve.score.pair import spendings
from resolve.text import is_common, script

Level = Literal["full", "surname", "given", "phrase"]

FAMILY_FIRST = frozenset({"hu", "ja", "ko", "zh", "vi"})
"""Languages in which the family name stands first."""

FAMILY_OPENS = frozenset({"vi"})
"""Languages in which a family name never stands for a person, and is followed by other names of the same person."""

GERMAN_ARTICLES = frozenset(["der", "den", "dem", "des", "ein", "einen", "einem", "eines", "eine", "einer", "die"])
"""What stands before nouns, which German writes like names: *ein Richter*."""

CYRILLIC_TEXTS = frozenset({"ru", "uk", "be", "bg", "mk", "kk", "ky", "tt", "tg", "mn"})
"""Languages that are written in Cyrillic letters alone and respell foreign persons."""

ACRONYM = 5
"""A word of at most so many capitals may be an acronym."""

QUOTES = frozenset("\"'“”„‟«»‹›‘’‚")

LONG = 3
"""A name of so many words has a further given name."""

HYPHENED = "part of a compound"

OPENER = "beside the word that opens the sentence"
"""What is taken back where that word is known to be no name."""


@dataclass(frozen=True, slots=True)
class Part:
    """The words ``first:last`` of a mention that are read as a name, or as a part of it (``partial``)."""

    mention: Mention
    first: int
    last: int
    level: Level
    partial: bool


def context(part: Part, entity: Entity, lang: str) -> list[Evidence]:
    """What the words next to a span say about it."""
    mention, first, last = part.mention, part.first, part.last
    run, w = mention.tokens, weights()
    found: list[Evidence] = []
    outer = first
    while outer and run[outer - 1].role == "particle":
        outer -= 1
    left, at_start = (run[outer - 1], outer == 1) if outer else (None, False)
    right = run[last] if last < len(run) else None
    before = left.text if left else mention.before
    after = right.text if right else mention.after
    if _hyphened(mention, first, last):
        found.append(Evidence(HYPHENED, w["neighbour_hyphen"], left=f"{before} {after}".strip()))
    while outer and run[outer - 1].role == "title":
        outer -= 1
    bearer = run[outer - 1].text if outer else mention.before
    if bearer and bears_name(bearer.strip("-"), "before"):
        found.append(Evidence("named after a person", w["named_thing"], left=bearer))
    if after and bears_name(after.strip("-"), "after"):
        # what stands behind a name cannot be a place where somebody is met
        bits = w["named_thing"] if part.partial else w["named_thing_after"]
        found.append(Evidence("named after a person", bits, left=after))
    if left is not None and left.role == "title" and left.gender and entity.gender not in {"", left.gender}:
        found.append(Evidence("title of the other gender", w["title_gender"], left=left.text))
    if part.partial and not mention.borrowed:
        found += before_it(left, mention, lang, at_start)
        found += after_it(part, lang)
    return found


def _hyphened(mention: Mention, first: int, last: int) -> bool:
    """Whether a hyphen binds the span to a word that is not part of it."""
    run = mention.tokens
    inside_left = first > 0 and run[first].glue == "-"
    inside_right = last < len(run) and run[last].glue == "-"
    outside_left = first == 0 and mention.before.endswith("-")
    outside_right = last == len(run) and mention.after.startswith("-")
    return inside_left or inside_right or outside_left or outside_right


def _is_silent(token: Token | None) -> bool:
    """Whether a word beside a name says nothing of who is named."""
    return token is None or token.role in {"title", "common", "particle"}


def _is_acronym(token: Token, mention: Mention) -> bool:
    """Whether a word is a few capitals in a line of small letters: *EU*, *МИД*."""
    return 1 < len(token.text) <= ACRONYM and token.text.isupper() and not mention.loud


def before_it(token: Token | None, mention: Mention, lang: str, at_start: bool) -> list[Evidence]:
    """A name-like word before a partial name may be the missing part, of somebody else."""
    if token is None or _is_silent(token):
        return []
    w = weights()
    if at_start and mention.opens and is_common(token.text, lang or "-"):
        # Sam Zuckerberg: in Polish Zuckerberg himself
        return [Evidence("beside a capitalised word", w["neighbour_vague"], left=token.text)]
    if may_be_given(token.text, lang) and not is_place(token.text, lang):
        return [Evidence("beside another given name", w["neighbour_given"], left=token.text)]
    vague = mention.loud or lang == "de" or _is_acronym(token, mention) or _is_no_person(token.text, lang)
    if vague or (at_start and mention.opens and is_act(token.text, lang)):
        return [Evidence("beside a capitalised word", w["neighbour_vague"], left=token.text)]
    if at_start and mention.opens and not is_name_word(token.text):
        return [Evidence(OPENER, w["neighbour_start"], left=token.text)]
    return [Evidence("beside another name", w["neighbour_name"], left=token.text)]


def _is_no_person(word: str, lang: str) -> bool:
    """Whether a word is the name of a place or an institution: *na Twitterze Tusk*."""
    return is_place(word, lang) or is_institution(word, lang)


def after_it(part: Part, lang: str) -> list[Evidence]:
    """A name-like word after a partial name: the missing part, of somebody else, or the next name."""
    run, mention = part.mention.tokens, part.mention
    token = run[part.last] if part.last < len(run) else None
    if token is None or _is_silent(token) or token.glue == "-":
        return []
    w, surname = weights(), part.level != "given"
    if may_be_given(token.text, lang) and not is_place(token.text, lang):
        if surname and lang not in FAMILY_OPENS and _opens_a_name(run[part.last + 1 :], lang):
            return [Evidence("before another name", w["neighbour_vague"], left=token.text)]
        return [Evidence("beside another given name", w["neighbour_given"], left=token.text)]
    if token.glue == "\n":
        return [Evidence("beside a word of another line", w["neighbour_line"], left=token.text)]
    if surname and lang in FAMILY_OPENS and not mention.loud and token.text.istitle():
        return [Evidence("beside another given name", w["neighbour_given"], left=token.text)]
    # where all is capitalised, a word behind a surname says little, but one behind a given name is the surname
    vague = (surname or is_common(token.text)) and (mention.loud or lang == "de")
    if vague or _is_acronym(token, mention):
        return [Evidence("beside a capitalised word", w["neighbour_vague"], left=token.text)]
    if surname:
        return [Evidence("before a capitalised word", w["neighbour_after"], left=token.text)]
    return [Evidence("beside another name", w["neighbour_name"], left=token.text)]


def _opens_a_name(rest: Sequence[Token], lang: str) -> bool:
    """Whether a given name goes on to a surname: the adviser of *Putin, Mikhail Lesin*, not *Putin Mikhail Ivanovich*."""
    return bool(rest) and rest[0].glue != "\n" and not _is_silent(rest[0]) and not is_patronymic(rest[0].text, lang)


def alone(part: Part, known: Name, evidence: Sequence[Evidence], lang: str) -> list[Evidence]:
    """A lone word that is something else as well needs support."""
    mention, w = part.mention, weights()
    core = [t for t in mention.tokens[part.first : part.last] if t.role not in {"initial", "particle", "suffix"}]
    if len(core) != 1 or mention.borrowed:
        return []
    token = core[0]
    found = something_else(part, token, lang)
    if mention.opens and not part.first and _is_changed(token, known, evidence):
        found.append(Evidence("opens the sentence", w["opens_other"], left=token.text))
    if part.level == "given" and not any(piece.feature.endswith("given name") for piece in evidence):
        found.append(Evidence("a given name alone", w["given_alone"], left=token.text))
    if len(mention.tokens) == 1 and {mention.before, mention.after} <= QUOTES:
        found.append(Evidence("in quotation marks", w["quoted_single"], left=token.text))
    return found


def something_else(part: Part, token: Token, lang: str) -> list[Evidence]:
    """What else a lone word may be: a common word, a place, an institution, an acronym, a given name."""
    w, found = weights(), []
    if is_place(token.text, lang):
        found.append(Evidence("also a country or city", w["place_single"], left=token.text))
    elif _is_word(token, lang):
        found.append(Evidence("also a common word", w["common_single"], left=token.text))
        before = part.mention.tokens[part.first - 1].text if part.first else part.mention.before
        if lang == "de" and before.lower() in GERMAN_ARTICLES:
            found.append(Evidence("a noun behind its article", w["article_single"], left=f"{before} {token.text}"))
    elif is_institution(token.text, lang):
        found.append(Evidence("also an institution", w["institution_single"], left=token.text))
    if _is_acronym(token, part.mention) and len(token.text) < ACRONYM:
        found.append(Evidence("also an acronym", w["acronym_single"], left=token.text))
    if lang in CYRILLIC_TEXTS and script(token.text) == "Latin":
        found.append(Evidence("in another script than the text", w["latin_single"], left=token.text))
    if part.level == "surname" and is_given_as_written(token.text):
        found.append(Evidence("also a given name", w["given_as_surname"], left=token.text))
    return found


def torn(part: Part, seen: Name, known: Name, evidence: Sequence[Evidence], lang: str) -> list[Evidence]:
    """What shows that a whole name is a part of something longer, or of two names."""
    return [
        *_inverted(part, seen, known, lang),
        *_hyphen_inside(part, known, evidence),
        *_longer(part, seen, known, lang),
        *_another_end(part, known, evidence, lang),
        *_middle(part, lang),
    ]


def _middle(part: Part, lang: str) -> list[Evidence]:
    """A given name before the initial that a name opens with: *Martin M. Dzurinda* is no M. Dzurinda."""
    run = part.mention.tokens
    if not part.first or run[part.first].role != "initial":
        return []
    before = run[part.first - 1]
    if _is_silent(before) or not may_be_given(before.text, lang):
        return []
    return [Evidence("beside another given name", weights()["neighbour_given"], left=before.text)]


def _hyphen_inside(part: Part, known: Name, evidence: Sequence[Evidence]) -> list[Evidence]:
    """A hyphen joins no surname to a given name behind it: *Сан-Франциско* is no Francesco Sanna, but *Азия-Биби* is Asia Bibi."""
    usual = [token.role for token in known.tokens if token.role in {"given", "surname"}]
    if usual[:1] == ["surname"]:
        return []
    surnames = {piece.left for piece in evidence if piece.feature == "surname" and piece.bits > 0}
    others = {piece.left for piece in evidence if "name" in piece.feature and piece.bits > 0} - surnames
    run = part.mention.tokens[part.first : part.last]
    for left, right in pairwise(run):
        if right.glue == "-" and left.text in surnames and right.text in others:
            return [Evidence(HYPHENED, weights()["neighbour_hyphen"], left=f"{left.text}-{right.text}")]
    return []


def _longer(part: Part, seen: Name, known: Name, lang: str) -> list[Evidence]:
    """A surname that is a given name too, with another name behind it: *Нил Эндрю Мэгсон* is no Neil Andrew."""
    core = [token for token in seen.tokens if token.role in {"given", "surname"}]
    usual = [token.role for token in known.tokens if token.role in {"given", "surname"}]
    if [token.role for token in core] != ["given", "surname"] or usual[:1] == ["surname"] or lang in FAMILY_FIRST:
        return []
    return _goes_on(part, lang) if is_given_as_written(core[-1].text) else []


def _another_end(part: Part, known: Name, evidence: Sequence[Evidence], lang: str) -> list[Evidence]:
    """A name that opens with the family name and ends in another given name: *Phạm Minh Đức* is no Pham Minh Chinh."""
    core = [token for token in known.tokens if token.role in {"given", "surname"}]
    if len(core) < LONG or core[0].role != "surname":
        return []
    met = {piece.right for piece in evidence if piece.left and piece.bits > 0}
    if core[-1].text in met or not (further := _goes_on(part, lang)):
        return []
    return [Evidence("beside another given name", weights()["neighbour_given"], left=piece.left) for piece in further]


def _goes_on(part: Part, lang: str) -> list[Evidence]:
    """What a further name right behind a given name says against a reading that ends before it."""
    run, w = part.mention.tokens, weights()
    right = run[part.last] if part.last < len(run) else None
    if right is None or _is_silent(right) or right.glue in {"-", "\n"} or _is_no_person(right.text, lang):
        return []
    vague = part.mention.loud or lang == "de" or _is_acronym(right, part.mention)
    return [Evidence("the given name goes on", w["neighbour_vague" if vague else "neighbour_name"], left=right.text)]


def _inverted(part: Part, seen: Name, known: Name, lang: str) -> list[Evidence]:
    """A surname and a given name behind it are of two persons, or none, where another name follows, or the first is a place.

    *пресс-секретарь Медведева Наталья Тимакова*, *МИД России Александр Лукашевич*
    """
    order = [token.role for token in seen.tokens if token.role in {"given", "surname"}]
    usual = [token.role for token in known.tokens if token.role in {"given", "surname"}]
    if (
        order != ["surname", "given"]
        or seen.tokens[-1].role != "given"
        or usual[:1] == ["surname"]
        or lang in FAMILY_FIRST
    ):
        return []
    w, found = weights(), []
    surname = next(token for token in seen.tokens if token.role == "surname")
    if is_place(surname.text, lang):
        found.append(Evidence("also a country or city", w["place_single"], left=surname.text))
    return [*found, *_goes_on(part, lang)]


def _is_changed(token: Token, known: Name, evidence: Sequence[Evidence]) -> bool:
    """Whether a word is spelt otherwise than the name is in the same script, or stands in a case."""
    alike = any(fold(token.text) == fold(word.text) or script(token.text) != script(word.text) for word in known.tokens)
    return not alike or any(piece.note.startswith("inflected") for piece in evidence)


def _is_word(token: Token, lang: str) -> bool:
    """Whether a word is one of the text's language, or was met in lower case in the text."""
    if not lang:
        return token.role in {"common", "title"} or is_common(token.text)
    met = token.role == "common" and not is_title_or_common(token.text)
    return met or is_word_in(token.text, lang)


def loose(seen: Name, known: Name, lang: str) -> list[Evidence]:
    """A lone word has to be spelt closely, for nothing else holds it."""
    w = weights()
    core = [token for token in seen.tokens if token.role in CORE]
    if len(core) != 1:
        return []
    spent, worth, word = min(
        (spent, worth, word.text) for word in known.tokens for spent, worth in spendings(core[0], word, lang)
    )
    found = []
    # letters that leave a name open are not loose
    open_letters = is_other(core[0].text) and telling(core[0].text, word) >= w["loose_other"]
    if spent > w["loose_share"] * worth and not open_letters:
        found.append(Evidence("loosely spelt", w["loose_single"], core[0].text, word))
    if (missing := w["lone_length"] - letters(core[0].text)) > 0:
        found.append(Evidence("short and alone", w["lone_short"] * missing, core[0].text))
    return found
