"""What stands in the report beside names and texts: stages, probabilities, keys, lists and large gazetteers, speed, other programs."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from benchmarks import charts
from benchmarks.catalogue import BENCHMARKS
from benchmarks.charts import Axis
from benchmarks.markup import Share, both, figure, machine, newest, table, together
from benchmarks.readme import OTHERS, SETS

MEASURES = {
    "compile_cpu_s": "compiling, CPU seconds", "compile_mib": "compiling, MiB at most", "bytes_per_name": "bytes a name on disk",
    "open_ms": "opening, milliseconds", "names_per_cpu_s": "names matched a CPU second", "rank1": "right person first",
    "text_mb_per_cpu_s": "text, cold: MB a CPU second", "text_again_mb_per_cpu_s": "text, read again: MB a CPU second",
}  # fmt: skip


READ = frozenset({"ofac", "un"})
"""Sets of pairs whose errors were all read while the toolkit was made."""

COLOURED = {
    "resolve": 0, "rapidfuzz ratio, unidecode": 4, "TF-IDF 3-grams, sparse_dot_topn": 6, "flashtext2": 1, "pyahocorasick": 2, "ahocorasick_rs": 3,
    "spaCy PhraseMatcher": 7, "simstring": 5,
}  # fmt: skip
"""Every program has one colour in all charts of speed."""


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
                    charts.reliability(title, found["bins"]),
                    f"<b>{title}</b>: expected calibration error {found['ece']:.3f}",
                )
            )
    yield (
        "<p>Of the answers given at some probability, so many should be right. Points above the line are too modest, below it too bold; "
        "the larger a point, the more names, whose number stands beside. Nearly all answers are plainly yes or plainly no, so that tenths in the middle rest on few names. "
        "What scales them was chosen on other persons.</p><div class=grid>" + "".join(inside) + "</div>"
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
        Axis(f"candidates among {facts['crowd']:,} words", 0.01, 1000, log=True),
        Axis("recall", 0, 1),
        points,
        strong,
    )
    scripts = list(next(iter(facts["keys"].values()))["scripts"])
    yield f"<p>{facts['pairs']:,} pairs of spellings of one surname: which key do both have, and how many other words have it?</p>"
    yield (
        "<div class=grid>"
        + figure(
            chart,
            "Up and to the left is better: the share of spellings that share a key with the surname they spell, and how many words of a crowd share one too. Ours are blue",
        )
        + "</div>"
    )
    yield table(
        ["recall by script", *scripts, "candidates"],
        [[name, *(f["scripts"][s] for s in scripts), f["candidates"]] for name, f in facts["keys"].items()],
        strong="",
    )


def listed() -> Iterator[str]:
    """Lists and labelled pairs, whose data do not ship."""
    rows: list[list[Any]] = []
    for name, title in SETS.items():
        if facts := newest(f"pairs-{name}"):
            scorers = facts["scorers"]
            shown = ("resolve", *OTHERS)
            cells = [
                f"{scorers[w]['f1']:.3f}, {scorers[w]['recall_at_p99']:.3f}" if w in scorers else "not installed"
                for w in shown
            ]
            rows.append(
                [
                    title,
                    f"{facts['test_positives']:,}, {facts['test_negatives']:,}",
                    *cells,
                    "all were read" if name in READ else both(facts["unread"]),
                ]
            )
    if rows:
        yield table(
            ["pairs of names", "of one, of two", "resolve", *OTHERS, "resolve, unread: P, R"], rows, strong="",
            caption="F1 and recall at precision .99 on seven tenths of the persons. Ours is the default; thresholds of the others are chosen on the other "
            "three tenths. Errors on three quarters of the pairs (UN and OFAC: all) were read while the toolkit was made; the last column is of those never read.",
        )  # fmt: skip
    yield from retrieved()
    yield from opened()
    yield from bodies()
    yield from annotated()


def retrieved() -> Iterator[str]:
    """Labels in other languages among many thousand."""
    if not (facts := newest("retrieval")):
        return
    languages = facts["languages"]
    rows: list[list[Any]] = [
        ["resolve", *(Share(row["rank1"]) for row in languages.values())],
        ["ratio, unidecode", *(Share(row["ratio"]) for row in languages.values())],
        ["names asked", *(row["queries"] for row in languages.values())],
    ]
    yield "<h3>A label in another language, among many thousand</h3>" + table(
        ["", *languages], rows,
        caption=f"How often the right one of {facts['gazetteer']:,} persons comes first, by the language that is asked in, and by rapidfuzz's ratio.",
    ) + machine(facts)  # fmt: skip


def opened() -> Iterator[str]:
    """Who is not in the gazetteer."""
    if not (facts := newest("openset")):
        return
    rows = [
        [f"{int(size):,} persons: {who}", *(f[key] for key in ("precision", "recall", "f1"))]
        for size, found in facts["sizes"].items() for who, f in found["odd"].items()
    ]  # fmt: skip
    yield "<h3>Sanctioned persons among distractors, asked in other letters</h3>" + table(
        ["", "P", "R", "F1"], rows, caption="Cyrillic gazetteer, Latin queries, more than half of them of nobody there; the half of the persons nobody tuned on."
    ) + machine(facts)  # fmt: skip


def bodies() -> Iterator[str]:
    """Organisations and places whose names stand alone."""
    if not (facts := newest("bodies")):
        return
    rows = [
        [f"{found['filed']:,} {kind}: {who}", Share(f["rank1"]), *(f[key] for key in ("precision", "recall", "f1"))]
        for kind, found in facts["kinds"].items() for who, f in found["odd"].items()
    ]  # fmt: skip
    yield "<h3>Organisations and places by other names, languages and scripts</h3>" + table(
        ["", "rank 1", "P", "R", "F1"], rows, caption="One name of each is filed, a third of those asked for is not there; the half nobody read."
    ) + machine(facts)  # fmt: skip


def annotated() -> Iterator[str]:
    """News that others annotated, and clusters without a gazetteer."""
    if facts := newest("documents"):
        rows = [
            [task, f["names"], f["texts"], f["other"]["words"], f["other"]["right"] + f["other"]["missed"], both(f["other"])]
            for task, f in facts["tasks"].items()
        ]  # fmt: skip
        yield "<h3>News that others annotated</h3>" + table(
            ["", "names", "texts", "words", "mentions", "P, R"], rows, strong="",
            caption="The half of the documents whose errors nobody read. SlavicNER and NEREL; <em>among others</em>: with that many more names in the gazetteer.",
        ) + machine(facts)  # fmt: skip
    if facts := newest("clusters"):
        of = facts["evaluation"]
        rows = [
            [who, *(f[key] for key in ("precision", "recall", "f1", "clusters", "largest"))] for who, f in of.items()
        ]
        yield f"<h3>Spellings of {of['resolve']['persons']:,} persons grouped without a gazetteer</h3>" + table(
            ["", "P", "R", "F1", "clusters", "largest"], rows, caption="Pairs of names in one cluster; thresholds of both were chosen on other persons."
        ) + machine(facts)  # fmt: skip


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

    yield (
        "<p>Rates count seconds of processor time of one process. Both axes multiply by ten from line to line. The others compare letter for letter, or whole "
        "strings with every name of the gazetteer: what they find stands above.</p><div class=grid>"
    )
    last = sizes[str(high)]
    firsts = ", ".join(f"{who.partition(',')[0]} {f['rank1']:.2f}" for who, f in last["name_peers"].items())
    for title, caption, group, own, peer, up in (
        (
            "Names matched a second",
            f"<b>Names matched a second.</b> With {high:,} names the right person comes first for a share of {last['rank1']:.2f} with resolve, {firsts}.",
            "name_peers", "names_per_cpu_s", "names_per_cpu_s", Axis("names a second", 1, 1e6, log=True),
        ),
        (
            "Text read a second",
            (f"<b>Text read for the first time, MB a second.</b> In the same texts resolve links {last['links']:,} names at {high:,}; "
            f"exact matchers meet {last['text_peers'].get('ahocorasick_rs', {}).get('hits', 0):,}."),
            "text_peers", "text_mb_per_cpu_s", "text_mb_per_cpu_s", Axis("MB a second", 0.001, 1000, log=True),
        ),
        (
            "Memory held after matching",
            "<b>Memory held after matching, MiB.</b> Ours is what it remembers of words beside the tables; the gazetteer itself is mapped from disk.",
            "name_peers", "mib", "mib", Axis("MiB", 1, 1000, log=True),
        ),
    ):  # fmt: skip
        found = series(group, own, peer)
        yield figure(charts.lines(title, across, up, found, COLOURED, named=True), caption)
    yield "</div>"
    yield table(
        ["", *(f"{int(s):,} names" for s in sizes)],
        [[said_as, *(f[head] for f in sizes.values())] for head, said_as in MEASURES.items()],
        strong="",
    )
    yield machine(facts)


GROWTH = {
    "tokens": "different words", "compile_s": "compiling, seconds", "compile_peak_mib": "compiling, MiB at most", "bytes_per_name": "bytes a name on disk",
    "open_ms": "opening, milliseconds", "open_rss_mib": "in memory when open, MiB", "first_answer_s": "the command's first answer, seconds",
    "names_per_s": "names a second of wall time", "single_median_ms": "one name, median, milliseconds", "single_p99_ms": "one name in a hundred takes more milliseconds than",
    "further_scripts_names_per_s": "names in further scripts a second of wall time", "listed": "names listed for one", "scored": "names compared with one",
    "reach_50": "the right name is among the first 50", "match_rss_mib": "in memory after matching, MiB",
}  # fmt: skip


def scaled() -> Iterator[str]:
    """What goes with the size of the gazetteer, and how fast."""
    facts = newest("scale")
    if not facts or len(facts["sizes"]) < 2:
        return
    sizes = dict(sorted(facts["sizes"].items(), key=lambda item: int(item[0])))
    across = Axis("names in the gazetteer", int(next(iter(sizes))), int(list(sizes)[-1]), log=True)

    def of(head: str, share: str = "") -> list[list[float]]:
        return [[int(size), f[head] / (f[share] if share else 1)] for size, f in sizes.items() if f.get(head)]

    rates = {
        "resolve": of("names_per_s", "cpu"),
        "further scripts": of("further_scripts_names_per_s", "further_scripts_cpu"),
    }
    for size, f in sizes.items():
        for who, of_peer in f.get("peers", {}).items():
            if who != "resolve":
                rates.setdefault(who, []).append([int(size), of_peer["names_per_s"] / of_peer["cpu"]])
    weighed = {"names listed": of("listed"), "names compared": of("scored"), "milliseconds": of("single_median_ms")}
    held = {"compiling": of("compile_peak_mib"), "after matching": of("match_rss_mib"), "opened": of("open_rss_mib")}
    yield (
        "<p>Large gazetteers are persons and combinations of their given names and surnames with words that are names. Both axes multiply by ten from "
        "line to line, so that what grows with the gazetteer itself would rise, or fall, as steeply as the square is high.</p><div class=grid>"
    )
    for title, caption, series, up in (
        (
            "Names matched a second, one core", "<b>Names matched a second</b> on one core of its own, after as many others.",
            rates, Axis("names a second", 1, 1e6, log=True),
        ),
        (
            "What one name costs", "<b>What one name costs</b>: names that are listed for it, names compared with it in full, milliseconds.",
            weighed, Axis("of one name", 0.1, 1000, log=True),
        ),
        (
            "Memory", "<b>Memory, MiB</b>: at most while compiling, after thousands of names were matched, and of a process that has just opened it.",
            held, Axis("MiB", 10, 10_000, log=True),
        ),
    ):  # fmt: skip
        drawn = {who: points for who, points in series.items() if points}
        numbers = {who: COLOURED.get(who, place) for place, who in enumerate(drawn)}
        yield figure(charts.lines(title, across, up, drawn, numbers, named=True), caption)
    yield "</div>"
    yield table(
        ["", *(f"{int(size):,} names" for size in sizes)],
        [
            *([said_as, *(f.get(head, "") for f in sizes.values())] for head, said_as in GROWTH.items()),
            ["measured", *("{date} ({commit})".format_map(f.get("measured", facts)) for f in sizes.values())],
        ],
        strong="",
    )
    yield machine(facts)


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
    """All benchmarks: what they measure on, what was tuned on what, when they ran, and how long that took."""
    rows = []
    for benchmark in BENCHMARKS:
        found = [f for result in benchmark.results if (f := newest(result))]
        took = sum(f["took"]["wall_s"] for f in found if "took" in f)
        last = f"{found[0]['date']} ({found[0]['commit']})" if found else "not measured"
        rows.append(
            [
                benchmark.name,
                benchmark.question,
                f"{benchmark.data} ({benchmark.licence})" + (", does not ship" if benchmark.obtain else ""),
                benchmark.tuned_on,
                last + (f", {took} s" if took else ""),
            ]
        )
    for name, what in (
        ("run", "Everything that ships"),
        ("run-with-data", "Everything, with the data that do not ship"),
    ):
        if facts := newest(name):
            faults = f" Faults: {escape('; '.join(facts['faults']))}." if facts["faults"] else ""
            yield f"<p>{what}: {len(facts['seconds'])} runs in {facts['minutes']:.0f} minutes.{faults}</p>" + machine(
                facts
            )
    yield table(["", "question", "data", "thresholds and settings were chosen on", "last measured"], rows, strong="")
