"""What does a run of words read as, and what do the words around it say?

A run is read as every name of the gazetteer that a part of it could spell. The words next to that
part are evidence too: another given name before a surname is another person, a street sign no person.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from resolve.channel import weights, worth
from resolve.index import Index
from resolve.lookup import candidates
from resolve.model import Entity, Evidence, Mention, Name, Token
from resolve.names import CORE, alternatives, bears_name, fold, is_given, nominatives, parse
from resolve.score.pair import NAMING, Worth, compare, cut, fit, kin, spendings
from resolve.text import is_common

Level = Literal["full", "surname", "given", "phrase"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a span: as this name of this entity, because of this evidence."""

    start: int
    end: int
    entity: int
    name: int
    level: Level
    seen: Name
    evidence: tuple[Evidence, ...]

    @property
    def bits(self) -> float:
        """The sum of the evidence, in bits."""
        return sum(piece.bits for piece in self.evidence)

    def also(self, *pieces: Evidence) -> Reading:
        """The reading with more evidence."""
        return replace(self, evidence=(*self.evidence, *pieces))


def readings(mention: Mention, index: Index, lang: str = "") -> list[Reading]:
    """Every name of the gazetteer that a part of a mention could spell, with the evidence.

    Args:
        mention: a run of words.
        index: the compiled gazetteer.
        lang: ISO 639-1 code of the text, where known.

    """
    run = (*mention.tokens, *mention.borrowed)
    best: dict[tuple[int, int, int], Reading] = {}
    for number in candidates(run, index, lang):
        reading = _read(mention, run, number, index, lang)
        if reading is None:
            continue
        key = (reading.start, reading.end, reading.entity)
        if key not in best or order(reading) < order(best[key]):
            best[key] = reading
    return sorted(_without_excluded(best.values(), index), key=order)


def whole(text: str, index: Index, lang: str = "") -> list[Reading]:
    """Every name of a person in the gazetteer that a name standing alone could spell, with the evidence.

    Nothing is cut off: what the two names do not share counts, on both sides.

    Args:
        text: a name, or several with a slash or parentheses between them.
        index: the compiled gazetteer.
        lang: ISO 639-1 code of its language, where known.

    """
    best: dict[int, Reading] = {}
    for one in alternatives(text):
        seen = parse(one, lang)
        for number in candidates(seen.tokens, index, lang, thorough=True):
            known = index.name(number)
            if known.tokens[0].role == "word":
                continue
            evidence = compare(seen, known, lang, worth_in(index))
            level = _level(known, evidence)
            if level is None:
                continue
            if index.kind_of(number) == "weak":
                evidence.append(Evidence("weak name", weights()["weak_name"], right=known.text))
            entity = index.entity_of(number)
            reading = Reading(0, len(text), entity, number, level, seen, tuple(evidence))
            if entity not in best or order(reading) < order(best[entity]):
                best[entity] = reading
    return sorted(_without_excluded(best.values(), index), key=order)


def order(reading: Reading) -> tuple[float, int]:
    """Sort key: most bits first."""
    return (-reading.bits, reading.name)


def _read(mention: Mention, run: Sequence[Token], number: int, index: Index, lang: str) -> Reading | None:
    """Read a run as one name of the gazetteer; None where no part of it can be that name."""
    known = index.name(number)
    if known.tokens and known.tokens[0].role == "word":
        return None
    span = fit(run, known, lang)
    if span is None or (mention.borrowed and (span[0] != 0 or span[1] <= len(mention.tokens))):
        return None
    first, last = span
    seen = cut(run, first, last, lang, known)
    entity = index.entity_of(number)
    evidence = compare(seen, known, lang, worth_in(index))
    level = _level(known, evidence)
    if level is None:
        return None
    if level == "surname" or (level == "given" and not any("given name" in e.feature for e in evidence)):
        evidence += _loose(seen, known, lang)
    own_end = min(last, len(mention.tokens))
    evidence += _context(mention, first, own_end, level, index.entity(entity), lang)
    evidence += kin(evidence, math.log2(max(len(index), 1)))
    if index.kind_of(number) == "weak":
        evidence.append(Evidence("weak name", weights()["weak_name"], right=known.text))
    start, end = run[first].start, run[own_end - 1].end
    return Reading(start, end, entity, number, level, seen, tuple(evidence))


def worth_in(index: Index) -> Worth:
    """What a word of a text is worth: the same for every candidate that it may spell, less half of
    what many bearers in the gazetteer take from it.
    """

    def worth_of(seen: str, known: str, lang: str) -> float:
        most = min(worth(spelling) for spelling in (seen, *(stem for stem, _ in nominatives(seen, lang))))
        return most - min(math.log2(max(index.frequency(known), 1)), most) / 2

    return worth_of


