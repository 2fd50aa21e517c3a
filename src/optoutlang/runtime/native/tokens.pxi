# Canonical tokens, and their numbers.

cdef bint read_ascii(Prefilter self, const uint8_t* raw, Text* read) noexcept nogil:
    """Read the tokens of a text that is ASCII, in one pass; tell whether its beginning rules all steps out."""
    cdef const uint8_t* kinds = self.characters.ascii
    cdef uint32_t* characters = read.characters
    cdef Py_ssize_t place, length = read.length, start = 0, end = 0
    cdef uint64_t hash = 0
    cdef uint32_t piece = 0
    cdef uint8_t kind
    cdef Line line
    line.begin, line.first, line.marked, line.quoted = 0, -1, False, False
    line.heads = &self.characters.heads
    read.watched = self.is_quick
    for place in range(length):
        kind = kinds[raw[place]]
        if kind >= c"0":
            characters[end] = kind
            end += 1
            hash = hash * MULTIPLIER + kind
            continue
        if kind == JOINS and place and place + 1 < length:
            if kinds[raw[place - 1]] >= c"a" and kinds[raw[place + 1]] >= c"a":
                continue
        if end > start:
            add_token(self, read, start, end, hash, piece, LETTER)
            if read.watched and look_at_beginning(self, read, read.tokens + read.count - 1) == NO_KEYWORD:
                return True
            start, hash = end, 0
        if kind == ENDS:
            piece += 1
        elif kind == NOTICED and notice(raw, length, place, &line):
            piece += 1
        elif kind == NOTICED and raw[place] == c"\n":
            piece += 1
        if kind == STANDS or raw[place] == c">":
            characters[end] = raw[place]
            add_token(self, read, end, end + 1, raw[place], piece, SYMBOL)
            end += 1
            start = end
    if end > start:
        add_token(self, read, start, end, hash, piece, LETTER)
    look_up(self, read)
    read.marked, read.quoted = line.marked, line.quoted
    return False


cdef bint read_characters(Prefilter self, Text* read) noexcept nogil:
    """Read the tokens of a text; tell whether the tables say enough for that."""
    if not fold(self, read):
        return False
    return tokenize(self, read)


cdef Py_ssize_t fold(Prefilter self, Text* read) noexcept nogil:
    """Fold the characters, and mark where sentences end; return False if that takes too much room."""
    cdef const uint32_t* folds = self.characters.folds
    cdef const uint32_t* expansion
    cdef uint32_t* to = read.folded
    cdef const uint32_t* raw = read.raw
    cdef Py_ssize_t place, end, length = read.length
    cdef Line line
    cdef uint32_t char
    cdef uint32_t fold
    cdef uint32_t* full = read.folded + read.capacity
    line.begin, line.first, line.marked, line.quoted = 0, -1, False, False
    line.heads = &self.characters.heads
    for place in range(length):
        char = raw[place]
        fold = folds[char]
        if not fold:
            to[0] = char
            to += 1
            continue
        if fold & (LINE | QUOTE) and notice(raw, length, place, &line):
            to[0] = SENTENCE_END
            to += 1
            continue
        if fold & BREAK:
            to[0] = SENTENCE_END
            to += 1
        elif fold & DROPPED:
            pass
        elif fold & EXPANDED:
            expansion = self.characters.expansions + (fold & FOLDED)
            if to + expansion[0] + (length - place) > full:
                return False
            for end in range(<Py_ssize_t>expansion[0]):
                to[end] = expansion[end + 1]
            to += expansion[0]
        else:
            to[0] = fold & FOLDED
            to += 1
    read.length = to - read.folded
    read.marked, read.quoted = line.marked, line.quoted
    return True


