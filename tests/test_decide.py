"""Given the whole document: which entity, which are ambiguous, which are nobody we know?"""

from __future__ import annotations

from pathlib import Path

import pytest

import resolve


def linked(resolver: resolve.Resolver, text: str) -> list[tuple[str, str | None]]:
    """All mentions with their entities."""
    return [(link.text, link.entity_id) for link in resolver.text(text, all=True).links]


FATHER, SON = "by-babaryka-viktar", "by-babaryka-eduard"


def test_a_shared_surname_alone_is_ambiguous_and_lists_its_bearers(family: resolve.Resolver) -> None:
    (link,) = family.text("Later Babaryka was released.", all=True).links
    assert (link.status, link.entity_id) == ("ambiguous", None)
    assert {candidate.entity_id for candidate in link.candidates} == {FATHER, SON}
    assert family.text("Later Babaryka was released.").links == ()


def test_the_one_named_in_full_before_is_meant_by_the_surname(family: resolve.Resolver) -> None:
    assert linked(family, "Eduard Babaryka came. Later Babaryka left.") == [("Eduard Babaryka", SON), ("Babaryka", SON)]
    assert linked(family, "Viktar Babaryka came. Later Babaryka left.") == [
        ("Viktar Babaryka", FATHER),
        ("Babaryka", FATHER),
    ]


def test_the_support_of_a_document_works_across_scripts(family: resolve.Resolver) -> None:
    assert linked(family, "Eduard Babaryka came. Позже Бабарико уехал.")[1] == ("Бабарико", SON)


@pytest.mark.parametrize(
    "text",
    [
        "Viktar and Eduard Babaryka came.", "Віктар і Эдуард Бабарыкі прыйшлі.", "Виктор и Эдуард Бабарико пришли.",
        "Wiktar und Eduard Babaryka kamen.", "Wiktar i Eduard Babaryka przyszli.",
    ],
)  # fmt: skip
def test_father_and_son_in_one_phrase_are_two_mentions(family: resolve.Resolver, text: str) -> None:
    assert [id for _, id in linked(family, text)] == [FATHER, SON]


def test_a_title_keeps_husband_and_wife_apart(family: resolve.Resolver) -> None:
    text = "Bill Clinton and Hillary Clinton came. {} Clinton spoke."
    assert linked(family, text.format("Mrs"))[-1] == ("Clinton", "us-clinton-hillary")
    assert linked(family, text.format("Mr"))[-1] == ("Clinton", "us-clinton-bill")


def test_the_ending_of_a_surname_keeps_husband_and_wife_apart(family: resolve.Resolver) -> None:
    text = "Сергей Тихановский и Светлана Тихановская. {} молчит."
    assert linked(family, text.format("Тихановская"))[-1][1] == "by-tsikhanouskaya-sviatlana"
    assert linked(family, text.format("Тихановский"))[-1][1] == "by-tsikhanouski-siarhei"


def test_another_given_name_makes_another_person(family: resolve.Resolver) -> None:
    for text in ("Chelsea Clinton spoke.", "Иван Бабарико пришёл.", "Vasil Lukashenko left.", "P. Babaryka left."):
        assert family.text(text).links == ()


def test_the_document_never_outvotes_another_given_name(family: resolve.Resolver) -> None:
    """Whoever was named before: Vasil Lukashenko is not Alexander Lukashenko."""
    for text in (
        "Alexander Lukashenko spoke. Vasil Lukashenko left.",
        "Хиллари Клинтон ушла. Потом Иван Клинтон пришёл.",
    ):
        assert len(family.text(text).links) == 1


def test_another_bearer_of_the_surname_takes_the_mentions_after(family: resolve.Resolver) -> None:
    text = "Alexander Lukashenko spoke. Vasil Lukashenko is a plumber. Lukashenko repairs taps."
    assert linked(family, text)[-1][1] is None


def test_an_initial_decides_between_relatives(family: resolve.Resolver) -> None:
    assert linked(family, "then E. Babaryka spoke")[0] == ("E. Babaryka", SON)
    assert linked(family, "потом В. Бабарико говорил")[0] == ("В. Бабарико", FATHER)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Viktar Babaryka lives here. It was on Babaryka Street today.", "Viktar Babaryka"),
        ("Эдуард Бабарыка жыве тут. Гэта на вуліцы Бабарыкі ў горадзе.", "Эдуард Бабарыка"),
        ("Эдуард Бабарыка жыве тут. Гэта на вул. Бабарыкі ў горадзе.", "Эдуард Бабарыка"),
        ("Эдуард Бабарико живёт тут. Это на ул. Бабарико в городе.", "Эдуард Бабарико"),
        ("Эдуард Бабарико живёт тут. Это на пл. Бабарико в городе.", "Эдуард Бабарико"),
    ],
)
def test_a_thing_named_after_a_person_is_not_the_person(family: resolve.Resolver, text: str, named: str) -> None:
    """Even in a document that names the person, and where the word for the thing is abbreviated."""
    assert [link.text for link in family.text(text).links] == [named]


