"""Importing: sessions that really took place, from a table with their sources."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from montada.audit import operations as audit
from montada.djangokit.tables import ImportReport, RowNote, Status, numbered, rows_of
from montada.edition import queries as edition
from montada.framework import queries as framework
from montada.language.engine.text import LocalizedText
from montada.participation import operations as participation
from montada.programme import queries
from montada.programme.models import Session
from montada.programme.operations.publishing import publish_sessions
from montada.programme.operations.reading import (
    COLUMNS,
    ReadRow,
    SessionFacts,
    read_row,
)
from montada.stocktaking.engine.titles import language_of_title

LONGEST_SLUG = 80
"""Characters; the column has room for a number behind it."""


@transaction.atomic
def import_sessions(
    *,
    path: Path,
    imported_by: AbstractBaseUser | None,
    at: datetime,
    dry_run: bool = False,
) -> ImportReport:
    """
    Take in a table of sessions; whole, or, if any row is refused, not at all.

    Safe to repeat: a session is known by its year, source and title, and takes over
    what its row says now. The trail gets one entry for the import, and one for each
    organisation that was not known. `dry_run` reports the same and keeps nothing.

    Raises
    ------
    TableNotThere, TableUnreadable, ColumnsMissing, ColumnsTwice, ColumnNameless
    """
    report = ImportReport()
    rows = _read(path, report)
    if report.n_refused or any(row.facts is None for row in rows.values()):
        _report_refused(report, rows)
        return report
    changed = _Taking(at, report).take(rows)
    if changed:
        publish_sessions(ids=[session.pk for session in changed])
        audit.record(
            action="programme.sessions_imported",
            actor=imported_by,
            subject=changed[0],
            at=at,
            details={"file": path.name, "counts": dict(report.counts)},
        )
    if dry_run:
        transaction.set_rollback(True)
    return report


def _read(path: Path, report: ImportReport) -> dict[int, ReadRow]:
    """Return the rows by their number in the file, those that stand under its head."""
    codes = {line.code for line in framework.action_lines()}
    numbers = {goal.number for goal in framework.goals()}
    return {
        n: read_row(row, line_codes=codes, goal_numbers=numbers)
        for n, row in numbered(rows_of(path, COLUMNS), report)
    }


def _report_refused(report: ImportReport, rows: Mapping[int, ReadRow]) -> None:
    """Say everything that is wrong; rows that were right wait for the others."""
    for n, row in rows.items():
        if row.facts is not None:
            report.note(n, "skipped")
            continue
        (column, reason), *others = row.problems
        report.note(n, "refused", column, reason)
        for column, reason in others:
            report.rows.append(RowNote(n, "refused", column, reason))


class _Taking:
    """One import: what is stored already, and what has been looked up."""

    def __init__(self, at: datetime, report: ImportReport) -> None:
        self.at = at
        self.report = report
        self.known = queries.sessions_by_identity()
        self.row_of: dict[queries.Identity, int] = {}
        self.edition_of: dict[int, int | None] = {}
        self.organiser_of: dict[str, int] = {}

    def take(self, rows: Mapping[int, ReadRow]) -> list[Session]:
        """Store what is new or different, note every row; return what was stored."""
        stored = []
        for n, row in rows.items():
            if row.facts is not None:
                status, session, reason = self._take_one(row.facts, n)
                self.report.note(n, status, reason=reason)
                stored += [session] if status in ("accepted", "changed") else []
            for column, remark in row.remarks:
                self.report.remark(n, column, remark)
        return stored

    def _take_one(self, facts: SessionFacts, n: int) -> tuple[Status, Session, str]:
        identity = queries.identity_of(facts.year, facts.source_url, facts.title)
        known = self.known.get(identity)
        if known is not None and identity in self.row_of:
            same = _("The same session as row %(row)s.") % {
                "row": self.row_of[identity]
            }
            return "skipped", known, same
        self.row_of[identity] = n
        values, members = self._values(facts), self._members(facts)
        if known is None:
            new = Session.objects.create(slug=_free_slug(facts), **values)
            _join(new, members)
            self.known[identity] = new
            return "accepted", new, ""
        if not _differs(known, values, members):
            return "unchanged", known, ""
        Session.objects.filter(pk=known.pk).update(**values)
        _join(known, members)
        return "changed", known, ""

    def _values(self, facts: SessionFacts) -> dict[str, Any]:
        return {
            "edition_id": self._edition(facts.year),
            "year": facts.year,
            "number": facts.number,
            "title": LocalizedText.of(facts.language, facts.title),
            "sort_key": queries.title_key(facts.title),
            "held_on": facts.held_on,
            "starts_at": facts.starts_at,
            "ends_at": facts.ends_at,
            "place": facts.place,
            "session_type": facts.session_type,
            "labels_basis": facts.labels_basis,
            "source_url": facts.source_url,
        }

    def _members(self, facts: SessionFacts) -> dict[str, set[Any]]:
        organisers = [self._organiser(name, facts) for name in facts.organisers]
        return {
            "organisers": set(organisers),
            "action_lines": set(facts.action_lines),
            "goals": set(facts.goals),
        }

    def _edition(self, year: int | None) -> int | None:
        if year is None:
            return None
        if year not in self.edition_of:
            found = edition.edition_of_year(year)
            self.edition_of[year] = found.pk if found else None
        return self.edition_of[year]

    def _organiser(self, name: str, facts: SessionFacts) -> int:
        if name not in self.organiser_of:
            organisation = participation.name_organisation(
                name=name,
                language=language_of_title(name),
                country_id=None,
                stakeholder_group_id=None,
                source_url=facts.source_url,
                at=self.at,
            )
            self.organiser_of[name] = organisation.pk
        return self.organiser_of[name]


def _join(session: Session, members: Mapping[str, set[Any]]) -> None:
    for relation, ids in members.items():
        getattr(session, relation).set(ids)


def _differs(
    known: Session, values: Mapping[str, Any], members: Mapping[str, set[Any]]
) -> bool:
    if any(getattr(known, column) != value for column, value in values.items()):
        return True
    held = {name: {row.pk for row in getattr(known, name).all()} for name in members}
    return held != members


def _free_slug(facts: SessionFacts) -> str:
    """Return an address nobody has: by the forum's number where there is one."""
    words = facts.number or facts.title
    start = (
        slugify(f"{facts.year or ''}-{words}")[:LONGEST_SLUG].strip("-") or "session"
    )
    taken = set(
        Session.objects.filter(slug__startswith=start).values_list("slug", flat=True)
    )
    count, slug = 1, start
    while slug in taken:
        count += 1
        slug = f"{start}-{count}"
    return slug
