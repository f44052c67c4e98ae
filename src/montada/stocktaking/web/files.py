"""Images and documents of a project: added, taken away, sent to readers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views import View

from montada.djangokit.refusals import Refusal
from montada.stocktaking import operations, queries
from montada.stocktaking.permissions import sees_inside
from montada.stocktaking.web.drafts import OfDraft


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        widget=forms.FileInput(
            {"accept": "image/jpeg,image/png,image/webp,application/pdf"}
        ),
    )
    description = forms.CharField(
        label=_("What it shows"),
        help_text=_("Needed with an image: it is read out to those who do not see it."),
        max_length=500,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
    )


class Files(OfDraft):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(FileForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if "remove" in request.POST:
            return self._remove(request.POST["remove"])
        form, me = FileForm(request.POST, request.FILES), self.person
        if not form.is_valid():
            return self._page(form, 422)
        try:
            operations.add_file(
                project=self.version.project,
                file=form.cleaned_data["file"],
                description=form.cleaned_data["description"],
                added_by=me,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self._page(form, 409)
        messages.success(request, _now("The file was added."))
        return redirect("stocktaking:files", pk)

    def _remove(self, pk: str) -> HttpResponse:
        file = queries.file_of(self.version.project, pk)
        if file is None:
            raise Http404(_now("There is no such file."))
        try:
            operations.remove_file(file=file, removed_by=self.person, at=timezone.now())
        except Refusal as refusal:
            messages.error(self.request, str(refusal))
        return redirect("stocktaking:files", self.version.pk)

    def _page(self, form: FileForm, status: int = 200) -> HttpResponse:
        shown = {
            "version": self.version,
            "form": form,
            "files": queries.files_of(self.version.project),
        }
        return render(self.request, "stocktaking/files.html", shown, status=status)


class File(View):
    """Sends a file to who may read its project; nothing in it runs on our pages."""

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        file: Any = queries.file(pk)
        if file is None or not (
            queries.is_file_shown(file) or sees_inside(request.user, file.project)
        ):
            raise Http404(_now("There is no such file."))
        response = FileResponse(
            file.file.open(),
            as_attachment=file.kind != "image",
            filename=file.name,
            content_type=file.media_type,
        )
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, max-age=86400"
        return response
