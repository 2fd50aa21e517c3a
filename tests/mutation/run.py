"""Mutation testing: `python -m tests.mutation.run [--every N] [MODULE …]`; a MODULE is a path below src/optoutlang.

Each mutant is tried in a process of its own, forked when pytest and all that
the mutated module does not touch are loaded already. The tests of plan.toml
kill it by failing, or by taking too long; with `--every N` each N-th mutant is
tried, which is a sample and says so. What stays alive is compared with
survivors.toml, which says why nothing can kill it; exit 1 if a survivor is not
in it.
"""

from __future__ import annotations

import argparse
import io
import os
import resource
import signal
import sys
import time
import tomllib
import traceback
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType

import grimp
import hypothesis  # noqa: F401  # loaded once for all mutants
import pytest

from tests.mutation.mutants import Mutant, mutants

HERE = Path(__file__).parent
TESTS = HERE.parent
SOURCE = TESTS.parent / "src" / "optoutlang"
MEMORY = 3 << 30
"""Bytes that a mutant may take: some never stop taking."""

THIRD_PARTY = ("ahocorasick", "lark", "langcodes", "rapidfuzz", "rich.console", "click", "wcwidth")

NOT_FOR_TESTS = {"cli", "corpus", "pytest_plugin", "testing"}
"""What the tests of plan.toml do without."""


@dataclass(frozen=True, slots=True)
class Part:
    """Modules, and the tests that must kill their mutants."""

    name: str
    modules: tuple[Path, ...]
    fast: tuple[str, ...]
    slow: tuple[str, ...]


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
        exec(compile(self._source, str(self._path), "exec"), vars(module))  # noqa: S102


def parts() -> Iterator[Part]:
    """Yield what plan.toml says."""
    for name, part in tomllib.loads((HERE / "plan.toml").read_text("utf-8")).items():
        paths = [path for each in part["modules"] for path in sorted(SOURCE.glob(each))]
        tests = (tuple(str(TESTS / each) for each in part[key]) for key in ("fast", "slow"))
        yield Part(name, tuple(paths), *tests)


def module_name(path: Path) -> str:
    """Return the dotted name of a source file."""
    inner = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(inner[:-1] if inner[-1] == "__init__" else inner)


def load_all_but(module: str, graph: grimp.ImportGraph) -> None:
    """Import what every mutant of a module needs and none changes."""
    touched = _with_users(module, graph)
    package = module.rpartition(".")[0]
    if package in touched:  # whose other modules cannot be imported without it
        touched |= _with_users(package, graph)
    for each in THIRD_PARTY:
        import_module(each)
    if "optoutlang" in touched:
        return  # importing anything of the package would import the module
    for each in sorted(graph.modules - touched):
        if not {*each.split(".")[1:2]} & NOT_FOR_TESTS:
            with suppress(ImportError):
                import_module(each)


def _with_users(module: str, graph: grimp.ImportGraph) -> set[str]:
    """Return a module or a package, what is in it, and all that imports one of them."""
    inside = {module, *graph.find_descendants(module)}
    return inside | graph.find_downstream_modules(module, as_package=True)


def passes(tests: Iterable[str], which: str, finder: Substitute, seconds: float) -> bool:
    """Run the tests with the marks on a mutant in a forked process; tell whether all passed in time."""
    child = os.fork()
    if not child:
        _run_and_exit(list(tests), which, finder, seconds)
    _, status = os.waitpid(child, 0)
    return status == 0


def _run_and_exit(tests: list[str], which: str, finder: Substitute, seconds: float) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.setitimer(signal.ITIMER_REAL, seconds)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    sys.meta_path.insert(0, finder)
    status = 1
    try:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            options = ["-x", "-q", "-m", which, "-p", "no:cacheprovider", "-p", "no:xdist"]
            # One after the other: most mutants die in the first, and the others need no collecting then.
            status = int(any(pytest.main([*options, each]) for each in tests))
    finally:
        os._exit(status)


