"""A programme from a file: sent, tried, taken in as a plan."""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from montada.djangokit.refusals import Refusal
from montada.djangokit.tables import Status
from montada.djangokit.views import OperationView
from montada.djangokit.widgets import BoundedFileField
from montada.programme import operations
from montada.programme.operations.plans import LONGEST_NAME
from montada.programme.web.asking import OfProgramme, of_edition

LONGEST_TOKEN = 2_000_000
"""Characters of a file that a page hands on from the trial to the taking in."""
MOST_BYTES = 50_000_000
ROWS_SHOWN = 200
SALT = "programme.schedule"

STATUSES: dict[Status, Any] = {
    "accepted": pgettext_lazy("row", "new"),
    "changed": pgettext_lazy("row", "moved"),
    "unchanged": pgettext_lazy("row", "as it was"),
    "skipped": pgettext_lazy("row", "not taken in"),
    "refused": pgettext_lazy("row", "refused"),
}


class ScheduleForm(forms.Form):
    """The file, or what a trial kept of it."""

    file = BoundedFileField(
        label=_("File"),
        help_text=_(
            "schedule.xml or schedule.json (pentabarf, frab, pretalx), programme.json "
            "of a forum like this, or a table (CSV, XLSX) with the columns id, room, "
            "start, minutes; title, type, mode, languages, lines, goals, organisers, "
            "speakers where they are known."
        ),
        required=False,
        most_bytes=MOST_BYTES,
    )
    plan_name = forms.CharField(
        label=_("Name of the plan"),
        help_text=_("A plan of this name follows the file; a new name begins one."),
        max_length=LONGEST_NAME,
    )
    is_moved = forms.BooleanField(
        label=_("Put its first day on the first day of the edition"), required=False
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        file, kept = cleaned.get("file"), cleaned.get("kept")
        if file:
            cleaned["name"], cleaned["content"] = Path(file.name).name, file.read()
        elif kept:
            try:
                name, packed = signing.loads(kept, salt=SALT)
            except signing.BadSignature:
                raise forms.ValidationError(
                    _now("Choose the file again: it has not been kept.")
                ) from None
            cleaned["name"] = name
            cleaned["content"] = zlib.decompress(b64decode(packed))
        elif "file" not in self.errors:
            self.add_error("file", _now("Choose a file."))
        return cleaned


def kept_file(name: str, content: bytes) -> str:
    """Return a file as the page carries it on, signed; "" if it is too large for it."""
    packed = b64encode(zlib.compress(content, level=6)).decode()
    return signing.dumps([name, packed], salt=SALT) if _fits(packed) else ""


def _fits(packed: str) -> bool:
    # Signing packs it once more, as text of text.
    return len(packed) * 4 // 3 < LONGEST_TOKEN


class TakeInProgramme(OfProgramme, OperationView):
    """Tries a programme, says what would become of it, and then takes it in."""

    template_name = "programme/in.html"
    form_class = ScheduleForm
    request: HttpRequest

    def get_initial(self) -> dict[str, Any]:
        return {"plan_name": _now("Taken in")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = of_edition(self.edition)
        return super().get_context_data(**kwargs) | told

    def operate(self, cleaned: dict[str, Any]) -> operations.TakenIn:
        with NamedTemporaryFile(prefix="programme-") as file:
            file.write(cleaned["content"])
            file.flush()
            me: Any = self.request.user
            return operations.take_in_schedule(
                edition=self.edition,
                path=Path(file.name),
                file_name=cleaned["name"],
                plan_name=cleaned["plan_name"],
                is_moved=cleaned["is_moved"],
                taken_by=me,
                at=timezone.now(),
                is_dry_run=self.request.POST.get("step") != "take",
            )

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            taken = self.operate(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        if taken.plan is None:
            return self._tried(form, taken)
        counts = taken.report.counts
        n = counts.get("accepted", 0) + counts.get("changed", 0)
        said = ngettext(
            "%(n)s session is now in this plan as the file has it.",
            "%(n)s sessions are now in this plan as the file has them.",
            n,
        )
        messages.success(self.request, said % {"n": n})
        return redirect("programme:plan", self.edition.slug, taken.plan.pk)

    def _tried(self, form: Any, taken: operations.TakenIn) -> HttpResponse:
        report, cleaned = taken.report, form.cleaned_data
        said = sorted(report.rows, key=lambda row: row.status != "refused")
        shown = {
            "taken": taken,
            "name": cleaned["name"],
            "kept": kept_file(cleaned["name"], cleaned["content"]),
            "counts": [
                (label, n)
                for status, label in STATUSES.items()
                if (n := report.counts.get(status, 0))
            ],
            "rows": [(row, STATUSES[row.status]) for row in said[:ROWS_SHOWN]],
            "n_more": max(len(said) - ROWS_SHOWN, 0),
        }
        return self.render_to_response(
            self.get_context_data(form=form, **shown),
            status=409 if report.n_refused else 200,
        )
