"""The demonstration forum: real facts and one made-up edition, built by operations."""
