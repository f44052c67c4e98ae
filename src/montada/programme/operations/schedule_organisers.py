"""Organisers of a programme that is taken in, and what is said of names left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from django.utils.translation import gettext as _

from montada.djangokit.page_language import listed
from montada.language.engine.harmless import harmless_words
from montada.participation import queries as people
from montada.participation.engine.naming import Namesake, meant

MOST_NAMED, LONGEST_NAMED = 5, 80
"""Names that a report repeats of one row, and how much of each."""


class Organisers:
    """Organisations that a name alone means; none is added. One query, when asked."""

    @cached_property
    def _namesakes(self) -> Mapping[str, Sequence[Namesake]]:
        return people.organisation_index()

    def known(self, name: str) -> int | None:
        """Return the number of the organisation that is meant."""
        namesakes = self._namesakes.get(people.key_of(name), ())
        found = meant(namesakes, country_id=None, stakeholder_group_id=None)
        return found.organisation_id if found else None


def left_out(
    lines: Mapping[str, object],
    organisers: Mapping[str, object],
    speakers: Mapping[str, object],
    kinds: Mapping[str, object],
) -> str:
    """Return which names of a row came to nothing here, in words; "" where none did."""
    said = (
        (_("No action line has this code: %(names)s."), lines),
        (_("No organisation is known by this name alone: %(names)s."), organisers),
        (_("The panel has no seat left for these: %(names)s."), speakers),
        (_("No kind is called %(names)s; it has the usual one."), kinds),
    )
    return " ".join(
        sentence % {"names": listed(_first(names))}
        for sentence, found in said
        if (names := [shown_name(name) for name in found if not found[name]])
    )


def _first(names: Sequence[str]) -> list[str]:
    more = ["…"] if len(names) > MOST_NAMED else []
    return [*names[:MOST_NAMED], *more]


def shown_name(name: str) -> str:
    return harmless_words(name[:LONGEST_NAMED])
