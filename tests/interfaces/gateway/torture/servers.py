"""The servers of the torture: started again as often as one is killed.

python -m tests.interfaces.gateway.torture.servers SETTINGS PORT FOLDER

Everything is imported and compiled once; each server is a fork that opens the
store for itself. Its process id stands in `FOLDER/PORT.pid`.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import uvicorn

from optoutlang.interfaces.gateway.log import set_up
from optoutlang.interfaces.gateway.rules.load import load_rules
from optoutlang.interfaces.gateway.serve import make, options, read


def main(path: str, port: int, folder: Path) -> None:
    """Keep a server alive until the file `FOLDER/stop` is there."""
    settings = read(Path(path)).settings
    assert settings is not None
    settings = replace(settings, server=replace(settings.server, port=port))
    loaded = load_rules(settings.rules)
    stop = folder / "stop"
    while not stop.exists():
        child = os.fork()
        if not child:
            try:
                set_up("error")
                made = make(settings, loaded)
                uvicorn.Server(uvicorn.Config(made.app, **options(settings))).run()  # type: ignore[arg-type]  # as its names say
            finally:
                os._exit(0)
        new = folder / f"{port}.new"
        new.write_text(str(child))
        new.replace(folder / f"{port}.pid")
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
