"""Print what must be the same on every Python: canonical text of all code points, and each pack's artefact.

Every pack is compiled anew, and not checked; with `--kept`, it is checked, and taken from where `optout` keeps what it
compiled, or kept there.
"""

from __future__ import annotations

import sys
from hashlib import sha256

from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.driver.cache import Cache
from optoutlang.language.driver.cached import Build
from optoutlang.language.driver.load import load_path
from optoutlang.language.driver.root import FileRoot
from optoutlang.language.model.from_syntax import from_syntax
from optoutlang.language.packs import pack_names, pack_path
from optoutlang.runtime.canonical import canonical
from optoutlang.runtime.program.artefact import to_bytes


def compiled(pack: str) -> bytes:
    """Return the artefact of a pack, compiled anew."""
    sources = load_path(pack_path(pack))
    ruleset, _ = from_syntax(sources.loaded, similar=sources.similar)
    return to_bytes(from_model(ruleset))


def kept(pack: str) -> bytes:
    """Return the artefact of a pack, compiled once for all who look where it is kept."""
    return Build(FileRoot(pack_path(pack)), Cache.of_user()).compile().to_bytes()


def main() -> None:
    """Print one line for the canonical text, one for each pack, and one for all."""
    texts = sha256()
    for code in range(sys.maxunicode + 1):
        texts.update(canonical(chr(code)).encode("utf-8", "surrogatepass") + b"\n")
    artefact = kept if "--kept" in sys.argv[1:] else compiled
    packs = ((name, artefact(name)) for name in pack_names())
    lines = [f"canonical {texts.hexdigest()}"]
    lines += [f"{name} {sha256(data).hexdigest()}" for name, data in packs]
    together = sha256("\n".join(lines).encode()).hexdigest()
    print(*lines, f"all {len(lines)}: {together}", sep="\n")


if __name__ == "__main__":
    main()
