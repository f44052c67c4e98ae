"""Imports: a file is sent, its columns are matched, it is tried, taken in, stopped."""

from __future__ import annotations

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views import View

from montada.djangokit.refusals import Refusal
from montada.djangokit.spreadsheets import write_sheet
from montada.djangokit.views import (
    OperationView,
    Page,
    PermissionRequired,
    page_of,
)
from montada.djangokit.widgets import BoundedFileField
from montada.stocktaking import operations, queries
from montada.stocktaking.web.import_columns import mapping_sent, shown_columns

MOST_BYTES = 200_000_000
RUNS_A_PAGE = 20
ROWS_A_PAGE = 50


class UploadForm(forms.Form):
    file = BoundedFileField(
        label=_("File"),
        help_text=_(
            "CSV, XLSX or JSON with a row for each project, or IATI activities (XML)."
        ),
        most_bytes=MOST_BYTES,
    )


class Imports(PermissionRequired, OperationView):
    permission = "stocktaking.import_projects"
    template_name = "stocktaking/imports.html"
    form_class = UploadForm

    def operate(self, cleaned: dict[str, Any]) -> Any:
        file, me = cleaned["file"], self.request.user
        return operations.begin_import(
            file=file,
            name=file.name,
            begun_by=me,  # type: ignore[arg-type]  # the permission asked
            at=timezone.now(),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = page_of(self.request, queries.import_runs(), RUNS_A_PAGE)
        return super().get_context_data(**kwargs) | {"page": page}

    def get_success_url(self) -> str:
        return reverse("stocktaking:import", args=[self.result.pk])


class OfRun(PermissionRequired):
    """A page or a step of one import."""

    permission = "stocktaking.import_projects"

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        run = queries.import_run(kwargs["pk"])
        if run is None:
            raise Http404(_now("There is no such import."))
        self.run = run
        return super().dispatch(request, *args, **kwargs)


class Import(OfRun, Page):
    """What stands of an import; `?status=refused` narrows what is said of rows."""

    template_name = "stocktaking/import.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        run, status = self.run, request.GET.get("status", "")
        is_open = run.state in ("mapping", "stopped") and not run.position
        page = page_of(request, queries.import_rows(run, status), ROWS_A_PAGE)
        n_done = sum(n for name, n in run.counts.items() if name != "transactions")
        return {
            "run": run,
            "columns": shown_columns(run) if is_open and run.format != "iati" else [],
            "is_open": is_open,
            "is_busy": run.state in ("waiting", "running"),
            "totals": queries.totals_in_words(run.counts),
            "n_done": n_done,
            "n_refused": run.counts.get("refused", 0),
            "next_refused": run.state == "done" and queries.next_refused(run, 0),
            "status": status,
            "page": page,
            "rows": queries.said_of(page),
        }


class Step(OfRun, View):
    """A button of the page sends here: match, try, take in, stop."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        steps: dict[str, Callable[[], None]] = {
            "match": self._match,
            "try": self._try,
            "take": self._take,
            "resume": self._resume,
            "stop": self._stop,
        }
        step = steps.get(request.POST.get("step", ""))
        if step is None:
            raise Http404(_now("There is no such step."))
        try:
            step()
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("stocktaking:import", pk)

    def _match(self) -> None:
        me: Any = self.request.user
        self.run = operations.match_columns(
            run=self.run,
            mapping=mapping_sent(self.run, self.request.POST),
            system=self.request.POST.get("system", "").replace("\x00", ""),
            matched_by=me,
            at=timezone.now(),
        )

    def _try(self) -> None:
        self._match()
        self._start(is_trial=True)

    def _take(self) -> None:
        self._match()
        self._start(is_trial=False)

    def _resume(self) -> None:
        self._start(is_trial=False)

    def _start(self, *, is_trial: bool) -> None:
        me: Any = self.request.user
        operations.start_import(
            run=self.run, is_trial=is_trial, started_by=me, at=timezone.now()
        )

    def _stop(self) -> None:
        me: Any = self.request.user
        operations.stop_import(run=self.run, stopped_by=me, at=timezone.now())


class Mend(OfRun, OperationView):
    """The cells of a row that was refused, the fault beside each; sent again."""

    template_name = "stocktaking/import_row.html"
    form_class = forms.Form

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        self.number = kwargs["number"]
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, form_class: Any = None) -> forms.Form:
        row = queries.refused_row(self.run, self.number)
        if row is None:
            raise Http404(_now("There is no such row to mend."))
        self.row = row
        form = forms.Form(self.request.POST or None)
        for place, (name, cell) in enumerate(row.cells.items()):
            is_long = len(cell) > 80
            widget = forms.Textarea({"rows": 4, "dir": "auto"})
            form.fields[f"cell-{place}"] = forms.CharField(
                label=name,
                initial=cell,
                required=False,
                max_length=1_000_000,
                widget=widget if is_long else forms.TextInput({"dir": "auto"}),
            )
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = super().get_context_data(**kwargs)
        names = list(self.row.cells)
        fields = [
            (field, self.row.faults.get(name, []), bool(self.run.mapping.get(name)))
            for field, name in zip(shown["form"], names, strict=True)
        ]
        return shown | {
            "run": self.run,
            "row": self.row,
            "of_row": self.row.faults.get("", []),
            "fields": [f for f in fields if f[2]],
            "left_out": [f for f in fields if not f[2]],
        }

    def operate(self, cleaned: dict[str, Any]) -> Any:
        names = list(self.row.cells)
        me: Any = self.request.user
        row = operations.mend_row(
            run=self.run,
            number=self.number,
            cells={name: cleaned[f"cell-{place}"] for place, name in enumerate(names)},
            mended_by=me,
            at=timezone.now(),
        )
        if row.faults:
            messages.error(self.request, _now("Something is still wrong in this row."))
        else:
            messages.success(self.request, _now("The row was taken in."))
        return row

    def get_success_url(self) -> str:
        number = self.number if self.result.faults else None
        number = number or queries.next_refused(self.run, self.number)
        if number is None:
            return reverse("stocktaking:import", args=[self.run.pk])
        return reverse("stocktaking:mend_row", args=[self.run.pk, number])


class Report(OfRun, View):
    """The report as a spreadsheet."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        answer = queries.import_answer(self.run)
        head = [_now("Row"), _now("Identifier"), _now("Result"), _now("Column")]
        file = TemporaryFile()  # noqa: SIM115 - the response closes it
        write_sheet(
            file,
            [*head, _now("What is said")],
            ([r.row, r.id, r.status, r.field, r.reason] for r in answer.rows),
        )
        file.seek(0)
        return FileResponse(
            file, as_attachment=True, filename=f"import-{self.run.pk}.xlsx"
        )
