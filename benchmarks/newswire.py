"""News of its own making for the benchmarks of speed: documents in English or Russian that name entities of a gazetteer.

Sentences are those of ``data/passages``, with every marked person exchanged for somebody of the gazetteer or for nobody
known, and with short sentences of capitalised words that no text had before, so that a memo sees about as many new
runs as news has (7 in 10). About every kilobyte of characters one name is planted, half of them spelt as they are filed.
The same arguments give the same documents.
"""

from __future__ import annotations

import csv
import gzip
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from unidecode import unidecode

from benchmarks.common import DATA
from benchmarks.text import MARK
from resolve import tables
from resolve.gazetteer import rows

SEED = 3
DOCUMENT = 3000
"""A document has about so many characters."""

EVERY = 1000
"""About so many characters apart names are planted."""

STRANGERS = 0.3
"""The share of marked persons of the sentences that stay; the others become nobody known."""

HABITS = (
    ("sz", "sh"),
    ("cz", "ch"),
    ("j", "y"),
    ("v", "w"),
    ("x", "ks"),
    ("ii", "y"),
    ("th", "t"),
    ("ph", "f"),
    ("ck", "k"),
)
"""How letters of Latin names are written by one habit and by another."""

CLASSES = ("exact", "spelling", "script", "inflected")
SHARES = (3, 1, 1, 1)
"""How often a name is planted as filed, in another spelling of the same script, from another script, or in a case."""

SCRIPTS = {"en": "Latin", "ru": "Cyrillic"}
SAID = {
    "en": ("{} said so on Monday.", "The report names {} among others.", "It was {} who asked first, officials recall."),
    "ru": ("Об этом сообщил {} в понедельник.", "Среди прочих в отчёте назван {}.", "Первым, по словам чиновников, спросил {}."),
}  # fmt: skip
TOLD = "По данным агентства, у {} есть своё мнение."
"""A sentence that asks for the genitive."""

NOVEL = {
    "en": ("The town of {} lies near {}, and {} beyond it.", "Shares of {} rose while {} lost ground to {}."),
    "ru": ("Город {} лежит недалеко от {}, а за ним {}.", "Акции {} выросли, а {} уступила рынок {}."),
}


@dataclass(frozen=True, slots=True)
class Text:
    """A document: its language, and where which entity was planted, in which class."""

    lang: str
    text: str
    planted: tuple[tuple[int, int, str, str], ...] = ()


