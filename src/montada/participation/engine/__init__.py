"""Computation of participation: values in, values out."""
