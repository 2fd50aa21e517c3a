"""The RULES argument of commands, read: as a matcher, a checked source or a workbench."""
