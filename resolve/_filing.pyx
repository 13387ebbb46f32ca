# cython: boundscheck=False, wraparound=False, initializedcheck=False
"""What stands where? The lists of a compiled gazetteer, turned round: from names to the tokens in them, and back.

Numbers are counted, summed up and put in their places; nothing is compared but hashes, which are sorted by their digits.
What comes in is checked once at the door.
"""

from array import array

from libc.stdint cimport uint32_t, uint64_t
from libc.string cimport memset

cdef enum:
    DIGITS = 65536


def placed(const uint32_t[::1] numbers not None, Py_ssize_t count):
    """The places at which each of so many numbers stands, in order.

    Returns:
        Where the places of every number begin, with their end (array of u32), and the places (array of u32).

    >>> starts, places = placed(array("I", [1, 0, 1]), 2)
    >>> list(starts), list(places)
    ([0, 1, 3], [1, 0, 2])
    """
    cdef Py_ssize_t place, size = numbers.shape[0]
    _check(numbers, count)
    starts_, places_ = array("I", bytes(4 * (count + 1))), array("I", bytes(4 * size))
    cdef uint32_t[::1] starts = starts_, places = places_
    with nogil:
        for place in range(size):
            starts[numbers[place]] += 1
        _to_starts(starts, count)
        for place in range(size):
            places[starts[numbers[place]]] = <uint32_t>place
            starts[numbers[place]] += 1
        _moved_back(starts, count)
    return starts_, places_


def postings(const uint32_t[::1] tokens not None, const uint32_t[::1] starts not None, Py_ssize_t count):
    """The names that each of so many tokens is part of, in order, each name once.

    Args:
        tokens: those of all names.
        starts: where those of every name begin, with their end.
        count: how many tokens there are.

    Returns:
        Where the names of every token begin, with their end (array of u32), and the names (array of u32).

    >>> begin, names = postings(array("I", [1, 1, 0, 1]), array("I", [0, 3, 4]), 2)
    >>> list(begin), list(names)
    ([0, 1, 3], [0, 0, 1])
    """
    cdef Py_ssize_t name, place, names = starts.shape[0] - 1
    cdef uint32_t token, total
    _check(tokens, count)
    _check_starts(starts, tokens.shape[0])
    begin_, last_ = array("I", bytes(4 * (count + 1))), array("I", bytes(4 * count))
    cdef uint32_t[::1] begin = begin_, last = last_
    with nogil:
        for name in range(names):
            for place in range(starts[name], starts[name + 1]):
                token = tokens[place]
                if last[token] != name + 1:
                    last[token] = <uint32_t>(name + 1)
                    begin[token] += 1
        total = _to_starts(begin, count)
    found_ = array("I", bytes(4 * total))
    cdef uint32_t[::1] found = found_
    with nogil:
        if count:
            memset(&last[0], 0, 4 * count)
        for name in range(names):
            for place in range(starts[name], starts[name + 1]):
                token = tokens[place]
                if last[token] != name + 1:
                    last[token] = <uint32_t>(name + 1)
                    found[begin[token]] = <uint32_t>name
                    begin[token] += 1
        _moved_back(begin, count)
    return begin_, found_


def bearers(const uint32_t[::1] starts not None, const uint32_t[::1] names not None, const uint32_t[::1] entity_of not None,
            Py_ssize_t entities):
    """How many entities bear the names of every token (array of u32).

    Args:
        starts, names: what `postings` gives.
        entity_of: the entity of every name.
        entities: how many there are.

    >>> list(bearers(array("I", [0, 2, 3]), array("I", [0, 1, 1]), array("I", [0, 0]), 1))
    [1, 1]
    """
    cdef Py_ssize_t token, place, count = starts.shape[0] - 1
    cdef uint32_t entity
    _check_starts(starts, names.shape[0])
    _check(names, entity_of.shape[0])
    _check(entity_of, entities)
    found_, last_ = array("I", bytes(4 * count)), array("I", bytes(4 * entities))
    cdef uint32_t[::1] found = found_, last = last_
    with nogil:
        for token in range(count):
            for place in range(starts[token], starts[token + 1]):
                entity = entity_of[names[place]]
                if last[entity] != token + 1:
                    last[entity] = <uint32_t>(token + 1)
                    found[token] += 1
    return found_


