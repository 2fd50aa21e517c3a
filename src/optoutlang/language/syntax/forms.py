"""The statement forms: what each is called, where it stands, what follows its name, its words in messages.

The parser, error recovery, the formatter, messages and fixes all read this
table; so will completion and the editor grammars. A new statement is a row
here and a rule in grammar/optout.lark: a test compares the two. The header
`ruleset NAME` and the cases of a `test` are no statements of this table.
"""

from __future__ import annotations

from enum import Enum, StrEnum


class BlockKind(StrEnum):
    """What holds statements: a whole file, or a block by what it is called."""

    FILE = "file"
    COUNTRY = "country"
    LANGUAGE = "language"
    SECTION = "section"
    ANSWER = "answer"
    TOPIC = "topic"
    TEST = "test"

    @property
    def rule(self) -> str:
        """The grammar's rule for one of the things that such a block holds."""
        return "statement" if self is BlockKind.FILE else f"{self.value}_item"


class Part(Enum):
    """A part of a statement behind its name."""

    NAME = "a bare word"
    NAMES = "bare words, separated by commas"
    WORDS = "bare words or strings, separated by commas"
    TEXTS = "strings, or bare words that are no statement's name, separated by commas"
    STRING = "a string"
    REPLY = "a string or `none`, behind `to` and bare words or strings or without them"
    VALUE = "`=` and a string"
    LONGEST = "`up to` and a number"
    LIMIT = "`replies to` and a number"
    MEMBERS = "`is` and bare words or strings, separated by commas"
    REACH = "`is`, names of classes, and where they stand"
    REASON = "`because` and a string"
    CONDITIONS = "names of guards behind `unless`, names of classes behind `needs`"
    BLOCK = "a block"


def terminal_of(word: str) -> str:
    """Return the grammar's terminal of a word of the language: `opt-out` is OPT_OUT."""
    return word.upper().replace("-", "_")


_FILE = (BlockKind.FILE,)
_SCOPES = (BlockKind.FILE, BlockKind.COUNTRY)
_SPEAKING = (BlockKind.FILE, BlockKind.COUNTRY, BlockKind.LANGUAGE)
_SECTION = (BlockKind.SECTION,)
_TOPIC = (BlockKind.TOPIC,)
_SECTIONS = (*_SPEAKING, BlockKind.TOPIC)
_ANSWERING = (BlockKind.SECTION, BlockKind.ANSWER)
_ALL = tuple(kind for kind in BlockKind if kind is not BlockKind.TEST)
_WORD = "a word"
_TAG = "a language tag"
_BRACE = "`{`"
_TOLERANCE = "`typos`, `lookalikes`, `stretches` or `numbers`"


