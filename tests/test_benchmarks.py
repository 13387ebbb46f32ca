"""What the benchmarks promise: sound sets, honest splits, results in step with what they say."""

from __future__ import annotations

import dataclasses
import doctest
import importlib
import inspect
import re
import subprocess
import sys
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import pytest

from benchmarks import ablations, genres, names, pairs, passages, run, textpeers
from benchmarks.catalogue import BENCHMARKS, Benchmark, Step, found, steps
from benchmarks.common import DATA
from benchmarks.documents import is_development
from benchmarks.east_slavic import hard_negatives, script_of, spellings
from benchmarks.markup import newest
from benchmarks.names import Query
from benchmarks.pairsets import Pair
from benchmarks.peers import PEERS, Peer, missing
from benchmarks.report import SECTIONS, page
from benchmarks.run import miscounted
from benchmarks.text import passages as passages_of
from tests.conftest import ROOT

SHIPPED = [benchmark for benchmark in BENCHMARKS if benchmark.ships]
"""Those that need no download."""


# ---------------------------------------------------------------- sets


def test_the_east_slavic_set_is_as_large_as_it_says() -> None:
    people = spellings()
    rows = [row for group in people.values() for row in group]
    assert (len(people), len(rows), len(hard_negatives())) == (356, 3384, 408)
    assert len({row.script for row in rows}) == 11
    said = (ROOT / "benchmarks" / "data" / "east_slavic" / "README.md").read_text(encoding="utf-8")
    assert "356 persons, 3,384 spellings" in said
    assert "408 pairs" in said


def test_no_spelling_of_a_person_stands_twice_and_all_are_normalised() -> None:
    for rows in spellings().values():
        assert len({row.name for row in rows}) == len(rows)
        assert all(unicodedata.is_normalized("NFC", row.name) and row.name == row.name.strip() for row in rows)
        assert all(row.script == script_of(row.name) for row in rows)


def test_no_pair_of_two_persons_is_two_spellings_of_one() -> None:
    owners: dict[str, set[str]] = {}
    for key, rows in spellings().items():
        for row in rows:
            owners.setdefault(row.name, set()).add(key)
    pairs = hard_negatives()
    assert len(set(pairs)) == len(pairs)
    assert [pair for pair in pairs if owners.get(pair[0], set()) & owners.get(pair[1], set())] == []


def test_passages_are_as_many_as_they_say_and_mark_persons_of_the_gazetteer() -> None:
    every = list(passages.texts())
    assert (len(every), len({passage.lang for _, passage in every})) == (128, 26)
    known = {identifier for identifier, _ in passages.known()} | {"-", "?"}
    assert {gold[2] for _, passage in every for gold in passage.gold} <= known
    assert all(passage.blind for name, passage in every if name == "blind")
    assert set(passages.traps()) == {passage.id for _, passage in every}


@pytest.mark.parametrize(
    ("name", "texts", "languages", "persons", "marked", "others", "undecidable"),
    [
        ("genres", 58, 47, 110, 335, 116, 1),
        ("afield", 59, 57, 108, 310, 101, 6),
        ("dispatches", 59, 53, 197, 504, 158, 6),
    ],
)
def test_texts_of_many_kinds_are_as_many_as_they_say_and_mark_persons_of_the_gazetteer(
    name: str, texts: int, languages: int, persons: int, marked: int, others: int, undecidable: int
) -> None:
    every = list(passages_of(DATA / name))
    marks = [gold[2] for passage in every for gold in passage.gold]
    known = genres.known(name)
    assert (len(every), len({passage.lang for passage in every}), len(known)) == (texts, languages, persons)
    assert (sum(mark in known for mark in marks), marks.count("-"), marks.count("?")) == (marked, others, undecidable)
    assert {is_development(passage.id) for passage in every} == {True, False}


def test_nobody_is_in_both_splits() -> None:
    data = names.built(1)
    owner = {row.name: key for key, rows in spellings().items() for row in rows}
    asked = [query for query in data.queries if query.truth >= 0 and query.text in owner]
    assert {query.development for query in asked} == {True, False}
    assert all(names.development(owner[query.text]) == query.development for query in asked)
    assert all(names.development(owner[left]) for left, _ in data.known)


