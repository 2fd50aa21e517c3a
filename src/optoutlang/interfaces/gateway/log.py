"""The log: one JSON object a line on standard error, in which no number of a person is whole."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_NUMBER = re.compile(r"\+?\d{7,15}(?!\d)")
_KEEP = 4
_NEVER = frozenset({"timestamp", "request_id", "digest", "old_digest", "new_digest", "number"})


def mask(text: str) -> str:
    """Return a text with the end of every phone number hidden: `+1514•••••••`."""
    return _NUMBER.sub(
        lambda found: found[0][: _KEEP + 1] + "•" * (len(found[0]) - _KEEP - 1), text
    )


def _masked(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Hide numbers in every value, whoever logs it: a path, an error of a driver, a provider's answer."""
    for name, value in event.items():
        if isinstance(value, str) and name not in _NEVER:
            event[name] = mask(value)
    return event


def set_up(level: str) -> None:
    """Let everything be logged as JSON, uvicorn's messages and warnings of others included."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _masked,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(ensure_ascii=True)],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=True),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(max(getattr(logging, level.upper()), logging.WARNING))
    logging.getLogger("uvicorn").setLevel(logging.getLevelName(level.upper()))
