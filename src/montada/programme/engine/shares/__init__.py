"""
Equal shares: every voter owns the same kind of money, and proposals are bought with it.

Begin with `election.election` (ballots, places, whose money), then
`completion.selection`; `floors`, `reasons`, `ledger`, `measures`, `what_if` and
`stability` speak of what it returns. `phragmen` is another rule to compare with.
"""
