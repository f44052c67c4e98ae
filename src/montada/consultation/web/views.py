"""Reading the consultation: its calls, what was handed in, what became of it."""

from __future__ import annotations

import csv
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from montada.consultation import operations, queries
from montada.consultation.web.asking import found_edition, present_edition
from montada.consultation.web.reading import found_call, readable_contribution
from montada.djangokit.page_language import page_language
from montada.djangokit.refusals import Refusal
from montada.djangokit.spreadsheets import harmless_cell
from montada.djangokit.views import Page, page_of
from montada.participation import queries as people

ROWS = 50


def asked_edition(request: HttpRequest) -> Any:
    """
    Return the edition that `?edition=` names, else the one that runs or comes next.

    Raises
    ------
    Http404
    """
    slug = request.GET.get("edition", "")
    return found_edition(slug) if slug else present_edition()


class Index(Page):
    template_name = "consultation/index.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition, me = asked_edition(request), request.user
        return {
            "edition": edition,
            "calls": queries.call_rows(edition, timezone.now(), me),
            "totals": queries.totals(edition, page_language()),
            "participation": queries.participation(edition, page_language()),
            "meetings": queries.meetings_of(edition, me),
            "is_secretariat": queries.may_change(me, edition),
        }


class CallPage(Page):
    """What a call asks; a press of the button begins a contribution."""

    template_name = "consultation/call.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        call = found_call(kwargs["pk"])
        return {
            "row": queries.call_row(call, timezone.now(), request.user),
            "questions": queries.questions_of(call),
            "is_secretariat": queries.may_change(request.user, call.edition),
            "refusal": kwargs.get("refusal"),
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        me: Any = request.user
        try:
            row = operations.begin_contribution(
                call=found_call(pk),
                written_in=page_language(),
                begun_by=me,
                at=timezone.now(),
            )
        except Refusal as refusal:
            response = self.get(request, pk=pk, refusal=refusal)
            response.status_code = refusal.status
            return response
        return redirect("consultation:draft", row.pk)


class MyInputs(LoginRequiredMixin, Page):
    template_name = "consultation/my_inputs.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        me: Any = request.user
        mine = queries.my_contributions(me)
        return {"rows": queries.with_standings(mine, me)}


class Inputs(Page):
    """Public contributions of an edition, narrowed to a call, a group or a state."""

    template_name = "consultation/inputs.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition = asked_edition(request)
        rows = queries.public_contributions(edition)
        chosen = {}
        offered = {name: queries.names_of(name, page_language()) for name in _COLUMNS}
        for name, column in _COLUMNS.items():
            value = request.GET.get(name, "")
            if value and value not in offered[name]:
                raise Http404(_("There is no such filter."))
            chosen[name] = value
            rows = rows.filter(**{column: value}) if value else rows
        return {
            "edition": edition,
            "page": page_of(request, rows, ROWS),
            "filters": [
                (name, title, offered[name].items(), chosen[name])
                for name, title in (
                    ("call", _("Call")),
                    ("group", _("Stakeholder group")),
                    ("state", _("State")),
                )
            ],
        }


_COLUMNS = {"call": "call__kind", "group": "stakeholder_group", "state": "state"}


def inputs_csv(request: HttpRequest) -> HttpResponse:
    """Answer with the public contributions of an edition as CSV."""
    edition = asked_edition(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="contributions-{edition.slug}.csv"'
    )
    # Spreadsheets take a file without this mark for something else than UTF-8.
    response.write("\ufeff")
    rows = csv.writer(response)
    rows.writerow(queries.COLUMNS)
    for row in queries.public_rows(edition, page_language()):
        cells = (row[name] for name in queries.COLUMNS)
        rows.writerow(harmless_cell(c) if isinstance(c, str) else c for c in cells)
    return response


def inputs_json(request: HttpRequest) -> HttpResponse:
    """Answer with the public contributions of an edition as JSON."""
    edition = asked_edition(request)
    answer = {
        "edition": edition.slug,
        "source": request.build_absolute_uri(request.path),
        "is_made_up": edition.is_made_up,
        "contributions": queries.public_rows(edition, page_language()),
    }
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


class Totals(Page):
    template_name = "consultation/totals.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition = asked_edition(request)
        return {"edition": edition, "totals": queries.totals(edition, page_language())}


def input_context(request: HttpRequest, receipt: str) -> dict[str, Any]:
    """Return what a contribution's page shows to who asks for it."""
    row, me = readable_contribution(request.user, receipt), request.user
    is_mine = queries.may_write(me, row)
    is_secretariat = queries.may_change(me, row.call.edition)
    is_inside = is_mine or is_secretariat
    return {
        "row": row,
        "signed": queries.signed_in_words(row, page_language()),
        "trace": queries.trace(row, me),
        "understood": queries.understood(row),
        "theme": queries.theme_of(row, page_language()),
        "answers": queries.answers_in_words(row, page_language(), is_inside=is_inside),
        "root": _if_readable(me, queries.merged_root(row), row),
        "parts": [
            part for part in queries.merged_below(row) if queries.may_read(me, part)
        ],
        "standing": queries.standings([row], me).get(row.pk),
        "is_mine": is_mine,
        "is_secretariat": is_secretariat,
        "is_inside": is_inside,
        "steps": queries.steps_open(row),
        "appeal": appeal_shown(row, me, is_mine=is_mine),
        "session": row.session_at
        and people.on_two_clocks(row.session_at, zone=row.call.edition.zone, reader=me),
    }


def appeal_shown(row: Any, reader: Any, *, is_mine: bool) -> dict[str, Any] | None:
    """Return until when a decision may be appealed against, and whether by a reader."""
    window = queries.appeal_window(row)
    if window is None:
        return None
    zone = row.call.edition.zone
    return {
        "until": people.on_two_clocks(window.until, zone=zone, reader=reader),
        "is_used": window.is_used,
        "is_waiting": window.is_waiting,
        "may": is_mine and window.is_open_at(timezone.now()),
    }


def _if_readable(person: Any, root: Any, row: Any) -> Any:
    is_other = root.pk != row.pk
    return root if is_other and queries.may_read(person, root) else None
