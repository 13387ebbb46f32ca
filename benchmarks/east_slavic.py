"""Make the set of East Slavic persons: spellings in many languages and scripts, and pairs that must not match.

    python -m benchmarks.east_slavic --persons persons.tsv.gz        # writes data/east_slavic/*.csv again

Sources: ``data/persons`` (90 public figures), ``data/east_slavic/written.tsv`` and ``relatives.tsv`` (written by hand), and
labels of Wikidata (CC0), of which ``--persons`` is a table: entity_id (QID), name, lang, script, source. Of these only
persons are taken from whom nothing of the toolkit was learned (CRC-32 of the QID divisible by ten), who have a patronymic in
some Cyrillic label, and at least three labels; the first Latin one, else the first, is the gazetteer's spelling.

Pairs of two persons, by class: relatives (written by hand); *namesakes*, who share given name and surname and differ in the patronymic,
which both names give; *near surnames* under the same given name, whose letters differ a little, and not in vowels alone.
Without ``--persons`` nothing is written. The benchmarks read what is committed.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from benchmarks.common import DATA
from resolve.letters import writing

FOLDER = DATA / "east_slavic"
HELD_OUT = 10
LEAST_LABELS = 3
NAMESAKES, NEAR = 120, 200
"""At most so many pairs of names."""

PATRONYMIC = re.compile(r"(?:вич|ьич|віч|вна|чна|ўна)$")
PHONE = str.maketrans(
    {"ё": "е", "і": "и", "ї": "и", "є": "е", "ы": "и", "э": "е", "ґ": "г", "ў": "в", "ь": "", "ъ": "", "'": "", "’": ""}
)
VOWELS = str.maketrans("", "", "аеиоуюя")
ENDING = re.compile(r"(?:ая|ый|ий|ой|а|я|й)$")


@dataclass(frozen=True, slots=True)
class Row:
    """A spelling of a person."""

    id: str
    gender: str
    wikidata: str
    name: str
    lang: str
    script: str
    source: str


def script_of(name: str) -> str:
    """The writing of a name.

    >>> script_of("Пётр Машэраў"), script_of("ラムザン・カディロフ")
    ('Cyrillic', 'Kana')
    """
    return writing(max(re.split(r"[\s・·＝.,]+", name), key=len))


def spellings() -> dict[str, list[Row]]:
    """The committed set: the spellings of every person, the gazetteer's first."""
    found: dict[str, list[Row]] = {}
    with open(FOLDER / "spellings.csv", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found.setdefault(row["id"], []).append(Row(**row))
    return found


def hard_negatives() -> list[tuple[str, str, str]]:
    """The committed pairs of names of two persons, with their class."""
    with open(FOLDER / "hard_negatives.csv", encoding="utf-8", newline="") as stream:
        return [(row["left"], row["right"], row["class"]) for row in csv.DictReader(stream)]


# ---------------------------------------------------------------- what is made of the sources


def _table(path: Path) -> Iterator[list[str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    yield from (line.split("\t") for line in lines[1:])


def by_hand() -> dict[str, list[Row]]:
    """The persons of ``data/persons`` and of ``written.tsv``, the English spelling first."""
    found: dict[str, list[Row]] = {}
    with open(DATA / "persons" / "spellings.csv", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            made = Row(row["id"], row["gender"], "", row["name"], row["lang"], script_of(row["name"]), "listed")
            found.setdefault(row["id"], []).append(made)
    for identifier, gender, wikidata, names in _table(FOLDER / "written.tsv"):
        rows = found.setdefault(identifier, [])
        for name in names.split("|"):
            lang, _, spelling = name.partition("=")
            rows.append(Row(identifier, gender, wikidata, spelling, lang, script_of(spelling), "written"))
    return {key: sorted(_once(rows), key=lambda row: row.lang != "en") for key, rows in found.items()}


def _once(rows: Iterable[Row]) -> list[Row]:
    kept: dict[str, Row] = {}
    for row in rows:
        kept.setdefault(row.name, row)
    return list(kept.values())


Label = tuple[str, str, str]
"""A name with its languages and script."""


def labels(path: Path) -> dict[str, list[Label]]:
    """The labels of every person of a table, without those of categories."""
    found: dict[str, list[Label]] = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            if ":" not in row["name"]:
                found.setdefault(row["entity_id"], []).append((row["name"], row["lang"], row["script"]))
    return found


def parts(label: Label) -> tuple[str, str, str] | None:
    """Surname, given name and patronymic of a Cyrillic label that has all three.

    >>> parts(("Примаков, Евгений Максимович", "ru", "Cyrillic"))
    ('Примаков', 'Евгений', 'Максимович')
    """
    name, _langs, script = label
    words = name.replace(",", " ").split()
    if script != "Cyrillic" or len(words) != 3:
        return None
    if PATRONYMIC.search(words[2]) and ("," in name or not PATRONYMIC.search(words[1])):
        return words[0], words[1], words[2]
    return (words[2], words[0], words[1]) if PATRONYMIC.search(words[1]) else None


def of_wikidata(known: dict[str, list[Label]], taken: set[str]) -> dict[str, list[Row]]:
    """The persons from whom nothing was learned and who are in no other source, by name."""
    found: dict[str, list[Row]] = {}
    for identifier, names in known.items():
        full = next(filter(None, map(parts, names)), None)
        distinct = {name for name, _, _ in names}
        if (
            full is None
            or zlib.crc32(identifier.encode()) % HELD_OUT
            or len(distinct) < LEAST_LABELS
            or distinct & taken
        ):
            continue
        rows = [
            Row(identifier, "f" if full[2].endswith("на") else "m", identifier, name, lang.split(",")[0], script_of(name), "wikidata")
            for name, lang, script in names
            if script in {"Latin", "Cyrillic"}
        ]  # fmt: skip
        if {row.script for row in rows} == {"Latin", "Cyrillic"}:
            found[identifier] = sorted(_once(rows), key=lambda row: row.script != "Latin")
    return found


def plain(surname: str) -> str:
    """A surname's sounds, roughly, without what is the same in several languages or both genders."""
    return ENDING.sub("", surname.lower().translate(PHONE))


Key = tuple[str, str]
"""The sounds of a surname and of a given name."""


def key_of(full: tuple[str, str, str]) -> Key:
    """Surname and given name as they sound."""
    return plain(full[0]), full[1].lower().translate(PHONE)


def namesakes(known: dict[str, list[Label]], taken: set[str]) -> Iterator[tuple[Key, str, str]]:
    """Names of two persons that differ in the patronymic alone, but for surnames that are taken."""
    groups: dict[Key, dict[str, tuple[str, list[Label]]]] = {}
    for identifier, names in known.items():
        for label in names:
            if (full := parts(label)) and plain(full[0]) not in taken:
                group = groups.setdefault(key_of(full), {})
                group.setdefault(identifier, (full[2].lower().translate(PHONE), []))[1].append(label)
    for key, group in sorted(groups.items()):
        for (_, (one, left)), (_, (other, right)) in combinations(sorted(group.items()), 2):
            if Levenshtein.distance(one[:-3], other[:-3]) > 1:
                yield key, left[0][0], right[0][0]
                if right[-1][0] != right[0][0]:
                    yield key, left[0][0], right[-1][0]


def near(known: dict[str, list[Label]], taken: set[str]) -> Iterator[tuple[str, str]]:
    """Names of two persons with one given name and similar surnames, in one or two scripts.

    Nobody has a surname that is taken, and nobody who is to be found in no gazetteer has the name of one who is.
    """
    groups: dict[str, list[tuple[str, str, str, str]]] = {}
    for names in known.values():
        full = next(filter(None, map(parts, names)), None)
        latin = next((name for name, _, script in names if script == "Latin" and len(name.split()) == 2), "")
        if full and latin and plain(full[0]) not in taken:
            surname, given = key_of(full)
            groups.setdefault(given, []).append((surname, full[0], full[1], latin))
    lefts: set[str] = set()
    rights: set[str] = set()
    for first, persons in sorted(groups.items()):
        letter = first[0].replace("о", "а")
        for (one, _, _, left), (other, surname, given, right) in combinations(persons, 2):
            apart = Levenshtein.distance(one.translate(VOWELS), other.translate(VOWELS))
            if (
                one[:1] == other[:1]
                and apart
                and min(len(one), len(other)) > 3
                and Levenshtein.distance(one, other) <= 2 + (min(len(one), len(other)) > 8)
            ):
                if one + letter in rights or other + letter in lefts:
                    continue
                lefts.add(one + letter)
                rights.add(other + letter)
                yield left, right
                yield left, f"{given} {surname}"


def relatives(known: dict[str, list[Row]]) -> Iterator[tuple[str, str, str]]:
    """Persons and their relatives, whose names are written in English and Russian."""
    for identifier, kind, english, russian in _table(FOLDER / "relatives.tsv"):
        yield known[identifier][0].name, english, kind
        yield known[identifier][0].name, russian, kind


def thinned(pairs: Iterable[tuple[str, str, str]], most: int) -> list[tuple[str, str, str]]:
    """At most so many pairs, chosen by the CRC-32 of the first name, no pair of names twice."""
    kept = list(dict.fromkeys(pairs))
    return sorted(sorted(kept, key=lambda pair: zlib.crc32("|".join(pair).encode()))[:most])


def main() -> None:
    """Parse options, read, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--persons", type=Path, required=True, help="table of persons: entity_id, name, lang, script, source"
    )
    known = labels(parser.parse_args().persons)
    people = by_hand()
    people |= of_wikidata(known, {row.name for rows in people.values() for row in rows})
    with open(FOLDER / "spellings.csv", "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(Row.__slots__)
        writer.writerows([getattr(row, field) for field in Row.__slots__] for rows in people.values() for row in rows)
    taken = {
        plain(word) for rows in people.values() for row in rows if row.script == "Cyrillic" for word in row.name.split()
    }
    same = list(namesakes(known, taken))
    pairs = [
        *relatives(people),
        *thinned(((left, right, "namesake") for _, left, right in same), NAMESAKES),
        *thinned(((*pair, "near surname") for pair in near(known, taken | {key[0] for key, _, _ in same})), NEAR),
    ]
    with open(FOLDER / "hard_negatives.csv", "w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([("left", "right", "class"), *pairs])
    print(f"{len(people)} persons, {sum(map(len, people.values()))} spellings, {len(pairs)} pairs of two persons")


if __name__ == "__main__":
    main()
