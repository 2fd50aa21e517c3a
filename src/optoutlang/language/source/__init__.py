"""Source texts and the places in them."""
