"""How does a table of rules rewrite a word?

One small engine for every table of letters: romanisation schemes and the correspondences between
sister languages. A rule replaces ``src`` where its neighbours fit; the longest ``src`` wins, at equal
length the rule with more context, then the order of the table. In ``left`` and ``right``, ``#`` is the word's
edge, ``V`` a vowel letter, ``C`` a consonant letter, ``!`` negates, any other character is itself.
``alts`` are outputs that practice also uses, joined by ``|``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product

EDGE = "#"
"""Stands for both ends of a word in the context of a rule."""

VOWELS = frozenset(
    "аеёиоуыэюяієїәөүұӣӯ" "aeiouyəöüı" "αάεέηήιίϊΐοόυύϋΰωώ" "აეიოუ" "աեէըիոօ"
)  # fmt: skip
_NO_CONSONANTS = frozenset("ьъ’'йў")

Row = tuple[str, str, str, str, str]
_Rule = tuple[int, str, frozenset[str] | None, frozenset[str] | None, tuple[str, ...]]


class Rewriter:
    """Rules compiled for rewriting, by the first letter of what they replace.

    Args:
        rows: rules ``(src, left, right, out, alts)`` in lower case.

    >>> rules = Rewriter([("е", "#V", "", "ye", ""), ("е", "", "", "e", "ie"), ("л", "", "", "l", "")])
    >>> list(rules.forms("ел")), list(rules.forms("ле"))
    (['yel'], ['le', 'lie'])

    """

    def __init__(self, rows: Iterable[Row]) -> None:
        table = list(rows)
        self.alphabet = frozenset("".join(src for src, *_ in table))
        self._plain: dict[str, tuple[str, ...]] = {}
        self._special: dict[str, list[_Rule]] = {}
        for src, left, right, out, alts in sorted(table, key=_precedence):
            outputs = (out, *(alts.split("|") if alts else ()))
            if len(src) == 1 and not left and not right:
                self._plain.setdefault(src, outputs)
            else:
                rule = (len(src), src, self._context(left), self._context(right), outputs)
                self._special.setdefault(src[0], []).append(rule)

    def _context(self, condition: str) -> frozenset[str] | None:
        """The letters that meet a condition; None where every letter does."""
        if not condition:
            return None
        if condition[0] == "!":
            return (self.alphabet | {EDGE}) - (self._context(condition[1:]) or frozenset())
        letters = set(condition) - {"V", "C"}
        if "V" in condition:
            letters |= VOWELS
        if "C" in condition:
            letters |= self.alphabet - VOWELS - _NO_CONSONANTS
        return frozenset(letters)

    def parts(self, word: str) -> list[tuple[str, ...]]:
        """Cut a word in lower case into the sources of rules, and list the outputs of each."""
        padded = f"{EDGE}{word}{EDGE}"
        special, plain = self._special, self._plain
        found = []
        place, last = 1, len(word)
        while place <= last:
            letter = padded[place]
            for size, src, left, right, outputs in special.get(letter, ()):
                if (
                    (size == 1 or padded.startswith(src, place))
                    and (left is None or padded[place - 1] in left)
                    and (right is None or padded[place + size] in right)
                ):
                    found.append(outputs)
                    place += size
                    break
            else:
                found.append(plain.get(letter) or (letter,))
                place += 1
        return found

    def forms(self, word: str, deviations: int = 1) -> Iterator[str]:
        """The rewritten word, then with one output exchanged for an alternative, then with two, and so on.

        Args:
            word: a word in lower case.
            deviations: at most so many outputs are exchanged at once.

        """
        parts = self.parts(word)
        main = [outputs[0] for outputs in parts]
        yield "".join(main)
        open_places = [place for place, outputs in enumerate(parts) if len(outputs) > 1]
        for count in range(1, min(deviations, len(open_places)) + 1):
            for places in combinations(open_places, count):
                yield from _exchanged(main, parts, places)


def _exchanged(main: Sequence[str], parts: Sequence[tuple[str, ...]], places: Sequence[int]) -> Iterator[str]:
    """The word with every choice of alternatives at some places."""
    for choice in product(*(parts[place][1:] for place in places)):
        changed = list(main)
        for place, other in zip(places, choice, strict=True):
            changed[place] = other
        yield "".join(changed)


def _precedence(row: Row) -> tuple[int, int]:
    """Sort key: the longest source first, then the rule with more context."""
    src, left, right, *_ = row
    return -len(src), -(bool(left) + bool(right))


def distinct(forms: Iterable[str], most: int) -> tuple[str, ...]:
    """The first ``most`` distinct forms, in order.

    >>> distinct("abaca", 2)
    ('a', 'b')
    """
    found: dict[str, None] = {}
    # a long word has more forms than anybody asks for, so no more are made than are wanted
    for form in forms:
        found[form] = None
        if len(found) >= most:
            break
    return tuple(found)
