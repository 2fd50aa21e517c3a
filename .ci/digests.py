"""Print what must be the same on every Python: canonical text of all code points, and each pack's artefact."""

from __future__ import annotations

import sys
from hashlib import sha256

from optoutlang.language.driver.compile import check_path, compile_checked
from optoutlang.language.packs import pack_names, pack_path
from optoutlang.runtime.canonical import canonical
from optoutlang.runtime.program.artefact import to_bytes


def main() -> None:
    """Print one line for the canonical text, one for each pack, and one for all."""
    texts = sha256()
    for code in range(sys.maxunicode + 1):
        texts.update(canonical(chr(code)).encode("utf-8", "surrogatepass") + b"\n")
    packs = (
        (name, to_bytes(compile_checked(check_path(pack_path(name))))) for name in pack_names()
    )
    lines = [f"canonical {texts.hexdigest()}"]
    lines += [f"{name} {sha256(data).hexdigest()}" for name, data in packs]
    together = sha256("\n".join(lines).encode()).hexdigest()
    print(*lines, f"all {len(lines)}: {together}", sep="\n")


if __name__ == "__main__":
    main()
