# Characters of messages: what canonical text makes of each, and what marks quotations, lines and sentences.

ctypedef fused Raw:
    uint8_t
    uint32_t


cdef struct Line:
    # The line that is read: where it begins, and its first character that is no space; whether there are marks of
    # quotations, and lines that may be quoted or forwarded. `heads` are what such lines begin with before a colon.
    Py_ssize_t begin
    Py_ssize_t first
    bint marked
    bint quoted
    const Set* heads


cdef bint is_head(const Raw* raw, Py_ssize_t begin, Py_ssize_t colon, const Set* heads) noexcept nogil:
    """Tell whether what stands before a colon may be what a quoted or forwarded line begins with."""
    cdef Py_ssize_t place
    cdef uint64_t hash = 0
    cdef uint32_t char
    if colon > begin and Py_UNICODE_ISSPACE(raw[colon - 1]):
        colon -= 1
    for place in range(begin, colon):
        char = raw[place]
        if char > 127:
            return True  # in any case that Unicode knows
        hash = hash * MULTIPLIER + (char + 32 if c"A" <= char <= c"Z" else char)
    return is_in(heads, hash)


cdef bint notice(const Raw* raw, Py_ssize_t length, Py_ssize_t place, Line* line) noexcept nogil:
    """Note what a mark, a line's end, a colon, `>` or a hyphen says; tell whether hyphens end a sentence there."""
    cdef uint32_t char = raw[place]
    cdef Py_ssize_t end
    if char == c"\n":
        line.begin, line.first = place + 1, -1
    elif char == c":" or char == 0xFF1A:
        if line.first < line.begin:
            line.first = line.begin
            while line.first < place and Py_UNICODE_ISSPACE(raw[line.first]):
                line.first += 1
        if place and raw[place - 1] == c"\n":
            line.quoted = True
        elif place - line.first <= 10 and is_head(raw, line.first, place, line.heads):
            line.quoted = True
    elif char == c">":
        if place == line.begin:
            line.quoted = True
    elif char != c"-":
        line.marked = True
    elif place == line.begin:
        if place + 2 < length and raw[place + 1] == c"-" and raw[place + 2] == c"-":
            line.quoted = True
    elif raw[place - 1] == c" ":
        end = place
        while end < length and raw[end] == c"-":
            end += 1
        return end < length and raw[end] == c" "
    return False


@cython.final
cdef class Characters:
    """What canonical text makes of each character: the same for all programs, made once in a process."""

    cdef uint32_t* folds
    cdef uint8_t* classes
    cdef uint32_t* skeletons
    cdef uint32_t* expansions
    cdef uint8_t* orders  # canonical combining classes
    cdef Set compositions  # pairs of characters that compose; what is composed, with 0
    cdef uint8_t ascii[128]
    cdef uint8_t sides[128]
    cdef Set heads

    def __cinit__(
        self,
        *,
        folds,
        expansions,
        dropped,
        classes,
        orders,
        compositions,
        breaks,
        quotes,
        before_opening,
        behind_closing,
        heads,
        look_alikes,
    ):
        """Take tables as dicts from code points, `classes` as ranges with their bits, the others as texts.

        `orders` are canonical combining classes, `compositions` the first, the second and the composed character.
        `heads` begin quoted and forwarded lines before a colon; `before_opening` and `behind_closing` are what stands
        beside straight marks of quotations.
        """
        cdef uint32_t point, low, high
        cdef uint8_t bits
        self.folds = <uint32_t*>calloc(POINTS, sizeof(uint32_t))
        self.classes = <uint8_t*>calloc(POINTS + 1, sizeof(uint8_t))
        self.skeletons = <uint32_t*>calloc(POINTS, sizeof(uint32_t))
        self.expansions = <uint32_t*>calloc(sum(map(len, expansions.values())) + len(expansions) + 1, sizeof(uint32_t))
        self.orders = <uint8_t*>calloc(POINTS + 1, sizeof(uint8_t))
        if not (self.folds and self.classes and self.skeletons and self.expansions and self.orders):
            raise MemoryError
        for point, order in orders.items():
            self.orders[point] = order
        make_set(&self.compositions, 2 * len(compositions))
        for first, second, composed in compositions:
            add(&self.compositions, hash_of_pair(first, second))
            add(&self.compositions, hash_of_pair(composed, 0))
        for point, to in folds.items():
            self.folds[point] = CHANGED | <uint32_t>to
        for low, high in dropped:
            for point in range(low, high + 1):
                self.folds[point] = CHANGED | DROPPED
        cdef Py_ssize_t place = 0
        cdef Py_UCS4 char
        for point, text in expansions.items():
            self.folds[point] = CHANGED | EXPANDED | <uint32_t>place
            self.expansions[place] = len(text)
            place += 1
            for char in text:
                self.expansions[place] = char
                place += 1
        for char in breaks:
            self.folds[char] = CHANGED | BREAK | <uint32_t>char
        for char in quotes:
            self._mark(char, QUOTE)
        for char in ":：>-\n":
            self._mark(char, LINE)
        for point in range(128):
            self.sides[point] = (OPENS if chr(point) in before_opening else 0) | (
                CLOSES if chr(point) in behind_closing else 0
            )
        make_set(&self.heads, len(heads))
        for head in heads:
            add(&self.heads, hash_of(head))
        for low, high, bits in classes:
            for point in range(low, high + 1):
                self.classes[point] |= bits
        for point, to in look_alikes.items():
            self.skeletons[point] = to
        for point in range(128):
            self.ascii[point] = self._kind(point)

    cdef int _kind(self, uint32_t point) except -1:
        """Return what an ASCII character is folded to if that is part of a word, else what it does."""
        cdef uint32_t fold = self.folds[point]
        cdef uint32_t char = fold & FOLDED if fold else point
        cdef uint8_t bits = self.classes[char]
        if fold & (DROPPED | EXPANDED) or bits & (SINGLE | MARK) or char > 127:
            raise ValueError("an ASCII character is folded in a way that is not foreseen")
        if fold & (LINE | QUOTE):
            return NOTICED
        if bits & (LETTER | NUMBER):
            return char
        return ENDS if fold & BREAK else JOINS if char == c"'" else STANDS if bits & SYMBOL else SEPARATES

    cdef void _mark(self, Py_UCS4 char, uint32_t flag) noexcept:
        cdef uint32_t known = self.folds[char]
        self.folds[char] = (known if known else CHANGED | <uint32_t>char) | flag

    def __dealloc__(self):
        free(self.folds)
        free(self.classes)
        free(self.skeletons)
        free(self.expansions)
        free(self.orders)
        free(self.compositions.slots)
        free(self.heads.slots)

    cdef bint _stays(self, uint32_t mark, uint32_t before, uint32_t starter) noexcept nogil:
        """Tell whether composing changes nothing where a moving character stands behind another one.

        `starter` is the last character before it whose combining class is 0 (`canonical.compose`). Where what stands
        before is composed itself, or the letters are of Hangul, the answer is that something may change.
        """
        if before == c"'" or is_in(&self.compositions, hash_of_pair(mark, 0)):
            return False
        if not self.classes[before] & (UNSETTLED | MOVING):
            return True
        if HANGUL_BEGINS <= mark <= HANGUL_ENDS or is_in(&self.compositions, hash_of_pair(starter, 0)):
            return False
        if self.orders[before] > self.orders[mark] > 0:
            return False
        return not is_in(&self.compositions, hash_of_pair(starter, mark))
