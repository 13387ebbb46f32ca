"""The colours of entities can be told apart by everybody, in light and dark."""

from __future__ import annotations

import itertools
import re
from typing import Any

import numpy as np
import pytest

from resolve.service.page import FOLDER

SIGHT = {
    "all cones": np.eye(3),
    "no M cones": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]),
    "no L cones": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "no S cones": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]),
}  # fmt: skip
"""How linear RGB is seen (Machado, Oliveira & Fernandes 2009, severity 1)."""

TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])

CSS = (FOLDER / "style.css").read_text(encoding="utf-8")


def palettes() -> list[dict[str, str]]:
    """The colours of every block of the sheet that sets all of them: light, dark by the system, dark by choice."""
    blocks = re.findall(r"\{([^{}]*--c1:[^{}]*)\}", CSS)
    return [dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block)) for block in blocks]


def linear(colour: str) -> Any:
    """A colour in linear RGB."""
    parts = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(rgb: Any) -> Any:
    """Linear RGB in CIE L*a*b*."""
    parts = TO_XYZ @ np.clip(rgb, 0, 1) / WHITE
    f = np.where(parts > 0.008856, np.cbrt(parts), 7.787 * parts + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_dark_is_the_same_by_choice_and_by_system() -> None:
    light, *dark = palettes()
    assert len(dark) == 2
    assert dark[0] == dark[1]
    assert light["paper"] == "#ffffff"


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("palette", palettes()[:2], ids=["light", "dark"])
def test_colours_with_the_same_line_differ_for_every_kind_of_sight(palette: dict[str, str], sight: str) -> None:
    """At least 10 units of CIE 1976 apart; the first four colours have a single line, the others a double one."""
    for numbers in (range(1, 5), range(5, 9)):
        seen = [lab(SIGHT[sight] @ linear(palette[f"c{number}"])) for number in numbers]
        assert min(float(np.linalg.norm(a - b)) for a, b in itertools.combinations(seen, 2)) >= 10


@pytest.mark.parametrize("palette", palettes()[:2], ids=["light", "dark"])
def test_lines_stand_out_from_the_paper(palette: dict[str, str]) -> None:
    """Contrast of at least 3 (WCAG 2.2, success criterion 1.4.11)."""
    paper = float((TO_XYZ @ linear(palette["paper"]))[1])
    for number in range(1, 9):
        line = float((TO_XYZ @ linear(palette[f"c{number}"]))[1])
        assert (max(paper, line) + 0.05) / (min(paper, line) + 0.05) >= 3
