"""How do all results look together? One HTML page with charts, without script or request.

    python -m benchmarks report [-o report.html]

The newest committed result of every benchmark is read; nothing is measured here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from benchmarks import charts
from benchmarks.catalogue import BENCHMARKS
from benchmarks.charts import Axis
from benchmarks.common import HERE, RESULTS

STYLE = (HERE / "report.css").read_text(encoding="utf-8")
CURVES = (
    "resolve", "nomenklatura logic-v2", "nomenklatura logic-v1", "name_matching", "rapidfuzz WRatio, unidecode",
    "rapidfuzz token_set, anyascii", "TF-IDF 3-grams, sparse_dot_topn", "Soundex (jellyfish)",
)  # fmt: skip
"""Whose curves are drawn; all are in the tables."""

MEASURES = {
    "compile_cpu_s": "compiling, CPU seconds", "compile_mib": "compiling, MiB at most", "bytes_per_name": "bytes a name on disk",
    "open_ms": "opening, milliseconds", "names_per_cpu_s": "names matched a CPU second", "rank1": "right person first",
    "text_mb_per_cpu_s": "text, cold: MB a CPU second", "text_again_mb_per_cpu_s": "text, read again: MB a CPU second",
}  # fmt: skip

LEAST = 15
"""Scripts and languages with fewer names asked are left out of charts."""

BUSY = 2.5
"""A load above which a result was measured on a busy machine: times are then too long."""


def newest(name: str) -> dict[str, Any] | None:
    """The newest result of a benchmark, None where there is none."""
    paths = sorted(RESULTS.glob(f"????-??-??-{name}.json"))
    found: dict[str, Any] | None = json.loads(paths[-1].read_text(encoding="utf-8")) if paths else None
    return found


def table(head: list[str], rows: list[list[Any]], strong: str = "resolve", caption: str = "") -> str:
    """A table whose first column is names; the best number of a column is not marked, ours is the bold row."""
    cells = "".join(f"<th>{escape(h)}</th>" for h in head)
    body = "".join(
        f"<tr{' class=strong' if row[0] == strong else ''}><th scope=row>{escape(str(row[0]))}</th>{''.join(map(cell_of, row[1:]))}</tr>"
        for row in rows
    )
    said_above = f"<p class=caption>{caption}</p>" if caption else ""
    return f"{said_above}<div class=wide><table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table></div>"


class Share(float):
    """A share that is shown as a coloured cell."""

    __slots__ = ()


def cell_of(cell: Any) -> str:
    """One cell of a table."""
    if isinstance(cell, Share):
        return f'<td class=heat style="--v:{cell:.2f}">{cell:.2f}</td>'
    return f"<td>{escape(said(cell))}</td>"


def both(counts: dict[str, Any], digits: int = 3) -> str:
    """Precision and recall; no precision where nothing was answered.

    >>> both({"right": 0, "false": 0, "precision": 1.0, "recall": 0.0})
    '–, 0.000'
    """
    precision = f"{counts['precision']:.{digits}f}" if counts["right"] + counts["false"] else "–"
    return f"{precision}, {counts['recall']:.{digits}f}"


def said(cell: Any) -> str:
    """A cell as text: shares with three digits."""
    if isinstance(cell, float):
        return f"{cell:.3f}" if cell <= 1 else f"{cell:,.0f}" if cell >= 100 else f"{cell:.1f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def figure(svg: str, caption: str) -> str:
    """A chart and what it shows."""
    return f"<figure>{svg}<figcaption>{caption}</figcaption></figure>"


def machine(facts: dict[str, Any]) -> str:
    """Where and when something was measured."""
    busy = " on a <em>busy</em> machine, so that times are too long" if facts.get("load", 0) > BUSY else ""
    return (
        f"<p class=machine>Measured {facts['date']} at commit {escape(str(facts['commit']))}, Python {facts['python']}, "
        f"{escape(facts['machine'])}{busy}.</p>"
    )


# ---------------------------------------------------------------- sections


def summary() -> Iterator[str]:
    """What a reader should know first."""
    names, passages = newest("names"), newest("passages")
    if not names or not passages:
        return
    ours, blind = names["systems"]["resolve"]["test"], passages["systems"]["resolve"]["parts"]["blind"]
    others = max((facts["test"]["f1"], who) for who, facts in names["systems"].items() if who != "resolve")
    best_text = max((f["parts"]["blind"]["f1"], who) for who, f in passages["systems"].items() if who != "resolve")
    calls = (
        (ours["precision"], f"precision and {ours['recall']:.3f} recall on {names['asked']:,} names standing alone"),
        (
            ours["recall_at_p99"],
            f"recall at precision .99; {names['systems'][others[1]]['test']['recall_at_p99']:.3f} for {others[1]}, the next by F1 ({others[0]:.3f})",
        ),
        (
            blind["precision"],
            f"precision and {blind['recall']:.3f} recall on {passages['mentions_blind']:,} mentions of {passages['blind']} blind passages in {passages['languages']} languages",
        ),
        (blind["f1"], f"F1 there; {best_text[0]:.3f} for {best_text[1]}, the next"),
    )
    yield "<div class=calls>" + "".join(f"<p><b>{value:.3f}</b>{escape(text)}</p>" for value, text in calls) + "</div>"


def names() -> Iterator[str]:
    """Names standing alone."""
    facts = newest("names")
    if not facts:
        return
    systems = facts["systems"]
    yield (
        f"<p>{facts['asked']:,} names are asked against a gazetteer of {facts['gazetteer']} with one spelling each; of {facts['there']:,} the person is there, "
        "the others are strangers, relatives, namesakes and near surnames. Thresholds were tuned on other persons; ours is the default.</p>"
    )
    heads = ["", "P", "R", "F1", "first", "R at P .99", "threshold", "names per CPU s"]
    rows = [
        [
            who,
            *(f["test"][k] for k in ("precision", "recall", "f1", "rank1", "recall_at_p99")),
            charts.shown(f["threshold"]),
            f["names_per_cpu_s"],
        ]
        for who, f in sorted(systems.items(), key=lambda item: -item[1]["test"]["f1"])
    ]
    yield table(
        heads,
        rows,
        caption="<b>first</b>: the right person is the best candidate, whatever its score. Rates are of processor time, one process, cold; loading is not counted.",
    )
    yield machine(facts)
    shown = {who: i for i, who in enumerate(who for who in CURVES if who in systems)}
    across, up = Axis("recall", 0, 1), Axis("precision", 0, 1)
    yield "<h3>Precision and recall by script</h3>" + charts.legend(shown) + "<div class=grid>"
    yield figure(charts.lines("all scripts", across, up, {w: systems[w]["curve"] for w in shown}, shown), "all scripts")
    ours = systems["resolve"]
    asked = {script: found["asked"] for script, found in ours["scripts"].items()}
    for script in sorted(asked, key=lambda s: -asked[s]):
        if asked[script] >= LEAST:
            curves = {w: systems[w]["curves"].get(script, []) for w in shown}
            yield figure(charts.lines(script, across, up, curves, shown), f"{script}: {asked[script]} names asked")
    yield "</div><h3>Accuracy by language</h3>" + by_language(systems)
    yield "<h3>By kind of name</h3>" + by_kind(systems)


def by_language(systems: dict[str, Any]) -> str:
    """How often the right person comes first, in every language."""
    ours = systems["resolve"]["languages"]
    chosen = [lang for lang, f in sorted(ours.items(), key=lambda i: -i[1]["asked"]) if f["asked"] >= LEAST]
    rows: list[list[Any]] = [
        [who, *(Share(systems[who]["languages"][lang]["rank1"]) for lang in chosen)] for who in CURVES if who in systems
    ]
    rows.append(["names asked", *(ours[lang]["asked"] for lang in chosen)])
    return table(
        ["", *chosen], rows, caption="How often the right person comes first, by the language of the spelling."
    )


def by_kind(systems: dict[str, Any]) -> str:
    """What is found and what is taken wrongly."""
    who = [
        name
        for name in ("resolve", "nomenklatura logic-v2", "name_matching", "rapidfuzz token_set, anyascii")
        if name in systems
    ]
    kinds = systems["resolve"]["classes"]
    there = {kind: counts for kind, counts in kinds.items() if any(systems[w]["classes"][kind]["right"] for w in who)}
    rows = [
        [
            kind,
            counts["asked"],
            *(f"{systems[w]['classes'][kind]['right']} / {systems[w]['classes'][kind]['wrong']}" for w in who),
        ]
        for kind, counts in sorted(there.items(), key=lambda i: -i[1]["asked"])
    ]
    nobody = [
        [kind, counts["asked"], *(str(systems[w]["classes"][kind]["wrong"]) for w in who)]
        for kind, counts in sorted(kinds.items(), key=lambda i: -i[1]["asked"]) if kind not in there
    ]  # fmt: skip
    return table(
        ["", "asked", *who],
        rows,
        caption="Names whose person is there: answered right / wrong. The rest is unanswered.",
    ) + table(["", "asked", *who], nobody, caption="Names of nobody in the gazetteer: every answer is wrong.")


def passages() -> Iterator[str]:
    """Running text."""
    facts = newest("passages")
    if not facts:
        return
    systems = facts["systems"]
    yield (
        f"<p>{facts['texts']} marked passages in {facts['languages']} languages, {facts['mentions']:,} mentions of {facts['gazetteer']} persons with one spelling each. "
        f"Shown are the {facts['blind']} blind ones ({facts['mentions_blind']} mentions), whose errors nobody read; settings were chosen on the open ones.</p>"
    )
    ranked = sorted(systems, key=lambda who: -systems[who]["parts"]["blind"]["f1"])
    blind = {who: systems[who]["parts"]["blind"] for who in ranked}
    yield (
        "<div class=grid>"
        + figure(
            charts.bars(
                "precision and recall",
                {w: (f["precision"], f["recall"]) for w, f in blind.items()},
                ("precision", "recall"),
                "resolve",
            ),
            "Blind passages: precision (full) and recall (pale)",
        )
        + "</div>"
    )
    parts = [part for part in systems["resolve"]["parts"] if " " in part]
    titles = {"first": "eight languages", "further": "ten further scripts", "blind": "eight more languages"}
    heads = ["", *(f"{titles[p.split()[0]]}, {p.split()[1]}: P, R" for p in parts), "MB per CPU s"]
    rows = [
        [who, *(both(systems[who]["parts"][p]) for p in parts), systems[who]["megabytes_per_cpu_s"]] for who in ranked
    ]
    yield table(heads, rows) + machine(facts)
    rivals = [who for who in ranked[:4] if who != "resolve"]
    traps = systems["resolve"]["traps"]
    rows = [
        [trap, c["right"] + c["missed"], *(both(systems[w]["traps"][trap], 2) for w in ("resolve", *rivals))]
        for trap, c in sorted(traps.items(), key=lambda i: -i[1]["right"] - i[1]["missed"])
    ]
    yield "<h3>By what a passage was written for</h3>" + table(
        ["", "mentions", "resolve", *rivals],
        rows,
        caption="Precision, recall over all mentions of the passages that hold such a trap, open and blind.",
    )


def ablations() -> Iterator[str]:
    """What every stage gives."""
    facts = newest("ablations")
    if not facts:
        return
    yield "<p>The same names and passages with one stage exchanged or missing. Thresholds for names are tuned for each variant.</p>"
    rows = [
        [
            name,
            *(f["names"][k] for k in ("precision", "recall", "f1", "rank1")),
            *(f["passages"]["blind"][k] for k in ("precision", "recall")),
            f["why"],
        ]
        for name, f in facts["variants"].items()
    ]
    yield table(["", "names: P", "R", "F1", "first", "blind passages: P", "R", "what it means"], rows, strong="whole")
    yield machine(facts)


def calibrated() -> Iterator[str]:
    """Whether probabilities are what they say."""
    inside = []
    for name, title in (
        ("names", "East Slavic persons, a third of them strangers"),
        ("calibration", "held-out persons of Wikidata, half of them strangers"),
    ):
        if facts := newest(name):
            found = facts["systems"]["resolve"]["reliability"] if name == "names" else facts
            inside.append(
                figure(
                    charts.reliability(title, found["bins"]), f"{title}: expected calibration error {found['ece']:.3f}"
                )
            )
    yield (
        "<p>Of the answers given at some probability, so many should be right. Points above the line are too modest, below it too bold; "
        "numbers are of names.</p><div class=grid>" + "".join(inside) + "</div>"
    )


def filed() -> Iterator[str]:
    """Candidates against recall."""
    facts = newest("filing")
    if not facts:
        return
    points = {name: (max(f["candidates"], 0.01), f["recall"]) for name, f in facts["keys"].items()}
    strong = {name for name, f in facts["keys"].items() if f["ours"]}
    chart = charts.scatter(
        "candidates and recall",
        Axis(f"candidates among {facts['crowd']:,} words", 0.01, 100, log=True),
        Axis("recall", 0, 1),
        points,
        strong,
    )
    scripts = list(next(iter(facts["keys"].values()))["scripts"])
    yield f"<p>{facts['pairs']:,} pairs of spellings of one surname: which key do both have, and how many other words have it?</p>"
    yield (
        "<div class=grid>"
        + figure(chart, "Share of spellings that meet under a key, and how many words of a crowd meet them")
        + "</div>"
    )
    yield table(
        ["recall by script", *scripts, "candidates"],
        [[name, *(f["scripts"][s] for s in scripts), f["candidates"]] for name, f in facts["keys"].items()],
        strong="",
    )


def sized() -> Iterator[str]:
    """Speed and memory."""
    facts = newest("sizes")
    if not facts:
        return
    sizes = facts["sizes"]
    low, high = min(map(int, sizes)), max(map(int, sizes))
    across = Axis("names in the gazetteer", low, high, log=True)

    def series(group: str, own: str, peer: str) -> dict[str, list[list[float]]]:
        found: dict[str, list[list[float]]] = {"resolve": [[int(size), f[own]] for size, f in sizes.items()]}
        for size, f in sizes.items():
            for who, figures in f[group].items():
                found.setdefault(who, []).append([int(size), max(figures[peer], 0.01)])
        return found

    yield "<p>Seconds of processor time of one process, so that a busy machine counts less. The gazetteer is made of few words, so that every surname has many bearers. Peers read letter for letter or compare whole strings: look above at what they find.</p><div class=grid>"
    for title, group, own, peer, up in (
        (
            "Names matched a second",
            "name_peers",
            "names_per_cpu_s",
            "names_per_cpu_s",
            Axis("names a second", 1, 1e6, log=True),
        ),
        (
            "Text read a second, cold",
            "text_peers",
            "text_mb_per_cpu_s",
            "text_mb_per_cpu_s",
            Axis("MB a second", 0.001, 1000, log=True),
        ),
        ("Memory held after matching", "name_peers", "mib", "mib", Axis("MiB", 1, 1000, log=True)),
    ):
        found = series(group, own, peer)
        numbers = {who: i for i, who in enumerate(found)}
        yield figure(charts.lines(title, across, up, found, numbers, dots=True), title + charts.legend(numbers))
    yield "</div>"
    yield table(
        ["", *(f"{int(s):,} names" for s in sizes)],
        [[said_as, *(f[head] for f in sizes.values())] for head, said_as in MEASURES.items()],
        strong="",
    )
    yield machine(facts)


def together(names: list[str]) -> str:
    """Several ways of one program in one cell.

    >>> together(["a b", "a c"]), together(["a b", "a c", "a d"])
    ('a b; a c', 'a, in 3 ways')
    """
    first = {name.split()[0] for name in names}
    return f"{first.pop()}, in {len(names)} ways" if len(names) > 2 and len(first) == 1 else "; ".join(names)


def fairness() -> Iterator[str]:
    """Who the peers are."""
    for name, title in (("names", "Names"), ("passages", "Texts")):
        if facts := newest(name):
            alike: dict[tuple[str, str], tuple[list[str], dict[str, str]]] = {}
            for who, f in facts["systems"].items():
                if who != "resolve":
                    group = alike.setdefault((f["built_for"], f["better"]), ([], {}))
                    group[0].append(who)
                    group[1].update(f["versions"])
            rows = [
                [together(names), ", ".join(f"{p} {v}" for p, v in versions.items()), *notes]
                for notes, (names, versions) in alike.items()
            ]
            rows += [[who, reason, "", ""] for who, reason in facts["not_installed"].items()]
            yield table([title, "measured with", "built for", "where it is better than we are"], rows)


def everything() -> Iterator[str]:
    """All benchmarks, and what of them was measured last."""
    rows = []
    for benchmark in BENCHMARKS:
        dates = [f"{f['date']} ({f['commit']})" for result in benchmark.results if (f := newest(result))]
        rows.append(
            [
                benchmark.name,
                benchmark.question,
                benchmark.data,
                benchmark.licence,
                benchmark.start,
                dates[0] if dates else "not measured",
            ]
        )
    yield table(["", "question", "data", "licence", "start", "last measured"], rows, strong="")


SECTIONS = (
    ("Names standing alone", names),
    ("Running text", passages),
    ("What each stage gives", ablations),
    ("Are probabilities what they say?", calibrated),
    ("Candidates against recall", filed),
    ("Speed and memory", sized),
    ("The other programs", fairness),
    ("All benchmarks", everything),
)


def page() -> str:
    """The whole report."""
    links = "".join(f'<a href="#s{i}">{title}</a>' for i, (title, _) in enumerate(SECTIONS))
    body = "".join(
        f'<section id="s{i}"><h2>{title}</h2>{inside}</section>'
        for i, (title, section) in enumerate(SECTIONS) if (inside := "".join(section()))
    )  # fmt: skip
    return (
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width,initial-scale=1'>"
        f"<title>onomast: benchmarks</title><style>{STYLE}</style><header><h1>How good is onomast, and compared with whom?</h1>"
        "<p>Made of the newest committed results by <code>python -m benchmarks report</code>. Every row can be measured again: "
        f"<code>python -m benchmarks run all</code>.</p>{''.join(summary())}<nav>{links}</nav></header><main>{body}</main></html>\n"
    )


def write(path: Path) -> Path:
    """Write the report."""
    path.write_text(page(), encoding="utf-8")
    return path
