"""One search over everything that features publish."""
