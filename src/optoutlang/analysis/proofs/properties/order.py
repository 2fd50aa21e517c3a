"""The order of statements, blocks and `use` decides nothing but the lines that decisions cite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, permutations
from math import factorial
from random import Random

from optoutlang.analysis.proofs.properties.differences import changed, difference
from optoutlang.analysis.proofs.properties.verdict import (
    Ground,
    Property,
    Verdict,
    Witness,
    enumerated,
    sampled,
)
from optoutlang.analysis.proofs.subject import Subject
from optoutlang.language.diagnostics.diagnostic import Severity
from optoutlang.language.model.from_syntax import Loaded, from_syntax
from optoutlang.language.model.statement import Claim, Phrase, ReplyText
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax import tree
from optoutlang.language.syntax.parse import parse, parse_once

MOST = 6
WORK = 60_000
"""Up to how many statements of the root file, and of all orders together, used files included, every order is tried."""

SAMPLE, FEW, FEWEST = 12, 4, 1
"""How many orders are drawn at random, and how many where more would be too much work, or far too much."""

SEED = 1

Item = tree.Statement | tree.SectionItem


def _settle(subject: Subject) -> Verdict:
    ruleset = subject.source
    loaded = tuple(
        Loaded(parse_once(each.text)[0], tuple(sorted(each.weaker))) for each in ruleset.files
    )
    root = loaded[-1].file
    first = [each for each in root.statements if isinstance(each, tree.Ruleset)]
    others = [each for each in root.statements if not isinstance(each, tree.Ruleset | tree.Test)]
    cost = len(ruleset.of(Claim)) + len(ruleset.of(ReplyText)) + len(ruleset.of(Phrase))
    every = len(others) <= MOST and factorial(len(others)) * cost <= WORK
    random = Random(SEED)  # noqa: S311  # no secret: the same orders each time
    drawn = SAMPLE if SAMPLE * cost <= WORK // 10 else FEWEST if subject.is_large else FEW
    wrong = None
    for order in permutations(others) if every else ():
        text = _text(root.source.text, [*first, *order], None)
        wrong = wrong or _wrong(subject, loaded, text)
    for shuffled in islice(_shuffles(others, random), drawn):
        text = _text(root.source.text, [*first, *shuffled], random)
        wrong = wrong or _wrong(subject, _reordered(loaded, random), text)
    inside = sampled(
        drawn,
        f"orders of the root file's {len(others)} statements, of what stands inside blocks, and of the files used, "
        "drawn at random; whole programs compared",
    )
    return Verdict((_every(len(others)), inside) if every else (inside,), wrong)


def _every(statements: int) -> Ground:
    what = (
        f"orders of the root file's {statements} statements (tests aside); whole programs compared"
    )
    return enumerated(factorial(statements), what)


def _shuffles(
    items: Sequence[tree.Statement], random: Random
) -> Iterator[Sequence[tree.Statement]]:
    while True:
        yield random.sample(items, len(items))


def _text(source: str, items: Sequence[Item], random: Random | None) -> str:
    """Write statements one after the other; with `random`, also what stands inside them in another order."""
    return "\n".join(_written(source, each, random) for each in items) + "\n"


def _written(source: str, item: Item, random: Random | None) -> str:
    inner: Sequence[Item] = getattr(item, "items", ())
    if random is None or not inner:
        return source[item.span.start : item.span.end]
    head = source[item.span.start : inner[0].span.start]
    tail = source[inner[-1].span.end : item.span.end]
    return f"{head}{_text(source, random.sample(inner, len(inner)), random)}{tail}"


def _reordered(loaded: tuple[Loaded, ...], random: Random) -> tuple[Loaded, ...]:
    """Return the files in another order in which each stands behind those that it uses; the root stays last."""
    placed: dict[int, int] = {}
    while len(placed) < len(loaded):
        ready = [
            index
            for index, each in enumerate(loaded)
            if index not in placed and placed.keys() >= set(each.uses)
        ]
        placed[random.choice(ready)] = len(placed)
    return tuple(
        Loaded(loaded[index].file, tuple(sorted(placed[used] for used in loaded[index].uses)))
        for index in placed
    )


def _wrong(subject: Subject, loaded: tuple[Loaded, ...], text: str) -> Witness | None:
    root = loaded[-1].file.source
    file, found = parse(SourceText(root.name, text, root.path))
    ruleset, more = from_syntax(
        (*loaded[:-1], Loaded(file, loaded[-1].uses)), similar=subject.program.similar
    )
    errors = [each for each in (*found, *more) if each.code.severity is Severity.ERROR]
    if errors:
        return Witness(f"in another order the rules are refused: {errors[0].message}")
    other = replace(subject, program=subject.compiler(ruleset))
    lines = frozenset({root.name})
    for country in changed(subject, other, lines):
        differs = difference(subject, other, country, lines) or Witness("differs", None, country)
        return replace(differs, wrong=f"{differs.wrong} in another order of statements")
    return None


PROPERTY = Property(
    "order-independence",
    "The order of statements, blocks and `use` decides nothing.",
    _settle,
    needs_source=True,
)
