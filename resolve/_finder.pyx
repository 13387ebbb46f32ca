# cython: boundscheck=False, wraparound=False, initializedcheck=False
"""Which names of a compiled gazetteer do two words of a run meet both? Which tokens sound at all alike?

The postings of the tokens that one word meets are walked, and every name met is looked through for a token that the
other word meets. Tokens and names are marked with the number of the question, so that nothing is ever cleared.
Everything that comes in is checked once at the door; the loops behind it run on the mapped gazetteer itself.
"""

from array import array

from libc.stdint cimport uint8_t, uint32_t, uint64_t

cdef extern from *:
    """
    #if defined(__GNUC__) || defined(__clang__)
    #define ONOMAST_FETCH(place) __builtin_prefetch(place)
    #else
    #define ONOMAST_FETCH(place) ((void)(place))
    #endif
    """
    void fetch "ONOMAST_FETCH" (const void* place) noexcept nogil

cdef enum:
    # so many names ahead is begun to read where their tokens stand, and then to read them
    AHEAD = 24
    NEAR = 12


cdef class Names:
    """The names of a gazetteer with their tokens, on the sections of its data file.

    Args:
        starts, tokens, roles: of every name its tokens (u32) and their roles (u8), from one start (u32) to the next.
        posting_starts, postings: the names of every token (u32), likewise.
        naming: for every number of a role whether it names somebody (u8).
    """

    cdef const uint32_t[::1] starts, tokens, posting_starts, postings
    cdef const uint8_t[::1] roles, naming
    cdef uint32_t[::1] token_marks, name_marks, slots
    cdef uint32_t asked
    cdef Py_ssize_t names, vocabulary

    def __init__(self, const uint32_t[::1] starts not None, const uint32_t[::1] tokens not None,
                 const uint8_t[::1] roles not None, const uint32_t[::1] posting_starts not None,
                 const uint32_t[::1] postings not None, const uint8_t[::1] naming not None):
        self.names, self.vocabulary = starts.shape[0] - 1, posting_starts.shape[0] - 1
        if self.names < 0 or self.vocabulary < 0 or roles.shape[0] != tokens.shape[0]:
            raise ValueError("the sections do not fit together")
        self.starts, self.tokens, self.roles = starts, tokens, roles
        self.posting_starts, self.postings, self.naming = posting_starts, postings, naming
        self.token_marks = array("I", bytes(4 * self.vocabulary + 4))
        self.name_marks = array("I", bytes(4 * self.names + 4))
        self.slots = None
        self.asked = 0

    cdef void _ask(self) noexcept:
        cdef Py_ssize_t i
        self.asked += 1
        if self.asked == 0:
            for i in range(self.token_marks.shape[0]):
                self.token_marks[i] = 0
            for i in range(self.name_marks.shape[0]):
                self.name_marks[i] = 0
            self.asked = 1

    cdef inline bint _is_naming(self, Py_ssize_t place) noexcept:
        return self.roles[place] < self.naming.shape[0] and self.naming[self.roles[place]] != 0

    cdef inline bint _bounds(self, const uint32_t[::1] starts, Py_ssize_t place, Py_ssize_t size,
                             Py_ssize_t* first, Py_ssize_t* last) noexcept:
        """Where the part of a section begins and ends; False where it lies outside: a damaged file."""
        first[0], last[0] = starts[place], starts[place + 1]
        return first[0] <= last[0] <= size

    cdef Py_ssize_t _reach(self, const uint32_t[::1] tokens) noexcept:
        """How many names some tokens have, counted once for each of them."""
        cdef Py_ssize_t i, first, last, total = 0
        for i in range(tokens.shape[0]):
            if tokens[i] < self.vocabulary and self._bounds(self.posting_starts, tokens[i], self.postings.shape[0], &first, &last):
                total += last - first
        return total

    cdef inline void _fetch(self, Py_ssize_t place, Py_ssize_t end) noexcept:
        """Begin to read the tokens of names further on in the postings, for most of a large gazetteer is in no cache."""
        cdef uint32_t start
        if place + AHEAD < end and self.postings[place + AHEAD] < self.names:
            fetch(&self.starts[self.postings[place + AHEAD]])
            fetch(&self.name_marks[self.postings[place + AHEAD]])
        if place + NEAR < end and self.postings[place + NEAR] < self.names:
            start = self.starts[self.postings[place + NEAR]]
            if start < self.tokens.shape[0]:
                fetch(&self.tokens[start])
                fetch(&self.roles[start])

    def both(self, const uint32_t[::1] lefts not None, const uint32_t[::1] rights not None):
        """The names with a naming token among ``lefts`` and another one among ``rights``, sorted.

        Args:
            lefts: tokens (u32).
            rights: tokens of which another one of the name has to be (u32).
        """
        cdef Py_ssize_t i, k, place, first, last, begin, end
        cdef uint32_t name, token
        cdef bint here, there
        found = []
        # either says the same of a name, so those are walked that fewer have
        if self._reach(rights) < self._reach(lefts):
            lefts, rights = rights, lefts
        self._ask()
        for i in range(rights.shape[0]):
            if rights[i] < self.vocabulary:
                self.token_marks[rights[i]] = self.asked
        for i in range(lefts.shape[0]):
            token = lefts[i]
            if token >= self.vocabulary:
                continue
            if not self._bounds(self.posting_starts, token, self.postings.shape[0], &first, &last):
                continue
            for k in range(first, last):
                self._fetch(k, last)
                name = self.postings[k]
                if name >= self.names or self.name_marks[name] == self.asked:
                    continue
                if not self._bounds(self.starts, name, self.tokens.shape[0], &begin, &end):
                    continue
                here = there = False
                for place in range(begin, end):
                    if not self._is_naming(place):
                        continue
                    if self.tokens[place] == token and not here:
                        here = True
                    elif self.tokens[place] < self.vocabulary and self.token_marks[self.tokens[place]] == self.asked:
                        there = True
                if here and there:
                    self.name_marks[name] = self.asked
                    found.append(name)
        found.sort()
        return found

    def sharing(self, const uint32_t[::1] lefts not None, const uint32_t[::1] rights not None):
        """The names with a token among ``lefts`` and one among ``rights``, which may be the same, whatever their roles; each once."""
        cdef Py_ssize_t i, k, place, first, last, begin, end
        cdef uint32_t name
        found = []
        if self._reach(rights) < self._reach(lefts):
            lefts, rights = rights, lefts
        self._ask()
        for i in range(rights.shape[0]):
            if rights[i] < self.vocabulary:
                self.token_marks[rights[i]] = self.asked
        for i in range(lefts.shape[0]):
            if lefts[i] >= self.vocabulary:
                continue
            if not self._bounds(self.posting_starts, lefts[i], self.postings.shape[0], &first, &last):
                continue
            for k in range(first, last):
                self._fetch(k, last)
                name = self.postings[k]
                if name >= self.names or self.name_marks[name] == self.asked:
                    continue
                if not self._bounds(self.starts, name, self.tokens.shape[0], &begin, &end):
                    continue
                for place in range(begin, end):
                    if self.tokens[place] < self.vocabulary and self.token_marks[self.tokens[place]] == self.asked:
                        self.name_marks[name] = self.asked
                        found.append(name)
                        break
        return found

    def beside(self, const uint32_t[::1] lefts not None):
        """The naming tokens that stand in a name beside one of some others, each once (array of u32)."""
        cdef Py_ssize_t i, k, place, first, last, begin, end
        cdef uint32_t name, token
        found = array("I")
        self._ask()
        for i in range(lefts.shape[0]):
            if lefts[i] >= self.vocabulary:
                continue
            if not self._bounds(self.posting_starts, lefts[i], self.postings.shape[0], &first, &last):
                continue
            for k in range(first, last):
                name = self.postings[k]
                if name >= self.names or not self._bounds(self.starts, name, self.tokens.shape[0], &begin, &end):
                    continue
                for place in range(begin, end):
                    token = self.tokens[place]
                    if (token < self.vocabulary and token != lefts[i] and self._is_naming(place)
                            and self.token_marks[token] != self.asked):
                        self.token_marks[token] = self.asked
                        found.append(token)
        return found

    def meant(self, const uint32_t[::1] lefts not None, uint8_t surname, bint any_surname):
        """The names that a token may mean for itself, sorted: its only naming token, a name without a surname,
        or with ``any_surname`` the surname.
        """
        cdef Py_ssize_t i, k, place, first, last, begin, end, count
        cdef uint32_t name
        cdef bint has, fits
        found = []
        self._ask()
        for i in range(lefts.shape[0]):
            if lefts[i] >= self.vocabulary:
                continue
            if not self._bounds(self.posting_starts, lefts[i], self.postings.shape[0], &first, &last):
                continue
            for k in range(first, last):
                name = self.postings[k]
                if name >= self.names or self.name_marks[name] == self.asked:
                    continue
                if not self._bounds(self.starts, name, self.tokens.shape[0], &begin, &end):
                    continue
                count, has, fits = 0, False, False
                for place in range(begin, end):
                    if self._is_naming(place):
                        count += 1
                        has = has or self.roles[place] == surname
                        fits = fits or (any_surname and self.tokens[place] == lefts[i] and self.roles[place] == surname)
                if count and (fits or count == 1 or not has):
                    self.name_marks[name] = self.asked
                    found.append(name)
        found.sort()
        return found

    def persons(self, const uint32_t[::1] numbers not None, uint8_t word):
        """Some names without those that are no person's, which open with a ``word``; each once, in their order."""
        cdef Py_ssize_t i, first, last
        cdef uint32_t name
        found = array("I")
        self._ask()
        for i in range(numbers.shape[0]):
            name = numbers[i]
            if name >= self.names or self.name_marks[name] == self.asked:
                continue
            if not self._bounds(self.starts, name, self.tokens.shape[0], &first, &last):
                continue
            if first < last and self.roles[first] != word:
                self.name_marks[name] = self.asked
                found.append(name)
        return found

    def named_by(self, const uint32_t[::1] numbers not None, uint8_t initial):
        """The tokens that name somebody in some names and are no initials, each once (array of u32)."""
        cdef Py_ssize_t i, place, first, last
        cdef uint32_t token
        found = array("I")
        self._ask()
        for i in range(numbers.shape[0]):
            if numbers[i] >= self.names or not self._bounds(self.starts, numbers[i], self.tokens.shape[0], &first, &last):
                continue
            for place in range(first, last):
                token = self.tokens[place]
                if (token < self.vocabulary and self.roles[place] != initial and self._is_naming(place)
                        and self.token_marks[token] != self.asked):
                    self.token_marks[token] = self.asked
                    found.append(token)
        return found

    def telling(self, const uint32_t[::1] numbers not None, uint8_t initial, uint8_t surname, const uint8_t[::1] given not None):
        """Of some names the tokens that may mean somebody for themselves: all of a name without a surname, and of
        others those that are no ``given`` names (by role); and whether one of the names is a single word.

        Returns:
            The tokens of names without a surname, and those of others, each once; and whether there is a single word.

        """
        cdef Py_ssize_t i, place, first, last, count
        cdef bint has, single = False
        whole, parts = set(), set()
        for i in range(numbers.shape[0]):
            if numbers[i] >= self.names or not self._bounds(self.starts, numbers[i], self.tokens.shape[0], &first, &last):
                continue
            has, count = False, 0
            for place in range(first, last):
                if self._is_naming(place):
                    count += 1
                    has = has or self.roles[place] == surname
            single = single or count == 1
            for place in range(first, last):
                if not self._is_naming(place):
                    continue
                if not has:
                    whole.add(self.tokens[place])
                elif self.roles[place] != initial and (
                        count == 1 or self.roles[place] >= given.shape[0] or not given[self.roles[place]]):
                    parts.add(self.tokens[place])
        return whole, parts, single

    def ways(self, const uint32_t[::1] numbers not None, const uint32_t[::1] tokens not None, list met not None,
             uint8_t initial, uint8_t surname, const uint8_t[::1] given not None):
        """How the words of a run meet some names: for every name a sum of `MET`, `WHOLE`, `SINGLE`, `BY_SURNAME` and
        `CLOSELY`, the last word that does (bytes), and the place among ``tokens`` of the one that it meets (array of u32).

        Args:
            numbers: the names.
            tokens: all their naming tokens but initials, as `named_by` gives them.
            met: for every word of the run how it meets each of ``tokens``: a sum of 1 spelt, 2 of one class and 4 spelt closely (bytes).
            initial, surname: the numbers of these roles.
            given: for every number of a role whether a class of given names is enough for it (u8).
        """
        cdef Py_ssize_t i, place, first, last, count
        cdef uint32_t token, slot
        cdef int word, words = <int>len(met), only
        cdef uint8_t how
        cdef bint any_way, several, has, by_surname, enough, closely
        cdef const uint8_t[::1] row
        cdef bytes together = b"".join(met)
        cdef const uint8_t[::1] known = together
        cdef Py_ssize_t width = tokens.shape[0]
        found, words_of = bytearray(numbers.shape[0]), bytearray(numbers.shape[0])
        met_at = array("I", bytes(4 * numbers.shape[0]))
        cdef uint8_t[::1] out = found, which = words_of
        cdef uint32_t[::1] at = met_at
        if len(together) != words * width:
            raise ValueError("every word needs an answer for every token")
        self._ask()
        if self.slots is None:
            self.slots = array("I", bytes(4 * self.vocabulary + 4))
        for i in range(width):
            if tokens[i] < self.vocabulary:
                self.token_marks[tokens[i]] = self.asked
                self.slots[tokens[i]] = <uint32_t>i
        for i in range(numbers.shape[0]):
            if numbers[i] >= self.names or not self._bounds(self.starts, numbers[i], self.tokens.shape[0], &first, &last):
                continue
            any_way, several, has, by_surname, closely, only, count = False, False, False, False, False, -1, 0
            for place in range(first, last):
                if not self._is_naming(place):
                    continue
                count += 1
                has = has or self.roles[place] == surname
                token = self.tokens[place]
                if self.roles[place] == initial or token >= self.vocabulary or self.token_marks[token] != self.asked:
                    continue
                slot = self.slots[token]
                enough = self.roles[place] < given.shape[0] and given[self.roles[place]]
                for word in range(words):
                    how = known[word * width + slot]
                    if how & 1 or (how and enough):
                        any_way = True
                        several = several or (only >= 0 and only != word)
                        only = word
                        at[i] = slot
                        closely = closely or (how & 4) != 0
                        by_surname = by_surname or self.roles[place] == surname
            if any_way:
                which[i] = <uint8_t>only
                out[i] = (1 | (2 if count == 1 or not has else 0) | (0 if several else 4) | (8 if by_surname else 0)
                          | (16 if closely else 0))
        return bytes(found), bytes(words_of), met_at


