"""The API for applications: who may be texted, what people want, what waits, what a message would mean."""

from __future__ import annotations
