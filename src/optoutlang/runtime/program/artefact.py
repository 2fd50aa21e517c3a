r"""The artefact: a program as bytes, the same for the same program on any machine.

An `.optoutc` file is the line `optoutc 5` (its magic and format version), a
line with the SHA-256 of the rest in hexadecimal, and the rest: the program as
canonical JSON (`encode`). Reading it takes no byte on trust: digest, canonical
form, types and bounds are checked (`decode`), the canonical tables must be this
release's, the certificate of the protected words must hold (`certificate`), and
the program proves these words in every context again.
"""

from __future__ import annotations

from hashlib import sha256
from weakref import ref

from optoutlang.runtime.program.decode import decoded
from optoutlang.runtime.program.encode import encoded
from optoutlang.runtime.program.program import Program
from optoutlang.runtime.program.wire import MalformedError

MAGIC = b"optoutc 5\n"
"""What every artefact begins with: the format's name and version."""

_DIGEST_END = len(MAGIC) + 64


class ArtefactError(ValueError):
    """Bytes that are no artefact, or one that this release cannot read. The message says which."""


class _Payloads:
    """Keeps the payload of the program asked about last, as long as that lives.

    Whoever compiles asks for the digest, then for the bytes once or twice, and writing them takes a tenth of the time.
    """

    def __init__(self) -> None:
        self._kept: tuple[ref[Program], bytes] | None = None

    def of(self, program: Program) -> bytes:
        kept = self._kept
        if kept is not None and kept[0]() is program:
            return kept[1]
        payload = encoded(program)
        self._kept = ref(program, self._forget), payload
        return payload

    def _forget(self, gone: ref[Program]) -> None:
        if self._kept is not None and self._kept[0] is gone:
            self._kept = None


_payloads = _Payloads()


def digest(program: Program) -> str:
    """Return the SHA-256 of a program's content, 64 hexadecimal digits: what decisions carry."""
    return sha256(_payloads.of(program)).hexdigest()


def to_bytes(program: Program) -> bytes:
    """Return a program as an artefact."""
    payload = _payloads.of(program)
    return b"%b%b\n%b" % (MAGIC, sha256(payload).hexdigest().encode(), payload)


def from_bytes(data: bytes) -> Program:
    """Return the program of an artefact.

    Raises:
        ArtefactError: the bytes are no artefact that this release can read.
    """
    return unseal(data)[0]


def unseal(data: bytes, *, check_form: bool = True) -> tuple[Program, str]:
    """Return the program of an artefact, and its digest; `check_form` as for `decoded`.

    Raises:
        ArtefactError: the bytes are no artefact that this release can read.
    """
    if not data.startswith(MAGIC):
        raise ArtefactError("not an artefact of format 5: it does not begin with `optoutc 5`")
    stated, payload = data[len(MAGIC) : _DIGEST_END], data[_DIGEST_END + 1 :]
    actual = sha256(payload).hexdigest()
    if stated != actual.encode() or data[_DIGEST_END : _DIGEST_END + 1] != b"\n":
        raise ArtefactError("damaged: the content has another digest than the artefact states")
    try:
        return decoded(payload, check_form=check_form), actual
    except MalformedError as error:
        raise ArtefactError(f"malformed: {error}") from error
