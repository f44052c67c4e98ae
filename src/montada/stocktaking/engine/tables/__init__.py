"""Other people's tables: whose column is which part of a record, and back again."""
