# Frames: rows of classes.

cdef Py_ssize_t standing_rows(Prefilter self, const Text* read, uint32_t* standing) noexcept nogil:
    """Write the numbers of the rows that stand in a sentence; return how many, -1 if there are too many of anything."""
    cdef uint64_t bits[MOST_CLASS_WORDS]
    cdef uint64_t exact[MOST_CLASS_WORDS]
    cdef uint32_t numbers[2 * MOST_CLASSES]
    cdef Member members[MOST_MEMBERS]
    cdef Present present
    set_up_present(&present, bits, exact, numbers, members, self.class_words)
    present.standing = standing
    set_tokens(self, &present, read, read.tokens, read.count)
    set_all_slips(self, &present, read, read.tokens, read.count)
    if present.full or has_group(self, &present, read.count):
        return -1
    return present.standing_count


cdef bint may_have_frame(Prefilter self, Text* read, int fillers) noexcept nogil:
    """Tell whether the classes of some row would be there if all sentences were one."""
    cdef Py_ssize_t many = 0, begin = 0, end
    if read.filled:  # filler is taken out inside each sentence
        while begin < read.count:
            end = begin + 1
            while end < read.count and read.tokens[end].piece == read.tokens[begin].piece:
                end += 1
            many += taken_out(self, read.tokens + begin, end - begin, fillers, read.kept + many)
            begin = end
    return has_classes(self, read, read.tokens, read.count, read.kept, many if many < read.count else 0)


cdef bint has_classes(
    Prefilter self, Text* read, const Token* tokens, Py_ssize_t count, const Token* kept, Py_ssize_t many
) noexcept nogil:
    """Tell whether all classes of some row may have a member or a slip among tokens, or those without filler."""
    cdef uint64_t bits[MOST_CLASS_WORDS]
    cdef uint32_t numbers[2 * MOST_CLASSES]
    cdef Present present
    if self.class_words > MOST_CLASS_WORDS:
        return True
    set_up_present(&present, bits, read.classes, numbers, NULL, self.class_words)
    set_tokens(self, &present, read, tokens, count)
    set_sequences(self, &present, read, kept, many)
    set_all_slips(self, &present, read, tokens, count)
    return present.full or has_group(self, &present, 0)


cdef bint has_frame(
    Prefilter self, const Text* read, const Token* tokens, Py_ssize_t count, const uint64_t* everywhere
) noexcept nogil:
    """Tell whether some row stands in a sentence: members or slips of its classes in order, in reach of each other."""
    cdef uint64_t bits[MOST_CLASS_WORDS]
    cdef uint64_t exact[MOST_CLASS_WORDS]
    cdef uint32_t numbers[2 * MOST_CLASSES]
    cdef Member members[MOST_MEMBERS]
    cdef Present present
    if self.class_words > MOST_CLASS_WORDS or count > MOST_TOKENS:
        return True
    set_up_present(&present, bits, exact, numbers, members, self.class_words)
    present.everywhere = everywhere
    set_tokens(self, &present, read, tokens, count)
    set_all_slips(self, &present, read, tokens, count)
    return present.full or has_group(self, &present, count)


cdef void set_tokens(
    Prefilter self, Present* present, const Text* read, const Token* tokens, Py_ssize_t count
) noexcept nogil:
    """Count the classes of tokens, and of sequences of them, as present."""
    cdef Py_ssize_t place
    present.length = 1
    for place in range(count):
        if tokens[place].number:
            if self.words[tokens[place].number].classes:
                present.start = place
                set_classes(self, present, self.words[tokens[place].number].classes)
        elif tokens[place].length >= 2:
            present.start = place
            set_unknown(self, present, read.characters + tokens[place].start, tokens[place].length)
    set_sequences(self, present, read, tokens, count)


cdef void set_all_slips(
    Prefilter self, Present* present, const Text* read, const Token* tokens, Py_ssize_t count
) noexcept nogil:
    """Count the classes as present of the words that tokens may be slips of."""
    cdef Py_ssize_t place
    present.exact_count, present.exact_partner_count = present.count, present.partner_count
    if not self.has_slips:
        return
    present.slips = True
    present.length = 1
    for place in range(count):
        if tokens[place].number:
            if self.words[tokens[place].number].slips:
                present.start = place
                set_classes(self, present, self.words[tokens[place].number].slips)
            continue
        if may_slip(self, tokens + place):
            present.start = place
            set_slips(self, present, read.characters + tokens[place].start, tokens[place].length)


