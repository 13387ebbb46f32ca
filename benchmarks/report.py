"""How do all results look together? One HTML page with charts, without script or request.

    python -m benchmarks report [-o report.html]

The newest committed result of every benchmark is read; nothing is measured here.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from benchmarks import charts, sections
from benchmarks.charts import Axis
from benchmarks.common import HERE
from benchmarks.markup import Share, both, figure, machine, newest, table

STYLE = (HERE / "report.css").read_text(encoding="utf-8")
CURVES = (
    "resolve", "nomenklatura logic-v2", "name_matching", "rapidfuzz token_set, anyascii", "TF-IDF 3-grams, sparse_dot_topn", "Soundex (jellyfish)",
)  # fmt: skip
"""Whose curves are drawn; all are in the tables."""

KINDS = ("resolve", "nomenklatura logic-v2", "name_matching", "rapidfuzz token_set, anyascii")
FIRST = 8
"""So many programs are in the first chart."""

LANGUAGES = 20
"""So many languages fit a table."""

LEAST = 15
"""Scripts and languages with fewer names asked are left out of charts."""


def summary() -> Iterator[str]:
    """What a reader should know first."""
    names, passages, sizes = newest("names"), newest("passages"), newest("sizes")
    if not names or not passages or not sizes:
        return
    systems, linkers = names["systems"], passages["systems"]
    ours, blind = systems["resolve"]["test"], linkers["resolve"]["parts"]["blind"]
    found = {who: (f["test"]["f1"],) for who, f in systems.items()}
    read = {who: (f["parts"]["blind"]["f1"],) for who, f in linkers.items()}
    calls = (
        (ours["precision"], f"precision and {ours['recall']:.3f} recall on {names['asked']:,} names in eleven scripts; {ours['asked'] - names['there']} of them are nobody's in the gazetteer"),
        (blind["precision"], f"precision and {blind['recall']:.3f} recall on {passages['mentions_blind']:,} mentions in {passages['blind']} passages whose errors nobody read"),
        slower(sizes),
    )  # fmt: skip
    yield (
        "<div class=calls>"
        + "".join(f"<p><b>{escape(shown(value))}</b>{escape(text)}</p>" for value, text in calls)
        + "</div><div class=grid>"
    )
    yield figure(
        charts.bars("names standing alone", ranked(found), ("F1",), "resolve"),
        f"<b>Names standing alone, F1.</b> The best {FIRST} of {len(found)}; others at the threshold that is best on other persons, ours at its default.",
    )
    yield figure(
        charts.bars("running text", ranked(read), ("F1",), "resolve"),
        "<b>Running text, F1 on blind passages.</b> One spelling of each person is known to everybody; exact matchers find only that.",
    )
    yield "</div>"


def ranked(found: dict[str, tuple[float]]) -> dict[str, tuple[float]]:
    """The best first, the better one of a program's two ways, and no more than a chart can hold."""
    kept: dict[str, tuple[float]] = {}
    for who, value in sorted(found.items(), key=lambda item: -item[1][0]):
        kept.setdefault(who.partition(",")[0], value)
    return dict(list(kept.items())[:FIRST])


def slower(sizes: dict[str, Any]) -> tuple[str, str]:
    """Where others are better: how many times as fast the fastest exact matcher reads, with the largest gazetteer."""
    size, facts = max(sizes["sizes"].items(), key=lambda item: int(item[0]))
    fastest = max(facts["text_peers"], key=lambda who: facts["text_peers"][who]["text_mb_per_cpu_s"])
    times = facts["text_peers"][fastest]["text_mb_per_cpu_s"] / facts["text_mb_per_cpu_s"]
    return (
        f"{float(f'{times:.2g}'):,.0f} ×",
        (f"as fast reads {fastest}, the quickest exact matcher, with {int(size):,} names; it finds exact spellings alone. Speed, companies, dates of "
        "birth: where others are better stands below"),
    )  # fmt: skip


