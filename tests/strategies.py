"""Texts for laws: any Unicode, and names broken in the ways that files break them."""

from __future__ import annotations

from hypothesis import strategies as st

NAMES = [
    "Sviatlana Tsikhanouskaya", "Святлана Ціханоўская", "Лукашенко", "ЛУКАШЭНКА", "Łukaszenka", "Viktar and Eduard Babaryka",
    "С. Е. Нарышкин", "S.E. Naryshkin", "Kara-Murza", "von der Leyen", "Erdoğan", "İbrahim Kalın", "D’Arc", "Mr", "KGB", "АДКБ",
    "チハノフスカヤ", "Σβετλάνα", "محمد", "נתניהו", "문재인", "Minsk", "Putin's", "Putin,", "Лукашенка", "O'Brien", "ß", "ŉ", "ǅ", "ﬁ",
]  # fmt: skip
BREAKS = [
    " ", "  ", "\n", "\r\n", "\n\n", "\t", "-", "-\n", "\N{NON-BREAKING HYPHEN}", "\N{HYPHEN}\r\n", ".", ",", ", ", ". ", "'", "’s", "’",
    "\N{NO-BREAK SPACE}", "\N{SOFT HYPHEN}", "\N{ZERO WIDTH JOINER}", "\N{RIGHT-TO-LEFT MARK}", "\N{ZERO WIDTH NO-BREAK SPACE}",
    "\N{COMBINING ACUTE ACCENT}", "\N{COMBINING BREVE}", "\N{COMBINING CYRILLIC TITLO}", "\0", " and ", " и ", "(", "«", "/", "_", "1",
]  # fmt: skip

broken_names = st.lists(st.sampled_from(NAMES) | st.sampled_from(BREAKS) | st.text(max_size=3), max_size=12).map(
    "".join
)
"""Names of many scripts with anything between and inside them."""

texts = st.text(max_size=80) | broken_names
"""Any text."""

words = st.sampled_from([word for name in NAMES for word in name.split()]) | st.text(min_size=1, max_size=16)
"""Any word, and now and then a likely one."""
