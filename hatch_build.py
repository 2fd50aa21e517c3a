"""Build the compiled core with the package, where that can be done; without it the package is pure Python.

Hatchling calls this (pyproject.toml). Environment variables:

- `OPTOUTLANG_PURE`, not empty: build no core.
- `OPTOUTLANG_CORE=required`: fail where it cannot be built, as wheels for a platform must have it.
"""

from __future__ import annotations

import os
import shutil
import sysconfig
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MODULE = "optoutlang.runtime.native.prefilter"
SOURCE = Path("src/optoutlang/runtime/native/prefilter.pyx")
REQUIRED = "OPTOUTLANG_CORE"


class CoreBuildHook(BuildHookInterface[Any]):
    """Adds the compiled core to a wheel, and puts it beside its source for an editable installation."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the core, if a compiler and Cython are there, and tell Hatchling that the wheel has a platform."""
        self._work = Path(tempfile.mkdtemp())
        if self.target_name != "wheel" or os.environ.get("OPTOUTLANG_PURE"):
            return
        if version == "editable" and self._is_fresh():
            return
        built = self._built()
        if built is None:
            return
        if version == "editable":
            shutil.copy(built, Path(self.root) / SOURCE.parent / built.name)
        else:
            build_data["force_include"][str(built)] = (
                f"{MODULE.rpartition('.')[0].replace('.', '/')}/{built.name}"
            )
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def _is_fresh(self) -> bool:
        """Tell whether the core beside its source is newer than that, and for this Python."""
        source = Path(self.root) / SOURCE
        built = source.with_name(source.stem + sysconfig.get_config_var("EXT_SUFFIX"))
        made_of = max(each.stat().st_mtime for each in (*parts(source), Path(__file__)))
        return built.exists() and built.stat().st_mtime > made_of

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove what compiling left."""
        shutil.rmtree(self._work, ignore_errors=True)

    def _built(self) -> Path | None:
        """Return the compiled core; None, with a warning, where it cannot be built."""
        try:
            return compiled(Path(self.root) / SOURCE, self._work)
        except Exception as error:  # no Cython, no compiler, no headers: the package works without
            if os.environ.get(REQUIRED) == "required":
                raise
            self.app.display_warning(f"optoutlang is built without its compiled core: {error}")
            return None


def parts(source: Path) -> Sequence[Path]:
    """Return the files that a core is made of: its source, and what that includes."""
    return (source, *sorted(source.parent.glob("*.pxi")))


def compiled(source: Path, work: Path, flags: Sequence[str] = ()) -> Path:
    """Return the extension module made of a Cython source, in a folder; flags go to compiler and linker.

    Raises:
        ImportError: Cython or setuptools is missing.
        Exception: what setuptools raises where no compiler works.
    """
    from Cython.Build import cythonize  # noqa: PLC0415  # optional
    from setuptools import Distribution, Extension  # noqa: PLC0415

    for each in parts(source):
        shutil.copy(each, work / each.name)
    options = [] if os.name == "nt" else ["-O2", "-g0"]
    extension = Extension(
        MODULE,
        [str(work / source.name)],
        extra_compile_args=[*options, *flags],
        extra_link_args=list(flags),
    )
    modules = cythonize(
        [extension], quiet=True, build_dir=str(work / "c"), include_path=[str(work)]
    )
    command = Distribution({"name": "optoutlang", "ext_modules": modules}).get_command_obj(
        "build_ext"
    )
    command.build_lib, command.build_temp = str(work / "lib"), str(work / "temp")
    command.ensure_finalized()
    command.run()
    return Path(command.get_outputs()[0])
