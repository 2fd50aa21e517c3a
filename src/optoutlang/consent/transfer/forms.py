"""The forms in which providers list people, and what their flags mean: some say the opposite of what they seem to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from optoutlang.consent.engine.event import Wish

_OUT, _IN = Wish.OPT_OUT, Wish.OPT_IN


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form: which column is the person's number, when it was, and what a flag means.

    `numbers` are the names that the column of numbers has, the first that is
    there counts; `plus` says that numbers come with `+` (without: it is put
    before them). `times` are columns of times, `unix` says that they count
    seconds. `flags` are columns whose `meanings` (in lower case) say what was
    wished, `topics` columns of the one topic that is meant; a form without
    flags lists people who opted out, all of them.
    `warning` is what its reader has to know, `source` where that stands.
    """

    name: str
    numbers: tuple[str, ...]
    source: str
    times: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    meanings: Mapping[str, Wish] = field(default_factory=dict)
    plus: bool = True
    warning: str = ""


_OWN = {
    **dict.fromkeys(("opt-out", "opted-out", "out", "stop", "unsubscribed"), _OUT),
    **dict.fromkeys(("opt-in", "subscribed", "in", "start"), _IN),
}

FORMS: dict[str, Form] = {
    each.name: each
    for each in (
        Form(
            name="optout",
            numbers=("number",),
            times=("at",),
            flags=("state",),
            topics=("topic",),
            meanings=_OWN,
            source="docs/consent-import.md",
            warning="`pending` and `unknown` are no wish: such rows are rejected",
        ),
        Form(
            name="twilio",
            numbers=("contact_id",),
            times=("date_of_consent",),
            flags=("status",),
            meanings={"opt-out": _OUT, "opt-in": _IN},
            source="https://www.twilio.com/docs/messaging/features/consent-api",
            warning="Twilio lists nobody; this is the form of the Consent Management API's own requests",
        ),
        Form(
            name="ringcentral",
            numbers=("from",),
            times=("creationTime", "timestamp"),
            flags=("isActive", "active"),
            meanings={"true": _OUT, "false": _IN},
            source="https://github.com/ringcentral/ringcentral-api-docs/pull/177",
            warning="true means that the opt-OUT is active; `from` is the person, `to` is you",
        ),
        Form(
            name="aws",
            numbers=("OptedOutNumber",),
            times=("OptedOutTimestamp",),
            source="https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_DescribeOptedOutNumbers.html",
            warning="EndUserOptedOut says WHO opted the number out (false: you did), not whether: every row is out",
        ),
        Form(
            name="telnyx",
            numbers=("to",),
            times=("created_at",),
            source="https://developers.telnyx.com/api-reference/opt-out-management/list-opt-outs",
            warning="`to` is the person, `from` is you",
        ),
        Form(
            name="infobip",
            numbers=("destination",),
            times=("createdDate",),
            plus=False,
            source="https://www.infobip.com/docs/api/platform/blocklist",
            warning="numbers come without +",
        ),
        Form(
            name="sinch",
            numbers=("identity",),
            plus=False,
            source="https://developers.sinch.com/docs/conversation/api-reference/",
            warning="numbers come without +, and no row has a time: say --at",
        ),
        Form(
            name="smsglobal",
            numbers=("number",),
            times=("date",),
            plus=False,
            source="https://www.smsglobal.com/rest-api/",
            warning="numbers come without +",
        ),
        Form(
            name="messente",
            numbers=("phoneNumber",),
            source="https://messente.com/documentation/phonebook-api",
            warning="no row has a time: say --at",
        ),
        Form(
            name="textmagic",
            numbers=("phone",),
            plus=False,
            source="https://docs.textmagic.com/",
            warning="numbers come without +, and no row has a time: say --at",
        ),
        Form(
            name="klaviyo",
            numbers=("Phone Numbers",),
            source="https://help.klaviyo.com/hc/en-us/articles/360035056972",
            warning="numbers may be national: say --country; no row has a time: say --at",
        ),
    )
}
"""Every form by its name."""
