"""Open data of the search."""
