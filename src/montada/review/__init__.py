"""Twenty years: the targets of Geneva and how far they were reached."""
