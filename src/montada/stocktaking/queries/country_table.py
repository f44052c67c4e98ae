"""The entries of a country as a table to take home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from montada.djangokit.page_language import listed
from montada.stocktaking.queries.country import CountryEntry
from montada.stocktaking.queries.problems import PART_NAMES


def country_table(entries: Iterable[CountryEntry], reader: str) -> Iterator[list[str]]:
    """Yield the head and a row for each entry, in the reader's words."""
    yield [
        _("Receipt"),
        _("Title"),
        _("Organisation"),
        _("Stands"),
        _("Sent on"),
        _("Focal point may speak until (Geneva time)"),
        _("Endorsed"),
        _("Freshness"),
        _("Missing"),
        _("Address"),
    ]
    for entry in entries:
        yield _row(entry, reader)


def _row(entry: CountryEntry, reader: str) -> list[str]:
    version, project = entry.version, entry.project
    sent = version.submitted_at if version else None
    return [
        version.receipt if version else "",
        entry.title.shown_to(reader).text,
        entry.organisation_shown(reader),
        entry.standing_name,
        f"{sent:%Y-%m-%d}" if sent else "",
        f"{entry.due.ends_at:%Y-%m-%d %H:%M}" if entry.due else "",
        _("yes") if entry.is_endorsed else _("no"),
        entry.freshness_name,
        listed(str(PART_NAMES[need]) for need in entry.missing),
        f"/{reader}/projects/{project.slug}/" if project.is_public else "",
    ]
