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
"""



from itertools import chain

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


# The classes of folded characters.
cdef enum:
    LETTER = 1
    NUMBER = 2
    SINGLE = 4
    MARK = 8
    SYMBOL = 16
    MOVING = 32  # may compose or change places with what stands before it
    UNSETTLED = 64  # a moving character behind it may change it

# What a character of a message is besides the one that it is folded to, above the bits of that one.
cdef enum:
    FOLDED = 0x001FFFFF
    DROPPED = 0x00200000
    EXPANDED = 0x00400000
    BREAK = 0x00800000
    QUOTE = 0x01000000
    LINE = 0x02000000  # may say that a line is quoted or forwarded: a colon, `>`, a hyphen
    CHANGED = 0x04000000  # set for all that is not plain itself

cdef enum:
    POINTS = 0x110000
    SENTENCE_END = 0x110000  # stands in a folded text for a break
    HANGUL_BEGINS = 0x1100  # letters that compose by computing
    HANGUL_ENDS = 0x11FF

# What an ASCII character does that is part of no word; those that are go on from "0".
cdef enum:
    SEPARATES = 0
    JOINS = 1
    ENDS = 2
    STANDS = 3
    NOTICED = 4

# What an ASCII character beside a straight mark lets that do.
cdef enum:
    OPENS = 1
    CLOSES = 2

# The steps, by their place.
cdef enum:
    EXACT = 1
    FILLER = 2
    TOLERATED = 4
    PARTS = 8
    FRAMES = 16
    ALL = 31

# Traits of a token that has a number.
cdef enum:
    BEGINS_FILLER = 1
    IS_ROW = 2
    BEGINS_SEQUENCE = 4
    IS_SENTENCE = 8
    BEGINS_STEM_SEQUENCE = 16
    BEGINS_ROW = 32  # a sentence or phrase, perhaps of this word alone
    IN_FILLER = 64
    SLIPS = 128  # its classes are of words of which it may be a slip
    STANDS_ALONE = 256  # of a class that is all that some row of a frame needs

# What the beginning of a message says of keywords.
cdef enum:
    UNCERTAIN = 0
    NO_KEYWORD = 1
    MAY_BE_KEYWORD = 2

cdef enum:
    LONGEST_TEXT = 100000
    LONGEST_SENTENCE = 4000
    SCRATCH = 3072  # 64-bit words on the stack
    LONGEST_HEAD = 4
    BEGINNING = 16  # so many characters are read to see whether a message may begin with a keyword
    LOG_SLIP_BITS = 23
    FEW_WORDS = 12  # bits of their numbers: their tables stay in the cache
    SHORTEST_SLIP = 4
    LONGEST_SLIP = 64
    LOG_BITS = 19
    BITS = 1 << LOG_BITS  # of a filter before a map that is larger than the cache
    LOG_GRAM_BITS = 20
    LONGEST_GRAM = 5
    MOST_STANDING = 256  # rows in one sentence
    MOST_MARKS = 16  # open at the same time
    MOST_CLASS_WORDS = 256  # of 64 classes each
    MOST_CLASSES = 256  # present in one message
    MOST_MEMBERS = 256  # in one sentence
    # What a class is among the rarest of groups, above its number in rows of classes: it has partners, it is one of
    # them, it is all that a group needs.
    HAS_PARTNERS = 1 << 28
    IS_PARTNER = 2 << 28
    IS_SINGLE = 4 << 28
    CLASS_NUMBER = (1 << 28) - 1
    MOST_TOKENS = 60  # of a sentence whose places are bits of one number
    LONGEST_KNOWN = 24
    MOST_KNOWN = 512  # decided messages whose decisions one matcher keeps


cdef struct Token:
    uint64_t hash
    uint32_t start
    uint32_t length
    uint32_t number
    uint32_t piece
    uint8_t symbol


cdef struct Word:
    # A word that some rule has, and what it is part of. One word is one line of the cache.
    # `anchors` and `follows` have a bit for the number, modulo 32, of each word that stands behind it in an anchor, and
    # in the beginning of a sequence. So have `leads` for the partners of its classes, and `partners` for those of its
    # classes that are partners, each in two ways, so that what agrees by chance in one seldom does in the other.
    uint64_t hash
    uint64_t leads[2]
    uint64_t partners[2]
    uint32_t anchors
    uint32_t follows
    uint32_t classes
    uint32_t slips
    uint32_t length
    uint16_t traits
    uint8_t longest_filler
    uint8_t longest_sequence


cdef struct Set:
    uint64_t* slots
    int shift
    uint64_t mask


cdef struct Entry:
    uint64_t key
    uint64_t value


cdef struct Map:
    Entry* entries
    int shift
    uint64_t mask


cdef struct Text:
    # One text read: `characters` are those of its tokens, one behind the other.
    uint32_t* raw
    uint32_t* folded
    uint32_t* characters
    Token* tokens
    Token* kept
    Py_ssize_t length
    Py_ssize_t capacity
    Py_ssize_t count
    Py_ssize_t symbols
    Py_ssize_t words
    bint filled
    bint marked  # there are marks of quotations
    bint quoted  # there are lines that may be quoted or forwarded
    uint16_t traits  # of all its tokens
    bint watched  # whether the beginning may still rule keywords out: its hash and length follow
    uint64_t head_hash
    Py_ssize_t head_length
    uint64_t classes[MOST_CLASS_WORDS]  # that have a member, as bits


cdef struct Member:
    # A word of a class, or a slip of one: from a token on, so many tokens long.
    uint32_t number
    uint32_t start
    uint16_t length
    uint8_t slips


cdef struct Class:
    # `partners` has a bit for the number, modulo 64, of each class that is its partner, `other_partners` another one;
    # `single` are rows that need it alone.
    uint64_t partners
    uint64_t other_partners
    uint32_t single


cdef struct Signs:
    # Of the classes of a sentence, as bits: those that are partners of its classes, and which of its classes are
    # partners; the same of what may be slips; and whether some class is all that a row needs.
    uint64_t leads[2]
    uint64_t partners[2]
    uint64_t slip_leads[2]
    uint64_t slip_partners[2]
    bint alone


cdef struct Present:
    # The classes that are present, as bits, and those of them by which rows are looked for as numbers too: those that
    # have a member first, then those of which only a slip is there. One token of a row may be a slip.
    uint64_t* bits
    uint64_t* exact  # those that have a member
    uint32_t* numbers
    Py_ssize_t count
    Py_ssize_t exact_count
    uint32_t* partners
    Py_ssize_t partner_count
    Py_ssize_t exact_partner_count
    bint slips  # whether slips are read now
    uint64_t partner_bits
    Signs* signs  # if only these are read
    uint32_t* standing  # if all rows that stand in the sentence are wanted: their numbers
    Py_ssize_t standing_count
    bint full
    Member* members  # none where places do not matter
    const uint64_t* everywhere  # the classes that have a member in the whole message; none where that does not matter
    Py_ssize_t many
    uint32_t start
    uint32_t length


cdef inline uint64_t bit_of(uint32_t number) noexcept nogil:
    return <uint64_t>1 << (number & 63)


cdef inline uint32_t few_bits_of(uint32_t number) noexcept nogil:
    return <uint32_t>1 << (number & 31) if number else 0


cdef inline uint64_t other_bit_of(uint32_t number) noexcept nogil:
    """Return a bit for a number that says something else than its last digits do."""
    return <uint64_t>1 << (number * <uint32_t>0x9E3779B1 >> 26)


cdef inline uint64_t slot_of(uint64_t hash, int shift) noexcept nogil:
    hash ^= hash >> 32
    return (hash * GOLDEN) >> shift


cdef inline uint64_t mixed(uint64_t value) noexcept nogil:
    value = (value + 1) * GOLDEN
    return value ^ (value >> 29)


cdef inline uint64_t slip_bits_of(uint64_t hash) noexcept nogil:
    """Return three bits of a number that stand for a slip: one look at the memory says of most words that they are none."""
    hash = (hash ^ hash >> 29) * MULTIPLIER
    return bit_of(hash >> 58) | bit_of(hash >> 52 & 63) | bit_of(hash >> 46 & 63)


cdef inline void mark(uint64_t* bits, uint64_t hash) noexcept nogil:
    """Set the bit of a hash in a filter of `BITS` bits."""
    cdef uint64_t place = slot_of(hash, 64 - LOG_BITS)
    bits[place >> 6] |= <uint64_t>1 << (place & 63)


cdef inline bint is_marked(const uint64_t* bits, uint64_t hash) noexcept nogil:
    cdef uint64_t place = slot_of(hash, 64 - LOG_BITS)
    return bits[place >> 6] >> (place & 63) & 1


cdef inline bint is_in(const Set* known, uint64_t hash) noexcept nogil:
    hash += hash == 0
    cdef uint64_t place = slot_of(hash, known.shift)
    while known.slots[place]:
        if known.slots[place] == hash:
            return True
        place = (place + 1) & known.mask
    return False


cdef inline uint32_t value_of(const Map* known, uint64_t hash) noexcept nogil:
    """Return the value under a hash, 0 for none."""
    hash += hash == 0
    cdef uint64_t place = slot_of(hash, known.shift)
    while known.entries[place].key:
        if known.entries[place].key == hash:
            return <uint32_t>known.entries[place].value
        place = (place + 1) & known.mask
    return 0


cdef int bits_for(Py_ssize_t count) noexcept:
    cdef int bits = 4
    while (1 << bits) < 2 * count:
        bits += 1
    return bits


cdef int make_set(Set* known, Py_ssize_t count) except -1:
    cdef int bits = bits_for(count)
    known.slots = <uint64_t*>calloc(1 << bits, sizeof(uint64_t))
    if not known.slots:
        raise MemoryError
    known.shift = 64 - bits
    known.mask = (1 << bits) - 1
    return 0


cdef void add(Set* known, uint64_t hash) noexcept:
    hash += hash == 0
    cdef uint64_t place = slot_of(hash, known.shift)
    while known.slots[place] and known.slots[place] != hash:
        place = (place + 1) & known.mask
    known.slots[place] = hash


cdef int make_map(Map* known, Py_ssize_t count) except -1:
    cdef int bits = bits_for(count)
    known.entries = <Entry*>calloc(1 << bits, sizeof(Entry))
    if not known.entries:
        raise MemoryError
    known.shift = 64 - bits
    known.mask = (1 << bits) - 1
    return 0


cdef void put(Map* known, uint64_t hash, uint32_t value) noexcept:
    hash += hash == 0
    cdef uint64_t place = slot_of(hash, known.shift)
    while known.entries[place].key and known.entries[place].key != hash:
        place = (place + 1) & known.mask
    known.entries[place].key = hash
    known.entries[place].value = value


cdef uint64_t hash_of(str text):
    cdef uint64_t hash = 0
    cdef Py_UCS4 char
    for char in text:
        hash = hash * MULTIPLIER + <uint32_t>char
    return hash


cdef inline uint64_t hash_of_slice(const uint32_t* text, Py_ssize_t length) noexcept nogil:
    cdef uint64_t hash = 0
    cdef Py_ssize_t place
    for place in range(length):
        hash = hash * MULTIPLIER + text[place]
    return hash


cdef inline uint64_t hash_of_pair(uint32_t one, uint32_t other) noexcept nogil:
    return mixed((<uint64_t>one << 32) | other)


cdef inline uint64_t joined(uint64_t row, uint32_t number) noexcept nogil:
    """Return the hash of a row of numbers with one more."""
    return row * MULTIPLIER + mixed(number)


cdef class Numbers:
    """Tuples of numbers, one behind the other; the number of a tuple is where it begins, 0 the empty one."""

    cdef uint32_t* pool
    cdef dict known
    cdef list rows

    def __cinit__(self):
        self.known = {(): 0}
        self.rows = [0]

    def __dealloc__(self):
        free(self.pool)

    cdef uint32_t number(self, tuple row) except? 0xFFFFFFFF:
        known = self.known.get(row)
        if known is None:
            known = self.known[row] = len(self.rows)
            self.rows.append(len(row))
            self.rows.extend(row)
        return known

    cdef int freeze(self) except -1:
        cdef Py_ssize_t place
        self.pool = <uint32_t*>malloc(len(self.rows) * sizeof(uint32_t))
        if not self.pool:
            raise MemoryError
        for place in range(len(self.rows)):
            self.pool[place] = self.rows[place]
        self.known = {}
        self.rows = []
        return 0


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
        self._take_keywords(tables)
        known = self._take_vocabulary(tables)
        self._take_fillers(tables, known)
        self._take_rows(tables, known)
        self._take_classes(tables, known)
        self._take_slips(tables, known)
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

    # Tables.

    cdef int _take_keywords(self, tables) except -1:
        cdef Py_ssize_t power, end
        self.powers = <uint64_t*>malloc((self.longest + 2) * sizeof(uint64_t))
        if not self.powers:
            raise MemoryError
        self.powers[0] = 1
        for power in range(1, self.longest + 2):
            self.powers[power] = self.powers[power - 1] * MULTIPLIER
        self._fill(&self.keys, tables.keys)
        self._fill(&self.typos, tables.typos)
        self._fill(&self.squeezed, tables.squeezed)
        make_set(&self.squeezed_ends, len(tables.squeezed))
        for key in tables.squeezed:
            add(&self.squeezed_ends, hash_of_pair(ord(key[0]), ord(key[-1])))
        make_set(&self.skeletons, len(tables.look_alikes))
        for key in tables.look_alikes:
            add(&self.skeletons, self._skeleton_of(key))
        heads = {key[:end] for key in tables.keys for end in range(1, LONGEST_HEAD + 1)}
        self._fill(&self.heads, heads)
        self.gram_bits = <uint64_t*>calloc((1 << LOG_GRAM_BITS) // 64, sizeof(uint64_t))
        if not self.gram_bits:
            raise MemoryError
        for key in chain(tables.keys, tables.typos, tables.squeezed, tables.look_alikes):
            self._mark_grams(key)
        return 0

    cdef int _mark_grams(self, str key) except -1:
        """Mark the hashes of all parts of a key of up to `LONGEST_GRAM` characters, once letters that look alike are one
        and none is doubled."""
        cdef Py_ssize_t start, end
        cdef uint64_t hash
        cdef Py_UCS4 char, last = 0
        cdef uint32_t to
        letters = []
        for char in key:
            to = self.characters.skeletons[char]
            to = to if to else <uint32_t>char
            if to != last:
                letters.append(to)
            last = to
        for start in range(len(letters)):
            hash = 0
            for end in range(start, min(start + LONGEST_GRAM, len(letters))):
                hash = hash * MULTIPLIER + <uint32_t>letters[end]
                self.gram_bits[slot_of(hash, 64 - LOG_GRAM_BITS) >> 6] |= bit_of(slot_of(hash, 64 - LOG_GRAM_BITS))
        return 0

    cdef int _fill(self, Set* known, texts) except -1:
        make_set(known, len(texts))
        for text in texts:
            add(known, hash_of(text))
        return 0

    cdef uint64_t _skeleton_of(self, str key):
        cdef uint64_t hash = 0
        cdef Py_UCS4 char
        cdef uint32_t to
        for char in key:
            to = self.characters.skeletons[char]
            hash = hash * MULTIPLIER + (to if to else <uint32_t>char)
        return hash

    cdef dict _take_vocabulary(self, tables):
        cdef Py_ssize_t place = 0
        cdef uint32_t number = 0
        cdef Py_UCS4 char
        cdef uint64_t hash
        cdef int bits
        words = tables.vocabulary
        count = len(words) + 1
        bits = bits_for(count)
        if bits > 30:
            raise ValueError("there are too many words")
        self.pool = <uint32_t*>calloc(sum(map(len, words)) + 1, sizeof(uint32_t))
        self.starts = <uint32_t*>calloc(count + 1, sizeof(uint32_t))
        self.row_heads = <uint64_t*>calloc(count + 1, sizeof(uint64_t))
        self.word_memory = calloc(count + 1, sizeof(Word))
        self.words = <Word*>(<size_t>self.word_memory + 63 & ~<size_t>63)
        self.vocabulary = <uint32_t*>calloc(1 << bits, sizeof(uint32_t))
        if not (self.pool and self.starts and self.row_heads and self.word_memory and self.vocabulary):
            raise MemoryError
        self.vocabulary_shift, self.number_bits = 64 - bits, bits
        known = {}
        for word in words:
            number += 1
            known[word] = number
            hash = hash_of(word)
            self.starts[number] = place
            self.words[number].length = len(word)
            self.words[number].hash = hash
            for char in word:
                self.pool[place] = char
                place += 1
            self._enter(hash, number)
        if len({self.words[number].hash for number in known.values()}) < len(known):
            raise ValueError("two words have one hash")
        return known

    cdef void _enter(self, uint64_t hash, uint32_t number) noexcept:
        cdef uint64_t mixed_hash = (hash ^ hash >> 32) * GOLDEN
        cdef uint64_t mask = (<uint64_t>1 << self.number_bits) - 1
        cdef uint64_t place = mixed_hash >> self.vocabulary_shift
        while self.vocabulary[place]:
            place = (place + 1) & mask
        self.vocabulary[place] = <uint32_t>(mixed_hash & ~mask) | number

    cdef int _take_fillers(self, tables, dict known) except -1:
        """Take filler: under the hash of its numbers stands where its row begins: mask, length, numbers."""
        cdef uint64_t hash
        cdef uint32_t number
        rows = [0]
        make_map(&self.fillers, len(tables.fillers))
        for words, mask in tables.fillers.items():
            row = [known[word] for word in words]
            hash = 0
            for number in row:
                hash = joined(hash, number)
            if value_of(&self.fillers, hash):
                raise ValueError("two fillers have one hash")
            put(&self.fillers, hash, len(rows))
            self.words[<uint32_t>row[0]].traits |= BEGINS_FILLER
            number = row[0]
            self.words[number].longest_filler = max(self.words[number].longest_filler, len(row))
            for number in row:
                self.words[number].traits |= IN_FILLER
            rows += [mask, len(row), *row]
        self.filler_pool = <uint32_t*>malloc(len(rows) * sizeof(uint32_t))
        if not self.filler_pool:
            raise MemoryError
        for place in range(len(rows)):
            self.filler_pool[place] = rows[place]
        return 0

    cdef int _take_rows(self, tables, dict known) except -1:
        self.anchor_bits = <uint64_t*>calloc(BITS // 64, sizeof(uint64_t))
        if not self.anchor_bits:
            raise MemoryError
        self.sentence_bits = <uint64_t*>calloc(BITS // 64, sizeof(uint64_t))
        if not self.sentence_bits:
            raise MemoryError
        self._take_table(&self.phrases, tables.phrases, known, anchored=True)
        self._take_table(&self.begins, tables.begins, known, anchored=True)
        self._take_table(&self.ends, tables.ends, known, anchored=True)
        self._take_table(&self.sentences, tables.sentences, known, anchored=False)
        self.has_parts = bool(tables.phrases or tables.begins or tables.ends or tables.sentences)
        return 0

    cdef int _take_table(self, Set* rows, texts, dict known, bint anchored) except -1:
        cdef uint64_t hash
        cdef uint32_t number
        cdef Py_ssize_t place, best, length, score, count
        make_set(rows, len(texts))
        for text in texts:
            words = text.split(" ")
            count = len(words)
            hash = 0
            for word in words:
                number = known[word]
                hash = joined(hash, number)
            add(rows, hash)
            self.words[<uint32_t>known[words[0]]].traits |= BEGINS_ROW
            if not anchored:
                mark(self.sentence_bits, hash)
                if count == 1:
                    self.words[number].traits |= IS_SENTENCE
                continue
            self.longest_row = max(self.longest_row, count)
            if count == 1:
                self.words[number].traits |= IS_ROW
                continue
            best = score = -1
            for place in range(count - 1):
                length = len(words[place]) + len(words[place + 1])
                if length > score:
                    best, score = place, length
            mark(self.anchor_bits, hash_of_pair(known[words[best]], known[words[best + 1]]))
            self.words[<uint32_t>known[words[best]]].anchors |= few_bits_of(known[words[best + 1]])
            self.row_heads[<uint32_t>known[words[0]]] |= bit_of(known[words[1]])
        return 0

    cdef int _take_classes(self, tables, dict known) except -1:
        """Take classes and groups of rows: words, stems by their first two characters, sequences, pairs of classes."""
        cdef uint64_t hash
        cdef uint32_t number
        self.class_words = (tables.classes + 63) // 64
        self.has_frames = bool(tables.groups)
        kinds = self._take_groups(tables)
        for word, number in known.items():
            self.words[number].classes = self._row(tables.classes_of(word), kinds)
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
                row += [len(stem), *map(ord, stem), self._row(classes, kinds)]
            put(&self.stems, hash_of(head), self.numbers.number((len(those), *row)))
        self.sequence_bits = <uint64_t*>calloc(BITS // 64, sizeof(uint64_t))
        if not self.sequence_bits:
            raise MemoryError
        make_map(&self.sequences, len(tables.sequences))
        for words, classes in tables.sequences.items():
            hash = 0
            for word in words:
                hash = joined(hash, known[word])
            put(&self.sequences, hash, self._row(classes, kinds))
            self._begins_sequence(known[words[0]], len(words))
            self._begins_sequence_with(known[words[0]], known[words[1]])
        make_map(&self.stem_sequences, len(tables.stem_sequences))
        for words, those in tables.stem_sequences.items():
            hash = 0
            for word in words:
                hash = joined(hash, known[word])
            row = []
            for stem, classes in those:
                row += [len(stem), *map(ord, stem), self._row(classes, kinds)]
            put(&self.stem_sequences, hash, self.numbers.number((len(those), *row)))
            self._begins_sequence(known[words[0]], len(words) + 1)
            if len(words) > 1:
                self._begins_sequence_with(known[words[0]], known[words[1]])
            else:
                self.words[<uint32_t>known[words[0]]].traits |= BEGINS_STEM_SEQUENCE
        self.kinds = kinds
        return 0

    cdef uint32_t _row(self, classes, dict kinds) except? 0xFFFFFFFF:
        """Return the number of a row of classes, each with what it is among the rarest of groups."""
        return self.numbers.number(tuple([number | kinds.get(number, 0) for number in classes]))

    cdef void _begins_sequence_with(self, uint32_t number, uint32_t following) noexcept:
        self.words[number].follows |= few_bits_of(following)
        mark(self.sequence_bits, hash_of_pair(number, following))

    cdef void _begins_sequence(self, uint32_t number, Py_ssize_t length) noexcept:
        self.words[number].traits |= BEGINS_SEQUENCE
        if self.words[number].longest_sequence < length:
            self.words[number].longest_sequence = length

    cdef dict _take_groups(self, tables):
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
                self._number_of(
                    (begins | ends << 1, len(parts), *(each for part in parts for each in part), len(needs), *needs),
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

    cdef uint32_t _number_of(self, tuple numbers, tuple row) except? 0xFFFFFFFF:
        """Return the number of a row as numbers, and remember which row that is."""
        cdef uint32_t number = self.numbers.number(numbers)
        self.frame_rows[number] = row
        return number

    cdef int _take_slips(self, tables, dict known) except -1:
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
            self.slip_classes[number] = self._row(tables.slips[word], self.kinds)
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
        self._mark_slips()
        for word, index in known.items():
            if not self.words[index].classes:
                self.words[index].slips = self._row(tables.slips_of(word), self.kinds)
            self._sign(self.words + index)
        return 0

    cdef int _sign(self, Word* word) except -1:
        """Give a word the signs of its classes, or of those of the words of which it may be a slip."""
        cdef Signs signs
        cdef uint32_t place, start = word.classes if word.classes else word.slips
        memset(&signs, 0, sizeof(Signs))
        for place in range(self.numbers.rows[start]):
            self._add_signs(&signs, self.numbers.rows[start + place + 1], False)
        for place in range(2):
            word.leads[place], word.partners[place] = signs.leads[place], signs.partners[place]
        if signs.alone:
            word.traits |= STANDS_ALONE
        if word.slips:
            word.traits |= SLIPS
        return 0

    cdef inline void _add_signs(self, Signs* signs, uint32_t kinds, bint slips) noexcept nogil:
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

    cdef int _mark_slips(self) except -1:
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
                self._mark_slip(head * behind + last)
                self._mark_slip(((head * MULTIPLIER + char) * MULTIPLIER + char) * behind + last)
                for typed in meant.get(char, ()):
                    self._mark_slip((head * MULTIPLIER + <uint32_t>typed) * behind + last)
                if place + 1 < length:
                    tail = self.slip_powers[length - 2 - place]
                    self._mark_slip(((head * MULTIPLIER + word[place + 1]) * MULTIPLIER + char) * tail + tails[place + 2])
                head = head * MULTIPLIER + char
        return 0

    cdef inline void _mark_slip(self, uint64_t hash) noexcept nogil:
        cdef uint64_t bits = slip_bits_of(hash)
        self.slip_bits[slot_of(hash, 64 - LOG_SLIP_BITS) >> 6] |= bits

    cdef inline bint _may_be_slip(self, uint64_t hash) noexcept nogil:
        cdef uint64_t bits = slip_bits_of(hash)
        return self.slip_bits[slot_of(hash, 64 - LOG_SLIP_BITS) >> 6] & bits == bits

    # Reading.

    def steps(self, text, int fillers):
        """Return the places of the steps that may find anything in a message, as bits.

        `fillers` is the number of the context's set of fillers.

        Raises:
            TypeError: the text is no str.
        """
        if not isinstance(text, str):
            raise TypeError(f"a message is str, not {type(text).__name__}")
        return self._places(text, fillers)

    cdef int _places(self, object text, int fillers) except -1:
        cdef uint64_t stack[SCRATCH]
        cdef Py_ssize_t length = PyUnicode_GET_LENGTH(text)
        if length > LONGEST_TEXT:
            return ALL
        cdef Py_ssize_t size = scratch_for(length)
        if size <= SCRATCH * 8:
            return self._steps(text, length, fillers, <char*>stack)
        cdef char* memory = <char*>malloc(size)
        if not memory:
            raise MemoryError
        try:
            return self._steps(text, length, fillers, memory)
        finally:
            free(memory)

    cdef int _steps(self, object text, Py_ssize_t length, int fillers, char* memory) except -1:
        cdef Text read
        cdef int found
        set_up(&read, length, memory)
        if PyUnicode_IS_ASCII(text):
            if self._read_ascii(<const uint8_t*>PyUnicode_DATA(text), &read):
                return 0
        else:
            if self.is_quick and length > BEGINNING:
                if self._begins_without_keyword(text, &read, memory):
                    return 0
                set_up(&read, length, memory)
            PyUnicode_AsUCS4(text, read.raw, length, 0)
            if not self._read(&read):
                return ALL
        found = self._keywords(&read, fillers)
        if not (self.has_parts or self.has_frames):
            return found
        # What is outside quotations has no other words, as far as no character may compose.
        if not (self.has_frames or read.traits & BEGINS_ROW) and PyUnicode_IS_ASCII(text):
            return found
        if not (read.marked or read.quoted):
            return found | self._parts(&read, fillers)
        if PyUnicode_IS_ASCII(text) and not read.quoted and self._unquote(
            <const uint8_t*>PyUnicode_DATA(text), length, <uint8_t*>read.folded
        ):
            return found | self._parts_unquoted(<const uint8_t*>PyUnicode_DATA(text), length, &read, memory, fillers)
        outside = self.unquoted(text)
        if outside != text:
            return found | self._parts_outside(text, outside, fillers)
        return found | self._parts(&read, fillers)

    cdef bint _unquote(self, const uint8_t* text, Py_ssize_t length, uint8_t* outside) noexcept nogil:
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

    cdef int _parts_unquoted(
        self, const uint8_t* text, Py_ssize_t length, Text* read, char* memory, int fillers
    ) noexcept nogil:
        """Return the steps that the parts of a text ask for, given without its quotations in the room for folded text."""
        cdef const uint8_t* outside = <const uint8_t*>read.folded
        set_up(read, length, memory)
        self._read_ascii(outside, read)
        if not read.count:
            set_up(read, length, memory)
            self._read_ascii(text, read)
        return self._parts(read, fillers)

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
                known.number = self._number(known, read.characters + known.start)
                read.count += 1
            each = self._standing(&read, standing)
        finally:
            free(memory)
        if each < 0:
            return None
        return {self.frame_rows[standing[place]] for place in range(each)}

    cdef Py_ssize_t _standing(self, const Text* read, uint32_t* standing) noexcept nogil:
        """Write the numbers of the rows that stand in a sentence; return how many, -1 if there are too many of anything."""
        cdef uint64_t bits[MOST_CLASS_WORDS]
        cdef uint64_t exact[MOST_CLASS_WORDS]
        cdef uint32_t numbers[2 * MOST_CLASSES]
        cdef Member members[MOST_MEMBERS]
        cdef Present present
        set_up_present(&present, bits, exact, numbers, members, self.class_words)
        present.standing = standing
        self._set_tokens(&present, read, read.tokens, read.count)
        self._set_all_slips(&present, read, read.tokens, read.count)
        if present.full or self._has_group(&present, read.count):
            return -1
        return present.standing_count

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
                found[row] = self._utf8_steps(data + begin, end - begin, fillers[row], memory)
        if memory != <char*>stack:
            free(memory)

    cdef uint8_t _utf8_steps(self, const uint8_t* text, Py_ssize_t size, int fillers, char* memory) noexcept nogil:
        """Return the places of the steps that may find anything in a text of some bytes; all of them where in doubt."""
        cdef Text read
        cdef int found
        if size > LONGEST_TEXT:
            return ALL
        set_up(&read, size, memory)
        if is_ascii(text, size):
            if self._read_ascii(text, &read):
                return 0
        else:
            read.length = decode(text, size, read.raw)
            if read.length < 0 or not self._read(&read):
                return ALL
        found = self._keywords(&read, fillers)
        if self.has_parts or self.has_frames:
            if read.marked or read.quoted:
                return ALL
            found |= self._parts(&read, fillers)
        return <uint8_t>found

    cdef int _parts_outside(self, object text, object outside, int fillers) except -1:
        """Return the steps that parts of a text without its quotations ask for; of all of it if nothing else is there."""
        cdef Text read
        cdef Py_ssize_t length = max(len(outside), len(text))
        cdef char* memory = <char*>malloc(scratch_for(length))
        if not memory:
            raise MemoryError
        try:
            set_up(&read, len(outside), memory)
            PyUnicode_AsUCS4(outside, read.raw, read.length, 0)
            if not self._read(&read):
                return PARTS | FRAMES
            if not read.count:
                set_up(&read, len(text), memory)
                PyUnicode_AsUCS4(text, read.raw, read.length, 0)
                if not self._read(&read):
                    return PARTS | FRAMES
            return self._parts(&read, fillers)
        finally:
            free(memory)

    cdef bint _read_ascii(self, const uint8_t* raw, Text* read) noexcept nogil:
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
                self._add(read, start, end, hash, piece, LETTER)
                if read.watched and self._beginning(read, read.tokens + read.count - 1) == NO_KEYWORD:
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
                self._add(read, end, end + 1, raw[place], piece, SYMBOL)
                end += 1
                start = end
        if end > start:
            self._add(read, start, end, hash, piece, LETTER)
        self._look_up(read)
        read.marked, read.quoted = line.marked, line.quoted
        return False

    cdef int _beginning(self, Text* read, const Token* token) noexcept nogil:
        """Tell what the next word of a message, with those before it, says: a key of keywords begins with them all.

        A word that may be filler says nothing, nor does a keyword that is shorter than what is looked at: other
        keywords may follow.
        """
        cdef uint32_t place
        cdef uint64_t hash = read.head_hash
        if self.words[self._number(token, read.characters + token.start)].traits & BEGINS_FILLER:
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

    cdef bint _begins_without_keyword(self, object text, Text* read, char* memory) noexcept:
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
        if not self._read(read):
            return False
        read.watched = True
        for place in range(read.count):
            token = read.tokens + place
            if place + 1 == read.count and token.length < LONGEST_HEAD + 2:
                return False
            if token.symbol:
                continue
            if self._beginning(read, token) == NO_KEYWORD:
                return True
            if not read.watched:
                return False
        return False

    cdef bint _read(self, Text* read) noexcept nogil:
        """Read the tokens of a text; tell whether the tables say enough for that."""
        if not self._fold(read):
            return False
        return self._tokenize(read)

    cdef Py_ssize_t _fold(self, Text* read) noexcept nogil:
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

    cdef bint _tokenize(self, Text* read) noexcept nogil:
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
                    self._add(read, start, end, hash, piece, open)
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
                        self._add(read, start, end, hash, piece, open)
                    open, start, hash = LETTER, end, 0
            elif bits & MARK:
                if not open:
                    continue
            elif bits & (SINGLE | SYMBOL):
                if open:
                    self._add(read, start, end, hash, piece, open)
                if bits & SYMBOL:
                    characters[end] = char
                    self._add(read, end, end + 1, char, piece, SYMBOL)
                    end += 1
                    open = 0
                    continue
                open, start, hash = SINGLE, end, 0
            else:
                if char == c"'" and place and place + 1 < length:
                    if classes[folded[place - 1]] & (LETTER | MARK) and classes[folded[place + 1]] & LETTER:
                        continue
                if open:
                    self._add(read, start, end, hash, piece, open)
                    open = 0
                continue
            characters[end] = char
            end += 1
            hash = hash * MULTIPLIER + char
        if open:
            self._add(read, start, end, hash, piece, open)
        self._look_up(read)
        return True

    cdef inline void _add(
        self, Text* read, Py_ssize_t start, Py_ssize_t end, uint64_t hash, uint32_t piece, uint8_t kind
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

    cdef void _look_up(self, Text* read) noexcept nogil:
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
            token.number = self._number(token, read.characters + token.start)
            if token.number:
                read.traits |= self.words[token.number].traits
                if self.words[token.number].classes:
                    FETCH(self.numbers.pool + self.words[token.number].classes)
        read.filled = read.traits & BEGINS_FILLER
        read.words = read.count - read.symbols

    cdef inline uint32_t _number(self, const Token* token, const uint32_t* word) noexcept nogil:
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

    cdef bint _has_digits_alone(self, const Text* read, const Token* token) noexcept nogil:
        cdef uint32_t place
        for place in range(token.start, token.start + token.length):
            if not c"0" <= read.characters[place] <= c"9":
                return False
        return True

    # Filler.

    cdef Py_ssize_t _taken_out(
        self, const Token* tokens, Py_ssize_t count, int fillers, Token* kept
    ) noexcept nogil:
        """Copy the tokens that are no filler: leftmost first, the longest at each place; return how many."""
        cdef Py_ssize_t place = 0, many = 0, length
        while place < count:
            length = 0
            if self.words[tokens[place].number].traits & BEGINS_FILLER:
                length = self._filler_at(tokens + place, count - place, fillers)
            if not length:
                kept[many] = tokens[place]
                many += 1
                length = 1
            place += length
        return many

    cdef Py_ssize_t _filler_at(self, const Token* tokens, Py_ssize_t count, int fillers) noexcept nogil:
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

    cdef int _keywords(self, Text* read, int fillers) noexcept nogil:
        """Return the steps that read the message as a whole and may find a keyword."""
        if not self._may_be_keywords(read):
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
        if self._is_key(tokens, count):
            found |= EXACT
        if read.filled:
            many = self._taken_out(tokens, count, fillers, read.kept)
            if many < count:
                tokens, count = read.kept, many
                if self._is_key(tokens, count):
                    found |= FILLER
        if count > 1 and self._is_several(read, tokens, count):
            found |= FILLER
        if self.tolerates and self._is_tolerated(read, tokens, count):
            found |= TOLERATED
        return found

    cdef bint _may_be_keywords(self, const Text* read) noexcept nogil:
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
            if not self.gram_bits[bit >> 6] >> (bit & 63) & 1 and not self._has_digits_alone(read, token):
                return False
        return True

    cdef bint _is_key(self, const Token* tokens, Py_ssize_t count) noexcept nogil:
        cdef Py_ssize_t place, length = 0
        cdef uint64_t hash = 0
        for place in range(count):
            length += tokens[place].length
            if length > self.longest:
                return False
            hash = hash * self.powers[tokens[place].length] + tokens[place].hash
        return is_in(&self.keys, hash)

    cdef bint _is_several(self, const Text* read, const Token* tokens, Py_ssize_t count) noexcept nogil:
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

    cdef bint _is_tolerated(self, const Text* read, const Token* tokens, Py_ssize_t count) noexcept nogil:
        cdef Py_ssize_t place = count
        if self._is_nearly(read, tokens, count):
            return True
        while place and self._has_digits_alone(read, tokens + place - 1):
            place -= 1
        return place < count and (self._is_key(tokens, place) or self._is_nearly(read, tokens, place))

    cdef bint _is_nearly(self, const Text* read, const Token* tokens, Py_ssize_t count) noexcept nogil:
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
        if not count or not (short or self._has_ends(read, tokens, count)):
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

    cdef bint _has_ends(self, const Text* read, const Token* tokens, Py_ssize_t count) noexcept nogil:
        """Tell whether tokens begin and end with the characters of a keyword that may be stretched."""
        cdef uint32_t first = read.characters[tokens[0].start]
        cdef uint32_t last = read.characters[tokens[count - 1].start + tokens[count - 1].length - 1]
        return is_in(&self.squeezed_ends, hash_of_pair(first, last))

    # Parts: sentences, phrases, frames.

    cdef int _parts(self, Text* read, int fillers) noexcept nogil:
        """Return the steps that read the sentences of a message and may find anything."""
        cdef int found
        if read.symbols and read.words:
            leave_out_symbols(read)
        found = self._sentences(read, fillers, NULL)
        if found & FRAMES:  # what a frame needs may be anywhere in the message
            found &= ~FRAMES
            if self._may_have_frame(read, fillers):
                found |= self._sentences(read, fillers, read.classes)
        return found

    cdef int _sentences(self, Text* read, int fillers, const uint64_t* everywhere) noexcept nogil:
        """Return the steps that may find anything in some sentence; `everywhere` are the classes of the message."""
        cdef int found = 0
        cdef Py_ssize_t begin = 0, end
        while begin < read.count:
            end = begin + 1
            while end < read.count and read.tokens[end].piece == read.tokens[begin].piece:
                end += 1
            found = self._sentence(read, read.tokens + begin, end - begin, fillers, everywhere, found)
            begin = end
        return found

    cdef int _sentence(
        self, const Text* read, const Token* tokens, Py_ssize_t count, int fillers, const uint64_t* everywhere, int found
    ) noexcept nogil:
        """Return the steps that may find anything in a sentence, and those that were found before."""
        cdef Signs signs
        cdef Py_ssize_t many = count
        cdef uint16_t traits
        memset(&signs, 0, sizeof(Signs))
        traits = self._look_through(read, tokens, count, &signs, False)
        if not found & PARTS and self._has_row(tokens, count, traits & IS_ROW):
            found |= PARTS
        if traits & BEGINS_FILLER:
            many = self._taken_out(tokens, count, fillers, read.kept)
            if many < count:
                traits = self._look_through(read, read.kept, many, &signs, True)
                if many and not found & PARTS and self._has_row(read.kept, many, traits & IS_ROW):
                    found |= PARTS
        if self.has_frames and not found & FRAMES and has_signs(&signs):
            if self._has_frame(read, tokens, count, everywhere) or (
                many < count and self._has_frame(read, read.kept, many, everywhere)
            ):
                found |= FRAMES
        return found

    cdef uint16_t _look_through(
        self, const Text* read, const Token* tokens, Py_ssize_t count, Signs* signs, bint again
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
                    self._set_sequences_at(&present, read, tokens, count, place)
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
                self._look_at_unknown(&present, read, tokens + place)
            before = number
        if traits & STANDS_ALONE or present.full:
            signs.alone = True
        return traits

    cdef void _look_at_unknown(self, Present* present, const Text* read, const Token* token) noexcept nogil:
        """Add the signs of a word that no rule has: by its stems, and as a slip."""
        if token.length >= 2:
            self._set_unknown(present, read.characters + token.start, token.length)
        if self.has_slips and self._may_slip(token):
            present.slips = True
            self._set_slips(present, read.characters + token.start, token.length)
            present.slips = False

    cdef inline bint _may_slip(self, const Token* token) noexcept nogil:
        """Tell whether a word that no rule has may be a slip."""
        return SHORTEST_SLIP <= token.length <= self.longest_slip and (
            token.length > LONGEST_SLIP - 2 or self._may_be_slip(token.hash)
        )

    cdef inline bint _follows(self, uint64_t bits, uint32_t number) noexcept nogil:
        """Tell whether the word of a number may be among those that bits stand for."""
        return number and bits >> (number & 63) & 1

    cdef bint _has_row(self, const Token* tokens, Py_ssize_t count, bint anchored) noexcept nogil:
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
                start + 1 < count and self._follows(self.row_heads[tokens[start].number], tokens[start + 1].number)
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

    cdef bint _may_have_frame(self, Text* read, int fillers) noexcept nogil:
        """Tell whether the classes of some row would be there if all sentences were one."""
        cdef Py_ssize_t many = 0, begin = 0, end
        if read.filled:  # filler is taken out inside each sentence
            while begin < read.count:
                end = begin + 1
                while end < read.count and read.tokens[end].piece == read.tokens[begin].piece:
                    end += 1
                many += self._taken_out(read.tokens + begin, end - begin, fillers, read.kept + many)
                begin = end
        return self._has_classes(read, read.tokens, read.count, read.kept, many if many < read.count else 0)

    cdef bint _has_classes(
        self, Text* read, const Token* tokens, Py_ssize_t count, const Token* kept, Py_ssize_t many
    ) noexcept nogil:
        """Tell whether all classes of some row may have a member or a slip among tokens, or those without filler."""
        cdef uint64_t bits[MOST_CLASS_WORDS]
        cdef uint32_t numbers[2 * MOST_CLASSES]
        cdef Present present
        if self.class_words > MOST_CLASS_WORDS:
            return True
        set_up_present(&present, bits, read.classes, numbers, NULL, self.class_words)
        self._set_tokens(&present, read, tokens, count)
        self._set_sequences(&present, read, kept, many)
        self._set_all_slips(&present, read, tokens, count)
        return present.full or self._has_group(&present, 0)

    cdef bint _has_frame(
        self, const Text* read, const Token* tokens, Py_ssize_t count, const uint64_t* everywhere
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
        self._set_tokens(&present, read, tokens, count)
        self._set_all_slips(&present, read, tokens, count)
        return present.full or self._has_group(&present, count)

    cdef void _set_tokens(
        self, Present* present, const Text* read, const Token* tokens, Py_ssize_t count
    ) noexcept nogil:
        """Count the classes of tokens, and of sequences of them, as present."""
        cdef Py_ssize_t place
        present.length = 1
        for place in range(count):
            if tokens[place].number:
                if self.words[tokens[place].number].classes:
                    present.start = place
                    self._set(present, self.words[tokens[place].number].classes)
            elif tokens[place].length >= 2:
                present.start = place
                self._set_unknown(present, read.characters + tokens[place].start, tokens[place].length)
        self._set_sequences(present, read, tokens, count)

    cdef void _set_all_slips(
        self, Present* present, const Text* read, const Token* tokens, Py_ssize_t count
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
                    self._set(present, self.words[tokens[place].number].slips)
                continue
            if self._may_slip(tokens + place):
                present.start = place
                self._set_slips(present, read.characters + tokens[place].start, tokens[place].length)

    cdef void _set(self, Present* present, uint32_t row) noexcept nogil:
        """Count the classes of a row of numbers as present."""
        cdef const uint32_t* numbers = self.numbers.pool + row
        cdef uint32_t place, number, kinds
        for place in range(numbers[0]):
            kinds = numbers[place + 1]
            if present.signs:
                self._add_signs(present.signs, kinds, present.slips)
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

    cdef void _set_stems(
        self, Present* present, uint32_t row, const uint32_t* word, Py_ssize_t length
    ) noexcept nogil:
        """Count the classes as present of those of some stems with which a word begins."""
        cdef const uint32_t* numbers = self.numbers.pool + row + 1
        cdef uint32_t many = numbers[0], each
        cdef Py_ssize_t size
        numbers += 1
        for each in range(many):
            size = numbers[0]
            if size <= length and not memcmp(numbers + 1, word, size * sizeof(uint32_t)):
                self._set(present, numbers[size + 1])
            numbers += size + 2

    cdef void _set_unknown(self, Present* present, const uint32_t* word, Py_ssize_t length) noexcept nogil:
        """Count the classes as present of which a word that no rule has is a member by a stem."""
        cdef uint32_t row
        cdef uint64_t head = hash_of_slice(word, 2)
        if is_marked(self.stem_bits, head) or (
            length > 2 and is_marked(self.stem_bits, head * MULTIPLIER + word[2])
        ):
            row = value_of(&self.stems, head)
            if row:
                self._set_stems(present, row, word, length)

    cdef void _set_slips(self, Present* present, const uint32_t* word, Py_ssize_t length) noexcept nogil:
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
            self._set_near(present, prefixes[size] * MULTIPLIER + word[length - 1], word, length)
            self._set_near(
                present,
                word[0] * self.slip_powers[size] + whole - prefixes[length - size] * self.slip_powers[size] + GOLDEN,
                word, length,
            )
        for size in range(1, 3):
            self._set_near(
                present, whole - prefixes[size] * self.slip_powers[length - size] + 2 * GOLDEN, word, length
            )
            self._set_near(present, prefixes[length - size] + 3 * GOLDEN, word, length)

    cdef inline void _set_near(
        self, Present* present, uint64_t hash, const uint32_t* word, Py_ssize_t length
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
            if self._is_slip(
                word, length, self.slip_pool + self.slip_starts[number],
                self.slip_starts[number + 1] - self.slip_starts[number],
            ):
                self._set(present, self.slip_classes[number])

    cdef bint _is_slip(
        self, const uint32_t* text, Py_ssize_t length, const uint32_t* word, Py_ssize_t size
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

    cdef void _set_sequences(
        self, Present* present, const Text* read, const Token* tokens, Py_ssize_t count
    ) noexcept nogil:
        """Count the classes as present that have a member of several tokens among some."""
        cdef Py_ssize_t start
        for start in range(count - 1):
            if self.words[tokens[start].number].traits & BEGINS_SEQUENCE:
                self._set_sequences_at(present, read, tokens, count, start)

    cdef void _set_sequences_at(
        self, Present* present, const Text* read, const Token* tokens, Py_ssize_t count, Py_ssize_t start
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
                self._set_stems(present, row, read.characters + tokens[end].start, tokens[end].length)
            if not tokens[end].number:
                break
            hash = joined(hash, tokens[end].number)
            row = value_of(&self.sequences, hash)
            if row:
                self._set(present, row)

    cdef bint _has_group(self, Present* present, Py_ssize_t count) noexcept nogil:
        """Tell whether all classes of some row are present; in a sentence of some tokens, whether the row stands there."""
        cdef Py_ssize_t one, other
        cdef uint32_t number, slips
        cdef uint64_t hash
        cdef const Class* known
        for one in range(present.count):
            number = present.numbers[one] & CLASS_NUMBER
            known = self.classes + number
            if known.single and self._has_any(present, count, self.numbers.pool + known.single):
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
                    if self._has_group_of(present, count, value_of(&self.partners, hash), slips):
                        return True
        return False

    cdef bint _has_group_of(
        self, Present* present, Py_ssize_t count, uint32_t row, uint32_t slips
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
                if self._has_any(present, count, numbers + size + 1):
                    return True
            numbers += size + 1
            numbers += numbers[0] + 1
        return False

    cdef bint _has_any(self, Present* present, Py_ssize_t count, const uint32_t* rows) noexcept nogil:
        """Tell whether one of some rows, given after how many they are, stands in a sentence; places may not matter."""
        cdef uint32_t each
        if not present.members:
            return True
        for each in range(rows[0]):
            if self._stands(present, count, self.numbers.pool + rows[each + 1]):
                if not present.standing or present.standing_count == MOST_STANDING:
                    return True
                present.standing[present.standing_count] = rows[each + 1]
                present.standing_count += 1
        return False

    cdef bint _stands(self, const Present* present, Py_ssize_t count, const uint32_t* row) noexcept nogil:
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


cdef inline bint has_signs(const Signs* signs) noexcept nogil:
    """Tell whether two classes by which some row is looked for may be there, one token being a slip at most."""
    return signs.alone or (
        agree(signs.leads, signs.partners)
        or agree(signs.leads, signs.slip_partners)
        or agree(signs.slip_leads, signs.partners)
    )


cdef inline bint agree(const uint64_t* leads, const uint64_t* partners) noexcept nogil:
    return leads[0] & partners[0] and leads[1] & partners[1]


cdef inline void set_up_present(
    Present* present, uint64_t* bits, uint64_t* exact, uint32_t* numbers, Member* members, Py_ssize_t words
) noexcept nogil:
    memset(present, 0, sizeof(Present))
    memset(bits, 0, words * sizeof(uint64_t))
    memset(exact, 0, words * sizeof(uint64_t))
    present.bits = bits
    present.exact = exact
    present.numbers = numbers
    present.partners = numbers + MOST_CLASSES
    present.members = members


cdef inline bint is_same(const uint32_t* one, const uint32_t* other, Py_ssize_t length) noexcept nogil:
    return not memcmp(one, other, length * sizeof(uint32_t))


cdef inline bint is_word(const uint32_t* one, const uint32_t* other, uint32_t length) noexcept nogil:
    """Tell whether two words are the same; most are so short that a call would cost more."""
    cdef uint32_t place
    for place in range(length):
        if one[place] != other[place]:
            return False
    return True


cdef inline Py_ssize_t capacity_for(Py_ssize_t length) noexcept nogil:
    return length + length // 2 + 40


cdef inline Py_ssize_t scratch_for(Py_ssize_t length) noexcept nogil:
    return capacity_for(length) * (2 * sizeof(Token) + 3 * sizeof(uint32_t))


cdef void set_up(Text* read, Py_ssize_t length, char* memory) noexcept nogil:
    read.length = length
    read.count = read.symbols = read.words = 0
    read.filled = read.marked = read.quoted = read.watched = False
    read.traits = 0
    read.head_hash = read.head_length = 0
    read.capacity = capacity_for(length)
    read.tokens = <Token*>memory
    read.kept = read.tokens + read.capacity
    read.raw = <uint32_t*>(read.kept + read.capacity)
    read.folded = read.raw + read.capacity
    read.characters = read.folded + read.capacity


cdef void leave_out_symbols(Text* read) noexcept nogil:
    """Leave out the symbols of sentences that have words."""
    cdef Py_ssize_t begin = 0, end, place, many = 0
    cdef bint words
    while begin < read.count:
        end, words = begin, False
        while end < read.count and read.tokens[end].piece == read.tokens[begin].piece:
            words = words or not read.tokens[end].symbol
            end += 1
        for place in range(begin, end):
            if not (words and read.tokens[place].symbol):
                read.tokens[many] = read.tokens[place]
                many += 1
        begin = end
    read.count = many


cdef class Scope:
    """What answers the messages of a country: a prefilter, the steps that count whatever it says, and the steps."""

    cdef Prefilter prefilter
    cdef int fillers
    cdef int always
    cdef object decide
    cdef dict known

    def __cinit__(self, Prefilter prefilter, *, int fillers, int always, decide):
        """Take the number of the scope's set of fillers, places of steps as bits, and what decides a text by places."""
        self.prefilter = prefilter
        self.fillers = fillers
        self.always = always
        self.decide = decide
        self.known = {}


