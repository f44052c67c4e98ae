"""
Records as IATI 2.03, valid by the official schema, written as a stream.

IATI has no place for co-financing, conditions of replication, kinds of beneficiaries,
the type of an entry and countries of partners: these are left out, and so are contacts,
which are private, and wordings nobody has approved. A text, unit or role for which IATI
has no code carries an attribute of our own, which the schema allows and readers ignore.

The schema wants some elements of which a record may say nothing (a date, a description,
a status, a participant). They are written with what is known and marked `stated="no"`;
reading such a file back leaves them out. A budget stands in one element over the whole
period, longer than a year where the project is: how it falls on years nobody has said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from lxml import etree
from lxml.etree import _Element as Element

from montada.language.engine.text import LocalizedText
from montada.stocktaking.engine.iati.building import (
    add,
    add_names,
    add_text,
    dated,
    is_address,
    plain,
)
from montada.stocktaking.engine.iati.codes import (
    FUNDING,
    INCOMING_COMMITMENT,
    ISO_COUNTRIES,
    OWN,
    TAG_GOALS,
    TAG_TARGETS,
    WEB_PAGE,
    WRITTEN_ROLES,
    WRITTEN_SCOPES,
    WRITTEN_STATUSES,
    WRITTEN_TYPES,
)
from montada.stocktaking.engine.iati.elements import STATED
from montada.stocktaking.engine.iati.money import is_currency
from montada.stocktaking.engine.iati.organisations import ROLE
from montada.stocktaking.engine.iati.results import add_results
from montada.stocktaking.engine.iati.telling import DESCRIPTIONS, PART
from montada.stocktaking.engine.iati.values import NAMESPACE, Organisation
from montada.stocktaking.engine.record import Place, ProjectRecord

_OVER = frozenset({"completed", "cancelled"})


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One project as it goes out: the record, and who it is."""

    identifier: str
    record: ProjectRecord
    organisation: Organisation
    """`type` empty: the code that stands for `stakeholder_group`."""
    known_on: date
    """Day it entered the register: stands where the schema wants a date."""
    updated_at: datetime | None = None
    countries: tuple[str, ...] = ()
    """ISO 3166-1 alpha-3, beside those of the record's places."""
    lines: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


def write_iati(
    projects: Iterable[Outgoing],
    *,
    generated_at: datetime,
    alpha2: Mapping[str, str],
    vocabulary_uri: str,
) -> Iterator[bytes]:
    """
    Yield a file of activities, one after the other. The schema wants at least one.

    Parameters
    ----------
    generated_at : with its time zone.
    alpha2 : ISO 3166-1 alpha-3 → alpha-2; other countries are left out.
    vocabulary_uri : where the list of action lines can be read.
    """
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03" '
        f'generated-datetime="{generated_at.isoformat()}">\n'
    ).encode()
    writer = _Writer(alpha2, vocabulary_uri)
    for project in projects:
        element = writer.activity(project)
        yield etree.tostring(element, encoding="unicode").encode() + b"\n"
    yield b"</iati-activities>\n"


@dataclass(frozen=True, slots=True)
class _Writer:
    alpha2: Mapping[str, str]
    vocabulary_uri: str

    def activity(self, project: Outgoing) -> Element:
        """Return the element, its parts in the order of the schema."""
        record = project.record
        activity = etree.Element("iati-activity", nsmap={"montada": NAMESPACE})
        if record.written_in:
            activity.set(
                "{http://www.w3.org/XML/1998/namespace}lang", record.written_in
            )
        if project.updated_at:
            activity.set("last-updated-datetime", project.updated_at.isoformat())
        add(activity, "iati-identifier").text = plain(project.identifier)
        _add_owner(activity, project.organisation)
        _add_texts(activity, record, project.identifier)
        _add_participants(activity, record, project.organisation)
        _add_status(activity, record.status)
        _add_dates(activity, record, project.known_on)
        if record.coverage in WRITTEN_SCOPES:
            add(activity, "activity-scope", code=WRITTEN_SCOPES[record.coverage])
        self._add_places(activity, project)
        self._add_tags(activity, project)
        _add_money(activity, record, project.known_on)
        _add_page(activity, record)
        add_results(activity, record, project.known_on)
        return activity

    def _add_places(self, activity: Element, project: Outgoing) -> None:
        places = project.record.places
        whole = [p.country_id for p in places if p.country_id and not _is_within(p)]
        for iso3 in dict.fromkeys([*whole, *project.countries]):
            if iso3 in self.alpha2:
                add(activity, "recipient-country", code=self.alpha2[iso3])
        for place in filter(_is_within, places):
            self._add_location(activity, place)

    def _add_location(self, activity: Element, place: Place) -> None:
        location = add(activity, "location")
        if place.name:
            add_names(location, "name", place.name)
        code = self.alpha2.get(place.country_id or "")
        if code:
            add(
                location,
                "administrative",
                vocabulary=ISO_COUNTRIES,
                level="0",
                code=code,
            )
        if place.latitude is not None and place.longitude is not None:
            point = add(
                location,
                "point",
                srsName="http://www.opengis.net/def/crs/EPSG/0/4326",
            )
            degrees = f"{place.latitude:.7f} {place.longitude:.7f}"
            add(point, "pos").text = degrees

    def _add_tags(self, activity: Element, project: Outgoing) -> None:
        for goal in project.goals:
            add(activity, "tag", vocabulary=TAG_GOALS, code=plain(goal))
        for target in project.targets:
            add(activity, "tag", vocabulary=TAG_TARGETS, code=plain(target))
        for line in project.lines:
            tag = add(activity, "tag", vocabulary=OWN, code=plain(line))
            tag.set("vocabulary-uri", self.vocabulary_uri)


