"""Reading titles for labels, and deciding what they suggest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.framework import operations as framework
from montada.framework import queries as framework_queries
from montada.framework.engine.values import Axis
from montada.stocktaking import queries
from montada.stocktaking.choices import LinkSource
from montada.stocktaking.models import Project, ProjectMember
from montada.stocktaking.operations.publishing import publish_project


class LabelStated(Refusal):
    code = "stocktaking.label_stated"
    message = _("A source states this of the project: there is nothing to decide.")


@dataclass(frozen=True, slots=True)
class TitlesRead:
    """What one run did: titles read, those that suggest anything, those left."""

    n_read: int
    n_with_labels: int
    n_waiting: int


def label_waiting(
    *, at: datetime, keep_going: Callable[[], bool], limit: int
) -> TitlesRead:
    """
    Read titles that are new, or that an older model read; newest projects first.

    `keep_going` is asked before each; at most `limit` are read. Nothing is assigned:
    a project gains a line or a goal when somebody confirms it.
    """
    waiting = queries.titles_to_read()
    done = framework.suggest_labels(texts=waiting[:limit], at=at, keep_going=keep_going)
    n_waiting = len(waiting) - done.n_texts
    return TitlesRead(done.n_texts, done.n_with_labels, n_waiting)


@transaction.atomic
def confirm_label(
    *,
    project: Project,
    axis: Axis,
    code: str,
    decided_by: AbstractBaseUser,
    at: datetime,
) -> None:
    """
    Give the project a line or goal that its title suggests.

    Raises
    ------
    LabelStated
    montada.framework.operations.LabelNotSuggested, LabelDecidedAlready
    """
    links = _decide(
        project, axis, code, is_confirmed=True, decided_by=decided_by, at=at
    )
    links.add(code, through_defaults=_provenance(project, axis, code, decided_by))
    publish_project(project=project)


@transaction.atomic
def decline_label(
    *,
    project: Project,
    axis: Axis,
    code: str,
    decided_by: AbstractBaseUser,
    at: datetime,
) -> None:
    """
    Say that a suggested line or goal is not the project's; it is not offered again.

    One that was confirmed is taken back.

    Raises
    ------
    LabelStated
    montada.framework.operations.LabelNotSuggested, LabelDecidedAlready
    """
    links = _decide(
        project, axis, code, is_confirmed=False, decided_by=decided_by, at=at
    )
    links.remove(code)
    publish_project(project=project)


def _decide(
    project: Project,
    axis: Axis,
    code: str,
    *,
    is_confirmed: bool,
    decided_by: AbstractBaseUser,
    at: datetime,
) -> Any:
    """Keep the decision, and return the project's lines or goals for it to follow."""
    links = _links_to_decide(project, axis, code)
    framework.decide_label(
        subject=project,
        axis=axis,
        code=code,
        is_confirmed=is_confirmed,
        decided_by=decided_by,
        at=at,
    )
    return links


def _links_to_decide(project: Project, axis: Axis, code: str) -> Any:
    """Return the project's lines or goals, if this one is not a source's word."""
    links: Any = project.action_lines if axis == "action_line" else project.goals
    stated = {str(key) for key in links.values_list("pk", flat=True)}
    if code in stated and not framework_queries.is_label_confirmed(project, axis, code):
        raise LabelStated
    return links


def _provenance(
    project: Project, axis: Axis, code: str, decided_by: AbstractBaseUser
) -> dict[str, Any]:
    """Return who says it: the author who accepted a suggestion, or an editor."""
    is_author = ProjectMember.objects.filter(project=project, person_id=decided_by.pk)
    record = framework_queries.label_record(project)
    found = record.suggested if record else ()
    label = next((one for one in found if (one.axis, one.code) == (axis, code)), None)
    return {
        "source": LinkSource.ENGINE if is_author.exists() else LinkSource.EDITOR,
        "confidence": label.score if label else None,
        "words": [words.text for words in label.evidence] if label else [],
    }
