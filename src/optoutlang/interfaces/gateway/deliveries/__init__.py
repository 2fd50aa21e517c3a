"""The outbox, handed on: to the application, and to providers whose replies do not travel in answers."""

from __future__ import annotations

from optoutlang.interfaces.gateway.deliveries.queue import DeadLetter, DeliveryQueue
from optoutlang.interfaces.gateway.deliveries.worker import Worker

__all__ = ["DeadLetter", "DeliveryQueue", "Worker"]
