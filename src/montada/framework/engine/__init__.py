"""Computation of framework: which lines and goals a text speaks of, and why."""
