"""Precision and recall on news documents that others annotated: who and what is meant in running text.

    python -m benchmarks.documents --data DIR [--only NAME ...] [--errors] [--no-save]

Data, which does not ship: a folder with ``slavicner_dev.jsonl.gz`` (the SlavicNER corpus of the BSNLP
shared tasks, https://github.com/SlavicNLP/SlavicNER, development part), ``nerel_dev.jsonl.gz``
(NEREL, https://github.com/nerel-ds/NEREL, with Wikidata IDs) and ``persons.tsv.gz`` (columns entity_id,
name, lang, script, source: names of persons from Wikidata and EveryPolitician). One JSON object a line:
doc_id, lang, topic, split, text, mentions (start, end in code points, surface, lemma, type, entity_id).

A link is right if the entity is right, or another of the very same name, and the spans overlap; exact spans
are counted too. Whoever is not in the gazetteer is nobody known. The gazetteer has one spelling per entity:
of a person the commonest lemma of at least two words (persons known by one word alone are left out), of a
place the commonest lemma; of several with the very same name one. Mentions that share no beginning of a word with any name of the entity (*Britain* for
the United Kingdom, *the Iron Lady*; in the language of the gazetteer) need not be found; nor need places inside the name of an organisation,
which the corpus does not mark. Of the others that are added to a gazetteer those are left out whose name, in any language,
stands word for word in the texts: NEREL links by far not all whom its texts name. Cold start, one process.

These sets only evaluate. The documents whose CRC-32 of the ID is odd are the development half, whose
errors may be read (``--errors``); those of the other half are never shown.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import resolve
from benchmarks.common import DATA, Counts, plain, save, table
from benchmarks.text import Passage, Span, judge, passages
from resolve.gazetteer import curated, rows
from resolve.given import is_patronymic
from resolve.keys import skeletons
from resolve.text import script

SPLIT = "cross-topic"
FEW = 30
"""A language with fewer test documents is measured on the topics `REPORTED` instead."""

WORDS = re.compile(r"[^\W\d_]+")
REPORTED = frozenset({"ryanair", "covid-19"})
LANGUAGES = ("bg", "cs", "pl", "ru", "sl", "uk")
SOURCES, TARGETS = ("pl", "cs"), ("ru", "uk", "bg")
"""Across languages: the gazetteer's spellings are of the first, the texts of the second."""

DISTRACTORS = 40_000
MANY = 3
"""A title of so many words may have a patronymic among them."""

LONGEST = 4
"""Names of so many words are looked for among those of the texts."""

NOBODY, ANYBODY = "-", "*"

MERGED = (
    ("PER-Stephen-Barclay", "PER-Steve-Barclay"),
    ("PER-Denis-Shmygal", "PER-Denys-Shmyhal"),
    ("PER-Tomislav-Donchev", "PER-Tomisław-Donczew"),
    ("PER-Recep-Erdogan", "PER-Recep-Tayyip-Erdoğan"),
    ("PER-Jaroslav-Kaczynski", "PER-Jaroslaw-Kaczynski"),
    ("PER-Jer-Powell", "PER-Jerome-Powell"),
    ("PER-Kim-Dzong-Un", "PER-Kim-Jong-Un"),
    ("PER-Victor-Lasko", "PER-Viktor-Liashko"),
    ("PER-Saif-Ul-Malook", "PER-Saiful-Mulook"),
    ("PER-Michail-Miustin", "PER-Mikhail-Mishustin"),
    ("PER-Sergei-Sobyanin", "PER-Sergej-Sobjanin"),
    ("PER-Volodimir-Zelenski", "PER-Volodymyr-Zelensky"),
)
"""IDs of the corpus that are evidently one person's or place's, beside those that `Same` finds by itself."""

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Task:
    """What is measured: a gazetteer, the texts, the type of entity, and what is aimed at."""

    name: str
    names: dict[str, str]
    texts: tuple[Passage, ...]
    precision: float
    recall: float
    type: str = "person"
    more: tuple[Path, ...] = ()
    unjudged: dict[str, frozenset[Span]] = field(default_factory=dict)
    """Document → the spans where a link to that entity, or to any for `ANYBODY`, is neither right nor wrong."""


