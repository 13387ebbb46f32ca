"""Tables of the documents beside the README, from the newest committed results."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from benchmarks.readme import newest

ALPHABETS = ("all", "Latin-Latin", "Cyrillic-Latin", "Cyrillic-Cyrillic")


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _table(head: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    cells = list(head)
    return "\n".join([_row(*cells), "|---" * len(cells) + "|", *(_row(*row) for row in rows)])


def _judged(of: dict[str, Any]) -> str:
    """AUC of every measure, how many pairs there were, and how far the evidence is from what it says."""
    counts = of["positives_negatives"]
    rows: list[list[object]] = [[name, *(f"{auc[kind]:.3f}" for kind in ALPHABETS)] for name, auc in of["auc"].items()]
    rows.append(["*positives / negatives*", *(f"{counts[kind][0]:,} / {counts[kind][1]:,}" for kind in ALPHABETS)])
    rows.append(["*ECE of evidence*", *(f"{of['calibration'][kind]['ece']:.3f}" for kind in ALPHABETS)])
    return _table(["AUC", *ALPHABETS], rows)


def tokens() -> str:
    """How well two words are told apart, against the nearest strangers and those by chance."""
    found = newest("tokens")
    return f"Nearest strangers:\n\n{_judged(found['nearest'])}\n\nStrangers by chance:\n\n{_judged(found['by_chance'])}"


def letters() -> str:
    """Which letters the channel is best learned in."""
    ways = ("native, marks folded", "native, marks kept", "unidecode")
    found = newest("letters")
    rows = [
        [way, *(f"{found[way]['auc'][kind]:.3f}" for kind in ALPHABETS), f"{found[way]['blocks']:,}"] for way in ways
    ]
    return _table(["letters", *ALPHABETS, "blocks"], rows)


def kernel() -> str:
    """How many pairs a second."""
    found = newest("kernel")
    heads = ("kernel", "Multigram.bits", "Multigram.evidence")
    rows = [[pair, *(f"{found[pair][head]:,}" for head in heads)] for pair in ALPHABETS[1:]]
    made = _table(["pairs a second", "kernel, marginals cached", "`bits` from Python", "`evidence` from Python"], rows)
    asked = f"Speed on one core, tokens of {found['letters']} letters, medians of {found['runs']} runs:"
    return f"{asked}\n\n{made}\n\nOpening the file and giving the first answer takes {found['first_answer_ms']} ms."


def retrieval() -> str:
    """How often a label in another language finds its person."""
    found = newest("retrieval")
    rows = [
        [lang, row["queries"], *(f"{row[key]:.3f}" for key in ("rank1", "precision", "recall", "ratio"))]
        for lang, row in found["languages"].items()
    ]
    head = ["language", "queries", "first candidate right", "precision at 0.9", "recall", "ratio: first"]
    picture = f"![first candidates](../benchmarks/results/{found['date']}-retrieval.png)"
    return f"{picture}\n\n{_table(head, rows)}\n\nOne Latin label of each of {found['gazetteer']:,} persons is in the gazetteer."


SCENARIOS = {
    "names": ("name", "4 users look up names"),
    "names beside long texts": ("name", "the same beside 3 with texts of 25,000 characters"),
    "mixed": ("name", "4 users with names, 4 with articles: names"),
}
FURTHER = {
    "names beside long texts": ("long text", "those texts"),
    "mixed": ("article", "articles of 3,000 characters"),
}


def _asked(what: str, facts: dict[str, Any]) -> list[object]:
    refused = sum(facts["refused"].values())
    times = ", ".join("–" if facts.get(key) is None else f"{facts[key] / 1000:.2g} s" for key in ("p50_ms", "p99_ms"))
    return [what, facts["answered"], times, refused, facts["failed"]]


def load() -> str:
    """What users of the service get under load."""
    found = newest("load")
    measured, rows = found["measured"], []
    for name, (kind, what) in SCENARIOS.items():
        rows.append(_asked(what, measured[name][kind]))
        if name in FURTHER:
            other, said = FURTHER[name]
            rows.append(_asked(said, measured[name][other]))
    rows += [_asked(f"100 users of all kinds: {kind}", facts) for kind, facts in measured["overload"].items()]
    ended, refused = (
        measured["ended under load"],
        max(f.get("refused_p99_ms", 0) for f in measured["overload"].values()),
    )
    return (
        f"{found['seconds']:.0f} seconds each, {found['workers']} workers, on {found['machine'].partition(', ')[2]} with a load average of "
        f"{found['load']:.0f} at the end:\n\n"
        + _table(["", "answered", "p50, p99", "refused with `Retry-After`", "failed"], rows)
        + f"\n\nAfterwards {measured['left under way']} requests were left under way, and the log had {measured['tracebacks in the log']} tracebacks; "
        f"a refusal came within {refused / 1000:.1f} s (p99, the slowest kind). Told to end (SIGTERM) under the load of eight users, the service ended in "
        f"{ended['seconds_to_end']:.1f} s with exit code {ended['exit_code']}."
    )


def spark() -> str:
    """The command and Spark on the same rows, by processor time."""
    found = newest("spark")
    held, measured = max(
        found.get("gazetteers", {str(found.get("gazetteer")): found.get("measured")}).items(),
        key=lambda one: int(one[0]),
    )
    rows = []
    for kind in ("names", "texts"):
        of = {who: measured[f"{kind}, {who}"] for who in ("command", "spark")}
        said = [f"{f['rate']:.3g} a second ({_long(1 / f['rate'])})" for f in of.values()]
        rows.append([kind, *said, f"{100 * of['spark']['rate'] / of['command']['rate']:.0f} %"])
    return f"Over {int(held):,} names:\n\n" + _table(
        ["", "by the command", "under Spark", "a core under Spark does"], rows
    )


UNITS = ((86400, "days"), (3600, "hours"), (60, "min"), (1, "s"), (1e-3, "ms"))
CORES, FAR, MANY = 100, 1e7, 1e8


def _long(seconds: float) -> str:
    """A time in the unit that leaves the fewest figures.

    >>> _long(0.0068), _long(0.42), _long(40 * 60), _long(5.6e5)
    ('6.8 ms', '420 ms', '40 min', '6.5 days')
    """
    unit, name = next((u for u in UNITS if seconds >= 1.5 * u[0]), UNITS[-1])
    return f"{seconds / unit:.2g} {name}" if seconds / unit < 100 else f"{seconds / unit:.0f} {name}"


def cluster() -> str:
    """What goes with the size of the gazetteer, and what that makes for ten million names and a hundred cores."""
    sizes = newest("cluster")["sizes"]
    near, here = (sizes[size] for size in sorted(sizes, key=int)[-2:])
    decades = math.log10(FAR / here["names"]) / math.log10(here["names"] / near["names"])
    far = {key: here[key] * max(1.0, here[key] / near[key]) ** decades for key in ("ms_per_text", "ms_per_name")}
    more = FAR / here["names"]
    scaled = newest("scale")["sizes"]
    small, large = (scaled[size] for size in ("10000", "100000"))
    each = (large["compile_peak_mib"] - small["compile_peak_mib"]) / (large["names"] - small["names"])
    rows = [
        ["one text of 3,000 characters", *(_long(f["ms_per_text"] / 1000) for f in (here, far))],
        ["one name", *(_long(f["ms_per_name"] / 1000) for f in (here, far))],
        ["compiled gazetteer, archive", *(f"{n * here['index_mb']:,.0f} MB, {n * here['archive_mb']:,.0f} MB" for n in (1, more))],
        ["packing, unpacking", *(f"{_long(n * here['pack_s'])}, {_long(n * here['unpack_s'])}" for n in (1, more))],
        ["compiling, one core", *(_long(n * here["compile_s"]) for n in (1, more))],
        ["memory for compiling", f"{large['compile_peak_mib']:,} MiB", f"{each * FAR / 1024:.0f} GiB"],
    ]  # fmt: skip
    texts, names = (MANY * far[key] / 1000 / CORES for key in ("ms_per_text", "ms_per_name"))
    grown = [here[key] / near[key] for key in ("ms_per_text", "ms_per_name")]
    return (
        f"The kernels alone, from {near['names']:,} to {here['names']:,} names: a text takes × {grown[0]:.2f}, a name × {grown[1]:.2f}; sizes and "
        "compiling go in proportion. Calculated from that, not measured:\n\n"
        + _table(["names in the gazetteer", f"{here['names']:,}", f"{FAR:,.0f}, calculated"], rows)
        + f"\n\nSo 10⁸ texts over 10⁷ names take {CORES} cores {_long(texts)}, and 10⁸ names {_long(names)}."
    )
