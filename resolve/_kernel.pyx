# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""How likely is it that two encoded tokens spell one name?

The forward algorithm of a joint multigram model: a pair of words is written block by block, each
block m letters of the left word and n letters of the right one (m, n <= 3), and the probability of
the pair is the sum over all ways to cut it (Bisani & Ney 2008; Li, Zhang & Su 2004). A letter
trigram model gives the probability of one word.

Letters are small integers: 0 is no letter, `START` and `END` are the edges of a word, `UNKNOWN` is
every letter outside the alphabet, and the rest is the alphabet's. A word is its letters without the
edges, cut after `MAX_LETTERS`. Everything that comes in is checked once at the door; the loops
behind it run without the GIL on typed memory.

The weights of small blocks (1:1, 1:0, 0:1, 2:0, 0:2, 2:1, 1:2) lie in dense tables, those of larger
blocks in a hash table. For every left block a signature of 64 bits says which right blocks may go
with it, so that only promising places of the right word are looked up.
"""

from array import array

from libc.math cimport INFINITY, exp2, log2, sqrt
from libc.stdint cimport int16_t, int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport free, malloc
from libc.string cimport memcmp, memcpy, memset

START = 1
END = 2
UNKNOWN = 3
FIRST = 4
MAX_LETTERS = 40

cdef enum:
    C_START = 1
    C_END = 2
    C_FIRST = 4
    C_MAX = 40
    CAP = 42          # letters with both edges
    STRIDE = 43       # cells of one row
    CELLS = 1849      # STRIDE * STRIDE
    MAX_ALPHABET = 128
    EDGES = 20000     # room for every edge of the longest pair: cells times the ten shapes

cdef double LOG_ZERO = -2000.0
cdef double SMALL = 1e-90
cdef double LARGE = 1e90
cdef double LOG_LARGE = log2(1e90)
cdef double TINY = -900.0      # in bits: smaller numbers have no place beside others in double precision
cdef double ROUNDING = 1e-3    # in bits
cdef double NO_LIMIT = -1e9
cdef double SLACK = 1e-9       # more than rounding may hide in a sum of bits


cdef extern from *:
    """
    #if defined(_MSC_VER)
    #include <intrin.h>
    static int first_bit(unsigned long long x) { unsigned long i; _BitScanForward64(&i, x); return (int)i; }
    #else
    static int first_bit(unsigned long long x) { return __builtin_ctzll(x); }
    #endif
    """
    int first_bit(unsigned long long x) noexcept nogil


cdef struct Word:
    int size
    int letter[CAP]
    int two[CAP]      # the pair of letters that ends here, -1 where no block has it
    int three[CAP]


cdef struct Places:
    # where the right word has blocks of a signature bit, by size of the block
    uint64_t bits[4]
    uint64_t where[4][64]


cdef struct Rest:
    # what is left of a word at most, beside whatever other word: from each of its letters on, and where a block of
    # two, or of three, of its letters begins there
    double from_here[CAP + 1]
    double two[CAP + 1]
    double three[CAP + 1]


cdef struct Edge:
    int source
    int target
    int weight


cdef inline uint32_t mix(uint32_t left, uint32_t right) noexcept nogil:
    cdef uint32_t value = left * <uint32_t>2654435761u ^ right * <uint32_t>2246822519u
    return value ^ (value >> 15)


cdef inline int bit_of(int block) noexcept nogil:
    return <int>((<uint32_t>block * <uint32_t>2654435769u) >> 26)


cdef void read_word(Word* word, const uint8_t* letters, Py_ssize_t size) noexcept nogil:
    """Cut to the longest size and put the edges around it."""
    cdef int i, n = <int>min(size, C_MAX)
    word.size = n + 2
    word.letter[0] = C_START
    for i in range(n):
        word.letter[i + 1] = letters[i]
    word.letter[n + 1] = C_END


cdef class Blocks:
    """The blocks of one pair of alphabets, and the weight of each.

    Args:
        left, right: sizes of the alphabets, at most 128 with the first four codes.
        blocks: six bytes a block, three letters a side, padded with zeros on the right.
        weights: one a block.
        swap_floor, drop_floor: weights of 1:1 and of 1:0 and 0:1 where `blocks` does not say.
    """

    cdef readonly int left, right
    cdef readonly object weights, indices
    cdef object keep
    cdef int left_pairs, right_pairs, left_blocks, right_blocks
    cdef int32_t[::1] left_two, left_three, right_two, right_three
    cdef int o10, o01, o11, o20, o02, o21, o12, o_large
    cdef uint32_t mask
    cdef uint32_t[::1] slot_key
    cdef int32_t[::1] slot_weight
    cdef uint64_t[::1] signature
    cdef float[::1] w
    cdef double dropped
    cdef double[::1] most

    def __init__(self, int left, int right, const uint8_t[::1] blocks, const float[::1] weights,
                 double swap_floor=2e-7, double drop_floor=2e-6):
        cdef Py_ssize_t count = weights.shape[0]
        if not (C_FIRST <= left <= MAX_ALPHABET and C_FIRST <= right <= MAX_ALPHABET):
            raise ValueError(f"alphabets of {left} and {right} letters; 4 to 128 are possible")
        if blocks.shape[0] != 6 * count:
            raise ValueError(f"{blocks.shape[0]} bytes of blocks for {count} weights; six a block are needed")
        self.left, self.right = left, right
        self._check(blocks, count)
        self.left_two, self.left_three, self.left_pairs, self.left_blocks = self._number(blocks, count, 0, left)
        self.right_two, self.right_three, self.right_pairs, self.right_blocks = self._number(blocks, count, 3, right)
        self._lay_out(count)
        self._fill(blocks, weights, count, swap_floor, drop_floor)
        self._bound()

    cdef _check(self, const uint8_t[::1] blocks, Py_ssize_t count):
        cdef Py_ssize_t k
        cdef int side, i, limit, a, b
        for k in range(count):
            for side in range(2):
                limit = self.right if side else self.left
                for i in range(3):
                    if blocks[6 * k + 3 * side + i] >= limit:
                        raise ValueError(f"block {k} has a letter outside the alphabet")
                    if i and blocks[6 * k + 3 * side + i] and not blocks[6 * k + 3 * side + i - 1]:
                        raise ValueError(f"block {k} has a gap")
            a, b = size_of(blocks, 6 * k), size_of(blocks, 6 * k + 3)
            if a + b == 0 or (a == 3 and b == 0) or (a == 0 and b == 3):
                raise ValueError(f"block {k} has the shape {a}:{b}, which is none of the known ones")

    cdef _number(self, const uint8_t[::1] blocks, Py_ssize_t count, int side, int letters):
        """Number the pairs and triples of letters that the blocks have on one side."""
        cdef Py_ssize_t k
        cdef int pairs = 0, triples = 0, at, size
        two_array = array("i", [-1]) * (letters * letters)
        cdef int32_t[::1] two = two_array
        for k in range(count):
            size = size_of(blocks, 6 * k + side)
            if size >= 2:
                at = blocks[6 * k + side] * letters + blocks[6 * k + side + 1]
                if two[at] < 0:
                    two[at] = pairs
                    pairs += 1
        three_array = array("i", [-1]) * max(1, pairs * letters)
        cdef int32_t[::1] three = three_array
        for k in range(count):
            if size_of(blocks, 6 * k + side) == 3:
                at = blocks[6 * k + side] * letters + blocks[6 * k + side + 1]
                at = two[at] * letters + blocks[6 * k + side + 2]
                if three[at] < 0:
                    three[at] = triples
                    triples += 1
        return two, three, pairs, letters + pairs + triples

    cdef _lay_out(self, Py_ssize_t count):
        self.o10 = 0
        self.o01 = self.o10 + self.left
        self.o11 = self.o01 + self.right
        self.o20 = self.o11 + self.left * self.right
        self.o02 = self.o20 + self.left_pairs
        self.o21 = self.o02 + self.right_pairs
        self.o12 = self.o21 + self.left_pairs * self.right
        self.o_large = self.o12 + self.left * self.right_pairs
        cdef Py_ssize_t slots = 64
        while slots < 3 * count:
            slots *= 2
        self.mask = <uint32_t>(slots - 1)
        slot_key, slot_weight = array("I", bytes(4 * slots)), array("i", [-1]) * slots
        self.slot_key, self.slot_weight = slot_key, slot_weight
        signature = array("Q", bytes(8 * 4 * self.left_blocks))
        self.signature = signature

    cdef _fill(self, const uint8_t[::1] blocks, const float[::1] weights, Py_ssize_t count,
               double swap_floor, double drop_floor):
        cdef Py_ssize_t k
        cdef int a, b, i, large = 0
        cdef uint32_t slot
        index_array = array("i", bytes(4 * count))
        cdef int32_t[::1] index = index_array
        for k in range(count):
            a, b = size_of(blocks, 6 * k), size_of(blocks, 6 * k + 3)
            if is_large(a, b):
                i = self._left_block(blocks, 6 * k, a)
                large += self._enter(i, self._right_block(blocks, 6 * k + 3, b), b, large)
        self.weights = array("f", bytes(4 * (self.o_large + large)))
        self.w = self.weights
        for a in range(C_FIRST - 1, self.left):
            self.w[self.o10 + a] = drop_floor
            for b in range(C_FIRST - 1, self.right):
                self.w[self.o11 + a * self.right + b] = swap_floor
        for b in range(C_FIRST - 1, self.right):
            self.w[self.o01 + b] = drop_floor
        self.w[self.o11 + C_START * self.right + C_START] = swap_floor
        self.w[self.o11 + C_END * self.right + C_END] = swap_floor
        for k in range(count):
            index[k] = self._index(blocks, 6 * k)
            self.w[index[k]] = weights[k]
        self.indices = index_array

    cdef _bound(self):
        """What each block of the left side weighs at most, summed over the lengths of right sides; and all that is dropped."""
        cdef int k, n, left, right
        cdef uint32_t slot
        cdef double best
        most = array("d", bytes(8 * self.left_blocks))
        large = array("d", bytes(8 * 4 * self.left_blocks))
        cdef double[::1] sums = most, by_size = large
        for slot in range(self.mask + 1):
            if self.slot_weight[slot] >= 0:
                left, right = self.slot_key[slot] // self.right_blocks, self.slot_key[slot] % self.right_blocks
                n = 1 if right < self.right else 2 if right < self.right + self.right_pairs else 3
                by_size[4 * left + n] = max(by_size[4 * left + n], <double>self.w[self.slot_weight[slot]])
        for left in range(self.left_blocks):
            sums[left] = by_size[4 * left + 1] + by_size[4 * left + 2] + by_size[4 * left + 3]
        for left in range(self.left):
            sums[left] += self.w[self.o10 + left] + self._largest(self.o11 + left * self.right, self.right)
            sums[left] += self._largest(self.o12 + left * self.right_pairs, self.right_pairs)
        for k in range(self.left_pairs):
            sums[self.left + k] += self.w[self.o20 + k] + self._largest(self.o21 + k * self.right, self.right)
        self.most = most
        self.dropped = self._largest(self.o01, self.right) + self._largest(self.o02, self.right_pairs)

    cdef double _largest(self, int start, int count) noexcept:
        cdef int k
        cdef double best = 0.0
        for k in range(start, start + count):
            best = max(best, <double>self.w[k])
        return best

    cdef void _rest(self, Word* word, Rest* rest) noexcept nogil:
        """What is left of a left word at most from each of its letters on; without any bound where drops have none."""
        cdef int k
        cdef double one, two, three
        rest.from_here[word.size] = 1.0
        for k in range(word.size - 1, -1, -1):
            one = self.most[word.letter[k]] * rest.from_here[k + 1]
            two = three = 0.0
            if k + 2 <= word.size and word.two[k + 1] >= 0:
                two = self.most[self.left + word.two[k + 1]] * rest.from_here[k + 2]
            if k + 3 <= word.size and word.three[k + 2] >= 0:
                three = self.most[self.left + self.left_pairs + word.three[k + 2]] * rest.from_here[k + 3]
            rest.two[k], rest.three[k] = two + three, three
            rest.from_here[k] = (one + two + three) / (1.0 - self.dropped)
        rest.two[word.size] = rest.three[word.size] = 0.0

    cdef int _left_block(self, const uint8_t[::1] blocks, Py_ssize_t at, int size) noexcept:
        if size == 1:
            return blocks[at]
        cdef int two = self.left_two[blocks[at] * self.left + blocks[at + 1]]
        if size == 2:
            return self.left + two
        return self.left + self.left_pairs + self.left_three[two * self.left + blocks[at + 2]]

    cdef int _right_block(self, const uint8_t[::1] blocks, Py_ssize_t at, int size) noexcept:
        if size == 1:
            return blocks[at]
        cdef int two = self.right_two[blocks[at] * self.right + blocks[at + 1]]
        if size == 2:
            return self.right + two
        return self.right + self.right_pairs + self.right_three[two * self.right + blocks[at + 2]]

    cdef int _enter(self, int left, int right, int size, int large) noexcept:
        """Give a large block a place in the hash table; 1 if it is new."""
        cdef uint32_t key = <uint32_t>left * <uint32_t>self.right_blocks + <uint32_t>right
        cdef uint32_t slot = mix(left, right) & self.mask
        while self.slot_weight[slot] >= 0:
            if self.slot_key[slot] == key:
                return 0
            slot = (slot + 1) & self.mask
        self.slot_key[slot] = key
        self.slot_weight[slot] = self.o_large + large
        self.signature[4 * left + size] |= <uint64_t>1 << bit_of(right)
        return 1

    cdef inline int _find(self, int left, int right) noexcept nogil:
        cdef uint32_t key = <uint32_t>left * <uint32_t>self.right_blocks + <uint32_t>right
        cdef uint32_t slot = mix(left, right) & self.mask
        while self.slot_weight[slot] >= 0:
            if self.slot_key[slot] == key:
                return self.slot_weight[slot]
            slot = (slot + 1) & self.mask
        return -1

    cdef int _index(self, const uint8_t[::1] blocks, Py_ssize_t at) noexcept:
        cdef int a = size_of(blocks, at), b = size_of(blocks, at + 3)
        if b == 0:
            return self.o10 + blocks[at] if a == 1 else self.o20 + self._left_block(blocks, at, 2) - self.left
        if a == 0:
            return self.o01 + blocks[at + 3] if b == 1 else self.o02 + self._right_block(blocks, at + 3, 2) - self.right
        if a == 1 and b == 1:
            return self.o11 + blocks[at] * self.right + blocks[at + 3]
        if a == 2 and b == 1:
            return self.o21 + (self._left_block(blocks, at, 2) - self.left) * self.right + blocks[at + 3]
        if a == 1 and b == 2:
            return self.o12 + blocks[at] * self.right_pairs + self._right_block(blocks, at + 3, 2) - self.right
        return self._find(self._left_block(blocks, at, a), self._right_block(blocks, at + 3, b))

    cdef void _left_word(self, Word* word) noexcept nogil:
        cdef int i, two
        word.two[0] = word.three[0] = word.three[1] = -1
        for i in range(1, word.size):
            word.two[i] = self.left_two[word.letter[i - 1] * self.left + word.letter[i]]
        for i in range(2, word.size):
            two = word.two[i - 1]
            word.three[i] = self.left_three[two * self.left + word.letter[i]] if two >= 0 else -1

    cdef void _right_word(self, Word* word, Places* places) noexcept nogil:
        cdef int i, two, bit
        memset(places, 0, sizeof(Places))
        word.two[0] = word.three[0] = word.three[1] = -1
        for i in range(1, word.size):
            word.two[i] = self.right_two[word.letter[i - 1] * self.right + word.letter[i]]
        for i in range(2, word.size):
            two = word.two[i - 1]
            word.three[i] = self.right_three[two * self.right + word.letter[i]] if two >= 0 else -1
        for i in range(word.size):
            self._place(places, 1, i, word.letter[i])
            if word.two[i] >= 0:
                self._place(places, 2, i, self.right + word.two[i])
            if word.three[i] >= 0:
                self._place(places, 3, i, self.right + self.right_pairs + word.three[i])

    cdef inline void _place(self, Places* places, int size, int i, int block) noexcept nogil:
        cdef int bit = bit_of(block)
        places.bits[size] |= <uint64_t>1 << bit
        places.where[size][bit] |= <uint64_t>1 << i

    cdef inline int _right_at(self, Word* word, int size, int j) noexcept nogil:
        if size == 1:
            return word.letter[j]
        if size == 2:
            return self.right + word.two[j]
        return self.right + self.right_pairs + word.three[j]

    cdef double _forward(self, Word* a, Word* b, Places* places, Rest* rest = NULL, double least = 0.0) noexcept nogil:
        """log2 of the sum over all ways to cut the pair into blocks.

        With the `rest` of the left word, `LOG_ZERO` as soon as the sum cannot be `least` any more.
        """
        cdef double cells[CELLS]
        cdef double drop[CAP]
        cdef double drop_two[CAP]
        cdef double* row
        cdef double* one
        cdef double* two
        cdef const float* w = &self.w[0]
        cdef const float* v
        cdef double exponent = 0.0, weight, largest, total, total_one = 1.0, total_two = 0.0
        cdef int i, j, la = a.size, lb = b.size
        for j in range(lb):
            drop[j] = w[self.o01 + b.letter[j]]
            drop_two[j] = w[self.o02 + b.two[j]] if b.two[j] >= 0 else 0.0
        cells[0] = 1.0
        cells[1] = drop[0]
        for j in range(2, lb + 1):
            cells[j] = cells[j - 1] * drop[j - 1] + cells[j - 2] * drop_two[j - 1]
        for i in range(1, la + 1):
            row = cells + i * STRIDE
            one = row - STRIDE
            two = one - STRIDE
            weight = w[self.o10 + a.letter[i - 1]]
            for j in range(lb + 1):
                row[j] = one[j] * weight
            v = w + self.o11 + a.letter[i - 1] * self.right
            for j in range(1, lb + 1):
                row[j] += one[j - 1] * v[b.letter[j - 1]]
            v = w + self.o12 + a.letter[i - 1] * self.right_pairs
            for j in range(2, lb + 1):
                if b.two[j - 1] >= 0:
                    row[j] += one[j - 2] * v[b.two[j - 1]]
            self._large(a.letter[i - 1], 3, 4, b, places, row, one)
            if a.two[i - 1] >= 0:
                weight = w[self.o20 + a.two[i - 1]]
                v = w + self.o21 + a.two[i - 1] * self.right
                row[0] += two[0] * weight
                for j in range(1, lb + 1):
                    row[j] += two[j] * weight + two[j - 1] * v[b.letter[j - 1]]
                self._large(self.left + a.two[i - 1], 2, 4, b, places, row, two)
            if a.three[i - 1] >= 0:
                self._large(self.left + self.left_pairs + a.three[i - 1], 1, 4, b, places, row, two - STRIDE)
            row[1] += row[0] * drop[0]
            for j in range(2, lb + 1):
                row[j] += row[j - 1] * drop[j - 1] + row[j - 2] * drop_two[j - 1]
            if rest != NULL:
                total = 0.0
                for j in range(lb + 1):
                    total += row[j]
                if total * rest.from_here[i] + total_one * rest.two[i - 1] + total_two * rest.three[max(i - 2, 0)] < least:
                    return LOG_ZERO
                total_two, total_one = total_one, total
            if i & 3 == 0:
                largest = 0.0
                for j in range(lb + 1):
                    if row[j] > largest:
                        largest = row[j]
                if largest < SMALL:
                    exponent -= LOG_LARGE
                    for j in range(lb + 1):
                        row[j] *= LARGE
                        one[j] *= LARGE
                        two[j] *= LARGE
                    least, total_one, total_two = least * LARGE, total_one * LARGE, total_two * LARGE
        largest = cells[la * STRIDE + lb]
        return log2(largest) + exponent if largest > 0.0 else LOG_ZERO

    cdef inline void _large(self, int left, int start, int stop, Word* b, Places* places,
                            double* row, double* source) noexcept nogil:
        """Add the large blocks that have this left side and right sides of `start` to `stop - 1` letters."""
        cdef int size, j, index
        cdef uint64_t hits, where
        for size in range(start, stop):
            hits = self.signature[4 * left + size] & places.bits[size]
            while hits:
                where = places.where[size][first_bit(hits)]
                hits &= hits - 1
                while where:
                    j = first_bit(where)
                    where &= where - 1
                    index = self._find(left, self._right_at(b, size, j))
                    if index >= 0:
                        row[j + 1] += source[j + 1 - size] * self.w[index]

    cdef int _edges(self, Word* a, Word* b, Edge* edges) noexcept nogil:
        """Every block that fits somewhere, in an order in which the sums can be taken."""
        cdef int i, j, m, n, index, count = 0
        for i in range(a.size + 1):
            for m in range(min(3, i), -1, -1):
                for j in range(b.size + 1):
                    for n in range(min(3, j), -1, -1):
                        index = self._weight_at(a, i, m, b, j, n)
                        if index >= 0 and self.w[index] > 0:
                            edges[count].source = (i - m) * STRIDE + j - n
                            edges[count].target = i * STRIDE + j
                            edges[count].weight = index
                            count += 1
        return count

    cdef inline int _weight_at(self, Word* a, int i, int m, Word* b, int j, int n) noexcept nogil:
        """The weight of the block of m and n letters that end at i and j, -1 where there is none."""
        cdef int left, right
        if m + n == 0 or (m == 3 and n == 0) or (m == 0 and n == 3):
            return -1
        if (m == 2 and a.two[i - 1] < 0) or (m == 3 and a.three[i - 1] < 0):
            return -1
        if (n == 2 and b.two[j - 1] < 0) or (n == 3 and b.three[j - 1] < 0):
            return -1
        if n == 0:
            return self.o10 + a.letter[i - 1] if m == 1 else self.o20 + a.two[i - 1]
        if m == 0:
            return self.o01 + b.letter[j - 1] if n == 1 else self.o02 + b.two[j - 1]
        if m == 1 and n == 1:
            return self.o11 + a.letter[i - 1] * self.right + b.letter[j - 1]
        if m == 2 and n == 1:
            return self.o21 + a.two[i - 1] * self.right + b.letter[j - 1]
        if m == 1 and n == 2:
            return self.o12 + a.letter[i - 1] * self.right_pairs + b.two[j - 1]
        left = a.letter[i - 1] if m == 1 else (
            self.left + a.two[i - 1] if m == 2 else self.left + self.left_pairs + a.three[i - 1])
        if not (self.signature[4 * left + n] >> bit_of(self._right_at(b, n, j - 1))) & 1:
            return -1
        return self._find(left, self._right_at(b, n, j - 1))

    cdef double _sums(self, Word* a, Word* b, Edge* edges, int count, double* alpha, double* beta) noexcept nogil:
        """Forward and backward sums over the edges; the probability of the pair."""
        cdef int k, last = a.size * STRIDE + b.size
        for k in range(last + 1):
            alpha[k] = 0.0
            beta[k] = 0.0
        alpha[0] = 1.0
        for k in range(count):
            alpha[edges[k].target] += alpha[edges[k].source] * self.w[edges[k].weight]
        beta[last] = 1.0
        for k in range(count - 1, -1, -1):
            beta[edges[k].source] += beta[edges[k].target] * self.w[edges[k].weight]
        return alpha[last]

    def bits(self, const uint8_t[::1] left not None, const uint8_t[::1] right not None):
        """log2 of the probability of one pair of words."""
        cdef Word a, b
        cdef Places places
        cdef double value
        check_letters(left, self.left)
        check_letters(right, self.right)
        with nogil:
            read_word(&a, &left[0] if left.shape[0] else NULL, left.shape[0])
            read_word(&b, &right[0] if right.shape[0] else NULL, right.shape[0])
            self._left_word(&a)
            self._right_word(&b, &places)
            value = self._forward(&a, &b, &places)
        return value

    cdef double _of(self, bytes left, bytes right) noexcept:
        """`bits` of letters that were checked before."""
        cdef Word a, b
        cdef Places places
        read_word(&a, <const uint8_t*><const char*>left, len(left))
        read_word(&b, <const uint8_t*><const char*>right, len(right))
        self._left_word(&a)
        self._right_word(&b, &places)
        return self._forward(&a, &b, &places)

    def batch(self, const uint8_t[::1] lefts not None, const int64_t[::1] left_starts not None,
              const uint8_t[::1] rights not None, const int64_t[::1] right_starts not None,
              const int32_t[::1] left_index not None, const int32_t[::1] right_index not None,
              double[::1] out not None):
        """log2 of the probability of many pairs.

        Args:
            lefts, left_starts: all left words in a row, and where each starts, with the end of the last.
            rights, right_starts: the same for the right words.
            left_index, right_index: which words make the k-th pair.
            out: gets the k-th result.
        """
        cdef Py_ssize_t k, count = out.shape[0], at
        cdef Word a, b
        cdef Places places
        cdef int last_left = -1
        check_words(lefts, left_starts, self.left)
        check_words(rights, right_starts, self.right)
        check_pairs(left_index, left_starts, count)
        check_pairs(right_index, right_starts, count)
        with nogil:
            for k in range(count):
                if left_index[k] != last_left:
                    last_left = left_index[k]
                    at = left_starts[last_left]
                    read_word(&a, &lefts[0] + at, left_starts[last_left + 1] - at)
                    self._left_word(&a)
                at = right_starts[right_index[k]]
                read_word(&b, &rights[0] + at, right_starts[right_index[k] + 1] - at)
                self._right_word(&b, &places)
                out[k] = self._forward(&a, &b, &places)

    def against(self, const uint8_t[::1] word not None, bint is_left, bint is_alike,
                const uint8_t[::1] letters not None, const uint32_t[::1] starts not None,
                const uint32_t[::1] numbers not None, double[::1] out not None, const double[::1] least=None):
        """log2 of the probability of one word beside each of some words of a table.

        Args:
            word: the one word.
            is_left: whether it is the left word of every pair.
            is_alike: whether both are of one alphabet, where the lesser word is the left one.
            letters, starts: the words of the table in a row, and where each starts, with the end of the last.
            numbers: which of them are asked for.
            out: gets a result for each; a word that is damaged or not there has that of no likeness.
            least: for each, what is of interest: a result that would be less may be that of no likeness, and comes sooner.
        """
        cdef Word a, turned, b
        cdef Places here, places
        cdef Rest rest, other
        cdef Rest* bound = NULL
        cdef double enough = 0.0
        cdef Py_ssize_t k, at, end, i, size, count = numbers.shape[0], words = starts.shape[0] - 1
        cdef int limit = self.right if is_left or is_alike else self.left, order
        cdef bint sound
        check_letters(word, self.left if is_left or is_alike else self.right)
        if out.shape[0] != count:
            raise ValueError(f"{count} words for {out.shape[0]} results")
        if is_alike and self.left != self.right:
            raise ValueError("words of one alphabet need blocks of one alphabet")
        if least is not None and least.shape[0] != count:
            raise ValueError(f"{least.shape[0]} limits for {count} words")
        with nogil:
            read_word(&a, &word[0] if word.shape[0] else NULL, word.shape[0])
            if is_left or is_alike:
                self._left_word(&a)
                self._rest(&a, &rest)
            if not is_left or is_alike:
                read_word(&turned, &word[0] if word.shape[0] else NULL, word.shape[0])
                self._right_word(&turned, &here)
            for k in range(count):
                out[k] = LOG_ZERO
                if numbers[k] >= words:
                    continue
                at, end = starts[numbers[k]], starts[numbers[k] + 1]
                sound = at <= end <= letters.shape[0]
                if sound:
                    for i in range(at, end):
                        if not C_FIRST - 1 <= letters[i] < limit:
                            sound = False
                            break
                if not sound:
                    continue
                size = min(end - at, C_MAX)
                if is_alike:
                    order = memcmp(&word[0], &letters[at], min(size, word.shape[0])) if size and word.shape[0] else 0
                    is_left = order < 0 or (order == 0 and word.shape[0] <= size)
                read_word(&b, &letters[0] + at, size)
                bound = NULL
                if least is not None and least[k] > TINY and self.dropped < 0.5:
                    # what rounding may hide is far less
                    bound, enough = &rest if is_left else &other, exp2(least[k] - ROUNDING)
                if is_left:
                    self._right_word(&b, &places)
                    out[k] = self._forward(&a, &b, &places, bound, enough)
                else:
                    self._left_word(&b)
                    if bound != NULL:
                        self._rest(&b, &other)
                    out[k] = self._forward(&b, &turned, &here, bound, enough)

    def expect(self, const uint8_t[::1] lefts not None, const int64_t[::1] left_starts not None,
               const uint8_t[::1] rights not None, const int64_t[::1] right_starts not None,
               const int32_t[::1] left_index not None, const int32_t[::1] right_index not None,
               const double[::1] share not None, double[::1] counts not None, double[::1] out not None):
        """Add the expected number of uses of every block over many pairs to `counts`.

        Args:
            lefts, left_starts, rights, right_starts, left_index, right_index: pairs as in `batch`.
            share: how much the k-th pair counts.
            counts: one cell a weight, added to.
            out: gets log2 of the probability of the k-th pair.
        """
        cdef Py_ssize_t k, at, count = out.shape[0]
        cdef Word a, b
        cdef Places places
        cdef Edge edges[EDGES]
        cdef double alpha[CELLS]
        cdef double beta[CELLS]
        cdef double total, scale
        cdef int e, used
        check_words(lefts, left_starts, self.left)
        check_words(rights, right_starts, self.right)
        check_pairs(left_index, left_starts, count)
        check_pairs(right_index, right_starts, count)
        if counts.shape[0] != self.w.shape[0] or share.shape[0] != count:
            raise ValueError("counts must have a cell a weight, share a cell a pair")
        with nogil:
            for k in range(count):
                at = left_starts[left_index[k]]
                read_word(&a, &lefts[0] + at, left_starts[left_index[k] + 1] - at)
                at = right_starts[right_index[k]]
                read_word(&b, &rights[0] + at, right_starts[right_index[k] + 1] - at)
                self._left_word(&a)
                self._right_word(&b, &places)
                used = self._edges(&a, &b, edges)
                total = self._sums(&a, &b, edges, used, alpha, beta)
                if total < 1e-280:
                    out[k] = LOG_ZERO
                    continue
                out[k] = log2(total)
                scale = share[k] / total
                for e in range(used):
                    counts[edges[e].weight] += (
                        scale * alpha[edges[e].source] * self.w[edges[e].weight] * beta[edges[e].target])

    def harvest(self, const uint8_t[::1] left not None, const uint8_t[::1] right not None, double least,
                int64_t[::1] out not None):
        """The blocks that lie on likely cuts of one pair, as numbers of six letters; how many there are.

        A block lies on a likely cut where both its corners have a posterior of at least `least`.
        """
        cdef Word a, b
        cdef Places places
        cdef Edge edges[EDGES]
        cdef double alpha[CELLS]
        cdef double beta[CELLS]
        cdef double total
        cdef int i, j, m, n, used, found = 0, cell, source
        check_letters(left, self.left)
        check_letters(right, self.right)
        if out.shape[0] < 16 * (C_MAX + 3) * (C_MAX + 3):
            raise ValueError("out is too small")
        with nogil:
            read_word(&a, &left[0] if left.shape[0] else NULL, left.shape[0])
            read_word(&b, &right[0] if right.shape[0] else NULL, right.shape[0])
            self._left_word(&a)
            self._right_word(&b, &places)
            used = self._edges(&a, &b, edges)
            total = self._sums(&a, &b, edges, used, alpha, beta)
            for i in range(a.size + 1):
                for j in range(b.size + 1):
                    cell = i * STRIDE + j
                    if total <= 1e-280 or alpha[cell] * beta[cell] < least * total:
                        continue
                    for m in range(min(3, i) + 1):
                        for n in range(min(3, j) + 1):
                            if m + n == 0 or (m == 3 and n == 0) or (m == 0 and n == 3):
                                continue
                            source = cell - m * STRIDE - n
                            if alpha[source] * beta[source] >= least * total:
                                out[found] = block_number(&a, i, m, &b, j, n)
                                found += 1
        return found


cdef int64_t block_number(Word* a, int i, int m, Word* b, int j, int n) noexcept nogil:
    cdef int64_t number = 0
    cdef int k
    for k in range(3):
        number = number << 7 | (a.letter[i - m + k] if k < m else 0)
    for k in range(3):
        number = number << 7 | (b.letter[j - n + k] if k < n else 0)
    return number


cdef inline int size_of(const uint8_t[::1] blocks, Py_ssize_t at) noexcept nogil:
    return (blocks[at] != 0) + (blocks[at + 1] != 0) + (blocks[at + 2] != 0)


cdef inline bint is_large(int m, int n) noexcept nogil:
    return m > 0 and n > 0 and m + n > 3


cdef check_letters(const uint8_t[::1] letters, int limit):
    cdef Py_ssize_t i
    for i in range(letters.shape[0]):
        if not C_FIRST - 1 <= letters[i] < limit:
            raise ValueError(f"letter {letters[i]} at {i} is outside the alphabet of {limit}")


cdef check_words(const uint8_t[::1] letters, const int64_t[::1] starts, int limit):
    cdef Py_ssize_t i
    check_letters(letters, limit)
    if starts.shape[0] < 1 or starts[0] != 0 or starts[starts.shape[0] - 1] != letters.shape[0]:
        raise ValueError("starts must begin with 0 and end with the number of letters")
    for i in range(1, starts.shape[0]):
        if starts[i] < starts[i - 1]:
            raise ValueError(f"word {i - 1} ends before it starts")


cdef check_pairs(const int32_t[::1] index, const int64_t[::1] starts, Py_ssize_t count):
    cdef Py_ssize_t i
    if index.shape[0] != count:
        raise ValueError(f"{index.shape[0]} words for {count} results")
    for i in range(count):
        if not 0 <= index[i] < starts.shape[0] - 1:
            raise ValueError(f"pair {i} names word {index[i]}, which is not there")


cdef class Letters:
    """A letter trigram model of one alphabet.

    Args:
        letters: size of the alphabet, at most 128 with the first four codes.
        pairs: log2 P(letter | letter before), one a pair, row by row.
        backoff: log2 of what unseen triples keep of that, one a pair of letters before.
        triples: three bytes a seen triple.
        values: log2 P(third | first two) of each.
    """

    cdef readonly int letters
    cdef float[::1] table
    cdef object keep

    def __init__(self, int letters, const float[::1] pairs, const float[::1] backoff,
                 const uint8_t[::1] triples, const float[::1] values):
        cdef int a, b, c
        cdef Py_ssize_t k
        if not C_FIRST <= letters <= MAX_ALPHABET:
            raise ValueError(f"an alphabet of {letters} letters; 4 to 128 are possible")
        if pairs.shape[0] != letters * letters or backoff.shape[0] != letters * letters:
            raise ValueError("pairs and backoff must have a cell a pair of letters")
        if triples.shape[0] != 3 * values.shape[0]:
            raise ValueError("three bytes a triple are needed")
        self.letters = letters
        self.keep = array("f", bytes(4 * letters * letters * letters))
        self.table = self.keep
        for a in range(letters):
            for b in range(letters):
                for c in range(letters):
                    self.table[(a * letters + b) * letters + c] = backoff[a * letters + b] + pairs[b * letters + c]
        for k in range(values.shape[0]):
            a, b, c = triples[3 * k], triples[3 * k + 1], triples[3 * k + 2]
            if a >= letters or b >= letters or c >= letters:
                raise ValueError(f"triple {k} has a letter outside the alphabet")
            self.table[(a * letters + b) * letters + c] = values[k]

    cdef double _score(self, const uint8_t* word, Py_ssize_t size) noexcept nogil:
        cdef double total = 0.0
        cdef int a = C_START, b = C_START, c
        cdef Py_ssize_t i
        if size > C_MAX:
            size = C_MAX
        for i in range(size + 1):
            c = word[i] if i < size else C_END
            total += self.table[(a * self.letters + b) * self.letters + c]
            a, b = b, c
        return total

    def bits(self, const uint8_t[::1] word not None):
        """log2 of the probability of one word."""
        check_letters(word, self.letters)
        return self._score(&word[0] if word.shape[0] else NULL, word.shape[0])

    def batch(self, const uint8_t[::1] words not None, const int64_t[::1] starts not None, double[::1] out not None):
        """log2 of the probability of many words, laid out as in `Blocks.batch`."""
        cdef Py_ssize_t k
        check_words(words, starts, self.letters)
        if out.shape[0] != starts.shape[0] - 1:
            raise ValueError("out must have a cell a word")
        with nogil:
            for k in range(out.shape[0]):
                out[k] = self._score(&words[0] + starts[k], starts[k + 1] - starts[k])


cdef enum:
    C_BEAM = 24       # hypotheses followed from every letter
    C_AHEAD = 1024    # hypotheses that read as far: more than three blocks of C_RULES for each that is followed
    C_RULES = 12
    C_TEXT = 128      # three letters for every letter, with both edges
    C_SLOTS = 4096


cdef struct Guess:
    double total
    int size
    int bones_size
    uint8_t text[C_TEXT]
    uint8_t bones[C_TEXT]


cdef struct Reach:
    int count
    Guess guess[C_AHEAD]
    int16_t slot[C_SLOTS]


cdef inline int order_of(const uint8_t* a, int m, const uint8_t* b, int n) noexcept nogil:
    """Below 0 where the first bytes come before the others, as Python orders bytes."""
    cdef int found = memcmp(a, b, min(m, n))
    return found if found else m - n


cdef inline bint bones_first(Guess* a, Guess* b) noexcept nogil:
    if a.total != b.total:
        return a.total > b.total
    return order_of(a.bones, a.bones_size, b.bones, b.bones_size) < 0


cdef inline bint text_first(Guess* a, Guess* b) noexcept nogil:
    if a.total != b.total:
        return a.total > b.total
    return order_of(a.text, a.size, b.text, b.size) < 0


cdef class Speller:
    """The likeliest words of another alphabet for a word: a beam search over rules.

    Of hypotheses that read as far and have the same bones (their letters without vowels) the likeliest goes on.

    Args:
        rules: for every block of one to three letters at most twelve ways to write it: letters, bones, both at most
            three, and log2 of the weight.
    """

    cdef dict places
    cdef object lefts, sizes, texts, weights, ends
    cdef Reach* reach

    def __cinit__(self):
        self.reach = <Reach*>malloc(4 * sizeof(Reach))
        if self.reach == NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self.reach)

    def __init__(self, dict rules):
        cdef Py_ssize_t place = 0
        self.places = {}
        sizes, texts, weights, ends = array("B"), array("B"), array("d"), array("i", [0])
        for left, ways in rules.items():
            if not 1 <= len(left) <= 3 or len(ways) > C_RULES:
                raise ValueError(f"block {left!r} has {len(ways)} rules; 1 to 3 letters and 12 rules are possible")
            self.places[left] = place
            place += 1
            for right, bones, bits in ways:
                if len(right) > 3 or len(bones) > 3:
                    raise ValueError(f"block {left!r} is written with more than 3 letters")
                sizes.extend((len(right), len(bones)))
                texts.extend(right.ljust(3, b"\0") + bones.ljust(3, b"\0"))
                weights.append(bits)
            ends.append(len(weights))
        self.sizes, self.texts, self.weights, self.ends = sizes, texts, weights, ends

    cdef void _add(self, Reach* ahead, Guess* kept, const uint8_t* right, int size, const uint8_t* bones,
                   int bones_size, double total) noexcept:
        cdef Guess* found
        cdef uint8_t key[C_TEXT + 3]
        cdef int i, key_size = kept.bones_size, skip = 0
        cdef uint32_t code = 2166136261u
        cdef uint32_t slot
        memcpy(key, kept.bones, key_size)
        if bones_size and key_size and key[key_size - 1] == bones[0]:
            skip = 1
        for i in range(skip, bones_size):
            key[key_size] = bones[i]
            key_size += 1
        for i in range(key_size):
            code = (code ^ key[i]) * <uint32_t>16777619u
        slot = (code ^ (code >> 15)) & (C_SLOTS - 1)
        while ahead.slot[slot] >= 0:
            found = &ahead.guess[ahead.slot[slot]]
            if found.bones_size == key_size and memcmp(found.bones, key, key_size) == 0:
                if found.total >= total:
                    return
                break
            slot = (slot + 1) & (C_SLOTS - 1)
        else:
            if ahead.count == C_AHEAD or key_size > C_TEXT:
                return
            ahead.slot[slot] = ahead.count
            found = &ahead.guess[ahead.count]
            ahead.count += 1
            found.bones_size = key_size
            memcpy(found.bones, key, key_size)
        if kept.size + size > C_TEXT:
            size = C_TEXT - kept.size
        found.total = total
        memcpy(found.text, kept.text, kept.size)
        memcpy(found.text + kept.size, right, size)
        found.size = kept.size + size

    cdef list _best(self, Reach* here, int most, bint by_text):
        """The numbers of the best hypotheses, best first."""
        cdef int chosen[C_AHEAD]
        cdef int count = 0, i, j
        for i in range(here.count):
            j = count
            if count == most:
                if not (text_first if by_text else bones_first)(&here.guess[i], &here.guess[chosen[count - 1]]):
                    continue
                j = count - 1
            else:
                count += 1
            while j and (text_first if by_text else bones_first)(&here.guess[i], &here.guess[chosen[j - 1]]):
                chosen[j] = chosen[j - 1]
                j -= 1
            chosen[j] = i
        return [chosen[i] for i in range(count)]

    def spell(self, bytes codes not None, int most):
        """The best words for the letters of one, likeliest first, then by their letters.

        Args:
            codes: the letters with their edges, at most 42.
            most: at most so many words.
        """
        cdef int place, size, k, first, last, n = <int>len(codes)
        cdef Reach* here
        cdef Reach* ahead
        cdef Guess* kept
        cdef const uint8_t[::1] sizes = self.sizes, texts = self.texts
        cdef const double[::1] weights = self.weights
        if n > CAP or not 1 <= most <= C_AHEAD:
            raise ValueError(f"{n} letters, {most} words; at most {CAP} letters and 1 to {C_AHEAD} words are possible")
        for k in range(4):
            clear(&self.reach[k])
        self.reach[0].count = 1
        self.reach[0].guess[0].total = 0.0
        self.reach[0].guess[0].size = self.reach[0].guess[0].bones_size = 0
        for place in range(n):
            here = &self.reach[place & 3]
            best = self._best(here, C_BEAM, False)
            for size in range(1, min(3, n - place) + 1):
                found = self.places.get(codes[place : place + size])
                if found is None:
                    continue
                first, last = self.ends[found], self.ends[found + 1]
                ahead = &self.reach[(place + size) & 3]
                for k in range(first, last):
                    for number in best:
                        kept = &here.guess[<int>number]
                        self._add(ahead, kept, &texts[6 * k], sizes[2 * k], &texts[6 * k + 3], sizes[2 * k + 1],
                                  kept.total + weights[k])
            clear(here)
        here = &self.reach[n & 3]
        return [here.guess[<int>k].text[: here.guess[<int>k].size] for k in self._best(here, most, True)]


cdef void clear(Reach* reach) noexcept:
    reach.count = 0
    memset(reach.slot, 0xff, sizeof(reach.slot))


cdef enum:
    C_SOUNDS = 12     # readings of a word
    C_LONG = 64       # letters of a reading


cdef class Sounds:
    """The ways to read a word aloud, each in several degrees of detail, to be compared by edit distance.

    Args:
        readings: at most twelve; of each the same number of spellings, at most three, in ASCII, of at most 64 letters.
    """

    cdef int count, kinds
    cdef bytes text
    cdef uint8_t size[C_SOUNDS][3]
    cdef uint16_t start[C_SOUNDS][3]

    def __init__(self, readings):
        cdef int i, k, place = 0
        if len(readings) > C_SOUNDS:
            raise ValueError(f"{len(readings)} readings; at most {C_SOUNDS} are possible")
        self.count, self.kinds = <int>len(readings), 0
        codes = []
        for i, reading in enumerate(readings):
            if not 0 < len(reading) <= 3 or (self.kinds and len(reading) != self.kinds):
                raise ValueError("every reading needs the same number of spellings, at most 3")
            self.kinds = <int>len(reading)
            for k, spelling in enumerate(reading):
                code = spelling.encode("ascii")
                if len(code) > C_LONG:
                    raise ValueError(f"a reading of {len(code)} letters; at most {C_LONG} are possible")
                self.size[i][k], self.start[i][k] = <uint8_t>len(code), <uint16_t>place
                codes.append(code)
                place += <int>len(code)
        self.text = b"".join(codes)

    def apart(self, Sounds other not None, double first, double second, double third):
        """The least weighted sum of the edit distances (Levenshtein) of a reading of each; infinite where one has none.

        Args:
            other: the sounds of another word.
            first, second, third: what an edit of each degree of detail costs.
        """
        cdef double[3] weight
        if self.count and other.count and self.kinds != other.kinds:
            raise ValueError("the words are read in different degrees of detail")
        weight[0], weight[1], weight[2] = first, second, third
        return self._apart(other, weight)

    cdef double _apart(self, Sounds other, const double* weight) noexcept:
        cdef int i, j, k
        cdef double best = float("inf"), total
        cdef const uint8_t* mine = <const uint8_t*><const char*>self.text
        cdef const uint8_t* its = <const uint8_t*><const char*>other.text
        for i in range(self.count):
            for j in range(other.count):
                total = 0.0
                for k in range(self.kinds - 1, -1, -1):
                    total += weight[k] * levenshtein(
                        mine + self.start[i][k], self.size[i][k], its + other.start[j][k], other.size[j][k])
                    if total >= best and k:
                        break
                if total < best:
                    # in the order in which it is written, so that it is the same sum
                    total = 0.0
                    for k in range(self.kinds):
                        total += weight[k] * levenshtein(
                            mine + self.start[i][k], self.size[i][k], its + other.start[j][k], other.size[j][k])
                    best = min(best, total)
        return best


cdef int levenshtein(const uint8_t* a, int m, const uint8_t* b, int n) noexcept nogil:
    """The edit distance by the bit vectors of Myers (1999) as Hyyro (2003) has them; at most 64 letters."""
    cdef uint64_t places[128]
    cdef uint64_t plus = ~<uint64_t>0, minus = 0, equal, cross, more, less, last
    cdef int i, distance = m
    if m == 0:
        return n
    if m == n and memcmp(a, b, m) == 0:
        return 0
    for i in range(n):
        places[b[i]] = 0
    for i in range(m):
        places[a[i]] = 0
    for i in range(m):
        places[a[i]] |= <uint64_t>1 << i
    last = <uint64_t>1 << (m - 1)
    for i in range(n):
        equal = places[b[i]]
        cross = (((equal & plus) + plus) ^ plus) | equal | minus
        more = minus | ~(cross | plus)
        less = plus & cross
        if more & last:
            distance += 1
        if less & last:
            distance -= 1
        more = (more << 1) | 1
        plus = (less << 1) | ~(cross | more)
        minus = more & cross
    return distance


def passing(Blocks telling not None, Blocks joint not None, const uint8_t[::1] word not None, bint is_left,
            bint is_alike, const uint8_t[::1] letters not None, const uint32_t[::1] starts not None,
            const float[::1] bits not None, const float[::1] selves not None, const uint32_t[::1] rows not None,
            double word_bits, double word_self, const double[::1] weights not None, double by_evidence,
            double by_similarity, double most_evidence, double least_similarity, double least):
    """The rows of a table of words that evidence and similarity may let pass beside one word, and what they count.

    Args:
        telling, joint: the blocks of evidence and of bits.
        word, is_left, is_alike, letters, starts: as in `Blocks.against`.
        bits, selves: log2 of the probability of every word of the table, and its bits beside itself.
        rows: which of them are asked for.
        word_bits, word_self: the same of the one word.
        weights: what evidence is made of: a constant, the telling blocks, the bits of both words, the length of
            the shorter, how much longer the other is, and whether they are one spelling.
        by_evidence, by_similarity: what a bit of evidence and a similarity of one count, both above nothing.
        most_evidence, least_similarity: beyond these they count no more or no less.
        least: what they have to count together.

    Returns:
        The numbers of the rows, and what evidence and similarity count together for each.
    """
    cdef Py_ssize_t k, count = rows.shape[0], at, end, m = word.shape[0], n
    cdef uint32_t row
    cdef double evidence, similarity, value, scale, needed, floor = (least - by_similarity) / by_evidence
    found, counted = array("I"), array("d")
    if weights.shape[0] != 6 or bits.shape[0] != starts.shape[0] - 1 or selves.shape[0] != bits.shape[0]:
        raise ValueError("six weights, and bits for every word of the table, are needed")
    told = array("d", bytes(8 * count))
    limits = array("d", bytes(8 * count))
    cdef double[::1] out = told, enough = limits
    for k in range(count):
        row = rows[k]
        enough[k] = NO_LIMIT
        if <Py_ssize_t>row + 1 < starts.shape[0] and weights[1] > 0.0:
            n = <Py_ssize_t>starts[row + 1] - <Py_ssize_t>starts[row]
            enough[k] = (floor - max(weights[5], 0.0) - weights[0] - weights[2] * (word_bits + bits[row])
                         - weights[3] * min(m, n) - weights[4] * abs(m - n)) / weights[1]
    telling.against(word, is_left, is_alike, letters, starts, rows, told, limits)
    kept, evidences = array("I"), array("d")
    for k in range(count):
        row = rows[k]
        if out[k] <= LOG_ZERO:
            continue
        at, end = starts[row], starts[row + 1]
        n = end - at
        evidence = (weights[0] + weights[1] * out[k] + weights[2] * (word_bits + bits[row])
                    + weights[3] * min(m, n) + weights[4] * abs(m - n))
        if is_alike and m == n and m and memcmp(&word[0], &letters[at], m) == 0:
            evidence += weights[5]
        if evidence >= floor:
            kept.append(row)
            evidences.append(evidence)
    told, limits = array("d", bytes(8 * len(kept))), array("d", bytes(8 * len(kept)))
    out, enough = told, limits
    for k in range(out.shape[0]):
        row, evidence = kept[k], evidences[k]
        needed = (least - by_evidence * min(evidence, most_evidence)) / by_similarity
        scale = sqrt(max(1.0, word_self) * max(1.0, <double>selves[row]))
        # from the least similarity that counts on every one is enough
        enough[k] = needed * scale + word_bits + bits[row] if needed > least_similarity else NO_LIMIT
    joint.against(word, is_left, is_alike, letters, starts, kept, told, limits)
    for k in range(out.shape[0]):
        row, evidence = kept[k], evidences[k]
        similarity = (out[k] - word_bits - bits[row]) / sqrt(max(1.0, word_self) * max(1.0, <double>selves[row]))
        value = (by_evidence * min(evidence, most_evidence)
                 + by_similarity * min(1.0, max(similarity, least_similarity)))
        if value >= least:
            found.append(row)
            counted.append(value)
    return found, counted


def above(Blocks joint not None, const uint8_t[::1] word not None, bint is_left, bint is_alike,
          const uint8_t[::1] letters not None, const uint32_t[::1] starts not None, const float[::1] bits not None,
          const uint32_t[::1] rows not None, double word_bits, double lowest, int shortest):
    """The rows of a table of words that have so many bits beside one word, and those bits.

    Args:
        joint, word, is_left, is_alike, letters, starts: as in `Blocks.against`.
        bits: log2 of the probability of every word of the table.
        rows: which of them are asked for.
        word_bits: log2 of the probability of the one word.
        lowest: rows of fewer bits are left out.
        shortest: so are those of fewer letters.
    """
    cdef Py_ssize_t k, size = starts.shape[0] - 1
    cdef uint32_t row
    if bits.shape[0] != size:
        raise ValueError("every word of the table needs its bits")
    asked, limits, kept, found = array("I"), array("d"), array("I"), array("d")
    for k in range(rows.shape[0]):
        row = rows[k]
        if <Py_ssize_t>row < size and <Py_ssize_t>starts[row + 1] - <Py_ssize_t>starts[row] >= shortest:
            asked.append(row)
            limits.append(word_bits + bits[row] + lowest)
    sums = array("d", bytes(8 * len(asked)))
    cdef double[::1] out = sums, enough = limits
    cdef uint32_t[::1] numbers = asked
    joint.against(word, is_left, is_alike, letters, starts, numbers, sums, limits)
    for k in range(out.shape[0]):
        if out[k] > LOG_ZERO and out[k] >= enough[k]:
            kept.append(numbers[k])
            found.append(out[k] - enough[k] + lowest)
    return kept, found


def measured(Blocks telling not None, const uint8_t[::1] word not None, bint is_left, const uint8_t[::1] letters not None,
             const uint32_t[::1] starts not None, const float[::1] bits not None, const float[::1] selves not None,
             const uint32_t[::1] rows not None, const double[::1] shared not None, double word_bits, double word_self,
             const double[::1] weights not None, const double[::1] counts not None, const double[::1] limits not None):
    """What one word tells of each of some rows of a table of words of another script.

    Args:
        telling, word, is_left, letters, starts, bits, selves, rows, word_bits, word_self, weights: as in `passing`.
        shared: the bits of each of the rows beside the word, as `above` says.
        counts: a constant, and what a bit of evidence, a similarity of one and a bit of the pair count.
        limits: the most evidence either way, the least similarity and the most bits that count.
    """
    cdef Py_ssize_t k, count = rows.shape[0], m = word.shape[0], n
    cdef uint32_t row
    cdef double evidence, similarity
    if weights.shape[0] != 6 or bits.shape[0] != starts.shape[0] - 1 or selves.shape[0] != bits.shape[0]:
        raise ValueError("six weights, and bits for every word of the table, are needed")
    if counts.shape[0] != 4 or limits.shape[0] != 3 or shared.shape[0] != count:
        raise ValueError("four counts, three limits and the bits of every row are needed")
    told = array("d", bytes(8 * count))
    cdef double[::1] out = told
    telling.against(word, is_left, False, letters, starts, rows, told)
    for k in range(count):
        row = rows[k]
        if <Py_ssize_t>row >= bits.shape[0]:
            continue
        n = <Py_ssize_t>starts[row + 1] - <Py_ssize_t>starts[row]
        evidence = (weights[0] + weights[1] * out[k] + weights[2] * (word_bits + bits[row])
                    + weights[3] * min(m, n) + weights[4] * abs(m - n))
        similarity = shared[k] / sqrt(max(1.0, word_self) * max(1.0, <double>selves[row]))
        out[k] = (counts[0] + counts[1] * min(max(evidence, -limits[0]), limits[0])
                  + counts[2] * max(min(similarity, 1.0), limits[1]) + counts[3] * min(max(shared[k], 0.0), limits[2]))
    return told


cdef enum:
    C_SCRIPTS = 2     # scripts that are weighed against each other


cdef class Spelling:
    """A word in one spelling as `Weigher` reads it; its sounds and its bits beside itself are found once they are asked.

    Args:
        text: the word.
        folded: what it shares with the words of which only case and marks differ, which sound the same.
        script: the number of its script.
        letters: its letters in the alphabet of the script.
        bits: log2 of their probability.
        hear: gives the `Sounds` of a text, None where it is too long for them.
    """

    cdef readonly str text
    cdef readonly int script
    cdef str folded
    cdef bytes letters
    cdef double bits, itself
    cdef object hear
    cdef Sounds sounds
    cdef bint is_heard, is_known

    def __init__(self, str text not None, str folded not None, int script, bytes letters not None, double bits, hear):
        if not 0 <= script < C_SCRIPTS or not letters:
            raise ValueError(f"a spelling of script {script} with {len(letters)} letters")
        self.text, self.folded, self.script, self.letters, self.bits, self.hear = text, folded, script, letters, bits, hear
        self.sounds, self.is_heard, self.is_known, self.itself = None, False, False, 0.0

    cdef Sounds _heard(self):
        if not self.is_heard:
            self.sounds, self.is_heard = self.hear(self.text), True
        return self.sounds


cdef class Ways:
    """The spellings by which a word is compared with others.

    Args:
        plain: as it is.
        ending: with the ending that all languages are compared in, the same object where that is no other.
        once: that with doubled consonants written once, likewise.
        doubles: whether that ending's spelling has a letter twice in a row.
        marked: whether it has letters for which a keyboard that lacks them has two.
    """

    cdef readonly Spelling plain, ending, once
    cdef readonly bint doubles
    cdef bint marked, is_plain
    cdef int korean   # -1 where that is not known yet

    def __init__(self, Spelling plain not None, Spelling ending not None, Spelling once not None, bint doubles, bint marked):
        self.plain, self.ending, self.once, self.doubles, self.marked = plain, ending, once, doubles, marked
        self.is_plain, self.korean = plain.text.isascii(), -1


cdef struct Range:
    double least
    double most


cdef inline double within(double value, Range* range) noexcept nogil:
    return min(max(value, range.least), range.most)


AS_IS, WITH_ENDING, ONCE = 1, 2, 4


cdef enum:
    C_ENDING = 3      # as it is or with the common ending
    C_ONCE = 4
    NO_SCRIPT = 255


cdef struct Asked:
    # a spelling beside words of one script, as the left or the right word, or as either where they are of its own
    bint is_left
    bint is_alike
    int limit
    Word left
    Word right
    Places places
    Rest telling
    Rest joint


cdef class Weigher:
    """What the letters and the sounds of two words tell of whether they spell one name.

    Args:
        channels: for every pair of scripts, the lesser number first: the blocks of evidence and those of bits, and the six
            weights of what evidence is made of, as in `passing`.
        told: a constant, and what a bit of evidence, a similarity of one and a bit of differing sounds count.
        ranges: between what each of the three counts: the least and the most.
        edits: what an edit of each degree of detail of the sounds costs.
        less: what is taken off where words are compared with doubled consonants written once, in bits.
        apart: gives the cost of the differing sounds of two texts that are too long for `Sounds`.
        slip: the length from which on two letters may have changed places in a word.
        korean: says of a text whether it may be a Korean name.
    """

    cdef object apart, korean
    cdef Py_ssize_t slip
    cdef double constant, by_evidence, by_similarity, by_sounds, less
    cdef Range evidence, similarity, sounds
    cdef double edits[3]
    cdef double weights[C_SCRIPTS][C_SCRIPTS][6]
    cdef list telling, joint

    def __init__(self, dict channels not None, told, ranges, edits, double less, apart, Py_ssize_t slip, korean):
        cdef int i, j, k
        self.telling, self.joint = [None] * (C_SCRIPTS * C_SCRIPTS), [None] * (C_SCRIPTS * C_SCRIPTS)
        for i in range(C_SCRIPTS):
            for j in range(i, C_SCRIPTS):
                telling, joint, weights = channels[i, j]
                if not isinstance(telling, Blocks) or not isinstance(joint, Blocks) or len(weights) != 6:
                    raise ValueError(f"the channel of scripts {i} and {j} needs two tables of blocks and six weights")
                self.telling[C_SCRIPTS * i + j], self.joint[C_SCRIPTS * i + j] = telling, joint
                if not weights[1] > 0.0:
                    raise ValueError(f"the channel of scripts {i} and {j} has blocks that speak against themselves")
                for k in range(6):
                    self.weights[i][j][k] = weights[k]
        self.constant, self.by_evidence, self.by_similarity, self.by_sounds = told
        if self.by_evidence <= 0.0 or self.by_similarity <= 0.0:
            raise ValueError("evidence and similarity have to speak for two words")
        (
            (self.evidence.least, self.evidence.most), (self.similarity.least, self.similarity.most),
            (self.sounds.least, self.sounds.most),
        ) = ranges
        for k in range(3):
            self.edits[k] = edits[k]
        self.less, self.apart, self.slip, self.korean = less, apart, slip, korean

    def told(self, Ways left not None, Ways right not None, double least):
        """What two words tell at most, in any of the ways in which they are compared, in bits; symmetric.

        Args:
            left, right: the words.
            least: what is of interest: less may be said to be nothing at all, and comes sooner.
        """
        cdef double best = self._weighed(left.plain, right.plain, least, True)
        if left.ending is not left.plain or right.ending is not right.plain:
            best = max(best, self._weighed(left.ending, right.ending, max(least, best), True))
        if self._are_once(left, right):
            best = max(best, self._weighed(left.once, right.once, max(least, best) + self.less, True) - self.less)
        return best

    def may(self, Ways left not None, Ways right not None, double least):
        """Whether two words might tell so much: if they were as similar as can be, or as words for which letters do not tell.

        Those are two words of which two letters may have changed places, two that may be Korean names, and one with
        letters for which the other may have two.
        """
        return self._may(left, right, least)

    def unlike(self, tuple lefts not None, tuple rights not None, double least):
        """Whether neither the first of some words and any of some others, nor the first of those and any of the former, `may`.

        Args:
            lefts, rights: `Ways` of words and of what each may stand for.
            least: as in `may`.
        """
        cdef Py_ssize_t i
        for i in range(len(lefts)):
            if self._may(lefts[i], rights[0], least):
                return False
        for i in range(1, len(rights)):
            if self._may(lefts[0], rights[i], least):
                return False
        return True

    cdef bint _may(self, Ways left, Ways right, double least) except -1:
        if self._weighed(left.plain, right.plain, least, False) >= least:
            return True
        if left.ending is not left.plain or right.ending is not right.plain:
            if self._weighed(left.ending, right.ending, least, False) >= least:
                return True
        if self._are_once(left, right):
            if self._weighed(left.once, right.once, least + self.less, False) >= least + self.less:
                return True
        if (left.marked and right.is_plain) or (right.marked and left.is_plain):
            return True
        if left.plain.folded == right.plain.folded or self._may_slip(left.plain.folded, right.plain.folded):
            return True
        return self._is_korean(left) and self._is_korean(right)

    cdef bint _may_slip(self, str one, str other) noexcept:
        """Whether two neighbouring letters of a long word changed places, but for the last."""
        cdef Py_ssize_t i, size = min(len(one), C_LONG)
        if size < self.slip or min(len(other), C_LONG) != size:
            return False
        for i in range(size - 1):
            if one[i] != other[i]:
                return one[i] == other[i + 1] and one[i + 1] == other[i] and one[i + 2:size] == other[i + 2:size]
        return False

    cdef bint _is_korean(self, Ways ways) except -1:
        if ways.korean < 0:
            ways.korean = bool(self.korean(ways.plain.text))
        return ways.korean

    def weighed(self, Spelling left not None, Spelling right not None):
        """What two spellings tell, in bits; symmetric."""
        return self._weighed(left, right, NO_LIMIT, True)

    cdef bint _are_once(self, Ways left, Ways right) noexcept:
        """Whether two words are compared with doubled consonants written once too."""
        return (left.ending.script != right.ending.script and not (left.doubles and right.doubles)
                and (left.once is not left.ending or right.once is not right.ending))

    cdef double _weighed(self, Spelling a, Spelling b, double least, bint wholly) except? -1.0:
        """What two spellings tell, or might tell if similar; minus infinity as soon as it cannot be so much."""
        cdef double most, evidence, told, cost, bits, scale
        cdef int place
        cdef Py_ssize_t m, n
        cdef double* w
        cdef Blocks telling, joint
        cdef bytes x, y
        if a.script > b.script or (a.script == b.script and a.letters > b.letters):
            a, b = b, a
        x, y, place, w = a.letters, b.letters, C_SCRIPTS * a.script + b.script, self.weights[a.script][b.script]
        m, n = len(x), len(y)
        telling = self.telling[place]
        # in the order in which `Multigram.evidence` adds up
        evidence = (w[0] + w[1] * telling._of(x, y) + w[2] * (a.bits + b.bits) + w[3] * min(m, n) + w[4] * abs(m - n)
                    + w[5] * (a.script == b.script and x == y))
        evidence = within(evidence, &self.evidence)
        most = self.constant + self.by_evidence * evidence + self.by_similarity * self.similarity.most
        if most < least - SLACK:
            return -INFINITY
        cost = within(self._cost(a, b), &self.sounds)
        if most + self.by_sounds * cost < least - SLACK:
            return -INFINITY
        if not wholly:
            return most + self.by_sounds * cost
        joint = self.joint[place]
        bits = joint._of(x, y) - a.bits - b.bits
        scale = max(1.0, self._itself(a)) * max(1.0, self._itself(b))
        told = self.by_evidence * evidence
        told += self.by_similarity * within(max(-1.0, min(1.0, bits / sqrt(scale))), &self.similarity)
        return self.constant + (told + self.by_sounds * cost)

    cdef double _cost(self, Spelling a, Spelling b) except? -1.0:
        """What the differences cost by sounds."""
        cdef Sounds one, other
        if a.folded == b.folded:
            return 0.0
        one, other = a._heard(), b._heard()
        if one is None or other is None:
            return self.apart(a.text, b.text)
        if one.count and other.count and one.kinds != other.kinds:
            raise ValueError("the words are read in different degrees of detail")
        return one._apart(other, self.edits)

    cdef double _itself(self, Spelling a) noexcept:
        """The bits of a spelling beside itself."""
        cdef Blocks joint
        if not a.is_known:
            joint = self.joint[(C_SCRIPTS + 1) * a.script]
            a.itself, a.is_known = joint._of(a.letters, a.letters) - a.bits - a.bits, True
        return a.itself

    def passing(self, list words not None, const uint8_t[::1] letters not None, const uint32_t[::1] starts not None,
                const uint8_t[::1] kinds not None, const uint8_t[::1] scripts not None, const float[::1] bits not None,
                const float[::1] selves not None, const uint32_t[::1] rows not None, bytes numbers not None, double least):
        """The rows of a table that some words may spell, by evidence and similarity, whatever the sounds.

        Args:
            words: `Ways` of the words.
            letters, starts: the rows' letters in a row, and where each starts, with the end of the last.
            kinds: the ways in which each row is compared, a sum of `AS_IS`, `WITH_ENDING` and `ONCE`.
            scripts: the script of each row, as the table numbers them.
            bits, selves: log2 of the probability of each row, and its bits beside itself.
            rows: which of them are asked for.
            numbers: the script that each number of the table means here, 255 for those that are not weighed.
            least: what the letters have to tell, in bits.

        Returns:
            The rows, as they are asked for, and what a word tells of each at most, in bits; one that is damaged or not
            there is not among them.
        """
        cdef Py_ssize_t k, row, at, end, count = rows.shape[0], size = starts.shape[0] - 1
        cdef int script, mask, common
        cdef double less, value
        cdef Asked[C_SCRIPTS] asked
        cdef bint[C_SCRIPTS] is_ready
        cdef Ways ways
        cdef Spelling one
        cdef list spellings = []
        if kinds.shape[0] != size or scripts.shape[0] != size or bits.shape[0] != size or selves.shape[0] != size:
            raise ValueError("every row needs a kind, a script and its bits")
        if len(numbers) != 256:
            raise ValueError("every number of a script needs one here")
        told = array("d", [-INFINITY]) * count
        cdef double[::1] best = told
        for ways in words:
            mask = AS_IS | (WITH_ENDING if ways.ending is ways.plain else 0)
            mask |= ONCE if ways.ending is ways.plain and ways.once is ways.plain else 0
            spellings.append((ways.plain, mask))
            if ways.ending is not ways.plain:
                spellings.append((ways.ending, WITH_ENDING | (ONCE if ways.once is ways.ending else 0)))
            if ways.once is not ways.ending:
                spellings.append((ways.once, ONCE))
        for one, mask in spellings:
            is_ready[0] = is_ready[1] = False
            for k in range(count):
                row = rows[k]
                if row >= size:
                    continue
                script = numbers[scripts[row]]
                at, end = starts[row], starts[row + 1]
                if script >= C_SCRIPTS or not at < end <= letters.shape[0]:
                    continue
                common = kinds[row] & mask & (C_ENDING if script == one.script else C_ENDING | C_ONCE)
                if not common:
                    continue
                if not is_ready[script]:
                    self._prepare(&asked[script], one, script)
                    is_ready[script] = True
                less = 0.0 if common & C_ENDING else self.less
                value = self._most(&asked[script], one, script, &letters[at], end - at, bits[row], selves[row],
                                   max(least, best[k]) + less)
                best[k] = max(best[k], value - less)
        found, counted = array("I"), array("d")
        for k in range(count):
            if best[k] >= least:
                found.append(rows[k])
                counted.append(best[k])
        return found, counted

    cdef void _prepare(self, Asked* asked, Spelling one, int script) noexcept:
        """Get a spelling ready to be compared with words of one script."""
        cdef int place = C_SCRIPTS * min(one.script, script) + max(one.script, script)
        cdef Blocks telling = self.telling[place], joint = self.joint[place]
        cdef const uint8_t* letters = <const uint8_t*><const char*>one.letters
        asked.is_alike, asked.is_left = one.script == script, one.script < script
        asked.limit = telling.right if asked.is_alike or asked.is_left else telling.left
        # both tables have the same blocks, which differ in their weights alone
        if asked.is_alike or asked.is_left:
            read_word(&asked.left, letters, len(one.letters))
            telling._left_word(&asked.left)
            telling._rest(&asked.left, &asked.telling)
            joint._rest(&asked.left, &asked.joint)
        if asked.is_alike or not asked.is_left:
            read_word(&asked.right, letters, len(one.letters))
            telling._right_word(&asked.right, &asked.places)

    cdef double _most(self, Asked* asked, Spelling one, int script, const uint8_t* letters, Py_ssize_t size, double bits,
                      double itself, double least) noexcept:
        """What a spelling tells of a word at most, whatever the sounds; minus infinity where that is not enough."""
        cdef int place = C_SCRIPTS * min(one.script, script) + max(one.script, script), i, order
        cdef Blocks telling = self.telling[place], joint = self.joint[place]
        cdef double* w = self.weights[min(one.script, script)][max(one.script, script)]
        cdef Py_ssize_t m = len(one.letters), n = min(size, C_MAX)
        cdef const uint8_t* mine = <const uint8_t*><const char*>one.letters
        cdef double fixed, evidence, floor, found, scale, needed
        cdef bint is_left = asked.is_left, is_same = False
        cdef Word other
        cdef Places places
        cdef Rest rest
        for i in range(n):
            if not C_FIRST - 1 <= letters[i] < asked.limit:
                return -INFINITY
        if asked.is_alike:
            order = order_of(mine, <int>m, letters, <int>n)
            is_left, is_same = order <= 0, order == 0
        read_word(&other, letters, n)
        if is_left:
            telling._right_word(&other, &places)
        else:
            telling._left_word(&other)
        # the evidence that is enough for whatever is as similar as can be
        floor = (least - self.constant - self.by_similarity * self.similarity.most) / self.by_evidence
        fixed = w[0] + w[2] * (one.bits + bits) + w[3] * min(m, n) + w[4] * abs(m - n) + (w[5] if is_same else 0.0)
        found = self._sum(telling, asked, &other, &places, &asked.telling, &rest, is_left, (floor - fixed) / w[1])
        evidence = within(fixed + w[1] * found, &self.evidence)
        if found <= LOG_ZERO or evidence < floor:
            return -INFINITY
        needed = (least - self.constant - self.by_evidence * evidence) / self.by_similarity
        scale = sqrt(max(1.0, self._itself(one)) * max(1.0, itself))
        # from the least similarity that counts on every one is enough
        found = self._sum(joint, asked, &other, &places, &asked.joint, &rest, is_left,
                          needed * scale + one.bits + bits if needed > self.similarity.least else NO_LIMIT)
        found = within((found - one.bits - bits) / scale, &self.similarity)
        found = self.constant + self.by_evidence * evidence + self.by_similarity * found
        return found if found >= least else -INFINITY

    cdef double _sum(self, Blocks blocks, Asked* asked, Word* other, Places* places, Rest* bound, Rest* rest, bint is_left,
                     double least) noexcept:
        """What a table of blocks says of a spelling and another word; no likeness as soon as that is less than enough."""
        cdef bint is_bound = least > TINY and blocks.dropped < 0.5
        # what rounding may hide is far less
        cdef double enough = exp2(least - ROUNDING) if is_bound else 0.0
        if is_left:
            return blocks._forward(&asked.left, other, places, bound if is_bound else NULL, enough)
        if is_bound:
            blocks._rest(other, rest)
        return blocks._forward(other, &asked.right, &asked.places, rest if is_bound else NULL, enough)
