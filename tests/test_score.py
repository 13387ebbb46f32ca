"""What does all the evidence for a pair of names add up to?"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

import resolve
from resolve.errors import UsageError
from tests import strategies


def bits(left: str, right: str, lang: str = "") -> float:
    """What speaks for two names being one person's."""
    return resolve.compare(left, right, lang).bits


HABITS = [
    # habit, name, its spelling under the habit, the name of another person
    ("English press", "Святлана Ціханоўская", "Svetlana Tikhanovskaya", "Svetlana Timanovskaya"),
    ("Belarusian passport", "Святлана Ціханоўская", "Sviatlana Tsikhanouskaya", "Krystsina Tsimanouskaya"),
    ("German", "Светлана Тихановская", "Swetlana Tichanowskaja", "Swetlana Timanowskaja"),
    ("Polish", "Святлана Ціханоўская", "Swiatłana Cichanouska", "Swiatłana Cimanouska"),
    ("French", "Александр Лукашенко", "Alexandre Loukachenko", "Alexandre Porochenko"),
    ("Dutch", "Александр Лукашенко", "Aleksandr Loekasjenko", "Aleksandr Loegovoj"),
    ("Norwegian", "Аляксандр Лукашэнка", "Aljaksandr Lukasjenka", "Aljaksandr Lukasjevitsj"),
    ("Lithuanian", "Александр Лукашенко", "Aleksandras Lukašenka", "Aleksandras Lukauskas"),
    ("Latvian", "Александр Лукашенко", "Aleksandrs Lukašenko", "Aleksandrs Lukašins"),
    ("Czech", "Святлана Ціханоўская", "Světlana Cichanouská", "Světlana Cimanouská"),
    ("Łacinka", "Аляксандр Лукашэнка", "Alaksandar Łukašenka", "Alaksandar Łukaševič"),
    ("Ukrainian", "Александр Лукашенко", "Олександр Лукашенко", "Олександр Лукашук"),
    ("Russian of a Belarusian", "Уладзімір Някляеў", "Владимир Некляев", "Владимир Неклюдов"),
    ("Belarusian of a Russian", "Сергей Нарышкин", "Сяргей Нарышкін", "Сяргей Надзеждзін"),
    ("scholarly", "Михаил Горбачёв", "Michail Gorbačëv", "Michail Gorbatov"),
    ("Italian", "Никита Хрущёв", "Nikita Chruščëv", "Nikita Chrustalëv"),
    ("German of a Ukrainian", "Володимир Зеленський", "Wolodymyr Selenskyj", "Wolodymyr Selesnjow"),
    ("Turkish", "Реджеп Тайип Эрдоган", "Recep Tayyip Erdoğan", "Recep Tayyip Ergün"),
    ("Greek", "Vladimir Putin", "Βλαντιμίρ Πούτιν", "Βλαντιμίρ Παπαδόπουλος"),
]


@pytest.mark.parametrize(("name", "spelling", "other"), [case[1:] for case in HABITS], ids=[case[0] for case in HABITS])
def test_a_transliteration_beats_a_near_surname(name: str, spelling: str, other: str) -> None:
    assert bits(name, spelling) > bits(name, other)


@pytest.mark.parametrize(
    ("name", "spelling"), [case[1:3] for case in HABITS[:-1]], ids=[case[0] for case in HABITS[:-1]]
)
def test_a_transliteration_speaks_for_the_same_person(name: str, spelling: str) -> None:
    assert bits(name, spelling) > 0


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param(
            "Светлана Тихановская",
            "Swiatłana Cichanouska",
            id="т ~ ц",
        ),
        pytest.param(
            "Svetlana Tikhanovskaya",
            "Světlana Cichanouská",
            id="t ~ c",
        ),
        ("Светлана Тихановская", "チハノフスカヤ"),
    ],
)
def test_one_spelling_is_enough_across_two_languages(left: str, right: str) -> None:
    """The Polish and Czech spellings come from the Belarusian name, the others and the kana from the Russian one."""
    assert bits(left, right) > 10


