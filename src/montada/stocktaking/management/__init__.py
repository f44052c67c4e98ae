"""The terminal of stocktaking."""
