"""Which mentions of persons nobody knows are one person's?"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

import resolve
from resolve.cli import app
from resolve.unknowns import Unknowns, bases_of, proposals

RUSSIAN = (
    "Вчера Николай Крутилин сказал, что не придёт. С Николаем Крутилиным не согласился Иван Зубарев. Крутилина не было."
)
ENGLISH = "Nikolai Krutilin said that Ivan Zubarev was not there. Krutilin left. Anna Krutilina spoke to the press."


def clusters(resolver: resolve.Resolver, *texts: str) -> list[list[tuple[str, str | None]]]:
    """The unknown persons of every text with their cluster."""
    seen = Unknowns()
    documents = [seen.add(resolver.text(text, f"{i}.txt", all=True)) for i, text in enumerate(texts)]
    return [[(x.text, x.cluster) for x in d.links if x.status == "unknown"] for d in documents]


def test_spellings_of_one_unknown_person_share_a_cluster(curated: resolve.Resolver) -> None:
    russian, english = clusters(curated, RUSSIAN, ENGLISH)
    one = "new:nikolai-krutilin"
    assert [c for text, c in russian if "рутилин" in text] == [one] * 3
    assert dict(english)["Nikolai Krutilin"] == dict(english)["Krutilin"] == one
    assert dict(russian)["Иван Зубарев"] == dict(english)["Ivan Zubarev"] != one


@pytest.mark.parametrize("other", ["Anna Krutilina", "Pavel Krutilin", "Nikolai Krupenin"])
def test_another_person_has_another_cluster(curated: resolve.Resolver, other: str) -> None:
    first, second = clusters(curated, "Nikolai Krutilin said so.", f"Then {other} said that it was so.")
    assert dict(first)["Nikolai Krutilin"] != dict(second)[other] is not None


def test_a_surname_without_a_whole_name_has_no_cluster(curated: resolve.Resolver) -> None:
    """A lone surname of another document may be anybody's."""
    _first, second = clusters(curated, "Nikolai Krutilin said so.", "Then Krutilin said that it was so.")
    assert second == []


def test_ids_are_the_same_in_every_run(curated: resolve.Resolver) -> None:
    assert clusters(curated, RUSSIAN, ENGLISH) == clusters(curated, RUSSIAN, ENGLISH)


def test_an_inflected_name_is_known_by_its_nominative() -> None:
    assert "Анна Крутилина" in bases_of("Анной Крутилиной", "ru")


def test_the_nominative_is_proposed_although_another_form_is_more_frequent(curated: resolve.Resolver) -> None:
    seen = Unknowns()
    text = "Было видно Николая Крутилина. Не было Николая Крутилина. Сказал Николай Крутилин, что не так."
    seen.add(curated.text(text, "a.txt", all=True))
    (row,) = proposals(seen)
    assert (row["name"], row["count"], row["gender"], row["lang"]) == ("Николай Крутилин", "3", "m", "ru")


def test_suggest_writes_rows_that_a_gazetteer_may_have(tmp_path: Path) -> None:
    for name, text in (("a.txt", RUSSIAN), ("b.txt", ENGLISH)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    out = tmp_path / "new.csv"
    asked = ["gazetteer", "suggest", str(tmp_path), "-o", str(out), "--least", "2"]
    assert CliRunner().invoke(app, asked).exit_code == 0
    with open(out, encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["id"], row["name"], row["kind"]) for row in rows] == [
        ("nikolai-krutilin", "Николай Крутилин", "name"), ("nikolai-krutilin", "Nikolai Krutilin", "alias"),
        ("ivan-zubarev", "Иван Зубарев", "name"), ("ivan-zubarev", "Ivan Zubarev", "alias"),
    ]  # fmt: skip
    assert rows[0]["count"] == "5"
    assert rows[0]["documents"] == "2"
    assert "Крутилин" in rows[0]["context"]
    assert resolve.open(out).match("Nikolay Krutilin").entity_id == "nikolai-krutilin"


def test_suggest_names_a_file_that_cannot_be_read_and_does_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RUSSIAN, encoding="utf-8")
    done = CliRunner().invoke(app, ["gazetteer", "suggest", str(tmp_path / "a.txt"), str(tmp_path / "none.txt")])
    assert done.exit_code == 1
    assert "nikolai-krutilin" in done.output


def test_clusters_are_written_with_all(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(RUSSIAN, encoding="utf-8")
    done = CliRunner().invoke(app, ["text", str(path), "--all", "--format", "csv"])
    assert done.stdout.splitlines()[0].endswith(",candidates,cluster")
    assert "new:nikolai-krutilin" in done.stdout
    plain = CliRunner().invoke(app, ["text", str(path), "--format", "csv"])
    assert plain.stdout.splitlines()[0].endswith(",candidates")
