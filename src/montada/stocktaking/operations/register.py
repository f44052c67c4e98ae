"""The rows that some facts speak of: read once, changed in memory, written once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Literal

from django.db.models import Max

from montada.language import operations as language
from montada.stocktaking.choices import VersionState
from montada.stocktaking.engine.identity import identity_key
from montada.stocktaking.engine.merging import filled
from montada.stocktaking.engine.record import NO_RECORD, ProjectRecord
from montada.stocktaking.engine.translations import carried
from montada.stocktaking.engine.values import LabelAxis, LabelOf, ProjectFacts
from montada.stocktaking.models import (
    Project,
    ProjectMember,
    ProjectSource,
    ProjectVersion,
)
from montada.stocktaking.operations.addresses import give_slugs
from montada.stocktaking.operations.columns import set_columns, set_places
from montada.stocktaking.operations.filing import (
    BATCH,
    add_links,
    hold_at_once,
    labels_by_project,
    with_labels,
)
from montada.stocktaking.operations.publishing import indexed

Outcome = Literal["created", "changed", "unchanged", "kept"]

_FILLED = ("organisation_id", "stakeholder_group_id")


@dataclass(slots=True)
class Recorded:
    """
    What became of one source's word on a project.

    "kept": the source says something else now, and people look after the record.
    """

    project: Project
    outcome: Outcome
    kept: tuple[str, ...] = ()
    """Names of facts on which the source differs from the record, which was kept."""


@dataclass(slots=True)
class _Entry:
    """A project in memory, with what its rows will have to gain."""

    project: Project
    record: ProjectRecord
    number: int = 0
    """Of its newest version."""
    is_new: bool = False
    is_changed: bool = False
    has_new_record: bool = False
    is_owned: bool = False
    labels: dict[tuple[LabelAxis, str], LabelOf] = field(default_factory=dict)
    sources: dict[str, ProjectSource] = field(default_factory=dict)
    """By system: one name of each."""


class Register:
    """Takes facts one after the other; nothing is written before `write`."""

    def __init__(self, facts: Sequence[ProjectFacts], at: datetime) -> None:
        self.at = at
        self.entries: dict[str, _Entry] = {}
        self.by_source: dict[tuple[str, str], _Entry] = {}
        self._read(facts)
        self.new_labels: list[tuple[_Entry, LabelOf]] = []
        self.told_sources: list[ProjectSource] = []

    def _read(self, facts: Sequence[ProjectFacts]) -> None:
        keys = {identity_key(one) for one in facts}
        names = [one.named for one in facts if one.named]
        told = ProjectSource.objects.filter(
            system__in={name.system for name in names},
            identifier__in={name.identifier for name in names},
        ).values_list("project_id", flat=True)
        projects = {
            project.pk: project
            for found in (
                Project.objects.filter(key__in=keys),
                Project.objects.filter(pk__in=list(told)),
            )
            for project in found
        }
        newest = _published(projects)
        for pk, project in projects.items():
            number, record = newest.get(pk, (0, NO_RECORD))
            self.entries[project.key] = _Entry(project, record, number)
        self._read_links({entry.project.pk: entry for entry in self.entries.values()})

    def _read_links(self, by_pk: dict[int, _Entry]) -> None:
        for pk, labels in labels_by_project(by_pk).items():
            by_pk[pk].labels = {label.key: label for label in labels}
        for source in ProjectSource.objects.filter(project__in=by_pk):
            entry = by_pk[source.project_id]
            entry.sources[source.system] = source
            self.by_source[source.system, source.identifier] = entry
        members = ProjectMember.objects.filter(project__in=by_pk)
        for pk in members.values_list("project_id", flat=True):
            by_pk[pk].is_owned = True

    def take(self, facts: ProjectFacts) -> Recorded:
        """Join one source's word to what is known of its project."""
        entry, is_by_name = self._entry_of(facts)
        if entry is None:
            return self._make(facts)
        kept = _kept(entry.project, facts)
        source = entry.sources.get(facts.named.system) if facts.named else None
        if source and facts.named and source.digest == facts.named.digest:
            return Recorded(entry.project, "unchanged", kept)
        self._note_source(entry, facts)
        is_replaced = is_by_name and not entry.is_owned
        has_gained = self._gain(entry, facts, is_replaced=is_replaced)
        if has_gained:
            return Recorded(entry.project, "changed", kept)
        differs = is_by_name and entry.is_owned
        return Recorded(entry.project, "kept" if differs else "unchanged", kept)

    def _entry_of(self, facts: ProjectFacts) -> tuple[_Entry | None, bool]:
        """Return the project meant, and whether its source names it so again."""
        named = facts.named
        if named and (named.system, named.identifier) in self.by_source:
            return self.by_source[named.system, named.identifier], True
        entry = self.entries.get(identity_key(facts))
        # One system gives two numbers to what is two projects for it.
        if entry and named and named.system in entry.sources:
            return None, False
        return entry, False

    def _make(self, facts: ProjectFacts) -> Recorded:
        key = identity_key(facts)
        if facts.named and key in self.entries:
            named = f"{facts.named.system}\n{facts.named.identifier}"
            key = hashlib.sha256(named.encode()).hexdigest()[:32]
        entry = _Entry(_new_project(key, facts), _record_of(facts), is_new=True)
        entry.has_new_record = True
        self.entries[key] = entry
        self._note_source(entry, facts)
        self._link(entry, facts)
        set_columns(entry.project, entry.record)
        return Recorded(entry.project, "created")

    def _gain(self, entry: _Entry, facts: ProjectFacts, *, is_replaced: bool) -> bool:
        """Let the record gain what it lacks, or say what its source says now."""
        told = _record_of(facts)
        known = entry.record
        record = carried(known, told) if is_replaced else filled(known, told)
        is_record_new = record != entry.record and not entry.is_owned
        if is_record_new:
            entry.record, entry.has_new_record = record, True
            set_columns(entry.project, record)
        is_filled = _fill(entry.project, facts)
        is_linked = self._link(entry, facts)
        entry.is_changed |= is_record_new or is_filled
        return is_record_new or is_filled or is_linked

    def _note_source(self, entry: _Entry, facts: ProjectFacts) -> None:
        if facts.named is None:
            return
        source = entry.sources.get(facts.named.system) or ProjectSource(
            system=facts.named.system, identifier=facts.named.identifier
        )
        source.digest, source.url = facts.named.digest, facts.source_url
        source.seen_at = self.at
        source.project = entry.project
        entry.sources[source.system] = source
        self.by_source[source.system, source.identifier] = entry
        self.told_sources.append(source)

    def _link(self, entry: _Entry, facts: ProjectFacts) -> bool:
        new = [label for label in facts.all_labels() if label.key not in entry.labels]
        # The first word on a label stays: it says the most.
        for label in new:
            if entry.labels.setdefault(label.key, label) is label:
                self.new_labels.append((entry, label))
        return bool(new)

    def write(self) -> None:
        entries = list(self.entries.values())
        new = [entry.project for entry in entries if entry.is_new]
        give_slugs(new)
        Project.objects.bulk_create(new, batch_size=BATCH)
        changed = [e.project for e in entries if e.is_changed and not e.is_new]
        Project.objects.bulk_update(changed, _CHANGEABLE, batch_size=BATCH)
        with_record = [entry for entry in entries if entry.has_new_record]
        self._write_versions(with_record)
        set_places([(entry.project, entry.record) for entry in with_record])
        self._write_labels()
        self._write_sources()
        public = [entry for entry in entries if entry.project.is_public]
        language.publish(texts=map(_indexed, public))

    def _write_versions(self, entries: Iterable[_Entry]) -> None:
        versions = [
            ProjectVersion(
                project=entry.project,
                number=entry.number + 1,
                record=entry.record,
                labels=tuple(entry.labels.values()),
                state=VersionState.PUBLISHED,
                written_at=self.at,
                published_at=self.at,
            )
            for entry in entries
        ]
        ProjectVersion.objects.bulk_create(versions, batch_size=BATCH)

    def _write_labels(self) -> None:
        add_links((entry.project, label) for entry, label in self.new_labels)
        gained: dict[int, list[LabelOf]] = {}
        for entry, label in self.new_labels:
            if not entry.is_new:
                gained.setdefault(entry.project.pk, []).append(label)
        if gained:
            hold_at_once(
                {pk: partial(with_labels, more=more) for pk, more in gained.items()}
            )

    def _write_sources(self) -> None:
        told = {id(source): source for source in self.told_sources}.values()
        known = [source for source in told if source.pk]
        ProjectSource.objects.bulk_create(
            [source for source in told if source.pk is None], batch_size=BATCH
        )
        ProjectSource.objects.bulk_update(
            known, ["digest", "url", "seen_at"], batch_size=BATCH
        )


