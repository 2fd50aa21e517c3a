# cython: language_level=3, freethreading_compatible=True, boundscheck=False, cdivision=True, initializedcheck=False
"""The prefilter in C: which steps of the matcher may find anything in a message (docs/decisions/0020).

Theory of operation. A message is read once into canonical tokens, each with a polynomial hash of its characters, so
that the hash of several tokens in a row follows from theirs. A token has a number if some rule knows it. Then each step
is asked for a condition that holds wherever it has a candidate, in any country:

- keywords: the key, with or without filler, whole or cut into several, is in a set; its skeleton, if letters look alike;
- sentences and phrases: a pair of tokens that stand beside each other is an anchor of some row, and then a row is there;
- frames: all classes of a row are there, a class counting as there where a token may be a slip of a word of it.

Only filler must be exact: leaving out a token that is none would hide a candidate. All else may err on the side of
"may find": sets of 64-bit hashes, without a comparison. Where the tables do not say enough (marks that compose with
what stands before them, a text that is very long) the answer is all steps.

A prefilter is not written after construction. A call works on the stack, or on memory of its own for a long message.

All of it is one unit of C, and its parts are functions rather than methods, so that what is asked for each word can be
put where it is asked.
"""

from itertools import chain

cimport cython
from cpython.dict cimport PyDict_GetItemWithError
from cpython.object cimport PyObject
from cpython.unicode cimport PyUnicode_GET_LENGTH
from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, malloc
from libc.string cimport memcmp, memcpy, memset


cdef extern from "Python.h":
    uint32_t* PyUnicode_AsUCS4(object text, uint32_t* buffer, Py_ssize_t size, int copy_null) except NULL
    bint Py_UNICODE_ISSPACE(uint32_t char) nogil
    bint PyUnicode_IS_ASCII(object text)
    void* PyUnicode_DATA(object text)
    int PyUnicode_KIND(object text)
    uint32_t PyUnicode_READ(int kind, void* data, Py_ssize_t place)
    PyObject* PyList_GET_ITEM(object row, Py_ssize_t place)


cdef extern from *:
    """
    #define MULTIPLIER 0xD6E8FEB86659FD93ULL
    #define GOLDEN 0x9E3779B97F4A7C15ULL
    #if defined(__GNUC__) || defined(__clang__)
    #define FETCH(address) __builtin_prefetch(address)
    #else
    #define FETCH(address) ((void)(address))
    #endif
    """
    void FETCH(const void* address) noexcept nogil
    const uint64_t MULTIPLIER
    const uint64_t GOLDEN


include "layout.pxi"
include "tables.pxi"
include "characters.pxi"
include "scratch.pxi"
include "decoding.pxi"


