"""Pure computations of indicators: no Django, clock, network or disk."""
