"""How does a person see what was found in a text?

Functions from links to fragments of HTML: the text with its mentions marked by entity, the table of entities,
the mentions that stay open, and the chart of spellings. A fragment needs `STYLE` on its page, no script and
nothing from elsewhere. Whatever comes from a text or a gazetteer is escaped; the only links that lead out are
made of Wikidata numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise

from resolve.model import OTHER, Candidate, Document, Entity, Link, Profile, Usage

Known = Callable[[str, str], Entity | None]
"""Gives what the gazetteer knows of an ID and a name of the entity, or None."""

COLOURS = 8
"""Entities take turns with so many colours; the number beside a mention tells them apart."""
WIDE = 5
"""With up to so many documents the table has a column for each."""
CHARTED = 15
"""The chart shows so many entities, the most named first."""
COUNTED = ' class="rv-count"'
WIKIDATA = re.compile(r"Q[1-9][0-9]*")
_UNSHOWN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_RANKS = ("be", "ru", "uk")
_LANGUAGES = {"be": "Belarusian", "ru": "Russian", "uk": "Ukrainian"}

STYLE = """
.rv{--ink:#1b1b1f;--soft:#5d5d69;--line:#d9d9e0;--paper:#fff;--open:#8a5a00;--s:78%;--l:87%;--bar:52%;color:var(--ink)}
@media(prefers-color-scheme:dark){.rv{--ink:#ececf1;--soft:#a6a6b3;--line:#3c3c46;--paper:#17171b;--open:#f0b95a;
--s:38%;--l:27%;--bar:60%}}
.rv .rv-text{white-space:pre-wrap;unicode-bidi:plaintext;text-align:start;overflow-wrap:anywhere;line-height:1.75;
max-width:50em}
.rv mark{color:inherit;background:none;border-radius:.2em;padding:.08em .1em;box-decoration-break:clone;
-webkit-box-decoration-break:clone}
.rv mark a{color:inherit;text-decoration:none}.rv mark a:hover,.rv mark a:focus{text-decoration:underline}
.rv mark[data-n]::after{content:attr(data-n);font-size:.62em;vertical-align:.55em;line-height:0;color:var(--soft);
margin-inline-start:.15em;unicode-bidi:isolate}
.rv .rv-resolved{background:hsl(var(--h) var(--s) var(--l));print-color-adjust:exact;-webkit-print-color-adjust:exact}
.rv .rv-ambiguous{border-bottom:2px dashed var(--open);border-radius:0}
.rv .rv-ambiguous[data-n]::after{color:var(--open);font-weight:700}
.rv .rv-unknown{border-bottom:2px dotted var(--soft);border-radius:0}
.rv mark:target,.rv tr:target>*{outline:2px solid var(--open);outline-offset:1px}
.rv-c0{--h:48}.rv-c1{--h:205}.rv-c2{--h:135}.rv-c3{--h:335}.rv-c4{--h:265}.rv-c5{--h:20}.rv-c6{--h:175}.rv-c7{--h:90}
.rv table{border-collapse:collapse;width:100%;font-size:.94em}
.rv th,.rv td{text-align:start;vertical-align:top;padding:.4em .7em .4em 0;border-bottom:1px solid var(--line)}
.rv thead th{color:var(--soft);font-weight:600;border-bottom-width:2px}
.rv th[scope=row]{min-width:13em}.rv th small{font-weight:400;display:block;line-height:1.4}.rv td:first-child{width:2.6em}
.rv .rv-count{text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap}
.rv .rv-soft{color:var(--soft)}.rv code{font-size:.9em;overflow-wrap:anywhere}
.rv .rv-number{display:inline-block;min-width:1.7em;text-align:center;border-radius:.2em;
background:hsl(var(--h) var(--s) var(--l));print-color-adjust:exact;-webkit-print-color-adjust:exact}
.rv ul.rv-list{list-style:none;margin:0;padding:0}.rv .rv-list li{display:inline-block;margin-inline-end:.9em}
.rv td.rv-where{width:34%;color:var(--soft);font-size:.88em;font-variant-numeric:tabular-nums}.rv .rv-where a{color:var(--ink)}
.rv svg.rv-chart{display:block;width:100%;max-width:46em;overflow:visible}
.rv svg text{fill:currentColor;font-size:13px}.rv svg .rv-soft{fill:var(--soft)}
.rv svg rect{fill:hsl(var(--h) 62% var(--bar));print-color-adjust:exact;-webkit-print-color-adjust:exact}
.rv-b0{--h:150}.rv-b1{--h:215}.rv-b2{--h:45}.rv-b3{--h:285}.rv-b4{--h:340}.rv-b5{--h:20}
.rv svg rect.rv-b6{fill:#9a9aa6}
.rv .rv-legend i{display:inline-block;width:.8em;height:.8em;margin-inline-end:.3em;
background:hsl(var(--h) 62% var(--bar));print-color-adjust:exact;-webkit-print-color-adjust:exact}
.rv .rv-legend i.rv-b6{background:#9a9aa6}
@media(max-width:40em){.rv thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.rv table,.rv tbody,.rv tr,.rv td,.rv th{display:block}.rv tr{border-bottom:1px solid var(--line);
padding:.55em 0}.rv td:has(>.rv-number){float:inline-start;width:2.6em;margin-inline-start:-2.6em}
.rv tr:has(.rv-number){padding-inline-start:2.6em}.rv td.rv-count{display:inline-block;margin-inline-end:1em}
.rv td.rv-count:empty{display:none}
.rv th,.rv td{border:0;padding:.1em 0}.rv td.rv-count{text-align:start}
.rv td[data-label]::before{content:attr(data-label) ": ";color:var(--soft)}}
@media print{.rv .rv-text{max-width:none}.rv .rv-legend{break-inside:avoid;break-after:avoid}.rv{--ink:#000;--soft:#444;--line:#999;--paper:#fff;--open:#7a4d00;--s:78%;--l:87%;--bar:52%}
.rv tr,.rv svg{break-inside:avoid}.rv thead{display:table-header-group}}
"""
"""What a page with these fragments needs in its style sheet; the fragments stand in an element of the class ``rv``."""


def shown(text: str) -> str:
    r"""Text as HTML shows it: escaped, and what no page may hold as a replacement character.

    >>> shown("<b>\0\r\n")
    '&lt;b&gt;\ufffd&#13;\n'
    """
    return escape(_UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", text)).replace("\r", "&#13;")


def numbers(documents: Iterable[Document]) -> dict[str, int]:
    """Number the entities of documents from 1, the most named first.

    >>> links = (Link(0, 4, "Кацо", "resolved", "b"), Link(5, 9, "Ivan", "resolved", "a"), Link(9, 10, "I", "resolved", "a"))
    >>> numbers([Document("x", "Кацо Ivan I", links)])
    {'a': 1, 'b': 2}
    """
    counts: Counter[str] = Counter()
    for document in documents:
        counts.update(link.entity_id for link in document.links if link.entity_id is not None)
    return {key: number for number, (key, _) in enumerate(counts.most_common(), 1)}


def anchor(link: Link, document: int = 1) -> str:
    """The name of a mention on the page: in which document, from which code point."""
    return f"m{document}-{link.start}"


def marked(document: Document, numbered: Mapping[str, int], number: int = 1, tables: bool = True) -> str:
    """The text of a document with every mention marked by its entity.

    Args:
        document: a text and its links; links that overlap an earlier one are left out.
        numbered: the number of every entity (`numbers`), which decides its colour.
        number: which document of the page this is, for the names of mentions.
        tables: mentions lead to the rows of `entity_table`, which is on the same page.

    >>> print(marked(Document("a", "Ivan & Co", (Link(0, 4, "Ivan", "unknown"),)), {}))
    <div class="rv-text" dir="auto"><mark class="rv-unknown" id="m1-0" title="unknown">Ivan</mark> &amp; Co</div>

    """
    pieces, place = [], 0
    for link in document.links:
        if link.start < place:
            continue
        pieces += [shown(document.text[place : link.start]), _mark(link, numbered, number, tables)]
        place = link.end
    pieces.append(shown(document.text[place:]))
    return f'<div class="rv-text" dir="auto">{"".join(pieces)}</div>'


def _mark(link: Link, numbered: Mapping[str, int], document: int, tables: bool) -> str:
    kind, sign, text = f"rv-{link.status}", "", shown(link.text)
    if link.status == "resolved":
        entity = numbered.get(link.entity_id or "", 0)
        kind, sign = f"{kind} rv-c{entity % COLOURS}", f' data-n="{entity}"'
        text = f'<a href="#e{entity}">{text}</a>' if tables else text
    elif link.status == "ambiguous":
        sign = ' data-n="?"'
    return f'<mark class="{kind}" id="{anchor(link, document)}"{sign} title="{shown(said(link))}">{text}</mark>'


def said(link: Link) -> str:
    """One line about a link, for a tooltip.

    >>> said(Link(0, 4, "Ivan", "resolved", "x-ivan", "Ivan I", "person", 0.987))
    'Ivan I (x-ivan), person, probability 0.987'
    """
    if link.status == "resolved":
        facts = [f"{link.name} ({link.entity_id})", link.type, f"probability {_floor(link.probability)}", link.scheme]
        return ", ".join(fact for fact in facts if fact)
    if link.status == "ambiguous":
        return "ambiguous: " + ", ".join(f"{c.name} {_floor(c.probability)}" for c in link.candidates)
    return "unknown"


def _floor(probability: float) -> str:
    """Three digits, and never more than there is."""
    return f"{int(probability * 1000.0) / 1000.0:.3f}"


# ---------------------------------------------------------------- tables


def entity_table(documents: Sequence[Document], numbered: Mapping[str, int], known: Known | None = None) -> str:
    """A table of the entities: their spellings, and how often which document names them.

    Args:
        documents: the documents; the page has them as ``d1``, ``d2`` and so on, in this order.
        numbered: the number of every entity (`numbers`).
        known: what the gazetteer knows of an entity.

    """
    if not numbered:
        return '<p class="rv-soft">No entity of the gazetteer is named.</p>'
    found: dict[str, list[tuple[int, Link]]] = {key: [] for key in numbered}
    for place, document in enumerate(documents, 1):
        for link in document.links:
            if link.entity_id in found:
                found[link.entity_id].append((place, link))
    wide = len(documents) <= WIDE
    heads = ["", "entity", "spellings", "mentions"]
    if len(documents) > 1:
        heads += [_text_link(place) for place in range(1, len(documents) + 1)] if wide else ["in text"]
    plain = ("", "entity", "spellings", "in text")
    head = "".join(f'<th scope="col"{"" if name in plain else COUNTED}>{name}</th>' for name in heads)
    rows = "\n".join(_row(number, found[key], documents, wide, known) for key, number in numbered.items() if found[key])
    return f"<table><thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table>"


def _text_link(place: int) -> str:
    return f'<a href="#d{place}">text {place}</a>'


def _row(
    number: int, links: list[tuple[int, Link]], documents: Sequence[Document], wide: bool, known: Known | None
) -> str:
    link = links[0][1]
    spellings = Counter(" ".join(link.text.split()) for _, link in links)
    listed = "".join(f"<li><bdi>{shown(text)}</bdi>&nbsp;{count}</li>" for text, count in spellings.most_common())
    cells = [
        f'<td><span class="rv-number rv-c{number % COLOURS}">{number}</span></td>',
        f'<th scope="row">{_described(link, known)}</th>',
        f'<td><ul class="rv-list">{listed}</ul></td>',
        f'<td{COUNTED} data-label="mentions">{len(links)}</td>',
    ]
    if len(documents) > 1:
        counts = Counter(place for place, _ in links)
        first = {place: anchor(link, place) for place, link in reversed(links)}
        told = {place: f'<a href="#{first[place]}">{count}</a>' for place, count in counts.items()}
        if wide:
            cells += [
                f'<td{COUNTED} data-label="text {place}">{told.get(place, "")}</td>'
                for place in range(1, len(documents) + 1)
            ]
        else:
            names = "".join(f"<li>{place}:&nbsp;{text}</li>" for place, text in told.items())
            cells.append(f'<td class="rv-where" data-label="in text"><ul class="rv-list">{names}</ul></td>')
    return f'<tr id="e{number}">{"".join(cells)}</tr>'


def _described(link: Link, known: Known | None) -> str:
    entity = known(link.entity_id or "", link.name or "") if known else None
    facts = [shown(link.type or "")]
    if entity and entity.description:
        facts.append(f'<bdi dir="auto">{shown(entity.description)}</bdi>')
    facts.append(f"<code>{shown(link.entity_id or '')}</code>")
    if entity and WIKIDATA.fullmatch(entity.wikidata):
        page = f"https://www.wikidata.org/wiki/{entity.wikidata}"
        facts.append(f'<a href="{page}" rel="noreferrer">{entity.wikidata}</a>')
    return f'<bdi>{shown(link.name or "")}</bdi><small class="rv-soft">{" · ".join(filter(None, facts))}</small>'


def open_table(documents: Sequence[Document]) -> str:
    """A table of the mentions that are ambiguous, with their candidates, and of those that nobody explains."""
    groups: dict[tuple[str, str], list[tuple[int, Link]]] = {}
    for place, document in enumerate(documents, 1):
        for link in document.links:
            if link.status != "resolved":
                groups.setdefault((link.status, " ".join(link.text.split())), []).append((place, link))
    if not groups:
        return ""
    rows = "\n".join(_open_row(links) for _, links in sorted(groups.items(), key=lambda group: group[0][0]))
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("mention", "who it could be"))
    heads += f'<th scope="col"{COUNTED}>mentions</th>'
    return f"<table><thead><tr>{heads}</tr></thead><tbody>\n{rows}\n</tbody></table>"


def _open_row(links: list[tuple[int, Link]]) -> str:
    place, link = links[0]
    best: dict[str, Candidate] = {}
    for _, each in links:
        for candidate in each.candidates if each.status == "ambiguous" else ():
            if candidate.probability > best.get(candidate.entity_id, Candidate("", "", 0.0)).probability:
                best[candidate.entity_id] = candidate
    listed = "".join(
        f"<li><bdi>{shown(c.name)}</bdi> <code>{shown(c.entity_id)}</code>&nbsp;{_floor(c.probability)}</li>"
        for c in sorted(best.values(), key=lambda c: -c.probability)
    )
    who = f'<ul class="rv-list">{listed}</ul>' if listed else f'<span class="rv-soft">{link.status}</span>'
    return (
        f'<tr><th scope="row"><a href="#{anchor(link, place)}"><bdi>{shown(" ".join(link.text.split()))}</bdi></a></th>'
        f'<td data-label="{link.status}">{who}</td><td{COUNTED} data-label="mentions">{len(links)}</td></tr>'
    )


# ---------------------------------------------------------------- the chart of spellings


def merged(profiles: Iterable[Profile], id: str = "") -> Profile:
    """One profile of several documents.

    >>> one = Profile("a", (Usage("x", "X", "be", "Lukashenka", 2),))
    >>> merged([one, one]).bases()
    {'be': 4}
    """
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for profile in profiles:
        for usage in profile.usages:
            counts[usage.entity_id, usage.name, usage.base, usage.spelling] += usage.count
    totals: Counter[str] = Counter()
    for (key, *_), count in counts.items():
        totals[key] += count
    ranked = sorted(counts.items(), key=lambda item: (-totals[item[0][0]], item[0][0], -item[1], item[0]))
    return Profile(id, tuple(Usage(*facts, count) for facts, count in ranked))


def profile_chart(profile: Profile) -> str:
    """Bars of the languages that spellings are based on, over all and for each entity, as SVG in the page.

    Every bar has its figures in words above it, so that no colour needs to be told from another.

    >>> profile_chart(Profile("a"))
    ''
    """
    if not profile.usages:
        return ""
    names = {usage.entity_id: usage.name for usage in profile.usages}
    shades = _shades(profile)
    bars = [("all", profile.bases())]
    bars += [(name, profile.bases(key)) for key, name in list(names.items())[:CHARTED]]
    widest = max(sum(counts.values()) for _, counts in bars[1:])
    drawn = "".join(
        _bar(place, name, counts, shades, sum(counts.values()) if not place else widest)
        for place, (name, counts) in enumerate(bars)
    )
    legend = "".join(f'<li><i class="rv-b{shade}"></i>{shown(_spoken(base))}</li>' for base, shade in shades.items())
    rest = len(names) - CHARTED
    more = f'<p class="rv-soft">and {rest} more entities</p>' if rest > 0 else ""
    return (
        f'<ul class="rv-list rv-legend">{legend}</ul>\n'
        f'<svg class="rv-chart" role="img" aria-label="Mentions by the language that their spelling is based on" '
        f'height="{len(bars) * 40}">{drawn}</svg>{more}'
    )


def _spoken(base: str) -> str:
    """A base as the legend has it.

    >>> _spoken("be/ru"), _spoken("be+uk"), _spoken("other")
    ('be/ru: Belarusian or Russian', 'be+uk: Belarusian and Ukrainian', 'other languages')
    """
    if base == OTHER:
        return "other languages"
    words = base
    for code, name in _LANGUAGES.items():
        words = re.sub(rf"\b{code}\b", name, words)
    return base if words == base else f"{base}: {words.replace('/', ' or ').replace('+', ' and ')}"


def _shades(profile: Profile) -> dict[str, int]:
    """The colour of every base: one each for the known languages, the others as they come, grey for none."""
    bases = [*(base for base in _RANKS if base in profile.bases()), *(b for b in profile.bases() if b not in _RANKS)]
    free = iter([3, 4, 5] * len(bases))
    return {base: 6 if base == OTHER else _RANKS.index(base) if base in _RANKS else next(free) for base in bases}


def _bar(place: int, name: str, counts: Mapping[str, int], shades: Mapping[str, int], full: int) -> str:
    """One bar, ``full`` mentions wide, under its words."""
    top = place * 40
    told = ", ".join(f"{count} {base}" for base, count in counts.items())
    edges = [0]
    for count in counts.values():
        edges.append(edges[-1] + count)
    parts = "".join(
        f'<rect class="rv-b{shades[base]}" x="{100 * left / full:.2f}%" y="{top + 20}" '
        f'width="{100 * (right - left) / full:.2f}%" height="10"><title>{shown(f"{right - left} {base}")}</title></rect>'
        for base, (left, right) in zip(counts, pairwise(edges), strict=True)
    )
    label = f'{shown(name)} <tspan class="rv-soft">{shown(told)}</tspan>'
    return f'<text x="0" y="{top + 14}">{label}</text>{parts}'
