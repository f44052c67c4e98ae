"""Pages of framework."""
