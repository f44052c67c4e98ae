"""Pure computation of edition: shifting dates, and where a phase stands."""
