"""
Equal shares: every voter owns the same kind of money, and proposals are bought with it.

Begin with `election.election` (ballots, places, whose money), then
`completion.selection`; `floors`, `reasons`, `ledger`, `measures` and `stability` speak
of what it returns.
"""
