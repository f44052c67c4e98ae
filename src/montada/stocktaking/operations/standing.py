"""
What a decision about an entry begins with: the row, held, and as it stands by now.

Two people may look at one entry at once: each decision reads again where it stands.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.language.engine.harmless import harmless_words
from montada.stocktaking.choices import VersionState, Visibility
from montada.stocktaking.models import Project, ProjectVersion

MOST_CHARACTERS = 5000
"""Of a remark or a reason: two pages."""


class EntryGone(Refusal):
    code = "stocktaking.entry_gone"
    message = _("This entry is not there any more: its author took it back.")


class EntryMovedOn(Refusal):
    code = "stocktaking.entry_moved_on"
    message = _(
        "Somebody was quicker: this entry stands elsewhere by now (%(state)s), so your "
        "step was not taken. Look at it again."
    )


class SentAnew(Refusal):
    code = "stocktaking.sent_anew"
    message = _(
        "The author has sent this entry again since you opened the page, so your step "
        "was not taken. Read it as it stands now."
    )


class NotYoursToDecide(Refusal):
    code = "stocktaking.not_yours_to_decide"
    message = _("This is not yours to decide.")
    status = 403


class WordsMissing(Refusal):
    code = "stocktaking.words_missing"
    message = _("Say in words what is meant: those whom it concerns will read them.")


class WordsTooMany(Refusal):
    code = "stocktaking.words_too_many"
    message = _("Write at most %(most)s characters; these are %(n)s.")


def held(version: ProjectVersion) -> ProjectVersion:
    """
    Return the version as it stands now, held until the transaction ends.

    Raises
    ------
    EntryGone
    """
    found = (
        ProjectVersion.objects.select_for_update(of=("self",))
        .select_related("project")
        .filter(pk=version.pk)
        .first()
    )
    if found is None:
        raise EntryGone
    return found


def held_project(project: Project) -> Project:
    """As `held`, of a project."""
    found = Project.objects.select_for_update(of=("self",)).filter(pk=project.pk)
    if (row := found.first()) is None:
        raise EntryGone
    return row


def check_state(version: ProjectVersion, states: Collection[str]) -> None:
    """Raise `EntryMovedOn` unless the version stands at one of `states`."""
    if version.state not in states:
        raise EntryMovedOn(state=VersionState(version.state).label)


def check_sending(version: ProjectVersion, sent_at: datetime | None) -> None:
    """
    Raise `SentAnew` unless the version is the one that was sent at `sent_at`.

    Each sending may bring other words. None: whoever decides does not say what they
    read, and takes the entry as it stands.
    """
    if sent_at is not None and version.submitted_at != sent_at:
        raise SentAnew


def check_visibility(project: Project, wanted: Collection[str]) -> None:
    """Raise `EntryMovedOn` unless the project is seen as `wanted` says."""
    if project.visibility not in wanted:
        raise EntryMovedOn(state=Visibility(project.visibility).label)


def words_of(text: str) -> str:
    """
    Return what somebody wrote, without signs that mislead readers.

    Raises
    ------
    WordsMissing, WordsTooMany
    """
    if len(text) > MOST_CHARACTERS:
        raise WordsTooMany(most=MOST_CHARACTERS, n=len(text))
    words = harmless_words(text)
    if not words:
        raise WordsMissing
    return words
