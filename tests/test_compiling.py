"""Compiling: what is done once for a word, by one process or several, is what would be done for every name alone."""

from __future__ import annotations

import os
import signal
import threading
from array import array
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from resolve import _filing
from resolve.gazetteer import curated, load
from resolve.index import build, compile_rows, open_index, share
from resolve.index.forms import mononym
from resolve.index.layout import ROLES
from resolve.model import Row
from resolve.names import is_plain, parse, parts, plain_givenness, plain_roles

WORDS = (
    "Viktar", "Babaryka", "Бабарыка", "Віктар", "Иван", "Иванович", "Ивановна", "Петров", "Petrova", "Kim", "Jong", "Un",
    "Moon", "Park", "Lee", "Mr", "Dr", "van", "der", "Leyen", "Ursula", "Al", "Gore", "JC", "Juncker", "J", "Jr", "Пак",
    "Ён", "Чхоль", "毛泽东", "안철수", "Kara-Murza", "O’Brien", "Anna", "Maria", "Luke", "Łukasz", "IVANOV", "abc", "Ó",
)  # fmt: skip


copied = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not copied here")
# the tests' own process may have threads, of which newer versions of Python warn
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


def spelt(rows: Iterable[Row], folder: Path) -> dict[str, list[str]]:
    """The roles of the words of every name that was compiled."""
    compile_rows(rows, folder)
    index = open_index(folder)
    return {index.spelling(n): [ROLES[role] for role in index.roles_of(n)] for n in range(index.names)}


@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join), max_size=8),
    st.sampled_from(["", "ru"]),
)
def test_words_have_the_roles_that_parsing_the_name_gives(names: list[str], lang: str) -> None:
    builder = build.Builder()
    for i, name in enumerate(names):
        builder.add(Row(str(i), name, lang))
    for name in names:
        pieces = name.split(" ")
        if not all(map(is_plain, pieces)):
            continue
        assert [token.text for token in parts(name)] == pieces
        given_ = [plain_givenness(piece, lang) for piece in pieces]
        known = [how for how in given_ if how is not None]
        if len(known) == len(given_):
            assert list(plain_roles(known)) == [token.role for token in mononym(parse(name, lang)).tokens]


def test_compiled_roles_are_those_of_the_parser(tmp_path: Path) -> None:
    names = [f"{one} {other}" for one in WORDS for other in WORDS] + [f"{w} {w}, {w}" for w in WORDS] + list(WORDS)
    found = spelt((Row(name, name) for name in names), tmp_path / "idx")
    for name, roles in found.items():
        assert roles == [token.role for token in mononym(parse(name)).tokens], name


# ---------------------------------------------------------------- several processes


def contents(folder: Path) -> bytes:
    """The data file of a compiled gazetteer."""
    return Path(folder, open_index(folder).header["data"]).read_bytes()


@copied
@pytest.mark.parametrize("cores", [1, 2, 3, 40])
def test_the_number_of_processes_changes_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cores: int) -> None:
    rows = load([curated()])[0]
    compile_rows(rows, tmp_path / "one")
    copies: list[int] = []
    monkeypatch.setattr(share, "cores", lambda: cores)
    monkeypatch.setattr(share, "LEAST", 64)
    monkeypatch.setattr(share, "_is_single", lambda: True)
    fork = os.fork

    def counted() -> int:
        copies.append(1)
        return fork()

    monkeypatch.setattr(os, "fork", counted)
    compile_rows(rows, tmp_path / "several")
    assert contents(tmp_path / "one") == contents(tmp_path / "several")
    # words and names are shared out one after the other
    assert len(copies) == 2 * (min(cores, share.MOST) - 1)


@copied
def test_what_a_killed_copy_leaves_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share, "processes", lambda _: 3)
    here = os.getpid()

    def work(block: range) -> list[bytes]:
        if os.getpid() != here and block.start >= 2 * share.BLOCK:
            os.kill(os.getpid(), signal.SIGKILL)
        return [array("I", block).tobytes()]

    found = b"".join(blob for (blob,) in share.shared(work, 2000))
    assert array("I", found).tolist() == list(range(2000))


