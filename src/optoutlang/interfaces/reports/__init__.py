"""Results as text, JSON, Markdown and HTML."""
