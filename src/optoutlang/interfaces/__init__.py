"""The ways in: the command line, its reports, the pytest plugin."""
