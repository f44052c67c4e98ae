"""Pure computation of the consultation: opinion groups, routing, integrity."""
