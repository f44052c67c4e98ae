"""Reading titles for labels, and deciding what they suggest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.framework import operations as framework
from montada.framework import queries as framework_queries
from montada.framework.engine.values import Axis
from montada.stocktaking import queries
from montada.stocktaking.choices import LinkSource
from montada.stocktaking.engine.values import LabelOf
from montada.stocktaking.models import Project, ProjectVersion
from montada.stocktaking.operations.filing import (
    Labels,
    file_under,
    hold_at_once,
    labels_by_project,
    with_labels,
    without_label,
)
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
    Give a project, as its editor, a line or goal that its title suggests.

    An editor's word holds at once, and from the published version on: it is written
    into that one and into one under way.

    Raises
    ------
    LabelStated
    montada.framework.operations.LabelNotSuggested, LabelDecidedAlready
    """
    _decide(project, axis, code, is_confirmed=True, decided_by=decided_by, at=at)
    label = suggested(project, axis, code, LinkSource.EDITOR)
    _hold(project, partial(with_labels, more=[label]))


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

    One that was confirmed is taken back, wherever `confirm_label` wrote it.

    Raises
    ------
    LabelStated
    montada.framework.operations.LabelNotSuggested, LabelDecidedAlready
    """
    _decide(project, axis, code, is_confirmed=False, decided_by=decided_by, at=at)
    _hold(project, partial(without_label, axis=axis, code=code))


def _decide(
    project: Project,
    axis: Axis,
    code: str,
    *,
    is_confirmed: bool,
    decided_by: AbstractBaseUser,
    at: datetime,
) -> None:
    """Keep the decision, if the label is not a source's word."""
    labels = labels_by_project([project.pk])[project.pk]
    is_stated = (axis, code) in {label.key for label in labels}
    if is_stated and not framework_queries.is_label_confirmed(project, axis, code):
        raise LabelStated
    framework.decide_label(
        subject=project,
        axis=axis,
        code=code,
        is_confirmed=is_confirmed,
        decided_by=decided_by,
        at=at,
    )


def _hold(project: Project, change: Callable[[Labels], Labels]) -> None:
    hold_at_once({project.pk: change})
    file_under(project, change(tuple(labels_by_project([project.pk])[project.pk])))
    publish_project(project=project)


def suggested(
    subject: Project | ProjectVersion, axis: Axis, code: str, source: LinkSource
) -> LabelOf:
    """Return a label as its text suggests it; `source` says who agreed."""
    record = framework_queries.label_record(subject)
    found = record.suggested if record else ()
    label = next((one for one in found if (one.axis, one.code) == (axis, code)), None)
    return LabelOf(
        axis,
        code,
        source.value,
        confidence=label.score if label else None,
        words=tuple(words.text for words in label.evidence) if label else (),
    )