@dataclass(slots=True)
class Same:
    """Which IDs are one entity's: those spelt alike but for marks, order and hyphens, and those in `MERGED`.

    >>> same = Same([("PER-A-Brown", "PER-Alan-Brown")])
    >>> same.one("PER-Alan-Brown") == same.one("PER-A-Brown"), same.one("PER-Brówn-Alan") == same.one("PER-A-Brown")
    (True, True)
    """

    pairs: Iterable[tuple[str, str]] = ()
    _to: dict[str, str] = field(default_factory=dict)
    _spelt: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one, other in self.pairs:
            self.join(one, other)

    def one(self, identifier: str) -> str:
        """The name that all IDs of one entity share."""
        key = " ".join(sorted(plain(identifier).replace("-", " ").split()))
        self._spelt.setdefault(key, set()).add(identifier)
        while key in self._to:
            key = self._to[key]
        return key

    def join(self, one: str, other: str) -> None:
        """Make two IDs one entity's."""
        left, right = sorted((self.one(one), self.one(other)))
        if left != right:
            self._to[right] = left

    def merges(self) -> list[list[str]]:
        """The IDs that became one, for the report."""
        groups: dict[str, set[str]] = {}
        for ids in self._spelt.values():
            for identifier in sorted(ids):
                groups.setdefault(self.one(identifier), set()).add(identifier)
        return sorted(sorted(ids) for ids in groups.values() if len(ids) > 1)


def read(path: Path) -> list[Record]:
    """The documents of a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def is_development(identifier: str) -> bool:
    """Whether the errors of a document may be looked at."""
    return zlib.crc32(identifier.encode()) % 2 == 1


# ---------------------------------------------------------------- SlavicNER


@dataclass(frozen=True)
class Slavic:
    """The SlavicNER corpus with its tasks."""

    documents: list[Record]
    same: Same

    @cached_property
    def people(self) -> dict[str, dict[str, Counter[str]]]:
        """Entity → language → how often it has which lemma, of persons."""
        return self._lemmas("PER", ("PER-",))

    @cached_property
    def places(self) -> dict[str, dict[str, Counter[str]]]:
        """The same of places."""
        return self._lemmas("LOC", ("GPE-", "LOC-"))

    def _lemmas(self, kind: str, prefixes: tuple[str, ...]) -> dict[str, dict[str, Counter[str]]]:
        found: dict[str, dict[str, Counter[str]]] = {}
        for document in self.documents:
            for mention in document["mentions"]:
                if mention["type"] == kind and mention["entity_id"].startswith(prefixes):
                    lemmas = found.setdefault(self.same.one(mention["entity_id"]), {})
                    lemmas.setdefault(_part(document), Counter())[mention["lemma"]] += 1
        return found

    def tasks(self) -> Iterator[Task]:
        """Persons and places of each language, and persons across languages."""
        for lang in LANGUAGES:
            test = [d for d in self.documents if d["lang"] == lang and d["split"][SPLIT] == "test"]
            if len(test) < FEW:
                test = [d for d in self.documents if d["lang"] == lang and d["topic"] in REPORTED]
            trained = [f"{lang} train"]
            yield self._task(f"persons {lang}", self.people, trained, test, 0.95, 0.90)
            yield self._task(f"places {lang}", self.places, trained, test, 0.95, 0.90)
        for lang in TARGETS:
            test = [d for d in self.documents if d["lang"] == lang]
            parts = [f"{source} {split}" for source in SOURCES for split in ("train", "test")]
            yield self._task(f"persons {'/'.join(SOURCES)} in {lang}", self.people, parts, test, 0.95, 0.85)

    def _task(
        self,
        name: str,
        known: dict[str, dict[str, Counter[str]]],
        parts: Sequence[str],
        test: Sequence[Record],
        precision: float,
        recall: float,
    ) -> Task:
        kind = "person" if known is self.people else "place"
        chosen = {
            entity: lemma
            for entity, lemmas in known.items()
            if (lemma := next(filter(None, (best_lemma(lemmas[p], kind) for p in parts if p in lemmas)), ""))
            if kind == "place" or script(lemma) != "Latin" or by_name(lemma, [entity])
        }
        holders = {plain(name): entity for entity, name in chosen.items()}
        # two of one name, such as a city and its airport, are one row: no one could tell them apart
        one_of = {entity: holders[plain(name)] for entity, name in chosen.items()}
        chosen = {entity: name for entity, name in chosen.items() if one_of[entity] == entity}
        texts, unjudged = [], {}
        for document in test:
            # across languages one name may begin with other letters: Мей, May
            own = all(part.split()[0] == document["lang"] for part in parts)
            passage, free = self._passage(document, chosen, holders | one_of, kind, own)
            texts.append(passage)
            unjudged[passage.id] = free
        return Task(f"slavicner {name}", chosen, tuple(texts), precision, recall, kind, unjudged=unjudged)

    def _passage(
        self, document: Record, known: dict[str, str], holders: dict[str, str], kind: str, own: bool
    ) -> tuple[Passage, frozenset[Span]]:
        """A document with the mentions of one kind, and what is not judged in it; ``own``: the names are of its language."""
        gold, free = [], set()
        for mention in document["mentions"]:
            span = (mention["start"], mention["end"])
            if mention["type"] == ("PER" if kind == "person" else "LOC"):
                entity = self.same.one(mention["entity_id"])
                entity = holders.get(plain(mention["lemma"]), holders.get(entity, entity))
                judged = kind == "person" and not own
                if not judged and entity in known and not by_name(mention["surface"], [known[entity]]):
                    free.add((*span, entity))
                else:
                    gold.append((*span, entity if entity in known else NOBODY))
            elif kind == "place":
                free.add((*span, ANYBODY))
        identifier = document["doc_id"]
        passage = Passage(identifier, document["lang"], document["text"], tuple(gold), not is_development(identifier))
        return passage, frozenset(free)


def _part(document: Record) -> str:
    return f"{document['lang']} {document['split'][SPLIT]}"


def best_lemma(lemmas: Counter[str], kind: str = "person") -> str:
    """One lemma of an entity, the commonest; of a person one of at least two words, empty if there is none.

    >>> best_lemma(Counter({"Мей": 9, "Тереза Мей": 4, "Т. Мей": 1}))
    'Тереза Мей'
    """
    fitting = [lemma for lemma in lemmas if kind == "place" or _is_whole(lemma)]
    return max(fitting, key=lambda lemma: (lemmas[lemma], lemma), default="")


def _is_whole(lemma: str) -> bool:
    """Whether a lemma is a name of two words or more rather than a surname or *Evropski poslanci*."""
    words = lemma.split()
    return len(words) > 1 and words[0][:1].isupper() and words[-1][:1].isupper()


def slavic(folder: Path) -> Slavic:
    """Read the corpus and find which IDs are one entity's."""
    documents = read(folder / "slavicner_dev.jsonl.gz")
    same = Same(MERGED)
    holders: dict[tuple[str, str], str] = {}
    for document in documents:
        for mention in document["mentions"]:
            if mention["type"] == "PER" and len(mention["lemma"].split()) > 1:
                # one whole name in one language is one person
                key = (document["lang"], plain(mention["lemma"]))
                holder = holders.setdefault(key, mention["entity_id"])
                if all(by_name(mention["lemma"], [entity]) for entity in (holder, mention["entity_id"])):
                    same.join(holder, mention["entity_id"])
    return Slavic(documents, same)


