"""The mutants of a ruleset and whether its tests killed them, as text and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from optoutlang.analysis.adequacy.mutants import Mutant, Operator
from optoutlang.analysis.adequacy.mutate import Fate, Mutation, Verdict, Witness
from optoutlang.interfaces.reports.statements import describe, where
from optoutlang.interfaces.reports.visible import visible
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import Claim, Frame, Phrase, WordClass
from optoutlang.runtime.terms.decision import Decision, decision_object
from optoutlang.runtime.terms.json import Json


def as_text(ruleset: Ruleset, found: Mutation) -> str:
    """Return a line for each survivor with what no test sees, the counts and the score."""
    lines = [click.style(ruleset.name, bold=True)]
    for verdict in found.verdicts:
        if verdict.fate in {Fate.SURVIVED, Fate.UNSETTLED}:
            lines += _survivor(verdict)
    counts = (f"{found.count(fate)} {fate.value}" for fate in Fate if found.count(fate))
    every = len(found.verdicts)
    lines.append(f"{every} mutant{'' if every == 1 else 's'}: {', '.join(counts) or 'none'}")
    color = "green" if found.score == 100 else "red"
    return "\n".join((*lines, click.style(f"score {found.score:.1f} %", fg=color, bold=True)))


def _survivor(verdict: Verdict) -> Iterator[str]:
    mutant = verdict.mutant
    fate = click.style(verdict.fate.value, fg="red")
    yield f"  {fate}  {mutant.statement.place.rule}: {described(mutant)}"
    for seen in verdict.witnesses[:1]:
        before, after = _meant(seen.before), _meant(seen.after)
        if before == after:  # only what is sent tells the two apart
            before, after = _sent(seen.before), _sent(seen.after)
        yield f"    {_asked(seen)}: {before}; the mutant: {after}"


def described(mutant: Mutant) -> str:
    """Say what was done to which statement."""
    statement = describe(mutant.statement)
    becomes = mutant.becomes
    if becomes is None:
        return f"{statement}: {Operator.DROP.value}"
    if mutant.operator is Operator.MOVE:
        return f"{statement}: moved to {where(becomes.scope)}"
    if isinstance(becomes, WordClass) and isinstance(mutant.statement, WordClass):
        return f"{statement}: without {_missing(mutant.statement, becomes)}"
    if isinstance(becomes, Claim | Phrase | Frame):
        return f"{statement}: for {becomes.action.value}"
    return f"{statement}: changed to {describe(becomes)}"


def _missing(before: WordClass, after: WordClass) -> str:
    """Name the member that one of two classes has more than the other."""
    kept = after.spellings
    place = next((i for i, each in enumerate(kept) if each != before.spellings[i]), len(kept))
    return f"`{visible(before.spellings[place])}`"


def _asked(witness: Witness) -> str:
    button = "button " if witness.button else ""
    asked = f"{button}`{visible(witness.message)}`"
    asked += f" from {witness.country}" if witness.country else ""
    return f"{asked} prefer {witness.prefer}" if witness.prefer else asked


def _meant(decision: Decision | None) -> str:
    return "none" if decision is None else f"{decision.label} in {decision.language}"


def _sent(decision: Decision | None) -> str:
    reply = None if decision is None else decision.reply
    return "reply none" if reply is None else f"reply `{visible(reply)}`"


def as_json(ruleset: Ruleset, found: Mutation, suggested: str | None) -> str:
    """Return one JSON object: the score, every mutant with its fate, and the suggested cases if asked for."""
    report: dict[str, Json] = {
        "version": 1,
        "ruleset": ruleset.name,
        "score": found.score,
        "counts": {fate.name.lower(): found.count(fate) for fate in Fate},
        "mutants": [_object(each) for each in found.verdicts],
    }
    if suggested is not None:
        report["suggested"] = suggested
    return json.dumps(report, indent=2)


def _object(verdict: Verdict) -> Json:
    mutant, killer = verdict.mutant, verdict.killer
    found: dict[str, Json] = {
        "mutant": described(mutant),
        "operator": mutant.operator.name.lower(),
        "kind": mutant.statement.label,
        "rule": mutant.statement.place.rule,
        "country": mutant.statement.scope,
        "fate": verdict.fate.name.lower(),
    }
    if killer is not None:
        found["killed_by"] = {
            "test": killer.test,
            "message": killer.message,
            "rule": killer.place.rule,
        }
    for seen in verdict.witnesses[:1]:
        found["witness"] = {
            "message": seen.message,
            **({"button": True} if seen.button else {}),
            "country": seen.country,
            "prefer": seen.prefer,
            "before": decision_object(seen.before),
            "after": decision_object(seen.after),
        }
    return found