BETTER = [
    # left, better, worse, why
    ("Viktar Babaryka", "Віктар Бабарыка", "Эдуард Бабарыка", "father and son"),
    ("Hillary Clinton", "Хиллари Клинтон", "Билл Клинтон", "husband and wife"),
    ("Sviatlana Tsikhanouskaya", "Светлана Тихановская", "Сергей Тихановский", "husband and wife"),
    ("Yulia Navalnaya", "Юлия Навальная", "Алексей Навальный", "husband and wife"),
    ("Liliya Ulasava", "Лилия Власова", "Лилия Лукашенко", "one given name"),
    ("Mikalai Statkevich", "Николай Статкевич", "Николай Стасевич", "near surnames"),
    ("Mikalai Statkevich", "Statkevičius Mikalajus", "Stankevičius Mikalajus", "near surnames"),
    ("Sergei Naryshkin", "С. Нарышкин", "В. Нарышкин", "initials"),
    ("Sergei Naryshkin", "Нарышкин", "Владимир Нарышкин", "absence is no contradiction"),
    ("Alexander Grigoryevich Lukashenko", "Лукашенко Александр Григорьевич", "Лукашенко Александр Петрович", "fathers"),
    ("Alexander Lukashenko", "Lukashenko Alexander", "Lukashenko Vasily", "order"),
    ("Edward Smith", "Ted Smith", "Fred Smith", "short forms"),
    ("Michael Pompeo", "Mike Pompeo", "Luke Pompeo", "short forms"),
    ("Vladimir Kara-Murza", "Владимир Кара-Мурза", "Владимир Мурашко", "double names"),
    ("Ursula von der Leyen", "Урсула фон дер Ляйен", "Урсула фон дер Гольц", "particles"),
    ("Inzamamul Haq", "Inzamam-ul-Haq", "Ikram-ul-Haq", "articles"),
    ("Hillary Clinton", "Hillary Rodham Clinton", "Hillary Rodham", "middle names"),
    ("Дмитрий Песков", "Dmitri Peskow", "Dmitri Medwedew", "one given name"),
]


@pytest.mark.parametrize(("left", "better", "worse", "why"), BETTER, ids=[f"{case[3]}: {case[1]}" for case in BETTER])
def test_the_same_person_beats_a_relative_or_a_namesake(left: str, better: str, worse: str, why: str) -> None:
    assert bits(left, better) > bits(left, worse), why


def test_a_shared_rare_surname_is_worth_more_than_a_shared_given_name() -> None:
    assert bits("Tsikhanouskaya", "Тихановская") > bits("Alexander", "Александр") > 0


def test_a_patronymic_or_middle_name_that_one_side_lacks_costs_next_to_nothing() -> None:
    full = bits("Александр Лукашенко", "Alexander Lukashenko")
    assert 0 <= full - bits("Александр Григорьевич Лукашенко", "Alexander Lukashenko") < 3


def test_an_initial_is_worth_less_than_the_name_and_more_than_nothing() -> None:
    assert (
        bits("Siarhei Aleinik", "Сергей Алейник")
        > bits("Siarhei Aleinik", "С. Алейник")
        > bits("Siarhei Aleinik", "Алейник")
    )


def test_an_inflected_name_is_nearly_worth_the_name() -> None:
    whole, inflected = bits("Лукашэнка", "Lukashenka"), bits("Лукашэнкам", "Lukashenka", "be")
    assert 0 < inflected < whole < inflected + 5


def test_nothing_in_common_is_no_evidence_for_one_person() -> None:
    assert bits("Ilhan Omar", "Nancy Pelosi") < 0
    assert bits("", "Nancy Pelosi") <= 0
    assert bits("", "") == 0


def test_the_evidence_adds_up_and_names_the_spellings_it_compared() -> None:
    found = resolve.compare("Светлана Тихановская", "Sviatlana Tsikhanouskaya")
    assert sum(piece.bits for piece in found.evidence) == pytest.approx(found.bits)
    assert ("Тихановская", "Tsikhanouskaya") in [(piece.left, piece.right) for piece in found.evidence]
    waterfall = str(found)
    assert "Тихановская ~ Tsikhanouskaya" in waterfall
    assert f"{found.bits:.1f} bits" in waterfall


