"""`resolve explain` and `resolve variants`: why are two names one person's, and how else is a name written?"""

from __future__ import annotations

import json
from typing import Annotated

import typer

from resolve.cli.shared import AsJson, Lang, app


@app.command("explain", epilog="Example:  resolve explain Vlasova Уласава")
def explain_command(
    left: Annotated[str, typer.Argument(metavar="NAME")],
    right: Annotated[str, typer.Argument(metavar="NAME")],
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Say how much speaks for two names being one person's, piece by piece in bits."""
    from dataclasses import asdict

    from resolve.resolver import compare

    comparison = compare(left, right, lang)
    print(json.dumps(asdict(comparison), ensure_ascii=False) if as_json else comparison)


@app.command("variants", epilog="Example:  resolve variants Ціханоўская --lang be")
def variants_command(name: str, lang: Lang = "", as_json: AsJson = False) -> None:
    """Show how a name is written, scheme by scheme, in its own language and in its sister languages.

    Without --lang the whole name decides in which languages it may be written.
    """
    from dataclasses import asdict

    from resolve.cognates import table, variants

    forms = variants(name, lang)
    print(json.dumps([asdict(form) for form in forms], ensure_ascii=False) if as_json else table(forms))