cdef bint has_group(Prefilter self, Present* present, Py_ssize_t count) noexcept nogil:
    """Tell whether all classes of some row are present; in a sentence of some tokens, whether the row stands there."""
    cdef Py_ssize_t one, other
    cdef uint32_t number, slips
    cdef uint64_t hash
    cdef const Class* known
    for one in range(present.count):
        number = present.numbers[one] & CLASS_NUMBER
        known = self.classes + number
        if known.single and has_any(self, present, count, self.numbers.pool + known.single):
            return True
        if not known.partners & present.partner_bits:
            continue
        for other in range(
            present.partner_count if one < present.exact_count else present.exact_partner_count
        ):
            if not known.partners >> (present.partners[other] & 63) & 1:
                continue
            hash = hash_of_pair(number, present.partners[other])
            if is_marked(self.partner_bits, hash):
                slips = (one >= present.exact_count) + (other >= present.exact_partner_count)
                if has_group_of(self, present, count, value_of(&self.partners, hash), slips):
                    return True
    return False


cdef bint has_group_of(
    Prefilter self, Present* present, Py_ssize_t count, uint32_t row, uint32_t slips
) noexcept nogil:
    """Tell whether the further classes of some group are present, and with the two others one slip at most."""
    cdef const uint32_t* numbers = self.numbers.pool + row + 1
    cdef uint32_t many, each, size, place, missing, number
    if not row:
        return False
    many = numbers[0]
    numbers += 1
    for each in range(many):
        size = numbers[0]
        missing = slips
        for place in range(size):
            number = numbers[place + 1]
            if not present.exact[number >> 6] >> (number & 63) & 1:
                missing += 1
                if missing > 1 or not present.bits[number >> 6] >> (number & 63) & 1:
                    break
        else:
            if has_any(self, present, count, numbers + size + 1):
                return True
        numbers += size + 1
        numbers += numbers[0] + 1
    return False


cdef bint has_any(Prefilter self, Present* present, Py_ssize_t count, const uint32_t* rows) noexcept nogil:
    """Tell whether one of some rows, given after how many they are, stands in a sentence; places may not matter."""
    cdef uint32_t each
    if not present.members:
        return True
    for each in range(rows[0]):
        if stands_in(self, present, count, self.numbers.pool + rows[each + 1]):
            if not present.standing or present.standing_count == MOST_STANDING:
                return True
            present.standing[present.standing_count] = rows[each + 1]
            present.standing_count += 1
    return False


cdef bint stands_in(Prefilter self, const Present* present, Py_ssize_t count, const uint32_t* row) noexcept nogil:
    """Match a row from left to right with the set of places behind its parts so far (`matcher.frames.row_ends`)."""
    cdef uint64_t places, slipped, behind, behind_slipped, here, behind_here
    cdef uint32_t flags = row[1], part, gap, parts = row[2], need
    cdef Py_ssize_t each
    cdef const Member* member
    row += 3
    for part in range(row[2 * parts] if present.everywhere else 0):
        need = row[2 * parts + 1 + part]
        if not present.everywhere[need >> 6] >> (need & 63) & 1:
            return False
    places = 1 if flags & 1 else (<uint64_t>1 << count) - 1
    slipped = 0
    for part in range(parts):
        for gap in range(row[2 * part + 1]):
            places |= places << 1
            slipped |= slipped << 1
        behind = behind_slipped = 0
        for each in range(present.many):
            member = present.members + each
            if member.number != row[2 * part]:
                continue
            here = <uint64_t>1 << member.start
            behind_here = here << member.length
            if member.slips:
                if places & here:
                    behind_slipped |= behind_here
                continue
            if places & here:
                behind |= behind_here
            if slipped & here:
                behind_slipped |= behind_here
        if not behind | behind_slipped:
            return False
        places, slipped = behind, behind_slipped
    return not flags & 2 or (places | slipped) >> count & 1