def shown(value: float | str) -> str:
    """A number of the first screen."""
    return value if isinstance(value, str) else f"{value:.3f}"


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
    heads = [
        "",
        "P",
        "R",
        "F1",
        "first",
        "R at P .99",
        "threshold",
        "chosen on",
        "as recommended: P, R",
        "names per CPU s",
    ]
    rows = [
        [
            who,
            *(f["test"][k] for k in ("precision", "recall", "f1", "rank1", "recall_at_p99")),
            charts.shown(f["threshold"]),
            "default" if who == "resolve" else "other persons",
            recommended(f),
            f["names_per_cpu_s"],
        ]
        for who, f in sorted(systems.items(), key=lambda item: -item[1]["test"]["f1"])
    ]
    rows += [[who, reason, *[""] * 8] for who, reason in facts["not_installed"].items()]
    yield table(
        heads,
        rows,
        caption="<b>first</b>: the right person is the best candidate, whatever its score. <b>R at P .99</b>: recall at the lowest threshold that keeps "
        "precision at .99, wherever that lies. <b>as recommended</b>: at the threshold that the program's documentation names. Rates are of processor "
        "time of one process, cold, beside another benchmark; loading is not counted.",
    )
    yield machine(facts)
    drawn = {who: i for i, who in enumerate(who for who in CURVES if who in systems)}
    across, up = Axis("recall", 0, 1), Axis("precision", 0, 1)
    yield "<h3>Precision and recall by script</h3>"
    yield (
        "<p>Every curve goes over all thresholds, from the highest at the left. A curve that stays at the top until the far right finds "
        "everybody before it takes the first stranger; one that falls early has no threshold that is both safe and useful.</p>"
    )
    yield "<div class=curves>" + charts.legend(drawn) + "<div class='grid small'>"
    yield figure(
        charts.lines("all scripts", across, up, {w: systems[w]["curve"] for w in drawn}, drawn),
        f"<b>all scripts</b>: {facts['there']} names of persons who are there",
    )
    asked = {script: found["asked"] for script, found in systems["resolve"]["scripts"].items()}
    for script in sorted(asked, key=lambda s: -asked[s]):
        if asked[script] >= LEAST:
            curves = {w: systems[w]["curves"].get(script, []) for w in drawn}
            yield figure(
                charts.lines(script, across, up, curves, drawn), f"<b>{script}</b>: {asked[script]} names asked"
            )
    yield "</div></div><h3>Accuracy by language</h3>" + by_language(systems)
    yield "<h3>By kind of name</h3>" + by_kind(systems)
    yield "<h3>What goes wrong, by class</h3>" + errors(systems["resolve"])


def recommended(facts: dict[str, Any]) -> str:
    """Precision and recall at the threshold that goes with a program."""
    found = facts.get("recommended")
    return f"{found['precision']:.3f}, {found['recall']:.3f} at {charts.shown(found['threshold'])}" if found else ""


def errors(ours: dict[str, Any]) -> str:
    """Counts by class on the test split, and one example of each from the development split, which may be read."""
    rows = []
    for kind, counts in sorted(ours["classes"].items(), key=lambda item: -item[1]["asked"]):
        told = ours.get("examples", {}).get(kind, {})
        silent = "" if not counts["right"] else str(counts["asked"] - counts["right"] - counts["wrong"])
        example = "none" if told.get("wrong") == 0 else ""
        if "name" in told:
            known = f"is {told['whose']}" if told["whose"] else "is nobody there"
            answer = f"taken for {told['answer']}" if told["answer"] else "left open"
            example = f"{told['name']} {known}; {answer} at {told['probability']:.2f}"
        there = f"{told['wrong']} of {told['asked']}" if told else ""
        rows.append([kind, counts["asked"], counts["right"] or "", counts["wrong"], silent, there, example])
    return table(
        ["", "asked", "right", "wrong", "left open", "development: errors", "development: one of them"],
        rows,
        caption="Ours at the default. The first four columns count the test split, whose errors nobody reads; examples are of the development split. "
        "Nearly all errors are names that are left open: the threshold is high on purpose.",
    )


def by_language(systems: dict[str, Any]) -> str:
    """How often the right person comes first, in every language."""
    ours = systems["resolve"]["languages"]
    most = sorted(ours.items(), key=lambda item: -item[1]["asked"])[:LANGUAGES]
    chosen = [lang for lang, f in most if f["asked"] >= LEAST]
    rows: list[list[Any]] = [
        [who, *(Share(systems[who]["languages"][lang]["rank1"]) for lang in chosen)] for who in CURVES if who in systems
    ]
    rows.append(["names asked", *(ours[lang]["asked"] for lang in chosen)])
    return table(
        ["", *chosen], rows, caption="How often the right person comes first, by the language of the spelling."
    )


