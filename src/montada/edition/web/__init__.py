"""Pages of edition."""
