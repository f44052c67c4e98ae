"""One-time links: a click signs in, opening the page alone does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.utils import perform_login
from django.contrib.auth import logout
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from montada.djangokit.views import OperationView
from montada.participation import operations as participation
from montada.participation.web.forms import NoFields

if TYPE_CHECKING:
    from montada.participation.models import Person


class SignInByLink(OperationView):
    """Programs that check mail open links; only a person presses the button."""

    template_name = "participation/sign_in.html"
    form_class = NoFields

    def operate(self, cleaned: dict[str, Any]) -> Person:
        return participation.use_sign_in_link(key=self.kwargs["key"], at=timezone.now())

    def get_success_url(self) -> str:
        return reverse("participation:me")

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        if not hasattr(self, "result"):
            return answer
        if self.request.user.is_authenticated:
            logout(self.request)
        signed_in: HttpResponse = perform_login(
            self.request, self.result, email_verification="none"
        )
        return signed_in
