"""Where: countries and regions with their shares, and named places with degrees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from lxml.etree import _Element as Element

from montada.stocktaking.engine.iati.codes import ISO_COUNTRIES
from montada.stocktaking.engine.iati.elements import Parts, all_text, attribute, code
from montada.stocktaking.engine.iati.money import as_number
from montada.stocktaking.engine.iati.texts import Texts
from montada.stocktaking.engine.iati.values import Finding, Remarks, Share, Tables
from montada.stocktaking.engine.record import Place

_TOLERANCE = Decimal("0.1")
_DEGREES = re.compile(r"[+-]?\d{1,3}(\.\d*)?", re.ASCII)


def read_shares(activity: Parts, name: str, remarks: Remarks) -> tuple[Share, ...]:
    """Return countries or regions; the transactions' where the activity has none."""
    elements = activity.get(name) or [
        element
        for transaction in activity.get("transaction", ())
        for element in transaction.iterchildren(name)
    ]
    shares = {code(one): read_share(one, remarks) for one in elements if code(one)}
    return tuple(shares.values())


def read_share(element: Element, remarks: Remarks) -> Share:
    """Return a code with its percentage, 0 to 100; with a remark if it is not."""
    words = attribute(element, "percentage").rstrip("%")
    percentage = as_number(words) if words else None
    if words and (percentage is None or not 0 <= percentage <= 100):
        remarks.add(Finding.BROKEN_PERCENTAGE, words)
        percentage = None
    return Share(code(element), percentage)


def check_sum(shares: Sequence[Share], remarks: Remarks) -> None:
    """Remark on shares of several parts that do not add up to 100 ± 0.1."""
    stated = [share.percentage for share in shares if share.percentage is not None]
    total = sum(stated, Decimal(0))
    if len(stated) > 1 and abs(total - 100) > _TOLERANCE:
        remarks.add(Finding.PERCENTAGES, f"{total.normalize():f}")


def read_places(
    activity: Parts,
    countries: Iterable[Share],
    tables: Tables,
    texts: Texts,
    remarks: Remarks,
) -> tuple[Place, ...]:
    """Return the countries, then the places that have a name or degrees; once each."""
    found = []
    for share in countries:
        iso3 = tables.countries.get(share.code.upper())
        if iso3:
            found.append(Place(country_id=iso3))
        else:
            remarks.add(Finding.UNKNOWN_COUNTRY, share.code)
    found += _located(activity.get("location", ()), tables, texts, remarks)
    return tuple(dict.fromkeys(found))


def _located(
    elements: Sequence[Element], tables: Tables, texts: Texts, remarks: Remarks
) -> Iterator[Place]:
    for element in elements:
        name = texts.name(element.find("name"))
        latitude, longitude = _point(element, remarks)
        if name or latitude is not None:
            country = tables.countries.get(_country(element))
            yield Place(name, country, latitude, longitude)


def _country(location: Element) -> str:
    for name in ("administrative", "location-id"):
        for element in location.iterchildren(name):
            if attribute(element, "vocabulary") == ISO_COUNTRIES:
                return code(element).upper()
            if attribute(element, "country"):  # 1.0x
                return attribute(element, "country").upper()
    return ""


def _point(location: Element, remarks: Remarks) -> tuple[float | None, float | None]:
    """Return degrees; none for half a pair, outside the earth, or exactly 0 0."""
    coordinates = location.find("coordinates")  # 1.0x
    if coordinates is not None:
        words = [attribute(coordinates, name) for name in ("latitude", "longitude")]
    else:
        words = all_text(location.find("point/pos")).replace(",", " ").split()
    if not any(words):
        return None, None
    degrees = [float(word) for word in words if _DEGREES.fullmatch(word)]
    if len(degrees) == len(words) == 2 and any(degrees):
        latitude, longitude = degrees
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            return latitude, longitude
    remarks.add(Finding.BROKEN_POINT, " ".join(words))
    return None, None
