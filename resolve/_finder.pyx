# cython: boundscheck=False, wraparound=False, initializedcheck=False
"""Which names of a compiled gazetteer do two words of a run meet both?

The postings of the tokens that one word meets are walked, and every name met is looked through for a token that the
other word meets. Tokens and names are marked with the number of the question, so that nothing is ever cleared.
Everything that comes in is checked once at the door; the loops behind it run on the mapped gazetteer itself.
"""

from array import array

from libc.stdint cimport uint8_t, uint32_t


cdef class Names:
    """The names of a gazetteer with their tokens, on the sections of its data file.

    Args:
        starts, tokens, roles: of every name its tokens (u32) and their roles (u8), from one start (u32) to the next.
        posting_starts, postings: the names of every token (u32), likewise.
        naming: for every number of a role whether it names somebody (u8).
    """

    cdef const uint32_t[::1] starts, tokens, posting_starts, postings
    cdef const uint8_t[::1] roles, naming
    cdef uint32_t[::1] token_marks, name_marks
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

    def both(self, const uint32_t[::1] lefts not None, const uint32_t[::1] rights not None):
        """The names with a naming token among ``lefts`` and another one among ``rights``, sorted.

        Args:
            lefts: tokens whose postings are walked (u32).
            rights: tokens of which another one of the name has to be (u32).
        """
        cdef Py_ssize_t i, k, place, first, last, begin, end
        cdef uint32_t name, token
        cdef bint here, there
        found = []
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
