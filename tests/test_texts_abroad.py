"""Who is meant in texts of many languages: what stands beside a name, and names in writings without capitals or spaces."""

from __future__ import annotations

from pathlib import Path

import pytest

import resolve

PEOPLE = (
    "Narendra Modi", "Nirmala Sitharaman", "Virat Kohli", "Udhayanidhi Stalin", "Vladimir Putin", "Manmohan Singh",
    "Kenenisa Bekele", "Demeke Mekonnen", "Hailemariam Desalegn", "Abhisit Vejjajiva", "Prawit Wongsuwan", "Chuan Leekpai",
    "Sher Bahadur Deuba", "Norodom Ranariddh", "Hun Neng", "Thein Sein", "Khin Nyunt", "Kaysone Phomvihane", "Zhou Enlai",
    "Lin Biao", "Mariko Okada", "Ahmed al-Jaber", "Riad Salameh", "Mohammad Khatami", "Ehud Olmert",
    "Karen Karapetyan", "Theresa May", "Mikuláš Dzurinda", "Halldór Laxness", "Recep Peker", "Nguyen Van Linh", "Ivanka Trump",
    "Tobias Wendl", "Bülent Ecevit", "Hans Richter",
)  # fmt: skip


@pytest.fixture(scope="module")
def resolver(tmp_path_factory: pytest.TempPathFactory) -> resolve.Resolver:
    source = tmp_path_factory.mktemp("abroad") / "people.csv"
    Path(source).write_text("id,name\n" + "".join(f"{name},{name}\n" for name in PEOPLE), encoding="utf-8")
    return resolve.open(source)


def found(resolver: resolve.Resolver, text: str) -> list[str]:
    return [link.text for link in resolver.text(text).links]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # case endings and postpositions of India
        ("கோலியின் ஆட்டம். விராட் கோலி சதம் அடித்தார்.", ["கோலியின்", "விராட் கோலி"]),
        ("சென்னை: உதயநிதி ஸ்டாலினுக்கு வாழ்த்து.", ["உதயநிதி ஸ்டாலினுக்கு"]),
        ("விளாடிமிர் புதினை சந்தித்தார்.", ["விளாடிமிர் புதினை"]),
        ("டெல்லியில் மன்மோகன் சிங் வந்தார்.", ["மன்மோகன் சிங்"]),
        ("प्रधानमन्त्री नरेन्द्र मोदी आए। मोदीको भ्रमण।", ["नरेन्द्र मोदी", "मोदी"]),
        # two words of a name written as one
        ("काठमाडौं। शेरबहादुर देउवा बैठकमा थिए।", ["शेरबहादुर देउवा"]),
        # vowels that the letters leave open, and given names alone
        ("ምክትል ጠቅላይ ሚኒስትር ደመቀ መኮንን ገለጹ። አቶ ደመቀ እንዳሉት።", ["ደመቀ መኮንን", "ደመቀ"]),
        ("ต่อมา อภิสิทธิ์ เวชชาชีวะ กล่าวว่าพร้อม", ["อภิสิทธิ์ เวชชาชีวะ"]),
        ("พลเอกประวิตร วงษ์สุวรรณ ปฏิเสธ และนายประวิตรกล่าว", ["ประวิตร วงษ์สุวรรณ", "ประวิตร"]),
        # Khmer, Lao and Burmese
        ("លោក ហ៊ុន សែន បានចូលរួម។", []),
        ("លោក ហ៊ុន ណេង បានចូលរួម។", ["ហ៊ុន ណេង"]),
        ("ທ່ານ ໄກສອນ ພົມວິຫານ ກ່າວ", ["ໄກສອນ ພົມວິຫານ"]),
        ("သမ္မတ ဦးသိန်းစိန် က ပြောသည်။", ["သိန်းစိန်"]),
        ("ဦးကျော်သိန်းစိန် က ပြောသည်။", []),
        # Chinese and Japanese
        ("總理周恩來與林彪會談。", ["周恩來"]),
        ("元帅林彪访问苏联。林彪说，他很高兴。", ["林彪", "林彪"]),
        ("周恩來大道位於天津。", []),
        ("女優の岡田まりこさんが来た。", ["岡田まりこ"]),
        # the Arabic article belongs to those who have it in full
        ("استقبل أحمد الجابر الوفد. وأكد الجابر ذلك.", ["أحمد الجابر", "الجابر"]),
        ("وقال رياض سلامة إن السلامة أولا.", ["رياض سلامة"]),
        # somebody else, set apart by commas or with a capital before the surname
        ("محمد خاتمی گفت. برادر او، رضا خاتمی، حضور داشت.", ["محمد خاتمی"]),
        ("אהוד אולמרט הגיב. אשתו של אולמרט, עליזה אולמרט, צייצה.", ["אהוד אולמרט", "אולמרט"]),
        ("Կարեն Կարապետյանը եկավ։ Նրա եղբայր Սամվել Կարապետյանը չեկավ։", ["Կարեն Կարապետյանը"]),
    ],
)
def test_names_in_writings_without_capitals(resolver: resolve.Resolver, text: str, names: list[str]) -> None:
    assert found(resolver, text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # a month is nobody
        ("Theresa May resigned. In May the vote was lost; on 3 May she left. May said so.", ["Theresa May", "May"]),
        # a street in the form of an adjective, and somebody whose middle initial is written
        ("Predseda Mikuláš Dzurinda vyzval vládu. Na Dzurindovej ulici opravujú chodník.", ["Mikuláš Dzurinda"]),
        ("Predseda Mikuláš Dzurinda vyzval vládu; otec Martin M. Dzurinda však áno.", ["Mikuláš Dzurinda"]),
        # what is called after a person, in whatever case
        ("Toplantı Recep Peker Üniversitesi'nde yapıldı, sonra herkes eve gitti.", []),
        # case endings behind an apostrophe, whatever the language is taken for
        ("Ecevit'ten açıklama: Bülent Ecevit'in partisi", ["Ecevit", "Bülent Ecevit"]),
        # a Vietnamese family name with other given names behind it
        ("Ông Nguyễn Văn Linh đến Hà Nội. Ông Nguyễn Hữu Thọ vắng mặt trong cuộc họp của Đảng.", ["Nguyễn Văn Linh"]),
        # a German noun
        (
            "Im Museum hängen Bilder von Hans Richter. Das ist nicht neu und auch nicht schlecht. Ein Richter hatte sich über sie beklagt; Richter schwieg dazu.",
            ["Hans Richter", "Richter"],
        ),
        # an entry of a register
        ("Geschäftsführer: Müller, Karl, Bonn; Wendl, Johann, Passau; Prokura erloschen.", []),
        # a woman's surname that ends in a consonant has no cases
        ("Указ Трампа вступил в силу. Президент заявил о пошлинах.", []),
        ("Встреча с Трампом прошла в Хельсинки.", []),
        ("Иванка Трамп приехала в Москву.", ["Иванка Трамп"]),
    ],
)
def test_what_stands_beside_a_name_says_who_is_meant(resolver: resolve.Resolver, text: str, names: list[str]) -> None:
    assert found(resolver, text) == names


def test_a_line_of_names_is_no_line_where_capitals_say_nothing(resolver: resolve.Resolver) -> None:
    assert found(resolver, "Stigli su Nirmala Sitharaman, Karl Wendl.\nTobias Wendl nije došao.") == [
        "Nirmala Sitharaman", "Tobias Wendl",
    ]  # fmt: skip
