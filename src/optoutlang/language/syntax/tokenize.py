"""Source text to tokens and lexemes; what is wrong with a single token is found here.

A broken token is mended as its author probably meant it (an unclosed string
ends with its line, curly quotes become straight ones), so that nothing else
has to be found because of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import takewhile

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Code, Diagnostic, Edit, Fix, Label
from optoutlang.language.source.place import Place
from optoutlang.language.source.span import Span
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax import characters, grammar, strings
from optoutlang.language.syntax.lexeme import Lexeme
from optoutlang.language.syntax.statements import LISTS
from optoutlang.language.syntax.tree import Token

STRAY = "STRAY"
"""The type of a character that begins no token: a lone `-` or `>`."""

ERROR = "ERROR"
"""The kind of a token that belongs to no statement."""

LONGEST_WORD = 1_000
"""How many characters a bare word may have."""

LONGEST_STRING = 10_000
"""How many characters may stand between the quotes of a string."""

DEEPEST = 64
"""How deep braces may nest. No statement needs more than three, a section in `language` in `country`."""

_QUOTES = "“”„‟«»‘’‚‛‹›'`\""
_SUPERFLUOUS = frozenset(";[]")
"""Marks that end statements or hold lists in other languages."""
_SEVERAL_LINES = re.compile(
    r'"[^"\\\n]+(?:\n[^"\\\n{}#]*){1,9}"(?=[ \t]*(?:[},][^"\n]*)?(?:\n|\Z))'
)
"""A string that ends on a later line: behind its end stands nothing that a string could be."""
_BEHIND_LAST_COMMA = frozenset({"LBRACE", "RBRACE"})


@dataclass(slots=True)
class Tokens:
    """A source text in pieces.

    `tokens` are all pieces, `lexemes` those that carry meaning, `index[i]` the
    place of lexeme i among the tokens. `found` are the findings about single
    tokens, but for bare words: `words[i]` is the one about the bare word that
    is lexeme i. The lexemes `spent` stand on a line whose quotes do not pair;
    each is given with the place among `found` of the string that is not closed.
    `is_cut` tells that blocks nest too deep: what follows has no lexemes.
    """

    source: SourceText
    tokens: list[Token] = field(default_factory=list)
    lexemes: list[Lexeme] = field(default_factory=list)
    index: list[int] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
    words: dict[int, Diagnostic] = field(default_factory=dict)
    spent: dict[int, int] = field(default_factory=dict)
    is_cut: bool = False

    def doubt(self, string: int) -> None:
        """Say that closing an unclosed string at the end of its line does not mend the line."""
        self.found[string] = replace(self.found[string], fix=None)

    def discard(self, lexeme: int) -> None:
        """Say that a lexeme belongs to no statement."""
        place = self.index[lexeme]
        self.tokens[place] = replace(self.tokens[place], kind=ERROR)


def tokenize(source: SourceText) -> Tokens:
    """Return a text's tokens, lexemes and the findings about them. Any text at all is accepted."""
    reader = _Reader(source)
    start = 0
    while start < len(source.text):
        for kind, text in grammar.lex(source.text, start):
            end = start + len(text)
            several = kind == "UNCLOSED_STRING" and _SEVERAL_LINES.match(source.text, start)
            if several:
                start = reader.string_of_lines(several[0], start)
                break
            reader.take(kind, text, Span(start, end))
            start = end
    reader.close()
    return reader.read


