"""Write the tables of the README from the newest committed results.

python -m benchmarks.readme          # rewrites the blocks between the markers
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.common import HERE, RESULTS

README = HERE.parent / "README.md"
OPENING, CLOSING = "<!-- results -->", "<!-- /results -->"
PEERS_OPENING, PEERS_CLOSING = "<!-- peers -->", "<!-- /peers -->"
SETS = {
    "slavic": "90 East Slavic public figures (ships)",
    "eu": "EU sanctions list, persons of the regulation on Ukraine, Latin and Cyrillic spellings",
    "eu-listed": "the same as it is listed: captions of pictures are names, three persons stand under two numbers each",
    "ofac": "OFAC list, 700 persons with aliases",
    "un": "UN list, 500 persons with aliases",
    "bench": "nomenklatura's labelled pairs of persons",
}


def newest(name: str) -> dict[str, Any]:
    """The newest result of a benchmark."""
    path = max(RESULTS.glob(f"????-??-??-{name}.json"))
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


SPELLINGS = (
    ("Latin", "slavic", "text"),
    ("Belarusian", "slavic-be", "text-be"),
    ("Russian", "slavic-ru", "text-ru"),
    ("Ukrainian", "slavic-uk", ""),
    ("EU list, Cyrillic", "eu-Cyrillic", ""),
)


def _swept(name: str) -> str:
    figures = newest(f"pairs-{name}")["scorers"]["resolve"]
    return f"{figures['best_f1']:.3f}, {figures['recall_at_p99']:.3f}"


def _texts(name: str) -> str:
    if not name:
        return ""
    figures = newest(name)["systems"]["resolve"]["all"]
    return f"{figures['precision']:.3f}, {figures['recall']:.3f}"


def _unread(name: str) -> str:
    figures = newest(f"pairs-{name}")["unread"]
    return f"P {figures['precision']:.3f}, R {figures['recall']:.3f}"


def _calibrated() -> list[str]:
    found = newest("calibration")
    return [
        f"Probabilities on {found['queries']} names of held-out persons, half of them nobody in the gazetteer of 40,000: expected",
        f"calibration error {found['ece']:.3f}; at the default threshold precision {found['precision']:.3f}, recall {found['recall']:.3f}",
        "(`python -m benchmarks.calibration`; most wrong ones are namesakes and persons whom the source has twice).",
    ]


def _retrieved() -> list[str]:
    found = newest("retrieval")
    languages = found["languages"]
    return [
        f"One label among {found['gazetteer']} English ones (`python -m benchmarks.retrieval`): how often the right person comes first,",
        "and with rapidfuzz's ratio on unidecode's letters. Nobody read the errors of these queries; the Latin and Cyrillic spellings",
        "of their persons were among what was learned, so that only the figures of further scripts are blind:",
        "",
        "| | " + " | ".join(languages) + " |",
        "|---|" + "---|" * len(languages),
        "| **resolve** | " + " | ".join(f"{row['rank1']:.2f}" for row in languages.values()) + " |",
        "| ratio | " + " | ".join(f"{row['ratio']:.2f}" for row in languages.values()) + " |",
        "| names asked | " + " | ".join(str(row["queries"]) for row in languages.values()) + " |",
    ]


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
        "| set | pairs of one, of two | resolve | logic-v2 | WRatio | Jaro-Winkler | resolve at its default: P, R |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, title in SETS.items():
        result = newest(f"pairs-{name}")
        figures = result["scorers"]
        swept = {who: f"{figures[who]['best_f1']:.3f}, {figures[who]['recall_at_p99']:.3f}" for who in figures}
        default = f"{result['at_default']['precision']:.3f}, {result['at_default']['recall']:.3f}"
        lines.append(
            f"| {title} | {result['positives']}, {result['negatives']} | **{swept['resolve']}** "
            f"| {swept.get('nomenklatura logic-v2', 'not installed')} | {swept['WRatio']} | {swept['Jaro-Winkler']} | {default} |"
        )
    lines += [
        "",
        "The same with the gazetteer's one spelling in another language or script:",
        "",
        "| gazetteer | best F1 of the pairs, recall at P .99 | passages: P, R |",
        "|---|---|---|",
        *(f"| {title} | {_swept(pairs)} | {_texts(passages)} |" for title, pairs, passages in SPELLINGS),
        "",
        *_calibrated(),
        "",
        *_retrieved(),
        "",
        "What was chosen on what: weights were fitted on other persons of Wikidata, with the errors on the OFAC and UN lists, on",
        "three quarters of the EU list and of the labelled pairs and on the open two thirds of the passages in sight, so those rows",
        "are no blind figures ([labels that we dispute](docs/disputed-labels.md)). On the quarter that nobody read, at the default:",
        f"{_unread('eu')} for the EU list, {_unread('bench')} for the labelled pairs. The totals of all sets were watched.",
    ]
    return "\n".join(lines)


def peers_block() -> str:
    """The part of the README that compares with other programs, and says what each stage gives."""
    names, texts, parts = newest("names"), newest("passages"), newest("ablations")
    systems, linkers = names["systems"], texts["systems"]
    ranked = sorted(systems, key=lambda who: -systems[who]["test"]["f1"])
    read = sorted(linkers, key=lambda who: -linkers[who]["parts"]["blind"]["f1"])
    absent = {**names["not_installed"], **texts["not_installed"]}
    lines = [
        f"Names standing alone: {names['asked']} names of East Slavic persons in eleven scripts, initials, relatives, namesakes and near",
        f"surnames against a gazetteer of {names['gazetteer']} names; of {names['there']} the person is there. Every other program's threshold is tuned on other",
        "persons, ours is the default. *First*: the right one is the best candidate, whatever its score.",
        "",
        "| | precision | recall | F1 | first | recall at P .99 |",
        "|---|---|---|---|---|---|",
        *(
            _bold(
                [
                    who,
                    *(
                        f"{systems[who]['test'][key]:.3f}"
                        for key in ("precision", "recall", "f1", "rank1", "recall_at_p99")
                    ),
                ],
                who == "resolve",
            )
            for who in ranked
        ),
        "",
        f"Running text: the {texts['blind']} blind ones of {texts['texts']} passages in {texts['languages']} languages, {texts['mentions_blind']} mentions, with one spelling of each of",
        f"{texts['gazetteer']} persons; settings of other programs are chosen on the open passages:",
        "",
        "| | precision | recall | F1 |",
        "|---|---|---|---|",
        *(
            _bold(
                [who, *(f"{linkers[who]['parts']['blind'][key]:.3f}" for key in ("precision", "recall", "f1"))],
                who == "resolve",
            )
            for who in read
        ),
        "",
        f"The same with one stage exchanged or missing; of names one in {parts['step']}, with a threshold tuned for each variant:",
        "",
        "| | names: F1 | first | blind passages: P, R | |",
        "|---|---|---|---|---|",
        *(
            f"| {name} | {f['names']['f1']:.3f} | {f['names']['rank1']:.3f} "
            f"| {f['passages']['blind']['precision']:.3f}, {f['passages']['blind']['recall']:.3f} | {f['why']} |"
            for name, f in parts["variants"].items()
        ),
    ]
    lines += ["", "Not measured: " + ", ".join(f"{who} ({why})" for who, why in absent.items()) + "."] if absent else []
    return "\n".join(lines)


def written(text: str) -> str:
    """The README with its blocks as the newest results have them."""
    for opening, closing, made in ((OPENING, CLOSING, block()), (PEERS_OPENING, PEERS_CLOSING, peers_block())):
        before, _, rest = text.partition(opening)
        _, _, after = rest.partition(closing)
        text = f"{before}{opening}\n{made}\n{closing}{after}"
    return text


def main() -> None:
    """Rewrite the blocks."""
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")


def path() -> Path:
    """Where the README is."""
    return README


if __name__ == "__main__":
    main()
