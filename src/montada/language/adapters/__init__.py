"""What reads files from outside the product."""