class Form(Enum):
    """A statement form; a value is (spelling, places, parts, expected), and for a block its kind.

    `spelling` is its name as authors write it, `places` are the blocks that it
    stands in, `expected` is how a message calls what must follow the name,
    `block` the kind of its own block.
    """

    USE = ("use", _FILE, (Part.STRING,), "a pack or a path in quotes")
    LET = ("let", _FILE, (Part.NAME, Part.VALUE), "a name")
    RUNTIME = ("runtime", _FILE, (Part.NAME, Part.LONGEST), "a name")
    LIMIT = ("limit", _SCOPES, (Part.LIMIT,), "`replies to` and a number")
    CLASS = ("class", _FILE, (Part.NAME, Part.MEMBERS), "a name")
    GUARD = ("guard", _FILE, (Part.NAME, Part.REACH), "a name")
    PREFER = ("prefer", _SCOPES, (Part.NAMES,), _TAG)
    SUGGEST = (
        "suggest",
        _SCOPES,
        (Part.NAMES,),
        "`phrases`, `sentences`, `frames`, `similar` or `none`",
    )
    IGNORE = ("ignore", _FILE, (Part.NAMES,), "`everyday-words`")
    FILLER = ("filler", _SCOPES, (Part.WORDS,), _WORD)
    REMOVE_FILLER = ("remove filler", _SCOPES, (Part.WORDS,), _WORD)
    OPT_OUT = ("opt-out", _SECTIONS, (Part.BLOCK,), _BRACE, BlockKind.SECTION)
    OPT_IN = ("opt-in", _SECTIONS, (Part.BLOCK,), _BRACE, BlockKind.SECTION)
    HELP = ("help", _SECTIONS, (Part.BLOCK,), _BRACE, BlockKind.SECTION)
    ANSWER = ("answer", _SPEAKING, (Part.NAME, Part.BLOCK), "a name", BlockKind.ANSWER)
    TOPIC = ("topic", _SPEAKING, (Part.NAME, Part.BLOCK), "a name", BlockKind.TOPIC)
    NAMES = ("names", _TOPIC, (Part.WORDS,), _WORD)
    LANGUAGE = ("language", _SCOPES, (Part.NAME, Part.BLOCK), _TAG, BlockKind.LANGUAGE)
    COUNTRY = ("country", _FILE, (Part.NAMES, Part.BLOCK), "a country code", BlockKind.COUNTRY)
    ALLOW = ("allow", _ALL, (Part.NAMES, Part.REASON), "the code of a finding")
    TEST = ("test", _FILE, (Part.STRING, Part.BLOCK), "a name in quotes", BlockKind.TEST)
    KEYWORDS = ("keywords", _ANSWERING, (Part.WORDS,), _WORD)
    ONLY_KEYWORDS = ("only keywords", _SECTION, (Part.WORDS,), _WORD)
    REQUIRE_KEYWORDS = ("require keywords", _SECTION, (Part.WORDS,), _WORD)
    REMOVE = ("remove", _SECTION, (Part.WORDS,), _WORD)
    BUTTONS = ("buttons", _ANSWERING, (Part.WORDS,), "a payload in quotes")
    REMOVE_SENTENCES = ("remove sentences", _SECTION, (Part.TEXTS,), _WORD)
    REMOVE_PHRASES = ("remove phrases", _SECTION, (Part.TEXTS,), _WORD)
    REMOVE_EXCEPT = ("remove except", _SECTION, (Part.TEXTS,), _WORD)
    REMOVE_FRAMES = ("remove frames", _SECTION, (Part.TEXTS,), _WORD)
    REMOVE_TOLERATE = ("remove tolerate", _SECTION, (Part.TEXTS,), _TOLERANCE)
    REMOVE_REPLY = ("remove reply", _SECTION, (Part.TEXTS,), "a text in quotes")
    SENTENCES = ("sentences", _ANSWERING, (Part.WORDS,), _WORD)
    PHRASES = ("phrases", _SECTION, (Part.WORDS,), _WORD)
    EXCEPT = ("except", _SECTION, (Part.WORDS,), _WORD)
    EXCEPT_SENTENCES = ("except sentences", _SECTION, (Part.TEXTS,), _WORD)
    FRAMES = ("frames", _SECTION, (Part.WORDS, Part.CONDITIONS), _WORD)
    TOLERATE = ("tolerate", _SECTION, (Part.NAMES,), _TOLERANCE)
    REPLY = ("reply", _ANSWERING, (Part.REPLY,), "a text in quotes, `none`, or `to` and keywords")

    def __init__(
        self,
        spelling: str,
        places: tuple[BlockKind, ...],
        parts: tuple[Part, ...],
        expected: str,
        block: BlockKind | None = None,
    ) -> None:
        self.spelling = spelling
        self.places = places
        self.parts = parts
        self.expected = expected
        self.block = block
        self.terminals = tuple(map(terminal_of, spelling.split()))
        """The grammar's terminals of the words of the name."""

    @property
    def is_word_list(self) -> bool:
        """Whether the statement is a list of words and nothing else."""
        return self.parts in {(Part.NAMES,), (Part.WORDS,), (Part.TEXTS,)}


BY_SPELLING: dict[str, Form] = {form.spelling: form for form in Form}

_ITEMS = {
    BlockKind.FILE: "a statement",
    BlockKind.COUNTRY: "a section, `answer`, `topic`, `language`, `limit`, `prefer`, `suggest`, `filler` or "
    "`remove filler`",
    BlockKind.LANGUAGE: "`opt-out`, `opt-in`, `help`, `answer` or `topic`",
    BlockKind.SECTION: "a statement of the section, such as `keywords` or `reply`",
    BlockKind.ANSWER: "`keywords`, `buttons`, `sentences` or `reply`",
    BlockKind.TOPIC: "`names`, `opt-out`, `opt-in` or `help`",
    BlockKind.TEST: "a test case, which begins with a message in quotes",
}

_INSIDE = {
    BlockKind.FILE: "at the top of a file",
    BlockKind.COUNTRY: "inside `country`",
    BlockKind.LANGUAGE: "inside `language`",
    BlockKind.SECTION: "inside a section",
    BlockKind.ANSWER: "inside `answer`",
    BlockKind.TOPIC: "inside `topic`",
    BlockKind.TEST: "inside `test`",
}


def items_of(kind: BlockKind) -> str:
    """Return how messages call what a kind of block holds."""
    return _ITEMS[kind]


def inside(kind: BlockKind) -> str:
    """Return how messages say that something stands in a kind of block."""
    return _INSIDE[kind]


def places_of(form: Form) -> str:
    """Return how messages say where a statement can stand."""
    if form.places == _SECTION:
        return "inside `opt-out`, `opt-in` or `help`"
    if form.places == _ANSWERING:
        return "inside `opt-out`, `opt-in`, `help` or `answer`"
    if form.places == _FILE:
        return f"{inside(BlockKind.FILE)}, outside all blocks"
    if form.places == _ALL:
        return "before the statement that it is about, in any block but `test`"
    *others, last = map(inside, form.places)
    if not others:
        return last
    return f"{', '.join(others)} or {last}"
