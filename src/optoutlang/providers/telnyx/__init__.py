"""Telnyx: Ed25519 signatures, JSON in, replies by its API (https://developers.telnyx.com/docs/messaging/messages/receiving-webhooks)."""

from __future__ import annotations

from optoutlang.providers.telnyx.provider import Telnyx

__all__ = ["Telnyx"]
