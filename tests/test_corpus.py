"""How are many texts read by several processes, in order?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import resolve
from resolve import corpus
from tests.conftest import Run

SENTENCES = [
    "Viktar and Eduard Babaryka came.", "Лукашенко встретил Клинтона.", "Nobody of note spoke.", "Babaryka left.",
    "Wczoraj Swiatłana Cichanouska rozmawiała z Billem Clintonem.",
]  # fmt: skip


def sources(count: int) -> Iterator[tuple[str, str]]:
    """So many texts, no two the same."""
    for i in range(count):
        yield f"{i}.txt", f"{i}. " + " ".join(SENTENCES[(i + k) % len(SENTENCES)] for k in range(1 + i % 4))


def test_several_processes_give_the_same_in_the_same_order(
    family: resolve.Resolver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus, "ALONE", 500)
    monkeypatch.setattr(corpus, "PORTION", 300)
    one = list(corpus.documents(family, sources(60), all=True))
    assert [document.id for document in one] == [f"{i}.txt" for i in range(60)]
    assert list(corpus.documents(family, sources(60), all=True, workers=2)) == one


def test_few_texts_start_no_process(family: resolve.Resolver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "_shared", None)
    assert len(list(corpus.documents(family, sources(5), workers=8))) == 5


def test_a_gazetteer_that_is_not_kept_on_disk_is_read_by_one(
    family: resolve.Resolver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(corpus, "ALONE", 1)
    monkeypatch.setattr(family.index, "folder", tmp_path / "gone")
    assert [d.id for d in corpus.documents(family, sources(3), workers=2)] == ["0.txt", "1.txt", "2.txt"]


def test_texts_are_asked_for_as_they_are_needed(family: resolve.Resolver) -> None:
    asked = []

    def told() -> Iterator[tuple[str, str]]:
        for name, text in sources(5):
            asked.append(name)
            yield name, text

    next(corpus.documents(family, told()))
    assert asked == ["0.txt"]


def test_the_command_writes_the_same_for_any_number_of_workers(run: Run, tmp_path: Path) -> None:
    for name, text in sources(8):
        (tmp_path / name).write_text(text, encoding="utf-8")
    one = run("text", tmp_path)
    assert one.out
    assert run("text", tmp_path, "--workers", "2").out == one.out
