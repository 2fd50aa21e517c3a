"""Twilio's webhook in FastAPI: `OPTOUT_RULES=acme.optoutc TWILIO_TOKEN=… uvicorn fastapi_app:app`."""

from __future__ import annotations

import os
from pathlib import Path

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from inbox import MEDIA_TYPE, ForgedError, Inbox

INBOX = Inbox(
    rules=Path(os.environ["OPTOUT_RULES"]),
    database=Path(os.environ["OPTOUT_DATABASE"]),
    token=os.environ["TWILIO_TOKEN"],
    url=os.environ["PUBLIC_URL"],
)
app = FastAPI()


@app.post("/sms")
async def sms(request: Request) -> Response:
    """Answer one message."""
    body = await request.body()  # the bytes as they came: Twilio has signed them
    try:
        answer = await run_in_threadpool(INBOX.receive, request.headers, body)
    except ForgedError as error:
        raise HTTPException(403) from error
    return Response(answer, media_type=MEDIA_TYPE)
