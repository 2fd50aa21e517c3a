"""Who may be texted: an engine without I/O, and stores that lose nothing."""
