"""Twilio: signed forms in, TwiML out (https://www.twilio.com/docs/messaging/guides/webhook-request)."""

from __future__ import annotations

from optoutlang.providers.twilio.provider import Twilio

__all__ = ["Twilio"]
