"""Who is told of what happens to a contribution, each in their own language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from montada.consultation import queries
from montada.consultation.choices import ContributionState, DeclineReason
from montada.consultation.models import Contribution, ContributionStep
from montada.participation import operations as participation
from montada.participation import queries as people

if TYPE_CHECKING:
    from montada.participation.models import Person

LONGEST_TITLE = 150
"""Characters of a title in the subject of a message."""


def tell_of_receipt(*, contribution: Contribution, at: datetime) -> None:
    """Tell its author the number and the time, and the secretariat that it waits."""
    _tell(contribution, "received", _authors(contribution), at)
    _tell(contribution, "to_decide", people.secretariat(), at)


def tell_of_step(*, step: ContributionStep, at: datetime) -> None:
    """Tell the authors, and those of what was merged into it, what was decided."""
    row = step.contribution
    authors = [*_authors(row)]
    for merged in queries.merged_below(row):
        authors += _authors(merged)
    _tell(row, step.state, authors, at, step)


def tell_of_appeal(*, step: ContributionStep, at: datetime) -> None:
    """Tell the secretariat that an author appeals, in the author's words."""
    _tell(step.contribution, "appealed", people.secretariat(), at, step)


def tell_of_theme(*, contribution: Contribution, at: datetime) -> None:
    """Tell the authors, and those of what was merged into it, what it is read with."""
    authors = [*_authors(contribution)]
    for merged in queries.merged_below(contribution):
        authors += _authors(merged)
    _tell(contribution, "grouped", authors, at)


def _authors(row: Contribution) -> list[Person]:
    return [row.author] if row.author is not None else []


def _tell(
    row: Contribution,
    template: str,
    to: Iterable[Person],
    at: datetime,
    step: ContributionStep | None = None,
) -> None:
    told = {one.pk: one for one in to if one.is_active and one.email}
    for person in told.values():
        with translation.override(person.language):
            participation.write_message(
                to_email=person.email,
                person=person,
                language=person.language,
                template=f"consultation_{template}",
                values=_values(row, person, step, at),
                at=at,
            )


def _values(
    row: Contribution, person: Person, step: ContributionStep | None, at: datetime
) -> dict[str, Any]:
    """Return what a letter says to one reader, in the language that is active."""
    about = _about(row, person)
    values: dict[str, Any] = {
        "title": title_shown(about),
        "receipt": about.receipt,
        "at": people.on_two_clocks(at, zone=row.call.edition.zone, reader=person),
        "edition": row.call.edition,
        "url": people.forum_address(
            reverse("consultation:input", args=[about.receipt])
        ),
        "call": about.call.get_kind_display(),
        "theme": row.grouped_under.shown_to(person.language).text,
    }
    if step is not None:
        values |= {
            # What is said of the whole is said to those who may read it.
            "words": step.words if about == row else "",
            "reason": DeclineReason(step.reason).label if step.reason else "",
            "into": title_shown(step.into)
            if step.into and queries.may_read(person, step.into)
            else "",
            "is_left": step.state == ContributionState.RESUBMITTED
            and step.into is not None,
            "session_at": row.session_at
            and people.on_two_clocks(
                row.session_at, zone=row.call.edition.zone, reader=person
            ),
            "session_url": row.session_url,
            "appeal_until": _appeal_until(row, person),
        }
    return values


def _about(row: Contribution, person: Person) -> Contribution:
    """Return what a letter is about: the whole, or their part for who reads no more."""
    parts = () if queries.may_read(person, row) else queries.merged_below(row)
    return next((part for part in parts if part.author_id == person.pk), row)


def _appeal_until(row: Contribution, person: Person) -> people.TwoClocks | None:
    """Return until when the reader of a letter may appeal; None for others."""
    window = queries.appeal_window(row)
    if window is None or window.is_used or person.pk != row.author_id:
        return None
    zone = row.call.edition.zone
    return people.on_two_clocks(window.until, zone=zone, reader=person)


def title_shown(row: Contribution) -> str:
    """Return a title on one line, as long as a subject may be."""
    words = row.title.shown_to(translation.get_language() or row.language).text
    if len(words) > LONGEST_TITLE:
        words = f"{words[:LONGEST_TITLE]}…"
    return words or gettext("Contribution without a title")


def invite_voice(*, email: str, language: str, values: Any, at: datetime) -> None:
    """Write an invitation to speak, in the language of who is invited."""
    participation.write_message(
        to_email=email,
        person=people.person_of_email(email),
        language=language,
        template="consultation_voice_missing",
        values=values,
        at=at,
    )
