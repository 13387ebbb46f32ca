"""How do other programs find a name in a gazetteer? An adapter of a few lines for each.

Every adapter is given the names of the gazetteer, and pairs of the development split that spell one name each; it answers
for many names at once with the place of the best one and how good it is. Thresholds are not set here: the
benchmark tunes everybody's on the development split. Each runs at the settings that its own documentation recommends
for names, on Latin letters where it compares letters. ``recommended`` is the threshold that goes with these: of nomenklatura the
one it states, of TF-IDF that of string-grouper, of Splink a probability of 0.9 as in its examples (in bits), of phonetic codes that
all words of the shorter name agree; name_matching has none. What each was built for, and where it is better than this
toolkit, stands beside it; `benchmarks/README.md` says more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import jellyfish
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist
from unidecode import unidecode

Answer = tuple[int, float]
"""The place of the best name of the gazetteer, -1 for none, and its score."""

Ask = Callable[[Sequence[str]], list[Answer]]
Known = Sequence[tuple[str, str]]
"""Pairs of names of one person each, for adapters that learn."""

CHUNK = 256


@dataclass(frozen=True, slots=True)
class Peer:
    """Another program: what it is called, which packages it needs, how it is asked, and what it is for."""

    name: str
    packages: tuple[str, ...]
    make: Callable[[Sequence[str], Known], Ask]
    built_for: str
    better: str
    recommended: float | None = None
    """The threshold that its documentation names or that its examples use, where there is one."""

    def versions(self) -> dict[str, str]:
        """The installed versions of its packages.

        Raises:
            PackageNotFoundError: one is not installed.

        """
        return {package: version(package) for package in self.packages}


def missing(peer: Peer) -> str:
    """Why a peer cannot run here; empty where it can."""
    try:
        peer.versions()
    except PackageNotFoundError as error:
        return f"{error.name} is not installed"
    return ""


# ---------------------------------------------------------------- letters


def by_unidecode(name: str) -> str:
    """Unidecode's letters in lower case."""
    return unidecode(name).lower()


def by_anyascii(name: str) -> str:
    """The letters of anyascii in lower case."""
    from anyascii import anyascii

    return str(anyascii(name)).lower()


def best_of(scorer: Any, write: Callable[[str], str], names: Sequence[str], _known: Known) -> Ask:
    """The highest of a scorer of rapidfuzz over all names."""
    held = [write(name) for name in names]

    def ask(queries: Sequence[str]) -> list[Answer]:
        found: list[Answer] = []
        for start in range(0, len(queries), CHUNK):
            scores = cdist([write(query) for query in queries[start : start + CHUNK]], held, scorer=scorer)
            found += [(int(row.argmax()), float(row.max())) for row in scores]
        return found

    return ask


def phonetic(encode: Callable[[str], str], names: Sequence[str], _known: Known) -> Ask:
    """The share of the shorter name's words whose phonetic code the other has; of equals the first with as many words."""

    def codes(name: str) -> frozenset[str]:
        words = ("".join(filter(str.isalpha, word)) for word in by_unidecode(name).split())
        return frozenset(filter(None, (encode(word) for word in words if word)))

    held = [codes(name) for name in names]

    def best(query: str) -> Answer:
        asked = codes(query)
        worth = [
            (len(asked & other) / max(1, min(len(asked), len(other))) - 0.01 * abs(len(asked) - len(other)), -place)
            for place, other in enumerate(held)
        ]
        score, place = max(worth)
        return -place, score

    return lambda queries: [best(query) for query in queries]


def by_grams(names: Sequence[str], _known: Known) -> Ask:
    """The cosine of TF-IDF vectors of letter trigrams, the best kept by sparse_dot_topn."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sparse_dot_topn import sp_matmul_topn

    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3))
    held = vectors.fit_transform([by_unidecode(name) for name in names]).T.tocsr()

    def ask(queries: Sequence[str]) -> list[Answer]:
        asked = vectors.transform([by_unidecode(query) for query in queries])
        found = sp_matmul_topn(asked, held, top_n=1, n_threads=1, sort=True).tocsr()
        return [
            (int(found[row].indices[0]), float(found[row].data[0])) if found[row].nnz else (-1, 0.0)
            for row in range(len(queries))
        ]

    return ask


# ---------------------------------------------------------------- programs that judge persons


def nomenklatura(algorithm: str, names: Sequence[str], _known: Known) -> Ask:
    """A scorer of nomenklatura on persons known by name alone."""
    from followthemoney import model
    from nomenklatura.matching import get_algorithm

    chosen: Any = get_algorithm(algorithm)
    settings = chosen.default_config()

    def person(name: str) -> Any:
        return model.get_proxy({"id": name, "schema": "Person", "properties": {"name": [name]}})

    held = [person(name) for name in names]

    def best(query: str) -> Answer:
        asked = person(query)
        score, place = max((chosen.compare(asked, other, settings).score, -i) for i, other in enumerate(held))
        return -place, float(score)

    return lambda queries: [best(query) for query in queries]


def splink(names: Sequence[str], known: Known) -> Ask:
    """Splink's comparisons of given name and of surname; m from the pairs of the development split, u from random ones."""
    import pandas as pd
    from splink import Linker, SettingsCreator
    from splink.backends.duckdb import DuckDBAPI
    from splink.comparison_library import NameComparison

    def record(identifier: str, name: str, label: str = "") -> dict[str, str]:
        given, _, surname = by_unidecode(name).replace(",", " ").strip().rpartition(" ")
        return {
            "unique_id": identifier,
            "forename": given,
            "surname": surname,
            "label": label,
        }

    taught = [record(f"{side}{i}", pair[side], str(i)) for i, pair in enumerate(known) for side in (0, 1)]
    held = [record(f"g{i}", name, f"g{i}") for i, name in enumerate(names)]
    database = DuckDBAPI()
    settings = SettingsCreator(
        link_type="dedupe_only", comparisons=[NameComparison("forename"), NameComparison("surname").configure(term_frequency_adjustments=True)],
        retain_matching_columns=False,
    )  # fmt: skip
    table = database.register(pd.DataFrame([*taught, *held]))
    linker = Linker(table, settings, log_level="ERROR")
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_m_from_label_column("label")
    right = [{key: value for key, value in row.items() if key != "label"} for row in held]

    def ask(queries: Sequence[str]) -> list[Answer]:
        found: list[Answer] = []
        for start in range(0, len(queries), CHUNK):
            left = [record(f"q{i}", query) for i, query in enumerate(queries[start : start + CHUNK])]
            left = [{key: value for key, value in row.items() if key != "label"} for row in left]
            scored = linker.inference.score_pairs(left, right).as_pandas_dataframe()
            frame = pd.DataFrame(
                {
                    "query": scored["unique_id_l"].str[1:].astype(int),
                    "place": scored["unique_id_r"].str[1:].astype(int),
                    "weight": scored["match_weight"],
                }
            )
            frame = frame.sort_values(["query", "place"])  # of equals the first, whatever the order of rows
            best = frame.loc[frame.groupby("query")["weight"].idxmax()].set_index("query")
            found += [(int(best["place"][i]), float(best["weight"][i])) for i in range(len(left))]
        return found

    return ask


