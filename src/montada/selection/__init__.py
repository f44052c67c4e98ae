"""Prizes and showcases: which project was nominated, championed, awarded."""
