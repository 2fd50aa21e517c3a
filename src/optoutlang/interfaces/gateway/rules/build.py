"""Rules from their source to an artefact, checked and proved.

Run as a process (`python -m optoutlang.interfaces.gateway.rules.build RULES
[--prove]`) it writes the names of the files as a line of JSON and the artefact
behind it: a server that compiles and proves in a thread of its own keeps its
requests waiting.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from optoutlang import ArtefactError, Matcher
from optoutlang.analysis.proofs.prove import prove
from optoutlang.analysis.proofs.subject import Subject
from optoutlang.language.diagnostics import text
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Severity
from optoutlang.language.diagnostics.suggest import closest
from optoutlang.language.driver.fresh import check_root
from optoutlang.language.driver.root import FileRoot
from optoutlang.language.packs import pack_names, pack_path
from optoutlang.runtime.program import Program
from optoutlang.runtime.terms.reply_text import variables_in


class RefusedError(Exception):
    """Rules that must not decide about anybody: its text says why, with all findings."""


@dataclass(frozen=True, slots=True)
class Built:
    """An artefact, the files that it was made of, and the findings that do not keep it from being used."""

    artefact: bytes
    files: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def build(rules: str, *, proved: bool = False) -> Built:
    """Return the artefact of rules: a source file, an artefact, or a pack's name.

    Raises:
        RefusedError: they cannot be read, have errors, have replies with places for values, or a property of every
            ruleset does not hold.
    """
    try:
        path = _path(rules)
        if path.suffix == ".optoutc":
            subject = Subject(Matcher.from_bytes(path.read_bytes(), whole=True).program)
            return Built(_proved(subject, proved=proved), (str(path),))
        fresh = check_root(FileRoot(path))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise RefusedError(f"cannot use `{rules}`: {reason}") from error
    except ArtefactError as error:
        raise RefusedError(f"`{rules}` is not a valid artefact: {error}") from error
    found = fresh.summary.diagnostics
    if fresh.ruleset is None or any(each.code.severity is Severity.ERROR for each in found):
        raise RefusedError(text.render(found).rstrip())
    files = tuple(each.path for each in fresh.texts)
    return Built(_proved(Subject.of(fresh.ruleset), proved=proved), files, found)


def _path(rules: str) -> Path:
    """Return the file of a pack's name or of a file's."""
    if Path(rules).suffix:
        return Path(rules)
    if rules in pack_names():
        return pack_path(rules)
    near = closest(rules, pack_names())
    cure = f"did you mean `{near}`?" if near else "`optout packs` lists the packs"
    raise RefusedError(f"`{rules}` is neither a file nor a pack; {cure}")


def _refuse_places(program: Program) -> None:
    """Refuse rules whose replies wait for values: a gateway has none, and must not send `{name}` to anybody."""
    named = {
        each.name
        for context in program.contexts().values()
        for text in context.reply_texts()
        for each in variables_in(text, context.runtime)
    }
    if named:
        listed = ", ".join(f"`{each}`" for each in sorted(named))
        raise RefusedError(
            f"replies have places for {listed}, and a gateway has no values: state each with `let`, "
            "or fill replies in an application of your own"
        )


def _proved(subject: Subject, *, proved: bool) -> bytes:
    _refuse_places(subject.program)
    if proved:
        for finding in prove(subject):
            if not finding.holds:
                raise RefusedError(
                    f"a property of every ruleset does not hold: {finding.stated.statement}"
                )
    return subject.matcher.to_bytes()


def main(arguments: list[str]) -> int:
    """Write the artefact of the rules that the arguments name; 1 and the reason on standard error if there is none."""
    rules, *options = arguments
    try:
        built = build(rules, proved="--prove" in options)
    except RefusedError as error:
        print(error, file=sys.stderr)  # noqa: T201 - a process of its own
        return 1
    sys.stdout.buffer.write(json.dumps(built.files).encode() + b"\n" + built.artefact)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