def test_a_mention_is_the_name_alone(family: resolve.Resolver) -> None:
    text = "President Alexander Lukashenko's and Mrs Hillary Clinton’s aides"
    assert [name for name, _ in linked(family, text)] == ["Alexander Lukashenko", "Hillary Clinton"]


def test_probabilities_over_candidates_and_nobody_add_up_to_at_most_one(curated: resolve.Resolver) -> None:
    text = "Лукашенко, Путин, Песков, Шевченко, Знак, Kaczyński, Klitschko, Clinton, Trump, Obama"
    links = curated.text(text, all=True).links
    assert len(links) >= 5
    for link in links:
        assert 0 < sum(candidate.probability for candidate in link.candidates) <= 1 + 1e-9


def test_a_document_says_more_than_a_sentence(curated: resolve.Resolver) -> None:
    alone = curated.text("Later Lukashenka left.", all=True).links[0]
    told = curated.text("Alyaksandr Lukashenka came. Later Lukashenka left.", all=True).links[-1]
    assert told.probability > alone.probability


def test_a_larger_gazetteer_makes_a_surname_alone_less_certain(tmp_path: Path) -> None:
    names = [f"p{i},Ivan Qwrt{a}{b}k" for i, (a, b) in enumerate((x, y) for x in "aeiou" for y in "bcdfghjklmnprstvz")]
    for size in (1, len(names)):
        path = tmp_path / f"{size}.csv"
        path.write_text("\n".join(["id,name", "a,Alexander Lukashenko", *names[:size]]), encoding="utf-8")
    texts = (resolve.open(tmp_path / f"{size}.csv").text("Lukashenko spoke.", all=True) for size in (1, len(names)))
    small, large = (text.links[0].probability for text in texts)
    assert small > large


def test_strangers_are_listed_without_an_entity(family: resolve.Resolver) -> None:
    text = "Nikolay Petrov spoke. Later Petrov left."
    assert [(x.text, x.status, x.entity_id) for x in family.text(text, all=True).links] == [
        ("Nikolay Petrov", "unknown", None), ("Petrov", "unknown", None),
    ]  # fmt: skip
    assert family.text(text).links == ()


def test_a_stranger_is_one_mention_with_his_given_name(curated: resolve.Resolver) -> None:
    """Not the given name alone, whatever place or person is called so."""
    links = curated.text("Nikolai Petrov said that Petrov would not come.", all=True).links
    assert [link.text for link in links] == ["Nikolai Petrov", "Petrov"]


def test_given_name_and_patronymic_are_not_read_as_a_surname(curated: resolve.Resolver) -> None:
    """Александр Григорьевич is nobody called Александров."""
    links = curated.text("Потом Александр Григорьевич уехал.", all=True).links
    assert "by-aliaksandrau-andrei" not in [candidate.entity_id for link in links for candidate in link.candidates]


def test_an_acronym_counts_in_capitals_only(curated: resolve.Resolver) -> None:
    assert ("KGB", "by-org-kgb") in linked(curated, "officers of the KGB came")
    assert all(id != "by-org-kgb" for _, id in linked(curated, "officers of the Kgb came"))


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Поезд Москва-Минск-Брест опоздал.", ["Москва", "Минск", "Брест"]),
        ("Polety na linii Warszawa-Mińsk-Warszawa wstrzymano.", ["Warszawa", "Mińsk", "Warszawa"]),
        ("Der Berlin-Minsk-Express fährt.", []),
        ("Ein Minsk-Reisender kam an.", []),
    ],
)
def test_a_route_names_every_place_and_a_compound_none(text: str, places: list[str]) -> None:
    assert [link.text for link in resolve.open().text(text).links] == places


def test_a_sentence_ends_what_is_called_after_persons() -> None:
    (link,) = resolve.open().text("Он умер от болезни. Александр Лукашенко выразил соболезнования.").links
    assert link.entity_id == "by-lukashenko-alexander"
    assert not resolve.open().text("Живёт на ул. Александра Лукашенко. Площадь Александра Лукашенко.").links


def test_a_turkish_ending_is_no_part_of_a_place() -> None:
    text = "Belarus muhalefet lideri bu sabah Vilnius'ta bir görüşme yaptı ve çok iyi bir şey söyledi."
    assert [link.text for link in resolve.open().text(text).links] == ["Belarus", "Vilnius"]


def test_a_roman_numeral_keeps_a_name_together(tmp_path: Path) -> None:
    (tmp_path / "kings.csv").write_text("id,name\ncarl,Carl XVI Gustaf\n", encoding="utf-8")
    (link,) = resolve.open(tmp_path / "kings.csv").text("Король Карл XVI Густав вручил премии.").links
    assert link.text == "Карл XVI Густав"


@pytest.mark.parametrize(
    "text", ["Затрыманне Латушкі здзівіла.", "Призначення Латушка здивувало.", "Назначение Латушко удивило."]
)
def test_a_noun_that_opens_the_sentence_is_no_given_name(text: str) -> None:
    (link,) = resolve.open().text(text).links
    assert link.entity_id == "by-latushka-pavel"
