"""
What came of a consultation, as the document "Outcomes and analysis" tells it.

Every number is asked of the query whose page shows it: the document and the pages of
totals, participation and opinion cannot tell different ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from montada.consultation.choices import CallKind
from montada.consultation.queries.calls import calls_of
from montada.consultation.queries.meetings import MeetingRow, meetings_of
from montada.consultation.queries.opinion import OpinionPage, opinion_page
from montada.consultation.queries.outcome_inputs import (
    Innovation,
    Input,
    innovations,
    printed_inputs,
)
from montada.consultation.queries.participation import Participation, participation
from montada.consultation.queries.statements import open_statements
from montada.consultation.queries.themes import Theme, themes_of
from montada.consultation.queries.totals import Totals, totals
from montada.edition import queries as editions

if TYPE_CHECKING:
    from montada.consultation.models import Call
    from montada.edition.models import Edition, Phase


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Everything that the document says, before it is put into sentences."""

    edition: Edition
    totals: Totals
    participation: Participation
    phases: tuple[Phase, ...]
    calls: tuple[Call, ...]
    meetings: tuple[MeetingRow, ...]
    opinion: OpinionPage | None
    n_statements: int
    themes: tuple[Theme, ...]
    """Of two and more contributions or statements, the largest first."""
    innovations: tuple[Innovation, ...]
    inputs: tuple[Input, ...]
    """All that anybody may read, the first received first."""

    @property
    def n_unpublished(self) -> int:
        """Contributions that are counted, and shown to nobody: their authors' wish."""
        return self.totals.n - len(self.inputs)

    @property
    def views(self) -> tuple[Input, ...]:
        return tuple(one for one in self.inputs if one.call == CallKind.VIEWS)

    def on_line(self, code: str) -> tuple[Input, ...]:
        return tuple(one for one in self.inputs if code in one.lines)

    @property
    def on_no_line(self) -> tuple[Input, ...]:
        """Return what is neither among the views nor on any line."""
        rest = (one for one in self.inputs if one.call != CallKind.VIEWS)
        return tuple(one for one in rest if not one.lines)

    def said_at(self, meeting: int) -> tuple[Input, ...]:
        return tuple(one for one in self.inputs if one.meeting == meeting)


def outcomes(of: Edition, reader: str) -> Outcomes:
    """Return what came of an edition's consultation."""
    return Outcomes(
        edition=of,
        totals=totals(of, reader),
        participation=participation(of, reader),
        phases=tuple(editions.phases_of(of)),
        calls=tuple(calls_of(of)),
        meetings=tuple(meetings_of(of, None)),
        opinion=opinion_page(of),
        n_statements=open_statements(of).count(),
        themes=tuple(one for one in themes_of(of, reader) if not one.is_alone),
        innovations=innovations(of, reader),
        inputs=printed_inputs(of, reader),
    )
