"""Does everything that the project needs stand under a licence that its users can live with?"""

from __future__ import annotations

import re

import pytest

from tests.licences import EXCEPTIONS, PAGE, RUNNING, allowed, licence, needed

EVERYTHING = needed((*RUNNING, "dev", "benchmarks"))


@pytest.mark.parametrize("name", EVERYTHING)
def test_every_dependency_is_permissive_or_a_known_exception(name: str) -> None:
    assert allowed(name, licence(EVERYTHING[name])), licence(EVERYTHING[name])


def test_every_dependency_is_on_the_page() -> None:
    listed = set(re.findall(r"^\| ([\w.-]+) \| .+ \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    listed = {re.sub(r"[-_.]+", "-", name).lower() for name in listed}
    missing = set(EVERYTHING) - listed
    assert not missing, "run python -m tests.licences, and read what is new"
    assert {"unidecode", "pandas", "typer"} <= set(EVERYTHING)


def test_what_asks_for_more_is_refused() -> None:
    for named in (
        "GPL-3.0-only",
        "AGPL-3.0",
        "GNU General Public License v2 or later (GPLv2+)",
        "SSPL-1.0",
        "",
        "Proprietary",
    ):
        assert not allowed("something", named)
    for named in (
        "MIT",
        "MIT AND PSF-2.0",
        "Apache-2.0 OR GPL-2.0-only",
        "BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0",
    ):
        assert allowed("something", named)


def test_run_time_needs_no_copyleft_but_unidecode() -> None:
    strict = {
        name
        for name in needed(RUNNING)
        if "General Public" in licence(EVERYTHING[name]) or "GPL" in licence(EVERYTHING[name])
    }
    assert strict == {"unidecode"}
    assert strict <= set(EXCEPTIONS)