def survivors_of(path: Path, part: Part, every: int) -> tuple[int, list[Mutant]]:
    """Return how many mutants a module has, and those that its tests leave alive."""
    name, source = module_name(path), path.read_text(encoding="utf-8")
    assert name not in sys.modules
    made = alive = list(mutants(path))[every // 2 :: every]
    for tests, which in ((part.fast, "not slow"), (part.slow, "slow or not slow")):
        if alive:
            began = time.monotonic()
            if not passes(tests, which, Substitute(name, path, source), 600):
                raise SystemExit(f"{name}: the tests fail without a mutant: {' '.join(tests)}")
            limit = 5 + 4 * (time.monotonic() - began)
            finders = [(each, Substitute(name, path, each.source)) for each in alive]
            alive = [each for each, finder in finders if passes(tests, which, finder, limit)]
    return len(made), alive


@dataclass(frozen=True, slots=True)
class Reasons:
    """What survivors.toml says: changes that mean the same as the original, and those left for a reason."""

    same: frozenset[tuple[str, str]]
    left: frozenset[tuple[str, str]]

    @classmethod
    def read(cls) -> Reasons:
        table = tomllib.loads((HERE / "survivors.toml").read_text("utf-8"))
        kinds = (
            frozenset((each["module"], each["change"].strip()) for each in table.get(kind, ()))
            for kind in ("same", "left")
        )
        return cls(*kinds)


def in_own_process(
    path: Path, part: Part, graph: grimp.ImportGraph, every: int
) -> tuple[int, list[str]]:
    """Try a module's mutants in a process that has loaded what they do not touch."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        status = 1
        try:
            load_all_but(module_name(path), graph)
            count, alive = survivors_of(path, part, every)
            with open(write, "w", encoding="utf-8") as pipe:  # noqa: PTH123
                pipe.write("\0".join([str(count), *(each.change for each in alive)]))
            status = 0
        except SystemExit as error:
            sys.stderr.write(f"{error}\n")
        except BaseException:  # noqa: BLE001  # the fork must not go on as the parent does
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(status)
    os.close(write)
    with open(read, encoding="utf-8") as pipe:  # noqa: PTH123
        counted, *changes = pipe.read().split("\0")
    if os.waitpid(child, 0)[1]:
        raise SystemExit(1)
    return int(counted), changes


def main() -> int:
    """Try the mutants of the modules that are wanted, or of all; print a line for each and what survived."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation.run")
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="how its path begins")
    parser.add_argument("--every", type=int, default=1, help="try each N-th mutant alone")
    options = parser.parse_args()
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    graph = grimp.build_graph("optoutlang", cache_dir=None)
    reasons = Reasons.read()
    total = killed = unknown = 0
    for path, part in _chosen(options.modules):
        began = time.monotonic()
        short = path.relative_to(SOURCE).as_posix()
        count, alive = in_own_process(path, part, graph, options.every)
        other = [each for each in alive if (short, each) not in reasons.same]
        new = [each for each in other if (short, each) not in reasons.left]
        total, killed = total + count - len(alive) + len(other), killed + count - len(alive)
        unknown += len(new)
        sys.stdout.write(
            f"{short:28} {count:>4} mutants, {count - len(alive):>4} killed, {len(alive) - len(other):>3} the same,"
            f" {len(other) - len(new):>3} left, {len(new):>3} unexplained {time.monotonic() - began:>6.0f} s\n"
        )
        sys.stdout.writelines(f"{each}\n" for each in new)
        sys.stdout.flush()
    how = "enumerated" if options.every == 1 else f"sampled, one of {options.every}"
    share = 100 * killed / max(total, 1)
    sys.stdout.write(
        f"{killed} of {total} that mean something else are killed ({how}): {share:.1f} %\n"
    )
    return 1 if unknown else 0


def _chosen(wanted: list[str]) -> Iterator[tuple[Path, Part]]:
    for part in parts():
        for path in part.modules:
            if not wanted or path.relative_to(SOURCE).as_posix().startswith(tuple(wanted)):
                yield path, part


if __name__ == "__main__":
    sys.exit(main())
