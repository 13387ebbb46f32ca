"""Which places of the gazetteer may a name mean that stands alone, and what speaks for each?

In a text a place has to be spelt closely: words like it are adjectives, firms and surnames. A name that stands alone is a name, with what
lists and other languages add to it: *Yonkers, New York*, *广州市*, *Ibadanas*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from resolve.channel import weights
from resolve.endings import adaptations
from resolve.index import Index
from resolve.index.forms import is_plain
from resolve.lookup import Phrase, phrases, spelt_so
from resolve.model import Evidence, Token
from resolve.names import parts
from resolve.score.phrase import phrase_reading, reads_alike
from resolve.score.reading import Reading
from resolve.text import script
from resolve.toponyms import others

_REGION = re.compile("[,،、;]")
_KIND_BEHIND = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})[市县縣区區町村鎮镇郡]$|(?<=[\uac00-\ud7a3]{2}) ?[시군구]$|-(?:chhī|chhi|si|shi|ken)$"
)
_KIND_BEFORE = re.compile(
    r"^(?:city of|town of|ciudad de|cidade de|ville de|citta di|città di|stadt|gmina|miasto|město|mesto|grad|oraș|orașul|"
    r"kota|thành phố|город|місто|горад|град|г\.|м\.)\s+(?=\w)",
    re.IGNORECASE,
)


def places(text: str, index: Index, lang: str = "") -> list[Reading]:
    """Every place of the gazetteer that a name standing alone could mean, with the evidence.

    Args:
        text: a name, as written.
        index: the compiled gazetteer.
        lang: ISO 639-1 code of its language, where known.

    """
    best: dict[int, Reading] = {}
    for name, said in _variants(text):
        tokens = parts(name)
        for phrase in _phrases(tokens, index, lang):
            reading = phrase_reading(phrase, tokens, False, index, lang)
            if not reading or index.entity(reading.entity).type != "place":
                continue
            reading = _alone(reading, tokens, phrase, index).also(*said)
            if reading.entity not in best or reading.bits > best[reading.entity].bits:
                best[reading.entity] = reading
    return list(best.values())


def _variants(text: str) -> Iterator[tuple[str, list[Evidence]]]:
    """A name, and what is left of it without the region it is in and the kind of place it is, with what that costs."""
    yield text, []
    w = weights()
    # what is not filed, by the names that are
    for other, called in (others(text) or others(_KIND_BEHIND.sub("", text))).items():
        if is_plain(other) and script(other) == "Latin":
            yield other, [Evidence(f"{called} of the place", w["place_exonym"], left=text, right=other)]
    first, *rest = (part.strip() for part in _REGION.split(text, maxsplit=1))
    if rest and first and rest[0]:
        yield first, [Evidence("in a region", w["place_region"], left=rest[0])]
    for kind in (_KIND_BEHIND, _KIND_BEFORE):
        bare = kind.sub("", first)
        if bare != first:
            yield bare, [Evidence("a kind of place", w["place_kind"], left=first)]


def _phrases(tokens: tuple[Token, ...], index: Index, lang: str) -> Iterator[Phrase]:
    """Where names of places stand; a word alone also where only its likely Latin spelling meets them."""
    found = list(phrases(tokens, index, lang))
    yield from found
    if not found and len(tokens) == 1:
        for token in sorted(spelt_so(tokens[0].text, index)):
            for name in index.openers.get(token, ()):
                if len(index.token_numbers(name)) == 1:
                    yield Phrase(0, 1, name)


def _alone(reading: Reading, tokens: tuple[Token, ...], phrase: Phrase, index: Index) -> Reading:
    """A reading of a name that stands alone: what it leaves out counts, and another spelling counts less than in a text."""
    w = weights()
    left_out = [token.text for i, token in enumerate(tokens) if not phrase.first <= i < phrase.last]
    reading = reading.also(*(Evidence("left out", w["neighbour_name"], left=word) for word in left_out))
    if "spelt otherwise" not in reading.features:
        return reading
    (word,), known = tokens[phrase.first : phrase.last], index.name(reading.name).tokens[0].text
    adapted = any(reads_alike(stem, known) for stem, _sex in adaptations(word.text))
    piece = Evidence(
        "adapted" if adapted else "respelt", w["inflected" if adapted else "place_respelt"], word.text, known
    )
    return reading.without({"spelt otherwise"}).also(piece)
