"""Precision and recall on running text: who is meant in marked passages.

    python -m benchmarks.text [--further] [--errors] [--spelling LANG] [--gold FOLDER] [--gazetteer PATH]

Data: ``data/passages`` (ours, 56 passages in 8 languages, one spelling per entity), or a folder with
``gold.jsonl`` and the texts it names. A link is right if the entity is right and the spans overlap;
exact spans are counted too. Cold start, one process. Passages whose number is divisible by three are
the blind part, and those that say so: their errors are not shown without ``--blind``, so that nobody tunes on them.
``--further`` measures the passages in scripts beyond Latin and Cyrillic, ``data/passages/further``.
``--spelling be`` gives the gazetteer its one spelling in Belarusian, where the curated gazetteer has it.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import resolve
from benchmarks.common import BASELINES, DATA, UNTUNED, Counts, plain, save, table
from resolve.gazetteer import curated, load, rows
from resolve.mentions import find

MARK = re.compile(r"\[([^\]|]*)\|([^\]]*)\]")
BLIND_EVERY = 3
THRESHOLDS = {"exact (unidecode)": 1.0, "Jaro-Winkler": 0.92, "WRatio": 0.9}
"""The thresholds usually recommended; the phonetic codes have to agree."""

READ = f"{UNTUNED}; errors on the open part were read"
USUAL = "nothing: the thresholds usually recommended"

Span = tuple[int, int, str]
"""Start and end in code points, and an entity ID, ``-`` for nobody known or ``?`` for undecidable."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with the spans that name persons."""

    id: str
    lang: str
    text: str
    gold: tuple[Span, ...]
    blind: bool = False


def marked(source: str) -> tuple[str, tuple[Span, ...]]:
    """Strip the marks of a passage.

    >>> marked("met [Putin|ru-putin-vladimir].")
    ('met Putin.', ((4, 9, 'ru-putin-vladimir'),))
    """
    text, spans, last = "", [], 0
    for match in MARK.finditer(source):
        text += source[last : match.start()]
        spans.append((len(text), len(text) + len(match[1]), match[2]))
        text += match[1]
        last = match.end()
    return text + source[last:], tuple(spans)


def passages(folder: Path) -> Iterator[Passage]:
    """The marked passages of a folder, one file per language."""
    for path in sorted(folder.glob("*.txt")):
        for block in re.split(r"^=== ", path.read_bytes().decode(), flags=re.MULTILINE)[1:]:
            head, _, body = block.partition("\n")
            name = head.split("|")[0].strip()
            text, gold = marked(body.rstrip("\n"))
            labelled = "blind" in re.split(r"[|,]\s*|\s+", head)
            blind = labelled or int(name.rsplit("-", 1)[1]) % BLIND_EVERY == 0
            yield Passage(name, path.stem, text, gold, blind)


def gold_texts(folder: Path) -> Iterator[Passage]:
    """Texts beside a ``gold.jsonl``."""
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text = (folder / record["doc"]).read_bytes().decode()
        spans = tuple((m["start"], m["end"], m["entity_id"]) for m in record["mentions"])
        yield Passage(record["doc"], record["lang"], text, spans)


