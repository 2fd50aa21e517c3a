"""Questions about whole rulesets, answered exactly: what is proved of one, and how two differ."""