def filed(const uint64_t[::1] hashes not None, const uint32_t[::1] counts not None):
    """The tokens under every hash of a key.

    Args:
        hashes: those of all tokens, each once for a token.
        counts: how many of them belong to every token.

    Returns:
        The sorted hashes, each once (array of u64); where the tokens of each begin, with their end (array of u32); the
        tokens (array of u32).

    >>> keys, starts, tokens = filed(array("Q", [7, 5, 7]), array("I", [2, 1]))
    >>> list(keys), list(starts), list(tokens)
    ([5, 7], [0, 1, 3], [0, 0, 1])
    """
    cdef Py_ssize_t size = hashes.shape[0], place, token, done = 0, distinct = 0
    for token in range(counts.shape[0]):
        done += counts[token]
    if done != size:
        raise ValueError(f"{done} hashes are counted where there are {size}")
    left_, right_ = array("Q", bytes(8 * size)), array("Q", bytes(8 * size))
    left_of_, right_of_ = array("I", bytes(4 * size)), array("I", bytes(4 * size))
    numbers_ = array("I", bytes(4 * (DIGITS + 1)))
    cdef uint64_t[::1] left = left_, right = right_
    cdef uint32_t[::1] left_of = left_of_, right_of = right_of_, numbers = numbers_
    place = 0
    for token in range(counts.shape[0]):
        for done in range(counts[token]):
            left[place], left_of[place] = hashes[place], <uint32_t>token
            place += 1
    with nogil:
        # as tokens come in order, and sorting by a digit leaves what it does not tell apart as it was, they stay in it
        _by_digit(left, left_of, right, right_of, numbers, 0)
        _by_digit(right, right_of, left, left_of, numbers, 16)
        _by_digit(left, left_of, right, right_of, numbers, 32)
        _by_digit(right, right_of, left, left_of, numbers, 48)
        for place in range(size):
            if not place or left[place] != left[place - 1]:
                distinct += 1
    keys_, starts_ = array("Q", bytes(8 * distinct)), array("I", bytes(4 * (distinct + 1)))
    cdef uint64_t[::1] keys = keys_
    cdef uint32_t[::1] starts = starts_
    distinct = 0
    with nogil:
        for place in range(size):
            if not place or left[place] != left[place - 1]:
                keys[distinct] = left[place]
                distinct += 1
            starts[distinct] = <uint32_t>(place + 1)
    return keys_, starts_, left_of_


cdef void _by_digit(uint64_t[::1] left, uint32_t[::1] left_of, uint64_t[::1] right, uint32_t[::1] right_of,
                    uint32_t[::1] numbers, int shift) noexcept nogil:
    """Put what is left to the right, sorted by sixteen bits of the hash."""
    cdef Py_ssize_t place, size = left.shape[0]
    cdef uint32_t to
    cdef Py_ssize_t digit
    memset(&numbers[0], 0, 4 * (DIGITS + 1))
    for place in range(size):
        numbers[(left[place] >> shift) & (DIGITS - 1)] += 1
    _to_starts(numbers, DIGITS)
    for place in range(size):
        digit = (left[place] >> shift) & (DIGITS - 1)
        to = numbers[digit]
        right[to], right_of[to] = left[place], left_of[place]
        numbers[digit] += 1


cdef uint32_t _to_starts(uint32_t[::1] counts, Py_ssize_t count) noexcept nogil:
    """Make of so many counts where each begins; gives the sum, which stands behind them too."""
    cdef Py_ssize_t number
    cdef uint32_t total = 0, size
    for number in range(count):
        size = counts[number]
        counts[number] = total
        total += size
    counts[count] = total
    return total


cdef void _moved_back(uint32_t[::1] starts, Py_ssize_t count) noexcept nogil:
    """Where the lists begin again, after each was filled up to its end."""
    cdef Py_ssize_t number
    for number in range(count, 0, -1):
        starts[number] = starts[number - 1]
    starts[0] = 0


cdef int _check(const uint32_t[::1] numbers, Py_ssize_t count) except -1:
    cdef Py_ssize_t place
    for place in range(numbers.shape[0]):
        if numbers[place] >= count:
            raise ValueError(f"{numbers[place]} is none of {count} numbers")
    return 0


cdef int _check_starts(const uint32_t[::1] starts, Py_ssize_t size) except -1:
    cdef Py_ssize_t place
    if not starts.shape[0] or starts[0] or starts[starts.shape[0] - 1] != size:
        raise ValueError("the starts do not fit")
    for place in range(starts.shape[0] - 1):
        if starts[place] > starts[place + 1]:
            raise ValueError("the starts do not rise")
    return 0