class _Reader:
    """Takes the tokens of a text one by one."""

    def __init__(self, source: SourceText) -> None:
        self.read = Tokens(source, found=list(characters.unreadable(source)))
        self._opens_line = True
        self._line = 0
        self._blanks: dict[str, list[int]] = {}
        self._depth = 0
        self._bullets: int | None = None
        self._bracket: int | None = None

    def take(self, kind: str, text: str, span: Span) -> None:
        """Take the next token."""
        self.read.tokens.append(Token(kind, text, span))
        match kind:
            case "BLANK":
                self._opens_line |= "\n" in text
            case "COMMENT":
                self.read.found += characters.invisible(self.read.source, span, quoted=False)
            case "STRING":
                self._string(text[1:-1], span)
            case "UNCLOSED_STRING":
                self._unclosed(text, span)
            case "WRONG_QUOTES":
                self._wrong_quotes(text, span)
            case "STRAY":
                self._stray(text, span)
            case _:
                self._word(kind, text, span)

    def string_of_lines(self, text: str, start: int) -> int:
        """Take a string that stands on several lines; returns the offset behind it."""
        span = Span(start, start + len(text))
        self.read.tokens.append(Token("STRING", text, span))
        lines = [line.strip() for line in text[1:-1].split("\n")]
        joined = "\\n".join(line for line in lines if line)
        self._string(joined, span)
        first = Span(start, start + text.index("\n"))
        self._find(
            codes.UNCLOSED_STRING,
            "a string stands on one line, and this one on several",
            Place(self.read.source, first),
            help_="write a line end inside it as `\\n`, or join the lines by a space",
            fix=Fix("write it on one line", (Edit(Place(self.read.source, span), f'"{joined}"'),)),
        )
        return span.end

    def close(self) -> None:
        """Take the end of the text."""
        self._end_list()
        for character, offsets in self._blanks.items():
            places = [Place(self.read.source, Span(each, each + 1)) for each in offsets]
            self.read.found.append(
                Diagnostic(
                    codes.UNREADABLE_CHARACTER,
                    f"`{characters.code_point(character)}` is a blank, but no plain space",
                    Label(places[0]),
                    help="write a space",
                    fix=Fix("write a space", tuple(Edit(each, " ") for each in places)),
                )
            )

    def _append(self, kind: str, value: str, span: Span) -> None:
        if kind in _BEHIND_LAST_COMMA:
            self._end_list()
            self._nest(kind, span)
        if self.read.is_cut:
            self.read.tokens[-1] = replace(self.read.tokens[-1], kind=ERROR)
            return
        if self._opens_line:
            self._line = len(self.read.lexemes)
        elif self._line in self.read.spent:
            self.read.spent[len(self.read.lexemes)] = self.read.spent[self._line]
        self.read.index.append(len(self.read.tokens) - 1)
        self.read.lexemes.append(Lexeme(kind, value, span, self._opens_line))
        self._opens_line = False

    def _nest(self, kind: str, span: Span) -> None:
        self._depth = max(0, self._depth + (1 if kind == "LBRACE" else -1))
        if self._depth > DEEPEST and not self.read.is_cut:
            self.read.is_cut = True
            self.read.found.append(
                Diagnostic(
                    codes.LIMIT_EXCEEDED,
                    f"blocks nest deeper than {DEEPEST}",
                    Label(Place(self.read.source, span), "nothing is read from here on"),
                    help="close the blocks before this one; the deepest that any needs to stand is "
                    "a section in `language` in `country`",
                )
            )

    def _too_long(self, what: str, length: int, most: int, span: Span) -> None:
        self._find(
            codes.LIMIT_EXCEEDED,
            f"this {what} has {length} characters; {most} is the most",
            Place(self.read.source, span),
            help_="split it; words of a list are separated by commas",
            fix=None,
        )

    def _end_list(self) -> None:
        # One token of lookahead is too little for the grammar to know; see LAST_COMMA there.
        if self.read.lexemes and self.read.lexemes[-1].type == "COMMA":
            self.read.lexemes[-1] = replace(self.read.lexemes[-1], type="LAST_COMMA")
            place = self.read.index[-1]
            self.read.tokens[place] = replace(self.read.tokens[place], kind="LAST_COMMA")

    def _string(self, inner: str, span: Span) -> None:
        if len(inner) > LONGEST_STRING:
            # No later pass is to look at megabytes; the error keeps the word from meaning anything.
            self._append("STRING", inner[:LONGEST_STRING], span)
            self._too_long("string", len(inner), LONGEST_STRING, span)
            return
        value, unknown = strings.decode(inner)
        self._append("STRING", value, span)
        for start, end in unknown:
            place = Place(
                self.read.source, Span(span.start + 1 + start, min(span.start + 1 + end, span.end))
            )
            self._find(
                codes.INVALID_ESCAPE,
                f"`{inner[start:end]}` is no escape",
                place,
                help_=r"the escapes are `\"`, `\\`, `\n` and `\u{1F6D1}`; a backslash is `\\`",
                fix=Fix(
                    "write a backslash", (Edit(place, inner[start:end].replace("\\", "\\\\", 1)),)
                ),
            )
        self.read.found += characters.invisible(self.read.source, span, quoted=True)

    def _unclosed(self, text: str, span: Span) -> None:
        self._string(text[1:].removesuffix("\\"), span)
        line = range(self._line, len(self.read.lexemes))
        self.read.spent.update(dict.fromkeys(line, len(self.read.found)))
        end = Place(self.read.source, Span(span.end, span.end))
        closing = Fix("close the string", (Edit(end, '"'),))
        # A quote alone is rather the end of a string whose beginning is elsewhere.
        is_plain = text != '"' and not text.endswith("\\") and not set(text) & set("“”„‟")
        self._find(
            codes.UNCLOSED_STRING,
            "a string is not closed on its line",
            Place(self.read.source, span),
            help_='end it with `"`; a string stands on one line, and `\\n` is a line end inside it',
            fix=closing if is_plain else None,
        )

    def _wrong_quotes(self, text: str, span: Span) -> None:
        is_closed = len(text) > 1 and text[-1] in _QUOTES
        inner = text[1:-1] if is_closed else text[1:]
        self._string(inner, span)
        source = self.read.source
        first = Place(source, Span(span.start, span.start + 1))
        last = Place(source, Span(span.end - is_closed, span.end))
        self._find(
            codes.WRONG_QUOTES,
            f"`{text[0]}` does not begin a string",
            Place(source, span),
            help_='a string stands in straight double quotes: `"`',
            fix=None
            if inner.endswith("\\")
            else Fix("write straight double quotes", (Edit(first, '"'), Edit(last, '"'))),
        )

    def _stray(self, text: str, span: Span) -> None:
        token = self.read.tokens[-1]
        self.read.tokens[-1] = replace(token, kind=ERROR)
        if not text.isspace():
            self._append(STRAY, text, span)
            return
        for offset, character in enumerate(text, span.start):
            if characters.UNREADABLE.match(character):
                self._opens_line = True
            else:
                self._blanks.setdefault(character, []).append(offset)

    def _word(self, kind: str, text: str, span: Span) -> None:
        if len(text) > LONGEST_WORD:
            self._append(kind, text[:LONGEST_WORD], span)
            self._too_long("word", len(text), LONGEST_WORD, span)
            return
        if kind != "WORD" or characters.is_bare_word(text):
            self._append(kind, text, span)
            return
        if text in {"[", "]"} or (text == "-" and self._opens_line):
            self.read.tokens[-1] = replace(self.read.tokens[-1], kind=ERROR)
            if text == "-":
                self._bullet(span)
            else:
                self._superfluous("brackets", span)
            return
        # What no file may hold is found already; the word is what is left.
        left = characters.UNREADABLE.sub("", text)
        cleaned = "".join(filter(characters.stands_in_word, left)).strip("-")
        if all(map(characters.is_invisible, left)):
            self.read.tokens[-1] = replace(self.read.tokens[-1], kind=ERROR)
            if left:
                self.read.found.append(self._wrong_word(left, cleaned, span))
            return
        self._append(grammar.names().get(cleaned, "WORD"), cleaned or left, span)
        if not characters.is_bare_word(left):
            wrong = self._wrong_word(left, cleaned, span)
            if self.read.is_cut:
                self.read.found.append(wrong)
            elif not self._closes_bracket(left, wrong):
                self.read.words[len(self.read.lexemes) - 1] = wrong

    def _closes_bracket(self, text: str, wrong: Diagnostic) -> bool:
        """Tell whether this is the `LEAVE]` of `[BYE, LEAVE]`, which is mended with the other bracket."""
        here = len(self.read.lexemes) - 1
        if text.startswith("["):
            self._bracket = None if text.endswith("]") else here
            return False
        if self._bracket is None or not text.endswith("]"):
            return False
        opening = self.read.words.get(self._bracket)
        between = self.read.lexemes[self._bracket : here]
        if opening is None or opening.fix is None or wrong.fix is None:
            return False
        first, self._bracket = self._bracket, None
        if any(each.type in _BEHIND_LAST_COMMA for each in between):
            return False
        edits = (*opening.fix.edits, *wrong.fix.edits)
        self.read.words[first] = replace(opening, fix=Fix("delete the brackets", edits))
        return True

    def _superfluous(self, marks: str, span: Span) -> None:
        place = Place(self.read.source, span)
        self._find(
            codes.INVALID_WORD,
            f"a list has no {marks}",
            place,
            help_="delete it, and separate the words by commas",
            fix=Fix("delete it", (Edit(place, ""),)),
        )

    def _bullet(self, span: Span) -> None:
        """Take the bullet of a list of YAML or Markdown: behind another one of the list, it is a comma."""
        text, finding = self.read.source.text, self._bullets
        blanks = takewhile(lambda place: text[place] in " \t", range(span.end, len(text)))
        end = span.end + sum(1 for _ in blanks)
        removal = Edit(Place(self.read.source, Span(span.start, end)), "")
        last = self.read.lexemes[-1] if self.read.lexemes else None
        goes_on = last is not None and last.type not in _BEHIND_LAST_COMMA | LISTS
        first = self.read.found[finding].fix if finding is not None and goes_on else None
        if finding is None or first is None or last is None:
            self._bullets = len(self.read.found)
            self._superfluous("bullets", span)
            self.read.found[-1] = replace(
                self.read.found[-1], fix=Fix("write it as a list", (removal,))
            )
            return
        comma = Edit(Place(self.read.source, Span(last.span.end, last.span.end)), ",")
        edits = (*first.edits, removal) if last.type == "COMMA" else (*first.edits, comma, removal)
        self.read.found[finding] = replace(
            self.read.found[finding], fix=Fix("write it as a list", edits)
        )
        if last.type != "COMMA":
            self._append("COMMA", ",", span)

    def _wrong_word(self, text: str, cleaned: str, span: Span) -> Diagnostic:
        place = Place(self.read.source, span)
        wrong = [each for each in text if not characters.stands_in_word(each)] or ["-"]
        name = wrong[0]
        deleted = Fix("delete the character", (Edit(place, cleaned),))
        if all(map(characters.is_invisible, wrong)):
            return Diagnostic(
                codes.INVALID_WORD,
                f"a bare word holds `{characters.code_point(name)}`, which cannot be seen",
                Label(place),
                help="delete it, or write the word in quotes with an escape",
                fix=deleted,
            )
        if cleaned and {*wrong} <= {"[", "]"}:
            return Diagnostic(
                codes.INVALID_WORD,
                "a list has no brackets",
                Label(place),
                help="its words are separated by commas, and nothing stands around them",
                fix=deleted,
            )
        is_name = cleaned in grammar.names() or (bool(cleaned) and {*wrong} <= _SUPERFLUOUS)
        where = "at an end of a bare word" if name == "-" else "in a bare word"
        return Diagnostic(
            codes.INVALID_WORD,
            f"`{name}` cannot stand {where}",
            Label(place),
            help="delete it" if is_name else "write the word in double quotes",
            fix=deleted
            if is_name
            else Fix("write it in quotes", (Edit(place, strings.encode(text)),)),
        )

    def _find(self, code: Code, message: str, place: Place, *, help_: str, fix: Fix | None) -> None:
        self.read.found.append(Diagnostic(code, message, Label(place), help=help_, fix=fix))
