"""The parts of extraction: what a page or a text says of itself, and which lines are its article."""
