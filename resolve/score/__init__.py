"""What does all the evidence for a pair of names add up to?

`pair` compares two names token by token, `sift` says which names a run of words could be, `reading` reads it as them,
`beside` says what the words around tell, `phrase` reads it as organisations and places, `body` and `place` compare names of
organisations and places that stand alone.
"""

from resolve.names import NAMING
from resolve.score.body import compare_bodies, organizations, sounds_like_body
from resolve.score.contradiction import kin
from resolve.score.pair import compare, cut, fit
from resolve.score.phrase import phrase_reading
from resolve.score.place import places
from resolve.score.reading import (
    Look,
    Met,
    Reading,
    look,
    meet,
    read_as,
    readings,
    second_look,
    shown_by,
    supporters,
    whole,
)
from resolve.score.sift import Least

__all__ = [
    "NAMING",
    "Least",
    "Look",
    "Met",
    "Reading",
    "compare",
    "compare_bodies",
    "cut",
    "fit",
    "kin",
    "look",
    "meet",
    "organizations",
    "phrase_reading",
    "places",
    "read_as",
    "readings",
    "second_look",
    "shown_by",
    "sounds_like_body",
    "supporters",
    "whole",
]  # fmt: skip
