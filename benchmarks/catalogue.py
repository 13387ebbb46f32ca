"""Which benchmarks are there, what does each need, and what should it count?

Every benchmark is a module that also runs on its own, ``python -m benchmarks.NAME``. Here stands what it declares: its data and
their licence, the size of the gazetteer, scripts, whether it starts cold, what it counts (checked after a run), and the arguments
of a run. What does not ship is read from a folder that is given on the command line; ``obtain`` says what has to be in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

FACTS = "MIT; facts written down for this project"
CC0 = "Wikidata labels: CC0"
PERSONS = (
    "persons.tsv.gz, a table entity_id (QID), name, lang, script, source: labels of persons from Wikidata and EveryPolitician, by "
    "the Wikidata Query Service (https://query.wikidata.org) or a dump"
)
FOLDER = "{data}"
"""Stands for the folder that is given on the command line."""


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
    runs: tuple[tuple[str, ...], ...] = ((),)
    counts: dict[str, int] = field(default_factory=dict)
    obtain: str = ""
    programs: str = ""
    minutes: int = 1

    @property
    def ships(self) -> bool:
        """Whether all data that it needs are in the repository, or made, and it needs no program beside Python."""
        return not self.obtain and not self.programs


BENCHMARKS: tuple[Benchmark, ...] = (
    Benchmark(
        "names", "names", "Is a name standing alone found, and nobody for a stranger? Beside 17 other matchers",
        "data/east_slavic: 356 persons, 3,384 spellings, 408 hard negatives", f"{FACTS}; {CC0}", "331 names, one a person",
        "Latin, Cyrillic and nine more", "cold", ("names",), counts={"gazetteer": 331, "asked": 1326}, minutes=8,
    ),
    Benchmark(
        "passages", "passages", "Who is meant in running text? Beside 8 other programs, with a blind part",
        "data/passages: 128 passages in 26 languages", FACTS, "100 names, one a person", "12", "cold", ("passages",),
        counts={"gazetteer": 100, "texts": 128, "mentions": 869}, minutes=2,
    ),
    Benchmark(
        "ablations", "ablations", "What does every stage give?", "those of names and passages", f"{FACTS}; {CC0}", "331 and 100 names",
        "Latin, Cyrillic and nine more", "cold", ("ablations",), (("--step", "6"),), minutes=5,
    ),
    Benchmark(
        "filing", "filing", "Under which key is a spelling found again, among how many others?", "data/east_slavic, commonest words of names",
        f"{FACTS}; {CC0}", "a crowd of 5,107 words", "Latin, Cyrillic and nine more", "cold", ("filing",),
    ),
    Benchmark(
        "sizes", "sizes", "How do speed and memory go with the size of the gazetteer?", "made of data/east_slavic", f"{FACTS}; {CC0}",
        "1,000 to 100,000 names", "Latin, Cyrillic", "cold", ("sizes",), minutes=4,
    ),
    Benchmark(
        "pairs", "pairs", "Are two names one person's?", "data/persons: 90 public figures, 1,063 spellings", FACTS, "90 names",
        "Latin, Cyrillic", "cold", ("pairs-slavic", "pairs-slavic-be", "pairs-slavic-ru", "pairs-slavic-uk"),
        ((), ("--known", "be"), ("--known", "ru"), ("--known", "uk")), {"positives": 966}, minutes=4,
    ),
    Benchmark(
        "text", "text", "Who is meant in running text, with the gazetteer in three languages?", "data/passages: 56 and 40 passages", FACTS,
        "100 names", "12", "cold", ("text", "text-be", "text-ru", "text-further"),
        ((), ("--spelling", "be"), ("--spelling", "ru"), ("--further",)), {"texts": 56, "mentions": 484}, minutes=2,
    ),
    Benchmark(
        "romanize", "romanize", "How fast are names romanised, and what do schemes explain?", "curated gazetteer, data/persons", FACTS,
        "90 names", "Cyrillic, Latin", "cold", ("romanize",),
    ),
    Benchmark("kernel", "kernel", "How many pairs of words a second?", "invented words", "made", "none", "Latin, Cyrillic", "warm", ("kernel",)),
    Benchmark(
        "text_speed", "text_speed", "How fast is running text, and is what was planted found?", "made of data/passages and data/persons", FACTS,
        "10,000 names", "Latin, Cyrillic", "cold and warm", ("text-speed",), (("--names", "10000", "--megabytes", "0.2"),), minutes=3,
    ),
    Benchmark(
        "cluster", "cluster", "What does one core do of the work that a cluster shares?", "made of data/passages and data/persons", FACTS,
        "10,000 names", "Latin, Cyrillic", "warm", ("cluster",), (("--sizes", "10000"),), minutes=2,
    ),
    Benchmark(
        "load", "load", "How does the service bear load?", "curated gazetteer, data/passages", FACTS, "927 entities", "Latin, Cyrillic", "warm",
        ("load",), programs="locust, and the extra serve", minutes=4,
    ),
    Benchmark(
        "spark", "spark", "What does one core do under Spark, and what with the command?", "made of data/passages and data/persons", FACTS,
        "10,000 and 100,000 names", "Latin, Cyrillic", "warm", ("spark",), programs="Java, and the extra spark", minutes=10,
    ),
    Benchmark(
        "pairs-lists", "pairs", "Are two names one person's? Sanctions lists and labelled pairs",
        "EU, UN and OFAC lists; nomenklatura's labelled pairs", "EU: CC BY-NC; UN, OFAC: free; pairs: MIT", "500 to 1,200 names",
        "Latin, Cyrillic", "cold", ("pairs-eu", "pairs-eu-listed", "pairs-un", "pairs-ofac", "pairs-bench"),
        tuple(("--set", name, "--data", FOLDER) for name in ("eu", "eu-listed", "un", "ofac", "bench")),
        obtain="eu_sanctions_names.tsv.gz and eu_sanctions_entities.tsv.gz, un_names.tsv.gz, ofac_names.tsv.gz (entity_id, name, lang, script, kind), made "
        "of the consolidated lists on data.europa.eu, scsanctions.un.org and ofac.treasury.gov; name_bench.csv of nomenklatura's repository",
        minutes=30,
    ),
    Benchmark(
        "calibration", "calibration", "Are probabilities what they say?", "persons.tsv.gz", CC0, "40,000 names", "Latin, Cyrillic", "cold",
        ("calibration",), (("--data", FOLDER),), obtain=PERSONS, minutes=5,
    ),
    Benchmark(
        "retrieval", "retrieval", "Does a label in another language find its person?", "persons.tsv.gz", CC0, "36,621 names", "13", "cold",
        ("retrieval", "retrieval-evaluation"), (("--data", FOLDER),), obtain=PERSONS, minutes=10,
    ),
    Benchmark(
        "clusters", "clusters", "Are the spellings of one person grouped where nobody says who there is?", "persons.tsv.gz", CC0, "none",
        "all", "cold", ("clusters",), (("--data", FOLDER),), obtain=PERSONS, minutes=15,
    ),
    Benchmark(
        "openset", "openset", "Who is not in the gazetteer? Sanctioned persons among distractors",
        "the EU's list (regulation on Ukraine), persons.tsv.gz", "evaluation only", "10,000 and 100,000 persons", "Latin, Cyrillic",
        "cold", ("openset",), (("--data", FOLDER),),
        obtain="eu_sanctions_names.tsv.gz and eu_sanctions_entities.tsv.gz, made of the EU's consolidated list; " + PERSONS, minutes=5,
    ),
    Benchmark(
        "documents", "documents", "Who and what is meant in news that others annotated?", "SlavicNER, NEREL", "evaluation only",
        "500 to 3,000 names", "Latin, Cyrillic", "cold", ("documents",), (("--data", FOLDER),),
        obtain="slavicner_dev.jsonl.gz and nerel_dev.jsonl.gz, made of https://github.com/SlavicNLP/SlavicNER and https://github.com/nerel-ds/NEREL; " + PERSONS,
        minutes=60,
    ),
    Benchmark(
        "tokens", "tokens", "Are two words spellings of one name?", "name_parts.tsv.gz", CC0, "none", "ten pairs of scripts", "warm",
        ("tokens",), (("--data", FOLDER),), obtain="name_parts.tsv.gz, spellings of given and family names by Wikidata item", minutes=10,
    ),
    Benchmark(
        "letters", "letters", "In which letters is the channel best learned?", "name_parts.tsv.gz", CC0, "none", "ten pairs of scripts", "warm",
        ("letters",), (("--data", FOLDER),), obtain="name_parts.tsv.gz, spellings of given and family names by Wikidata item", minutes=60,
    ),
    Benchmark(
        "scale", "scale", "How does matching go up to a million names?", "persons.tsv.gz and combinations", CC0, "10,000 to 1,000,000 names",
        "Latin, Cyrillic", "cold", ("scale",), (("--persons", f"{FOLDER}/persons.tsv.gz", "--peers"),), obtain=PERSONS, minutes=30,
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