def test_who_is_left_out_of_the_gazetteer_is_nobody_there() -> None:
    data = names.built(1)
    gone = {row.name for key, rows in spellings().items() if names.removed(key) for row in rows}
    there = {row.name for key, rows in spellings().items() if not names.removed(key) for row in rows}
    assert gone.isdisjoint(data.names)
    assert [query for query in data.queries if query.text in gone - there and query.truth >= 0] == []


def test_errors_that_are_shown_are_of_what_may_be_read() -> None:
    """Those of names of the development split, those of passages of the open ones."""
    of_names, of_passages = newest("names"), newest("passages")
    assert of_names
    assert of_passages
    readable = {query.text for query in names.built(1).queries if query.development}
    shown = [one["name"] for one in of_names["systems"]["resolve"]["examples"].values() if "name" in one]
    assert shown
    assert [name for name in shown if name not in readable] == []
    opened = {passage.id for _, passage in passages.texts() if not passage.blind}
    told = [one["example"] for one in of_passages["systems"]["resolve"]["examples"].values() if "example" in one]
    assert told
    assert {example.split()[0] for example in told} <= opened


def test_every_row_that_compares_says_what_it_was_tuned_on() -> None:
    for name, key in (("names", "systems"), ("passages", "systems"), ("text", "systems"), ("pairs-slavic", "scorers")):
        facts = newest(name)
        assert facts
        assert [who for who, row in facts[key].items() if not row.get("tuned_on")] == []


# ---------------------------------------------------------------- figures

RIGHT, STRANGER = (Query(text, truth, "ru", "Cyrillic", "spelling", False) for text, truth in (("a", 0), ("b", -1)))


def test_an_answer_for_a_stranger_costs_precision_and_none_for_a_person_recall() -> None:
    judged = [(RIGHT, (0, 0.9)), (RIGHT, (0, 0.5)), (STRANGER, (0, 0.8)), (STRANGER, (-1, 0.0))]
    at = names.figures(judged, 0.7)
    assert (at["precision"], at["recall"], at["rank1"]) == (0.5, 0.5, 1.0)
    assert names.figures(judged, 0.85)["precision"] == 1.0
    assert names.tuned(judged) in {0.5, 0.9}


def test_a_wrong_person_is_no_right_answer() -> None:
    assert names.figures([(RIGHT, (1, 0.9))], 0.5)["precision"] == 0.0
    assert names.by_kind([(RIGHT, (1, 0.9))], 0.5) == {"spelling": {"asked": 1, "right": 0, "wrong": 1}}


def test_a_curve_knows_ties() -> None:
    """Answers of one score are taken or left together."""
    assert len(names.curve([(RIGHT, (0, 1.0)), (STRANGER, (0, 1.0))])) == 1


def test_bins_of_probability_hold_every_answer() -> None:
    judged = [(RIGHT, (0, p / 20)) for p in range(21)]
    assert sum(b["count"] for b in names.reliability(judged)["bins"]) == 21


# ---------------------------------------------------------------- other programs


def test_a_program_that_is_not_installed_is_named() -> None:
    peer = Peer("x", ("no-such-package-at-all",), lambda _names, _known: lambda _queries: [], "", "")
    assert missing(peer) == "no-such-package-at-all is not installed"


@pytest.mark.parametrize(
    "peer", [p for p in PEERS if p.name.startswith(("rapidfuzz", "Soundex")) and not missing(p)], ids=lambda p: p.name
)
def test_a_peer_finds_a_name_spelt_alike(peer: Peer) -> None:
    held = ["Anton Chekhov", "Ivan Bunin", "Boris Yeltsin"]
    answers = peer.make(held, [])(["Иван Бунин", "Anton Chekov"])
    assert [place for place, _ in answers] == [1, 0]


def test_every_program_says_what_it_is_for_and_where_it_is_better() -> None:
    assert all(peer.built_for and peer.better for peer in PEERS)
    assert all(peer.built_for and peer.better for peer in textpeers.TEXT_PEERS)
    assert len({peer.name for peer in PEERS}) == len(PEERS)


def test_a_surname_that_two_bear_is_no_keyword() -> None:
    known = textpeers.keywords([("a", "Lech Kaczyński"), ("b", "Jarosław Kaczyński"), ("c", "Donald Tusk")])
    assert "Kaczyński" not in known
    assert known["Tusk"] == "c"


