"""What the secretariat decides about a project that is in the register."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from montada.djangokit.views import OperationView, PermissionRequired
from montada.stocktaking import operations, queries
from montada.stocktaking.web.steps import found_project

_SLUG = re.compile(r"([\w-]+)/?$")
"""The end of an address: people copy the whole of it."""


class KeepingForm(forms.Form):
    decision = forms.ChoiceField(
        choices=[(name, "") for name in ("unpublish", "republish", "link", "unlink")],
        widget=forms.HiddenInput,
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The owners and the focal point are told it."),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )
    twin = forms.CharField(
        label=_("Address of the other record"),
        help_text=_("As your browser shows it, or its last part."),
        required=False,
        max_length=500,
        widget=forms.TextInput({"dir": "ltr"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == "link":
            slug = _SLUG.search(cleaned.get("twin", ""))
            cleaned["twin"] = queries.any_project(slug[1]) if slug else None
            if cleaned["twin"] is None:
                self.add_error(
                    "twin", _("The register holds no project at this address.")
                )
        return cleaned


class Keeping(PermissionRequired, OperationView):
    permission = "stocktaking.publish_project"
    template_name = "stocktaking/keeping.html"
    form_class = KeepingForm
    success_message = _("Done. The owners are told.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        project = found_project(self.kwargs["slug"])
        return super().get_context_data(**kwargs) | {
            "project": project,
            "twins": queries.twins_of(project),
        }

    def operate(self, cleaned: dict[str, Any]) -> None:
        me: Any = self.request.user
        project, now = found_project(self.kwargs["slug"]), timezone.now()
        match cleaned["decision"]:
            case "unpublish":
                operations.unpublish(
                    project=project, reason=cleaned["reason"], unpublished_by=me, at=now
                )
            case "republish":
                operations.republish(project=project, republished_by=me, at=now)
            case "link":
                operations.link_twins(
                    project=project, twin=cleaned["twin"], linked_by=me, at=now
                )
            case _unlink:
                operations.unlink_twin(project=project, unlinked_by=me, at=now)

    def get_success_url(self) -> str:
        return reverse("stocktaking:keeping", args=[self.kwargs["slug"]])
