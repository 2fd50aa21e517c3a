# Filler, and keywords: the message as a whole, and its beginning.

cdef inline uint32_t opening_of(uint32_t one, uint32_t other, uint32_t third) noexcept nogil:
    """Return the place of three folded letters or digits among the bits of openings."""
    return (one << 10 ^ other << 5 ^ third) & (OPENINGS - 1)


cdef int mark_openings(Prefilter self, tables) except -1:
    """Mark the first three characters of all keys, and of all words with which filler begins."""
    for text in chain(tables.keys, (words[0] for words in tables.fillers)):
        if len(text) >= 3 and text[:3].isascii():
            place = opening_of(ord(text[0]), ord(text[1]), ord(text[2]))
            self.openings[place >> 6] |= bit_of(place)
    return 0


cdef inline bint opens_without_keyword(Prefilter self, object text) noexcept:
    """Tell whether the first three characters of a text of four or more rule a keyword out where only keywords count.

    They are of one word of ASCII, and so is what follows, which might else compose with them. A key begins with that
    word, unless it is filler; so no look at the word as a whole would let it pass (`look_at_beginning`).
    """
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef uint32_t one = PyUnicode_READ(kind, data, 0), other = PyUnicode_READ(kind, data, 1)
    cdef uint32_t third = PyUnicode_READ(kind, data, 2)
    return (one | other | third | PyUnicode_READ(kind, data, 3)) < 128 and is_no_opening(self, one, other, third)


cdef inline bint is_no_opening(Prefilter self, uint32_t one, uint32_t other, uint32_t third) noexcept nogil:
    """Tell whether three characters of ASCII are of one word, and no key or filler begins with them."""
    cdef uint32_t place
    one, other, third = self.characters.ascii[one], self.characters.ascii[other], self.characters.ascii[third]
    if one < c"0" or other < c"0" or third < c"0":
        return False
    place = opening_of(one, other, third)
    return not self.openings[place >> 6] >> (place & 63) & 1


cdef int look_at_beginning(Prefilter self, Text* read, const Token* token) noexcept nogil:
    """Tell what the next word of a message, with those before it, says: a key of keywords begins with them all.

    A word that may be filler says nothing, nor does a keyword that is shorter than what is looked at: other
    keywords may follow.
    """
    cdef uint32_t place
    cdef uint64_t hash = read.head_hash
    if self.words[number_of(self, token, read.characters + token.start)].traits & BEGINS_FILLER:
        read.watched = False
        return MAY_BE_KEYWORD
    for place in range(token.length):
        if read.head_length == LONGEST_HEAD:
            break
        hash = hash * MULTIPLIER + read.characters[token.start + place]
        read.head_length += 1
    read.head_hash = hash
    if not is_in(&self.heads, hash):
        return NO_KEYWORD
    if read.head_length < LONGEST_HEAD and not is_in(&self.keys, hash):
        return UNCERTAIN
    read.watched = False
    return MAY_BE_KEYWORD


cdef bint begins_without_keyword(Prefilter self, object text, Text* read, char* memory) noexcept:
    """Tell whether the first characters of a text that is not ASCII, and is longer, rule all steps out.

    The last token that is read may go on, and its last character may change; but not its first ones.
    """
    cdef Py_ssize_t place
    cdef const Token* token
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    set_up(read, BEGINNING, memory)
    for place in range(BEGINNING):
        read.raw[place] = PyUnicode_READ(kind, data, place)
    if not read_characters(self, read):
        return False
    read.watched = True
    for place in range(read.count):
        token = read.tokens + place
        if place + 1 == read.count and token.length < LONGEST_HEAD + 2:
            return False
        if token.symbol:
            continue
        if look_at_beginning(self, read, token) == NO_KEYWORD:
            return True
        if not read.watched:
            return False
    return False


cdef Py_ssize_t taken_out(
    Prefilter self, const Token* tokens, Py_ssize_t count, int fillers, Token* kept
) noexcept nogil:
    """Copy the tokens that are no filler: leftmost first, the longest at each place; return how many."""
    cdef Py_ssize_t place = 0, many = 0, length
    while place < count:
        length = 0
        if self.words[tokens[place].number].traits & BEGINS_FILLER:
            length = filler_at(self, tokens + place, count - place, fillers)
        if not length:
            kept[many] = tokens[place]
            many += 1
            length = 1
        place += length
    return many


cdef Py_ssize_t filler_at(Prefilter self, const Token* tokens, Py_ssize_t count, int fillers) noexcept nogil:
    cdef Py_ssize_t end, most = self.words[tokens[0].number].longest_filler, best = 0, place
    cdef uint64_t hash = 0
    cdef uint32_t row
    if most > count:
        most = count
    for end in range(most):
        if not tokens[end].number:
            break
        hash = joined(hash, tokens[end].number)
        row = value_of(&self.fillers, hash)
        if row and self.filler_pool[row] >> fillers & 1 and self.filler_pool[row + 1] == end + 1:
            for place in range(end + 1):
                if self.filler_pool[row + 2 + place] != tokens[place].number:
                    break
            else:
                best = end + 1
    return best

# Keywords.


