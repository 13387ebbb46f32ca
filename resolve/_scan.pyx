# cython: boundscheck=False, wraparound=False, initializedcheck=False
"""Where are the words of a text, and which of them were seen before?

One pass over the string's own buffer, by the pattern that `text.WORD` gives. Every different word gets a number and is
described once in Python; after that its number, and some facts about it in one byte, are all that a text needs.
"""

from array import array

from cpython.unicode cimport (
    PyUnicode_DATA, PyUnicode_FindChar, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ, PyUnicode_Substring,
    Py_UNICODE_ISALNUM, Py_UNICODE_ISALPHA, Py_UNICODE_ISDECIMAL,
)
from libc.stdint cimport uint8_t, uint32_t, uint64_t

NONE, LETTER, ODD_LETTER, INNER, APOSTROPHE, HYPHEN = range(6)

cdef enum:
    C_LETTER = 1      # opens a word and goes on in it
    C_ODD = 2         # likewise, but is no letter by itself: a word with it is looked at in Python
    C_INNER = 3       # goes on in a word
    C_APOSTROPHE = 4
    C_HYPHEN = 5

POSSESSIVE = 128
"""The flag of a word that its English possessive was taken off: no hyphen binds what follows."""


cdef class Lexicon:
    """The words that were met, by number.

    Args:
        classes: for every code point below its length what it is in a word; those beyond are letters, digits or nothing.
        describe: says of a new word as it was written, and whether it is of letters alone, how it reads when it is
            cleaned, how many code points are cut off its beginning, how many of it are kept, its flags, and its votes
            for languages (number and share).
    """

    cdef const uint8_t[::1] classes
    cdef object describe
    cdef dict numbers
    cdef readonly list words
    cdef readonly object flags, skips, sizes
    cdef list votes

    def __init__(self, bytes classes not None, describe):
        self.classes, self.describe = classes, describe
        self.numbers, self.words, self.votes = {}, [], []
        self.flags, self.skips, self.sizes = bytearray(), array("I"), array("I")

    def __len__(self):
        return len(self.words)

    cdef inline int _class(self, Py_UCS4 letter) noexcept:
        if letter < <Py_UCS4>self.classes.shape[0]:
            return self.classes[letter]
        if letter == 0xFEFF:
            return C_INNER
        if not Py_UNICODE_ISALNUM(letter):
            return 0
        if Py_UNICODE_ISDECIMAL(letter):
            return C_INNER
        return C_LETTER if Py_UNICODE_ISALPHA(letter) else C_ODD

    cdef uint32_t _number(self, str text, Py_ssize_t start, Py_ssize_t end, bint plain) except? 4294967295:
        cdef object word = PyUnicode_Substring(text, start, end)
        cdef object known = self.numbers.get(word)
        if known is not None:
            return known
        cleaned, skip, size, flags, votes = self.describe(word, plain)
        known = len(self.words)
        self.numbers[word] = known
        self.words.append(cleaned)
        self.votes.append(votes)
        self.flags.append(flags)
        self.skips.append(skip)
        self.sizes.append(size)
        return known

    def scan(self, str text not None):
        """The words of a text: where each begins and ends, its number (arrays of u32), and whether a hyphen binds it to
        the one before (bytes of 0 and 1).
        """
        cdef int kind = PyUnicode_KIND(text), what
        cdef void* data = PyUnicode_DATA(text)
        cdef Py_ssize_t n = PyUnicode_GET_LENGTH(text), i = 0, start, last = -2, j
        cdef uint32_t number
        cdef bint plain
        starts, ends, numbers, glued = array("I"), array("I"), array("I"), bytearray()
        while i < n:
            what = self._class(PyUnicode_READ(kind, data, i))
            if what != C_LETTER and what != C_ODD:
                i += 1
                continue
            start, plain = i, what == C_LETTER
            i += 1
            while True:
                while i < n:
                    what = self._class(PyUnicode_READ(kind, data, i))
                    if what == C_LETTER:
                        i += 1
                    elif what == C_ODD or what == C_INNER:
                        plain = False
                        i += 1
                    else:
                        break
                if i + 1 < n and what == C_APOSTROPHE:
                    what = self._class(PyUnicode_READ(kind, data, i + 1))
                    if what == C_LETTER or what == C_ODD:
                        plain = False
                        i += 2
                        continue
                break
            if i < n and self._class(PyUnicode_READ(kind, data, i)) == C_HYPHEN:
                j = i + 1
                if j < n and PyUnicode_READ(kind, data, j) == 13:
                    j += 1
                if j + 1 < n and PyUnicode_READ(kind, data, j) == 10:
                    what = self._class(PyUnicode_READ(kind, data, j + 1))
                    if what == C_LETTER or what == C_ODD:
                        plain = False
                        i = j + 1
                        while i < n and self._class(PyUnicode_READ(kind, data, i)) in (C_LETTER, C_ODD, C_INNER):
                            i += 1
            number = self._number(text, start, i, plain)
            j = start + <uint32_t>self.skips[number]
            starts.append(j)
            ends.append(j + <uint32_t>self.sizes[number])
            numbers.append(number)
            glued.append(j - last == 1 and self._class(PyUnicode_READ(kind, data, last)) == C_HYPHEN)
            last = -2 if <uint8_t>self.flags[number] & 128 else i
        return starts, ends, numbers, bytes(glued)

    def having(self, const uint32_t[::1] numbers not None, uint8_t flags):
        """The places of the words that have one of some flags (array of u32)."""
        cdef const uint8_t[::1] known = self.flags
        cdef Py_ssize_t i
        found = array("I")
        for i in range(numbers.shape[0]):
            if numbers[i] < known.shape[0] and known[numbers[i]] & flags:
                found.append(i)
        return found

    def spelt(self, const uint32_t[::1] numbers not None, uint8_t flag):
        """The different words, cleaned, that have a flag."""
        cdef const uint8_t[::1] known = self.flags
        cdef list words = self.words
        cdef Py_ssize_t i
        found = set()
        for i in range(numbers.shape[0]):
            if numbers[i] < known.shape[0] and known[numbers[i]] & flag:
                found.add(words[numbers[i]])
        return found

    def voted(self, const uint32_t[::1] numbers not None, int languages):
        """How much the words of a text vote for each language (list of numbers)."""
        cdef Py_ssize_t i
        cdef list total = [0.0] * languages, votes = self.votes
        for i in range(numbers.shape[0]):
            for language, share in votes[numbers[i]]:
                total[language] += share
        return total

    def lines(self, str text not None, const uint32_t[::1] starts not None, const uint32_t[::1] ends not None,
              const uint32_t[::1] numbers not None, uint8_t flag, int least, double share):
        """Where every line with words ends, and whether at least so many and such a share of its words have a flag."""
        cdef const uint8_t[::1] known = self.flags
        cdef Py_ssize_t i, end = 0, n = PyUnicode_GET_LENGTH(text)
        cdef int having = 0, total = 0
        found = []
        for i in range(starts.shape[0]):
            if starts[i] >= end:
                if i:
                    found.append((end, total >= least and having >= share * total))
                end = PyUnicode_FindChar(text, 10, ends[i], n, 1)
                end = n if end < 0 else end
                having = total = 0
            having += numbers[i] < known.shape[0] and (known[numbers[i]] & flag) != 0
            total += 1
        found.append((end, total >= least and having >= share * total))
        return found


