"""Pure computations of the programme: no Django, clock, network or disk."""
