"""O830 foreign-variable: a variable in a reply as other languages write it, `$brand`, `%brand%` or `{{ brand }}`.

Such a text goes out as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from optoutlang.language.model.reply_settings import RuntimeVariable
from optoutlang.language.model.statement import ReplyText
from optoutlang.language.source.place import Place
from optoutlang.language.source.span import Span

_NAME = r"[^\W\d][\w-]*"
_ALWAYS = re.compile(
    rf"\$\{{{{?\s*({_NAME})\s*\}}?\}}|\{{\{{\s+({_NAME})\s*\}}\}}|\{{\{{({_NAME})\s+\}}\}}|%({_NAME})%"
)
"""`${name}`, `{{ name }}` and `%name%` are nothing that people write in a text."""
_IF_KNOWN = re.compile(rf"\$({_NAME})|<({_NAME})>|\[({_NAME})\]|%\(({_NAME})\)s")
"""These are, so that only the name of a variable makes them one."""


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for the first such variable in each reply of the root file."""
    ruleset = subject.ruleset
    runtime = frozenset(each.name for each in ruleset.of(RuntimeVariable))
    lets = frozenset(dict(ruleset.variables))
    for reply in ruleset.of(ReplyText):
        if reply.text is None or not subject.is_root(reply):
            continue
        match = _first(reply.place, runtime | lets)
        if match is None:
            continue
        name = next(filter(None, match.groups()))
        yield _finding(reply.place, match, name, runtime=runtime, lets=lets)


def _first(place: Place, known: frozenset[str]) -> re.Match[str] | None:
    text, span = place.source.text, place.span
    found = [*_ALWAYS.finditer(text, span.start, span.end)]
    found += [
        each
        for each in _IF_KNOWN.finditer(text, span.start, span.end)
        if next(filter(None, each.groups())) in known
    ]
    return min(found, key=lambda each: each.start(), default=None)


def _finding(
    reply: Place, match: re.Match[str], name: str, *, runtime: frozenset[str], lets: frozenset[str]
) -> Diagnostic:
    place = Place(reply.source, Span(*match.span()))
    written = f"{{{name}}}" if name in lets else f"{{{{{name}}}}}"
    is_known = name in lets or name in runtime
    return Diagnostic(
        codes.FOREIGN_VARIABLE,
        f"`{match[0]}` is no variable here, and is sent as it stands",
        Label(place),
        help=f"write `{written}`"
        if is_known
        else f"add `runtime {name} up to 20` at the top, with the greatest length of its values, and write `{written}`",
        fix=Fix(f"write `{written}`", (Edit(place, written),)) if is_known else None,
    )