def by_kind(systems: dict[str, Any]) -> str:
    """What is found and what is taken wrongly."""
    who = [name for name in KINDS if name in systems]
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
            "<b>Blind passages</b>: precision (full) and recall (pale)",
        )
        + "</div>"
    )
    parts = [part for part in systems["resolve"]["parts"] if " " in part]
    titles = {"first": "eight languages", "further": "ten further scripts", "blind": "eight more languages"}
    heads = [
        "",
        *(f"{titles[p.split()[0]]}, {p.split()[1]}: P, R" for p in parts),
        "chosen on",
        "as recommended, blind: P, R",
        "MB per CPU s",
    ]
    rows = [
        [
            who, *(both(systems[who]["parts"][p]) for p in parts), chosen(who, systems[who]),
            both(systems[who]["recommended"]) if "recommended" in systems[who] else "", systems[who]["megabytes_per_cpu_s"],
        ]
        for who in ranked
    ]  # fmt: skip
    rows += [[who, reason, *[""] * (len(heads) - 2)] for who, reason in facts["not_installed"].items()]
    yield table(
        heads,
        rows,
        caption="<b>as recommended</b>: at the setting that the documentation shows, where another one did better on the open passages.",
    ) + machine(facts)
    rivals = [who for who in ranked[:4] if who != "resolve"]
    traps, told = systems["resolve"]["traps"], systems["resolve"].get("examples", {})
    rows = [
        [
            trap,
            c["right"] + c["missed"],
            *(both(systems[w]["traps"][trap], 2) for w in ("resolve", *rivals)),
            told.get(trap, {}).get("errors", ""),
            told[trap].get("example", "told above" if told[trap]["errors"] else "none") if trap in told else "",
        ]
        for trap, c in sorted(traps.items(), key=lambda i: -i[1]["right"] - i[1]["missed"])
    ]
    yield "<h3>By what a passage was written for</h3>" + table(
        ["", "mentions", "resolve", *rivals, "open: errors", "open: one of them"],
        rows,
        caption="Precision, recall over all mentions of the passages that hold such a trap, open and blind; errors of ours in the open ones, "
        "which need not be of the trap's making. <b>missed</b> is what was left open, <b>false</b> what was linked wrongly.",
    )


def untried() -> Iterator[str]:
    """Languages without rules of their own."""
    if facts := newest("untried"):
        rows = [[name, both(found["all"]), found["all"]["f1"]] for name, found in facts["gazetteers"].items()]
        yield (
            "<h3>Languages for which no rule was written</h3>"
            + table(
                ["gazetteer", "P, R", "F1"],
                rows,
                strong="",
                caption=f"{facts['texts']} passages in {facts['languages']} languages, {facts['mentions']} mentions, all blind. <b>Cyrillic</b>: the one spelling "
                "is the Russian one where the curated gazetteer has it; <b>curated</b>: the gazetteer that ships, with all its names.",
            )
            + machine(facts)
        )


def chosen(who: str, facts: dict[str, Any]) -> str:
    """On what a setting was chosen."""
    if who == "resolve":
        return "default"
    return f"open passages: {charts.shown(facts['setting'])}" if facts["setting"] else "no setting"


SECTIONS = (
    ("Names standing alone", "names", names),
    ("Running text", "texts", lambda: (*passages(), *untried())),
    ("What each stage gives", "stages", sections.ablations),
    ("Are probabilities what they say?", "calibration", sections.calibrated),
    ("Candidates against recall", "keys", sections.filed),
    ("Lists, many languages, news", "lists", sections.listed),
    ("Speed and memory", "speed", sections.sized),
    ("Large gazetteers", "scale", sections.scaled),
    ("The other programs", "peers", sections.fairness),
    ("All benchmarks", "all", sections.everything),
)


def page() -> str:
    """The whole report."""
    links = "".join(f'<a href="#{key}">{title}</a>' for title, key, _ in SECTIONS)
    body = "".join(
        f'<section id="{key}"><h2>{title}</h2>{inside}</section>'
        for title, key, section in SECTIONS if (inside := "".join(section()))
    )  # fmt: skip
    return (
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width,initial-scale=1'>"
        f"<title>onomast: benchmarks</title><style>{STYLE}</style><header><h1>How good is onomast, and compared with whom?</h1>"
        "<p>Each person is known by <em>one</em> spelling; asked and read are the others, in many languages and scripts, among relatives, namesakes and near surnames. "
        "No row is tuned on its own test. Everything here is measured again by <code>python -m benchmarks run all</code>.</p>"
        f"{''.join(summary())}<nav>{links}</nav></header><main>{body}</main></html>\n"
    )


def write(path: Path) -> Path:
    """Write the report."""
    path.write_text(page(), encoding="utf-8")
    return path
