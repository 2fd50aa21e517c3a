"""How far a parse has come: the automaton, the place in the text, the open blocks, the findings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from optoutlang.diagnostics.diagnostic import Code, Diagnostic, Edit, Fix, Label
from optoutlang.source.place import Place
from optoutlang.source.span import Span
from optoutlang.syntax.grammar import Automaton
from optoutlang.syntax.lexeme import END, Lexeme
from optoutlang.syntax.tokenize import Tokens


@dataclass(slots=True)
class Block:
    """A block that is open: its statement's first lexeme, its brace, the first lexeme in it."""

    kind: str
    head: Lexeme
    brace: Lexeme
    index: int
    first: Lexeme | None = None


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A block and the brace that closed it though it is indented like another block's."""

    block: Block
    closed_by: Lexeme


class Progress:
    """The state of one parse."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.automaton = Automaton()
        self.at = 0
        self.blocks: list[Block] = []
        self.closed: str | None = None
        self.suspicions: list[Suspicion] = []
        types = [each.type for each in tokens.lexemes]
        self.missing_braces = types.count("LBRACE") - types.count("RBRACE")
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

    # ---- Going on ------------------------------------------------------------------------

    def advance(self) -> bool:
        """Go on with the current lexeme, or return False where it cannot stand."""
        lexeme = self.peek()
        if lexeme.type == "WORD" and self.at in self.tokens.words:
            self._quotes_do_not_help(lexeme)
        if not self._feed(lexeme):
            return False
        self.at += 1
        return True

    def insert(self, type_: str, value: str) -> None:
        """Go on with a lexeme that is missing before the current one."""
        end = self.peek(-1).span.end if self.at else 0
        if type_ == "LBRACE":
            self.missing_braces += 1
        elif type_ == "RBRACE":
            self.missing_braces -= 1
        self._feed(Lexeme(type_, value, Span(end, end)))

    def substitute(self, type_: str, value: str, count: int = 1) -> None:
        """Go on with one lexeme in the place of the next `count` lexemes."""
        span = self.peek().span.cover(self.peek(count - 1).span)
        opens_line = self.peek().opens_line
        self._feed(Lexeme(type_, value, span, opens_line))
        self.at += count

    def discard(self) -> None:
        """Leave the current lexeme out."""
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
        if brace.opens_line and self.column(brace) != self.indent(block.head):
            self.suspicions.append(Suspicion(block, brace))

    def _quotes_do_not_help(self, lexeme: Lexeme) -> None:
        # Where only a name can stand, its finding must not advise to quote it.
        finding = self.tokens.words[self.at]
        if self.automaton.accepts("WORD") and not self.automaton.accepts("STRING"):
            self.tokens.words[self.at] = replace(
                finding,
                help="a name is made of letters, digits and inner hyphens",
                fix=finding.fix if lexeme.value in {"", finding.message} else None,
            )

    # ---- Layout --------------------------------------------------------------------------

    def column(self, lexeme: Lexeme) -> int:
        """Return the column of a lexeme."""
        return self.tokens.source.position(lexeme.span.start).column

    def indent(self, lexeme: Lexeme) -> int:
        """Return the column of the first text on a lexeme's line."""
        source = self.tokens.source
        line = source.line(source.position(lexeme.span.start).line)
        return len(line) - len(line.lstrip(" \t")) + 1

    def text(self, lexeme: Lexeme) -> str:
        """Return a lexeme as it is written."""
        return self.tokens.source.text[lexeme.span.start : lexeme.span.end]

    # ---- Reporting -----------------------------------------------------------------------

    def place(self, span: Span) -> Place:
        """Return a span of this source as a place."""
        return Place(self.tokens.source, span)

    def report(
        self,
        code: Code,
        message: str,
        span: Span,
        *,
        related: tuple[Label, ...] = (),
        help_: str | None = None,
        fix: Fix | None = None,
        index: int | None = None,
    ) -> None:
        """Report what is wrong at a lexeme (`index`, by default the current one), once for each."""
        index = self.at if index is None else index
        if index in self.reported or index in self.tokens.spent:
            return
        self.reported.add(index)
        self.tokens.words.pop(index, None)
        primary = Label(self.place(span))
        self.found.append(Diagnostic(code, message, primary, related, help=help_, fix=fix))

    def replacing(self, title: str, span: Span, replacement: str) -> Fix:
        """Return a fix of one edit; an empty span inserts."""
        return Fix(title, (Edit(self.place(span), replacement),))