def name_matching(names: Sequence[str], _known: Known) -> Ask:
    """name_matching at its defaults but for what concerns companies, on unidecode's letters."""
    import pandas as pd
    from name_matching.name_matcher import NameMatcher

    matcher = NameMatcher(number_of_matches=1, top_n=50, common_words=False, legal_suffixes=False, verbose=False)
    matcher.load_and_process_master_data(
        column="name", df_matching_data=pd.DataFrame({"name": [by_unidecode(name) for name in names]}), transform=True
    )

    def ask(queries: Sequence[str]) -> list[Answer]:
        asked = pd.DataFrame({"name": [by_unidecode(query) or "-" for query in queries]})
        found = matcher.match_names(to_be_matched=asked, column_matching="name")
        assert isinstance(found, pd.DataFrame)
        return [
            (int(place) if place == place else -1, float(score) if score == score else 0.0)  # noqa: PLR0124 -- not a number
            for place, score in zip(found["match_index"], found["score"], strict=True)
        ]

    return ask


# ---------------------------------------------------------------- all of them

RAPIDFUZZ = {
    "ratio": fuzz.ratio,
    "WRatio": fuzz.WRatio,
    "token_set": fuzz.token_set_ratio,
    "Jaro-Winkler": JaroWinkler.similarity,
}
USUAL = {"ratio": 90.0, "WRatio": 90.0, "token_set": 90.0, "Jaro-Winkler": 0.92}
"""rapidfuzz recommends no threshold; these are what tutorials and screening rules mostly take."""
LETTERS = {"unidecode": ("unidecode", by_unidecode), "anyascii": ("anyascii", by_anyascii)}
CODES = {
    "Soundex": jellyfish.soundex,
    "Metaphone": jellyfish.metaphone,
    "NYSIIS": jellyfish.nysiis,
    "Match Rating": jellyfish.match_rating_codex,
}


def _letters() -> Iterator[Peer]:
    for letters, (package, write) in LETTERS.items():
        for label, scorer in RAPIDFUZZ.items():
            yield Peer(
                f"rapidfuzz {label}, {letters}", ("rapidfuzz", package), partial(best_of, scorer, write),
                "the similarity of any two strings",
                "microseconds a pair, no model, any kind of string, typing errors", USUAL[label],
            )  # fmt: skip
    for label, encode in CODES.items():
        yield Peer(
            f"{label} (jellyfish)", ("jellyfish", "unidecode"), partial(phonetic, encode),
            "filing English names by sound", "a key that any database can index", 0.97,
        )  # fmt: skip


PEERS: tuple[Peer, ...] = (
    *(
        Peer(
            f"nomenklatura {algorithm}", ("nomenklatura", "followthemoney"), partial(nomenklatura, algorithm),
            "screening against sanctions lists, with birth dates, countries and identifiers beside names",
            "companies and other entities, properties beside the name, several names of one entity at once", 0.7,
        )
        for algorithm in ("logic-v2", "logic-v1")
    ),
    *_letters(),
    Peer(
        "TF-IDF 3-grams, sparse_dot_topn", ("sparse-dot-topn", "scikit-learn", "unidecode"), by_grams,
        "the nearest of many strings by cosine", "millions of strings of any kind, company names, several threads", 0.8,
    ),
    Peer(
        "Splink", ("splink", "duckdb", "unidecode"), splink,
        "linking tables with several columns, from which it learns its weights without labels",
        "birth dates, places and more columns beside the name, hundreds of millions of records, clusters", 3.17,
    ),
    Peer(
        "name_matching", ("name-matching", "unidecode"), name_matching,
        "matching names of companies between two tables", "legal forms, abbreviations and common words of company names",
    ),
)  # fmt: skip
"""All peers that match names."""
