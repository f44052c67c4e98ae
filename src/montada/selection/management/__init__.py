"""Commands of selection."""
