"""The vocabulary for other programs."""
