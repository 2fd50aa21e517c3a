"""The engine's values as rows: facts, and apart from them the texts that are about a person."""
