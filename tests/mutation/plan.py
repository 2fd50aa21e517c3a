"""What plan.toml says: the parts of the project that are mutated, and the tests of each."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
TESTS = HERE.parent
SOURCE = TESTS.parent / "src" / "optoutlang"


@dataclass(frozen=True, slots=True)
class Part:
    """Source files, and the files and folders with the tests that must kill their mutants."""

    name: str
    modules: tuple[Path, ...]
    tests: tuple[str, ...]

    def test_files(self) -> list[str]:
        """Return the files with tests, those of folders too, in order and none twice."""
        paths = [
            path
            for each in map(Path, self.tests)
            for path in ([each] if each.is_file() else sorted(each.glob("test_*.py")))
        ]
        return list(map(str, dict.fromkeys(paths)))


def parts(wanted: tuple[str, ...] = ("",)) -> Iterator[Part]:
    """Yield the parts with the modules whose path below src/optoutlang begins as wanted; those with one only."""
    table = plan()
    out = table["left_out"]
    for name, part in table.items():
        short = (
            path.relative_to(SOURCE).as_posix() for path in sorted((SOURCE / name).glob("*.py"))
        )
        modules = tuple(
            SOURCE / each for each in short if each not in out and each.startswith(wanted)
        )
        if modules and part is not out:
            yield Part(name, modules, tuple(str(TESTS / each) for each in part["tests"]))


def plan() -> Mapping[str, Mapping[str, list[str]]]:
    """Return the table of plan.toml; `left_out` maps paths to reasons, not to lists."""
    return tomllib.loads((HERE / "plan.toml").read_text("utf-8"))


def module_name(path: Path) -> str:
    """Return the dotted name of a source file."""
    inner = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(inner[:-1] if inner[-1] == "__init__" else inner)
