"""A root file checked and compiled from its text, without the cache. Importing this loads the parser and all checks."""

from __future__ import annotations

from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.diagnostics.diagnostic import CompileError
from optoutlang.language.driver.compile import check_sources
from optoutlang.language.driver.files import DISK, Files
from optoutlang.language.driver.load import Sources, load_bytes, load_path
from optoutlang.language.driver.root import FileRoot, Fresh, Root, Summary
from optoutlang.language.model.ruleset import Example, Ruleset
from optoutlang.language.model.used_examples import used_examples
from optoutlang.runtime.matcher.matcher import Matcher


def check_root(root: Root, *, files: Files = DISK) -> Fresh:
    """Load and check a root file.

    Raises:
        OSError: the root file cannot be read.
    """
    sources = _load(root, files)
    checked = check_sources(sources)
    ruleset = checked.ruleset
    name, examples = (None, ()) if ruleset is None else (ruleset.name, ruleset.examples)
    texts = tuple(each.file.source for each in sources.loaded)
    return Fresh(Summary(name, checked.diagnostics, examples), ruleset, texts)


def used_examples_of(root: Root, *, files: Files = DISK) -> tuple[Example, ...]:
    """Return the test cases of all files that a root file without errors uses, as far as no stronger file settles them.

    Raises:
        CompileError: the root file has errors.
        OSError: the root file cannot be read.
    """
    sources = _load(root, files)
    checked = check_sources(sources)
    if checked.ruleset is None:
        raise CompileError(checked.diagnostics)
    return used_examples(sources.loaded, checked.ruleset)


def matcher_of(ruleset: Ruleset) -> Matcher:
    """Compile a ruleset."""
    return Matcher(from_model(ruleset))


def _load(root: Root, files: Files) -> Sources:
    if isinstance(root, FileRoot):
        return load_path(root.path, files=files)
    return load_bytes(root.data, name=root.name, folder=root.folder, files=files)
