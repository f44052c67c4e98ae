"""
Projects as linked data (JSON-LD in the words of schema.org) and on a map (GeoJSON).

A project is a schema.org `Project`. Goals are named by the United Nations' own
addresses for them (metadata.un.org/sdg). GeoJSON is RFC 7946: longitude comes before
latitude.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from montada.language.engine.text import UNDETERMINED, LocalizedText
from montada.stocktaking.engine.record import Money, Place
from montada.stocktaking.engine.tables.outgoing import OutgoingProject

CONTEXT = "https://schema.org"
GOALS = "http://metadata.un.org/sdg/"
SETS = {
    "action_line": "WSIS action lines",
    "goal": "Sustainable Development Goals",
    "target": "Targets of the Sustainable Development Goals",
    "objective": "Objectives of the Global Digital Compact",
}


def as_linked(project: OutgoingProject) -> dict[str, Any]:
    """Return a project as a node of JSON-LD, without a context of its own."""
    record = project.record
    organisation = project.organisation_name
    node: dict[str, Any] = {
        "@type": "Project",
        "@id": project.url,
        "identifier": project.slug,
        "name": _words(record.title),
        "description": _words(record.summary),
        "url": record.website or project.url,
        "foundingDate": record.starts_on and record.starts_on.isoformat(),
        "dissolutionDate": record.ends_on and record.ends_on.isoformat(),
        "parentOrganization": organisation
        and {"@type": "Organization", "name": organisation},
        "member": [
            {"@type": "Organization", "name": partner.name}
            for partner in record.partners
        ],
        "funder": [
            {"@type": "Organization", "name": name} for name in record.money.donors
        ],
        "funding": _funding(record.money),
        "location": [_place(place) for place in record.places],
        "areaServed": project.country_id and _country(project.country_id),
        "keywords": [
            {
                "@type": "DefinedTerm",
                **({"@id": f"{GOALS}{label.code}"} if label.axis == "goal" else {}),
                "termCode": label.code,
                "inDefinedTermSet": SETS[label.axis],
            }
            for label in project.labels
        ],
        "subjectOf": project.source_url,
    }
    return {name: value for name, value in node.items() if value}


def _words(text: LocalizedText) -> list[dict[str, str]]:
    return [
        {"@value": words}
        if tag == UNDETERMINED
        else {"@value": words, "@language": tag}
        for tag, words in text.by_language.items()
    ]


def _funding(money: Money) -> dict[str, Any] | None:
    if money.budget is None:
        return None
    amount = {
        "@type": "MonetaryAmount",
        "value": f"{money.budget:f}",
        "currency": money.currency,
    }
    return {"@type": "MonetaryGrant", "amount": amount}


def _country(iso3: str) -> dict[str, str]:
    return {"@type": "Country", "identifier": iso3}


def _place(place: Place) -> dict[str, Any]:
    node: dict[str, Any] = {"@type": "Place"}
    if place.name:
        node["name"] = place.name
    if place.country_id:
        node["containedInPlace"] = _country(place.country_id)
    if place.latitude is not None and place.longitude is not None:
        node["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": place.latitude,
            "longitude": place.longitude,
        }
    return node


def as_feature(project: OutgoingProject) -> dict[str, Any]:
    """
    Return a project as a feature of GeoJSON.

    `located_by` says by what: the places it names, the middle of its country, or
    nothing (then there is no point).
    """
    points = list(_points(project.record.places))
    located_by = "places" if points else "country"
    if not points and project.country_point:
        latitude, longitude = project.country_point
        points = [[longitude, latitude]]
    is_one = len(points) == 1
    shape = {
        "type": "Point" if is_one else "MultiPoint",
        "coordinates": points[0] if is_one else points,
    }
    record = project.record
    return {
        "type": "Feature",
        "id": project.slug,
        "geometry": shape if points else None,
        "properties": {
            "title": str(record.title),
            "language": record.title.written_in,
            "url": project.url,
            "organisation": project.organisation_name,
            "country": project.country_id,
            "status": record.status,
            "action_lines": project.codes("action_lines"),
            "goals": project.codes("goals"),
            "located_by": located_by if points else None,
        },
    }


def _points(places: Iterable[Place]) -> Iterable[list[float]]:
    for place in places:
        if place.latitude is not None and place.longitude is not None:
            yield [place.longitude, place.latitude]
