# The tables of keywords, words, filler and rows, taken from `tables.Tables`.

cdef int take_keywords(Prefilter self, tables) except -1:
    cdef Py_ssize_t power, end
    self.powers = <uint64_t*>malloc((self.longest + 2) * sizeof(uint64_t))
    if not self.powers:
        raise MemoryError
    self.powers[0] = 1
    for power in range(1, self.longest + 2):
        self.powers[power] = self.powers[power - 1] * MULTIPLIER
    fill(self, &self.keys, tables.keys)
    fill(self, &self.typos, tables.typos)
    fill(self, &self.squeezed, tables.squeezed)
    make_set(&self.squeezed_ends, len(tables.squeezed))
    for key in tables.squeezed:
        add(&self.squeezed_ends, hash_of_pair(ord(key[0]), ord(key[-1])))
    make_set(&self.skeletons, len(tables.look_alikes))
    for key in tables.look_alikes:
        add(&self.skeletons, skeleton_of(self, key))
    heads = {key[:end] for key in tables.keys for end in range(1, LONGEST_HEAD + 1)}
    fill(self, &self.heads, heads)
    self.gram_bits = <uint64_t*>calloc((1 << LOG_GRAM_BITS) // 64, sizeof(uint64_t))
    if not self.gram_bits:
        raise MemoryError
    for key in chain(tables.keys, tables.typos, tables.squeezed, tables.look_alikes):
        mark_grams(self, key)
    return 0


cdef int mark_grams(Prefilter self, str key) except -1:
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


cdef int fill(Prefilter self, Set* known, texts) except -1:
    make_set(known, len(texts))
    for text in texts:
        add(known, hash_of(text))
    return 0


cdef uint64_t skeleton_of(Prefilter self, str key):
    cdef uint64_t hash = 0
    cdef Py_UCS4 char
    cdef uint32_t to
    for char in key:
        to = self.characters.skeletons[char]
        hash = hash * MULTIPLIER + (to if to else <uint32_t>char)
    return hash


cdef dict take_vocabulary(Prefilter self, tables):
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
        enter_word(self, hash, number)
    if len({self.words[number].hash for number in known.values()}) < len(known):
        raise ValueError("two words have one hash")
    return known


cdef void enter_word(Prefilter self, uint64_t hash, uint32_t number) noexcept:
    cdef uint64_t mixed_hash = (hash ^ hash >> 32) * GOLDEN
    cdef uint64_t mask = (<uint64_t>1 << self.number_bits) - 1
    cdef uint64_t place = mixed_hash >> self.vocabulary_shift
    while self.vocabulary[place]:
        place = (place + 1) & mask
    self.vocabulary[place] = <uint32_t>(mixed_hash & ~mask) | number


cdef int take_fillers(Prefilter self, tables, dict known) except -1:
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


cdef int take_rows(Prefilter self, tables, dict known) except -1:
    self.anchor_bits = <uint64_t*>calloc(BITS // 64, sizeof(uint64_t))
    if not self.anchor_bits:
        raise MemoryError
    self.sentence_bits = <uint64_t*>calloc(BITS // 64, sizeof(uint64_t))
    if not self.sentence_bits:
        raise MemoryError
    take_table(self, &self.phrases, tables.phrases, known, anchored=True)
    take_table(self, &self.begins, tables.begins, known, anchored=True)
    take_table(self, &self.ends, tables.ends, known, anchored=True)
    take_table(self, &self.sentences, tables.sentences, known, anchored=False)
    self.has_parts = bool(tables.phrases or tables.begins or tables.ends or tables.sentences)
    return 0


cdef int take_table(Prefilter self, Set* rows, texts, dict known, bint anchored) except -1:
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
