"""Keys with which applications act for a person: made, shown once, revoked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from montada.djangokit.views import OperationView
from montada.participation import operations as participation
from montada.participation import queries
from montada.participation.choices import TokenScope


def _periods() -> list[tuple[int, str]]:
    return [
        (n, ngettext("%(n)s day", "%(n)s days", n) % {"n": n})
        for n in participation.TOKEN_LASTS_DAYS
    ]


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What the application is called"),
        max_length=participation.LONGEST_TOKEN_NAME,
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        help_text=_("Never more than you may do yourself."),
        choices=TokenScope.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    lasts_days = forms.TypedChoiceField(
        label=_("How long it works"), choices=_periods, coerce=int, initial=90
    )


class Programs(LoginRequiredMixin, OperationView):
    """The key is in the answer to its making and nowhere else."""

    template_name = "participation/programs.html"
    form_class = TokenForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        me: Any = self.request.user
        rows = [
            {
                "token": token,
                "is_valid": token.expires_at > now,
                "may": [str(TokenScope(scope).label) for scope in token.scopes],
            }
            for token in queries.tokens_of(me)
        ]
        return super().get_context_data(**kwargs) | {"rows": rows}

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        return participation.make_token(person=me, **cleaned, at=timezone.now())

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        if response.status_code == 409:
            return response
        made = {"made": self.result, "form": self.form_class()}
        response = self.render_to_response(self.get_context_data(**made))
        response.headers["Cache-Control"] = "no-store"
        return response

    def get_success_url(self) -> str:
        return reverse("participation:programs")


class RevokeToken(LoginRequiredMixin, View):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        me: Any = request.user
        token = queries.own_token(me, pk)
        if token is None:
            raise Http404(gettext("You have no key under this number."))
        participation.revoke_token(token=token, at=timezone.now())
        messages.success(request, gettext("The key was revoked."))
        return redirect("participation:programs")
