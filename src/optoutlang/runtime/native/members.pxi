# The classes that are present, by words, stems, slips and sequences.

cdef void set_classes(Prefilter self, Present* present, uint32_t row) noexcept nogil:
    """Count the classes of a row of numbers as present."""
    cdef const uint32_t* numbers = self.numbers.pool + row
    cdef uint32_t place, number, kinds
    for place in range(numbers[0]):
        kinds = numbers[place + 1]
        if present.signs:
            add_signs(self, present.signs, kinds, present.slips)
            continue
        number = kinds & CLASS_NUMBER
        if present.members:
            if present.many == MOST_MEMBERS:
                present.full = True
                return
            present.members[present.many].number = number
            present.members[present.many].start = present.start
            present.members[present.many].length = present.length
            present.members[present.many].slips = present.slips
            present.many += 1
        if not present.bits[number >> 6] >> (number & 63) & 1:
            present.bits[number >> 6] |= <uint64_t>1 << (number & 63)
            if not present.slips:
                present.exact[number >> 6] |= <uint64_t>1 << (number & 63)
            if present.count == MOST_CLASSES or present.partner_count == MOST_CLASSES:
                present.full = True
                continue
            if kinds & (HAS_PARTNERS | IS_SINGLE):
                present.numbers[present.count] = kinds
                present.count += 1
                FETCH(self.classes + number)
            if kinds & IS_PARTNER:
                present.partners[present.partner_count] = number
                present.partner_count += 1
                present.partner_bits |= bit_of(number)


cdef void set_stems(
    Prefilter self, Present* present, uint32_t row, const uint32_t* word, Py_ssize_t length
) noexcept nogil:
    """Count the classes as present of those of some stems with which a word begins."""
    cdef const uint32_t* numbers = self.numbers.pool + row + 1
    cdef uint32_t many = numbers[0], each
    cdef Py_ssize_t size
    numbers += 1
    for each in range(many):
        size = numbers[0]
        if size <= length and not memcmp(numbers + 1, word, size * sizeof(uint32_t)):
            set_classes(self, present, numbers[size + 1])
        numbers += size + 2


cdef void set_unknown(Prefilter self, Present* present, const uint32_t* word, Py_ssize_t length) noexcept nogil:
    """Count the classes as present of which a word that no rule has is a member by a stem."""
    cdef uint32_t row
    cdef uint64_t head = hash_of_slice(word, 2)
    if is_marked(self.stem_bits, head) or (
        length > 2 and is_marked(self.stem_bits, head * MULTIPLIER + word[2])
    ):
        row = value_of(&self.stems, head)
        if row:
            set_stems(self, present, row, word, length)


cdef void set_slips(Prefilter self, Present* present, const uint32_t* word, Py_ssize_t length) noexcept nogil:
    """Count the classes as present of the words that have slips and are near (`canonical.slips.SlipIndex.near`)."""
    cdef uint64_t prefixes[LONGEST_SLIP + 1]
    cdef Py_ssize_t size, least = (length - 2) // 2 if length > 3 else 1
    cdef uint64_t whole
    if length > LONGEST_SLIP:
        present.full = True
        return
    prefixes[0] = 0
    for size in range(length):
        prefixes[size + 1] = prefixes[size] * MULTIPLIER + word[size]
    whole = prefixes[length]
    for size in range(least, length // 2 + 1):
        set_near(self, present, prefixes[size] * MULTIPLIER + word[length - 1], word, length)
        set_near(
            self, present,
            word[0] * self.slip_powers[size] + whole - prefixes[length - size] * self.slip_powers[size] + GOLDEN,
            word, length,
        )
    for size in range(1, 3):
        set_near(
            self, present, whole - prefixes[size] * self.slip_powers[length - size] + 2 * GOLDEN, word, length
        )
        set_near(self, present, prefixes[length - size] + 3 * GOLDEN, word, length)


cdef inline void set_near(
    Prefilter self, Present* present, uint64_t hash, const uint32_t* word, Py_ssize_t length
) noexcept nogil:
    cdef uint32_t row, each, number
    if not is_marked(self.near_bits, hash):
        return
    row = value_of(&self.near, hash)
    if not row:
        return
    cdef const uint32_t* numbers = self.numbers.pool + row + 1
    for each in range(numbers[0]):
        number = numbers[each + 1]
        if is_slip(
            self, word, length, self.slip_pool + self.slip_starts[number],
            self.slip_starts[number + 1] - self.slip_starts[number],
        ):
            set_classes(self, present, self.slip_classes[number])


cdef bint is_slip(
    Prefilter self, const uint32_t* text, Py_ssize_t length, const uint32_t* word, Py_ssize_t size
) noexcept nogil:
    """Tell whether a text is one slip of a word (`canonical.slips.is_slip`)."""
    cdef Py_ssize_t longer = length - size, place = 0
    if longer < -1 or longer > 1:
        return False
    while place < length and place < size and text[place] == word[place]:
        place += 1
    if longer < 0:
        return is_same(text + place, word + place + 1, length - place)
    if longer > 0:
        return place > 0 and text[place] == word[place - 1] and is_same(
            text + place + 1, word + place, size - place
        )
    if place == size:
        return False
    if is_same(text + place + 1, word + place + 1, size - place - 1):
        return is_in(&self.neighbours, hash_of_pair(word[place], text[place]))
    return (
        place + 1 < size and text[place] == word[place + 1] and text[place + 1] == word[place]
        and is_same(text + place + 2, word + place + 2, size - place - 2)
    )


cdef void set_sequences(
    Prefilter self, Present* present, const Text* read, const Token* tokens, Py_ssize_t count
) noexcept nogil:
    """Count the classes as present that have a member of several tokens among some."""
    cdef Py_ssize_t start
    for start in range(count - 1):
        if self.words[tokens[start].number].traits & BEGINS_SEQUENCE:
            set_sequences_at(self, present, read, tokens, count, start)


cdef void set_sequences_at(
    Prefilter self, Present* present, const Text* read, const Token* tokens, Py_ssize_t count, Py_ssize_t start
) noexcept nogil:
    """Count the classes as present that have a member of several tokens from a place on, where one may begin."""
    cdef Py_ssize_t end, last
    cdef uint64_t hash
    cdef uint32_t row
    cdef const Word* word = self.words + tokens[start].number
    if not word.traits & BEGINS_STEM_SEQUENCE and not (
        word.follows & few_bits_of(tokens[start + 1].number)
        and is_marked(self.sequence_bits, hash_of_pair(tokens[start].number, tokens[start + 1].number))
    ):
        return
    last = start + word.longest_sequence
    if last > count:
        last = count
    hash = joined(0, tokens[start].number)
    present.start = start
    for end in range(start + 1, last):
        present.length = end - start + 1
        row = value_of(&self.stem_sequences, hash)
        if row:
            set_stems(self, present, row, read.characters + tokens[end].start, tokens[end].length)
        if not tokens[end].number:
            break
        hash = joined(hash, tokens[end].number)
        row = value_of(&self.sequences, hash)
        if row:
            set_classes(self, present, row)
