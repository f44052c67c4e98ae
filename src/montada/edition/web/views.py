"""Pages of editions: the list, and the secretariat's desk of one edition."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from montada.djangokit.views import OperationView, Page, PermissionRequired
from montada.edition import operations, queries
from montada.edition.engine.values import EditionFacts
from montada.edition.web.base import OfEdition
from montada.edition.web.forms import OpenForm


class EditionList(Page):
    template_name = "edition/edition_list.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        person: Any = request.user
        return {
            "editions": queries.editions(),
            "may_open": person.has_perm("edition.add_edition"),
        }


class OpenEdition(PermissionRequired, OperationView):
    permission = "edition.add_edition"
    template_name = "edition/edition_open.html"
    form_class = OpenForm
    success_url = reverse_lazy("edition:list")
    success_message = _("The edition is open.")

    def operate(self, cleaned: dict[str, Any]) -> Any:
        person: Any = self.request.user
        cleaned["country_id"] = cleaned["country_id"].upper() or None
        return operations.open_edition(
            facts=EditionFacts(**cleaned),
            opened_by=person,
            at=timezone.now(),
        )


class Desk(OfEdition, Page):
    template_name = "edition/edition_manage.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition = self.edition
        return self.shared() | {
            "phases": queries.timeline(edition, timezone.now()),
            "rooms": queries.rooms_of(edition),
            "terms": queries.named_terms_of(edition),
            "decisions": queries.decisions_of(edition),
        }
