# The layout of texts, words and classes in memory, with the bits and bounds that go with them.

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
    OPENINGS = 1 << 15  # bits for the first three characters of keys
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
    TEXTS_AHEAD = 6  # so many texts of a list before it is read, its memory is asked for
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