def test_more_bits_are_more_probable_and_a_higher_prior_too() -> None:
    same, other = resolve.compare("Putin", "Путин"), resolve.compare("Putin", "Песков")
    assert same.probability > other.probability
    assert resolve.compare("Putin", "Путин", prior=0.5).probability > same.probability


@pytest.mark.parametrize("prior", [0.0, 1.0, -1.0, 2.0, float("nan")])
def test_a_prior_that_is_no_probability_is_refused(prior: float) -> None:
    with pytest.raises(UsageError, match="prior"):
        resolve.compare("Putin", "Путин", prior=prior)


names = st.lists(strategies.words, min_size=1, max_size=4).map(" ".join) | strategies.broken_names


@given(names, names)
def test_law_comparing_is_symmetric(left: str, right: str) -> None:
    one, other = resolve.compare(left, right), resolve.compare(right, left)
    assert one.bits == pytest.approx(other.bits)
    assert one.probability == pytest.approx(other.probability)


PEOPLE = [name for case in HABITS for name in case[1:]] + [name for case in BETTER for name in case[:3]]


@given(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE))
def test_law_comparing_real_names_is_symmetric(left: str, right: str) -> None:
    assert resolve.compare(left, right).bits == pytest.approx(resolve.compare(right, left).bits)


@given(names, names)
def test_law_a_probability_lies_between_0_and_1(left: str, right: str) -> None:
    assert 0 <= resolve.compare(left, right).probability <= 1


@given(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE))
def test_law_no_other_name_fits_better_than_the_name_itself(left: str, right: str) -> None:
    assert bits(left, left) >= bits(left, right) - 1e-9 or bits(right, right) >= bits(left, right) - 1e-9


def shown(left: str, right: str) -> set[str]:
    """What the evidence for a pair is called."""
    return {piece.feature for piece in resolve.compare(left, right).evidence}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Olena Serhiyivna Kravets", "Елена Сергеевна Кравец"),
        ("Petro Hryhorovych Bondar", "Петр Григорьевич Бондарь"),
        ("Maryna Mykolaivna Kravets", "Марина Николаевна Кравец"),
    ],
)
def test_patronymics_of_one_father_agree_in_sister_languages(left: str, right: str) -> None:
    assert "patronymic" in shown(left, right)
    assert "other patronymic" not in shown(left, right)


def test_a_surname_that_ends_like_a_patronymic_contradicts_another_surname() -> None:
    assert "other surname" in shown("Pavel Ivanovich Matskevich", "Pavel Ivanovich Kuznetsov")
    assert "other surname" not in shown("Александр Григорьевич", "Александр Григорьевич Кузнецов")


def test_one_wrong_letter_is_a_slip_unless_both_spellings_are_names() -> None:
    notes = {piece.note for piece in resolve.compare("Igor Krasnoselov", "Igor Krasnosselov").evidence}
    assert notes == {""}  # the channel knows doubled letters
    notes = {piece.note for piece in resolve.compare("Igor Krasnoselov", "Igor Krasnomelov").evidence}
    assert "one letter differs" in notes
    assert "other surname" in shown("Igor Barnett", "Igor Barrett")


def test_an_initial_is_of_a_name_that_begins_so() -> None:
    assert "initial" in shown("Y. Petrova", "Evgenia Petrova")
    assert "initial" not in shown("O. Petrov", "Jonas Petrov")


def test_titles_stand_behind_a_listed_surname_and_labels_before_a_name() -> None:
    assert not {"absent", "other given name"} & shown("SAMADI, Mullah Karim", "Karim Samadi")
    assert bits("Stage name: Karim Samadi", "Karim Samadi") == pytest.approx(bits("Karim Samadi", "Karim Samadi"))


def test_a_given_name_that_many_bear_says_less() -> None:
    def worth(name: str) -> float:
        evidence = resolve.compare(f"{name} Krasnoselov", f"{name} Krasnoselov").evidence
        return next(piece.bits for piece in evidence if piece.feature == "given name")

    assert worth("Alexander") < worth("Benedikt")


