"""Without its extra each face says what to install; iterables need none."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("face", "package"),
    [("arrow", "pyarrow"), ("polars", "polars"), ("duckdb", "duckdb"), ("spark", "pyspark")],
)
def test_a_face_without_its_package_says_what_to_install(
    face: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (f"optoutlang.{face}", f"optoutlang.runtime.batch.{face}"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(
        ModuleNotFoundError, match=f"`{package}` of the extra `{face}`.*pip install"
    ):
        importlib.import_module(f"optoutlang.{face}")


def test_iterables_load_no_extra() -> None:
    program = "import sys; from optoutlang import batch; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    assert not {"pyarrow", "polars", "duckdb", "pyspark", "numpy"} & {*done.stdout.split()}
