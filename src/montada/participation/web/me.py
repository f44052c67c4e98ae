"""A person's own page, and leaving the forum."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import logout
from django.contrib.auth.mixins import LoginRequiredMixin
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from montada.djangokit.views import OperationView
from montada.participation import operations as participation
from montada.participation import queries
from montada.participation.web.forms import EraseForm, MeForm

if TYPE_CHECKING:
    from montada.participation.models import Person


class Me(LoginRequiredMixin, OperationView):
    template_name = "participation/me.html"
    form_class = MeForm
    success_message = _("Saved.")

    def get_initial(self) -> dict[str, Any]:
        me: Any = self.request.user
        return {
            "name": me.name,
            "form_of_address": me.form_of_address,
            "language": me.language,
            "timezone": me.timezone,
            "organisation": str(me.organisation or ""),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        me: Any = self.request.user
        return super().get_context_data(**kwargs) | {
            "roles": queries.roles_shown(me),
            "leads_to_people": me.has_perm("participation.view_person"),
            "leads_to_trail": me.has_perm("audit.view_entry"),
            "leads_to_labels": me.has_perm("stocktaking.decide_label"),
            "leads_to_translations": me.has_perm("stocktaking.translate_project"),
        }

    def operate(self, cleaned: dict[str, Any]) -> Person:
        me: Any = self.request.user
        return participation.change_person(
            person=me, **cleaned, changed_by=me, at=timezone.now()
        )

    def get_success_url(self) -> str:
        return reverse("participation:me")


class EraseMe(LoginRequiredMixin, OperationView):
    template_name = "participation/erase.html"
    form_class = EraseForm
    success_message = _("You were erased. Thank you for having taken part.")
    success_url = reverse_lazy("site:home")

    def operate(self, cleaned: dict[str, Any]) -> None:
        me: Any = self.request.user
        participation.erase_person(
            person=me, erased_by=me, at=timezone.now(), reason=cleaned["reason"]
        )
        logout(self.request)
