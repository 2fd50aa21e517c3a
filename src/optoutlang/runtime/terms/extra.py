"""The command that installs what an extra brings, for errors about a missing package.

It names the packages themselves, so that it works where this package was
installed from a checkout, a wheel or an index of one's own.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager

_PACKAGE = "optoutlang"
_EXTRA = re.compile(r"""extra == ['"]([a-z]+)['"]""")


def install_command(*extras: str) -> str:
    """Return the command of pip that installs the packages of extras; of one that is unknown, the extra itself."""
    # Here, not above: it takes longer to load than all else that the run time needs.
    from importlib.metadata import PackageNotFoundError, requires  # noqa: PLC0415

    try:
        declared = requires(_PACKAGE) or []
    except PackageNotFoundError:  # run from a checkout that is not installed
        declared = []
    packages = dict.fromkeys(
        requirement.partition(";")[0].strip()
        for requirement in declared
        if (extra := _EXTRA.search(requirement)) is not None and extra[1] in extras
    )
    named = packages or (f"{_PACKAGE}[{','.join(extras)}]",)
    return f"pip install {shlex.join(named)}"


@contextmanager
def needs_extra(extra: str, purpose: str) -> Iterator[None]:
    """Let the error of a missing package say which extra brings it, and how to install it.

    Raises:
        ModuleNotFoundError: a package is missing; of this one it goes on as it is.
    """
    try:
        yield
    except ModuleNotFoundError as missing:
        package = (missing.name or "").partition(".")[0]
        if package == _PACKAGE:
            raise  # a broken installation of ours
        raise ModuleNotFoundError(
            f"{purpose} needs `{package}` of the extra `{extra}`, which is not installed: {install_command(extra)}",
            name=missing.name,
        ) from missing
