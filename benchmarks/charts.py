"""How are figures drawn? Small charts in SVG, without a library, that fit a phone and print well.

Every chart is drawn 420 units wide, so that its letters stay readable on a narrow screen. Colours and lines are classes, which the
page's style gives a meaning in light and dark.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 420, 300
ROOM = 132
"""What names of lines take at their right."""
APART = 13
"""Two names or numbers stand at least so far apart."""
LEFT, RIGHT, TOP, BOTTOM = 46, 22, 12, 40
COLOURS = 8
"""So many series have a colour of their own; the first is the strong one."""

FIRM = 10
"""A line goes through tenths of probability with so many answers; fewer are dots."""

Points = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Axis:
    """What an axis says, from where to where it goes, and whether each step multiplies."""

    label: str
    low: float
    high: float
    log: bool = False

    def place(self, value: float) -> float:
        """Where a value lies, 0 to 1; what is outside lies on the edge.

        >>> Axis("size", 1, 10000, log=True).place(100)
        0.5
        """
        low, high, value = (math.log10(v) if self.log else v for v in (self.low, self.high, max(value, self.low)))
        return min(max((value - low) / (high - low), 0.0), 1.0)

    def ticks(self) -> list[tuple[float, str]]:
        """The values that are written at the axis.

        >>> [text for _, text in Axis("share", 0, 1).ticks()]
        ['0', '.2', '.4', '.6', '.8', '1']
        >>> [text for _, text in Axis("names", 1000, 100000, log=True).ticks()]
        ['1 k', '10 k', '100 k']
        """
        if self.log:
            powers = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
            return [
                (10.0**p, shown(10.0**p))
                for p in powers
                if self.low <= 10.0**p * 1.001 and 10.0**p <= self.high * 1.001
            ]
        step = (self.high - self.low) / 5
        return [(self.low + step * i, shown(self.low + step * i)) for i in range(6)]


def shown(value: float) -> str:
    """A number as briefly as it can be said.

    >>> shown(0.5), shown(0.0), shown(25000), shown(2e6)
    ('.5', '0', '25 k', '2 M')
    """
    for unit, name in ((1e6, " M"), (1e3, " k")):
        if value >= unit:
            return f"{value / unit:.3g}{name}"
    text = f"{value:.3g}"
    return text.removeprefix("0") if text.startswith("0.") else text


def x_of(axis: Axis, value: float, right: int = RIGHT) -> float:
    """Where a value stands from the left."""
    return LEFT + axis.place(value) * (WIDTH - LEFT - right)


def y_of(axis: Axis, value: float) -> float:
    """Where a value stands from the top."""
    return HEIGHT - BOTTOM - axis.place(value) * (HEIGHT - TOP - BOTTOM)


def frame(title: str, across: Axis, up: Axis, inside: Iterator[str], right: int = RIGHT) -> str:
    """A chart with its axes."""
    lines = []
    for value, text in across.ticks():
        x = x_of(across, value, right)
        lines.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>')
        lines.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 15}" text-anchor="middle">{text}</text>')
    for value, text in up.ticks():
        y = y_of(up, value)
        lines.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - right}" y1="{y:.1f}" y2="{y:.1f}"/>')
        lines.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{text}</text>')
    middle = (LEFT + WIDTH - right) / 2
    lines.append(f'<text x="{middle}" y="{HEIGHT - 6}" text-anchor="middle" class="axis">{escape(across.label)}</text>')
    half = (TOP + HEIGHT - BOTTOM) / 2
    turned = f'transform="rotate(-90 11 {half})" x="11" y="{half}"'
    lines.append(f'<text {turned} text-anchor="middle" class="axis">{escape(up.label)}</text>')
    body = "".join((*lines, *inside))
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">{body}</svg>'


def colour(number: int) -> str:
    """The class of a series.

    >>> colour(0), colour(9)
    ('s0', 's2')
    """
    return f"s{number if number < COLOURS else (number - 1) % (COLOURS - 1) + 1}"


def spread(wanted: Sequence[float]) -> list[float]:
    """Heights near those that are wanted, apart from one another, in the same order.

    >>> spread([100, 102, 200])
    [100, 113, 200]
    """
    found = list(wanted)
    for i in sorted(range(len(found)), key=lambda i: wanted[i])[1:]:
        above = max(found[j] for j in range(len(found)) if (wanted[j], j) < (wanted[i], i))
        found[i] = max(found[i], above + APART)
    return found


def lines(
    title: str, across: Axis, up: Axis, series: Mapping[str, Points], numbers: Mapping[str, int], named: bool = False
) -> str:
    """Lines through points, one for every series, the first drawn uppermost; with dots and their names at the right, or bare."""
    right = ROOM if named else RIGHT
    drawn = {
        name: [(x_of(across, p[0], right), y_of(up, p[1])) for p in points] for name, points in series.items() if points
    }

    def inside() -> Iterator[str]:
        for name, places in reversed(list(drawn.items())):
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
            kind = colour(numbers[name])
            yield f'<polyline class="line {kind}" points="{path}"><title>{escape(name)}</title></polyline>'
            for (x, y), point in zip(places, series[name], strict=True) if named or len(places) == 1 else ():
                label = f"{name}: {shown(point[0])}, {shown(point[1])}"
                yield f'<circle class="dot {kind}" cx="{x:.1f}" cy="{y:.1f}" r="3.5"><title>{escape(label)}</title></circle>'
        ends = spread([places[-1][1] for places in drawn.values()]) if named else []
        for (name, places), height in zip(drawn.items(), ends, strict=False):
            strong = " strong" if numbers[name] == 0 else ""
            yield (
                f'<text class="name ink {colour(numbers[name])}{strong}" x="{places[-1][0] + 8:.1f}" y="{height + 4:.1f}">'
                f"{escape(name.partition(',')[0])}</text>"
            )

    return frame(title, across, up, inside(), right)


def scatter(title: str, across: Axis, up: Axis, points: dict[str, tuple[float, float]], strong: set[str]) -> str:
    """Named points; names move down until none lies on another."""

    def inside() -> Iterator[str]:
        taken: list[tuple[float, float, float]] = []
        for name, (right, high) in sorted(points.items(), key=lambda item: -item[1][1]):
            x, y = x_of(across, right), y_of(up, high)
            kind, wide = colour(0 if name in strong else 1), 5.8 * len(name)
            leftwards = x + 8 + wide > WIDTH
            begins = x - 8 - wide if leftwards else x + 8
            height = y + 4
            while any(
                abs(height - other) < 11 and begins < last and first < begins + wide for first, last, other in taken
            ):
                height += 2
            taken.append((begins, begins + wide, height))
            yield f'<circle class="dot {kind}" cx="{x:.1f}" cy="{y:.1f}" r="4.5"><title>{escape(name)}</title></circle>'
            yield (
                f'<text class="{"name strong" if name in strong else "name"}" x="{x - 8 if leftwards else x + 8:.1f}" y="{height:.1f}" '
                f'text-anchor="{"end" if leftwards else "start"}">{escape(name)}</text>'
            )

    return frame(title, across, up, inside())


def reliability(title: str, bins: Sequence[dict[str, float]]) -> str:
    """What share of answers is right at every probability, with the numbers of answers."""
    across, up = Axis("probability given", 0, 1), Axis("share right", 0, 1)
    most = max((b["count"] for b in bins), default=1)

    def inside() -> Iterator[str]:
        ends = f'x1="{x_of(across, 0)}" y1="{y_of(up, 0)}" x2="{x_of(across, 1)}" y2="{y_of(up, 1)}"'
        yield f'<line class="ideal" {ends}/>'
        places = [(x_of(across, b["probability"]), y_of(up, b["right"]), b["count"]) for b in bins]
        firm = " ".join(f"{x:.1f},{y:.1f}" for x, y, count in places if count >= FIRM)
        yield f'<polyline class="line s0" points="{firm}"/>'
        taken: list[tuple[float, float]] = []
        for x, y, count in sorted(places, key=lambda place: -place[2]):
            size = 3 + 7 * math.sqrt(count / most)
            yield f'<circle class="dot s0 sheer" cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}"><title>{count:.0f} names</title></circle>'
            end = x > WIDTH - 60
            if count >= FIRM and all(abs(x - other) > 2 * APART or abs(y - height) > APART for other, height in taken):
                taken.append((x, y))
                yield f'<text x="{x + 12:.1f}" y="{y + (4 if end else 14):.1f}">{count:.0f}</text>'

    return frame(title, across, up, inside())


def bars(title: str, rows: Mapping[str, Sequence[float]], names: Sequence[str], strong: str) -> str:
    """One or two bars for every row, 0 to 1, with their values."""
    thick = 12 if len(names) > 1 else 15
    step, room = thick * len(names) + 7, min(max(7 * len(who) for who in rows) + 12, 230)
    height = step * len(rows) + 4
    parts = []
    for i, (who, values) in enumerate(rows.items()):
        top = i * step + 3
        kind = "name strong" if who == strong else "name"
        parts.append(
            f'<text class="{kind}" x="{room - 6}" y="{top + thick * len(names) / 2 + 4}" text-anchor="end">{escape(who)}</text>'
        )
        for j, value in enumerate(values):
            y, wide = top + j * thick, value * (WIDTH - room - 40)
            label = f"{who}, {names[j]}: {value:.3f}"
            kind = f"{colour(0 if who == strong else 4)} {'bar' if j == 0 else 'bar sheer'}"
            parts.append(
                f'<rect class="{kind}" x="{room}" y="{y}" width="{wide:.1f}" height="{thick - 1}"><title>{escape(label)}</title></rect>'
            )
            parts.append(f'<text x="{room + wide + 5:.1f}" y="{y + thick - 2.5}">{value:.2f}</text>')
    return f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">{"".join(parts)}</svg>'


def legend(numbers: dict[str, int]) -> str:
    """Which colour is whose."""
    items = (f'<li><span class="key {colour(n)}"></span>{escape(name)}</li>' for name, n in numbers.items())
    return f'<ul class="legend">{"".join(items)}</ul>'
