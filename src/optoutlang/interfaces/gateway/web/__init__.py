"""HTTP: bodies within bounds, webhooks, problems, and what every answer carries."""

from __future__ import annotations
