"""How does a person read it, in a browser or on paper?

One file that opens from disk: no script, no request to anywhere. The policy in its head forbids both to a page
that something slipped into.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from resolve import view
from resolve.model import Document
from resolve.version import __version__
from resolve.view import Known, shown

_PAGE = """
*{box-sizing:border-box}html{color-scheme:light dark}
body.rv{margin:0 auto;padding:1.2rem clamp(.9rem,4vw,2.5rem) 4rem;max-width:68rem;background:var(--paper);
font:1rem/1.5 system-ui,"Segoe UI","Noto Sans",sans-serif}
h1{font-size:1.5rem;margin:.2rem 0}h2{font-size:1.15rem;margin:2.2rem 0 .6rem}h3{font-size:1rem;margin:1.8rem 0 .5rem;
overflow-wrap:anywhere}
a{color:inherit}nav ol{columns:18rem;column-gap:2rem;padding:0;list-style:none;overflow-wrap:anywhere}
nav li{display:grid;grid-template-columns:2.2em 1fr;break-inside:avoid}nav li>span{color:var(--soft)}
article+article{border-top:1px solid var(--line);margin-top:1.6rem}
@media print{body.rv{max-width:none;padding:0;font-size:10.5pt}h2,h3{break-after:avoid}@page{margin:18mm;
@bottom-right{content:counter(page) " / " counter(pages);font:9pt system-ui,sans-serif;color:#444}}}
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def write(documents: Iterable[Document], known: Known | None = None) -> Iterator[str]:
    """A report: what was found, the entities, what stays open, the spellings, and every text with its mentions.

    The tables come before the texts, so that all documents are held until the last one is there.
    """
    held = list(documents)
    numbered = view.numbers(held)
    title = f"Entities of {held[0].id}" if len(held) == 1 and held[0].id not in {"", "-"} else "Entities in texts"
    yield (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="generator" content="resolve {__version__}">\n'
        f"<title>{shown(title)}</title>\n<style>{view.STYLE}{_PAGE}</style>\n</head>\n"
        f'<body class="rv">\n<header><h1>{shown(title)}</h1>\n<p class="rv-soft">{_counts(held, len(numbered))}</p>'
        "</header>\n<main>\n"
    )
    if len(held) > 1:
        items = "".join(
            f'<li><span>{i}.</span><a href="#d{i}"><bdi>{shown(d.id)}</bdi></a></li>' for i, d in enumerate(held, 1)
        )
        yield f'<nav aria-label="Texts"><ol>{items}</ol></nav>\n'
    yield _section("Entities", view.entity_table(held, numbered, known))
    yield _section("Ambiguous and unknown", view.open_table(held))
    chart = view.profile_chart(view.merged(document.profile() for document in held))
    yield _section("Languages that the spellings are based on", chart)
    told = '<p class="rv-soft">The small number at a mention is that of its entity.</p>\n' if numbered else ""
    yield f"<section>\n<h2>Text{'s' * (len(held) != 1)}</h2>\n{told}"
    for number, document in enumerate(held, 1):
        head = f"<h3>{number}. <bdi>{shown(document.id)}</bdi></h3>\n" if len(held) > 1 else ""
        yield f'<article id="d{number}">\n{head}{view.marked(document, numbered, number)}\n</article>\n'
    yield "</section>\n</main>\n</body>\n</html>\n"


def _section(title: str, body: str) -> str:
    return f"<section>\n<h2>{title}</h2>\n{body}\n</section>\n" if body else ""


def _counts(documents: list[Document], entities: int) -> str:
    """What was found, in one sentence."""
    states = [link.status for document in documents for link in document.links]
    resolved, ambiguous, unknown = (states.count(state) for state in ("resolved", "ambiguous", "unknown"))
    rest = [f"{count} {name}" for count, name in ((ambiguous, "ambiguous"), (unknown, "unknown")) if count]
    texts = f"{len(documents)} text{'s' * (len(documents) != 1)}"
    mentions = f"{resolved} mention{'s' * (resolved != 1)} of {entities} entit{'y' if entities == 1 else 'ies'}"
    return f"{', '.join([f'{texts}: {mentions}', *rest])}."
