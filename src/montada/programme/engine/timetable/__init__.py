"""Sessions into rooms and hours: solved, checked, explained, changed least."""
