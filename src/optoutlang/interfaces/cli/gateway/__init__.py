"""The subcommands of `optout gateway`."""

from __future__ import annotations
