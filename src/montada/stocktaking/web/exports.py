"""Projects as files: the list as it was narrowed, everything public, one project."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.http import condition

from montada import __version__
from montada.stocktaking import queries
from montada.stocktaking.web.views import asked_for, no_such_value

FORMAT_NAMES: dict[str, Any] = {
    "csv": _("Table (CSV)"),
    "xlsx": _("Spreadsheet (XLSX)"),
    "json": _("Records for programs (JSON)"),
    "jsonld": _("Linked data (JSON-LD)"),
    "geojson": _("Map data (GeoJSON)"),
    "iati": _("Aid activities (IATI 2.03)"),
}


class Export(View):
    """
    The projects of the list, narrowed as the list is; `?format=` gives the file.

    Without a format it is the page on which to choose one.
    """

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        register = queries.register_at(timezone.now())
        try:
            listing = queries.project_listing(**asked_for(request, register))
        except queries.NoSuchFilterValue as missing:
            raise no_such_value(missing) from None
        if asked := request.GET.get("format"):
            return _file(request, _format(asked), list(listing.ids))
        shown = {
            "n_projects": len(listing.ids),
            "n_all": listing.n_projects,
            "address": listing.narrowed.address,
            "formats": list(FORMAT_NAMES.items()),
            "suffixes": [
                (FORMAT_NAMES[one.name], one.suffix)
                for one in queries.EXPORT_FORMATS.values()
            ],
        }
        return render(request, "stocktaking/export.html", shown)


def _etag(request: HttpRequest, **kwargs: Any) -> str:
    number, _happened_at = queries.register_state()
    return f'"{__version__}-{number}"'


def _last_modified(request: HttpRequest, **kwargs: Any) -> datetime | None:
    return queries.register_state()[1]


@method_decorator(condition(_etag, _last_modified), name="get")
class Register(View):
    """Everything public in one file, under an address that stays."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, suffix: str) -> HttpResponseBase:
        for one in queries.EXPORT_FORMATS.values():
            if one.suffix == suffix:
                return _file(request, one, queries.public_ids())
        raise Http404(_now("The register is not written in this format."))


@method_decorator(condition(_etag, _last_modified), name="get")
class OneProject(View):
    """One project as JSON or JSON-LD, under an address that stays."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, slug: str, suffix: str) -> HttpResponse:
        project = queries.project(slug)
        ids = [project.pk] if project else []
        told = next(queries.outgoing(ids, site=_site(request)), None)
        if told is None:
            raise Http404(_now("There is no such project."))
        return HttpResponse(
            queries.one_as_file(told, suffix),
            content_type=queries.EXPORT_FORMATS[suffix].media_type,
        )


class Address(View):
    """The address of a project in no language: it leads to the reader's."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        if queries.project(slug) is None:
            raise Http404(_now("There is no such project."))
        return redirect("site:project", slug)


def _format(name: str) -> queries.ExportFormat:
    if name not in queries.EXPORT_FORMATS:
        raise Http404(_now("The register is not written in this format."))
    return queries.EXPORT_FORMATS[name]


def _file(
    request: HttpRequest, format_: queries.ExportFormat, ids: Sequence[int]
) -> StreamingHttpResponse:
    site = _site(request)
    projects = queries.outgoing(ids, site=site)
    return StreamingHttpResponse(
        format_.write(projects, timezone.now(), site),
        content_type=format_.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="projects.{format_.suffix}"',
            "Cache-Control": "private, no-cache",
        },
    )


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
