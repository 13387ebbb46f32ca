"""Names in texts without capitals: the gazetteer has one Latin spelling each."""

from __future__ import annotations

from pathlib import Path

import pytest

import resolve
from resolve import bones, caseless, units

PEOPLE = {
    "putin": "Vladimir Putin", "merkel": "Angela Merkel", "trump": "Donald Trump", "moon": "Moon Jae-in",
    "kishida": "Fumio Kishida", "ban": "Ban Ki-moon", "li": "Li Qiang", "zelensky": "Volodymyr Zelenskyy",
    "kwok": "Kwok Wai-keung", "macron": "Emmanuel Macron", "leyen": "Ursula von der Leyen",
}  # fmt: skip


@pytest.fixture(scope="module")
def resolver(tmp_path_factory: pytest.TempPathFactory) -> resolve.Resolver:
    source = tmp_path_factory.mktemp("caseless") / "people.csv"
    rows = "".join(f"{key},{name}\n" for key, name in PEOPLE.items())
    Path(source).write_text(f"id,name\n{rows}", encoding="utf-8")
    return resolve.open(source)


def found(resolver: resolve.Resolver, text: str) -> list[tuple[str, str | None]]:
    return [(link.text, link.entity_id) for link in resolver.text(text).links]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("გუშინ ანგელა მერკელმა ისაუბრა.", ["ანგელა მერკელმა"]),
        ("אתמול אנגלה מרקל ביקרה כאן", ["אנגלה מרקל"]),
        ("قالت أنغيلا ميركل أمس", ["أنغيلا ميركل"]),
        ("ドナルド・トランプ大統領は東京に着いた。", ["ドナルド・トランプ"]),
        ("어제 앙겔라 메르켈은 말했다", ["앙겔라 메르켈"]),
        ("昨天安格拉·默克尔在柏林说", ["安格拉·默克尔"]),
    ],
)
def test_a_full_name_is_found_without_what_is_written_together_with_it(
    resolver: resolve.Resolver, text: str, names: list[str]
) -> None:
    assert [span for span, _ in found(resolver, text)] == names


def test_a_korean_and_a_cantonese_name_are_found_inside_one_word(resolver: resolve.Resolver) -> None:
    assert ("문재인", "moon") in found(resolver, "문재인은 서울에 있다")
    assert ("郭偉強", "kwok") in found(resolver, "昨日郭偉強在香港發言")


@pytest.mark.parametrize(
    "text",
    ["მერკელმა ისაუბრა.", "트럼프가 말했다", "トランプをする", "默克尔说", "ميركل قالت", "트럼펫을 불었다"],
)
def test_a_surname_alone_is_nobody_before_its_bearer_is_named(resolver: resolve.Resolver, text: str) -> None:
    assert found(resolver, text) == []


def test_a_surname_alone_is_found_where_the_text_names_its_bearer_and_spelt_so(resolver: resolve.Resolver) -> None:
    text = "도널드 트럼프가 왔다. 시민들은 트럼펫을 불었다. 트럼프는 웃었다."
    assert found(resolver, text) == [("도널드 트럼프", "trump"), ("트럼프", "trump")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("日本首相岸田文雄昨日访问北京。岸田说", [("岸田文雄", "kishida"), ("岸田", "kishida")]),
        ("田中文雄と岸田太郎は話した。", []),
        ("联合国秘书长潘基文说", [("潘基文", "ban")]),
        ("总理李强访问德国", [("李强", "li")]),
        ("李强东说。总理李强东说。他的能力强。", []),
        ("总统弗拉基米尔·普京和安格拉·默克尔", [("弗拉基米尔·普京", "putin"), ("安格拉·默克尔", "merkel")]),
        ("主席乌尔苏拉·冯德莱恩接任", [("乌尔苏拉·冯德莱恩", "leyen")]),
        ("总统弗拉基米尔·泽连斯基与", [("弗拉基米尔·泽连斯基", "zelensky")]),
    ],
)
def test_names_in_chinese_characters_are_read_in_mandarin_and_japanese(
    resolver: resolve.Resolver, text: str, names: list[tuple[str, str]]
) -> None:
    assert found(resolver, text) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ভ্লাদিমির পুতিন মস্কোতে বললেন।", "ভ্লাদিমির পুতিন"),
        ("వ్లాదిమిర్ పుతిన్ మాస్కోలో", "వ్లాదిమిర్ పుతిన్"),
        ("ਵਲਾਦੀਮੀਰ ਪੁਤਿਨ ਨੇ ਕਿਹਾ", "ਵਲਾਦੀਮੀਰ ਪੁਤਿਨ"),
    ],
)
def test_the_scripts_of_india_are_searched(resolver: resolve.Resolver, text: str, name: str) -> None:
    assert found(resolver, text) == [(name, "putin")]


def test_ordinary_text_holds_nobody(resolver: resolve.Resolver) -> None:
    for text in (
        "今天天气很好，我们去公园散步。",
        "오늘은 날씨가 좋아서 공원에 갔다.",
        "היום יפה ואנחנו הולכים לפארק",
        "दिल्ली में आज बारिश हुई",
    ):
        assert found(resolver, text) == []


def test_a_text_of_other_scripts_is_not_looked_at(resolver: resolve.Resolver) -> None:
    assert caseless.Finder(resolver.index).find("Angela Merkel и Владимир Путин") == []


def test_offsets_hold(resolver: resolve.Resolver) -> None:
    text = "סוף: ולאנגלה מרקל יש בית"
    for link in resolver.text(text, all=True).links:
        assert text[link.start : link.end] == link.text


@pytest.mark.parametrize("writing", sorted(units.LETTERS))
def test_every_writing_has_letters_that_mean_something(writing: str) -> None:
    assert any(option for options in bones.meanings(writing).values() for option in options)
