"""The first start: a page that is open only while the forum has no administrator."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import perform_login
from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from montada.djangokit.views import OperationView
from montada.language.fields import LocalizedTextFormField
from montada.participation import operations as participation
from montada.participation import queries


class SetupForm(forms.Form):
    key = forms.CharField(
        label=_("Key from the terminal"),
        help_text=_(
            "“montada setup --key” prints it; it shows that the server is yours."
        ),
        widget=forms.TextInput({"autocomplete": "off", "dir": "ltr"}),
    )
    name = LocalizedTextFormField(label=_("Name of the forum"))
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )
    person_name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("You become the first administrator."),
        widget=forms.EmailInput({"autocomplete": "email", "dir": "ltr"}),
    )


class Setup(OperationView):
    template_name = "site/setup.html"
    form_class = SetupForm
    success_message = _("The forum is set up. You are its administrator.")

    def get_initial(self) -> dict[str, Any]:
        return {
            "key": self.request.GET.get("key", ""),
            "languages": [tag for tag, _name in settings.LANGUAGES],
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_open = not queries.has_administrator()
        return super().get_context_data(**kwargs) | {"is_open": is_open}

    def operate(self, cleaned: dict[str, Any]) -> Any:
        return participation.set_up_forum_with_key(**cleaned, at=timezone.now())

    def get_success_url(self) -> str:
        return reverse("participation:me")

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        if not hasattr(self, "result"):
            return answer
        signed_in: HttpResponse = perform_login(
            self.request, self.result, email_verification="none"
        )
        return signed_in
