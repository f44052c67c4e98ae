"""Asking to join a project that is in the register already."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from montada.djangokit.views import OperationView
from montada.stocktaking import operations, queries
from montada.stocktaking.operations.standing import MOST_CHARACTERS


class JoinForm(forms.Form):
    words = forms.CharField(
        label=_("Who you are, and what you do in the project"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
    )


class Join(LoginRequiredMixin, OperationView):
    form_class = JoinForm
    template_name = "stocktaking/join.html"
    success_message = _("Those who look after the project were told.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"project": self._project()}

    def _project(self) -> Any:
        project = queries.project(self.kwargs["slug"])
        if project is None:
            raise Http404(_now("The register holds no project at this address."))
        return project

    def get_success_url(self) -> str:
        return reverse("site:project", args=[self.kwargs["slug"]])

    def operate(self, cleaned: dict[str, Any]) -> None:
        me: Any = self.request.user
        operations.ask_to_join(
            project=self._project(),
            words=cleaned["words"],
            asked_by=me,
            at=timezone.now(),
        )
