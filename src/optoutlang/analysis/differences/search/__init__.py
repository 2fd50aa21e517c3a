"""The search for messages that two rulesets read differently: a product of automata, the shortest message first."""