@pytest.mark.parametrize(
    ("son", "father"),
    [
        ("Bashar Hafez al-Assad", "Hafez al-Assad"),
        ("Башар Хафез аль-Асад", "Hafez al-Assad"),
        ("بشار حافظ الأسد", "Hafez al-Assad"),
        ("Tamim bin Hamad Al Thani", "Hamad Al Thani"),
        ("Gamal Hosni Mubarak", "Hosni Mubarak"),
        ("MUBARAK, Gamal Hosni", "Hosni Mubarak"),
        ("Mohammed bin Zayed Al Nahyan", "Zayed Al Nahyan"),
        ("Abdullah Mohamed Salem", "Mohamed Salem"),
    ],
)
def test_whoever_has_all_names_but_the_first_is_the_father(son: str, father: str) -> None:
    for left, right in ((son, father), (father, son)):
        found = resolve.compare(left, right)
        assert found.probability < 0.5
        assert "son of the other" in {piece.feature for piece in found.evidence}


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Mohammed Hosni Mubarak", "Hosni Mubarak"),
        ("Abdul Basir Noorzai", "Basir Noorzai"),
        ("Sayyid Hassan Nasrallah", "Hassan Nasrallah"),
        ("Ali Akbar Hashemi Rafsanjani", "Akbar Hashemi Rafsanjani"),
        ("James Paul McCartney", "Paul McCartney"),
        ("Adnan Abu Walid al-Sahrawi", "Abu Walid al-Sahrawi"),
    ],
)
def test_ranks_and_names_that_are_often_left_out_make_nobody_a_son(full: str, short: str) -> None:
    assert resolve.compare(full, short).probability > 0.9


@pytest.mark.parametrize(
    ("her", "his"),
    [
        ("Maria Rossi", "Mario Rossi"),
        ("Paula Smith", "Paul Smith"),
        ("Ivana Novak", "Ivan Novak"),
        ("Francesca Conti", "Francesco Conti"),
        ("Александра Ким", "Александр Ким"),
        ("Aleksandra Kim", "Александр Ким"),
        ("Евгения Шевченко", "Yevgeny Shevchenko"),
    ],
)
def test_a_womans_name_is_no_mans_in_another_case(her: str, his: str) -> None:
    for left, right in ((her, his), (his, her)):
        assert resolve.compare(left, right).probability < 0.5


@pytest.mark.parametrize("seen", ["Александра Кима", "Александра Сергеевича Ким"])
def test_a_mans_name_may_stand_in_another_case_as_a_whole(seen: str) -> None:
    assert resolve.compare(seen, "Aleksandr Kim").probability > 0.9


