# A message is read, with its quotations left out, and each step is asked for its condition.

cdef int places_of(Prefilter self, object text, int fillers) except -1:
    cdef uint64_t stack[SCRATCH]
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(text)
    if length > LONGEST_TEXT:
        return ALL
    if self.is_quick and length > 3 and opens_without_keyword(self, text):
        return 0
    cdef Py_ssize_t size = scratch_for(length)
    if size <= SCRATCH * 8:
        return steps_of(self, text, length, fillers, <char*>stack)
    cdef char* memory = <char*>malloc(size)
    if not memory:
        raise MemoryError
    try:
        return steps_of(self, text, length, fillers, memory)
    finally:
        free(memory)


cdef int steps_of(Prefilter self, object text, Py_ssize_t length, int fillers, char* memory) except -1:
    cdef Text read
    cdef int found
    set_up(&read, length, memory)
    if PyUnicode_IS_ASCII(text):
        if read_ascii(self, <const uint8_t*>PyUnicode_DATA(text), &read):
            return 0
    else:
        if self.is_quick and length > BEGINNING:
            if begins_without_keyword(self, text, &read, memory):
                return 0
            set_up(&read, length, memory)
        PyUnicode_AsUCS4(text, read.raw, length, 0)
        if not read_characters(self, &read):
            return ALL
    found = keywords_of(self, &read, fillers)
    if not (self.has_parts or self.has_frames):
        return found
    # What is outside quotations has no other words, as far as no character may compose.
    if not (self.has_frames or read.traits & BEGINS_ROW) and PyUnicode_IS_ASCII(text):
        return found
    if not (read.marked or read.quoted):
        return found | parts_of(self, &read, fillers)
    if PyUnicode_IS_ASCII(text) and not read.quoted and unquote(
        self, <const uint8_t*>PyUnicode_DATA(text), length, <uint8_t*>read.folded
    ):
        return found | parts_unquoted(self, <const uint8_t*>PyUnicode_DATA(text), length, &read, memory, fillers)
    outside = self.unquoted(text)
    if outside != text:
        return found | parts_outside(self, text, outside, fillers)
    return found | parts_of(self, &read, fillers)


cdef bint unquote(Prefilter self, const uint8_t* text, Py_ssize_t length, uint8_t* outside) noexcept nogil:
    """Copy a text that is ASCII, with spaces for its quotations (`matcher.quotes`); tell whether that was possible.

    A mark that is never closed is left to Python, as are many marks: it may begin the quotation of a reaction.
    """
    cdef Py_ssize_t opened[MOST_MARKS]
    cdef Py_ssize_t place, start, each, many = 0
    memcpy(outside, text, length)
    for place in range(length):
        if text[place] != c'"':
            continue
        if many and (place + 1 == length or self.characters.sides[text[place + 1]] & CLOSES):
            many -= 1
            start = opened[many]
            memset(outside + start, c" ", place + 1 - start)
        elif not place or self.characters.sides[text[place - 1]] & OPENS:
            if many == MOST_MARKS:
                return False
            opened[many] = place
            many += 1
    return not many


cdef int parts_unquoted(
    Prefilter self, const uint8_t* text, Py_ssize_t length, Text* read, char* memory, int fillers
) noexcept nogil:
    """Return the steps that the parts of a text ask for, given without its quotations in the room for folded text."""
    cdef const uint8_t* outside = <const uint8_t*>read.folded
    set_up(read, length, memory)
    read_ascii(self, outside, read)
    if not read.count:
        set_up(read, length, memory)
        read_ascii(self, text, read)
    return parts_of(self, read, fillers)


cdef uint8_t utf8_steps(Prefilter self, const uint8_t* text, Py_ssize_t size, int fillers, char* memory) noexcept nogil:
    """Return the places of the steps that may find anything in a text of some bytes; all of them where in doubt."""
    cdef Text read
    cdef int found
    if size > LONGEST_TEXT:
        return ALL
    if is_ascii(text, size):
        if self.is_quick and size > 3 and is_no_opening(self, text[0], text[1], text[2]):
            return 0
        set_up(&read, size, memory)
        if read_ascii(self, text, &read):
            return 0
    else:
        set_up(&read, size, memory)
        read.length = decode(text, size, read.raw)
        if read.length < 0 or not read_characters(self, &read):
            return ALL
    found = keywords_of(self, &read, fillers)
    if self.has_parts or self.has_frames:
        if read.marked or read.quoted:
            return ALL
        found |= parts_of(self, &read, fillers)
    return <uint8_t>found


cdef int parts_outside(Prefilter self, object text, object outside, int fillers) except -1:
    """Return the steps that parts of a text without its quotations ask for; of all of it if nothing else is there."""
    cdef Text read
    cdef Py_ssize_t length = max(len(outside), len(text))
    cdef char* memory = <char*>malloc(scratch_for(length))
    if not memory:
        raise MemoryError
    try:
        set_up(&read, len(outside), memory)
        PyUnicode_AsUCS4(outside, read.raw, read.length, 0)
        if not read_characters(self, &read):
            return PARTS | FRAMES
        if not read.count:
            set_up(&read, len(text), memory)
            PyUnicode_AsUCS4(text, read.raw, read.length, 0)
            if not read_characters(self, &read):
                return PARTS | FRAMES
        return parts_of(self, &read, fillers)
    finally:
        free(memory)
