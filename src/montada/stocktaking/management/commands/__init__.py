"""Commands of stocktaking."""
