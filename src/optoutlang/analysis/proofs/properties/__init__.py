"""What `optout prove` states of a ruleset: one module a property, listed in `registry`."""
