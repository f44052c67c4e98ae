"""Sessions of the forum: what, when, where, by whom."""
