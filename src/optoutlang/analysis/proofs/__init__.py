"""Proofs about one ruleset: the properties that `optout prove` settles (docs/proofs.md)."""
