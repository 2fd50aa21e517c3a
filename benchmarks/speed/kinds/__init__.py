"""How each kind of definition is measured: functions from a definition and the rulesets to measurements."""
