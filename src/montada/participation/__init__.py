"""People, organisations, their stakeholder groups and their roles."""
