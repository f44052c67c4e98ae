"""Libraries and files that stocktaking touches, one place each."""
