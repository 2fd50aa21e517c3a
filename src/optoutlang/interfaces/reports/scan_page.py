"""The report of `optout scan`: one HTML file that needs nothing else, neither a network nor a script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from optoutlang.analysis.corpus.frequent import Frequency
from optoutlang.analysis.corpus.scan import Counts, Hit, Scan
from optoutlang.interfaces.reports.countries import renamed_lines
from optoutlang.interfaces.reports.html import Html, element, joined
from optoutlang.interfaces.reports.visible import visible
from optoutlang.runtime.terms.action import Action

FREQUENT = 100
"""How many of the most frequent texts are listed."""

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --bar: #36c; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: 0 0 1.5rem; }
caption { text-align: left; padding: 0 0 .5rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
.bar { min-width: 8rem; }
.bar span { display: block; height: 1em; background: var(--bar); print-color-adjust: exact; }
.verdict { font-size: 1.4rem; }
bdi { overflow-wrap: break-word; }
td:has(bdi) { min-width: 14rem; }
td { overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  main { overflow-x: auto; } .bar { min-width: 3rem; } td:first-child { white-space: nowrap; }
}
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) { :root { --bar: #69f; } }
@media print { body { margin: 0; max-width: none; } h2 { break-after: avoid; } tr { break-inside: avoid; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


Content = str | int
"""What a cell holds: text or HTML, or a number, which stands to the right."""


def scan_page(scan: Scan, *, source: str) -> str:
    """Return the report; `source` is the file's name as it was asked for."""
    title = f"{'What was missed' if scan.compares else 'What was found'} in {visible(source)}"
    head = element(
        "head",
        Html('<meta charset="utf-8">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("title", title),
        element("style", Html(_STYLE)),
    )
    body = element("body", element("main", element("h1", title), *_sections(scan)))
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n"


def verdict(scan: Scan) -> str:
    """Return the report's first line: what share of the opt-outs was missed, or how many there are."""
    opt_outs = [name for name in scan.asked.hits if name.endswith(Action.OPT_OUT.value)]
    total = sum(scan.asked.hits[name] for name in opt_outs)
    if not scan.compares:
        share = f" ({100 * total / scan.messages:.1f} %)" if scan.messages else ""
        return f"{total:,} of {scan.messages:,} messages{share} ask to stop"
    missed = sum(scan.asked.missed[name] for name in opt_outs)
    share = f" ({100 * missed / total:.0f} %)" if total else ""
    return f"{missed:,} of {total:,} opt-outs{share} were missed by the present system"


def next_steps(scan: Scan) -> Iterator[str]:
    """Yield what to do about it, the most urgent first."""
    missed = scan.asked.missed if scan.compares else Counter[str]()
    if any(missed[name] for name in missed if name.endswith(Action.OPT_OUT.value)):
        yield "Stop messages to the people behind the missed opt-outs; the list below shows their words."
        yield "Read the most frequent ones: each that is right is a rule that the present system lacks."
    if scan.surplus:
        yield "Look at what the present system alone does: it may stop messages to people who want them."
    if any(name.startswith("suggest ") for name in scan.asked.hits):
        yield "Let a person decide the messages that are only suggested."
    if scan.renamed:
        yield "Write countries as ISO 3166-1 codes in the export; they were taken for what they name."
    if not scan.is_clean:
        yield "Mend the rows and cells that could not be read, and scan again."


def _verdict(scan: Scan) -> Iterator[Html]:
    yield element("p", element("strong", verdict(scan)), ".", class_="verdict")
    steps = [element("li", each) for each in next_steps(scan)]
    if steps:
        yield element("h2", "What to do next")
        yield element("ol", *steps)


def _sections(scan: Scan) -> Iterator[Html]:
    yield from _verdict(scan)
    yield _facts(scan)
    yield from _asked(scan)
    yield from _weeks(scan)
    yield from _groups(scan)
    yield from _frequent(scan)
    yield from _suggested(scan)
    yield from _examples(scan)
    yield from _problems(scan)


def _facts(scan: Scan) -> Html:
    facts = {
        "Rules": f"{scan.matcher.name}, digest {scan.matcher.digest}",
        "Messages read": f"{scan.messages:,}",
        "Rows skipped": f"{scan.skipped:,}",
    }
    if scan.renamed:
        facts["Countries by name"] = "; ".join(renamed_lines(scan.renamed))
    if scan.weeks:
        undated = scan.messages - scan.weeks.total()
        weeks = f"{min(scan.weeks)} to {max(scan.weeks)}"
        facts["Weeks, by their Monday"] = weeks + (f"; {undated:,} without a date" * bool(undated))
    pairs = (joined(element("dt", name), element("dd", value)) for name, value in facts.items())
    return element("dl", *pairs)


def _asked(scan: Scan) -> Iterator[Html]:
    yield element("h2", "What the messages ask for")
    yield _counted("By what the rules say", "asks for", scan, scan.asked)
    if scan.surplus:
        yield _table(
            "What the present system did, and the rules do not",
            ("action", "messages"),
            scan.surplus.most_common(),
        )


def _weeks(scan: Scan) -> Iterator[Html]:
    """Yield a table with a line for each week, and a bar for what is of interest in it."""
    if not scan.weeks:
        return
    asked = [name for name, _ in scan.asked.hits.most_common()]
    counts = scan.weekly.missed if scan.compares else scan.weekly.hits
    totals = {week: sum(counts[week, name] for name in asked) for week in scan.weeks}
    most = max(1, *totals.values())
    heading = [
        "week of",
        "messages",
        *asked,
        *(["missed"] if scan.compares else []),
        "in proportion",
    ]
    rows: list[tuple[Content, ...]] = []
    for week in sorted(scan.weeks):
        hits = (scan.weekly.hits[week, name] for name in asked)
        missed = (totals[week],) if scan.compares else ()
        rows.append((str(week), scan.weeks[week], *hits, *missed, _bar(totals[week] / most)))
    yield element("h2", "By week")
    yield _table("What the messages of each week ask for", heading, rows)


def _bar(share: float) -> Html:
    style = f"width:{100 * share:.1f}%"
    return element("div", element("span", style=style), class_="bar", aria_hidden="true")


def _groups(scan: Scan) -> Iterator[Html]:
    yield element("h2", "By language, and by way to match")
    yield _counted("By the language of the reply", "language", scan, scan.languages)
    yield _counted("By how the message matched", "matched by", scan, scan.steps)


def _counted(caption: str, name: str, scan: Scan, counts: Counts[str]) -> Html:
    """Return a table of counts, and of how many were missed where that is known."""
    ordered = counts.hits.most_common()
    if scan.compares:
        rows = [(key, count, counts.missed[key]) for key, count in ordered]
        return _table(caption, (name, "messages", "of them missed"), rows)
    return _table(caption, (name, "messages"), ordered)


def _frequent(scan: Scan) -> Iterator[Html]:
    found = scan.frequent.most(FREQUENT)
    yield element("h2", f"The most frequent {_interest(scan)}")
    if not scan.frequent.exact:
        met = f"More than {scan.frequent.capacity:,} different texts were met"
        yield element("p", f"{met}: a count may be too high by what stands behind it.")
    heading = ("messages", "such as", "asks for", "matched by", "rule")
    caption = (
        "Messages that differ in case, accents, punctuation, emoji and numbers alone are one line"
    )
    yield _table(caption, heading, map(_frequent_row, found))


def _frequent_row(each: Frequency[Hit]) -> tuple[Content, ...]:
    count: Content = each.count
    if each.excess:
        count = Html(f"{each.count:,} (≤ {each.excess:,} too high)")
    hit = each.value
    return count, _message(hit), hit.asked, f"{hit.matched_by}: {visible(hit.keyword)}", hit.rule


def _suggested(scan: Scan) -> Iterator[Html]:
    found = scan.suggestions.most(FREQUENT)
    if not found:
        return
    rows = [
        (
            each.count,
            element("bdi", visible(each.text)),
            each.action.value,
            each.matched_by if each.score is None else f"{each.matched_by}, {each.score:+}",
        )
        for each in found
    ]
    yield element("h2", "Only suggested")
    caption = "The most certain first: what rules suggest, then by how much it is over the suggester's threshold"
    yield _table(caption, ("messages", "such as", "asks for", "matched by"), rows)


def _examples(scan: Scan) -> Iterator[Html]:
    yield element("h2", "Examples")
    for each in scan.examples():
        shown = f"{len(each.hits)} of {each.different:,} different texts, sampled"
        rows = [(_message(hit), hit.asked, hit.language, visible(hit.keyword)) for hit in each.hits]
        heading = ("message", "asks for", "language", "keyword")
        yield _table(f"{each.matched_by}: {shown}", heading, rows)


def _problems(scan: Scan) -> Iterator[Html]:
    if scan.is_clean:
        return
    yield element("h2", "What could not be read")
    yield element("p", unread(scan))
    rows = [(each.number, each.column or "", visible(each.reason)) for each in scan.problems]
    yield _table("The first of them", ("row", "column", "what is wrong"), rows)


def unread(scan: Scan) -> str:
    """Say how many rows were skipped, and how many cells were taken for empty."""
    parts = [f"{scan.skipped:,} row{'s' * (scan.skipped != 1)} skipped"]
    for name, count in scan.ignored.most_common():
        cells = f"{count:,} cell{'s' * (count != 1)} of `{visible(name)}`"
        parts.append(f"{cells} taken for empty")
    return ", ".join(parts)


def _interest(scan: Scan) -> str:
    return "messages that were missed" if scan.compares else "messages that were found"


def _message(hit: Hit) -> Html:
    """Return a message apart from what stands around it, whichever way its script runs."""
    return element("bdi", visible(hit.text))


def _table(caption: str, heading: Sequence[str], rows: Iterable[Sequence[Content]]) -> Html:
    body = [tuple(row) for row in rows]
    sides = [_side(content) for content in body[0]] if body else [{} for _ in heading]
    named = zip(heading, sides, strict=True)
    head = (element("th", name, scope="col", **side) for name, side in named)
    return element(
        "table",
        element("caption", caption),
        element("thead", element("tr", *head)),
        element("tbody", *(element("tr", *map(_cell, row)) for row in body)),
    )


def _cell(content: Content) -> Html:
    text = f"{content:,}" if isinstance(content, int) else content
    return element("td", text, **_side(content))


def _side(content: Content) -> dict[str, str]:
    """Return the attribute of a column whose cells stand to the right."""
    return {"class_": "number"} if isinstance(content, int) else {}
