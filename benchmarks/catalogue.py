"""Which benchmarks are there, what does each need, and what should it count?

Every benchmark is a module that also runs on its own, ``python -m benchmarks.NAME``. Here stands what it declares: its data and
their licence, the size of the gazetteer, scripts, whether it starts cold, what it counts (checked after a run), what its rows
were tuned on, the arguments of its runs, and how long they take on an idle machine. What does not ship is read from a folder
that is given on the command line; ``obtain`` says what has to be in it.
"""

from __future__ import annotations

import importlib.util
import shutil
from dataclasses import dataclass, field

FACTS = "MIT; facts written down for this project"
CC0 = "Wikidata labels: CC0"
PERSONS = (
    "persons.tsv.gz, a table entity_id (QID), name, lang, script, source: labels of persons from Wikidata and EveryPolitician, by "
    "the Wikidata Query Service (https://query.wikidata.org) or a dump"
)
SANCTIONS = (
    "eu_sanctions_names.tsv.gz and eu_sanctions_entities.tsv.gz, made of the EU's consolidated list on data.europa.eu (entity_id, name, "
    "lang, script, kind; entity_id, type, canonical, birth_date)"
)
FOLDER = "{data}"
"""Stands for the folder that is given on the command line."""

LARGE = ("--persons", f"{FOLDER}/persons.tsv.gz", "--parts", f"{FOLDER}/name_parts.tsv.gz", "--peers")
"""What the gazetteers of `scale` are made of."""