# ---------------------------------------------------------------- NEREL


def nerel_tasks(folder: Path) -> Iterator[Task]:
    """Persons with a Wikidata ID, by the titles of their articles and by their English labels; with distractors."""
    documents = read(folder / "nerel_dev.jsonl.gz")
    labels, english, others = _labels(folder / "persons.tsv.gz")
    titles: dict[str, str] = {}
    holders: dict[str, str] = {}
    for mention in _linked(documents):
        if mention["title"]:
            # persons of one name are one: what is counted is the name
            titles.setdefault(holders.setdefault(bare(mention["title"]), mention["entity_id"]), mention["title"])
    linked = {mention["entity_id"] for mention in _linked(documents)}
    latin = {entity: english[entity] for entity in titles if entity in english}
    phrases = _phrases(document["text"] for document in documents)
    crowd = {
        entity: name
        for entity, name in others.items()
        if entity not in linked and phrases.isdisjoint(" ".join(WORDS.findall(label)) for label in labels[entity])
    }
    crowd = dict(sorted(crowd.items(), key=lambda item: zlib.crc32(item[0].encode()))[:DISTRACTORS])

    def task(name: str, known: dict[str, str], others: dict[str, str], precision: float, recall: float) -> Task:
        texts, unjudged = [], {}
        for document in documents:
            passage, unjudged[document["doc_id"]] = _nerel_passage(document, known, holders, labels)
            texts.append(passage)
        return Task(f"nerel persons{name}", known | others, tuple(texts), precision, recall, unjudged=unjudged)

    yield task("", titles, {}, 0.95, 0.88)
    yield task(" by English labels", latin, {}, 0.95, 0.80)
    yield task(f" among {len(crowd)} others", titles, crowd, 0.93, 0.85)


