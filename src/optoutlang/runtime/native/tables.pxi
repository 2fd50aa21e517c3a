# Hashes, sets and maps of hashes, and tuples of numbers, of which the tables of a prefilter are made.

cdef inline uint64_t bit_of(uint32_t number) noexcept nogil:
    return <uint64_t>1 << (number & 63)


cdef inline uint32_t few_bits_of(uint32_t number) noexcept nogil:
    return <uint32_t>1 << (number & 31) if number else 0


cdef inline uint64_t other_bit_of(uint32_t number) noexcept nogil:
    """Return a bit for a number that says something else than its last digits do."""
    return <uint64_t>1 << (number * <uint32_t>0x9E3779B1 >> 26)


cdef inline uint64_t slot_of(uint64_t hash, int shift) noexcept nogil:
    hash ^= hash >> 32
    return (hash * GOLDEN) >> shift


cdef inline uint64_t mixed(uint64_t value) noexcept nogil:
    value = (value + 1) * GOLDEN
    return value ^ (value >> 29)


cdef inline uint64_t slip_bits_of(uint64_t hash) noexcept nogil:
    """Return three bits of a number that stand for a slip: one look at the memory says of most words that they are none."""
    hash = (hash ^ hash >> 29) * MULTIPLIER
    return bit_of(hash >> 58) | bit_of(hash >> 52 & 63) | bit_of(hash >> 46 & 63)


cdef inline void mark(uint64_t* bits, uint64_t hash) noexcept nogil:
    """Set the bit of a hash in a filter of `BITS` bits."""
    cdef uint64_t place = slot_of(hash, 64 - LOG_BITS)
    bits[place >> 6] |= <uint64_t>1 << (place & 63)


cdef inline bint is_marked(const uint64_t* bits, uint64_t hash) noexcept nogil:
    cdef uint64_t place = slot_of(hash, 64 - LOG_BITS)
    return bits[place >> 6] >> (place & 63) & 1


cdef inline bint is_in(const Set* known, uint64_t hash) noexcept nogil:
    hash += hash == 0
    cdef uint64_t place = slot_of(hash, known.shift)
    while known.slots[place]:
        if known.slots[place] == hash:
            return True
        place = (place + 1) & known.mask
    return False


cdef inline uint32_t value_of(const Map* known, uint64_t hash) noexcept nogil:
    """Return the value under a hash, 0 for none."""
    hash += hash == 0
    cdef uint64_t place = slot_of(hash, known.shift)
    while known.entries[place].key:
        if known.entries[place].key == hash:
            return <uint32_t>known.entries[place].value
        place = (place + 1) & known.mask
    return 0


cdef int bits_for(Py_ssize_t count) noexcept:
    cdef int bits = 4
    while (1 << bits) < 2 * count:
        bits += 1
    return bits


cdef int make_set(Set* known, Py_ssize_t count) except -1:
    cdef int bits = bits_for(count)
    known.slots = <uint64_t*>calloc(1 << bits, sizeof(uint64_t))
    if not known.slots:
        raise MemoryError
    known.shift = 64 - bits
    known.mask = (1 << bits) - 1
    return 0


cdef void add(Set* known, uint64_t hash) noexcept:
    hash += hash == 0
    cdef uint64_t place = slot_of(hash, known.shift)
    while known.slots[place] and known.slots[place] != hash:
        place = (place + 1) & known.mask
    known.slots[place] = hash


cdef int make_map(Map* known, Py_ssize_t count) except -1:
    cdef int bits = bits_for(count)
    known.entries = <Entry*>calloc(1 << bits, sizeof(Entry))
    if not known.entries:
        raise MemoryError
    known.shift = 64 - bits
    known.mask = (1 << bits) - 1
    return 0


cdef void put(Map* known, uint64_t hash, uint32_t value) noexcept:
    hash += hash == 0
    cdef uint64_t place = slot_of(hash, known.shift)
    while known.entries[place].key and known.entries[place].key != hash:
        place = (place + 1) & known.mask
    known.entries[place].key = hash
    known.entries[place].value = value


cdef uint64_t hash_of(str text):
    cdef uint64_t hash = 0
    cdef Py_UCS4 char
    for char in text:
        hash = hash * MULTIPLIER + <uint32_t>char
    return hash


cdef inline uint64_t hash_of_slice(const uint32_t* text, Py_ssize_t length) noexcept nogil:
    cdef uint64_t hash = 0
    cdef Py_ssize_t place
    for place in range(length):
        hash = hash * MULTIPLIER + text[place]
    return hash


cdef inline uint64_t hash_of_pair(uint32_t one, uint32_t other) noexcept nogil:
    return mixed((<uint64_t>one << 32) | other)


cdef inline uint64_t joined(uint64_t row, uint32_t number) noexcept nogil:
    """Return the hash of a row of numbers with one more."""
    return row * MULTIPLIER + mixed(number)


cdef class Numbers:
    """Tuples of numbers, one behind the other; the number of a tuple is where it begins, 0 the empty one."""

    cdef uint32_t* pool
    cdef dict known
    cdef list rows

    def __cinit__(self):
        self.known = {(): 0}
        self.rows = [0]

    def __dealloc__(self):
        free(self.pool)

    cdef uint32_t number(self, tuple row) except? 0xFFFFFFFF:
        known = self.known.get(row)
        if known is None:
            known = self.known[row] = len(self.rows)
            self.rows.append(len(row))
            self.rows.extend(row)
        return known

    cdef int freeze(self) except -1:
        cdef Py_ssize_t place
        self.pool = <uint32_t*>malloc(len(self.rows) * sizeof(uint32_t))
        if not self.pool:
            raise MemoryError
        for place in range(len(self.rows)):
            self.pool[place] = self.rows[place]
        self.known = {}
        self.rows = []
        return 0
