r"""The artefact: a program as bytes, the same for the same program on any machine.

An `.optoutc` file is the line `optoutc 6` (its magic and format version), a
line with the SHA-256 of the rest in hexadecimal, and the rest: the program as
two lines of canonical JSON (`encode`, `parts`). Reading it takes no byte on
trust. `opened` checks the digest, that the canonical tables are this
release's, and the certificate of the protected words (`certificate`), and
leaves the long second line alone. A part is decoded when it is asked for,
where its types and bounds are checked (`decode`), and the program proves the
protected words in every context again. `unseal` does all of this at once, and
checks the canonical form too.
"""

from __future__ import annotations

from hashlib import sha256
from weakref import ref

from optoutlang.runtime.program.decode import Front, decoded
from optoutlang.runtime.program.encode import encoded
from optoutlang.runtime.program.program import Program
from optoutlang.runtime.program.wire import MalformedError

MAGIC = b"optoutc 6\n"
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
    digest, payload = _payload(data)
    try:
        return decoded(payload, check_form=check_form), digest
    except MalformedError as error:
        raise ArtefactError(f"malformed: {error}") from error


class Opened:
    """An artefact whose digest, header and certificate hold; the rest is decoded when it is asked for.

    `data` are its bytes, `digest` is the SHA-256 of its content in hexadecimal,
    `name` the ruleset's name, and `countries` the codes of its scopes in order.

    Raises:
        ArtefactError: the bytes are no artefact that this release can read.
    """

    __slots__ = ("_front", "countries", "data", "digest", "name")

    def __init__(self, data: bytes) -> None:
        self.digest, payload = _payload(data)
        try:
            self._front = Front(payload[: max(payload.find(b"\n"), 0)])
        except MalformedError as error:
            raise ArtefactError(f"malformed: {error}") from error
        self.data = data
        self.name, self.countries = self._front.name, self._front.countries

    def keyword(self, key: str, country: str | None) -> Program | None:
        """Return the program of the base and of one of the countries, of one keyword and the protected words alone.

        None if no keyword has the key.

        Raises:
            ArtefactError: the keyword or a reply is malformed.
        """
        try:
            return self._front.program(key, country) if self._front.has(key, country) else None
        except MalformedError as error:
            raise ArtefactError(f"malformed: {error}") from error

    def program(self) -> Program:
        """Return the whole program; whether it has another artefact too is not asked.

        Raises:
            ArtefactError: something is malformed.
        """
        try:
            return decoded(self.data[_DIGEST_END + 1 :], check_form=False)
        except MalformedError as error:
            raise ArtefactError(f"malformed: {error}") from error


def _payload(data: bytes) -> tuple[str, bytes]:
    """Return the digest and the content of an artefact, if the one is that of the other."""
    if not data.startswith(MAGIC):
        raise ArtefactError("not an artefact of format 6: it does not begin with `optoutc 6`")
    stated, payload = data[len(MAGIC) : _DIGEST_END], data[_DIGEST_END + 1 :]
    actual = sha256(payload).hexdigest()
    if stated != actual.encode() or data[_DIGEST_END : _DIGEST_END + 1] != b"\n":
        raise ArtefactError("damaged: the content has another digest than the artefact states")
    return actual, payload