def _is_within(place: Place) -> bool:
    return bool(place.name) or place.latitude is not None


def _add_owner(activity: Element, organisation: Organisation) -> None:
    kind = WRITTEN_TYPES.get(organisation.stakeholder_group, "90")
    owner = add(
        activity,
        "reporting-org",
        ref=plain(organisation.ref),
        type=plain(organisation.type) or kind,
    )
    add_text(owner, organisation.name)


def _add_texts(activity: Element, record: ProjectRecord, identifier: str) -> None:
    title = add(activity, "title")
    if not record.title:
        title.set(STATED, "no")
    add_text(title, record.title or LocalizedText.of("und", identifier))
    described = [name for name in DESCRIPTIONS if record.text(name)]
    for name in described:
        description = add(activity, "description", type=DESCRIPTIONS[name])
        description.set(PART, name)
        add_text(description, record.text(name))
    if not described:
        description = add(activity, "description", type="1")
        description.set(STATED, "no")
        add_text(description, record.title or LocalizedText.of("und", identifier))


def _add_participants(
    activity: Element, record: ProjectRecord, owner: Organisation
) -> None:
    for donor in record.money.donors:
        add_names(activity, "participating-org", donor, role=WRITTEN_ROLES[FUNDING])
    for partner in record.partners:
        code = WRITTEN_ROLES.get(partner.role, "")
        is_known = bool(code) and partner.role != FUNDING
        role = code if is_known else WRITTEN_ROLES["implementing"]
        element = add_names(activity, "participating-org", partner.name, role=role)
        if not is_known:
            element.set(ROLE, plain(partner.role))
    if not record.money.donors and not record.partners:
        element = add(activity, "participating-org", role=WRITTEN_ROLES["accountable"])
        element.set(STATED, "no")
        add_text(element, owner.name)


def _add_status(activity: Element, status: str) -> None:
    code = WRITTEN_STATUSES.get(status, WRITTEN_STATUSES["ongoing"])
    element = add(activity, "activity-status", code=code)
    if status not in WRITTEN_STATUSES:
        element.set(STATED, "no")


def _add_dates(activity: Element, record: ProjectRecord, known_on: date) -> None:
    if record.starts_on:
        kind = "1" if record.status == "planned" else "2"
        dated(add(activity, "activity-date", type=kind), record.starts_on)
    if record.ends_on:
        kind = "4" if record.status in _OVER else "3"
        dated(add(activity, "activity-date", type=kind), record.ends_on)
    if not record.starts_on and not record.ends_on:
        element = dated(add(activity, "activity-date", type="1"), known_on)
        element.set(STATED, "no")


def _add_money(activity: Element, record: ProjectRecord, known_on: date) -> None:
    money = record.money
    if not is_currency(money.currency):
        return
    start = record.starts_on or record.ends_on or known_on
    day = {"currency": money.currency, "value-date": start.isoformat()}
    if money.budget is not None:
        budget = add(activity, "budget", type="1", status="1")
        dated(add(budget, "period-start"), start)
        dated(add(budget, "period-end"), max(start, record.ends_on or start))
        add(budget, "value", **day).text = f"{money.budget:f}"
    if money.funded is not None:
        transaction = add(activity, "transaction")
        add(transaction, "transaction-type", code=INCOMING_COMMITMENT)
        dated(add(transaction, "transaction-date"), start)
        add(transaction, "value", **day).text = f"{money.funded:f}"


def _add_page(activity: Element, record: ProjectRecord) -> None:
    if record.website and is_address(record.website):
        link = add(activity, "document-link", url=record.website, format="text/html")
        add_names(link, "title", record.website)
        add(link, "category", code=WEB_PAGE)
