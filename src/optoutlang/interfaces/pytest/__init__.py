"""The pytest plugin: cases of `test` blocks as tests."""
