"""How do other programs find the names of a gazetteer in a text? An adapter of a few lines for each.

Everybody is given full names and those surnames that one entity alone bears, as users of these programs do. Those that
compare letter for letter search the text as it is, in any of its scripts; those that compare alike strings look at every
part of up to three words of every capitalised run, in Unidecode's letters. ``settings`` is what the benchmark chooses
from on the development split; the first of it is what the program's documentation shows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from unidecode import unidecode

Span = tuple[int, int, str]
"""Start, end, entity ID."""

Linker = Callable[[str], list[Span]]
Keywords = dict[str, str]
"""What is searched for, and which entity it means."""

RUN = re.compile(r"\b[^\W\d_a-zа-яё][\w'’-]*(?:[ \u00a0\n][^\W\d_a-zа-яё][\w'’-]*)*")
WORD = re.compile(r"[\w'’-]+")


@dataclass(frozen=True, slots=True)
class TextPeer:
    """Another program: what it is called, which packages it needs, how it is asked, and what it is for."""

    name: str
    packages: tuple[str, ...]
    make: Callable[[Keywords, float], Linker]
    settings: tuple[float, ...]
    built_for: str
    better: str


def keywords(names: list[tuple[str, str]]) -> Keywords:
    """Full names, and the surnames that one entity alone bears."""
    bearers = Counter(name.split()[-1] for _, name in names)
    found = {name: identifier for identifier, name in names}
    return found | {name.split()[-1]: key for key, name in names if bearers[name.split()[-1]] == 1 and " " in name}


def longest(found: list[Span]) -> list[Span]:
    """Of spans that overlap the longest, the first of equals."""
    kept: list[Span] = []
    for span in sorted(found, key=lambda s: (s[0] - s[1], s[0])):
        if all(span[1] <= start or end <= span[0] for start, end, _ in kept):
            kept.append(span)
    return sorted(kept)


def whole_words(text: str, found: list[Span]) -> list[Span]:
    """Those that neither begin nor end inside a word."""
    return [
        (start, end, entity) for start, end, entity in found
        if not (start and text[start - 1].isalnum()) and not text[end : end + 1].isalnum()
    ]  # fmt: skip


# ---------------------------------------------------------------- letter for letter


def flashtext2(known: Keywords, _setting: float) -> Linker:
    """FlashText's trie."""
    from flashtext2 import KeywordProcessor

    processor: Any = KeywordProcessor(case_sensitive=True)
    for name, entity in known.items():
        processor.add_keyword(name, entity)
    return lambda text: [(start, end, entity) for entity, start, end in processor.extract_keywords_with_span(text)]


def pyahocorasick(known: Keywords, _setting: float) -> Linker:
    """An automaton of Aho and Corasick in C."""
    import ahocorasick

    automaton: Any = ahocorasick.Automaton()
    for name, entity in known.items():
        automaton.add_word(name, (len(name), entity))
    automaton.make_automaton()

    def link(text: str) -> list[Span]:
        found = [(last + 1 - size, last + 1, entity) for last, (size, entity) in automaton.iter(text)]
        return longest(whole_words(text, found))

    return link


def ahocorasick_rs(known: Keywords, _setting: float) -> Linker:
    """The same in Rust, leftmost and longest."""
    import ahocorasick_rs as library

    names = list(known)
    automaton: Any = library.AhoCorasick(names, matchkind=library.MatchKind.LeftmostLongest)

    def link(text: str) -> list[Span]:
        found = automaton.find_matches_as_indexes(text)
        return whole_words(text, [(start, end, known[names[number]]) for number, start, end in found])

    return link


def phrase_matcher(known: Keywords, _setting: float) -> Linker:
    """spaCy's PhraseMatcher, without regard to case."""
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("xx")
    matcher: Any = PhraseMatcher(nlp.vocab, attr="LOWER")
    for name, entity in known.items():
        matcher.add(entity, [nlp.make_doc(name)])

    def link(text: str) -> list[Span]:
        doc = nlp.make_doc(text)
        found = [(doc[a:b].start_char, doc[a:b].end_char, nlp.vocab.strings[key]) for key, a, b in matcher(doc)]
        return longest(found)

    return link


def entity_ruler(known: Keywords, _setting: float) -> Linker:
    """spaCy's EntityRuler with patterns of words and IDs."""
    import spacy

    nlp = spacy.blank("xx")
    ruler: Any = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns([{"label": "PERSON", "pattern": name, "id": entity} for name, entity in known.items()])
    return lambda text: [(span.start_char, span.end_char, span.ent_id_) for span in nlp(text).ents]


