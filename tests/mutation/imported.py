"""Mutants tried by importing the changed module, and with it all that uses it, in forks of a process without it."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType

import grimp
import pytest

from tests.mutation.collected import LONGEST, OPTIONS, FailedError, Profile
from tests.mutation.forks import Say, forked, limit
from tests.mutation.mutants import Mutant, mutants
from tests.mutation.plan import Part, module_name
from tests.mutation.verdict import Verdict

THIRD_PARTY = ("ahocorasick", "lark", "langcodes", "rapidfuzz", "rich.console", "click", "wcwidth")

NOT_FOR_TESTS = {"optoutlang.interfaces", "optoutlang.analysis.corpus", "optoutlang.testing"}
"""What the tests of plan.toml do without."""

Run = tuple[str, str]
"""A file with tests, and which of its tests: those that are slow, or the others."""

Ran = tuple[Run, float | None]
"""A run, and the seconds that it took; None when it begins."""


class Substitute(MetaPathFinder, Loader):
    """Loads one module from a changed source."""

    def __init__(self, name: str, path: Path, source: str) -> None:
        self._name, self._path, self._source = name, path, source

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        del path, target
        if fullname != self._name:
            return None
        spec = spec_from_loader(fullname, self, origin=str(self._path))
        assert spec is not None
        spec.has_location = True  # so that the module has its `__file__`
        return spec

    def exec_module(self, module: ModuleType) -> None:
        code = compile(self._source, str(self._path), "exec", dont_inherit=True)
        exec(code, vars(module))  # noqa: S102


def try_imported(part: Part, path: Path, numbers: set[int], jobs: int, say: Say[Verdict]) -> None:
    """Say what becomes of the mutants of a module that have these numbers."""
    name, source = module_name(path), path.read_text(encoding="utf-8")
    load_all_but(name, grimp.build_graph("optoutlang", cache_dir=None))
    assert name not in sys.modules
    runs = [(file, which) for which in ("not slow", "slow") for file in part.test_files()]

    def try_unchanged(unchanged: str, say: Say[Ran]) -> None:
        _run(Substitute(name, path, unchanged), runs, say)

    [(_, is_good, ran)] = forked([source], try_unchanged, 1)
    if not is_good:
        raise SystemExit(f"{name}: fails without a mutant: {ran[-1:]}")
    seconds = {run: spent for run, spent in ran if spent is not None}
    longest = 5 + 4 * sum(seconds.values())
    kills: Counter[Run] = Counter()

    def try_one(mutant: Mutant, say: Say[Ran]) -> None:
        order = sorted(seconds, key=lambda run: seconds[run] / (1 + 20 * kills[run]))
        _run(Substitute(name, path, mutant.source), order, say, longest)

    wanted = (each for number, each in enumerate(mutants(path)) if number in numbers)
    for mutant, is_alive, ran in forked(wanted, try_one, jobs):
        if not is_alive:
            kills[ran[-1][0]] += 1
        say(Verdict(path, mutant.change, is_alive, is_imported=True))


def load_all_but(module: str, graph: grimp.ImportGraph) -> None:
    """Import what every mutant of a module needs and none changes."""
    touched = _with_users(module, graph)
    package = module.rpartition(".")[0]
    if package in touched:  # whose other modules cannot be imported without it
        touched |= _with_users(package, graph)
    for name in THIRD_PARTY:
        import_module(name)
    if "optoutlang" in touched:
        return  # importing anything of the package would import the module
    for name in sorted(graph.modules - touched):
        if not any(f"{name}.".startswith(f"{each}.") for each in NOT_FOR_TESTS):
            with suppress(ImportError):
                import_module(name)


def _with_users(module: str, graph: grimp.ImportGraph) -> set[str]:
    """Return a module or a package, what is in it, and all that imports one of them."""
    inside = {module, *graph.find_descendants(module)}
    return inside | graph.find_downstream_modules(module, as_package=True)


def _run(module: Substitute, runs: Sequence[Run], say: Say[Ran], seconds: float = LONGEST) -> None:
    """Run tests with a module of ours, until one fails."""
    limit(seconds)
    sys.meta_path.insert(0, module)
    for file, which in runs:
        say(((file, which), None))
        began = time.process_time()
        status = pytest.main([*OPTIONS, "-x", "-m", which, file], plugins=[Profile()])
        if status == pytest.ExitCode.OK:
            say(((file, which), time.process_time() - began))
        elif status != pytest.ExitCode.NO_TESTS_COLLECTED:
            raise FailedError(file)
