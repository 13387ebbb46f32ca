"""What does every stage give? The same queries and passages with one stage taken out, or with one alone.

    python -m benchmarks.ablations [--step 4] [--only NAME ...] [--no-save]

Names: the test split of `benchmarks.names`, of every ``--step`` queries one; the threshold is tuned on the development split for
every variant, for probabilities without a stage are not calibrated. Passages: those of `benchmarks.passages`, open and blind, at
the default threshold. What judges whether two words spell one name is exchanged in the first group of variants; in the second
one kind of evidence is missing. Every variant runs in a process and with a cache of its own, cold.
"""

from __future__ import annotations

import argparse
import importlib
import os
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing import get_context
from typing import Any
from unittest.mock import patch

from rapidfuzz.distance import JaroWinkler

from benchmarks import names, passages
from benchmarks.common import plain, save, table

SURE = 20.0
"""Bits that say that two words spell one name, or that they do not, whoever judges."""

CLOSE = 0.9
"""The similarity by Jaro and Winkler from which two words pass for one."""

FLAT = 12.0
"""What every name is worth where nothing is known of how many bear it, in bits."""

TUNED = "names: the best F1 on other persons (development split), for every variant; passages: nothing, the default threshold"


EAST_SLAVIC = ("be", "ru", "uk")


@lru_cache(maxsize=65536)
def spellings_by_schemes(word: str) -> frozenset[str]:
    """A word as every published scheme of every language writes it in Latin letters, without marks."""
    from resolve.letters import fold
    from resolve.romanize import romanize

    forms = (form for lang in ("", *EAST_SLAVIC) for form in romanize(word, lang=lang))
    return frozenset({fold(word), *(fold(form.text) for form in forms)})


@lru_cache(maxsize=262144)
def by_schemes(left: str, right: str) -> float:
    """Two words are one name where some scheme writes both alike."""
    return SURE if spellings_by_schemes(left) & spellings_by_schemes(right) else -SURE


@lru_cache(maxsize=262144)
def by_keys(left: str, right: str) -> float:
    """Two words are one name where they meet under a key."""
    from resolve.keys import keys

    return SURE if set(keys(left)) & set(keys(right)) else -SURE


@lru_cache(maxsize=262144)
def by_letters(left: str, right: str) -> float:
    """Two words are one name where Jaro and Winkler find them alike in Unidecode's letters."""
    return SURE if JaroWinkler.similarity(plain(left), plain(right)) >= CLOSE else -SURE


def _may(*_asked: Any) -> bool:
    return True


def _none(*_asked: Any) -> bool:
    return False


def _none_given() -> dict[str, frozenset[str]]:
    return {}


def _flat(_index: Any) -> Callable[[str, str, str], float]:
    return lambda _seen, _known, _lang: FLAT


def _flat_class(_classes: frozenset[str]) -> float:
    return FLAT


def _alone(reading: Any, *_around: Any) -> Any:
    return reading


def _never(*_asked: Any) -> float:
    return float("-inf")


def judged_by(judge: Callable[[str, str], float]) -> dict[str, Any]:
    """What has to be exchanged for another judge of words."""
    return {
        "resolve.channel.telling": judge, "resolve.score.pair.telling": judge,
        "resolve.score.contradiction.telling": judge,
        "resolve.channel._may_tell": _may, "resolve.score.pair.unlike": _none, "resolve.score.sift.unlike": _none,
    }  # fmt: skip


NO_TABLE = {"resolve.given._given_table": _none_given, "resolve.channel.given_table": _none_given}


@dataclass(frozen=True, slots=True)
class Variant:
    """What is exchanged, and why it is worth knowing."""

    why: str
    exchanged: dict[str, Any] = field(default_factory=dict)


VARIANTS: dict[str, Variant] = {
    "whole": Variant("the toolkit as it is"),
    "schemes only": Variant(
        "words are one name only where a published romanisation writes both alike, or the table of given names says so",
        judged_by(by_schemes),
    ),
    "keys only": Variant("words are one name where they meet under a phonetic key", judged_by(by_keys)),
    "Jaro-Winkler only": Variant("the usual measure of letters instead of the learned channel", judged_by(by_letters)),
    "channel only": Variant(
        "the learned channel without the table of given names and without the forms of sister languages",
        {**NO_TABLE, "resolve.channel._by_sisters": _never},
    ),
    "without sister forms": Variant(
        "Belarusian words are not compared by their Russian and Ukrainian forms",
        {"resolve.channel._by_sisters": _never},
    ),
    "without given-name table": Variant("no table of equivalent given names (Nikolai, Mikalai)", dict(NO_TABLE)),
    "without term frequency": Variant(
        "every name is worth the same, however many bear it",
        {"resolve.score.reading.worth_in": _flat, "resolve.score.pair.class_worth": _flat_class},
    ),
    "without contradictions": Variant(
        "another given name, surname or patronymic does not speak against",
        {"resolve.score.contradiction.CONTRADICTIONS": ()},
    ),
    "without document context": Variant(
        "a mention is judged without what the document says elsewhere", {"resolve.decide.with_document": _alone}
    ),
}


def lacking() -> list[str]:
    """What the variants exchange and the package does not have (any more)."""
    places = {place for variant in VARIANTS.values() for place in variant.exchanged}
    return sorted(
        place
        for place in places
        if not hasattr(importlib.import_module(place.rpartition(".")[0]), place.rpartition(".")[2])
    )


def measured(name: str, step: int) -> dict[str, Any]:
    """The figures of a variant."""
    variant = VARIANTS[name]
    with tempfile.TemporaryDirectory(prefix="onomast-ablation-") as folder, ExitStack() as stack:
        os.environ["RESOLVE_CACHE_DIR"] = folder
        for place, instead in variant.exchanged.items():
            stack.enter_context(patch(place, instead))
        data = names.built(step)
        ask = names.ours(data.names, data.known)
        judged = [(query, ask([query.text])[0]) for query in data.queries]
        taught = [item for item in judged if item[0].development]
        test = [item for item in judged if not item[0].development]
        threshold = names.tuned(taught)
        parts = passages.counted(passages.ours(), list(passages.texts()), passages.traps())["parts"]
    return {
        "why": variant.why, "threshold": round(threshold, 4), "names": names.figures(test, threshold), "classes": names.by_kind(test, threshold),
        "passages": {part: parts[part] for part in ("open", "blind")},
    }  # fmt: skip


def main() -> None:
    """Parse options, run, print, write the dated result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--step", type=int, default=4, help="of so many queries one is asked")
    parser.add_argument("--only", nargs="+", choices=VARIANTS, default=[], help="these variants only; nothing is saved")
    parser.add_argument("--no-save", action="store_true", help="write no dated result")
    options = parser.parse_args()
    result: dict[str, Any] = {}
    rows: list[list[object]] = []
    for name in options.only or VARIANTS:
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            result[name] = pool.submit(measured, name, options.step).result()
        found, blind = result[name]["names"], result[name]["passages"]["blind"]
        rows.append(
            [name, *(found[key] for key in ("precision", "recall", "f1", "rank1")), blind["precision"], blind["recall"]]
        )
        print(table(["", "P", "R", "F1", "rank1", "blind P", "blind R"], rows[-1:]), flush=True)
    print(table(["", "P", "R", "F1", "rank1", "blind passages P", "R"], rows))
    if not options.no_save and not options.only:
        print(
            save(
                "ablations",
                {"start": "cold", "step": options.step, "tuned_on": TUNED, "variants": result},
            )
        )


if __name__ == "__main__":
    main()
