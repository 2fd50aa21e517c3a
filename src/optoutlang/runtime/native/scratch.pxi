# The memory that reading a text takes, and small questions about it that need no tables.

cdef inline bint has_signs(const Signs* signs) noexcept nogil:
    """Tell whether two classes by which some row is looked for may be there, one token being a slip at most."""
    return signs.alone or (
        agree(signs.leads, signs.partners)
        or agree(signs.leads, signs.slip_partners)
        or agree(signs.slip_leads, signs.partners)
    )


cdef inline bint agree(const uint64_t* leads, const uint64_t* partners) noexcept nogil:
    return leads[0] & partners[0] and leads[1] & partners[1]


cdef inline void set_up_present(
    Present* present, uint64_t* bits, uint64_t* exact, uint32_t* numbers, Member* members, Py_ssize_t words
) noexcept nogil:
    memset(present, 0, sizeof(Present))
    memset(bits, 0, words * sizeof(uint64_t))
    memset(exact, 0, words * sizeof(uint64_t))
    present.bits = bits
    present.exact = exact
    present.numbers = numbers
    present.partners = numbers + MOST_CLASSES
    present.members = members


cdef inline bint is_same(const uint32_t* one, const uint32_t* other, Py_ssize_t length) noexcept nogil:
    return not memcmp(one, other, length * sizeof(uint32_t))


cdef inline bint is_word(const uint32_t* one, const uint32_t* other, uint32_t length) noexcept nogil:
    """Tell whether two words are the same; most are so short that a call would cost more."""
    cdef uint32_t place
    for place in range(length):
        if one[place] != other[place]:
            return False
    return True


cdef inline Py_ssize_t capacity_for(Py_ssize_t length) noexcept nogil:
    return length + length // 2 + 40


cdef inline Py_ssize_t scratch_for(Py_ssize_t length) noexcept nogil:
    return capacity_for(length) * (2 * sizeof(Token) + 3 * sizeof(uint32_t))


cdef void set_up(Text* read, Py_ssize_t length, char* memory) noexcept nogil:
    read.length = length
    read.count = read.symbols = read.words = 0
    read.filled = read.marked = read.quoted = read.watched = False
    read.traits = 0
    read.head_hash = read.head_length = 0
    read.capacity = capacity_for(length)
    read.tokens = <Token*>memory
    read.kept = read.tokens + read.capacity
    read.raw = <uint32_t*>(read.kept + read.capacity)
    read.folded = read.raw + read.capacity
    read.characters = read.folded + read.capacity


cdef void leave_out_symbols(Text* read) noexcept nogil:
    """Leave out the symbols of sentences that have words."""
    cdef Py_ssize_t begin = 0, end, place, many = 0
    cdef bint words
    while begin < read.count:
        end, words = begin, False
        while end < read.count and read.tokens[end].piece == read.tokens[begin].piece:
            words = words or not read.tokens[end].symbol
            end += 1
        for place in range(begin, end):
            if not (words and read.tokens[place].symbol):
                read.tokens[many] = read.tokens[place]
                many += 1
        begin = end
    read.count = many
