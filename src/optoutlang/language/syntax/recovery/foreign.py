"""Marks and names of other languages, and whole files of other formats, with what to write instead."""

from __future__ import annotations

import re

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from optoutlang.language.source.place import Place
from optoutlang.language.source.span import Span
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.lexeme import END, Lexeme
from optoutlang.language.syntax.recovery.progress import Progress
from optoutlang.language.syntax.recovery.skip import skip
from optoutlang.language.syntax.recovery.wording import found
from optoutlang.language.syntax.statements import LISTS, NAMES, is_name

_REMARK = ("a remark begins with `#` and ends with its line", "#")
_USE = ("another file, or a pack, is taken in with `use`", "use")
_CURES = {
    ";": ("nothing ends a statement; delete it", ""),
    "//": _REMARK,
    "--": _REMARK,
    "/*": _REMARK,
    "include": _USE,
    "import": _USE,
    "extends": _USE,
}
"""What to do, and what to write instead, by how a word begins that stands where a statement should."""

_JSON = re.compile(r"\s*(?:\{\s*\"|\[\s*[\"{\[])")
_YAML = re.compile(r"\s*(?:---\s*\n\s*)?[\w-]+:[^\n{]*\n\s*(?:-\s|[\w-]+:)")
_CAPITALS = re.compile(r"[^\s{}\"#=]+")


def foreign_mark(progress: Progress) -> bool:
    """A mark or a name of another language where a statement should begin."""
    lexeme = progress.peek()
    if not progress.automaton.is_complete or progress.automaton.filling == "test":
        return False
    text = progress.text(lexeme)
    mark = next((each for each in _CURES if text == each or _is_remark(text, each)), None)
    if mark is None:
        return False
    advice, instead = _CURES[mark]
    span = Span(lexeme.span.start, lexeme.span.start + len(mark))
    title = f"write `{instead}`" if instead else "delete it"
    progress.automaton.back_to_list()
    progress.report(
        Diagnostic(
            codes.UNKNOWN_STATEMENT,
            f"no statement has the name {found(progress, lexeme)}",
            progress.label(lexeme.span),
            help=advice,
            fix=_remark_in_marks(progress, span)
            if mark == "/*"
            else progress.replacing(title, span, instead),
        )
    )
    if instead == "use" and progress.automaton.accepts("USE", progress.peek(1).type):
        progress.substitute("USE", "use")
    elif mark == ";":
        progress.discard()
    elif mark == "/*" and (end := progress.tokens.source.text.find("*/", span.end)) >= 0:
        while progress.peek().type != END and progress.peek().span.start < end + len("*/"):
            progress.discard()
    elif instead == "#":
        _discard_line(progress)
    else:
        skip(progress)
    return True


def _is_remark(text: str, mark: str) -> bool:
    return _CURES[mark] is _REMARK and text.startswith(mark)


def _remark_in_marks(progress: Progress, opening: Span) -> Fix | None:
    """Return the fix of `/* remark */`; None where it does not stand on one line, alone at its end."""
    text = progress.tokens.source.text
    line = text[opening.end :].partition("\n")[0].rstrip()
    if line.find("*/") != len(line) - 2:
        return None
    closing = Span(opening.end + len(line) - 2, opening.end + len(line))
    edits = (Edit(progress.place(opening), "#"), Edit(progress.place(closing), ""))
    return Fix("write `#`", edits)


def _discard_line(progress: Progress) -> None:
    progress.discard()
    while progress.peek().type != END and not progress.peek().opens_line:
        progress.discard()


def name_of_words(progress: Progress) -> bool:
    """`ruleset Acme Alerts`: a name is one word."""
    first = progress.peek()
    if progress.peek(-2).type != "RULESET" or first.opens_line or not is_name(first):
        return False
    last, count = first, 0
    while is_name(progress.peek(count)) and not progress.peek(count).opens_line:
        if progress.peek(count).type == "LANGUAGE":
            break
        last, count = progress.peek(count), count + 1
    if not count:
        return False
    span = progress.peek(-1).span.cover(last.span)
    written = progress.tokens.source.text[span.start : span.end]
    name = one_word(written)
    progress.report(
        Diagnostic(
            codes.SYNTAX_ERROR,
            f"a ruleset's name is one word, and `{written}` is several",
            progress.label(span),
            help="join them with hyphens",
            fix=progress.replacing(f"write `{name}`", span, name),
        )
    )
    for _ in range(count):
        progress.discard()
    return True


def one_word(text: str) -> str:
    """Return a ruleset's name made of a text: `Acme Alerts` gives `acme-alerts`."""
    return "-".join(re.findall(r"\w+", text.lower()))


def superfluous_mark(progress: Progress, lexeme: Lexeme) -> str | None:
    """Return what to do about a mark that lists of other languages have, None for any other lexeme."""
    if lexeme.type == "EQUALS" and progress.peek(-1).type in LISTS:
        return "nothing stands between a statement's name and its words; delete it"
    return None


def other_format(source: SourceText) -> Diagnostic | None:
    """Return the finding about a file that is JSON, YAML or a list of words as a whole; None for any other."""
    text = source.text
    if _JSON.match(text):
        return _finding(source, "this is JSON, and no rules")
    if _YAML.match(text):
        return _finding(source, "this is YAML, and no rules")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and all(_is_shouted_word(line) for line in lines):
        words = ", ".join(lines[:3]) + (", …" if len(lines) > 3 else "")
        return _finding(
            source,
            "this is a list of words, and no rules",
            f"write `opt-out {{ keywords {words} }}`",
        )
    return None


def _is_shouted_word(line: str) -> bool:
    return bool(_CAPITALS.fullmatch(line)) and line.isupper() and line.lower() not in NAMES


def _finding(source: SourceText, message: str, advice: str | None = None) -> Diagnostic:
    start = len(source.text) - len(source.text.lstrip())
    end = source.text.find("\n", start)
    line = Span(start, len(source.text) if end < 0 else end)
    advice = advice or "write `opt-out { keywords BYE, LEAVE }`; `optout init` makes a first file"
    return Diagnostic(codes.SYNTAX_ERROR, message, Label(Place(source, line)), help=advice)
