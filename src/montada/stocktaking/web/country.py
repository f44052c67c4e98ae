"""All entries of a country, for its focal point and the secretariat."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from montada.djangokit.page_language import page_language
from montada.djangokit.spreadsheets import harmless_cell
from montada.djangokit.views import Page, PermissionRequired, page_of
from montada.framework import queries as framework
from montada.participation import queries as participation
from montada.stocktaking import queries

if TYPE_CHECKING:
    from montada.framework.models import Country

ROWS_PER_PAGE = 50


class OfCountry(PermissionRequired):
    permission = "stocktaking.view_country_entries"

    def permission_object(self) -> Country:
        code = self.kwargs["iso3"]
        country = framework.country(code.upper())
        if country is None:
            raise Http404(_('There is no country "%(code)s".') % {"code": code[:40]})
        self.country = country
        return country

    def standing(self, request: HttpRequest) -> str:
        wanted = request.GET.get("state", "")
        if wanted and wanted not in queries.STANDINGS:
            raise Http404(
                _("Entries do not stand at “%(state)s”.") % {"state": wanted[:40]}
            )
        return wanted


class CountryEntries(OfCountry, Page):
    template_name = "stocktaking/country_entries.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        person: Any = request.user
        standing, iso3 = self.standing(request), self.country.iso3
        rows = queries.country_entries(iso3, standing)
        page = page_of(request, rows, ROWS_PER_PAGE)
        counts = queries.standings_of(iso3)
        return {
            "country": self.country,
            "page": page,
            "entries": queries.entries_shown(
                page.object_list, reader=person, at=timezone.now()
            ),
            "standing": standing,
            "standings": [
                (key, queries.STANDINGS[key], n) for key, n in counts.items()
            ],
            "n_entries": sum(counts.values()),
            "speaks": iso3 in participation.reach_of(person).country_ids,
        }


class CountryTable(OfCountry):
    """The same as CSV, with everything said in words."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        rows = queries.country_entries(self.country.iso3, self.standing(request))
        entries = queries.entries_shown(rows, reader=request.user, at=timezone.now())
        reader = page_language()
        response = StreamingHttpResponse(
            _lines(queries.country_table(entries, reader)),
            content_type="text/csv; charset=utf-8",
        )
        name = f"projects-{self.country.iso3}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class _Line:
    """What `csv` writes to: it hands back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _lines(rows: Iterator[list[str]]) -> Iterator[str]:
    writer: Any = csv.writer(_Line())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([harmless_cell(cell) for cell in row])
