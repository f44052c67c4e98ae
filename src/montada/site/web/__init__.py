"""Pages of the shell and pages that count several features."""