cdef bint tokenize(Prefilter self, Text* read) noexcept nogil:
    """Cut a folded text into tokens; return False if marks must be composed first."""
    cdef const uint8_t* classes = self.characters.classes
    cdef const uint32_t* folded = read.folded
    cdef uint32_t* characters = read.characters
    cdef Py_ssize_t place, length = read.length, start = 0, end = 0
    cdef uint32_t char
    cdef uint64_t hash = 0
    cdef uint8_t bits, open = 0  # the class of what the token began with
    cdef uint32_t piece = 0, starter = 0
    for place in range(length):
        char = folded[place]
        if char == SENTENCE_END:
            starter = char
            if open:
                add_token(self, read, start, end, hash, piece, open)
                open = 0
            piece += 1
            continue
        bits = classes[char]
        if bits & MOVING:
            if place and not self.characters._stays(char, folded[place - 1], starter):
                return False
            if not self.characters.orders[char]:
                starter = char
        else:
            starter = char
        if bits & (LETTER | NUMBER):
            if not open & (LETTER | NUMBER):
                if open:
                    add_token(self, read, start, end, hash, piece, open)
                open, start, hash = LETTER, end, 0
        elif bits & MARK:
            if not open:
                continue
        elif bits & (SINGLE | SYMBOL):
            if open:
                add_token(self, read, start, end, hash, piece, open)
            if bits & SYMBOL:
                characters[end] = char
                add_token(self, read, end, end + 1, char, piece, SYMBOL)
                end += 1
                open = 0
                continue
            open, start, hash = SINGLE, end, 0
        else:
            if char == c"'" and place and place + 1 < length:
                if classes[folded[place - 1]] & (LETTER | MARK) and classes[folded[place + 1]] & LETTER:
                    continue
            if open:
                add_token(self, read, start, end, hash, piece, open)
                open = 0
            continue
        characters[end] = char
        end += 1
        hash = hash * MULTIPLIER + char
    if open:
        add_token(self, read, start, end, hash, piece, open)
    look_up(self, read)
    return True


cdef inline void add_token(
    Prefilter self, Text* read, Py_ssize_t start, Py_ssize_t end, uint64_t hash, uint32_t piece, uint8_t kind
) noexcept nogil:
    cdef Token* token = read.tokens + read.count
    token.hash = hash
    token.start = start
    token.length = end - start
    token.piece = piece
    token.symbol = kind == SYMBOL
    read.symbols += token.symbol
    read.count += 1
    if self.number_bits > FEW_WORDS:
        FETCH(self.vocabulary + ((hash ^ hash >> 32) * GOLDEN >> self.vocabulary_shift))


cdef void look_up(Prefilter self, Text* read) noexcept nogil:
    """Give all tokens their numbers. The memory that this takes is asked for a pass ahead: waiting is what costs."""
    cdef Py_ssize_t place
    cdef Token* token
    cdef uint32_t slot, mask = (<uint32_t>1 << self.number_bits) - 1
    cdef uint64_t hash
    for place in range(read.count if self.number_bits > FEW_WORDS else 0):
        token = read.tokens + place
        hash = (token.hash ^ token.hash >> 32) * GOLDEN
        slot = self.vocabulary[hash >> self.vocabulary_shift]
        if slot and slot & ~mask == <uint32_t>hash & ~mask:
            FETCH(self.words + (slot & mask))
        elif self.slip_bits:
            FETCH(self.slip_bits + (slot_of(token.hash, 64 - LOG_SLIP_BITS) >> 6))
    for place in range(read.count):
        token = read.tokens + place
        token.number = number_of(self, token, read.characters + token.start)
        if token.number:
            read.traits |= self.words[token.number].traits
            if self.words[token.number].classes:
                FETCH(self.numbers.pool + self.words[token.number].classes)
    read.filled = read.traits & BEGINS_FILLER
    read.words = read.count - read.symbols


cdef inline uint32_t number_of(Prefilter self, const Token* token, const uint32_t* word) noexcept nogil:
    """Return the number of a word; 0 if no rule has it."""
    cdef uint64_t hash = (token.hash ^ token.hash >> 32) * GOLDEN
    cdef uint32_t mask = (<uint32_t>1 << self.number_bits) - 1
    cdef uint32_t tag = <uint32_t>hash & ~mask, slot, place = <uint32_t>(hash >> self.vocabulary_shift)
    cdef const Word* known
    while True:
        slot = self.vocabulary[place]
        if not slot:
            return 0
        if slot & ~mask == tag:
            known = self.words + (slot & mask)
            if known.hash == token.hash and known.length == token.length:
                if not known.traits & IN_FILLER or is_word(
                    self.pool + self.starts[slot & mask], word, token.length
                ):
                    return slot & mask
        place = (place + 1) & mask


cdef bint has_digits_alone(Prefilter self, const Text* read, const Token* token) noexcept nogil:
    cdef uint32_t place
    for place in range(token.start, token.start + token.length):
        if not c"0" <= read.characters[place] <= c"9":
            return False
    return True
