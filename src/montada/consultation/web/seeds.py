"""Statements that a stakeholder group supplied: moderators add them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from montada.consultation.operations.statements import add_seed
from montada.consultation.web.asking import present_edition
from montada.consultation.web.statements import LANGUAGE_CHOICES, MOST_SENT
from montada.djangokit.page_language import page_language
from montada.djangokit.views import OperationView, PermissionRequired
from montada.framework import queries as framework
from montada.language.engine.text import LocalizedText


class SeedForm(forms.Form):
    text = forms.CharField(
        label=_("Statement"),
        max_length=MOST_SENT,
        strip=False,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )
    language = forms.ChoiceField(label=_("Written in"), choices=LANGUAGE_CHOICES)
    group = forms.ChoiceField(label=_("Stakeholder group that supplied it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader = page_language()
        fields: dict[str, Any] = self.fields
        fields["group"].choices = [
            (one.code, one.name.shown_to(reader).text)
            for one in framework.stakeholder_groups()
        ]


class AddSeed(PermissionRequired, OperationView):
    permission = "consultation.moderate_statement"
    template_name = "consultation/add_seed.html"
    form_class = SeedForm
    success_message = _("The seed is open for votes.")

    def permission_object(self) -> Any:
        return present_edition()

    def get_initial(self) -> dict[str, Any]:
        return {"language": page_language()}

    def operate(self, cleaned: dict[str, Any]) -> Any:
        person: Any = self.request.user
        return add_seed(
            edition=present_edition(),
            text=LocalizedText.of(cleaned["language"], cleaned["text"]),
            stakeholder_group_id=cleaned["group"],
            added_by=person,
            at=timezone.now(),
        )

    def get_success_url(self) -> str:
        return reverse("consultation:statements")
