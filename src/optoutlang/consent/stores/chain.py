"""The hash chains of the audit: each record carries the hash of the one before it.

Theory of operation. One chain for the whole account would let one commit
happen at a time: each needs the hash of the one before. One chain for each
recipient would let nobody see that a whole recipient is missing. So there are
`SHARDS` chains, a recipient's records always in the same one, and one more,
`ACCOUNT`, for records about the account and about many recipients. The head
of each (how many records, and the hash of the last) is a row of its own; the
lock on this row is also what lets one event at a time write to a recipient.

A record's hash covers its columns, its facts, its place in the chain and the
digest of its personal texts (`rows.texts`), so that these can be erased.
Whoever can write to the database can compute all of it anew: what protects
against that is a copy of the heads in another place (`verify --against`).
"""

from __future__ import annotations

from hashlib import sha256
from zlib import crc32

from optoutlang.consent.stores.rows.record_row import Columns

SHARDS = 256
ACCOUNT = 0
NOTHING = b""
"""What the first record of a chain carries."""


def shard_of(token: str) -> int:
    """Return the chain of a recipient, from 1 to `SHARDS`."""
    return crc32(token.encode("utf-8", "surrogatepass")) % SHARDS + 1


def record_hash(
    place: tuple[int, int, bytes], token: str, columns: Columns, facts: bytes, texts: bytes
) -> bytes:
    """Return the hash of a record.

    `place` is its chain, its position there (from 1), and the hash of the one
    before; `texts` the digest of its personal texts.
    """
    shard, position, previous = place
    words = (
        str(shard),
        str(position),
        token,
        columns.event,
        str(columns.at),
        columns.source,
        columns.outcome,
        columns.batch or "",
        "" if columns.batch is None else "batch",
    )
    parts = (previous, *[each.encode("utf-8", "surrogatepass") for each in words], facts, texts)
    framed = [len(each).to_bytes(8, "big") + each for each in parts]
    return sha256(b"".join(framed)).digest()
