"""Entries on their way into the register, and the people around them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from montada.language.engine.text import LocalizedText
from montada.participation.models import Person
from montada.stocktaking import operations
from montada.stocktaking.engine.record import ProjectRecord
from montada.stocktaking.engine.values import LabelOf
from montada.stocktaking.models import Project, ProjectVersion
from tests.factories.participation import make_person, make_role

SUMMARY = (
    "Fifty villages of the oases read the price of dates and the level of their wells "
    "on telephones that they share, in words that everybody knows."
)


def a_record(title: str = "Wells by telephone", **parts: Any) -> ProjectRecord:
    """The least that can be sent."""
    usual: dict[str, Any] = {
        "title": LocalizedText.of("en", title),
        "summary": LocalizedText.of("en", SUMMARY),
        "entry_type": "project",
    }
    return ProjectRecord(**usual | parts)


def a_draft(
    owner: Person,
    *,
    at: datetime,
    title: str = "Wells by telephone",
    group: str = "government",
    country_id: str | None = "EGY",
    **parts: Any,
) -> ProjectVersion:
    """An Egyptian government's draft with action line C2, ready to be sent."""
    version = operations.begin_project(
        record=a_record(title, **parts),
        organisation_name="Ministry of Water",
        country_id=country_id,
        stakeholder_group_id=group,
        begun_by=owner,
        at=at,
    )
    return operations.set_labels(
        version=version, labels=[LabelOf("action_line", "C2")], set_by=owner
    )


def an_entry(owner: Person, *, at: datetime, **facts: Any) -> ProjectVersion:
    """A draft that was sent."""
    draft = a_draft(owner, at=at, **facts)
    return operations.submit_version(version=draft, submitted_by=owner, at=at)


def a_published(
    owner: Person, secretary: Person, *, at: datetime, **facts: Any
) -> Project:
    """The project of an association's entry that the secretariat published."""
    entry = an_entry(owner, at=at, **{"group": "civil", **facts})
    version = operations.publish_entry(
        version=entry, published_by=secretary, at=at + timedelta(hours=1)
    )
    return version.project


def a_focal_point(iso3: str = "EGY", name: str = "Amina", **values: Any) -> Person:
    person = make_person(name, **values)
    make_role(person, "focal_point", country_id=iso3)
    return person
