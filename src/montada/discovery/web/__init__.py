"""Pages of discovery."""