def test_of_spans_that_overlap_the_longest_is_kept_and_words_are_whole() -> None:
    assert textpeers.longest([(0, 5, "a"), (0, 11, "b"), (6, 11, "c")]) == [(0, 11, "b")]
    assert textpeers.whole_words("Tuska Tusk", [(0, 4, "a"), (6, 10, "a")]) == [(6, 10, "a")]


def test_parts_of_a_run_are_its_words_and_what_they_make_together() -> None:
    found = {part for _, _, part in textpeers.parts("сказал Дональд Туск вчера")}
    assert found == {"donal'd tusk", "donal'd", "tusk"}


# ---------------------------------------------------------------- stages


def test_what_the_ablations_exchange_is_there() -> None:
    assert ablations.lacking() == []


def test_schemes_alone_know_a_scheme_and_no_other_spelling() -> None:
    assert ablations.by_schemes("Лукашэнка", "Lukashenka") > 0 > ablations.by_schemes("Лукашэнка", "Tikhanovskaya")


# ---------------------------------------------------------------- one door


@pytest.mark.parametrize("benchmark", BENCHMARKS, ids=lambda b: b.name)
def test_a_benchmark_declares_what_it_needs(benchmark: Benchmark) -> None:
    module = importlib.import_module(f"benchmarks.{benchmark.module}")
    assert module.main
    source = inspect.getsource(module)
    flags = {
        argument
        for arguments in (*benchmark.runs, *benchmark.full)
        for argument in arguments
        if argument.startswith("--")
    }
    assert [flag for flag in flags if f'"{flag}"' not in source] == []
    assert benchmark.minutes > 0
    assert benchmark.data
    assert benchmark.licence
    assert benchmark.start in {"cold", "warm", "cold and warm"}
    assert [b.name for b in BENCHMARKS].count(benchmark.name) == 1


def test_whatever_writes_a_result_is_in_the_catalogue() -> None:
    sources = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "benchmarks").glob("*.py")}
    saving = {name for name, source in sources.items() if "import" in source and re.search(r"\bsave\(", source)} - {
        "common",
        "run",
    }
    assert saving - {benchmark.module for benchmark in BENCHMARKS} == set()


@pytest.mark.parametrize("benchmark", SHIPPED, ids=lambda b: b.name)
def test_the_newest_result_counts_what_is_declared(benchmark: Benchmark) -> None:
    assert all(newest(result) for result in benchmark.results)
    assert miscounted(benchmark) == []


def test_what_does_not_ship_says_how_to_get_it() -> None:
    with pytest.raises(SystemExit, match=r"persons\.tsv\.gz.*") as told:
        run.planned(["calibration"], None, full=False)
    assert "--data" in str(told.value)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="is no folder"):
        run.planned(["all"], tmp_path / "nonesuch", full=False)


def test_all_is_everything_that_ships_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    alone, together = (run.planned(["all"], data, full=False) for data in (None, tmp_path))
    assert {step.benchmark.name for step in alone.steps} <= {b.name for b in SHIPPED}
    assert {step.benchmark.name for step in together.steps} > {step.benchmark.name for step in alone.steps}
    for plan in (alone, together):
        told = " ".join(plan.left_out)
        ran = {step.benchmark.name for step in plan.steps}
        assert all(benchmark.name in ran or benchmark.name in told for benchmark in BENCHMARKS)


def test_all_fits_into_half_an_hour(tmp_path: Path) -> None:
    """By what is declared for an idle machine of two cores; the results say what it took."""
    plan = run.planned(["all"], tmp_path, full=False)
    assert run.Progress(plan.steps).left() <= 25


def step_of(module: str, *results: str, arguments: tuple[str, ...] = ()) -> Step:
    benchmark = dataclasses.replace(found("kernel"), name=module, module=module, results=results, counts={})
    return Step(benchmark, arguments, 0.1, results)


