"""What is a page of results made of? Tables, figures with captions, and where and when something was measured."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from benchmarks.common import RESULTS

WIDE = 12
"""A table of more columns has its cells close together."""

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
    tight = " class=tight" if len(head) > WIDE else ""
    return (
        f"{said_above}<div class=wide><table{tight}><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table></div>"
    )


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
    took = f", in {facts['took']['wall_s']} s" if "took" in facts else ""
    busy = (
        " on a <em>busy</em> machine, so that times are too long"
        if isinstance(facts.get("load"), float) and facts["load"] > BUSY
        else ""
    )
    return (
        f"<p class=machine>Measured {facts['date']} at commit {escape(str(facts['commit']))}, Python {facts['python']}, "
        f"{escape(facts['machine'])}{took}{busy}.</p>"
    )


def together(names: list[str]) -> str:
    """Several ways of one program in one cell.

    >>> together(["a b", "a c"]), together(["a b", "a c", "a d"])
    ('a b; a c', 'a, in 3 ways')
    """
    first = {name.split()[0] for name in names}
    return f"{first.pop()}, in {len(names)} ways" if len(names) > 2 and len(first) == 1 else "; ".join(names)
