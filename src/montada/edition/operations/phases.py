"""Setting when something of an edition is open."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.edition.choices import PhaseKind
from montada.edition.engine.values import PhasePlan
from montada.edition.models import Phase
from montada.edition.operations.editions import locked
from montada.language.engine.harmless import harmless_text


class PhaseKindUnknown(Refusal):
    code = "edition.phase_kind_unknown"
    message = _("There is no such kind of phase: “%(kind)s”.")


class PhaseClosesBeforeItOpens(Refusal):
    code = "edition.phase_closes_before_it_opens"
    message = _("A phase closes after it opens; “%(name)s” would not.")


class PhaseUnknown(Refusal):
    code = "edition.phase_unknown"
    message = _("This edition has no such phase.")


@transaction.atomic
def set_phase(
    *,
    edition_id: int,
    phase: PhasePlan,
    set_by: AbstractBaseUser | None,
    at: datetime,
) -> Phase:
    """
    Say when a phase is open, replacing what was said of that kind before.

    Raises
    ------
    EditionUnknown, PhaseKindUnknown, PhaseClosesBeforeItOpens
    """
    edition = locked(edition_id)
    if phase.kind not in PhaseKind.values:
        raise PhaseKindUnknown(kind=phase.kind)
    if phase.closes_at <= phase.opens_at:
        raise PhaseClosesBeforeItOpens(name=phase.name)
    before = edition.phases.filter(kind=phase.kind).first()
    row = before or Phase(edition=edition, kind=phase.kind)
    details = {"kind": phase.kind, "before": before and told(before)}
    row.name = harmless_text(phase.name)
    row.opens_at, row.closes_at = phase.opens_at, phase.closes_at
    if before and told(row) == details["before"]:
        return row
    row.save()
    audit.record(
        action="edition.phase_set",
        actor=set_by,
        subject=edition,
        at=at,
        details=details | {"after": told(row)},
    )
    return row


@transaction.atomic
def remove_phase(
    *, edition_id: int, phase_id: int, removed_by: AbstractBaseUser, at: datetime
) -> None:
    """
    Take a phase out of an edition.

    Raises
    ------
    EditionUnknown, PhaseUnknown
    """
    edition = locked(edition_id)
    phase = edition.phases.filter(pk=phase_id).first()
    if phase is None:
        raise PhaseUnknown
    phase.delete()
    audit.record(
        action="edition.phase_removed",
        actor=removed_by,
        subject=edition,
        at=at,
        details={"kind": phase.kind, "before": told(phase)},
    )


def told(phase: Phase) -> dict[str, Any]:
    """Return a phase as the trail keeps it, its moments in UTC."""
    return {
        "name": phase.name.as_json(),
        "opens_at": phase.opens_at.astimezone(UTC).isoformat(),
        "closes_at": phase.closes_at.astimezone(UTC).isoformat(),
    }
