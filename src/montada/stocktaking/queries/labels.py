"""What a project's title suggests, with the words that led to it, and who decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects

from montada.audit.queries import name_of
from montada.framework import queries as framework
from montada.framework.engine.marks import Piece, marked
from montada.framework.engine.values import Axis, Label
from montada.language.engine.text import UNDETERMINED, direction_of
from montada.stocktaking.choices import VersionState
from montada.stocktaking.engine.record import ProjectRecord
from montada.stocktaking.engine.values import LabelAxis
from montada.stocktaking.models import Project, ProjectVersion

if TYPE_CHECKING:
    from montada.framework.models import ActionLine, Goal, LabelDecision


MOST_READ = 4000
"""Characters read for labels: a title and twice the longest description."""


@dataclass(frozen=True, slots=True)
class ProjectLabel:
    """
    A line or goal beside a project, as permissions ask for it and pages show it.

    `line` or `goal` is its row, the other None. `line_ids` are the lines that the
    project states.
    """

    slug: str
    axis: Axis
    code: str
    country_id: str | None
    line_ids: frozenset[str]
    line: ActionLine | None = None
    goal: Goal | None = None
    score: float | None = None
    """0 to 1; None where nothing is suggested."""
    words: tuple[Piece, ...] = ()
    """The whole title, marked where it led to the label."""
    language: str = UNDETERMINED

    @property
    def percent(self) -> float | None:
        return None if self.score is None else 100 * self.score

    @property
    def direction(self) -> str:
        return direction_of(self.language)


@dataclass(frozen=True, slots=True)
class DecidedLabel:
    label: ProjectLabel
    decided_by: str
    """The name; empty where they left the forum."""
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class ProjectLabels:
    """`read_at` is None while no machine has read the title."""

    read_at: datetime | None = None
    suggested: tuple[ProjectLabel, ...] = ()
    """Open ones, lines before goals, the surest first."""
    confirmed: tuple[DecidedLabel, ...] = ()
    declined: tuple[DecidedLabel, ...] = ()


def project_label(
    project: Project, axis: Axis, code: str, **shown: Any
) -> ProjectLabel:
    """Return a label of a project as permissions ask for it, and what pages add."""
    lines = frozenset(line.pk for line in project.action_lines.all())
    return ProjectLabel(project.slug, axis, code, project.country_id, lines, **shown)


def project_labels(project: Project) -> ProjectLabels:
    """Return what is suggested and decided about a project. Four queries at most."""
    return _found(project, framework.label_record(project), _stated(project))


def draft_suggestions(version: ProjectVersion) -> ProjectLabels:
    """
    Return what the words of a draft suggest, and what its author decided.

    What was decided of the project before is not offered again.
    """
    prefetch_related_objects([version.project], "action_lines")
    closed = {label.key for label in version.labels}
    closed |= framework.decided_labels(version.project)
    return _found(version.project, framework.label_record(version), closed)


def _found(
    project: Project,
    record: framework.LabelRecord | None,
    stated: set[tuple[LabelAxis, str]],
) -> ProjectLabels:
    if record is None:
        return ProjectLabels()
    draw = Drawing()

    def decided(is_confirmed: bool) -> tuple[DecidedLabel, ...]:
        return tuple(
            DecidedLabel(
                draw.label(project, row.axis, row.code), _name(row), row.decided_at
            )
            for row in record.decided
            if row.is_confirmed == is_confirmed
        )

    closed = {(row.axis, row.code) for row in record.decided} | stated
    return ProjectLabels(
        read_at=record.labelled_at,
        suggested=tuple(
            draw.suggestion(project, label, record.text, record.language)
            for label in sorted(record.suggested, key=lambda label: label.axis)
            if (label.axis, label.code) not in closed
        ),
        confirmed=decided(True),
        declined=decided(False),
    )


class Drawing:
    """Gives labels their rows: lines and goals are read once, and only if asked for."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Any]] = {}

    def label(
        self, project: Project, axis: Any, code: str, **shown: Any
    ) -> ProjectLabel:
        name = "line" if axis == "action_line" else "goal"
        row = self._rows_of(axis).get(code)
        return project_label(project, axis, code, **shown, **{name: row})

    def suggestion(
        self, project: Project, label: Label, text: str, language: str
    ) -> ProjectLabel:
        return self.label(
            project,
            label.axis,
            label.code,
            score=label.score,
            words=marked(text, label.evidence),
            language=language or UNDETERMINED,
        )

    def _rows_of(self, axis: Axis) -> dict[str, Any]:
        if axis not in self._rows:
            is_line = axis == "action_line"
            rows = framework.action_lines() if is_line else framework.goals()
            self._rows[axis] = {str(row.pk): row for row in rows}
        return self._rows[axis]


def _stated(project: Project) -> set[tuple[LabelAxis, str]]:
    lines: set[tuple[LabelAxis, str]] = {
        ("action_line", line.pk) for line in project.action_lines.all()
    }
    return lines | {("goal", str(goal.pk)) for goal in project.goals.all()}


def _name(row: LabelDecision) -> str:
    return row.decided_by.name if row.decided_by else ""


def titles_to_read() -> list[framework.TextToLabel]:
    """
    Return the texts that wait to be read for labels, the newest projects' first.

    Of a project that people entered, title and summary; of others, of which there are
    thousands, the title. Each in the language its author wrote it in; a title that no
    source states has nothing to read.
    """
    projects = Project.objects.public().exclude(sort_key="").only("title")
    entered = {
        version.project_id: version.record
        for version in ProjectVersion.objects.filter(
            state=VersionState.PUBLISHED, project__members__isnull=False
        ).order_by("number")
    }
    return framework.unread_texts(
        text_to_label(
            project, entered.get(project.pk, ProjectRecord(title=project.title))
        )
        for project in projects
    )


def text_to_label(
    subject: Project | ProjectVersion, record: ProjectRecord
) -> framework.TextToLabel:
    """Return what of a record is read for labels of a project, or of its draft."""
    language = "" if record.written_in == UNDETERMINED else record.written_in
    texts = [str(record.title), str(record.summary)]
    words = "\n".join(filter(None, texts))[:MOST_READ]
    return framework.TextToLabel(name_of(subject), words, language)
