"""Checks of classes, guards and topics."""
