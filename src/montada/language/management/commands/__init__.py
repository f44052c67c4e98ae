"""Commands of language."""