cdef int keywords_of(Prefilter self, Text* read, int fillers) noexcept nogil:
    """Return the steps that read the message as a whole and may find a keyword."""
    if not may_be_keywords(self, read):
        return 0
    cdef Token* tokens = read.tokens
    cdef Py_ssize_t count = read.count, many, place
    cdef int found = 0
    if read.symbols and read.words:  # symbols beside words are no tokens
        many = 0
        for place in range(count):
            if not tokens[place].symbol:
                read.kept[many] = tokens[place]
                many += 1
        tokens, count = read.kept, many
    if is_key(self, tokens, count):
        found |= EXACT
    if read.filled:
        many = taken_out(self, tokens, count, fillers, read.kept)
        if many < count:
            tokens, count = read.kept, many
            if is_key(self, tokens, count):
                found |= FILLER
    if count > 1 and is_several(self, read, tokens, count):
        found |= FILLER
    if self.tolerates and is_tolerated(self, read, tokens, count):
        found |= TOLERATED
    return found


cdef bint may_be_keywords(Prefilter self, const Text* read) noexcept nogil:
    """Tell whether each token may be filler, digits, or part of a key, of one that is mistyped, stretched or alike."""
    cdef Py_ssize_t place, each, many
    cdef const Token* token
    cdef uint32_t char, to, last
    cdef uint64_t hash, bit
    for place in range(read.count):
        token = read.tokens + place
        if token.symbol and read.words or self.words[token.number].traits & IN_FILLER:
            continue
        hash, last, many = 0, 0, 0
        for each in range(<Py_ssize_t>token.length):
            char = read.characters[token.start + each]
            to = self.characters.skeletons[char]
            to = to if to else char
            if to == last:
                continue
            last = to
            hash = hash * MULTIPLIER + to
            many += 1
            if many == LONGEST_GRAM:
                break
        bit = slot_of(hash, 64 - LOG_GRAM_BITS)
        if not self.gram_bits[bit >> 6] >> (bit & 63) & 1 and not has_digits_alone(self, read, token):
            return False
    return True


cdef bint is_key(Prefilter self, const Token* tokens, Py_ssize_t count) noexcept nogil:
    cdef Py_ssize_t place, length = 0
    cdef uint64_t hash = 0
    for place in range(count):
        length += tokens[place].length
        if length > self.longest:
            return False
        hash = hash * self.powers[tokens[place].length] + tokens[place].hash
    return is_in(&self.keys, hash)


cdef bint is_several(Prefilter self, const Text* read, const Token* tokens, Py_ssize_t count) noexcept nogil:
    """Tell whether tokens are nothing but keywords: from each place that keywords reach, try all that begin there."""
    cdef Py_ssize_t start, end, length, reach = 0
    cdef uint64_t hash
    cdef uint64_t reached = 1  # bit n: the place n tokens behind `start`
    cdef Py_ssize_t head = tokens[0].length if tokens[0].length < LONGEST_HEAD else LONGEST_HEAD
    if not is_in(&self.heads, hash_of_slice(read.characters + tokens[0].start, head)):
        return False
    for start in range(count):
        if reached & 1:
            length, hash = 0, 0
            for end in range(start, count):
                length += tokens[end].length
                if length > self.longest:
                    break
                hash = hash * self.powers[tokens[end].length] + tokens[end].hash
                if is_in(&self.keys, hash):
                    if end - start >= 62:
                        return True  # more tokens than there is room for: let the step look
                    reached |= <uint64_t>2 << (end - start)
        reached >>= 1
        if not reached:
            return False
    return True


cdef bint is_tolerated(Prefilter self, const Text* read, const Token* tokens, Py_ssize_t count) noexcept nogil:
    cdef Py_ssize_t place = count
    if is_nearly(self, read, tokens, count):
        return True
    while place and has_digits_alone(self, read, tokens + place - 1):
        place -= 1
    return place < count and (is_key(self, tokens, place) or is_nearly(self, read, tokens, place))


cdef bint is_nearly(Prefilter self, const Text* read, const Token* tokens, Py_ssize_t count) noexcept nogil:
    """Tell whether tokens may be a stretched or mistyped keyword, or one of letters that look alike."""
    cdef Py_ssize_t place, length = 0, run = 0
    cdef uint64_t hash = 0, skeleton = 0, squeezed = 0
    cdef uint32_t char, last = 0
    cdef const uint32_t* word
    cdef uint32_t to
    cdef Py_ssize_t each
    cdef bint stretched = False, short
    for place in range(count):
        length += tokens[place].length
    short = length <= self.longest + 1
    if not count or not (short or has_ends(self, read, tokens, count)):
        return False
    for place in range(count):
        word = read.characters + tokens[place].start
        for each in range(<Py_ssize_t>tokens[place].length):
            char = word[each]
            if char == last:
                run += 1
                stretched = stretched or run >= 3
            else:
                squeezed = squeezed * MULTIPLIER + char
                run = 1
                last = char
            to = self.characters.skeletons[char]
            hash = hash * MULTIPLIER + char
            skeleton = skeleton * MULTIPLIER + (to if to else char)
    if stretched and is_in(&self.squeezed, squeezed):
        return True
    return short and (is_in(&self.typos, hash) or is_in(&self.skeletons, skeleton))


cdef bint has_ends(Prefilter self, const Text* read, const Token* tokens, Py_ssize_t count) noexcept nogil:
    """Tell whether tokens begin and end with the characters of a keyword that may be stretched."""
    cdef uint32_t first = read.characters[tokens[0].start]
    cdef uint32_t last = read.characters[tokens[count - 1].start + tokens[count - 1].length - 1]
    return is_in(&self.squeezed_ends, hash_of_pair(first, last))
