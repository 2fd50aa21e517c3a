"""The state of a parse: the automaton, the place in the text, the open blocks, the findings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Code, Diagnostic, Edit, Fix, Label
from optoutlang.language.source.place import Place
from optoutlang.language.source.span import Span
from optoutlang.language.syntax.forms import BlockKind
from optoutlang.language.syntax.grammar import Automaton
from optoutlang.language.syntax.lexeme import END, Lexeme
from optoutlang.language.syntax.tokenize import Tokens


@dataclass(slots=True)
class Block:
    """A block that is open: its statement's first lexeme, its brace, the first lexeme in it."""

    kind: BlockKind
    head: Lexeme
    brace: Lexeme
    index: int
    first: Lexeme | None = None

    @property
    def is_written(self) -> bool:
        """Whether its brace stands in the text."""
        return self.brace.span.start < self.brace.span.end


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A block and the brace that closed it though it is indented like another block's."""

    block: Block
    closed_by: Lexeme
    outer: Block


EVERYWHERE = "what stands outside `country` holds everywhere"
"""The advice about a `country` that is to be every country."""

_BRACES = {"LBRACE": 1, "RBRACE": -1}


class Progress:
    """The state of one parse."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.automaton = Automaton()
        self.at = 0
        self.blocks: list[Block] = []
        self.closed: BlockKind | None = None
        self.suspicions: list[Suspicion] = []
        self.missing_braces = sum(_BRACES.get(each.type, 0) for each in tokens.lexemes)
        spent = (tokens.lexemes[index].type for index in tokens.spent)
        self._swallowed = sum(_BRACES.get(each, 0) for each in spent)
        self.found: list[Diagnostic] = []
        self.reported: set[int] = set()
        self._end = Lexeme(END, "", tokens.source.end, opens_line=True)
        self._head = self._end

    def peek(self, offset: int = 0) -> Lexeme:
        """Return the current lexeme, or the one that many behind or before it."""
        index = self.at + offset
        return self.tokens.lexemes[index] if 0 <= index < len(self.tokens.lexemes) else self._end

    @property
    def head(self) -> Lexeme:
        """The lexeme that began the statement that is read."""
        return self._head

    def can_go_on(self, *types: str, past: int = 0) -> bool:
        """Tell whether lexemes of these types can stand here, then what follows from offset `past` on.

        Up to three lexemes of one line count: a mistake further on is another one.
        """
        following: list[str] = []
        for ahead in range(past, past + 3):
            lexeme = self.peek(ahead)
            if lexeme.type == END or (following and lexeme.opens_line):
                break
            following.append(lexeme.type)
            if lexeme.opens_line and ahead:
                break
        return self.automaton.accepts(*types, *following)

    # ---- Going on ------------------------------------------------------------------------

    def advance(self) -> bool:
        """Go on with the current lexeme, or return False where it cannot stand."""
        lexeme = self.peek()
        if lexeme.type == "WORD" and self.at in self.tokens.words:
            self._quotes_do_not_help(lexeme)
        if self._is_misplaced_remove(lexeme) or not self._feed(lexeme):
            return False
        self.at += 1
        return True

    def _is_misplaced_remove(self, lexeme: Lexeme) -> bool:
        """Tell whether this is the `remove` of a section where only `remove filler` can stand."""
        if lexeme.type != "REMOVE" or not self.automaton.is_complete:
            return False
        following = self.peek(1).type
        return (
            self.automaton.accepts("REMOVE", "FILLER")
            and not self.automaton.accepts("REMOVE", "WORD")
            and not self.automaton.accepts("REMOVE", following)
        )

    def insert(self, type_: str, value: str) -> None:
        """Go on with a lexeme that is missing before the current one."""
        end = self.peek(-1).span.end if self.at else 0
        self.missing_braces += _BRACES.get(type_, 0)
        self._feed(Lexeme(type_, value, Span(end, end)))

    def substitute(self, type_: str, value: str, count: int = 1) -> None:
        """Go on with one lexeme in the place of the next `count` lexemes."""
        span = self.peek().span.cover(self.peek(count - 1).span)
        opens_line = self.peek().opens_line
        self._feed(Lexeme(type_, value, span, opens_line))
        for index in range(self.at, self.at + count):
            self.tokens.words.pop(index, None)
        self.at += count

    def discard(self) -> None:
        """Leave the current lexeme out."""
        self.missing_braces -= _BRACES.get(self.peek().type, 0)
        self.tokens.words.pop(self.at, None)
        self.tokens.discard(self.at)
        self.at += 1

    def _feed(self, lexeme: Lexeme) -> bool:
        if not self.automaton.feed(lexeme):
            return False
        if lexeme.type == "RBRACE":
            self._close(lexeme)
        elif self.automaton.began:
            self._head = lexeme
            if self.blocks and self.blocks[-1].first is None:
                self.blocks[-1].first = lexeme
        if lexeme.type == "LBRACE":
            self.blocks.append(Block(self.automaton.filling, self._head, lexeme, self.at))
        return True

    def _close(self, brace: Lexeme) -> None:
        block = self.blocks.pop()
        self.closed = block.kind
        self.automaton.back_to_list()
        is_odd = brace.opens_line and self.column(brace) != self.indent(block.head)
        if is_odd and self.blocks:
            self.suspicions.append(Suspicion(block, brace, self.blocks[-1]))

    def _quotes_do_not_help(self, lexeme: Lexeme) -> None:
        # Where only a name can stand, its finding must not advise to quote it.
        finding = self.tokens.words[self.at]
        if self.automaton.accepts("WORD") and not self.automaton.accepts("STRING"):
            is_country = self.peek(-1).type == "COUNTRY" and lexeme.value == "*"
            self.tokens.words[self.at] = replace(
                finding,
                help=EVERYWHERE
                if is_country
                else "a name is made of letters, digits and inner hyphens",
                fix=finding.fix if lexeme.value in {"", finding.message} else None,
            )

    # ---- Layout --------------------------------------------------------------------------

    def column(self, lexeme: Lexeme) -> int:
        """Return the column of a lexeme."""
        return self.tokens.source.position(lexeme.span.start).column

    def indent(self, lexeme: Lexeme) -> int:
        """Return the column of the first text on a lexeme's line."""
        text, start = self.tokens.source.text, lexeme.span.start
        line = first = start - self.column(lexeme) + 1
        while text[first] in " \t":
            first += 1
        return first - line + 1

    def text(self, lexeme: Lexeme) -> str:
        """Return a lexeme as it is written."""
        return self.tokens.source.text[lexeme.span.start : lexeme.span.end]

    # ---- Reporting -----------------------------------------------------------------------

    def place(self, span: Span) -> Place:
        """Return a span of this source as a place."""
        return Place(self.tokens.source, span)

    def label(self, span: Span, message: str = "") -> Label:
        """Return a span of this source as a label."""
        return Label(self.place(span), message)

    def report(self, finding: Diagnostic, *, index: int | None = None) -> None:
        """Keep what was found at a lexeme (`index`, by default the current one), once for each."""
        index = self.at if index is None else index
        if self.tokens.is_cut and (self.peek().type == END or finding.code is codes.UNCLOSED_BLOCK):
            return  # what is missing may stand in what is not read
        if index in self.reported or self._is_spent(index) or self._is_swallowed(finding.code):
            return
        self.reported.add(index)
        self.found.append(finding)

    def _is_spent(self, index: int) -> bool:
        # What a broken string has swallowed may be missing up to the next statement.
        string = self.tokens.spent.get(index)
        if string is None and not self.automaton.is_complete:
            string = self.tokens.spent.get(index - 1)
        if string is None:
            return False
        self.tokens.doubt(string)
        return True

    def _is_swallowed(self, code: Code) -> bool:
        # A broken string may have swallowed the brace that is missing now.
        sign = {codes.UNCLOSED_BLOCK: 1, codes.EXTRA_BRACE: -1}.get(code, 0)
        if self._swallowed * sign <= 0:
            return False
        self._swallowed -= sign
        for string in set(self.tokens.spent.values()):
            self.tokens.doubt(string)
        return True

    def replacing(self, title: str, span: Span, replacement: str) -> Fix:
        """Return a fix of one edit; an empty span inserts."""
        return Fix(title, (Edit(self.place(span), replacement),))
