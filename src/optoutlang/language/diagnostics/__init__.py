"""What is wrong with an author's text: one registry of codes, one value, several renderers."""
