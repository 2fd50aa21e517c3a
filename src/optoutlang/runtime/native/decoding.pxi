# Texts as Arrow lays them out: offsets, and UTF-8.

cdef inline Py_ssize_t offset_at(const uint8_t* offsets, bint large, Py_ssize_t number) noexcept nogil:
    cdef int64_t wide
    cdef int32_t narrow
    if large:
        memcpy(&wide, offsets + 8 * number, 8)
        return <Py_ssize_t>wide
    memcpy(&narrow, offsets + 4 * number, 4)
    return narrow


cdef inline bint is_ascii(const uint8_t* text, Py_ssize_t size) noexcept nogil:
    cdef Py_ssize_t place = 0
    cdef uint64_t eight
    while place + 8 <= size:
        memcpy(&eight, text + place, 8)
        if eight & <uint64_t>0x8080808080808080:
            return False
        place += 8
    while place < size:
        if text[place] & 0x80:
            return False
        place += 1
    return True


cdef Py_ssize_t decode(const uint8_t* text, Py_ssize_t size, uint32_t* to) noexcept nogil:
    """Write the code points of UTF-8 and return their number; -1 if it is none (the Unicode Standard, table 3-7)."""
    cdef Py_ssize_t place = 0, count = 0, more, each
    cdef uint32_t point, least
    cdef uint8_t byte
    while place < size:
        byte = text[place]
        place += 1
        if byte < 0x80:
            to[count] = byte
            count += 1
            continue
        if 0xC2 <= byte <= 0xDF:
            more, point, least = 1, byte & 0x1F, 0x80
        elif 0xE0 <= byte <= 0xEF:
            more, point, least = 2, byte & 0x0F, 0x800
        elif 0xF0 <= byte <= 0xF4:
            more, point, least = 3, byte & 0x07, 0x10000
        else:
            return -1
        if place + more > size:
            return -1
        for each in range(more):
            byte = text[place + each]
            if byte & 0xC0 != 0x80:
                return -1
            point = point << 6 | (byte & 0x3F)
        if point < least or point >= POINTS or 0xD800 <= point <= 0xDFFF:
            return -1
        place += more
        to[count] = point
        count += 1
    return count
