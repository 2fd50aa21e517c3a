"""Write docs/figures.md: how often the pack `world` is right, beside what other systems do.

Run as `python -m benchmarks.measure [--rules RULES | --write] [--unjudged]`. Ends
with exit code 1 while a hit in messages without labels is not judged.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from click import ClickException

from benchmarks.corpora import TALK, Hit, hits, judged, judgements, unjudged_row
from benchmarks.page import page
from optoutlang.interfaces.cli.inputs.matcher import load_matcher_or_exit

RULES = "world"
PAGE = Path(__file__).resolve().parents[1] / "docs" / "figures.md"


def main() -> None:
    """Measure and print the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="keep the page as docs/figures.md")
    parser.add_argument("--unjudged", action="store_true", help="print the hits nobody judged")
    parser.add_argument(
        "--rules", default=RULES, help="another file or pack, to print and not to keep"
    )
    options = parser.parse_args()
    if options.write and options.rules != RULES:
        parser.error(f"the page is about {RULES}")
    try:
        matcher = load_matcher_or_exit(options.rules)
    except ClickException as error:
        parser.error(error.format_message())
    decided = {talk.name: hits(matcher, talk.read()) for talk in TALK}
    missing = unjudged([hit for each in decided.values() for hit in each])
    if options.unjudged:
        for hit in missing:
            print(unjudged_row(hit))
        return
    text = page(matcher, decided)
    if options.write:
        PAGE.write_text(text, encoding="utf-8")
    print(text, end="")
    if missing:
        sys.exit(f"{len(missing)} hits are not judged; --unjudged prints them")


def unjudged(decided: list[Hit]) -> list[Hit]:
    """Return the hits of which nobody said whether they should be."""
    known = judgements()
    return [hit for hit in decided if judged(hit, known) is None]


if __name__ == "__main__":
    main()
