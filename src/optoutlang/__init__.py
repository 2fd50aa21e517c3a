"""optoutlang."""
