"""Moderators say which lines and goals a statement is about."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from montada.consultation import operations
from montada.consultation.web.asking import found_statement
from montada.djangokit.page_language import page_language
from montada.djangokit.refusals import Refusal
from montada.djangokit.views import PermissionRequired
from montada.framework import queries as framework


class LabelForm(forms.Form):
    """A line or goal to choose, as "action_line/C2" or "goal/4"."""

    label = forms.ChoiceField(label=gettext_lazy("Line or goal"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tag, field = page_language(), self.fields["label"]
        assert isinstance(field, forms.ChoiceField)
        lines = [(f"action_line/{row.code}", row) for row in framework.action_lines()]
        goals = [(f"goal/{row.number}", row) for row in framework.goals()]
        field.choices = [
            ("", _("Choose a line or goal")),
            *((value, row.title.shown_to(tag).text) for value, row in lines + goals),
        ]


class LabelStatement(PermissionRequired, View):
    """Buttons on the statement's page send here; the answer is that page."""

    permission = "consultation.moderate_statement"
    http_method_names = ["post"]

    def permission_object(self) -> Any:
        return found_statement(self.kwargs["pk"]).edition

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = LabelForm(request.POST)
        if not form.is_valid():
            raise Http404(_("There is no such label to decide."))
        is_confirmed = request.POST.get("decision") != "decline"
        try:
            self._decide(pk, form.cleaned_data["label"], is_confirmed)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            said = _("Confirmed.") if is_confirmed else _("Declined.")
            messages.success(request, said)
        return redirect("consultation:statement", pk)

    def _decide(self, pk: int, label: str, is_confirmed: bool) -> None:
        me: Any = self.request.user
        axis, _slash, code = label.partition("/")
        operations.decide_statement_label(
            statement=found_statement(pk),
            axis=axis,  # type: ignore[arg-type]  # one of the form's choices
            code=code,
            is_confirmed=is_confirmed,
            decided_by=me,
            at=timezone.now(),
        )