def _phrases(texts: Iterable[str]) -> set[str]:
    """All sequences of two to `LONGEST` words of texts: whoever has such a name is named there, annotated or not."""
    found = set()
    for text in texts:
        words = WORDS.findall(text)
        found |= {" ".join(words[i : i + n]) for n in range(2, LONGEST + 1) for i in range(len(words))}
    return found


def bare(title: str) -> str:
    """The words of a title without the patronymic, in order of the alphabet.

    >>> bare("Путин, Владимир Владимирович") == bare("Владимир Путин")
    True
    """
    words = [word.strip(",.()") for word in title.split()]
    core = [word for word in words if len(words) < MANY or not is_patronymic(word)]
    return " ".join(sorted(plain(word) for word in core))


def _linked(documents: Iterable[Record]) -> Iterator[Record]:
    for document in documents:
        for mention in document["mentions"]:
            if mention["type"] == "PERSON" and mention["entity_id"]:
                yield mention


def _labels(path: Path) -> tuple[dict[str, set[str]], dict[str, str], dict[str, str]]:
    """Entity → all its names; its English label; one name in Latin letters."""
    labels: dict[str, set[str]] = {}
    english: dict[str, str] = {}
    latin: dict[str, str] = {}
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            labels.setdefault(row["entity_id"], set()).add(row["name"])
            if row["script"] == "Latin" and len(row["name"].split()) > 1 and ":" not in row["name"]:
                latin.setdefault(row["entity_id"], row["name"])
                if "en" in row["lang"].split(","):
                    english.setdefault(row["entity_id"], row["name"])
    return labels, english, latin


def _nerel_passage(
    document: Record, known: dict[str, str], holders: dict[str, str], labels: dict[str, set[str]]
) -> tuple[Passage, frozenset[Span]]:
    """A document with its persons, and those of them whom it does not name by name."""
    gold, free = [], set()
    for mention in document["mentions"]:
        if mention["type"] != "PERSON":
            continue
        span, surface = (mention["start"], mention["end"]), mention["surface"]
        entity = holders.get(bare(mention["title"] or surface), mention["entity_id"])
        if entity in known and not by_name(surface, [known[entity], *labels.get(entity, ())]):
            free.add((*span, entity))
        else:
            gold.append((*span, entity if entity in known else NOBODY))
    identifier = document["doc_id"]
    passage = Passage(identifier, "ru", document["text"], tuple(gold), not is_development(identifier))
    return passage, frozenset(free)


def by_name(surface: str, names: Iterable[str]) -> bool:
    """Whether a mention names somebody by name: a capitalised word of it opens like a word of some name.

    >>> by_name("Путину", ["Vladimir Putin"]), by_name("Железный канцлер", ["Отто фон Бисмарк"])
    (True, False)
    """
    openings = {word[:3] for name in names for word in WORDS.findall(plain(name))}
    return any(word[0].isupper() and plain(word)[:3] in openings for word in WORDS.findall(surface))


# ---------------------------------------------------------------- people whom a text does not name


def strangers_tasks(folder: Path) -> Iterator[Task]:
    """The curated gazetteer on documents that name none of its persons."""
    people = [row for path in sorted(curated().glob("people.csv")) for row in rows(path)]
    surnames = {bone for row in people if row.name.split() for bone in skeletons(row.name.split()[-1])}
    known = {row.wikidata for row in people if row.wikidata}
    texts = []
    for file, kind in (("slavicner_dev.jsonl.gz", "PER"), ("nerel_dev.jsonl.gz", "PERSON")):
        for document in read(folder / file):
            mentions = [m for m in document["mentions"] if m["type"] == kind]
            if not any(_maybe_curated(mention, surnames, known) for mention in mentions):
                identifier = document["doc_id"]
                texts.append(
                    Passage(identifier, document["lang"], document["text"], (), not is_development(identifier))
                )
    yield Task("curated, none of its persons named", {}, tuple(texts), 1.0, 1.0)
    _labels_of, _english, others = _labels(folder / "persons.tsv.gz")
    more = (DATA / "passages" / "gazetteer.csv",)
    yield Task("passages", {}, tuple(passages(DATA / "passages")), 0.95, 0.90, more=more)
    crowd = {entity: name for entity, name in others.items() if entity not in known}
    crowd = dict(sorted(crowd.items(), key=lambda item: zlib.crc32(item[0].encode()))[:DISTRACTORS])
    yield Task(f"passages among {len(crowd)} others", crowd, tuple(passages(DATA / "passages")), 0.93, 0.85, more=more)


