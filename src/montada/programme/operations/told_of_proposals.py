"""Who is told of what happens to a proposal, each in their own language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from montada.participation import operations as participation
from montada.participation import queries as people

if TYPE_CHECKING:
    from montada.participation.models import Person
    from montada.programme.models import Proposal

LONGEST_TITLE = 150
"""Characters of a title in the subject of a message."""


def tell_of_proposal(
    *,
    proposal: Proposal,
    template: str,
    to: Iterable[Person],
    at: datetime,
    **values: Any,
) -> None:
    """Write a letter about a proposal to people, without who has no address."""
    told = {one.pk: one for one in to if one.is_active and one.email}
    # Of a request its author alone appeals; of another proposal, who organises it.
    is_request = bool(proposal.contribution and proposal.contribution.receipt)
    for person in told.values():
        write_letter(
            about=proposal,
            template=template,
            email=person.email,
            person=person,
            language=person.language,
            path=["programme:proposal", proposal.edition.slug, proposal.reference],
            at=at,
            reference=proposal.reference,
            is_request=is_request,
            **values,
        )


def write_letter(  # noqa: PLR0913 - a letter has that many sides
    *,
    about: Any,
    template: str,
    email: str,
    person: Person | None,
    language: str,
    path: Sequence[str],
    at: datetime,
    **values: Any,
) -> None:
    """
    Write one letter about a proposal or a session, in the language of who reads it.

    `path` is the name of the page to which it leads and what stands in its address.
    """
    with translation.override(language):
        name, *where = path
        participation.write_message(
            to_email=email,
            person=person,
            language=language,
            template=template,
            values={
                "title": title_in_letter(about),
                "edition": about.edition,
                "url": people.forum_address(reverse(name, args=where)),
            }
            | values,
            at=at,
        )


def title_in_letter(of: Any) -> str:
    """Return a title on one line, as long as a subject may be."""
    words = of.title.shown_to(translation.get_language() or "en").text
    if len(words) > LONGEST_TITLE:
        words = f"{words[:LONGEST_TITLE]}…"
    return words or gettext("Proposal without a title")
