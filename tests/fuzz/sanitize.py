"""Fuzz the compiled core under AddressSanitizer and UBSan: `python -m tests.fuzz.sanitize [--seconds N]`.

The core is built anew in a temporary folder, with the sanitizers of the C compiler; `tests.fuzz.sanitized` then loads
that one in a process of its own and matches fuzzed and hostile messages with it. The first thing that either sanitizer
sees ends that process, with where it is. Exit 1 then; exit 0, with a loud line, where the compiler has no sanitizers.
"""

from __future__ import annotations

import argparse
import os
import runpy
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from tests.builders.packs import matcher

ROOT = Path(__file__).resolve().parents[2]
FLAGS = (
    *("-fsanitize=address,undefined", "-fno-sanitize-recover=undefined"),
    *("-fno-omit-frame-pointer", "-g", "-O1", "-w"),
)
OPTIONS = {
    "ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1",  # Python keeps what it has to the end
    "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1",
    "PYTHONMALLOC": "malloc",  # or its pools would hide what lies beside a text
}


class NoSanitizerError(Exception):
    """The compiler cannot do it here."""


def main() -> int:
    """Build, see that the sanitizer sees, and fuzz."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.sanitize")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        try:
            runtime, core = library(), built(Path(folder))
        except NoSanitizerError as error:
            sys.stdout.write(f"NOT FUZZED UNDER SANITIZERS: {error}\n")
            return 0
        blind = sanitized(runtime, "--overflow")
        if blind.returncode == 0 or "heap-buffer-overflow" not in blind.stderr:
            sys.stdout.write(f"the sanitizer does not see an overflow:\n{blind.stderr[-2000:]}\n")
            return 1
        world = Path(folder, "world.optoutc")
        world.write_bytes(matcher("world").to_bytes())  # compiled here: there it takes minutes
        fuzz = (
            str(core),
            str(world),
            "--seconds",
            str(options.seconds),
            "--seed",
            str(options.seed),
        )
        done = sanitized(runtime, *fuzz)
    sys.stdout.write(done.stdout)
    if done.returncode:
        sys.stdout.write(f"{done.stderr[-8000:]}\n")
    return int(done.returncode != 0)


def library() -> str:
    """Return the file of the sanitizer's run time, which has to be loaded before Python.

    Raises:
        NoSanitizerError: the compiler has none.
    """
    compiler = sysconfig.get_config_var("CC").split()[0]
    try:
        done = subprocess.run(
            [compiler, "-print-file-name=libasan.so"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoSanitizerError(f"no C compiler that knows of it: {error}") from error
    path = Path(done.stdout.strip())
    if not path.is_absolute():
        raise NoSanitizerError(f"{compiler} has no libasan.so (Debian: libasan of your gcc)")
    return str(path)


def built(folder: Path) -> Path:
    """Return the core, built with the sanitizers.

    Raises:
        NoSanitizerError: it could not be built.
    """
    try:
        build = runpy.run_path(str(ROOT / "hatch_build.py"))
        core: Path = build["compiled"](ROOT / build["SOURCE"], folder, FLAGS)
    except Exception as error:  # whatever setuptools raises
        raise NoSanitizerError(f"the core cannot be built with them: {error}") from error
    code = core.read_bytes()
    if b"__asan_report_load" not in code or b"__ubsan_handle" not in code:
        raise NoSanitizerError("the compiler took the flags, and did nothing")
    return core


def sanitized(runtime: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `tests.fuzz.sanitized` with the run time of the sanitizer in place."""
    return subprocess.run(
        [sys.executable, "-m", "tests.fuzz.sanitized", *arguments],
        cwd=ROOT,
        env={**os.environ, **OPTIONS, "LD_PRELOAD": runtime},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


if __name__ == "__main__":
    sys.exit(main())
