"""Montada runs a multi-stakeholder forum on digital cooperation, Arabic first."""

__version__ = "0.1.0"
