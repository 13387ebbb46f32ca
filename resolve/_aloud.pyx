# cython: boundscheck=False, wraparound=False, initializedcheck=False
"""How may a word be read aloud, and what is left of that when sounds are told apart coarsely?

The tables and what they mean are those of `keys`; here are only the loops over letters.
"""


cdef class Reader:
    """Reads words by rules for their letters.

    Args:
        rules: for every grapheme what may stand before it, what behind it (empty: anything; ``#`` is the edge of the
            word), and how it may sound then, the first rule that fits being the one that counts.
        most: so many readings of a word are kept.
        tried: so many combinations of sounds are tried.
    """

    cdef dict by_first
    cdef int most, tried

    def __init__(self, dict rules not None, int most, int tried):
        self.most, self.tried, self.by_first = most, tried, {}
        for grapheme in sorted(rules, key=len, reverse=True):
            self.by_first.setdefault(grapheme[0], []).append((grapheme, rules[grapheme]))

    cdef list _parts(self, str word):
        """How each grapheme of a word may sound, the longest graphemes first; letters without a rule are silent."""
        cdef list parts = []
        cdef Py_ssize_t place = 0, size, n = len(word)
        cdef str grapheme, left, right
        while place < n:
            left = word[place - 1] if place else "#"
            for grapheme, options in self.by_first.get(word[place], ()):
                size = len(grapheme)
                if size > 1 and not word.startswith(grapheme, place):
                    continue
                right = word[place + size] if place + size < n else "#"
                for after, before, spoken in options:
                    if (not after or left in after) and (not before or right in before):
                        break
                else:
                    continue
                parts.append(spoken)
                place += size
                break
            else:
                place += 1
        return parts

    def read(self, str word not None):
        """The readings of a word in lower case, doubled sounds once; the alternatives of its first letters vary first."""
        cdef list parts = self._parts(word)
        cdef Py_ssize_t count = len(parts), i, turn
        cdef list digits = [0] * count
        cdef str text
        found = {}
        for turn in range(self.tried):
            text = undoubled("".join([parts[i][digits[i]] for i in range(count)]))
            found[text] = None
            if len(found) >= self.most:
                break
            for i in range(count):
                digits[i] += 1
                if digits[i] < len(parts[i]):
                    break
                digits[i] = 0
            else:
                break
        return tuple(found)


def undoubled(str text not None):
    """A text with doubled letters once.

    >>> undoubled("anna")
    'ana'
    """
    cdef Py_ssize_t i, n = len(text)
    for i in range(1, n):
        if text[i] == text[i - 1]:
            break
    else:
        return text
    return "".join([text[i] for i in range(n) if not i or text[i] != text[i - 1]])


cdef class Coarse:
    """What is left of a reading in ASCII letters when some of them are one and others silent.

    Args:
        classes: for every letter the one it counts as, empty where it is silent; others stand for themselves.
        vowels: what is left out of skeletons.
        silent: what is silent in them before a consonant and at the end.
    """

    cdef unsigned char[128] to
    cdef bint[128] is_vowel
    cdef int silent

    def __init__(self, dict classes not None, vowels, str silent not None):
        cdef int code
        self.silent = ord(silent)
        for code in range(128):
            self.to[code] = ord(classes.get(chr(code), chr(code)) or "\0")
            self.is_vowel[code] = chr(code) in vowels

    def contour(self, str sound not None):
        """The classes of all letters, doubled ones once."""
        cdef bytes text = sound.encode("ascii", "ignore")
        cdef bytearray kept = bytearray(len(text))
        cdef unsigned char* out = kept
        return kept[:self._fold(text, out)].decode("ascii")

    def skeleton(self, str sound not None):
        """The classes of the consonants, doubled ones once."""
        cdef bytes text = sound.encode("ascii", "ignore")
        cdef bytearray kept = bytearray(len(text))
        cdef unsigned char* out = kept
        cdef int size = self._fold(text, out), i, count = 0
        for i in range(size):
            if self.is_vowel[out[i]] or (out[i] == self.silent and (i + 1 == size or not self.is_vowel[out[i + 1]])):
                continue
            out[count] = out[i]
            count += 1
        return kept[:count].decode("ascii")

    cdef int _fold(self, bytes text, unsigned char* out) noexcept:
        cdef int size = 0, last = -1
        cdef unsigned char letter, one
        for letter in text:
            one = self.to[letter]
            if one and one != last:
                out[size] = one
                last = one
                size += 1
        return size
