"""The command that installs what an extra brings, for errors about a missing package.

It names the packages themselves, so that it works where this package was
installed from a checkout, a wheel or an index of one's own.
"""

from __future__ import annotations

import re
import shlex

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
