"""
The real editions, 2009 to 2026, from the file that is carried in the product.

`data/editions.csv` names its sources row by row. What it leaves blank stays unknown:
nothing is guessed, nothing translated that nobody has translated.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from montada.audit import operations as audit
from montada.audit import queries as trail
from montada.djangokit.tables import ImportReport, Status, numbered, rows_of
from montada.edition.choices import Mode
from montada.edition.engine.values import EditionFacts
from montada.edition.models import Edition
from montada.edition.operations.editions import columns_of
from montada.edition.operations.publishing import publish_editions
from montada.framework import queries as framework
from montada.language.engine.text import NO_TEXT, LocalizedText, TextState

FILE = Path(__file__).parents[1] / "data" / "editions.csv"

COLUMNS = (
    *("year", "name", "name_ar", "start", "end", "city", "country", "venue", "mode"),
    *("theme", "theme_ar", "organisers", "participants", "participants_basis"),
    *("countries", "sessions", "sources", "notes"),
)

CITIES = {
    "Geneva": LocalizedText.of(
        "en", "Geneva", ar="جنيف", fr="Genève", es="Ginebra", zh="日内瓦", ru="Женева"
    ),
}

MODES = {
    "in person": Mode.ON_SITE,
    "in person with remote participation": Mode.ON_SITE_REMOTE,
    "in person; remote web participation offered": Mode.ON_SITE_REMOTE,
    "hybrid": Mode.HYBRID,
    "online": Mode.ONLINE,
    "": "",
}

PLAIN_NAME = re.compile(r"WSIS Forum (\d{4})")
PLAIN_NAME_AR = "منتدى القمة العالمية لمجتمع المعلومات لعام {year}"
"""After the Egyptian announcement of the 2018 edition, which words it so."""

TAKEN_OVER = ("edition.opened", "edition.copied", "edition.moved_online")
"""Decisions of people about an edition's facts, which loading does not overwrite."""


@transaction.atomic
def load_editions(*, at: datetime) -> ImportReport:
    """
    Bring the real editions to what the file says; doing it twice changes nothing.

    What people have decided since is kept: such an edition is reported as skipped.
    """
    iso3 = {country.iso2: country.iso3 for country in framework.countries()}
    known = {edition.slug: edition for edition in Edition.objects.all()}
    decided = _decided()
    report, changed = ImportReport(), list[Edition]()
    for number, row in numbered(rows_of(FILE, COLUMNS)):
        facts = _facts(row, iso3)
        edition = known.get(facts.slug)
        if edition and trail.name_of(edition) in decided:
            report.note(number, "skipped", "year", "people have decided about it here")
            continue
        status, written = _brought_to(facts, edition)
        report.note(number, status)
        if status != "unchanged":
            changed.append(written)
    if changed:
        publish_editions(ids=[edition.pk for edition in changed])
        audit.record(
            action="edition.loaded",
            actor=None,
            subject=max(changed, key=lambda edition: edition.year),
            at=at,
            details={"editions": [edition.slug for edition in changed]},
        )
    return report


def _decided() -> set[str]:
    return set(
        trail.entries().filter(action__in=TAKEN_OVER).values_list("subject", flat=True)
    )


def _brought_to(facts: EditionFacts, edition: Edition | None) -> tuple[Status, Edition]:
    columns = columns_of(facts)
    if edition is None:
        return "accepted", Edition.objects.create(**columns)
    if all(getattr(edition, name) == value for name, value in columns.items()):
        return "unchanged", edition
    for name, value in columns.items():
        setattr(edition, name, value)
    edition.save()
    return "changed", edition


def _facts(row: dict[str, str], iso3: dict[str, str]) -> EditionFacts:
    return EditionFacts(
        slug=row["year"],
        year=int(row["year"]),
        name=_name(row),
        theme=_theme(row),
        starts_on=_day(row["start"]),
        ends_on=_day(row["end"]),
        city=CITIES[row["city"]] if row["city"] else NO_TEXT,
        country_id=iso3[row["country"]] if row["country"] else None,
        venue=_english(row["venue"]),
        mode=MODES[row["mode"]],
        organisers=_parts(row["organisers"]),
        participants=_count(row["participants"]),
        participants_basis=row["participants_basis"],
        n_countries=_count(row["countries"]),
        n_sessions=_count(row["sessions"]),
        sources=_parts(row["sources"]),
        notes=row["notes"],
    )


def _name(row: dict[str, str]) -> LocalizedText:
    name = LocalizedText.of("en", row["name"], ar=row["name_ar"])
    plain = PLAIN_NAME.fullmatch(row["name"])
    if plain and not row["name_ar"]:
        words = PLAIN_NAME_AR.format(year=plain[1])
        return name.with_wording("ar", words, TextState.DRAFT)
    return name


def _theme(row: dict[str, str]) -> LocalizedText:
    theme = LocalizedText.of("en", row["theme"], ar=row["theme_ar"])
    if "recalled" in row["theme"]:
        return theme.with_wording("en", row["theme"], TextState.DRAFT)
    return theme


def _english(text: str) -> LocalizedText:
    return LocalizedText.of("en", text)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _count(text: str) -> int | None:
    return int(text) if text else None


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]
