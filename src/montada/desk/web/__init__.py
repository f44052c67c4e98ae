"""Pages of desk."""
