"""The command that learns the channel: from a few names to a file that opens, the same every time."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import numpy as np
import pytest

from resolve.multigram import Multigram, beside, read
from resolve.training import channel, multigrams, scripts, spellings

NAMES = [
    ("ivanov", "iwanow", "иванов", "іваноў"), ("petrov", "petrow", "петров", "пятроў"),
    ("vlasov", "wlasow", "власов", "уласаў"), ("volkov", "wolkow", "волков", "воўкаў"),
    ("popov", "popow", "попов", "папоў"), ("pavlov", "pawlow", "павлов", "паўлаў"),
    ("kozlov", "koslow", "козлов", "казлоў"), ("orlov", "orlow", "орлов", "арлоў"),
    ("vorobyov", "worobjow", "воробьёв", "вераб’ёў"), ("sokolov", "sokolow", "соколов", "сакалоў"),
]  # fmt: skip
GREEK = {
    "ivanov": "ιβανόφ", "petrov": "πετρόφ", "vlasov": "βλασόφ", "volkov": "βολκόφ", "popov": "ποπόφ",
    "pavlov": "παβλόφ", "kozlov": "κοζλόφ", "orlov": "ορλόφ", "sokolov": "σοκολόφ", "makarov": "μακαρόφ",
}  # fmt: skip
GREEK_PREFIXES = {"": "", "za": "ζα", "po": "πο", "na": "να", "ba": "μπα", "do": "ντο", "ka": "κα", "ra": "ρα"}
PREFIXES = ("", "za", "po", "na", "ba", "do")
CYRILLIC = dict(zip(PREFIXES, ("", "за", "по", "на", "ба", "до"), strict=True))


def table(path: Path, head: str, rows: list[str]) -> None:
    path.write_bytes(gzip.compress("\n".join([head, *rows, ""]).encode()))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    parts = [
        f"Q{i}{j}\t{(prefix if name.isascii() else CYRILLIC[prefix]) + name}\tund\tX"
        for i, prefix in enumerate(PREFIXES) for j, names in enumerate(NAMES) for name in names
    ]  # fmt: skip
    table(folder / "name_parts.tsv.gz", "entity_id\tname\tlang\tscript", parts)
    people = [
        f"Q9{j}\t{name}\tund\t{'Latin' if name.isascii() else 'Cyrillic'}\tx" for j, n in enumerate(NAMES) for name in n
    ]
    table(folder / "persons.tsv.gz", "entity_id\tname\tlang\tscript\tsource", people)
    table(folder / "uk_ru_names.tsv.gz", "uk\tru\tsource\tcount", ["Власов\tВласовъ\tx\t1", "Шуст\tШуст\tx\t2"])
    greek = [
        f"tok:{prefix}{name}\t{other}{spelt}\tel\tGreek\t1\ttrain"
        for prefix, other in GREEK_PREFIXES.items() for name, spelt in GREEK.items()
    ]  # fmt: skip
    table(folder / scripts.TOKENS[1], "entity_id\tname\tlang\tscript\tcount\tsplit", greek)
    pairs = [f"tok:{n[0]}\t{n[2]}\tru\tCyrillic\t1\ttrain" for n in NAMES]
    table(folder / "transliteration_pairs.tsv.gz", "entity_id\tname\tlang\tscript\tcount\tsplit", pairs)
    return folder


def run(monkeypatch: pytest.MonkeyPatch, data: Path, output: Path) -> bytes:
    monkeypatch.setattr(sys, "argv", ["channel", "--data", str(data), "-o", str(output)])
    monkeypatch.setattr(channel, "LEAST_LETTER", 2)
    channel.main()
    return output.read_bytes()


def test_the_same_data_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch, data: Path, tmp_path: Path) -> None:
    assert run(monkeypatch, data, tmp_path / "one.bin") == run(monkeypatch, data, tmp_path / "two.bin")
    greek = beside(tmp_path / "one.bin", "Greek")
    assert greek.read_bytes() == beside(tmp_path / "two.bin", "Greek").read_bytes()
    model = Multigram(read(tmp_path / "one.bin"), {"Greek": greek})
    assert model.evidence("ποπόφ", "popov") > model.evidence("ποπόφ", "pavlov")
    assert model.told("μπαποπόφ", "bapopov") > model.told("μπαποπόφ", "dopavlov")
    assert "popov" in model.spellings("Ποπόφ")
    assert model.evidence("ivanov", "iwanow") > model.evidence("ivanov", "orlow")
    assert model.bits("иванов", "ivanov") > model.bits("иванов", "orlov")


def test_held_out_items_are_in_no_training_pair(data: Path) -> None:
    every = spellings.items(data / "name_parts.tsv.gz")
    closed = {key for key in every if spellings.held_out(key)}
    assert closed
    assert len(closed) < len(every) / 2


def test_every_round_of_em_makes_the_pairs_likelier() -> None:
    words = [(bytes([4, 5, 6]), bytes([4, 6])), (bytes([5, 4]), bytes([5, 4, 6])), (bytes([6]), bytes([6, 6]))] * 5
    pairs = multigrams.pairs_of(words)
    inventory = multigrams.single_letters(pairs, 7, 7, same=True)
    inventory, _ = multigrams.one_round(inventory, pairs, 0.0, same=True)
    likelihoods = []
    for _ in range(6):
        inventory, out = multigrams.one_round(inventory, pairs, 0.0, same=True)
        likelihoods.append(out.sum())
    assert np.all(np.diff(likelihoods) > -1e-3)


def test_the_letter_model_adds_up_to_one_after_every_pair() -> None:
    words = [bytes([4, 5, 6]), bytes([5, 5]), bytes([6, 4])]
    tables = multigrams.learn_letters(words, 7)
    total = np.exp2(tables.pairs.astype(float)).sum(1)
    assert total == pytest.approx(np.ones(7), abs=1e-4)


def test_strangers_have_no_spelling_in_common_with_the_name() -> None:
    names = {"a": ("ivanov", "iwanow"), "b": ("ivanov", "ivanoff"), "c": ("ivanova",), "d": ("ivanko",)}
    found = spellings.negatives(names, 3)
    assert ("iwanow", "ivanoff") not in found
    assert all(set(pair) & {"ivanova", "ivanko"} for pair in found)


def test_what_a_held_out_person_could_teach_is_in_no_pair(data: Path) -> None:
    """Nor are the pairs of held-out tokens, whoever else has them."""
    shut = {("ποπόφ", "popov"), ("ορλόφ", "orlov")}
    train, dev = scripts.known_pairs(data, shut)["Greek"]
    every = {*train, *dev}
    assert ("ζαποπόφ", "zapopov") in every
    assert not every & shut
    held = [key for key in scripts.items(data) if scripts.closed_item(key)]
    assert any(key.startswith("tok:") for key in held)
    assert not {pair for pair in every if scripts.closed_item(f"tok:{pair[1]}")}
    assert not set(train) & set(dev)


def test_characters_beside_kana_are_no_pinyin() -> None:
    assert list(scripts.item_pairs(["林", "lin"])) == [("林", "lin")]
    assert list(scripts.item_pairs(["林", "はやし", "hayashi"])) == [("はやし", "hayashi")]


def test_what_two_other_persons_bear_is_no_secret_of_a_held_out_one(tmp_path: Path) -> None:
    import gzip

    held = next(f"Q{n}" for n in range(1000) if spellings.held_out(f"Q{n}"))
    others = [f"Q{n}" for n in range(1000) if not spellings.held_out_of_scripts(f"Q{n}")][:2]
    names = [(held, "Γιάννης Ποπόφ", "John Popov"), *((key, "Γιάννης", "John") for key in others)]
    with gzip.open(tmp_path / "persons.tsv.gz", "wt", encoding="utf-8") as stream:
        stream.write("entity_id\tname\tlang\tscript\tsource\n")
        for key, greek, latin in names:
            stream.write(f"{key}\t{greek}\tel\tGreek\tx\n{key}\t{latin}\ten\tLatin\tx\n")
    _, closed = scripts.persons(tmp_path / "persons.tsv.gz")
    assert any(b == "popov" for _, b in closed)
    assert not any(b == "john" and a.lower().startswith("γι") for a, b in closed)
