"""Measurements that are printed, not asserted: machines differ."""