@copied
def test_an_error_in_a_copy_is_raised_here(monkeypatch: pytest.MonkeyPatch) -> None:
    children: list[int] = []
    fork = os.fork

    def noted() -> int:
        children.append(fork())
        return children[-1]

    monkeypatch.setattr(share, "processes", lambda _: 2)
    monkeypatch.setattr(os, "fork", noted)

    def work(block: range) -> list[bytes]:
        if block.start:
            raise ValueError(block.start)
        return []

    with pytest.raises(ValueError, match=str(share.BLOCK)):
        list(share.shared(work, 2000))
    assert len(children) == 1
    with pytest.raises(ChildProcessError):
        # it is not left behind
        os.waitpid(children[0], os.WNOHANG)


def test_a_process_with_threads_is_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share, "cores", lambda: 2)
    waiting = threading.Event()
    thread = threading.Thread(target=waiting.wait)
    thread.start()
    try:
        assert share.processes(1_000_000) == 1
    finally:
        waiting.set()
        thread.join()


def test_few_words_are_not_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share, "cores", lambda: 8)
    monkeypatch.setattr(share, "_is_single", lambda: True)
    assert share.processes(share.LEAST) == 1
    assert share.processes(100 * share.LEAST) == (share.MOST if hasattr(os, "fork") else 1)


# ---------------------------------------------------------------- lists that are turned round

NAMES = st.lists(st.lists(st.integers(0, 9), max_size=5), max_size=20)


@given(NAMES)
def test_postings_are_the_names_of_every_token(names: list[list[int]]) -> None:
    ends = array("I", [0])
    for name in names:
        ends.append(ends[-1] + len(name))
    starts, found = _filing.postings(array("I", [token for name in names for token in name]), ends, 10)
    expected = [[i for i, name in enumerate(names) if token in name] for token in range(10)]
    assert [found[starts[t] : starts[t + 1]].tolist() for t in range(10)] == expected
    entity_of = array("I", [i // 2 for i in range(len(names))])
    counts = _filing.bearers(starts, found, entity_of, len(names))
    assert counts.tolist() == [len({i // 2 for i in of}) for of in expected]


@given(st.lists(st.integers(0, 6)))
def test_places_are_where_a_number_stands(numbers: list[int]) -> None:
    starts, places = _filing.placed(array("I", numbers), 7)
    for number in range(7):
        expected = [place for place, one in enumerate(numbers) if one == number]
        assert places[starts[number] : starts[number + 1]].tolist() == expected


@given(
    st.lists(st.frozensets(st.integers(0, 2**64 - 1) | st.sampled_from([0, 1, 2**16, 2**48, 2**64 - 1]), max_size=6))
)
def test_tokens_are_filed_under_sorted_hashes(of_tokens: list[frozenset[int]]) -> None:
    keys, starts, tokens = _filing.filed(
        array("Q", [one for hashes in of_tokens for one in hashes]), array("I", map(len, of_tokens))
    )
    expected = sorted({one for hashes in of_tokens for one in hashes})
    assert keys.tolist() == expected
    for place, one in enumerate(expected):
        under = [token for token, hashes in enumerate(of_tokens) if one in hashes]
        assert tokens[starts[place] : starts[place + 1]].tolist() == under


def test_numbers_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="7 is none of 7"):
        _filing.placed(array("I", [7]), 7)
    with pytest.raises(ValueError, match="do not fit"):
        _filing.postings(array("I", [0]), array("I", [0, 2]), 1)
    with pytest.raises(ValueError, match="do not rise"):
        _filing.postings(array("I", [0]), array("I", [0, 2, 1]), 1)
    with pytest.raises(ValueError, match="2 hashes"):
        _filing.filed(array("Q", [1]), array("I", [2]))
