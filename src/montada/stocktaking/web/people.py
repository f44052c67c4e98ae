"""Who looks after a project: owners and co-editors, and how that passes on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from montada.djangokit.views import OperationView
from montada.participation import queries as participation
from montada.stocktaking import operations
from montada.stocktaking.permissions import may_change_members, sees_inside
from montada.stocktaking.web.steps import check_inside, found_project


class MemberForm(forms.Form):
    decision = forms.ChoiceField(
        choices=[(name, "") for name in ("add", "hand_over", "remove")],
        widget=forms.HiddenInput,
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, widget=forms.EmailInput({"dir": "ltr"})
    )
    keeps_editing = forms.BooleanField(
        label=_("Whoever owns it now stays as co-editor"), required=False
    )
    person = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        decision = cleaned.get("decision")
        if decision in ("add", "hand_over") and not cleaned.get("email"):
            self.add_error("email", _("Write the person’s e-mail address."))
        if decision == "remove":
            cleaned["person"] = participation.person(cleaned.get("person") or 0)
            if cleaned["person"] is None:
                self.add_error(None, _("This person does not look after the project."))
        return cleaned


class Members(LoginRequiredMixin, OperationView):
    template_name = "stocktaking/people.html"
    form_class = MemberForm
    success_message = _("Done. The person is told.")

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if request.user.is_authenticated:
            self.project = found_project(kwargs["slug"])
            check_inside(request.user, self.project)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        me = self.request.user
        return super().get_context_data(**kwargs) | {
            "project": self.project,
            "members": self.project.members.select_related("person"),
            "contacts": self.project.contacts.all(),
            "may_change": may_change_members(me, self.project),
        }

    def operate(self, cleaned: dict[str, Any]) -> None:
        me: Any = self.request.user
        project, now = self.project, timezone.now()
        match cleaned["decision"]:
            case "add":
                operations.add_editor(
                    project=project, email=cleaned["email"], added_by=me, at=now
                )
            case "hand_over":
                operations.hand_over(
                    project=project,
                    email=cleaned["email"],
                    keeps_editing=cleaned["keeps_editing"],
                    handed_over_by=me,
                    at=now,
                )
            case _remove:
                operations.remove_member(
                    project=project, person=cleaned["person"], removed_by=me, at=now
                )

    def get_success_url(self) -> str:
        if sees_inside(self.request.user, self.project):
            return reverse("stocktaking:people", args=[self.project.slug])
        # Who left sees what everybody sees.
        return reverse("stocktaking:list")