_CHANGEABLE = (
    *_FILLED,
    "first_year",
    "last_year",
    "title",
    "words",
    "sort_key",
    "entry_type",
    "status",
    "coverage",
    "written_in",
    "has_evidence",
    "has_gap",
    "current_on",
)


def _published(projects: Iterable[int]) -> dict[int, tuple[int, ProjectRecord]]:
    """Return number of the newest version, and what the published one says."""
    versions = ProjectVersion.objects.filter(project__in=list(projects))
    numbers = dict(
        versions.order_by().values_list("project_id").annotate(Max("number"))
    )
    published = versions.filter(state=VersionState.PUBLISHED).order_by("number")
    rows = published.values_list("project_id", "record")
    return {pk: (numbers[pk], record) for pk, record in rows}


def _record_of(facts: ProjectFacts) -> ProjectRecord:
    return facts.record.with_texts({"title": facts.title})


def _new_project(key: str, facts: ProjectFacts) -> Project:
    return Project(
        key=key,
        organisation_id=facts.organisation_id,
        country_id=facts.country_id,
        stakeholder_group_id=facts.stakeholder_group_id,
        first_year=facts.year,
        last_year=facts.year,
        current_on=facts.current_on,
        source_url=facts.source_url,
    )


def _fill(project: Project, facts: ProjectFacts) -> bool:
    """Let the row gain what it lacks; return whether it gained anything."""
    names = (*_FILLED, "first_year", "last_year", "current_on")
    before = [getattr(project, name) for name in names]
    for name in _FILLED:
        if getattr(project, name) is None:
            setattr(project, name, getattr(facts, name))
    if facts.year is not None:
        project.first_year = min(project.first_year or facts.year, facts.year)
        project.last_year = max(project.last_year or facts.year, facts.year)
    if facts.current_on is not None:
        known = project.current_on or facts.current_on
        project.current_on = max(known, facts.current_on)
    return before != [getattr(project, name) for name in names]


def _kept(project: Project, facts: ProjectFacts) -> tuple[str, ...]:
    return tuple(
        name.removesuffix("_id")
        for name in _FILLED
        if getattr(facts, name) not in (None, getattr(project, name))
    )


def _indexed(entry: _Entry) -> Any:
    codes = list(entry.labels)
    return indexed(
        entry.project,
        summary=entry.record.summary,
        lines=[code for axis, code in codes if axis == "action_line"],
        goals=[int(code) for axis, code in codes if axis == "goal"],
    )
