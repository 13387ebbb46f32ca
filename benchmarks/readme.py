"""Write the tables of the README from the newest committed results.

python -m benchmarks.readme          # rewrites the block between the markers
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.common import HERE, RESULTS

README = HERE.parent / "README.md"
OPENING, CLOSING = "<!-- results -->", "<!-- /results -->"
SETS = {
    "slavic": "90 East Slavic public figures (ships)",
    "eu": "EU sanctions list, persons of the regulation on Ukraine, Latin and Cyrillic",
    "ofac": "OFAC list, 700 persons with aliases",
    "un": "UN list, 500 persons with aliases",
    "bench": "nomenklatura's labelled pairs of persons",
}


def newest(name: str) -> dict[str, Any]:
    """The newest result of a benchmark."""
    path = max(RESULTS.glob(f"????-??-??-{name}.json"))
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _bold(cells: list[str], strong: bool) -> str:
    return "| " + " | ".join(f"**{cell}**" if strong else cell for cell in cells) + " |"


def block() -> str:
    """The part of the README that reports results."""
    text = newest("text")
    ours = text["systems"]["resolve"]
    lines = [
        f"Running text: {text['texts']} marked passages in eight languages, {text['mentions']} mentions of 100 persons, with",
        "relatives, namesakes, near surnames, initials and case endings (`python -m benchmarks.text`):",
        "",
        "| | precision | recall | F1 |",
        "|---|---|---|---|",
        *(
            _bold([who, *(f"{figures['all'][key]:.3f}" for key in ("precision", "recall", "f1"))], who == "resolve")
            for who, figures in text["systems"].items()
        ),
        "",
        f"On the blind third of the passages, whose errors were never looked at: precision {ours['blind']['precision']:.3f},",
        f"recall {ours['blind']['recall']:.3f}.",
        "",
        "Pairs of names (`python -m benchmarks.pairs`): is this the same person? Negatives are the nearest other persons of",
        "each set. Best F1, and recall at precision .99, with the threshold swept for everybody:",
        "",
        "| set | pairs of one, of two | resolve | WRatio | Jaro-Winkler | resolve at its default: P, R |",
        "|---|---|---|---|---|---|",
    ]
    for name, title in SETS.items():
        result = newest(f"pairs-{name}")
        figures = result["scorers"]
        swept = {who: f"{figures[who]['best_f1']:.3f}, {figures[who]['recall_at_p99']:.3f}" for who in figures}
        default = f"{result['at_default']['precision']:.3f}, {result['at_default']['recall']:.3f}"
        lines.append(
            f"| {title} | {result['positives']}, {result['negatives']} | **{swept['resolve']}** "
            f"| {swept['WRatio']} | {swept['Jaro-Winkler']} | {default} |"
        )
    lines += [
        "",
        "What was chosen on what: weights were learned and set on other persons of Wikidata, with the errors on the OFAC and UN",
        "lists and on the open two thirds of the passages in sight, so those rows are no blind figures. Of the EU list and the",
        "labelled pairs no error was looked at; the totals of all sets were watched.",
    ]
    return "\n".join(lines)


def main() -> None:
    """Rewrite the block."""
    before, _, rest = README.read_text(encoding="utf-8").partition(OPENING)
    _, _, after = rest.partition(CLOSING)
    README.write_text(f"{before}{OPENING}\n{block()}\n{CLOSING}{after}", encoding="utf-8")


def path() -> Path:
    """Where the README is."""
    return README


if __name__ == "__main__":
    main()
