"""What the benchmarks share: counts, baselines, and dated results with machine and versions."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

import jellyfish
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler
from unidecode import unidecode

HERE = Path(__file__).parent
DATA = HERE / "data"
RESULTS = Path(os.environ.get("RESOLVE_BENCHMARK_RESULTS", HERE / "results"))
"""Where dated results are written and read; another folder leaves the committed ones as they are."""


BEGAN = time.perf_counter()
DEFAULT = 0.9
"""The threshold of the package, at which ours is measured."""

UNTUNED = f"nothing: the default threshold of {DEFAULT}"
SWEPT = "nothing: no threshold is chosen"
"""What a row was tuned on, where that needs no more words."""


@dataclass(slots=True)
class Counts:
    """Right, false and missed decisions."""

    right: int = 0
    false: int = 0
    missed: int = 0
    exact: int = 0

    def add(self, other: Counts) -> None:
        self.right += other.right
        self.false += other.false
        self.missed += other.missed
        self.exact += other.exact

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.false + self.missed
        return 2 * self.right / total if total else 1.0

    def as_dict(self) -> dict[str, Any]:
        return {
            "right": self.right, "false": self.false, "missed": self.missed, "exact": self.exact,
            "precision": round(self.precision, 4), "recall": round(self.recall, 4), "f1": round(self.f1, 4),
        }  # fmt: skip


def plain(name: str) -> str:
    """What the baselines compare: unidecode's letters in lower case."""
    return unidecode(name).lower()


def _codes(encode: Callable[[str], str]) -> Callable[[str, str], float]:
    """Agreement of phonetic codes: the share of the shorter name's words whose code the other has."""

    def score(left: str, right: str) -> float:
        a, b = ([encode("".join(filter(str.isalpha, w))) for w in plain(n).split()] for n in (left, right))
        a, b = [x for x in a if x], [x for x in b if x]
        short, long = sorted((a, b), key=len)
        return sum(code in long for code in short) / len(short) if short else 0.0

    return score


BASELINES: dict[str, Callable[[str, str], float]] = {
    "exact (unidecode)": lambda a, b: float(sorted(plain(a).split()) == sorted(plain(b).split())),
    "Jaro-Winkler": lambda a, b: JaroWinkler.similarity(plain(a), plain(b)),
    "WRatio": lambda a, b: fuzz.WRatio(plain(a), plain(b)) / 100,
    "Soundex": _codes(jellyfish.soundex),
    "Metaphone": _codes(jellyfish.metaphone),
    "NYSIIS": _codes(jellyfish.nysiis),
}


def packages() -> dict[str, str]:
    """The versions of all that the package and its benchmarks may use, and what of it is not there."""
    named = (
        re.match(r"[\w.-]+", line)
        for line in requires("onomast") or ()
        if "extra" not in line or '"benchmarks"' in line
    )
    found = {}
    for package in ("onomast", *sorted({match[0] for match in named if match}), "numpy", "nomenklatura"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def environment() -> dict[str, Any]:
    """The machine and the versions that a result was measured with, and what measuring took so far."""
    git = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(git, cwd=HERE, capture_output=True, text=True, check=False).stdout.strip()
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"), "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores", "system": platform.system(),
        "commit": commit, "packages": packages(), "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        "took": {"wall_s": round(time.perf_counter() - BEGAN), "cpu_s": round(sum(os.times()[:4]))},
    }  # fmt: skip


def save(name: str, result: dict[str, Any], folder: Path = RESULTS) -> Path:
    """Write a dated result."""
    facts = {"benchmark": name, **environment(), **result}
    path = folder / f"{facts['date']}-{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def table(head: list[str], rows: list[list[object]]) -> str:
    """A plain text table."""
    texts = [head, *[[f"{c:.3f}" if isinstance(c, float) else str(c) for c in row] for row in rows]]
    widths = [max(len(row[i]) for row in texts) for i in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in texts
    )


__all__ = ["BASELINES", "DATA", "RESULTS", "Counts", "environment", "peers", "plain", "save", "table"]


def peers() -> dict[str, Callable[[str, str], float]]:
    """Matchers of other projects that are installed: nomenklatura's logic-v2, persons known by name alone."""
    try:
        from followthemoney import model
        from nomenklatura.matching import LogicV2
    except ImportError:
        return {}
    config = LogicV2.default_config()

    def score(left: str, right: str) -> float:
        one, other = (
            model.get_proxy({"id": name, "schema": "Person", "properties": {"name": [name]}}) for name in (left, right)
        )
        return float(LogicV2.compare(one, other, config).score)

    return {"nomenklatura logic-v2": score}
