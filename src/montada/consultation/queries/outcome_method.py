"""How a consultation was done: its phases, its calls, its meetings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from montada.consultation.queries.outcome_blocks import (
    Link,
    Phrase,
    Row,
    Section,
    Table,
    Words,
    phrase,
)
from montada.consultation.queries.outcome_summary import number
from montada.consultation.queries.outcomes import Outcomes
from montada.djangokit.page_language import page_language
from montada.language.engine import dates
from montada.language.queries import in_page_digits

if TYPE_CHECKING:
    from montada.consultation.models import Call
    from montada.consultation.queries.meetings import MeetingRow
    from montada.edition.models import Phase


def how_it_was_done(of: Outcomes) -> Iterator[Section]:
    """Yield the sections about the way, in the language that is active."""
    said = _(
        "What the forum deals with comes from those who take part. Every contribution "
        "has a number and a page on which everybody sees what became of it."
    )
    yield Section("how", _("How the consultation was done"), (Words(said),))
    note = _("All moments: %(zone)s.") % {"zone": _zone(of)}
    for key, title, one, rows in (
        ("phases", _("Phases"), _("Phase"), tuple(_phases(of))),
        ("calls", _("Calls"), _("Call"), tuple(_calls(of))),
    ):
        if rows:
            head = (one, _("Opens"), _("Closes"))
            table = Table(title, note, head, rows, is_numbers=False)
            yield Section(key, title, (table,), 2)
    if of.meetings:
        title = _("Meetings")
        about = (_("Meeting"), _("Starts"), _("Place"), _("Made in its room"))
        rows = tuple(_meeting(of, row) for row in of.meetings)
        table = Table(title, note, about, rows, is_numbers=False)
        yield Section("meetings", title, (table,), 2)


def _phases(of: Outcomes) -> Iterator[Row]:
    for one in of.phases:
        yield _window(of, phrase(one.name, page_language()), one)


def _calls(of: Outcomes) -> Iterator[Row]:
    for one in of.calls:
        yield _window(of, str(one.get_kind_display()), one)


def _window(of: Outcomes, name: Phrase, one: Phase | Call) -> Row:
    zone = of.edition.zone
    ends = (one.opens_at, one.closes_at)
    return Row(name, tuple(_moment(end.astimezone(zone)) for end in ends))


def _meeting(of: Outcomes, row: MeetingRow) -> Row:
    one, reader = row.meeting, page_language()
    return Row(
        name=phrase(one.title, reader),
        cells=(
            _moment(row.starts.at),
            phrase(one.place, reader) or _("not stated"),
            number(len(of.said_at(one.pk))),
        ),
        url=Link("meeting", str(one.pk)),
    )


def _moment(at: datetime) -> str:
    return in_page_digits(dates.written_moment(at, page_language()))


def _zone(of: Outcomes) -> str:
    city = of.edition.city.shown_to(page_language()).text
    return _("%(city)s time") % {"city": city} if city else of.edition.timezone
