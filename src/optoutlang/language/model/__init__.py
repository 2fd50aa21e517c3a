"""What the sources say, with names resolved and packs merged: statements with their file, scope and place."""
