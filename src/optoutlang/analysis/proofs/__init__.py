"""What is certain about a ruleset: the properties that `optout prove` settles (docs/proofs.md)."""
