"""How is a word in Latin letters whose script has neither a channel nor schemes of its own?

Thai and Lao are read by rules: vowels that stand before their consonant are moved behind it, silent letters may be
left out, aspirates are written with and without *h* (Royal Institute 1999: *Phuket*; press: *Putin* for ปูติน). Of
other scripts, such as Ethiopic, Khmer and Burmese, AnyAscii knows the letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from resolve.letters import is_other
from resolve.text import script

MOST = 6
"""At most so many spellings of a word are tried."""

LAO_TO_THAI = -0x80
"""Unicode has Lao in the order of Thai."""

_KNOWN = frozenset({"Latin", "Cyrillic", "Common"})
_LAO = {"ຽ": "ย", "ໜ": "หน", "ໝ": "หม", "ຼ": "ล"}
_CONSONANTS = {
    **dict.fromkeys("ก", "k"), **dict.fromkeys("ขฃคฅฆ", "kh"), "ง": "ng", "จ": "ch", **dict.fromkeys("ฉชฌ", "ch"), "ซ": "s",
    "ญ": "y", **dict.fromkeys("ฎด", "d"), **dict.fromkeys("ฏต", "t"), **dict.fromkeys("ฐฑฒถทธ", "th"), **dict.fromkeys("ณน", "n"),
    "บ": "b", "ป": "p", **dict.fromkeys("ผพภ", "ph"), **dict.fromkeys("ฝฟ", "f"), "ม": "m", "ย": "y", "ร": "r", **dict.fromkeys("ลฬ", "l"),
    "ว": "w", **dict.fromkeys("ศษส", "s"), **dict.fromkeys("หฮ", "h"),
}  # fmt: skip
_VOWELS = {
    "ะ": "a", "ั": "a", "า": "a", "ำ": "am", "ิ": "i", "ี": "i", "ึ": "ue", "ื": "ue", "ุ": "u", "ู": "u", "เ": "e", "แ": "ae", "โ": "o",
    "ใ": "ai", "ไ": "ai", "ฤ": "rue", "ฦ": "lue", "อ": "o",
}  # fmt: skip
_TONES = dict.fromkeys(map(ord, "็่้๊๋ํ๎ๆฯฺ"))
_C = "[ก-ฮ]"
_ORDERED = (
    # vowels of several signs around a consonant, then those of one sign before it
    (re.compile(f"เ({_C})ีย"), r"\1ia"), (re.compile(f"เ({_C})ือ"), r"\1uea"), (re.compile(f"เ({_C})า"), r"\1ao"),
    (re.compile(f"เ({_C})ิ"), r"\1oe"), (re.compile(f"เ({_C})อ"), r"\1oe"), (re.compile(f"({_C})ัว"), r"\1ua"),
    (re.compile(f"([เแโใไ])({_C})"), r"\2\1"),
    (re.compile(f"รร(?={_C})"), "a"), (re.compile("รร"), "an"),
    # a silent carrier of vowels, and the letter that only sets a tone
    (re.compile("อ(?=[ะ-ูเแโใไa-z])"), ""), (re.compile("^ห(?=[งญนมยรลว])"), ""),
)  # fmt: skip
_SILENT = re.compile(f"(?:[ทตดศ]ร|ษ[ณม]|{_C})[ิุ]?์")
_ONE_SILENT = re.compile("[ิุ]?์")
_ASPIRATES = re.compile("([kpt])h")
_FOREIGN = str.maketrans({"ก": "g", "จ": "j"})
"""What unaspirated letters are in foreign names: กอร์ดอน, *Gordon*; จอร์จ, *George*."""


def spellings(word: str) -> tuple[str, ...]:
    """The Latin spellings of a word in a script that nothing else reads, at most `MOST`; none for other words.

    >>> spellings("ปูติน"), spellings("ทักษิณ"), spellings("መርክል"), spellings("Putin")
    (('putin',), ('taksin', 'thaksin', 'tagsin'), ('merkl',), ())
    """
    if word.isascii() or script(word) in _KNOWN or is_other(word):
        return ()
    return _spellings(word)


@lru_cache(maxsize=16384)
def _spellings(word: str) -> tuple[str, ...]:
    if script(word) in {"Thai", "Lao"}:
        return _thai(word)
    # loaded here, for few need it
    from anyascii import anyascii

    plain = "".join(letter for letter in anyascii(word).lower() if "a" <= letter <= "z")
    return (plain,) if plain else ()


def _thai(word: str) -> tuple[str, ...]:
    """Foreign names sound what they write as silent, Thai names do not; the press writes aspirates either way."""
    text = unicodedata.normalize("NFC", word)
    text = "".join(_LAO.get(c, chr(ord(c) + LAO_TO_THAI) if "\u0e80" < c < "\u0edc" else c) for c in text)
    text = text.translate(_TONES)
    found: dict[str, None] = {}
    for silent in (_ONE_SILENT, _SILENT):
        ordered = silent.sub("", text)
        for pattern, becomes in _ORDERED:
            ordered = pattern.sub(becomes, ordered)
        latin, foreign = (
            "".join(_CONSONANTS.get(c, _VOWELS.get(c, c if c.isascii() else "")) for c in written)
            for written in (ordered, ordered.translate(_FOREIGN))
        )
        found.update(dict.fromkeys((_ASPIRATES.sub(r"\1", latin), latin, _ASPIRATES.sub(r"\1", foreign))))
    return tuple(found)[:MOST]
