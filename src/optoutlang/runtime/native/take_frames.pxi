# The tables of classes, groups of rows, and slips, taken from `tables.Tables`.

cdef int take_classes(Prefilter self, tables, dict known) except -1:
    """Take classes and groups of rows: words, stems by their first two characters, sequences, pairs of classes."""
    cdef uint64_t hash
    cdef uint32_t number
    self.class_words = (tables.classes + 63) // 64
    self.has_frames = bool(tables.groups)
    kinds = take_groups(self, tables)
    for word, number in known.items():
        self.words[number].classes = row_of(self, tables.classes_of(word), kinds)
    stems = {}
    self.stem_bits = <uint64_t*>calloc(BITS // 64, sizeof(uint64_t))
    if not self.stem_bits:
        raise MemoryError
    for stem, classes in tables.stems.items():
        stems.setdefault(stem[:2], []).append((stem, classes))
        mark(self.stem_bits, hash_of(stem[:3]))
    make_map(&self.stems, len(stems))
    for head, those in stems.items():
        row = []
        for stem, classes in those:
            row += [len(stem), *map(ord, stem), row_of(self, classes, kinds)]
        put(&self.stems, hash_of(head), self.numbers.number((len(those), *row)))
    self.sequence_bits = <uint64_t*>calloc(BITS // 64, sizeof(uint64_t))
    if not self.sequence_bits:
        raise MemoryError
    make_map(&self.sequences, len(tables.sequences))
    for words, classes in tables.sequences.items():
        hash = 0
        for word in words:
            hash = joined(hash, known[word])
        put(&self.sequences, hash, row_of(self, classes, kinds))
        begins_sequence(self, known[words[0]], len(words))
        begins_sequence_with(self, known[words[0]], known[words[1]])
    make_map(&self.stem_sequences, len(tables.stem_sequences))
    for words, those in tables.stem_sequences.items():
        hash = 0
        for word in words:
            hash = joined(hash, known[word])
        row = []
        for stem, classes in those:
            row += [len(stem), *map(ord, stem), row_of(self, classes, kinds)]
        put(&self.stem_sequences, hash, self.numbers.number((len(those), *row)))
        begins_sequence(self, known[words[0]], len(words) + 1)
        if len(words) > 1:
            begins_sequence_with(self, known[words[0]], known[words[1]])
        else:
            self.words[<uint32_t>known[words[0]]].traits |= BEGINS_STEM_SEQUENCE
    self.kinds = kinds
    return 0


cdef uint32_t row_of(Prefilter self, classes, dict kinds) except? 0xFFFFFFFF:
    """Return the number of a row of classes, each with what it is among the rarest of groups."""
    return self.numbers.number(tuple([number | kinds.get(number, 0) for number in classes]))


cdef void begins_sequence_with(Prefilter self, uint32_t number, uint32_t following) noexcept:
    self.words[number].follows |= few_bits_of(following)
    mark(self.sequence_bits, hash_of_pair(number, following))


cdef void begins_sequence(Prefilter self, uint32_t number, Py_ssize_t length) noexcept:
    self.words[number].traits |= BEGINS_SEQUENCE
    if self.words[number].longest_sequence < length:
        self.words[number].longest_sequence = length


cdef dict take_groups(Prefilter self, tables):
    """Take groups of rows; return what each class is among the rarest of them."""
    self.partner_bits = <uint64_t*>calloc(BITS // 64, sizeof(uint64_t))
    self.classes = <Class*>calloc(tables.classes + 1, sizeof(Class))
    if not (self.partner_bits and self.classes):
        raise MemoryError
    if tables.classes > CLASS_NUMBER:
        raise ValueError("there are too many classes")
    pairs, kinds = {}, {}
    for group, rows in tables.groups.items():
        numbered = tuple(
            number_of_row(
                self, (begins | ends << 1, len(parts), *(each for part in parts for each in part), len(needs), *needs),
                (begins, ends, parts, needs),
            )
            for begins, ends, parts, needs in sorted(rows)
        )
        if len(group) == 1:
            self.classes[<uint32_t>group[0]].single = self.numbers.number(numbered)
            kinds[group[0]] = kinds.get(group[0], 0) | IS_SINGLE
        else:
            pairs.setdefault(group[:2], []).append((group[2:], numbered))
    make_map(&self.partners, len(pairs))
    for (one, other), groups in pairs.items():
        kinds[one] = kinds.get(one, 0) | HAS_PARTNERS
        kinds[other] = kinds.get(other, 0) | IS_PARTNER
        row = []
        for rest, numbered in groups:
            row += [len(rest), *rest, len(numbered), *numbered]
        self.classes[<uint32_t>one].partners |= bit_of(other)
        self.classes[<uint32_t>one].other_partners |= other_bit_of(other)
        mark(self.partner_bits, hash_of_pair(one, other))
        put(&self.partners, hash_of_pair(one, other), self.numbers.number((len(groups), *row)))
    return kinds


cdef uint32_t number_of_row(Prefilter self, tuple numbers, tuple row) except? 0xFFFFFFFF:
    """Return the number of a row as numbers, and remember which row that is."""
    cdef uint32_t number = self.numbers.number(numbers)
    self.frame_rows[number] = row
    return number


cdef int take_slips(Prefilter self, tables, dict known) except -1:
    """Take words that have slips by what a slip leaves of them (`canonical.slips`)."""
    cdef Py_ssize_t place = 0, number = 0
    cdef Py_UCS4 char
    cdef uint32_t index
    words = sorted(tables.slips)
    self.has_slips = bool(words)
    self.longest_slip = max(map(len, words), default=0) + 1
    self.slip_powers[0] = 1
    for place in range(LONGEST_SLIP):
        self.slip_powers[place + 1] = self.slip_powers[place] * MULTIPLIER
    place = 0
    self.slip_starts = <uint32_t*>calloc(len(words) + 1, sizeof(uint32_t))
    self.slip_classes = <uint32_t*>calloc(len(words) + 1, sizeof(uint32_t))
    self.slip_pool = <uint32_t*>calloc(sum(map(len, words)) + 1, sizeof(uint32_t))
    if not (self.slip_starts and self.slip_classes and self.slip_pool):
        raise MemoryError
    near = {}
    for number, word in enumerate(words):
        self.slip_starts[number] = place
        self.slip_classes[number] = row_of(self, tables.slips[word], self.kinds)
        for char in word:
            self.slip_pool[place] = char
            place += 1
        size = (len(word) - 1) // 2
        for kind, part in enumerate((word[:size] + word[-1], word[0] + word[-size:], word[2:], word[:-2])):
            near.setdefault((kind, part), []).append(number)
    self.slip_starts[len(words)] = place
    make_map(&self.near, len(near))
    self.near_bits = <uint64_t*>calloc(BITS // 64, sizeof(uint64_t))
    if not self.near_bits:
        raise MemoryError
    for (kind, part), those in near.items():
        mark(self.near_bits, hash_of(part) + <uint64_t>kind * GOLDEN)
        put(&self.near, hash_of(part) + <uint64_t>kind * GOLDEN, self.numbers.number((len(those), *those)))
    make_set(&self.neighbours, len(tables.neighbours))
    for one, other in tables.neighbours:
        add(&self.neighbours, hash_of_pair(ord(one), ord(other)))
    self.slip_count = len(words)
    self.typed = tables.neighbours
    mark_slips(self)
    for word, index in known.items():
        if not self.words[index].classes:
            self.words[index].slips = row_of(self, tables.slips_of(word), self.kinds)
        sign_word(self, self.words + index)
    return 0


cdef int sign_word(Prefilter self, Word* word) except -1:
    """Give a word the signs of its classes, or of those of the words of which it may be a slip."""
    cdef Signs signs
    cdef uint32_t place, start = word.classes if word.classes else word.slips
    memset(&signs, 0, sizeof(Signs))
    for place in range(self.numbers.rows[start]):
        add_signs(self, &signs, self.numbers.rows[start + place + 1], False)
    for place in range(2):
        word.leads[place], word.partners[place] = signs.leads[place], signs.partners[place]
    if signs.alone:
        word.traits |= STANDS_ALONE
    if word.slips:
        word.traits |= SLIPS
    return 0


cdef inline void add_signs(Prefilter self, Signs* signs, uint32_t kinds, bint slips) noexcept nogil:
    """Add those of a class, given with what it is among the rarest of groups."""
    cdef uint32_t number = kinds & CLASS_NUMBER
    cdef const Class* known = self.classes + number
    cdef uint64_t* leads = &signs.slip_leads[0] if slips else &signs.leads[0]
    cdef uint64_t* partners = &signs.slip_partners[0] if slips else &signs.partners[0]
    if kinds & HAS_PARTNERS:
        leads[0] |= known.partners
        leads[1] |= known.other_partners
    if kinds & IS_PARTNER:
        partners[0] |= bit_of(number)
        partners[1] |= other_bit_of(number)
    if kinds & IS_SINGLE:
        signs.alone = True


cdef int mark_slips(Prefilter self) except -1:
    """Mark all slips of all words (`canonical.slips.is_slip`), so that other words are done after one look."""
    cdef Py_ssize_t number, place, length
    cdef const uint32_t* word
    cdef uint32_t char
    cdef uint64_t head, tail, behind, last
    cdef uint64_t tails[LONGEST_SLIP + 1]
    if not self.slip_count:
        return 0
    self.slip_bits = <uint64_t*>calloc((1 << LOG_SLIP_BITS) // 64, sizeof(uint64_t))
    if not self.slip_bits:
        raise MemoryError
    meant = {}
    for one, other in self.typed:
        meant.setdefault(ord(one), []).append(ord(other))
    for number in range(self.slip_count):
        word = self.slip_pool + self.slip_starts[number]
        length = self.slip_starts[number + 1] - self.slip_starts[number]
        if length > LONGEST_SLIP - 1:
            continue  # such words are counted as slips whatever they are
        tails[length] = 0
        for place in range(length - 1, -1, -1):
            tails[place] = word[place] * self.slip_powers[length - 1 - place] + tails[place + 1]
        head = 0
        for place in range(length):
            char = word[place]
            behind = self.slip_powers[length - 1 - place]
            last = tails[place + 1]
            mark_slip(self, head * behind + last)
            mark_slip(self, ((head * MULTIPLIER + char) * MULTIPLIER + char) * behind + last)
            for typed in meant.get(char, ()):
                mark_slip(self, (head * MULTIPLIER + <uint32_t>typed) * behind + last)
            if place + 1 < length:
                tail = self.slip_powers[length - 2 - place]
                mark_slip(self, ((head * MULTIPLIER + word[place + 1]) * MULTIPLIER + char) * tail + tails[place + 2])
            head = head * MULTIPLIER + char
    return 0


cdef inline void mark_slip(Prefilter self, uint64_t hash) noexcept nogil:
    cdef uint64_t bits = slip_bits_of(hash)
    self.slip_bits[slot_of(hash, 64 - LOG_SLIP_BITS) >> 6] |= bits


cdef inline bint may_be_slip(Prefilter self, uint64_t hash) noexcept nogil:
    cdef uint64_t bits = slip_bits_of(hash)
    return self.slip_bits[slot_of(hash, 64 - LOG_SLIP_BITS) >> 6] & bits == bits
