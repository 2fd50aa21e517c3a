# ruff: noqa: E501  # as perf prints it
"""What perf prints is read as the functions that it names."""

from __future__ import annotations

from benchmarks.speed.definition import Definition
from benchmarks.speed.kinds.profile import samples

REPORT = """\
# Samples: 188  of event 'cpu-clock'
# Overhead|Shared Object|Symbol|IPC   [IPC Coverage]
 22.87% |prefilter.cpython-311-x86_64-linux-gnu.so|[.] __pyx_f_10optoutlang_7runtime_6native_9prefilter_9Prefilter__read_ascii|-      -
 7.98%  |libpython3.11.so.1.0                     |[.] _PyEval_EvalFrameDefault|-      -
 3.19%  |libc.so.6                                |[.] malloc
 0.99%  |libc.so.6                                |[.] free

"""


def test_functions_are_listed_by_their_names_in_the_source_down_to_one_percent() -> None:
    found = samples(Definition("x", "samples", "profile", "x"), REPORT)
    assert [(each.contestant, each.value) for each in found] == [
        ("core, all of it", 22.87),
        ("Python, all of it", 7.98),
        ("libc, all of it", 4.18),
        ("core: Prefilter._read_ascii", 22.87),
        ("Python: _PyEval_EvalFrameDefault", 7.98),
        ("libc: malloc", 3.19),
    ]
