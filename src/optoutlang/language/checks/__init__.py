"""What a sound model may still get wrong: one module for each check, and one list of them."""
