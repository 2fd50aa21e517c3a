"""Twilio's webhook in Flask: `OPTOUT_RULES=acme.optoutc TWILIO_TOKEN=… flask --app flask_app run`."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask, Response, abort, request
from inbox import MEDIA_TYPE, ForgedError, Inbox

INBOX = Inbox(
    rules=Path(os.environ["OPTOUT_RULES"]),
    database=Path(os.environ["OPTOUT_DATABASE"]),
    token=os.environ["TWILIO_TOKEN"],
    url=os.environ["PUBLIC_URL"],
)
app = Flask(__name__)


@app.post("/sms")
def sms() -> Response:
    """Answer one message."""
    try:
        answer = INBOX.receive(request.headers, request.get_data())
    except ForgedError:
        abort(403)
    return Response(answer, mimetype=MEDIA_TYPE)