def respelt(gazetteer: Path, lang: str, folder: Path) -> Path:
    """The gazetteer with the first spelling that the curated one has in a language, where it has one."""
    known: dict[str, str] = {}
    for row in load([curated()])[0]:
        if row.lang == lang and row.kind == "name":
            known.setdefault(row.id, row.name)
    path = folder / f"{lang}.csv"
    with open(path, "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "name", "type", "gender"])
        changed = 0
        for row in rows(gazetteer):
            changed += row.id in known
            writer.writerow([row.id, known.get(row.id, row.name), row.type, row.gender])
    print(f"{changed} entities are spelt in {lang}")
    return path


def judge(passage: Passage, found: Iterable[Span]) -> tuple[Counts, list[str]]:
    """Count right, false and missed links of persons; say which."""
    counts, errors, met = Counts(), [], set()
    for start, end, entity in found:
        fitting = [g for g in passage.gold if g[0] < end and start < g[1] and g[2] == entity]
        if fitting:
            new = [g for g in fitting if g not in met]
            met.update(fitting)
            counts.right += bool(new)
            exact = any((start, end) == g[:2] for g in new)
            counts.exact += exact
            if new and not exact:
                span = passage.text[new[0][0] : new[0][1]]
                errors.append(f"{passage.id} span   {passage.text[start:end]!r} for {span!r}")
        else:
            counts.false += 1
            errors.append(
                f"{passage.id} false  {passage.text[start:end]!r} as {entity} in {_around(passage, start, end)}"
            )
    for gold in passage.gold:
        if gold[2] not in {"-", "?"} and gold not in met:
            counts.missed += 1
            errors.append(
                f"{passage.id} missed {passage.text[gold[0] : gold[1]]!r} ({gold[2]}) in {_around(passage, *gold[:2])}"
            )
    return counts, errors


def _around(passage: Passage, start: int, end: int) -> str:
    return repr(passage.text[max(0, start - 30) : end + 30])


def ours(gazetteer: Path | None) -> Callable[[str], list[Span]]:
    """The toolkit at its default threshold."""
    resolver = resolve.open(gazetteer)
    return lambda text: [
        (link.start, link.end, link.entity_id) for link in resolver.text(text).links
        if link.type == "person" and link.entity_id
    ]  # fmt: skip


def baseline(name: str, gazetteer: Path) -> Callable[[str], list[Span]]:
    """A whole-string scorer on every part of every capitalised run, against full names and surnames."""
    score, threshold = BASELINES[name], THRESHOLDS.get(name, 1.0)
    known: dict[str, set[str]] = {}
    for row in rows(gazetteer):
        for spelling in {row.name, row.name.split()[-1]}:
            known.setdefault(plain(spelling), set()).add(row.id)
    memo: dict[str, str | None] = {}

    def best(text: str) -> str | None:
        if text not in memo:
            words = len(text.split())
            scored = [(score(text, k), k) for k in known if len(k.split()) == words]
            value, key = max(scored, default=(0.0, ""))
            bearers = known.get(key, set())
            memo[text] = next(iter(bearers)) if value >= threshold and len(bearers) == 1 else None
        return memo[text]

    def link(text: str) -> list[Span]:
        found: list[Span] = []
        for mention in find(text)[0]:
            tokens, place = mention.tokens, 0
            while place < len(tokens):
                for size in range(min(3, len(tokens) - place), 0, -1):
                    start, end = tokens[place].start, tokens[place + size - 1].end
                    if entity := best(plain(text[start:end])):
                        found.append((start, end, entity))
                        place += size - 1
                        break
                place += 1
        return found

    return link


def run(texts: list[Passage], gazetteer: Path | None, show: Callable[[str], None]) -> dict[str, object]:
    """Measure everybody on the same texts; return the figures."""
    systems: dict[str, Callable[[str], list[Span]]] = {"resolve": ours(gazetteer)}
    if gazetteer:
        systems |= {name: baseline(name, gazetteer) for name in BASELINES}
    result: dict[str, object] = {}
    lines: list[list[object]] = []
    for name, link in systems.items():
        parts: dict[str, Counts] = {}
        began = time.process_time()
        for passage in texts:
            counts, errors = judge(passage, link(passage.text))
            for part in ("all", "blind" if passage.blind else "open", passage.lang):
                parts.setdefault(part, Counts()).add(counts)
            if name == "resolve":
                for error in errors:
                    show(f"blind {error}" if passage.blind else error)
        result[name] = {
            "tuned_on": READ if name == "resolve" else USUAL,
            "seconds": round(time.process_time() - began, 2),
            **{part: counts.as_dict() for part, counts in parts.items()},
        }
        shown = parts if name == "resolve" else {"all": parts["all"]}
        lines += [
            [f"{name} {part}", c.right, c.false, c.missed, c.exact, c.precision, c.recall, c.f1]
            for part, c in shown.items()
        ]
    print(table(["who, where", "right", "false", "missed", "exact", "P", "R", "F1"], lines))
    return result


def main() -> None:
    """Parse options, run, print, write the dated result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, help="a folder with gold.jsonl instead of our passages")
    parser.add_argument("--gazetteer", type=Path, help="with --gold: the gazetteer, else the curated default")
    parser.add_argument("--further", action="store_true", help="the passages in further scripts")
    parser.add_argument("--errors", action="store_true", help="show what was missed and falsely found")
    parser.add_argument("--blind", action="store_true", help="with --errors: show those of the blind part too")
    parser.add_argument("--no-save", action="store_true", help="write no dated result")
    parser.add_argument("--spelling", help="the language of the gazetteer's one spelling, where it is known")
    options = parser.parse_args()
    if options.gold:
        texts, gazetteer = list(gold_texts(options.gold)), options.gazetteer
    else:
        folder = DATA / "passages" / "further" if options.further else DATA / "passages"
        texts, gazetteer = list(passages(folder)), DATA / "passages" / "gazetteer.csv"

    def show(error: str) -> None:
        if options.errors and (options.blind or not error.startswith("blind ")):
            print(error, file=sys.stderr)

    with tempfile.TemporaryDirectory() as scratch:
        if options.spelling and gazetteer:
            gazetteer = respelt(gazetteer, options.spelling, Path(scratch))
        result = run(texts, gazetteer, show)
    if not options.no_save:
        name = "-".join(
            [
                "text",
                *filter(None, [options.gold and options.gold.name, options.further and "further", options.spelling]),
            ]
        )
        mentions = sum(g[2] not in {"-", "?"} for p in texts for g in p.gold)
        print(save(name, {"texts": len(texts), "mentions": mentions, "systems": result}))


if __name__ == "__main__":
    main()