MET, WHOLE, SINGLE, BY_SURNAME, CLOSELY = 1, 2, 4, 8, 16


cdef class Shapes:
    """How the tokens of a gazetteer sound, coarsely, as they become known: short words of ASCII letters.

    Args:
        tokens: how many there are.
    """

    cdef uint32_t[::1] starts
    cdef uint8_t[::1] sizes
    cdef object text

    def __init__(self, Py_ssize_t tokens):
        self.starts = array("I", bytes(4 * tokens + 4))
        self.sizes = array("B", b"\xff" * (tokens + 1))
        self.text = bytearray()

    def unknown(self, const uint32_t[::1] tokens not None):
        """Those of some tokens of which it is not known yet."""
        cdef Py_ssize_t i
        return [tokens[i] for i in range(tokens.shape[0])
                if tokens[i] < <uint32_t>self.sizes.shape[0] and self.sizes[tokens[i]] == 255]

    def put(self, uint32_t token, bytes shape not None):
        """Make known how a token sounds; what is longer than 64 letters counts as like everything."""
        if token >= <uint32_t>self.sizes.shape[0]:
            raise ValueError(f"there is no token {token}")
        self.starts[token], self.sizes[token] = <uint32_t>len(self.text), min(len(shape), 65)
        self.text += shape

    def close(self, const uint32_t[::1] tokens not None, list shapes not None, double least):
        """Those of some tokens that sound so much alike one of some shapes (array of u32).

        Args:
            tokens: of which it is known how they sound.
            shapes: short words of ASCII letters (bytes).
            least: the similarity by insertions and deletions of letters, from 0 to 1.
        """
        cdef const uint8_t[::1] text = self.text
        cdef uint64_t masks[128]
        cdef uint64_t state, matched
        cdef Py_ssize_t i, size, at, n
        cdef int k
        cdef bytes shape
        cdef const uint8_t* letters
        found = array("I")
        marks = bytearray(tokens.shape[0])
        cdef uint8_t[::1] taken = marks
        for shape in dict.fromkeys(shapes):
            size, letters = min(len(shape), 64), shape
            for k in range(128):
                masks[k] = 0
            for k in range(size):
                masks[letters[k] & 127] |= <uint64_t>1 << k
            for i in range(tokens.shape[0]):
                if taken[i] or tokens[i] >= <uint32_t>self.sizes.shape[0]:
                    continue
                n = self.sizes[tokens[i]]
                if n > 64:
                    taken[i] = 1
                    continue
                if 2 * min(size, n) < least * (size + n) - 1e-9:
                    continue
                # the longest common subsequence, bit by bit (Hyyrö 2004)
                state, at = ~<uint64_t>0, self.starts[tokens[i]]
                for k in range(n):
                    matched = state & masks[text[at + k] & 127]
                    state = (state + matched) | (state - matched)
                if 2 * zeros(state, <int>size) >= least * (size + n) - 1e-9:
                    taken[i] = 1
        for i in range(tokens.shape[0]):
            if taken[i]:
                found.append(tokens[i])
        return found


cdef inline int zeros(uint64_t state, int size) noexcept:
    """How many of the lowest bits are not set."""
    cdef int count = 0, k
    for k in range(size):
        count += not (state >> k) & 1
    return count