def test_a_result_that_counts_something_else_than_declared_is_named(tmp_path: Path) -> None:
    benchmark = dataclasses.replace(found("sizes"), counts={"sizes / 1000 / asked": 300, "seed": 3})
    (tmp_path / "2026-01-02-sizes.json").write_text('{"seed": 3, "sizes": {"1000": {"asked": 299}}}', encoding="utf-8")
    assert miscounted(benchmark, tmp_path) == ["sizes: sizes / 1000 / asked is 299, and should be 300"]
    assert miscounted(found("kernel"), tmp_path) == ["kernel: no result kernel"]


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Results are written and read in a folder of their own."""
    monkeypatch.setattr(run, "RESULTS", tmp_path)
    return tmp_path


def test_one_that_fails_is_named_and_the_others_go_on(elsewhere: Path, capfd: pytest.CaptureFixture[str]) -> None:
    plan = run.Plan((step_of("nonesuch", "nonesuch"), step_of("filing", "filing")), ())
    done = {one.step.label: one for one in run.executed(plan, None)}
    assert done["nonesuch"].faults == ("nonesuch ended with 1",)
    assert done["filing"].faults == ()
    assert list(elsewhere.glob("*-filing.json"))
    told = capfd.readouterr().err
    assert "No module named benchmarks.nonesuch" in told
    assert "2 of 2 done" in told
    assert "1 faults" in run.summary(plan, list(done.values()), 1.0)


def test_one_that_writes_no_result_or_takes_too_long_is_named(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = run.Plan((step_of("filing", "filing", arguments=("--no-save",)),), ())
    assert [one.faults for one in run.executed(plan, None)] == [("filing --no-save wrote no result filing",)]
    monkeypatch.setattr(run, "TIMEOUT", 0.01)
    (late,) = run.executed(run.Plan((dataclasses.replace(plan.steps[0], minutes=0.0),), ()), None)
    assert "was ended after" in late.faults[0]
    assert not list(elsewhere.iterdir())


def test_every_run_is_named_for_itself() -> None:
    labels = [step.label for benchmark in BENCHMARKS for full in (False, True) for step in steps(benchmark, full)]
    assert all(len({step.label for step in steps(b)}) == len(steps(b)) for b in BENCHMARKS)
    assert not [label for label in labels if "{" in label]


# ---------------------------------------------------------------- thresholds


@pytest.mark.parametrize("benchmark", BENCHMARKS, ids=lambda b: b.name)
def test_a_benchmark_says_what_its_rows_were_tuned_on(benchmark: Benchmark) -> None:
    assert benchmark.tuned_on


def test_no_threshold_of_pairs_is_chosen_on_what_is_counted() -> None:
    """A stranger of the test split that looks like a match costs precision, whatever threshold would leave it out."""
    every = [Pair(f"name {i}", str(i), i % 2 == 0, "") for i in range(60)]
    trap = next(pair for pair in every if not pair.same and not pairs.is_development(pair))

    def score(known: str, _seen: str) -> float:
        same = int(known.split()[1]) % 2 == 0
        return 0.8 if same else 0.9 if known == trap.known else 0.1

    figures = pairs.figures("other", score, every)
    assert (figures["threshold"], figures["recall"], figures["false"]) == (0.8, 1.0, 1)
    assert pairs.figures("resolve", score, every)["recall"] == 0.0


def test_a_benchmark_that_does_not_exist_is_refused_with_those_that_do() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "run", "nonesuch"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode
    assert "names" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "module", ["cards", "catalogue", "charts", "east_slavic", "markup", "newswire", "readme", "run"]
)
def test_the_examples_of_the_benchmarks_run(module: str) -> None:
    done = doctest.testmod(importlib.import_module(f"benchmarks.{module}"))
    assert done.attempted
    assert done.failed == 0


class Tags(HTMLParser):
    """The tags that a page opens and leaves open, and what it refers to."""

    EMPTY = frozenset({"meta", "line", "polyline", "circle", "rect", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.EMPTY:
            assert self.open.pop() == tag


def test_the_report_is_one_page_without_script_or_request() -> None:
    text = page()
    tags = Tags()
    tags.feed(text)
    assert tags.open == []
    assert "script" not in tags.seen
    assert {link.removeprefix("#") for link in tags.links} == {key for _, key, _ in SECTIONS}
    assert not re.search(r"https?://|url\(|@import", text)
    assert text.count("<figure>") >= 12
    assert "nan" not in re.findall(r">([^<]*)<", text)
