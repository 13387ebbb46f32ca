"""Write the tables of the README and of the documents from the newest committed results.

python -m benchmarks.readme          # rewrites the blocks between the markers
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.common import DEFAULT, HERE, RESULTS

ROOT = HERE.parent
README = ROOT / "README.md"
SETS = {
    "slavic": "90 East Slavic public figures (ships)",
    "eu": "EU sanctions list, persons of the regulation on Ukraine, Latin and Cyrillic spellings",
    "eu-listed": "the same as it is listed: captions of pictures are names, three persons stand under two numbers each",
    "ofac": "OFAC list, 700 persons with aliases",
    "un": "UN list, 500 persons with aliases",
    "bench": "nomenklatura's labelled pairs of persons",
}
OTHERS = ("nomenklatura logic-v2", "WRatio", "Jaro-Winkler")


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


def _paired(name: str, who: str) -> str:
    figures = newest(f"pairs-{name}")["scorers"].get(who)
    return f"{figures['f1']:.3f}, {figures['recall_at_p99']:.3f}" if figures else "not installed"


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


def _bodies() -> list[str]:
    found = newest("bodies")["kinds"]
    return [
        "Organisations and places by another name than the one that is filed, in other languages and scripts, with and without the",
        "legal form, translated or abbreviated (`python -m benchmarks.bodies`), a third of them not in the gazetteer: how often the",
        "right one comes first, precision and recall; of the half that nobody read, the ratio at its best threshold on the other:",
        "",
        "| | resolve: first; P, R | ratio: first; P, R |",
        "|---|---|---|",
        *(
            f"| {facts['filed']} {kind} | "
            + " | ".join(
                f"{one['rank1']:.2f}; {one['precision']:.3f}, {one['recall']:.3f}" for one in facts["odd"].values()
            )
            + " |"
            for kind, facts in found.items()
        ),
    ]


def _row_of_pairs(name: str) -> str:
    """A set of pairs: everybody's figures on the test split."""
    result = newest(f"pairs-{name}")
    default = result["scorers"]["resolve"]
    others = " | ".join(_paired(name, who) for who in OTHERS)
    return (
        f"| {SETS[name]} | {result['test_positives']}, {result['test_negatives']} | **{_paired(name, 'resolve')}** "
        f"| {others} | {default['precision']:.3f}, {default['recall']:.3f} |"
    )


def _absent(missing: dict[str, str], columns: int) -> list[str]:
    """A row for each program that could not be measured, with the reason."""
    return [f"| {who} | {why} |{' |' * (columns - 1)}" for who, why in missing.items()]


def _again() -> list[str]:
    """How long it takes to measure all of it again, by the last time that somebody did."""
    found = newest("run-with-data")
    on = found["machine"].partition(", ")[2]
    return [
        f"Everything was measured again in {found['minutes']:.0f} minutes on {on}, {len(found['seconds'])} runs,",
        f"{len(found['faults'])} of them with a fault (`python -m benchmarks run all --data DIR`; without `--data` what needs no download).",
    ]


def _bold(cells: list[str], strong: bool) -> str:
    return "| " + " | ".join(f"**{cell}**" if strong else cell for cell in cells) + " |"


def block() -> str:
    """The part of the README that reports results."""
    text = newest("text")
    ours = text["systems"]["resolve"]
    lines = [
        f"Running text: {text['texts']} marked passages in eight languages, {text['mentions']} mentions of 100 persons, with",
        "relatives, namesakes, near surnames, initials and case endings (`python -m benchmarks.text`); the others have the thresholds",
        "that are usually recommended, ours is the default:",
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
        f"each set. Ours stays at its default of {DEFAULT}; the others' thresholds are chosen on three tenths of the persons. F1, and recall at",
        "precision .99 wherever the threshold for that lies, on the other seven tenths:",
        "",
        "| set | pairs of one, of two | resolve | logic-v2 | WRatio | Jaro-Winkler | resolve: P, R |",
        "|---|---|---|---|---|---|---|",
        *map(_row_of_pairs, SETS),
        "",
        "The same with the gazetteer's one spelling in another language or script:",
        "",
        "| gazetteer | pairs: F1, recall at P .99 | passages: P, R |",
        "|---|---|---|",
        *(f"| {title} | {_paired(pairs, 'resolve')} | {_texts(passages)} |" for title, pairs, passages in SPELLINGS),
        "",
        *_calibrated(),
        "",
        *_retrieved(),
        "",
        *_bodies(),
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
        *_absent(names["not_installed"], 5),
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
        *_absent(texts["not_installed"], 3),
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
    lines += ["", *_again()]
    return "\n".join(lines)


def blocks() -> dict[Path, dict[str, Callable[[], str]]]:
    """What is written into which document: a block between ``<!-- NAME -->`` and ``<!-- /NAME -->`` each."""
    from benchmarks import cards

    docs = ROOT / "docs"
    return {
        README: {"results": block, "peers": peers_block},
        docs / "model-card.md": {"tokens": cards.tokens, "letters": cards.letters, "kernel": cards.kernel, "retrieval": cards.retrieval},
        docs / "reliability-service.md": {"load": cards.load},
        docs / "spark.md": {"spark": cards.spark, "cluster": cards.cluster},
    }  # fmt: skip


def written(text: str, made: dict[str, Callable[[], str]]) -> str:
    """A document with its blocks as the newest results have them.

    >>> written("a <!-- x --> old <!-- /x --> b", {"x": lambda: "new"})
    'a <!-- x -->\\nnew\\n<!-- /x --> b'
    """
    for name, make in made.items():
        before, _, rest = text.partition(f"<!-- {name} -->")
        _, _, after = rest.partition(f"<!-- /{name} -->")
        text = f"{before}<!-- {name} -->\n{make()}\n<!-- /{name} -->{after}"
    return text


def main() -> None:
    """Rewrite the blocks of all documents."""
    for path, made in blocks().items():
        path.write_text(written(path.read_text(encoding="utf-8"), made), encoding="utf-8")


if __name__ == "__main__":
    main()