UNASKED = 255
"""What `Answers` says of a pair that it was not told of."""


cdef class Answers:
    """How words of texts meet tokens of a gazetteer: a small number for every pair that was asked for, found by hashing.

    A pair takes about as many bytes as its own numbers.
    """

    cdef object pairs, told
    cdef uint64_t[::1] keys
    cdef uint8_t[::1] values
    cdef Py_ssize_t held, mask

    def __init__(self):
        self.clear()

    def __len__(self):
        return self.held

    def clear(self):
        """Forget everything."""
        self._lay_out(1 << 12)

    cdef _lay_out(self, Py_ssize_t size):
        """An empty table of so many places, a power of two."""
        self.pairs, self.told = array("Q", bytes(8 * size)), bytearray(b"\xff" * size)
        self.keys, self.values = self.pairs, self.told
        self.held, self.mask = 0, size - 1

    cdef inline Py_ssize_t _place(self, uint64_t key) noexcept:
        """Where a pair is, or would be: a value of `UNASKED` shows an empty place."""
        cdef Py_ssize_t at = <Py_ssize_t>((key * <uint64_t>11400714819323198485u) >> 20) & self.mask
        while self.values[at] != 255 and self.keys[at] != key:
            at = (at + 1) & self.mask
        return at

    cdef void _set(self, uint64_t key, uint8_t value) noexcept:
        cdef Py_ssize_t at = self._place(key)
        self.held += self.values[at] == 255
        self.keys[at], self.values[at] = key, value

    cdef _make_room(self, Py_ssize_t more):
        """Twice the places, and again, until so many pairs more leave a third of them empty."""
        cdef Py_ssize_t size = self.mask + 1, i
        if 3 * (self.held + more) <= 2 * size:
            return
        while 3 * (self.held + more) > 2 * size:
            size *= 2
        cdef uint64_t[::1] keys = self.keys
        cdef uint8_t[::1] values = self.values
        self._lay_out(size)
        for i in range(values.shape[0]):
            if values[i] != 255:
                self._set(keys[i], values[i])

    def of(self, uint32_t word, const uint32_t[::1] tokens not None):
        """What was told of a word and each of some tokens (bytes), `UNASKED` where it was not."""
        cdef Py_ssize_t i
        found = bytearray(tokens.shape[0])
        cdef uint8_t[::1] out = found
        for i in range(tokens.shape[0]):
            out[i] = self.values[self._place(<uint64_t>word << 32 | tokens[i])]
        return bytes(found)

    def one(self, uint32_t word, uint32_t token):
        """The same of a single token."""
        return self.values[self._place(<uint64_t>word << 32 | token)]

    def put(self, uint32_t word, const uint32_t[::1] tokens not None, const uint8_t[::1] told not None):
        """Tell how a word meets some tokens, each by a number below `UNASKED`."""
        cdef Py_ssize_t i
        if told.shape[0] != tokens.shape[0]:
            raise ValueError("every token needs an answer")
        self._make_room(tokens.shape[0])
        for i in range(tokens.shape[0]):
            if told[i] == 255:
                raise ValueError(f"{told[i]} is no answer")
            self._set(<uint64_t>word << 32 | tokens[i], told[i])
