"""Deciding in Celery's workers: each process loads the rules once, and a decision travels as a dictionary."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

from celery import Celery

from optoutlang import Matcher, load

app = Celery(
    "optout",
    broker=os.environ.get("CELERY_BROKER", "memory://"),
    backend=os.environ.get("CELERY_BACKEND", "cache+memory://"),
)


@cache
def rules() -> Matcher:
    """Return the matcher of this process: a message must not carry it, and no task should build it."""
    return load(os.environ["OPTOUT_RULES"])


@app.task(
    acks_late=True
)  # a worker that dies has lost no STOP: another one takes the message again
def decide(
    text: str, country: str | None = None, language: str | None = None
) -> dict[str, Any] | None:
    """Return what a message means, None for nothing."""
    decision = rules().match(text, country=country, language=language)
    return None if decision is None else decision.to_dict()
