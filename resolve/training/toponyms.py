"""Collect what countries, and the cities that time zones are called after, are called in many languages.

    python -m resolve.training.toponyms > resolve/tables/toponyms_cldr.tsv

The source is Unicode CLDR as the package Babel ships it (Unicode License v3). Names that ``toponyms.tsv`` has by hand are left
out, and of one place every spelling that differs in more than accents and capitals is kept once.
"""

from __future__ import annotations

import importlib
import sys
import unicodedata
from collections.abc import Iterator
from typing import Any

from resolve import tables
from resolve.letters import fold

LANGUAGES = [
    "en",
    "ru",
    "uk",
    "be",
    "pl",
    "cs",
    "sk",
    "bg",
    "mk",
    "sr",
    "hr",
    "sl",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "sv",
    "da",
    "fi",
    "et",
    "lv",
    "lt",
    "hu",
    "ro",
    "el",
    "tr",
    "ar",
    "fa",
    "he",
    "hi",
    "zh",
    "zh_Hant",
    "ja",
    "ko",
    "vi",
    "ka",
    "hy",
    "az",
    "kk",
]

NO_COUNTRIES = frozenset(
    ["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "TA", "CP", "DG", "EA", "IC", "BV", "HM", "UM", "CQ"]
)
"""Codes of no country, or of one where nobody lives."""

TWO_OF_ONE_NAME = frozenset({"CG", "CD"})
"""The two Congos, which most languages tell by what stands in parentheses."""

NO_CITIES = (
    "Etc/", "Antarctica/", "America/Argentina/San_Juan", "America/North_Dakota", "America/Indiana", "America/Kentucky",
    "Atlantic/South_G",
)  # fmt: skip
NO_NAMES = frozenset({"Dunaj", "Damas", "Şam", "San Juan", "Vatican City"})
"""Names that are more often something else, or several places'."""

REGIONS = frozenset(
    [
        "Center",
        "Central",
        "Chatham",
        "Easter",
        "Unknown",
        "Hawaii",
        "Galapagos",
        "Reunion",
        "Réunion",
        "Azores",
        "Canary",
        "Faroe",
        "Madeira",
        "Kosrae",
        "Pohnpei",
        "Chuuk",
        "Truk",
        "Enderbury",
        "Kanton",
        "Efate",
        "Wake",
        "Midway",
        "Johnston",
        "Bahia",
        "Jujuy",
        "Louisville",
        "Eastern",
        "Mountain",
        "Pacific",
    ]
)
"""Time zones that are called after islands, lands or more than one place."""

Row = tuple[str, str, str, str, str]
"""Place, type, language, kind and name."""


def _babel(module: str) -> Any:
    try:
        return importlib.import_module(f"babel.{module}")
    except ImportError:
        sys.exit("this needs CLDR as Babel ships it: pip install babel")


def _plain(name: str) -> str:
    """A name without what stands in brackets behind it."""
    for bracket in (" (", "（", "["):
        name = name.split(bracket, maxsplit=1)[0].strip()
    return unicodedata.normalize("NFC", name)


def _kind(lang: str, territory: str) -> str:
    own = _babel("languages").get_official_languages(territory)
    return "endonym" if lang.split("_", maxsplit=1)[0] in own else "exonym"


def countries(locales: dict[str, Any]) -> Iterator[Row]:
    """The names of all countries."""
    for code, english in sorted(locales["en"].territories.items()):
        if not code.isalpha() or code in NO_COUNTRIES | TWO_OF_ONE_NAME:
            continue
        seen: set[str] = set()
        for lang, locale in locales.items():
            name = _plain(locale.territories.get(code) or "")
            if name and fold(name) not in seen:
                seen.add(fold(name))
                yield english.replace(" & ", " and "), "country", lang[:2], _kind(lang, code), name


def cities(locales: dict[str, Any], taken: frozenset[str], known: dict[str, str]) -> Iterator[Row]:
    """The names of the cities of time zones.

    Args:
        locales: CLDR by language.
        taken: folded names of countries.
        known: folded names of cities that are listed by hand, with what they are called there.

    """
    territories, apart = _babel("core").get_global("zone_territories"), REGIONS | NO_NAMES
    for zone in sorted({zone for locale in locales.values() for zone in locale.time_zones}):
        territory = territories.get(zone)
        english = locales["en"].time_zones.get(zone, {}).get("city") or zone.split("/")[-1].replace("_", " ")
        if (
            territory is None
            or zone.startswith(NO_CITIES)
            or "," in english
            or fold(english) in taken
            or english in apart
        ):
            continue
        seen = set(taken)
        for lang, locale in locales.items():
            name = locale.time_zones.get(zone, {}).get("city") or (english if lang == "en" else "")
            if name and name not in NO_NAMES and not set("(/") & set(name) and fold(name) not in seen:
                seen.add(fold(name))
                name = unicodedata.normalize("NFC", name)
                yield known.get(fold(english), english), "city", lang[:2], _kind(lang, territory), name


def main() -> None:
    """Print the table."""
    locales = {lang: _babel("core").Locale.parse(lang) for lang in LANGUAGES}
    by_hand = list(tables.rows("toponyms.tsv"))
    done = {(place, fold(name)) for place, _type, _lang, _kind, name in by_hand}
    known = {fold(name): place for place, _type, lang, kind, name in by_hand if lang == "en" and kind != "former"}
    known |= {fold(place): place for place, *_ in by_hand}
    lands = list(countries(locales))
    found = [*lands, *cities(locales, frozenset(fold(row[4]) for row in lands), known)]
    print("# Generated by python -m resolve.training.toponyms; do not edit.")
    print("# Names of countries, and of the cities by which time zones are called, in 40 languages.")
    print(
        "# Source: Unicode CLDR as shipped with Babel 2.18.0 (territories and exemplar cities of time zones), Unicode License v3."
    )
    print("# Use: as toponyms.tsv.")
    print("place\ttype\tlang\tkind\tname")
    for row in dict.fromkeys(row for row in found if (row[0], fold(row[4])) not in done):
        print("\t".join(row))


if __name__ == "__main__":
    main()
