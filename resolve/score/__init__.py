"""What does all the evidence for a pair of names add up to?

`pair` compares two names token by token, `reading` reads a run of words as names of the gazetteer,
`phrase` does the same for organisations and places.
"""

from resolve.score.pair import NAMING, compare, cut, fit, kin
from resolve.score.phrase import phrase_reading
from resolve.score.reading import Reading, readings, whole

__all__ = ["NAMING", "Reading", "compare", "cut", "fit", "kin", "phrase_reading", "readings", "whole"]
