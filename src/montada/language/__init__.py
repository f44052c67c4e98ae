"""Six UN languages: text that knows its language, folding, numbers and dates."""
