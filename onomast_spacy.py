"""The factory of the pipeline component ``resolve``, as spaCy finds it by its entry point.

spaCy imports this file whenever it makes a pipeline, whether the component is used or not. So it
stands apart from the package, needs nothing but spaCy, and cannot fail where spaCy does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.language import Language

if TYPE_CHECKING:
    from resolve.integrations.spacy import EntityResolver

CONFIG: dict[str, Any] = {
    "gazetteer": None,
    "threshold": 0.9,
    "all": False,
    "overwrite": True,
    "labels": {"person": "PERSON", "organization": "ORG", "place": "LOC"},
}


@Language.factory("resolve", default_config=CONFIG, assigns=["doc.ents", "token.ent_kb_id", "token.ent_type"])
def create(
    nlp: Language,
    name: str,
    gazetteer: str | list[str] | None,
    threshold: float,
    all: bool,
    overwrite: bool,
    labels: dict[str, str],
) -> EntityResolver:
    """Make the component; only here is the package loaded."""
    from resolve.integrations.spacy import EntityResolver

    return EntityResolver(nlp.vocab, name, gazetteer, threshold, all=all, overwrite=overwrite, labels=labels)
