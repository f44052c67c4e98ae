"""Open consultation: statements, votes, contributions, and what unites and divides."""
