"""Commands of framework."""
