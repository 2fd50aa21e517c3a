"""The counts of a scan as JSON, for `optout scan --json`."""

from __future__ import annotations

import json
from collections.abc import Callable

from optoutlang.analysis.corpus.scan import Counts, K, Scan
from optoutlang.runtime.terms.json import Json


def scan_json(scan: Scan) -> str:
    """Return all counts of a scan, its most frequent texts and what could not be read; `missed` is null if unknown."""
    report: dict[str, Json] = {
        "version": 1,
        "ruleset": scan.matcher.name,
        "digest": scan.matcher.digest,
        "messages": scan.messages,
        "compares": scan.compares,
        "asks": _counts(scan, scan.asked, str),
        "languages": _counts(scan, scan.languages, str),
        "matched_by": _counts(scan, scan.steps, str),
        "surplus": {**scan.surplus},
        "weeks": [
            {"monday": str(monday), "messages": count}
            for monday, count in sorted(scan.weeks.items())
        ],
        "weekly": [
            {
                "monday": str(monday),
                "asks": asked,
                "messages": count,
                "missed": scan.weekly.missed[monday, asked] if scan.compares else None,
            }
            for (monday, asked), count in sorted(scan.weekly.hits.items())
        ],
        "frequent": [
            {
                "text": each.value.text,
                "asks": each.value.asked,
                "keyword": each.value.keyword,
                "matched_by": each.value.matched_by,
                "language": each.value.language,
                "rule": each.value.rule,
                "messages": each.count,
            }
            for each in scan.frequent.most(_FREQUENT)
        ],
        "suggested": [
            {
                "text": each.text,
                "action": each.action.value,
                "matched_by": each.matched_by,
                "country": each.country,
                "score": each.score,
                "messages": each.count,
            }
            for each in scan.suggestions.most(_FREQUENT)
        ],
        "renamed": [
            {"cell": cell, "country": country, "rows": count}
            for (cell, country), count in scan.renamed.most_common()
        ],
        "skipped": scan.skipped,
        "ignored": {**scan.ignored},
        "problems": [
            {"row": each.number, "column": each.column, "reason": each.reason}
            for each in scan.problems
        ],
    }
    return json.dumps(report, indent=2, ensure_ascii=False)


_FREQUENT = 100
"""How many texts of each kind are listed, as in the HTML report."""


def _counts(scan: Scan, counts: Counts[K], name: Callable[[K], str]) -> Json:
    return [
        {
            "name": name(key),
            "messages": count,
            "missed": counts.missed[key] if scan.compares else None,
        }
        for key, count in counts.hits.most_common()
    ]
