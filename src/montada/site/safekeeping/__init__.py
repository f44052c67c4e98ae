"""
A forum in one file: written while people work in it, read back whole or not at all.

The file is a tar: `database.sqlite3`, `files/…`, and last the manifest, so that a file
that was cut off has none. The secret of the installation is not in it.
"""