# ---------------------------------------------------------------- alike


def spaczz(known: Keywords, setting: float) -> Linker:
    """spaczz's FuzzyMatcher with a least ratio."""
    import spacy
    from spaczz.matcher import FuzzyMatcher

    nlp = spacy.blank("xx")
    matcher: Any = FuzzyMatcher(nlp.vocab, min_r=int(setting))
    for name, entity in known.items():
        matcher.add(entity, [nlp.make_doc(name)])

    def link(text: str) -> list[Span]:
        doc = nlp.make_doc(text)
        found = sorted(matcher(doc), key=lambda match: -match[3])
        return longest([(doc[a:b].start_char, doc[a:b].end_char, entity) for entity, a, b, *_ in found])

    return link


def parts(text: str) -> Iterator[tuple[int, int, str]]:
    """Every part of up to three words of every capitalised run, in Unidecode's letters."""
    for run in RUN.finditer(text):
        words = [(run.start() + w.start(), run.start() + w.end()) for w in WORD.finditer(run[0])]
        for size in (3, 2, 1):
            for i in range(len(words) - size + 1):
                start, end = words[i][0], words[i + size - 1][1]
                yield start, end, unidecode(" ".join(text[a:b] for a, b in words[i : i + size])).lower()


def alike(known: Keywords, find: Callable[[str], str]) -> Linker:
    """Link every part that some search finds a keyword for."""
    plain = {unidecode(name).lower(): entity for name, entity in known.items()}
    memo: dict[str, str] = {}

    def link(text: str) -> list[Span]:
        found: list[Span] = []
        for start, end, part in parts(text):
            if part not in memo:
                memo[part] = find(part)
            if memo[part] and len(memo[part].split()) == len(part.split()):
                found.append((start, end, plain[memo[part]]))
        return longest(found)

    return link


def simstring(known: Keywords, setting: float) -> Linker:
    """SimString: the most alike by the cosine of letter trigrams, from a least similarity."""
    from simstring.database.dict import DictDatabase
    from simstring.feature_extractor.character_ngram import CharacterNgramFeatureExtractor
    from simstring.measure.cosine import CosineMeasure
    from simstring.searcher import Searcher

    database: Any = DictDatabase(CharacterNgramFeatureExtractor(3))
    for name in known:
        database.add(unidecode(name).lower())
    searcher: Any = Searcher(database, CosineMeasure())

    def find(part: str) -> str:
        found = searcher.ranked_search(part, setting)
        return next(iter(found), "")

    return alike(known, find)


def symspell(known: Keywords, setting: float) -> Linker:
    """SymSpell: the closest by so many edits."""
    from symspellpy import SymSpell, Verbosity

    speller = SymSpell(max_dictionary_edit_distance=int(setting), prefix_length=7)
    for name in known:
        speller.create_dictionary_entry(unidecode(name).lower(), 1)

    def find(part: str) -> str:
        found = speller.lookup(part, Verbosity.TOP, max_edit_distance=int(setting))
        return str(found[0].term) if found else ""

    return alike(known, find)


EXACT = "finding many thousand keywords letter for letter"
TEXT_PEERS: tuple[TextPeer, ...] = (
    TextPeer("flashtext2", ("flashtext2",), flashtext2, (0,), EXACT, "replaces keywords too; a thousand times quicker"),
    TextPeer("pyahocorasick", ("pyahocorasick",), pyahocorasick, (0,), EXACT, "any string; a thousand times quicker"),
    TextPeer("ahocorasick_rs", ("ahocorasick-rs",), ahocorasick_rs, (0,), EXACT, "any string; the quickest with few names"),
    TextPeer("spaCy PhraseMatcher", ("spacy",), phrase_matcher, (0,), "terms in spaCy's pipelines", "lemmas, shapes and other attributes of words"),
    TextPeer("spaCy EntityRuler", ("spacy",), entity_ruler, (0,), "rules for entities beside a statistical tagger", "patterns over words and their attributes"),
    TextPeer("spaczz", ("spaczz", "spacy"), spaczz, (75, 80, 85, 90, 95), "fuzzy rules in spaCy's pipelines", "phrases of any kind, OCR errors, regular expressions"),
    TextPeer("simstring", ("simstring-fast", "unidecode"), simstring, (0.8, 0.5, 0.6, 0.7, 0.9), "approximate look-up in dictionaries", "terms of any kind by several measures"),
    TextPeer("symspellpy", ("symspellpy", "unidecode"), symspell, (2, 1, 3), "correcting spelling", "common words with frequencies, word segmentation"),
)  # fmt: skip
"""All peers that search texts."""
