"""Contributions: whose they are, what they say, what is missing in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from montada.consultation.choices import ContributionState, SignedAs
from montada.consultation.engine.life import EDITABLE, WAITING
from montada.consultation.engine.questions import Problem, answers_shown, problems
from montada.consultation.models import Answer, Contribution, Question
from montada.consultation.queries.appeals import with_appeals_waiting
from montada.consultation.queries.calls import asked, questions_of
from montada.djangokit.page_language import page_language
from montada.language.engine import dates
from montada.participation import queries as people

if TYPE_CHECKING:
    from montada.edition.models import Edition
    from montada.participation.models import Person

GOVERNMENT = "government"
MAY_CHANGE = "consultation.change_consultation"


def contribution(pk: int) -> Contribution | None:
    return _with_all().filter(pk=pk).first()


def contribution_at(receipt: str) -> Contribution | None:
    """Return what was received under a number."""
    return _with_all().filter(receipt=receipt).exclude(receipt="").first()


def _with_all() -> QuerySet[Contribution]:
    return Contribution.objects.select_related(
        "call__edition",
        "author",
        "organisation",
        "stakeholder_group",
        "country",
        "region",
        "meeting",
        "merged_into",
    )


def contributions_of(of: Edition) -> QuerySet[Contribution]:
    """Return what was received for an edition, the newest first."""
    received = Contribution.objects.received().filter(call__edition=of)
    return received.select_related("call", "stakeholder_group", "country", "region")


def my_contributions(person: Person) -> list[Contribution]:
    """Return what somebody wrote or entered, drafts first. Two queries."""
    wrote = Contribution.objects.filter(author=person)
    entered = Contribution.objects.filter(
        entered_by=person, state=ContributionState.DRAFT
    )
    rows = (wrote | entered).select_related("call__edition", "merged_into")
    return sorted(
        rows, key=lambda row: (row.state not in EDITABLE, -row.written_at.timestamp())
    )


def waiting(of: Edition) -> QuerySet[Contribution]:
    """Return what waits for the secretariat's word, appeals too, the oldest first."""
    rows = with_appeals_waiting(contributions_of(of), Q(state__in=WAITING))
    return rows.order_by("submitted_at", "pk")


def may_change(person: Any, of: Edition) -> bool:
    """Return whether somebody decides about an edition's consultation."""
    return bool(person.is_authenticated and person.has_perm(MAY_CHANGE, of))


def may_write(person: Any, of: Contribution) -> bool:
    """Return whether a contribution's words are somebody's to change."""
    return person.pk is not None and person.pk in (of.author_id, of.entered_by_id)


def may_read(person: Any, of: Contribution) -> bool:
    """Return whether somebody may read what was sent: all, or those inside."""
    if of.state == ContributionState.DRAFT:
        return may_write(person, of)
    return (
        of.may_publish or may_write(person, of) or may_change(person, of.call.edition)
    )


def is_editable(of: Contribution) -> bool:
    return of.state in EDITABLE


def states_of(person: Any) -> frozenset[str]:
    """Return the States in whose name somebody may speak."""
    return people.reach_of(person).country_ids


def answers_of(of: Contribution) -> dict[str, Any]:
    """Return answers by the key of their question. One query."""
    rows = of.answers.select_related("question").order_by("question__version")
    return {row.question.key: row.value for row in rows}


def answered(of: Contribution) -> list[Answer]:
    """Return answers with the version of the question they answer. One query."""
    return list(of.answers.select_related("question"))


@dataclass(frozen=True, slots=True)
class Last:
    """What somebody said of themselves the last time they were asked."""

    position: str = ""
    gender: str = ""
    stakeholder_group_id: str | None = None
    country_id: str | None = None
    organisation_name: str = ""
    signed_as: str = SignedAs.PERSON.value
    may_publish: bool = False


def last_told(person: Person) -> Last:
    """Return what a new contribution begins with. Two queries at most."""
    names = Last.__slots__
    mine = Contribution.objects.filter(author=person).order_by("-written_at")
    told = mine.values(*names).first()
    if told:
        return Last(**told)
    organisation = person.organisation
    if organisation is None:
        return Last()
    return Last(
        stakeholder_group_id=organisation.stakeholder_group_id,
        country_id=organisation.country_id,
        organisation_name=str(organisation.name),
        signed_as=SignedAs.ORGANISATION.value,
    )


def problems_in(of: Contribution) -> list[Problem]:
    """Return what keeps a contribution from being sent: who signs, then answers."""
    questions = asked(questions_of(of.call))
    return [*_unsigned(of), *problems(questions, answers_of(of))]


def _unsigned(of: Contribution) -> list[Problem]:
    needed = {
        "author_name": of.author_name,
        "stakeholder_group_id": of.stakeholder_group_id,
    }
    if of.signed_as == SignedAs.ORGANISATION:
        needed["organisation_name"] = of.organisation_name
    if of.signed_as == SignedAs.STATE:
        needed["country_id"] = of.country_id
    if of.is_late:
        needed["entry_note"] = of.entry_note
    return [Problem(name, "missing") for name, said in needed.items() if not said]


def sentence_of(problem: Problem) -> str:
    """Return what is wrong with an answer, for its author."""
    values = {"n": problem.n, "limit": problem.limit}
    sentences = {
        "missing": _("An answer is needed."),
        "too_short": _("Write at least %(limit)s words; there are %(n)s so far."),
        "too_long": _("Write at most %(limit)s words; there are %(n)s."),
        "not_a_number": _("This is not a number."),
        "not_a_day": _("This is not a day."),
        "name_missing": _("Each person needs a name."),
    }
    return sentences[problem.fact] % values


def shown_answers(of: Contribution, questions: list[Question]) -> dict[str, Any]:
    """Return the answers to what is asked of this contribution."""
    return answers_shown(asked(questions), answers_of(of))


def is_open_for(of: Contribution, sender: Any, moment: datetime) -> bool:
    """
    Return whether a contribution may be sent by somebody at a moment.

    In its call's window; at any time where the secretariat asked for a change, or
    enters it and sends it itself.
    """
    if of.state == ContributionState.CHANGE_ASKED or of.call.is_open_at(moment):
        return True
    return of.entered_by_id is not None and may_change(sender, of.call.edition)


def moment_in_words(moment: datetime) -> str:
    """Return a moment by the clock it carries, in the language that is active."""
    return dates.written_moment(moment, page_language())