cdef class FastPath:
    """The call of a matcher: what means nothing is answered here, all else by its `_matched` and the scopes' steps.

    A decision is a function of the text and the scope. So that to a short text is kept, for keywords come again and
    again; the few that are kept are forgotten when there are too many.
    """

    cdef dict scopes
    cdef Scope base
    cdef Py_ssize_t kept

    def _set_scopes(self, dict scopes):
        """Take the scopes by country, None for that of no country; without any, `_matched` answers all."""
        self.scopes = scopes
        self.base = scopes[None]

    def match(self, text, *, country=None, language=None, strict=False, payload=None):
        """Return what a message means, or None if it means nothing.

        `text` may be any str of any length; the time is linear in it.
        `country` is the ISO 3166-1 alpha-2 code, in any case, of where the
        message comes from (XK is Kosovo), `language` the BCP 47 tag that its
        sender prefers. A country or language that is none never loses a
        message: it is read in the base scope, without a preferred language,
        and the decision says so in `notes`; `strict=True` refuses it.
        `payload` is what came with the message because its sender pressed a
        button: one that the rules list decides, before the text; bytes are UTF-8.

        Raises:
            TypeError: the text is no str, or the payload no str and no bytes.
            ValueError: `strict`, and no country code or no well-formed language tag.
        """
        cdef Scope scope = self.base
        cdef PyObject* known
        cdef int places
        cdef bint short
        if scope is None or language is not None or payload is not None or type(text) is not str:
            return self._matched(text, country, language, strict=strict, payload=payload)
        if country is not None:
            if type(country) is not str:
                return self._matched(text, country, language, strict=strict, payload=payload)
            known = PyDict_GetItemWithError(self.scopes, country)
            if known is NULL:
                return self._matched(text, country, language, strict=strict, payload=payload)
            scope = <Scope>known
        short = PyUnicode_GET_LENGTH(text) <= LONGEST_KNOWN
        if short and not scope.prefilter.is_quick:
            known = PyDict_GetItemWithError(scope.known, text)
            if known is not NULL:
                return <object>known
        places = scope.prefilter._places(text, scope.fillers) | scope.always
        if not places:
            return None
        if short and scope.prefilter.is_quick:
            known = PyDict_GetItemWithError(scope.known, text)
            if known is not NULL:
                return <object>known
        decision = scope.decide(places, text, None)
        if short and decision is not None:
            self._keep(scope, text, decision)
        return decision

    cdef int _keep(self, Scope scope, text, decision) except -1:
        cdef Scope each
        if self.kept >= MOST_KNOWN:
            for each in self.scopes.values():
                each.known = {}
            self.kept = 0
        self.kept += 1
        scope.known[text] = decision
        return 0
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
