"""From the checked model to the program that a matcher asks: written out, merged, and each country as an overlay."""
