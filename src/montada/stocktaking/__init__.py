"""The living record of projects."""
