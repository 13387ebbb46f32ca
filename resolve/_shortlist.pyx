# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Which names of a gazetteer have most of what some words of a name could spell?

The words of a query come with the tokens of the gazetteer that each may spell and what that would be
worth. Names are reached through the tokens of those words that few bear; every name reached is
weighed by the best way to give its tokens to the words. Every number that comes from a file is
checked before it is used as a place, so that a damaged one leads nowhere else.
"""

from array import array

from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, malloc, qsort, realloc

cdef extern from *:
    """
    #if defined(__GNUC__) || defined(__clang__)
    #define ONOMAST_FETCH(place) __builtin_prefetch(place)
    #else
    #define ONOMAST_FETCH(place) ((void)(place))
    #endif
    """
    void fetch "ONOMAST_FETCH" (const void* place) noexcept nogil

MOST_WORDS = 12
MOST_TOKENS = 16

cdef enum:
    WORDS = 12
    TOKENS = 16

cdef enum:
    # so many names ahead is begun to read where the tokens of a name stand, and then to read them
    AHEAD = 24
    NEAR = 12

cdef enum:
    # what a word or token is in its name
    OTHER = 0
    GIVEN = 1
    SURNAME = 2
    SILENT = 3


cdef struct Meeting:
    uint32_t token
    int word
    float[2] worth    # as another name, as a surname


cdef struct Found:
    uint32_t name
    int met
    int least         # so many words it has to meet, that of its words which asks least
    float worth


cdef struct Slot:
    # a place of a table of tokens, found by hashing; empty where no word meets it
    uint32_t token
    int32_t first     # where the first meeting of the token stands, from 1


cdef struct Weighing:
    # what the names are weighed by that some words may spell, and those that were kept
    Slot* first
    Py_ssize_t slots
    Meeting* meetings     # by token and word
    Py_ssize_t count
    int words
    const uint8_t* kinds
    const uint8_t* sources
    double against_given
    double against_surname
    double worth          # what is worth less is not kept
    bint is_bound         # whether a name has to meet as many words as their sources ask for
    Found* found
    Py_ssize_t room
    Py_ssize_t kept


cdef struct Marked:
    # a place of a table of tokens, found by hashing; empty where no word meets it
    uint32_t token
    uint32_t words    # a bit for every word that meets it
    bint found


cdef struct Summed:
    # a place of a table of names, found by hashing; empty where no word was met
    uint32_t name
    uint32_t word     # the last word that the name met, from 1
    double best       # what it met of that word at most
    double total      # and of the words before


cdef inline Summed* place_in(Summed* sums, uint32_t mask, uint32_t name) noexcept nogil:
    """The place of a name in a table, or the empty one where it would be."""
    cdef uint32_t at = (name * <uint32_t>2654435769u) >> 5 & mask
    while sums[at].word and sums[at].name != name:
        at = (at + 1) & mask
    return &sums[at]


cdef inline bint is_before(Summed* one, Summed* other) noexcept nogil:
    """Whether a name is worth more than another, or as much and has the lower number."""
    if one.total != other.total:
        return one.total > other.total
    return one.name < other.name


cdef inline Marked* place_of(Marked* marks, uint32_t mask, uint32_t token) noexcept nogil:
    """The place of a token in a table, or the empty one where it would be."""
    cdef uint32_t at = (token * <uint32_t>2654435769u) >> 7 & mask
    while marks[at].words and marks[at].token != token:
        at = (at + 1) & mask
    return &marks[at]


cdef inline Slot* slot_of(Weighing* weighing, uint32_t token) noexcept nogil:
    """The place of a token in a table, or the empty one where it would be."""
    cdef uint32_t mask = <uint32_t>(weighing.slots - 1), at = (token * <uint32_t>2654435769u) >> 7 & mask
    while weighing.first[at].first and weighing.first[at].token != token:
        at = (at + 1) & mask
    return &weighing.first[at]


cdef list best_of(Weighing* weighing, int most):
    """The names that were kept, each once, most worth first, then by number; at most so many."""
    cdef Py_ssize_t i
    cdef Found* one
    cdef list found = []
    qsort(weighing.found, weighing.kept, sizeof(Found), by_worth)
    for i in range(weighing.kept):
        one = &weighing.found[i]
        # a name that was met twice is worth the same
        if i and one.name == weighing.found[i - 1].name:
            continue
        if len(found) >= most:
            break
        found.append((one.name, one.worth, one.met))
    return found


cdef int by_token(const void* a, const void* b) noexcept nogil:
    cdef Meeting* one = <Meeting*>a
    cdef Meeting* other = <Meeting*>b
    if one.token != other.token:
        return -1 if one.token < other.token else 1
    return one.word - other.word


cdef int by_number(const void* a, const void* b) noexcept nogil:
    cdef uint32_t one = (<uint32_t*>a)[0], other = (<uint32_t*>b)[0]
    return (one > other) - (one < other)


cdef int by_worth(const void* a, const void* b) noexcept nogil:
    cdef Found* one = <Found*>a
    cdef Found* other = <Found*>b
    if one.worth != other.worth:
        return -1 if one.worth > other.worth else 1
    return -1 if one.name < other.name else 1


cdef class Names:
    """The names of an open gazetteer, as arrays.

    Args:
        postings, postings_at: the names of every token, and where each token's begin.
        tokens, tokens_at: the tokens of every name, and where each name's begin.
        roles: what each of `tokens` is: 0 another name, 1 a given name or initial, 2 a surname, 3 nothing that counts,
            by the number of its role in the file (`kinds`).
    """

    cdef const uint32_t[::1] postings
    cdef const uint32_t[::1] postings_at
    cdef const uint32_t[::1] tokens
    cdef const uint32_t[::1] tokens_at
    cdef const uint8_t[::1] roles
    cdef uint8_t[256] kinds

    def __init__(self, const uint32_t[::1] postings not None, const uint32_t[::1] postings_at not None,
                 const uint32_t[::1] tokens not None, const uint32_t[::1] tokens_at not None,
                 const uint8_t[::1] roles not None, bytes kinds not None):
        cdef int i
        if roles.shape[0] != tokens.shape[0]:
            raise ValueError("every token of a name needs a role")
        self.postings, self.postings_at = postings, postings_at
        self.tokens, self.tokens_at, self.roles = tokens, tokens_at, roles
        for i in range(256):
            self.kinds[i] = kinds[i] if i < len(kinds) else SILENT

    def shared(self, const uint32_t[::1] tokens not None):
        """How many names, counted once for each of the tokens, some tokens have."""
        cdef int64_t total = 0
        cdef Py_ssize_t k
        for k in range(tokens.shape[0]):
            if <Py_ssize_t>tokens[k] + 1 < self.postings_at.shape[0]:
                total += <int64_t>self.postings_at[tokens[k] + 1] - self.postings_at[tokens[k]]
        return total

    def together(self, const uint32_t[::1] tokens not None, const int32_t[::1] ends not None, int64_t few):
        """The tokens that words meet in names of which two words meet a token, or in which nothing else is.

        Of the words that more than `few` names have, the commonest brings none: a name of two has the other one.

        Args:
            tokens, ends: the tokens that the words meet, as in `best`.
            few: as above.

        Returns:
            For every word those of its tokens that are in such a name.
        """
        cdef int words = <int>ends.shape[0], word = 0, commonest = -1
        cdef Py_ssize_t count = tokens.shape[0], i, place, room = 64
        cdef int64_t[WORDS] reach
        cdef Marked* marks
        cdef Marked* mark
        cdef uint32_t token
        if words > WORDS or (words and ends[words - 1] != count) or (count and not words):
            raise ValueError(f"{words} words; at most {WORDS} are possible, and every token is one's")
        for word in range(words):
            if ends[word] < (0 if not word else ends[word - 1]):
                raise ValueError("the tokens of words must end in order")
        found = [array("I") for _ in range(words)]
        while room < 2 * count:
            room *= 2
        marks = <Marked*>calloc(room, sizeof(Marked))
        if marks == NULL:
            raise MemoryError
        for word in range(words):
            reach[word] = 0
            for i in range(0 if not word else ends[word - 1], ends[word]):
                token = tokens[i]
                mark = place_of(marks, room - 1, token)
                mark.token = token
                mark.words |= <uint32_t>1 << word
                if <Py_ssize_t>token + 1 < self.postings_at.shape[0]:
                    reach[word] += <int64_t>self.postings_at[token + 1] - self.postings_at[token]
            if commonest < 0 or reach[word] > reach[commonest]:
                commonest = word
        for word in range(words):
            if word == commonest and reach[word] > few:
                continue
            for i in range(0 if not word else ends[word - 1], ends[word]):
                token = tokens[i]
                if <Py_ssize_t>token + 1 >= self.postings_at.shape[0] or self.postings_at[token + 1] > self.postings.shape[0]:
                    continue
                self._mark_all(self.postings_at[token], self.postings_at[token + 1], marks, room - 1)
        for word in range(words):
            for i in range(0 if not word else ends[word - 1], ends[word]):
                if place_of(marks, room - 1, tokens[i]).found:
                    found[word].append(tokens[i])
        free(marks)
        return found

    cdef inline void _fetch(self, const uint32_t* names, Py_ssize_t place, Py_ssize_t end) noexcept nogil:
        """Begin to read what belongs to names further on, for most of a large gazetteer is in no cache."""
        cdef uint32_t name, start
        if place + AHEAD < end:
            name = names[place + AHEAD]
            if <Py_ssize_t>name + 1 < self.tokens_at.shape[0]:
                fetch(&self.tokens_at[name])
        if place + NEAR < end:
            name = names[place + NEAR]
            if <Py_ssize_t>name + 1 < self.tokens_at.shape[0]:
                start = self.tokens_at[name]
                if start < self.tokens.shape[0]:
                    fetch(&self.tokens[start])
                    fetch(&self.roles[start])

    cdef void _mark_all(self, Py_ssize_t start, Py_ssize_t end, Marked* marks, uint32_t mask) noexcept nogil:
        """Mark the tokens of the names that stand at some places of the postings, as `_mark` does."""
        cdef Py_ssize_t place
        if start >= end:
            return
        for place in range(start, end):
            self._fetch(&self.postings[0], place, end)
            self._mark(self.postings[place], marks, mask)

    cdef void _mark(self, uint32_t name, Marked* marks, uint32_t mask) noexcept nogil:
        """Mark the tokens of a name that has two of the words, or nothing but them."""
        cdef Marked* met[TOKENS]
        cdef Marked* mark
        cdef uint32_t words = 0
        cdef int size, j, count = 0, more = 0
        cdef uint8_t kind
        cdef Py_ssize_t start, end
        if <Py_ssize_t>name + 1 >= self.tokens_at.shape[0]:
            return
        start, end = self.tokens_at[name], self.tokens_at[name + 1]
        if not start <= end <= self.tokens.shape[0]:
            return
        size = <int>min(end - start, TOKENS)
        for j in range(size):
            kind = self.kinds[self.roles[start + j]]
            if kind == SILENT:
                continue
            mark = place_of(marks, mask, self.tokens[start + j])
            if mark.words:
                met[count] = mark
                words |= mark.words
                count += 1
            else:
                more += kind == GIVEN or kind == SURNAME
        if not count or (more and (count < 2 or not words & (words - 1))):
            return
        for j in range(count):
            met[j].found = True

    def counted(self, uint32_t name):
        """The tokens of a name that count, each with its number of a role."""
        cdef Py_ssize_t start, end, j
        if <Py_ssize_t>name + 1 >= self.tokens_at.shape[0]:
            return []
        start, end = self.tokens_at[name], self.tokens_at[name + 1]
        if not start <= end <= self.tokens.shape[0]:
            return []
        return [(self.tokens[j], self.roles[j]) for j in range(start, end) if self.kinds[self.roles[j]] != SILENT]

    def summed(self, const uint32_t[::1] tokens not None, const double[::1] worth not None,
               const int32_t[::1] ends not None, int most):
        """The names with most of the worth of their tokens, counted for every word by the best: the most first, then by number.

        Args:
            tokens: the tokens that words may spell, word by word.
            worth: what each is worth, more than nothing, in bits.
            ends: where the tokens of each word end.
            most: at most so many names.
        """
        cdef int words = <int>ends.shape[0], word = 0
        cdef Py_ssize_t count = tokens.shape[0], i, k, place, reach = 0, room = 64, kept = 0
        cdef uint32_t token
        cdef Summed* sums
        cdef Summed* one
        cdef Summed* first
        if worth.shape[0] != count or (ends[words - 1] if words else 0) != count:
            raise ValueError("every token needs its worth, and every word its tokens")
        for i in range(count):
            if self._posted(tokens[i]):
                reach += self.postings_at[tokens[i] + 1] - self.postings_at[tokens[i]]
        while room < 2 * min(reach, self.tokens_at.shape[0]) and room < <Py_ssize_t>1 << 31:
            room *= 2
        sums = <Summed*>calloc(room, sizeof(Summed))
        first = <Summed*>malloc((max(most, 0) + 1) * sizeof(Summed))
        try:
            if sums == NULL or first == NULL:
                raise MemoryError
            for i in range(count):
                while i >= ends[word]:
                    word += 1
                    if word >= words:
                        raise ValueError("the tokens of words must end in order")
                token = tokens[i]
                if not self._posted(token):
                    continue
                for place in range(self.postings_at[token], self.postings_at[token + 1]):
                    if <Py_ssize_t>self.postings[place] + 1 >= self.tokens_at.shape[0]:
                        continue
                    one = place_in(sums, <uint32_t>(room - 1), self.postings[place])
                    one.name = self.postings[place]
                    if one.word != <uint32_t>word + 1:
                        one.total += one.best
                        one.word, one.best = <uint32_t>word + 1, worth[i]
                    elif worth[i] > one.best:
                        one.best = worth[i]
            for i in range(room):
                if not sums[i].word:
                    continue
                sums[i].total += sums[i].best
                if kept == most and (not kept or not is_before(&sums[i], &first[kept - 1])):
                    continue
                k = kept
                while k and is_before(&sums[i], &first[k - 1]):
                    first[k] = first[k - 1]
                    k -= 1
                first[k] = sums[i]
                kept = min(kept + 1, most)
            return [first[i].name for i in range(kept)]
        finally:
            free(sums)
            free(first)

    cdef inline bint _posted(self, uint32_t token) noexcept nogil:
        """Whether the names of a token stand where the file has any."""
        # in the width of a place: the largest number of a damaged file would else come out as the first
        if <Py_ssize_t>token + 1 >= self.postings_at.shape[0]:
            return False
        return self.postings_at[token] <= self.postings_at[token + 1] <= self.postings.shape[0]

    def best(self, const uint32_t[::1] tokens not None, const float[::1] as_other not None,
             const float[::1] as_surname not None, const int32_t[::1] ends not None, bytes kinds not None,
             bytes sources not None, double against_given, double against_surname, int most,
             const uint32_t[::1] among=None, double least=-1e300):
        """The names that words may spell, most worth first, then by number: each with what it is worth and how many it meets.

        Args:
            tokens: the tokens that the words may spell, word by word.
            as_other, as_surname: what each is worth in the place of a surname and in others, in bits.
            ends: where the tokens of each word end.
            kinds: what each word is in its name, as in `Names`.
            sources: for each word, how many words a name of its tokens has to meet; 0 where they are not looked at.
            against_given, against_surname: what it counts that both have another given name, or surname, in bits.
            most: at most so many names.
            among: the names that are looked at; without them all that the words bring.
            least: names that are worth fewer bits are left out.
        """
        cdef int words = <int>ends.shape[0], word
        cdef Py_ssize_t count = tokens.shape[0], i, start, end
        cdef uint32_t token
        cdef Meeting* meetings
        cdef Weighing weighing
        if words > WORDS or len(kinds) != words or len(sources) != words:
            raise ValueError(f"{words} words; at most {WORDS} are possible, each with a kind")
        if as_other.shape[0] != count or as_surname.shape[0] != count or (ends[words - 1] if words else 0) != count:
            raise ValueError("every token needs its worth, and every word its tokens")
        meetings = <Meeting*>malloc(max(1, count) * sizeof(Meeting))
        weighing.slots = 64
        while weighing.slots < 2 * count:
            weighing.slots *= 2
        weighing.first = <Slot*>calloc(weighing.slots, sizeof(Slot))
        weighing.room, weighing.kept = 256, 0
        weighing.found = <Found*>malloc(weighing.room * sizeof(Found))
        try:
            if meetings == NULL or weighing.first == NULL or weighing.found == NULL:
                raise MemoryError
            word = 0
            for i in range(count):
                while i >= ends[word]:
                    word += 1
                    if word >= words:
                        raise ValueError("the tokens of words must end in order")
                meetings[i].token, meetings[i].word = tokens[i], word
                meetings[i].worth[0], meetings[i].worth[1] = as_other[i], as_surname[i]
            qsort(meetings, count, sizeof(Meeting), by_token)
            for i in range(count - 1, -1, -1):
                # the first of those of a token is entered last
                slot_of(&weighing, meetings[i].token)[0] = Slot(meetings[i].token, <int32_t>i + 1)
            weighing.meetings, weighing.count, weighing.words = meetings, count, words
            weighing.kinds, weighing.sources = kinds, sources
            weighing.against_given, weighing.against_surname, weighing.worth = against_given, against_surname, least
            weighing.is_bound = among is None
            if among is not None:
                if among.shape[0]:
                    self._weigh_all(&weighing, &among[0], 0, among.shape[0])
            else:
                word = 0
                for i in range(count):
                    while i >= ends[word]:
                        word += 1
                    token = tokens[i]
                    # in the width of a place: the largest number of a damaged file would else come out as the first
                    if not sources[word] or <Py_ssize_t>token + 1 >= self.postings_at.shape[0]:
                        continue
                    start, end = self.postings_at[token], self.postings_at[token + 1]
                    if start < end <= self.postings.shape[0]:
                        self._weigh_all(&weighing, &self.postings[0], start, end)
            return best_of(&weighing, most)
        finally:
            free(meetings)
            free(weighing.first)
            free(weighing.found)

    cdef _weigh_all(self, Weighing* weighing, const uint32_t* names, Py_ssize_t start, Py_ssize_t end):
        """Weigh the names that stand at some places, and keep those that may be meant; one may be met again."""
        cdef Py_ssize_t place
        cdef Found* one
        cdef Found* more
        for place in range(start, end):
            self._fetch(names, place, end)
            if weighing.kept == weighing.room:
                more = <Found*>realloc(weighing.found, 2 * weighing.room * sizeof(Found))
                if more == NULL:
                    raise MemoryError
                weighing.found, weighing.room = more, 2 * weighing.room
            one = &weighing.found[weighing.kept]
            one.name = names[place]
            self._weigh(one, weighing)
            if one.met and one.worth >= weighing.worth and (not weighing.is_bound or one.met >= one.least):
                weighing.kept += 1

    cdef void _weigh(self, Found* found, Weighing* weighing) noexcept nogil:
        """Give the tokens of a name to the words, the best first, and see what is left on both sides."""
        cdef float worth[WORDS][TOKENS]
        cdef uint8_t kind[TOKENS]
        cdef bint word_left[WORDS]
        cdef bint token_left[TOKENS]
        cdef bint gave[4]
        cdef bint got[4]
        cdef int size, i, j, w, best_word, best_token, words = weighing.words, tokens_met = 0, words_met = 0
        cdef int32_t[TOKENS] first
        cdef uint32_t mask = 0
        cdef Meeting* meeting
        cdef Meeting* last = weighing.meetings + weighing.count
        cdef Py_ssize_t start, end
        cdef uint32_t token
        cdef float most, total = 0.0
        found.met, found.least, found.worth = 0, WORDS, 0.0
        if <Py_ssize_t>found.name + 1 >= self.tokens_at.shape[0]:
            return
        start, end = self.tokens_at[found.name], self.tokens_at[found.name + 1]
        if not start <= end <= self.tokens.shape[0]:
            return
        size = <int>min(end - start, TOKENS)
        for j in range(size):
            kind[j] = self.kinds[self.roles[start + j]]
            token_left[j] = kind[j] != SILENT
            first[j] = slot_of(weighing, self.tokens[start + j]).first if token_left[j] else 0
            if not first[j]:
                continue
            tokens_met += 1
            meeting, token = weighing.meetings + first[j] - 1, self.tokens[start + j]
            while meeting < last and meeting.token == token:
                mask |= <uint32_t>1 << meeting.word
                if weighing.sources[meeting.word] and weighing.sources[meeting.word] < found.least:
                    found.least = weighing.sources[meeting.word]
                meeting += 1
        while mask:
            words_met += 1
            mask &= mask - 1
        if not tokens_met or (weighing.is_bound and min(tokens_met, words_met) < found.least):
            # most names share one common word
            return
        for w in range(words):
            word_left[w] = weighing.kinds[w] != SILENT
            for j in range(size):
                worth[w][j] = 0.0
        for j in range(size):
            if first[j]:
                meeting, token = weighing.meetings + first[j] - 1, self.tokens[start + j]
                while meeting < last and meeting.token == token:
                    worth[meeting.word][j] = meeting.worth[kind[j] == SURNAME]
                    meeting += 1
        while True:
            most, best_word, best_token = 0.0, -1, -1
            for w in range(words):
                if word_left[w]:
                    for j in range(size):
                        if token_left[j] and worth[w][j] > most:
                            most, best_word, best_token = worth[w][j], w, j
            if best_word < 0:
                break
            total += most
            found.met += 1
            word_left[best_word] = token_left[best_token] = False
        for i in range(4):
            gave[i] = got[i] = False
        for w in range(words):
            if word_left[w]:
                gave[weighing.kinds[w]] = True
        for j in range(size):
            if token_left[j]:
                got[kind[j]] = True
        if gave[GIVEN] and got[GIVEN]:
            total += weighing.against_given
        if gave[SURNAME] and got[SURNAME]:
            total += weighing.against_surname
        found.worth = total


cdef class Keys:
    """The tokens filed under keys, as arrays.

    Args:
        keys: the hashes of all keys, sorted.
        tokens, tokens_at: the tokens under every key, and where each key's begin.
        spellings_at: where the rows of the letters of every token begin.
        scripts: the number of the script of every row.
    """

    cdef const uint64_t[::1] keys
    cdef const uint32_t[::1] tokens
    cdef const uint32_t[::1] tokens_at
    cdef const uint32_t[::1] spellings_at
    cdef const uint8_t[::1] scripts

    def __init__(self, const uint64_t[::1] keys not None, const uint32_t[::1] tokens not None,
                 const uint32_t[::1] tokens_at not None, const uint32_t[::1] spellings_at not None,
                 const uint8_t[::1] scripts not None):
        if tokens_at.shape[0] != keys.shape[0] + 1:
            raise ValueError("every key needs its tokens")
        self.keys, self.tokens, self.tokens_at = keys, tokens, tokens_at
        self.spellings_at, self.scripts = spellings_at, scripts

    def under(self, const uint64_t[::1] hashes not None):
        """The tokens under some keys, each once, sorted."""
        cdef Py_ssize_t i, j, low, high, middle, start, end, size = 0, room = 1024, unique = 0
        cdef uint32_t* met = <uint32_t*>malloc(room * sizeof(uint32_t))
        cdef uint32_t* more
        if met == NULL:
            raise MemoryError
        try:
            for i in range(hashes.shape[0]):
                low, high = 0, self.keys.shape[0]
                while low < high:
                    middle = (low + high) // 2
                    if self.keys[middle] < hashes[i]:
                        low = middle + 1
                    else:
                        high = middle
                if low == self.keys.shape[0] or self.keys[low] != hashes[i]:
                    continue
                start, end = self.tokens_at[low], self.tokens_at[low + 1]
                if not start <= end <= self.tokens.shape[0]:
                    continue
                if size + end - start > room:
                    room = 2 * (size + end - start)
                    more = <uint32_t*>realloc(met, room * sizeof(uint32_t))
                    if more == NULL:
                        raise MemoryError
                    met = more
                for j in range(start, end):
                    met[size] = self.tokens[j]
                    size += 1
            qsort(met, size, sizeof(uint32_t), by_number)
            for i in range(size):
                if not i or met[i] != met[unique - 1]:
                    met[unique] = met[i]
                    unique += 1
            found = array("I")
            found.frombytes((<char*>met)[:unique * sizeof(uint32_t)])
            return found
        finally:
            free(met)

    def rows(self, const uint32_t[::1] tokens not None, bint plain=False):
        """The rows of the letters of some tokens by the number of their script: each with the token that it is of.

        Args:
            tokens: their numbers.
            plain: only the first row of each, that of the token as it is written.
        """
        cdef Py_ssize_t i, row, start, end
        cdef int script
        found = {}
        for i in range(tokens.shape[0]):
            if <Py_ssize_t>tokens[i] + 1 >= self.spellings_at.shape[0]:
                continue
            start, end = self.spellings_at[tokens[i]], self.spellings_at[tokens[i] + 1]
            if not start <= end <= self.scripts.shape[0]:
                continue
            for row in range(start, min(start + 1, end) if plain else end):
                script = self.scripts[row]
                pair = found.get(script)
                if pair is None:
                    pair = found[script] = array("I"), array("I")
                (<object>pair[0]).append(row)
                (<object>pair[1]).append(tokens[i])
        return found


def opening(bytes first not None, const uint8_t[::1] letters not None, const uint32_t[::1] starts not None,
            const uint32_t[::1] rows not None):
    """The places of those of some rows of letters that open with one of some letters."""
    cdef Py_ssize_t k, at
    cdef bint[256] wanted
    cdef uint8_t code
    for k in range(256):
        wanted[k] = False
    for code in first:
        wanted[code] = True
    found = array("I")
    for k in range(rows.shape[0]):
        if <Py_ssize_t>rows[k] + 1 >= starts.shape[0]:
            continue
        at = starts[rows[k]]
        if at < letters.shape[0] and wanted[letters[at]]:
            found.append(k)
    return found


def slips(const uint8_t[::1] word not None, const uint8_t[::1] letters not None, const uint32_t[::1] starts not None,
          const uint32_t[::1] numbers not None):
    """Those of some numbered words that one slip makes of a word: a letter more, less or another, or two that changed places."""
    cdef Py_ssize_t k, at, end, head, tail, short, m = word.shape[0], n
    cdef bint slip
    found = array("I")
    for k in range(numbers.shape[0]):
        if <Py_ssize_t>numbers[k] + 1 >= starts.shape[0]:
            continue
        at, end = starts[numbers[k]], starts[numbers[k] + 1]
        n = end - at
        if not m - 1 <= n <= m + 1 or end > letters.shape[0]:
            continue
        short, head, tail = min(m, n), 0, 0
        while head < short and letters[at + head] == word[head]:
            head += 1
        while tail < short - head and letters[end - 1 - tail] == word[m - 1 - tail]:
            tail += 1
        if m != n:
            slip = head + tail == short
        else:
            slip = head + tail == m - 1 or (
                head + tail == m - 2 and letters[at + head] == word[head + 1] and letters[at + head + 1] == word[head])
        if slip:
            found.append(numbers[k])
    return found
