"""Series: sessions that belong together, as parts in their order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.language.engine.text import LocalizedText
from montada.programme.models import Series, Session
from montada.programme.operations.meanwhile import check_seen
from montada.programme.operations.permitted import check_secretariat
from montada.programme.operations.sessions import store_changes
from montada.programme.operations.words import LONGEST_LINE, kept_text

if TYPE_CHECKING:
    from montada.participation.models import Person

MOST_PARTS = 50


class SeriesTitleMissing(Refusal):
    code = "programme.series_title_missing"
    message = _("Give the series a title.")


class SeriesPartsWrong(Refusal):
    code = "programme.series_parts_wrong"
    message = _(
        "A series has from 2 to 50 sessions of one edition, each once, and none of "
        "another series."
    )


@transaction.atomic
def set_series(  # noqa: PLR0913 - a series has that many sides
    *,
    edition: Any,
    series: Series | None = None,
    title: LocalizedText,
    is_in_order: bool,
    sessions: Sequence[Session],
    seen: int | None = None,
    set_by: Person | None,
    at: datetime,
) -> Series:
    """
    Make a series of sessions, or change one: they are its parts in the order given.

    Sessions that were its parts and are not named any more belong to none. A part that
    was cancelled since may stay one, with its number, or go. `seen`: see `check_seen`.

    Raises
    ------
    NotTheSecretariat, SettingChangedMeanwhile, SeriesTitleMissing, SeriesPartsWrong
    """
    check_secretariat(set_by, edition)
    check_seen(series, seen)
    words = kept_text(title, longest=LONGEST_LINE)
    if not words:
        raise SeriesTitleMissing
    _check_parts(edition, series, sessions)
    row = series or Series(edition=edition)
    row.title, row.is_in_order = words, is_in_order
    row.save()
    kept = {session.pk for session in sessions}
    for session in row.sessions.exclude(pk__in=kept):
        _put(session, None, None, set_by, at)
    for part, session in enumerate(sessions, start=1):
        _put(session, row, part, set_by, at)
    audit.record(
        action="programme.series_set",
        actor=set_by,
        subject=row,
        at=at,
        details={"sessions": [session.slug for session in sessions]},
    )
    return row


@transaction.atomic
def remove_series(
    *,
    series: Series,
    seen: int | None = None,
    removed_by: Person | None,
    at: datetime,
) -> None:
    """
    End a series; its sessions stay, as parts of none.

    Raises
    ------
    NotTheSecretariat, SettingChangedMeanwhile
    """
    check_secretariat(removed_by, series.edition)
    check_seen(series, seen)
    for session in series.sessions.all():
        _put(session, None, None, removed_by, at)
    audit.record(
        action="programme.series_removed", actor=removed_by, subject=series, at=at
    )
    series.delete()


def _put(
    session: Session,
    series: Series | None,
    part: int | None,
    by: Person | None,
    at: datetime,
) -> None:
    row = Session.objects.select_for_update().get(pk=session.pk)
    values = {"series": series, "part": part}
    store_changes(row=row, values=values, changed_by=by, at=at)


def _check_parts(
    edition: Any, series: Series | None, sessions: Sequence[Session]
) -> None:
    ids = [session.pk for session in sessions]
    own = series.pk if series else None
    is_fine = (
        2 <= len(ids) <= MOST_PARTS
        and len(set(ids)) == len(ids)
        and all(
            session.edition_id == edition.pk and _may_be_part(session, own)
            for session in sessions
        )
    )
    if not is_fine:
        raise SeriesPartsWrong


def _may_be_part(session: Session, own: int | None) -> bool:
    """Return whether a session may be a part; a cancelled one where it is already."""
    if session.is_cancelled:
        return own is not None and session.series_id == own
    return session.series_id in (None, own)
