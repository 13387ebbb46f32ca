"""Texts other than news reports: lists, captions, headlines; and the letters that spell names without capitals or spaces."""

from __future__ import annotations

from pathlib import Path

import pytest

import resolve
from resolve.syllabic import latin, runs

GAZETTEER = """id,name,type,gender
pham,Pham Minh Chinh,person,m
lula,Luiz Inácio Lula da Silva,person,m
trump,Melania Trump,person,f
dan,Nicușor Dan,person,m
salah,Mohamed Salah,person,m
czech,Česko,place,
rus,Россия,place,
slovak,Slovenská republika,place,
"""


@pytest.fixture(scope="module")
def resolver(tmp_path_factory: pytest.TempPathFactory) -> resolve.Resolver:
    path = tmp_path_factory.mktemp("kinds") / "gazetteer.csv"
    path.write_text(GAZETTEER, encoding="utf-8")
    return resolve.open(path)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # a further given name is another person's
        ("Thủ tướng Phạm Minh Chính đã đến và Bộ trưởng Phạm Minh Đức cũng nói.", ["Phạm Minh Chính"]),
        # the whole of a long name, and a later given name of it alone
        ("Luiz Inácio Lula da Silva chegou ontem. Hoje Lula viaja.", ["Luiz Inácio Lula da Silva", "Lula"]),
        # a woman's surname does not decline
        ("Вчера Мелания Трамп приехала. Позже Трамп сказала, что рада.", ["Мелания Трамп", "Трамп"]),
        (
            "Вчера Мелания Трамп приехала. Позже в доме Трампа было тихо, и это было не так, как всегда, потому что он был там.",
            ["Мелания Трамп"],
        ),
        # a prize is called after somebody
        ("Președintele Nicușor Dan a vorbit. Stadionul Dan a fost deschis.", ["Nicușor Dan"]),
        ("وصل محمد صلاح أمس. وقال صلاح ذلك في شارع صلاح القديم.", ["محمد صلاح", "صلاح"]),
        # two names of a state
        ("Ministr odjel z České republiky a vrátil se do Česka.", ["České republiky", "Česka"]),
        ("Президент Российской Федерации выступил вчера.", ["Российской Федерации"]),
        ("Na Slovensku bude zítra pršet, ale v Česku ne.", ["Slovensku", "Česku"]),
    ],
)
def test_who_is_meant(resolver: resolve.Resolver, text: str, names: list[str]) -> None:
    assert [link.text for link in resolver.text(text).links] == names


def test_a_state_that_is_listed_under_both_names_keeps_them_apart(tmp_path: Path) -> None:
    path = tmp_path / "states.csv"
    path.write_text("id,name,type\nshort,Česko,place\nlong,Česká republika,place\n", encoding="utf-8")
    found = resolve.open(path).text("Ministr odjel z České republiky a vrátil se do Česka.").links
    assert [link.entity_id for link in found] == ["long", "short"]


@pytest.mark.parametrize(
    ("word", "spelt"),
    [("โดนัลด์", "donald"), ("ปูติน", "putin"), ("ሙሉጌታ", "mulugeta"), ("ጆን", "jon")],
)
def test_letters_are_spelt_one_by_one(word: str, spelt: str) -> None:
    assert latin(word) == spelt


def test_what_a_run_may_hold_lies_in_it() -> None:
    text = "ประธานาธิบดีวลาดีมีร์ ปูตินพบ"
    for start, end, closing, opening in runs(text):
        assert all(start <= first < last == end for _spelt, first, last in closing)
        assert all(start == first < last <= end for _spelt, first, last in opening)
