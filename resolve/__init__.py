"""Find which entity a name means, under any romanisation or script.

>>> import resolve
>>> resolve.open().text("Swetlana Tichanowskaja sprach in Berlin.").links[0].entity_id
'by-tsikhanouskaya-sviatlana'
"""

from resolve.clusters import cluster
from resolve.errors import (
    CompiledError,
    EncodingError,
    GazetteerError,
    InputError,
    ResolveError,
    UsageError,
)
from resolve.model import Candidate, Comparison, Document, Entity, Evidence, Form, Link
from resolve.resolver import Resolver, compare, open
from resolve.romanize import romanize
from resolve.version import __version__

__all__ = [
    "Candidate",
    "Comparison",
    "CompiledError",
    "Document",
    "EncodingError",
    "Entity",
    "Evidence",
    "Form",
    "GazetteerError",
    "InputError",
    "Link",
    "ResolveError",
    "Resolver",
    "UsageError",
    "__version__",
    "cluster",
    "compare",
    "open",
    "romanize",
]
