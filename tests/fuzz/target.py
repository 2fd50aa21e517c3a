"""One target in one process, under atheris: `python -m tests.fuzz.target TARGET [LIBFUZZER OPTIONS]`.

libFuzzer ends the process, with what broke the law in a file; `run` starts it.
"""

from __future__ import annotations

import sys

import atheris

# The fuzzer follows the branches of what is imported here, and has to come before it.
with atheris.instrument_imports(include=["optoutlang"]):
    from tests.fuzz.laws import LAWS


def main() -> None:
    """Fuzz until libFuzzer's options say that it is enough."""
    target = sys.argv.pop(1)
    atheris.Setup(sys.argv, LAWS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
