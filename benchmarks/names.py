"""Is a name standing alone found in a gazetteer, and is nobody found for a stranger? This toolkit beside other programs.

    python -m benchmarks.names [--step N] [--only NAME ...] [--errors] [--no-save]

Data: ``data/east_slavic`` (ships): 356 persons, a third of whom are taken out of the gazetteer so that their spellings are
strangers' names, and 408 pairs that must not match: the left name is in the gazetteer, the right one is asked. Asked
besides: initials and surnames that come first, made of English and Russian spellings. One spelling per entity.

Persons are split by CRC-32 of their ID: three tenths are the *development* split, on which everybody's threshold is
tuned for the best F1 (ours is the default, untuned) and from which Splink learns; all figures are of the other seven,
whose errors are never shown: ``examples`` are errors of the development split, one for each kind of name. Where a program's
documentation names a threshold, its figures there stand beside. Of every ``--step`` queries one is asked. Start: cold, one process; the seconds include
loading and building. Precision: of the answers at the threshold, how many are right. Recall: of the queries whose person
is there, how many are answered right. ``rank1`` looks at the best answer whatever its score.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from rapidfuzz.distance import JaroWinkler

import resolve
from benchmarks.common import DEFAULT, UNTUNED, plain, save, table
from benchmarks.east_slavic import Row, hard_negatives, script_of, spellings
from benchmarks.peers import PEERS, Answer, Ask, Known, Peer, missing

DEVELOPMENT = 3
"""So many tenths of the persons are for development."""

TUNED = "the best F1 on other persons (development split)"
POINTS = 60
"""At most so many points of a curve are kept."""

BINS = 10
ADAPTED = frozenset({"lt", "lv", "cs"})
"""Languages that give a foreign name an ending of their own."""


@dataclass(frozen=True, slots=True)
class Query:
    """A name that is asked: whose it is (a place in the gazetteer, -1 for nobody there), and what kind of name it is."""

    text: str
    truth: int
    lang: str
    script: str
    kind: str
    development: bool


@dataclass(frozen=True, slots=True)
class Set:
    """The names of the gazetteer, what is asked, and pairs of spellings that may be learned from."""

    names: list[str]
    queries: list[Query]
    known: list[tuple[str, str]]


def digest(text: str) -> int:
    """A number that is the same everywhere."""
    return zlib.crc32(text.encode())


def development(identifier: str) -> bool:
    """Whether a person is one of the development split."""
    return digest(identifier) % 10 < DEVELOPMENT


def removed(identifier: str) -> bool:
    """Whether a person is left out of the gazetteer."""
    return digest(identifier) // 10 % 3 == 0


def kind_of(known: str, row: Row) -> str:
    """What makes a spelling differ from the known one."""
    given, other = plain(known).split()[0], plain(row.name).replace(",", " ").split()
    if row.script not in {"Latin", "Cyrillic"}:
        return "further script"
    if "," in row.name or (row.source == "wikidata" and JaroWinkler.similarity(given, other[0]) < 0.7):
        return "order"
    if max(JaroWinkler.similarity(given, word) for word in other) < 0.75:
        return "given-name equivalent"
    if len(other) > len(known.split()):
        return "patronymic"
    if row.lang in ADAPTED:
        return "ending"
    return f"{row.script} spelling"


def derived(rows: Sequence[Row]) -> Iterator[tuple[str, str, str]]:
    """Initials and surnames that come first, of the English and the Russian spelling; with language and kind."""
    for lang in ("en", "ru"):
        name = next((row.name for row in rows if row.lang == lang and len(row.name.split()) == 2), "")
        if name:
            given, surname = name.split()
            yield f"{given[0]}. {surname}", lang, "initials"
            yield f"{surname}, {given}", lang, "order"
            yield f"{surname.upper()} {given}", lang, "order"


def built(step: int) -> Set:
    """The gazetteer and the queries."""
    people = spellings()
    there = [key for key in people if not removed(key)]
    names, place = [people[key][0].name for key in there], {key: i for i, key in enumerate(there)}
    owner = {row.name: key for key, rows in people.items() for row in rows}
    held = {name: i for i, name in enumerate(names)}
    queries: list[Query] = []
    hard = hard_negatives()
    for left, _right, _kind in hard:
        # a person of the set who was taken out stays out
        if left not in owner and left not in held:
            held[left] = len(names)
            names.append(left)
    for left, right, kind in hard:
        if left in held and owner.get(right, "") not in place and right not in held:
            side = development(owner.get(left, left))
            queries.append(Query(right, -1, "", script_of(right), kind, side))
    initials = Counter((plain(name.split()[-1])[:4], plain(name)[:1]) for name in names)
    for key, rows in people.items():
        truth, side = place.get(key, -1), development(key)
        for row in rows:
            if row.name not in held:
                kind = kind_of(rows[0].name, row) if truth >= 0 else "nobody there"
                queries.append(Query(row.name, truth, row.lang, row.script, kind, side))
        if truth >= 0:
            for text, lang, kind in derived(rows):
                surname = plain(rows[0].name.split()[-1])[:4]
                if text not in held and (kind != "initials" or initials[surname, plain(rows[0].name)[:1]] == 1):
                    queries.append(Query(text, truth, lang, script_of(text), kind, side))
    known = [(rows[0].name, row.name) for key, rows in people.items() if development(key) for row in rows[1:]]
    kept = [query for query in dict.fromkeys(queries) if digest(query.text) % step == 0]
    return Set(names, kept, known)


def ours(names: Sequence[str], _known: Known) -> Ask:
    """This toolkit: the best candidate and its probability."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "names.csv"
        with open(source, "w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([("id", "name"), *enumerate(names)])
        resolver = resolve.open(source)

    def best(query: str) -> Answer:
        link = resolver.outcome(query)
        return (int(link.candidates[0].entity_id), link.probability) if link.candidates else (-1, 0.0)

    return lambda queries: [best(query) for query in queries]


OURS = Peer("resolve", ("onomast",), ours, "names of persons in any script, one spelling each", "")


# ---------------------------------------------------------------- judging


Judged = list[tuple[Query, Answer]]


def curve(judged: Judged) -> list[tuple[float, float, float]]:
    """Recall, precision and threshold at every score, from the highest down."""
    there = sum(query.truth >= 0 for query, _ in judged)
    ranked = sorted((item for item in judged if item[1][0] >= 0), key=lambda item: -item[1][1])
    right, points = 0, []
    for i, (query, (place, score)) in enumerate(ranked):
        right += place == query.truth
        if i + 1 == len(ranked) or ranked[i + 1][1][1] != score:
            points.append((right / max(there, 1), right / (i + 1), score))
    return points


def tuned(judged: Judged) -> float:
    """The threshold with the best F1."""
    points = curve(judged)
    return max(points, key=lambda p: 2 * p[0] * p[1] / (p[0] + p[1]) if p[0] + p[1] else 0.0)[2] if points else 0.0


def drawn(points: list[tuple[float, float, float]]) -> list[list[float]]:
    """A curve thinned out, without thresholds."""
    step = max(1, -(-len(points) // POINTS))
    kept = [*points[::step], *points[-1:]]
    return [[round(recall, 4), round(precision, 4)] for recall, precision, _ in kept]


def figures(judged: Judged, threshold: float) -> dict[str, float]:
    """Precision, recall and F1 at a threshold, and recall at the lowest threshold with precision .99."""
    answered = [(query, answer) for query, answer in judged if answer[0] >= 0 and answer[1] >= threshold]
    right = sum(answer[0] == query.truth for query, answer in answered)
    there = sum(query.truth >= 0 for query, _ in judged)
    precision, recall = right / len(answered) if answered else 1.0, right / max(1, there)
    return {
        "asked": len(judged), "precision": round(precision, 4), "recall": round(recall, 4),
        "f1": round(2 * right / (len(answered) + there), 4) if there else 1.0,
        "rank1": round(sum(a[0] == q.truth for q, a in judged if q.truth >= 0) / max(1, there), 4),
        "recall_at_p99": round(max((r for r, p, _ in curve(judged) if p >= 0.99), default=0.0), 4),
    }  # fmt: skip


def by_kind(judged: Judged, threshold: float) -> dict[str, dict[str, int]]:
    """Of every kind of name: how many were asked, answered right, and answered wrong."""
    found: dict[str, Counter[str]] = {}
    for query, (place, score) in judged:
        counts = found.setdefault(query.kind, Counter({"asked": 0, "right": 0, "wrong": 0}))
        counts["asked"] += 1
        if place >= 0 and score >= threshold:
            counts["right" if place == query.truth else "wrong"] += 1
    return {kind: dict(counts) for kind, counts in sorted(found.items())}


def by_language(judged: Judged) -> dict[str, dict[str, float]]:
    """Of every language: how many were asked whose person is there, and how many of them came first."""
    found: dict[str, Counter[str]] = {}
    for query, (place, _) in judged:
        if query.truth >= 0 and re.fullmatch("[a-z]{2}", query.lang):
            counts = found.setdefault(query.lang, Counter())
            counts["asked"] += 1
            counts["first"] += place == query.truth
    return {
        lang: {"asked": counts["asked"], "rank1": round(counts["first"] / counts["asked"], 4)}
        for lang, counts in sorted(found.items())
    }


def reliability(judged: Judged) -> dict[str, Any]:
    """Expected calibration error, and for every tenth of probability the mean, the share right and the number."""
    bins, error = [], 0.0
    for i in range(BINS):
        inside = [(q, a) for q, a in judged if i / BINS <= a[1] < (i + 1) / BINS or (i == BINS - 1 and a[1] >= 1.0)]
        if inside:
            mean = sum(a[1] for _, a in inside) / len(inside)
            share = sum(a[0] == q.truth for q, a in inside) / len(inside)
            error += abs(mean - share) * len(inside) / len(judged)
            bins.append({"probability": round(mean, 4), "right": round(share, 4), "count": len(inside)})
    return {"ece": round(error, 4), "bins": bins}


def measured(peer: Peer, data: Set, show: Any = None) -> dict[str, Any]:
    """Everything about one program."""
    began = time.perf_counter()
    ask = peer.make(data.names, data.known)
    answers: dict[str, Answer] = {}
    built_in = time.perf_counter() - began
    texts = list(dict.fromkeys(query.text for query in data.queries))
    began, cpu = time.perf_counter(), time.process_time()
    answers = dict(zip(texts, ask(texts), strict=True))
    spent, used = time.perf_counter() - began, time.process_time() - cpu
    judged = [(query, answers[query.text]) for query in data.queries]
    taught = [item for item in judged if item[0].development]
    test = [item for item in judged if not item[0].development]
    threshold = DEFAULT if peer.name == "resolve" else tuned(taught)
    scripts = Counter(query.script for query, _ in test if query.truth >= 0)
    if show:
        show(taught, threshold)
    return {
        "versions": peer.versions(), "threshold": round(threshold, 4),
        "tuned_on": UNTUNED if peer.name == "resolve" else TUNED,
        "development": figures(taught, threshold), "test": figures(test, threshold),
        "classes": by_kind(test, threshold), "languages": by_language(test),
        "scripts": {s: figures([i for i in test if i[0].script == s], threshold) for s in scripts},
        "curve": drawn(curve(test)),
        "curves": {s: drawn(curve([i for i in test if i[0].script == s])) for s in scripts},
        "build_s": round(built_in, 2), "names_per_cpu_s": round(len(texts) / max(used, 1e-3), 1), "cpu_share": round(used / spent, 2),
        "built_for": peer.built_for, "better": peer.better,
        **({"reliability": reliability(test), "examples": examples(data, taught, threshold)} if peer.name == "resolve" else {}),
        **({"recommended": {"threshold": peer.recommended, **figures(test, peer.recommended)}} if peer.recommended else {}),
    }  # fmt: skip


def wrong(judged: Judged, threshold: float) -> Iterator[tuple[Query, Answer]]:
    """The queries that were answered wrongly, or not although their person is there."""
    for query, (place, score) in judged:
        answered = place >= 0 and score >= threshold
        if answered != (query.truth >= 0) or (answered and place != query.truth):
            yield query, (place, score)


def examples(data: Set, taught: Judged, threshold: float) -> dict[str, dict[str, Any]]:
    """Of every kind of name: how many of the development split went wrong, and the first of them."""
    asked = Counter(query.kind for query, _ in taught)
    found: dict[str, dict[str, Any]] = {kind: {"asked": count, "wrong": 0} for kind, count in sorted(asked.items())}
    for query, (place, score) in wrong(taught, threshold):
        facts = found[query.kind]
        facts["wrong"] += 1
        facts.setdefault("name", query.text)
        facts.setdefault("whose", data.names[query.truth] if query.truth >= 0 else "")
        facts.setdefault("answer", data.names[place] if place >= 0 and score >= threshold else "")
        facts.setdefault("probability", round(score, 3))
    return found


def errors(data: Set, taught: Judged, threshold: float) -> None:
    """Print the errors of the development split."""
    for query, (place, score) in wrong(taught, threshold):
        known = data.names[query.truth] if query.truth >= 0 else "nobody"
        print(f"{query.kind}: {query.text!r} is {known}, got {data.names[place]!r} at {score:.3f}", file=sys.stderr)


def main() -> None:
    """Parse options, run, print, write the dated result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--step", type=int, default=1, help="of so many queries one is asked")
    parser.add_argument(
        "--only", nargs="+", default=[], help="these programs only, by a part of the name; nothing is saved"
    )
    parser.add_argument("--errors", action="store_true", help="show our errors on the development split")
    parser.add_argument("--no-save", action="store_true", help="write no dated result")
    options = parser.parse_args()
    data = built(options.step)
    test = [query for query in data.queries if not query.development]
    result: dict[str, Any] = {}
    absent: dict[str, str] = {}
    for peer in (OURS, *PEERS):
        if options.only and not any(part in peer.name for part in options.only):
            continue
        if reason := missing(peer):
            absent[peer.name] = reason
            print(f"{peer.name}: {reason}", file=sys.stderr)
            continue
        show = partial(errors, data) if options.errors and peer is OURS else None
        result[peer.name] = measured(peer, data, show)
        print(
            peer.name,
            result[peer.name]["test"],
            f"{result[peer.name]['names_per_cpu_s']} names per CPU second",
            file=sys.stderr,
            flush=True,
        )
    print(
        f"{len(data.names)} names in the gazetteer; {len(test)} asked, of {sum(q.truth >= 0 for q in test)} of which the person is there"
    )
    heads = ("precision", "recall", "f1", "rank1", "recall_at_p99")
    print(
        table(
            ["", *heads, "names/s"],
            [[who, *(facts["test"][h] for h in heads), facts["names_per_cpu_s"]] for who, facts in result.items()],
        )
    )
    if not options.no_save and not options.only:
        facts = {
            "start": "cold", "gazetteer": len(data.names), "asked": len(test), "asked_development": len(data.queries) - len(test),
            "there": sum(q.truth >= 0 for q in test), "step": options.step, "seed": "CRC-32 of names and IDs",
            "not_installed": absent, "systems": result,
        }  # fmt: skip
        print(save("names", facts))


if __name__ == "__main__":
    main()
