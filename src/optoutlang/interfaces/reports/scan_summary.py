"""The summary that `optout scan` prints at its end."""

from __future__ import annotations

from collections.abc import Iterator

import click

from optoutlang.analysis.corpus.scan import Counts, Scan
from optoutlang.interfaces.reports.countries import renamed_lines
from optoutlang.interfaces.reports.scan_verdict import unread, verdict
from optoutlang.interfaces.reports.visible import visible

SHOWN = 10
"""How many of the most frequent texts stand on the terminal."""


def scan_summary(scan: Scan) -> str:
    """Return the counts, the most frequent hits, and what could not be read."""
    read = f"{scan.messages:,} messages by {scan.matcher.name} {scan.matcher.digest[:12]}"
    lines = [click.style(verdict(scan), bold=True), read, *renamed_lines(scan.renamed)]
    for name, counts in (
        ("asks for", scan.asked),
        ("language", scan.languages),
        ("matched by", scan.steps),
    ):
        lines += ["", *_counts(scan, name, counts)]
    for action, count in scan.surplus.most_common():
        lines += ["", f"{count:,} × {action} by the present system alone"]
    lines += _frequent(scan)
    lines += _suggested(scan)
    if not scan.is_clean:
        lines += ["", click.style(unread(scan), fg="yellow")]
        for each in scan.problems:
            column = "" if each.column is None else f", column `{visible(each.column)}`"
            lines.append(f"  row {each.number}{column}: {visible(each.reason)}")
    return "\n".join(lines)


def _counts(scan: Scan, name: str, counts: Counts[str]) -> Iterator[str]:
    missed = "missed" if scan.compares else ""
    yield click.style(f"{name:<20}{'messages':>10}{missed:>10}".rstrip(), bold=True)
    for key, count in counts.hits.most_common():
        lost = f"{counts.missed[key]:,}" if scan.compares else ""
        yield f"{key:<20}{f'{count:,}':>10}{lost:>10}".rstrip()


def _frequent(scan: Scan) -> Iterator[str]:
    frequent = scan.frequent.most(SHOWN)
    if frequent:
        yield ""
        yield click.style(f"most frequent{' of the missed' * scan.compares}", bold=True)
    for each in frequent:
        hit = each.value
        yield f"{each.count:>8,}  {hit.asked}: {visible(hit.text)}"


def _suggested(scan: Scan) -> Iterator[str]:
    """Yield what is only suggested, the most certain first; what the suggester finds has its score in front."""
    found = scan.suggestions.most(SHOWN)
    if found:
        yield ""
        yield click.style("only suggested, most certain first", bold=True)
    for each in found:
        certainty = each.matched_by if each.score is None else f"similar {each.score:+}"
        yield f"{each.count:>8,}  {certainty}: {visible(each.text)}"
