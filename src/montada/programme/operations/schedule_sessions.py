"""Sessions of a programme that is taken in: those that are known, and new ones."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from montada.framework import queries as framework
from montada.language.engine.folding import folded
from montada.programme import queries
from montada.programme.engine.outgoing import guid_of
from montada.programme.engine.timetable.importing import Published
from montada.programme.models import Session, SessionKind
from montada.programme.operations.kinds import open_kinds
from montada.programme.operations.schedule_facts import Facts
from montada.programme.operations.schedule_organisers import Organisers, left_out
from montada.programme.operations.schedule_panels import Panels
from montada.programme.operations.schedule_words import text_in, title_in

if TYPE_CHECKING:
    from montada.participation.models import Person

USUAL = "thematic_workshop"
"""Code of the kind that a session gets whose type the edition does not know."""
OPENING = "opening"
"""Code of the kind that it gets only where there is no other."""
LONGEST_NUMBER = 12
LONGEST_TYPE = 80


class Sessions:
    """An edition's sessions, with the kinds and lines that new ones may have."""

    def __init__(self, edition: Any, by: Person | None, at: datetime) -> None:
        self.edition = edition
        rows = Session.objects.filter(edition=edition).select_related("kind")
        self.by_slug = {row.slug: row for row in rows.prefetch_related("goals")}
        self.by_guid = {f"{guid_of(slug)}": row for slug, row in self.by_slug.items()}
        self.kinds = queries.kinds_of(edition) or open_kinds(
            edition=edition, opened_by=by, at=at
        )
        self.goals = {goal.number: goal for goal in framework.goals()}
        self.lines = {
            name.casefold(): line
            for line in framework.action_lines()
            for name in (line.latin_code, line.code)
        }
        self.organisers = Organisers()
        self.panels = Panels(edition, at)

    def known(self, session: Published, slug: str) -> Session | None:
        """Return the session that is meant: exported here, or taken in before."""
        return (
            self.by_guid.get(session.guid)
            or self.by_slug.get(session.id)
            or self.by_slug.get(slug)
        )

    def made(self, session: Published, facts: Facts, slug: str) -> tuple[Session, str]:
        """
        Make a session that nobody knows, with its lines, goals, organisers and panel.

        Return it, and in words what it does not have of the file: tracks that are not
        the code of an action line, organisers that nobody knows by this name, speakers
        beyond a full panel, a type that no kind has.

        Raises
        ------
        TitleMissing, WordsTooMany, SpeakerNameMissing
        """
        title = title_in(session.title, session.language)
        known_kind = self._kind(session.kind)
        kind = known_kind or self._usual_kind()
        lines = {name: self.lines.get(name.casefold()) for name in session.tracks}
        organisers = {name: self.organisers.known(name) for name in session.organisers}
        row = Session.objects.create(
            slug=slug,
            edition=self.edition,
            year=self.edition.year,
            number=session.number if len(session.number) <= LONGEST_NUMBER else "",
            title=title,
            description=text_in(session.summary, session.language),
            sort_key=queries.title_key(str(title)),
            is_public=False,
            kind=kind,
            session_type=str(kind.name)[:LONGEST_TYPE],
            minutes=session.minutes,
            mode=facts.mode,
            languages=list(facts.languages),
            labels_basis=facts.basis(has_lines=any(lines.values())),
        )
        row.action_lines.set(filter(None, lines.values()))
        row.goals.set(self.goals[number] for number in facts.goals)
        row.organisers.set(filter(None, organisers.values()))
        unseated = self.panels.seat(row, session)
        self.by_slug[slug] = row
        kinds = {session.kind: known_kind} if session.kind.strip() else {}
        return row, left_out(lines, organisers, dict.fromkeys(unseated), kinds)

    def _kind(self, name: str) -> SessionKind | None:
        """Return the kind of that code or name, if it has hours."""
        wanted = folded(name)
        for kind in self.kinds:
            names = {kind.code, *map(folded, kind.name.by_language.values())}
            if wanted in names and not kind.is_stand:
                return kind
        return None

    def _usual_kind(self) -> SessionKind:
        """Return the usual kind, else the first with hours that is no opening."""

        def fits_worse(kind: SessionKind) -> tuple[bool, bool, bool]:
            return kind.is_stand, kind.code != USUAL, kind.code == OPENING

        return min(self.kinds, key=fits_worse)
