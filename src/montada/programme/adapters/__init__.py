"""What touches files for the programme."""
