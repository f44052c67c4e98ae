"""What reads the trained arrays and trains them, outside the pure computation."""
