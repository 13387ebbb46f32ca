"""Which classes of consonants has a word, in every way that its letters may be meant?

That is coarse enough for words of two scripts to meet, and a text is read letter by letter along the bones of a gazetteer.
"""

from __future__ import annotations

from functools import lru_cache

from unidecode import unidecode

from resolve.letters import PALATALS, fold
from resolve.multigram import load

SHARE = 0.02
"""What a letter means at least so often is tried."""

_CLASSES = {
    **dict.fromkeys("pb", "P"), **dict.fromkeys("vfw", "V"), **dict.fromkeys("td", "T"), **dict.fromkeys("szcj", "S"),
    **dict.fromkeys("kgqh", "K"), **dict.fromkeys("lr", "L"), **dict.fromkeys("mn", "N"), "x": "KS",
}  # fmt: skip

_SPELT = (
    ("tsch", ("S",)), ("shch", ("S",)), ("sch", ("S", "SK")), ("dzh", ("S",)), ("tch", ("S",)), ("sh", ("S",)),
    ("zh", ("S",)), ("cz", ("S",)), ("sz", ("S",)), ("dj", ("S",)), ("dz", ("S", "TS")), ("ch", ("S", "K")),
    ("ts", ("S", "TS", "T")), ("tz", ("S", "TS")), ("kh", ("K", "")), ("gh", ("K", "")), ("ph", ("V", "P")), ("th", ("T", "S")),
    ("ck", ("K",)), ("qu", ("K",)), ("sw", ("SV", "S")), ("c", ("S", "K")), ("x", ("KS", "S")), ("g", ("K", "S")), ("j", ("S", "", "K")), ("h", ("K", "")), ("z", ("S", "TS")),
)  # fmt: skip

_SPELT_FROM = {spelt[0]: tuple(row for row in _SPELT if row[0][0] == spelt[0]) for spelt, _ in _SPELT}

_VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=65536)
def bones(word: str) -> frozenset[str]:
    """The classes of the consonants of a Latin or Cyrillic word, in every way that its letters may be meant.

    >>> sorted(bones("Putin")), "NLKL" in bones("Merkel")
    (['PTN'], True)
    """
    text = fold(word) if word.isascii() else fold(unidecode(word))
    found, place = {""}, 0
    while place < len(text):
        letter = text[place]
        spelt, options = letter, (_CLASSES.get(letter, ""),)  # type: tuple[str, tuple[str, ...]]
        for several, meant in _SPELT_FROM.get(letter, ()):
            if text.startswith(several, place):
                spelt, options = several, meant
                break
        after = text[place + len(spelt) : place + len(spelt) + 1]
        if options == ("V",) and after not in _VOWELS:
            options = ("V", "")
        doubled = bool(place) and text[place - 1] == spelt
        if not doubled:
            found = {
                one if one.endswith(o) and o and text[place - 1] not in _VOWELS else one + o
                for one in found
                for o in options
            }
        place += len(spelt)
    return frozenset(found)


@lru_cache(maxsize=16)
def meanings(name: str) -> dict[str, tuple[str, ...]]:
    """What the letters of a writing may mean, in classes of consonants."""
    found = {}
    for letter, outputs in load().outputs(name).items():
        shares: dict[str, float] = {}
        for latin, share in outputs:
            for one in bones(latin):
                shares[one] = shares.get(one, 0.0) + share
        kept = [one for one, share in sorted(shares.items(), key=lambda item: -item[1]) if share >= SHARE]
        # ng for n: 普京 is Putin
        kept += [one.removesuffix("K") for one in kept if one.endswith("NK")]
        # v before a consonant is as silent as u: Ціханоўская
        # 普京 is Putin, 季莫申科 Tymoshenko: Mandarin has no t or d before i as Russian has
        kept += ["T"] if letter in PALATALS else []
        found[letter] = tuple(dict.fromkeys([*kept, *([""] if "V" in kept else [])])) or ("",)
    return found
