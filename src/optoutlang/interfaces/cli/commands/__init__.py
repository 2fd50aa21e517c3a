"""One module for each command (cli/listing.py says what is expected of it); imported when the command runs."""
