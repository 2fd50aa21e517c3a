"""The formatter: one canonical layout, no options; every comment and all meaning is kept.

Two spaces a level; at most one blank line in a row; a section whose one
statement fits on its line stands on one line, every other block on several;
lists break at 100 characters. A comment stays before, behind or inside the
statement that it stands at; inside a statement that is no list it moves to
the line above.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass

from optoutlang.language.diagnostics.diagnostic import CompileError, Severity
from optoutlang.language.diagnostics.visible import columns
from optoutlang.language.source.span import Span
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.layout import (
    INDENT,
    WIDTH,
    Block,
    Item,
    Listing,
    Remark,
    Spelling,
    aligned,
    conditions,
    listed,
    listed_words,
)
from optoutlang.language.syntax.parse import parse
from optoutlang.language.syntax.tree import (
    Allow,
    AnswerBlock,
    CountryBlock,
    File,
    Frames,
    GuardStatement,
    Reply,
    Section,
    SectionItem,
    Test,
    TestCase,
    Token,
)


class FormatError(Exception):
    """The formatted text does not say what the text before it said: a fault of the formatter."""


def format_source(source: SourceText) -> str:
    """Return a source text in the canonical layout, shown to mean the same.

    Raises:
        CompileError: the text has syntax errors.
        FormatError: formatting would change the meaning or lose a comment.
    """
    file, found = parse(source)
    if any(each.code.severity is Severity.ERROR for each in found):
        raise CompileError(found)
    text = format_file(file)
    check_format(file, text)
    return text


def format_file(file: File) -> str:
    """Return a file without syntax errors in the canonical layout; it may be a tree without a source."""
    return _Formatter(file).run()


def check_format(before: File, after: str) -> None:
    """Raise FormatError unless a text has the statements and the comments of a file."""
    file, found = parse(SourceText(before.source.name, after, before.source.path))
    if any(each.code.severity is Severity.ERROR for each in found):
        raise FormatError(f"the formatted text of {before.source.path} cannot be read")
    if _shape(file.statements) != _shape(before.statements):
        raise FormatError(f"the formatted text of {before.source.path} means something else")
    if _comments(file) != _comments(before):
        raise FormatError(f"the formatted text of {before.source.path} has other comments")


def _shape(value: object) -> object:
    """Return a tree without the places of its nodes."""
    if isinstance(value, tuple):
        return tuple(map(_shape, value))
    if is_dataclass(value):
        parts = [getattr(value, field.name) for field in fields(value)]
        return (type(value), *(_shape(part) for part in parts if not isinstance(part, Span)))
    return value


def _comments(file: File) -> list[str]:
    return [token.text.rstrip() for token in file.tokens if token.kind == "COMMENT"]


class _Formatter:
    """Writes the items of a file in order, and before each of them the comments that precede it."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._spelling = Spelling(file)
        self._comments = [token for token in file.tokens if token.kind == "COMMENT"]
        self._comments.reverse()
        self._braces = [token.span.start for token in file.tokens if token.kind == "LBRACE"]
        self._braces.reverse()
        self._lines: list[str] = []
        self._indent = ""
        self._last: int | None = None
        """Where the last thing of this block ends in the source; None at the start of a block."""

    def run(self) -> str:
        self._items(self._file.statements, len(self._file.source.text))
        return "".join(f"{line}\n" for line in self._lines)

    # ---- Items and the comments between them ---------------------------------------------

    def _items(self, items: tuple[Item, ...], end: int) -> None:
        cases = tuple(item for item in items if isinstance(item, TestCase))
        lines = aligned(cases, self._spelling)
        starts = [item.span.start for item in items]
        for item, next_start in zip(items, [*starts[1:], end], strict=bool(items)):
            self._comments_before(item.span.start)
            self._separate(item.span.start)
            if isinstance(item, TestCase):
                self._hoist(item.span.end)
                self._write(next(lines))
            elif isinstance(item, Block):
                self._block(item)
            elif isinstance(item, GuardStatement):
                self._guard(item)
            elif isinstance(item, Listing):
                self._list(item)
            else:
                self._hoist(item.span.end)
                self._write(self._spelling.simple(item))
            self._last = item.span.end
            self._comment_behind(next_start)
        self._comments_before(end)

    def _write(self, line: str) -> None:
        self._lines.append(f"{self._indent}{line}")

    def _separate(self, start: int) -> None:
        """Keep one blank line of those that stand before an offset."""
        if self._last is not None and self._between(self._last, start).count("\n") > 1:
            self._lines.append("")

    def _between(self, start: int, end: int) -> str:
        return self._file.source.text[start:end]

    def _take_comment(self, end: int) -> Token | None:
        has_one = self._comments and self._comments[-1].span.start < end
        return self._comments.pop() if has_one else None

    def _comments_before(self, end: int) -> None:
        """Write the comments before an offset on lines of their own."""
        while comment := self._take_comment(end):
            self._separate(comment.span.start)
            self._write(comment.text.rstrip())
            self._last = comment.span.end

    def _hoist(self, end: int) -> None:
        """Write comments that stand inside a statement above it."""
        while comment := self._take_comment(end):
            self._write(comment.text.rstrip())

    def _comment_behind(self, end: int) -> None:
        """Write the comment that follows on the same line, before an offset, behind what was written last."""
        start = self._comments[-1].span.start if self._comments else end
        if start < end and "\n" not in self._between(self._last or 0, start):
            comment = self._comments.pop()
            self._lines[-1] += f"  {comment.text.rstrip()}"
            self._last = comment.span.end

    # ---- Lists ---------------------------------------------------------------------------

    def _guard(self, item: GuardStatement) -> None:
        self._hoist(item.span.end)
        *first, last = map(self._spelling.word, item.classes)
        words = (*first, f"{last} {self._spelling.reach(item)}")
        self._lines += listed(self._spelling.head(item), words, {}, self._indent)

    def _list(self, item: Listing) -> None:
        words = listed_words(item)
        self._hoist(words[0].span.start)
        remarks: dict[int, list[Remark]] = {}
        for index, word in enumerate(words[:-1]):
            while comment := self._take_comment(words[index + 1].span.start):
                before = self._between(word.span.end, comment.span.start)
                is_trailing = "\n" not in before and index not in remarks
                remark = Remark(comment.text.rstrip(), is_trailing)
                remarks.setdefault(index, []).append(remark)
        spelt = tuple(map(self._spelling.word, words))
        self._lines += listed(self._spelling.head(item), spelt, remarks, self._indent)

        if isinstance(item, Frames):
            self._conditions(item)

    def _conditions(self, item: Frames) -> None:
        """Write the guards and needs of frames, each list on lines of its own."""
        self._last = item.frames[-1].span.end
        for name, words in conditions(item):
            self._comment_behind(words[0].span.start)
            outer, self._indent = self._indent, self._indent + INDENT
            self._hoist(words[-1].span.start)
            spelt = tuple(map(self._spelling.word, words))
            self._lines += listed(name, spelt, {}, self._indent)
            self._indent = outer
            self._last = words[-1].span.end

    # ---- Blocks --------------------------------------------------------------------------

    def _block(self, block: Block) -> None:
        items = block.cases if isinstance(block, Test) else block.items
        brace = self._brace_of(block)
        self._hoist(brace)
        line = self._one_line(block, items)
        if line:
            self._write(line)
            return
        self._lines += self._block_head(block)
        self._last = brace + 1
        self._comment_behind(items[0].span.start if items else block.span.end)
        self._last = None
        outer, self._indent = self._indent, self._indent + INDENT
        self._items(items, block.span.end)
        self._indent = outer
        self._write("}")

    def _one_line(self, block: Block, items: tuple[Item, ...]) -> str | None:
        """Return an empty block, or a section of one statement, where it fits on its line."""
        has_comment = self._comments and self._comments[-1].span.start < block.span.end
        inside = block.items if isinstance(block, Section | AnswerBlock) else ()
        if any(isinstance(each, Frames) and conditions(each) for each in inside):
            return None
        if has_comment or len(items) > min(len(inside), 1):
            return None
        line = " ".join([*self._block_head(block), *map(self._item_line, inside), "}"])
        return line.strip() if columns(line) <= WIDTH else None

    def _item_line(self, item: SectionItem) -> str:
        if not isinstance(item, Reply | Allow):
            words = ", ".join(map(self._spelling.word, listed_words(item)))
            return f"{self._spelling.head(item)} {words}"
        return self._spelling.simple(item)

    def _block_head(self, block: Block) -> list[str]:
        head = self._spelling.head(block)
        if isinstance(block, CountryBlock):
            codes = tuple(code.value for code in block.codes)
            lines = listed(head, codes, {}, self._indent)
        else:
            lines = [f"{self._indent}{head}"]
        lines[-1] += " {"
        return lines

    def _brace_of(self, block: Block) -> int:
        return self._braces.pop() if self._braces else block.span.start