@cython.final
cdef class Prefilter:
    """Says which steps may find anything in a message, for one program."""

    cdef Characters characters
    cdef object unquoted
    cdef Set keys, heads, typos, squeezed, squeezed_ends, skeletons, phrases, begins, ends, sentences, neighbours
    cdef uint32_t* vocabulary  # numbers of words, each with bits of its hash above it, by hash
    cdef int vocabulary_shift, number_bits
    cdef Map fillers, sequences, stem_sequences, stems, partners, near
    cdef Numbers numbers
    cdef uint64_t* powers
    cdef uint32_t* pool
    cdef uint32_t* starts  # of words in the pool
    cdef uint64_t* row_heads  # bits for the words that stand behind a word in the beginning of a row
    cdef Word* words
    cdef void* word_memory
    cdef Class* classes
    cdef uint64_t* gram_bits
    cdef uint64_t openings[512]  # `OPENINGS` bits
    cdef uint64_t* anchor_bits
    cdef uint64_t* sentence_bits
    cdef uint64_t* partner_bits
    cdef uint64_t* near_bits
    cdef uint64_t* slip_bits
    cdef uint64_t* stem_bits
    cdef uint64_t* sequence_bits
    cdef Py_ssize_t longest, longest_row, class_words
    cdef bint is_quick, tolerates, has_parts, has_frames, has_slips
    cdef uint32_t* slip_pool
    cdef uint64_t slip_powers[65]
    cdef Py_ssize_t longest_slip, slip_count
    cdef object typed
    cdef dict kinds
    cdef dict frame_rows  # by their numbers
    cdef uint32_t* slip_starts
    cdef uint32_t* slip_classes
    cdef uint32_t* filler_pool

    def __cinit__(self, Characters characters, tables, unquoted):
        self.characters = characters
        self.unquoted = unquoted
        self.numbers = Numbers()
        self.frame_rows = {}
        self.longest = tables.longest
        self.tolerates = tables.tolerates
        take_keywords(self, tables)
        mark_openings(self, tables)
        known = take_vocabulary(self, tables)
        take_fillers(self, tables, known)
        take_rows(self, tables, known)
        take_classes(self, tables, known)
        take_slips(self, tables, known)
        self.is_quick = not (self.tolerates or self.has_parts or self.has_frames)
        self.numbers.freeze()

    def __dealloc__(self):
        cdef Set* sets[11]
        cdef Map* maps[6]
        sets[:] = [
            &self.keys, &self.heads, &self.typos, &self.squeezed, &self.skeletons, &self.phrases, &self.begins,
            &self.ends, &self.sentences, &self.squeezed_ends, &self.neighbours,
        ]
        maps[:] = [
            &self.fillers, &self.sequences, &self.stem_sequences, &self.stems, &self.partners,
            &self.near,
        ]
        for each in range(11):
            free(sets[each].slots)
        for each in range(6):
            free(maps[each].entries)
        for pointer in (
            <size_t>self.powers, <size_t>self.pool, <size_t>self.word_memory, <size_t>self.classes, <size_t>self.anchor_bits,
            <size_t>self.starts, <size_t>self.row_heads, <size_t>self.gram_bits, <size_t>self.sentence_bits,
            <size_t>self.slip_pool, <size_t>self.slip_starts, <size_t>self.slip_classes, <size_t>self.filler_pool, <size_t>self.partner_bits,
            <size_t>self.near_bits, <size_t>self.vocabulary, <size_t>self.slip_bits, <size_t>self.stem_bits, <size_t>self.sequence_bits,
        ):
            free(<void*><size_t>pointer)

    def steps(self, text, int fillers):
        """Return the places of the steps that may find anything in a message, as bits.

        `fillers` is the number of the context's set of fillers.

        Raises:
            TypeError: the text is no str.
        """
        if not isinstance(text, str):
            raise TypeError(f"a message is str, not {type(text).__name__}")
        return places_of(self, text, fillers)

    def rows(self, tokens):
        """Return the rows of frames that stand in a sentence if one of its tokens may be a slip; None if it is too long.

        Rows are those of the tables; what a frame needs, its guards and exceptions do not count.

        Raises:
            TypeError: a token is no str.
        """
        tokens = tuple(tokens)  # it is read twice
        cdef Py_ssize_t count = len(tokens), length = 0, place, end = 0, each
        cdef Text read
        cdef Token* known
        cdef uint32_t standing[MOST_STANDING]
        cdef str token
        cdef Py_UCS4 char
        for token in tokens:
            length += len(token)
        if count > MOST_TOKENS or length > LONGEST_SENTENCE or self.class_words > MOST_CLASS_WORDS:
            return None
        cdef char* memory = <char*>malloc(scratch_for(length + count))
        if not memory:
            raise MemoryError
        try:
            set_up(&read, length + count, memory)
            for token in tokens:
                known = read.tokens + read.count
                known.start, known.length, known.piece, known.symbol, known.hash = end, len(token), 0, False, 0
                for char in token:
                    read.characters[end] = char
                    known.hash = known.hash * MULTIPLIER + <uint32_t>char
                    end += 1
                known.number = number_of(self, known, read.characters + known.start)
                read.count += 1
            each = standing_rows(self, &read, standing)
        finally:
            free(memory)
        if each < 0:
            return None
        return {self.frame_rows[standing[place]] for place in range(each)}

    def column(
        self,
        const uint8_t[::1] texts,
        const uint8_t[::1] offsets,
        bint large,
        Py_ssize_t first,
        const uint8_t[::1] fillers,
        uint8_t[::1] found,
    ):
        """Write for each text of a column, as Arrow lays it out, the places of the steps that may find anything.

        `offsets` are the bytes of numbers of 32 bits, or 64 if `large`, from that of the text with the number `first`
        on; `fillers` holds the number of each text's set of fillers. A text that needs Python (quotations, marks that
        compose, no UTF-8) gets all places. The GIL is released: threads may read parts of a column at the same time.

        Raises:
            ValueError: the buffers are too short for `found`, or an offset is outside of `texts`.
        """
        cdef Py_ssize_t count = found.shape[0]
        cdef Py_ssize_t width = 8 if large else 4
        cdef Py_ssize_t row, begin, end, size = 0
        cdef const uint8_t* data = &texts[0] if texts.shape[0] else NULL
        cdef const uint8_t* ends = &offsets[0] if offsets.shape[0] else NULL
        cdef uint64_t stack[SCRATCH]
        cdef char* memory
        if fillers.shape[0] != count or first < 0 or offsets.shape[0] // width < first + count + 1:
            raise ValueError("the buffers of a column do not fit its length")
        if not count:
            return
        end = offset_at(ends, large, first)
        for row in range(count):
            begin, end = end, offset_at(ends, large, first + row + 1)
            if begin < 0 or end < begin or end > texts.shape[0]:
                raise ValueError("an offset of a column is outside of its texts")
            if end - begin <= LONGEST_TEXT and scratch_for(end - begin) > size:
                size = scratch_for(end - begin)
        memory = <char*>stack if size <= SCRATCH * 8 else <char*>malloc(size)
        if not memory:
            raise MemoryError
        with nogil:
            end = offset_at(ends, large, first)
            for row in range(count):
                begin, end = end, offset_at(ends, large, first + row + 1)
                found[row] = utf8_steps(self, data + begin, end - begin, fillers[row], memory)
        if memory != <char*>stack:
            free(memory)


include "take_words.pxi"
include "take_frames.pxi"
include "messages.pxi"
include "tokens.pxi"
include "keywords.pxi"
include "sentences.pxi"
include "frames.pxi"
include "members.pxi"
include "fast_path.pxi"
