"""All pages for readers: lines of at most 120 columns, paths that exist, and an index that leaves none out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from optoutlang.language.diagnostics.visible import columns
from tests.docs.blocks import ROOT

WIDEST = 120
DOCS = ROOT / "docs"
PAGES = [
    *(ROOT / each for each in ("README.md", "CONTRIBUTING.md", "rules/README.md")),
    *sorted(each for each in DOCS.rglob("*.md") if each.name != "cli.md"),  # cli.md is generated
]
PATH = re.compile(r"(?<![\w./-])(?:\.ci|benchmarks|docs|grammar|src|tests)/[\w./-]*\w")
SOURCE_PATH = re.compile(r"`((?:runtime|language|analysis|testing|interfaces)/[\w./-]*)`")
PLACEHOLDER = re.compile("CODE|FAMILY|NAME|PART|SLUG")
URL = re.compile(r"https?://\S+")
CONFIRMED = re.compile(r"^(?:\*\*|## )Confirmed by", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def unfenced(page: Path) -> Iterator[str]:
    """Yield the lines of a page that stand in no fenced block."""
    fenced = False
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif not fenced:
            yield line


def prose(page: Path) -> Iterator[str]:
    """Yield the lines of a page that somebody wrapped: neither a table's, nor a fenced block's, nor one with a URL."""
    return (line for line in unfenced(page) if not (line.startswith("|") or URL.search(line)))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_page_is_at_most_120_columns_wide(page: Path) -> None:
    assert not [line for line in prose(page) if columns(line) > WIDEST]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_path_that_a_page_names_exists(page: Path) -> None:
    lines = [URL.sub("", line) for line in unfenced(page)]
    if page.parent.name == "decisions":  # a decision counts the files of toy changes, too
        lines = re.split(CONFIRMED, "\n".join(lines))[-1].splitlines()
    named = [path for line in lines for path in PATH.findall(line)]
    named += [f"src/optoutlang/{path}" for line in lines for path in SOURCE_PATH.findall(line)]
    assert not [each for each in named if not list(ROOT.glob(PLACEHOLDER.sub("*", each)))]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    files = [each for each in targets if "://" not in each]
    assert not [each for each in files if not (page.parent / each).exists()]


INDEXED = [
    *sorted(each for each in DOCS.glob("*.md") if each.name != "README.md"),
    *sorted(each for each in DOCS.iterdir() if each.is_dir()),
    ROOT / "CONTRIBUTING.md",
    ROOT / "rules" / "README.md",
]


@pytest.mark.parametrize("page", INDEXED, ids=name_of)
def test_the_index_leads_to_every_page(page: Path) -> None:
    index = DOCS / "README.md"
    linked = {(DOCS / each).resolve() for each in LINK.findall(index.read_text(encoding="utf-8"))}
    assert page in linked or page / "README.md" in linked


def test_the_architecture_names_every_layer_and_package() -> None:
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    source = ROOT / "src" / "optoutlang"
    packages = [*source.glob("*/__init__.py"), *source.glob("*/*/__init__.py")]
    layers = text.partition("## The layers")[2].partition("\n## ")[0]
    named = set(re.findall(r"`(?:\w+\.)?(\w+)`", layers))
    assert packages
    assert not {each.parent.name for each in packages} - named


def test_decisions_are_numbered_one_by_one_and_say_what_confirms_them() -> None:
    pages = sorted((DOCS / "decisions").glob("*.md"))
    numbers = [page.name[:4] for page in pages]
    assert len(set(numbers)) == len(numbers)
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {page.name[:4]} ")
        assert re.search(CONFIRMED, text)
