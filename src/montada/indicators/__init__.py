"""Figures of countries and groups by year, each with its source."""
