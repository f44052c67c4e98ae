"""
At which activities money is counted, so that none is counted at two levels.

IATI (`iati-activity/@hierarchy`, in the schema): "If multiple levels are reported then,
to avoid double counting, financial transactions should only be reported at the lowest
hierarchical level." Publishers report at both, so of each pair of parent and child one
is counted:

- A secondary reporter's (`reporting-org/@secondary-reporter`) never is: it "reproduces
  data on the activities of an organisation for which it is not directly responsible".
- Who names a child (`related-activity`, type 2), or was named a parent (type 1) by one
  that counts and stands before it in the file, is not: the level below is.
- Who names a parent that stands before it and counts is not either: that parent did not
  know of it. It is the one case in which the upper level is counted.
- All others are. An activity without money takes nobody's place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from montada.stocktaking.engine.iati.values import Finding


@dataclass(slots=True)
class Levels:
    """Which activities of one file count, as they come."""

    _counted: set[str] = field(default_factory=set)
    _below: set[str] = field(default_factory=set)
    """Activities that one which counts has named as its parent."""

    def objection(
        self, identifier: str, parents: Iterable[str], children: Iterable[str]
    ) -> Finding | None:
        """Return why an activity with money is not counted; `None` if it is."""
        if any(children) or identifier in self._below:
            return Finding.MONEY_BELOW
        if not self._counted.isdisjoint(parents):
            return Finding.MONEY_ABOVE
        self._counted.add(identifier)
        self._below.update(parents)
        return None