@dataclass
class World:
    """Who may be named: ``filed`` is the gazetteer, ``labels`` the spellings of its persons by script."""

    filed: dict[str, str]
    labels: dict[str, dict[str, list[str]]]
    given: dict[str, list[str]]
    surnames: dict[str, list[str]]
    sentences: dict[str, list[str]] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        """The gazetteer, one name for every entity."""
        with open(path, "w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([("id", "name"), *self.filed.items()])


def script_of(name: str) -> str:
    """Latin or Cyrillic.

    >>> script_of("Туск")
    'Cyrillic'
    """
    return "Cyrillic" if any("\u0400" <= letter <= "\u04ff" for letter in name) else "Latin"


def shipped() -> dict[str, list[str]]:
    """The persons of ``data/persons`` with their spellings."""
    found: dict[str, list[str]] = {}
    for row in rows(DATA / "persons" / "spellings.csv"):
        found.setdefault(row.id, []).append(row.name)
    return found


def table_of(path: Path) -> dict[str, list[str]]:
    """The persons of a table (entity_id, name, lang, script), with their names in Latin or Cyrillic letters."""
    found: dict[str, list[str]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["script"] in {"Latin", "Cyrillic"}:
                found.setdefault(row["entity_id"], []).append(row["name"])
    return found


def parts_of(path: Path | None) -> list[str]:
    """Single words of a table of parts of names (entity_id, name, lang, script), capitalised."""
    if path is None:
        return []
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        table = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            row["name"].capitalize() for row in table
            if row["script"] in {"Latin", "Cyrillic"} and len(row["name"]) > 3 and row["name"].isalpha()
        ]  # fmt: skip


def invented(words: Iterable[str], count: int) -> list[str]:
    """So many different words that look like these: letters drawn by the two before them, the same on every run.

    >>> invented(["Ivanov", "Petrov", "Titov"], 2)
    ['Ivanov', 'Petrov']
    """
    chance, following = random.Random(SEED), defaultdict[str, list[str]](list)
    for word in words:
        told = f"^^{word.lower()}$"
        for i in range(2, len(told)):
            following[told[i - 2 : i]].append(told[i])
    found: dict[str, None] = {}
    for _ in range(20 * count):
        made = "^^"
        while not made.endswith("$"):
            made += chance.choice(following[made[-2:]])
        if 3 < len(made) - 3 < 13:
            found[made[2:-1].capitalize()] = None
        if len(found) == count:
            break
    return list(found)


def surnames_made(size: int) -> list[str]:
    """Surnames for a gazetteer of so many names, made of what ships: half as many as names, like the commonest words of names."""
    common = [name for name, _ in tables.rows("name_frequencies.tsv") if name.isalpha() and len(name) > 3]
    return [
        word
        for script in SCRIPTS.values()
        for word in invented([w for w in common if script_of(w) == script], size // 4)
    ]


def persons_made(size: int) -> dict[str, list[str]]:
    """So many persons, with given names of ``data/persons``, each with a name and another spelling of it, made of what ships."""
    chance, held = random.Random(SEED), shipped().values()
    given = defaultdict[str, list[str]](list)
    for name in (name for names in held for name in names if name.replace(" ", "").isalpha()):
        given[script_of(name)].append(name.split()[0])
    surnames = chance.choices(surnames_made(size), k=size)
    names = [f"{chance.choice(given[script_of(word)])} {word}" for word in surnames]
    return {f"made-{i}": [name, otherwise(name)] for i, name in enumerate(names)}


def otherwise(name: str) -> str:
    """Another spelling: in Latin letters where it is Cyrillic, else with letters that other habits write.

    >>> otherwise("Иван Титов"), otherwise("Viktor Arkusz")
    ('Ivan Titov', 'Wiktor Arkush')
    """
    if script_of(name) == "Cyrillic":
        return unidecode(name).replace("'", "")
    for one, other in HABITS:
        name = name.replace(one, other).replace(one.capitalize(), other.capitalize())
    return name


def world(persons: dict[str, list[str]], size: int, parts: list[str]) -> World:
    """A gazetteer of so many entities: persons first, then combinations of their given names and of surnames and parts."""
    chance = random.Random(SEED)
    labels: dict[str, dict[str, list[str]]] = {}
    for identifier, names in persons.items():
        for name in dict.fromkeys(names):
            if len(name.split()) == 2 and name.replace(" ", "").replace("-", "").isalpha() and name.istitle():
                labels.setdefault(identifier, {}).setdefault(script_of(name), []).append(name)
    given: dict[str, list[str]] = {script: [] for script in SCRIPTS.values()}
    surnames: dict[str, list[str]] = {script: [] for script in SCRIPTS.values()}
    for spelt in labels.values():
        for script, names in spelt.items():
            given[script].append(names[0].split()[0])
            surnames[script].append(names[0].split()[1])
    for part in parts:
        surnames[script_of(part)].append(part)
    held = list(labels)[:: 2 if len(labels) > 1000 else 1][:size]
    filed = {identifier: chance.choice(list(labels[identifier].values()))[0] for identifier in held}
    while len(filed) < size:
        script = "Latin" if chance.random() < 0.75 else "Cyrillic"
        filed[f"nobody-{len(filed)}"] = f"{chance.choice(given[script])} {chance.choice(surnames[script])}"
    return World(
        filed, {key: labels[key] for key in held}, given, surnames, {lang: sentences(lang) for lang in SCRIPTS}
    )


def sentences(lang: str) -> list[str]:
    """The sentences of the passages in a language, with the marks of persons."""
    found: list[str] = []
    text = (DATA / "passages" / f"{lang}.txt").read_text(encoding="utf-8")
    for block in re.split(r"^=== .*\n", text, flags=re.MULTILINE)[1:]:
        parts = re.split(r"(?<=[.!?])\s+", block)
        # an initial inside a mark is no end of a sentence; what it was cut into is left out
        found += [part.strip() for part in parts if part.strip() and not set("[]|") & set(MARK.sub("", part))]
    return found


def genitive(name: str) -> str:
    """A man's name of two words that end in consonants, in the Russian genitive; empty for any other.

    >>> genitive("Дональд Туск"), genitive("Анна Фотыга")
    ('Дональда Туска', '')
    """
    words = name.split()
    hard = all(word[-1] in "бвгдзклмнпрстфх" and not word.endswith(("их", "ых")) for word in words)
    return " ".join(word + "а" for word in words) if hard else ""


class Newsroom:
    """Writes documents about a `World`."""

    def __init__(self, known: World, seed: int = SEED) -> None:
        self.world, self.chance = known, random.Random(seed)
        self.pools = {(lang, kind): self._pool(lang, kind) for lang in SCRIPTS for kind in CLASSES}

    def _pool(self, lang: str, kind: str) -> list[tuple[str, str]]:
        """The entities that can be planted so in a language, each with its spelling there."""
        script, found = SCRIPTS[lang], []
        for identifier, spelt in self.world.labels.items():
            filed = self.world.filed[identifier]
            here = [name for name in spelt.get(script, []) if name != filed]
            native = script_of(filed) == script
            cased = [form for form in map(genitive, spelt.get(script, [])) if form]
            spellings = {
                "exact": [filed] if native else [],
                "spelling": here if native else [],
                "script": [] if native else here,
                "inflected": cased if lang == "ru" else [],
            }
            found += [(identifier, spelling) for spelling in spellings[kind][:1]]
        return found

    def documents(self, size: int) -> Iterator[Text]:
        """Texts of together about so many bytes, in English and Russian by turns."""
        made, turn = 0, 0
        while made < size:
            document = self.document("en" if turn % 2 else "ru")
            turn += 1
            made += len(document.text.encode())
            yield document

    def document(self, lang: str) -> Text:
        """One text."""
        text, planted, due = "", [], self.chance.randrange(EVERY)
        while len(text) < DOCUMENT:
            if len(text) >= due:
                due += EVERY
                kind = self.chance.choices(CLASSES, SHARES)[0]
                pool = self.pools[lang, kind] or self.pools[lang, "exact"]
                kind = kind if self.pools[lang, kind] else "exact"
                identifier, name = self.chance.choice(pool)
                sentence = TOLD if kind == "inflected" else self.chance.choice(SAID[lang])
                start = len(text) + sentence.index("{}")
                planted.append((start, start + len(name), identifier, kind))
                text += sentence.format(name) + " "
            text += self._sentence(lang) + " "
        return Text(lang, text, tuple(planted))

    def _sentence(self, lang: str) -> str:
        """A sentence about nobody of the gazetteer that is planted."""
        surnames, given = self.world.surnames[SCRIPTS[lang]], self.world.given[SCRIPTS[lang]]
        if self.chance.random() < 0.15:
            sentence = self.chance.choice(NOVEL[lang])
            return sentence.format(*(self.chance.choice(surnames) for _ in range(sentence.count("{}"))))

        def exchanged(match: re.Match[str]) -> str:
            if " " not in match[1]:
                return match[1] if self.chance.random() < STRANGERS else self.chance.choice(surnames)
            return (
                match[1]
                if self.chance.random() < STRANGERS
                else f"{self.chance.choice(given)} {self.chance.choice(surnames)}"
            )

        return MARK.sub(exchanged, self.chance.choice(self.world.sentences[lang]))
