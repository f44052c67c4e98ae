"""Cancelling a session, with the reason that everybody reads."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from montada.djangokit.views import OperationView
from montada.programme import operations, queries
from montada.programme.web.asking import OfProgramme


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it cancelled?"),
        help_text=_("Everybody reads it: on its page and among what releases changed."),
        max_length=operations.LONGEST_NOTE,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )


class CancelSession(OfProgramme, OperationView):
    """Takes a session that readers know out of the programme."""

    template_name = "programme/cancel_session.html"
    form_class = CancelForm
    success_message = _(
        "It is cancelled. With the next release those whom it concerns are told."
    )

    def permission_object(self) -> Any:
        edition = super().permission_object()
        self.session: Any = queries.session(self.kwargs["slug"])
        if self.session is None or self.session.edition != edition:
            raise Http404(_now("There is no such session."))
        return edition

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"session": self.session, "masthead_edition": self.edition}
        return super().get_context_data(**kwargs) | shown

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        return operations.cancel_session(
            session=self.session,
            reason=cleaned["reason"],
            cancelled_by=me,
            at=timezone.now(),
        )

    def get_success_url(self) -> str:
        return reverse("programme:session", args=[self.session.slug])
