"""What consultation takes from files."""
