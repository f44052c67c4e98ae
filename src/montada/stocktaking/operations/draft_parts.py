"""What hangs on a draft: lines and goals, whom to ask, what its words suggest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.framework import operations as framework
from montada.language import queries as language
from montada.stocktaking import queries
from montada.stocktaking.engine.values import LabelOf
from montada.stocktaking.models import ProjectContact, ProjectVersion
from montada.stocktaking.operations.register import LINKS

if TYPE_CHECKING:
    from montada.participation.models import Person
from montada.stocktaking.operations.writing import editable


class LabelUnknown(Refusal):
    code = "stocktaking.label_unknown"
    message = _("There is no action line, goal, target or objective %(codes)s.")


@transaction.atomic
def set_labels(
    *,
    version: ProjectVersion,
    labels: Sequence[LabelOf],
    set_by: Person,
    at: datetime,
) -> None:
    """
    Let a project have these lines, goals, targets and objectives, and no others.

    What stays keeps who said it first.

    Raises
    ------
    NotYourProject, VersionNotEditable, LabelUnknown
    """
    version = editable(version, set_by)
    if unknown := queries.unknown_labels(labels):
        raise LabelUnknown(codes=", ".join(unknown))
    is_changed = False
    for axis, (table, column) in LINKS.items():
        wanted = {label.code: label for label in labels if label.axis == axis}
        rows = table.objects.filter(project=version.project)
        known = {str(code) for code in rows.values_list(column, flat=True)}
        gone = rows.filter(**{f"{column}__in": known - wanted.keys()}).delete()[0]
        new = [label for code, label in wanted.items() if code not in known]
        table.objects.bulk_create(
            table(
                project=version.project,
                **{column: label.code},
                source=label.source,
                confidence=label.confidence,
                words=list(label.words),
            )
            for label in new
        )
        is_changed |= bool(gone or new)
    if is_changed:
        audit.record(
            action="stocktaking.labels_set",
            actor=set_by,
            subject=version.project,
            at=at,
            details={"labels": [f"{label.axis} {label.code}" for label in labels]},
        )


def read_draft(*, version: ProjectVersion, at: datetime) -> None:
    """
    Read what a draft says for the labels that it suggests to its author.

    Nothing where texts cannot be read on this machine: a draft is saved without.
    """
    text = queries.text_to_label(version.project, version.record)
    if text.text:
        with suppress(language.EncoderMissing):
            framework.suggest_labels(texts=[text], at=at)


@transaction.atomic
def set_contacts(
    *,
    version: ProjectVersion,
    contacts: Sequence[Mapping[str, str]],
    set_by: Person,
) -> None:
    """
    Say whom to ask about a project, in place of who was named before. Private.

    Raises
    ------
    NotYourProject, VersionNotEditable
    """
    version = editable(version, set_by)
    rows = [
        ProjectContact(project=version.project, **{k: v or "" for k, v in row.items()})
        for row in contacts
    ]
    version.project.contacts.all().delete()
    ProjectContact.objects.bulk_create(rows)
