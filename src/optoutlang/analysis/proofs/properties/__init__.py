"""The properties that `optout prove` settles: one module each, listed in `registry`."""
