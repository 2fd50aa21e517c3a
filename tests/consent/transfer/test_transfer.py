"""Lists in and out: what providers' flags mean, rejects with line and cure, resumed imports, bounded memory."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from optoutlang.consent import Account, Engine, Ledger, Sender, SenderKind, Service, Wish
from optoutlang.consent.stores.create import create_store
from optoutlang.consent.stores.sql.progress import ImportProgress
from optoutlang.consent.stores.sql.store import SqlStore
from optoutlang.consent.stores.sql.verify import verify
from optoutlang.consent.transfer.exporting import export_list
from optoutlang.consent.transfer.forms import FORMS
from optoutlang.consent.transfer.importing import (
    ROWS,
    Hooks,
    ImportConflictError,
    Target,
    import_list,
)
from optoutlang.consent.transfer.number import NumberError, e164
from optoutlang.consent.transfer.reading import ListError, Person, Reader, Reject
from tests.consent.scenario import standard

AT = datetime(2026, 1, 31, tzinfo=UTC)
ENGINE = Engine(
    Account(services=(Service("X", (Sender("A", SenderKind.LONG_CODE),)),)), standard=standard()
)
TARGET = Target(batch="b", service="X", by="Ann")
ONE = "+15145550100"

# A row of each form, and what it means: number, wish, time.
VECTORS = [
    (
        "optout",
        {"number": ONE, "state": "opted-out", "at": "2026-01-02T03:04:05Z"},
        Wish.OPT_OUT,
        "2026-01-02T03:04:05+00:00",
    ),
    (
        "optout",
        {"number": ONE, "state": "subscribed", "at": "2026-01-02"},
        Wish.OPT_IN,
        "2026-01-02T00:00:00+00:00",
    ),
    (
        "twilio",
        {"contact_id": ONE, "status": "opt-out", "date_of_consent": "2026-01-02T00:00:00Z"},
        Wish.OPT_OUT,
        "2026-01-02T00:00:00+00:00",
    ),
    (
        "twilio",
        {"contact_id": ONE, "status": "opt-in", "date_of_consent": "2026-01-02T00:00:00Z"},
        Wish.OPT_IN,
        "2026-01-02T00:00:00+00:00",
    ),
    # S20: true means that the opt-OUT is active (ringcentral/ringcentral-api-docs#177).
    ("ringcentral", {"from": ONE, "to": "+13125550100", "isActive": True}, Wish.OPT_OUT, None),
    ("ringcentral", {"from": ONE, "to": "+13125550100", "isActive": False}, Wish.OPT_IN, None),
    ("ringcentral", {"from": ONE, "to": "+13125550100", "active": "true"}, Wish.OPT_OUT, None),
    # EndUserOptedOut says who, not whether: false is an opt-out by the operator.
    (
        "aws",
        {"OptedOutNumber": ONE, "OptedOutTimestamp": 1767322800, "EndUserOptedOut": False},
        Wish.OPT_OUT,
        "2026-01-02T03:00:00+00:00",
    ),
    (
        "aws",
        {"OptedOutNumber": ONE, "OptedOutTimestamp": "1767322800", "EndUserOptedOut": "true"},
        Wish.OPT_OUT,
        "2026-01-02T03:00:00+00:00",
    ),
    # `to` is the person, `from` is the sender.
    (
        "telnyx",
        {
            "to": ONE,
            "from": "+13125550100",
            "keyword": "STOP",
            "created_at": "2025-04-28 12:00:38.631252+00:00",
        },
        Wish.OPT_OUT,
        "2025-04-28T12:00:38.631252+00:00",
    ),
    (
        "infobip",
        {"destination": "15145550100", "createdDate": "2026-01-02T03:04:05.678+0000"},
        Wish.OPT_OUT,
        "2026-01-02T03:04:05.678000+00:00",
    ),
    ("sinch", {"identity": "15145550100"}, Wish.OPT_OUT, None),
    (
        "smsglobal",
        {"number": "15145550100", "date": "2026-01-02"},
        Wish.OPT_OUT,
        "2026-01-02T00:00:00+00:00",
    ),
    ("messente", {"phoneNumber": ONE}, Wish.OPT_OUT, None),
    ("textmagic", {"phone": "15145550100"}, Wish.OPT_OUT, None),
    ("klaviyo", {"Phone Numbers": "(514) 555-0100"}, Wish.OPT_OUT, None),
]


@pytest.mark.parametrize(("form", "cells", "wish", "at"), VECTORS)
def test_a_row_means_what_its_provider_means(
    form: str, cells: dict[str, object], wish: Wish, at: str | None
) -> None:

    line = json.dumps(cells).encode()
    [person] = Reader(form=FORMS[form], country="CA", at=AT).rows(io.BytesIO(line), "jsonl")
    wanted = AT if at is None else datetime.fromisoformat(at)
    assert person == Person(1, ONE, wish, wanted)


def test_every_form_has_a_vector_and_a_source() -> None:
    assert {each[0] for each in VECTORS} == set(FORMS)
    assert all(each.source for each in FORMS.values())


REJECTS = [
    ("514 555 0100,out,2026-01-01", "say --country"),
    (",out,2026-01-01", "there is no number"),
    ("1.51455E+10,out,2026-01-01", "rounded by a spreadsheet"),
    ("+1514555,out,2026-01-01", "too few or too many digits"),
    ("hello,out,2026-01-01", "is no phone number"),
    (f"{ONE},maybe,2026-01-01", "does not say whether the person is in or out"),
    (f"{ONE},,2026-01-01", "does not say whether"),
    (f"{ONE},pending,2026-01-01", "does not say whether"),
    (f"{ONE},out,yesterday", "is no time"),
    (f"{ONE},out,", "say --at"),
    (f"{ONE},out", "2 cells below a heading of 3"),
    (f'{ONE},"out"x,2026-01-01', "no CSV"),
    (f"{ONE},o\udcfft,2026-01-01", "not UTF-8"),
]


@pytest.mark.parametrize(("row", "reason"), REJECTS)
def test_a_row_that_cannot_be_understood_is_rejected_with_line_and_cure(
    row: str, reason: str
) -> None:
    data = f"number,state,at\r\n{ONE},out,2026-01-01\r\n{row}\r\n{ONE},in,2026-01-02\r\n"
    file = io.BytesIO(data.encode("utf-8", "surrogateescape"))
    first, bad, last = Reader(form=FORMS["optout"]).rows(file, "csv")
    assert isinstance(first, Person)
    assert isinstance(last, Person)
    assert isinstance(bad, Reject)
    assert (bad.line, last.line) == (3, 4)
    assert reason in bad.reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "begins with a heading"),
        (b"phone,state\n+1,out\n", "no column is `number`"),
        (b"number,at\n+1,2026-01-01\n", "no column is `state`"),
        ("number,state\n".encode("utf-16"), "not UTF-8"),
    ],
)
def test_a_file_that_is_no_list_is_an_error(data: bytes, reason: str) -> None:
    with pytest.raises(ListError, match=reason):
        list(Reader(form=FORMS["optout"]).rows(io.BytesIO(data), "csv"))


@pytest.mark.parametrize("line", [b"{", b"[1]", b"\xff", b'"x"'])
def test_a_line_that_is_no_json_object_is_rejected(line: bytes) -> None:
    [found] = Reader(form=FORMS["optout"]).rows(io.BytesIO(line), "jsonl")
    assert isinstance(found, Reject)


def test_a_number_has_one_spelling() -> None:
    spellings = ("+1 (514) 555-0100", "tel:+1-514-555-0100", "+15145550100", "514.555.0100")
    assert {e164(each, country="CA") for each in spellings} == {ONE}
    with pytest.raises(NumberError):
        e164("911", country="CA")


def people(count: int) -> Iterator[Person | Reject]:
    for line in range(count):
        if line % 10 == 9:
            yield Reject(line, "bad")
        else:
            yield Person(line, f"+1514{line:07}", Wish.OPT_OUT, AT)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    made = create_store(str(tmp_path / "consent.db"))
    yield made
    made.close()


class KilledError(Exception):
    """The process ends here."""


def test_an_import_that_was_killed_goes_on_and_ends_as_one_that_was_not(
    store: SqlStore, tmp_path: Path
) -> None:
    count = 3 * ROWS + 7

    def die(progress: ImportProgress) -> None:
        if progress.rows == 2 * ROWS:
            raise KilledError

    with pytest.raises(KilledError):
        import_list(store, ENGINE, TARGET, people(count), file="f", hooks=Hooks(step=die))
    assert store.stats().states == 2 * ROWS * 9 // 10
    rejects: list[Reject] = []
    again = Hooks(reject=rejects.append)
    resumed = import_list(store, ENGINE, TARGET, people(count), file="f", hooks=again)
    other = create_store(str(tmp_path / "other.db"))
    assert resumed == import_list(other, ENGINE, TARGET, people(count), file="f")
    assert list(store.all_states()) == list(other.all_states())
    assert list(store.records()) == list(other.records())
    assert (resumed.rows, resumed.accepted, len(rejects)) == (count, count - len(rejects), 150)
    assert verify(store).faults == []
    other.close()


def test_a_finished_import_does_nothing_and_another_file_needs_a_name(store: SqlStore) -> None:
    first = import_list(store, ENGINE, TARGET, people(20), file="f")
    before = store.stats()
    assert import_list(store, ENGINE, TARGET, people(20), file="f") == first
    assert store.stats() == before
    with pytest.raises(ImportConflictError, match="--batch"):
        import_list(store, ENGINE, TARGET, people(20), file="g")


def test_the_same_person_twice_in_one_batch_is_one_row_with_both_words(store: SqlStore) -> None:
    rows = [Person(1, ONE, Wish.OPT_OUT, AT), Person(2, ONE, Wish.OPT_IN, AT.replace(hour=1))]
    import_list(store, ENGINE, TARGET, rows, file="f")
    assert Ledger(ENGINE, store).may_send(ONE, "A", at=AT.replace(hour=2)).allowed
    assert len(store.history(ONE)) == 2
    assert verify(store).faults == []


@pytest.mark.slow
def test_the_memory_of_an_import_does_not_grow_with_the_file(store: SqlStore) -> None:
    peaks = []

    def look(_progress: ImportProgress) -> None:
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.reset_peak()

    tracemalloc.start()
    import_list(store, ENGINE, TARGET, people(8 * ROWS), file="f", hooks=Hooks(step=look))
    tracemalloc.stop()
    assert len(peaks) == 8
    assert max(peaks[4:]) < 1.3 * max(peaks[:4])


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_what_is_exported_can_be_imported(store: SqlStore, tmp_path: Path, kind: str) -> None:
    import_list(store, ENGINE, TARGET, people(50), file="f")
    lines = export_list(store.all_states(), kind, AT)
    file = io.BytesIO("".join(lines).encode())
    other = create_store(str(tmp_path / "other.db"))
    done = import_list(
        other, ENGINE, TARGET, Reader(form=FORMS["optout"]).rows(file, kind), file="g"
    )
    assert (done.accepted, done.rejected) == (45, 0)
    assert {
        (each.key, each.marks.consent(AT), each.marks.cause.at)
        for each in store.all_states()
        if each.marks.cause
    } == {
        (each.key, each.marks.consent(AT), each.marks.cause.at)
        for each in other.all_states()
        if each.marks.cause
    }
    other.close()


ODD_TIMES: tuple[object, ...] = (
    "99999-01-01",
    "-1",
    "1e400",
    "nan",
    "253402300800",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59",
    True,
    [],
    {"a": 1},
)


@pytest.mark.parametrize("at", ODD_TIMES, ids=str)
def test_a_time_that_is_none_is_rejected(at: object) -> None:
    line = json.dumps({"number": ONE, "state": "out", "at": at}).encode()
    [reject] = Reader(form=FORMS["optout"]).rows(io.BytesIO(line), "jsonl")
    assert isinstance(reject, Reject)
    assert "is no time" in reject.reason


def test_a_time_in_the_future_is_rejected_as_no_later_word_would_count() -> None:
    line = json.dumps({"number": ONE, "state": "in", "at": "2026-02-01"}).encode()
    form = FORMS["optout"]
    [reject] = Reader(form=form, latest=AT).rows(io.BytesIO(line), "jsonl")
    assert isinstance(reject, Reject)
    assert "is in the future" in reject.reason
    assert isinstance(next(Reader(form=form).rows(io.BytesIO(line), "jsonl")), Person)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (f'{{"number": ["{ONE}"], "state": "out", "at": "2026-01-01"}}', "is no text"),
        (f'{{"number": "{ONE}", "state": {{"x": 1}}, "at": "2026-01-01"}}', "is no text"),
        (f'{{"number": "{ONE}", "state": "in", "state": "out"}}', "a name twice"),
    ],
)
def test_a_line_that_can_be_read_in_two_ways_is_rejected(line: str, says: str) -> None:
    [reject] = Reader(form=FORMS["optout"], at=AT).rows(io.BytesIO(line.encode()), "jsonl")
    assert isinstance(reject, Reject)
    assert says in reject.reason


def test_a_resumed_import_understands_no_row_again_that_is_in(store: SqlStore) -> None:
    lines = [f"+1514555{each:04},out,2026-01-01" for each in range(2 * ROWS + 7)]
    data = "\n".join(["number,state,at", *lines]).encode()
    reader = Reader(form=FORMS["optout"])

    def stop(progress: ImportProgress) -> None:
        if progress.rows == ROWS:
            raise KeyboardInterrupt

    def run(rows: Iterator[Person | Reject], hooks: Hooks | None = None) -> ImportProgress:
        return import_list(store, ENGINE, TARGET, rows, file="f", hooks=hooks)

    with pytest.raises(KeyboardInterrupt):
        run(reader.rows(io.BytesIO(data), "csv"), Hooks(step=stop))
    spoilt = data.replace(b"+15145550003", b"no number at")  # it would be rejected now
    done = run(reader.rows(io.BytesIO(spoilt), "csv"))
    assert (done.rows, done.accepted, done.rejected) == (len(lines), len(lines), 0)
    assert store.stats().recipients == len(lines)
