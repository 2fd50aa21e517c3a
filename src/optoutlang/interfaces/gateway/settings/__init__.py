"""The settings of a gateway: a TOML file, read with diagnostics that name place, reason and cure."""

from __future__ import annotations

from optoutlang.interfaces.gateway.settings.model import (
    ApiKey,
    Application,
    Rules,
    Scope,
    Server,
    Settings,
    Ui,
)
from optoutlang.interfaces.gateway.settings.read import Reading, read_settings

__all__ = [
    "ApiKey",
    "Application",
    "Reading",
    "Rules",
    "Scope",
    "Server",
    "Settings",
    "Ui",
    "read_settings",
]
