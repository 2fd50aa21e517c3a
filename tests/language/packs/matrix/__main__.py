"""Count what the packs hear of the matrix, and write the floor: `python -m tests.language.packs.matrix`."""

from __future__ import annotations

import argparse
import sys
from dataclasses import astuple

from tests.language.packs.matrix import table

FLOOR = "language\theard\tsentences\tleft alone\tnear misses"
DECIDED = "language\tnear miss"


def report(language: table.Language, counts: table.Counts) -> str:
    """Return the counts of a language, and each of its cells that is not as it should be."""
    lines = [
        (
            f"{language.tag}: {counts.heard} of {counts.sentences} heard,"
            f" {counts.left_alone} of {counts.near_misses} near misses left alone"
        )
    ]
    for cell in table.cells(language.tag):
        if cell.sentence and not table.heard(language, cell.sentence):
            lines.append(f"  not heard  {cell.frame}: {cell.sentence}")
        if cell.near_miss and table.heard(language, cell.near_miss):
            lines.append(f"  opted out  {cell.frame}: {cell.near_miss}")
    return "\n".join(lines)


def write(counts: dict[str, table.Counts], decided: list[tuple[str, str]]) -> None:
    rows = ["\t".join([tag, *map(str, astuple(counts[tag]))]) for tag in sorted(counts)]
    faults = ["\t".join(each) for each in sorted(decided)]
    for name, header, body in (("floor.tsv", FLOOR, rows), ("decided.tsv", DECIDED, faults)):
        (table.FOLDER / name).write_text("\n".join([header, *body]) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tags", nargs="*")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    wanted = [each for each in table.languages() if each.tag in (arguments.tags or [each.tag])]
    counts = dict(table.floor())
    decided = [
        each for each in table.known_faults() if each[0] not in {lang.tag for lang in wanted}
    ]
    for language in wanted:
        counts[language.tag] = table.count(language)
        sys.stdout.write(report(language, counts[language.tag]) + "\n")
        decided += [
            (language.tag, cell.near_miss)
            for cell in table.cells(language.tag)
            if cell.near_miss and table.heard(language, cell.near_miss)
        ]
    if arguments.write:
        write(counts, decided)


if __name__ == "__main__":
    main()
