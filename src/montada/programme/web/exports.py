"""
The released programme as files: calendars, schedules, tables.

The cache of pages keeps them and knows when something was decided: who has the newest
file gets 304.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from montada.djangokit.page_language import page_language
from montada.djangokit.spreadsheets import harmless_cell, write_sheet
from montada.djangokit.views import Page
from montada.framework import queries as framework
from montada.programme import queries
from montada.programme.web.agenda import asked_release
from montada.programme.web.asking import of_edition

ICAL = "text/calendar; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_NAMED = 300
"""Sessions of an address that are read."""


class Out(View):
    """One file of an edition's released programme."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, edition: str, **kwargs: Any) -> HttpResponse:
        self.edition, self.release = asked_release(edition)
        return self.file(**kwargs)

    def file(self, **kwargs: Any) -> HttpResponse:
        raise NotImplementedError

    def programme(self) -> queries.OutgoingProgramme:
        absolute = self.request.build_absolute_uri
        site = queries.Site(
            programme=absolute(reverse("programme:agenda", args=[self.edition.slug])),
            sessions=absolute(reverse("programme:list")),
        )
        return queries.outgoing_programme(self.edition, self.release, site)


def named(response: HttpResponse, name: str, how: str = "attachment") -> HttpResponse:
    """Return an answer that is kept under a name."""
    response.headers["Content-Disposition"] = f'{how}; filename="{name}"'
    return response


class Calendar(Out):
    """All sessions."""

    def file(self, **kwargs: Any) -> HttpResponse:
        told = self.programme()
        return self._calendar(told, told.sessions)

    def _calendar(
        self, told: Any, sessions: Sequence[Any], name: str = ""
    ) -> HttpResponse:
        content = queries.calendar_file(told, sessions, name)
        return named(HttpResponse(content, ICAL), f"{self.edition.slug}.ics")


class LineCalendar(Calendar):
    """Sessions of one action line."""

    def file(self, **kwargs: Any) -> HttpResponse:
        line = framework.action_line(kwargs["line"])
        if line is None:
            raise Http404(_("There is no such action line."))
        told = self.programme()
        here = [one for one in told.sessions if line.code in one.lines]
        return self._calendar(told, here, queries.name_of_line(line))


class SessionCalendar(Calendar):
    """One session."""

    def file(self, **kwargs: Any) -> HttpResponse:
        told = self.programme()
        here = [one for one in told.sessions if one.slug == kwargs["slug"]]
        if not here:
            raise Http404(_("There is no such session in this programme."))
        return self._calendar(told, here, here[0].title.text)


class MyCalendar(Calendar):
    """
    The sessions that the address names (`?s=`); without any, those somebody marked.

    Calendar programs cannot sign in: the address of a plan needs no account.
    """

    def file(self, **kwargs: Any) -> HttpResponse:
        slugs = set(self.request.GET.getlist("s")[:MOST_NAMED])
        if not slugs and not self.request.user.is_authenticated:
            return redirect_to_login(self.request.get_full_path())
        marked = queries.marked_sessions(self.request.user, self.edition)
        told = self.programme()
        here = [
            one
            for one in told.sessions
            if (one.slug in slugs if slugs else one.key in marked)
        ]
        return self._calendar(told, here, _("My agenda"))


class ScheduleXml(Out):
    """For apps of visitors and of recording: what pentabarf and frab write."""

    def file(self, **kwargs: Any) -> HttpResponse:
        content = queries.schedule_file(self.programme(), "xml")
        return HttpResponse(content, "application/xml; charset=utf-8")


class ScheduleJson(Out):
    """The same in JSON."""

    def file(self, **kwargs: Any) -> HttpResponse:
        content = queries.schedule_file(self.programme(), "json")
        return HttpResponse(content, "application/json")


class Json(Out):
    """Everything that is public of each session, for programs."""

    def file(self, **kwargs: Any) -> HttpResponse:
        return JsonResponse(
            queries.programme_as_json(self.programme()),
            json_dumps_params={"ensure_ascii": False},
        )


class Csv(Out):
    """A row for each session; it can be taken in again."""

    def file(self, **kwargs: Any) -> HttpResponse:
        rows = queries.rows_of_programme(self.programme())
        return csv_answer(queries.HEAD, rows, f"programme-{self.edition.slug}.csv")


class Xlsx(Out):
    """The same as a spreadsheet."""

    def file(self, **kwargs: Any) -> HttpResponse:
        sheet = io.BytesIO()
        write_sheet(sheet, queries.HEAD, queries.rows_of_programme(self.programme()))
        name = f"programme-{self.edition.slug}.xlsx"
        return named(HttpResponse(sheet.getvalue(), XLSX), name)


def csv_answer(
    head: Sequence[str], rows: Iterable[Sequence[str]], name: str
) -> HttpResponse:
    """Return a table as CSV from which no spreadsheet computes anything."""
    # The mark tells spreadsheets that this is UTF-8.
    table = io.StringIO("\ufeff")
    table.seek(0, io.SEEK_END)
    writer = csv.writer(table)
    writer.writerow(head)
    writer.writerows([harmless_cell(cell) for cell in row] for row in rows)
    content = table.getvalue().encode("utf-8", "replace")
    return named(HttpResponse(content, "text/csv; charset=utf-8"), name)


class Matrix(Page):
    """Which lines the sessions take to which goals, each count with its list."""

    template_name = "programme/matrix.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition, release = asked_release(kwargs["edition"])
        return {
            **of_edition(edition),
            "release": release,
            "matrix": queries.session_matrix(edition) if release else None,
        }


class MatrixCsv(Out):
    """A row for every line and goal of every session."""

    def file(self, **kwargs: Any) -> HttpResponse:
        agenda = queries.agenda_of(self.edition)
        rows = queries.matrix_rows(agenda, page_language())
        return csv_answer(
            queries.MATRIX_HEAD, rows, f"sessions-lines-goals-{self.edition.slug}.csv"
        )
