"""Tags that write action lines and goals."""
