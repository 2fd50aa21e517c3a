# Sentences and phrases: rows of words.

cdef int parts_of(Prefilter self, Text* read, int fillers) noexcept nogil:
    """Return the steps that read the sentences of a message and may find anything."""
    cdef int found
    if read.symbols and read.words:
        leave_out_symbols(read)
    found = sentences_of(self, read, fillers, NULL)
    if found & FRAMES:  # what a frame needs may be anywhere in the message
        found &= ~FRAMES
        if may_have_frame(self, read, fillers):
            found |= sentences_of(self, read, fillers, read.classes)
    return found


cdef int sentences_of(Prefilter self, Text* read, int fillers, const uint64_t* everywhere) noexcept nogil:
    """Return the steps that may find anything in some sentence; `everywhere` are the classes of the message."""
    cdef int found = 0
    cdef Py_ssize_t begin = 0, end
    while begin < read.count:
        end = begin + 1
        while end < read.count and read.tokens[end].piece == read.tokens[begin].piece:
            end += 1
        found = sentence_of(self, read, read.tokens + begin, end - begin, fillers, everywhere, found)
        begin = end
    return found


cdef int sentence_of(
    Prefilter self, const Text* read, const Token* tokens, Py_ssize_t count, int fillers, const uint64_t* everywhere, int found
) noexcept nogil:
    """Return the steps that may find anything in a sentence, and those that were found before."""
    cdef Signs signs
    cdef Py_ssize_t many = count
    cdef uint16_t traits
    memset(&signs, 0, sizeof(Signs))
    traits = look_through(self, read, tokens, count, &signs, False)
    if not found & PARTS and has_row(self, tokens, count, traits & IS_ROW):
        found |= PARTS
    if traits & BEGINS_FILLER:
        many = taken_out(self, tokens, count, fillers, read.kept)
        if many < count:
            traits = look_through(self, read, read.kept, many, &signs, True)
            if many and not found & PARTS and has_row(self, read.kept, many, traits & IS_ROW):
                found |= PARTS
    if self.has_frames and not found & FRAMES and has_signs(&signs):
        if has_frame(self, read, tokens, count, everywhere) or (
            many < count and has_frame(self, read, read.kept, many, everywhere)
        ):
            found |= FRAMES
    return found


cdef uint16_t look_through(
    Prefilter self, const Text* read, const Token* tokens, Py_ssize_t count, Signs* signs, bint again
) noexcept nogil:
    """Add the signs of some tokens; return all their traits, with `IS_ROW` for the anchor of a longer row too.

    `again` is for tokens that have been looked through with filler between them: only pairs are new.
    """
    cdef Py_ssize_t place
    cdef uint32_t number, before = 0
    cdef uint16_t traits = 0
    cdef const Word* word
    cdef Present present
    memset(&present, 0, sizeof(Present))
    present.signs = signs
    for place in range(count):
        number = tokens[place].number
        word = self.words + number
        if number:
            traits |= word.traits
            if self.words[before].anchors & few_bits_of(number):
                if is_marked(self.anchor_bits, hash_of_pair(before, number)):
                    traits |= IS_ROW
            if word.traits & BEGINS_SEQUENCE and place + 1 < count:
                set_sequences_at(self, &present, read, tokens, count, place)
            if word.traits & SLIPS:
                signs.slip_leads[0] |= word.leads[0]
                signs.slip_leads[1] |= word.leads[1]
                signs.slip_partners[0] |= word.partners[0]
                signs.slip_partners[1] |= word.partners[1]
            else:
                signs.leads[0] |= word.leads[0]
                signs.leads[1] |= word.leads[1]
                signs.partners[0] |= word.partners[0]
                signs.partners[1] |= word.partners[1]
        elif self.has_frames and not again:
            look_at_unknown(self, &present, read, tokens + place)
        before = number
    if traits & STANDS_ALONE or present.full:
        signs.alone = True
    return traits


cdef void look_at_unknown(Prefilter self, Present* present, const Text* read, const Token* token) noexcept nogil:
    """Add the signs of a word that no rule has: by its stems, and as a slip."""
    if token.length >= 2:
        set_unknown(self, present, read.characters + token.start, token.length)
    if self.has_slips and may_slip(self, token):
        present.slips = True
        set_slips(self, present, read.characters + token.start, token.length)
        present.slips = False


cdef inline bint may_slip(Prefilter self, const Token* token) noexcept nogil:
    """Tell whether a word that no rule has may be a slip."""
    return SHORTEST_SLIP <= token.length <= self.longest_slip and (
        token.length > LONGEST_SLIP - 2 or may_be_slip(self, token.hash)
    )


cdef inline bint follows_in(Prefilter self, uint64_t bits, uint32_t number) noexcept nogil:
    """Tell whether the word of a number may be among those that bits stand for."""
    return number and bits >> (number & 63) & 1


cdef bint has_row(Prefilter self, const Token* tokens, Py_ssize_t count, bint anchored) noexcept nogil:
    """Tell whether a sentence is one of the rules, or a phrase or an open sentence stands in it."""
    cdef Py_ssize_t start, end, last
    cdef uint64_t hash
    if count == 1:
        if self.words[tokens[0].number].traits & (IS_SENTENCE | IS_ROW):
            return True
    else:
        hash = 0
        for end in range(count):
            if not tokens[end].number:
                break
            hash = joined(hash, tokens[end].number)
        else:
            if is_marked(self.sentence_bits, hash) and is_in(&self.sentences, hash):
                return True
    if not anchored:
        return False
    for start in range(count):
        if not self.words[tokens[start].number].traits & IS_ROW and not (
            start + 1 < count and follows_in(self, self.row_heads[tokens[start].number], tokens[start + 1].number)
        ):
            continue
        last = start + self.longest_row
        if last > count:
            last = count
        hash = 0
        for end in range(start, last):
            if not tokens[end].number:
                break
            hash = joined(hash, tokens[end].number)
            if is_in(&self.phrases, hash):
                return True
            if end + 1 == count and is_in(&self.ends, hash):
                return True
            if not start and is_in(&self.begins, hash):
                return True
    return False
