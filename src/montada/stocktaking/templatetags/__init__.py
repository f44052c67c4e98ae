"""Tags of stocktaking."""
