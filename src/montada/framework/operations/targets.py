"""The official titles of goals and targets, read from a file that somebody obtained."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from montada.audit import operations as audit
from montada.djangokit.tables import ImportReport, numbered, rows_of
from montada.framework.models import ActionLine, Goal, Target
from montada.framework.operations.publishing import publish_framework
from montada.language.engine.text import LANGUAGES, LocalizedText, Wording

COLUMNS = ("kind", "code", "goal", "field", *LANGUAGES)


@transaction.atomic
def load_targets(
    *,
    path: Path,
    loaded_by: AbstractBaseUser | None,
    at: datetime,
    dry_run: bool = False,
) -> ImportReport:
    """
    Store the official titles of goals and targets in six languages.

    One row per text: `kind` is goal, target or indicator, `field` is title or short,
    and the language columns hold the words. Indicators and short titles are skipped.
    Nothing is stored if any row is refused.

    Raises
    ------
    TableNotThere, TableUnreadable, ColumnsMissing, ColumnsTwice, ColumnNameless
    """
    reading = _Reading()
    for number, row in numbered(rows_of(path, COLUMNS), reading.report):
        reading.read(number, row)
    if reading.report.n_refused or dry_run or not reading.has_changes:
        return reading.report
    Goal.objects.bulk_update(reading.goals.values(), ["official_title"])
    Target.objects.bulk_update(reading.targets.values(), ["title"])
    publish_framework()
    audit.record(
        action="framework.targets_loaded",
        actor=loaded_by,
        subject=ActionLine(code="all"),
        at=at,
        details={"file": path.name, "counts": dict(reading.report.counts)},
    )
    return reading.report


class _Reading:
    """What the rows so far would change."""

    def __init__(self) -> None:
        self.report = ImportReport()
        self.goals = {str(goal.number): goal for goal in Goal.objects.all()}
        self.targets = Target.objects.in_bulk()
        self.has_changes = False
        self._seen: dict[tuple[str, str], int] = {}

    def read(self, number: int, row: dict[str, str]) -> None:
        kind, code = row["kind"], row["code"]
        if kind == "indicator" or (kind, row["field"]) == ("goal", "short"):
            self.report.note(number, "skipped")
            return
        problem = self._problem(row)
        if problem:
            self.report.note(number, "refused", *problem)
            return
        self._seen[kind, code] = number
        words = {tag: Wording(row[tag]) for tag in LANGUAGES if row[tag]}
        self._take(number, kind, code, LocalizedText("en", words))

    def _problem(self, row: dict[str, str]) -> tuple[str, str] | None:
        """Return the column that is wrong and the reason, for the report."""
        kind, code = row["kind"], row["code"]
        if kind not in {"goal", "target"}:
            return "kind", _("“%(kind)s” is neither goal, target nor indicator") % {
                "kind": kind
            }
        if row["field"] != "title":
            return "field", _("“%(field)s” is not title") % {"field": row["field"]}
        if code not in (self.goals if kind == "goal" else self.targets):
            words = (
                _("there is no goal %(code)s")
                if kind == "goal"
                else _("there is no target %(code)s")
            )
            return "code", words % {"code": code}
        if not row["en"]:
            return "en", _("the English title is missing")
        if (kind, code) in self._seen:
            return "code", _("%(code)s stands in row %(row)s already") % {
                "code": code,
                "row": self._seen[kind, code],
            }
        return None

    def _take(self, number: int, kind: str, code: str, text: LocalizedText) -> None:
        if kind == "goal":
            before, self.goals[code].official_title = (
                self.goals[code].official_title,
                text,
            )
        else:
            before, self.targets[code].title = self.targets[code].title, text
        if before == text:
            self.report.note(number, "unchanged")
            return
        self.has_changes = True
        self.report.note(number, "changed" if before else "accepted")