def _maybe_curated(mention: Record, surnames: set[str], ids: set[str]) -> bool:
    """Whether a person of a document may be one of the curated gazetteer, generously."""
    spelt = (mention.get("lemma") or mention.get("title") or "", mention["surface"], mention["entity_id"] or "")
    last = [words[-1] for name in spelt if (words := WORDS.findall(name))]
    return mention["entity_id"] in ids or any(surnames.intersection(skeletons(word)) for word in last)


# ---------------------------------------------------------------- measuring


def linker(task: Task, folder: Path) -> Callable[[str], list[Span]]:
    """The toolkit at its default threshold, with the gazetteer of a task."""
    sources: list[Path] = list(task.more)
    if task.names:
        path = folder / "gazetteer.csv"
        with open(path, "w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["id", "name", "type"])
            writer.writerows([entity, name, task.type] for entity, name in task.names.items())
        sources.append(path)
    resolver = resolve.open(sources or None)
    return lambda text: [
        (link.start, link.end, link.entity_id) for link in resolver.text(text).links
        if link.type == task.type and link.entity_id
    ]  # fmt: skip


def _is_free(span: Span, free: frozenset[Span]) -> bool:
    """Whether a link is neither right nor wrong."""
    return any(s < span[1] and span[0] < e and entity in {span[2], ANYBODY} for s, e, entity in free)


def measure(task: Task, show: Callable[[str], None]) -> dict[str, Any]:
    """The figures of a task in both halves."""
    halves = {"development": Counts(), "other": Counts()}
    seconds = 0.0
    with tempfile.TemporaryDirectory() as folder:
        link = linker(task, Path(folder))
        for passage in task.texts:
            began = time.perf_counter()
            found = link(passage.text)
            seconds += time.perf_counter() - began
            free = task.unjudged.get(passage.id, frozenset())
            counts, errors = judge(passage, [span for span in found if not _is_free(span, free)])
            halves["other" if passage.blind else "development"].add(counts)
            for error in () if passage.blind else errors:
                show(f"{task.name} {error}")
    words = {half: sum(len(p.text.split()) for p in task.texts if p.blind == (half == "other")) for half in halves}
    megabytes = sum(len(passage.text.encode()) for passage in task.texts) / 1e6
    return {
        "names": len(task.names), "texts": len(task.texts), "seconds": round(seconds, 1),
        "megabytes": round(megabytes, 2), "target": {"precision": task.precision, "recall": task.recall},
        **{half: {"words": words[half], **counts.as_dict()} for half, counts in halves.items()},
    }  # fmt: skip


def main() -> None:
    """Parse options, run, print, write the dated result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the data")
    parser.add_argument("--only", nargs="+", default=[""], help="only the tasks whose name holds one of these")
    parser.add_argument("--errors", action="store_true", help="show the errors of the development half")
    parser.add_argument("--no-save", action="store_true", help="write no dated result")
    options = parser.parse_args()

    def show(error: str) -> None:
        if options.errors:
            print(error, file=sys.stderr)

    corpus = slavic(options.data)
    result: dict[str, Any] = {}
    lines: list[list[object]] = []
    for task in (*corpus.tasks(), *nerel_tasks(options.data), *strangers_tasks(options.data)):
        if any(part in task.name for part in options.only):
            figures = result[task.name] = measure(task, show)
            for half in ("development", "other"):
                f = figures[half]
                lines.append(
                    [f"{task.name}, {half}"]
                    + [f[key] for key in ("words", "right", "false", "missed", "exact", "precision", "recall")]
                )
                print(*lines[-1], flush=True, file=sys.stderr)
    print(table(["what, which half", "words", "right", "false", "missed", "exact", "P", "R"], lines))
    if not options.no_save:
        print(save("documents", {"merged": corpus.same.merges(), "tasks": result}))


if __name__ == "__main__":
    main()
