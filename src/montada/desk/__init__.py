"""One page for a country: everything that concerns it."""