def _level(known: Name, evidence: Iterable[Evidence]) -> Level | None:
    """How much of the known name the evidence covers."""
    met = {piece.right for piece in evidence if piece.bits > 0 and piece.left}
    surname = any(token.text in met for token in known.tokens if token.role == "surname")
    given = any(token.text in met for token in known.tokens if token.role in {"given", "initial"})
    alone = sum(1 for token in known.tokens if token.role in NAMING) == 1
    if (surname and given) or (met and alone):
        return "full"
    return "surname" if surname else "given" if given else None


def _without_excluded(found: Iterable[Reading], index: Index) -> list[Reading]:
    """Drop the readings of a spelling that the gazetteer excludes for the entity."""
    kept = list(found)
    banned = {
        (reading.start, reading.end, reading.entity)
        for reading in kept
        if index.kind_of(reading.name) == "exclude" and _spelt_alike(reading.seen, index.name(reading.name))
    }
    return [
        reading for reading in kept
        if index.kind_of(reading.name) != "exclude" and (reading.start, reading.end, reading.entity) not in banned
    ]  # fmt: skip


def _spelt_alike(left: Name, right: Name) -> bool:
    return [fold(t.text) for t in left.tokens] == [fold(t.text) for t in right.tokens]


# ---------------------------------------------------------------- the words around a span


def _context(mention: Mention, first: int, last: int, level: Level, entity: Entity, lang: str) -> list[Evidence]:
    """What the words next to a span say about it."""
    run, w = mention.tokens, weights()
    found: list[Evidence] = []
    outer = first
    while outer and run[outer - 1].role == "particle":
        outer -= 1
    left = run[outer - 1] if outer else None
    right = run[last] if last < len(run) else None
    before = left.text if left else mention.before
    after = right.text if right else mention.after
    if _hyphened(mention, first, last):
        found.append(Evidence("part of a compound", w["neighbour_hyphen"], left=f"{before} {after}".strip()))
    if before and bears_name(before.strip("-"), "before"):
        found.append(Evidence("named after a person", w["named_thing"], left=before))
    if after and bears_name(after.strip("-"), "after"):
        found.append(Evidence("named after a person", w["named_thing"], left=after))
    if left is not None and left.role == "title" and left.gender and entity.gender not in {"", left.gender}:
        found.append(Evidence("title of the other gender", w["title_gender"], left=left.text))
    if level in {"surname", "given"} and not mention.borrowed:
        found += _neighbour(left, mention, lang, outer == 1)
        found += _neighbour(right, mention, lang, False)
    core = [token for token in run[first:last] if token.role not in {"initial", "particle", "suffix"}]
    if level != "full" and not mention.borrowed and len(core) == 1:
        found += _alone(core[0])
    return found


def _hyphened(mention: Mention, first: int, last: int) -> bool:
    """Whether a hyphen binds the span to a word that is not part of it."""
    run = mention.tokens
    inside_left = first > 0 and run[first].glue == "-"
    inside_right = last < len(run) and run[last].glue == "-"
    outside_left = first == 0 and mention.before.endswith("-")
    outside_right = last == len(run) and mention.after.startswith("-")
    return inside_left or inside_right or outside_left or outside_right


def _neighbour(token: Token | None, mention: Mention, lang: str, at_start: bool) -> list[Evidence]:
    """A name-like word beside a partial name may be the missing part, of somebody else."""
    if token is None or token.role in {"title", "common", "particle"} or token.glue == "-":
        return []
    w = weights()
    if is_given(token.text, lang):
        return [Evidence("beside another given name", w["neighbour_given"], left=token.text)]
    if token.glue == "\n":
        return [Evidence("beside a word of another line", w["neighbour_line"], left=token.text)]
    if mention.loud or lang == "de":
        return [Evidence("beside a capitalised word", w["neighbour_vague"], left=token.text)]
    if at_start and mention.opens:
        return [Evidence("beside the word that opens the sentence", w["neighbour_start"], left=token.text)]
    return [Evidence("beside another name", w["neighbour_name"], left=token.text)]


def _alone(token: Token) -> list[Evidence]:
    """A lone word that is also a common word needs support."""
    w = weights()
    if token.role in {"common", "title"} or is_common(token.text):
        return [Evidence("also a common word", w["common_single"], left=token.text)]
    return []


def _loose(seen: Name, known: Name, lang: str) -> list[Evidence]:
    """A lone word has to be spelt closely, for nothing else holds it."""
    w = weights()
    core = [token for token in seen.tokens if token.role in CORE]
    if len(core) != 1:
        return []
    spent, worth, word = min(
        (spent, worth, word.text) for word in known.tokens for spent, worth in spendings(core[0], word, lang)
    )
    found = []
    if spent > w["loose_share"] * worth:
        found.append(Evidence("loosely spelt", w["loose_single"], core[0].text, word))
    if (missing := w["lone_length"] - len(core[0].text)) > 0:
        found.append(Evidence("short and alone", w["lone_short"] * missing, core[0].text))
    return found
