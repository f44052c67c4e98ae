"""Pages of stocktaking."""