SETS = ("eu", "eu-listed", "un", "ofac", "bench")
NO_THRESHOLD = "nothing: no threshold is chosen"


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What a benchmark declares."""

    name: str
    module: str
    question: str
    data: str
    licence: str
    gazetteer: str
    scripts: str
    start: str
    results: tuple[str, ...]
    """What is written: one result for every run, or all by one run."""
    tuned_on: str
    """On what thresholds and settings were chosen, ours and those of others."""
    minutes: float
    """What all runs take together on an idle core."""
    runs: tuple[tuple[str, ...], ...] = ((),)
    full: tuple[tuple[str, ...], ...] = ()
    """The runs at full size, where those above are smaller."""
    counts: dict[str, int] = field(default_factory=dict)
    """What the first result has to count, by its place there, if it is of no run at full size."""
    obtain: str = ""
    programs: str = ""
    """What it needs beside Python and its packages, for people to read."""
    needs: tuple[str, ...] = ()
    """Commands and modules without which it cannot run."""
    alone: bool = False
    """It measures times that another benchmark on the other core would change."""
    only_full: bool = False
    """`run all` leaves it out unless it is asked for everything at full size."""

    @property
    def ships(self) -> bool:
        """Whether all data that it needs are in the repository, or made."""
        return not self.obtain

    def lacking(self) -> str:
        """What of the programs that it needs is not here; empty where all are."""
        return ", ".join(name for name in self.needs if not (shutil.which(name) or importlib.util.find_spec(name)))


@dataclass(frozen=True, slots=True)
class Step:
    """One run of a benchmark: its arguments, how long it should take, and the results that it writes."""

    benchmark: Benchmark
    arguments: tuple[str, ...]
    minutes: float
    results: tuple[str, ...]

    @property
    def label(self) -> str:
        """What it is called in reports of progress.

        >>> [step.label for step in steps(found("pairs"))]
        ['pairs', 'pairs --known be', 'pairs --known ru', 'pairs --known uk']
        """
        shown = [a for a in self.arguments if FOLDER not in a and a not in {"--data", "--persons"}]
        return " ".join((self.benchmark.name, *shown))


def steps(benchmark: Benchmark, full: bool = False) -> list[Step]:
    """The runs of a benchmark, each with its share of time and results."""
    runs = (benchmark.full or benchmark.runs) if full else benchmark.runs
    each = [(name,) for name in benchmark.results] if len(runs) == len(benchmark.results) else [benchmark.results]
    return [
        Step(benchmark, run, benchmark.minutes / len(runs), each[min(i, len(each) - 1)]) for i, run in enumerate(runs)
    ]


BENCHMARKS: tuple[Benchmark, ...] = (
    Benchmark(
        "names", "names", "Is a name standing alone found, and nobody for a stranger? Beside 17 other matchers",
        "data/east_slavic: 356 persons, 3,384 spellings, 408 hard negatives", f"{FACTS}; {CC0}", "331 names, one a person",
        "Latin, Cyrillic and nine more", "cold", ("names",),
        "ours: nothing, the default threshold; others: the best F1 on other persons (development split), beside the threshold that each recommends",
        5.5, counts={"gazetteer": 331, "asked": 2659},
    ),
    Benchmark(
        "passages", "passages", "Who is meant in running text? Beside 8 other programs, with a blind part",
        "data/passages: 128 passages in 26 languages", FACTS, "100 names, one a person", "12", "cold", ("passages",),
        "ours: the default threshold; open passages in the first eight languages were read. Others: the best F1 on the open passages. Blind ones: nothing",
        0.7, counts={"gazetteer": 100, "texts": 128, "mentions": 869},
    ),
    Benchmark(
        "untried", "untried", "Who is meant in languages for which no rule was written when the texts were?",
        "data/untried: 54 passages in 30 languages, all blind", FACTS, "100 names, one a person; 1,298 curated", "Latin, Cyrillic", "cold",
        ("untried",), "nothing: written before anything was measured, errors are read by nobody", 0.1,
        counts={"texts": 54, "languages": 30, "mentions": 340},
    ),
    Benchmark(
        "genres", "genres", "Who is meant in results, minutes, lists, captions, tables and posts?",
        "data/genres: 58 passages in 47 languages, half of them blind", FACTS, "110 names, one a person", "15 scripts", "cold",
        ("genres",), "nothing: the default threshold; the errors of one half were read", 0.1,
        counts={"texts": 58, "languages": 47, "mentions": 335},
    ),
    Benchmark(
        "afield", "genres", "Who is meant in languages far from the others, in minutes, tables, chats, bibliographies and notices?",
        "data/afield: 59 passages in 57 languages, two fifths of them blind", FACTS, "108 names, one a person", "20 scripts", "cold",
        ("afield",), "nothing: the default threshold; the errors of one half were read", 0.1, (("--set", "afield"),),
        counts={"texts": 59, "languages": 57, "mentions": 310},
    ),
    Benchmark(
        "dispatches", "genres", "Who is meant in news, registers, minutes and catalogues, in big languages and small ones?",
        "data/dispatches: 59 texts in 52 languages, half of them blind", FACTS, "197 names, one a person", "19 scripts", "cold",
        ("dispatches",), "nothing: the default threshold; the errors of one half were read", 0.1, (("--set", "dispatches"),),
        counts={"texts": 59, "languages": 53, "mentions": 504},
    ),
    Benchmark(
        "ablations", "ablations", "What does every stage give?", "those of names and passages", f"{FACTS}; {CC0}", "331 and 100 names",
        "Latin, Cyrillic and nine more", "cold", ("ablations",),
        "names: for every variant the best F1 on other persons (development split); passages: the default threshold", 1.4, (("--step", "3"),),
        (("--step", "2"),), counts={"step": 3},
    ),
    Benchmark(
        "pairs", "pairs", "Are two names one person's?", "data/persons: 90 public figures, 1,063 spellings", FACTS, "90 names",
        "Latin, Cyrillic", "cold", ("pairs-slavic", "pairs-slavic-be", "pairs-slavic-ru", "pairs-slavic-uk"),
        "ours: nothing, the default threshold; others: the best F1 on three tenths of the persons, which are not counted",
        0.9, ((), ("--known", "be"), ("--known", "ru"), ("--known", "uk")), counts={"positives": 966},
    ),
    Benchmark(
        "text", "text", "Who is meant in running text, with the gazetteer in three languages?", "data/passages: 56 and 40 passages", FACTS,
        "100 names", "12", "cold", ("text", "text-be", "text-ru", "text-further"),
        "ours: the default threshold; open passages were read. Others: the thresholds usually recommended",
        0.3, ((), ("--spelling", "be"), ("--spelling", "ru"), ("--further",)), counts={"texts": 56, "mentions": 484},
    ),
    Benchmark(
        "filing", "filing", "Under which key is a spelling found again, among how many others?", "data/east_slavic, commonest words of names",
        f"{FACTS}; {CC0}", "a crowd of 5,107 words", "Latin, Cyrillic and nine more", "cold", ("filing",), NO_THRESHOLD, 0.1,
        counts={"pairs": 2268, "crowd": 5107},
    ),
    Benchmark(
        "romanize", "romanize", "How fast are names romanised, and what do schemes explain?", "curated gazetteer, data/persons", FACTS,
        "90 names", "Cyrillic, Latin", "cold", ("romanize",),
        "tables of endings were written with the list of what was missed in sight; no threshold is chosen", 0.1, alone=True,
        counts={"own, exact / spellings": 1135},
    ),
    Benchmark(
        "kernel", "kernel", "How many pairs of words a second?", "invented words", "made", "none", "Latin, Cyrillic", "warm", ("kernel",),
        NO_THRESHOLD, 0.4, alone=True, counts={"pairs": 200_000},
    ),
    Benchmark(
        "sizes", "sizes", "How do speed and memory go with the size of the gazetteer?", "made of data/east_slavic", f"{FACTS}; {CC0}",
        "1,000 to 100,000 names", "Latin, Cyrillic", "cold", ("sizes",), NO_THRESHOLD, 0.9, alone=True,
        counts={"sizes / 1000 / names": 1000, "sizes / 1000 / asked": 300},
    ),
    Benchmark(
        "text_speed", "text_speed", "How fast is running text, and is what was planted found?", "made of data/passages and data/persons", FACTS,
        "10,000 names", "Latin, Cyrillic", "cold and warm", ("text-speed",), NO_THRESHOLD, 1.5, (("--names", "10000", "--megabytes", "1"),),
        (("--names", "1000", "10000", "100000", "--megabytes", "1"),), alone=True, counts={"persons": 90, "gazetteers / 10000 / names": 10_000},
    ),
    Benchmark(
        "cluster", "cluster", "What does one core do of the work that a cluster shares?", "made of data/passages and data/persons", FACTS,
        "10,000 names", "Latin, Cyrillic", "warm", ("cluster",), NO_THRESHOLD, 0.7, alone=True, counts={"persons": 100_000},
    ),
    Benchmark(
        "load", "load", "How does the service bear load?", "curated gazetteer, data/passages", FACTS, "927 entities", "Latin, Cyrillic", "warm",
        ("load",), NO_THRESHOLD, 1.7, (("--seconds", "15"),), programs="locust, and the extra serve", needs=("locust", "uvicorn", "starlette"), alone=True,
    ),
    Benchmark(
        "spark", "spark", "What does one core do under Spark, and what with the command?", "made of data/passages and data/persons", FACTS,
        "10,000 and 100,000 names", "Latin, Cyrillic", "warm", ("spark",), NO_THRESHOLD, 6, programs="Java, and the extra spark",
        needs=("java", "pyspark"), alone=True, only_full=True,
    ),
    Benchmark(
        "pairs-lists", "pairs", "Are two names one person's? Sanctions lists and labelled pairs",
        "EU, UN and OFAC lists; nomenklatura's labelled pairs", "EU: CC BY-NC; UN, OFAC: free; pairs: MIT", "500 to 1,200 names",
        "Latin, Cyrillic", "cold", (*(f"pairs-{name}" for name in SETS), "pairs-eu-Cyrillic"),
        "ours: the default threshold, with all errors on the OFAC and UN lists and those on three quarters of the others in sight; the fourth quarter "
        "(unread): nothing. Others: the best F1 on three tenths of the persons, which are not counted",
        2.6, (*(("--set", name, "--data", FOLDER) for name in SETS), ("--set", "eu", "--known", "Cyrillic", "--data", FOLDER)),
        counts={"positives": 2405, "negatives": 22_674},
        obtain=f"{SANCTIONS}; un_names.tsv.gz, ofac_names.tsv.gz (entity_id, name, lang, script, kind), made "
        "of the consolidated lists on scsanctions.un.org and ofac.treasury.gov; name_bench.csv of nomenklatura's repository",
    ),
    Benchmark(
        "calibration", "calibration", "Are probabilities what they say?", "persons.tsv.gz", CC0, "40,000 names", "Latin, Cyrillic", "cold",
        ("calibration",), "other persons (the CRC-32 of the ID leaves 1 of ten; measured are those with 0)", 0.4, (("--data", FOLDER),),
        counts={"queries": 1998}, obtain=PERSONS,
    ),
    Benchmark(
        "retrieval", "retrieval", "Does a label in another language find its person?", "persons.tsv.gz", CC0, "36,621 names", "13", "cold",
        ("retrieval",), "the development split (other persons); the default threshold", 3, (("--data", FOLDER),),
        counts={"gazetteer": 36_621}, obtain=PERSONS,
    ),
    Benchmark(
        "clusters", "clusters", "Are the spellings of one person grouped where nobody says who there is?", "persons.tsv.gz", CC0, "none",
        "all", "cold", ("clusters",), "ours and the peer's: the development split (other persons)", 5, (("--data", FOLDER, "--split", "evaluation"),),
        (("--data", FOLDER),), counts={"evaluation / resolve / names": 8317}, obtain=PERSONS,
    ),
    Benchmark(
        "openset", "openset", "Who is not in the gazetteer? Sanctioned persons among distractors",
        "the EU's list (regulation on Ukraine), persons.tsv.gz", "evaluation only", "10,000 and 100,000 persons", "Latin, Cyrillic",
        "cold", ("openset",), "ours: nothing, the default threshold; the peer's: the even half of the persons, so that the odd half counts", 0.6,
        (("--data", FOLDER),), counts={"sizes / 10000 / queries": 2194, "sizes / 10000 / persons": 1915}, obtain=f"{SANCTIONS}; {PERSONS}",
    ),
    Benchmark(
        "bodies", "bodies", "Is an organisation or place found whose name stands alone?", "the EU's list, place_names.tsv.gz (GeoNames)",
        "evaluation only; CC BY 4.0", "1,684 organisations, 15,144 places", "all", "cold", ("bodies",),
        "ours: the even half of the organisations was read; the peer's: the even half, so that the odd half counts", 1, (("--data", FOLDER),),
        counts={"kinds / organizations / queries": 3000, "kinds / places / queries": 3000},
        obtain=f"{SANCTIONS}; place_names.tsv.gz, names of cities by language, made of GeoNames' alternate names",
    ),
    Benchmark(
        "documents", "documents", "Who and what is meant in news that others annotated?", "SlavicNER, NEREL", "evaluation only",
        "500 to 3,000 names", "Latin, Cyrillic", "cold", ("documents",), "the development half of the documents was read; the other half: nothing",
        2.5, (("--data", FOLDER),), counts={"tasks / nerel persons / texts": 482, "tasks / slavicner persons sl / texts": 230},
        obtain="slavicner_dev.jsonl.gz and nerel_dev.jsonl.gz, made of https://github.com/SlavicNLP/SlavicNER and https://github.com/nerel-ds/NEREL; " + PERSONS,
    ),
    Benchmark(
        "tokens", "tokens", "Are two words spellings of one name?", "name_parts.tsv.gz", CC0, "none", "ten pairs of scripts", "warm",
        ("tokens",), "nothing: held-out items, no threshold is chosen", 0.3, (("--data", FOLDER),), counts={"items": 14_869},
        obtain="name_parts.tsv.gz, spellings of given and family names by Wikidata item",
    ),
    Benchmark(
        "scale", "scale", "How does everything go with the size of the gazetteer?", "persons.tsv.gz, and combinations with name_parts.tsv.gz", CC0,
        "10,000 to 1,000,000 names", "Latin, Cyrillic; further scripts", "cold", ("scale",), NO_THRESHOLD, 3.5, ((*LARGE, "--add"),),
        ((*LARGE, "--sizes", "10000", "100000", "1000000", "10000000"),), counts={"persons": 38_148}, obtain=f"{PERSONS}; name_parts.tsv.gz", alone=True,
    ),
    Benchmark(
        "letters", "letters", "In which letters is the channel best learned?", "name_parts.tsv.gz", CC0, "none", "ten pairs of scripts", "warm",
        ("letters",), "nothing: held-out items, no threshold is chosen", 60, (("--data", FOLDER),),
        obtain="name_parts.tsv.gz, spellings of given and family names by Wikidata item", only_full=True,
    ),
    Benchmark(
        "seeds", "text", "Who is meant in news as it was found?", "three articles with gold mentions", "not ours to hand on", "curated gazetteer",
        "Latin, Cyrillic", "cold", ("text-seeds",), "acceptance only: errors were read", 0.2, (("--gold", FOLDER),),
        obtain="a folder with gold.jsonl (doc, lang, mentions with start, end and entity_id) and the texts that it names, called seeds", only_full=True,
    ),
)  # fmt: skip
"""All of them; those that ship first, in the order of a run."""


def found(name: str) -> Benchmark:
    """The benchmark of a name.

    Raises:
        SystemExit: there is none; says which there are.

    """
    for benchmark in BENCHMARKS:
        if benchmark.name == name:
            return benchmark
    raise SystemExit(f"no benchmark {name!r}; there are all, {', '.join(b.name for b in BENCHMARKS)}")
