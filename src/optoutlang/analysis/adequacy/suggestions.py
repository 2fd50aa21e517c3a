"""Test cases that kill mutants, as few as a pass over the survivors finds, and as text to paste."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from optoutlang.analysis.adequacy.mutate import Verdict, Witness, killers
from optoutlang.analysis.adequacy.probes import probe
from optoutlang.analysis.adequacy.workbench import Bench
from optoutlang.language.model.ruleset import Example
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.format import format_file
from optoutlang.language.syntax.parse import parse
from optoutlang.language.syntax.strings import encode
from optoutlang.runtime.terms.decision import Decision


def suggestions(bench: Bench, survivors: Iterable[Verdict]) -> tuple[Example, ...]:
    """Return cases that hold of the ruleset and that together kill every survivor.

    A case states no more than it takes: the action, then the language, then the reply.
    """
    found: list[Example] = []
    for each in survivors:
        if next(killers(bench, each.mutant, tuple(found)), None) is None:
            found += [_killer(bench, each)]
    return tuple(dict.fromkeys(found))


def _killer(bench: Bench, survivor: Verdict) -> Example:
    """Return a case that kills a survivor: its changes are what such a case must see."""
    cases = (case for witness in survivor.witnesses for case in _cases(bench, witness))
    return next(each for each in cases if any(killers(bench, survivor.mutant, (each,))))


def _cases(bench: Bench, witness: Witness) -> Iterator[Example]:
    """Yield the cases about a witness, those that state least first."""
    asked = probe(witness.message, witness.country, witness.prefer, button=witness.button)
    decision = bench.decision(asked)
    for language, reply in ((False, False), (True, False), (False, True), (True, True)):
        yield stated(asked, decision, language=language, reply=reply)


def stated(asked: Example, decision: Decision | None, *, language: bool, reply: bool) -> Example:
    """Return the case that a message means what it does, with the language and reply if asked for."""
    if decision is None:
        return asked
    return replace(
        asked,
        action=decision.intent,
        suggested=decision.suggested is not None,
        answer=decision.answer,
        topic=decision.topic,
        language=decision.language if language else None,
        states_reply=reply,
        reply=decision.reply if reply else None,
    )


def pasteable(name: str, cases: Iterable[Example]) -> str:
    """Return a `test` block of cases, as the formatter lays it out."""
    lines = "\n".join(map(_line, cases))
    tree, _ = parse(SourceText("", f"test {encode(name)} {{\n{lines}\n}}\n"))
    return format_file(tree)


def _line(case: Example) -> str:
    parts = ["button"] if case.button else []
    parts.append(encode(case.message))
    parts += [f"from {case.country}"] if case.country else []
    parts += [f"prefer {case.prefer}"] if case.prefer else []
    parts.append("->")
    if case.action is None:
        return " ".join((*parts, "none"))
    parts += ["suggest"] if case.suggested else []
    parts.append(case.action.value)
    parts += [case.answer] if case.answer else []
    parts += ["topic", case.topic] if case.topic else []
    parts += [f"in {case.language}"] if case.language else []
    if case.states_reply:
        parts.append(f"reply {'none' if case.reply is None else _reply(case.reply)}")
    return " ".join(parts)


def _reply(text: str) -> str:
    return encode(text.replace("{", "{{").replace("}", "}}"))