def test_who_writes_the_second_initial_writes_the_first() -> None:
    assert resolve.compare("George H. W. Bush", "George W. Bush").probability < 0.5
    assert resolve.compare("George W. Bush", "George Bush").probability > 0.9
    assert resolve.compare("John R. R. Tolkien", "J. R. R. Tolkien").probability > 0.9


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Суд арестовал Александра Лукашенко в Минске.", "Aleksandr Lukashenko"),
        ("Суд заарештував Євгенія Шевченка у Києві.", "Yevgeny Shevchenko"),
        ("Soud propustil Daniela Nováka z vazby.", "Daniel Novák"),
        ("Вчера Александра Ким выступила в Москве.", None),
        ("Ivana Novak je rekla da dolazi u Zagreb.", None),
        ("Paula Smith was elected in Texas.", None),
    ],
)
def test_a_text_tells_a_case_from_a_woman_by_the_surname(tmp_path: Path, text: str, name: str | None) -> None:
    known = ["Aleksandr Lukashenko", "Yevgeny Shevchenko", "Daniel Novák", "Aleksandr Kim", "Ivan Novak", "Paul Smith"]
    source = tmp_path / "people.csv"
    source.write_text("id,name\n" + "".join(f"p{i},{one}\n" for i, one in enumerate(known)), encoding="utf-8")
    assert [link.name for link in resolve.open(source).text(text).links if link.status == "resolved"] == (
        [name] if name else []
    )


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Simon Veil", "Simone Veil"),
        ("René Dupont", "Renée Dupont"),
        ("Jean-Marie Le Pen", "Marie Le Pen"),
        ("María José Rodríguez", "José Rodríguez"),
        ("Jean-Luc Martin", "Luc Martin"),
        ("Moon Jae-in", "Moon In"),
        ("Ramesh Patel", "Rakesh Patel"),
        ("Nguyễn Văn Minh", "Nguyễn Văn Minh Tuấn"),
        ("Trần Thị Lan", "Trần Thị Loan"),
        ("Võ Văn Thưởng", "Vũ Văn Thưởng"),
    ],
)
def test_near_given_names_are_two_persons(left: str, right: str) -> None:
    assert resolve.compare(left, right).probability < 0.5
    assert resolve.compare(right, left).probability < 0.5


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Nguyễn Phú Trọng", "Nguyen Phu Trong"),
        ("Lê Đức Thọ", "Le Duc Tho"),
        ("Simone Veil", "Симона Вейль"),
        ("Jean-Luc Martin", "Jean Luc Martin"),
        ("Abu-Ali al-Hakim", "Abu Ali al-Hakim"),
    ],
)
def test_other_spellings_of_such_names_are_one(left: str, right: str) -> None:
    assert resolve.compare(left, right).probability > 0.9


def test_a_son_who_bears_his_fathers_name_is_told_by_his_mark() -> None:
    father = "Viktor Yanukovych"
    assert resolve.compare(father, f"{father} Jr.").bits < resolve.compare(father, father).bits - 5
    assert resolve.compare("Robert F. Kennedy Jr.", "Robert Kennedy, Jr.").probability > 0.9


@pytest.mark.parametrize(
    ("apart", "whole"),
    [
        ("Abd al-Rahman al-Rashid", "Abdulrahman al-Rashed"),
        ("Nur al-Din Zangi", "Nureddin Zengi"),
        ("Hashim Safi al-Din", "Hashem Safieddine"),
        ("Hassan Nasr Allah", "Hassan Nasrallah"),
        ("Hassan Nasr Allah", "Хасан Насралла"),
        ("Fakhr ud-Din Ahmad", "Fakhreddin Ahmad"),
        ("Абд ар-Рахман Вахид", "Abdurrahman Wahid"),
        ("هاشم صفي الدين", "Hashem Safieddine"),
    ],
)
def test_arabic_names_of_several_words_may_be_written_as_one(apart: str, whole: str) -> None:
    assert resolve.compare(apart, whole).probability > 0.9
    assert resolve.compare(whole, apart).probability > 0.9


def test_a_word_that_is_only_a_part_of_a_name_is_nobody_alone(tmp_path: Path) -> None:
    source = tmp_path / "people.csv"
    source.write_text("id,name\n1,Samir Nasr Allah\n2,Hashim Safi al-Din\n", encoding="utf-8")
    links = resolve.open(source).text("Samir Nasr Allah spoke. The people prayed to Allah, said Din.").links
    assert [link.text for link in links] == ["Samir Nasr Allah"]


@pytest.mark.parametrize(
    ("nearer", "farther", "name"),
    [
        ("Боб Митчелл", "Роб Митчелл", "Bob Mitchell"),
        ("Олександр Турчинов", "Олександр Турчин", "Oleksandr Turchynov"),
    ],
)
def test_forms_of_a_name_that_do_not_go_together_say_less(nearer: str, farther: str, name: str) -> None:
    assert resolve.compare(nearer, name).bits > resolve.compare(farther, name).bits + 3


@pytest.mark.parametrize(
    ("left", "right"),
    [("Стефан Левен", "Stefan Löfven"), ("Стэфан Лёвэн", "Stefan Löfven"), ("Џон Мекејн", "John McCain")],
)
def test_old_and_scottish_spellings_are_spelt_as_they_sound(left: str, right: str) -> None:
    assert resolve.compare(left, right).probability > 0.95
