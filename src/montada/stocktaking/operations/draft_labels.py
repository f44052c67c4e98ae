"""Lines, goals, targets and objectives of a draft; they wait for its publication."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.framework import operations as framework
from montada.framework.engine.values import Axis
from montada.stocktaking import queries
from montada.stocktaking.choices import LinkSource
from montada.stocktaking.engine.values import LabelOf
from montada.stocktaking.models import ProjectVersion
from montada.stocktaking.operations.filing import Labels, with_labels, without_label
from montada.stocktaking.operations.labels import LabelStated, suggested
from montada.stocktaking.operations.writing import editable

if TYPE_CHECKING:
    from montada.participation.models import Person


class LabelUnknown(Refusal):
    code = "stocktaking.label_unknown"
    message = _("There is no action line, goal, target or objective %(codes)s.")


@transaction.atomic
def set_labels(
    *,
    version: ProjectVersion,
    labels: Sequence[LabelOf],
    set_by: Person,
    shown: Sequence[LabelOf] | None = None,
) -> ProjectVersion:
    """
    Let a draft have these lines, goals, targets and objectives, and no others.

    `shown` are those that the writer had before their eyes; None where all of the
    draft's were. What others gave or took back since then stays as they left it. What
    stays keeps who said it first. Readers see them once the version is published: as
    with its words, the trail tells of that.

    Raises
    ------
    NotYourProject, VersionNotEditable, LabelUnknown
    """
    version = editable(version, set_by)
    if unknown := queries.unknown_labels(labels):
        raise LabelUnknown(codes=", ".join(unknown))
    seen = {label.key for label in (version.labels if shown is None else shown)}
    wanted = {label.key for label in labels}
    gone = seen - wanted
    kept = tuple(label for label in version.labels if label.key not in gone)
    new = [label for label in labels if label.key not in seen]
    return _saved(version, with_labels(kept, new))


@transaction.atomic
def accept_label(
    *, version: ProjectVersion, axis: Axis, code: str, accepted_by: Person, at: datetime
) -> ProjectVersion:
    """
    Give a draft a line or goal that its words suggest.

    Raises
    ------
    NotYourProject, VersionNotEditable, LabelStated
    montada.framework.operations.LabelNotSuggested, LabelDecidedAlready
    """
    version = _decided(
        version, axis, code, is_confirmed=True, person=accepted_by, at=at
    )
    label = suggested(version, axis, code, LinkSource.ENGINE)
    return _saved(version, with_labels(version.labels, [label]))


@transaction.atomic
def refuse_label(
    *, version: ProjectVersion, axis: Axis, code: str, refused_by: Person, at: datetime
) -> ProjectVersion:
    """
    Say that a suggested line or goal is not the draft's; it is not offered again.

    One that was accepted is taken back.

    Raises
    ------
    NotYourProject, VersionNotEditable, LabelStated
    montada.framework.operations.LabelNotSuggested, LabelDecidedAlready
    """
    version = _decided(
        version, axis, code, is_confirmed=False, person=refused_by, at=at
    )
    return _saved(version, without_label(version.labels, axis, code))


def _decided(
    version: ProjectVersion,
    axis: Axis,
    code: str,
    *,
    is_confirmed: bool,
    person: Person,
    at: datetime,
) -> ProjectVersion:
    """Keep the decision, and return the version as it stands, for it to follow."""
    version = editable(version, person)
    said = {label.key: label.source for label in version.labels}
    if said.get((axis, code), LinkSource.ENGINE) != LinkSource.ENGINE:
        raise LabelStated
    framework.decide_label(
        subject=version,
        axis=axis,
        code=code,
        is_confirmed=is_confirmed,
        decided_by=person,
        at=at,
    )
    return version


def _saved(version: ProjectVersion, labels: Labels) -> ProjectVersion:
    version.labels = labels
    version.save(update_fields=["labels"])
    return version
