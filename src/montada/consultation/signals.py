"""What consultation announces."""

from django.dispatch import Signal

statements_opened = Signal()
"""Statements may be voted on now that nobody has read for labels; after commit."""

decision_asked = Signal()
"""
Somebody is about to bring a `contribution` to a `state`. Who knows that this is decided
elsewhere keeps them from it by raising a `Refusal`.
"""

appeal_until_asked = Signal()
"""
Until when may the author of a `contribution` appeal against what was decided about it
at `decided_at`? Who took the decision answers with a moment, that of the decision where
nobody may; everybody else with None.
"""

standings_asked = Signal()
"""
Where do `contributions` stand that go on elsewhere? Who has them there answers with the
`engine.values.Standing` of each that the `reader` may see, by primary key.
"""

taken_apart = Signal()
"""A merged `contribution` is one of its own again; inside the decision."""

vote_cast = Signal()
"""A vote was cast, changed or taken back: `edition_pk`, no more; after commit."""
