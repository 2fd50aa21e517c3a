"""The operations page: reviews, a number's history, dead letters and rates, as HTML from the server."""

from __future__ import annotations
